"""Typed client of the API (接口客户端): the service's own methods, over HTTP. Used by the page and the command line.

What the service raises is raised here too; what keeps the request from arriving is ServerUnavailable.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from types import TracebackType
from typing import Self
from urllib.parse import quote

import httpx
from pydantic import TypeAdapter

from assistant.accounts.contract import Me
from assistant.api.account_client import AccountClient
from assistant.api.audit_client import AuditLogClient
from assistant.api.conversation_client import ConversationClient
from assistant.api.desk_client import DeskClient
from assistant.api.encyclopedia_client import EncyclopediaClient
from assistant.api.events import decode_events
from assistant.api.exam_client import ExamClient
from assistant.api.feedback_client import FeedbackClient, ReviewClient
from assistant.api.mine_client import MineClient
from assistant.api.paper_client import PaperClient
from assistant.api.pictures_client import PicturesClient
from assistant.api.quiz_client import QuizClient
from assistant.api.readers_client import ReadersClient
from assistant.api.upload_client import UploadClient
from assistant.api.wire import Wire, given
from assistant.auditlog.contract import Surface
from assistant.contract import (
    AskEvent,
    AskRequest,
    AskResponse,
    CheckResponse,
    CiteRequest,
    CiteResponse,
    DocumentDetail,
    DocumentInfo,
    ErrorEvent,
    Health,
    IndexStatus,
    Preparation,
    ProvisionDetail,
    SearchRequest,
    SearchResponse,
)
from assistant.problems import error_from_problem

_DOCUMENTS: TypeAdapter[list[DocumentInfo]] = TypeAdapter(list[DocumentInfo])


class ApiClient:
    """A running service at ``base_url``; keep one and close it, or use it in a ``with`` block.

    ``desk`` is its discretion desk, ``accounts`` its accounts. ``token``: who asks, where the service has accounts.
    ``timeout_s``, ``transport`` and ``surface`` as in ``Wire``; ``wire`` instead of them: connections that are there.
    """

    def __init__(
        self,
        base_url: str,
        *,
        token: str | None = None,
        timeout_s: float = 120.0,
        transport: httpx.BaseTransport | None = None,
        wire: Wire | None = None,
        surface: Surface = Surface.API,
    ) -> None:
        wire = wire or Wire(base_url, timeout_s=timeout_s, transport=transport, surface=surface)
        self._wire = wire.bearing(token) if token else wire
        self.base_url = self._wire.base_url
        self.accounts = AccountClient(self._wire)
        self.desk = DeskClient(self._wire)
        self.readers = ReadersClient(self._wire)
        self.conversations = ConversationClient(self._wire)
        self.encyclopedia = EncyclopediaClient(self._wire)
        self.pictures = PicturesClient(self._wire)
        self.feedback = FeedbackClient(self._wire)
        self.review = ReviewClient(self._wire)
        self.corpora = UploadClient(self._wire)
        self.quiz = QuizClient(self._wire)
        self.papers = PaperClient(self._wire)
        self.exams = ExamClient(self._wire)
        self.mine = MineClient(self._wire)
        self.auditlog = AuditLogClient(self._wire)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        self._wire.close()

    def bearing(self, token: str) -> ApiClient:
        """This service as the person of a token sees it, over the same connections."""
        return ApiClient(self.base_url, token=token, wire=self._wire)

    def on_behalf_of(self, address: str) -> ApiClient:
        """This service as a visitor of that address meets it, over the same connections; the page's server asks so."""
        return ApiClient(self.base_url, wire=self._wire.on_behalf_of(address)) if address else self

    def me(self) -> Me:
        return self._wire.get("/api/me", Me)

    def search(self, request: SearchRequest) -> SearchResponse:
        return self._wire.post("/api/search", request, SearchResponse)

    def ask(self, request: AskRequest) -> AskResponse:
        return self._wire.post("/api/ask", request, AskResponse)

    def ask_stream(self, request: AskRequest) -> Iterator[AskEvent]:
        """Events as they arrive; an ``error`` event is raised as the error it stands for."""
        with self._wire.stream("/api/ask", request, "text/event-stream") as lines:
            for event in decode_events(lines):
                if isinstance(event, ErrorEvent):
                    raise error_from_problem(event.problem)
                yield event

    def cite(self, request: CiteRequest) -> CiteResponse:
        return self._wire.post("/api/citations", request, CiteResponse)

    def check_citations(self, text: str, as_of: dt.date | None = None) -> CheckResponse:
        return self._wire.post("/api/citations/check", CiteRequest(text=text, as_of=as_of), CheckResponse)

    def documents(self, as_of: dt.date | None = None) -> list[DocumentInfo]:
        return self._wire.get_list("/api/documents", _DOCUMENTS, given(as_of=as_of))

    def document(self, document_id: str, as_of: dt.date | None = None) -> DocumentDetail:
        return self._wire.get(f"/api/documents/{quote(document_id, safe='')}", DocumentDetail, given(as_of=as_of))

    def provision(self, provision_id: str, as_of: dt.date | None = None) -> ProvisionDetail:
        return self._wire.get(f"/api/provisions/{quote(provision_id)}", ProvisionDetail, given(as_of=as_of))

    def health(self) -> Health:
        return self._wire.get("/api/health", Health)

    def index_status(self) -> IndexStatus:
        return self._wire.get("/api/index", IndexStatus)

    def rebuild_index(self) -> Preparation:
        return Preparation.model_validate_json(self._wire.send("POST", "/api/index/rebuild", json={}).content)
