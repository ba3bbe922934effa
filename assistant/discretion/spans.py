"""Fines as ranges of yuan (罚款区间): bases filled in, floors of bases applied, bounds read as the rule says."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from assistant.discretion.working import Need, NeedKind, Span, squeeze, write_yuan
from corpus.discretion.model import BoundsRule, DiscretionStandard, Fine, FineKind, LegalRange
from corpus.discretion.variants import matching, person, unit
from corpus.errors import InvalidInput
from corpus.money import find_amounts

_YUAN_SUFFIX = "_yuan"
_BASE_FLOOR = re.compile(r"[^，。；]*不足[^，。；]*的?，?按[^，。；]*计算")


class Inputs:
    """The sums and counts given by name (计算所需数值), in yuan or units; remembers which were used.

    A base is found under its name or under ``<name>_yuan``. Raises InvalidInput for a negative number.
    """

    def __init__(self, given: Mapping[str, Decimal]) -> None:
        self._given = {squeeze(name).removesuffix(_YUAN_SUFFIX): (name, value) for name, value in given.items()}
        self._used: set[str] = set()
        for name, value in given.items():
            if not value.is_finite() or value < 0:
                raise InvalidInput(f"“{name}”不能是{value}。", where="inputs", remedy="请填写不小于零的数，单位为元。")

    def get(self, name: str) -> Decimal | None:
        found = self._given.get(squeeze(name))
        if found is None:
            return None
        self._used.add(squeeze(name))
        return found[1]

    def unused(self) -> list[str]:
        return [written for name, (written, _) in self._given.items() if name not in self._used]


@dataclass(frozen=True, slots=True)
class Filled:
    """A base as it counts (计算基数): ``used`` is ``given``, or the floor that the law sets where it is smaller."""

    name: str
    given: Decimal
    used: Decimal

    @property
    def raised(self) -> bool:
        return self.used != self.given


def fill_base(name: str, floor: Decimal | None, inputs: Inputs) -> Filled | None:
    """The base ``name`` with its floor applied; None where it is not given."""
    given = inputs.get(name)
    if given is None:
        return None
    return Filled(name, given, max(given, floor) if floor is not None else given)


def need_of_base(name: str) -> Need:
    return Need(NeedKind.INPUT, name, f"请填写{name}（元）。")


def count_name(per: str) -> str:
    """The name under which the number of days, tons, … is asked for: 日数, 吨数."""
    return f"{per.removeprefix('每')}数"


def need_of_count(per: str) -> Need:
    name = count_name(per)
    return Need(NeedKind.INPUT, name, f"罚款按“每{per.removeprefix('每')}”计算，请填写{name}。")


def span_of_fine(
    fine: Fine, bounds: BoundsRule, inputs: Inputs, base_floor: Decimal | None = None
) -> Span | tuple[Need, ...]:
    """The sums that ``fine`` allows; what must be asked for where a base or a count is not given.

    The fine's own words on its bounds (含本数) go before ``bounds``. Raises ValueError for a kind that is no fine.
    """
    if not fine.kind.is_fine:
        raise ValueError(fine.kind)
    needs: list[Need] = []
    scale = Fraction(1)
    if fine.kind.is_ratio:
        base = fine.base or ""
        filled = fill_base(base, fine.base_floor if fine.base_floor is not None else base_floor, inputs)
        if filled is None:
            needs.append(need_of_base(base))
        else:
            scale *= Fraction(filled.used)
    if fine.per:
        count = inputs.get(count_name(fine.per))
        if count is None:
            needs.append(need_of_count(fine.per))
        else:
            scale *= Fraction(count)
    if needs:
        return tuple(needs)
    fixed = fine.kind in (FineKind.FIXED, FineKind.RATIO_FIXED)
    low = Fraction(fine.minimum) if fine.minimum is not None else None
    high = Fraction(fine.maximum) if fine.maximum is not None else None
    if fixed:
        low = high = low if low is not None else high
    elif low is None and high is not None:
        low = Fraction(0)
    low_scaled = low * scale if low is not None else None
    high_scaled = high * scale if high is not None else None
    if fine.ceiling is not None:
        ceiling = Fraction(fine.ceiling)
        low_scaled = min(low_scaled, ceiling) if low_scaled is not None else None
        high_scaled = min(high_scaled, ceiling) if high_scaled is not None else ceiling
    no_minimum = fine.kind in (FineKind.UPTO, FineKind.RATIO_UPTO)
    return Span(
        low_scaled,
        high_scaled,
        low_included=fixed or no_minimum or _own(fine.includes_minimum, bounds.above_included),
        high_included=fixed or _own(fine.includes_maximum, bounds.below_included),
    )


def _own(said: bool | None, rule: bool) -> bool:
    return rule if said is None else said


def write_span(span: Span) -> str:
    """100000元以上1000000元以下, 5000元, 不超过10000元."""
    if span.low is not None and span.low == span.high:
        return write_yuan(span.low)
    if span.high is None:
        return f"{write_yuan(span.low)}以上" if span.low is not None else "（未规定金额）"
    if not span.low:
        return f"{write_yuan(span.high)}以下"
    return f"{write_yuan(span.low)}以上{write_yuan(span.high)}以下"


# ---- the statute's range -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Case:
    """What a case is called in a table (情形): each word among the words it is told apart from.

    (逾期未改正, of (限期内改正, 逾期未改正)), (对个人罚款, of the fine columns), (重点管理, of the labels of its axis).
    ``heads`` are those of the words that name a start or a fine column: where one names a party, it alone does
    (阻挠执法人员检查 is an act, not a person fined).
    """

    words: tuple[tuple[str, tuple[str, ...]], ...] = ()
    heads: frozenset[str] = frozenset()


def legal_range_for(standard: DiscretionStandard, case: Case) -> LegalRange | None:
    """The statute's range for a case; None where that cannot be told.

    One range that names no case holds for all. Otherwise every part of its ``applies_to`` (对单位·逾期未改正) must be
    said of the case, and no other range may fit as well.
    """
    ranges = [r for r in standard.legal_ranges if r.fine.kind.is_fine]
    named = [r for r in ranges if r.applies_to is not None]
    general = [r for r in ranges if r.applies_to is None]
    if len(ranges) == 1 and not _of_another_party(ranges[0], case):
        return ranges[0]
    exact = [r for r in named if any(squeeze(r.applies_to or "") == squeeze(word) for word, _ in case.words)]
    if len(exact) == 1:
        return exact[0]
    fitting = [r for r in named if all(_is_said(part, case) for part in _parts(r))]
    most = max((len(_parts(r)) for r in fitting), default=0)
    best = [r for r in fitting if len(_parts(r)) == most]
    if len(best) == 1:
        return best[0]
    return general[0] if not best and len(general) == 1 else None


def _of_another_party(only: LegalRange, case: Case) -> bool:
    words = only.applies_to or ""
    return any((person(words) and unit(word)) or (unit(words) and person(word)) for word, _ in case.words)


def _parts(legal: LegalRange) -> list[str]:
    """Party and case of a range: 对单位·逾期未改正, 对个人（情节严重的）."""
    return [part for part in re.split(r"[·（）()]", legal.applies_to or "") if part]


def _is_said(part: str, case: Case) -> bool:
    words = case.words
    if person(part) or unit(part):
        of_heads = tuple(w for w in words if w[0] in case.heads and (person(w[0]) or unit(w[0])))
        words = of_heads or tuple(w for w in words if _tells_parties_apart(w[1]))
    return any(among.index(word) in matching(part, among) for word, among in words if word in among)


def _tells_parties_apart(among: tuple[str, ...]) -> bool:
    return any(map(person, among)) and any(map(unit, among))


def words_of_base_floor(standard: DiscretionStandard, floor: Decimal) -> tuple[str, str, int | None]:
    """Who says that a smaller base counts as ``floor``: citation, its words, page (不足十万元的，按十万元计算)."""
    first = standard.pages[0] if standard.pages else None
    sources = [(basis.written, basis.text, basis.spot.page) for basis in standard.basis]
    for written, text, page in (*sources, ("", standard.basis_text, first), ("", standard.remark, first)):
        for said in _BASE_FLOOR.finditer(text):
            if any(amount.value == floor for amount in find_amounts(said.group())):
                return written, said.group().strip(), page
    return "", f"基数不足{write_yuan(floor)}的，按{write_yuan(floor)}计算", first
