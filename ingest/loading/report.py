"""The report of a run of ``eassistant ingest`` (导入报告): each file with what became of it, why, and what to do.

The JSON form is described in ``docs/ingest-report.md``; ``ingest.loading.report_page`` writes it for people.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any

from corpus.vocabulary import DocumentKind, Finding
from ingest.readers.model import FileUnreadable, Note

SCHEMA = 1
"""Version of the JSON form; raised when a field is renamed or removed."""


class Outcome(StrEnum):
    """What a run did with a file (处理结果)."""

    PARSED = "parsed"
    NEEDS_REVIEW = "needs_review"
    FAILED = "failed"
    UNCHANGED = "unchanged"  # read by an earlier run
    NOTHING_TO_CITE = "nothing_to_cite"
    RETIRED = "retired"  # the file is gone


OUTCOME_ZH: dict[Outcome, str] = {
    Outcome.PARSED: "已解析",
    Outcome.NEEDS_REVIEW: "需复核",
    Outcome.FAILED: "失败",
    Outcome.UNCHANGED: "未变",
    Outcome.NOTHING_TO_CITE: "无可引用内容",
    Outcome.RETIRED: "文件已移除",
}


class Change(StrEnum):
    """What a text is to the store (入库变化)."""

    NEW_DOCUMENT = "new_document"
    NEW_VERSION = "new_version"  # of a document that was held
    SAME_TEXT = "same_text"  # another source of a text that was held
    READ_AGAIN = "read_again"  # the same file, read by a newer program


CHANGE_ZH: dict[Change, str] = {
    Change.NEW_DOCUMENT: "新文件",
    Change.NEW_VERSION: "新版本",
    Change.SAME_TEXT: "已有文本的又一来源",
    Change.READ_AGAIN: "重新读取",
}


@dataclass(frozen=True, slots=True)
class Trouble:
    """One thing that a person should know of a file: where, what, and what to do."""

    kind: str  # a Reason, NoteKind or FindingKind
    place: str
    message: str
    remedy: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class TextLine:
    """One text of a file (文本)."""

    version_id: str
    document_id: str
    title: str
    kind: str
    shelf: str
    level: str
    region: str
    published: dt.date | None
    provisions: int
    change: Change
    effective_from: dt.date | None = None  # by its own words
    effective_basis: str = ""
    records: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FileLine:
    """One file of the report (文件); ``troubles`` make it fail or need review, ``notes`` are the reader's remarks."""

    path: str
    name: str
    outcome: Outcome
    format: str = ""
    size: int = 0
    pages: int | None = None
    encoding: str | None = None
    texts: tuple[TextLine, ...] = ()
    troubles: tuple[Trouble, ...] = ()
    notes: tuple[Trouble, ...] = ()


@dataclass(frozen=True, slots=True)
class Merging:
    """What became of texts that several sources hold, or whose files are gone; ids of versions, and the differences."""

    same_as_package: tuple[str, ...] = ()
    shadowed: Mapping[str, str] = field(default_factory=dict)
    retired: tuple[str, ...] = ()
    returned: tuple[str, ...] = ()
    differences: tuple[Trouble, ...] = ()


@dataclass(frozen=True, slots=True)
class IngestReport:
    """What one run did; ``stopped`` when it was broken off, and then nothing was retired and no date derived."""

    paths: tuple[str, ...]
    day: dt.date
    dry_run: bool
    stopped: bool
    seconds: float
    files: tuple[FileLine, ...]
    merging: Merging = field(default_factory=Merging)

    @property
    def failed(self) -> bool:
        return any(f.outcome is Outcome.FAILED for f in self.files)

    def counts(self) -> dict[Outcome, int]:
        counts = Counter(f.outcome for f in self.files)
        return {outcome: counts[outcome] for outcome in Outcome}

    def totals(self) -> dict[str, dict[str, int]]:
        """Files by format; texts by kind, shelf, region and change; provisions."""
        texts = [t for f in self.files for t in f.texts]
        return {
            "format": _counted(f.format or "-" for f in self.files if f.outcome is not Outcome.RETIRED),
            "kind": _counted(t.kind for t in texts),
            "shelf": _counted(t.shelf for t in texts),
            "region": _counted(t.region for t in texts),
            "change": _counted(t.change for t in texts),
            "provisions": {"total": sum(t.provisions for t in texts)},
        }

    def as_json(self) -> dict[str, Any]:
        """Plain JSON values; days are ``YYYY-MM-DD``."""
        return {
            "schema": SCHEMA,
            "paths": list(self.paths),
            "day": self.day.isoformat(),
            "dry_run": self.dry_run,
            "stopped": self.stopped,
            "seconds": round(self.seconds, 1),
            "counts": {outcome.value: count for outcome, count in self.counts().items()},
            "totals": self.totals(),
            "merging": _plain(asdict(self.merging)),
            "files": [_plain(asdict(f)) for f in self.files],
        }


def trouble_of(failure: FileUnreadable) -> Trouble:
    return Trouble(failure.reason.value, failure.where or "", failure.what, failure.remedy or "")


def note_line(note: Note) -> Trouble:
    return Trouble(note.kind.value, str(note.place), note.message, text=note.text)


def finding_line(finding: Finding) -> Trouble:
    return Trouble(finding.kind.value, finding.where, finding.message, finding.remedy, finding.text)


def shelf_of(kind: DocumentKind) -> str:
    return kind.shelf.value


def _counted(values: Iterable[str]) -> dict[str, int]:
    return dict(sorted(Counter(str(v) for v in values).items(), key=lambda item: (-item[1], item[0])))


def _plain(value: Any) -> Any:
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {k: _plain(v) for k, v in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [_plain(v) for v in value]
    return value.value if isinstance(value, StrEnum) else value
