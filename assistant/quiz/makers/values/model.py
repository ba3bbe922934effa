"""What a provision states and an item asks (考查事实): a typed value, what it is said of, and where it stands."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from assistant.encyclopedia.contract import SanctionKind, TimeUnit
from assistant.quiz.contract import Point
from corpus.vocabulary import Provision, ProvisionPath

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Range:
    """A fine as stated (罚款幅度): bounds in yuan, in multiples or in percent; one bound missing, or both the same."""

    unit: str  # 元, 倍, %
    minimum: Decimal | None
    maximum: Decimal | None
    base: str = ""  # what it is taken of (违法所得)

    @property
    def size(self) -> Decimal:
        """What its scale is judged by."""
        return self.maximum or self.minimum or Decimal(0)


@dataclass(frozen=True, slots=True)
class Limit:
    """A length of time (期限); ``written_working``: its own words say 工作日."""

    number: int
    unit: TimeUnit
    written_working: bool


@dataclass(frozen=True, slots=True)
class Organ:
    """An authority (主管机关) as printed: 县级以上人民政府 and the body itself."""

    prefix: str
    body: str


@dataclass(frozen=True, slots=True)
class Sanctions:
    """Kinds of penalty with the words that name them (处罚种类), in printed order."""

    named: tuple[tuple[SanctionKind, str], ...]


Value = Range | Limit | Organ | Sanctions


@dataclass(frozen=True, slots=True)
class Quote:
    """A stretch of the provision to be quoted, and its place (款、项)."""

    span: Span
    path: ProvisionPath


@dataclass(frozen=True, slots=True)
class Fact:
    """One value that a provision states (考查事实).

    ``quotes`` begin with the sentence that bears the value; ``subject`` is what it is said of. ``before`` and
    ``after`` are the words of a statement around the value, complete without the text they come from; 本法 stands in
    them as printed. ``breach``: the statement is about acts 违反本法规定. ``answers`` are the words of the value, one
    for each blank; ``whole`` covers them as one option shows them.
    """

    point: Point
    provision: Provision
    quotes: tuple[Quote, ...]
    subject: Span
    before: str
    after: str
    whole: Span
    answers: tuple[Span, ...]
    value: Value
    breach: bool = False
    note: str = ""

    @property
    def words(self) -> str:
        """The value as printed."""
        return self.provision.text[slice(*self.whole)]
