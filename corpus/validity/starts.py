"""From which day a text applies (本文本的施行日期), and from which day its law did (本法的首次施行日期)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from corpus.validity.first_adoption import EVIDENCE as HEAD_NOTE
from corpus.validity.first_adoption import FIRST_ADOPTED
from corpus.validity.mentions import Mention
from corpus.validity.reading import TextReading
from corpus.validity.wording import format_title, title_key, write_day
from corpus.vocabulary import DateBasis, DatedFact


@dataclass(frozen=True, slots=True)
class Sign:
    """A sign that the law had an older text (曾有旧文本的迹象): the day by which it had, if known, and the proof."""

    day: dt.date | None
    evidence: str


def signs_of_older_text(
    reading: TextReading,
    versions: Sequence[TextReading],
    amending: Sequence[TextReading],
    mentions: Mapping[str, Mention],
) -> Iterator[Sign]:
    """Everything in the corpus that shows the law to be older than this text of it.

    ``versions`` are all held texts of the document, ``amending`` the texts that amend it, ``mentions`` the earliest
    mention by version id.
    """
    published = reading.facts.published
    if published is None:
        return
    history = reading.history
    if history and history.amendments and history.adopted < published:
        yield Sign(history.adopted, f"题注载明{write_day(history.adopted)}首次通过或者公布，其后修改")
    if (stated := reading.stated_day) and stated.day and stated.day < published:
        yield Sign(stated.day, f"{stated.evidence}载明自{write_day(stated.day)}起施行")
    if (row := reading.row_commencement) and row.day and row.day < published:
        yield Sign(row.day, f"{row.evidence}的施行日期为{write_day(row.day)}")
    for other in versions:
        day = other.day
        if day and day < published:
            yield Sign(day, f"语料收录{write_day(day)}公布的文本")
    for amender in amending:
        day = amender.facts.published
        if day and day <= published:
            yield Sign(day, f"{format_title(amender.facts.document.title)}（{write_day(day)}公布）")
    mention = mentions.get(reading.facts.version_id)
    if mention and mention.day < published:
        yield Sign(mention.day, f"{mention.evidence}（{write_day(mention.day)}公布的文本）已提及本文件")
    adopted = FIRST_ADOPTED.get(reading.key)
    if adopted and adopted < published:
        yield Sign(adopted, f"{HEAD_NOTE}载明{write_day(adopted)}首次通过")
    if reading.inserted_article:
        yield Sign(None, f"{reading.inserted_article}系修改时增加")
    if any(title_key(clause.title) == reading.key for clause, _ in reading.repeals):
        yield Sign(None, "文本载明废止同名旧法")
    if reading.latest_act:
        yield Sign(None, f"{reading.latest_act[1]}载有{write_day(reading.latest_act[0])}的内容，晚于公布日期")


def commencement_of(
    reading: TextReading, versions: Sequence[TextReading], signs: Sequence[Sign], decision: DatedFact | None
) -> DatedFact:
    """The day from which this text applies; the first rule that fits decides (see ``derivation``).

    ``versions`` are all held texts of the document, ``decision`` is the commencement of the amending text published on
    the same day, where one is held.
    """
    published, row, clause = reading.facts.published, reading.row_commencement, reading.clause
    if published is None:
        return reading.own_commencement()
    if reading.stated_day and reading.stated_day.day and reading.stated_day.day >= published:
        return reading.stated_day
    if decision is not None and decision.day is not None:
        return decision
    if row and row.day and row.day > published:
        return row
    if reading.latest_act:
        day, evidence = reading.latest_act
        return DatedFact(day, DateBasis.NOT_BEFORE, f"{evidence}载有{write_day(day)}的内容")
    older = any(other.day and other.day < published for other in versions)
    if clause is not None and clause.fact.day is not None and reading.first_text and not older:
        return clause.fact
    if signs:
        return DatedFact.unknown(
            f"{write_day(published)}公布的文本系修改后的文本（{signs[0].evidence}），该次修改的决定未收录，其施行日期不详"
        )
    if clause is not None:
        return clause.fact
    return row or DatedFact.unknown(reading.undated)


def first_commencement_of(reading: TextReading, signs: Sequence[Sign], commencement: DatedFact) -> DatedFact:
    """The day the law itself first commenced, or a bound: NOT_BEFORE its first adoption, NOT_AFTER the oldest sign."""
    if not signs:
        return commencement
    published, stated = reading.facts.published, _earlier_day(reading)
    suffix = f"；{stated.evidence}载明自{write_day(stated.day)}起施行" if stated and stated.day else ""
    adopted = FIRST_ADOPTED.get(reading.key)
    if adopted and published and adopted < published:
        return DatedFact(adopted, DateBasis.NOT_BEFORE, f"{HEAD_NOTE}载明该日首次通过{suffix}")
    history = reading.history
    if history and published and history.adopted < published:
        if stated and stated.day and history.adopted <= stated.day and not history.amended_by(stated.day):
            return stated
        return DatedFact(history.adopted, DateBasis.NOT_BEFORE, f"题注载明该日首次通过或者公布{suffix}")
    dated = sorted((s.day, s.evidence) for s in signs if s.day is not None)
    if stated and stated.day and dated[0][0] >= stated.day:
        return stated
    if not dated:
        return DatedFact.unknown(signs[0].evidence)
    day, evidence = dated[0]
    return DatedFact(day, DateBasis.NOT_AFTER, evidence + suffix)


def _earlier_day(reading: TextReading) -> DatedFact | None:
    """A commencement before the publication of this text, as the text (or else the row) gives it."""
    published = reading.facts.published
    for fact in (reading.stated_day, reading.row_commencement):
        if fact and fact.day and published and fact.day < published:
            return fact
    return None
