"""The routes: each reads a request, checks its bounds, calls the service once and returns what it gave."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Body, Header, Path, Query
from fastapi import Request as HttpRequest
from fastapi.responses import JSONResponse, Response
from pydantic import Field

from assistant.accounts.principal import Principal
from assistant.accounts.roles import Permission
from assistant.api.caching import NOT_MODIFIED, tagged
from assistant.api.errors import refusals
from assistant.api.health import for_anyone
from assistant.api.paging import PAGED, PageQuery, merged, page_of
from assistant.api.permission import CorpusManager, Public, Reader
from assistant.api.services import Services
from assistant.api.stream import stream_response
from assistant.contract import (
    AskRequest,
    AskResponse,
    CheckResponse,
    CiteRequest,
    CiteResponse,
    DocumentDetail,
    DocumentInfo,
    Health,
    IndexStatus,
    Liveness,
    OptionalDay,
    Preparation,
    ProvisionDetail,
    Readiness,
    Request,
    SearchRequest,
    SearchResponse,
    to_json,
)
from assistant.gate import still_preparing
from assistant.limits import check_limits
from assistant.settings import Settings
from assistant.version import version
from assistant.views import Views

EVENT_STREAM = "text/event-stream"

DocumentId = Annotated[str, Path(max_length=64, description="文件编号。Id of the document.")]
ProvisionId = Annotated[str, Path(max_length=300, description="条文编号：<version_id>/<条号>。Id of the provision.")]


class AskQuery(AskRequest):
    """A question in the query string; ``stream=1`` asks for events."""

    stream: bool = Field(default=False, description="1：以事件流逐句返回。1: answer as server-sent events.")


class AsOfQuery(Request):
    """Query string of the corpus routes."""

    as_of: OptionalDay = None


class DocumentsQuery(PageQuery):
    """Query string of the list of documents."""

    as_of: OptionalDay = None


class RebuildRequest(Request):
    """Body of a rebuild: empty for now, but a JSON body is asked for, so no other site's form can start one."""


_STREAMED: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "答复；以事件流返回时依次为 notes、sentence、citation、removed、done 或 error。"
        "The answer, or its events ending in `done` (the whole answer) or `error`.",
        "content": {EVENT_STREAM: {"schema": {"type": "string"}}},
    }
}


def build_router(services: Services, settings: Settings) -> APIRouter:
    """The routes of answers, citations, documents and the service itself, under ``/api``."""
    router = APIRouter(prefix="/api", responses=refusals(401, 403, 422, 503))
    _add_answers(router, services.views, settings)
    _add_citations(router, services.views, settings)
    _add_corpus(router, services.views)
    _add_service(router, services)
    return router


def _add_answers(router: APIRouter, views: Views, settings: Settings) -> None:
    def search(request: SearchRequest, reader: Principal) -> SearchResponse:
        check_limits(request, settings.limits)
        return views.assistant(reader).search(request)

    def ask(request: AskRequest, stream: bool, reader: Principal) -> Response:
        check_limits(request, settings.limits)
        assistant = views.assistant(reader)
        if stream:
            return stream_response(iter(assistant.ask_stream(request)))
        return JSONResponse(to_json(assistant.ask(request)))

    @router.get("/search", tags=["answers"], summary="检索条文 Search provisions")
    def search_by_query(reader: Reader, request: Annotated[SearchRequest, Query()]) -> SearchResponse:
        """检索适用日期当日有效的条文。Provisions in force on the as-of day, best first."""
        return search(request, reader)

    @router.post("/search", tags=["answers"], summary="检索条文 Search provisions")
    def search_by_body(reader: Reader, request: Annotated[SearchRequest, Body()]) -> SearchResponse:
        """检索适用日期当日有效的条文。Provisions in force on the as-of day, best first."""
        return search(request, reader)

    @router.get("/ask", tags=["answers"], summary="提问 Ask", response_model=AskResponse, responses=_STREAMED)
    def ask_by_query(
        reader: Reader, request: Annotated[AskQuery, Query()], accept: Annotated[str, Header()] = ""
    ) -> Response:
        """带引用的答复；请求头 Accept: text/event-stream 或 stream=1 时逐句返回。An answer with its citations."""
        plain = AskRequest.model_validate(request.model_dump(exclude={"stream"}))
        return ask(plain, request.stream or EVENT_STREAM in accept, reader)

    @router.post("/ask", tags=["answers"], summary="提问 Ask", response_model=AskResponse, responses=_STREAMED)
    def ask_by_body(
        reader: Reader,
        request: Annotated[AskRequest, Body()],
        stream: Annotated[bool, Query(description="1：以事件流逐句返回。1: server-sent events.")] = False,
        accept: Annotated[str, Header()] = "",
    ) -> Response:
        """带引用的答复；请求头 Accept: text/event-stream 或 stream=1 时逐句返回。An answer with its citations."""
        return ask(request, stream or EVENT_STREAM in accept, reader)


def _add_citations(router: APIRouter, views: Views, settings: Settings) -> None:
    def cite(request: CiteRequest, reader: Principal) -> CiteResponse:
        check_limits(request, settings.limits)
        return views.assistant(reader).cite(request)

    @router.get("/citations", tags=["citations"], summary="核对引用 Resolve citations")
    def cite_by_query(reader: Reader, request: Annotated[CiteRequest, Query()]) -> CiteResponse:
        """读出文字中的法条引用并判定其在适用日期的状态。Citations in a text and their state on the as-of day."""
        return cite(request, reader)

    @router.post("/citations", tags=["citations"], summary="核对引用 Resolve citations")
    def cite_by_body(reader: Reader, request: Annotated[CiteRequest, Body()]) -> CiteResponse:
        """读出文字中的法条引用并判定其在适用日期的状态。Citations in a text and their state on the as-of day."""
        return cite(request, reader)

    @router.post("/citations/check", tags=["citations"], summary="核对文书 Check a document")
    def check(reader: Reader, request: Annotated[CiteRequest, Body()]) -> CheckResponse:
        """逐处核对文书中的引用与引文，附行号。Every citation and quotation of a document, with line numbers."""
        check_limits(request, settings.limits)
        return views.assistant(reader).check_citations(request.text, request.as_of)


def _add_corpus(router: APIRouter, views: Views) -> None:
    @router.get(
        "/documents",
        tags=["corpus"],
        summary="文件目录 Documents",
        response_model=list[DocumentInfo],
        responses=merged(PAGED, NOT_MODIFIED),
    )
    def documents(reader: Reader, query: Annotated[DocumentsQuery, Query()], http: HttpRequest) -> Response:
        """语料中的全部文件及其文本版本。All documents held, with their versions."""
        page, headers = page_of(http, views.assistant(reader).documents(query.as_of), query)
        return tagged(http, page, headers)

    @router.get(
        "/documents/{document_id}",
        tags=["corpus"],
        summary="一部文件 One document",
        response_model=DocumentDetail,
        responses=merged(NOT_MODIFIED, refusals(404)),
    )
    def document(
        reader: Reader, document_id: DocumentId, query: Annotated[AsOfQuery, Query()], http: HttpRequest
    ) -> Response:
        """文件及其条文目录。A document with the list of its articles."""
        return tagged(http, views.assistant(reader).document(document_id, query.as_of))

    @router.get(
        "/provisions/{provision_id:path}",
        tags=["corpus"],
        summary="一条条文 One provision",
        response_model=ProvisionDetail,
        responses=merged(NOT_MODIFIED, refusals(404)),
    )
    def provision(
        reader: Reader, provision_id: ProvisionId, query: Annotated[AsOfQuery, Query()], http: HttpRequest
    ) -> Response:
        """整条原文、编章节、日期与前后条。A whole provision with headings, dates and neighbours."""
        return tagged(http, views.assistant(reader).provision(provision_id, query.as_of))


def _add_service(router: APIRouter, services: Services) -> None:
    operations = services.operations
    health_of = services.health_of or (lambda _person: operations.health())

    @router.get("/live", tags=["service"], summary="存活 Liveness")
    def live(_anyone: Public) -> Liveness:
        """进程在应答。The process answers."""
        return Liveness(version=version())

    @router.get("/ready", tags=["service"], summary="就绪 Readiness")
    def ready(_anyone: Public) -> Readiness:
        """全部条文可供检索时为 200，否则 503。200 once everything held can be searched, 503 before."""
        health = operations.health()
        if not health.searchable:
            raise still_preparing(health.preparation.model_copy(update={"error": None}))
        return Readiness(dense_ready=health.dense_ready)

    @router.get("/health", tags=["service"], summary="服务状态 Health")
    def health(anyone: Public) -> Health:
        """版本与后台准备情况；有查阅权限者另见语料行数、索引与模型。Version and background work; counts for readers."""
        return health_of(anyone) if Permission.READ in anyone.permissions else for_anyone(operations.health())

    @router.get("/index", tags=["service"], summary="索引状态 Index status")
    def index_status(reader: Reader) -> IndexStatus:
        """索引进度，按本人可查阅的部分计。How far the index is, counting what the caller may read."""
        return health_of(reader).index

    @router.post("/index/rebuild", status_code=202, tags=["service"], summary="重建索引 Rebuild the index")
    def rebuild_index(_manager: CorpusManager, _request: Annotated[RebuildRequest, Body()]) -> Preparation:
        """在后台重建索引，立即返回。Starts a rebuild in the background and returns at once."""
        return operations.rebuild_index()
