"""Loading: the same rows however often and however rudely it is run, and nothing stored from an unusable source."""

from __future__ import annotations

import datetime as dt
import os
import signal
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import Engine, event

from corpus.errors import InvalidInput, SourceUnreadable, StoreUnavailable
from corpus.store import CorpusStore, revision
from corpus.vocabulary import ArticleNumber, EffectLevel, FindingKind, Severity
from ingest.load import LOADED_FROM, LOADED_ON, LoadProgress, load_national_laws
from ingest.sources.national_laws import default_path, read_national_laws
from tests.ingest.law_builder import write_source

TODAY = dt.date(2026, 11, 21)
SLICE = 500  # provisions

LAWS = [
    {"law_id": "a1", "law_name": "中华人民共和国甲法"},
    {"law_id": "a2", "law_name": "中华人民共和国甲法", "publish_date": "2024-01-01", "effective_date": "2024-03-01"},
    {
        "law_id": "b1",
        "law_name": "中华人民共和国乙法",
        "articles": [("第一条", "违反本法第二条规定的，处以罚款。"), ("第二条", "乙。")],
    },
    {
        "law_id": "c1",
        "law_name": "中华人民共和国丙法",
        "articles": [("第一条", "所需费\n用自理。"), ("第三条", "丙。")],
    },
]


def open_store(path: Path) -> CorpusStore:
    return CorpusStore.open(f"sqlite:///{path}")


REVISION = f"'{revision.KEY}'"  # a mark of its own for every store and every change


def rows_of(path: Path) -> list[str]:
    """Everything in the database as SQL, to compare two stores to the last row."""
    with closing(sqlite3.connect(path)) as connection:
        return sorted(line for line in connection.iterdump() if REVISION not in line)


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return write_source(tmp_path / "laws.db", LAWS)


# ---- what is stored ------------------------------------------------------------------------------------------


def test_stores_documents_versions_provisions_passages_findings_and_references(
    empty_store: CorpusStore, source: Path
) -> None:
    report = load_national_laws(empty_store, today=TODAY, source_path=source)
    assert (report.read, report.stored, report.unchanged, report.removed, report.failures) == (4, 4, 0, 0, ())
    assert [d.title for d in empty_store.documents()] == [
        "中华人民共和国丙法",
        "中华人民共和国乙法",
        "中华人民共和国甲法",
    ]
    document = empty_store.documents()[2]
    assert [v.id for v in empty_store.versions(document.id)] == ["npc-a1", "npc-a2"]
    assert (document.level, document.region, document.field) == (EffectLevel.LAW, "国家", "行政法")
    provision = empty_store.provision("npc-c1/第一条")
    assert provision is not None
    assert (provision.text, provision.source_text) == ("所需费用自理。", "所需费\n用自理。")
    assert empty_store.references_from("npc-b1/第一条") == ["npc-b1/第二条"]
    assert empty_store.references_to("npc-b1/第二条") == ["npc-b1/第一条"]
    assert empty_store.meta(LOADED_ON) == "2026-11-21"
    assert empty_store.meta(LOADED_FROM) == report.source


def test_a_missing_article_is_found_by_its_number(empty_store: CorpusStore, source: Path) -> None:
    report = load_national_laws(empty_store, today=TODAY, source_path=source)
    (gap,) = (f for f in empty_store.findings("npc-c1") if f.kind is FindingKind.NUMBERING_GAP)
    assert (gap.article, gap.severity) == (ArticleNumber(2), Severity.ERROR)
    assert report.findings[FindingKind.NUMBERING_GAP] == 1


def test_every_version_gets_its_dates_derived(national_store: CorpusStore) -> None:
    for version in national_store.versions():
        validity = version.validity
        assert validity.commencement.evidence != "尚未推定"
        assert version.source_effective is not None


# ---- again ---------------------------------------------------------------------------------------------------


def test_a_second_load_changes_no_row(tmp_path: Path, source: Path) -> None:
    store = open_store(tmp_path / "corpus.db")
    load_national_laws(store, today=TODAY, source_path=source)
    before = rows_of(tmp_path / "corpus.db")
    report = load_national_laws(store, today=TODAY, source_path=source)
    assert (report.stored, report.unchanged) == (0, 4)
    assert rows_of(tmp_path / "corpus.db") == before
    store.close()


def test_only_a_changed_text_is_stored_again(empty_store: CorpusStore, source: Path) -> None:
    load_national_laws(empty_store, today=TODAY, source_path=source)
    changed = [*LAWS[:2], {**LAWS[2], "articles": [("第一条", "乙之新文。")]}, LAWS[3]]
    write_source(source, changed)
    report = load_national_laws(empty_store, today=TODAY, source_path=source)
    assert (report.stored, report.unchanged) == (1, 3)
    assert [p.text for p in empty_store.provisions("npc-b1")] == ["乙之新文。"]
    assert empty_store.references_to("npc-b1/第二条") == []


def test_a_law_that_the_source_no_longer_lists_is_removed(empty_store: CorpusStore, source: Path) -> None:
    load_national_laws(empty_store, today=TODAY, source_path=source)
    write_source(source, [LAWS[1], LAWS[2]])
    report = load_national_laws(empty_store, today=TODAY, source_path=source)
    assert report.removed == 2
    assert [d.title for d in empty_store.documents()] == ["中华人民共和国乙法", "中华人民共和国甲法"]
    assert {v.id for v in empty_store.versions()} == {"npc-a2", "npc-b1"}
    assert empty_store.findings("npc-c1") == []


def test_a_text_that_moves_to_another_title_leaves_no_empty_document(empty_store: CorpusStore, source: Path) -> None:
    load_national_laws(empty_store, today=TODAY, source_path=source)
    write_source(source, [*LAWS[:3], {**LAWS[3], "law_name": "中华人民共和国丁法"}])
    load_national_laws(empty_store, today=TODAY, source_path=source)
    assert [d.title for d in empty_store.documents()] == [
        "中华人民共和国丁法",
        "中华人民共和国乙法",
        "中华人民共和国甲法",
    ]


def test_dates_are_derived_again_after_a_load_cut_off_by_a_return_to_the_old_source(
    empty_store: CorpusStore, source: Path
) -> None:
    load_national_laws(empty_store, today=TODAY, source_path=source)
    before = empty_store.versions()

    def cut_off(progress: LoadProgress) -> None:
        raise KeyboardInterrupt

    write_source(source, [{**law, "status": "已废止"} for law in LAWS])
    with pytest.raises(KeyboardInterrupt):
        load_national_laws(empty_store, today=TODAY, source_path=source, progress=cut_off)
    assert empty_store.versions() != before
    write_source(source, LAWS)
    load_national_laws(empty_store, today=TODAY, source_path=source)
    assert empty_store.versions() == before


# ---- a part of the source ------------------------------------------------------------------------------------


def test_loads_only_the_titles_asked_for_and_removes_nothing(empty_store: CorpusStore, source: Path) -> None:
    load_national_laws(empty_store, today=TODAY, source_path=source, only=["乙法"])
    load_national_laws(empty_store, today=TODAY, source_path=source, only=["中华人民共和国甲法"])
    assert [d.title for d in empty_store.documents()] == ["中华人民共和国乙法", "中华人民共和国甲法"]


def test_refuses_a_title_that_the_source_does_not_have(empty_store: CorpusStore, source: Path) -> None:
    with pytest.raises(InvalidInput, match="没有《某某法》"):
        load_national_laws(empty_store, today=TODAY, source_path=source, only=["甲法", "某某法"])
    assert empty_store.documents() == []


def test_stops_after_the_document_that_reaches_the_limit(empty_store: CorpusStore, source: Path) -> None:
    report = load_national_laws(empty_store, today=TODAY, source_path=source, limit_provisions=3)
    assert report.read == 2
    assert empty_store.counts()["provisions"] == 4


def test_reports_progress_document_by_document(empty_store: CorpusStore, source: Path) -> None:
    seen: list[LoadProgress] = []
    load_national_laws(empty_store, today=TODAY, source_path=source, progress=seen.append)
    assert [(p.done, p.total) for p in seen] == [(1, 3), (2, 3), (3, 3)]
    assert seen[-1].title == "中华人民共和国甲法"


# ---- trouble -------------------------------------------------------------------------------------------------


def test_a_bad_law_is_reported_and_its_stored_text_kept(empty_store: CorpusStore, source: Path) -> None:
    load_national_laws(empty_store, today=TODAY, source_path=source)
    write_source(source, [*LAWS[:3], {**LAWS[3], "publish_date": "昨天"}])
    report = load_national_laws(empty_store, today=TODAY, source_path=source)
    (failure,) = report.failures
    assert "公布日期“昨天”不是日期" in failure.what
    assert empty_store.provision("npc-c1/第一条") is not None


def test_an_unusable_source_leaves_the_store_as_it_was(tmp_path: Path, source: Path) -> None:
    store = open_store(tmp_path / "corpus.db")
    load_national_laws(store, today=TODAY, source_path=source)
    before = rows_of(tmp_path / "corpus.db")
    source.write_bytes(b"\0" * 5000)
    with pytest.raises(SourceUnreadable):
        load_national_laws(store, today=TODAY, source_path=source)
    assert rows_of(tmp_path / "corpus.db") == before
    store.close()


# ---- kill -9 and a full disk ---------------------------------------------------------------------------------


def _load_slice(database: Path, before_statement: Callable[[int], None] = lambda n: None) -> int:
    """Load the slice, calling ``before_statement`` with 1, 2, … before each SQL statement; the number of statements."""
    executed = 0

    def count(*_: object) -> None:
        nonlocal executed
        executed += 1
        before_statement(executed)

    event.listen(Engine, "before_cursor_execute", count)
    try:
        store = open_store(database)
        load_national_laws(store, today=TODAY, limit_provisions=SLICE)
        store.close()
    finally:
        event.remove(Engine, "before_cursor_execute", count)
    return executed


def _load_in_a_child_killed_at(statement: int, database: Path) -> bool:
    """Load in a forked child that gets SIGKILL at its n-th SQL statement; whether the signal ended it."""

    def kill(n: int) -> None:
        if n == statement:
            os.kill(os.getpid(), signal.SIGKILL)

    child = os.fork()
    if child == 0:
        try:
            _load_slice(database, kill)
        finally:
            os._exit(0)
    return os.WIFSIGNALED(os.waitpid(child, 0)[1])


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[str], int]:
    """All rows of a load that nothing disturbed, and how many SQL statements it took."""
    database = tmp_path_factory.mktemp("undisturbed") / "corpus.db"
    statements = _load_slice(database)
    return rows_of(database), statements


def test_a_full_disk_stops_with_a_remedy_and_keeps_what_was_committed(
    tmp_path: Path, undisturbed: tuple[list[str], int]
) -> None:
    database = tmp_path / "corpus.db"
    open_store(database).close()

    def limit_the_disk(connection: sqlite3.Connection, _record: object) -> None:
        connection.execute("PRAGMA max_page_count = 150")

    event.listen(Engine, "connect", limit_the_disk)
    try:
        with pytest.raises(StoreUnavailable, match="full") as caught:
            _load_slice(database)
    finally:
        event.remove(Engine, "connect", limit_the_disk)
    assert caught.value.remedy
    assert "空间" in caught.value.remedy or "space" in caught.value.remedy
    store = open_store(database)
    assert 0 < store.counts()["versions"] < len(read_national_laws().laws)
    store.close()
    _load_slice(database)
    assert rows_of(database) == undisturbed[0]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork to kill a load in mid-statement")
@pytest.mark.parametrize("share", [0.1, 0.5, 0.8, 0.97])
def test_a_load_killed_at_any_moment_is_finished_by_the_next_one(
    tmp_path: Path, undisturbed: tuple[list[str], int], share: float
) -> None:
    rows, statements = undisturbed
    assert _load_in_a_child_killed_at(int(share * statements), tmp_path / "corpus.db")
    _load_slice(tmp_path / "corpus.db")
    assert rows_of(tmp_path / "corpus.db") == rows


@pytest.mark.slow
def test_all_national_laws_load_with_the_counts_of_the_file(full_national_store: CorpusStore) -> None:
    source = read_national_laws(default_path())
    counts = full_national_store.counts()
    assert counts["versions"] == len(source.laws)
    assert counts["documents"] == len({law.title for law in source.laws})
    assert counts["provisions"] >= sum(len(law.rows) for law in source.laws)
