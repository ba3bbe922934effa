"""What items are made from (出题素材): texts in force on a day, records of benchmarks and lists, cases.

Values only. ``LawBook`` is every provision that the person may read and that is in force on the day; makers take
plausible wrong options from it, and the proof looks in it for a second right answer.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from assistant.discretion.contract import Desk, ItemInfo, StandardInfo
from assistant.quiz.binding import bound_citation
from assistant.quiz.contract import ItemCitation, ItemContent
from corpus.citations.keys import title_key
from corpus.vocabulary import Document, Provision, ProvisionPath, State, Version


@dataclass(frozen=True, slots=True)
class SourceText:
    """One text as it stands on the day (出题文本)."""

    document: Document
    version: Version
    state: State  # IN_FORCE or AMENDED for law; the state the reader gives for other documents
    provisions: tuple[Provision, ...]
    field: str = ""  # 执法领域


@dataclass(frozen=True, eq=False)
class LawBook:
    """Every law text in force on the day that the person may read (现行法全书); equal only to itself."""

    day: dt.date
    texts: tuple[SourceText, ...]

    @cached_property
    def by_provision(self) -> Mapping[str, tuple[SourceText, Provision]]:
        return {p.id: (t, p) for t in self.texts for p in t.provisions}

    @cached_property
    def by_document(self) -> Mapping[str, SourceText]:
        return {t.document.id: t for t in self.texts}

    @cached_property
    def by_title(self) -> Mapping[str, Sequence[SourceText]]:
        """Texts by the comparison form of their titles (``corpus.citations.keys.title_key``)."""
        found: dict[str, list[SourceText]] = defaultdict(list)
        for text in self.texts:
            found[title_key(text.document.title)].append(text)
        return found

    @cached_property
    def by_field(self) -> Mapping[str, Sequence[SourceText]]:
        found: dict[str, list[SourceText]] = defaultdict(list)
        for text in self.texts:
            found[text.field].append(text)
        return found

    def provisions(self) -> Iterator[tuple[SourceText, Provision]]:
        for text in self.texts:
            for provision in text.provisions:
                yield text, provision


@dataclass(frozen=True)
class Material:
    """What was chosen to make items from (所选素材). ``texts`` are the chosen ones, law, practice and cases alike."""

    day: dt.date
    texts: tuple[SourceText, ...]
    book: LawBook
    desk: Desk | None = None
    standards: tuple[StandardInfo, ...] = ()  # of the chosen benchmarks
    list_items: tuple[ItemInfo, ...] = ()  # of the chosen no-penalty lists
    region: str | None = None
    words: Mapping[str, str] = field(default_factory=dict)  # chosen chapter and the like, for notes


@dataclass(frozen=True, slots=True)
class Candidate:
    """An item before it is proved (候选试题). ``unit`` is what coverage is spread over: one article, record or case."""

    content: ItemContent
    unit: str  # provision id or key of the record
    group: str  # chapter or document: spread evenly


def cite(
    text: SourceText, provision: Provision, start: int, end: int, path: ProvisionPath | None = None
) -> ItemCitation:
    """The citation of words of a provision, bound to its text."""
    return bound_citation(text.document, provision, start, end, path)
