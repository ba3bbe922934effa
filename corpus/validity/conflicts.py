"""Where a source's own columns contradict the texts (来源数据冲突), told to the people who answer for the law."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence

from corpus.validity.facts import AmendedArticle, VersionFacts
from corpus.validity.wording import format_article, format_title, write_day
from corpus.vocabulary import (
    DateBasis,
    DatedFact,
    Finding,
    FindingKind,
    Severity,
    SourceStatus,
    Validity,
)

BASIS_ZH: dict[DateBasis, str] = {
    DateBasis.OWN_TEXT: "本文本载明",
    DateBasis.AMENDING_DECISION: "修改决定载明",
    DateBasis.REPEALING_TEXT: "废止它的文件载明",
    DateBasis.SUCCESSOR_TEXT: "后继文本施行",
    DateBasis.SOURCE_ROW: "来源数据",
    DateBasis.NOT_BEFORE: "不早于该日",
    DateBasis.NOT_AFTER: "不晚于该日",
    DateBasis.NOT_LAW: "非法律规范，无施行日期",
    DateBasis.UNKNOWN: "不详",
}
"""What each basis is called on screens."""

_CHECK = "请对照官方公布的文本核对。"


def findings_of(
    facts: VersionFacts,
    validity: Validity,
    amended: Sequence[AmendedArticle],
    amender_of: Mapping[str, str],
    source_day: dt.date,
) -> Iterator[Finding]:
    """Contradictions in one version.

    ``amender_of`` gives the title of the text that holds an amending provision; ``source_day`` is the newest
    publication in the source and stands for the day on which the source was taken.
    """
    where = format_title(facts.document.title)
    if date := _date_conflict(facts, validity.commencement):
        severity, told = date
        known = severity is Severity.INFO
        remedy = "已采用文本载明的日期。" if known else _CHECK
        yield Finding(FindingKind.DATE_CONFLICT, severity, facts.version_id, where, told, remedy, repaired=known)
    if message := _status_conflict(facts, validity, source_day):
        yield Finding(FindingKind.STATUS_CONFLICT, Severity.WARNING, facts.version_id, where, message, _CHECK)
    if message := _outdated(facts, validity, amended, amender_of):
        yield Finding(
            FindingKind.TEXT_OUTDATED, Severity.WARNING, facts.version_id, where, message, "请装载修改后的文本。"
        )


def _date_conflict(facts: VersionFacts, commencement: DatedFact) -> tuple[Severity, str] | None:
    row = facts.row_effective
    if row is None or commencement.day == row:
        return None
    said = f"{facts.row_evidence}的施行日期为{write_day(row)}"
    if commencement.day is not None and commencement.basis is not DateBasis.NOT_BEFORE:
        proof = f"{BASIS_ZH[commencement.basis]}：{commencement.evidence}"
        return Severity.INFO, f"{said}，本文本的施行日期为{write_day(commencement.day)}（{proof}）。"
    return Severity.WARNING, f"{said}，不能作为本文本的施行日期：{commencement.evidence}。"


def _status_conflict(facts: VersionFacts, validity: Validity, source_day: dt.date) -> str | None:
    status, start, end = facts.source_status, validity.commencement, validity.end
    marked = f"来源标注“{status.value}”"
    if status in (SourceStatus.IN_FORCE, SourceStatus.AMENDED):
        if start.day is not None and start.day > source_day:
            return f"{marked}，但本文本自{write_day(start.day)}起才施行（{start.evidence}）。"
        if end.day is not None and end.day <= source_day:
            return f"{marked}，但本文本自{write_day(end.day)}起不再适用（{end.evidence}）。"
    if status in (SourceStatus.SUPERSEDED, SourceStatus.REPEALED):
        if end.day is None:
            return f"{end.evidence}，失效日期不详。"
        if end.day > source_day:
            return f"{marked}，但本文本适用至{write_day(end.day)}前（{end.evidence}）。"
    return None


def _outdated(
    facts: VersionFacts, validity: Validity, amended: Sequence[AmendedArticle], amender_of: Mapping[str, str]
) -> str | None:
    if not amended:
        if facts.source_status is SourceStatus.AMENDED and validity.end.day is None:
            return "来源标注“已被修改”，但修改它的文件和修改后的文本均未收录。"
        return None
    parts = []
    titles = dict.fromkeys(amender_of[a.amending_provision_id] for a in amended)
    for title in titles:
        own = [a for a in amended if amender_of[a.amending_provision_id] == title]
        days = {a.effective for a in own}
        since = next(iter(days))
        when = f"自{write_day(since)}起" if since else "（施行日期不详）"
        articles = "、".join(format_article(a.article) for a in own)
        parts.append(f"{format_title(title)}{when}修改{articles}")
    return "；".join(parts) + "，修改后的条文未收录于本文本。"
