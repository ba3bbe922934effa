"""Filing (归档): one file that was read goes into the store in one transaction, or into the snapshot only.

Which document a text belongs to and whether it is held already is decided here; what is served of what is held is
decided afterwards by ``ingest.loading.standing``.
"""

from __future__ import annotations

import dataclasses
import datetime as dt

from corpus.store import DocumentRecord, VersionText
from corpus.store.sources import FileState, SourceFile, SourceFiles, source_id
from corpus.vocabulary import Document, Finding, FindingKind, Severity
from ingest.loading.claims import with_claims
from ingest.loading.holdings import HeldText, Holdings
from ingest.loading.limiting import Limiting
from ingest.loading.pipeline import ReadyText
from ingest.loading.preview import commencement_by_itself, records_of
from ingest.loading.report import (
    Change,
    FileLine,
    Outcome,
    TextLine,
    Trouble,
    finding_line,
    note_line,
    shelf_of,
    trouble_of,
)
from ingest.loading.worker import FileReading, FileTask
from ingest.readers.model import Format, NoteKind, Reason
from ingest.validity import mark_validities_stale

_TO_REVIEW = frozenset({FindingKind.TRUNCATED, FindingKind.NEEDS_REVIEW, FindingKind.OCR_TEXT})
_DOUBTFUL_NOTES = frozenset({NoteKind.DOUBTFUL, NoteKind.NEEDS_OCR})
_MAY_BE_EMPTY = frozenset({Format.MARKDOWN.value, Format.TEXT.value, Format.HTML.value})
_KEPT = "original"

_STATES: dict[Outcome, FileState] = {
    Outcome.PARSED: FileState.PARSED,
    Outcome.NEEDS_REVIEW: FileState.NEEDS_REVIEW,
    Outcome.FAILED: FileState.FAILED,
    Outcome.NOTHING_TO_CITE: FileState.NOTHING_TO_CITE,
}


class Filing:
    """Takes readings one after another. Without ``files`` (``--dry-run``) only the snapshot changes."""

    def __init__(
        self, held: Holdings, files: SourceFiles | None, read_as: str, today: dt.date, limiting: Limiting | None = None
    ) -> None:
        self._limiting = limiting or Limiting()
        self._held = held
        self._files = files
        self._read_as = read_as
        self._today = today
        self._fresh = True

    def unchanged(self, path: str, digest: str) -> bool:
        """Whether these bytes at this path were read before, to the end and as they would be read now.

        What failed is tried again: a tool may have been installed since, or a file unlocked.
        """
        now = self._held.current(path)
        if now is None or now.digest != digest or now.read_as != self._read_as:
            return False
        return now.state is not FileState.FAILED and not any(now.report.get(k) for k in ("needs_ocr", _KEPT))

    def file(self, task: FileTask, reading: FileReading) -> FileLine:
        """Store what came of a file; what the report says of it."""
        reading = with_claims(self._limiting.permitted(reading, task.name, self._held), self._held)
        outcome, troubles = _judge(reading)
        texts = [self._placed(text) for text in reading.texts]
        row = self._row(task, reading, _STATES[outcome])
        before = [f for f in self._held.at_path(task.path) if f.state.current and f.id != row.id]
        changes = [self._change(row, text) for text, _ in texts]
        limits = self._limiting.of(text.document.id for text, _ in texts)
        if self._files is not None:
            if self._fresh and texts:
                mark_validities_stale(self._files.store)
                self._fresh = False
            self._files.record(
                row,
                documents=[self._record(text, write) for text, write in texts],
                version_ids=None if outcome is Outcome.FAILED else [t.text.version.id for t, _ in texts],
                replaced=[f.id for f in before],
                readers=limits,
            )
        self._note(row, before, texts, outcome)
        return FileLine(
            task.path,
            task.name,
            outcome,
            reading.format,
            reading.size,
            reading.pages,
            reading.encoding,
            tuple(_text_line(t, c) for (t, _), c in zip(texts, changes, strict=True)),
            troubles,
            tuple(note_line(n) for n in reading.notes),
        )

    def _placed(self, ready: ReadyText) -> tuple[ReadyText, bool]:
        """A text under the document that is held, if any, and whether its words must be written."""
        document = ready.document
        held = self._held.document_of(ready.key)
        if held is not None:
            document = self._document(held, ready)
        version = dataclasses.replace(ready.text.version, document_id=document.id)
        placed = ReadyText(ready.key, document, dataclasses.replace(ready.text, version=version))
        known = self._held.texts.get(version.id)
        return placed, known is None or (known.digest != ready.text.digest and not self._vouched(version.id))

    def _document(self, held: Document, ready: ReadyText) -> Document:
        """What is held of the document, or what its newest text says; the law package has the last word."""
        texts = self._held.of_key(ready.key)
        newest = max(t.published or dt.date.min for t in texts)
        if any(t.official for t in texts) or (ready.text.version.validity.published or dt.date.min) < newest:
            return held
        title = held.title if held.title.endswith(ready.document.title) else ready.document.title
        return dataclasses.replace(ready.document, id=held.id, title=title)

    def _vouched(self, version_id: str) -> bool:
        """Whether another file gave these words in the present reading: the first one's print is kept."""
        sources = (self._held.files[s] for s in self._held.links.get(version_id, ()))
        return any(f.state.current and f.read_as == self._read_as for f in sources)

    def _change(self, row: SourceFile, text: ReadyText) -> Change:
        version_id = text.text.version.id
        known = self._held.texts.get(version_id)
        if known is None:
            return Change.NEW_VERSION if self._held.of_key(text.key) else Change.NEW_DOCUMENT
        return Change.READ_AGAIN if row.id in self._held.links.get(version_id, ()) else Change.SAME_TEXT

    def _record(self, ready: ReadyText, write: bool) -> DocumentRecord:
        return DocumentRecord(ready.document, [ready.text] if write else [])

    def _row(self, task: FileTask, reading: FileReading, state: FileState) -> SourceFile:
        id_ = source_id(task.path, reading.digest)
        held = self._held.files.get(id_)
        report = {
            "notes": [dataclasses.asdict(note_line(n)) for n in reading.notes],
            "failure": dataclasses.asdict(trouble_of(reading.failure)) if reading.failure else None,
            "pages": reading.pages,
            "encoding": reading.encoding,
            "texts": [t.text.version.id for t in reading.texts],
            "needs_ocr": any(n.kind is NoteKind.NEEDS_OCR for n in reading.notes),
            _KEPT: reading.original,
        }
        return SourceFile(
            id_,
            task.path,
            reading.digest,
            reading.format,
            reading.size,
            state,
            self._read_as,
            held.first_seen if held else self._today,
            None,
            report,
        )

    def _note(
        self, row: SourceFile, before: list[SourceFile], texts: list[tuple[ReadyText, bool]], outcome: Outcome
    ) -> None:
        held = self._held
        again = row.id in held.files
        for file in before:
            held.add_file(dataclasses.replace(file, state=FileState.REPLACED, retired=None))
        held.add_file(row)
        for ready, write in texts:
            held.documents[ready.document.id] = ready.document
            if write:
                held.add_text(_held_text(ready))
                if self._files is None:
                    held.provisions[ready.text.version.id] = ready.text.provisions
        if outcome is Outcome.FAILED:
            return
        ids = {ready.text.version.id for ready, _ in texts}
        for text in held.texts_of(row.id) if again else ():
            if text.id not in ids:
                held.links[text.id].discard(row.id)
                if not held.links[text.id] and not text.official:
                    held.remove_text(text.id)
        for version_id in ids:
            held.links.setdefault(version_id, set()).add(row.id)


def _judge(reading: FileReading) -> tuple[Outcome, tuple[Trouble, ...]]:
    """What became of a file, and the reasons."""
    if reading.failure is not None:
        reason = reading.failure.reason
        blank = reason is Reason.EMPTY and reading.size > 0 and reading.format in _MAY_BE_EMPTY
        nothing = reason is Reason.NOTHING_RECOGNISED or blank
        return Outcome.NOTHING_TO_CITE if nothing else Outcome.FAILED, (trouble_of(reading.failure),)
    findings = [f for text in reading.texts for f in text.text.findings if _to_review(f)]
    troubles = [finding_line(f) for f in findings]
    said = {t.message for t in troubles}
    notes = (note_line(n) for n in reading.notes if n.kind in _DOUBTFUL_NOTES)
    troubles += [n for n in notes if not any(n.message in s for s in said)]
    if reading.original:
        troubles.append(Trouble(_KEPT, "", reading.original, "请清理磁盘或检查数据文件夹的权限，再次导入即补存。"))
    return Outcome.NEEDS_REVIEW if troubles else Outcome.PARSED, tuple(troubles)


def _to_review(finding: Finding) -> bool:
    """Whether a finding asks a person to look: never what is only told, as which columns were understood."""
    if finding.severity is Severity.INFO:
        return False
    return finding.severity is Severity.ERROR or finding.kind in _TO_REVIEW


def _held_text(ready: ReadyText) -> HeldText:
    text: VersionText = ready.text
    return HeldText(
        text.version.id,
        ready.document.id,
        ready.key,
        text.version.validity.published,
        not any(f.kind is FindingKind.TRUNCATED for f in text.findings),
        text.digest,
    )


def _text_line(ready: ReadyText, change: Change) -> TextLine:
    document = ready.document
    starts = commencement_by_itself(ready)
    return TextLine(
        ready.text.version.id,
        document.id,
        document.title,
        document.kind.value,
        shelf_of(document.kind),
        document.level.value,
        document.region,
        ready.text.version.validity.published,
        len(ready.text.provisions),
        change,
        starts.day,
        starts.basis.value,
        records_of(ready),
    )
