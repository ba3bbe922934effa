"""Readers (读取器): one per file format, each to the one neutral model of ``ingest.readers.model``.

``read_document`` looks at the content, not the name, and hands the bytes to the reader of that format. A reader gives
a ``ReadDocument`` or raises ``FileUnreadable``; whatever else a damaged file provokes in a library becomes
``FileUnreadable`` here, so that one file never stops a folder.
"""

from __future__ import annotations

import dataclasses
import importlib
from collections.abc import Callable

from corpus.errors import EAssistantError
from ingest.readers.detect import Detected, detect
from ingest.readers.model import FileUnreadable, Format, Note, NoteKind, ReadDocument, Reason

READING = "readers-1"
"""Revision of the readers. Raise it when what they read from unchanged bytes changes: files are then read again."""

_READERS: dict[Format, tuple[str, str]] = {
    Format.TEXT: ("ingest.readers.text", "read_text"),
    Format.MARKDOWN: ("ingest.readers.markdown", "read_markdown"),
    Format.HTML: ("ingest.readers.html", "read_html"),
    Format.DOCX: ("ingest.readers.docx", "read_docx"),
    Format.DOC: ("ingest.readers.doc", "read_doc"),
    Format.PDF: ("ingest.readers.pdf", "read_pdf"),
    Format.IMAGE: ("ingest.readers.pdf", "read_image"),
    Format.XLSX: ("ingest.readers.xlsx", "read_xlsx"),
    Format.XLS: ("ingest.readers.xls", "read_xls"),
}


def read_document(data: bytes, name: str) -> ReadDocument:
    """The document (文件) that ``data`` holds; ``name`` is its path as shown to people and hints at the format.

    A ZIP archive is refused: ``ingest.readers.archive.expand`` gives its members, each to be read by itself.
    Raises FileUnreadable, and nothing else short of ``MemoryError``.
    """
    detected = detect(data, name)
    if detected.format is Format.ZIP:
        raise FileUnreadable(
            Reason.UNKNOWN_FORMAT, "这是压缩包，不是一份文件。", where=name, remedy="请先展开，再逐个读取其中的文件。"
        )
    read = _reader(detected.format)
    try:
        document = read(data, name)
    except (FileUnreadable, MemoryError):
        raise
    except RecursionError as error:
        raise FileUnreadable(
            Reason.DAMAGED, "文件的嵌套层数过多，无法读取。", where=name, remedy="请用办公软件打开后另存，再重新收录。"
        ) from error
    except Exception as error:  # a library's own error on damaged input: told, never passed on
        what = error.what if isinstance(error, EAssistantError) else f"{type(error).__name__}：{error}"[:300]
        raise FileUnreadable(
            Reason.DAMAGED,
            f"文件内容损坏，读取中断（技术信息：{what}）。",
            where=name,
            remedy="请用办公软件或浏览器打开核对，另存后重新收录。",
        ) from error
    if not document.blocks:
        raise FileUnreadable(
            Reason.EMPTY, "文件能够打开，但没有正文文字。", where=name, remedy="请核对是否为目录页、空白模板或图片。"
        )
    return _with_notes(document, detected)


def _reader(format_: Format) -> Callable[[bytes, str], ReadDocument]:
    module, function = _READERS[format_]
    read: Callable[[bytes, str], ReadDocument] = getattr(importlib.import_module(module), function)
    return read


def _with_notes(document: ReadDocument, detected: Detected) -> ReadDocument:
    said = {note.kind for note in document.notes if note.kind is NoteKind.ACTIVE}
    added: tuple[Note, ...] = tuple(note for note in detected.notes if note.kind not in said)
    return dataclasses.replace(document, notes=added + document.notes) if added else document


__all__ = ["READING", "read_document"]
