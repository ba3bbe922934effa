"""One item of the bank (一道题): its card, its review, its history; changed in a form."""

from __future__ import annotations

import streamlit as st

from assistant.quiz.contract import HistoryEntry, ItemState, Move, QuizItem
from assistant.quiz.rephrasing import may_be_rephrased
from assistant.userdata.words import PageQuery
from corpus.clock import local
from ui.connection import service
from ui.labels import plain
from ui.markup import block, element, text
from ui.preparation import health
from ui.quiz.address import given, go, way
from ui.quiz.editor import show_editor
from ui.quiz.filtering import list_address
from ui.quiz.item_card import content_html, item_html
from ui.quiz.picking import MOVES_OF, move_button
from ui.quiz.saying import attempt, say
from ui.quiz.words import excerpt
from ui.reading import open_provision

_HISTORY = 200


def show_item(item_id: str) -> None:
    st.html(block(way("‹ 返回题库", list_address())))
    item = service().quiz.item(item_id)
    if given("edit"):
        show_editor(item)
        return
    with st.container(border=True, key="quiz_one"):
        st.html(item_html(item, opened=True))
        _show_sources(item)
    _show_actions(item)
    _show_history(item)


def _show_sources(item: QuizItem) -> None:
    """The whole provision of each source, in the reading dialog."""
    with st.container(horizontal=True, key="quiz_source_actions"):
        for number, citation in enumerate({c.provision_id: c for c in item.citations}.values()):
            label = f"看全文：{plain(citation.citation)}"
            if st.button(label, key=f"quiz_source_{number}", icon=":material/menu_book:", type="tertiary"):
                open_provision(citation.provision_id, item.as_of)


def _show_actions(item: QuizItem) -> None:
    stems = {item.id: excerpt(item.stem, 40)}
    with st.container(horizontal=True, key="quiz_one_actions"):
        for place, move in enumerate(MOVES_OF[item.state]):
            move_button(move, [item.id], stems, key="one", primary=place == 0 and move is not Move.RETIRE)
        if item.state is not ItemState.RETIRED:
            st.button("修改", key="quiz_one_edit", on_click=go, args=("bank",), kwargs={"item": item.id, "edit": 1})
        if _may_rephrase(item):
            _show_rephrasing(item)


def _may_rephrase(item: QuizItem) -> bool:
    """Whether there is a model, and it may put this stem into other words."""
    if item.state is not ItemState.DRAFT or item.blocked is not None or may_be_rephrased(item):
        return False
    now = health()
    return item.proof.passed and now is not None and now.model is not None


def _show_rephrasing(item: QuizItem) -> None:
    if st.button("改写题干", key="quiz_one_rephrase", help="由撰写模型改写；各项校验再次通过才采用。"):
        with st.spinner("模型正在改写…"):
            done = attempt(lambda: service().quiz.rephrase(item.id))
        if done is not None:
            say("题干已改写，各项校验通过。" if done.taken else f"保留原题干：{done.reason}")
        st.rerun()


def _show_history(item: QuizItem) -> None:
    with st.expander("沿革", key=f"quiz_history_{item.id}", icon=":material/history:", on_change="rerun") as opened:
        if opened.open:
            found = service().quiz.history(item.id, PageQuery(limit=_HISTORY))
            st.html(history_html(found.items))


def history_html(entries: list[HistoryEntry]) -> str:
    """Who did what when, the latest first, with what was written then."""
    return block(*(_entry(entry) for entry in reversed(entries)))


def _entry(entry: HistoryEntry) -> str:
    words = f"{local(entry.at):%Y-%m-%d %H:%M} {entry.by} {entry.act}（第{entry.revision}版）"
    note = element("div", text(entry.note), "ea-quiet") if entry.note else ""
    written = ""
    if entry.content is not None:
        inner = content_html(entry.content, opened=True)
        written = element("details", element("summary", "当时的内容") + inner)
    return element("div", element("div", text(words)) + note + written, "ea-version")
