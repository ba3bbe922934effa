"""The routes of favourites and recent entries (收藏与最近接口)."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Body, Query

from assistant.api.errors import refusals
from assistant.api.permission import Converser
from assistant.favourites.contract import Entry, EntryKey, EntryPage, EntryQuery, EntryRequest, Favourites

_EXAMPLE = {
    "条文": {
        "summary": "一条条文 A provision",
        "value": {"kind": "provision", "id": "npc-0123456789ab/第三十三条"},
    }
}


def build_favourites_router(favourites: Favourites) -> APIRouter:
    """``/api/me/favourites`` and ``/api/me/recent``."""
    router = APIRouter(prefix="/api/me", tags=["me"], responses=refusals(401, 403, 422, 503))

    @router.get("/favourites", summary="收藏 Favourites")
    def listed(converser: Converser, query: Annotated[EntryQuery, Query()]) -> EntryPage:
        """本人的收藏，新的在前，只列仍可阅读的。One's favourites that one may still read, newest first."""
        return favourites.favourites(converser, query)

    @router.put("/favourites", summary="加入收藏 Add a favourite", responses=refusals(404, 409))
    def add(converser: Converser, request: Annotated[EntryRequest, Body(openapi_examples=_EXAMPLE)]) -> Entry:
        """加入收藏；已在其中则更新。Adds it; one that is there already is renewed."""
        return favourites.add(converser, request)

    @router.delete("/favourites", status_code=204, summary="取消收藏 Remove a favourite")
    def remove(converser: Converser, key: Annotated[EntryKey, Query()]) -> None:
        """取消收藏；不在其中也不报错。Removes it; one that is not there is no error."""
        favourites.remove(converser, key)

    @router.get("/recent", summary="最近打开 Recent entries")
    def recent(converser: Converser, query: Annotated[EntryQuery, Query()]) -> EntryPage:
        """本人最近打开的条目，至多五十项。The entries opened last, fifty at most."""
        return favourites.recent(converser, query)

    @router.post("/recent", summary="记为最近打开 Note an opened entry", responses=refusals(404))
    def opened(converser: Converser, request: Annotated[EntryRequest, Body(openapi_examples=_EXAMPLE)]) -> Entry:
        """记下打开了哪一项。Notes that an entry was opened."""
        return favourites.opened(converser, request)

    @router.delete("/recent", status_code=204, summary="清空最近打开 Clear recent entries")
    def clear_recent(converser: Converser) -> None:
        """清空最近打开的记录。Forgets what was opened."""
        favourites.clear_recent(converser)

    return router
