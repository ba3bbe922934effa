"""Acts of administration go on record (记录管理操作): one table of routes and what is recorded of each.

The entry is written when the route has done its work and before its answer leaves, so nobody is told that something
was done that the log does not know of. Questions are recorded elsewhere (``assistant.auditlog.recording``), uploads by
their own service. A test holds the table against all routes that change something.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from fastapi.routing import APIRoute
from starlette.concurrency import run_in_threadpool
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.api.errors import problem_response
from assistant.api.openapi import operation_id
from assistant.auditlog.contract import Act, Fact, Recorder
from assistant.problems import problem_from_error
from corpus.errors import StoreUnavailable

_LOGIN = "/api/login"
_LONGEST_LOGIN_BODY = 4096


@dataclass(frozen=True, slots=True)
class Recorded:
    """What is recorded of a route: the act, and where its target or the account acted on stands.

    ``target`` and ``whom`` name a part of the path, or of the answer as ``answer.id``; ``facts`` are fields of the
    answer that name no person.
    """

    act: Act
    target: str = ""
    whom: str = ""
    facts: tuple[str, ...] = ()


ACTS: Mapping[str, Recorded] = {
    "accounts_set_up": Recorded(Act.ACCOUNT_CREATED, whom="answer.me.id", facts=("me.role",)),
    "accounts_login": Recorded(Act.LOG_IN, whom="answer.me.id", facts=("me.role",)),
    "accounts_logout": Recorded(Act.LOG_OUT),
    "accounts_change_password": Recorded(Act.PASSWORD_CHANGED),
    "accounts_end_session": Recorded(Act.SESSION_ENDED, target="session_id"),
    "accounts_create_token": Recorded(Act.TOKEN_CREATED, target="answer.id", facts=("scopes",)),
    "accounts_revoke_token": Recorded(Act.TOKEN_REVOKED, target="token_id"),
    "accounts_create": Recorded(Act.ACCOUNT_CREATED, whom="answer.account.id", facts=("account.role",)),
    "accounts_change": Recorded(
        Act.ACCOUNT_CHANGED, whom="account_id", facts=("role", "active", "department", "region")
    ),
    "accounts_reset_password": Recorded(Act.PASSWORD_CHANGED, whom="account_id"),
    "accounts_unlock": Recorded(Act.ACCOUNT_CHANGED, whom="account_id"),
    "corpus_limit": Recorded(Act.READERS_CHANGED, target="document_id", facts=("departments", "regions")),
    "service_rebuild_index": Recorded(Act.INDEX_REBUILT),
    "discretion_correct": Recorded(Act.RECORD_CORRECTED, target="key"),
    "discretion_remove_correction": Recorded(Act.CORRECTION_REMOVED, target="key"),
    "curated_write": Recorded(Act.CURATED_ANSWER_CREATED, target="answer.id"),
    "curated_rewrite": Recorded(Act.CURATED_ANSWER_CHANGED, target="curated_id"),
    "curated_approve": Recorded(Act.CURATED_ANSWER_APPROVED, target="curated_id"),
    "curated_withdraw": Recorded(Act.CURATED_ANSWER_WITHDRAWN, target="curated_id"),
    "papers_make": Recorded(Act.PAPER_MADE, target="answer.id"),
    "papers_open_or_close": Recorded(Act.PAPER_OPENED_OR_CLOSED, target="paper_id", facts=("state",)),
    "papers_remove": Recorded(Act.PAPER_REMOVED, target="paper_id"),
    "papers_mark": Recorded(Act.EXAM_MARKED, target="attempt_id"),
    "me_erase": Recorded(Act.OWN_DATA_DELETED),
}
"""Operation → what is recorded of it."""


class RecordedActs:
    """ASGI middleware: writes the entry of an act before its answer leaves."""

    def __init__(self, app: ASGIApp, recorder: Recorder) -> None:
        self._app = app
        self._recorder = recorder

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] in ("GET", "HEAD", "OPTIONS"):
            await self._app(scope, receive, send)
            return
        body = _Body(receive) if scope["path"] == _LOGIN else None
        start: Message | None = None
        refused = False

        async def recording(message: Message) -> None:
            nonlocal start, refused
            if refused:
                return
            if message["type"] == "http.response.start":
                start = message
                return
            if start is not None:
                entry = _entry(scope, start["status"], message.get("body", b""), body)
                try:
                    if entry is not None:
                        await run_in_threadpool(entry, self._recorder)
                except StoreUnavailable as error:
                    refused = True
                    await problem_response(problem_from_error(error))(scope, receive, send)
                    return
                await send(start)
                start = None
            await send(message)

        await self._app(scope, body if body is not None else receive, recording)


class _Body:
    """The receiving end of a request that keeps what came by, up to a bound."""

    def __init__(self, receive: Receive) -> None:
        self._receive = receive
        self._kept = b""

    async def __call__(self) -> Message:
        message = await self._receive()
        if len(self._kept) < _LONGEST_LOGIN_BODY:
            self._kept += message.get("body", b"")
        return message

    def login(self) -> str:
        """The login name that was given."""
        login = _object(self._kept).get("login")
        return login[:100] if isinstance(login, str) else ""


def _entry(scope: Scope, status: int, answer: bytes, body: _Body | None) -> Callable[[Recorder], None] | None:
    """Writes the entry that an answered request asks for; None where it asks for none."""
    route = scope.get("route")
    operation = operation_id(route) if isinstance(route, APIRoute) else ""
    recorded = ACTS.get(operation)
    if recorded is None:
        return None
    by = scope.get("state", {}).get("principal")
    by = by if by is not None and by.id else None
    if status >= 400:
        if operation != "accounts_login" or body is None:
            return None
        login, failed = body.login(), {"status": status}
        return lambda recorder: recorder.record(
            Act.LOG_IN_FAILED, None, personal={"login": login} if login else None, facts=dict(failed)
        )
    given = _object(answer) if recorded.facts or "answer." in recorded.target + recorded.whom else {}
    path = scope.get("path_params", {})
    facts: dict[str, Fact] = {name.rsplit(".", 1)[-1]: _at(given, name) for name in recorded.facts}
    target, whom = (_named(name, path, given) for name in (recorded.target, recorded.whom))
    return lambda recorder: recorder.record(recorded.act, by, target=target, whom=whom or None, facts=facts)


def _named(name: str, path: Mapping[str, Any], answer: Mapping[str, Any]) -> str:
    if not name:
        return ""
    found = _at(answer, name.removeprefix("answer.")) if name.startswith("answer.") else path.get(name)
    return str(found) if found is not None else ""


def _at(answer: Mapping[str, Any], name: str) -> Any:
    found: Any = answer
    for part in name.split("."):
        found = found.get(part) if isinstance(found, Mapping) else None
    return found


def _object(body: bytes) -> dict[str, Any]:
    try:
        value = json.loads(body)
    except ValueError:
        return {}
    return value if isinstance(value, dict) else {}
