"""A handbook being written (编写手册): parts in their order, saved, and exported as a Word file."""

from __future__ import annotations

import datetime as dt
import itertools
from dataclasses import dataclass, field

import streamlit as st
from pydantic import ValidationError

from assistant.favourites.contract import EntryKind, EntryQuery
from assistant.handbook.contract import HandbookRequest, Heading, Note, Part, Passage, PassageState
from assistant.problems import error_from_validation
from corpus.errors import EAssistantError
from ui.connection import service
from ui.desk.exporting import plain_name
from ui.labels import plain
from ui.looking_up import chosen_by
from ui.markup import block, element, text
from ui.problems import show_problem

NEW = "new"
_DRAFT = "handbook_draft"
_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_numbers = itertools.count(1)


@dataclass
class DraftPart:
    """A part on the screen; ``number`` names its fields."""

    kind: str
    text: str  # of a heading or note; the id of a passage
    citation: str = ""
    number: int = field(default_factory=lambda: next(_numbers))


@dataclass
class Draft:
    """What is being written; ``id`` is None until it is saved, ``saved`` what was saved last."""

    opened: str
    id: str | None = None
    title: str = ""
    unit: str = ""
    as_of: dt.date | None = None
    parts: list[DraftPart] = field(default_factory=list)
    states: dict[str, PassageState] = field(default_factory=dict)
    saved: HandbookRequest | None = None
    problem: EAssistantError | None = None


def show_editor(opened: str) -> None:
    draft: Draft | None = st.session_state.get(_DRAFT)
    if draft is None or opened not in (draft.opened, draft.id):
        draft = st.session_state[_DRAFT] = _opened(opened)
    with st.container(horizontal=True, key="handbook_names"):
        draft.title = st.text_input("手册名称", draft.title, max_chars=200, key=f"handbook_title_{draft.opened}")
        draft.unit = st.text_input("编制单位（可不填）", draft.unit, max_chars=200, key=f"handbook_unit_{draft.opened}")
        draft.as_of = st.date_input(
            "适用日期（不填为导出当日）",
            draft.as_of,
            min_value=dt.date(1949, 10, 1),
            max_value=dt.date(2100, 12, 31),
            format="YYYY-MM-DD",
            key=f"handbook_day_{draft.opened}",
        )
    for place, part in enumerate(draft.parts):
        _show_part(draft, place, part)
    if not draft.parts:
        st.html(block(element("div", "还没有内容：先加条文，再加标题与说明。"), css="ea-notice"))
    _show_adding(draft)
    _show_actions(draft)
    if draft.problem is not None:
        show_problem(draft.problem)
        draft.problem = None


def leave_draft() -> None:
    """Forget what was being written and not saved."""
    st.session_state.pop(_DRAFT, None)


def _opened(opened: str) -> Draft:
    if opened == NEW:
        return Draft(opened)
    held = service().mine.handbook(opened)
    states = {state.provision_id: state for state in held.states}
    parts = [_draft_part(part, states) for part in held.parts]
    saved = HandbookRequest(title=held.title, unit=held.unit, as_of=held.as_of, parts=held.parts)
    return Draft(opened, held.id, held.title, held.unit, held.as_of, parts, states, saved)


def _draft_part(part: Part, states: dict[str, PassageState]) -> DraftPart:
    if isinstance(part, Passage):
        return DraftPart("passage", part.provision_id, states[part.provision_id].citation)
    return DraftPart(part.kind, part.text)


def _show_part(draft: Draft, place: int, part: DraftPart) -> None:
    with st.container(border=True, key=f"handbook_part_{part.number}"):
        if part.kind == "heading":
            part.text = st.text_input("标题", part.text, max_chars=200, key=f"handbook_text_{part.number}")
        elif part.kind == "note":
            words = "说明（印出时标明“编者说明”）"
            part.text = st.text_area(words, part.text, max_chars=4000, height=90, key=f"handbook_text_{part.number}")
        else:
            state = draft.states.get(part.text)
            remark = element("div", text(f"注意：{state.remark}"), "ea-remark") if state and state.changed else ""
            st.html(block(element("div", text(part.citation), "ea-title"), remark))
        with st.container(horizontal=True, key=f"handbook_part_{part.number}_actions"):
            st.button(
                "上移", key=f"handbook_up_{part.number}", disabled=place == 0, on_click=_move, args=(draft, place, -1)
            )
            last = place == len(draft.parts) - 1
            st.button("下移", key=f"handbook_down_{part.number}", disabled=last, on_click=_move, args=(draft, place, 1))
            st.button("删去", key=f"handbook_drop_{part.number}", on_click=_drop, args=(draft, place))


def _show_adding(draft: Draft) -> None:
    favourites = service().mine.favourites(EntryQuery(kind=EntryKind.PROVISION, limit=200)).items
    titles = {entry.id: entry.title for entry in favourites}
    chosen = st.multiselect(
        "从收藏中选条文",
        list(titles),
        format_func=lambda i: titles.get(i, i),
        placeholder="选取条文" if titles else "还没有收藏条文",
        key="handbook_chosen",
    )
    with st.container(horizontal=True, key="handbook_cited_line", vertical_alignment="bottom"):
        cited = st.text_input("或写出条号", placeholder="如 消防法第六十条", max_chars=500, key="handbook_cited")
    with st.container(horizontal=True, key="handbook_add_actions"):
        st.button(
            "加入条文",
            key="handbook_add_passages",
            disabled=not (chosen or cited.strip()),
            on_click=_add_passages,
            args=(draft, titles),
        )
        st.button("加标题", key="handbook_add_heading", on_click=draft.parts.append, args=(DraftPart("heading", ""),))
        st.button("加说明", key="handbook_add_note", on_click=draft.parts.append, args=(DraftPart("note", ""),))


def _show_actions(draft: Draft) -> None:
    with st.container(horizontal=True, key="handbook_actions"):
        if st.button("保存手册", key="handbook_save", type="primary"):
            _save(draft)
        try:
            request = _request(draft)
        except EAssistantError:
            request = None
        if request is not None and any(isinstance(part, Passage) for part in request.parts):
            wanted, mine = request, service().mine  # asked for here: a download runs where nobody's cookie is known
            st.download_button(
                "导出 DOCX",
                data=lambda: mine.handbook_docx(wanted),
                file_name=f"{plain_name(draft.title) or '执法手册'}.docx",
                mime=_DOCX,
                key="handbook_docx",
                on_click="ignore",
                icon=":material/download:",
            )
        if draft.id is not None:
            with st.popover("删除手册", icon=":material/delete:"):
                st.write(plain(f"删除“{draft.title}”？不能恢复。"))
                st.button("确认删除", key="handbook_remove", on_click=_remove, args=(draft,))
    if request is not None and request == draft.saved:
        st.html(block(element("div", "已保存。", "ea-quiet"), role="status"))


def _request(draft: Draft) -> HandbookRequest:
    """The handbook as it stands on the screen. Raises InvalidInput."""
    parts: list[Part] = []
    try:
        for part in draft.parts:
            if part.kind == "passage":
                parts.append(Passage(provision_id=part.text))
            elif part.kind == "heading":
                parts.append(Heading(text=part.text))
            else:
                parts.append(Note(text=part.text))
        return HandbookRequest(title=draft.title, unit=draft.unit, as_of=draft.as_of, parts=parts)
    except ValidationError as error:
        raise error_from_validation(error.errors()) from None


def _move(draft: Draft, place: int, by: int) -> None:
    parts = draft.parts
    parts[place], parts[place + by] = parts[place + by], parts[place]


def _drop(draft: Draft, place: int) -> None:
    del draft.parts[place]


def _add_passages(draft: Draft, titles: dict[str, str]) -> None:
    """Add what stands in the fields now: it may have been written after the page was last drawn."""
    chosen = {i: titles[i] for i in st.session_state["handbook_chosen"]}
    cited: str = st.session_state["handbook_cited"] or ""
    draft.parts += [DraftPart("passage", i, title) for i, title in chosen.items()]
    try:
        if cited.strip():
            draft.parts += [DraftPart("passage", c.provision_id, c.citation) for c in chosen_by(cited, draft.as_of)]
    except EAssistantError as error:
        draft.problem = error
        return
    except ValidationError as error:
        draft.problem = error_from_validation(error.errors())
        return
    st.session_state["handbook_chosen"] = []
    st.session_state["handbook_cited"] = ""


def _save(draft: Draft) -> None:
    try:
        request = _request(draft)
        held = service().mine.save_handbook(request, draft.id)
    except EAssistantError as error:
        draft.problem = error
        return
    draft.id, draft.saved = held.id, request
    draft.states = {state.provision_id: state for state in held.states}
    st.query_params["handbook"] = held.id
    st.rerun()


def _remove(draft: Draft) -> None:
    if draft.id is not None:
        service().mine.remove_handbook(draft.id)
    leave_draft()
    st.query_params.pop("handbook", None)
