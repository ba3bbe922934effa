"""The routes of feedback (反馈接口): given by everyone, read and settled by reviewers."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Body, Path, Query

from assistant.api.errors import refusals
from assistant.api.permission import Converser, Reviewer
from assistant.feedback.contract import (
    FeedbackDesk,
    FeedbackDetail,
    FeedbackEntry,
    FeedbackPage,
    FeedbackQuery,
    FeedbackRequest,
    FeedbackSettlement,
    OwnFeedback,
    OwnFeedbackPage,
)
from assistant.userdata.words import PageQuery
from assistant.views import Views

_Id = Annotated[str, Path(description="反馈编号。Id of the feedback.", max_length=64)]
_EXAMPLE = {
    "引用有误": {
        "summary": "引用有误 A wrong citation",
        "value": {
            "kind": "wrong_citation",
            "words": "应当引用第六十条第二款。",
            "response": {
                "question": "个人占用消防通道怎么罚",
                "as_of": "2026-11-21",
                "refused": False,
                "answer": "……",
                "sentences": [{"text": "……", "citations": []}],
            },
        },
    }
}
_SETTLED = {
    "已处理": {"summary": "已处理 Settled", "value": {"state": "settled", "note": "已写成审定答复。"}},
}


def build_feedback_router(feedback: FeedbackDesk, views: Views) -> APIRouter:
    """``/api/feedback``, ``/api/me/feedback`` and ``/api/review/feedback``."""
    router = APIRouter(prefix="/api", tags=["feedback"], responses=refusals(401, 403, 422, 503))

    @router.post("/feedback", status_code=201, summary="评价答复 Give feedback")
    def give(converser: Converser, request: Annotated[FeedbackRequest, Body(openapi_examples=_EXAMPLE)]) -> OwnFeedback:
        """对一次答复提出评价，连同当时的答复一并保存。Feedback on an answer, kept with the answer."""
        return feedback.give(converser, request)

    @router.get("/me/feedback", summary="我的反馈 Own feedback")
    def own(converser: Converser, query: Annotated[PageQuery, Query()]) -> OwnFeedbackPage:
        """本人提出的评价及处理结果，新的在前。One's own feedback and what became of it."""
        return feedback.own(converser, query)

    @router.get("/review/feedback", summary="反馈队列 Queue of feedback")
    def queue(_reviewer: Reviewer, query: Annotated[FeedbackQuery, Query()]) -> FeedbackPage:
        """各人提出的评价，新的在前；不显示提交人。Everybody's feedback; who gave it is not shown."""
        return feedback.queue(query)

    @router.get("/review/feedback/{feedback_id}", summary="一条反馈 One piece of feedback", responses=refusals(404))
    def entry(reviewer: Reviewer, feedback_id: _Id) -> FeedbackDetail:
        """评价及当时的答复，略去审核人不能阅读的引用。Feedback with the answer, cut to what the reviewer may read."""
        return feedback.entry(views.assistant(reviewer), feedback_id)

    @router.put("/review/feedback/{feedback_id}", summary="处理反馈 Settle feedback", responses=refusals(404))
    def settle(
        reviewer: Reviewer,
        feedback_id: _Id,
        settlement: Annotated[FeedbackSettlement, Body(openapi_examples=_SETTLED)],
    ) -> FeedbackEntry:
        """改变处理状态并回复提交人。Changes the state; the note is shown to the person."""
        return feedback.settle(reviewer, feedback_id, settlement)

    return router
