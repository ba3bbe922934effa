"""The working of a computation (计算过程): steps with what each rests on, what is still asked for, and the result.

Values only; percentages are exact percentage points, sums exact yuan (``Fraction``) until they are written out.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from fractions import Fraction

from corpus.discretion.model import BoundsRule, DiscretionStandard, Fine, Formula, LegalRange, Option, Spot

_FEN = Decimal("0.01")


class Rests(StrEnum):
    """What a step rests on (依据种类)."""

    BENCHMARK = "benchmark"  # the benchmark itself, at a place
    STATUTE = "statute"  # the penalty basis that the benchmark cites
    RULES = "rules"  # the rules of application, at an article


@dataclass(frozen=True, slots=True)
class Reference:
    """One thing that a step rests on (出处): ``place`` is a page or row, 《…法》第…条, or the article of the rules.

    ``title`` is the document for the rules of application, "" for the benchmark (its caller knows the title).
    ``provision_id`` where the words were taken from the law itself.
    """

    rests: Rests
    place: str
    quote: str = ""
    page: int | None = None
    title: str = ""
    provision_id: str | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the working: words for people, the value it gave as written, and its references."""

    text: str
    value: str = ""
    references: tuple[Reference, ...] = ()


class NeedKind(StrEnum):
    """What is asked for (所缺事实种类), as in ``contract.Needed``."""

    CHOOSE = "choose"
    VARIANT = "variant"
    INPUT = "input"
    COLUMN = "column"
    FACT = "fact"


@dataclass(frozen=True, slots=True)
class Need:
    """A fact that is missing and can change the result: its name, the question, and the answers to choose from."""

    kind: NeedKind
    name: str
    question: str
    options: tuple[str, ...] = ()


class Outcome(StrEnum):
    """What came of a computation (计算状态), as in ``contract.ComputeResponse.state``."""

    COMPUTED = "computed"
    NEEDS_INPUT = "needs_input"
    NOT_COMPUTABLE = "not_computable"


@dataclass(frozen=True, slots=True)
class Chosen:
    """One factor with the option taken for it and its weight; ``assumed``: taken because the rules say lowest."""

    factor: str
    option: Option
    weight: Fraction
    assumed: bool = False


@dataclass(frozen=True, slots=True)
class Span:
    """A range of sums in yuan (罚款区间); None where it is open. ``*_included``: whether the bound itself belongs."""

    low: Fraction | None
    high: Fraction | None
    low_included: bool = True
    high_included: bool = True

    def below(self, yuan: Fraction) -> bool:
        """Whether ``yuan`` lies below the range (on an excluded lower bound counts as below)."""
        return self.low is not None and (yuan < self.low or (yuan == self.low and not self.low_included))

    def above(self, yuan: Fraction) -> bool:
        """Whether ``yuan`` lies above the range (on an excluded upper bound counts as above)."""
        return self.high is not None and (yuan > self.high or (yuan == self.high and not self.high_included))

    def holds(self, yuan: Fraction) -> bool:
        return not self.below(yuan) and not self.above(yuan)


@dataclass(frozen=True, slots=True)
class Computation:
    """What a benchmark gives for a choice (裁量计算结果), with its working.

    Weighted: ``exact`` is the sum before rounding, ``fine`` the same to the 分. Tiers: ``span`` is the range in yuan
    and ``stated`` the fine as the row states it. ``legal_span`` is the statute's range in yuan where it can be told;
    ``within`` None where it cannot.
    """

    outcome: Outcome
    standard: DiscretionStandard
    bounds: BoundsRule
    variant: str | None = None
    column: str | None = None
    formula: Formula | None = None
    chosen: tuple[Chosen, ...] = ()
    raw_total: Fraction | None = None
    total: Fraction | None = None
    base_used: tuple[tuple[str, Decimal], ...] = ()
    exact: Fraction | None = None
    fine: Decimal | None = None
    tier: int | None = None
    stated: Fine | None = None
    span: Span | None = None
    also: str = ""
    legal: LegalRange | None = None
    legal_span: Span | None = None
    within: bool | None = None
    steps: tuple[Step, ...] = ()
    warnings: tuple[str, ...] = ()
    needs: tuple[Need, ...] = ()

    @property
    def range(self) -> Span | None:
        """The sums that the benchmark allows: the one computed, or the range of the tier."""
        if self.fine is not None:
            return Span(Fraction(self.fine), Fraction(self.fine))
        return self.span


# ---- writing numbers ---------------------------------------------------------------------------------------


def to_fen(yuan: Fraction) -> Decimal:
    """``yuan`` as a Decimal, rounded half up to the 分 where it is finer."""
    exact = Decimal(yuan.numerator) / Decimal(yuan.denominator)
    if Fraction(exact) == yuan and yuan.denominator <= 100 and (yuan * 100).denominator == 1:
        return exact
    fen = yuan * 100
    whole = (fen.numerator * 2 + fen.denominator) // (fen.denominator * 2)
    return Decimal(whole) * _FEN


def is_whole_fen(yuan: Fraction) -> bool:
    return (yuan * 100).denominator == 1


def write_yuan(yuan: Fraction | Decimal) -> str:
    """280000元, 1234.5元; rounded to the 分 where finer."""
    return f"{_plain(to_fen(Fraction(yuan)))}元"


def write_percent(points: Fraction) -> str:
    """70%, 8.5%; a value without finite decimals as a fraction of one: 5/12."""
    finite = _finite(points)
    return f"{_plain(finite)}%" if finite is not None else str(points / 100)


def write_ratio(ratio: Decimal) -> str:
    """5%, 3倍, 1.5倍."""
    return f"{_plain(ratio * 100)}%" if ratio < 1 else f"{_plain(ratio)}倍"


def rounded_percent(points: Fraction) -> Decimal:
    """Percentage points for display, with at most four decimals."""
    value = Decimal(points.numerator) / Decimal(points.denominator)
    return Decimal(_plain(value.quantize(Decimal("0.0001"), rounding=ROUND_HALF_UP)))


def _finite(value: Fraction) -> Decimal | None:
    rest = value.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    return Decimal(value.numerator) / Decimal(value.denominator) if rest == 1 else None


def _plain(value: Decimal) -> str:
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def write_spot(spot: Spot, pages: tuple[int, ...] = ()) -> tuple[str, int | None]:
    """The place in words and its page; ``pages`` of the record where the spot names none."""
    page = spot.page if spot.page is not None else (pages[0] if pages else None)
    return (str(spot) or (f"第{page}页" if page is not None else "")), page


def join_clauses(clauses: Iterable[str]) -> str:
    """``clauses`` in one line with ；between them, whatever mark each was printed with at its end."""
    stripped = (clause.strip().rstrip("；;，,、。") for clause in clauses)
    return "；".join(clause for clause in stripped if clause)


def squeeze(text: str) -> str:
    """``text`` without any white space: how labels are compared."""
    return "".join(text.split())
