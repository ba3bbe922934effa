"""Inputs for an answer (作答), as the item's form wants them, and answers in words."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from assistant.quiz.contract import Form
from assistant.quiz.paper_contract import Answer, AskedItem
from ui.labels import plain
from ui.quiz.words import LETTERS, TRUTH_ZH, letters

_LIVE = "500ms"
_TRUTHS = [True, False]
HINTS = {
    Form.ONE: "选一项",
    Form.MANY: "选两项以上",
    Form.TRUTH: "判断正误",
    Form.BLANKS: "依次填空",
    Form.POINTS: "写出要点",
    Form.AMOUNT: "写出金额，如 5000 或 0.5万元",
}


def answer_inputs(item: AskedItem, held: Answer | None, mark: str, changed: Callable[[], None] | None = None) -> Answer:
    """What stands in the inputs. ``changed`` is called before the next run when something is entered, not in a form."""
    answer = held or Answer()
    match item.form:
        case Form.ONE:
            st.radio(
                HINTS[item.form],
                range(len(item.options)),
                index=answer.chosen[0] if answer.chosen else None,
                format_func=lambda place: option_label(place, item.options[place]),
                key=f"{mark}_one",
                on_change=changed,
            )
        case Form.MANY:
            st.caption(HINTS[item.form])
            for place, option in enumerate(item.options):
                key = f"{mark}_many_{place}"
                st.checkbox(option_label(place, option), place in answer.chosen, key=key, on_change=changed)
        case Form.TRUTH:
            st.radio(
                HINTS[item.form],
                _TRUTHS,
                index=_TRUTHS.index(answer.truth) if answer.truth is not None else None,
                format_func=TRUTH_ZH.__getitem__,
                key=f"{mark}_truth",
                on_change=changed,
            )
        case Form.BLANKS:
            for place in range(item.blanks):
                st.text_input(
                    f"第 {place + 1} 空" if item.blanks > 1 else "填空",
                    answer.blanks[place] if place < len(answer.blanks) else "",
                    max_chars=400,
                    key=f"{mark}_blank_{place}",
                    on_change=changed,
                    live=_LIVE if changed else False,
                    autocomplete="off",
                )
        case Form.POINTS:
            st.text_area(
                HINTS[item.form], answer.words, height=220, max_chars=8000, key=f"{mark}_words", on_change=changed
            )
        case Form.AMOUNT:
            st.text_input(
                HINTS[item.form],
                answer.amount,
                max_chars=60,
                key=f"{mark}_amount",
                on_change=changed,
                live=_LIVE if changed else False,
                autocomplete="off",
            )
    return entered(item, mark)


def entered(item: AskedItem, mark: str) -> Answer:
    """What the session has of the inputs; nothing where they were not drawn."""
    state = st.session_state
    match item.form:
        case Form.ONE:
            chosen = state.get(f"{mark}_one")
            return Answer(chosen=[] if chosen is None else [chosen])
        case Form.MANY:
            return Answer(chosen=[place for place in range(len(item.options)) if state.get(f"{mark}_many_{place}")])
        case Form.TRUTH:
            return Answer(truth=state.get(f"{mark}_truth"))
        case Form.BLANKS:
            return Answer(blanks=[state.get(f"{mark}_blank_{place}") or "" for place in range(item.blanks)])
        case Form.POINTS:
            return Answer(words=state.get(f"{mark}_words") or "")
        case Form.AMOUNT:
            return Answer(amount=state.get(f"{mark}_amount") or "")


def option_label(place: int, option: str) -> str:
    """An option as the label of an input: its letter, and words in which nothing is read as markup."""
    return plain(f"{LETTERS[place]}. {option}")


def is_answered(answer: Answer | None) -> bool:
    """Whether anything was entered."""
    if answer is None:
        return False
    words = (*answer.blanks, answer.words, answer.amount)
    return bool(answer.chosen) or answer.truth is not None or any(part.strip() for part in words)


def answer_words(form: Form, answer: Answer | None) -> str:
    """An answer in one line: ``AC``, ``正确``, ``五日；（未填）``."""
    if answer is None or not is_answered(answer):
        return "未作答"
    match form:
        case Form.ONE | Form.MANY:
            return letters(sorted(answer.chosen))
        case Form.TRUTH:
            return TRUTH_ZH[bool(answer.truth)]
        case Form.BLANKS:
            return "；".join(blank.strip() or "（未填）" for blank in answer.blanks)
        case Form.POINTS:
            return answer.words.strip()
        case Form.AMOUNT:
            return answer.amount.strip()
