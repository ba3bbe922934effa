"""Everything that cannot be made again, as one file (备份、恢复): corpus, originals, user data, settings.

A backup is a zip of two archives of ``corpus.store.exchange``, one of the corpus and one of the user data, and the
settings file. It holds rows, not a database's own format, so that one taken on SQLite can be restored on PostgreSQL
and the other way round. The index and the encodings are derived and left out.
"""

from __future__ import annotations

import json
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from shutil import copyfileobj
from typing import TypeAlias

from assistant.settings import SETTINGS_FILE, Settings
from assistant.userdata import UserData
from assistant.userdata.store import MIGRATIONS
from assistant.userdata.tables import metadata
from assistant.version import version
from corpus.errors import InvalidInput, SourceUnreadable, StoreUnavailable
from corpus.store import CorpusStore
from corpus.store.exchange import CORPUS, Contents, Exchanged, export_corpus, import_corpus

FORMAT = "eassistant-backup"
MANIFEST = "backup.json"
USERDATA = Contents("eassistant-userdata", metadata, MIGRATIONS, "用户数据库")
UPLOADS = "uploads"
"""Folder of the data home with the files that are being taken in."""

_CORPUS_FILE, _USERDATA_FILE = "corpus.zip", "userdata.zip"
_MEMBERS = frozenset({MANIFEST, _CORPUS_FILE, _USERDATA_FILE, SETTINGS_FILE})
_SMALL = 1 << 20  # the manifest and the settings file

Progress: TypeAlias = Callable[[str, int, int], None]
"""Called with what is at work (语料库, 用户数据库), how much is done, of how much."""


@dataclass(frozen=True, slots=True)
class Saved:
    """What a backup holds, or what was restored from it."""

    corpus: Exchanged
    userdata: Exchanged
    settings: bool


@dataclass(frozen=True, slots=True)
class Stores:
    """The two databases of a data folder."""

    corpus: CorpusStore
    userdata: UserData


@contextmanager
def open_stores(settings: Settings) -> Iterator[Stores]:
    """Open both databases, migrated, and close them in the end."""
    corpus = CorpusStore.open(settings.store_url)
    try:
        userdata = UserData.open(settings.userdata_url)
        try:
            yield Stores(corpus, userdata)
        finally:
            userdata.close()
    finally:
        corpus.close()


def back_up(settings: Settings, stores: Stores, path: Path, progress: Progress | None = None) -> Saved:
    """Write the backup to ``path``, readable by its owner only; the service may run meanwhile.

    Each database is read in one transaction, so each is whole; between the two, seconds may lie. An unfinished file
    never bears the name. Raises StoreUnavailable when something cannot be read or written.
    """
    unfinished = path.with_name(path.name + ".part")
    try:
        with tempfile.TemporaryDirectory(dir=path.parent, prefix=".backup-") as folder:
            corpus_file, userdata_file = Path(folder, _CORPUS_FILE), Path(folder, _USERDATA_FILE)
            userdata = export_corpus(
                stores.userdata, userdata_file, settings.home / UPLOADS, _named(progress, USERDATA), USERDATA
            )
            corpus = export_corpus(stores.corpus, corpus_file, settings.originals_dir, _named(progress, CORPUS))
            own_settings = settings.home / SETTINGS_FILE
            unfinished.touch(mode=0o600)
            with zipfile.ZipFile(unfinished, "w", zipfile.ZIP_STORED) as archive:
                archive.writestr(MANIFEST, json.dumps({"format": FORMAT, "program": version()}))
                archive.write(corpus_file, _CORPUS_FILE)
                archive.write(userdata_file, _USERDATA_FILE)
                if own_settings.is_file():
                    archive.write(own_settings, SETTINGS_FILE)
        unfinished.replace(path)
    except OSError as error:
        raise StoreUnavailable(
            f"备份无法写入（{error.strerror or error}）。",
            where=str(path),
            remedy="请检查文件夹是否存在、可写、有足够空间（约为数据库的一半，写入时需两倍）。",
        ) from error
    finally:
        unfinished.unlink(missing_ok=True)
    return Saved(corpus, userdata, own_settings.is_file())


def restore(settings: Settings, stores: Stores, path: Path, progress: Progress | None = None) -> Saved:
    """Fill two empty databases and the data folder from a backup; a settings file that is there is kept.

    Raises SourceUnreadable for a file that is damaged, of another program or of a newer schema, InvalidInput when
    either database holds something. Neither changes anything.
    """
    try:
        with tempfile.TemporaryDirectory(dir=settings.home, prefix=".restore-") as folder:
            has_settings = _unpack(path, Path(folder))
            corpus_file, userdata_file = Path(folder, _CORPUS_FILE), Path(folder, _USERDATA_FILE)
            for contents, store in ((CORPUS, stores.corpus), (USERDATA, stores.userdata)):
                _require_empty(contents, store)
            corpus = import_corpus(stores.corpus, corpus_file, settings.originals_dir, _named(progress, CORPUS))
            userdata = import_corpus(
                stores.userdata, userdata_file, settings.home / UPLOADS, _named(progress, USERDATA), USERDATA
            )
            own_settings = settings.home / SETTINGS_FILE
            restored = has_settings and not own_settings.exists()
            if restored:
                Path(folder, SETTINGS_FILE).replace(own_settings)
    except OSError as error:
        raise SourceUnreadable(
            f"恢复未能完成（{error.strerror or error}）。",
            where=str(error.filename or path),
            remedy="请核对文件路径与数据文件夹的权限、空间，清空数据文件夹后再试。",
        ) from error
    return Saved(corpus, userdata, restored)


def _require_empty(contents: Contents, store: CorpusStore | UserData) -> None:
    """Both are looked at before either is filled."""
    with store.session() as session:
        for table in contents.metadata.sorted_tables:
            if table.name != "meta" and session.execute(table.select().limit(1)).first() is not None:
                raise InvalidInput(
                    f"{contents.name}不是空的，不能恢复。",
                    where=table.name,
                    remedy="请用 EASSISTANT_HOME 指定一个新的空文件夹（或空数据库）再恢复。",
                )


def _unpack(path: Path, folder: Path) -> bool:
    """The members of a backup in ``folder``; whether a settings file is among them."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
            if len(set(names)) != len(names) or not set(names) <= _MEMBERS or _CORPUS_FILE not in names:
                raise _damaged("不是本程序的备份文件。", path)
            if archive.getinfo(MANIFEST).file_size > _SMALL:
                raise _damaged("备份清单过大。", path)
            if json.loads(archive.read(MANIFEST)).get("format") != FORMAT:
                raise _damaged("不是本程序的备份文件。", path)
            for name in names:
                with archive.open(name) as member, Path(folder, name).open("wb") as file:
                    copyfileobj(member, file)
            return SETTINGS_FILE in names
    except (zipfile.BadZipFile, zlib.error, EOFError, KeyError, ValueError, NotImplementedError, RuntimeError) as error:
        raise _damaged(f"不是完好的备份文件（{error}）。", path) from error


def _damaged(what: str, path: Path) -> SourceUnreadable:
    return SourceUnreadable(what, where=str(path), remedy="请换用完好的备份文件；数据没有改动。")


def _named(progress: Progress | None, contents: Contents) -> Callable[[int, int], None] | None:
    return None if progress is None else lambda done, total: progress(contents.name, done, total)
