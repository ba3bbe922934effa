"""Where the request at hand came from (请求来源): set once per request by the outermost layer, read when recording."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from assistant.auditlog.contract import Surface

HEADER = "X-EAssistant-Surface"
"""Request header in which the programs of this project say which surface they are; others are the API."""


@dataclass(frozen=True, slots=True)
class Origin:
    """By which way a request came, from which address, under which id."""

    surface: Surface = Surface.SERVICE
    address: str | None = None
    request_id: str | None = None


_NOWHERE = Origin()
_current: ContextVar[Origin] = ContextVar("origin", default=_NOWHERE)


def current() -> Origin:
    """The origin of the request at hand; the service itself where there is none."""
    return _current.get()


@contextmanager
def coming_from(origin: Origin) -> Iterator[None]:
    """Within the block, what is recorded came from there."""
    token = _current.set(origin)
    try:
        yield
    finally:
        _current.reset(token)


def surface_of(header: str | None) -> Surface:
    """The surface that a request says it comes from: a claim, good for telling entries apart and nothing else."""
    named = (header or "").strip().lower()
    return Surface(named) if named in (Surface.PAGE, Surface.MCP, Surface.CLI) else Surface.API
