"""Material for items (素材收集): what was asked for, found among what the person may read, as it stands on the day.

``Shelves`` belongs to one view of one snapshot of the corpus: it is made of the view's catalogue, store and desk, so
what the view hides cannot get into an item, a wrong option or a proof.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache

from assistant.catalogue import Catalogue
from assistant.discretion.contract import Desk
from assistant.encyclopedia.entries import text_of_day
from assistant.encyclopedia.fields import field_of
from assistant.quiz.contract import BuildRequest
from assistant.quiz.material import LawBook, Material, SourceText
from corpus.errors import InvalidInput
from corpus.regions import lineage
from corpus.store import CorpusStore
from corpus.vocabulary import NATION, Document, DocumentKind, Shelf, State

_BOOKS = 4
_IN_FORCE = (State.IN_FORCE, State.AMENDED)
_WHOLE_SHELVES: dict[str, frozenset[DocumentKind]] = {
    "裁量基准": frozenset({DocumentKind.BENCHMARK}),
    "免罚清单": frozenset({DocumentKind.EXEMPTION_LIST}),
    "案例": frozenset({DocumentKind.CASE}),
}
"""Words that stand for every document of a kind."""
_USED = frozenset(
    {
        DocumentKind.STATUTE,
        DocumentKind.INTERPRETATION,
        DocumentKind.DECISION,
        DocumentKind.BENCHMARK,
        DocumentKind.EXEMPTION_LIST,
        DocumentKind.CASE,
    }
)
"""Kinds of documents that items are made from; amendments and their decisions are in the amended texts already."""


class Shelves:
    """What items can be made from in one view (可出题的馆藏). A snapshot, as the catalogue is."""

    def __init__(
        self, *, catalogue: Catalogue, store: CorpusStore, desk: Desk, today: Callable[[], dt.date], region: str | None
    ) -> None:
        self._catalogue = catalogue
        self._store = store
        self._desk = desk
        self._today = today
        self._region = region
        self._books = lru_cache(maxsize=_BOOKS)(self._read_book)
        self._texts = lru_cache(maxsize=_BOOKS * 4096)(self._read_text)

    @property
    def desk(self) -> Desk:
        return self._desk

    @property
    def catalogue(self) -> Catalogue:
        return self._catalogue

    def today(self) -> dt.date:
        return self._today()

    def book(self, day: dt.date | None = None, region: str | None = None) -> LawBook:
        """The law in force on a day at a place: the nation's, and that of the region with what it lies in."""
        return self._books(day or self._today(), region or self._region)

    def text(self, document_id: str, day: dt.date) -> SourceText | None:
        """The text of one document as it stands on a day; None where it is hidden, or is law and not in force."""
        return self._texts(document_id, day) if document_id in self._catalogue.documents else None

    def gather(self, request: BuildRequest) -> Material:
        """What a request asks items of. Raises InvalidInput naming a source that is not held or not in force."""
        day = request.as_of or self._today()
        region = request.region or self._region
        book = self.book(day, region)
        documents = self._chosen(request, region)
        texts = [t for d in documents if (t := self.text(d.id, day)) is not None]
        missing = [d.title for d in documents if self.text(d.id, day) is None]
        if missing and request.sources:
            raise InvalidInput(
                f"《{missing[0]}》在{day.isoformat()}没有施行，或者没有当日文本。",
                where="sources",
                remedy="请换一部法，或者改用它施行的日期。",
            )
        texts = list(_in_chapter(texts, request.chapter))
        if not texts:
            raise InvalidInput("所选范围内没有可以出题的内容。", where="sources", remedy="请放宽领域、章节或来源。")
        ids = {t.document.id for t in texts}
        return Material(
            day=day,
            texts=tuple(texts),
            book=book,
            desk=self._desk,
            standards=tuple(s for s in self._desk.standards(as_of=day) if s.document_id in ids),
            list_items=tuple(i for i in self._desk.items() if i.document_id in ids),
            region=region,
        )

    # ---- choosing ----------------------------------------------------------------------------------------------

    def _chosen(self, request: BuildRequest, region: str | None) -> list[Document]:
        if request.sources:
            found = [d for name in request.sources for d in self._named(name, region)]
        else:
            found = [d for d in self._catalogue.documents.values() if _applies(d, region) and d.kind in _USED]
        if request.field:
            found = [d for d in found if field_of(d) == request.field]
        return sorted({d.id: d for d in found}.values(), key=lambda d: (d.level.rank, d.title, d.id))

    def _named(self, name: str, region: str | None) -> Sequence[Document]:
        if name in self._catalogue.documents:
            return [self._catalogue.documents[name]]
        match = self._catalogue.names.lookup(name)
        found = [d for d in match.documents or self._catalogue.material_titled(name) if d.kind in _USED]
        near = [d for d in found if _applies(d, region)]
        if near or found:
            return near or found
        kinds = _WHOLE_SHELVES.get(name.strip("《》"))
        held = self._catalogue.documents.values()
        if kinds and (whole := [d for d in held if d.kind in kinds and (region is None or _applies(d, region))]):
            return whole
        bare = name.strip("《》 ")
        if within := [
            d for d in held if bare and bare in d.title and d.kind in _USED and d.kind.shelf is not Shelf.LAW
        ]:
            return within
        raise InvalidInput(
            f"没有可以出题的“{name}”。", where="sources", remedy="请写全称、通行简称，或者“裁量基准”“免罚清单”“案例”。"
        )

    # ---- reading -----------------------------------------------------------------------------------------------

    def _read_book(self, day: dt.date, region: str | None) -> LawBook:
        law = (d for d in self._catalogue.documents.values() if d.kind.shelf is Shelf.LAW and d.kind in _USED)
        texts = (self.text(d.id, day) for d in sorted(law, key=lambda d: d.id) if _applies(d, region))
        return LawBook(day, tuple(t for t in texts if t is not None))

    def _read_text(self, document_id: str, day: dt.date) -> SourceText | None:
        document = self._catalogue.documents[document_id]
        version, state, _ = text_of_day(self._catalogue, document_id, day, self._today())
        provisions = self._store.provisions(version.id)
        if document.kind.shelf is Shelf.LAW:
            if state not in _IN_FORCE:
                return None
            if self._catalogue.amended.get(document_id):
                today = self._today()
                provisions = [p for p in provisions if self._catalogue.standing(p, day, today).state in _IN_FORCE]
        return SourceText(document, version, state, tuple(provisions), field_of(document))


def _applies(document: Document, region: str | None) -> bool:
    """Whether a document counts at a place: the nation's and those of what the place lies in; its own too."""
    if document.region == NATION:
        return True
    return region is not None and document.region in lineage(region)


def _in_chapter(texts: Iterable[SourceText], chapter: str | None) -> Iterator[SourceText]:
    """The texts cut to the provisions under a heading that has the words; texts without such are left out."""
    for text in texts:
        if not chapter:
            yield text
            continue
        provisions = tuple(p for p in text.provisions if chapter in str(p.heading))
        if provisions:
            yield SourceText(text.document, text.version, text.state, provisions, text.field)
