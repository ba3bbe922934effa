"""Files read for their discretion records alone (直接读出裁量数据), without any store."""

from __future__ import annotations

from pathlib import Path

from corpus.discretion.export import RecordsOfText
from ingest.loading.worker import not_readable
from ingest.parsers import parse
from ingest.parsers.records import FAILED
from ingest.readers import read_document
from ingest.readers.model import FileUnreadable, ReadDocument, Reason


def records_of_file(path: Path) -> list[RecordsOfText]:
    """The records of each text of a file; a text that says nothing about fines is left out.

    Raises FileUnreadable for a file that cannot be read, or that holds no such text at all.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise not_readable(str(path), error) from error
    return records_of_document(read_document(data, str(path)), path)


def records_of_document(document: ReadDocument, path: Path) -> list[RecordsOfText]:
    """The same of a document that was read."""
    texts = parse(document, str(path))
    found = [RecordsOfText(text.title, text.region, path.name, text.records) for text in texts if text.records]
    if not found:
        failed = [fault.message for text in texts for fault in text.faults if fault.message.startswith(FAILED)]
        raise FileUnreadable(
            Reason.NOTHING_RECOGNISED,
            failed[0] if failed else "文件中没有读到裁量标准、清单条目或适用规则。",
            where=str(path),
            remedy="请核对是否为裁量基准、不予处罚等清单或裁量规则。",
        )
    return found
