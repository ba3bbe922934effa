"""The pipeline that every file goes through (文件处理管线): Haystack components around plain functions.

::

    bytes ─► reader ─► parser ─► preparer ─► texts ready for the store

It runs inside a worker process (``ingest.loading.worker``), one file at a time, and writes nothing. Haystack copies
what passes between components, deeply; our values are frozen and say so. What goes wrong travels along as a value:
Haystack would write a raised error into its log with all inputs, which here are officers' files.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from haystack import Pipeline, component

from corpus.store import VersionText
from corpus.vocabulary import NATION, Document, DocumentKind, EffectLevel, FindingKind, Severity
from ingest.loading.identity import document_key, file_document_id, file_version_id
from ingest.prepared import version_text
from ingest.readers.model import NoteKind, ReadDocument
from ingest.sources.text import SourceFault, SourceText

Read = Callable[[bytes, str], ReadDocument]
Parse = Callable[[ReadDocument, str], list[SourceText]]

_NATIONAL = frozenset(
    {
        EffectLevel.CONSTITUTION,
        EffectLevel.LAW,
        EffectLevel.ADMINISTRATIVE_REGULATION,
        EffectLevel.DEPARTMENTAL_RULE,
        EffectLevel.JUDICIAL_INTERPRETATION,
    }
)
_OF_NO_PLACE = frozenset({DocumentKind.CASE, DocumentKind.STANDARD})
_DOUBTFUL = frozenset({NoteKind.DOUBTFUL, NoteKind.NEEDS_OCR})


@dataclass(frozen=True, slots=True)
class Steps:
    """The two steps that depend on formats and kinds: ``read_document`` and ``parse``, or stand-ins for them."""

    read: Read
    parse: Parse


@dataclass(frozen=True, slots=True)
class FileBytes:
    """A file to be read: its absolute path, the name people are shown, the region of texts that name none."""

    path: str
    name: str
    data: bytes
    region: str | None = None

    def __deepcopy__(self, memo: dict[int, Any]) -> FileBytes:
        return self


@dataclass(frozen=True, slots=True)
class ReadFile:
    """A file that was read, or what went wrong."""

    file: FileBytes
    document: ReadDocument | None = None
    error: Exception | None = None

    def __deepcopy__(self, memo: dict[int, Any]) -> ReadFile:
        return self


@dataclass(frozen=True, slots=True)
class ParsedFile:
    """A file whose texts were recognised, or what went wrong."""

    document: ReadDocument | None = None
    texts: tuple[SourceText, ...] = ()
    error: Exception | None = None

    def __deepcopy__(self, memo: dict[int, Any]) -> ParsedFile:
        return self


@dataclass(frozen=True, slots=True)
class ReadyText:
    """One text ready for the store (入库文本), with the document it belongs to and the key that finds its fellows."""

    key: str
    document: Document
    text: VersionText


@dataclass(frozen=True, slots=True)
class ReadyFile:
    """All that was made of a file: the document as far as it was read, its texts, what went wrong."""

    document: ReadDocument | None = None
    texts: tuple[ReadyText, ...] = ()
    error: Exception | None = None

    def __deepcopy__(self, memo: dict[int, Any]) -> ReadyFile:
        return self


@component
class FileReader:
    """Bytes to the neutral model, by format."""

    def __init__(self, read: Read) -> None:
        self.read = read

    @component.output_types(read=ReadFile)
    def run(self, file: FileBytes) -> dict[str, ReadFile]:
        try:
            return {"read": ReadFile(file, self.read(file.data, file.name))}
        except Exception as error:
            return {"read": ReadFile(file, error=error)}


@component
class DocumentParser:
    """The neutral model to texts with rows, by kind of document."""

    def __init__(self, parse: Parse) -> None:
        self.parse = parse

    @component.output_types(parsed=ParsedFile)
    def run(self, read: ReadFile) -> dict[str, ParsedFile]:
        document = read.document
        if document is None:
            return {"parsed": ParsedFile(error=read.error)}
        try:
            texts = list(self.parse(document, read.file.path))
        except Exception as error:
            return {"parsed": ParsedFile(document, error=error)}
        doubts = tuple(_doubts(document))
        if len(texts) == 1 and doubts:
            texts = [dataclasses.replace(texts[0], faults=texts[0].faults + doubts)]
        return {"parsed": ParsedFile(document, tuple(_placed(text, read.file) for text in texts))}


@component
class TextPreparer:
    """Texts to provisions, passages, findings and references under their final ids."""

    @component.output_types(ready=ReadyFile)
    def run(self, parsed: ParsedFile) -> dict[str, ReadyFile]:
        try:
            ready = {text.text.version.id: text for text in map(_ready, parsed.texts)}
        except Exception as error:
            return {"ready": ReadyFile(parsed.document, error=error)}
        return {"ready": ReadyFile(parsed.document, tuple(ready.values()), parsed.error)}


def build_pipeline(steps: Steps) -> Pipeline:
    """The pipeline around these steps; input ``reader.file``, output ``preparer.ready``."""
    pipeline = Pipeline()
    pipeline.add_component("reader", FileReader(steps.read))
    pipeline.add_component("parser", DocumentParser(steps.parse))
    pipeline.add_component("preparer", TextPreparer())
    pipeline.connect("reader.read", "parser.read")
    pipeline.connect("parser.parsed", "preparer.parsed")
    return pipeline


def process(pipeline: Pipeline, file: FileBytes) -> ReadyFile:
    """Run one file through."""
    ready = pipeline.run({"reader": {"file": file}})["preparer"]["ready"]
    assert isinstance(ready, ReadyFile)
    return ready


def _placed(text: SourceText, file: FileBytes) -> SourceText:
    """A text under its source's name, with its id, and in the region given for texts that name none."""
    if file.region and _names_no_region(text):
        text = dataclasses.replace(text, region=file.region)
    if any(row.ocr for row in text.rows) and not any(f.kind is FindingKind.OCR_TEXT for f in text.faults):
        text = dataclasses.replace(text, faults=(*text.faults, _OCR))
    return dataclasses.replace(text, version_id=file_version_id(text), source=file.name)


def _names_no_region(text: SourceText) -> bool:
    return text.region == NATION and text.level not in _NATIONAL and text.kind not in _OF_NO_PLACE and not text.issuer


_OCR = SourceFault(FindingKind.OCR_TEXT, Severity.WARNING, "", "文字由图片识别而来，可能有错字。", "引用前请对照原件。")


def _doubts(document: ReadDocument) -> Iterator[SourceFault]:
    for note in document.notes:
        if note.kind in _DOUBTFUL:
            message = f"{note.place}：{note.message}" if str(note.place) else note.message
            yield SourceFault(
                FindingKind.NEEDS_REVIEW, Severity.WARNING, "", message, "请对照原件核对。", text=note.text
            )


def _ready(text: SourceText) -> ReadyText:
    key = document_key(text.title, text.region, text.kind)
    document = Document(
        id=file_document_id(key),
        title=text.title,
        kind=text.kind,
        level=text.level,
        region=text.region,
        issuer=text.issuer,
        number=text.number,
        field=text.field,
    )
    return ReadyText(key, document, version_text(text, document.id, text.title, _articles(text)))


def _articles(text: SourceText) -> Sequence[str]:
    return [row.text for row in text.rows]
