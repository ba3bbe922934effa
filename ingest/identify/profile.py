"""The profile (文件档案) of a document that was read: everything its head says, before any parser looks at its body."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from corpus.vocabulary import NATION, DocumentKind, EffectLevel
from ingest.sources.text import SourceFault


@dataclass(frozen=True, slots=True)
class HistoryEvent:
    """One step of the adoption history (制定、修正经过): ``2019-03-02``, “根据…《国务院关于…的决定》第二次修订”.

    ``day`` is the day the words themselves name; ``words`` are as printed.
    """

    day: dt.date
    words: str


@dataclass(frozen=True, slots=True)
class Profile:
    """What a document is (文件档案).

    ``published`` is the day of THIS text: its last adoption or amendment, else the date of the file's name; None when
    neither says. ``effective`` is a commencement day printed in the head, not one from the articles. ``body_start`` is
    the index in ``ReadDocument.blocks`` of the first block after the head. ``annotation`` is the 题注 as printed.
    """

    title: str
    kind: DocumentKind
    level: EffectLevel
    region: str = NATION
    issuer: str | None = None
    number: str | None = None  # 文号
    field: str | None = None  # 法律部门
    published: dt.date | None = None
    effective: dt.date | None = None
    annotation: str = ""
    history: tuple[HistoryEvent, ...] = ()
    body_start: int = 0
    faults: tuple[SourceFault, ...] = ()
