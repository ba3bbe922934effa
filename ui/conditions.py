"""Conditions of the next question (查询条件): as-of date, law and region, kept for the session."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import streamlit as st

from assistant.contract import DocumentInfo
from corpus.errors import EAssistantError
from corpus.vocabulary import NATION, Shelf
from ui.held import documents
from ui.labels import plain
from ui.state import today

EARLIEST = dt.date(1949, 10, 1)
_AS_OF, _LAW, _REGION, _SHELF = "as_of", "law", "region", "shelf"


_SHELF_HELP = "不选：依法规作答，另附实务与案例材料。实务、案例不是法律依据。"


@dataclass(frozen=True, slots=True)
class Conditions:
    """What a question is asked under. ``as_of`` None: today, or the day that the question itself names."""

    as_of: dt.date | None = None
    law: str | None = None
    region: str | None = None
    shelf: Shelf | None = None


def chosen() -> Conditions:
    """The conditions chosen so far. Today is no condition, so that a day named in the question itself counts."""
    day = st.session_state.get(_AS_OF) if st.session_state.get(f"{_AS_OF}_chosen") else None
    state = st.session_state
    return Conditions(day, state.get(_LAW) or None, state.get(_REGION) or None, state.get(_SHELF) or None)


def day_input(label: str, *, key: str, help_: str | None = None) -> dt.date:
    """A date input that stands at today until a day is chosen, also when midnight passes."""
    if not st.session_state.get(f"{key}_chosen"):
        st.session_state[key] = today()
    day: dt.date = st.date_input(
        label,
        min_value=EARLIEST,
        max_value=dt.date(today().year + 5, 12, 31),
        format="YYYY-MM-DD",
        key=key,
        persist_state="session",
        help=help_,
        on_change=_note_choice,
        args=(key,),
    )
    return day


def _note_choice(key: str) -> None:
    st.session_state[f"{key}_chosen"] = st.session_state[key] != today()


def show_conditions() -> None:
    """The conditions on one line; a tap opens them for change."""
    held = documents_if_any()
    with st.popover(plain(_summary(chosen())), icon=":material/tune:", key="conditions", type="tertiary"):
        day_input(
            "适用日期",
            key=_AS_OF,
            help_="按这一天有效的规定回答，一般为违法行为发生之日。问题中写明日期的，从其日期。",
        )
        st.selectbox(
            "地区",
            regions_held(held),
            index=None,
            placeholder="依问题所提地区（可输入，如 宁波市）",
            accept_new_options=True,
            key=_REGION,
            persist_state="session",
            help="查国家、所属省和本地的规定，不含其他地方的。",
        )
        st.segmented_control(
            "书架", list(Shelf), key=_SHELF, format_func=str, help=_SHELF_HELP, persist_state="session"
        )
        st.selectbox(
            "只查一部文件",
            list(dict.fromkeys(document.law for document in held)),
            index=None,
            placeholder="全部文件（可输入名称查找）",
            key=_LAW,
            persist_state="session",
        )


def regions_held(documents: list[DocumentInfo]) -> list[str]:
    """Regions of which something is held, provinces first, 国家 aside."""
    regions = {document.region for document in documents} - {NATION}
    return sorted(regions, key=lambda region: (not region.endswith(("省", "自治区")), region))


def _summary(conditions: Conditions) -> str:
    day = conditions.as_of or today()
    return " · ".join(
        filter(None, (f"适用日期 {day:%Y-%m-%d}", conditions.region or "地区依问题", conditions.shelf, conditions.law))
    )


def documents_if_any() -> list[DocumentInfo]:
    """The documents held, or none where they cannot be had: the conditions stay usable."""
    try:
        return documents()
    except EAssistantError:
        return []
