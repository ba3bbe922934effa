"""What only the embedded index has: files, one owner, damage, full disks, and an optimiser in another process."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.errors import IndexUnavailable, StoreUnavailable
from corpus.index import EVERYTHING, VectorIndex
from corpus.index.edge import EdgeIndex
from corpus.index.edge_optimise import Outcome
from tests.corpus.index.index_samples import DIMENSION, FINGERPRINT, contents, dense, point, sparse

ROOT = Path(__file__).resolve().parents[3]
TEXTS = [f"第{n}条处以{n % 7}万元罚款" for n in range(1000)]


def opened(folder: Path, graph_from_points: int = 10_000) -> EdgeIndex:
    return EdgeIndex.open(folder, FINGERPRINT, DIMENSION, graph_from_points=graph_from_points)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "index"


@pytest.fixture
def index(folder: Path) -> Iterator[EdgeIndex]:
    """An index that is worth optimising with its first point."""
    index = opened(folder, graph_from_points=1)
    yield index
    index.close()


def python(code: str, *arguments: str) -> subprocess.Popen[str]:
    """A process of its own that runs ``code`` with the project and its tests importable."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.Popen(
        [sys.executable, "-c", code, *arguments], stdout=subprocess.PIPE, text=True, env=environment, cwd=ROOT
    )


# ---- one owner ---------------------------------------------------------------------------------------------


def test_a_second_opener_is_refused_and_told_what_to_do(folder: Path, index: EdgeIndex) -> None:
    with pytest.raises(IndexUnavailable, match="in use by another process") as caught:
        opened(folder)
    assert caught.value.retryable
    assert "eassistant serve" in (caught.value.remedy or "")
    index.upsert([point("a")])
    assert index.state().points == 1, "the owner works on"


def test_an_opener_in_another_process_is_refused(folder: Path, index: EdgeIndex) -> None:
    code = """
import sys, pathlib
from tests.corpus.index.test_edge import opened
from corpus.errors import IndexUnavailable, StoreUnavailable
try:
    opened(pathlib.Path(sys.argv[1]))
except IndexUnavailable as error:
    print(error.what)
"""
    assert "in use by another process" in python(code, str(folder)).communicate()[0]


def test_an_index_in_use_is_not_erased(folder: Path, index: EdgeIndex) -> None:
    index.upsert([point("a")])
    with pytest.raises(IndexUnavailable, match="in use by another process"):
        EdgeIndex.erase(folder)
    assert index.state().points == 1


def test_a_closed_index_says_so(folder: Path) -> None:
    index = opened(folder)
    index.close()
    with pytest.raises(IndexUnavailable, match="closed"):
        index.search_sparse(sparse("罚"), EVERYTHING, 1)


# ---- a killed owner ----------------------------------------------------------------------------------------

WRITER = """
import sys, pathlib
from tests.corpus.index.test_edge import TEXTS, opened
from tests.corpus.index.index_samples import dense, digest, point
index = opened(pathlib.Path(sys.argv[1]))
for n in range(0, len(TEXTS), 50):
    batch = TEXTS[n : n + 50]
    index.upsert(point(t, t, with_dense=False) for t in batch)
    index.set_dense({digest(t): dense(t) for t in batch[::2]})
    print(n + len(batch), flush=True)
"""


@pytest.mark.parametrize("seed", [0, 1, *(pytest.param(n, marks=pytest.mark.slow) for n in range(2, 10))])
def test_an_owner_killed_in_mid_write_leaves_an_index_that_tells_the_truth(folder: Path, seed: int) -> None:
    lines_before_death = random.Random(seed).randrange(1, 18)
    writer = python(WRITER, str(folder))
    assert writer.stdout is not None
    confirmed = 0
    for _ in range(lines_before_death):
        confirmed = int(writer.stdout.readline())
    writer.send_signal(signal.SIGKILL)
    confirmed = int((writer.stdout.read().split() or [confirmed])[-1])
    assert writer.wait() == -signal.SIGKILL

    index = opened(folder)
    held = index.digests()
    assert set(TEXTS[:confirmed]) <= set(held), "what was confirmed is there"
    assert all(held[t] == point(t).digest for t in held)
    found = {h.passage_id for h in index.search_sparse(sparse("罚款"), EVERYTHING, 10_000)}
    assert found == set(held), "what is listed is found, and the other way round"
    encoded = {h.passage_id for h in index.search_dense(dense("罚款"), EVERYTHING, 10_000)}
    assert encoded == set(held) - set(index.awaiting_dense())

    index.upsert(point(t, t) for t in TEXTS if t not in held or t in index.awaiting_dense())
    repaired = contents(index, ["罚款", "第3条"])
    index.close()
    assert repaired == contents(undisturbed(folder.parent / "undisturbed"), ["罚款", "第3条"])


def undisturbed(folder: Path) -> VectorIndex:
    index = opened(folder)
    index.upsert(point(t, t) for t in TEXTS)
    return index


# ---- damage ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "pattern",
    [
        pytest.param("index.json", id="manifest is not JSON"),
        pytest.param("shard-*/edge_config.json", id="engine's configuration"),
        pytest.param("shard-*/segments/*/segment.json", id="a segment's description"),
        pytest.param("shard-*/wal/open-*", id="write-ahead log"),
    ],
)
def test_a_damaged_index_says_how_to_make_it_anew(folder: Path, pattern: str) -> None:
    index = opened(folder)
    index.upsert([point("a")])
    index.close()
    damaged = list(folder.glob(pattern))
    assert damaged
    for path in damaged:
        path.write_bytes(b"garbage")
    with pytest.raises(IndexUnavailable, match="eassistant index rebuild") as caught:
        opened(folder)
    assert str(folder) in (caught.value.where or "")
    EdgeIndex.erase(folder)
    again = opened(folder)
    assert again.digests() == {}
    again.close()


def test_a_panic_of_the_engine_is_an_error_like_any_other(folder: Path) -> None:
    """Found by damaging files at random: with this one cut short, qdrant-edge-py 0.9.0 panics."""
    index = opened(folder)
    index.upsert([point("a")])
    index.close()
    for status in folder.glob("shard-*/segments/*/vector_storage-dense/vectors/status.dat"):
        status.write_bytes(status.read_bytes()[:2])
    with pytest.raises(IndexUnavailable, match="PanicException"):
        opened(folder)
    EdgeIndex.erase(folder)


def test_a_creation_that_was_interrupted_is_finished(folder: Path) -> None:
    opened(folder).close()
    shard = json.loads((folder / "index.json").read_text(encoding="utf-8"))["shard"]
    (folder / shard / "edge_config.json").unlink()
    index = opened(folder)
    index.upsert([point("a")])
    assert index.state().points == 1
    index.close()


def test_what_an_interrupted_optimisation_left_is_removed(folder: Path) -> None:
    opened(folder).close()
    leftover = folder / "shard-leftover"
    shutil.copytree(next(folder.glob("shard-*")), leftover)
    index = opened(folder)
    index.upsert([point("a")])
    index.close()
    assert not leftover.exists()
    assert len(list(folder.glob("shard-*"))) == 1


# ---- a full disk -------------------------------------------------------------------------------------------


class Usage:
    free = 1024


def test_a_full_disk_stops_writing_with_a_clear_message_and_loses_nothing(
    folder: Path, index: EdgeIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    index.upsert([point("a", "罚款")])
    with monkeypatch.context() as patch:
        patch.setattr("corpus.index.edge_files.shutil.disk_usage", lambda _: Usage)
        for write in (
            lambda: index.upsert([point("b")]),
            lambda: index.set_dense({point("a", "罚款").digest: dense("罚款")}),
            lambda: index.delete(["a"]),
            index.optimise,
        ):
            with pytest.raises(StoreUnavailable, match="disk is nearly full") as caught:
                write()
            assert "EASSISTANT_HOME" in (caught.value.remedy or "")
        assert [h.passage_id for h in index.search_sparse(sparse("罚"), EVERYTHING, 5)] == ["a"]
    index.upsert([point("b")])
    assert set(index.digests()) == {"a", "b"}


def test_an_index_is_not_opened_on_a_full_disk(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("corpus.index.edge_files.shutil.disk_usage", lambda _: Usage)
    with pytest.raises(StoreUnavailable, match="disk is nearly full"):
        opened(folder)


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(StoreUnavailable, match="EASSISTANT_HOME") as caught:
        opened(tmp_path / "file" / "index")
    assert str(tmp_path) in (caught.value.where or "")


# ---- optimising --------------------------------------------------------------------------------------------


def test_the_graph_is_built_from_the_size_on_that_was_asked_for(folder: Path) -> None:
    index = opened(folder, graph_from_points=700)
    index.upsert(point(t, t) for t in TEXTS)
    index.delete(TEXTS[:100])
    files_before = set(folder.glob("shard-*"))
    before = contents(index, [])
    best = index.search_dense(dense(TEXTS[600]), EVERYTHING, 1)
    index.optimise()
    assert set(folder.glob("shard-*")) != files_before, "the index moved over to the optimised copy"
    assert list(folder.glob("shard-*/segments/*/vector_index-dense/graph*")), "and the copy has a graph"
    assert contents(index, []) == before
    assert index.search_dense(dense(TEXTS[600]), EVERYTHING, 1) == best
    index.close()
    again = opened(folder, graph_from_points=700)
    assert contents(again, []) == before
    again.close()


def test_searches_go_on_while_the_optimiser_works(index: EdgeIndex, monkeypatch: pytest.MonkeyPatch) -> None:
    index.upsert(point(t, t) for t in TEXTS[:50])
    working, finish = threading.Event(), threading.Event()

    def work(_shard: Path, _stop: object) -> Outcome:
        working.set()
        finish.wait(60)
        return Outcome.CHANGED

    monkeypatch.setattr(index, "_optimise_in_child", work)
    optimiser = threading.Thread(target=index.optimise)
    optimiser.start()
    assert working.wait(60)
    expected = {h.passage_id for h in index.search_sparse(sparse("罚款"), EVERYTHING, 100)}
    writer = threading.Thread(target=lambda: index.upsert([point("late", "罚款")]))
    writer.start()
    assert expected == set(TEXTS[:50])
    finish.set()
    optimiser.join(60)
    writer.join(60)
    found = {h.passage_id for h in index.search_sparse(sparse("罚款"), EVERYTHING, 100)}
    assert found == {*TEXTS[:50], "late"}, "nothing written meanwhile is lost in the change-over"


@pytest.fixture
def endless_optimiser(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An optimiser that never ends; the pipe returned says when it has started."""
    started = tmp_path / "started"
    os.mkfifo(started)
    program = tmp_path / "endless"
    program.write_text(f"#!/bin/sh\necho started > {started}\nexec sleep 600\n")
    program.chmod(0o755)
    monkeypatch.setattr("corpus.index.edge.sys.executable", str(program))
    return started


def test_closing_does_not_wait_for_the_optimiser(folder: Path, endless_optimiser: Path) -> None:
    index = opened(folder, graph_from_points=1)
    index.upsert([point("a")])
    optimiser = threading.Thread(target=index.optimise)
    optimiser.start()
    assert endless_optimiser.read_text() == "started\n"
    index.close()
    optimiser.join(60)
    assert not optimiser.is_alive()
    assert len(list(folder.glob("shard-*"))) == 1
    again = opened(folder)
    assert set(again.digests()) == {"a"}
    again.close()


def test_the_optimiser_can_be_stopped_and_the_index_goes_on(index: EdgeIndex, endless_optimiser: Path) -> None:
    index.upsert([point("a")])
    stop = threading.Event()
    optimiser = threading.Thread(target=index.optimise, args=(stop.is_set,))
    optimiser.start()
    assert endless_optimiser.read_text() == "started\n"
    stop.set()
    optimiser.join(60)
    assert not optimiser.is_alive()
    index.upsert([point("b")])
    assert set(index.digests()) == {"a", "b"}


@pytest.fixture
def broken_optimiser(monkeypatch: pytest.MonkeyPatch) -> None:
    """An optimiser that fails as soon as it is started."""
    monkeypatch.setattr("corpus.index.edge.sys.executable", "/bin/false")


def test_optimising_again_without_a_write_between_does_nothing(folder: Path, request: pytest.FixtureRequest) -> None:
    index = opened(folder, graph_from_points=1)
    index.upsert([point("a")])
    index.optimise()
    index.close()
    request.getfixturevalue("broken_optimiser")
    index = opened(folder, graph_from_points=1)
    index.optimise()
    index.upsert([point("b")])
    with pytest.raises(IndexUnavailable, match="exit 1"):
        index.optimise()
    index.close()


@pytest.mark.usefixtures("broken_optimiser")
def test_a_small_index_is_optimised_only_when_much_was_deleted(folder: Path) -> None:
    index = opened(folder)
    index.upsert(point(t) for t in TEXTS[:10])
    index.delete(TEXTS[:1])
    index.optimise()
    index.delete(TEXTS[1:2])
    with pytest.raises(IndexUnavailable, match="exit 1"):
        index.optimise()
    index.close()


@pytest.mark.usefixtures("broken_optimiser")
def test_an_optimiser_that_fails_leaves_the_index_as_it_was(folder: Path, index: EdgeIndex) -> None:
    index.upsert([point("a", "罚款")])
    with pytest.raises(IndexUnavailable, match="exit 1"):
        index.optimise()
    assert [h.passage_id for h in index.search_sparse(sparse("罚款"), EVERYTHING, 5)] == ["a"]
    assert len(list(folder.glob("shard-*"))) == 1
    index.upsert([point("b")])
    assert set(index.digests()) == {"a", "b"}


def test_many_threads_may_search_and_write_at_once(index: EdgeIndex) -> None:
    failures: list[BaseException] = []

    def run(task: object) -> None:
        try:
            for _ in range(20):
                task()  # type: ignore[operator]
        except BaseException as error:
            failures.append(error)

    tasks = [
        lambda: index.upsert(point(t, t) for t in TEXTS[:100]),
        lambda: index.set_dense({point(t, t).digest: dense(t) for t in TEXTS[:100]}),
        lambda: index.search_sparse(sparse("罚款"), EVERYTHING, 20),
        lambda: index.search_dense(dense("罚款"), EVERYTHING, 20),
        index.state,
    ]
    threads = [threading.Thread(target=run, args=(t,)) for t in tasks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    assert not failures
    assert index.state().points == 100
