"""Checking a proposed fine (核查拟罚款): the sum against both ranges, the facts that matter one by one, the grounds."""

from __future__ import annotations

import streamlit as st
from pydantic import ValidationError

from assistant.discretion.contract import CheckRequest, CheckResponse, Needed, StandardInfo
from assistant.problems import error_from_validation
from corpus.errors import EAssistantError
from ui.conditions import day_input
from ui.connection import service
from ui.desk.chart import chart_html
from ui.desk.choosing import Choice, sum_shown
from ui.desk.state import ACT_DAY, DECISION_DAY, case, chosen_day, description
from ui.desk.verdict import (
    facts_asked,
    grounds_html,
    justifying_html,
    no_penalty_html,
    old_or_new_html,
    verdict_html,
)
from ui.labels import plain
from ui.markup import block, element, text
from ui.problems import show_problem
from ui.state import today

_ANSWERS: tuple[tuple[str, bool | None], ...] = (("是", True), ("否", False), ("不明", None))


def show_check(standard: StandardInfo, choice: Choice) -> tuple[CheckRequest, CheckResponse] | None:
    """The sum and its check; the request with the response, for the export. None where it cannot be asked."""
    st.html(block(element("h3", "核查拟罚款")))
    with st.container(horizontal=True, vertical_alignment="top", key="desk_proposed_line"):
        words = st.text_input(
            "拟罚款金额（元）",
            key=f"desk_proposed_{standard.key}",
            placeholder="如 200000 或 20万",
            help="以元计；也可写 20万 或 20万元。不填也可核查不予处罚、从轻减轻等事由。",
            persist_state="session",
        )
        day_input("决定日期", key=DECISION_DAY, help_="违法之后法律有变动的，比较行为时与决定时的规定。")
    proposed = sum_shown(words)
    if words and words.strip() and proposed is None:
        return None
    try:
        request = CheckRequest(
            **choice.request(standard.key).model_dump(),
            proposed_yuan=proposed,
            description=description(),
            facts=case().facts,
            act_date=chosen_day(ACT_DAY),
            decision_date=chosen_day(DECISION_DAY) or today(),
        )
        response = service().desk.check(request)
    except ValidationError as error:
        show_problem(error_from_validation(error.errors()))
        return None
    except EAssistantError as error:
        show_problem(error)
        return None
    _show_facts(facts_asked(response))
    if proposed is not None:
        _show(verdict_html(response), chart_html(response), justifying_html(response))
    _show(no_penalty_html(response), grounds_html(response))
    if response.old_or_new is not None:
        with st.expander("新旧法律", key="desk_old_or_new", expanded=response.old_or_new.differs):
            st.html(old_or_new_html(response.old_or_new))
    return request, response


def _show(*parts: str) -> None:
    for part in parts:
        if part:
            st.html(part)


def _show_facts(asked: list[Needed]) -> None:
    """The first fact that is still to be told, as a question; those told so far can be told anew."""
    told = case().facts
    waiting = [need for need in asked if need.name not in told]
    if waiting:
        first = waiting[0]
        with st.container(border=True, key="desk_fact"):
            more = f"（另有 {len(waiting) - 1} 个问题）" if len(waiting) > 1 else ""
            st.html(
                block(
                    element("div", text(f"需要一个事实{more}"), "ea-quiet"),
                    element("div", text(first.question), "ea-title"),
                )
            )
            with st.container(horizontal=True, key="desk_fact_actions"):
                for words, value in _ANSWERS:
                    st.button(words, key=f"desk_fact_{words}", on_click=_tell, args=(first.name, value))
    if told:
        with st.expander(f"已回答的事实（{len(told)}）", key="desk_told"):
            for number, (name, value) in enumerate(list(told.items())):
                words = next(w for w, v in _ANSWERS if v is value)
                st.button(
                    plain(f"{name}：{words} · 改"),
                    key=f"desk_untell_{number}",
                    type="tertiary",
                    on_click=_untell,
                    args=(name,),
                )


def _tell(name: str, value: bool | None) -> None:
    case().facts[name] = value


def _untell(name: str) -> None:
    case().facts.pop(name, None)
