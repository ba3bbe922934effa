"""The routes of the quiz bank (题库接口), for trainers."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Body, Path, Query, Request
from fastapi.concurrency import run_in_threadpool
from pydantic import Field

from assistant.api.errors import refusals
from assistant.api.permission import Trainer
from assistant.contract import Request as ContractRequest
from assistant.quiz.contract import (
    BuildJob,
    BuildRequest,
    Exported,
    ExportRequest,
    Format,
    HistoryPage,
    ImportReport,
    ItemPage,
    ItemQuery,
    MoveReport,
    MoveRequest,
    QuizBank,
    QuizItem,
    Rephrased,
    StaleReport,
    TwinPage,
    WriteRequest,
)
from assistant.userdata.words import PageQuery

QUIZ_IMPORT = "/api/quiz/import"
"""The address with a bound on bodies of its own."""

_ItemId = Annotated[str, Path(description="试题编号。Id of the item.", max_length=64)]
_JobId = Annotated[str, Path(description="出题任务编号。Id of the build.", max_length=64)]
_BUILD = {
    "一部法": {
        "summary": "一部法一百题 A hundred items of one law",
        "value": {"sources": ["行政处罚法"], "count": 100, "seed": 7},
    },
    "题型": {
        "summary": "指定题型 Kinds named",
        "value": {"sources": ["食品安全法"], "kinds": {"single": 20, "multiple": 10, "true_false": 10}, "seed": 1},
    },
}
_WRITE = {
    "判断题": {
        "summary": "判断题 True or false",
        "value": {
            "kind": "true_false",
            "form": "truth",
            "stem": "违法行为轻微并及时改正，没有造成危害后果的，不予行政处罚。",
            "key": {"truth": True},
            "explanation": "见《行政处罚法》第三十三条第一款。",
            "cites": ["《行政处罚法》第三十三条第一款"],
        },
    }
}
_MOVE = {
    "发布": {"summary": "发布 Publish", "value": {"ids": ["q-0199"], "move": "publish"}},
    "退回": {"summary": "退回 Return", "value": {"ids": ["q-0199"], "move": "return", "note": "错项不够似真。"}},
}
_EXPORT = {"试题": {"summary": "Moodle XML", "value": {"ids": ["q-0199"], "form": "moodle_xml"}}}
_FILE: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "description": "文件内容。The file itself.",
        "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
    }
}


class ImportQuery(ContractRequest):
    """Query string of an import."""

    name: str = Field(min_length=1, max_length=200, description="文件名。Name of the file.", examples=["题库.xlsx"])
    form: Format | None = Field(default=None, description="格式；缺省时由文件名与内容判断。Format; absent: found out.")


def build_quiz_router(quiz: QuizBank) -> APIRouter:
    """All routes of the bank under ``/api/quiz``."""
    router = APIRouter(prefix="/api/quiz", tags=["quiz"], responses=refusals(401, 403, 422, 503))
    _add_builds(router, quiz)
    _add_items(router, quiz)
    _add_review(router, quiz)
    _add_files(router, quiz)
    return router


def _add_builds(router: APIRouter, quiz: QuizBank) -> None:
    @router.post("/builds", status_code=202, summary="出题 Build items", responses=refusals(409))
    def build(trainer: Trainer, request: Annotated[BuildRequest, Body(openapi_examples=_BUILD)]) -> BuildJob:
        """在后台由所选法规、基准、案例出题，逐题校验；每人同时一个任务。Builds items in the background, each proved."""
        return quiz.build(trainer, request)

    @router.get("/builds/{job_id}", summary="出题进度 A build", responses=refusals(404))
    def job(trainer: Trainer, job_id: _JobId) -> BuildJob:
        """进度；完成后附试题、校验与未出题说明。Progress, and in the end the items with their proofs."""
        return quiz.job(trainer, job_id)

    @router.post("/builds/{job_id}/stop", summary="停止出题 Stop a build", responses=refusals(404))
    def stop(trainer: Trainer, job_id: _JobId) -> BuildJob:
        """停止；已出而未存的试题不保留。Stops it; nothing of it is kept."""
        return quiz.stop(trainer, job_id)


def _add_items(router: APIRouter, quiz: QuizBank) -> None:
    @router.get("/items", summary="题库 Items")
    def items(trainer: Trainer, query: Annotated[ItemQuery, Query()]) -> ItemPage:
        """按状态、题型、考点、领域、出处、文字筛选，最近改动的在前。Items of the bank, those changed last first."""
        return quiz.items(trainer, query)

    @router.post("/items", status_code=201, summary="编写试题 Write an item")
    def write(trainer: Trainer, request: Annotated[WriteRequest, Body(openapi_examples=_WRITE)]) -> QuizItem:
        """自编试题，存为草稿；依据须是有效的条文。Kept as a draft; what it cites must be in force."""
        return quiz.write(trainer, request)

    @router.get("/items/{item_id}", summary="一道题 One item", responses=refusals(404))
    def item(trainer: Trainer, item_id: _ItemId) -> QuizItem:
        """题干、选项、答案、解析、依据、校验与状态。The whole item with its proof and state."""
        return quiz.item(trainer, item_id)

    @router.put("/items/{item_id}", summary="修改试题 Rewrite an item", responses=refusals(404, 409))
    def rewrite(
        trainer: Trainer, item_id: _ItemId, request: Annotated[WriteRequest, Body(openapi_examples=_WRITE)]
    ) -> QuizItem:
        """修改后回到草稿，重新校验；给出 revision 时，他人已改则返回 409。A draft again, proved anew."""
        return quiz.rewrite(trainer, item_id, request)

    @router.post("/items/{item_id}/rephrasing", summary="改写题干 Rephrase a stem", responses=refusals(404, 409))
    def rephrase(trainer: Trainer, item_id: _ItemId) -> Rephrased:
        """由撰写模型改写草稿的题干；校验不能再次通过的保留原题干并说明。Taken only if every proof passes again."""
        return quiz.rephrase(trainer, item_id)

    @router.get("/items/{item_id}/history", summary="试题沿革 History of an item", responses=refusals(404))
    def history(trainer: Trainer, item_id: _ItemId, query: Annotated[PageQuery, Query()]) -> HistoryPage:
        """谁在何时生成、修改、审核，旧的在前。Who did what to it, oldest first."""
        entries = quiz.history(trainer, item_id)
        return HistoryPage(items=entries[query.offset : query.offset + query.limit], total=len(entries))


def _add_review(router: APIRouter, quiz: QuizBank) -> None:
    @router.post("/moves", summary="审核 Review items")
    def move(trainer: Trainer, request: Annotated[MoveRequest, Body(openapi_examples=_MOVE)]) -> MoveReport:
        """提交、发布、退回、停用、重新启用，可一次多题；不能办的逐题说明。Steps of the review, for many at once."""
        return quiz.move(trainer, request)

    @router.post("/stale", summary="核对依据变动 Check for changes of law")
    def stale(trainer: Trainer) -> StaleReport:
        """逐题核对所引条文今日是否仍为原文；变动的停用并列出前后文字。Blocks the items whose provisions changed."""
        return quiz.stale(trainer)

    @router.get("/twins", summary="近似试题 Near-duplicates")
    def twins(trainer: Trainer, query: Annotated[PageQuery, Query()]) -> TwinPage:
        """所问几乎相同的试题，最相近的在前。Pairs of items that ask nearly the same."""
        return quiz.twins(trainer, query)


def _add_files(router: APIRouter, quiz: QuizBank) -> None:
    @router.post("/import", summary="导入试题 Import items", responses=refusals(413), openapi_extra=_FILE)
    async def take_in(trainer: Trainer, request: Request, query: Annotated[ImportQuery, Query()]) -> ImportReport:
        """读入 Moodle XML、GIFT、XLSX、TXT；每题存为草稿，不能读的逐行说明。Items of a file, kept as drafts."""
        data = await request.body()
        return await run_in_threadpool(quiz.take_in, trainer, query.name, data, query.form)

    @router.post("/export", summary="导出试题 Export items")
    def give_out(trainer: Trainer, request: Annotated[ExportRequest, Body(openapi_examples=_EXPORT)]) -> Exported:
        """导出所选试题为文件（base64）；格式不能承载的逐题说明。A file, and what the format could not carry."""
        return quiz.give_out(trainer, request)
