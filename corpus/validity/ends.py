"""On which day a text ceases to apply (失效日期): a newer text of the same law, a repeal by another, its own term."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from corpus.validity.reading import TextReading
from corpus.validity.wording import title_key, write_day
from corpus.vocabulary import DateBasis, DatedFact, Document, SourceStatus


@dataclass(frozen=True, slots=True)
class Repeal:
    """A repeal that some text held declares, with its day (None: that text's commencement is not known)."""

    key: str  # of the title repealed
    day: dt.date | None
    declared: dt.date | None  # publication of the text that declares it
    by: str  # key of that text
    acting: Document  # of that text
    evidence: str


def repeals_of(readings: Sequence[TextReading], commencements: Mapping[str, DatedFact]) -> Iterator[Repeal]:
    """Every repeal that the texts declare, one per text and title.

    同时废止 means the day on which the repealing article itself commences, so the day named in that article counts
    even where the text was amended later; otherwise the repealing text's commencement does.
    """
    for reading in readings:
        for clause, evidence in reading.repeals:
            stated = reading.stated_day
            day = clause.day
            if day is None and stated is not None:
                day = stated.day
            if day is None:
                commencement = commencements[reading.facts.version_id]
                day = None if commencement.basis is DateBasis.NOT_BEFORE else commencement.day
            acting = reading.facts.document
            yield Repeal(title_key(clause.title), day, reading.facts.published, reading.key, acting, evidence)


def end_of(
    reading: TextReading,
    versions: Sequence[TextReading],
    repeals: Sequence[Repeal],
    commencements: Mapping[str, DatedFact],
) -> DatedFact:
    """The first day on which this text no longer applies.

    ``versions`` are all texts of the document in order of time, ``repeals`` those that mean it. Without an end the
    fact is unknown with empty evidence; an end on a day that the sources do not give is unknown with evidence.
    """
    commencement = commencements[reading.facts.version_id]
    term = reading.expiry.end(commencement) if reading.expiry else None
    found = [fact for fact in (_succession(reading, versions, commencements), term) if fact]
    undated: list[DatedFact] = []
    for repeal in repeals:
        if not _concerns(repeal, reading):
            continue
        if repeal.day is not None:
            found.append(DatedFact(repeal.day, DateBasis.REPEALING_TEXT, repeal.evidence))
        else:
            undated.append(DatedFact.unknown(f"{repeal.evidence}载明废止，该文本的施行日期不详"))
    if found:
        return min(found, key=_by_day)
    if undated:
        return undated[0]
    if reading.facts.source_status is SourceStatus.REPEALED:
        return DatedFact.unknown("来源标注“已废止”，所收文本均未载明废止日期")
    if reading.facts.source_status is SourceStatus.SUPERSEDED:
        return DatedFact.unknown("来源标注“历史版本”，后继文本未收录")
    if reading.day is None and any(other.day for other in versions):
        return DatedFact.unknown("文本未载明任何日期，另收有载明日期的文本，以其为准")
    return DatedFact.unknown()


def _concerns(repeal: Repeal, reading: TextReading) -> bool:
    """Whether a repeal ends this text: not one of the same title in the law's own text, nor of a later text.

    《工会法》第五十八条 repeals the 《工会法》 of 1950; a text published on or after the day of a repeal is new law.
    """
    if repeal.by == reading.key and repeal.acting.region == reading.facts.document.region:
        return False
    day, limit = reading.day, repeal.day or repeal.declared
    return day is None or (limit is not None and day < limit)


def _succession(
    reading: TextReading, versions: Sequence[TextReading], commencements: Mapping[str, DatedFact]
) -> DatedFact | None:
    """The earliest day on which a newer text of the document applies, or may: a text is replaced once."""
    own = reading.day
    found: list[DatedFact] = []
    for newer in versions:
        day = newer.day
        if own is None or day is None or day <= own:
            continue
        start = commencements[newer.facts.version_id]
        if start.day is not None and start.day > own and start.basis is not DateBasis.NOT_BEFORE:
            shown = start.evidence or "新文本"
            evidence = f"{shown}（{write_day(day)}公布的文本）"
            found.append(DatedFact(start.day, DateBasis.SUCCESSOR_TEXT, evidence))
        else:
            evidence = f"新文本于{write_day(day)}公布，其施行日期不详"
            found.append(DatedFact(max(start.day or day, day), DateBasis.NOT_BEFORE, evidence))
    return min(found, key=_by_day, default=None)


def _by_day(fact: DatedFact) -> dt.date:
    return fact.day or dt.date.max
