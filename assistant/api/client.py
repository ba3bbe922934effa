"""Typed client of the API (接口客户端): the service's own methods, over HTTP. Used by the page and the command line.

What the service raises is raised here too; what keeps the request from arriving is ServerUnavailable.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from types import TracebackType
from typing import Any, Self, TypeVar
from urllib.parse import quote

import httpx
from pydantic import BaseModel, TypeAdapter, ValidationError

from assistant.api.events import decode_events
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
    Problem,
    ProvisionDetail,
    SearchRequest,
    SearchResponse,
    to_json,
)
from assistant.problems import error_from_problem
from corpus.errors import EAssistantError, ServerUnavailable

Model = TypeVar("Model", bound=BaseModel)
_DOCUMENTS: TypeAdapter[list[DocumentInfo]] = TypeAdapter(list[DocumentInfo])


class ApiClient:
    """A running service at ``base_url``; keep one and close it, or use it in a ``with`` block.

    ``timeout_s`` bounds each wait for bytes, not a whole answer. Proxies of the environment are not used: the service
    is on this machine or in this network. ``transport`` is for tests.
    """

    def __init__(
        self, base_url: str, *, timeout_s: float = 120.0, transport: httpx.BaseTransport | None = None
    ) -> None:
        self.base_url = base_url.rstrip("/")
        self._http = httpx.Client(
            base_url=self.base_url,
            timeout=httpx.Timeout(timeout_s, connect=3.0),
            trust_env=False,
            verify=base_url.startswith("https:"),  # for http, reading the system's certificates only takes time
            transport=transport,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        self._http.close()

    # ---- the service ---------------------------------------------------------------------------------------

    def search(self, request: SearchRequest) -> SearchResponse:
        return self._post("/api/search", request, SearchResponse)

    def ask(self, request: AskRequest) -> AskResponse:
        return self._post("/api/ask", request, AskResponse)

    def ask_stream(self, request: AskRequest) -> Iterator[AskEvent]:
        """Events as they arrive; an ``error`` event is raised as the error it stands for."""
        with (
            self._arriving(),
            self._http.stream(
                "POST", "/api/ask", json=_body(request), headers={"Accept": "text/event-stream"}
            ) as response,
        ):
            if not response.is_success:
                response.read()
                raise _refusal(response)
            for event in decode_events(response.iter_lines()):
                if isinstance(event, ErrorEvent):
                    raise error_from_problem(event.problem)
                yield event

    def cite(self, request: CiteRequest) -> CiteResponse:
        return self._post("/api/citations", request, CiteResponse)

    def check_citations(self, text: str, as_of: dt.date | None = None) -> CheckResponse:
        return self._post("/api/citations/check", CiteRequest(text=text, as_of=as_of), CheckResponse)

    def documents(self, as_of: dt.date | None = None) -> list[DocumentInfo]:
        return _DOCUMENTS.validate_json(self._send("GET", "/api/documents", params=_day(as_of)).content)

    def document(self, document_id: str, as_of: dt.date | None = None) -> DocumentDetail:
        return self._get(f"/api/documents/{quote(document_id, safe='')}", DocumentDetail, _day(as_of))

    def provision(self, provision_id: str, as_of: dt.date | None = None) -> ProvisionDetail:
        return self._get(f"/api/provisions/{quote(provision_id)}", ProvisionDetail, _day(as_of))

    def health(self) -> Health:
        return self._get("/api/health", Health)

    def index_status(self) -> IndexStatus:
        return self._get("/api/index", IndexStatus)

    def rebuild_index(self) -> Preparation:
        return Preparation.model_validate_json(self._send("POST", "/api/index/rebuild", json={}).content)

    # ---- the wire --------------------------------------------------------------------------------------------

    def _get(self, path: str, model: type[Model], params: Mapping[str, str] | None = None) -> Model:
        return model.model_validate_json(self._send("GET", path, params=params).content)

    def _post(self, path: str, request: BaseModel, model: type[Model]) -> Model:
        return model.model_validate_json(self._send("POST", path, json=_body(request)).content)

    def _send(self, method: str, path: str, **options: Any) -> httpx.Response:
        with self._arriving():
            response = self._http.request(method, path, **options)
        if not response.is_success:
            raise _refusal(response)
        return response

    @contextmanager
    def _arriving(self) -> Iterator[None]:
        try:
            yield
        except httpx.TransportError as error:
            raise ServerUnavailable(
                f"连接不上服务（{type(error).__name__}）。",
                where=self.base_url,
                remedy="请运行 eassistant serve 启动服务，或稍后再试。",
            ) from error


def _body(request: BaseModel) -> dict[str, Any]:
    return {key: value for key, value in to_json(request).items() if value is not None}


def _day(as_of: dt.date | None) -> dict[str, str]:
    return {"as_of": as_of.isoformat()} if as_of else {}


def _refusal(response: httpx.Response) -> EAssistantError:
    try:
        return error_from_problem(Problem.model_validate_json(response.content))
    except ValidationError:
        return ServerUnavailable(
            f"服务的应答无法识别（HTTP {response.status_code}）。",
            where=str(response.request.url),
            remedy="请确认该地址运行的是 eassistant serve。",
        )
