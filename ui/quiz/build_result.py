"""A build (一次出题): followed while it runs; then every item with its proof, and what was not made and why."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from assistant.quiz.contract import BuildJob, BuildReport, BuildState, ItemState, Move, QuizItem, Withheld
from corpus.errors import EAssistantError, NotFound
from ui.connection import service
from ui.links import link
from ui.markup import block, element, text
from ui.paging import PER_PAGE, offset, page_buttons
from ui.problems import show_problem
from ui.quiz.address import to, way
from ui.quiz.item_card import item_html
from ui.quiz.picking import move_button, pick, pick_box, show_actions
from ui.quiz.saying import attempt
from ui.quiz.words import excerpt

BUILD = "build"
_POLL_S = 1.5
_PAGE = "quiz_build_page"


def show_build(job_id: str) -> None:
    st.html(block(way("‹ 另行出题", to("build"))))
    job = service().quiz.job(job_id)
    if job.state is BuildState.RUNNING:
        st.fragment(_follow, run_every=_POLL_S)(job_id)
    elif job.report is None:
        st.html(ended_html(job))
    else:
        _show_report(job.report)


def _follow(job_id: str) -> None:
    try:
        job = service().quiz.job(job_id)
    except EAssistantError as error:
        show_problem(error)
        return
    if job.state is not BuildState.RUNNING:
        st.rerun()
    st.html(progress_html(job))
    if st.button("停止", key="quiz_build_stop"):
        attempt(lambda: service().quiz.stop(job_id))
        st.rerun()


def progress_html(job: BuildJob) -> str:
    """How far a build is, in words and as a bar."""
    share = min(1.0, job.done / job.asked) if job.asked else 0.0
    bar = element("div", element("div", "", "ea-done", style=f"width:{share:.1%}"), "ea-bar")
    words = f"{job.stage}（已出 {job.done}，要求 {job.asked}）。可以离开本页，完成后在题库中查看。"
    return block(element("div", text(words)), bar, css="ea-strip", role="status")


def ended_html(job: BuildJob) -> str:
    """A build that made nothing."""
    words = job.problem or f"{job.stage}。"
    again = link("修改要求，重新出题", to("build"))
    return block(element("div", text(words)), element("div", again), css="ea-notice ea-refusal")


def _show_report(report: BuildReport) -> None:
    st.html(report_html(report))
    if report.items:
        start = offset(_PAGE)
        shown = [_as_it_stands(item) for item in report.items[start : start + PER_PAGE]]
        _show_submission(report, shown)
        for place, item in enumerate(shown, start + 1):
            with st.container(border=True, key=f"quiz_built_{item.id}"):
                pick_box(item, "built")
                st.html(item_html(item, number_=place, address=to("bank", item=item.id)))
        page_buttons(len(report.items), _PAGE)


def _show_submission(report: BuildReport, shown: Sequence[QuizItem]) -> None:
    stems = {item.id: excerpt(item.stem, 40) for item in report.items}
    with st.container(horizontal=True, key="quiz_built_actions"):
        if any(item.state is ItemState.DRAFT for item in shown):
            move_button(Move.SUBMIT, list(stems), stems, key="built", primary=True, what=f"全部 {len(stems)} 题")
        st.button("选中本页", key="quiz_built_pick", on_click=pick, args=(shown,))
        st.button("选中全部", key="quiz_built_pick_all", on_click=pick, args=(report.items,))
    show_actions((Move.SUBMIT, Move.PUBLISH, Move.RETIRE))


def _as_it_stands(item: QuizItem) -> QuizItem:
    """The item as it is now: it may have moved since it was made."""
    try:
        return service().quiz.item(item.id)
    except NotFound:
        return item


def report_html(report: BuildReport) -> str:
    """What a build came to: how many, with what law, what was held back and why."""
    head = f"要求 {report.asked} 题，出题 {len(report.items)} 题，均已存入题库（草稿）。"
    facts = f"按 {report.as_of:%Y-%m-%d} 有效的规定，种子 {report.seed}，用时 {report.seconds:.0f} 秒。"
    css = "ea-notice ea-right" if report.items else "ea-notice ea-refusal"
    notes = "".join(element("li", text(note)) for note in report.notes)
    return block(
        element("div", element("b", text(head)) + element("div", text(facts), "ea-quiet"), css, role="status"),
        element("ul", notes) if notes else "",
        withheld_html(report.withheld),
    )


def withheld_html(withheld: Sequence[Withheld]) -> str:
    """Candidates that were not issued: for each reason how many, with an example."""
    if not withheld:
        return ""
    rows = "".join(
        element("tr", "".join(element("td", text(words)) for words in (w.reason, str(w.count), excerpt(w.example))))
        for w in withheld
    )
    head = element("tr", "".join(element("th", name, scope="col") for name in ("没有出题的原因", "数量", "例")))
    table = element("table", element("thead", head) + element("tbody", rows), "ea-cells ea-table")
    total = sum(w.count for w in withheld)
    return element("details", element("summary", f"另有 {total} 个备选没有出题") + table)
