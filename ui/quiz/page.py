"""The page 题库: one part at a time, each with its own address (``?tab=``), for those who may use it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from assistant.accounts.contract import Me
from assistant.accounts.roles import Permission
from corpus.errors import EAssistantError
from ui.connection import service
from ui.exam.offered import show_exams
from ui.exam.practice import show_practice
from ui.exam.results import show_results
from ui.exam.wrong import show_wrong
from ui.markup import block, element
from ui.preparation import show_preparation
from ui.problems import show_problem
from ui.quiz.address import TAB, choices_html, given, to
from ui.quiz.bank import show_bank
from ui.quiz.building import show_building
from ui.quiz.papers import show_papers
from ui.quiz.saying import show_said
from ui.quiz.statistics import show_statistics


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the page: its name in the address, on the screen, and who may use it."""

    name: str
    title: str
    permission: Permission
    show: Callable[[], None]


EXAM_PARTS = (
    Part("practice", "练习", Permission.CONVERSE, show_practice),
    Part("exams", "考试", Permission.CONVERSE, show_exams),
    Part("results", "我的成绩", Permission.CONVERSE, show_results),
    Part("wrong", "错题本", Permission.CONVERSE, show_wrong),
)
"""What everybody may do: practise, sit exams, see one's results and wrong answers (``ui.exam``)."""
TRAINER_PARTS = (
    Part("build", "出题", Permission.MANAGE_QUIZ, show_building),
    Part("bank", "题库", Permission.MANAGE_QUIZ, show_bank),
    Part("papers", "试卷", Permission.MANAGE_QUIZ, show_papers),
    Part("statistics", "统计", Permission.MANAGE_QUIZ, show_statistics),
)
PARTS = (*EXAM_PARTS, *TRAINER_PARTS)


def parts_of(me: Me) -> list[Part]:
    """The parts that a person may use."""
    return [part for part in PARTS if me.may(part.permission)]


def show_page() -> None:
    show_preparation()
    st.html(block(element("h2", "题库")))
    try:
        parts = {part.name: part for part in parts_of(service().me())}
        if not parts:
            st.html(block(element("div", "您的角色不能使用题库，请联系管理员。"), css="ea-notice"))
            return
        asked = given(TAB)
        chosen = asked if asked in parts else next(iter(parts))
        st.html(
            choices_html([(p.title, to(p.name), p.name == chosen) for p in parts.values()], "ea-tabs", label="部分")
        )
        show_said()
        parts[chosen].show()
    except EAssistantError as error:
        show_problem(error)
