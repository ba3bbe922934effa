"""An assistant around an assistant (服务外层): everything is handed through, and a layer overrides what it is about."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from assistant.contract import (
    AskEvent,
    AskRequest,
    AskResponse,
    Assistant,
    CheckResponse,
    CiteRequest,
    CiteResponse,
    DocumentDetail,
    DocumentInfo,
    ProvisionDetail,
    SearchRequest,
    SearchResponse,
)


class AssistantLayer:
    """Hands every request to ``inner``; the base of the layers of ``LayeredViews``."""

    def __init__(self, inner: Assistant) -> None:
        self.inner = inner

    def search(self, request: SearchRequest) -> SearchResponse:
        return self.inner.search(request)

    def ask(self, request: AskRequest) -> AskResponse:
        return self.inner.ask(request)

    def ask_stream(self, request: AskRequest) -> Iterator[AskEvent]:
        return self.inner.ask_stream(request)

    def cite(self, request: CiteRequest) -> CiteResponse:
        return self.inner.cite(request)

    def check_citations(self, text: str, as_of: dt.date | None = None) -> CheckResponse:
        return self.inner.check_citations(text, as_of)

    def documents(self, as_of: dt.date | None = None) -> list[DocumentInfo]:
        return self.inner.documents(as_of)

    def document(self, document_id: str, as_of: dt.date | None = None) -> DocumentDetail:
        return self.inner.document(document_id, as_of)

    def provision(self, provision_id: str, as_of: dt.date | None = None) -> ProvisionDetail:
        return self.inner.provision(provision_id, as_of)
