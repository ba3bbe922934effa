"""The service as one person sees it (按人查阅): who may not read a document never meets it, on any surface.

A view is made of a catalogue without the hidden documents and of searches that leave them out inside the index query.
Whoever answers a person goes through ``Views``; nothing else hands out the service.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from assistant.accounts.principal import Principal
from assistant.contract import Assistant
from assistant.discretion.contract import Desk


class Views(Protocol):
    """The parts of the service, cut to what a person may read. Raises StillPreparing while the service starts."""

    def assistant(self, principal: Principal) -> Assistant: ...

    def desk(self, principal: Principal) -> Desk: ...


@dataclass(frozen=True, slots=True)
class OpenViews:
    """One and the same service for everybody: where no document is limited, and for stand-ins."""

    everyones_assistant: Assistant
    everyones_desk: Desk

    def assistant(self, _principal: Principal) -> Assistant:
        return self.everyones_assistant

    def desk(self, _principal: Principal) -> Desk:
        return self.everyones_desk


Layer = Callable[[Principal, Assistant], Assistant]
"""Something put around a person's assistant: answers that reviewers wrote come first, what is asked goes on record."""


@dataclass(frozen=True, slots=True)
class LayeredViews:
    """Views with layers around every assistant, the first layer innermost, and one around every desk."""

    inner: Views
    layers: tuple[Layer, ...]
    desk_layer: Callable[[Principal, Desk], Desk] = lambda _principal, desk: desk

    def assistant(self, principal: Principal) -> Assistant:
        assistant = self.inner.assistant(principal)
        for layer in self.layers:
            assistant = layer(principal, assistant)
        return assistant

    def desk(self, principal: Principal) -> Desk:
        return self.desk_layer(principal, self.inner.desk(principal))
