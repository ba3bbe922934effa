"""The words of the screens (界面用语) for values of the contract: dates with their basis, colours of states."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TypeAlias

from assistant.contract import ProvisionDetail, VersionInfo
from assistant.encyclopedia.contract import ProvisionVersion
from corpus.vocabulary import STATE_ZH, DateBasis, State

DatedText: TypeAlias = ProvisionDetail | VersionInfo
"""What the contract dates in full: a text, or a provision of one."""

SHORT = "执法e助理"
DISCLAIMER = "引文逐字取自语料；定性与裁量由办案机关决定。"

TONES: dict[State, str] = {
    State.IN_FORCE: "good",
    State.AMENDED: "changed",
    State.NOT_YET_IN_FORCE: "changed",
    State.REPEALED: "bad",
    State.VERSION_NOT_IN_CORPUS: "missing",
    State.NO_SUCH_ARTICLE: "bad",
    State.GAP_IN_SOURCE: "missing",
    State.NOT_IN_CORPUS: "missing",
    State.AMBIGUOUS: "changed",
}
"""Tone of a state's badge; ``style.css`` gives each its colour."""


@dataclass(frozen=True, slots=True)
class Badge:
    """A state in words, with its tone."""

    words: str
    tone: str


def state_badge(state: State, *, day: dt.date, today: dt.date) -> Badge:
    """A state on a day: 现行有效 is said of today only, of another day it reads 当日有效."""
    words = "当日有效" if state is State.IN_FORCE and day != today else STATE_ZH[state]
    return Badge(words, TONES[state])


def text_badge(text: DatedText | ProvisionVersion, *, day: dt.date, today: dt.date) -> Badge:
    """A particular text on a day, told apart from the text of that day: not yet the law, or no longer."""
    if text.status is State.VERSION_NOT_IN_CORPUS:
        if text.effective_from is not None and day < text.effective_from:
            return Badge(STATE_ZH[State.NOT_YET_IN_FORCE], TONES[State.NOT_YET_IN_FORCE])
        if text.effective_until is not None and text.effective_until <= day:
            return Badge("已由新文本取代", TONES[State.REPEALED])
    return state_badge(text.status, day=day, today=today)


_BASES: dict[DateBasis, str] = {
    DateBasis.OWN_TEXT: "本文本载明",
    DateBasis.AMENDING_DECISION: "修改决定载明",
    DateBasis.REPEALING_TEXT: "废止它的文件载明",
    DateBasis.SUCCESSOR_TEXT: "新文本取而代之",
    DateBasis.SOURCE_ROW: "来源标注",
    DateBasis.NOT_BEFORE: "来源只能表明不早于此日",
    DateBasis.NOT_AFTER: "来源只能表明不晚于此日",
    DateBasis.NOT_LAW: "不是法律规范，不以施行为条件",
    DateBasis.UNKNOWN: "来源未载明",
}


def basis_words(basis: DateBasis, evidence: str = "") -> str:
    """Where a date comes from: ``本文本载明：《…》第八十六条``."""
    return f"{_BASES[basis]}：{evidence}" if evidence else _BASES[basis]


def day_words(day: dt.date | None, basis: DateBasis, verb: str) -> str:
    """One date for people: ``2021-07-15 起施行``, ``不早于 2025-09-12 起施行``, empty when unknown."""
    if day is None:
        return ""
    bound = {DateBasis.NOT_BEFORE: "不早于 ", DateBasis.NOT_AFTER: "不晚于 "}.get(basis, "")
    return f"{bound}{day:%Y-%m-%d} {verb}"


def minutes_words(seconds: float) -> str:
    """A time left, in words: ``不到 1 分钟``, ``约 8 分钟``."""
    return "不到 1 分钟" if seconds < 60 else f"约 {round(seconds / 60)} 分钟"
