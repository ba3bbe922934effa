"""Records that need a person (待核对): the picture of the page beside the record, corrected in tables or as JSON."""

from __future__ import annotations

import json
from typing import Any

import streamlit as st
from pydantic import ValidationError

from assistant.discretion.contract import CorrectionRequest, ReviewEntry
from assistant.problems import error_from_validation
from corpus.errors import EAssistantError, InvalidInput, NotFound
from ui.connection import service
from ui.desk.records import AT, FINE_KINDS, Record, Table, corrected, tables_of
from ui.labels import plain
from ui.markup import badge, block, element, text
from ui.problems import show_problem
from ui.words import Badge

_RECORD = "record"
_AS_TABLES, _AS_JSON = "表格", "JSON"
_FIELDS = {"title": "标题", "chapter": "章节", "violation": "违法行为", "remark": "备注"}
PER_PAGE = 20


def show_review() -> None:
    """The records to be looked at, or the one that was opened."""
    entries = service().desk.review()
    opened = next((e for e in entries if e.key == st.query_params.get(_RECORD)), None)
    if opened is not None:
        st.button("‹ 全部待核对记录", key="desk_review_back", on_click=_close)
        _show_entry(opened)
        return
    _show_list(entries)


def _show_list(entries: list[ReviewEntry]) -> None:
    if not entries:
        st.html(block(element("div", "没有需要核对的记录。"), css="ea-notice"))
        return
    documents = list(dict.fromkeys(entry.document for entry in entries))
    chosen = None
    if len(documents) > 1:
        chosen = st.selectbox(
            "文件", documents, index=None, placeholder="全部文件", key="desk_review_of", persist_state="session"
        )
    found = [entry for entry in entries if chosen is None or entry.document == chosen]
    waiting = sum(entry.correction is None for entry in found)
    st.html(block(element("p", text(f"共 {len(found)} 条，其中 {waiting} 条尚未更正。"), "ea-quiet")))
    pages = -(-len(found) // PER_PAGE)
    page = min(st.session_state.get("desk_review_page", 1), pages)
    for number, entry in enumerate(found[(page - 1) * PER_PAGE : page * PER_PAGE]):
        with st.container(border=True, key=f"desk_entry_{number}"):
            st.html(entry_html(entry))
            st.button("核对 ›", key=f"desk_entry_open_{number}", help=plain(entry.title), on_click=_open, args=(entry,))
    if pages > 1:
        st.pagination(pages, key="desk_review_page")


def entry_html(entry: ReviewEntry) -> str:
    """What is in doubt about a record, where it stands, and whether it was corrected."""
    tags = []
    if entry.correction is not None:
        who = f"（{entry.corrected_by}）" if entry.corrected_by else ""
        tags.append(badge(Badge(f"已更正{who}", "good")))
    if entry.stale:
        tags.append(badge(Badge("更正之后来源已重新读取，请再核对", "bad")))
    pages = f"第{'、'.join(map(str, entry.pages))}页" if entry.pages else ""
    doubts = "".join(element("li", text(f"{d.message}{f'（{d.place}）' if d.place else ''}")) for d in entry.doubts)
    return block(
        element("div", text(entry.title), "ea-title"),
        element("div", "".join(tags) + element("span", text(f"《{entry.document}》{pages}"), "ea-tag"), "ea-tags"),
        element("ul", doubts) if doubts else "",
        css="ea-card",
    )


def _show_entry(entry: ReviewEntry) -> None:
    st.html(entry_html(entry))
    left, right = st.columns([1, 1], gap="medium")
    with left, st.container(key="desk_picture"):
        _show_picture(entry)
    with right, st.container(key="desk_record"):
        _show_editor(entry)


def _show_picture(entry: ReviewEntry) -> None:
    if not entry.has_picture:
        st.html(block(element("div", "这份文件没有保存页面图片，请对照原件。"), css="ea-notice"))
        return
    page = entry.pages[0] if entry.pages else None
    if len(entry.pages) > 1:
        page = st.segmented_control(
            "页",
            entry.pages,
            default=page,
            required=True,
            key=f"desk_page_{entry.key}",
            format_func=lambda p: f"第{p}页",
        )
    try:
        picture = service().desk.picture(entry.key, page)
    except NotFound as error:
        show_problem(error)
        return
    where = f"《{entry.document}》" + (f"第{page}页" if page else "")
    st.image(picture, caption=plain(where), width="stretch", alt=f"{where}上这条记录所在的部分")


def _show_editor(entry: ReviewEntry) -> None:
    """The record as it counts now, in tables or as JSON; saving keeps it apart from the source."""
    record: Record = entry.correction if entry.correction is not None else entry.record
    how = _AS_JSON
    if tables_of(record):
        how = st.segmented_control(
            "编辑方式", [_AS_TABLES, _AS_JSON], default=_AS_TABLES, required=True, key=f"desk_how_{entry.key}"
        )
    edited = _edit_json(entry, record) if how == _AS_JSON else _edit_tables(entry, record)
    by = st.text_input("核对人", key="desk_by", max_chars=100, persist_state="session")
    note = st.text_input("说明", key=f"desk_note_{entry.key}", max_chars=2000, placeholder="如 对照原件第90页改正")
    with st.container(horizontal=True, key="desk_review_actions"):
        save = st.button("保存更正", key="desk_save", type="primary", disabled=edited is None)
        remove = entry.correction is not None and st.button("撤销更正", key="desk_remove")
    try:
        if save and edited is not None:
            service().desk.correct(entry.key, CorrectionRequest(record=edited, by=by or "", note=note or ""))
            st.toast("已保存更正。")
            st.rerun()
        if remove:
            service().desk.remove_correction(entry.key)
            st.toast("已撤销更正，恢复读出的记录。")
            st.rerun()
    except ValidationError as error:
        show_problem(error_from_validation(error.errors()))
    except InvalidInput as error:
        _show_refusal(error)
    except EAssistantError as error:
        show_problem(error)


def _show_refusal(error: InvalidInput) -> None:
    """What cannot be saved, with the place in the record."""
    where = f"{error.where}：" if error.where else ""
    st.html(
        block(
            element("div", "没有保存", "ea-notice-title"),
            element("div", text(f"{where}{error.what}")),
            element("div", text(error.remedy or ""), "ea-quiet"),
            css="ea-notice ea-problem",
            role="alert",
        )
    )


def _edit_json(entry: ReviewEntry, record: Record) -> Record | None:
    words = st.text_area(
        "记录（JSON）",
        value=json.dumps(record, ensure_ascii=False, indent=1),
        height=480,
        key=f"desk_json_{entry.key}_{_mark(record)}",
    )
    try:
        value = json.loads(words or "")
    except ValueError as error:
        st.html(block(element("div", text(f"不是合法的 JSON：{error}")), css="ea-notice ea-problem"))
        return None
    if not isinstance(value, dict):
        st.html(block(element("div", "记录须为一个 JSON 对象。"), css="ea-notice ea-problem"))
        return None
    return value


def _edit_tables(entry: ReviewEntry, record: Record) -> Record:
    fields = {
        name: st.text_input(label, value=str(record[name]), key=f"desk_field_{name}_{entry.key}_{_mark(record)}") or ""
        for name, label in _FIELDS.items()
        if isinstance(record.get(name), str)
    }
    tables = {table.name: _edit_table(entry, record, table) for table in tables_of(record)}
    return corrected(record, tables, fields)


def _edit_table(entry: ReviewEntry, record: Record, table: Table) -> list[dict[str, Any]]:
    st.html(block(element("div", text(table.title), "ea-lead")))
    columns: dict[str, Any] = {
        name: st.column_config.SelectboxColumn(title, options=list(FINE_KINDS), format_func=_kind_words)
        if name == "kind"
        else st.column_config.TextColumn(title)
        for name, title in table.columns.items()
    }
    rows: Any = [
        {name: "" if value is None and name != "kind" else value for name, value in row.items()}
        for row in table.rows or [dict.fromkeys((AT, *table.columns))]
    ]
    edited = st.data_editor(
        rows,
        column_config=columns,
        column_order=list(table.columns),
        num_rows="dynamic",
        hide_index=True,
        key=f"desk_table_{table.name}_{entry.key}_{_mark(record)}",
        alt=table.title,
    )
    return list(edited)


def _kind_words(kind: object) -> str:
    return FINE_KINDS.get(str(kind), str(kind))


def _mark(record: Record) -> str:
    """Changes when the record does, so that an editor begins anew after saving or removing."""
    return str(hash(json.dumps(record, sort_keys=True, ensure_ascii=False)))


def _open(entry: ReviewEntry) -> None:
    st.query_params[_RECORD] = entry.key


def _close() -> None:
    st.query_params.pop(_RECORD, None)
