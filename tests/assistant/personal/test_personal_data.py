"""Personal data: everything kept of a person can be handed out and deleted, wherever it is kept."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Boolean, Integer, insert, select

from assistant.accounts.contract import AccountRequest
from assistant.accounts.principal import LOCAL
from assistant.api.app import create_app
from assistant.auditlog.contract import Act, LogQuery
from assistant.conversations.store import ConversationStore
from assistant.favourites.service import FAVOURITE
from assistant.feedback.contract import FeedbackKind, FeedbackState
from assistant.personal.acts import NAMINGS
from assistant.personal.retention import Retention, older_than
from assistant.runtime import Runtime
from assistant.settings import AccountSettings, Settings
from assistant.userdata.schema import Base
from corpus.errors import Conflict, NotFound, StoreUnavailable

PERSON_ID = re.compile(r"^person_id$|reviewer_id|approver_id|restored_by_id")
PERSON_NAME = {"person_name", "restored_by", "author", "approver", "person"}
PASSWORD = "correct-horse-9"
NAME = "欧阳示范"
AT = "2026-11-21T08:00:00.000000+00:00"
READ_BACK = {
    ("handbook", "request"): "{}",
    ("feedback", "state"): FeedbackState.OPEN.value,
    ("quiz_papers", "state"): "closed",
    ("quiz_papers", "total"): "8",
    **{("quiz_papers", name): "[]" for name in ("groups", "variants", "missing", "documents")},
    ("quiz_attempts", "state"): "marked",
    ("quiz_attempts", "total"): "8",
    ("quiz_attempts", "score"): "8",
    ("quiz_attempts", "answers"): '{"1": {"words": "x"}}',
    ("quiz_attempts", "marks"): "[]",
    ("quiz_practices", "items"): "[]",
    ("quiz_practices", "marks"): "{}",
}
"""Values of columns that are read, by table and column."""


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path, accounts=AccountSettings(enabled=True, keep_conversations_days=30))


@pytest.fixture
def runtime(settings: Settings) -> Iterator[Runtime]:
    opened = Runtime.open(settings)
    yield opened
    opened.close()


@pytest.fixture
def personal(runtime: Runtime) -> Any:
    return runtime.services().personal


@pytest.fixture
def account(runtime: Runtime) -> str:
    """An officer who left a row in every table that can hold one of theirs."""
    made = runtime.areas.accounts.directory.create(AccountRequest(login="ouyang", name=NAME), PASSWORD).account
    runtime.areas.auditlog.record(Act.ASK, runtime.areas.accounts.principal(made.id), personal={"question": "某问"})
    with runtime.userdata.write() as session:
        for table in Base.metadata.sorted_tables:
            columns = [column.name for column in table.columns if PERSON_ID.search(column.name)]
            if columns and not table.name.startswith("audit"):
                session.execute(insert(table).values(_row(table, made.id)))
    return made.id


def _row(table: Any, person: str) -> dict[str, Any]:
    row: dict[str, Any] = {}
    for column in table.columns:
        if PERSON_ID.search(column.name):
            row[column.name] = person
        elif column.name in PERSON_NAME:
            row[column.name] = NAME
        elif isinstance(column.type, Boolean):
            row[column.name] = False
        elif isinstance(column.type, Integer):
            row[column.name] = 1
        elif (table.name, column.name) in READ_BACK:
            row[column.name] = READ_BACK[table.name, column.name]
        elif column.name == "kind":
            row[column.name] = FeedbackKind.MISSING.value
        elif column.name == "shelf":
            row[column.name] = FAVOURITE
        elif column.name.endswith(("_at", "created")):
            row[column.name] = AT
        else:
            row[column.name] = "x"
    return row


def _left(runtime: Runtime, *words: str) -> dict[str, list[str]]:
    """Table → values in which the person is still found."""
    left: dict[str, list[str]] = {}
    with runtime.userdata.read() as session:
        for table in Base.metadata.sorted_tables:
            values = [str(v) for row in session.execute(select(table)) for v in row]
            found = [value for value in values if any(word in value for word in words)]
            if found:
                left[table.name] = found
    return left


def test_an_account_goes_with_all_that_is_kept_of_the_person(runtime, personal, account):
    assert set(_left(runtime, account, NAME)) >= {"accounts", "conversations", "uploads", "curated_change"}
    erased = personal.remove_account(LOCAL, account).areas
    assert _left(runtime, account, NAME) == {}
    assert erased["acts"] == len(NAMINGS) - 1  # the feedback that they had settled was their own and is gone
    assert erased["conversations"] == erased["feedback"] == erased["handbooks"] == erased["entries"] == 1
    assert erased["audit_log"] >= 1
    assert _left(runtime, "（已删除）").keys() == {
        "uploads", "retirements", "review_marks", "curated_answer", "curated_change",
        "quiz_item", "quiz_item_history", "quiz_papers", "quiz_attempts",
    }  # fmt: skip
    assert (erased["exams"], erased["exam_attempts"]) == (2, 0)  # the practice, and the attempt of a closed paper


def test_the_log_says_that_an_account_was_removed_and_still_verifies(runtime, personal, account):
    before = runtime.areas.auditlog.verify()
    personal.remove_account(LOCAL, account)
    acts = [entry.act for entry in runtime.areas.auditlog.entries(LogQuery()).items]
    assert acts[:2] == [Act.PERSONAL_DATA_ERASED, Act.ACCOUNT_REMOVED]
    after = runtime.areas.auditlog.verify(before.head)
    assert after.ok
    assert after.erased >= 1


def test_a_person_erases_what_they_keep_and_not_what_they_did_in_office(runtime, personal, account):
    person = runtime.areas.accounts.principal(account)
    personal.erase(person)
    left = _left(runtime, account)
    assert not left.keys() & {"conversations", "messages", "kept_entry", "handbook", "feedback"}
    assert {"accounts", "uploads", "curated_answer"} <= left.keys()
    assert runtime.areas.auditlog.verify().ok


def test_a_person_is_handed_everything(runtime, personal, account):
    kept = personal.export(runtime.areas.accounts.principal(account)).areas
    assert kept["account"]["login"] == "ouyang"
    assert {act["act"] for act in kept["acts"]} == {naming.act for naming in NAMINGS}
    assert kept.keys() == {
        "conversations", "feedback", "entries", "handbooks", "exams", "acts", "exam_attempts", "account"
    }  # fmt: skip
    assert "password" not in str(kept["account"]).replace("must_change_password", "")


def test_neither_oneself_nor_the_last_administrator_nor_nobody_is_removed(runtime, personal, account):
    admin = runtime.areas.accounts.directory.create(AccountRequest(login="admin", name="甲", role="admin")).account.id
    with pytest.raises(Conflict):
        personal.remove_account(LOCAL, admin)
    with pytest.raises(Conflict):
        personal.remove_account(runtime.areas.accounts.principal(admin), admin)
    with pytest.raises(NotFound):
        personal.remove_account(LOCAL, "nobody")
    assert runtime.areas.accounts.principal(admin).id == admin


def test_an_administrator_removes_an_account_over_http(runtime, settings, account):
    http = TestClient(create_app(runtime.services(), settings), raise_server_exceptions=False)
    code = runtime.areas.accounts.new_setup_code()
    made = http.post("/api/setup", json={"code": code, "login": "admin", "name": "管理员", "password": PASSWORD})
    officer = http.post("/api/login", json={"login": "ouyang", "password": PASSWORD}).json()["token"]
    asked = {"Authorization": f"Bearer {officer}"}
    assert http.get("/api/me", headers=asked).status_code == 200
    assert http.delete(f"/api/accounts/{account}", headers=asked).status_code == 403
    admin = {"Authorization": f"Bearer {made.json()['token']}"}
    assert http.delete(f"/api/accounts/{account}", headers=admin).json()["areas"]["conversations"] == 1
    assert http.get("/api/me", headers=asked).status_code == 401
    assert http.delete(f"/api/accounts/{account}", headers=admin).status_code == 404


def test_conversations_are_kept_as_long_as_the_setting_says(runtime):
    now = dt.datetime.now(dt.UTC)
    for age in (1, 29, 31, 400):
        ConversationStore(runtime.userdata, lambda age=age: now - dt.timedelta(days=age)).create("p", f"{age}", None)
    runtime.areas.retention.sweep()
    with runtime.userdata.read() as session:
        table = Base.metadata.tables["conversations"]
        assert sorted(session.scalars(select(table.c.title))) == ["1", "29"]


def test_without_a_setting_nothing_is_swept():
    called: list[dt.datetime] = []
    older_than(None, lambda at: called.append(at) or 0)()
    assert called == []


def test_a_sweep_that_fails_keeps_neither_the_others_nor_the_thread(caplog):
    done: list[str] = []

    def failing() -> None:
        raise StoreUnavailable("full")

    retention = Retention([failing, lambda: done.append("swept")])
    retention.start()
    retention.ask_to_stop()
    assert retention.join(5)
    assert done == ["swept"]
