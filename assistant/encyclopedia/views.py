"""The encyclopedia as each person sees it (按人的百科): one for each set of hidden documents, made when first asked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Protocol

from assistant.accounts.principal import LOCAL, Principal
from assistant.assembly import assemble_encyclopedia
from assistant.encyclopedia.contract import Encyclopedia
from assistant.encyclopedia.items import ActReader
from assistant.encyclopedia.service import EncyclopediaService
from assistant.readable_views import ReadableViews

_NAME = "encyclopedia"
_ACTS = "acts"


class Encyclopedias(Protocol):
    """The encyclopedia, cut to what a person may read. Raises StillPreparing while the service starts."""

    def of(self, principal: Principal) -> Encyclopedia: ...


class ReadableEncyclopedias:
    """Implements ``Encyclopedias`` over the views; what penalty articles say is read once for all of them."""

    def __init__(self, views: ReadableViews, today: Callable[[], dt.date], region: str | None = None) -> None:
        self._views = views
        self._today = today
        self._region = region

    def prepare(self) -> None:
        """Read what the encyclopedia of those who may read everything needs, so that nobody has to wait for it."""
        self.of(LOCAL).prepare()

    def of(self, principal: Principal) -> EncyclopediaService:
        acts = self._views.whole.once(_ACTS, lambda _store: ActReader())
        view = self._views.of(principal)
        return view.once(
            _NAME,
            lambda _store: assemble_encyclopedia(
                view.texts, self._today, self._region, desk=view.desk, assistant=view.assistant, acts=acts
            ),
        )


class OneEncyclopedia:
    """One and the same encyclopedia for everybody: where no document is limited, and for stand-ins."""

    def __init__(self, everyones: Encyclopedia) -> None:
        self._everyones = everyones

    def of(self, _principal: Principal) -> Encyclopedia:
        return self._everyones
