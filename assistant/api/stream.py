"""An answer as server-sent events (流式答复): one event per notes, sentence, citation, removal, then the whole."""

from __future__ import annotations

import asyncio
import itertools
import json
import logging
import threading
from collections import deque
from collections.abc import AsyncIterator, Iterable, Iterator

from fastapi.concurrency import run_in_threadpool
from fastapi.sse import EventSourceResponse, format_sse_event

from assistant.contract import AskEvent, ErrorEvent
from assistant.conversations.contract import ConversationEvent
from assistant.problems import internal_problem, problem_from_error
from corpus.errors import EAssistantError

log = logging.getLogger(__name__)

HEARTBEAT_S = 10.0
"""A comment is sent when nothing else was for so long, so that proxies keep the connection."""
RETRY_MS = 5000
_LOOK_EVERY_S = 0.05
_AT_ONCE = 64  # events taken ahead of a caller who is slow to read
_HEARTBEAT = b": still working\n\n"


def stream_response(events: Iterator[AskEvent] | Iterator[ConversationEvent]) -> EventSourceResponse:
    """Send events as they come.

    The first is fetched before the response begins, so a question that is refused gets its problem detail with the
    right HTTP status; what fails later arrives as an ``error`` event. When the caller leaves, the work ends with the
    event it is at, and the generator is closed.
    """
    first = next(events)
    headers = {"Cache-Control": "no-cache", "X-Accel-Buffering": "no"}
    return EventSourceResponse(with_heartbeats(_resumed(first, events)), headers=headers)


def _resumed(
    first: AskEvent | ConversationEvent, events: Iterator[AskEvent] | Iterator[ConversationEvent]
) -> Iterator[bytes]:
    try:
        yield from encode_events(itertools.chain([first], events))
    finally:
        close = getattr(events, "close", None)
        if close is not None:
            close()


async def with_heartbeats(chunks: Iterator[bytes], every_s: float = HEARTBEAT_S) -> AsyncIterator[bytes]:
    """The chunks of a generator that works in threads, with a comment whenever it takes long over the next.

    A thread takes what comes at once in one go, because every change between threads waits for the interpreter; while
    it waits for a slow one (a model's next word), what it has taken is sent.
    """
    taken: deque[bytes] = deque()
    left = threading.Event()
    loop = asyncio.get_running_loop()
    said = loop.time()
    step: asyncio.Future[bool] | None = None
    try:
        while True:
            step = step or asyncio.ensure_future(run_in_threadpool(_take, chunks, taken, left))
            await asyncio.wait({step}, timeout=min(_LOOK_EVERY_S, every_s))
            more = True
            if step.done():
                more, step = step.result(), None
            if taken:
                yield b"".join(taken.popleft() for _ in range(len(taken)))
                said = loop.time()
            if not more:
                return
            if loop.time() - said >= every_s:
                yield _HEARTBEAT
                said = loop.time()
    finally:
        left.set()
        ending = asyncio.ensure_future(_end(chunks, step))
        _endings.add(ending)
        ending.add_done_callback(_endings.discard)


def _take(chunks: Iterator[bytes], taken: deque[bytes], left: threading.Event) -> bool:
    """Take the next chunks until the caller leaves; whether there may be more."""
    for _ in range(_AT_ONCE):
        chunk = next(chunks, None)
        if chunk is None:
            return False
        taken.append(chunk)
        if left.is_set():
            break
    return True


async def _end(chunks: Iterator[bytes], step: asyncio.Future[bool] | None) -> None:
    """Close the generator, in a thread, once it has come out of the step it is in."""
    if step is not None:
        await asyncio.wait({step})
    close = getattr(chunks, "close", None)
    if close is None:
        return
    try:
        await run_in_threadpool(close)
    except Exception:
        log.exception("the end of a streamed answer could not be recorded")


_endings: set[asyncio.Future[None]] = set()
"""Keeps the endings alive: the event loop holds its tasks by weak reference only."""


def encode_events(events: Iterable[AskEvent] | Iterable[ConversationEvent]) -> Iterator[bytes]:
    """Wire format of the events; ``data`` is the event's JSON, ``event`` its type, ``id`` its number."""
    numbers = itertools.count(1)
    try:
        for event in events:
            yield _encode(event, next(numbers))
    except EAssistantError as error:
        yield _encode(ErrorEvent(problem=problem_from_error(error)), next(numbers))
    except Exception:
        log.exception("a streamed answer broke off")
        yield _encode(ErrorEvent(problem=internal_problem()), next(numbers))


def _encode(event: AskEvent | ConversationEvent, number: int) -> bytes:
    # Escaped to ASCII: readers of lines (httpx among them) also break at U+2028 and U+0085, which law text may hold.
    return format_sse_event(
        data_str=json.dumps(event.model_dump(mode="json")),
        event=event.event,
        id=str(number),
        retry=RETRY_MS if number == 1 else None,
    )
