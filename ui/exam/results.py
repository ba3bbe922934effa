"""One's own results (我的成绩): the list, one exam item by item, one's hours."""

from __future__ import annotations

import streamlit as st

from assistant.quiz.paper_contract import AttemptState, HoursEntry, HoursQuery, Result
from assistant.userdata.words import PageQuery
from corpus.clock import local
from ui.connection import service
from ui.exam.marked import marked_html
from ui.exam.sitting import ATTEMPT
from ui.links import link
from ui.markup import badge, block, element, tag, text
from ui.paging import PER_PAGE, offset, page_buttons
from ui.quiz.address import choices_html, given, to, way
from ui.quiz.saying import empty
from ui.quiz.words import attempt_badge, number
from ui.state import today

_LIST, _ITEMS = "exam_results_page", "exam_items_page"
ONLY, WRONG = "only", "wrong"


def show_results() -> None:
    if attempt_id := given(ATTEMPT):
        st.html(block(way("‹ 我的成绩", to("results"))))
        _show_result(service().exams.result(attempt_id))
        return
    _show_hours()
    page = service().exams.own_results(PageQuery(limit=PER_PAGE, offset=offset(_LIST)))
    if not page.total:
        empty("还没有成绩。", "考试交卷后，成绩和逐题解析列在这里。", way("看有哪些考试 ›", to("exams")))
        return
    st.html(results_html(page.items))
    page_buttons(page.total, _LIST)


def results_html(results: list[Result]) -> str:
    """Results as rows: the title leads to the items."""
    return block(element("ul", "".join(element("li", _row(result)) for result in results), "ea-rows"))


def _row(result: Result) -> str:
    facts = badge(attempt_badge(result.state)) + tag(score_words(result))
    at = f"{local(result.submitted_at):%Y-%m-%d %H:%M} 交卷，" if result.submitted_at else ""
    title = link(result.title, to("results", attempt=result.attempt_id), "ea-link ea-way")
    return element("div", title + element("span", facts, "ea-row-facts"), "ea-row") + element(
        "div", text(f"{at}用时 {number(result.minutes)} 分钟"), "ea-quiet"
    )


def score_words(result: Result) -> str:
    """The score, or what is known of it so far."""
    if result.score is not None:
        return f"{number(result.score)} / {number(result.total)} 分"
    return f"待阅卷 / {number(result.total)} 分"


def result_html(result: Result) -> str:
    """What came of an exam in all."""
    known = [item for item in result.items if item.right is not None]
    right = sum(bool(item.right) for item in known)
    facts = [f"答对 {right} 题", f"答错或未全对 {len(known) - right} 题", f"用时 {number(result.minutes)} 分钟"]
    waiting = sum(item.right is None for item in result.items)
    facts += [f"待阅卷 {waiting} 题"] if waiting else []
    parts = [
        element("h3", text(result.title)),
        element("div", text(score_words(result)), "ea-sum"),
        element("div", "".join(tag(fact) for fact in facts), "ea-tags"),
    ]
    if result.state is AttemptState.SUBMITTED:
        words = "有简答等题等待阅卷，阅卷后给出总分。其余各题现在就可以看解析。"
        parts.append(element("div", words, "ea-notice ea-refusal"))
    if is_withheld(result):
        words = "有的题在您正在参加的考试中，那场考试交卷后再显示解析。"
        parts.append(element("div", words, "ea-notice ea-refusal"))
    return block(*parts)


def is_withheld(result: Result) -> bool:
    """Whether items are missing between those shown."""
    return [item.number for item in result.items] != list(range(1, len(result.items) + 1)) or not result.items


def _show_result(result: Result) -> None:
    st.html(result_html(result))
    only = given(ONLY) == WRONG
    wrong = [item for item in result.items if not item.right]
    address = to("results", attempt=result.attempt_id)
    choices = [
        (f"全部 {len(result.items)}", address, not only),
        (f"没有答对的 {len(wrong)}", to("results", attempt=result.attempt_id, only=WRONG), only),
    ]
    st.html(choices_html(choices, label="显示"))
    shown = wrong if only else result.items
    place = f"{_ITEMS}_{result.attempt_id}_{only}"
    start = offset(place)
    for item in shown[start : start + PER_PAGE]:
        with st.container(border=True, key=f"exam_marked_{item.number}"):
            st.html(marked_html(item))
    page_buttons(len(shown), place)
    if wrong:
        st.html(block(way("到错题本再练 ›", to("wrong"))))


def _show_hours() -> None:
    found = service().exams.hours(HoursQuery(since=today().replace(month=1, day=1), own=True)).items
    if found:
        st.html(hours_html(found[0], today().year))


def hours_html(hours: HoursEntry, year: int) -> str:
    """One's hours of the year."""
    words = f"{year} 年学时：{number(hours.hours)} 小时（考试 {hours.exams} 次，练习 {hours.practices} 组）"
    return block(element("div", text(words)), css="ea-outcome")
