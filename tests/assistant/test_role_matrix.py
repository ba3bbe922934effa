"""Every route × every role × nobody × tokens of narrow scope: allowed or refused as docs/security.md says.

The table is made from the application, so a new route is in it by itself, and one without a permission fails here.
Whether a *document* is one's own or another department's is proved in ``test_document_matrix.py``.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from assistant.accounts.principal import ANONYMOUS, Principal
from assistant.accounts.roles import PERMISSIONS, Permission, Role
from assistant.mcp.http import PATH as MCP
from assistant.security_page import Entry, entries, security_page, whole_app
from corpus.errors import NotAuthenticated

PAGE = Path(__file__).resolve().parents[2] / "docs" / "security.md"


class Everybody:
    """Knows a token for each role and for each scope: ``officer``, ``admin/read``."""

    def authenticate(self, token: str | None) -> Principal:
        if token is None:
            return ANONYMOUS
        role, _, scope = token.partition("/")
        if role not in list(Role):
            raise NotAuthenticated("令牌无效。")
        allowed = PERMISSIONS[Role(role)]
        if scope:
            allowed = (allowed & {Permission(scope)}) | {Permission.PUBLIC}
        return Principal(f"id-{token}", "某人", Role(role), allowed)


TOKENS = [None, "forged", *Role, *(f"{role}/{scope}" for role in Role for scope in Permission)]


def expected(token: str | None, permission: Permission) -> str:
    """``allowed``, ``401`` or ``403``, from the tables alone."""
    if permission is Permission.PUBLIC:
        return "allowed"
    if token in (None, "forged"):
        return "401"
    role, _, scope = str(token).partition("/")
    may = permission in PERMISSIONS[Role(role)] and scope in ("", permission)
    return "allowed" if may else "403"


@pytest.fixture(scope="module")
def app() -> FastAPI:
    return whole_app(authenticator=Everybody())


@pytest.fixture(scope="module")
def http(app):
    app.state.rate_limits = _NoLimits()
    with TestClient(app, raise_server_exceptions=False, headers={"Accept": "application/json"}) as client:
        yield client


class _NoLimits:
    def count_request(self, _who: str) -> None: ...

    def count_login(self, _address: str) -> None: ...


@pytest.fixture(scope="module")
def table(app) -> list[Entry]:
    return entries(app)


def outcome(http: TestClient, entry: Entry, token: str | None) -> str:
    path = re.sub(r"\{[^}]+\}", "x", entry.path)
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    body = None if entry.method in ("GET", "DELETE") else {}
    status = http.request(entry.method, path, headers=headers, json=body).status_code
    return str(status) if status in (401, 403) else "allowed"


@pytest.mark.parametrize("token", TOKENS, ids=str)
def test_every_route_allows_and_refuses_as_the_table_says(http, table, token):
    wrong = {
        f"{entry.method} {entry.path}": (found, wanted)
        for entry in table
        if (found := outcome(http, entry, token)) != (wanted := expected(token, entry.permission))
    }
    assert not wrong


def test_the_page_on_security_is_current():
    assert PAGE.read_text(encoding="utf-8") == security_page(), (
        "Run: python -m assistant.security_page docs/security.md"
    )


def test_every_area_of_the_api_and_the_tools_of_clients_are_in_the_table(table):
    paths = {entry.path for entry in table}
    assert {"/api/search", "/api/login", "/api/accounts/{account_id}", "/api/index/rebuild", MCP} <= paths


def test_a_route_without_a_permission_is_found(app):
    bare = whole_app()

    @bare.get("/api/forgotten")
    def forgotten() -> None: ...

    with pytest.raises(AssertionError, match="/api/forgotten"):
        entries(bare)


def test_only_log_in_set_up_and_health_are_public(table):
    public = {f"{e.method} {e.path}" for e in table if e.permission is Permission.PUBLIC}
    assert {p for p in public if not re.search(r"health|ready|live", p)} == {
        "GET /api/setup",
        "POST /api/setup",
        "POST /api/login",
    }


@pytest.mark.parametrize(
    "headers",
    [
        {"Authorization": "Basic b2ZmaWNlcg=="},
        {"Authorization": "officer"},
        {"Authorization": "Bearer"},
        {"Authorization": "Bearer  "},
        {"X-Forwarded-User": "admin", "X-Remote-User": "admin"},
        {"Cookie": "eassistant_session=admin"},
        {"X-Original-URL": "/api/health", "X-HTTP-Method-Override": "GET"},
    ],
    ids=str,
)
def test_nothing_but_a_bearer_token_says_who_one_is(http, headers):
    assert http.get("/api/accounts", headers=headers).status_code == 401


def test_a_token_in_the_query_string_is_no_token(http):
    assert http.get("/api/accounts", params={"token": "admin", "access_token": "admin"}).status_code in (401, 422)
