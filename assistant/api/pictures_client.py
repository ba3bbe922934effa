"""Page pictures over HTTP (页面图像)."""

from __future__ import annotations

from urllib.parse import quote

from assistant.api.wire import Wire, given
from assistant.page_pictures.contract import MARKED, PAGE, PAGES, PagePicture


class PicturesClient:
    """The page pictures of a running service; implements ``assistant.page_pictures.Pictures``."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    def picture(self, provision_id: str, page: int | None = None) -> PagePicture:
        answer = self._wire.send("GET", f"/api/provisions/{quote(provision_id)}/picture", params=given(page=page))
        pages = tuple(int(number) for number in answer.headers[PAGES].split(","))
        return PagePicture(answer.content, int(answer.headers[PAGE]), pages, answer.headers[MARKED] == "true")
