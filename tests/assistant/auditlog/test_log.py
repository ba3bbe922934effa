"""Recording, listing and erasing; many writers at once; a writer that is killed."""

from __future__ import annotations

import datetime as dt
import json
import logging
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from assistant.auditlog import origin
from assistant.auditlog.contract import Act, LogEntry, LogFilter, LogQuery, Surface
from assistant.auditlog.log import AuditLog
from assistant.userdata import UserData
from corpus.errors import StoreUnavailable
from tests.assistant.auditlog.conftest import ADMIN, OFFICER, OTHER, Clock


def _personal(entry: LogEntry) -> dict[str, str | None]:
    return {field.name: field.value for field in entry.personal}


def test_an_entry_says_who_what_when_and_by_which_way(audit_log: AuditLog) -> None:
    with origin.coming_from(origin.Origin(Surface.PAGE, "10.0.0.7", "r-1")):
        audit_log.record(Act.ASK, OFFICER, personal={"question": "占道摆摊罚多少"}, facts={"corpus": "3-ab"})
    (entry,) = audit_log.entries(LogQuery()).items
    assert (entry.seq, entry.act, entry.surface) == (1, Act.ASK, Surface.PAGE)
    assert entry.facts == {"corpus": "3-ab", "request": "r-1"}
    assert _personal(entry) == {"person": "p-1", "question": "占道摆摊罚多少", "address": "10.0.0.7"}
    assert audit_log.verify().ok


def test_the_chain_itself_holds_no_personal_word(audit_log: AuditLog, tmp_path: Path) -> None:
    audit_log.record(Act.ASK, OFFICER, personal={"question": "张三的摊子"})
    audit_log.erase_person("p-1", ADMIN)
    (first, second) = reversed(audit_log.entries(LogQuery()).items)
    assert set(_personal(first).values()) == {None}
    assert second.facts["erased"] == ["person:1", "question:1"]
    assert "p-1" not in json.dumps(second.model_dump(mode="json"))
    raw = b"".join(p.read_bytes() for p in tmp_path.glob("userdata.db"))
    assert "张三".encode("unicode_escape") not in raw


FILTERS: dict[str, tuple[LogQuery, list[int]]] = {
    "everything, newest first": (LogQuery(), [4, 3, 2, 1]),
    "one act": (LogQuery(act=Act.SEARCH), [2]),
    "one person, also as the one acted on": (LogQuery(person="p-1"), [4, 1]),
    "one surface": (LogQuery(surface=Surface.CLI), [3]),
    "one target": (LogQuery(target="doc-1"), [3]),
    "since a day": (LogQuery(since=dt.date(2026, 11, 22)), [4, 3]),
    "until a day": (LogQuery(until=dt.date(2026, 11, 21)), [2, 1]),
    "the days are those of China": (LogQuery(since=dt.date(2026, 11, 21), until=dt.date(2026, 11, 21)), [2, 1]),
    "a page": (LogQuery(limit=2, offset=1), [3, 2]),
}


@pytest.mark.parametrize(("query", "numbers"), FILTERS.values(), ids=FILTERS.keys())
def test_entries_are_found(audit_log: AuditLog, clock: Clock, query: LogQuery, numbers: list[int]) -> None:
    audit_log.record(Act.ASK, OFFICER, personal={"question": "甲"})
    audit_log.record(Act.SEARCH, OTHER)
    clock.now += dt.timedelta(days=1)
    with origin.coming_from(origin.Origin(Surface.CLI)):
        audit_log.record(Act.DOCUMENT_RETIRED, ADMIN, target="doc-1")
    audit_log.record(Act.ACCOUNT_CHANGED, ADMIN, whom="p-1")
    page = audit_log.entries(query)
    assert [entry.seq for entry in page.items] == numbers
    assert page.total == (4 if query.limit == 2 else len(numbers))


def test_personal_words_go_when_their_time_is_over(userdata: UserData, clock: Clock) -> None:
    log = AuditLog(userdata, keep_days=30, now=clock)
    log.record(Act.ASK, OFFICER, personal={"question": "旧问"})
    clock.now += dt.timedelta(days=31)
    log.record(Act.ASK, OTHER, personal={"question": "新问"})
    newest, erasure, oldest = log.entries(LogQuery()).items
    assert set(_personal(oldest).values()) == {None}
    assert (erasure.act, erasure.surface, erasure.facts["reason"]) == (
        Act.PERSONAL_DATA_ERASED,
        Surface.SERVICE,
        "retention",
    )
    assert _personal(newest)["question"] == "新问"
    assert log.verify().ok


def test_erasing_nobody_leaves_no_entry(audit_log: AuditLog) -> None:
    audit_log.record(Act.ASK, OFFICER)
    assert audit_log.erase_person("p-7", ADMIN).seq is None
    assert audit_log.entries(LogQuery()).total == 1


def test_an_export_is_on_record_and_complete(audit_log: AuditLog) -> None:
    audit_log.record(Act.ASK, OFFICER)
    assert [entry.act for entry in audit_log.export(ADMIN)] == [Act.ASK, Act.LOG_EXPORTED]


def test_an_export_of_some_entries_says_which(audit_log: AuditLog) -> None:
    audit_log.record(Act.ASK, OFFICER)
    audit_log.record(Act.SEARCH, OTHER)
    wanted = LogFilter(person="p-1", since=dt.date(2026, 11, 21))
    assert [entry.seq for entry in audit_log.export(ADMIN, wanted)] == [1, 3]  # the last is of this export
    noted = audit_log.entries(LogQuery(act=Act.LOG_EXPORTED)).items[0]
    assert noted.facts["since"] == "2026-11-21"
    assert _personal(noted)["whom"] == "p-1"
    assert "p-1" not in json.dumps(noted.facts)


def test_a_day_begins_at_midnight_in_china(audit_log: AuditLog, clock: Clock) -> None:
    clock.now = dt.datetime(2026, 11, 21, 16, tzinfo=dt.UTC)
    audit_log.record(Act.ASK, OFFICER)
    assert audit_log.entries(LogQuery(since=dt.date(2026, 11, 22))).total == 1
    assert audit_log.entries(LogQuery(until=dt.date(2026, 11, 21))).total == 0
    assert audit_log.entries(LogQuery(since=dt.date.min, until=dt.date.max)).total == 1


def test_writers_of_many_threads_and_connections_make_one_chain(userdata: UserData, tmp_path: Path) -> None:
    others = [UserData.open(f"sqlite:///{tmp_path / 'userdata.db'}") for _ in range(3)]
    logs = [AuditLog(u) for u in (userdata, *others)]

    def write(log: AuditLog) -> None:
        for _ in range(10):
            log.record(Act.SEARCH, OFFICER, personal={"question": "问"})

    threads = [threading.Thread(target=write, args=(log,)) for log in logs for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    found = logs[0].verify()
    assert (found.ok, found.entries) == (True, 80)
    for other in others:
        other.close()


WRITER = """
import sys
from assistant.auditlog.contract import Act
from assistant.auditlog.log import AuditLog
from assistant.userdata import UserData
log = AuditLog(UserData.open(sys.argv[1]))
while True:
    log.record(Act.ASK, None, personal={"question": "问" * 200})
    print(flush=True)
"""


def test_a_writer_killed_in_the_middle_leaves_a_whole_chain_with_all_it_confirmed(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'userdata.db'}"
    UserData.open(url).close()
    confirmed = 0
    for stops_after in (1, 7, 20):
        writer = subprocess.Popen([sys.executable, "-c", WRITER, url], stdout=subprocess.PIPE)
        assert writer.stdout is not None
        for _ in range(stops_after):
            confirmed += bool(writer.stdout.readline())
        writer.kill()
        confirmed += writer.stdout.read().count(b"\n")
        writer.wait()
        writer.stdout.close()
    userdata = UserData.open(url)
    found = AuditLog(userdata).verify()
    userdata.close()
    assert found.ok
    assert 28 <= confirmed <= found.entries <= confirmed + 3


@pytest.fixture
def broken(userdata: UserData) -> UserData:
    """A database whose log cannot be written."""
    with userdata.engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE audit_entries")
    return userdata


def test_an_act_that_cannot_be_recorded_is_refused(broken: UserData) -> None:
    with pytest.raises(StoreUnavailable, match="没有给出结果"):
        AuditLog(broken).record(Act.ASK, OFFICER)


def test_where_the_log_is_not_required_its_failure_is_only_logged(
    broken: UserData, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        AuditLog(broken, required=False).record(Act.ASK, OFFICER, personal={"question": "张三"})
    assert "cannot be written" in caplog.text
    assert "张三" not in caplog.text
