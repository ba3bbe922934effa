"""Blueprints (组卷要求) as lines of inputs: so many items of a kind, worth so much each, from where, how hard."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

import streamlit as st

from assistant.quiz.contract import KIND_ZH, ItemKind, ItemQuery, ItemState
from assistant.quiz.paper_contract import BlueprintPart
from ui.connection import service
from ui.markup import block, element, text
from ui.quiz.words import number, points_of

_LINES, _NEXT = "quiz_blueprint", "quiz_blueprint_next"


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a blueprint as it begins."""

    kind: ItemKind
    count: int
    points: str


PRESETS: dict[str, tuple[int, tuple[Line, ...]]] = {
    "年度考试（100 分）": (
        60,
        (
            Line(ItemKind.SINGLE, 20, "2"),
            Line(ItemKind.MULTIPLE, 10, "3"),
            Line(ItemKind.TRUE_FALSE, 15, "2"),
        ),
    ),
    "资格考试（100 分）": (
        90,
        (
            Line(ItemKind.SINGLE, 30, "1"),
            Line(ItemKind.MULTIPLE, 10, "2"),
            Line(ItemKind.TRUE_FALSE, 20, "1"),
            Line(ItemKind.CASE, 2, "10"),
            Line(ItemKind.CALCULATION, 2, "5"),
        ),
    ),
    "案例研讨（100 分）": (
        120,
        (Line(ItemKind.SHORT, 2, "10"), Line(ItemKind.CASE, 5, "12"), Line(ItemKind.CALCULATION, 4, "5")),
    ),
    "随堂小测（20 分）": (15, (Line(ItemKind.SINGLE, 5, "2"), Line(ItemKind.TRUE_FALSE, 5, "2"))),
}
"""Usual papers: minutes, and their lines."""


def use_preset(name: str) -> None:
    """Begin with the lines of a usual paper."""
    st.session_state[_LINES] = []
    for line in PRESETS[name][1]:
        add_line(line)


def add_line(line: Line) -> None:
    place = st.session_state.setdefault(_NEXT, 0)
    st.session_state[_NEXT] = place + 1
    st.session_state.setdefault(_LINES, []).append((place, line))


def blueprint_inputs(fields: list[str]) -> list[BlueprintPart]:
    """The lines as they stand, each with how many items the bank has for it."""
    if _LINES not in st.session_state:
        use_preset(next(iter(PRESETS)))
    parts = []
    for place, line in list(st.session_state[_LINES]):
        with st.container(border=True, key=f"quiz_line_{place}"):
            parts.append(_line_inputs(place, line, fields))
    fresh = Line(ItemKind.SINGLE, 5, "2")
    st.button("加一行", key="quiz_line_add", icon=":material/add:", on_click=add_line, args=(fresh,))
    return parts


def total_of(parts: list[BlueprintPart]) -> Decimal:
    return sum((part.points * part.count for part in parts), Decimal(0))


def available(part: BlueprintPart) -> int:
    """How many published items fit a line, however hard they are."""
    query = ItemQuery(
        state=ItemState.PUBLISHED, kind=part.kind, field=part.field, title=part.title, blocked=False, limit=1
    )
    return service().quiz.items(query).total


def available_html(part: BlueprintPart, held: int) -> str:
    """What a line comes to, and whether the bank can fill it."""
    words = f"小计 {number(part.points * part.count)} 分；题库有已发布的{KIND_ZH[part.kind]} {held} 题"
    if held < part.count:
        return block(element("div", text(f"{words}，不足 {part.count} 题。"), "ea-remark"))
    return block(element("div", text(f"{words}。"), "ea-quiet"))


def _line_inputs(place: int, line: Line, fields: list[str]) -> BlueprintPart:
    key = f"quiz_line_{place}"
    with st.container(horizontal=True, vertical_alignment="bottom", key=f"{key}_what"):
        kinds = list(ItemKind)
        kind = st.selectbox(
            "题型", kinds, index=kinds.index(line.kind), format_func=KIND_ZH.__getitem__, key=f"{key}_kind"
        )
        count = st.number_input("题数", 1, 200, line.count, key=f"{key}_count")
        points = st.number_input("每题分值", 0.5, 100.0, float(line.points), 0.5, format="%g", key=f"{key}_points")
        with st.popover("范围", key=f"{key}_range"):
            field = st.selectbox("领域", fields, index=None, placeholder="不限", key=f"{key}_field")
            title = st.text_input("出自（标题含有）", placeholder="如 行政处罚法", max_chars=200, key=f"{key}_title")
            easiest, hardest = st.slider("难度", 0.0, 1.0, (0.0, 1.0), 0.05, key=f"{key}_difficulty")
        st.button("删去", key=f"{key}_drop", type="tertiary", on_click=_drop, args=(place,))
    part = BlueprintPart(
        kind=kind,
        count=count,
        points=points_of(points),
        field=field,
        title=(title or "").strip() or None,
        easiest=easiest,
        hardest=hardest,
    )
    st.html(available_html(part, available(part)) + _range_html(part))
    return part


def _range_html(part: BlueprintPart) -> str:
    named = [part.field or "", f"《{part.title}》" if part.title else ""]
    if part.easiest > 0 or part.hardest < 1:
        named.append(f"难度 {part.easiest:g}–{part.hardest:g}")
    words = "，".join(name for name in named if name)
    return block(element("div", text(f"范围：{words}"), "ea-quiet")) if words else ""


def _drop(place: int) -> None:
    st.session_state[_LINES] = [kept for kept in st.session_state[_LINES] if kept[0] != place]
