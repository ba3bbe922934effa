"""The wire to the API (接口传输): models out and in, refusals raised as the errors they stand for."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from copy import copy
from typing import Any, TypeVar

import httpx
from pydantic import BaseModel, TypeAdapter, ValidationError

from assistant.auditlog.contract import Surface
from assistant.auditlog.origin import HEADER
from assistant.contract import Problem, to_json
from assistant.problems import error_from_problem
from corpus.errors import EAssistantError, InvalidInput, ServerUnavailable

Model = TypeVar("Model", bound=BaseModel)
Value = TypeVar("Value")
_TOKEN = re.compile(r"[A-Za-z0-9._~+/=-]{1,200}")


class Wire:
    """One HTTP connection pool to a service at ``base_url``.

    ``timeout_s`` bounds each wait for bytes, not a whole answer. Proxies of the environment are not used: the service
    is on this machine or in this network. ``transport`` is for tests. ``surface`` says in the audit log by which way
    requests come.
    """

    def __init__(
        self,
        base_url: str,
        *,
        timeout_s: float,
        transport: httpx.BaseTransport | None = None,
        surface: Surface = Surface.API,
    ) -> None:
        self.base_url = base_url.rstrip("/")
        self._http = httpx.Client(
            base_url=self.base_url,
            timeout=httpx.Timeout(timeout_s, connect=3.0),
            trust_env=False,
            verify=base_url.startswith("https:"),  # for http, reading the system's certificates only takes time
            transport=transport,
        )
        self._headers: dict[str, str] = {HEADER: surface.value}

    def bearing(self, token: str) -> Wire:
        """The same connections with a person's token on every request; closing either closes both.

        Raises InvalidInput for what cannot be a token.
        """
        if not _TOKEN.fullmatch(token):
            raise InvalidInput("令牌的写法不对。", remedy="请核对 EASSISTANT_TOKEN，它以 eat_ 开头。")
        wire = copy(self)
        wire._headers = {**self._headers, "Authorization": f"Bearer {token}"}
        return wire

    def on_behalf_of(self, address: str) -> Wire:
        """The same connections for a visitor of that address, by which the service counts who is not logged in."""
        wire = copy(self)
        wire._headers = {**self._headers, "X-Forwarded-For": address}
        return wire

    def close(self) -> None:
        self._http.close()

    def get(self, path: str, model: type[Model], params: Mapping[str, str] | None = None) -> Model:
        return model.model_validate_json(self.send("GET", path, params=params).content)

    def get_list(self, path: str, shape: TypeAdapter[Value], params: Mapping[str, str] | None = None) -> Value:
        return shape.validate_json(self.send("GET", path, params=params).content)

    def post(self, path: str, request: BaseModel, model: type[Model]) -> Model:
        return model.model_validate_json(self.send("POST", path, json=body(request)).content)

    def send(self, method: str, path: str, **options: Any) -> httpx.Response:
        """The response to one request. Raises the error a refusal stands for, or ServerUnavailable."""
        headers = {**self._headers, **(options.pop("headers", None) or {})}
        with self._arriving():
            response = self._http.request(method, path, headers=headers, **options)
        if not response.is_success:
            raise _refusal(response)
        return response

    @contextmanager
    def stream(self, path: str, request: BaseModel, accept: str) -> Iterator[Iterator[str]]:
        """The lines of an answer as they arrive."""
        headers = {**self._headers, "Accept": accept}
        with (
            self._arriving(),
            self._http.stream("POST", path, json=body(request), headers=headers) as response,
        ):
            if not response.is_success:
                response.read()
                raise _refusal(response)
            yield response.iter_lines()

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


def body(request: BaseModel) -> dict[str, Any]:
    """The JSON of a request without what is not given."""
    return {key: value for key, value in to_json(request).items() if value is not None}


def given(**values: str | int | dt.date | None) -> dict[str, str]:
    """A query string without what is not given; days in ISO form."""
    return {name: str(value) for name, value in values.items() if value is not None}


def _refusal(response: httpx.Response) -> EAssistantError:
    try:
        return error_from_problem(Problem.model_validate_json(response.content))
    except ValidationError:
        return ServerUnavailable(
            f"服务的应答无法识别（HTTP {response.status_code}）。",
            where=str(response.request.url),
            remedy="请确认该地址运行的是 eassistant serve。",
        )
