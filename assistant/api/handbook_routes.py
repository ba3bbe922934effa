"""The routes of handbooks (执法手册接口): kept per person, and written as Word files."""

from __future__ import annotations

from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Body, Path, Query
from fastapi.responses import Response

from assistant.api.errors import refusals
from assistant.api.permission import Converser, Reader
from assistant.handbook.contract import HandbookDetail, HandbookPage, HandbookRequest, Handbooks
from assistant.userdata.words import PageQuery
from assistant.views import Views

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_Id = Annotated[str, Path(description="手册编号。Id of the handbook.", max_length=64)]
_FILE: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "DOCX 文件。The document.",
        "content": {DOCX: {"schema": {"type": "string", "format": "binary"}}},
    }
}
_EXAMPLE = {
    "标题、条文与说明": {
        "summary": "标题、条文与说明 A heading, a passage, a note",
        "value": {
            "title": "占道经营执法手册",
            "parts": [
                {"kind": "heading", "text": "一、处罚依据"},
                {"kind": "passage", "provision_id": "npc-0123456789ab/第三十三条"},
                {"kind": "note", "text": "先责令改正，再立案。"},
            ],
        },
    }
}


def build_handbook_router(handbooks: Handbooks, views: Views) -> APIRouter:
    """``/api/me/handbooks`` and ``/api/handbook.docx``."""
    router = APIRouter(prefix="/api", tags=["handbooks"], responses=refusals(401, 403, 404, 422, 503))

    @router.get("/me/handbooks", summary="我的执法手册 One's handbooks")
    def own(converser: Converser, query: Annotated[PageQuery, Query()]) -> HandbookPage:
        """本人保存的手册，新的在前。One's handbooks, the last changed first."""
        return handbooks.own(converser, query)

    @router.post("/me/handbooks", status_code=201, summary="保存手册 Save a handbook", responses=refusals(409))
    def save(
        converser: Converser, request: Annotated[HandbookRequest, Body(openapi_examples=_EXAMPLE)]
    ) -> HandbookDetail:
        """保存手册，附各条文的状态。Saves it; tells how its passages stand."""
        return handbooks.save(converser, views.assistant(converser), request)

    @router.get("/me/handbooks/{handbook_id}", summary="一本手册 One handbook")
    def entry(converser: Converser, handbook_id: _Id) -> HandbookDetail:
        """手册的内容；其后已修改的条文有标记。Its content; passages amended since are marked."""
        return handbooks.entry(converser, views.assistant(converser), handbook_id)

    @router.put("/me/handbooks/{handbook_id}", summary="修改手册 Change a handbook")
    def change(
        converser: Converser, handbook_id: _Id, request: Annotated[HandbookRequest, Body(openapi_examples=_EXAMPLE)]
    ) -> HandbookDetail:
        """以新的内容代替。Replaces its content."""
        return handbooks.save(converser, views.assistant(converser), request, handbook_id)

    @router.delete("/me/handbooks/{handbook_id}", status_code=204, summary="删除手册 Delete a handbook")
    def remove(converser: Converser, handbook_id: _Id) -> None:
        """删除手册。Deletes it."""
        handbooks.remove(converser, handbook_id)

    @router.get("/me/handbooks/{handbook_id}/docx", summary="导出手册 Export", response_class=Response, responses=_FILE)
    def saved_docx(converser: Converser, handbook_id: _Id) -> Response:
        """保存的手册，DOCX。A saved handbook as a Word file."""
        return _file(handbooks.saved_docx(converser, views.assistant(converser), handbook_id))

    @router.post("/handbook.docx", summary="写出手册 Write a handbook", response_class=Response, responses=_FILE)
    def docx(reader: Reader, request: Annotated[HandbookRequest, Body(openapi_examples=_EXAMPLE)]) -> Response:
        """不保存，直接写出 DOCX。Writes the Word file without keeping the handbook."""
        return _file(handbooks.docx(views.assistant(reader), request))

    return router


def _file(written: bytes) -> Response:
    name = quote("执法手册.docx")
    headers = {"Content-Disposition": f"attachment; filename=\"handbook.docx\"; filename*=UTF-8''{name}"}
    return Response(written, media_type=DOCX, headers=headers)
