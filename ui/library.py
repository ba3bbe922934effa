"""The corpus page (语料): the documents held, and a law opened by chapter and article."""

from __future__ import annotations

from itertools import groupby

import streamlit as st

from assistant.contract import DocumentDetail, DocumentInfo, VersionInfo
from corpus.errors import EAssistantError
from corpus.vocabulary import KIND_ZH, NATION, Shelf, State
from ui.cards import dates_html, dates_of
from ui.conditions import regions_held
from ui.connection import service
from ui.held import documents
from ui.labels import plain
from ui.markup import badge, block, element, tag, text
from ui.preparation import show_preparation
from ui.problems import show_problem
from ui.reading import open_provision
from ui.state import today
from ui.words import text_badge

PER_PAGE = 20
_OPENED = "law"


def show_page() -> None:
    show_preparation()
    opened = st.query_params.get(_OPENED)
    try:
        if opened:
            _show_document(service().document(opened))
        else:
            _show_documents(documents())
    except EAssistantError as error:
        if opened:
            st.button("‹ 全部文件", key="back", on_click=_close)
        show_problem(error)


def matching(
    held: list[DocumentInfo], words: str, region: str | None = None, shelf: Shelf | None = None
) -> list[DocumentInfo]:
    """Documents of a region and a shelf, where given, whose title has all the words, in the order given."""
    wanted = words.split()
    return [
        document
        for document in held
        if (region is None or document.region == region)
        and (shelf is None or document.shelf is shelf)
        and all(word in document.law for word in wanted)
    ]


def _show_documents(held: list[DocumentInfo]) -> None:
    st.html(block(element("h2", "语料"), element("p", text(f"共收录 {len(held):,} 部文件。"), "ea-quiet")))
    words = st.text_input(
        "按标题筛选", key="title_filter", placeholder="如 食品、治安、处罚", live=True, persist_state="session"
    )
    with st.container(horizontal=True, vertical_alignment="bottom", key="narrowing"):
        shelf = st.segmented_control("书架", list(Shelf), key="shelf_filter", format_func=str, persist_state="session")
        regions = [NATION, *regions_held(held)]
        region = st.selectbox(
            "地区", regions, index=None, placeholder="全部地区", key="region_filter", persist_state="session"
        )
    found = matching(held, words or "", region, shelf)
    if not found:
        st.html(block(element("div", "没有符合这些条件的文件。"), css="ea-notice"))
        return
    pages = -(-len(found) // PER_PAGE)
    page = min(st.session_state.get("page", 1), pages)
    with st.container(key="documents", gap="small"):
        for document in found[(page - 1) * PER_PAGE : page * PER_PAGE]:
            _show_row(document)
    if pages > 1:
        st.pagination(pages, key="page")


def _show_row(document: DocumentInfo) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key=f"row_{document.document_id}"):
        st.button(
            plain(document.law), key=f"open_{document.document_id}", type="tertiary", on_click=_open, args=(document,)
        )
        facts = tag(document.level if document.shelf is Shelf.LAW else KIND_ZH[document.kind])
        facts += tag(document.region) if document.region != NATION else ""
        st.html(block(facts + _standing_html(document), css="ea-tags"), width="content")


def _standing_html(document: DocumentInfo) -> str:
    """The state of a document today: that of its text of today, else of its latest."""
    if document.shelf is not Shelf.LAW:
        return tag(document.shelf)
    version = next((v for v in document.versions if v.status in (State.IN_FORCE, State.AMENDED)), None)
    version = version or (document.versions[-1] if document.versions else None)
    return badge(text_badge(version, day=today(), today=today())) if version else ""


def _open(document: DocumentInfo) -> None:
    st.query_params[_OPENED] = document.document_id


def _close() -> None:
    st.query_params.pop(_OPENED, None)


def _show_document(document: DocumentDetail) -> None:
    st.button("‹ 全部文件", key="back", on_click=_close)
    law = document.shelf is Shelf.LAW
    facts = [document.region] if document.region != NATION else []
    facts += [f for f in (document.issuer, document.number, document.field) if f]
    st.html(
        block(
            element("h2", text(document.law)),
            element(
                "div",
                tag(document.level if law else KIND_ZH[document.kind]) + "".join(tag(f) for f in facts),
                "ea-tags",
            ),
            "".join(_version_html(version, version.version_id == document.version_id) for version in document.versions),
        )
    )
    for number, (heading, group) in enumerate(groupby(document.articles, key=lambda link: link.heading)):
        links = list(group)
        title = f"{heading or '正文'}（{links[0].article}" + (f"至{links[-1].article}）" if len(links) > 1 else "）")
        with st.expander(plain(title), key=f"chapter_{number}", on_change="rerun") as chapter:
            if chapter.open:
                _show_articles(document.document_id, number, [(link.provision_id, link.article) for link in links])


def _show_articles(document_id: str, chapter: int, links: list[tuple[str, str]]) -> None:
    with st.container(horizontal=True, key=f"articles_{chapter}"):
        for provision_id, article in links:
            if st.button(plain(article), key=f"article_{provision_id}"):
                open_provision(provision_id, None)


def _version_html(version: VersionInfo, shown: bool) -> str:
    mark = tag("下列条文出自此文本") if shown else ""
    return element(
        "div",
        element("div", badge(text_badge(version, day=today(), today=today())) + mark, "ea-tags")
        + dates_html(dates_of(version))
        + (element("div", text(f"来源：{version.source}"), "ea-quiet") if version.source else ""),
        "ea-version ea-shown" if shown else "ea-version",
    )
