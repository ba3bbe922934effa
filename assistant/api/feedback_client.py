"""Feedback, curated answers and refused questions over HTTP (反馈与审核接口)."""

from __future__ import annotations

from urllib.parse import quote

from assistant.api.wire import Wire, body, given
from assistant.curated.contract import CuratedDecision, CuratedDetail, CuratedPage, CuratedQuery, CuratedRequest
from assistant.feedback.contract import (
    FeedbackDetail,
    FeedbackEntry,
    FeedbackPage,
    FeedbackQuery,
    FeedbackRequest,
    FeedbackSettlement,
    OwnFeedback,
    OwnFeedbackPage,
)
from assistant.refused.contract import RefusedGroup, RefusedPage, RefusedQuery, RefusedSettlement
from assistant.userdata.words import PageQuery


class FeedbackClient:
    """What the person behind the client says of answers."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    def give(self, request: FeedbackRequest) -> OwnFeedback:
        return self._wire.post("/api/feedback", request, OwnFeedback)

    def own(self, page: PageQuery) -> OwnFeedbackPage:
        return self._wire.get("/api/me/feedback", OwnFeedbackPage, given(**body(page)))


class ReviewClient:
    """The reviewers' queues: feedback, curated answers, refused questions."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    def feedback(self, query: FeedbackQuery) -> FeedbackPage:
        return self._wire.get("/api/review/feedback", FeedbackPage, given(**body(query)))

    def feedback_entry(self, feedback_id: str) -> FeedbackDetail:
        return self._wire.get(f"/api/review/feedback/{quote(feedback_id, safe='')}", FeedbackDetail)

    def settle_feedback(self, feedback_id: str, settlement: FeedbackSettlement) -> FeedbackEntry:
        sent = self._wire.send("PUT", f"/api/review/feedback/{quote(feedback_id, safe='')}", json=body(settlement))
        return FeedbackEntry.model_validate_json(sent.content)

    def curated(self, query: CuratedQuery) -> CuratedPage:
        params = {**given(**body(query)), "stale": "true" if query.stale else "false"}
        return self._wire.get("/api/review/curated", CuratedPage, params)

    def curated_entry(self, curated_id: str) -> CuratedDetail:
        return self._wire.get(f"/api/review/curated/{quote(curated_id, safe='')}", CuratedDetail)

    def write_curated(self, request: CuratedRequest, curated_id: str | None = None) -> CuratedDetail:
        """A new one, or a saved one written anew."""
        if curated_id is None:
            return self._wire.post("/api/review/curated", request, CuratedDetail)
        sent = self._wire.send("PUT", f"/api/review/curated/{quote(curated_id, safe='')}", json=body(request))
        return CuratedDetail.model_validate_json(sent.content)

    def approve_curated(self, curated_id: str, decision: CuratedDecision) -> CuratedDetail:
        return self._wire.post(f"/api/review/curated/{quote(curated_id, safe='')}/approve", decision, CuratedDetail)

    def withdraw_curated(self, curated_id: str, decision: CuratedDecision) -> CuratedDetail:
        return self._wire.post(f"/api/review/curated/{quote(curated_id, safe='')}/withdraw", decision, CuratedDetail)

    def refused(self, query: RefusedQuery) -> RefusedPage:
        return self._wire.get("/api/review/refused", RefusedPage, given(**body(query)))

    def settle_refused(self, group_id: str, settlement: RefusedSettlement) -> RefusedGroup:
        sent = self._wire.send("PUT", f"/api/review/refused/{quote(group_id, safe='')}", json=body(settlement))
        return RefusedGroup.model_validate_json(sent.content)
