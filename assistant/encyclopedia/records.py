"""Benchmark standards and list entries by the articles they rest on (裁量记录索引), as a person's desk shows them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from assistant.discretion.contract import BasisInfo, ItemInfo, StandardInfo
from assistant.encyclopedia.contract import RecordEntry
from corpus.discretion.model import ListEffect
from corpus.vocabulary import ArticleNumber, ProvisionPath

Place = tuple[str, ArticleNumber]
"""An article of a document, whatever the text: document id and number."""
ReadBasis = Callable[[str, str], Sequence[tuple[Place, ProvisionPath]]]
"""The articles that the words of a basis cite, for a record of a region."""

EFFECT_ZH: dict[str, str] = {
    ListEffect.NOT_PUNISH.value: "不予行政处罚",
    ListEffect.MAY_NOT_PUNISH.value: "可以不予行政处罚",
    ListEffect.LENIENT.value: "从轻处罚",
    ListEffect.MITIGATED.value: "减轻处罚",
    ListEffect.LENIENT_OR_MITIGATED.value: "从轻或者减轻处罚",
    ListEffect.SEVERE.value: "从重处罚",
    ListEffect.NO_COERCION.value: "不予实施行政强制措施",
    ListEffect.UNREAD.value: "效果待核对",
}
_SOUND = ("in_force", None)


@dataclass(frozen=True, slots=True)
class HeldEntry:
    """A record with the articles it cites; ``paths`` are the 款、项 of each."""

    entry: RecordEntry
    places: frozenset[Place]
    paths: frozenset[tuple[Place, ProvisionPath]]


class RecordIndex:
    """The standards and entries of a desk on one day, by document and by cited article."""

    def __init__(self, standards: Iterable[StandardInfo], items: Iterable[ItemInfo], read: ReadBasis) -> None:
        self._held = [_standard(s, read) for s in standards] + [_item(i, read) for i in items]
        self._by_place: dict[Place, list[HeldEntry]] = defaultdict(list)
        self._by_document: dict[str, list[RecordEntry]] = defaultdict(list)
        for held in self._held:
            self._by_document[held.entry.document_id].append(held.entry)
            for place in held.places:
                self._by_place[place].append(held)

    def of_document(self, document_id: str) -> list[RecordEntry]:
        return self._by_document.get(document_id, [])

    def citing(self, place: Place) -> list[HeldEntry]:
        """The records whose basis names the article, in the order of the desk."""
        return self._by_place.get(place, [])


def standard_entry(standard: StandardInfo, why: str = "") -> RecordEntry:
    """A standard as a list shows it."""
    stale, note = _staleness([*standard.basis, *standard.violated])
    return RecordEntry(
        key=standard.key,
        kind="standard",
        title=standard.title or "；".join(standard.behaviours),
        document=standard.document,
        document_id=standard.document_id,
        region=standard.region,
        place=standard.place,
        page=standard.pages[0] if standard.pages else None,
        stale=stale,
        note=note,
        why=why,
        needs_review=bool(standard.needs_review),
    )


def item_entry(item: ItemInfo, why: str = "") -> RecordEntry:
    """A list entry as a list shows it."""
    stale, note = _staleness(item.provisions)
    return RecordEntry(
        key=item.key,
        kind="entry",
        title=item.violation,
        effect=EFFECT_ZH.get(item.effect, ""),
        conditions=item.conditions,
        document=item.document,
        document_id=item.document_id,
        region=item.region,
        place=item.place,
        page=item.pages[0] if item.pages else None,
        stale=stale,
        note=note,
        why=why,
        needs_review=bool(item.needs_review),
    )


def _standard(standard: StandardInfo, read: ReadBasis) -> HeldEntry:
    return _held(standard_entry(standard), [*standard.basis, *standard.violated], read)


def _item(item: ItemInfo, read: ReadBasis) -> HeldEntry:
    return _held(item_entry(item), item.provisions, read)


def _held(entry: RecordEntry, bases: Iterable[BasisInfo], read: ReadBasis) -> HeldEntry:
    paths = frozenset(found for basis in bases for found in read(basis.written, entry.region))
    return HeldEntry(entry, frozenset(place for place, _ in paths), paths)


def _staleness(bases: Iterable[BasisInfo]) -> tuple[bool, str]:
    unsound = [b for b in bases if b.state not in _SOUND]
    notes = dict.fromkeys(f"{b.written}：{b.note}" if b.note else b.written for b in unsound)
    stale = any(b.state in ("repealed", "amended") for b in unsound)
    return stale, "".join(n if n.endswith("。") else f"{n}。" for n in notes)
