"""What administrators do goes on record, with who did it to whom, before they are told that it is done."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from assistant.accounts.roles import Permission
from assistant.api.app import create_app
from assistant.api.openapi import operation_id, operations
from assistant.api.permission import permission_of
from assistant.api.recorded_acts import ACTS
from assistant.auditlog.contract import Act, LogQuery, Surface
from assistant.runtime import Runtime
from assistant.settings import AccountSettings, Settings

PASSWORD = "correct-horse-9"
RECORDED_BY_THEIR_SERVICE = {
    "uploads_upload",
    "uploads_confirm",
    "uploads_discard",
    "uploads_retire",
    "uploads_restore",
    "audit_log_erase",
    "accounts_remove",
    "quiz_build",
    "quiz_write",
    "quiz_rephrase",
    "quiz_rewrite",
    "quiz_move",
    "quiz_take_in",
    "quiz_give_out",
}
CHANGE_NOTHING_THAT_COUNTS = {
    "uploads_change",  # the answers of a dry run, before it is confirmed
    "uploads_check_again",
    "uploads_stop",
    "uploads_mark",  # a reviewer's own marks on a list of doubts
    "uploads_unmark",
    "discretion_audit",  # only reads
    "feedback_settle",  # marks on a queue
    "curated_settle",
    "quiz_stop",
    "quiz_stale",  # what the program does at every change of the corpus; the item's own history has it
}


@pytest.fixture
def runtime(tmp_path: Path) -> Iterator[Runtime]:
    opened = Runtime.open(Settings(home=tmp_path, accounts=AccountSettings(enabled=True)))
    yield opened
    opened.close()


@pytest.fixture
def app(runtime: Runtime, tmp_path: Path) -> FastAPI:
    return create_app(runtime.services(), Settings(home=tmp_path, accounts=AccountSettings(enabled=True)))


@pytest.fixture
def http(app: FastAPI) -> TestClient:
    return TestClient(app, headers={"X-EAssistant-Surface": "page"}, raise_server_exceptions=False)


@pytest.fixture
def admin(http: TestClient, runtime: Runtime) -> dict[str, Any]:
    code = runtime.areas.accounts.new_setup_code()
    made = http.post("/api/setup", json={"code": code, "login": "admin", "name": "管理员", "password": PASSWORD})
    assert made.is_success, made.text
    http.headers["Authorization"] = f"Bearer {made.json()['token']}"
    return made.json()["me"]


def _acts(runtime: Runtime) -> list[Act]:
    return [entry.act for entry in reversed(runtime.areas.auditlog.entries(LogQuery()).items)]


def test_every_route_that_changes_something_for_others_is_recorded(app):
    administrative = {
        Permission.REVIEW,
        Permission.MANAGE_QUIZ,
        Permission.MANAGE_CORPUS,
        Permission.MANAGE_ACCOUNTS,
        Permission.READ_AUDIT_LOG,
    }
    changing = {
        operation_id(route)
        for method, _path, route in operations(app)
        if method != "GET" and (permission_of(route) in administrative or route.tags[0] == "accounts")
    }
    assert changing - ACTS.keys() - RECORDED_BY_THEIR_SERVICE - CHANGE_NOTHING_THAT_COUNTS == set()
    assert ACTS.keys() <= {operation_id(route) for _method, _path, route in operations(app)}


def test_an_account_made_and_changed_is_on_record_without_its_name(http, runtime, admin):
    request = {"login": "zhang", "name": "张三", "role": "officer"}
    made = http.post("/api/accounts", json=request).json()["account"]
    http.put(f"/api/accounts/{made['id']}", json={"name": "张三", "role": "legal", "active": True})
    changed, created, set_up = runtime.areas.auditlog.entries(LogQuery()).items
    assert (set_up.act, created.act, changed.act) == (Act.ACCOUNT_CREATED, Act.ACCOUNT_CREATED, Act.ACCOUNT_CHANGED)
    assert changed.facts["role"] == "legal"
    assert changed.surface is Surface.PAGE
    words = {field.name: field.value for field in changed.personal}
    assert (words["person"], words["whom"]) == (admin["id"], made["id"])
    assert "张三" not in changed.model_dump_json() + created.model_dump_json()
    assert PASSWORD not in "".join(e.model_dump_json() for e in runtime.areas.auditlog.entries(LogQuery()).items)


def test_failed_log_ins_are_on_record(http, runtime, admin):
    refused = http.post("/api/login", json={"login": "admin", "password": "wrong-password"})
    assert refused.status_code == 401
    entry = runtime.areas.auditlog.entries(LogQuery()).items[0]
    assert entry.act is Act.LOG_IN_FAILED
    assert {field.name: field.value for field in entry.personal}["login"] == "admin"


def test_a_log_in_that_cannot_be_recorded_gives_no_session(http, runtime, admin):
    with runtime.userdata.engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE audit_entries")
    refused = http.post("/api/login", json={"login": "admin", "password": PASSWORD})
    assert refused.status_code == 503
    assert "token" not in refused.json()


def test_only_who_may_read_the_log_reads_it(http, runtime, admin):
    made = http.post("/api/accounts", json={"login": "zhang", "name": "张三", "role": "legal"}).json()
    one_time = http.post("/api/login", json={"login": "zhang", "password": made["password"]}).json()
    assert http.get("/api/audit-log").json()["total"] == len(_acts(runtime))
    officer = {"Authorization": f"Bearer {one_time['token']}"}
    assert http.get("/api/audit-log", headers=officer).status_code == 403
    assert http.get("/api/audit-log/verification").json()["ok"]
    exported = http.get("/api/audit-log/export").text.splitlines()
    assert len(exported) == len(_acts(runtime))
    erased = http.post("/api/audit-log/erasures", json={"person": made["account"]["id"]}).json()
    assert erased["entries"] >= 2
    assert http.get("/api/audit-log/verification").json()["ok"]
