"""The routes of uploads and the care of the corpus (资料管理接口)."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Body, Path, Query, Request
from fastapi.concurrency import run_in_threadpool
from pydantic import Field, ValidationError

from assistant.api.errors import refusals
from assistant.api.permission import CorpusManager, Reviewer
from assistant.problems import error_from_validation
from assistant.uploads.contract import (
    ConfirmRequest,
    Corpora,
    DocumentsQuery,
    DoubtEntry,
    DoubtPage,
    DoubtsQuery,
    EmptyRequest,
    ManagedDocumentPage,
    MarkRequest,
    PageQuery,
    RestoreRequest,
    Retirement,
    RetirementPage,
    RetireRequest,
    UnmarkRequest,
    Upload,
    UploadChange,
    UploadOptions,
    UploadPage,
)
from assistant.uploads.multipart import FIELD, MultipartFiles

UPLOADS = "/api/uploads"
"""The one address with a bound on bodies of its own."""

UploadId = Annotated[
    str, Path(description="上传编号。Id of the upload.", max_length=32, examples=["20261122-0c9e11aa"])
]
DocumentId = Annotated[str, Path(description="文件编号。Id of the document.", max_length=64)]
_Empty = Annotated[EmptyRequest, Body(openapi_examples={"empty": {"value": {}}})]

_FORM: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": [FIELD],
                    "properties": {
                        FIELD: {
                            "type": "array",
                            "items": {"type": "string", "contentMediaType": "application/octet-stream"},
                            "description": "一个或多个文件，可为 ZIP。Files, ZIP archives among them.",
                        }
                    },
                }
            }
        },
    }
}


class NewUpload(UploadOptions):
    """Query string of an upload."""

    departments: list[str] = Field(default_factory=list, max_length=50, description="只限这些部门阅读。Departments.")
    regions: list[str] = Field(default_factory=list, max_length=50, description="只限这些地区阅读。Regions.")


def build_upload_router(corpora: Corpora) -> APIRouter:
    """Uploads, retirement and the doubts of reading, under ``/api``."""
    router = APIRouter(prefix="/api", responses=refusals(401, 403, 404, 409, 422, 503))
    _add_uploads(router, corpora)
    _add_documents(router, corpora)
    _add_doubts(router, corpora)
    return router


def _add_uploads(router: APIRouter, corpora: Corpora) -> None:
    @router.post(
        "/uploads",
        status_code=201,
        tags=["uploads"],
        summary="上传文件 Upload files",
        responses=refusals(413, 415),
        openapi_extra=_FORM,
    )
    async def upload(manager: CorpusManager, request: Request, options: Annotated[NewUpload, Query()]) -> Upload:
        """上传文件（可多份、可为 ZIP），随即在后台试算；确认之前不写入语料。不能收的文件逐个说明原因，其余照收。
        Files are kept and tried out in the background; nothing enters the corpus before it is confirmed."""
        given = _options(options)
        receiver = await run_in_threadpool(corpora.receive, manager, given)
        try:
            form = MultipartFiles(request.headers.get("content-type", ""), receiver)
            async for piece in request.stream():
                await run_in_threadpool(form.feed, piece)
            form.end()
            return await run_in_threadpool(receiver.finish)
        except BaseException:
            receiver.abort()
            raise

    @router.get("/uploads", tags=["uploads"], summary="上传列表 Uploads")
    def uploads(manager: CorpusManager, query: Annotated[PageQuery, Query()]) -> UploadPage:
        """各次上传及其状态，新的在前。Uploads with their states, newest first."""
        return corpora.uploads(manager, query.limit, query.offset)

    @router.get("/uploads/{upload_id}", tags=["uploads"], summary="一次上传 One upload")
    def one_upload(manager: CorpusManager, upload_id: UploadId) -> Upload:
        """状态、进度与试算结果；进行中时可定时查询。State, progress and the result of the dry run; poll it."""
        return corpora.upload(manager, upload_id)

    @router.patch("/uploads/{upload_id}", tags=["uploads"], summary="修改导入选项 Change options")
    def change(
        manager: CorpusManager,
        upload_id: UploadId,
        request: Annotated[UploadChange, Body(openapi_examples={"region": {"value": {"region": "宁波市"}}})],
    ) -> Upload:
        """缺省地区、阅读对象、排除的文件。改地区后重新试算。A change of region has the files checked again."""
        return corpora.change(manager, upload_id, request)

    @router.post("/uploads/{upload_id}/check", status_code=202, tags=["uploads"], summary="重新试算 Check again")
    def check_again(manager: CorpusManager, upload_id: UploadId, _request: _Empty) -> Upload:
        """再试算一次。Another dry run."""
        return corpora.check_again(manager, upload_id)

    @router.post("/uploads/{upload_id}/confirm", status_code=202, tags=["uploads"], summary="确认入库 Confirm")
    def confirm(manager: CorpusManager, upload_id: UploadId, request: Annotated[ConfirmRequest, Body()]) -> Upload:
        """按所见的试算结果入库。试算后语料有变化的，重新试算并返回 409。Stores exactly what was checked."""
        return corpora.confirm(manager, upload_id, request)

    @router.post("/uploads/{upload_id}/stop", status_code=202, tags=["uploads"], summary="停止 Stop")
    def stop(manager: CorpusManager, upload_id: UploadId, _request: _Empty) -> Upload:
        """停止试算或入库；已入库的部分随即撤回。Stops; what was stored of it is taken back."""
        return corpora.stop(manager, upload_id)

    @router.delete("/uploads/{upload_id}", tags=["uploads"], summary="放弃上传 Discard")
    def discard(manager: CorpusManager, upload_id: UploadId) -> Upload:
        """放弃尚未入库的上传并删除其文件。Discards an upload that was not stored, and deletes its files."""
        return corpora.discard(manager, upload_id)


def _add_documents(router: APIRouter, corpora: Corpora) -> None:
    @router.get("/corpus/documents", tags=["uploads"], summary="资料列表 Documents under care")
    def documents(manager: CorpusManager, query: Annotated[DocumentsQuery, Query()]) -> ManagedDocumentPage:
        """全部文件及其各文本、来源文件、阅读对象与停用情况。Documents with texts out of use, sources and readers."""
        return corpora.documents(manager, query)

    @router.get("/corpus/retirements", tags=["uploads"], summary="停用记录 Retirements")
    def retirements(manager: CorpusManager, query: Annotated[PageQuery, Query()]) -> RetirementPage:
        """停用与恢复的记录，新的在前。Who took what out of use and why, newest first."""
        return corpora.retirements(manager, query.limit, query.offset)

    @router.post("/documents/{document_id}/retire", status_code=202, tags=["uploads"], summary="停用 Retire")
    def retire(
        manager: CorpusManager, document_id: DocumentId, request: Annotated[RetireRequest, Body()]
    ) -> Retirement:
        """停用一份文件或其一份文本：不再检索和引用，内容保留，可以恢复。Out of use, kept, can be restored."""
        return corpora.retire(manager, document_id, request)

    @router.post("/documents/{document_id}/restore", status_code=202, tags=["uploads"], summary="恢复 Restore")
    def restore(
        manager: CorpusManager,
        document_id: DocumentId,
        request: Annotated[RestoreRequest, Body(openapi_examples={"plain": {"value": {"reason": "已核对无误"}}})],
    ) -> Retirement:
        """恢复最近一次停用的内容。Takes the latest retirement back."""
        return corpora.restore(manager, document_id, request)


def _add_doubts(router: APIRouter, corpora: Corpora) -> None:
    @router.get("/corpus/doubts", tags=["uploads"], summary="待核对 Doubts")
    def doubts(reviewer: Reviewer, query: Annotated[DoubtsQuery, Query()]) -> DoubtPage:
        """读取时的各种疑点，未核对的在前。All doubts of reading, those nobody has looked into first."""
        return corpora.doubts(reviewer, query)

    @router.post("/corpus/doubts/mark", tags=["uploads"], summary="标记核对无误 Mark as fine")
    def mark(reviewer: Reviewer, request: Annotated[MarkRequest, Body()]) -> DoubtEntry:
        """标记为已核对、无误；重新导入而内容相同时仍然有效。Holds as long as the very same is read again."""
        return corpora.mark(reviewer, request)

    @router.post("/corpus/doubts/unmark", tags=["uploads"], summary="取消标记 Unmark")
    def unmark(
        reviewer: Reviewer,
        request: Annotated[
            UnmarkRequest, Body(openapi_examples={"text": {"value": {"key": "text:f-0123456789ab:9c1d"}}})
        ],
    ) -> DoubtEntry:
        """取消“核对无误”。Takes the mark back."""
        return corpora.unmark(reviewer, request.key)


def _options(options: NewUpload) -> UploadOptions:
    """The options as the service takes them. Raises InvalidInput for a name that cannot be one."""
    try:
        return UploadOptions.model_validate(options.model_dump())
    except ValidationError as error:
        raise error_from_validation(error.errors()) from None
