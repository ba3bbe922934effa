"""Fines of a benchmark beside the statute (裁量幅度与法定幅度): beyond it, short of it, or off by ten thousand."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from assistant.discretion.audit_problems import Code, Problem
from assistant.discretion.tiered import describe_tier
from assistant.discretion.working import squeeze, to_fen, write_ratio, write_yuan
from corpus.discretion.model import DiscretionStandard, Fine, FineKind, LegalRange
from corpus.discretion.statutory import read_legal_ranges
from corpus.discretion.variants import person, unit
from corpus.vocabulary import Severity

SLIP = 10_000  # 元 against 万元
_MITIGATED = re.compile(r"减轻")
_TINY = 100  # a bound less than a hundredth of every other is suspected of a slip


@dataclass(frozen=True, slots=True)
class Measure:
    """What a fine is counted in (计量): yuan, or multiples of a base; and by day, by ton."""

    ratio: bool
    base: str = ""
    per: str = ""

    def write(self, value: Fraction | Decimal) -> str:
        """The value in words: 20000元, 处置费用3倍."""
        if not self.ratio:
            return write_yuan(value)
        return f"{self.base}{write_ratio(to_fen(Fraction(value) * 100) / 100)}"


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds in one measure (上下限); None is open."""

    low: Decimal | None
    high: Decimal | None


def measure_of(fine: Fine) -> Measure:
    return Measure(fine.kind.is_ratio, squeeze(fine.base or "") if fine.kind.is_ratio else "", fine.per or "")


def limits_of(fine: Fine) -> Limits:
    """The bounds of a fine; a fixed sum is both."""
    if fine.kind in (FineKind.FIXED, FineKind.RATIO_FIXED):
        only = fine.minimum if fine.minimum is not None else fine.maximum
        return Limits(only, only)
    open_below = fine.kind in (FineKind.UPTO, FineKind.RATIO_UPTO)
    return Limits(None if open_below else fine.minimum, fine.maximum)


def statutory_limits(ranges: Sequence[LegalRange], measure: Measure, party: str = "") -> Limits | None:
    """The widest bounds that the statute gives for a fine in ``measure`` and, where ``party`` names one, for it.

    Which case of the statute a tier stands for (逾期未改正, 情节严重) its words often leave open, so all cases count.
    """
    same = [r for r in ranges if r.fine.kind.is_fine and comparable(measure_of(r.fine), measure)]
    own = [r for r in same if _same_party(r.applies_to or "", party)]
    found = [limits_of(r.fine) for r in own or same]
    if not found:
        return None
    lows = [limits.low for limits in found]
    highs = [limits.high for limits in found]
    low = None if any(x is None for x in lows) else min(x for x in lows if x is not None)
    high = None if any(x is None for x in highs) else max(x for x in highs if x is not None)
    return Limits(low, high)


def _same_party(applies_to: str, party: str) -> bool:
    if person(party):
        return person(applies_to)
    return not person(applies_to) if unit(party) else True


def tier_range_problems(standard: DiscretionStandard, ranges: Sequence[LegalRange]) -> Iterator[Problem]:
    """Every cell whose fine leaves the statute's range, or is off by ten thousand from it.

    Where the words quoted hold a range for something else that would fit, a person must say which is meant.
    """
    every = read_legal_ranges(standard.basis, (), ())
    if not any(r.fine.kind.is_fine for r in ranges):
        return
    for at, tier in enumerate(standard.tiers):
        for column, fine in tier.fines:
            if not fine.kind.is_fine:
                continue
            measure = measure_of(fine)
            legal = statutory_limits(ranges, measure, column)
            if legal is None:
                continue
            where = f"{describe_tier(tier, at)}：“{fine.text}”"
            page = tier.spot.page or (tier.pages[0] if tier.pages else None)
            for problem in _beyond(limits_of(fine), legal, measure, where, page):
                below = limits_of(fine).low
                if _MITIGATED.search(f"{tier.grade}{column}") and below is not None and below < (legal.low or 0):
                    text = f"{problem.text}减轻处罚可以低于法定下限，须有法定的减轻事由。"
                    yield replace(problem, code=Code.BELOW_MINIMUM, severity=Severity.INFO, text=text)
                elif problem.code is Code.BEYOND_STATUTE and _fits_another(limits_of(fine), measure, every):
                    text = f"{problem.text}所引条文另有一种幅度可以容纳，请核对适用哪一种。"
                    yield replace(problem, severity=Severity.INFO, text=text)
                else:
                    yield problem


def _fits_another(own: Limits, measure: Measure, ranges: Sequence[LegalRange]) -> bool:
    for other in (limits_of(r.fine) for r in ranges if r.fine.kind.is_fine and measure_of(r.fine) == measure):
        low_fits = own.low is None or other.low is None or own.low >= other.low
        if low_fits and own.high is not None and (other.high is None or own.high <= other.high):
            return True
    return False


def _beyond(own: Limits, legal: Limits, measure: Measure, where: str, page: int | None) -> Iterator[Problem]:
    for value, is_high in ((own.low, False), (own.high, True)):
        if value is None:
            continue
        above = legal.high is not None and value > legal.high
        below = legal.low is not None and value < legal.low
        if not (above or below):
            continue
        meant = None if measure.ratio else _slip(value, legal)
        bound = legal.high if above else legal.low
        said = f"{where}的{'上' if is_high else '下'}限{measure.write(value)}"
        if meant is not None:
            text = f"{said}与法定幅度相差一万倍，疑为{measure.write(meant)}之误。"
            yield Problem(Code.UNIT_SLIP, Severity.ERROR, text, page)
        elif bound is not None:
            text = f"{said}{'高于法定上限' if above else '低于法定下限'}{measure.write(bound)}。"
            yield Problem(Code.BEYOND_STATUTE, Severity.ERROR, text, page)
        return
    if own.low is None and own.high is not None and legal.low:
        text = f"{where}只写上限，按字面可以低于法定下限{measure.write(legal.low)}。"
        yield Problem(Code.OPEN_BELOW, Severity.INFO, text, page)


def _slip(value: Decimal, legal: Limits) -> Decimal | None:
    """``value`` × or ÷ 10,000 where that lies in the statute's range."""
    low = legal.low or Decimal(0)
    for meant in (value * SLIP, value / SLIP):
        if meant > 0 and meant >= low and (legal.high is None or meant <= legal.high):
            return meant
    return None


def slip_problems(standard: DiscretionStandard) -> Iterator[Problem]:
    """Bounds that are a ten thousandth of their neighbours: 2元以上5万元以下."""
    for column in dict.fromkeys(name for tier in standard.tiers for name, _ in tier.fines):
        cells = [
            (tier, at, fine)
            for at, tier in enumerate(standard.tiers)
            for name, fine in tier.fines
            if name == column and fine.kind.is_fine and not fine.kind.is_ratio and not fine.per
        ]
        values = [v for _, _, fine in cells for v in (limits_of(fine).low, limits_of(fine).high) if v]
        for tier, at, fine in cells:
            own = limits_of(fine)
            for value in dict.fromkeys(v for v in (own.low, own.high) if v):
                others = [v for v in values if v != value]
                if not others or value * _TINY >= min(others) or not min(others) <= value * SLIP <= max(others):
                    continue
                text = (
                    f"{describe_tier(tier, at)}：“{fine.text}”中的{write_yuan(value)}与相邻各档相差一万倍，"
                    f"疑为{write_yuan(value * SLIP)}之误。"
                )
                yield Problem(Code.UNIT_SLIP, Severity.ERROR, text, tier.spot.page)


def misprint_problems(standard: DiscretionStandard) -> Iterator[Problem]:
    """Fines that were read otherwise than printed (一百万一十元, read as 一百一十万元)."""
    for at, tier in enumerate(standard.tiers):
        for _, fine in tier.fines:
            if fine.read_as:
                moved = sorted(fine.text) == sorted(fine.read_as)  # 2.5元万, 一百万一十元: 万 stands in the wrong place
                left_out = fine.text.count("万") != fine.read_as.count("万")
                code = Code.UNIT_SLIP if moved or left_out else Code.MISPRINT
                text = f"{describe_tier(tier, at)}：印作“{fine.text}”，按“{fine.read_as}”理解，请核对。"
                yield Problem(code, Severity.WARNING, text, tier.spot.page)


def comparable(one: Measure, other: Measure) -> bool:
    """Whether both count in the same: yuan, or the same base; a base left unnamed on one side is the other's."""
    if one.ratio != other.ratio or one.per != other.per:
        return False
    return not one.ratio or one.base == other.base or not one.base or not other.base
