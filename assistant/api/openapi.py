"""The OpenAPI document made whole (接口文档): every refusal of a route, who may call it, an example of everything.

What follows from the kind of route is added here once, so that no route has to say it: who is not logged in is
refused, whoever asks too often is, a body can be too long, the store can be away.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI
from fastapi.routing import APIRoute, iter_route_contexts
from pydantic import TypeAdapter

from assistant.accounts.roles import Permission
from assistant.api.errors import MEDIA_TYPE, refusals
from assistant.api.examples import Examples
from assistant.api.permission import permission_of
from assistant.contract import AskEvent, Problem, to_json
from assistant.conversations.contract import ConversationEvent
from assistant.problems import internal_problem, problem_from_error, problem_from_http
from corpus.errors import Conflict, Forbidden, InvalidInput, NotAuthenticated, NotFound, StillPreparing, TooManyRequests

BEARER = "bearer"
_REF = "#/components/schemas/{model}"
_UNIONS: dict[str, Any] = {"AskEvent": AskEvent, "ConversationEvent": ConversationEvent}
_UNUSED = ("HTTPValidationError", "ValidationError")
EVENT_STREAM = "text/event-stream"
_SENTENCE = '{"event": "sentence", "sentence": {"text": "…", "citations": []}}'
_SENT = {"event": "sentence", "id": "2", "data": _SENTENCE}
_EVENT = {
    "type": "object",
    "description": "一个事件；data 为 AskEvent 或 ConversationEvent 的 JSON。One event.",
    "properties": {
        "event": {"type": "string"},
        "data": {"type": "string", "contentMediaType": "application/json"},
        "id": {"type": "string"},
        "retry": {"type": "integer"},
    },
}


def operation_id(route: APIRoute) -> str:
    """A name that stays while paths change: the tag and the function of the route."""
    return f"{route.tags[0]}_{route.name}".replace("-", "_") if route.tags else route.name


def operations(app: FastAPI) -> Iterator[tuple[str, str, APIRoute]]:
    """Method, path and route of every operation."""
    for context in iter_route_contexts(app.routes):
        route = context.original_route
        if isinstance(route, APIRoute) and route.include_in_schema:
            for method in sorted(route.methods or ()):
                yield method, route.path_format, route


def described(app: FastAPI) -> Callable[[], dict[str, Any]]:
    """The function that makes the document of an application, once."""
    plain = app.openapi

    def describe() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = _whole(app, plain())
        return app.openapi_schema

    return describe


def _whole(app: FastAPI, document: dict[str, Any]) -> dict[str, Any]:
    components = document.setdefault("components", {})
    schemas = components.setdefault("schemas", {})
    for name, union in _UNIONS.items():
        shape = TypeAdapter[Any](union).json_schema(mode="serialization", ref_template=_REF)
        for part, described_part in {**shape.pop("$defs"), name: shape}.items():
            schemas.setdefault(part, described_part)
    for name in _UNUSED:
        schemas.pop(name, None)
    components["securitySchemes"] = {
        BEARER: {"type": "http", "scheme": "bearer", "description": "登录所得或在“我的”中建立的令牌。"}
    }
    examples = Examples(schemas)
    for method, path, route in operations(app):
        operation = document["paths"][path][method.lower()]
        _say_who_may(operation, permission_of(route))
        _add_refusals(operation, permission_of(route))
        _add_examples(operation, examples)
    return document


def _say_who_may(operation: dict[str, Any], permission: Permission | None) -> None:
    if permission is not None:
        operation["x-permission"] = permission.value
    operation["security"] = [] if permission is Permission.PUBLIC else [{BEARER: []}]


def _add_refusals(operation: dict[str, Any], permission: Permission | None) -> None:
    """The refusals that follow from the kind of operation; those that the route describes itself stay."""
    statuses = {422, 429, 500, 503}
    if permission is not Permission.PUBLIC:
        statuses |= {401, 403}
    if "requestBody" in operation:
        statuses |= {413}
    if any(p["in"] == "path" for p in operation.get("parameters", ())):
        statuses |= {404}
    responses = operation["responses"]
    for status, words in refusals(*sorted(statuses)).items():
        responses.setdefault(str(status), words)
    for status, response in responses.items():
        if status.isdecimal() and int(status) >= HTTPStatus.BAD_REQUEST:
            response["content"] = {
                MEDIA_TYPE: {"schema": {"$ref": _REF.format(model="Problem")}, "example": _problem(int(status))}
            }
    operation["responses"] = dict(sorted(responses.items()))


def _problem(status: int) -> dict[str, Any]:
    errors = {
        401: NotAuthenticated("没有登录。"),
        403: Forbidden("您的角色或令牌不能进行这一操作。"),
        404: NotFound("没有编号为“v-0/第一条”的条文。", where="provision_id", remedy="请由检索结果进入。"),
        409: Conflict("这一项已被他人修改。"),
        422: InvalidInput("日期“2026-13-40”不存在", where="/as_of"),
        429: TooManyRequests("短时间内请求过多。"),
        503: StillPreparing("正在装载法律（120/1534）。"),
    }
    problem: Problem = (
        internal_problem()
        if status == HTTPStatus.INTERNAL_SERVER_ERROR
        else problem_from_error(errors[status])
        if status in errors
        else problem_from_http(status)
    )
    return to_json(problem)


def _add_examples(operation: dict[str, Any], examples: Examples) -> None:
    for parameter in operation.get("parameters", ()):
        if "example" not in parameter and "examples" not in parameter:
            value = examples.of(parameter.get("schema", {}), parameter["name"])
            if value is not None:
                parameter["example"] = value
    bodies = [operation.get("requestBody", {}), *operation["responses"].values()]
    for media, content in ((m, c) for body in bodies for m, c in body.get("content", {}).items()):
        schema = content.get("schema", {})
        if media == EVENT_STREAM:
            content |= {"schema": _EVENT, "example": _SENT}
        if "example" in content or "examples" in content or schema.get("format") == "binary":
            continue
        content["example"] = examples.of(schema)
