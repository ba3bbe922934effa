"""A run over a folder: what is new, changed, gone or broken, and the same rows however rudely it was broken off."""

from __future__ import annotations

import dataclasses
import datetime as dt
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import Engine, event

from corpus.readers import Readers
from corpus.store import CorpusStore, revision
from corpus.store.readers import limited_documents
from corpus.store.sources import FileState, SourceFiles
from corpus.vocabulary import FindingKind, Version
from ingest.load import load_national_laws
from ingest.loading.report import Change, Outcome
from ingest.loading.run import IngestOptions, ingest_files
from tests.ingest.law_builder import write_source
from tests.ingest.loading.conftest import QUICK, TODAY, Ingest, by_name
from tests.ingest.loading.stand_ins import CRASHES, FAILS, IS_DOUBTFUL, NOTHING, STEPS

LATER = dt.date(2026, 11, 22)
DOGS = "示范市养犬条例|2020-01-01|示范市\n第一条 养犬应当登记。\n第二条 违反本条例第一条规定的，处二百元罚款。\n"
DOGS_2024 = "示范市养犬条例|2024-01-01|示范市\n第一条 养犬应当登记。\n第二条 违反第一条的，处五百元罚款。\n"
NOISE = "示范市噪声条例|2021-01-01|示范市\n第一条 安静。\n"
LAW = {"law_id": "a1", "law_name": "中华人民共和国甲法"}
LAW_TEXT = "甲法|2020-01-01\n第一条 为了示例，制定本法。\n第二条 本法自2020年3月1日起施行。\n"


def write(folder: Path, **files: str) -> None:
    for name, words in files.items():
        (folder / f"{name}.md").write_text(words)


def titles(store: CorpusStore) -> list[str]:
    return sorted(d.title for d in store.documents())


def served(store: CorpusStore, title: str) -> list[Version]:
    (document,) = (d for d in store.documents() if d.title == title)
    return [v for v in store.versions(document.id) if not v.withheld]


def states(store: CorpusStore) -> dict[str, list[FileState]]:
    found: dict[str, list[FileState]] = {}
    for file in SourceFiles(store).all():
        found.setdefault(Path(file.path).name, []).append(file.state)
    return found


# ---- what is stored ------------------------------------------------------------------------------------------


def test_files_become_documents_with_provisions_passages_and_references(
    ingest: Ingest, folder: Path, empty_store: CorpusStore
) -> None:
    write(folder, a=DOGS, b=NOISE)
    report = ingest()
    assert [(f.name, f.outcome) for f in report.files] == [("规章/a.md", Outcome.PARSED), ("规章/b.md", Outcome.PARSED)]
    assert not report.failed
    (text,) = report.files[0].texts
    assert (text.title, text.region, text.shelf, text.provisions) == ("示范市养犬条例", "示范市", "法规", 2)
    assert text.change is Change.NEW_DOCUMENT
    assert titles(empty_store) == ["示范市养犬条例", "示范市噪声条例"]
    version = text.version_id
    assert empty_store.references_from(f"{version}/第二条") == [f"{version}/第一条"]
    assert {p.provision_id for p, _ in empty_store.passages()} >= {f"{version}/第一条", f"{version}/第二条"}
    (file,) = SourceFiles(empty_store).of_version(version)
    assert (file.path, file.state, file.first_seen) == (str(folder / "a.md"), FileState.PARSED, TODAY)


def test_dates_are_derived_and_links_renewed_at_the_end(ingest: Ingest, folder: Path, empty_store: CorpusStore) -> None:
    write(folder, a=DOGS, b=DOGS_2024)
    ingest()
    assert all(v.validity.commencement.evidence != "尚未推定" for v in empty_store.versions())


def test_several_texts_of_one_file(ingest: Ingest, folder: Path, empty_store: CorpusStore) -> None:
    write(folder, a=DOGS + "===\n" + NOISE)
    (line,) = ingest().files
    assert [t.title for t in line.texts] == ["示范市养犬条例", "示范市噪声条例"]
    assert titles(empty_store) == ["示范市养犬条例", "示范市噪声条例"]


def test_a_region_is_given_to_texts_that_name_none(ingest: Ingest, folder: Path, empty_store: CorpusStore) -> None:
    write(folder, a="执法清单|||item_list\n序号1 甲\n", b=NOISE, c=LAW_TEXT)
    ingest(region="宁波市")
    assert {d.title: d.region for d in empty_store.documents()} == {
        "执法清单": "宁波市",
        "示范市噪声条例": "示范市",
        "甲法": "国家",
    }


def test_the_original_is_kept_under_its_digest(ingest: Ingest, folder: Path, tmp_path: Path) -> None:
    write(folder, a=DOGS, b=FAILS)
    ingest()
    kept = [p for p in (tmp_path / "home" / "originals").rglob("*") if p.is_file()]
    assert [p.read_text() for p in kept] == [DOGS]
    assert kept[0].parent.name == kept[0].name[:2]


def test_an_original_that_cannot_be_kept_is_told(ingest: Ingest, folder: Path, tmp_path: Path) -> None:
    write(folder, a=DOGS)
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "originals").write_text("in the way")
    (line,) = ingest().files
    assert line.outcome is Outcome.NEEDS_REVIEW
    assert any("原件" in t.message and t.remedy for t in line.troubles)


# ---- what cannot be stored -----------------------------------------------------------------------------------


def test_every_file_is_told_of_and_bad_ones_do_not_stop_the_rest(
    ingest: Ingest, folder: Path, empty_store: CorpusStore
) -> None:
    write(folder, a=DOGS, fails=FAILS, crashes=CRASHES, nav=NOTHING, empty="", doubtful=f"{NOISE}{IS_DOUBTFUL}\n")
    (folder / ".hidden").write_text("x")
    lines = by_name(ingest())
    assert {name: line.outcome for name, line in lines.items()} == {
        ".hidden": Outcome.NOTHING_TO_CITE,
        "a.md": Outcome.PARSED,
        "crashes.md": Outcome.FAILED,
        "doubtful.md": Outcome.NEEDS_REVIEW,
        "empty.md": Outcome.FAILED,
        "fails.md": Outcome.FAILED,
        "nav.md": Outcome.NOTHING_TO_CITE,
    }
    assert lines["fails.md"].troubles[0].message == "文件有密码。"
    assert lines["fails.md"].troubles[0].remedy == "请去掉密码。"
    assert states(empty_store)["fails.md"] == [FileState.FAILED]
    doubt = [f for f in empty_store.findings() if f.kind is FindingKind.NEEDS_REVIEW]
    assert ["表格可能有误" in f.message for f in doubt] == [True]


def test_a_failed_file_is_tried_again(ingest: Ingest, folder: Path) -> None:
    write(folder, fails=FAILS)
    assert ingest().failed
    assert ingest().failed


def test_members_of_archives_are_files(ingest: Ingest, folder: Path, empty_store: CorpusStore, tmp_path: Path) -> None:
    with zipfile.ZipFile(folder / "a.zip", "w") as archive:
        archive.writestr("条例/dogs.md", DOGS)
        archive.writestr("noise.md", NOISE)
        archive.writestr("../../out.md", NOISE)
    (folder / "broken.zip").write_bytes(b"PK\x03\x04" + b"\0" * 50)
    report = ingest()
    names = {f.name: f.outcome for f in report.files}
    assert names["规章/a.zip!/条例/dogs.md"] is Outcome.PARSED
    assert names["规章/a.zip!/noise.md"] is Outcome.PARSED
    assert names["规章/broken.zip"] is Outcome.FAILED
    assert sum(o is Outcome.FAILED for o in names.values()) == 2
    assert not list(tmp_path.rglob("out.md"))
    assert titles(empty_store) == ["示范市养犬条例", "示范市噪声条例"]
    assert {f.outcome for f in ingest().files if "dogs" in f.name} == {Outcome.UNCHANGED}


def test_what_an_archive_no_longer_holds_is_retired_and_a_broken_archive_retires_nothing(
    ingest: Ingest, folder: Path, empty_store: CorpusStore
) -> None:
    path = folder / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("dogs.md", DOGS)
        archive.writestr("noise.md", NOISE)
    ingest(path)
    path.write_bytes(b"PK\x03\x04" + b"\0" * 50)
    ingest(path)
    assert len(served(empty_store, "示范市噪声条例")) == 1
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("dogs.md", DOGS)
    ingest(path)
    assert served(empty_store, "示范市噪声条例") == []
    assert len(served(empty_store, "示范市养犬条例")) == 1


# ---- again ---------------------------------------------------------------------------------------------------


REVISION = f"'{revision.KEY}'"  # a mark of its own for every store and every change


def rows_of(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as connection:
        return sorted(line for line in connection.iterdump() if REVISION not in line)


def test_a_second_run_reads_nothing_and_changes_no_row(ingest: Ingest, folder: Path, tmp_path: Path) -> None:
    write(folder, a=DOGS, b=DOGS_2024, c=NOISE, nav=NOTHING)
    ingest()
    before = rows_of(tmp_path / "corpus.db")
    report = ingest(today=LATER)
    assert {f.outcome for f in report.files} == {Outcome.UNCHANGED}
    assert rows_of(tmp_path / "corpus.db") == before


def test_a_changed_file_gives_a_new_version_and_keeps_the_old(
    ingest: Ingest, folder: Path, empty_store: CorpusStore
) -> None:
    write(folder, a=DOGS)
    ingest()
    write(folder, a=DOGS_2024)
    (line,) = ingest(today=LATER).files
    assert [t.change for t in line.texts] == [Change.NEW_VERSION]
    assert [v.validity.published.year for v in served(empty_store, "示范市养犬条例") if v.validity.published] == [
        2020,
        2024,
    ]
    assert sorted(states(empty_store)["a.md"]) == [FileState.PARSED, FileState.REPLACED]


def test_a_correction_of_the_same_day_retires_what_it_corrects(
    ingest: Ingest, folder: Path, empty_store: CorpusStore
) -> None:
    write(folder, a=DOGS)
    ingest()
    write(folder, a=DOGS.replace("二百元", "三百元"))
    ingest(today=LATER)
    assert sorted(str(v.retired) for v in empty_store.versions()) == ["2026-11-22", "None"]
    (version,) = served(empty_store, "示范市养犬条例")
    assert "三百元" in empty_store.provisions(version.id)[1].text


def test_a_file_that_is_gone_is_retired_and_comes_back_as_it_was(
    ingest: Ingest, folder: Path, empty_store: CorpusStore
) -> None:
    write(folder, a=DOGS, b=NOISE)
    ingest()
    before = empty_store.versions()
    (folder / "a.md").unlink()
    lines = by_name(ingest(today=LATER))
    assert lines["a.md"].outcome is Outcome.RETIRED
    assert served(empty_store, "示范市养犬条例") == []
    assert len(empty_store.versions()) == 2
    write(folder, a=DOGS)
    ingest(today=LATER)
    assert empty_store.versions() == before


def test_only_folders_walked_in_full_lose_files(ingest: Ingest, folder: Path, empty_store: CorpusStore) -> None:
    (folder / "甲").mkdir()
    (folder / "乙").mkdir()
    write(folder / "甲", a=DOGS)
    write(folder / "乙", b=NOISE)
    ingest()
    (folder / "甲" / "a.md").unlink()
    assert ingest(folder / "乙").counts()[Outcome.RETIRED] == 0
    assert ingest(folder / "乙" / "b.md").counts()[Outcome.RETIRED] == 0
    assert ingest(folder / "甲").counts()[Outcome.RETIRED] == 1
    assert served(empty_store, "示范市养犬条例") == []


def test_two_files_with_the_same_words_are_one_text_with_two_sources(
    ingest: Ingest, folder: Path, empty_store: CorpusStore
) -> None:
    write(folder, a=DOGS, b=DOGS.replace("，", ", ").replace("罚款。", "罚款 。"))
    lines = by_name(ingest())
    (version,) = empty_store.versions()
    assert [Path(f.path).name for f in SourceFiles(empty_store).of_version(version.id)] == ["a.md", "b.md"]
    assert [t.change for t in lines["b.md"].texts] == [Change.SAME_TEXT]
    (folder / "a.md").unlink()
    ingest(today=LATER)
    assert len(served(empty_store, "示范市养犬条例")) == 1


def test_what_a_newer_program_reads_otherwise_takes_the_place_of_what_was_read(
    empty_store: CorpusStore, ingest: Ingest, folder: Path
) -> None:
    write(folder, a=DOGS)
    ingest()
    (old,) = empty_store.versions()
    sources = SourceFiles(empty_store)
    (file,) = sources.all()
    sources.record(dataclasses.replace(file, read_as="an older reading"))
    (line,) = ingest(today=LATER).files
    assert [t.change for t in line.texts] == [Change.READ_AGAIN]
    assert empty_store.versions() == [old]
    (file,) = sources.all()
    assert file.first_seen == TODAY


# ---- the law package and folders -----------------------------------------------------------------------------


@pytest.mark.parametrize("package_first", [True, False])
def test_one_law_from_package_and_folder_is_one_document_with_one_text(
    ingest: Ingest, folder: Path, empty_store: CorpusStore, tmp_path: Path, package_first: bool
) -> None:
    source = write_source(tmp_path / "laws.db", [LAW])
    write(folder, a=LAW_TEXT, old=LAW_TEXT.replace("2020-01-01", "2010-01-01").replace("示例", "旧例"))
    if package_first:
        load_national_laws(empty_store, today=TODAY, source_path=source)
    report = ingest()
    if not package_first:
        load_national_laws(empty_store, today=TODAY, source_path=source)
    assert titles(empty_store) == ["中华人民共和国甲法"]
    assert [v.validity.published for v in empty_store.versions()] == [dt.date(2010, 1, 1), dt.date(2020, 1, 1)]
    assert [Path(f.path).name for f in SourceFiles(empty_store).of_version("npc-a1")] == ["a.md"]
    assert [f for f in empty_store.findings() if f.kind is FindingKind.TEXT_DIFFERS] == []
    assert len(report.merging.same_as_package) == package_first


@pytest.mark.parametrize("package_first", [True, False])
def test_where_package_and_folder_differ_both_stay_and_the_package_is_served(
    ingest: Ingest, folder: Path, empty_store: CorpusStore, tmp_path: Path, package_first: bool
) -> None:
    source = write_source(tmp_path / "laws.db", [LAW])
    write(folder, a=LAW_TEXT.replace("示例", "试点"))
    if package_first:
        load_national_laws(empty_store, today=TODAY, source_path=source)
    ingest()
    if not package_first:
        load_national_laws(empty_store, today=TODAY, source_path=source)
    assert [v.id for v in served(empty_store, "中华人民共和国甲法")] == ["npc-a1"]
    (shadowed,) = (v for v in empty_store.versions() if v.id != "npc-a1")
    assert shadowed.shadowed_by == "npc-a1"
    (finding,) = (f for f in empty_store.findings() if f.kind is FindingKind.TEXT_DIFFERS)
    assert "第一条" in finding.message


@pytest.mark.parametrize("laws", [[], [{**LAW, "articles": [("第一条", "全新。")]}]], ids=["dropped", "changed"])
def test_a_folder_keeps_its_text_when_the_package_drops_or_changes_it(
    ingest: Ingest, folder: Path, empty_store: CorpusStore, tmp_path: Path, laws: list[dict[str, object]]
) -> None:
    other = {"law_id": "b1", "law_name": "中华人民共和国乙法"}
    source = write_source(tmp_path / "laws.db", [LAW, other])
    load_national_laws(empty_store, today=TODAY, source_path=source)
    write(folder, a=LAW_TEXT)
    ingest()
    write_source(source, [*laws, other])
    load_national_laws(empty_store, today=LATER, source_path=source)
    (kept,) = (v for v in empty_store.versions() if v.id.startswith("f-"))
    assert next(p.text for p in empty_store.provisions(kept.id)) == "为了示例，制定本法。"
    assert [Path(f.path).name for f in SourceFiles(empty_store).of_version(kept.id)] == ["a.md"]
    write_source(source, [LAW, other])
    load_national_laws(empty_store, today=LATER, source_path=source)
    assert [v.id for v in empty_store.versions() if v.id.startswith("f-")] == []
    assert [Path(f.path).name for f in SourceFiles(empty_store).of_version("npc-a1")] == ["a.md"]


# ---- only to see ---------------------------------------------------------------------------------------------


def test_a_dry_run_says_what_a_run_would_do_and_writes_nothing(
    ingest: Ingest, folder: Path, empty_store: CorpusStore, tmp_path: Path
) -> None:
    load_national_laws(empty_store, today=TODAY, source_path=write_source(tmp_path / "laws.db", [LAW]))
    write(folder, gone=NOISE, law=LAW_TEXT)
    ingest()
    (folder / "gone.md").unlink()
    write(folder, law=LAW_TEXT.replace("示例", "试点"), new=DOGS, same=DOGS, fails=FAILS)
    before = rows_of(tmp_path / "corpus.db")
    files = sorted(tmp_path.rglob("*"))
    planned = ingest(dry_run=True, today=LATER)
    assert rows_of(tmp_path / "corpus.db") == before
    assert sorted(tmp_path.rglob("*")) == files
    real = ingest(today=LATER)
    assert planned.files == real.files
    assert planned.merging == real.merging
    assert real.merging.retired
    assert real.merging.differences


# ---- broken off ----------------------------------------------------------------------------------------------


def test_a_run_that_is_stopped_retires_nothing_and_the_next_one_finishes(
    empty_store: CorpusStore, ingest: Ingest, folder: Path, tmp_path: Path
) -> None:
    write(folder, gone=NOISE)
    ingest()
    (folder / "gone.md").unlink()
    write(folder, **{f"a{n}": DOGS.replace("养犬", f"养犬{n}") for n in range(1, 6)})
    done: list[str] = []
    report = ingest_files(
        empty_store,
        [folder],
        IngestOptions(tmp_path / "home", jobs=1, limits=QUICK),
        today=TODAY,
        steps=STEPS,
        progress=lambda _done, _total, name: done.append(name),
        stop=lambda: len(done) == 2,
    )
    assert report.stopped
    assert len(report.files) == 2
    assert states(empty_store)["gone.md"] == [FileState.PARSED]
    report = ingest()
    assert report.counts()[Outcome.UNCHANGED] == 2
    assert report.counts()[Outcome.RETIRED] == 1
    assert len(titles(empty_store)) == 6


def _run(database: Path, folder: Path, before_statement: Callable[[int], None] = lambda n: None) -> int:
    """Ingest the folder, calling ``before_statement`` with 1, 2, … before each SQL statement; their number."""
    executed = 0

    def count(*_: object) -> None:
        nonlocal executed
        executed += 1
        before_statement(executed)

    event.listen(Engine, "before_cursor_execute", count)
    try:
        store = CorpusStore.open(f"sqlite:///{database}")
        options = IngestOptions(database.parent / "home", jobs=1, limits=QUICK)
        ingest_files(store, [folder], options, today=TODAY, steps=STEPS)
        store.close()
    finally:
        event.remove(Engine, "before_cursor_execute", count)
    return executed


KILLED = """
import os, signal, sys
from pathlib import Path
from tests.ingest.loading.test_run import _run

def kill(n):
    if n == int(sys.argv[3]):
        os.kill(os.getpid(), signal.SIGKILL)

if __name__ == "__main__":
    _run(Path(sys.argv[1]), Path(sys.argv[2]), kill)
"""


def _run_in_a_child_killed_at(statement: int, database: Path, folder: Path, script: Path) -> bool:
    script.write_text(KILLED)
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run([sys.executable, script, database, folder, str(statement)], env=environment)
    return done.returncode == -signal.SIGKILL


@pytest.mark.skipif(sys.platform == "win32", reason="needs SIGKILL")
def test_a_run_killed_at_any_statement_is_finished_by_the_next_one(folder: Path, tmp_path: Path) -> None:
    source = write_source(tmp_path / "laws.db", [LAW])
    before = tmp_path / "before.db"
    write(folder, a=DOGS, gone=NOISE, law=LAW_TEXT)
    _run(before, folder)
    store = CorpusStore.open(f"sqlite:///{before}")
    load_national_laws(store, today=TODAY, source_path=source)
    store.close()
    (folder / "gone.md").unlink()
    write(folder, a=DOGS.replace("二百", "三百"), b=DOGS_2024, law=LAW_TEXT.replace("示例", "试点"), old=LAW_TEXT)

    undisturbed = Path(shutil.copy(before, tmp_path / "undisturbed.db"))
    statements = _run(undisturbed, folder)
    for statement in random.Random(3).sample(range(1, statements), 5):
        database = Path(shutil.copy(before, tmp_path / f"killed-{statement}.db"))
        assert _run_in_a_child_killed_at(statement, database, folder, tmp_path / "killed.py")
        _run(database, folder)
        assert _comparable(database) == _comparable(undisturbed), f"killed at statement {statement}"


def _comparable(path: Path) -> list[str]:
    """All rows save the numbers that the database gives by itself, and the mark of the store's last change."""
    rows = []
    with closing(sqlite3.connect(path)) as connection:
        tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        for table in set(tables) - {"sqlite_sequence"}:
            columns = connection.execute(f"PRAGMA table_info({table})").fetchall()
            names = ", ".join(f'"{c[1]}"' for c in columns if (c[1], c[2]) != ("id", "INTEGER"))
            rows += [f"{table} {row}" for row in connection.execute(f"SELECT {names} FROM {table}")]
    return sorted(row for row in rows if REVISION not in row)


# ---- readers -------------------------------------------------------------------------------------------------

OURS = Readers(frozenset({"甲科"}))


def test_new_documents_are_limited_before_anybody_can_find_them_and_stay_so(
    ingest: Ingest, folder: Path, empty_store: CorpusStore
) -> None:
    write(folder, a=DOGS, b=NOISE)
    ingest(readers=OURS)
    assert set(limited_documents(empty_store).values()) == {OURS}
    assert set(limited_documents(empty_store)) == {d.id for d in empty_store.documents()}
    write(folder, c=DOGS_2024)
    assert not ingest(readers=OURS).failed
    (folder / "b.md").unlink()
    ingest()
    assert len(limited_documents(empty_store)) == 2


@pytest.mark.parametrize("dry_run", [False, True])
def test_a_text_of_a_document_that_others_may_read_is_refused(
    ingest: Ingest, folder: Path, empty_store: CorpusStore, dry_run: bool
) -> None:
    write(folder, a=DOGS)
    ingest()
    write(folder, b=DOGS_2024, c=NOISE)
    lines = by_name(ingest(readers=OURS, dry_run=dry_run))
    assert (lines["b.md"].outcome, lines["c.md"].outcome) == (Outcome.FAILED, Outcome.PARSED)
    assert "阅读对象" in lines["b.md"].troubles[0].message
    assert len(empty_store.versions()) == (1 if dry_run else 2)
    assert len(limited_documents(empty_store)) == (0 if dry_run else 1)
