"""All enforcement items of a view on a day (事项目录): those of lists first, then those read from penalty articles."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache

from assistant.encyclopedia.contract import FacetValue, ItemFacets, ItemList, ItemSource, ItemsRequest
from assistant.encyclopedia.facets import Values, count, has_words, narrow
from assistant.encyclopedia.fields import UNSORTED
from assistant.encyclopedia.item_lists import list_items
from assistant.encyclopedia.items import ActReader, ReadItem, items_of, may_punish
from assistant.encyclopedia.library import Library
from assistant.encyclopedia.present_items import item_entry
from assistant.encyclopedia.records import Place
from corpus.vocabulary import DocumentKind, State

_DAYS = 4
_IN_FORCE = (State.IN_FORCE, State.AMENDED)
_SOURCES = {ItemSource.LIST.value: "事项清单", ItemSource.LAW.value: "法律罚则"}


class ItemShelf:
    """The items of a view, day by day."""

    def __init__(self, library: Library, acts: ActReader) -> None:
        self._library = library
        self._acts = acts
        self.on = lru_cache(maxsize=_DAYS)(self._read)

    def _read(self, day: dt.date) -> ItemsOfDay:
        catalogue = self._library.catalogue
        read: list[ReadItem] = []
        for document in catalogue.documents.values():
            if not may_punish(document):
                continue
            version, state, _ = self._library.text_on(document.id, day)
            if state in _IN_FORCE:
                read += items_of(document, self._acts.acts(version.id, self._library.provisions))
        by_place: dict[Place, list[ReadItem]] = defaultdict(list)
        for item in read:
            if item.provision is not None and item.provision.article is not None:
                by_place[item.document.id, item.provision.article].append(item)
        listed: list[ReadItem] = []
        for document in catalogue.documents.values():
            if document.kind is DocumentKind.ITEM_LIST:
                version, _, _ = self._library.text_on(document.id, day)
                rows = self._library.provisions(version.id)
                listed += list_items(document, rows, self._library.places, by_place)
        return ItemsOfDay(listed, read)

    def find(self, item_id: str, days: Sequence[dt.date]) -> tuple[ReadItem, dt.date] | None:
        """An item on the first of the days on which there is one of that id."""
        for day in days:
            item = self.on(day).by_id.get(item_id)
            if item is not None:
                return item, day
        return None


class ItemsOfDay:
    """The items of a day: a row of a list stands in the place of the act that it is about."""

    def __init__(self, listed: Sequence[ReadItem], read: Sequence[ReadItem]) -> None:
        covered = {(i.provision.id, i.act) for i in listed if i.provision is not None and i.act is not None}
        own = [i for i in read if i.provision is None or (i.provision.id, i.act) not in covered]
        unique: dict[str, ReadItem] = {}
        for item in (*listed, *own):
            unique.setdefault(item.id, item)
        self.items = tuple(sorted(unique.values(), key=_place))
        self.by_id = {item.id: item for item in (*read, *unique.values())}
        self.of_document = Counter(item.document.id for item in self.items)
        self._of_article: dict[str, list[ReadItem]] = defaultdict(list)
        for item in self.items:
            if item.provision is not None:
                self._of_article[item.provision.id].append(item)

    def punished_by(self, provision_id: str) -> list[ReadItem]:
        """The items whose penalty article this is."""
        return self._of_article.get(provision_id, [])

    def list(self, request: ItemsRequest, day: dt.date, document_ids: frozenset[str] | None) -> ItemList:
        """The page of items asked for; ``document_ids``: only of these laws."""
        facets: dict[str, Values[ReadItem]] = {
            "field": lambda i: (i.field or UNSORTED,),
            "law": lambda i: (i.document.id,),
            "region": lambda i: (i.region,),
            "sanction": lambda i: tuple(k.value for k in i.sanctions),
            "source": lambda i: (i.source.value,),
        }
        chosen = {
            "field": request.field,
            "law": next(iter(document_ids)) if document_ids else None,
            "region": request.region,
            "sanction": request.sanction.value if request.sanction else None,
            "source": request.source.value if request.source else None,
        }
        worded = [i for i in self.items if has_words(request.words, i.title, _lead(i), i.document.title, i.penalty)]
        titles = {i.document.id: i.document.title for i in worded}
        labels: Mapping[str, Callable[[str], str]] = {
            "law": lambda v: titles.get(v, v),
            "source": lambda v: _SOURCES[v],
        }
        order: dict[str, Callable[[FacetValue], object]] = {}
        found = narrow(worded, facets, chosen)
        if request.words:
            found.sort(
                key=lambda i: (not has_words(request.words, i.title), not has_words(request.words, i.document.title))
            )
        return ItemList(
            items=[item_entry(i) for i in found[request.offset : request.offset + request.limit]],
            total=len(found),
            facets=ItemFacets(**count(worded, facets, chosen, labels, order)),
            as_of=day,
        )


def _lead(item: ReadItem) -> str:
    if item.act is None or item.provision is None or item.act.lead is None:
        return ""
    return item.provision.text[slice(*item.act.lead)]


def _place(item: ReadItem) -> tuple[object, ...]:
    """Order of the items: lists first, then by rank and title of the law, in printed order."""
    row = item.row.ordinal if item.row else 0
    article = item.provision.ordinal if item.provision else 0
    act = (item.act.paragraph, item.act.item or 0, item.act.act[0]) if item.act else (0, 0, 0)
    listed = item.list_document.title if item.list_document else ""
    return item.source is not ItemSource.LIST, listed, row, item.document.level.rank, item.document.title, article, act
