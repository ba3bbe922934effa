"""The contents of a document (目录): headings that open, articles that are read in place."""

from __future__ import annotations

import streamlit as st

from assistant.contract import ProvisionDetail, ProvisionLink
from assistant.encyclopedia.contract import ContentsNode, DocumentPage
from corpus.errors import EAssistantError
from ui.amounts import amount_marks
from ui.cards import cells_table
from ui.connection import service
from ui.encyclopedia.address import Address
from ui.encyclopedia.parts import empty
from ui.labels import plain
from ui.links import link
from ui.markup import block, element, provision_text, text
from ui.problems import show_problem

_OPEN, _TEXTS = "ea_open_articles", "ea_article_texts"
_AT_ONCE = 50  # articles listed before the rest is asked for
_ALL_OPEN = 12  # a text of so few articles is shown whole
_TEXTS_KEPT = 400


def show_contents(page: DocumentPage, address: Address) -> None:
    if not page.contents:
        st.html(empty("这一文本没有可以引用的条文。", link("看各文本", address.narrowed(part="versions"))))
        return
    few = page.articles <= _ALL_OPEN
    for number, node in enumerate(page.contents):
        articles = articles_of(node)
        if not articles:
            continue
        if few or (not node.title and not node.children):
            if node.title:
                st.html(block(element("h3", text(node.title))))
            _show_node(node, f"{page.version_id}_{number}", address, opened=few)
            continue
        label = f"{node.title or '正文'}（{range_words(articles)}）"
        key = f"ea_node_{page.version_id}_{number}"
        with st.expander(plain(label), key=key, expanded=len(page.contents) == 1, on_change="rerun") as opened:
            if opened.open:
                _show_node(node, f"{page.version_id}_{number}", address)


def articles_of(node: ContentsNode) -> list[ProvisionLink]:
    """All articles under a heading."""
    return [*node.articles, *(article for child in node.children for article in articles_of(child))]


def range_words(articles: list[ProvisionLink]) -> str:
    """``第一条至第九条``."""
    first, last = articles[0].article, articles[-1].article
    return first if first == last else f"{first}至{last}"


@st.fragment
def _show_node(node: ContentsNode, key: str, address: Address, opened: bool = False) -> None:
    """The articles under a heading, and the headings below it; only this part of the page runs anew."""
    most = st.session_state.get(f"{key}_most", _AT_ONCE)
    shown = 0
    for title, articles in _sections(node):
        if title and articles and shown < most:
            st.html(block(element("h4", text(title)), css="ea-section"))
        for article in articles:
            shown += 1
            if shown <= most:
                _show_article(article, key, address, opened)
    if shown > most:
        st.button(f"再列 {min(_AT_ONCE, shown - most)} 条", key=f"{key}_more", on_click=_more, args=(key, most))


def _sections(node: ContentsNode, title: str = "") -> list[tuple[str, list[ProvisionLink]]]:
    sections = [(title, node.articles)]
    for child in node.children:
        sections += _sections(child, " › ".join(filter(None, (title, child.title))))
    return sections


def _more(key: str, most: int) -> None:
    st.session_state[f"{key}_most"] = most + _AT_ONCE


def _show_article(article: ProvisionLink, key: str, address: Address, opened: bool) -> None:
    """A line that opens to the article's words."""
    held: set[str] = st.session_state.setdefault(_OPEN, set())
    is_open = (article.provision_id in held) != opened
    with st.container(key=f"ea_article_{article.provision_id}", gap="xxsmall"):
        st.button(
            plain(article.article),
            key=f"ea_toggle_{article.provision_id}",
            type="tertiary",
            icon=":material/expand_more:" if is_open else ":material/chevron_right:",
            on_click=_toggle,
            args=(article.provision_id,),
        )
        if is_open:
            _show_words(article, address)


def _toggle(provision_id: str) -> None:
    held: set[str] = st.session_state.setdefault(_OPEN, set())
    held.symmetric_difference_update({provision_id})


def _show_words(article: ProvisionLink, address: Address) -> None:
    try:
        detail = _detail(article.provision_id, address)
    except EAssistantError as error:
        show_problem(error)
        return
    words = cells_table(detail.cells) or provision_text(detail.text, amount_marks(detail.text))
    more = link("条文页：沿革、引用、案例", address.to(provision=article.provision_id), "ea-link ea-small")
    st.html(block(words, element("div", more, "ea-links"), css="ea-inplace"))


def _detail(provision_id: str, address: Address) -> ProvisionDetail:
    kept: dict[tuple[str, object], ProvisionDetail] = st.session_state.setdefault(_TEXTS, {})
    key = (provision_id, address.day)
    if key not in kept:
        if len(kept) >= _TEXTS_KEPT:
            kept.clear()
        kept[key] = service().provision(provision_id, address.day)
    return kept[key]
