"""The page on security (安全说明), made from the application itself: ``docs/security.md``.

``python -m assistant.security_page docs/security.md`` writes it; a test fails while it is not current. The role matrix
test (``tests/assistant/test_role_matrix.py``) holds every route to its tables.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, cast

from fastapi import FastAPI
from fastapi.routing import APIRoute, iter_route_contexts
from starlette.routing import Mount

from assistant.accounts.contract import NoAccounts
from assistant.accounts.roles import PERMISSIONS, ROLE_ZH, Permission, Role
from assistant.api.app import create_app
from assistant.api.permission import permission_of
from assistant.api.services import Services
from assistant.mcp.http import PATH as MCP
from assistant.mcp.http import PERMISSION as MCP_PERMISSION
from assistant.settings import Settings

NOTES = Path(__file__).with_name("security_notes.md")
"""The words around the tables."""

DESCRIPTIONS = frozenset({"/openapi.json", "/docs", "/docs/oauth2-redirect", "/redoc", "/docs/assets"})
"""What describes the API: public, and the same on every installation."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of the table: a method of a path, and the permission it asks for."""

    method: str
    path: str
    permission: Permission

    @property
    def roles(self) -> tuple[Role, ...]:
        """The roles that may call it."""
        return tuple(role for role in Role if self.permission in PERMISSIONS[role])


class Anything:
    """A stand-in for any service: to describe an application nothing of it needs to work."""

    def __getattr__(self, name: str) -> Anything:
        if name.startswith("__"):
            raise AttributeError(name)
        return self

    def __call__(self, *_given: object, **_named: object) -> Anything:
        return self


def whole_app(**services: Any) -> FastAPI:
    """The application with every area there is, over stand-ins."""
    parts = {field.name: Anything() for field in fields(Services)} | {"authenticator": NoAccounts()} | services
    return create_app(cast(Any, Services)(**parts), Settings())


def entries(app: FastAPI) -> list[Entry]:
    """Every route of an application with its permission, by path. Raises AssertionError for one that names none."""
    found = sorted(_entries(app), key=lambda entry: (entry.path, entry.method))
    assert len(found) == len(set(found)), "a route stands twice"
    return found


def _entries(app: FastAPI) -> Iterator[Entry]:
    for path, route in _routes(app):
        if path in DESCRIPTIONS:
            continue
        if isinstance(route, APIRoute):
            permission = permission_of(route)
            assert permission is not None, f"{path} names no permission"
            yield from (Entry(method, path, permission) for method in sorted(route.methods or ()) if method != "HEAD")
        elif isinstance(route, Mount) and path == MCP:
            yield Entry("POST", path, MCP_PERMISSION)
        else:
            raise AssertionError(f"{path} is no route of the API, and names no permission")


def _routes(app: FastAPI) -> Iterator[tuple[str, object]]:
    for context in iter_route_contexts(app.routes):
        yield context.path or "", context.route


def security_page() -> str:
    """The whole page as Markdown."""
    notes = NOTES.read_text(encoding="utf-8")
    return notes.replace("{roles}\n", _roles_table()).replace("{routes}\n", _routes_table(entries(whole_app())))


def _roles_table() -> str:
    rows = [f"| permission | {' | '.join(f'{role} {ROLE_ZH[role]}' for role in Role)} |", "|---|" + "---|" * len(Role)]
    for permission in Permission:
        marks = ("✓" if permission in PERMISSIONS[role] else "" for role in Role)
        rows.append(f"| `{permission}` | {' | '.join(marks)} |")
    return "\n".join(rows) + "\n"


def _routes_table(found: list[Entry]) -> str:
    rows = ["| method | path | permission | who |", "|---|---|---|---|"]
    for entry in found:
        everybody = entry.permission is Permission.PUBLIC
        who = "anybody" if everybody else ", ".join(entry.roles)
        rows.append(f"| {entry.method} | `{entry.path}` | `{entry.permission}` | {who} |")
    return "\n".join(rows) + "\n"


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(security_page(), encoding="utf-8")
