"""The route of page pictures (页面图像接口): the page of the original that a provision stands on, its words marked."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Path, Query
from fastapi.responses import Response
from pydantic import Field

from assistant.api.errors import refusals
from assistant.api.permission import Reader
from assistant.contract import Request
from assistant.page_pictures.contract import MARKED, PAGE, PAGES, Pictures
from assistant.views import Views

PNG = "image/png"

_PICTURE: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "PNG 图片。The page, the provision's words in yellow.",
        "content": {PNG: {"schema": {"type": "string", "format": "binary"}}},
        "headers": {
            PAGE: {"description": "所示的页。Page shown.", "schema": {"type": "integer"}},
            PAGES: {"description": "这一条可能所在的各页。Pages there are, as 16,17.", "schema": {"type": "string"}},
            MARKED: {"description": "是否在页上标出原文。Words are marked.", "schema": {"type": "boolean"}},
        },
    }
}  # fmt: skip


class PagePictureQuery(Request):
    """Query string of a page picture."""

    page: Annotated[
        int | None, Field(ge=1, le=100_000, description="页码，自 1 起；缺省为这一条的第一页。Page, from 1.")
    ] = None


def build_pictures_router(views: Views, pictures: Pictures) -> APIRouter:
    """``GET /api/provisions/{id}/picture``; comes before the route of provisions, whose path takes anything."""
    router = APIRouter(prefix="/api", responses=refusals(401, 403, 404, 422, 503))

    @router.get(
        "/provisions/{provision_id:path}/picture",
        tags=["corpus"],
        summary="条文所在页面 Page picture",
        response_class=Response,
        responses=_PICTURE,
    )
    def picture(
        reader: Reader,
        provision_id: Annotated[
            str,
            Path(
                max_length=500,
                description="条文编号。Id of the provision.",
                openapi_examples={"row": {"summary": "裁量表的一行", "value": "f-1/表1第1行"}},
            ),
        ],
        query: Annotated[PagePictureQuery, Query()],
    ) -> Response:
        """PDF 原件中这一条所在的页，原文以黄色标出；没有 PDF 原件时为 404。The page of the original, words marked."""
        views.assistant(reader).provision(provision_id)
        found = pictures.picture(provision_id, query.page)
        headers = {
            PAGE: str(found.page),
            PAGES: ",".join(map(str, found.pages)),
            MARKED: str(found.marked).lower(),
            "Cache-Control": "private, max-age=600",
        }
        return Response(found.png, media_type=PNG, headers=headers)

    return router
