"""One document, one profile (识别一份文件): title, kind, rank, region, dates, from the text; the path is a hint."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import PurePosixPath

from corpus.vocabulary import NATION, DocumentKind, EffectLevel, FindingKind, Severity, Shelf
from ingest.identify.closing import Closing, read_closing
from ingest.identify.head import FILE_DATE, Head, read_head, with_title
from ingest.identify.history import adoption_days, commencement_day, read_history, written_day
from ingest.identify.kind import kind_of
from ingest.identify.numbers import document_number
from ingest.identify.profile import Profile
from ingest.identify.rank import field_of_path, rank_of
from ingest.readers.model import ReadDocument
from ingest.sources.text import SourceFault

_LATEST_PUBLICATION_DAYS = 400  # between adoption and publication; a year passes where another organ must approve
_AGAINST = "诉"  # in the name of a case of a court: the place is a party's, and whoever may look to the case
_COMPARE = "请核对这一文本是哪一次修改后的版本。"


def identify(document: ReadDocument, path: str) -> Profile:
    """The profile of ``document``; ``path`` as given to the loader is a hint only."""
    head = read_head(document, path)
    annotation = head.annotation
    rank = rank_of(head.title, annotation, path)
    kind = kind_of(with_title(document, head), head.title, rank)
    closing = read_closing(document)
    published, faults = _published(head, closing, path)
    effective = commencement_day(annotation)
    statute = kind.shelf is Shelf.LAW
    of_a_court = kind is DocumentKind.CASE and _AGAINST in head.title
    return Profile(
        title=head.title,
        kind=kind,
        level=rank.level if statute else EffectLevel.NONE,
        region=NATION if of_a_court else rank.region,
        issuer=rank.issuer or closing.issuer,
        number=document_number(head.lines, document),
        field=field_of_path(path) if rank.level is EffectLevel.LAW else None,
        published=published,
        effective=effective,
        annotation=annotation,
        history=read_history(annotation),
        body_start=head.body_start,
        faults=(*faults, *_undated(published, effective, kind)),
    )


def _published(head: Head, closing: Closing, path: str) -> tuple[dt.date | None, tuple[SourceFault, ...]]:
    """The day of this text: the last adoption in its history, else the day it is signed (成文日期).

    The date of the file's name is held against it, and serves where the text has none.
    """
    days = adoption_days(head.annotation)
    told = max(days, default=None) or written_day(head.annotation) or closing.day
    filed = _file_day(path)
    if told is None or filed is None:
        return told or filed, ()
    if filed < told:
        message = f"文件名所写日期 {filed} 早于题注所载最后一次通过或修改的日期 {told}，以题注为准。"
        return told, (SourceFault(FindingKind.DATE_CONFLICT, Severity.WARNING, "", message, _COMPARE),)
    if (filed - told).days > _LATEST_PUBLICATION_DAYS:
        message = f"题注只载到 {told}，文件名所写日期为 {filed}：其后的修改题注没有写明。"
        return filed, (SourceFault(FindingKind.DATE_CONFLICT, Severity.INFO, "", message, _COMPARE),)
    return filed, ()


def _undated(published: dt.date | None, effective: dt.date | None, kind: DocumentKind) -> tuple[SourceFault, ...]:
    if published is not None or effective is not None or kind.shelf is not Shelf.LAW:
        return ()
    message = "文件没有写明通过、公布或施行的日期。"
    remedy = "请查明公布日期，把文件名写成“标题(年-月-日)”后重新装载。"
    return (SourceFault(FindingKind.UNDATED, Severity.WARNING, "", message, remedy),)


def _file_day(path: str) -> dt.date | None:
    match = FILE_DATE.search(PurePosixPath(path.replace("\\", "/")).stem)
    parts = re.findall(r"\d+", match["date"]) if match else []
    if len(parts) == 1:
        parts = [parts[0][:4], parts[0][4:6], parts[0][6:]]
    try:
        return dt.date(*(int(p) for p in parts)) if len(parts) == 3 else None
    except ValueError:
        return None
