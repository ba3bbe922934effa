"""Readers of documents over HTTP (阅读对象接口)."""

from __future__ import annotations

from urllib.parse import quote

from assistant.api.wire import Wire, body
from assistant.readers.contract import DocumentReaders, ReadersRequest


class ReadersClient:
    """Who may read the documents of a running service."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    def readers(self, document_id: str) -> DocumentReaders:
        return self._wire.get(_path(document_id), DocumentReaders)

    def limit(self, document_id: str, request: ReadersRequest) -> DocumentReaders:
        answer = self._wire.send("PUT", _path(document_id), json=body(request))
        return DocumentReaders.model_validate_json(answer.content)


def _path(document_id: str) -> str:
    return f"/api/documents/{quote(document_id, safe='')}/readers"
