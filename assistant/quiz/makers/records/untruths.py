"""How a statement on a no-penalty list is made false (免罚清单的错误说法): what officers do mistake, each provably."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.quiz.makers.records.thresholds import threshold_of

_DEGREES: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"(?:首次|初次)违法"), "一年内第二次违法"),
    (re.compile(r"当场(?=改正|清理|补办|整改)"), "在检查后三日内"),
    (
        re.compile(r"(?:在)?(?:责令)?(?:限期)?(?:改正|整改)期限内(?=[改补制整清])"),
        "在责令改正期限届满后五日内",
    ),
    (re.compile(r"(?:没有|未)造成(?:危害|不良)后果"), "造成轻微危害后果"),
)
"""What lists ask, and the next degree that they no longer allow."""
_MILDER = {
    "不予行政处罚": "从轻或者减轻行政处罚",
    "可以不予行政处罚": "可以从轻或者减轻行政处罚",
}


@dataclass(frozen=True, slots=True)
class Untruth:
    """A false statement on an entry, and what in the entry it goes against.

    ``against`` are words of the row: of its lead, or of the condition number ``condition``.
    """

    stem: str
    told: str
    against: str = ""
    condition: int | None = None


def untruths(about: str, conditions: Sequence[str], joint: str, effect: str) -> Iterator[Untruth]:
    """The false statements on an entry whose conditions must hold together."""
    listed = "；".join(conditions)
    yield Untruth(
        f"{about}有下列情形之一的，即{effect}：{listed}。", f"题中“之一”错误，应当{joint}所列情形。", against=joint
    )
    first = conditions[0]
    yield Untruth(
        f"{about}只要{first.removesuffix('的')}，就{effect}。",
        f"题中遗漏了其他情形：{'；'.join(conditions[1:])}。",
        against=joint,
    )
    frame = f"{about}{joint}下列情形的，"
    if effect.startswith("可以"):
        other = f"应当{effect.removeprefix('可以')}"
        yield Untruth(f"{frame}{other}：{listed}。", f"题中“{other}”错误，应为“{effect}”。", against=f"的，{effect}")
    if milder := _MILDER.get(effect):
        yield Untruth(f"{frame}{milder}：{listed}。", f"题中“{milder}”错误，应为“{effect}”。", against=f"的，{effect}")
    for at, condition in enumerate(conditions):
        if (changed := _changed(condition)) is not None:
            told = "；".join(changed[2] if n == at else c for n, c in enumerate(conditions))
            yield Untruth(f"{frame}{effect}：{told}。", f"题中“{changed[1]}”错误，应为“{changed[0]}”。", condition=at)


def _changed(condition: str) -> tuple[str, str, str] | None:
    """Words of a condition, what stands in their place one degree further, and the condition with it."""
    found = threshold_of(condition)
    if found is not None and (wider := found.wider()) is not None:
        return found.words, wider, f"{condition[: found.start]}{wider}{condition[found.end :]}"
    for words, other in _DEGREES:
        if match := words.search(condition):
            return match.group(), other, f"{condition[: match.start()]}{other}{condition[match.end() :]}"
    return None
