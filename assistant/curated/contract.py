"""Curated answers as other programs see them (审定答复接口)."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import Annotated, Protocol

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from assistant.accounts.principal import Principal
from assistant.contract import Assistant, Day, OptionalDay, Request, Response
from assistant.userdata.words import PageQuery, SomeWords, Words

CuratedId = Annotated[str, Field(min_length=1, max_length=64, description="审定答复编号。Id of the curated answer.")]


class CuratedState(StrEnum):
    """State of a curated answer (状态). Whether it is stale is found out anew each time, never stored."""

    DRAFT = "draft"
    APPROVED = "approved"
    WITHDRAWN = "withdrawn"


CURATED_STATE_ZH = {
    CuratedState.DRAFT: "待审定",
    CuratedState.APPROVED: "已审定",
    CuratedState.WITHDRAWN: "已撤回",
}


class Quote(Request):
    """A verbatim quotation that a paragraph rests on (引文)."""

    provision_id: SomeWords = Field(max_length=500, description="条文编号。Id of the provision.")
    quote: SomeWords = Field(max_length=8000, description="逐字引文。Verbatim part of the provision.")


class Paragraph(Request):
    """A paragraph of an answer (段落) with what it rests on."""

    text: SomeWords = Field(max_length=4000, description="答复文字。Words of the answer.")
    quotes: list[Quote] = Field(min_length=1, max_length=10, description="依据。What it rests on.")


class CuratedRequest(Request):
    """An answer to be kept for a question (拟写审定答复)."""

    title: SomeWords = Field(max_length=200, description="标题。Title.")
    question: SomeWords = Field(max_length=500, description="问题。The question it answers.")
    phrasings: list[Annotated[SomeWords, Field(max_length=500)]] = Field(
        default_factory=list, max_length=30, description="其他问法。Further wordings of the question."
    )
    paragraphs: list[Paragraph] = Field(min_length=1, max_length=20, description="答复。The answer.")
    region: Words | None = Field(
        default=None, max_length=300, description="适用地区；null 为不限。Where it holds; null: everywhere."
    )
    valid_from: Day = Field(description="自何日起适用。First as-of day it is served for.")
    valid_until: OptionalDay = Field(default=None, description="至何日止（含）。Last as-of day; null: open.")
    feedback_id: Words | None = Field(default=None, max_length=64, description="由此反馈写成。Feedback it came from.")

    @model_validator(mode="after")
    def _days_in_order(self) -> CuratedRequest:
        if self.valid_until is not None and self.valid_until < self.valid_from:
            raise PydanticCustomError("bad_days", "止日早于起日")
        return self


class CuratedChange(Response):
    """One step in the history of a curated answer (历史)."""

    at: dt.datetime = Field(description="时间。When.")
    person: str = Field(description="经办人。Who.")
    action: str = Field(description="拟写、修改、审定、撤回。What was done.")
    note: str = Field(default="", description="说明。Note.")


class CuratedEntry(Response):
    """A curated answer in the reviewers' list (审定答复)."""

    id: CuratedId
    title: str = Field(description="标题。Title.")
    question: str = Field(description="问题。The question.")
    state: CuratedState = Field(description="状态。State.")
    region: str | None = Field(default=None, description="适用地区。Where it holds.")
    valid_from: dt.date = Field(description="自何日起适用。First day.")
    valid_until: dt.date | None = Field(default=None, description="至何日止（含）。Last day.")
    author: str = Field(description="拟写人。Author.")
    approver: str | None = Field(default=None, description="审定人。Approver.")
    approved_at: dt.datetime | None = Field(default=None, description="审定时间。When it was approved.")
    changed_at: dt.datetime = Field(description="最近修改。Last change.")
    faults: list[str] = Field(
        default_factory=list, description="今日不能使用的原因；空为可用。Why it is not served today; empty: it is."
    )


class CuratedDetail(CuratedEntry):
    """A whole curated answer with its history."""

    phrasings: list[str] = Field(default_factory=list, description="其他问法。Further wordings.")
    paragraphs: list[Paragraph] = Field(default_factory=list, description="答复。The answer.")
    feedback_id: str | None = Field(default=None, description="由此反馈写成。Feedback it came from.")
    hidden: bool = Field(default=False, description="有段落不在您的阅读范围内。Some paragraphs are not shown.")
    history: list[CuratedChange] = Field(default_factory=list, description="历史，旧的在前。History, oldest first.")


class CuratedPage(Response):
    """A stretch of the list."""

    items: list[CuratedEntry] = Field(default_factory=list)
    total: int = Field(description="总数。How many there are in all.")


class CuratedQuery(PageQuery):
    """Query string of the list."""

    state: CuratedState | None = Field(default=None, description="只看这一状态。One state.")
    stale: bool = Field(default=False, description="只看今日不能使用的。Only those that cannot be served today.")


class CuratedDecision(Request):
    """Approval or withdrawal (审定或撤回)."""

    note: Words = Field(default="", max_length=1000, description="说明。Note for the history.")


class CuratedDesk(Protocol):
    """Curated answers kept (审定答复). ``assistant`` is the view of the person who asks.

    What does not hold against the corpus raises InvalidInput with every fault; an unknown id raises NotFound.
    """

    def entries(self, assistant: Assistant, query: CuratedQuery) -> CuratedPage: ...

    def entry(self, assistant: Assistant, curated_id: str) -> CuratedDetail: ...

    def write(self, author: Principal, assistant: Assistant, request: CuratedRequest) -> CuratedDetail: ...

    def rewrite(
        self, author: Principal, assistant: Assistant, curated_id: str, request: CuratedRequest
    ) -> CuratedDetail: ...

    def approve(
        self, approver: Principal, assistant: Assistant, curated_id: str, decision: CuratedDecision
    ) -> CuratedDetail: ...

    def withdraw(
        self, reviewer: Principal, assistant: Assistant, curated_id: str, decision: CuratedDecision
    ) -> CuratedDetail: ...
