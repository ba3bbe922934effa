"""Practice (练习): choose what, answer one at a time, see at once why; a word on the whole at the end."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

import streamlit as st

from assistant.quiz.contract import KIND_ZH, ItemKind
from assistant.quiz.paper_contract import (
    AskedItem,
    AskedPractice,
    MarkedItem,
    PracticeAnswer,
    PracticeRequest,
    PracticeRound,
)
from corpus.clock import local
from corpus.errors import EAssistantError
from ui.connection import service
from ui.exam.answering import answer_inputs, is_answered
from ui.exam.marked import marked_html
from ui.exam.sitting import item_html
from ui.markup import block, element, text
from ui.problems import show_problem
from ui.quiz.address import given, go, to, way
from ui.quiz.fields import fields
from ui.quiz.saying import attempt, say, show_said

_ROUND = "exam_round"
WRONG, ROUND = "wrong", "round"
_SUGGESTED, _MOST = 10, 100


@dataclass
class Round:
    """A round of practice in this session: where one is, and what came of each answer.

    ``request`` is None for a round that was left and is gone on with; what was answered before stands in its ``done``.
    """

    practice: AskedPractice
    request: PracticeRequest | None = None
    at: int = 0
    marked: dict[int, MarkedItem] = field(default_factory=dict)

    @classmethod
    def resumed(cls, practice: AskedPractice) -> Round:
        """At the first item that is not answered."""
        places = [place for place, item in enumerate(practice.items) if item.number not in practice.done]
        return cls(practice, at=min(places, default=len(practice.items)))

    @property
    def results(self) -> dict[int, bool | None]:
        """Whether each answer was right, also of those given before."""
        return {**self.practice.done, **{number: marked.right for number, marked in self.marked.items()}}

    @property
    def item(self) -> AskedItem | None:
        """The item to be answered, or just answered; None at the end."""
        items = self.practice.items
        return items[self.at] if self.at < len(items) else None

    @property
    def right(self) -> int:
        return sum(bool(right) for right in self.results.values())

    @property
    def missed(self) -> list[MarkedItem]:
        """What was answered and is not right; free words are for oneself to judge."""
        return [marked for marked in self.marked.values() if marked.right is False]


def show_practice() -> None:
    held: Round | None = st.session_state.get(_ROUND)
    wanted = given(ROUND)
    if wanted and (held is None or held.practice.practice_id != wanted):
        held = st.session_state[_ROUND] = Round.resumed(service().exams.practice(wanted))
    if held is None or (given(WRONG) and not (held.request and held.request.wrong_only)):
        _show_unfinished()
        _show_choice()
    elif (item := held.item) is not None:
        _show_item(held, item)
    else:
        _show_end(held)


def _show_unfinished() -> None:
    rounds = service().exams.unfinished().items
    if rounds:
        st.html(unfinished_html(rounds))


def unfinished_html(rounds: list[PracticeRound]) -> str:
    """Rounds that were left, each a way back into it."""
    return block(
        *(
            way(
                f"继续 {local(one.started_at):%m-%d %H:%M} 的练习（已答 {one.answered}/{one.count} 题）›",
                to("practice", round=one.practice_id),
            )
            for one in rounds
        )
    )


def _show_choice() -> None:
    st.html(block(element("p", "答一题，看一题的对错、理由和法条原文。答错的题收进错题本。", "ea-quiet")))
    kinds = st.pills(
        "题型（不选为全部）",
        list(ItemKind),
        selection_mode="multi",
        format_func=KIND_ZH.__getitem__,
        key="exam_practice_kinds",
    )
    with st.container(horizontal=True, key="exam_practice_where"):
        area = st.selectbox("领域", fields(), index=None, placeholder="全部领域", key="exam_practice_field")
        title = st.text_input("出自（含）", placeholder="如 行政处罚法", max_chars=200, key="exam_practice_title")
        count = st.number_input("题数", 1, _MOST, _SUGGESTED, key="exam_practice_count")
    wrong = st.checkbox("只练错题本里的题", value=bool(given(WRONG)), key=f"exam_practice_wrong_{given(WRONG)}")
    if st.button("开始练习", type="primary", key="exam_practice_start", icon=":material/play_arrow:"):
        request = PracticeRequest(
            kinds=kinds, field=area, title=(title or "").strip() or None, wrong_only=wrong, count=count
        )
        _begin(request)
        show_said()


def _begin(request: PracticeRequest) -> None:
    practice = attempt(lambda: service().exams.practise(request))
    if practice is None:
        return
    if not practice.items:
        words = "错题本里没有合乎要求的题。" if request.wrong_only else "题库里还没有合乎要求的题。"
        say(f"{words}请放宽要求再试。")
        return
    st.session_state[_ROUND] = Round(practice, request)
    go("practice", round=practice.practice_id)
    st.rerun()


def _show_item(held: Round, item: AskedItem) -> None:
    st.html(progress_html(held))
    marked = held.marked.get(item.number)
    if marked is None:
        _ask(held, item)
    else:
        with st.container(border=True, key="exam_practice_marked"):
            st.html(marked_html(marked, practice=True))
    last = held.at + 1 == len(held.practice.items)
    with st.container(horizontal=True, key="exam_practice_steps"):
        if marked is None:
            st.button("跳过", key="exam_practice_skip", on_click=_step, args=(held,))
        else:
            words = "看小结" if last else "下一题 ›"
            st.button(words, key="exam_practice_next", type="primary", on_click=_step, args=(held,))
        st.button("结束练习", key="exam_practice_stop", on_click=_stop, args=(held,))


def _ask(held: Round, item: AskedItem) -> None:
    mark = f"practice_{held.practice.practice_id[:12]}_{item.number}"
    with st.form(f"exam_practice_{mark}"):
        st.html(item_html(item.model_copy(update={"points": Decimal(0)})))
        answer = answer_inputs(item, None, mark)
        pressed = st.form_submit_button("提交答案", type="primary", key=f"{mark}_go")
    if not pressed:
        return
    if not is_answered(answer):
        st.html(block(element("div", "请先作答，再提交；不会的题可以跳过。"), css="ea-notice", role="status"))
        return
    try:
        request = PracticeAnswer(number=item.number, answer=answer)
        held.marked[item.number] = service().exams.answer(held.practice.practice_id, request)
    except EAssistantError as error:
        show_problem(error)
        return
    st.rerun()


def progress_html(held: Round) -> str:
    """Where one is."""
    total = len(held.practice.items)
    words = f"第 {held.at + 1} 题，共 {total} 题；已答 {len(held.results)} 题，答对 {held.right} 题"
    done = element("div", "", "ea-done", style=f"width: {100 * held.at // total}%")
    return block(element("div", text(words), "ea-quiet"), element("div", done, "ea-bar"))


def end_html(held: Round) -> str:
    """How the round went."""
    results = held.results
    skipped = sum(item.number not in results for item in held.practice.items)
    judged = [right for right in results.values() if right is not None]
    lines = [f"答对 {held.right} 题，答错 {len(judged) - held.right} 题"]
    lines += [f"简答等自评 {len(results) - len(judged)} 题"] if len(judged) < len(results) else []
    lines += [f"跳过 {skipped} 题"] if skipped else []
    share = f"正确率 {100 * held.right // len(judged)}%" if judged else "本组没有作答"
    words = "，".join(lines) + "。"
    return block(
        element("h3", "练习小结"),
        element("div", share, "ea-sum"),
        element("p", words),
        css="ea-outcome",
    )


def _show_end(held: Round) -> None:
    st.html(end_html(held))
    with st.container(horizontal=True, key="exam_practice_ends"):
        again = held.request
        if again is not None and st.button("同样要求再来一组", key="exam_practice_again", type="primary"):
            _leave()
            _begin(again)
            st.rerun()
        st.button("另选要求", key="exam_practice_leave", on_click=_leave)
    for marked in held.missed:
        with st.container(border=True, key=f"exam_practice_missed_{marked.number}"):
            st.html(marked_html(marked, practice=True))
    if held.missed:
        st.html(block(way("打开错题本 ›", to("wrong"))))


def _step(held: Round) -> None:
    held.at += 1


def _stop(held: Round) -> None:
    held.at = len(held.practice.items)


def _leave() -> None:
    st.session_state.pop(_ROUND, None)
    go("practice")
