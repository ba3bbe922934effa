"""The documents under care (资料列表): found by title, their texts, who may read them, out of use and back."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from assistant.readers.contract import ReadersRequest
from assistant.uploads.contract import (
    ChangeState,
    DocumentsQuery,
    ManagedDocument,
    ManagedText,
    RestoreRequest,
    Retirement,
    RetireRequest,
)
from corpus.clock import local
from corpus.errors import EAssistantError
from corpus.readers import Readers
from corpus.vocabulary import KIND_ZH, NATION, Shelf
from ui.conditions import regions_held
from ui.connection import service
from ui.held import documents, forget_documents
from ui.labels import plain
from ui.links import ENCYCLOPEDIA, href, link
from ui.manage.options import readers_inputs
from ui.markup import badge, block, element, tag, text
from ui.narrowing import one_or_all
from ui.paging import PER_PAGE, offset, page_buttons
from ui.problems import show_problem
from ui.words import Badge

OPENED = "document"
_POLL_S = 1.5
_WHICH = {"导入的": True, "国家法律数据包的": False}
_UNDER_WAY = (ChangeState.RETIRING, ChangeState.RESTORING)
_CHANGES = {
    ChangeState.RETIRING: ("正在停用", "changed"),
    ChangeState.RETIRED: ("已停用", "bad"),
    ChangeState.RESTORING: ("正在恢复", "changed"),
    ChangeState.FAILED: ("停用或恢复未完成", "bad"),
}


def show_documents() -> None:
    said = st.session_state.pop("manage_document_said", None)
    if isinstance(said, EAssistantError):
        show_problem(said)
    opened = st.query_params.get(OPENED)
    words = st.text_input("按标题查找", key="manage_title", placeholder="如 养犬、裁量基准", persist_state="session")
    with st.container(horizontal=True, vertical_alignment="bottom", key="manage_narrowing"):
        which = st.segmented_control("来源", list(_WHICH), default="导入的", key="manage_from")
        places = [NATION, *regions_held(documents())]
        region = one_or_all("地区", places, str, every="全部地区", key="manage_document_region")
        retired = st.checkbox("只看已停用的", key="manage_retired")
    narrowed = DocumentsQuery(
        query=(words or "").strip() or None,
        region=region,
        from_files=_WHICH.get(which or ""),
        retired=True if retired else None,
        limit=PER_PAGE,
    )
    page = service().corpora.documents(
        narrowed.model_copy(update={"offset": offset("manage_documents_page", narrowed)})
    )
    if not page.total:
        st.html(block(element("div", "没有符合这些条件的资料。可在“上传”中导入。"), css="ea-notice"))
        return
    st.html(block(element("p", f"共 {page.total:,} 件。", "ea-quiet")))
    for document in page.items:
        with st.expander(
            plain(title_words(document)),
            key=f"manage_document_{document.document_id}",
            expanded=document.document_id == opened,
        ):
            _show_document(document)
    page_buttons(page.total, "manage_documents_page")
    if any(d.retirement is not None and d.retirement.state in _UNDER_WAY for d in page.items):
        st.fragment(_wait, run_every=_POLL_S)()


def title_words(document: ManagedDocument) -> str:
    """The line of a document: its state where it is out of use, its title and place."""
    out = bool(document.texts) and all(t.retired for t in document.texts)
    state = "已停用｜" if out else ""
    change = document.retirement
    if change is not None and change.state in _UNDER_WAY:
        state = f"{_CHANGES[change.state][0]}｜"
    place = f"（{document.region}）" if document.region != NATION else ""
    return f"{state}{document.title}{place}"


def document_html(document: ManagedDocument) -> str:
    """A document's facts, readers, texts and latest retirement."""
    readers = Readers(frozenset(document.departments), frozenset(document.regions))
    tags = [tag(document.level if document.shelf is Shelf.LAW else KIND_ZH[document.kind]), tag(document.region)]
    tags += [tag(document.number)] if document.number else []
    tags.append(tag(f"阅读对象：{readers}"))
    return block(
        element("div", "".join(tags), "ea-tags"),
        "".join(managed_text_html(held) for held in document.texts),
        retirement_html(document.retirement) if document.retirement else "",
    )


def managed_text_html(held: ManagedText) -> str:
    """One text: its days, its source, whether it is served."""
    dates = [f"公布 {held.published.isoformat() if held.published else '日期不详'}"]
    dates += [f"施行 {held.effective_from.isoformat()}"] if held.effective_from else []
    dates += [f"失效 {held.effective_until.isoformat()}"] if held.effective_until else []
    state = ""
    if held.retired:
        state = badge(Badge(f"{held.retired.isoformat()} 停用", "bad"))
    elif held.shadowed_by:
        state = badge(Badge("同日另有文本，留存备查", "missing"))
    source = "、".join(held.files) or held.source
    return element(
        "div",
        element("div", text("，".join(dates)) + " " + state) + element("div", text(f"来源：{source}"), "ea-quiet"),
        "ea-version",
    )


def retirement_html(change: Retirement) -> str:
    """Who took it out of use and why, and who brought it back."""
    words, tone = _CHANGES.get(change.state, ("曾停用，已恢复", "good"))
    lines = [f"{local(change.at):%Y-%m-%d %H:%M} {change.person}：{change.reason}"]
    if change.restored_at is not None:
        lines.append(f"{local(change.restored_at):%Y-%m-%d %H:%M} {change.restored_by} 恢复。{change.restored_reason}")
    lines += [change.message] if change.message else []
    return element(
        "div",
        badge(Badge(words, tone)) + "".join(element("div", text(line), "ea-quiet") for line in lines),
        "ea-version",
    )


def _show_document(document: ManagedDocument) -> None:
    st.html(document_html(document))
    if links := _links_html(document):
        st.html(links)
    _show_readers(document)
    if document.from_files:
        _show_retirement(document)
    else:
        st.caption("来自国家法律数据包，随数据包更新，不能停用。")


def _links_html(document: ManagedDocument) -> str:
    served = [t for t in document.texts if not t.retired]
    if not served:
        return ""
    links = [link("在百科中打开", href(ENCYCLOPEDIA, {"law": document.document_id}))]
    if len(served) > 1:
        pair = "..".join(held.version_id for held in served[-2:])
        links.append(link("对照最近两个版本", href(ENCYCLOPEDIA, {"compare": pair, "of": document.document_id})))
    return block(" · ".join(links))


def _show_readers(document: ManagedDocument) -> None:
    id_ = document.document_id
    with st.popover("修改阅读对象", key=f"manage_readers_{id_}"):
        departments, regions = readers_inputs(id_, document.departments, document.regions)
        st.caption("对您本人同样适用：保存后您如不在阅读对象之内，也看不到这份资料。")
        request = ReadersRequest(departments=departments, regions=regions)
        _button("保存", f"readers_save_{id_}", lambda: service().readers.limit(id_, request))


def _show_retirement(document: ManagedDocument) -> None:
    id_, change = document.document_id, document.retirement
    if change is not None and change.state in _UNDER_WAY:
        return
    out = bool(document.texts) and all(t.retired for t in document.texts)
    if change is not None and change.state in (ChangeState.RETIRED, ChangeState.FAILED):
        reason = st.text_input("恢复的理由（可不填）", key=f"manage_restore_reason_{id_}", max_chars=500)
        request = RestoreRequest(reason=reason or "")
        _button("恢复使用", f"restore_{id_}", lambda: service().corpora.restore(id_, request))
    if out:
        return
    with st.popover("停用", key=f"manage_retire_{id_}"):
        st.caption("停用后不再检索和引用，内容和历史保留，随时可以恢复。")
        texts = {t.version_id: t for t in document.texts if t.files and not t.retired}
        version = None
        if len(texts) > 1:
            version = st.selectbox(
                "停用哪一份",
                list(texts),
                index=None,
                placeholder="整份文件（全部文本）",
                format_func=lambda v: f"公布于 {texts[v].published or '日期不详'} 的文本",
                key=f"manage_retire_version_{id_}",
            )
        reason = st.text_input("停用的理由", key=f"manage_retire_reason_{id_}", max_chars=500)
        along = st.checkbox("同一来源文件中的其他资料一并停用", key=f"manage_retire_along_{id_}")
        if st.button("确认停用", type="primary", key=f"manage_retire_do_{id_}", disabled=not (reason or "").strip()):
            asked = RetireRequest(reason=reason or "", version_id=version, along=along)
            _do(lambda: service().corpora.retire(id_, asked))
            st.rerun()


def _wait() -> None:
    page = service().corpora.retirements(limit=PER_PAGE)
    if not any(change.state in _UNDER_WAY for change in page.items):
        forget_documents()
        st.rerun()


def _button(words: str, name: str, action: Callable[[], object]) -> None:
    """A button whose action is told what stands in the fields now, which may be newer than what was last drawn."""
    if st.button(words, key=f"manage_{name}"):
        _do(action)
        st.rerun()


def _do(action: Callable[[], object]) -> None:
    try:
        action()
    except EAssistantError as error:
        st.session_state["manage_document_said"] = error
