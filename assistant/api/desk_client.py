"""The discretion desk over HTTP (裁量核查接口): the methods of ``Desk``, one request each."""

from __future__ import annotations

import datetime as dt
from urllib.parse import quote

from pydantic import TypeAdapter

from assistant.api.wire import Wire, body, given
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

_STANDARDS: TypeAdapter[list[StandardInfo]] = TypeAdapter(list[StandardInfo])
_ITEMS: TypeAdapter[list[ItemInfo]] = TypeAdapter(list[ItemInfo])
_AUDITS: TypeAdapter[list[AuditResponse]] = TypeAdapter(list[AuditResponse])
_REVIEW: TypeAdapter[list[ReviewEntry]] = TypeAdapter(list[ReviewEntry])

_PREFIX = "/api/discretion"


class DeskClient:
    """The desk of a running service; implements ``assistant.discretion.contract.Desk``."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    def standards(
        self, query: str | None = None, document: str | None = None, as_of: dt.date | None = None
    ) -> list[StandardInfo]:
        params = given(query=query, document=document, as_of=as_of)
        return self._wire.get_list(f"{_PREFIX}/standards", _STANDARDS, params)

    def standard(self, key: str, as_of: dt.date | None = None) -> StandardInfo:
        return self._wire.get(f"{_PREFIX}/standards/{quote(key)}", StandardInfo, given(as_of=as_of))

    def items(self, document: str | None = None) -> list[ItemInfo]:
        return self._wire.get_list(f"{_PREFIX}/items", _ITEMS, given(document=document))

    def find(self, request: FindRequest) -> FindResponse:
        return self._wire.post(f"{_PREFIX}/find", request, FindResponse)

    def compute(self, request: ComputeRequest) -> ComputeResponse:
        return self._wire.post(f"{_PREFIX}/compute", request, ComputeResponse)

    def check(self, request: CheckRequest) -> CheckResponse:
        return self._wire.post(f"{_PREFIX}/check", request, CheckResponse)

    def explain(self, request: ExplainRequest) -> ExplainResponse:
        return self._wire.post(f"{_PREFIX}/explain", request, ExplainResponse)

    def explain_docx(self, request: ExplainRequest) -> bytes:
        return self._wire.send("POST", f"{_PREFIX}/explain.docx", json=body(request)).content

    def audit(self, request: AuditRequest) -> list[AuditResponse]:
        return _AUDITS.validate_json(self._wire.send("POST", f"{_PREFIX}/audit", json=body(request)).content)

    def review(self, document: str | None = None) -> list[ReviewEntry]:
        return self._wire.get_list(f"{_PREFIX}/review", _REVIEW, given(document=document))

    def correct(self, key: str, request: CorrectionRequest) -> ReviewEntry:
        sent = self._wire.send("PUT", f"{_PREFIX}/corrections/{quote(key)}", json=body(request))
        return ReviewEntry.model_validate_json(sent.content)

    def remove_correction(self, key: str) -> ReviewEntry:
        sent = self._wire.send("DELETE", f"{_PREFIX}/corrections/{quote(key)}")
        return ReviewEntry.model_validate_json(sent.content)

    def picture(self, key: str, page: int | None = None) -> bytes:
        return self._wire.send("GET", f"{_PREFIX}/pictures/{quote(key)}", params=given(page=page)).content
