"""The cache of encodings gives back what was put in, and survives what happens to processes, files and disks."""

from __future__ import annotations

import hashlib
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from corpus.encoders.cache import EncodingCache
from corpus.errors import StoreUnavailable


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def vector(text: str, dimension: int = 8) -> npt.NDArray[np.float32]:
    seed = int(digest(text)[:8], 16)
    return np.random.default_rng(seed).standard_normal(dimension).astype(np.float32)


def encodings(*texts: str) -> dict[str, npt.NDArray[np.float32]]:
    return {digest(text): vector(text) for text in texts}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "encodings.sqlite"


@pytest.fixture
def cache(path: Path) -> Iterator[EncodingCache]:
    with EncodingCache(path) as opened:
        yield opened


def test_vectors_come_back_bit_for_bit_also_after_reopening(cache: EncodingCache, path: Path) -> None:
    cache.put_many("e5", encodings("甲", "乙"))
    cache.close()
    with EncodingCache(path) as reopened:
        found = reopened.get_many("e5", [digest("乙"), digest("丙"), digest("甲")])
    assert found.keys() == {digest("甲"), digest("乙")}
    assert all(np.array_equal(found[digest(text)], vector(text)) for text in "甲乙")


def test_missing_are_those_not_held_once_and_in_order(cache: EncodingCache) -> None:
    cache.put_many("e5", encodings("乙"))
    assert cache.missing("e5", map(digest, "丙乙甲丙")) == [digest("丙"), digest("甲")]


def test_encoders_do_not_share_their_vectors(cache: EncodingCache) -> None:
    cache.put_many("e5", encodings("甲"))
    assert cache.get_many("bge", [digest("甲")]) == {}
    assert (cache.count("e5"), cache.count("bge")) == (1, 0)


def test_more_digests_than_one_query_takes(cache: EncodingCache) -> None:
    texts = [str(number) for number in range(1203)]
    cache.put_many("e5", encodings(*texts))
    assert len(cache.get_many("e5", map(digest, texts))) == 1203
    assert cache.missing("e5", [digest("new"), *map(digest, texts)]) == [digest("new")]


def test_putting_again_replaces(cache: EncodingCache) -> None:
    cache.put_many("e5", encodings("甲"))
    cache.put_many("e5", {digest("甲"): vector("other")})
    assert np.array_equal(cache.get_many("e5", [digest("甲")])[digest("甲")], vector("other"))
    assert cache.count("e5") == 1


def test_pruning_keeps_what_is_named_of_the_encoder_in_use(cache: EncodingCache) -> None:
    cache.put_many("e5", encodings("甲", "乙", "丙"))
    cache.put_many("old", encodings("甲"))
    assert cache.prune("e5", [digest("乙"), digest("never held")]) == 3
    assert cache.missing("e5", map(digest, "甲乙丙")) == [digest("甲"), digest("丙")]
    assert cache.count("old") == 0


def test_nothing_asked_nothing_done(cache: EncodingCache) -> None:
    cache.put_many("e5", {})
    assert cache.get_many("e5", []) == {}
    assert cache.missing("e5", []) == []
    assert cache.prune("e5", []) == 0


def test_threads_may_share_it(cache: EncodingCache) -> None:
    def put(name: str) -> None:
        for number in range(20):
            cache.put_many("e5", encodings(f"{name}{number}"))

    threads = [threading.Thread(target=put, args=(name,)) for name in "甲乙丙"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert cache.count("e5") == 60


def test_two_processes_may_write_it(cache: EncodingCache, path: Path) -> None:
    with EncodingCache(path) as other:
        cache.put_many("e5", encodings("甲"))
        other.put_many("e5", encodings("乙"))
        assert cache.count("e5") == other.count("e5") == 2


_WRITE_UNTIL_KILLED = """
import sys, pathlib
import numpy as np
from corpus.encoders.cache import EncodingCache
cache = EncodingCache(pathlib.Path(sys.argv[1]))
for batch in range(10**6):
    rows = {f"{batch * 64 + row:064x}": np.full(384, batch, np.float32) for row in range(64)}
    cache.put_many("e5", rows)
    print(batch, flush=True)
"""


@pytest.mark.parametrize("batches_seen", [1, 2, 5])
def test_kill_nine_keeps_whole_batches_and_all_that_were_confirmed(path: Path, batches_seen: int) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", _WRITE_UNTIL_KILLED, str(path)], stdout=subprocess.PIPE, text=True
    ) as writer:
        assert writer.stdout is not None
        confirmed = [int(writer.stdout.readline()) for _ in range(batches_seen)]
        writer.kill()
        confirmed += map(int, writer.stdout.read().split())
    with EncodingCache(path) as cache:
        count = cache.count("e5")
        assert count % 64 == 0
        assert count // 64 >= len(confirmed)
        held = cache.get_many("e5", [f"{row:064x}" for row in range(count)])
        assert len(held) == count
        assert all((held[f"{row:064x}"] == row // 64).all() for row in range(count))
        cache.put_many("e5", encodings("甲"))


def test_a_damaged_file_is_named_with_the_advice_to_delete_it(path: Path) -> None:
    path.parent.mkdir()
    path.write_bytes(b"this is no database " * 100)
    with pytest.raises(StoreUnavailable, match="Delete this file") as refusal:
        EncodingCache(path)
    assert refusal.value.where == str(path)


def test_a_folder_that_cannot_be_made_is_said_in_words(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreUnavailable, match="can be written"):
        EncodingCache(tmp_path / "file" / "encodings.sqlite")


def test_a_full_disk_stops_one_batch_and_loses_none(cache: EncodingCache, path: Path) -> None:
    cache.put_many("e5", encodings("甲"))
    pages = cache._connection.execute("PRAGMA page_count").fetchone()[0]
    cache._connection.execute(f"PRAGMA max_page_count = {pages + 2}")  # SQLite's own way to a full disk
    with pytest.raises(StoreUnavailable, match="Free disk space"):
        cache.put_many("e5", encodings(*map(str, range(1000))))
    assert cache.count("e5") == 1
    cache._connection.execute("PRAGMA max_page_count = 1000000")
    cache.put_many("e5", encodings("乙"))
    assert cache.missing("e5", map(digest, "甲乙")) == []


def test_a_file_that_another_process_keeps_locked_is_said_in_words(
    cache: EncodingCache, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache._connection.execute("PRAGMA busy_timeout = 0")
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreUnavailable, match="Another process"):
        cache.put_many("e5", encodings("甲"))
    other.execute("ROLLBACK")
    other.close()
    cache.put_many("e5", encodings("甲"))
    assert cache.count("e5") == 1
