"""The cache of encodings (编码缓存): what was encoded once is not encoded again.

One SQLite file beside the store, derived like the index: it may be deleted at any time and costs only the time to
encode anew. Vectors are kept as float32, bit for bit, so that an interrupted load ends with the same index as an
undisturbed one.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

import numpy as np
import numpy.typing as npt

from corpus.errors import StoreUnavailable

_TABLES = """
CREATE TABLE IF NOT EXISTS encoder (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
CREATE TABLE IF NOT EXISTS encoding (
    encoder INTEGER NOT NULL REFERENCES encoder (id), digest BLOB NOT NULL, vector BLOB NOT NULL,
    PRIMARY KEY (encoder, digest)
);
"""
_AT_ONCE = 500  # digests in one query
_WAIT_S = 30.0  # for another process that is writing


class EncodingCache:
    """Dense vectors by (encoder id, sha-256 of the text in hexadecimal: ``corpus.store.repository.passage_digest``).

    Safe to share between threads and between processes. Every failure of the file or the disk is ``StoreUnavailable``.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()
        with self._explained():
            path.parent.mkdir(parents=True, exist_ok=True)
            self._connection = sqlite3.connect(path, timeout=_WAIT_S, isolation_level=None, check_same_thread=False)
            try:
                self._connection.execute("PRAGMA journal_mode = WAL")
                self._connection.execute("PRAGMA synchronous = NORMAL")
                self._connection.executescript(_TABLES)
            except BaseException:
                self._connection.close()
                raise

    def get_many(self, encoder_id: str, digests: Iterable[str]) -> dict[str, npt.NDArray[np.float32]]:
        """The vectors held for ``digests``; a digest not held is absent from the result."""
        found = self._select("digest, vector", encoder_id, digests)
        return {digest.hex(): np.frombuffer(vector, dtype="<f4").astype(np.float32) for digest, vector in found}

    def put_many(self, encoder_id: str, vectors: Mapping[str, npt.NDArray[np.float32]]) -> None:
        """Keep vectors, all of this call or none; they survive the end of the process, however it comes."""
        rows = [(bytes.fromhex(digest), vector.astype("<f4").tobytes()) for digest, vector in vectors.items()]
        with self._transaction() as connection:
            connection.execute("INSERT OR IGNORE INTO encoder (name) VALUES (?)", (encoder_id,))
            (encoder,) = connection.execute("SELECT id FROM encoder WHERE name = ?", (encoder_id,)).fetchone()
            connection.executemany(
                "INSERT OR REPLACE INTO encoding (encoder, digest, vector) VALUES (?, ?, ?)",
                ((encoder, digest, vector) for digest, vector in rows),
            )

    def missing(self, encoder_id: str, digests: Iterable[str]) -> list[str]:
        """Those of ``digests`` that are not held, each once, in the order given."""
        wanted = list(dict.fromkeys(digests))
        held = {digest.hex() for (digest,) in self._select("digest", encoder_id, wanted)}
        return [digest for digest in wanted if digest not in held]

    def count(self, encoder_id: str) -> int:
        """How many encodings by this encoder are held."""
        with self._lock, self._explained():
            (number,) = self._connection.execute(
                "SELECT count(*) FROM encoding JOIN encoder ON encoder = id WHERE name = ?", (encoder_id,)
            ).fetchone()
        return int(number)

    def prune(self, encoder_id: str, keep: Iterable[str]) -> int:
        """Drop all but the encodings of ``keep`` by ``encoder_id``, other encoders' too; the number dropped."""
        with self._transaction() as connection:
            connection.execute("CREATE TEMP TABLE kept (digest BLOB PRIMARY KEY)")
            connection.executemany(
                "INSERT OR IGNORE INTO kept VALUES (?)", ((bytes.fromhex(digest),) for digest in keep)
            )
            dropped = connection.execute(
                "DELETE FROM encoding WHERE digest NOT IN (SELECT digest FROM kept)"
                " OR encoder NOT IN (SELECT id FROM encoder WHERE name = ?)",
                (encoder_id,),
            ).rowcount
            connection.execute("DROP TABLE kept")
        return dropped

    def close(self) -> None:
        with self._lock:
            self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _select(self, columns: str, encoder_id: str, digests: Iterable[str]) -> list[tuple[bytes, ...]]:
        wanted = [bytes.fromhex(digest) for digest in dict.fromkeys(digests)]
        query = f"SELECT {columns} FROM encoding JOIN encoder ON encoder = id WHERE name = ? AND digest IN "
        found: list[tuple[bytes, ...]] = []
        with self._lock, self._explained():
            for start in range(0, len(wanted), _AT_ONCE):
                some = wanted[start : start + _AT_ONCE]
                found += self._connection.execute(
                    f"{query}({','.join('?' * len(some))})", (encoder_id, *some)
                ).fetchall()
        return found

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        with self._lock, self._explained():
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection
            except BaseException:
                if self._connection.in_transaction:  # a full disk has already rolled it back
                    self._connection.rollback()
                raise
            self._connection.commit()

    @contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.Error, OSError) as error:
            raise StoreUnavailable(
                f"the cache of encodings failed ({error}).", where=str(self._path), remedy=_remedy(error)
            ) from error


def _remedy(error: sqlite3.Error | OSError) -> str:
    match getattr(error, "sqlite_errorname", "").removeprefix("SQLITE_").partition("_")[0]:
        case "FULL":
            return "Free disk space and start again; what is encoded already is kept."
        case "CORRUPT" | "NOTADB":
            return "Delete this file: it is derived, and its texts are encoded again."
        case "BUSY" | "LOCKED":
            return "Another process is writing it; wait until it has finished."
        case _:
            return "Check that the disk has room and that the folder can be written, then start again."
