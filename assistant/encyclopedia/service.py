"""The encyclopedia of one view (百科): shelves, documents, provisions, items, procedure and search, put together."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import lru_cache
from threading import Lock

from assistant.catalogue import Catalogue
from assistant.contract import Assistant, SearchRequest
from assistant.discretion.contract import Desk
from assistant.encyclopedia.comparing import article_comparison
from assistant.encyclopedia.contents import contents_of
from assistant.encyclopedia.contract import (
    CitingList,
    Comparison,
    ComparisonRequest,
    Deadline,
    DeadlineRequest,
    DocumentList,
    DocumentPage,
    DocumentsRequest,
    FacetValue,
    ItemList,
    ItemsRequest,
    Overview,
    Procedure,
    RecordList,
    ShelfHits,
    ShelfSearch,
    ShelfSearchRequest,
    Suggestion,
    Surroundings,
    TopicPage,
)
from assistant.encyclopedia.deadline import count_deadline
from assistant.encyclopedia.facets import has_words
from assistant.encyclopedia.fields import UNSORTED
from assistant.encyclopedia.item_shelf import ItemShelf, ItemsOfDay
from assistant.encyclopedia.items import ActReader
from assistant.encyclopedia.library import Library
from assistant.encyclopedia.present_items import item_entry
from assistant.encyclopedia.procedure import read_procedure
from assistant.encyclopedia.shelves import list_documents, overview_of
from assistant.encyclopedia.surroundings import surroundings_of
from assistant.encyclopedia.topics import topic_page
from assistant.reading import Reader
from corpus.citations import Resolver
from corpus.comparison import ChangeKind, counts
from corpus.errors import InvalidInput, NotFound
from corpus.store import CorpusStore
from corpus.vocabulary import Shelf

_FOUND_BESIDE = 10
_DAYS = 4


class EncyclopediaService:
    """Implements ``assistant.encyclopedia.contract.Encyclopedia`` for those who see the same documents.

    ``catalogue``, ``store``, ``reader``, ``resolver``, ``desk`` and ``assistant`` are those of the view; nothing is
    read that is not in its catalogue. A snapshot, as the catalogue is: make a new one after the store has changed.
    """

    def __init__(
        self,
        *,
        catalogue: Catalogue,
        store: CorpusStore,
        reader: Reader,
        resolver: Resolver,
        desk: Desk,
        assistant: Assistant,
        today: Callable[[], dt.date],
        region: str | None = None,
        acts: ActReader | None = None,
    ) -> None:
        """``acts`` may be shared by the views of one snapshot; ``region`` is the officers' own."""
        self._library = Library(
            catalogue=catalogue, store=store, reader=reader, resolver=resolver, desk=desk, today=today
        )
        self._assistant = assistant
        self._today = today
        self._region = region
        self._items = ItemShelf(self._library, acts or ActReader())
        self._reading_items = Lock()
        self._procedure = lru_cache(maxsize=_DAYS)(self._read_procedure)

    def prepare(self) -> None:
        """Read what is costly, so that the first reader need not wait."""
        day = self._today()
        self._items_on(day)
        self._library.entries(day)
        self._library.records(day)
        self._library.citations  # noqa: B018
        self._library.law_references  # noqa: B018

    # ---- shelves -----------------------------------------------------------------------------------------------

    def overview(self, as_of: dt.date | None = None) -> Overview:
        day = as_of or self._today()
        items = self._items_on(day)
        fields: dict[str, int] = {}
        for item in items.items:
            fields[item.field or UNSORTED] = fields.get(item.field or UNSORTED, 0) + 1
        return Overview(
            as_of=day,
            shelves=overview_of(self._library.entries(day)),
            items=len(items.items),
            item_fields=[
                FacetValue(value=f, label=f, count=n) for f, n in sorted(fields.items(), key=lambda e: (-e[1], e[0]))
            ],
        )

    def documents(self, request: DocumentsRequest) -> DocumentList:
        day = request.as_of or self._today()
        titles = {d.id: d.title for d in self._library.catalogue.documents.values()}
        cited = self._library.citations.laws_cited
        return list_documents(self._library.entries(day), request, day, cited, titles)

    # ---- documents ---------------------------------------------------------------------------------------------

    def document(self, document_id: str, version_id: str | None = None, as_of: dt.date | None = None) -> DocumentPage:
        day = as_of or self._today()
        library = self._library
        document = library.document(document_id)
        version, _, reason = library.text_on(document.id, day)
        if version_id is not None:
            version = library.version(document, version_id)
        provisions = library.provisions(version.id)
        records = library.records(day).of_document(document.id)
        return DocumentPage(
            document=library.entry(document, day),
            as_of=day,
            version_id=version.id,
            versions=library.reader.document(document.id, day).versions[::-1],
            note=reason,
            contents=contents_of(provisions),
            articles=sum(p.article is not None for p in provisions),
            standards=sum(r.kind == "standard" for r in records),
            entries=sum(r.kind == "entry" for r in records),
            items=self._items_on(day).of_document[document.id],
            cited_by=len(library.citations.citing(document.id)),
        )

    def comparison(self, document_id: str, request: ComparisonRequest) -> Comparison:
        library = self._library
        document = library.document(document_id)
        held = [v.id for v in library.catalogue.versions_of[document.id]]
        if len(held) < 2 and (request.old is None or request.new is None):
            raise InvalidInput("这份文件只收录了一个文本，无从对照。", where="document_id")
        new = library.version(document, request.new).id if request.new else held[-1]
        before = held[max(0, held.index(new) - 1)]
        old = library.version(document, request.old).id if request.old else before
        changes = library.changes(old, new)
        shown = [c for c in changes if not (request.changed_only and c.kind is ChangeKind.UNCHANGED)]
        told = {v.version_id: v for v in library.reader.document(document.id).versions}
        return Comparison(
            document_id=document.id,
            title=document.title,
            old=told[old],
            new=told[new],
            counts=counts(changes),
            items=[article_comparison(c) for c in shown[request.offset : request.offset + request.limit]],
            total=len(shown),
        )

    def citing(self, document_id: str, limit: int = 50, offset: int = 0) -> CitingList:
        links = self._library.citations.citing(self._library.document(document_id).id)
        return CitingList(items=self._library.citing(links[offset : offset + limit]), total=len(links))

    def records(self, document_id: str, limit: int = 50, offset: int = 0) -> RecordList:
        held = self._library.records(self._today()).of_document(self._library.document(document_id).id)
        return RecordList(items=held[offset : offset + limit], total=len(held))

    # ---- provisions --------------------------------------------------------------------------------------------

    def provision(self, provision_id: str, as_of: dt.date | None = None) -> Surroundings:
        day = as_of or self._today()
        return surroundings_of(self._library, self._items_on(day), provision_id, day)

    # ---- items -------------------------------------------------------------------------------------------------

    def items(self, request: ItemsRequest) -> ItemList:
        day = request.as_of or self._today()
        laws = self._law(request.law) if request.law else None
        return self._items_on(day).list(request, day, laws)

    def item(self, item_id: str, as_of: dt.date | None = None, region: str | None = None) -> TopicPage:
        day = as_of or self._today()
        with self._reading_items:
            found = self._items.find(item_id, [day, self._today()])
        if found is None:
            raise NotFound(f"没有编号为“{item_id[:80]}”的事项。", where="item_id", remedy="请从事项目录中选取。")
        item, on = found
        notes = [] if on == day else [f"{day.isoformat()}适用的文本中没有这一事项，以下为现行文本。"]
        return topic_page(self._library, item, on, region or self._region, self._procedure(on), notes)

    def _items_on(self, day: dt.date) -> ItemsOfDay:
        """The items of a day; read once, others wait meanwhile."""
        with self._reading_items:
            return self._items.on(day)

    def _law(self, law: str) -> frozenset[str]:
        """A law by id or by name."""
        return (
            frozenset({law}) if law in self._library.catalogue.documents else self._library.catalogue.filter_by_law(law)
        )

    # ---- procedure ---------------------------------------------------------------------------------------------

    def procedure(self, as_of: dt.date | None = None) -> Procedure:
        return self._procedure(as_of or self._today())

    def _read_procedure(self, day: dt.date) -> Procedure:
        laws, notes = self._library.procedural_laws(day)
        return read_procedure(laws, day, notes)

    def deadline(self, request: DeadlineRequest) -> Deadline:
        return count_deadline(request.start, request.number, request.unit, request.working)

    # ---- search ------------------------------------------------------------------------------------------------

    def search(self, request: ShelfSearchRequest) -> ShelfSearch:
        day = request.as_of or self._today()
        hits, notes = [], []
        for shelf in Shelf:
            asked = SearchRequest(
                question=request.words, as_of=request.as_of, region=request.region, shelf=shelf, top_k=request.limit
            )
            response = self._assistant.search(asked)
            hits.append(ShelfHits(shelf=shelf, items=response.results))
            notes += response.notes
        titled = [e for e in self._library.entries(day) if has_words(request.words, e.title)]
        items = self._items_on(day).list(ItemsRequest(words=request.words[:200], limit=_FOUND_BESIDE), day, None)
        return ShelfSearch(
            words=request.words,
            as_of=day,
            shelves=hits,
            items=items.items,
            documents=sorted(titled, key=lambda e: (e.level.rank, len(e.title)))[:_FOUND_BESIDE],
            notes=list(dict.fromkeys(notes)),
        )

    def suggest(self, words: str, limit: int = 10) -> list[Suggestion]:
        day = self._today()
        words = words.strip()
        if not words:
            return []
        titled = [e for e in self._library.entries(day) if has_words(words, e.title)]
        titled.sort(
            key=lambda e: (not e.title.removeprefix("中华人民共和国").startswith(words), e.level.rank, len(e.title))
        )
        found = [
            Suggestion(
                kind="document",
                id=e.document_id,
                title=e.title,
                hint=" · ".join(filter(None, (e.weight, e.region, e.status_name))),
            )
            for e in titled[: max(limit // 2, limit - 5)]
        ]
        items = (i for i in self._items_on(day).items if has_words(words, i.title))
        for item in items:
            if len(found) >= limit:
                break
            entry = item_entry(item)
            found.append(Suggestion(kind="item", id=entry.id, title=entry.title, hint=entry.penalty))
        return found[:limit]
