"""What one person's items can rest on (可用依据): the shelves of a view, citations found in it, changes seen in it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property

from assistant.accounts.principal import Principal
from assistant.catalogue import Catalogue
from assistant.encyclopedia.entries import text_of_day
from assistant.quiz.bank.fit import FitItems
from assistant.quiz.bank.stale import Now, judged
from assistant.quiz.binding import digest
from assistant.quiz.contract import Blocked, ItemCitation, ItemContent
from assistant.quiz.gathering import Shelves
from assistant.quiz.material import SourceText
from assistant.readable_views import ReadableViews, View
from corpus.citations import Resolver
from corpus.store import CorpusStore
from corpus.vocabulary import Provision, State

_NAME = "quiz shelves"
_IN_FORCE = (State.IN_FORCE, State.AMENDED)


class Texts:
    """What stands today where citations point to; made for one run, it looks up each document once."""

    def __init__(self, shelves: Shelves, store: CorpusStore) -> None:
        self._shelves = shelves
        self._store = store
        self._held: dict[tuple[str, dt.date], _Held | None] = {}

    def judged(self, content: ItemContent, day: dt.date) -> tuple[Blocked | None, ItemContent]:
        """Why an item may not be used on a day, and the item bound to the texts of that day where it may.

        A computed key is computed anew: the records of a benchmark can be corrected while its words stay.
        """
        blocked, bound = judged(content, lambda citation: self.now(citation, day))
        if blocked is None and content.claim is not None and content.claim.request:
            blocked = self._computed_otherwise(content)
        return blocked, bound

    def _computed_otherwise(self, content: ItemContent) -> Blocked | None:
        from assistant.quiz.makers.records.verify import verify_computed

        same, detail = verify_computed(content, self._shelves.desk)
        if same or not content.citations:
            return None
        return Blocked(citation=content.citations[0].citation, reason=f"按现行裁量数据复算，结果不同：{detail}"[:400])

    def now(self, citation: ItemCitation, day: dt.date) -> Now:
        """What stands there on a day."""
        held = self._of(citation.document_id, day)
        if held is None:
            return Now(None)
        title = held.title
        place = _place(citation.provision_id)
        provision = held.by_place.get(place)
        if provision is not None and digest(provision.text) == citation.digest:
            return Now(title, provision)
        moved = held.by_digest.get(citation.digest)
        reason = held.reason
        if held.text is not None and provision is None:
            reason = self._amended(held.text, place, day)
        return Now(title, provision, moved, self._earlier(citation), reason, held.since)

    def _of(self, document_id: str, day: dt.date) -> _Held | None:
        key = (document_id, day)
        if key not in self._held:
            self._held[key] = self._read(document_id, day)
        return self._held[key]

    def _read(self, document_id: str, day: dt.date) -> _Held | None:
        catalogue = self._shelves.catalogue
        if document_id not in catalogue.documents:
            return None
        title = catalogue.documents[document_id].title
        version, state, reason = text_of_day(catalogue, document_id, day, self._shelves.today())
        text = self._shelves.text(document_id, day) if state in _IN_FORCE else None
        if text is None:
            return _Held(title, None, reason or "文件已不再施行。", version.validity.end.day)
        return _Held(title, text, "", text.version.validity.commencement.day or text.version.validity.published)

    def _amended(self, text: SourceText, place: str, day: dt.date) -> str:
        """Why an article of the text in force does not stand: amended, and the amended words are not held."""
        article = self._store.provision(f"{text.version.id}/{place}")
        if article is None:
            return ""
        return self._shelves.catalogue.standing(article, day, self._shelves.today()).reason

    def _earlier(self, citation: ItemCitation) -> str:
        cited = self._store.provision(citation.provision_id)
        return cited.text if cited is not None and digest(cited.text) == citation.digest else ""


def _place(provision_id: str) -> str:
    """Where a provision stands in its text: what its id says beside the text's own."""
    return provision_id.partition("/")[2]


@dataclass
class _Held:
    title: str
    text: SourceText | None
    reason: str
    since: dt.date | None

    @cached_property
    def by_place(self) -> dict[str, Provision]:
        return {_place(p.id): p for p in self.text.provisions} if self.text else {}

    @cached_property
    def by_digest(self) -> dict[str, Provision]:
        return {digest(p.text): p for p in self.text.provisions} if self.text else {}


@dataclass(frozen=True, slots=True)
class Shelf:
    """The shelves of a view with what reads citations there, and which items were found fit to use."""

    shelves: Shelves
    store: CorpusStore
    resolver: Resolver
    fit: FitItems = field(default_factory=FitItems)

    def texts(self) -> Texts:
        return Texts(self.shelves, self.store)


class ReadableShelf:
    """The shelf of each person; one is kept with each view. Raises StillPreparing while the service starts."""

    def __init__(self, views: ReadableViews, today: Callable[[], dt.date], region: str | None) -> None:
        self._views = views
        self._today = today
        self.region = region

    def hidden(self, person: Principal) -> frozenset[str]:
        return self._views.hidden(person)

    def today(self) -> dt.date:
        return self._today()

    def of(self, person: Principal) -> Shelf:
        return self.with_hidden(person)[0]

    def with_hidden(self, person: Principal) -> tuple[Shelf, frozenset[str]]:
        """The shelf of a person, and what is hidden from that person."""
        hidden = self._views.hidden(person)
        return self._shelf(self._views.of(person) if hidden else self._views.whole), hidden

    def whole(self) -> Shelf:
        """The shelf of everything that is held."""
        return self._shelf(self._views.whole)

    def _shelf(self, view: View) -> Shelf:
        def make(store: CorpusStore) -> Shelf:
            catalogue = Catalogue.read(store)
            shelves = Shelves(catalogue=catalogue, store=store, desk=view.desk, today=self._today, region=self.region)
            return Shelf(shelves, store, Resolver(store, catalogue.names))

        return view.once(_NAME, make)
