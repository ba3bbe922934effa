"""The way to the desk (裁量核查入口) while a process starts: the desk last set, or how far the start is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from assistant.contract import Preparation
from assistant.discretion.contract import (
    AuditRequest,
    AuditResponse,
    CheckRequest,
    CheckResponse,
    ComputeRequest,
    ComputeResponse,
    CorrectionRequest,
    Desk,
    ExplainRequest,
    ExplainResponse,
    FindRequest,
    FindResponse,
    ItemInfo,
    ReviewEntry,
    StandardInfo,
)
from assistant.gate import still_preparing


class DeskGate:
    """The desk as callers see it; implements ``Desk``. Raises StillPreparing until a desk is set."""

    def __init__(self, preparation: Callable[[], Preparation]) -> None:
        self._preparation = preparation
        self._desk: Desk | None = None

    def set(self, desk: Desk) -> None:
        """Serve from ``desk`` from now on."""
        self._desk = desk

    def close(self) -> None:
        """Refuse requests again until a desk is set."""
        self._desk = None

    def standards(
        self, query: str | None = None, document: str | None = None, as_of: dt.date | None = None
    ) -> list[StandardInfo]:
        return self._open().standards(query, document, as_of)

    def standard(self, key: str, as_of: dt.date | None = None) -> StandardInfo:
        return self._open().standard(key, as_of)

    def items(self, document: str | None = None) -> list[ItemInfo]:
        return self._open().items(document)

    def find(self, request: FindRequest) -> FindResponse:
        return self._open().find(request)

    def compute(self, request: ComputeRequest) -> ComputeResponse:
        return self._open().compute(request)

    def check(self, request: CheckRequest) -> CheckResponse:
        return self._open().check(request)

    def explain(self, request: ExplainRequest) -> ExplainResponse:
        return self._open().explain(request)

    def explain_docx(self, request: ExplainRequest) -> bytes:
        return self._open().explain_docx(request)

    def audit(self, request: AuditRequest) -> list[AuditResponse]:
        return self._open().audit(request)

    def review(self, document: str | None = None) -> list[ReviewEntry]:
        return self._open().review(document)

    def correct(self, key: str, request: CorrectionRequest) -> ReviewEntry:
        return self._open().correct(key, request)

    def remove_correction(self, key: str) -> ReviewEntry:
        return self._open().remove_correction(key)

    def picture(self, key: str, page: int | None = None) -> bytes:
        return self._open().picture(key, page)

    def _open(self) -> Desk:
        if self._desk is None:
            raise still_preparing(self._preparation())
        return self._desk
