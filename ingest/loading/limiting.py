"""Readers of documents that come in (入库时的阅读对象): a new document is limited before anybody can find it.

A document that is held already keeps its readers. A file whose text would join one that others may read is refused,
for it could neither be hidden with the document nor be shown with it.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping

from corpus.readers import EVERYONE, Readers
from ingest.loading.holdings import Holdings
from ingest.loading.worker import FileReading
from ingest.readers.model import FileUnreadable, Reason


class Limiting:
    """Limits what one run takes in to ``readers``; ``limited`` are the limits that are kept already."""

    def __init__(self, readers: Readers | None = None, limited: Mapping[str, Readers] | None = None) -> None:
        self._readers = readers or EVERYONE
        self._limited = dict(limited or {})

    def permitted(self, reading: FileReading, name: str, held: Holdings) -> FileReading:
        """The reading, or in its place the refusal of a file whose text would join a document of other readers."""
        if self._readers.everyone:
            return reading
        for ready in reading.texts:
            document = held.document_of(ready.key)
            if document is not None and self._limited.get(document.id, EVERYONE) != self._readers:
                failure = FileUnreadable(
                    Reason.OTHER_READERS,
                    f"《{document.title}》已经收录，阅读对象与此次指定的不同，不能只限定其中一份文本。",
                    where=name,
                    remedy="请先在资料管理中（或用 eassistant corpus limit）设定该文件的阅读对象，再导入。",
                )
                return dataclasses.replace(reading, texts=(), failure=failure)
        return reading

    def of(self, document_ids: Iterable[str]) -> dict[str, Readers]:
        """The limits to be written with these documents; from now on they are kept."""
        if self._readers.everyone:
            return {}
        limits = dict.fromkeys(document_ids, self._readers)
        self._limited |= limits
        return limits
