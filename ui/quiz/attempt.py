"""One attempt as the trainer sees it (答卷): every answer beside its key; free answers are marked here."""

from __future__ import annotations

from decimal import Decimal

import streamlit as st

from assistant.quiz.contract import Form
from assistant.quiz.paper_contract import Answer, MarkedItem, MarkRequest, Result
from ui.connection import service
from ui.markup import badge, block, element, tag, text
from ui.quiz.address import to, way
from ui.quiz.item_card import content_html
from ui.quiz.overview import score_words
from ui.quiz.saying import attempt, say
from ui.quiz.words import TRUTH_ZH, attempt_badge, letters, number, points_of
from ui.words import Badge


def show_attempt(attempt_id: str) -> None:
    result = service().papers.trainee_result(attempt_id)
    st.html(block(way("‹ 各人成绩", to("statistics", paper=result.paper_id, view="people"))))
    st.html(result_html(result))
    waiting = [item.number for item in result.items if item.score is None]
    only = bool(waiting) and st.checkbox("只看待阅的题", key=f"quiz_waiting_{attempt_id}")
    scores: dict[int, Decimal] = {}
    notes: dict[int, str] = {}
    for item in result.items:
        if only and item.number not in waiting:
            continue
        with st.container(border=True, key=f"quiz_answer_{item.number}"):
            st.html(marked_html(item))
            if item.score is None or item.item.form is Form.POINTS:
                _mark_inputs(attempt_id, item, scores, notes)
            else:
                with st.expander("改分", key=f"quiz_remark_{attempt_id}_{item.number}", on_change="rerun") as opened:
                    if opened.open:
                        _mark_inputs(attempt_id, item, scores, notes)
    held = {item.number: item for item in result.items}
    changed = {place: score for place, score in scores.items() if score != held[place].score}
    noted = {place: note for place, note in notes.items() if note != held[place].note}
    with st.container(horizontal=True, key="quiz_marks_actions"):
        if st.button("保存评分", type="primary", key="quiz_marks_save"):
            _save(attempt_id, changed, noted)
            st.rerun()


def _save(attempt_id: str, scores: dict[int, Decimal], notes: dict[int, str]) -> None:
    count = len({*scores, *notes})
    if not count:
        say("评分没有改动。")
    elif attempt(lambda: service().papers.mark(attempt_id, MarkRequest(scores=scores, notes=notes))) is not None:
        say(f"已保存 {count} 题的评分。")


def result_html(result: Result) -> str:
    """Who, how much, how long."""
    facts = [result.department, f"{result.variant} 卷", f"用时 {number(result.minutes)} 分钟"]
    return block(
        element("h3", text(f"{result.title}：{result.person}")),
        element(
            "div",
            badge(attempt_badge(result.state)) + "".join(tag(fact) for fact in facts if fact),
            "ea-tags",
        ),
        element("p", element("b", text(f"成绩 {score_words(result.score, result.total)}"))),
    )


def marked_html(item: MarkedItem) -> str:
    """The item with its key, what was answered, and what it earned."""
    earned = f"{number(item.score)} / {number(item.points)} 分" if item.score is not None else "待阅卷"
    tone = "good" if item.right else "bad" if item.score == 0 else "changed"
    answered = answer_words(item.item.form, item.answer)
    return block(
        element("div", badge(Badge(earned, tone)), "ea-tags"),
        content_html(item.item, number_=item.number),
        element("div", element("span", "作答", "ea-label") + " " + element("b", text(answered)), "ea-outcome"),
        element("div", text(f"评语：{item.note}"), "ea-quiet") if item.note else "",
        css="ea-card ea-item",
    )


def answer_words(form: Form, answer: Answer | None) -> str:
    """What was answered, in words."""
    if answer is None:
        return "未作答"
    words = {
        Form.ONE: letters(answer.chosen),
        Form.MANY: letters(sorted(answer.chosen)),
        Form.TRUTH: TRUTH_ZH[answer.truth] if answer.truth is not None else "",
        Form.BLANKS: "；".join(blank or "（空）" for blank in answer.blanks),
        Form.POINTS: answer.words,
        Form.AMOUNT: f"{answer.amount} 元" if answer.amount else "",
    }[form]
    return words.strip() or "未作答"


def _mark_inputs(attempt_id: str, item: MarkedItem, scores: dict[int, Decimal], notes: dict[int, str]) -> None:
    key = f"quiz_mark_{attempt_id}_{item.number}"
    with st.container(horizontal=True, vertical_alignment="bottom", key=f"{key}_line"):
        given = st.number_input(
            f"得分（满分 {number(item.points)}）",
            0.0,
            float(item.points),
            float(item.score) if item.score is not None else None,
            0.5,
            format="%g",
            placeholder="未评",
            key=f"{key}_score",
        )
        note = st.text_input("评语（可不填）", item.note, max_chars=2000, key=f"{key}_note")
    notes[item.number] = note or ""
    if given is not None:
        scores[item.number] = points_of(given)
