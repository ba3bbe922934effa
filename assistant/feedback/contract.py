"""Feedback as other programs see it (反馈接口)."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import Annotated, Protocol

from pydantic import Field

from assistant.accounts.principal import Principal
from assistant.contract import AskResponse, Assistant, Request, Response
from assistant.userdata.words import PageQuery, Words


class FeedbackKind(StrEnum):
    """What is said of an answer (反馈种类)."""

    USEFUL = "useful"
    WRONG_CITATION = "wrong_citation"
    MISSING = "missing"
    OUTDATED = "outdated"


FEEDBACK_KIND_ZH = {
    FeedbackKind.USEFUL: "有用",
    FeedbackKind.WRONG_CITATION: "引用有误",
    FeedbackKind.MISSING: "内容缺漏",
    FeedbackKind.OUTDATED: "依据过时",
}


class FeedbackState(StrEnum):
    """How far the reviewers are (处理状态)."""

    OPEN = "open"
    IN_WORK = "in_work"
    SETTLED = "settled"


FEEDBACK_STATE_ZH = {
    FeedbackState.OPEN: "待处理",
    FeedbackState.IN_WORK: "处理中",
    FeedbackState.SETTLED: "已处理",
}

FeedbackId = Annotated[str, Field(min_length=1, max_length=64, description="反馈编号。Id of the feedback.")]


class FeedbackRequest(Request):
    """Feedback on an answer (提交反馈), with the answer as it was shown."""

    kind: FeedbackKind = Field(description="种类：有用、引用有误、内容缺漏、依据过时。")
    words: Words = Field(default="", max_length=2000, description="说明，可不填。What is wrong, in words.")
    message_id: Words | None = Field(default=None, max_length=100, description="对话消息编号。Id of the message.")
    region: Words | None = Field(default=None, max_length=300, description="提问时所选地区。Region chosen when asking.")
    response: AskResponse = Field(description="所评的答复，原样。The answer, as it was served.")


class OwnFeedback(Response):
    """One's own feedback (我的反馈) and what became of it."""

    id: FeedbackId
    kind: FeedbackKind
    words: str = Field(description="说明。The words given.")
    question: str = Field(description="所问。The question.")
    state: FeedbackState = Field(description="处理状态。How far the reviewers are.")
    note: str = Field(default="", description="审核人员的回复。The reviewers' reply.")
    created_at: dt.datetime = Field(description="提交时间。When it was given.")
    changed_at: dt.datetime = Field(description="最近处理时间。Last change.")


class FeedbackEntry(OwnFeedback):
    """Feedback in the reviewers' queue (反馈队列); who gave it is not shown."""

    as_of: dt.date = Field(description="适用日期。The day asked about.")
    region: str | None = Field(default=None, description="地区。Region.")
    refused: bool = Field(description="该答复是否为拒答。Whether the answer was a refusal.")
    curated_id: str | None = Field(default=None, description="据以写成的审定答复。Curated answer made from it.")


class FeedbackDetail(FeedbackEntry):
    """One piece of feedback with the answer as it was served, cut to what the reviewer may read."""

    response: AskResponse = Field(description="当时的答复。The answer then.")
    hidden: int = Field(default=0, description="不在阅读范围内而略去的引用数。Citations left out.")
    corpus: dict[str, int] = Field(default_factory=dict, description="当时语料的规模。Row counts of the corpus then.")


class OwnFeedbackPage(Response):
    """A stretch of one's own feedback."""

    items: list[OwnFeedback] = Field(default_factory=list)
    total: int = Field(description="总数。How many there are in all.")


class FeedbackPage(Response):
    """A stretch of the queue."""

    items: list[FeedbackEntry] = Field(default_factory=list)
    total: int = Field(description="总数。How many there are in all.")


class FeedbackQuery(PageQuery):
    """Query string of the queue."""

    kind: FeedbackKind | None = Field(default=None, description="只看这一种。One kind.")
    state: FeedbackState | None = Field(default=None, description="只看这一状态。One state.")


class FeedbackSettlement(Request):
    """What a reviewer says of feedback (处理反馈)."""

    state: FeedbackState = Field(description="新的状态。The new state.")
    note: Words = Field(default="", max_length=2000, description="回复，提交人可见。Reply, seen by the person.")


class FeedbackDesk(Protocol):
    """Feedback kept (反馈). An unknown id raises NotFound."""

    def give(self, principal: Principal, request: FeedbackRequest) -> OwnFeedback: ...

    def own(self, principal: Principal, page: PageQuery) -> OwnFeedbackPage: ...

    def queue(self, query: FeedbackQuery) -> FeedbackPage: ...

    def entry(self, assistant: Assistant, feedback_id: str) -> FeedbackDetail:
        """One entry as the reviewer of this view may see it."""
        ...

    def settle(self, reviewer: Principal, feedback_id: str, settlement: FeedbackSettlement) -> FeedbackEntry: ...
