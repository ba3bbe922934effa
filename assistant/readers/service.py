"""Seeing and setting who may read a document (阅读对象管理)."""

from __future__ import annotations

from collections.abc import Iterable

from assistant.accounts.principal import Principal
from assistant.auditlog.contract import Act, NoRecorder, Recorder
from assistant.readable_views import ReadableViews
from assistant.readers.contract import DocumentReaders, ReadersRequest
from corpus.errors import InvalidInput, NotFound
from corpus.readers import Readers
from corpus.regions import lineage, regions_named
from corpus.store import CorpusStore
from corpus.store.readers import readers_of, set_readers
from corpus.vocabulary import NATION, Document


class ReadersService:
    """Implements ``ReadersDesk`` over a store and the views of it."""

    def __init__(self, store: CorpusStore, views: ReadableViews, recorder: Recorder | None = None) -> None:
        self._store = store
        self._views = views
        self._log = recorder or NoRecorder()

    def readers(self, manager: Principal, document_id: str) -> DocumentReaders:
        document = self._document(manager, document_id)
        return _shown(document, readers_of(self._store, document_id))

    def limit(self, manager: Principal, document_id: str, request: ReadersRequest) -> DocumentReaders:
        document = self._document(manager, document_id)
        readers = readers_given(request.departments, request.regions)
        facts = {"departments": sorted(readers.departments), "regions": sorted(readers.regions)}
        self._log.record(Act.READERS_CHANGED, manager, target=document_id, facts=facts)
        set_readers(self._store, {document_id: readers})
        return _shown(document, readers)

    def _document(self, manager: Principal, document_id: str) -> Document:
        document = self._views.of(manager).store.document(document_id)
        if document is None:
            raise NotFound(
                f"没有编号为“{document_id}”的文件。", where="document_id", remedy="请从 /api/documents 选取。"
            )
        return document


def readers_given(departments: Iterable[str], regions: Iterable[str]) -> Readers:
    """Readers as a person gives them, each region by its full name. Raises InvalidInput for one that is no limit."""
    return Readers(frozenset(departments), frozenset(_region(r) for r in regions))


def _region(words: str) -> str:
    """The region by its full name; a name that no table knows is taken as written, as accounts may bear it."""
    try:
        region = lineage(words)[-1]
    except InvalidInput:
        if regions_named(words):
            raise
        return words
    if region == NATION:
        raise InvalidInput("“国家”不是限制。", where="regions", remedy="不限地区的，请不要填写地区。")
    return region


def _shown(document: Document, readers: Readers) -> DocumentReaders:
    return DocumentReaders(
        document_id=document.id,
        title=document.title,
        departments=sorted(readers.departments),
        regions=sorted(readers.regions),
        everyone=readers.everyone,
    )
