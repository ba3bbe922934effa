"""What a person works out at the discretion desk goes on record (记录裁量核查), before the result is handed over.

The standard, the day and the digest of the result are facts of the entry; what happened, in the person's words, is kept
beside the chain like a question. Lists and records that are only looked at are not recorded.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from assistant.accounts.principal import Principal
from assistant.auditlog.chain import canonical
from assistant.auditlog.contract import Act, Fact, Recorder
from assistant.contract import Response
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

_R = TypeVar("_R", bound=Response)
_Worked = FindRequest | ComputeRequest | CheckRequest | ExplainRequest


@dataclass(frozen=True, slots=True)
class RecordingDesk:
    """The desk of one person; implements ``Desk``. ``revision`` gives the revision of the corpus."""

    inner: Desk
    principal: Principal
    recorder: Recorder
    revision: Callable[[], str]

    def find(self, request: FindRequest) -> FindResponse:
        return self._recorded(Act.FIND_STANDARDS, request, self.inner.find(request))

    def compute(self, request: ComputeRequest) -> ComputeResponse:
        return self._recorded(Act.COMPUTE_FINE, request, self.inner.compute(request))

    def check(self, request: CheckRequest) -> CheckResponse:
        return self._recorded(Act.CHECK_FINE, request, self.inner.check(request))

    def explain(self, request: ExplainRequest) -> ExplainResponse:
        return self._recorded(Act.EXPLAIN_FINE, request, self.inner.explain(request))

    def explain_docx(self, request: ExplainRequest) -> bytes:
        written = self.inner.explain_docx(request)
        self._record(Act.EXPLAIN_FINE, request, hashlib.sha256(written).hexdigest())
        return written

    def _recorded(self, act: Act, request: _Worked, response: _R) -> _R:
        answer = canonical(response.model_dump(mode="json", exclude={"latency_ms"}))
        self._record(act, request, hashlib.sha256(answer.encode()).hexdigest())
        return response

    def _record(self, act: Act, request: _Worked, answer: str) -> None:
        facts: dict[str, Fact] = {"corpus": self.revision(), "answer": answer}
        facts["as_of"] = request.as_of.isoformat() if request.as_of else None
        words = getattr(request, "description", None)
        self.recorder.record(
            act,
            self.principal,
            target=getattr(request, "standard", None) or "",
            personal={"question": words} if words else None,
            facts=facts,
        )

    # ---- looked at, not recorded -------------------------------------------------------------------------------

    def standards(
        self, query: str | None = None, document: str | None = None, as_of: dt.date | None = None
    ) -> list[StandardInfo]:
        return self.inner.standards(query, document, as_of)

    def standard(self, key: str, as_of: dt.date | None = None) -> StandardInfo:
        return self.inner.standard(key, as_of)

    def items(self, document: str | None = None) -> list[ItemInfo]:
        return self.inner.items(document)

    def audit(self, request: AuditRequest) -> list[AuditResponse]:
        return self.inner.audit(request)

    def review(self, document: str | None = None) -> list[ReviewEntry]:
        return self.inner.review(document)

    def correct(self, key: str, request: CorrectionRequest) -> ReviewEntry:
        return self.inner.correct(key, request)

    def remove_correction(self, key: str) -> ReviewEntry:
        return self.inner.remove_correction(key)

    def picture(self, key: str, page: int | None = None) -> bytes:
        return self.inner.picture(key, page)
