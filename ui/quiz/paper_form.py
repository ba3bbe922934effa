"""Making a paper (组卷): by a blueprint, or of the items picked in the bank."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from assistant.quiz.contract import KIND_ZH, ItemKind
from assistant.quiz.paper_contract import PaperRequest
from corpus.errors import InvalidInput
from ui.connection import service
from ui.markup import block, element, text
from ui.quiz.address import go
from ui.quiz.blueprint import PRESETS, blueprint_inputs, total_of, use_preset
from ui.quiz.fields import fields
from ui.quiz.picking import picked
from ui.quiz.saying import attempt, say, show_said
from ui.quiz.words import number, points_of

_BY_BLUEPRINT = "按要求抽题"
_MINUTES = "quiz_paper_minutes"
_POINTS = {
    ItemKind.SINGLE: 2.0,
    ItemKind.MULTIPLE: 4.0,
    ItemKind.TRUE_FALSE: 2.0,
    ItemKind.BLANK: 2.0,
    ItemKind.SHORT: 10.0,
    ItemKind.CASE: 10.0,
    ItemKind.CALCULATION: 5.0,
}


def show_form() -> None:
    title = st.text_input("试卷名称", max_chars=200, placeholder="如 2026 年度执法人员考试", key="quiz_paper_title")
    held = picked()
    by_picked = f"用所选的 {len(held)} 题"
    way = _BY_BLUEPRINT
    if held:
        way = st.segmented_control(
            "试题", [_BY_BLUEPRINT, by_picked], default=by_picked, required=True, key="quiz_paper_way"
        )
    content = _blueprint() if way == _BY_BLUEPRINT else _picked_items(held)
    with st.container(horizontal=True, vertical_alignment="bottom", key="quiz_paper_how"):
        st.session_state.setdefault(_MINUTES, next(iter(PRESETS.values()))[0])
        minutes = st.number_input("考试时长（分钟）", 1, 600, key=_MINUTES)
        variants = st.selectbox("卷别", [1, 2, 3, 4], format_func=_variants_words, key="quiz_paper_variants")
        seed = st.number_input("种子", 0, 2**31 - 1, 1, key="quiz_paper_seed", help="换一个数，会抽出另一组题。")
    note = st.text_area("考试须知（可不填，印在卷首）", max_chars=2000, height=90, key="quiz_paper_note")
    with st.container(horizontal=True, key="quiz_paper_make_actions"):
        if st.button("组卷", type="primary", key="quiz_paper_make"):
            request = _request_of(content, title or "", minutes, variants, seed, note or "")
            made = attempt(lambda: service().papers.make(request()))
            if made is not None:
                say(f"已组卷：{len(made.items)} 题，共 {number(made.total)} 分。")
                go("papers", paper=made.id)
                st.rerun()
    show_said()


def _request_of(
    content: Callable[[], dict[str, object]], title: str, minutes: int, variants: int, seed: int, note: str
) -> Callable[[], PaperRequest]:
    def request() -> PaperRequest:
        if not title.strip():
            raise InvalidInput("没有试卷名称。", where="/title", remedy="请写明试卷名称。")
        given = {"title": title, "minutes": minutes, "variants": variants, "seed": seed, "note": note}
        return PaperRequest.model_validate({**given, **content()})

    return request


def _blueprint() -> Callable[[], dict[str, object]]:
    st.html(block(element("span", "常用方案（选用后可改）", "ea-quiet")))
    with st.container(horizontal=True, key="quiz_preset_actions"):
        for number_, name in enumerate(PRESETS):
            st.button(name, key=f"quiz_preset_{number_}", on_click=_use, args=(name,))
    parts = blueprint_inputs(fields())
    words = f"合计 {sum(part.count for part in parts)} 题，{number(total_of(parts))} 分。"
    st.html(block(element("p", element("b", text(words)))))
    return lambda: {"parts": parts}


def _use(name: str) -> None:
    use_preset(name)
    st.session_state[_MINUTES] = PRESETS[name][0]


def _picked_items(held: dict[str, str]) -> Callable[[], dict[str, object]]:
    rows = "".join(element("li", text(stem)) for stem in held.values())
    summary = element("summary", text(f"所选 {len(held)} 题；只有已发布、依据未变动的会收入"))
    st.html(block(element("details", summary + element("ol", rows))))
    with st.container(horizontal=True, key="quiz_paper_points"):
        points = {
            kind: st.number_input(
                f"{KIND_ZH[kind]}每题",
                0.5,
                100.0,
                _POINTS[kind],
                0.5,
                format="%g",
                key=f"quiz_paper_points_{kind.value}",
            )
            for kind in ItemKind
        }
    worth = {kind: points_of(value) for kind, value in points.items()}
    return lambda: {"items": list(held), "points": worth}


def _variants_words(count: int) -> str:
    return "单卷" if count == 1 else "、".join("ABCD"[:count]) + f" {count} 种卷"
