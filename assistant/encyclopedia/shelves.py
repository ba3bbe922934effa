"""Browsing the shelves (书架浏览): documents by field, rank, region, year and state, cases by the law they cite."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Mapping, Sequence

from assistant.encyclopedia.contract import (
    DocumentEntry,
    DocumentList,
    DocumentsRequest,
    Facets,
    FacetValue,
    ShelfOverview,
)
from assistant.encyclopedia.facets import Values, count, has_words, narrow
from corpus.vocabulary import KIND_ZH, STATE_ZH, DocumentKind, EffectLevel, Shelf, State

_SHELVES = list(Shelf)
_KINDS = list(DocumentKind)


def list_documents(
    entries: Sequence[DocumentEntry],
    request: DocumentsRequest,
    day: dt.date,
    cited: Mapping[str, Collection[str]],
    titles: Mapping[str, str],
) -> DocumentList:
    """The page of documents asked for. ``cited``: document id → ids of the laws it cites."""
    facets: dict[str, Values[DocumentEntry]] = {
        "shelf": lambda e: (e.shelf.value,),
        "kind": lambda e: (e.kind.value,),
        "field": lambda e: (e.field,),
        "level": lambda e: (e.level.value,),
        "region": lambda e: (e.region,),
        "year": lambda e: (str(e.published.year),) if e.published else (),
        "state": lambda e: (e.status.value,) if e.shelf is Shelf.LAW else (),
        "law": lambda e: cited.get(e.document_id, ()),
    }
    chosen = {
        "shelf": request.shelf.value if request.shelf else None,
        "kind": request.kind.value if request.kind else None,
        "field": request.field,
        "level": request.level.value if request.level else None,
        "region": request.region,
        "year": str(request.year) if request.year else None,
        "state": request.state.value if request.state else None,
        "law": request.law,
    }
    worded = [e for e in entries if has_words(request.words, e.title, e.number or "", e.issuer or "")]
    labels: dict[str, Callable[[str], str]] = {
        "kind": lambda v: KIND_ZH[DocumentKind(v)],
        "state": lambda v: STATE_ZH[State(v)],
        "law": lambda v: titles.get(v, v),
    }
    order: dict[str, Callable[[FacetValue], object]] = {
        "shelf": lambda f: _SHELVES.index(Shelf(f.value)),
        "kind": lambda f: _KINDS.index(DocumentKind(f.value)),
        "level": lambda f: (EffectLevel(f.value).rank, f.value),
        "year": lambda f: -int(f.value),
    }
    found = sorted(narrow(worded, facets, chosen), key=lambda e: _place(e, request.words))
    return DocumentList(
        items=found[request.offset : request.offset + request.limit],
        total=len(found),
        facets=Facets(**count(worded, facets, chosen, labels, order)),
        as_of=day,
    )


def overview_of(entries: Sequence[DocumentEntry]) -> list[ShelfOverview]:
    """What stands on each shelf, by kind and field."""
    told = []
    for shelf in Shelf:
        here = [e for e in entries if e.shelf is shelf]
        facets: dict[str, Values[DocumentEntry]] = {"kind": lambda e: (e.kind.value,), "field": lambda e: (e.field,)}
        labels: dict[str, Callable[[str], str]] = {"kind": lambda v: KIND_ZH[DocumentKind(v)]}
        counted = count(here, facets, {}, labels, {})
        told.append(ShelfOverview(shelf=shelf, documents=len(here), kinds=counted["kind"], fields=counted["field"]))
    return told


def _place(entry: DocumentEntry, words: str | None) -> tuple[object, ...]:
    """Order of a list: titles that begin with the words, then by shelf, rank and title."""
    short = entry.title.removeprefix("中华人民共和国")
    exact = 0 if words and short.startswith(words) else 1
    return exact, _SHELVES.index(entry.shelf), entry.level.rank, short, entry.document_id
