"""The routes of the discretion desk (裁量核查接口): each calls the desk once and returns what it gave."""

from __future__ import annotations

from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Body, Path, Query
from fastapi import Request as HttpRequest
from fastapi.responses import Response
from pydantic import Field

from assistant.api.caching import NOT_MODIFIED, tagged
from assistant.api.errors import refusals
from assistant.api.paging import PAGED, PageQuery, merged, page_of
from assistant.api.permission import Reader, Reviewer
from assistant.contract import OptionalDay, Request
from assistant.discretion.contract import (
    AuditRequest,
    AuditResponse,
    CheckRequest,
    CheckResponse,
    ComputeRequest,
    ComputeResponse,
    CorrectionRequest,
    ExplainRequest,
    ExplainResponse,
    FindRequest,
    FindResponse,
    ItemInfo,
    ReviewEntry,
    StandardInfo,
)
from assistant.views import Views

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PNG = "image/png"

Key = Annotated[str, Path(description="编号：<version_id>/<记录编号>。Key of the record.", max_length=500)]
_Document = Annotated[
    str | None, Field(max_length=500, description="只看这一份文件，编号或标题。One document, by id or title.")
]


class StandardsQuery(PageQuery):
    """Query string of the list of standards."""

    query: str | None = Field(default=None, max_length=500, description="标题或章节中的字词。Words of the heading.")
    document: _Document = None
    as_of: OptionalDay = None


class StandardQuery(Request):
    """Query string of one standard."""

    as_of: OptionalDay = None


class DocumentQuery(PageQuery):
    """Query string of the lists of entries and of records to be reviewed."""

    document: _Document = None


class PictureQuery(Request):
    """Query string of a picture."""

    page: int | None = Field(default=None, ge=1, description="页码，自 1 起；缺省为记录的第一页。Page, from 1.")


def build_desk_router(views: Views) -> APIRouter:
    """All routes under ``/api/discretion``."""
    router = APIRouter(prefix="/api/discretion", tags=["discretion"], responses=refusals(401, 403, 404, 422, 503))
    _add_records(router, views)
    _add_work(router, views)
    _add_review(router, views)
    return router


def _add_records(router: APIRouter, views: Views) -> None:
    @router.get(
        "/standards",
        summary="裁量标准目录 Standards",
        response_model=list[StandardInfo],
        responses=merged(PAGED, NOT_MODIFIED),
    )
    def standards(reader: Reader, query: Annotated[StandardsQuery, Query()], http: HttpRequest) -> Response:
        """裁量基准中的各项标准，附依据当日的效力。Standards held, with the state of their bases."""
        page, headers = page_of(http, views.desk(reader).standards(query.query, query.document, query.as_of), query)
        return tagged(http, page, headers)

    @router.get("/standards/{key:path}", summary="一项裁量标准 One standard")
    def standard(reader: Reader, key: Key, query: Annotated[StandardQuery, Query()]) -> StandardInfo:
        """一项标准的全部要素、档次、公式与出处。One standard with its factors or tiers, formulas and places."""
        return views.desk(reader).standard(key, query.as_of)

    @router.get(
        "/items",
        summary="不予处罚等清单 List entries",
        response_model=list[ItemInfo],
        responses=merged(PAGED, NOT_MODIFIED),
    )
    def items(reader: Reader, query: Annotated[DocumentQuery, Query()], http: HttpRequest) -> Response:
        """不予处罚、首违不罚、从轻减轻清单的各项。Entries of no-penalty and leniency lists."""
        page, headers = page_of(http, views.desk(reader).items(query.document), query)
        return tagged(http, page, headers)


def _add_work(router: APIRouter, views: Views) -> None:
    @router.post("/find", summary="查找适用标准 Find")
    def find(reader: Reader, request: Annotated[FindRequest, Body()]) -> FindResponse:
        """按情形描述查找裁量标准与清单项，附理由。Standards and entries that fit what happened, and why."""
        return views.desk(reader).find(request)

    @router.post("/compute", summary="计算罚款 Compute")
    def compute(reader: Reader, request: Annotated[ComputeRequest, Body()]) -> ComputeResponse:
        """按所选裁量因素或档次计算，逐步列明出处；缺少的事实列在 needs。The sum with its working."""
        return views.desk(reader).compute(request)

    @router.post("/check", summary="核查拟处罚 Check")
    def check(reader: Reader, request: Annotated[CheckRequest, Body()]) -> CheckResponse:
        """拟罚款是否在法定幅度与裁量基准之内，有何从轻从重、不予处罚事由。A proposed fine, checked."""
        return views.desk(reader).check(request)

    @router.post("/explain", summary="裁量说明 Explain")
    def explain(reader: Reader, request: Annotated[ExplainRequest, Body()]) -> ExplainResponse:
        """裁量说明的文字，附引用。The explanation as text, with citations."""
        return views.desk(reader).explain(request)

    @router.post(
        "/explain.docx",
        summary="裁量说明文件 Explain as DOCX",
        response_class=Response,
        responses={200: {"description": "DOCX 文件。The document.", "content": {DOCX: {"schema": _BINARY}}}},
    )
    def explain_docx(reader: Reader, request: Annotated[ExplainRequest, Body()]) -> Response:
        """可归入案卷的裁量说明，DOCX。The explanation as a DOCX, ready for the case file."""
        name = quote("裁量说明.docx")
        headers = {"Content-Disposition": f"attachment; filename=\"explanation.docx\"; filename*=UTF-8''{name}"}
        return Response(views.desk(reader).explain_docx(request), media_type=DOCX, headers=headers)

    @router.post("/audit", summary="审查裁量基准 Audit")
    def audit(reviewer: Reviewer, request: Annotated[AuditRequest, Body()]) -> list[AuditResponse]:
        """依据是否废止修改，档次有无空缺重叠，幅度是否超出法律。State of bases, gaps, ranges beyond law."""
        return views.desk(reviewer).audit(request)


def _add_review(router: APIRouter, views: Views) -> None:
    @router.get(
        "/review",
        summary="待核对记录 Records to review",
        response_model=list[ReviewEntry],
        responses=merged(PAGED, NOT_MODIFIED),
    )
    def review(reviewer: Reviewer, query: Annotated[DocumentQuery, Query()], http: HttpRequest) -> Response:
        """读取时不能确定、需要人核对的记录及已作的更正。Records that need a person, with corrections made."""
        page, headers = page_of(http, views.desk(reviewer).review(query.document), query)
        return tagged(http, page, headers)

    @router.put("/corrections/{key:path}", summary="更正记录 Correct a record")
    def correct(reviewer: Reviewer, key: Key, request: Annotated[CorrectionRequest, Body()]) -> ReviewEntry:
        """保存人工更正；与来源分开存放，重新导入后仍在。Keeps a correction apart from the source."""
        return views.desk(reviewer).correct(key, request)

    @router.delete("/corrections/{key:path}", summary="撤销更正 Remove a correction")
    def remove_correction(reviewer: Reviewer, key: Key) -> ReviewEntry:
        """撤销更正，恢复读出的记录。The record as it was read counts again."""
        return views.desk(reviewer).remove_correction(key)

    @router.get(
        "/pictures/{key:path}",
        summary="记录所在页面 Picture",
        response_class=Response,
        responses={200: {"description": "PNG 图片。The picture.", "content": {PNG: {"schema": _BINARY}}}},
    )
    def picture(reader: Reader, key: Key, query: Annotated[PictureQuery, Query()]) -> Response:
        """记录在来源文件页面上的图片。The record's region on its page."""
        return Response(views.desk(reader).picture(key, query.page), media_type=PNG)


_BINARY: dict[str, Any] = {"type": "string", "format": "binary"}
