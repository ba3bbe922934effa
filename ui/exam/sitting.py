"""Sitting an exam (作答): one item at a time, every answer saved at once, submitted by hand or by the clock."""

from __future__ import annotations

import datetime as dt
import time

import streamlit as st

from assistant.quiz.contract import KIND_ZH
from assistant.quiz.paper_contract import AskedItem, AskedPaper, AttemptState
from corpus.clock import local
from corpus.errors import EAssistantError
from ui.connection import service
from ui.exam.answering import answer_inputs, entered
from ui.exam.clock import show_clock
from ui.exam.sheet import AnswerSheet, unanswered_words
from ui.markup import block, element, tag, text
from ui.problems import explain, problem_html
from ui.quiz.address import given, go, to, way
from ui.quiz.saying import say
from ui.quiz.words import number as number_words

ATTEMPT, NUMBER = "attempt", "number"
_SHEET = "exam_sheet_"


def show_sitting(attempt_id: str) -> None:
    sheet = _sheet(attempt_id)
    st.html(head_html(sheet.paper))
    if sheet.state is AttemptState.RUNNING:
        st.fragment(_sit)(attempt_id)
    else:
        _forget(attempt_id)
        st.html(over_html(attempt_id))


def head_html(paper: AskedPaper) -> str:
    """What is sat, until when, and by which rule."""
    facts = [f"{len(paper.items)} 题", f"{number_words(paper.total)} 分", f"{local(paper.ends_at):%H:%M} 结束"]
    return block(
        element("h3", text(paper.title)),
        element("div", "".join(tag(fact) for fact in facts), "ea-tags"),
        element("details", element("summary", "考试须知与评分规则", "ea-way") + _rules(paper)),
    )


def _rules(paper: AskedPaper) -> str:
    lines = [paper.note, paper.rule, "每次改动自动保存。时间到时自动交卷。断线或关闭页面后，可从“考试”继续作答。"]
    return "".join(element("p", text(line)) for line in lines if line)


def over_html(attempt_id: str) -> str:
    return block(
        element("div", "这次考试已经交卷。"),
        way("看成绩与解析 ›", to("results", attempt=attempt_id)),
        css="ea-notice",
    )


def item_html(item: AskedItem) -> str:
    """The question itself; options and blanks are inputs below it."""
    tags = tag(KIND_ZH[item.kind]) + (tag(f"{number_words(item.points)} 分") if item.points else "")
    stem = element("div", text(f"{item.number}. {item.stem}"), "ea-stem")
    return block(element("div", tags, "ea-tags"), stem)


def saved_words(sheet: AnswerSheet) -> str:
    """How safe the answers are."""
    if sheet.unsaved or sheet.problem is not None:
        why = f"（{explain(sheet.problem)[0]}）" if sheet.problem is not None else ""
        return f"未保存，正在重试{why}"
    if sheet.saved_at is not None:
        return f"已保存 {local(sheet.saved_at):%H:%M:%S}"
    return "已载入保存的作答" if sheet.answers else "作答会自动保存"


def _sit(attempt_id: str) -> None:
    sheet = _sheet(attempt_id)
    sheet.runs += 1
    bar = st.container(key="exam_bar")
    item = sheet.paper.items[_place(sheet.paper)]
    mark = _mark(sheet, item)
    with st.container(border=True, key="exam_item"):
        st.html(item_html(item))
        answer = answer_inputs(
            item, sheet.answers.get(item.number), mark, changed=lambda: sheet.take(item.number, entered(item, mark))
        )
    sheet.take(item.number, answer)
    _save(sheet)
    if sheet.state is AttemptState.RUNNING and sheet.seconds_left(time.monotonic()) == 0:
        _submit(sheet, "考试时间到，已自动交卷。")
    if sheet.state is not AttemptState.RUNNING:
        _leave(attempt_id)
    with bar:
        left, unsaved = sheet.seconds_left(time.monotonic()), bool(sheet.unsaved or sheet.problem)
        show_clock(left, saved_words(sheet), unsaved=unsaved, run=sheet.runs, key=f"exam_clock_{attempt_id}")
    _show_steps(sheet.paper, item.number)
    _show_strip(sheet, item.number)
    _show_submission(sheet)


def _show_steps(paper: AskedPaper, at: int) -> None:
    with st.container(horizontal=True, key="exam_steps"):
        for words, wanted, key in (("‹ 上一题", at - 1, "exam_previous"), ("下一题 ›", at + 1, "exam_next")):
            off = not 1 <= wanted <= len(paper.items)
            st.button(words, key=key, disabled=off, on_click=_turn_to, args=(wanted,))


def _show_strip(sheet: AnswerSheet, at: int) -> None:
    done = len(sheet.paper.items) - len(sheet.unanswered)
    st.html(block(element("div", f"答题卡：已答 {done}/{len(sheet.paper.items)} 题（✓ 为已答）", "ea-quiet")))
    with st.container(horizontal=True, key="exam_strip"):
        for item in sheet.paper.items:
            st.button(
                f"{item.number} ✓" if sheet.is_answered(item) else str(item.number),
                key=f"exam_to_{item.number}",
                type="primary" if item.number == at else "secondary",
                on_click=_turn_to,
                args=(item.number,),
            )


def _show_submission(sheet: AnswerSheet) -> None:
    with st.popover("交卷", key="exam_submit_ask"):
        st.html(block(element("p", text(unanswered_words(sheet.unanswered))), element("p", "交卷后不能再修改。")))
        if st.button("确认交卷", type="primary", key="exam_submit"):
            _submit(sheet, "已交卷。")
            if sheet.state is not AttemptState.RUNNING:
                _leave(sheet.paper.attempt_id)
            if sheet.problem is not None:
                st.html(problem_html(sheet.problem))


def _save(sheet: AnswerSheet) -> None:
    if not sheet.unsaved:
        return
    request = sheet.request(_now())
    try:
        saved = service().exams.save(sheet.paper.attempt_id, request)
    except EAssistantError as error:
        sheet.problem = error
    else:
        sheet.note_saved(request, saved, time.monotonic(), _now())
        if sheet.state is not AttemptState.RUNNING:
            say("考试时间到，已自动交卷。")


def _submit(sheet: AnswerSheet, words: str) -> None:
    try:
        sheet.state = service().exams.submit(sheet.paper.attempt_id, sheet.request(_now())).state
    except EAssistantError as error:
        sheet.problem = error
    else:
        say(words)


def _leave(attempt_id: str) -> None:
    """To what came of it."""
    _forget(attempt_id)
    go("results", attempt=attempt_id)
    st.rerun()


def _turn_to(number: int) -> None:
    st.query_params[NUMBER] = str(number)


def _place(paper: AskedPaper) -> int:
    """The index of the item that the address names; the first where it names none."""
    asked = given(NUMBER)
    return min(int(asked), len(paper.items)) - 1 if asked.isdecimal() and int(asked) > 0 else 0


def _sheet(attempt_id: str) -> AnswerSheet:
    """The sheet of this session; fetched with the answers that are saved where there is none."""
    key = _SHEET + attempt_id
    if key not in st.session_state:
        st.session_state[key] = AnswerSheet.of(service().exams.attempt(attempt_id), time.monotonic())
    sheet: AnswerSheet = st.session_state[key]
    return sheet


def _forget(attempt_id: str) -> None:
    st.session_state.pop(_SHEET + attempt_id, None)


def _mark(sheet: AnswerSheet, item: AskedItem) -> str:
    return f"exam_{sheet.paper.attempt_id[:12]}_{item.number}"


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)
