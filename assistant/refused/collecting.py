"""Refused questions collected (归集缺依据的提问): a layer around every person's assistant, which keeps no person."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator

from assistant.accounts.principal import Principal
from assistant.contract import AskEvent, AskRequest, AskResponse, Assistant, DoneEvent
from assistant.layer import AssistantLayer
from assistant.refused.service import RefusedService
from assistant.views import Layer
from corpus.errors import StoreUnavailable

log = logging.getLogger(__name__)


def refusals_noted(refused: RefusedService, searchable: Callable[[], bool]) -> Layer:
    """The layer. While the index is being built (not ``searchable``) a refusal says nothing of the corpus."""

    def layer(_principal: Principal, inner: Assistant) -> Assistant:
        return RefusalsNoted(inner, refused, searchable)

    return layer


class RefusalsNoted(AssistantLayer):
    """The assistant whose refusals are counted. What cannot be written down never keeps an answer from a person."""

    def __init__(self, inner: Assistant, refused: RefusedService, searchable: Callable[[], bool]) -> None:
        super().__init__(inner)
        self._refused = refused
        self._searchable = searchable

    def ask(self, request: AskRequest) -> AskResponse:
        response = self.inner.ask(request)
        self._note(request, response)
        return response

    def ask_stream(self, request: AskRequest) -> Iterator[AskEvent]:
        for event in self.inner.ask_stream(request):
            if isinstance(event, DoneEvent):
                self._note(request, event.response)
            yield event

    def _note(self, request: AskRequest, response: AskResponse) -> None:
        if not response.refused or not self._searchable():
            return
        try:
            self._refused.note(request, response)
        except StoreUnavailable as error:
            log.warning("a refused question could not be counted: %s", type(error).__name__)
