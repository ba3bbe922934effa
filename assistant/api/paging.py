"""Lists in pages (分页) that stay bare lists: the total and the way to the other pages are in the headers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from fastapi import Request
from pydantic import Field

from assistant.contract import Request as ContractRequest

Item = TypeVar("Item")


class PageQuery(ContractRequest):
    """Query string of a list that can be had in pages."""

    limit: int | None = Field(
        default=None, ge=1, le=1000, description="每页条数；缺省为全部。Items per page; absent: all of them."
    )
    offset: int = Field(default=0, ge=0, le=1_000_000_000, description="跳过的条数。Items to skip.")


PAGED: dict[int | str, dict[str, Any]] = {
    200: {
        "headers": {
            "X-Total-Count": {"description": "总条数。Items in all.", "schema": {"type": "integer"}},
            "Link": {"description": "其他各页（RFC 8288）：first、prev、next、last。", "schema": {"type": "string"}},
        }
    }
}
"""Description of a route that answers with a page of a list."""


def merged(*responses: Mapping[int | str, Mapping[str, Any]]) -> dict[int | str, dict[str, Any]]:
    """Descriptions of responses as one; what two say of the headers of one status goes together."""
    whole: dict[int | str, dict[str, Any]] = {}
    for described in responses:
        for status, words in described.items():
            found = whole.setdefault(status, {})
            headers = {**found.get("headers", {}), **words.get("headers", {})}
            found.update(words)
            if headers:
                found["headers"] = headers
    return whole


def page_of(request: Request, items: Sequence[Item], query: PageQuery) -> tuple[list[Item], dict[str, str]]:
    """The items asked for, and the headers that tell of the others."""
    total = len(items)
    headers = {"X-Total-Count": str(total)}
    if query.limit is None:
        return list(items[query.offset :]), headers
    headers["Link"] = ", ".join(
        f'<{request.url.path}?{_with(request, offset=offset, limit=query.limit)}>; rel="{name}"'
        for name, offset in _other_pages(total, query.limit, query.offset).items()
    )
    return list(items[query.offset : query.offset + query.limit]), headers


def _other_pages(total: int, limit: int, offset: int) -> dict[str, int]:
    last = max(0, (total - 1) // limit * limit)
    pages = {"first": 0, "last": last}
    if offset > 0:
        pages["prev"] = max(0, min(offset - limit, last))
    if offset + limit < total:
        pages["next"] = offset + limit
    return pages


def _with(request: Request, **changed: int) -> str:
    return request.url.include_query_params(**changed).query
