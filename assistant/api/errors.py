"""Every refusal of the API as a problem detail (RFC 9457)."""

from __future__ import annotations

import logging
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from assistant.api.security_headers import API_HEADERS
from assistant.contract import Problem, to_json
from assistant.problems import internal_problem, problem_from_error, problem_from_http, problem_from_validation
from corpus.errors import EAssistantError, NotAuthenticated, TooManyRequests

MEDIA_TYPE = "application/problem+json"
log = logging.getLogger(__name__)


def problem_response(problem: Problem, headers: dict[str, str] | None = None) -> JSONResponse:
    return JSONResponse(to_json(problem), problem.status, headers=headers, media_type=MEDIA_TYPE)


def refusals(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The description of a route's refusals for the OpenAPI page."""
    words = {
        401: "需要登录。No valid session or token.",
        403: "没有权限。Not allowed for this role or token.",
        404: "没有这一项。Not found.",
        422: "输入有误。Refused input, with the field.",
        409: "状态已变。No longer in the state the request takes for granted.",
        413: "内容过长。Too large.",
        415: "不支持这种内容。Unsupported media type.",
        429: "请求过多。Too many requests.",
        500: "程序内部出错。A fault of the program.",
        503: "暂不可用。Store or index unavailable.",
    }
    schema = {"$ref": "#/components/schemas/Problem"}
    return {s: {"description": words[s], "content": {MEDIA_TYPE: {"schema": schema}}} for s in statuses}


def install(app: FastAPI) -> None:
    """Register the handlers; after this no route answers an error in any other shape."""
    app.add_exception_handler(EAssistantError, _family)
    app.add_exception_handler(RequestValidationError, _refused)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(Exception, _fault)


async def _family(_request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, EAssistantError)
    if error.http_status >= 500:
        log.warning("%s: %s", error.code, error)
    return problem_response(problem_from_error(error), _headers(error))


def _headers(error: EAssistantError) -> dict[str, str] | None:
    if isinstance(error, TooManyRequests) and error.retry_after_s is not None:
        return {"Retry-After": str(error.retry_after_s)}
    return {"WWW-Authenticate": "Bearer"} if isinstance(error, NotAuthenticated) else None


async def _refused(_request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)
    return problem_response(problem_from_validation(error.errors(), skip=1))


async def _http(_request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)
    headers = dict(error.headers) if error.headers else None
    return problem_response(problem_from_http(error.status_code, error.detail), headers)


async def _fault(_request: Request, _error: Exception) -> JSONResponse:
    # Starlette raises the error again after this answer, and the server writes it to its log.
    return problem_response(internal_problem(), dict(API_HEADERS))
