"""Guidance older than the law that it explains (指引早于所引法律): what changed since, told with days and proofs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.validity import serving_span
from corpus.validity.wording import format_title, write_day
from corpus.vocabulary import (
    DateBasis,
    Document,
    DocumentKind,
    Finding,
    FindingKind,
    Severity,
    Version,
)
from ingest.link_targets import start_of

REMEDY = "请对照现行文本核对后再参考。"


@dataclass(frozen=True, slots=True)
class CitedLaw:
    """A law that a text cites, with its served texts, oldest first."""

    document: Document
    versions: Sequence[Version]


def outdated(citing: Document, version: Version, cited: CitedLaw) -> Finding | None:
    """The warning that ``cited`` was changed or repealed after the citing text, None where nothing shows it.

    A text without a date is warned of a law that is repealed, for then its day does not matter.
    """
    change = _change_since(cited, version.validity.published)
    if change is None:
        return None
    day = version.validity.published
    dated = f"本文发布于{write_day(day)}，" if day else "本文没有日期，"
    kind = citing.kind
    severity = Severity.INFO if kind is DocumentKind.CASE else Severity.WARNING
    message = f"{dated}所引用的{format_title(cited.document.title)}{change}"
    return Finding(FindingKind.OLDER_THAN_LAW, severity, version.id, format_title(citing.title), message, REMEDY)


def _change_since(cited: CitedLaw, day: dt.date | None) -> str | None:
    newest = cited.versions[-1]
    end = newest.validity.end
    if (
        end.day is not None
        and end.basis in (DateBasis.REPEALING_TEXT, DateBasis.OWN_TEXT)
        and (day is None or end.day > day)
    ):
        proof = f"（依据：{end.evidence}）" if end.evidence else ""
        return f"自{write_day(end.day)}起不再施行{proof}。"
    if serving_span(newest.validity) is None:
        return "已由来源标注为失效，失效日期未载明。"
    start = start_of(newest)
    if day is None or start is None or start <= day:
        return None
    if _first(cited) is not None and (first := _first(cited)) and first > day:
        return None  # the law is younger than the text that names it: its draft, or another law of that name
    return f"自{write_day(start)}起适用新的文本。"


def _first(cited: CitedLaw) -> dt.date | None:
    """The day on which the law itself first commenced, as far as the texts held say so."""
    days = [
        d
        for v in cited.versions
        for d in (v.validity.first_commencement.day, v.validity.commencement.day, v.validity.published)
        if d
    ]
    return min(days, default=None)
