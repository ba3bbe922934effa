"""Two texts of a document side by side (文本对照); one under the other on a phone."""

from __future__ import annotations

import streamlit as st

from assistant.encyclopedia.contract import ArticleComparison, ComparedArticle, Comparison, ComparisonRequest
from corpus.comparison import CHANGE_ZH
from corpus.errors import InvalidInput, NotFound
from ui.connection import service
from ui.encyclopedia.address import Address
from ui.encyclopedia.frame import show_top
from ui.encyclopedia.parts import empty, offset_of, pager
from ui.held import documents
from ui.links import anchor, link
from ui.markup import block, element, provision_text, tag, text
from ui.words import day_words

_PER_PAGE = 30
_EVERYTHING = "every"


def show_comparison(address: Address) -> None:
    old, _, new = (address.get("compare") or "").partition("..")
    if not (old and new):
        raise InvalidInput("对照的网址须写明两个文本。", remedy="请从文件页的“文本”进入对照。")
    document_id = address.get("of") or _document_of(new)
    request = ComparisonRequest(
        old=old,
        new=new,
        changed_only=address.get(_EVERYTHING) is None,
        limit=_PER_PAGE,
        offset=offset_of(address, _PER_PAGE),
    )
    found = service().encyclopedia.comparison(document_id, request)
    show_top(address, [(found.title, address.to(law=document_id))], "文本对照")
    st.html(comparison_html(found, address))


def _document_of(version_id: str) -> str:
    for document in documents():
        if any(version.version_id == version_id for version in document.versions):
            return document.document_id
    raise NotFound("没有收录所要对照的文本。", remedy="请从文件页的“文本”进入对照。")


def comparison_html(found: Comparison, address: Address) -> str:
    every = address.get(_EVERYTHING) is not None
    swapped = address.narrowed(compare=f"{found.new.version_id}..{found.old.version_id}")
    ways = "".join(
        (
            _choice("只看有变化的", address.narrowed(**{_EVERYTHING: None}), not every),
            _choice("全部条文", address.narrowed(**{_EVERYTHING: 1}), every),
            anchor("左右对调", swapped, "ea-choice"),
        )
    )
    sides = _side_title("旧文本", found, new=False) + _side_title("新文本", found, new=True)
    parts = [
        element("h2", text(found.title)),
        element("div", "".join(tag(words) for words in counts_words(found)), "ea-tags"),
        element("div", ways, "ea-choices"),
        element("div", sides, "ea-sides ea-sides-head"),
        *(_compared(item, address) for item in found.items),
    ]
    if not found.items:
        parts.append(empty("两个文本的条文没有不同。", link("列出全部条文", address.narrowed(**{_EVERYTHING: 1}))))
    parts.append(pager(address, found.total, _PER_PAGE))
    return block(*parts)


def counts_words(found: Comparison) -> list[str]:
    """How many articles changed how: ``修改 12 条``."""
    return [f"{CHANGE_ZH[kind]} {count} 条" for kind, count in found.counts.items() if count]


def _choice(words: str, address: str, chosen: bool) -> str:
    current = {"aria-current": "true"} if chosen else {}
    return anchor(text(words), address, "ea-choice ea-chosen" if chosen else "ea-choice", **current)


def _side_title(name: str, found: Comparison, *, new: bool) -> str:
    version = found.new if new else found.old
    dates = [f"{version.published:%Y-%m-%d} 公布" if version.published else ""]
    dates.append(day_words(version.effective_from, version.effective_from_basis, "起施行"))
    return element("div", element("b", name) + element("div", text(" · ".join(filter(None, dates))), "ea-quiet"))


def _compared(item: ArticleComparison, address: Address) -> str:
    head = tag(item.kind_name) + (tag("条号有变") if item.renumbered else "")
    sides = _side(item.old, "ea-removed", "旧文本没有这一条。", address)
    sides += _side(item.new, "ea-added", "新文本没有这一条。", address)
    return element("section", element("div", head, "ea-tags") + element("div", sides, "ea-sides"), "ea-compared")


def _side(article: ComparedArticle | None, css: str, missing: str, address: Address) -> str:
    if article is None:
        return element("div", element("div", missing, "ea-quiet"), "ea-side")
    title = link(article.article, address.to(provision=article.provision_id))
    heading = element("div", text(article.heading), "ea-heading") if article.heading else ""
    return element("div", title + heading + provision_text(article.text, {css: article.marks}), "ea-side")
