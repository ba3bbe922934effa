"""The first question does not wait (预热): what searches and answers read when first needed is read at the start."""

from __future__ import annotations

import logging
from collections.abc import Callable

from assistant.contract import Assistant, SearchRequest
from assistant.discretion.contract import Desk, FindRequest
from corpus.errors import EAssistantError

log = logging.getLogger(__name__)

_TYPICAL = ("占用消防通道停车罚多少钱", "对处罚决定不服，多久以内可以申请复议")


def warm_up(assistant: Assistant, desk: Desk, stop: Callable[[], bool]) -> None:
    """Ask typical questions of the service and the desk. What fails here is told to whoever asks, not now."""
    for question in _TYPICAL:
        if stop():
            return
        try:
            assistant.search(SearchRequest(question=question))
            desk.find(FindRequest(description=question))
        except EAssistantError as error:
            log.warning("the service could not be warmed up: %s", error)
            return
