"""The routes of the encyclopedia (百科接口): each asks the encyclopedia of the person once."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query, Response
from fastapi import Request as HttpRequest
from pydantic import AfterValidator, Field

from assistant.api.caching import NOT_MODIFIED, tagged
from assistant.api.errors import refusals
from assistant.api.permission import Reader
from assistant.contract import OptionalDay, Region, Request
from assistant.encyclopedia.contract import (
    CitingList,
    Comparison,
    ComparisonRequest,
    Deadline,
    DeadlineRequest,
    DocumentList,
    DocumentPage,
    DocumentsRequest,
    ItemList,
    ItemsRequest,
    Limit,
    Name,
    Offset,
    Overview,
    Procedure,
    RecordList,
    ShelfSearch,
    ShelfSearchRequest,
    Suggestion,
    Surroundings,
    TopicPage,
    clean_words,
)
from assistant.encyclopedia.views import Encyclopedias

DocumentId = Annotated[
    str, Path(description="文件编号。Id of the document.", max_length=200, examples=["d-1234854cfc97"])
]
ItemId = Annotated[str, Path(description="事项编号。Id of the item.", max_length=200, examples=["i-0123456789abcdef"])]
ProvisionId = Annotated[
    str, Path(description="条文编号。Id of the provision.", max_length=500, examples=["npc-a0d4c8097152/第三十三条"])
]


class DayQuery(Request):
    """Query string with the day whose law is asked for."""

    as_of: OptionalDay = None


class DocumentQuery(DayQuery):
    """Query string of a document."""

    version_id: Annotated[Name, Field(description="所看的文本，缺省为当日文本。Text to show.")] = None


class PageQuery(Request):
    """Query string of a list."""

    limit: Limit = 50
    offset: Offset = 0


class TopicQuery(DayQuery):
    """Query string of the page of an item."""

    region: Region = None


class SuggestQuery(Request):
    """Query string of the completion of words."""

    words: Annotated[
        str,
        AfterValidator(lambda text: clean_words(text) or ""),
        Field(max_length=100, description="已输入的字词。What has been typed.", examples=["噪声"]),
    ]
    limit: Annotated[int, Field(ge=1, le=10, description="最多几条。Number of suggestions.")] = 10


def build_encyclopedia_router(encyclopedias: Encyclopedias) -> APIRouter:
    """All routes under ``/api/encyclopedia``."""
    router = APIRouter(prefix="/api/encyclopedia", tags=["encyclopedia"], responses=refusals(401, 403, 404, 422, 503))
    _add_shelves(router, encyclopedias)
    _add_documents(router, encyclopedias)
    _add_items(router, encyclopedias)
    _add_search(router, encyclopedias)
    return router


def _add_shelves(router: APIRouter, encyclopedias: Encyclopedias) -> None:
    @router.get("", summary="百科首页 Overview")
    def overview(reader: Reader, query: Annotated[DayQuery, Query()]) -> Overview:
        """三个书架各有什么，有多少事项。What stands on the shelves, and how many items there are."""
        return encyclopedias.of(reader).overview(query.as_of)

    @router.get("/documents", summary="文件目录 Documents")
    def documents(reader: Reader, query: Annotated[DocumentsRequest, Query()]) -> DocumentList:
        """按书架、种类、领域、位阶、地区、年份、效力浏览文件，附各项计数。Documents with counts per facet."""
        return encyclopedias.of(reader).documents(query)


def _add_documents(router: APIRouter, encyclopedias: Encyclopedias) -> None:
    @router.get(
        "/documents/{document_id}",
        summary="文件页 One document",
        response_model=DocumentPage,
        responses=NOT_MODIFIED,
    )
    def document(
        reader: Reader, document_id: DocumentId, query: Annotated[DocumentQuery, Query()], http: HttpRequest
    ) -> Response:
        """一份文件的编章节目录、各文本与当日效力。A document's contents, texts and standing."""
        return tagged(http, encyclopedias.of(reader).document(document_id, query.version_id, query.as_of))

    @router.get("/documents/{document_id}/comparison", summary="文本对照 Compare two texts")
    def comparison(reader: Reader, document_id: DocumentId, query: Annotated[ComparisonRequest, Query()]) -> Comparison:
        """同一文件的两个文本逐条对照，标出不同的字词。Two texts of a document, article by article."""
        return encyclopedias.of(reader).comparison(document_id, query)

    @router.get("/documents/{document_id}/citing", summary="引用本文件者 What cites it")
    def citing(reader: Reader, document_id: DocumentId, query: Annotated[PageQuery, Query()]) -> CitingList:
        """引用这份文件的案例、指引、清单。Cases, guidance and lists that cite a document."""
        return encyclopedias.of(reader).citing(document_id, query.limit, query.offset)

    @router.get("/documents/{document_id}/records", summary="所载标准与条目 Its records")
    def records(reader: Reader, document_id: DocumentId, query: Annotated[PageQuery, Query()]) -> RecordList:
        """这份文件所载的裁量标准与清单条目。Standards and list entries of a document."""
        return encyclopedias.of(reader).records(document_id, query.limit, query.offset)

    @router.get(
        "/provisions/{provision_id:path}",
        summary="条文页 A provision's surroundings",
        response_model=Surroundings,
        responses=NOT_MODIFIED,
    )
    def provision(
        reader: Reader, provision_id: ProvisionId, query: Annotated[DayQuery, Query()], http: HttpRequest
    ) -> Response:
        """一条条文及与之相关的一切：双向引用、裁量标准、案例、事项、沿革。A provision and all that hangs on it."""
        return tagged(http, encyclopedias.of(reader).provision(provision_id, query.as_of))


def _add_items(router: APIRouter, encyclopedias: Encyclopedias) -> None:
    @router.get("/items", summary="事项目录 Enforcement items")
    def items(reader: Reader, query: Annotated[ItemsRequest, Query()]) -> ItemList:
        """执法事项：清单所列，或由罚则条文逐一读出。Items of lists, or read from penalty articles."""
        return encyclopedias.of(reader).items(query)

    @router.get("/items/{item_id}", summary="事项页 Topic page")
    def item(reader: Reader, item_id: ItemId, query: Annotated[TopicQuery, Query()]) -> TopicPage:
        """一个事项的条文、裁量标准、免罚条件、程序、案例、风险提示与文书。Everything held on one item."""
        return encyclopedias.of(reader).item(item_id, query.as_of, query.region)

    @router.get("/procedure", summary="程序与期限 Procedure")
    def procedure(reader: Reader, query: Annotated[DayQuery, Query()]) -> Procedure:
        """行政处罚法、行政强制法当日文本中的步骤与期限。Steps and time limits in the text of the day."""
        return encyclopedias.of(reader).procedure(query.as_of)

    @router.get("/deadline", summary="期限计算 Count a time limit")
    def deadline(reader: Reader, query: Annotated[DeadlineRequest, Query()]) -> Deadline:
        """期限的届满日；不能确定时说明原因。The last day of a time limit, as far as it can be known."""
        return encyclopedias.of(reader).deadline(query)


def _add_search(router: APIRouter, encyclopedias: Encyclopedias) -> None:
    @router.get("/search", summary="分书架检索 Search by shelf")
    def search(reader: Reader, query: Annotated[ShelfSearchRequest, Query()]) -> ShelfSearch:
        """一次检索三个书架，另列相符的事项与文件标题。One search over the three shelves, items and titles."""
        return encyclopedias.of(reader).search(query)

    @router.get("/suggest", summary="输入提示 Suggestions")
    def suggest(reader: Reader, query: Annotated[SuggestQuery, Query()]) -> list[Suggestion]:
        """文件标题与事项名称的补全，至多十条。Completions of titles and items, ten at most."""
        return encyclopedias.of(reader).suggest(query.words, query.limit)
