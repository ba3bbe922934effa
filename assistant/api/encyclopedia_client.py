"""The encyclopedia over HTTP (百科接口): the methods of ``Encyclopedia``, one request each."""

from __future__ import annotations

import datetime as dt
from urllib.parse import quote

from pydantic import BaseModel, TypeAdapter

from assistant.api.wire import Wire, body, given
from assistant.encyclopedia.contract import (
    CitingList,
    Comparison,
    ComparisonRequest,
    Deadline,
    DeadlineRequest,
    DocumentList,
    DocumentPage,
    DocumentsRequest,
    ItemList,
    ItemsRequest,
    Overview,
    Procedure,
    RecordList,
    ShelfSearch,
    ShelfSearchRequest,
    Suggestion,
    Surroundings,
    TopicPage,
)

_SUGGESTIONS: TypeAdapter[list[Suggestion]] = TypeAdapter(list[Suggestion])

_PREFIX = "/api/encyclopedia"


class EncyclopediaClient:
    """The encyclopedia of a running service; implements ``assistant.encyclopedia.contract.Encyclopedia``."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    def overview(self, as_of: dt.date | None = None) -> Overview:
        return self._wire.get(_PREFIX, Overview, given(as_of=as_of))

    def documents(self, request: DocumentsRequest) -> DocumentList:
        return self._wire.get(f"{_PREFIX}/documents", DocumentList, _query(request))

    def document(self, document_id: str, version_id: str | None = None, as_of: dt.date | None = None) -> DocumentPage:
        params = given(version_id=version_id, as_of=as_of)
        return self._wire.get(f"{_PREFIX}/documents/{quote(document_id, safe='')}", DocumentPage, params)

    def comparison(self, document_id: str, request: ComparisonRequest) -> Comparison:
        path = f"{_PREFIX}/documents/{quote(document_id, safe='')}/comparison"
        return self._wire.get(path, Comparison, _query(request))

    def citing(self, document_id: str, limit: int = 50, offset: int = 0) -> CitingList:
        path = f"{_PREFIX}/documents/{quote(document_id, safe='')}/citing"
        return self._wire.get(path, CitingList, given(limit=limit, offset=offset))

    def records(self, document_id: str, limit: int = 50, offset: int = 0) -> RecordList:
        path = f"{_PREFIX}/documents/{quote(document_id, safe='')}/records"
        return self._wire.get(path, RecordList, given(limit=limit, offset=offset))

    def provision(self, provision_id: str, as_of: dt.date | None = None) -> Surroundings:
        return self._wire.get(f"{_PREFIX}/provisions/{quote(provision_id)}", Surroundings, given(as_of=as_of))

    def items(self, request: ItemsRequest) -> ItemList:
        return self._wire.get(f"{_PREFIX}/items", ItemList, _query(request))

    def item(self, item_id: str, as_of: dt.date | None = None, region: str | None = None) -> TopicPage:
        path = f"{_PREFIX}/items/{quote(item_id, safe='')}"
        return self._wire.get(path, TopicPage, given(as_of=as_of, region=region))

    def procedure(self, as_of: dt.date | None = None) -> Procedure:
        return self._wire.get(f"{_PREFIX}/procedure", Procedure, given(as_of=as_of))

    def deadline(self, request: DeadlineRequest) -> Deadline:
        return self._wire.get(f"{_PREFIX}/deadline", Deadline, _query(request))

    def search(self, request: ShelfSearchRequest) -> ShelfSearch:
        return self._wire.get(f"{_PREFIX}/search", ShelfSearch, _query(request))

    def suggest(self, words: str, limit: int = 10) -> list[Suggestion]:
        return self._wire.get_list(f"{_PREFIX}/suggest", _SUGGESTIONS, given(words=words, limit=limit))


def _query(request: BaseModel) -> dict[str, str]:
    """The query string of a request; truth values in lower case."""
    return {k: str(v).lower() if isinstance(v, bool) else str(v) for k, v in body(request).items()}
