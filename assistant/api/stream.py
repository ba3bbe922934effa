"""An answer as server-sent events (流式答复): one event per notes, sentence, citation, removal, then the whole."""

from __future__ import annotations

import itertools
import json
import logging
from collections.abc import Iterable, Iterator

from fastapi.sse import EventSourceResponse, format_sse_event

from assistant.contract import AskEvent, ErrorEvent
from assistant.conversations.contract import ConversationEvent
from assistant.problems import internal_problem, problem_from_error
from corpus.errors import EAssistantError

log = logging.getLogger(__name__)


def stream_response(events: Iterator[AskEvent] | Iterator[ConversationEvent]) -> EventSourceResponse:
    """Send events as they come.

    The first is fetched before the response begins, so a question that is refused gets its problem detail with the
    right HTTP status; what fails later arrives as an ``error`` event.
    """
    first = next(events)
    headers = {"Cache-Control": "no-cache", "X-Accel-Buffering": "no"}
    return EventSourceResponse(encode_events(itertools.chain([first], events)), headers=headers)


def encode_events(events: Iterable[AskEvent] | Iterable[ConversationEvent]) -> Iterator[bytes]:
    """Wire format of the events; ``data`` is the event's JSON, ``event`` its type."""
    try:
        for event in events:
            yield _encode(event)
    except EAssistantError as error:
        yield _encode(ErrorEvent(problem=problem_from_error(error)))
    except Exception:
        log.exception("a streamed answer broke off")
        yield _encode(ErrorEvent(problem=internal_problem()))


def _encode(event: AskEvent | ConversationEvent) -> bytes:
    # Escaped to ASCII: readers of lines (httpx among them) also break at U+2028 and U+0085, which law text may hold.
    return format_sse_event(data_str=json.dumps(event.model_dump(mode="json")), event=event.event)
