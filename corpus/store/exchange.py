"""A whole store as one file (导出、导入): every table as JSON lines in a zip, the files beside it, and a manifest.

``Contents`` says which store: the corpus, or another with migrations of its own. The same rows always give the same
bytes. What is derived elsewhere (the vector index, the encodings) is left out: it is rebuilt from what is here. An
archive is read twice, once to check every byte against the manifest and once to write it in one transaction, so that a
damaged one changes nothing.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import json
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path, PurePosixPath
from typing import IO, Any, Protocol, TypeAlias

from sqlalchemy import Column, Date, Integer, MetaData, String, Table, func, insert, select, text
from sqlalchemy.orm import Session
from sqlalchemy.sql.schema import ScalarElementColumnDefault

from corpus.errors import InvalidInput, SourceUnreadable, StoreUnavailable
from corpus.store import migrate
from corpus.store.schema import Base

FORMAT_VERSION = 1
MANIFEST = "manifest.json"

_TABLES, _ORIGINALS = "tables/", "originals/"
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the zip format's first day, so that no clock shows in the bytes
_BATCH = 2000
_CHUNK = 1 << 20
_MANIFEST_LIMIT = 64 << 20

Progress: TypeAlias = Callable[[int, int], None]
"""Called with how many rows and files are done, of how many."""


class Sessions(Protocol):
    """A store as far as an archive is concerned; a session's failures come out as StoreUnavailable."""

    def session(self) -> AbstractContextManager[Session]: ...


@dataclass(frozen=True, slots=True)
class Contents:
    """What an archive holds: its mark, its tables, the migrations that know its schemas, what people call it."""

    format: str
    metadata: MetaData
    migrations: Path
    name: str


CORPUS = Contents("eassistant-corpus", Base.metadata, migrate.MIGRATIONS, "语料库")


@dataclass(frozen=True, slots=True)
class Exchanged:
    """What was written or read: rows by table, and files of the originals folder."""

    rows: Mapping[str, int]
    originals: int


@dataclass(frozen=True, slots=True)
class _Entry:
    """One member of the archive as the manifest lists it."""

    name: str
    size: int
    sha256: str
    rows: int | None = None  # None: a file of the originals


class _Damaged(SourceUnreadable):
    """An archive that is not what the manifest, or the program, says it should be."""

    def __init__(self, what: str, where: str) -> None:
        super().__init__(what, where=where, remedy="请换用完好的导出文件；语料库没有改动。")


# ---- export ----------------------------------------------------------------------------------------------------


def export_corpus(
    store: Sessions, path: Path, originals: Path, progress: Progress | None = None, contents: Contents = CORPUS
) -> Exchanged:
    """Write the store and the folder of ``originals`` to ``path``; an unfinished file never bears that name.

    Raises StoreUnavailable when the store cannot be read or the file not be written.
    """
    kept = sorted((p.relative_to(originals).as_posix(), p) for p in originals.rglob("*") if _is_file(p))
    unfinished = path.with_name(path.name + ".part")
    try:
        with store.session() as session:
            tables = contents.metadata.sorted_tables  # those that are referred to first
            counts = {t.name: session.scalar(select(func.count()).select_from(t)) or 0 for t in tables}
            count = _Count(sum(counts.values()) + len(kept), progress)
            with zipfile.ZipFile(unfinished, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
                entries = [_write_table(archive, session, table, count) for table in tables]
                entries += [_write_original(archive, name, file, count) for name, file in kept]
                _write_manifest(archive, contents, entries)
        unfinished.replace(path)
    except OSError as error:
        raise StoreUnavailable(
            f"导出文件无法写入（{error.strerror or error}）。",
            where=str(path),
            remedy="请检查文件夹是否存在、可写、有足够空间。",
        ) from error
    finally:
        unfinished.unlink(missing_ok=True)
    return Exchanged(counts, len(kept))


def _is_file(path: Path) -> bool:
    return path.is_file() and not path.is_symlink()


def _rows(session: Session, table: Table) -> Iterator[str]:
    """The rows of a table as JSON, by key; text keys by code point in every database."""
    postgres = session.get_bind().dialect.name == "postgresql"
    order = [c.collate("C") if postgres and isinstance(c.type, String) else c for c in table.primary_key.columns]
    names = [c.name for c in table.columns]
    for row in session.execute(select(table).order_by(*order).execution_options(yield_per=_BATCH)):
        values = {n: v.isoformat() if isinstance(v, dt.date) else v for n, v in zip(names, row, strict=True)}
        yield json.dumps(values, ensure_ascii=False, separators=(",", ":")) + "\n"


def _write_table(archive: zipfile.ZipFile, session: Session, table: Table, count: _Count) -> _Entry:
    digest, size, rows = hashlib.sha256(), 0, 0
    name = f"{_TABLES}{table.name}.jsonl"
    with archive.open(_info(name), "w", force_zip64=True) as member:
        for line in _rows(session, table):
            data = line.encode()
            member.write(data)
            digest.update(data)
            size += len(data)
            rows += 1
            count.add(1)
    return _Entry(name, size, digest.hexdigest(), rows)


def _write_original(archive: zipfile.ZipFile, name: str, file: Path, count: _Count) -> _Entry:
    digest, size = hashlib.sha256(), 0
    with file.open("rb") as source, archive.open(_info(_ORIGINALS + name), "w", force_zip64=True) as member:
        while data := source.read(_CHUNK):
            member.write(data)
            digest.update(data)
            size += len(data)
    count.add(1)
    return _Entry(_ORIGINALS + name, size, digest.hexdigest())


def _write_manifest(archive: zipfile.ZipFile, contents: Contents, entries: list[_Entry]) -> None:
    manifest = {
        "format": contents.format,
        "version": FORMAT_VERSION,
        "schema": migrate.newest(contents.migrations),
        "entries": [{"name": e.name, "size": e.size, "sha256": e.sha256, "rows": e.rows} for e in entries],
    }
    archive.writestr(_info(MANIFEST), json.dumps(manifest, ensure_ascii=False, indent=1))


def _info(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, _EPOCH)
    info.compress_type = zipfile.ZIP_DEFLATED
    info.external_attr = 0o644 << 16
    info.create_system = 3
    return info


# ---- import ----------------------------------------------------------------------------------------------------


def import_corpus(
    store: Sessions, path: Path, originals: Path, progress: Progress | None = None, contents: Contents = CORPUS
) -> Exchanged:
    """Fill an empty store and the folder of ``originals`` from an archive; ids and rows come out as they went in.

    Raises SourceUnreadable for a file that is damaged, of another program or of a newer schema, and InvalidInput when
    the store already holds something. Either way nothing is changed.
    """
    _require_empty(store, contents)
    try:
        with zipfile.ZipFile(path) as archive:
            entries = _manifest(archive, path, contents)
            count = _Count(sum(e.rows if e.rows is not None else 1 for e in entries), progress)
            for entry in entries:
                _check(archive, entry, path)
            with store.session() as session, session.begin():
                rows = _read_tables(archive, session, contents, entries, path, count)
                files = [e for e in entries if e.rows is None]
                for entry in files:
                    _restore(archive, entry, originals)
                    count.add(1)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise _Damaged(f"不是完好的导出文件（{error}）。", str(path)) from error
    except OSError as error:
        raise SourceUnreadable(
            f"导入未能完成（{error.strerror or error}）。",
            where=str(error.filename or path),
            remedy="请核对文件路径与数据文件夹的权限、空间。",
        ) from error
    return Exchanged(rows, len(files))


def _require_empty(store: Sessions, contents: Contents) -> None:
    with store.session() as session:
        for table in contents.metadata.sorted_tables:
            if table.name != "meta" and session.execute(select(table).limit(1)).first() is not None:
                raise InvalidInput(
                    f"{contents.name}不是空的，不能导入。",
                    where=table.name,
                    remedy="请用 EASSISTANT_HOME 指定一个新的空文件夹（或空数据库）再导入。",
                )


def _manifest(archive: zipfile.ZipFile, path: Path, contents: Contents) -> list[_Entry]:
    """The members of the archive, each known, safe and once; tables in the order in which they can be written."""
    where = str(path)
    try:
        info = archive.getinfo(MANIFEST)
    except KeyError:
        raise _Damaged("没有导出清单，不是本程序的导出文件。", where) from None
    if info.file_size > _MANIFEST_LIMIT:
        raise _Damaged("导出清单过大。", where)
    try:
        manifest = json.loads(archive.read(info))
        if manifest["format"] != contents.format:
            raise _Damaged("不是本程序的导出文件。", where)
        known = manifest["version"] == FORMAT_VERSION and manifest["schema"] in migrate.revisions(contents.migrations)
        entries = [_Entry(e["name"], e["size"], e["sha256"], e["rows"]) for e in manifest["entries"]]
    except (ValueError, KeyError, TypeError) as error:
        raise _Damaged(f"导出清单无法读取（{type(error).__name__}）。", where) from error
    if not known:
        raise SourceUnreadable(
            f"由另一版本的程序导出（{manifest['schema']}）。", where=where, remedy="请升级程序后再导入。"
        )
    order = {f"{_TABLES}{t.name}.jsonl": n for n, t in enumerate(contents.metadata.sorted_tables)}
    names = sorted([MANIFEST, *(e.name for e in entries)])
    if names != sorted(archive.namelist()) or len(set(names)) != len(names):
        raise _Damaged("导出文件的内容与清单不符。", where)
    for entry in entries:
        if not (entry.name in order if entry.rows is not None else _is_safe(entry.name)):
            raise _Damaged(f"导出文件中有不认识的内容“{entry.name}”。", where)
    return sorted(entries, key=lambda e: (order.get(e.name, len(order)), e.name))


def _is_safe(name: str) -> bool:
    """Whether an original's name stays inside the folder of originals."""
    if not name.startswith(_ORIGINALS) or "\\" in name or ":" in name or "\0" in name:
        return False
    inner = PurePosixPath(name.removeprefix(_ORIGINALS))
    return bool(inner.parts) and not inner.is_absolute() and ".." not in inner.parts


def _check(archive: zipfile.ZipFile, entry: _Entry, path: Path) -> None:
    digest, size = hashlib.sha256(), 0
    with archive.open(entry.name) as member:
        while (data := member.read(_CHUNK)) and size <= entry.size:
            digest.update(data)
            size += len(data)
    if size != entry.size or digest.hexdigest() != entry.sha256:
        raise _Damaged(f"“{entry.name}”已损坏，与清单不符。", str(path))


def _read_tables(
    archive: zipfile.ZipFile,
    session: Session,
    contents: Contents,
    entries: list[_Entry],
    path: Path,
    count: _Count,
) -> dict[str, int]:
    tables = {f"{_TABLES}{t.name}.jsonl": t for t in contents.metadata.sorted_tables}
    rows: dict[str, int] = {}
    for entry in entries:
        if (table := tables.get(entry.name)) is None:
            continue
        session.execute(table.delete())  # of the meta table: what opening the store wrote
        try:
            with archive.open(entry.name) as member:
                rows[table.name] = _fill(session, table, io.TextIOWrapper(member, "utf-8"), count)
        except (ValueError, KeyError, TypeError) as error:
            raise _Damaged(f"“{entry.name}”中有无法读取的行（{error}）。", str(path)) from error
        if rows[table.name] != entry.rows:
            raise _Damaged(f"“{entry.name}”的行数与清单不符。", str(path))
    return rows


def _fill(session: Session, table: Table, lines: IO[str], count: _Count) -> int:
    total = 0
    columns = dict(table.columns.items())
    parsed = (_values(columns, json.loads(line)) for line in lines)
    while batch := list(islice(parsed, _BATCH)):
        session.execute(insert(table), batch)
        total += len(batch)
        count.add(len(batch))
    _advance_sequence(session, table)
    return total


def _values(columns: Mapping[str, Column[Any]], row: dict[str, Any]) -> dict[str, Any]:
    """A row as the database takes it; a column newer than the archive gets its default.

    Raises KeyError for a column that is unknown or missing without a default.
    """
    if unknown := row.keys() - columns.keys():
        raise KeyError(f"不认识的列 {min(unknown)}")
    values: dict[str, Any] = {}
    for name, column in columns.items():
        if name not in row:
            default = column.default.arg if isinstance(column.default, ScalarElementColumnDefault) else None
            if default is None and not column.nullable:
                raise KeyError(f"缺少列 {name}")
            values[name] = default
        elif row[name] is not None and isinstance(column.type, Date):
            values[name] = dt.date.fromisoformat(row[name])
        else:
            values[name] = row[name]
    return values


def _advance_sequence(session: Session, table: Table) -> None:
    """Let PostgreSQL number new rows after those that came with their numbers."""
    key = table.autoincrement_column
    if session.get_bind().dialect.name == "postgresql" and key is not None and isinstance(key.type, Integer):
        session.execute(
            text(
                f"SELECT setval(pg_get_serial_sequence('{table.name}', '{key.name}'), "
                f"(SELECT max({key.name}) FROM {table.name})) WHERE EXISTS (SELECT 1 FROM {table.name})"
            )
        )


def _restore(archive: zipfile.ZipFile, entry: _Entry, originals: Path) -> None:
    target = originals.joinpath(*PurePosixPath(entry.name.removeprefix(_ORIGINALS)).parts)
    target.parent.mkdir(parents=True, exist_ok=True)
    if not target.resolve().is_relative_to(originals.resolve()):
        raise _Damaged(f"“{entry.name}”指向数据文件夹之外。", entry.name)
    unfinished = target.with_name(target.name + ".part")
    with archive.open(entry.name) as member, unfinished.open("wb") as file:
        while data := member.read(_CHUNK):
            file.write(data)
    unfinished.replace(target)


class _Count:
    """How far an export or import is, told to whoever wants to know."""

    def __init__(self, total: int, tell: Progress | None) -> None:
        self._done = 0
        self._total = total
        self._tell = tell

    def add(self, count: int) -> None:
        before, self._done = self._done, self._done + count
        if self._tell is not None and (before // 1000 != self._done // 1000 or self._done == self._total):
            self._tell(self._done, self._total)
