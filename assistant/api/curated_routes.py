"""The routes of curated answers and of refused questions (审定答复与缺依据的提问接口), for reviewers."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Body, Path, Query

from assistant.api.errors import refusals
from assistant.api.permission import Reviewer
from assistant.curated.contract import (
    CuratedDecision,
    CuratedDesk,
    CuratedDetail,
    CuratedPage,
    CuratedQuery,
    CuratedRequest,
)
from assistant.refused.contract import RefusedDesk, RefusedGroup, RefusedPage, RefusedQuery, RefusedSettlement
from assistant.views import Views

_Id = Annotated[str, Path(description="审定答复编号。Id of the curated answer.", max_length=64)]
_GroupId = Annotated[str, Path(description="编号。Id of the group.", max_length=64)]
_EXAMPLE = {
    "一段一条引文": {
        "summary": "一段一条引文 One paragraph, one quotation",
        "value": {
            "title": "个人占用消防通道的处罚",
            "question": "个人占用消防通道怎么罚",
            "phrasings": ["个人把车停在消防通道上怎么罚"],
            "paragraphs": [
                {
                    "text": "个人占用消防车通道的，处警告或者五百元以下罚款。",
                    "quotes": [{"provision_id": "npc-0123456789ab/第六十条", "quote": "处警告或者五百元以下罚款"}],
                }
            ],
            "valid_from": "2026-11-21",
        },
    }
}
_DECISION = {"说明": {"summary": "附说明 With a note", "value": {"note": "经核对原文。"}}}
_SETTLED = {"已导入": {"summary": "已导入 Imported", "value": {"state": "settled", "note": "已导入《…条例》。"}}}


def build_curated_router(curated: CuratedDesk, views: Views) -> APIRouter:
    """All routes under ``/api/review/curated``."""
    router = APIRouter(prefix="/api/review/curated", tags=["curated"], responses=refusals(401, 403, 404, 422, 503))

    @router.get("", summary="审定答复目录 Curated answers")
    def entries(reviewer: Reviewer, query: Annotated[CuratedQuery, Query()]) -> CuratedPage:
        """审定答复，附今日不能使用的原因。Curated answers, each with why it is not served today, if so."""
        return curated.entries(views.assistant(reviewer), query)

    @router.post("", status_code=201, summary="拟写审定答复 Write one")
    def write(reviewer: Reviewer, request: Annotated[CuratedRequest, Body(openapi_examples=_EXAMPLE)]) -> CuratedDetail:
        """保存草稿；引文、数额与条号经核验，未通过则不保存。Saved as a draft once every quotation holds."""
        return curated.write(reviewer, views.assistant(reviewer), request)

    @router.get("/{curated_id}", summary="一条审定答复 One curated answer")
    def entry(reviewer: Reviewer, curated_id: _Id) -> CuratedDetail:
        """全文、依据与历史。The whole answer with its history."""
        return curated.entry(views.assistant(reviewer), curated_id)

    @router.put("/{curated_id}", summary="修改审定答复 Rewrite one")
    def rewrite(
        reviewer: Reviewer, curated_id: _Id, request: Annotated[CuratedRequest, Body(openapi_examples=_EXAMPLE)]
    ) -> CuratedDetail:
        """修改后须重新审定，审定前不使用。It is not served until it is approved again."""
        return curated.rewrite(reviewer, views.assistant(reviewer), curated_id, request)

    @router.post("/{curated_id}/approve", summary="审定 Approve", responses=refusals(409))
    def approve(
        reviewer: Reviewer, curated_id: _Id, decision: Annotated[CuratedDecision, Body(openapi_examples=_DECISION)]
    ) -> CuratedDetail:
        """核验通过后审定，自此优先使用。Approves it; from now on it is served first."""
        return curated.approve(reviewer, views.assistant(reviewer), curated_id, decision)

    @router.post("/{curated_id}/withdraw", summary="撤回 Withdraw")
    def withdraw(
        reviewer: Reviewer, curated_id: _Id, decision: Annotated[CuratedDecision, Body(openapi_examples=_DECISION)]
    ) -> CuratedDetail:
        """撤回后不再使用，历史仍在。Served no more; its history stays."""
        return curated.withdraw(reviewer, views.assistant(reviewer), curated_id, decision)

    return router


def build_refused_router(refused: RefusedDesk, views: Views) -> APIRouter:
    """All routes under ``/api/review/refused``."""
    router = APIRouter(prefix="/api/review/refused", tags=["curated"], responses=refusals(401, 403, 404, 422, 503))

    @router.get("", summary="缺依据的提问 Refused questions")
    def groups(reviewer: Reviewer, query: Annotated[RefusedQuery, Query()]) -> RefusedPage:
        """因语料没有依据而拒答的提问，相近的归并，问得多的在前。What the corpus lacks, most asked first."""
        return refused.groups(views.assistant(reviewer), query)

    @router.put("/{group_id}", summary="处理 Settle")
    def settle(
        reviewer: Reviewer,
        group_id: _GroupId,
        settlement: Annotated[RefusedSettlement, Body(openapi_examples=_SETTLED)],
    ) -> RefusedGroup:
        """注明已如何处理；再次被拒答时自动重新列出。Marks what was done; asked again, it is open again."""
        return refused.settle(views.assistant(reviewer), group_id, settlement)

    return router
