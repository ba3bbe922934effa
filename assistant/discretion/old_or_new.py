"""Old law or new (从旧兼从轻): the penalty basis on the day of the act and on the day of the decision.

行政处罚法 art. 37: the law of the day of the act, unless what applies at the decision is more lenient. Decided only
where both texts give one comparable range for the case and neither bound contradicts the other; otherwise a person
decides.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from assistant.discretion.spans import Case, legal_range_for
from assistant.discretion.working import squeeze
from corpus.discretion.model import Basis, DiscretionStandard, Fine, FineKind, LegalRange
from corpus.discretion.statutory import read_legal_ranges


class Lenience(StrEnum):
    """Which law is more lenient (从轻比较), as in ``contract.OldOrNew.more_lenient``."""

    OLD = "old"
    NEW = "new"
    SAME = "same"
    UNDECIDED = "undecided"


@dataclass(frozen=True, slots=True)
class LawOfDay:
    """A penalty basis as the law stood on a day (当日法律): ``text`` "" where it is not held, ``reason`` says why.

    ``proposed``: an article of the successor found by its wording, a proposal only.
    """

    day: dt.date
    title: str
    place: str
    text: str
    state: str
    reason: str = ""
    provision_id: str | None = None
    proposed: bool = False


@dataclass(frozen=True, slots=True)
class Pair:
    """One cited basis on both days (新旧条文), with the range each gives for the case."""

    old: LawOfDay
    new: LawOfDay
    old_fine: Fine | None
    new_fine: Fine | None
    lenience: Lenience

    @property
    def differs(self) -> bool:
        return squeeze(self.old.text) != squeeze(self.new.text) or self.old.title != self.new.title


@dataclass(frozen=True, slots=True)
class Comparison:
    """Old and new law for a case (新旧法比较)."""

    pairs: tuple[Pair, ...]
    lenience: Lenience
    text: str

    @property
    def differs(self) -> bool:
        return any(pair.differs for pair in self.pairs)


def compare_laws(laws: Sequence[tuple[LawOfDay, LawOfDay]], standard: DiscretionStandard, case: Case) -> Comparison:
    """The bases of ``standard`` on the day of the act and of the decision, and which day's law is more lenient."""
    pairs = tuple(_pair(old, new, standard, case) for old, new in laws)
    differing = {pair.lenience for pair in pairs if pair.differs}
    decided = differing - {Lenience.SAME}
    if not pairs:
        lenience = Lenience.UNDECIDED
    elif not decided:
        lenience = Lenience.SAME
    else:
        lenience = decided.pop() if len(decided) == 1 else Lenience.UNDECIDED
    return Comparison(pairs, lenience, _text(pairs, lenience, bool(differing)))


def _pair(old: LawOfDay, new: LawOfDay, standard: DiscretionStandard, case: Case) -> Pair:
    old_fine, new_fine = fine_of_day(old, standard, case), fine_of_day(new, standard, case)
    if old.text and squeeze(old.text) == squeeze(new.text) and old.title == new.title:
        lenience = Lenience.SAME
    elif not old.text or not new.text or new.proposed or old_fine is None or new_fine is None:
        lenience = Lenience.UNDECIDED
    else:
        lenience = compare_fines(old_fine, new_fine)
    return Pair(old, new, old_fine, new_fine, lenience)


def fine_of_day(law: LawOfDay, standard: DiscretionStandard, case: Case) -> Fine | None:
    """The fine that the words of the day give for the case; None where they give none or not one alone."""
    if not law.text:
        return None
    behaviours = standard.behaviours or (standard.title,)
    ranges = read_legal_ranges([Basis(law.title, (), law.text)], standard.variants, behaviours)
    if any(r.fine.kind is FineKind.UNREAD for r in ranges):
        return None
    found: LegalRange | None = legal_range_for(DiscretionStandard("", standard.mode, "", legal_ranges=ranges), case)
    return found.fine if found is not None else None


def compare_fines(old: Fine, new: Fine) -> Lenience:
    """Which fine is more lenient; undecided where what goes with it (没收违法所得) differs, or whether it must be."""
    if squeeze(old.also) != squeeze(new.also) or old.optional != new.optional:
        return Lenience.UNDECIDED
    return compare_ranges(old, new)


def compare_ranges(old: Fine, new: Fine) -> Lenience:
    """Which range is more lenient: none of its bounds higher and one lower. Different bases cannot be compared."""
    if (old.kind.is_ratio, old.base, old.per, old.base_floor) != (new.kind.is_ratio, new.base, new.per, new.base_floor):
        return Lenience.UNDECIDED
    lows = _bounds(old.minimum, new.minimum, open_=Fraction(0))
    highs = _bounds(old.maximum, new.maximum, open_=None)
    if highs is None or lows is None:
        return Lenience.UNDECIDED
    changes = [later - earlier for earlier, later in (lows, highs)]
    if not any(changes):
        return Lenience.SAME
    if all(change <= 0 for change in changes):
        return Lenience.NEW
    return Lenience.OLD if all(change >= 0 for change in changes) else Lenience.UNDECIDED


def _bounds(old: object, new: object, open_: Fraction | None) -> tuple[Fraction, Fraction] | None:
    """Both bounds as numbers, ``open_`` for one that is not stated; None where that cannot be compared."""
    values = [Fraction(str(value)) if value is not None else open_ for value in (old, new)]
    if values == [None, None]:
        return Fraction(0), Fraction(0)
    first, second = values
    return (first, second) if first is not None and second is not None else None


_BY_LENIENCE = {
    Lenience.OLD: "行为时的规定处罚较轻，适用行为时的规定。",
    Lenience.NEW: "决定时的规定处罚较轻，适用决定时的规定。",
    Lenience.SAME: "两个时间的罚款幅度相同，适用行为时的规定。",
    Lenience.UNDECIDED: "哪一个处罚较轻不能仅由条文的罚款数额确定，须由人判断。",
}


def _text(pairs: Sequence[Pair], lenience: Lenience, differs: bool) -> str:
    if not pairs:
        return "没有可以比较的处罚依据，须由人判断。"
    if not differs:
        return "处罚依据在行为时与决定时相同，适用行为时的规定。"
    missing = [f"{p.old.title}{p.old.place}：{p.old.reason}" for p in pairs if not p.old.text]
    missing += [f"{p.new.title}{p.new.place}：{p.new.reason}" for p in pairs if not p.new.text]
    said = f"处罚依据在行为时与决定时不同。{_BY_LENIENCE[lenience]}"
    if any(pair.new.proposed for pair in pairs):
        said += f"承继条文是按文字相似提出的建议，须核对。{_if_proposed(pairs)}"
    return said + (f"（{'；'.join(missing)}）" if missing else "")


def _if_proposed(pairs: Sequence[Pair]) -> str:
    """What the comparison would be if the proposed articles are the right ones; "" where it would be none."""
    fines = [(p.old_fine, p.new_fine) for p in pairs if p.differs]
    found = {compare_ranges(old, new) if old and new else Lenience.UNDECIDED for old, new in fines}
    if len(found) != 1 or Lenience.UNDECIDED in found:
        return ""
    word = {Lenience.SAME: "相同", Lenience.NEW: "较轻", Lenience.OLD: "较重"}[found.pop()]
    return f"如以建议的条文比较，新规定的罚款幅度{word}，供参考。"
