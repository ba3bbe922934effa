"""The chosen records with where they stand (所选记录): sound ones only, those whose law is held first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from assistant.discretion.contract import Desk, ItemInfo, StandardInfo
from assistant.quiz.contract import ItemTags
from assistant.quiz.makers.records.rows import RecordRows, row_of, rows_of
from assistant.quiz.makers.records.sound import (
    implements_ended_law,
    item_is_sound,
    law_has_ended,
    law_is_held,
    standard_is_sound,
    still_applies,
)
from assistant.quiz.material import Material, SourceText


@dataclass(frozen=True, slots=True)
class ChosenStandard:
    """A standard, its rows, and the desk that computes with it."""

    info: StandardInfo
    rows: RecordRows
    desk: Desk

    @property
    def tags(self) -> ItemTags:
        return tags_of(self.rows.text, self.info.chapter)


@dataclass(frozen=True, slots=True)
class ChosenItem:
    """An entry of a list and its row."""

    info: ItemInfo
    rows: RecordRows

    @property
    def tags(self) -> ItemTags:
        return tags_of(self.rows.text, self.info.category)


def tags_of(text: SourceText, chapter: str = "") -> ItemTags:
    document = text.document
    return ItemTags(field=text.field, title=document.title, chapter=chapter[:400], region=document.region)


def chosen_standards(material: Material, random: Random) -> list[ChosenStandard]:
    """The standards that items can be made of, in a random order.

    In a document some of whose laws have ended, a row on a law that is not held is not examined: the document is older
    than a change of law, and what governs the act now cannot be shown.
    """
    if material.desk is None:
        return []
    starts: dict[str, list[str]] = defaultdict(list)
    for standard in material.standards:
        starts[standard.document_id].append(standard.place)
    overtaken = {s.document_id for s in material.standards if law_has_ended([*s.basis, *s.violated])}
    sound = [
        s
        for s in material.standards
        if standard_is_sound(s)
        and (law_is_held([*s.basis, *s.violated]) or s.document_id not in overtaken)
        and not implements_ended_law(s, material.book)
    ]
    random.shuffle(sound)
    sound.sort(key=lambda s: not law_is_held([*s.basis, *s.violated]))
    texts = _texts(material)
    found = []
    for standard in sound:
        text = texts.get(standard.document_id)
        rows = rows_of(text, standard, starts[standard.document_id]) if text is not None else None
        if rows is not None:
            found.append(ChosenStandard(standard, rows, material.desk))
    return found


def chosen_items(material: Material, random: Random) -> list[ChosenItem]:
    """The list entries that items can be made of, in a random order."""
    overtaken = {i.document_id for i in material.list_items if law_has_ended(i.provisions)}
    entries = [
        i
        for i in material.list_items
        if item_is_sound(i) and (law_is_held(i.provisions) or i.document_id not in overtaken)
    ]
    random.shuffle(entries)
    texts = _texts(material)
    return list(_with_rows(entries, texts))


def _with_rows(entries: list[ItemInfo], texts: dict[str, SourceText]) -> Iterator[ChosenItem]:
    for item in entries:
        text = texts.get(item.document_id)
        rows = row_of(text, item) if text is not None else None
        if rows is not None:
            yield ChosenItem(item, rows)


def _texts(material: Material) -> dict[str, SourceText]:
    """The texts by document, without those whose own term is over."""
    return {t.document.id: t for t in material.texts if still_applies(t, material.day)}
