"""How each item of a paper did (试题统计): difficulty, discrimination, how often each option was chosen."""

from __future__ import annotations

import streamlit as st

from assistant.quiz.contract import KIND_ZH
from assistant.quiz.paper_contract import ItemStatistics
from ui.connection import service
from ui.links import link
from ui.markup import badge, block, element, tag, text
from ui.quiz.address import to, way
from ui.quiz.bars import bars_html
from ui.quiz.saying import empty
from ui.quiz.words import LETTERS
from ui.words import Badge

_HARD, _EASY, _POOR, _FEW = 0.3, 0.9, 0.2, 10
_ORDERS = ("题号", "得分率", "区分度")


def show_items(paper_id: str) -> None:
    found = service().papers.statistics(paper_id)
    if not found.people:
        empty("还没有人交卷，没有可统计的作答。", link("查看试卷", to("papers", paper=paper_id)))
        return
    hint = (
        "得分率（p）越低越难；区分度是该题得分与其余各题得分的相关系数，低于 0.2 的宜复核。"
        "每人只计第一次作答；人数少时数字只供参考。"
    )
    st.html(block(element("p", hint, "ea-quiet")))
    order = st.segmented_control("排列", _ORDERS, default=_ORDERS[0], required=True, key="quiz_item_order")
    for item in ordered(found.items, order or _ORDERS[0]):
        with st.container(border=True, key=f"quiz_statistic_{item.number}"):
            st.html(item_statistics_html(item))


def ordered(items: list[ItemStatistics], order: str) -> list[ItemStatistics]:
    """By number, or the hardest or least telling first; what is not known comes last."""
    if order == "得分率":
        return sorted(items, key=lambda i: (i.difficulty is None, i.difficulty or 0.0, i.number))
    if order == "区分度":
        return sorted(items, key=lambda i: (i.discrimination is None, i.discrimination or 0.0, i.number))
    return sorted(items, key=lambda i: i.number)


def item_statistics_html(item: ItemStatistics) -> str:
    """An item's figures, with what deserves a look, and its options as bars with the right ones marked."""
    tags = [tag(KIND_ZH[item.kind]), tag(f"{item.answered} 人作答")]
    tags.append(tag(f"得分率 {item.difficulty:.2f}" if item.difficulty is not None else "得分率 —"))
    tags.append(tag(f"区分度 {item.discrimination:.2f}" if item.discrimination is not None else "区分度 —"))
    tags += [badge(Badge(words, "changed")) for words in remarks(item)]
    right = frozenset(item.key.correct)
    rows = [(f"{LETTERS[place]}{' ✓' if place in right else ''}", count) for place, count in enumerate(item.chosen)]
    chart = bars_html(rows, f"第 {item.number} 题各选项人数", "人", right) if rows else ""
    stem = element("span", text(f"{item.number}. {item.stem}"), "ea-stem")
    more = way("打开这道题 ›", to("bank", item=item.item_id))
    return block(stem, element("div", "".join(tags), "ea-tags"), chart, more)


def remarks(item: ItemStatistics) -> list[str]:
    """What a trainer should look at; of few answers nothing is said."""
    if item.answered < _FEW:
        return []
    words = []
    if item.difficulty is not None and item.difficulty < _HARD:
        words.append("过难")
    if item.difficulty is not None and item.difficulty > _EASY:
        words.append("过易")
    if item.discrimination is not None and item.discrimination < _POOR:
        words.append("区分度低")
    return words
