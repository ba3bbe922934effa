"""One paper (一份试卷): what is on it, printing, giving out, opening it to be taken, removing it."""

from __future__ import annotations

import streamlit as st

from assistant.quiz.contract import KIND_ZH, ItemKind
from assistant.quiz.paper_contract import Paper, PaperItem, PaperState, Variant
from assistant.quiz.papers.showing import shown_item
from corpus.clock import local
from ui.connection import service
from ui.markup import badge, block, element, tag, text
from ui.paging import PER_PAGE, offset, page_buttons
from ui.quiz.address import go, to, way
from ui.quiz.item_card import content_html
from ui.quiz.opening import show_opening
from ui.quiz.paper_files import show_files
from ui.quiz.saying import attempt, say
from ui.quiz.words import number, paper_badge

_PAGE = "quiz_paper_page"


def show_paper(paper: Paper) -> None:
    st.html(paper_html(paper))
    variant = paper.variants[0]
    if len(paper.variants) > 1:
        name = st.segmented_control(
            "卷别", [v.name for v in paper.variants], default="A", required=True, key=f"quiz_variant_{paper.id}"
        )
        variant = next((v for v in paper.variants if v.name == name), variant)
    show_opening(paper)
    show_files(paper, variant.name)
    _show_items(paper, variant)
    _show_removal(paper)


def paper_html(paper: Paper) -> str:
    """A paper's facts, and what is wrong with it."""
    counts: dict[ItemKind, int] = {}
    for entry in paper.items:
        counts[entry.item.kind] = counts.get(entry.item.kind, 0) + 1
    facts = [f"{len(paper.items)} 题", f"{number(paper.total)} 分", f"{paper.minutes} 分钟"]
    facts += [f"{KIND_ZH[kind]} {count}" for kind, count in counts.items()]
    facts += [f"{len(paper.variants)} 种卷"] if len(paper.variants) > 1 else []
    made = f"{paper.author} {local(paper.created_at):%Y-%m-%d %H:%M} 组卷，种子 {paper.seed}".strip()
    parts = [
        element("h3", text(paper.title)),
        element("div", badge(paper_badge(paper.state)) + "".join(tag(fact) for fact in facts), "ea-tags"),
        element("div", text(made), "ea-quiet"),
        element("p", text(paper.note)) if paper.note else "",
        way("成绩与统计 ›", to("statistics", paper=paper.id)) if paper.state is not PaperState.DRAFT else "",
    ]
    if paper.blocked:
        numbers = "、".join(str(place) for place in paper.blocked)
        words = f"第 {numbers} 题的依据已变动或者试题已停用，不能开考。请复核这些试题后重新组卷。"
        parts.append(element("div", text(words), "ea-notice ea-problem"))
    if paper.missing:
        rows = "".join(element("li", text(words)) for words in paper.missing)
        parts.append(
            element("div", element("div", "没有全部满足的要求：") + element("ul", rows), "ea-notice ea-refusal")
        )
    return block(*parts)


def entry_html(entry: PaperItem, place: int, options: list[int]) -> str:
    """An item of the paper as a variant shows it, with its key folded away."""
    item = shown_item(entry.item, options)
    head = element("div", tag(f"{number(entry.points)} 分") + tag(KIND_ZH[item.kind]), "ea-tags")
    body = content_html(item, number_=place, proof=item.proof)
    more = way("在题库中打开 ›", to("bank", item=item.id))
    return block(head, body, more, css="ea-card ea-item")


def _show_items(paper: Paper, variant: Variant) -> None:
    st.html(block(element("h4", text(f"试题（{variant.name} 卷）" if len(paper.variants) > 1 else "试题"))))
    start = offset(_PAGE)
    for place, own in enumerate(variant.items[start : start + PER_PAGE], start + 1):
        with st.container(border=True, key=f"quiz_paper_item_{place}"):
            st.html(entry_html(paper.items[own], place, variant.options[own]))
    page_buttons(len(variant.items), _PAGE)


def _show_removal(paper: Paper) -> None:
    with st.popover("删除试卷", key="quiz_paper_remove_ask"):
        st.caption("删除后不能恢复；题库中的试题不受影响。已有人作答的试卷不能删除。")
        if st.button("确认删除", key="quiz_paper_remove", type="primary"):
            if attempt(lambda: _removed(paper)):
                say(f"已删除“{paper.title}”。")
                go("papers")
            st.rerun()


def _removed(paper: Paper) -> bool:
    service().papers.remove(paper.id)
    return True
