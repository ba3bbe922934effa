"""Reading server-sent events (事件流) back into the contract's events."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pydantic import TypeAdapter

from assistant.contract import AskEvent

_EVENT: TypeAdapter[AskEvent] = TypeAdapter(AskEvent)
_KINDS = frozenset(("notes", "sentence", "citation", "removed", "done", "error"))


def decode_events(lines: Iterable[str]) -> Iterator[AskEvent]:
    """Events from the lines of a response body; comments and unknown event types are skipped."""
    for kind, data in decode_sse(lines):
        if kind in _KINDS:
            yield _EVENT.validate_json(data)


def decode_sse(lines: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Type and data of each event of a response body; comments are skipped."""
    kind, data = "", []
    for line in lines:
        if line.startswith("event:"):
            kind = line[6:].strip()
        elif line.startswith("data:"):
            data.append(line[5:].removeprefix(" "))
        elif not line and data:
            yield kind, "\n".join(data)
            kind, data = "", []
