"""Making items (出题): what to make them of, and how many of which kind."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from assistant.quiz.contract import KIND_ZH, MOST_BUILT, POINT_ZH, BuildRequest, ItemKind, Point
from ui.conditions import EARLIEST, regions_held
from ui.connection import service
from ui.held import documents
from ui.markup import block, element
from ui.quiz.address import given, go
from ui.quiz.build_result import BUILD, show_build
from ui.quiz.fields import WHOLE_SHELVES, fields, headings, sources
from ui.quiz.saying import attempt, show_said
from ui.state import today

_MIXED, _NAMED = "按比例混合", "指定各题型"
_SUGGESTED = {ItemKind.SINGLE: 10, ItemKind.MULTIPLE: 5, ItemKind.TRUE_FALSE: 5}


def show_building() -> None:
    if job_id := given(BUILD):
        show_build(job_id)
        return
    hint = (
        "由现行有效的法规、裁量基准、免罚清单和案例出题：每题的答案都有条文原文为据，逐项校验，通过的才出题，存为草稿。"
        "要求和种子相同、资料未变时，出的题相同。"
    )
    st.html(block(element("p", hint, "ea-quiet")))
    build = _inputs()
    if st.button("开始出题", type="primary", key="quiz_build_start", icon=":material/play_arrow:"):
        job = attempt(lambda: service().quiz.build(build()))
        if job is not None:
            go("build", **{BUILD: job.id})
            st.rerun()
        show_said()


def _inputs() -> Callable[[], BuildRequest]:
    names = sources()
    chosen = st.multiselect(
        "来源（可选多部；不选为所选领域内全部）",
        list(names),
        format_func=names.__getitem__,
        placeholder="输入标题查找，如 食品安全法",
        key="quiz_build_sources",
        persist_state="session",
        max_selections=50,
    )
    with st.container(horizontal=True, key="quiz_build_where"):
        field = st.selectbox(
            "领域", fields(), index=None, placeholder="全部领域", key="quiz_build_field", persist_state="session"
        )
        chapter = _chapter_input([name for name in chosen if name not in WHOLE_SHELVES])
    way = st.segmented_control(
        "题型", [_MIXED, _NAMED], default=_MIXED, required=True, key="quiz_build_way", persist_state="session"
    )
    kinds: dict[ItemKind, int] = {}
    count = 20
    with st.container(horizontal=True, key="quiz_build_counts"):
        if way == _NAMED:
            for kind in ItemKind:
                kinds[kind] = st.number_input(
                    KIND_ZH[kind],
                    0,
                    MOST_BUILT,
                    _SUGGESTED.get(kind, 0),
                    key=f"quiz_build_{kind.value}",
                    persist_state="session",
                )
        else:
            count = st.number_input("总题数", 1, MOST_BUILT, 20, key="quiz_build_count", persist_state="session")
    if way == _NAMED:
        st.html(block(element("p", f"合计 {sum(kinds.values())} 题。", "ea-quiet")))
    points = st.pills(
        "考点（不选为全部）",
        [point for point in Point if point is not Point.OTHER],
        selection_mode="multi",
        format_func=POINT_ZH.__getitem__,
        key="quiz_build_points",
        persist_state="session",
    )
    with st.expander("更多要求", key="quiz_build_more"):
        easiest, hardest = st.slider(
            "预估难度", 0.0, 1.0, (0.0, 1.0), 0.05, key="quiz_build_difficulty", persist_state="session"
        )
        with st.container(horizontal=True, key="quiz_build_limits"):
            per_article = st.number_input(
                "同一条最多几题", 1, 20, 2, key="quiz_build_per_article", persist_state="session"
            )
            seed = st.number_input(
                "种子",
                0,
                2**31 - 1,
                1,
                key="quiz_build_seed",
                persist_state="session",
                help="换一个数，同样的要求会出另一组题。",
            )
            as_of = st.date_input(
                "适用日期（不填为今日）",
                None,
                min_value=EARLIEST,
                max_value=today().replace(month=12, day=31, year=today().year + 5),
                format="YYYY-MM-DD",
                key="quiz_build_as_of",
                persist_state="session",
            )
            region = st.selectbox(
                "执法人员所在地区",
                regions_held(documents()),
                index=None,
                placeholder="依系统设置",
                accept_new_options=True,
                key="quiz_build_region",
                persist_state="session",
            )
        known = st.checkbox("与题库已有试题近似的也要", key="quiz_build_known", persist_state="session")

    def build() -> BuildRequest:
        return BuildRequest(
            sources=chosen,
            field=field,
            chapter=chapter or None,
            kinds={kind: number for kind, number in kinds.items() if number} if way == _NAMED else {},
            points=list(points),
            count=count,
            easiest=easiest,
            hardest=hardest,
            per_article=per_article,
            region=region,
            as_of=as_of,
            seed=seed,
            include_known=known,
        )

    return build


def _chapter_input(chosen: list[str]) -> str | None:
    """Chapters of the one document that was chosen; words of a heading otherwise."""
    if len(chosen) != 1:
        return st.text_input(
            "章节标题含有",
            placeholder="如 法律责任",
            max_chars=120,
            key="quiz_build_chapter_words",
            persist_state="session",
        )
    return st.selectbox(
        "章节",
        headings(chosen[0]),
        index=None,
        placeholder="全部章节",
        accept_new_options=True,
        key=f"quiz_build_chapter_{chosen[0]}",
        persist_state="session",
    )
