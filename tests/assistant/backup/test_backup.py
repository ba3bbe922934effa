"""A backup brings everything back, on the same database or on the other, or changes nothing."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert, select
from typer.testing import CliRunner

from assistant.backup import Stores, back_up, open_stores, restore
from assistant.cli.main import app
from assistant.settings import Settings
from assistant.userdata.schema import Base as UserBase
from corpus.errors import InvalidInput, SourceUnreadable
from corpus.store.schema import Base
from tests.postgres import new_database

DATABASES = ["sqlite", "postgres"]


def settings_for(kind: str, home: Path, request: pytest.FixtureRequest) -> Settings:
    home.mkdir()
    url = new_database(request.getfixturevalue("postgres")) if kind == "postgres" else None
    return Settings(home=home, database_url=url)


def a_row(table: Any, number: int) -> dict[str, Any]:
    """A row with a value in every column, its strings within their length."""
    row: dict[str, Any] = {}
    for column in table.columns:
        kind = column.type.python_type
        if kind is str:
            target = next(iter(column.foreign_keys), None)
            words = f"{number}甲\u2028{target.column.table.name if target else table.name}"
            row[column.name] = words[: getattr(column.type, "length", None)]
        elif kind is int:
            row[column.name] = number
        elif kind is bool:
            row[column.name] = True
        elif kind in (bytes,):
            row[column.name] = bytes([number, 0, 255])
        else:
            row[column.name] = kind(2020, 2, 20 + number)
    return row


def everything(stores: Stores) -> dict[str, list[Any]]:
    held: dict[str, list[Any]] = {}
    for store, base in ((stores.corpus, Base), (stores.userdata, UserBase)):
        with store.session() as session:
            for table in base.metadata.sorted_tables:
                if table.name == "meta":  # its revision is new with every change, a restoration too
                    continue
                rows = [tuple(row) for row in session.execute(select(table))]
                held[table.name] = sorted(rows, key=repr)
    return held


@pytest.fixture(params=DATABASES)
def filled(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[Settings, Stores]]:
    """A data folder with a row in every table, an original, an unfinished upload and settings."""
    settings = settings_for(request.param, tmp_path / "from", request)
    (settings.originals_dir / "ab").mkdir(parents=True)
    (settings.originals_dir / "ab" / "file").write_bytes(b"\x00original")
    (settings.home / "uploads").mkdir()
    (settings.home / "uploads" / "half").write_bytes(b"half")
    (settings.home / "settings.toml").write_text('region = "宁波市"\n', encoding="utf-8")
    with open_stores(settings) as stores:
        for store, base in ((stores.corpus, Base), (stores.userdata, UserBase)):
            with store.session() as session, session.begin():
                for table in base.metadata.sorted_tables:
                    if table.name != "meta":
                        session.execute(insert(table), [a_row(table, 1)])
        yield settings, stores


@pytest.mark.parametrize("kind", DATABASES)
def test_everything_comes_back_on_either_database(
    filled: tuple[Settings, Stores], kind: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    settings, stores = filled
    back_up(settings, stores, tmp_path / "all.zip")
    target = settings_for(kind, tmp_path / "to", request)
    with open_stores(target) as fresh:
        saved = restore(target, fresh, tmp_path / "all.zip")
        assert everything(fresh) == everything(stores)
    assert saved.settings
    assert (target.originals_dir / "ab" / "file").read_bytes() == b"\x00original"
    assert (target.home / "uploads" / "half").read_bytes() == b"half"
    assert "宁波市" in (target.home / "settings.toml").read_text(encoding="utf-8")


def test_a_backup_is_its_owners_alone_and_leaves_nothing_beside_it(
    filled: tuple[Settings, Stores], tmp_path: Path
) -> None:
    settings, stores = filled
    folder = tmp_path / "backups"
    folder.mkdir()
    back_up(settings, stores, folder / "all.zip")
    assert [p.name for p in folder.iterdir()] == ["all.zip"]
    assert (folder / "all.zip").stat().st_mode & 0o077 == 0


def test_a_folder_that_holds_something_is_not_overwritten(filled: tuple[Settings, Stores], tmp_path: Path) -> None:
    settings, stores = filled
    back_up(settings, stores, tmp_path / "all.zip")
    before = everything(stores)
    with pytest.raises(InvalidInput, match="不是空的"):
        restore(settings, stores, tmp_path / "all.zip")
    assert everything(stores) == before


@pytest.mark.parametrize("what", ["cut", "other", "extra", "changed"])
def test_a_damaged_file_changes_nothing(
    what: str, filled: tuple[Settings, Stores], tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    settings, stores = filled
    path = tmp_path / "all.zip"
    back_up(settings, stores, path)
    if what == "cut":
        path.write_bytes(path.read_bytes()[:-200])
    elif what == "other":
        path.write_bytes(b"nothing of ours")
    elif what == "extra":
        with zipfile.ZipFile(path, "a") as archive:
            archive.writestr("../outside", "x")
    else:
        whole = bytearray(path.read_bytes())
        whole[len(whole) // 2] ^= 1
        path.write_bytes(bytes(whole))
    target = settings_for("sqlite", tmp_path / "to", request)
    with open_stores(target) as fresh:
        empty = everything(fresh)
        with pytest.raises(SourceUnreadable):
            restore(target, fresh, path)
        assert everything(fresh) == empty
    assert not (tmp_path / "outside").exists()


def test_the_two_commands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EASSISTANT_HOME", str(tmp_path / "one"))
    (tmp_path / "one").mkdir()
    run = CliRunner()
    assert run.invoke(app, ["backup", str(tmp_path / "b.zip")]).exit_code == 0
    again = run.invoke(app, ["backup", str(tmp_path / "b.zip")])
    assert again.exit_code == 2
    assert "同名" in again.output
    monkeypatch.setenv("EASSISTANT_HOME", str(tmp_path / "two"))
    restored = run.invoke(app, ["restore", str(tmp_path / "b.zip"), "--json"])
    assert restored.exit_code == 0, restored.output
