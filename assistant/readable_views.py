"""Views of a running service (按人的视图): one for all who may read everything, one for each set of hidden documents.

Which documents are hidden from a person is asked anew at every request, so a limit counts from the next request on.
People from whom the same documents are hidden share a view; the views used last are kept.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from threading import Lock
from typing import TypeVar

from assistant.accounts.principal import Principal
from assistant.accounts.reading import hidden_from
from assistant.contract import Assistant, Preparation
from assistant.discretion.contract import Desk
from assistant.discretion.desk import DiscretionDesk
from assistant.discretion.gate import DeskGate
from assistant.gate import Gate, still_preparing
from assistant.service import AssistantService
from corpus.citations import Resolver
from corpus.readers import Readers
from corpus.store import CorpusStore
from corpus.store.readable import ReadableStore
from corpus.store.readers import limited_documents, readers_revision

VIEWS_KEPT = 64

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class View:
    """The service as those see it from whom the same documents are hidden.

    ``store`` holds nothing of them; ``texts`` remembers what was read of it. ``once`` keeps what another part of the
    program makes of this view.
    """

    store: CorpusStore
    texts: CorpusStore
    assistant: Assistant
    desk: Desk
    _made: dict[str, object] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def once(self, name: str, make: Callable[[CorpusStore], T]) -> T:
        """What ``make`` gives for the store of this view, made when first wanted."""
        with self._lock:
            if name not in self._made:
                self._made[name] = make(self.store)
            return self._made[name]  # type: ignore[return-value]


@dataclass(frozen=True, slots=True)
class _Snapshot:
    """What views are cut from: the service and the desk over everything that is held."""

    service: AssistantService
    desk: DiscretionDesk


class ReadableViews:
    """Implements ``Views`` over a store; ``assistant`` and ``desk`` are the gates of those who may read everything.

    Until ``open`` is called every view refuses as the gates do.
    """

    def __init__(
        self, store: CorpusStore, assistant: Gate, desk: DeskGate, preparation: Callable[[], Preparation]
    ) -> None:
        self._store = store
        self._preparation = preparation
        self._assistant = assistant
        self._desk = desk
        self._snapshot: _Snapshot | None = None
        self._whole = View(store, store, assistant, desk)
        self._views: OrderedDict[frozenset[str], View] = OrderedDict()
        self._limited: tuple[str, Mapping[str, Readers]] | None = None
        self._lock = Lock()

    def open(self, service: AssistantService, desk: DiscretionDesk) -> None:
        """Cut views from these parts from now on; those cut before are dropped."""
        self._desk.set(desk)
        self._assistant.set(service)
        self._renew(_Snapshot(service, desk))

    def close(self) -> None:
        """Refuse again until parts are given."""
        self._renew(None)
        self._assistant.close()
        self._desk.close()

    def assistant(self, principal: Principal) -> Assistant:
        return self.of(principal).assistant

    def desk(self, principal: Principal) -> Desk:
        return self.of(principal).desk

    @property
    def whole(self) -> View:
        """The view of those who may read everything. Raises StillPreparing until parts are given."""
        if self._snapshot is None:
            raise still_preparing(self._preparation())
        return self._whole

    def hidden(self, principal: Principal) -> frozenset[str]:
        """Ids of the documents that a person may not read, whether they are held now or not."""
        return frozenset() if principal.reads_everything else hidden_from(principal, self._limits())

    def of(self, principal: Principal) -> View:
        """The view of a person."""
        hidden = self.hidden(principal)
        with self._lock:
            if not hidden:
                return self._whole
            view = self._views.get(hidden)
            if view is None:
                view = self._views[hidden] = self._cut(hidden)
                while len(self._views) > VIEWS_KEPT:
                    self._views.popitem(last=False)
            self._views.move_to_end(hidden)
            return view

    def _cut(self, hidden: frozenset[str]) -> View:
        store = ReadableStore(self._store, hidden)
        texts: CorpusStore = store
        assistant, desk = Gate(self._preparation), DeskGate(self._preparation)
        if self._snapshot is not None:
            catalogue = self._snapshot.service.catalogue.without(store)
            desk_cut = self._snapshot.desk.without(store, Resolver(store, catalogue.names))
            desk.set(desk_cut)
            service = self._snapshot.service.without(store, catalogue, desk_cut)
            texts = service.texts
            assistant.set(service)
        return View(store, texts, assistant, desk)

    def _renew(self, snapshot: _Snapshot | None) -> None:
        with self._lock:
            self._snapshot = snapshot
            texts = snapshot.service.texts if snapshot is not None else self._store
            self._whole = View(self._store, texts, self._assistant, self._desk)
            self._views.clear()

    def _limits(self) -> Mapping[str, Readers]:
        revision = readers_revision(self._store)
        known = self._limited
        if known is None or known[0] != revision:
            known = self._limited = (revision, limited_documents(self._store))
        return known[1]
