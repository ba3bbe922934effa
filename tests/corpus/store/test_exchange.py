"""Export and import of a whole corpus: nothing lost, nothing changed, and nothing taken from a bad archive."""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, insert, select

from corpus.errors import InvalidInput, SourceUnreadable, StoreUnavailable
from corpus.store import CorpusStore
from corpus.store.exchange import MANIFEST, export_corpus, import_corpus
from corpus.store.schema import Base, CitationLinkRow, SourceFileRow, VersionSourceRow


def rows(store: CorpusStore) -> dict[str, list[tuple[Any, ...]]]:
    with store.session() as session:
        return {
            t.name: [tuple(r) for r in session.execute(select(t).order_by(*t.primary_key.columns))]
            for t in Base.metadata.sorted_tables
        }


@pytest.fixture
def home(tmp_path: Path) -> Path:
    folder = tmp_path / "there"
    folder.mkdir()
    return folder


@pytest.fixture
def target(home: Path) -> CorpusStore:
    return CorpusStore.open(f"sqlite:///{home / 'corpus.db'}")


@pytest.fixture(scope="module")
def archive(national_store: CorpusStore, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("export")
    (folder / "originals" / "ab").mkdir(parents=True)
    (folder / "originals" / "ab" / "file").write_bytes(b"\x00\xff" * 700_000)
    export_corpus(national_store, folder / "corpus.zip", folder / "originals")
    return folder / "corpus.zip"


def test_an_import_gives_the_same_rows_and_originals(
    national_store: CorpusStore, archive: Path, target: CorpusStore, home: Path
) -> None:
    done = import_corpus(target, archive, home / "originals")
    held = rows(national_store)
    assert rows(target) == held
    assert len(held["provisions"]) > 500
    assert done.rows == {name: len(found) for name, found in held.items()}
    assert (done.originals, (home / "originals" / "ab" / "file").read_bytes()) == (1, b"\x00\xff" * 700_000)


def test_the_same_corpus_gives_the_same_bytes(archive: Path, target: CorpusStore, home: Path, tmp_path: Path) -> None:
    import_corpus(target, archive, home / "originals")
    export_corpus(target, tmp_path / "again.zip", home / "originals")
    assert (tmp_path / "again.zip").read_bytes() == archive.read_bytes()


def test_files_links_and_every_column_survive(empty_store: CorpusStore, tmp_path: Path, home: Path) -> None:
    """One row in every table, every nullable column once empty and once filled."""
    with empty_store.session() as session, session.begin():
        for filled in (False, True):
            for table in Base.metadata.sorted_tables:
                session.execute(insert(table), [_row(table, filled)])
    export_corpus(empty_store, tmp_path / "all.zip", tmp_path / "none")
    copy = CorpusStore.open(f"sqlite:///{home / 'corpus.db'}")
    import_corpus(copy, tmp_path / "all.zip", home / "originals")
    assert rows(copy) == rows(empty_store)
    assert {len(found) for table, found in rows(copy).items() if table != "meta"} == {2}  # meta has the revision too
    with copy.session() as session:
        assert session.scalar(select(func.count()).select_from(CitationLinkRow)) == 2
        assert session.scalar(select(func.count()).select_from(SourceFileRow)) == 2
        assert session.scalar(select(func.count()).select_from(VersionSourceRow)) == 2


def _row(table: Any, filled: bool) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for column in table.columns:
        if column.nullable and not filled and not column.foreign_keys:
            values[column.name] = None
        elif column.type.python_type is str:
            target = next(iter(column.foreign_keys), None)
            long = f"{'乙' if filled else '甲'}\u2028{target.column.table.name if target else table.name}"
            values[column.name] = long[: getattr(column.type, "length", None)]
        elif column.type.python_type is int:
            values[column.name] = 7 + filled
        elif column.type.python_type is bool:
            values[column.name] = filled
        else:
            values[column.name] = column.type.python_type(2020, 2, 28 + filled)
    return values


def test_a_corpus_that_holds_something_is_not_overwritten(national_store: CorpusStore, archive: Path) -> None:
    before = national_store.counts()
    with pytest.raises(InvalidInput, match="不是空的"):
        import_corpus(national_store, archive, archive.parent / "unused")
    assert national_store.counts() == before


def _members(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as source:
        return {name: source.read(name) for name in source.namelist()}


def _rewritten(
    members: dict[str, bytes], change: Callable[[dict[str, bytes], dict[str, Any]], None]
) -> dict[str, bytes]:
    manifest = json.loads(members[MANIFEST])
    change(members, manifest)
    return members | {MANIFEST: json.dumps(manifest).encode()}


def _add(members: dict[str, bytes], manifest: dict[str, Any], name: str, data: bytes, n: int | None = None) -> None:
    members[name] = data
    manifest["entries"].append({"name": name, "size": len(data), "sha256": hashlib.sha256(data).hexdigest(), "rows": n})


def _reseal(members: dict[str, bytes], manifest: dict[str, Any], name: str, data: bytes) -> None:
    manifest["entries"] = [e for e in manifest["entries"] if e["name"] != name]
    _add(members, manifest, name, data, data.count(b"\n"))


DOCUMENTS, META = "tables/documents.jsonl", "tables/meta.jsonl"

BROKEN: dict[str, tuple[Callable[[dict[str, bytes], dict[str, Any]], None], str]] = {
    "another program": (lambda m, f: f.update(format="zip"), "不是本程序"),
    "a newer schema": (lambda m, f: f.update(schema="9999"), "另一版本"),
    "a newer format": (lambda m, f: f.update(version=2), "另一版本"),
    "a member missing": (lambda m, f: m.__delitem__(DOCUMENTS), "与清单不符"),
    "a member too many": (lambda m, f: m.update({"tables/extra.jsonl": b""}), "与清单不符"),
    "a row changed": (
        lambda m, f: m.update({DOCUMENTS: m[DOCUMENTS].replace("消防".encode(), "消毒".encode())}),
        "已损坏",
    ),
    "an unknown table": (lambda m, f: _add(m, f, "tables/secrets.jsonl", b"", 0), "不认识的内容"),
    "an unknown column": (lambda m, f: _reseal(m, f, META, b'{"key":"a","value":"b","more":1}\n'), "不认识的列"),
    "a column missing": (lambda m, f: _reseal(m, f, META, b'{"key":"a"}\n'), "缺少列"),
    "not json": (lambda m, f: _reseal(m, f, META, b"{\n"), "无法读取的行"),
    "a path outside": (lambda m, f: _add(m, f, "originals/../../escaped", b"x"), "不认识的内容"),
    "an absolute path": (lambda m, f: _add(m, f, "originals//tmp/escaped", b"x"), "不认识的内容"),
    "a windows path": (lambda m, f: _add(m, f, "originals/..\\escaped", b"x"), "不认识的内容"),
    "manifest without entries": (lambda m, f: f.__delitem__("entries"), "清单无法读取"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_bad_archive_is_refused_and_changes_nothing(
    name: str, archive: Path, target: CorpusStore, home: Path, tmp_path: Path
) -> None:
    change, words = BROKEN[name]
    bad = tmp_path / "bad.zip"
    with zipfile.ZipFile(bad, "w") as written:
        for member, data in _rewritten(_members(archive), change).items():
            written.writestr(member, data)
    with pytest.raises(SourceUnreadable, match=words):
        import_corpus(target, bad, home / "originals")
    assert all(not found for table, found in rows(target).items() if table != "meta")
    assert not (home / "originals").exists()
    assert not list(tmp_path.rglob("escaped"))


@pytest.mark.parametrize("cut", [0, 10, 5000, -30])
def test_a_cut_or_foreign_file_is_refused(cut: int, archive: Path, target: CorpusStore, home: Path) -> None:
    bad = home / "cut.zip"
    bad.write_bytes(archive.read_bytes()[:cut])
    with pytest.raises(SourceUnreadable, match="不是完好的导出文件"):
        import_corpus(target, bad, home / "originals")


def test_a_flipped_byte_anywhere_is_noticed(archive: Path, target: CorpusStore, home: Path) -> None:
    data = bytearray(archive.read_bytes())
    for at in range(40, len(data) - 40_000, max(1, len(data) // 7)):
        changed = data.copy()
        changed[at] ^= 0x55
        (home / "bad.zip").write_bytes(changed)
        with pytest.raises(SourceUnreadable):
            import_corpus(target, home / "bad.zip", home / "originals")


def test_a_place_that_cannot_be_written_is_said(national_store: CorpusStore, tmp_path: Path) -> None:
    with pytest.raises(StoreUnavailable, match="无法写入"):
        export_corpus(national_store, tmp_path / "no folder" / "a.zip", tmp_path)


def test_progress_ends_with_everything_done(archive: Path, target: CorpusStore, home: Path) -> None:
    told: list[tuple[int, int]] = []
    import_corpus(target, archive, home / "originals", lambda done, total: told.append((done, total)))
    assert told[-1][0] == told[-1][1] > 1000
    assert told == sorted(told)
