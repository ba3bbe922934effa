"""Derivation of validity in time (时间效力) for a set of texts that amend, replace and repeal one another.

The columns of the sources are hints, never the law: 食品安全法 published on 2025年9月12日 stands in its row with the
commencement of 2015; 商标法 of 2026, starting 2027年1月1日, is marked 现行有效. So each date is read from the texts,
and what no text held says stays unknown.

**Commencement** of a text published on P, by the first rule that fits:

1. Its own last article names a day on or after P: OWN_TEXT. 行政处罚法 (2021年1月22日): 自2021年7月15日起施行.
2. A decision or amendment of this title, published on P, is held: AMENDING_DECISION, its commencement.
   食品安全法: 条目三 of the decision, 2025年12月1日. 刑法 (2020年12月26日): 修正案（十一）, 2021年3月1日.
3. The row names a day after P: SOURCE_ROW. The interpretation on 国籍法 in Hong Kong: 1997年7月1日.
4. The text reproduces acts later than P: NOT_BEFORE the newest. 澳门特别行政区基本法 (1993) annexes acts up to 2017.
5. There are signs of an older text: unknown. 水污染防治法 (2017年6月27日) says 自2008年6月1日起施行, the day of an
   earlier text; 人民警察法 (2012年10月26日) says 自公布之日起施行, but is named in a law of 2012年6月30日. Signs are:
   an earlier day in text or row, an older version or an amendment held, an older text that names the law, an article
   第…条之一, the repeal of a text of the same title, an entry in ``first_adoption``.
6. Its own text says 自公布之日起施行: OWN_TEXT, P. Otherwise the row: SOURCE_ROW (interpretations, old decisions).

Limit: a law that says 自公布之日起施行 and leaves no sign of an older text is taken for a first text.

A text whose head note (题注) knows of no amendment is a first text whatever the signs: its own clause counts.

**First commencement** is the day the law itself commenced: as stated in an amended text, else that of this text; for a
law in ``first_adoption`` NOT_BEFORE its adoption; where other signs are older, NOT_AFTER the oldest.

**End** is the earliest of: the commencement of the next text held (SUCCESSOR_TEXT; NOT_BEFORE its publication where
that commencement is unknown: 注册会计师法 of 2014), and repeals in other texts (REPEALING_TEXT: 生态环境法典
第一千二百四十二条 ends ten laws on 2026年8月15日). 已废止 with no such text gives an unknown end with the reason as
evidence; a text without an end has an unknown end without evidence (``standing.ended_on_unknown_day``). A term that the
text states (有效期五年) ends it too: OWN_TEXT.

**Titles** link documents within one region (``places``): 《消防条例》 of one city never ends another's. **Cases,
guidance and lists** need no commencement to be used (``reference``). A text without any date is used only where no
dated text of its document is held.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeAlias

from corpus.validity.changes import amended_articles
from corpus.validity.conflicts import findings_of
from corpus.validity.ends import Repeal, end_of, repeals_of
from corpus.validity.facts import AmendedArticle, Derivation, VersionFacts
from corpus.validity.mentions import KnownNames, Mention
from corpus.validity.places import may_name, meant_by
from corpus.validity.reading import TextReading, read_text
from corpus.validity.reference import commencement_of_reference
from corpus.validity.starts import commencement_of, first_commencement_of, signs_of_older_text
from corpus.validity.wording import format_title
from corpus.vocabulary import DateBasis, DatedFact, Finding, Validity

_Groups: TypeAlias = Mapping[str, Sequence[TextReading]]


def derive_validities(inputs: Iterable[VersionFacts], titles: Iterable[str] | None = None) -> Derivation:
    """Derive validity, amended articles and contradictions for all texts held; the order of ``inputs`` is free.

    Texts of one document share ``document.id``; titles link documents (修改, 废止). Giving only some of the texts
    gives weaker results, never wrong ones: what is missing leaves dates unknown. ``titles`` are the titles of all
    documents; with them ``inputs`` may be a stream of which one text at a time is held.
    """
    if titles is None:
        inputs = list(inputs)
        titles = [facts.document.title for facts in inputs]
    known = KnownNames.of(titles)
    readings = sorted((read_text(f, known) for f in inputs), key=lambda r: (r.day or dt.date.min, r.facts.version_id))
    versions: dict[str, list[TextReading]] = defaultdict(list)
    by_key: dict[str, list[TextReading]] = defaultdict(list)
    for reading in readings:
        versions[reading.facts.document.id].append(reading)
        by_key[reading.key].append(reading)

    commencements, firsts = _starts(readings, versions, by_key)
    ends = _ends(readings, versions, by_key, commencements)
    amended = list(amended_articles([r for r in readings if r.amends], by_key, commencements, ends))
    validities = {
        r.facts.version_id: Validity(
            published=r.facts.published,
            commencement=commencements[r.facts.version_id],
            end=ends[r.facts.version_id],
            source_status=r.facts.source_status,
            first_commencement=firsts[versions[r.facts.document.id][0].facts.version_id],
        )
        for r in readings
    }
    return Derivation(validities, amended, _findings(readings, validities, amended))


def _starts(
    readings: Sequence[TextReading], versions: _Groups, by_key: _Groups
) -> tuple[dict[str, DatedFact], dict[str, DatedFact]]:
    mentions = _earliest_mentions(readings, by_key)
    amenders = _amenders(readings, by_key)
    commencements: dict[str, DatedFact] = {}
    firsts: dict[str, DatedFact] = {}
    for reading in readings:
        facts = reading.facts
        held = versions[facts.document.id]
        if not reading.is_law:
            commencement = first = commencement_of_reference(reading, held)
        else:
            own_amenders = amenders.get(facts.version_id, ())
            signs = list(signs_of_older_text(reading, held, own_amenders, mentions))
            commencement = commencement_of(reading, held, signs, _decision(reading, own_amenders))
            first = first_commencement_of(reading, signs, commencement)
        commencements[facts.version_id] = commencement
        firsts[facts.version_id] = first
    return commencements, firsts


def _earliest_mentions(readings: Sequence[TextReading], by_key: _Groups) -> dict[str, Mention]:
    """Version id → the earliest place in another document that surely names its document."""
    earliest: dict[str, Mention] = {}
    for reading in readings:
        if reading.facts.published is None:
            continue
        act = reading.latest_act
        day = max(reading.facts.published, act[0]) if act else reading.facts.published
        for key, evidence in reading.names.items():
            for named in by_key[key]:
                found = earliest.get(named.facts.version_id)
                if (found is None or day < found.day) and may_name(reading.facts.document.region, named):
                    earliest[named.facts.version_id] = Mention(day, evidence)
    return earliest


def _amenders(readings: Sequence[TextReading], by_key: _Groups) -> dict[str, list[TextReading]]:
    """Version id → the texts that amend its document."""
    amenders: dict[str, list[TextReading]] = defaultdict(list)
    for reading in readings:
        for key in reading.amends:
            for target in meant_by(reading.facts.document, by_key.get(key, ())):
                amenders[target.facts.version_id].append(reading)
    return amenders


def _decision(reading: TextReading, amenders: Sequence[TextReading]) -> DatedFact | None:
    """Commencement of the amending text published together with this one, as this text's."""
    for amender in amenders:
        if amender.facts.published == reading.facts.published:
            fact = amender.own_commencement()
            if fact.day is not None:
                title = format_title(amender.facts.document.title)
                evidence = f"{title}（{fact.evidence}）" if fact.basis is DateBasis.SOURCE_ROW else fact.evidence
                return DatedFact(fact.day, DateBasis.AMENDING_DECISION, evidence)
    return None


def _ends(
    readings: Sequence[TextReading], versions: _Groups, by_key: _Groups, commencements: Mapping[str, DatedFact]
) -> dict[str, DatedFact]:
    repeals: dict[str, list[Repeal]] = defaultdict(list)
    for repeal in repeals_of(readings, commencements):
        for target in meant_by(repeal.acting, by_key.get(repeal.key, ())):
            repeals[target.facts.version_id].append(repeal)
    return {
        r.facts.version_id: end_of(r, versions[r.facts.document.id], repeals.get(r.facts.version_id, ()), commencements)
        for r in readings
    }


def _findings(
    readings: Sequence[TextReading], validities: Mapping[str, Validity], amended: Sequence[AmendedArticle]
) -> list[Finding]:
    by_version: dict[str, list[AmendedArticle]] = defaultdict(list)
    for article in amended:
        by_version[article.version_id].append(article)
    amender_of = {t.provision_id: r.facts.document.title for r in readings for t in r.targets}
    source_day = max((r.facts.published for r in readings if r.facts.published), default=dt.date.max)
    return [
        finding
        for r in readings
        for finding in findings_of(
            r.facts, validities[r.facts.version_id], by_version[r.facts.version_id], amender_of, source_day
        )
    ]
