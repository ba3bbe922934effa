"""What a record is found by (检索文本): its violation, the duty and penalty quoted, its circumstances."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum

from corpus.discretion.model import Basis, DiscretionStandard, ExemptionItem
from corpus.store.discretion import DiscretionStore, Held
from corpus.validity import serving_span
from corpus.vocabulary import Validity, Version

_LEGAL_PHRASES = re.compile(
    r"违反本(?:法|条例|办法|规定)[^，。]{0,20}?规定[，,]?|有下列(?:行为|情形)之一的[，,：:]?|"
    r"由[^，。；]{0,40}?(?:部门|机关|政府)[^，。；]{0,12}?(?:责令|处|给予)|逾期(?:未|不)改正的?|"
    r"处[^，。；]{0,30}?罚款|情节严重的|构成犯罪的[^。；]*|依法追究刑事责任"
)
_LONGEST = 400  # characters of quoted law that say what a violation is about


class Sort(StrEnum):
    """What is found (所找的记录)."""

    STANDARD = "standard"
    ITEM = "item"


@dataclass(frozen=True, slots=True)
class Candidate:
    """One record that a description may mean (候选): its key, its place, and the texts it is found by.

    ``act`` names the violation; ``law`` is the duty and penalty quoted, without the phrases that every penalty has;
    ``circumstances`` are names and labels of factors, axes and conditions; ``asks`` are spoken questions about the
    articles it cites.
    """

    key: str
    sort: Sort
    document_id: str
    region: str
    act: str
    law: str = ""
    circumstances: str = ""
    asks: tuple[str, ...] = ()

    @property
    def version_id(self) -> str:
        return self.key.partition("/")[0]

    @property
    def passage(self) -> str:
        """The text that is encoded for its meaning."""
        return f"{self.act}。{self.law}"[:_LONGEST]


def candidate_of_standard(held: Held[DiscretionStandard], asks: Iterable[str] = ()) -> Candidate:
    """A standard by its heading and behaviours, the law it quotes, its factors and tiers."""
    standard = held.record
    behaviours = [b for b in standard.behaviours if _bare(b) not in _bare(standard.title)]
    labels = [f.name for f in standard.factors] + [o.label for f in standard.factors for o in f.options]
    labels += [*standard.axes, *(label for tier in standard.tiers for _, label in tier.when if label)]
    labels += [words for tier in standard.tiers for words in (tier.behaviour, *tier.circumstances) if words]
    return Candidate(
        held.key,
        Sort.STANDARD,
        held.document_id,
        held.region,
        _lines([standard.title, *behaviours]),
        plain_law(_lines([*(b.text for b in standard.violated), *(b.text for b in standard.basis)])),
        _lines(dict.fromkeys(labels)),
        tuple(asks),
    )


def candidate_of_item(held: Held[ExemptionItem], asks: Iterable[str] = ()) -> Candidate:
    """An entry of a no-penalty or leniency list by its violation, the provision and the conditions."""
    item = held.record
    law = [*(b.text for b in item.provisions), *(b.text for b in item.basis)]
    return Candidate(
        held.key,
        Sort.ITEM,
        held.document_id,
        held.region,
        item.violation,
        plain_law(_lines(law)),
        _lines([item.category, *item.conditions]),
        tuple(asks),
    )


def texts_on(versions: Iterable[Version], day: dt.date) -> frozenset[str]:
    """Ids of the texts that may be applied on ``day``; an older text of one document gives way to a newer one."""
    held = [v for v in versions if not v.withheld and _covers(v.validity, day)]
    newest = {v.document_id: v for v in sorted(held, key=lambda v: v.validity.published or dt.date.min)}
    return frozenset(v.id for v in newest.values())


def _covers(validity: Validity, day: dt.date) -> bool:
    span = serving_span(validity)
    return span is not None and span[0] <= day and (span[1] is None or day < span[1])


def plain_law(text: str) -> str:
    """Quoted law without the phrases that every penalty clause has."""
    return _LEGAL_PHRASES.sub(" ", text).strip()


def _lines(parts: Iterable[str]) -> str:
    return "\n".join(part for part in parts if part)


def _bare(text: str) -> str:
    return re.sub(r"\W", "", text)


def candidates_of(
    records: DiscretionStore, asks: Callable[[Iterable[Basis]], Iterable[str]] | None = None
) -> list[Candidate]:
    """Every standard and list entry that the store holds; ``asks`` gives spoken questions about cited articles."""
    of_standards = [
        candidate_of_standard(h, asks([*h.record.violated, *h.record.basis]) if asks else ())
        for h in records.standards()
    ]
    of_items = [
        candidate_of_item(h, asks([*h.record.provisions, *h.record.basis]) if asks else ()) for h in records.items()
    ]
    return [*of_standards, *of_items]
