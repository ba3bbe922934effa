"""A label as a fact of a case (事实化): 3个月以上6个月以下 becomes a number of months that only it holds.

The number is taken where every label of the factor is one band of the same unit and the reading of 以上 and 以下 is
settled; now and then it is the bound itself, which is what officers get wrong. Any other label is told as printed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from random import Random

from assistant.discretion.contract import BoundsInfo
from assistant.discretion.working import squeeze
from assistant.quiz.makers.records.telling import as_in_the_label
from assistant.quiz.makers.records.words import plain_number, tidy, wan
from corpus.discretion.labels import LabelRange, in_common_unit, one_range
from corpus.discretion.model import RuleOrigin

_NUMBER = r"(?:[0-9]+(?:\.[0-9]+)?[十百千万]*|[〇零一二两三四五六七八九十百千万]+)"
_BAND = re.compile(
    rf"(?:不足|不满|未满|超过)?{_NUMBER}(?P<unit>[^0-9，,；;（(以不至]{{1,5}})(?:及?以上|及?以下|以内)?"
    rf"(?:(?:不足|不满|至)?{_NUMBER}[^0-9，,；;（(以不至]{{1,5}}(?:及?以上|及?以下|以内)?)?"
)
_MEASURED = frozenset({"元", "吨", "千克", "克", "公里", "亩", "公顷", "升", "毫升", "倍", "%", "立方米", "平方公里"})
"""Units that take a part of one; days, pieces and square metres are told in whole numbers."""
_OF_TIME = re.compile(r"(?:分钟|小时|日|天|个月|年)$")
_AT_THE_BOUND = 0.4
_BOUND = re.compile(rf"(?:不足|不满|未满|不到|超过|达到?){_NUMBER}|{_NUMBER}[^0-9，；：]{{0,6}}(?:以上|以下|以内|之内)")


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact as told, and whether it is a number that has to be put in its band."""

    words: str
    concrete: bool = False
    at_bound: bool = False

    @property
    def repeats_a_bound(self) -> bool:
        """Whether the words are still the band of the row (不足一千元) and not a number in it."""
        return bool(_BOUND.search(self.words))


def holds(band: LabelRange, value: Decimal, bounds: BoundsInfo) -> bool:
    """Whether a band has a value, with 以上 and 以下 read as the benchmark reads them."""
    low_in = bounds.above_included if band.includes_low is None else band.includes_low
    high_in = bounds.below_included if band.includes_high is None else band.includes_high
    if band.low is not None and (value < band.low or (value == band.low and not low_in and band.low != band.high)):
        return False
    return band.high is None or value < band.high or (value == band.high and (high_in or band.low == band.high))


def fact_of(label: str, labels: Sequence[str], bounds: BoundsInfo, random: Random) -> Fact:
    """``label`` as a fact; ``labels`` are all of its factor."""
    told = tidy(label).removesuffix("的")
    band, others, unit = bands_beside(label, labels)
    if band is None or (band.low is not None and band.low == band.high):
        return Fact(told)
    values = _values(band, others, unit)
    random.shuffle(values)
    edge = band.low if bounds.origin != RuleOrigin.CONVENTION.value else None
    if edge is not None and edge > 0 and random.random() < _AT_THE_BOUND:
        values.insert(0, edge)
    for value in values:
        if holds(band, value, bounds) and not any(holds(other, value, bounds) for other in others):
            words = _with_value(told, value, unit)
            if words is not None:
                return Fact(words, concrete=True, at_bound=value == edge)
    return Fact(told)


def one_of_several(fact: Fact, random: Random) -> Fact:
    """其他垃圾 of 可回收物、其他垃圾: what was found is one of the sorts that the label puts together."""
    sorts = _sorts(fact.words)
    return Fact(random.choice(sorts)) if sorts and not fact.concrete else fact


def _sorts(label: str) -> list[str]:
    """The things that a label puts together; none where it is a clause of its own."""
    sorts = tidy(label).removesuffix("的").split("、")
    return sorts if len(sorts) > 1 and all(re.fullmatch("[一-龥]{2,8}", s) for s in sorts) else []


def axis_names(axis: str) -> list[str]:
    """The names of an axis that has alternatives: 持续时间或者数量 is the one or the other."""
    return re.split("或者", tidy(axis))


def axis_told(axis: str, fact: Fact) -> str:
    """The name under which a number is told: 持续时间 of 持续时间或者数量 for 25分钟."""
    names = axis_names(axis)
    timed = bool(_OF_TIME.search(fact.words))
    fitting = [name for name in names if ("时" in name) == timed]
    return fitting[0] if fact.concrete and len(names) == 2 and len(fitting) == 1 else tidy(axis)


def alternatives(label: str) -> list[str]:
    """The alternatives of a label (货值金额五千元以上，或者经营场所位于校园周边), each of which is enough."""
    return re.split("，或者", tidy(label).removesuffix("的"))


def tells(told: str, label: str, bounds: BoundsInfo) -> bool:
    """Whether a told fact is what a label says: the same clauses, or a number that lies in the clause's band."""
    if told in _sorts(label):
        return True
    given = [as_in_the_label(clause) for clause in told.split("，")]
    for alternative in alternatives(label):
        wanted = [as_in_the_label(clause) for clause in alternative.split("，")]
        if len(wanted) == len(given) and all(
            _bare_words(g) == _bare_words(w) or _in_band(g, w, bounds) for g, w in zip(given, wanted, strict=True)
        ):
            return True
    return False


def _bare_words(clause: str) -> str:
    return squeeze(clause).rstrip("。；，").removesuffix("的")


def _in_band(told: str, clause: str, bounds: BoundsInfo) -> bool:
    read = (one_range(told), one_range(clause))
    if read[0] is None or read[1] is None or _bare(told) != _bare(clause):
        return False
    common = in_common_unit([read[0], read[1]])
    value = common[0].low if common is not None and common[0].low == common[0].high else None
    return common is not None and value is not None and holds(common[1], value, bounds)


def facts_of(label: str, labels: Sequence[str], bounds: BoundsInfo, random: Random) -> Fact:
    """A whole label as facts: one of its alternatives (…，或者…), clause by clause."""
    told = random.choice(alternatives(label))
    facts = [
        fact_of(clause, beside(clause, [c for c in labels if c != label]), bounds, random)
        for clause in told.split("，")
    ]
    return Fact("，".join(f.words for f in facts), any(f.concrete for f in facts), any(f.at_bound for f in facts))


def beside(label: str, labels: Sequence[str]) -> list[str]:
    """A clause with what other labels say of the same thing: the clause of each that begins alike.

    A label that has further clauses (违法建设面积不足50平方米，限期内改正) cannot be met where that clause is not.
    """
    head = re.split(rf"不足|不满|超过|{_NUMBER}", tidy(label), maxsplit=1)[0]
    told = [re.split("[，；]", tidy(other)) for other in labels]
    own = one_range(label)
    clauses = [c for parts in told for c in parts if len(parts) == 1 or not _overlap(own, one_range(c))]
    return [label, *(clause for clause in clauses if head in clause and clause != label)]


def _overlap(own: LabelRange | None, other: LabelRange | None) -> bool:
    """Whether two bands share numbers: a label that has the same band and a clause more is met by that clause only."""
    if own is None or other is None or own.unit != other.unit:
        return False
    return (own.high is None or other.low is None or other.low < own.high) and (
        other.high is None or own.low is None or own.low < other.high
    )


def bands_beside(label: str, labels: Sequence[str]) -> tuple[LabelRange | None, list[LabelRange], str]:
    read = [one_range(other) for other in labels]
    if any(band is None for band in read) or label not in labels:
        return None, [], ""
    common = in_common_unit([band for band in read if band is not None])
    if common is None or not common[0].unit or len({_bare(other) for other in labels}) > 1:
        return None, [], ""
    own = common[list(labels).index(label)]
    return own, [band for band in common if band != own], own.unit


def _bare(label: str) -> str:
    """What a label says beside its band."""
    return _BAND.sub("", tidy(label), count=1)


def _values(band: LabelRange, others: Sequence[LabelRange], unit: str) -> list[Decimal]:
    """Numbers inside a band as cases have them: round, and not absurdly far beyond an open bound."""
    low = band.low if band.low is not None else Decimal(0)
    high = band.high if band.high is not None else low * Decimal("1.6") + (1 if low < 10 else 0)
    step = _step(high - low, unit)
    found: list[Decimal] = []
    value = (low // step + 1) * step
    while value < high and len(found) < 12:
        if value > 0:
            found.append(value)
        value += step
    return found


def _step(width: Decimal, unit: str) -> Decimal:
    steps = [Decimal(10) ** n * m for n in range(-2, 7) for m in (1, 2, 5)]
    fine = [s for s in steps if s * 6 >= width and (unit in _MEASURED or s >= 1)]
    return min(fine, default=Decimal(1))


def _with_value(told: str, value: Decimal, unit: str) -> str | None:
    found = _BAND.search(told)
    if found is None:
        return None
    number = wan(value) if unit == "元" else f"{plain_number(value)}{unit}"
    return f"{told[: found.start()]}{number}{told[found.end() :]}".strip()
