"""Answers that a caller may keep (缓存): with a strong tag of what they say, asked again with ``If-None-Match``.

The tag is made of the answer itself, so it changes with the corpus, the person's view, the day and the program, and
with nothing else. Each time the answer is asked for anew: the day goes on, and each look is on record.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any, TypeVar

from fastapi import Request, Response
from pydantic import BaseModel, TypeAdapter

_HEADERS = {"Cache-Control": "private, no-cache", "Vary": "Authorization, Cookie"}

NOT_MODIFIED: dict[int | str, dict[str, Any]] = {
    200: {
        "headers": {
            "ETag": {"description": "内容标记，强校验。Strong tag of the answer.", "schema": {"type": "string"}}
        }
    },
    304: {"description": "自上次以来没有变化（If-None-Match）。Unchanged since the tag that was given."},
}
"""Description of a route that answers with ``tagged``."""

Item = TypeVar("Item")


def tagged(request: Request, value: BaseModel | Sequence[BaseModel], headers: dict[str, str] | None = None) -> Response:
    """The value as JSON with its tag; 304 without a body where the caller holds just this."""
    body = value.model_dump_json().encode() if isinstance(value, BaseModel) else _LIST.dump_json(list(value))
    etag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    sent = {**_HEADERS, "ETag": etag, **(headers or {})}
    if _holds(request.headers.get("if-none-match", ""), etag):
        return Response(status_code=304, headers=sent)
    return Response(body, media_type="application/json", headers=sent)


_LIST: TypeAdapter[list[Any]] = TypeAdapter(list[Any])


def _holds(if_none_match: str, etag: str) -> bool:
    """Whether a header names the tag (RFC 9110, 13.1.2: weak comparison)."""
    named = {part.strip().removeprefix("W/") for part in if_none_match.split(",")}
    return etag in named or "*" in named
