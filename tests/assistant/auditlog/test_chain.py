"""Whatever is changed in the tables of the log is found, and what was erased by the rules is not mistaken for it."""

from __future__ import annotations

import random
import shutil
import sqlite3
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.auditlog import chain
from assistant.auditlog.contract import Act, Verification
from assistant.auditlog.log import AuditLog
from assistant.userdata import UserData
from tests.assistant.auditlog.conftest import ADMIN, NOON, OFFICER, OTHER

ENTRIES = 12
COLUMNS = {
    "audit_entries": ("seq", "at", "act", "surface", "target", "facts", "digests", "hash"),
    "audit_personal": ("seq", "field", "person_id", "salt", "value"),
    "audit_head": ("seq", "hash"),
}


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A log with questions of two people, acts, and the erasure of one of them; its file and its head."""
    path = tmp_path_factory.mktemp("log") / "userdata.db"
    userdata = UserData.open(f"sqlite:///{path}")
    log = AuditLog(userdata, now=lambda: NOON)
    for number in range(ENTRIES - 3):
        by = (OFFICER, OTHER)[number % 2]
        log.record(Act.ASK, by, personal={"question": f"第{number}问"}, facts={"provisions": [f"v/第{number}条"]})
    log.record(Act.ACCOUNT_CHANGED, ADMIN, whom="p-1", facts={"role": "legal"})
    log.erase_person("p-2", ADMIN)
    log.record(Act.INDEX_REBUILT, ADMIN)
    head = log.verify().head
    userdata.close()
    return path, head


def _verified(path: Path, head: str | None = None) -> Verification:
    userdata = UserData.open(f"sqlite:///{path}")
    try:
        return AuditLog(userdata).verify(head)
    finally:
        userdata.close()


def test_an_untouched_log_holds(whole: tuple[Path, str]) -> None:
    path, head = whole
    found = _verified(path, head)
    assert (found.ok, found.entries, found.head, found.erased) == (True, ENTRIES, head, 4)


def _tampered(whole: tuple[Path, str], folder: Path, *statements: tuple[str, tuple[object, ...]]) -> Path:
    path = folder / "tampered.db"
    shutil.copy(whole[0], path)
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA foreign_keys=OFF")
        for sql, values in statements:
            connection.execute(sql, values)
    connection.close()
    return path


@settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))
@given(seed=st.integers(0, 2**32))
def test_any_changed_bit_is_found(whole: tuple[Path, str], tmp_path_factory: pytest.TempPathFactory, seed: int) -> None:
    chance = random.Random(seed)
    table = chance.choice(list(COLUMNS))
    column = chance.choice(COLUMNS[table])
    with sqlite3.connect(whole[0]) as connection:
        connection.text_factory = bytes
        rowid, value = chance.choice(connection.execute(f"SELECT rowid, {column} FROM {table}").fetchall())
    if isinstance(value, int):
        changed: object = value ^ (1 << chance.randrange(8))
    elif value:
        at, bit = chance.randrange(len(value)), chance.randrange(8)
        changed = value[:at] + bytes([value[at] ^ (1 << bit)]) + value[at + 1 :]
    else:
        changed = b"\x01"
    update = f"UPDATE {table} SET {column} = CAST(? AS TEXT) WHERE rowid = ?"
    if isinstance(value, int):
        update = f"UPDATE OR REPLACE {table} SET {column} = ? WHERE rowid = ?"
    path = _tampered(whole, tmp_path_factory.mktemp("bit"), (update, (changed, rowid)))
    found = _verified(path, whole[1])
    assert not found.ok
    assert found.fault


@pytest.mark.parametrize("seq", range(1, ENTRIES + 1))
def test_a_deleted_entry_is_found(whole: tuple[Path, str], tmp_path: Path, seq: int) -> None:
    path = _tampered(whole, tmp_path, ("DELETE FROM audit_entries WHERE seq = ?", (seq,)))
    assert _verified(path).bad_seq == seq


def test_a_tail_cut_off_with_its_words_and_its_mark_shows_against_a_noted_head(
    whole: tuple[Path, str], tmp_path: Path
) -> None:
    with sqlite3.connect(whole[0]) as connection:
        (earlier,) = connection.execute("SELECT hash FROM audit_entries WHERE seq = 6").fetchone()
    cut = [(f"DELETE FROM {table} WHERE seq > ?", (6,)) for table in ("audit_entries", "audit_personal")]
    mark = ("UPDATE audit_head SET seq = ?, hash = ?", (6, earlier))
    erased = ("INSERT INTO audit_personal SELECT * FROM audit_personal WHERE 0", ())
    path = _tampered(whole, tmp_path, *cut, mark, erased)
    assert not _verified(path, whole[1]).ok


def test_two_entries_in_each_others_place_are_found(whole: tuple[Path, str], tmp_path: Path) -> None:
    swap = [(f"UPDATE audit_entries SET seq = {b} WHERE seq = {a}", ()) for a, b in ((3, 99), (4, 3), (99, 4))]
    assert _verified(_tampered(whole, tmp_path, *swap)).bad_seq == 3


@pytest.mark.parametrize("seq", [0, ENTRIES + 1])
def test_an_entry_put_in_is_found(whole: tuple[Path, str], tmp_path: Path, seq: int) -> None:
    insert = (
        "INSERT INTO audit_entries SELECT ?, at, act, surface, target, facts, digests, 'x' FROM audit_entries"
        " WHERE seq = 1",
        (seq,),
    )
    assert not _verified(_tampered(whole, tmp_path, insert)).ok


def test_words_deleted_without_an_erasure_are_found(whole: tuple[Path, str], tmp_path: Path) -> None:
    path = _tampered(whole, tmp_path, ("DELETE FROM audit_personal WHERE seq = ? AND field = 'question'", (5,)))
    found = _verified(path)
    assert (found.ok, found.bad_seq) == (False, 5)


def test_words_put_back_after_their_erasure_are_found(whole: tuple[Path, str], tmp_path: Path) -> None:
    insert = ("INSERT INTO audit_personal VALUES (2, 'question', 'p-2', 'salt', ?)", ('"第1问"',))
    assert _verified(_tampered(whole, tmp_path, insert)).bad_seq == 2


@given(st.sets(st.integers(1, 300)))
def test_ranges_are_read_as_they_were_written(numbers: set[int]) -> None:
    read = [n for run in chain.read_ranges(chain.written_ranges(numbers)) for n in run]
    assert read == sorted(numbers)


@given(st.binary(max_size=30), st.binary(max_size=30))
def test_the_digest_of_a_word_depends_on_its_salt(salt: bytes, other: bytes) -> None:
    words = [chain.Word(1, "question", "p", s.hex(), '"问"') for s in (salt, other)]
    assert (chain.word_digest(words[0]) == chain.word_digest(words[1])) == (salt == other)
