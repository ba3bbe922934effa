"""What is kept of the person behind the client, over HTTP (我的): favourites, handbooks, one's own data."""

from __future__ import annotations

from urllib.parse import quote

from assistant.api.wire import Wire, body, given
from assistant.favourites.contract import Entry, EntryKey, EntryPage, EntryQuery, EntryRequest
from assistant.handbook.contract import HandbookDetail, HandbookPage, HandbookRequest
from assistant.personal.contract import Erased, PersonalData
from assistant.userdata.words import PageQuery


class MineClient:
    """Favourites, recent entries, handbooks and one's own data."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    def favourites(self, query: EntryQuery) -> EntryPage:
        return self._wire.get("/api/me/favourites", EntryPage, given(**body(query)))

    def add_favourite(self, request: EntryRequest) -> Entry:
        return Entry.model_validate_json(self._wire.send("PUT", "/api/me/favourites", json=body(request)).content)

    def remove_favourite(self, key: EntryKey) -> None:
        self._wire.send("DELETE", "/api/me/favourites", params=given(kind=key.kind, id=key.id))

    def recent(self, query: EntryQuery) -> EntryPage:
        return self._wire.get("/api/me/recent", EntryPage, given(**body(query)))

    def note_opened(self, request: EntryRequest) -> Entry:
        return self._wire.post("/api/me/recent", request, Entry)

    def clear_recent(self) -> None:
        self._wire.send("DELETE", "/api/me/recent")

    def handbooks(self, page: PageQuery) -> HandbookPage:
        return self._wire.get("/api/me/handbooks", HandbookPage, given(**body(page)))

    def handbook(self, handbook_id: str) -> HandbookDetail:
        return self._wire.get(f"/api/me/handbooks/{quote(handbook_id, safe='')}", HandbookDetail)

    def save_handbook(self, request: HandbookRequest, handbook_id: str | None = None) -> HandbookDetail:
        """A new one, or a saved one changed."""
        if handbook_id is None:
            return self._wire.post("/api/me/handbooks", request, HandbookDetail)
        sent = self._wire.send("PUT", f"/api/me/handbooks/{quote(handbook_id, safe='')}", json=body(request))
        return HandbookDetail.model_validate_json(sent.content)

    def remove_handbook(self, handbook_id: str) -> None:
        self._wire.send("DELETE", f"/api/me/handbooks/{quote(handbook_id, safe='')}")

    def handbook_docx(self, request: HandbookRequest) -> bytes:
        return self._wire.send("POST", "/api/handbook.docx", json=body(request)).content

    def data(self) -> PersonalData:
        return self._wire.get("/api/me/data", PersonalData)

    def erase_data(self) -> Erased:
        return Erased.model_validate_json(self._wire.send("DELETE", "/api/me/data").content)
