"""Index building brings the index into line with the store, writes only what differs, and resumes anywhere."""

from __future__ import annotations

import datetime as dt
import os
import random
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from unittest import mock

import pytest

from corpus.encoders.base import EncodingStopped
from corpus.encoders.cache import EncodingCache
from corpus.errors import IndexMismatch
from corpus.index import EVERYTHING, OPEN_END, SearchFilter, VectorIndex
from corpus.index.edge import EdgeIndex
from corpus.store import CorpusStore
from corpus.vocabulary import DocumentKind, EffectLevel
from ingest.indexing import ENCODE_BATCH, IndexBuilder, SyncReport, index_fingerprint
from ingest.load import load_national_laws
from tests.corpus.index.index_samples import DIMENSION, contents, dense, digest, sparse
from tests.ingest.indexing_samples import Meaning, Words, fill, law

ROOT = Path(__file__).resolve().parents[2]
NOTHING = SyncReport(added=0, replaced=0, updated=0, deleted=0, unchanged=0)


class Bench:
    """A store, an index, a cache and the two encoders in one folder."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.words, self.meaning = Words(), Meaning()
        self.store = CorpusStore.open(f"sqlite:///{folder / 'corpus.db'}")
        self.cache = EncodingCache(folder / "encodings.db")
        self.index: VectorIndex = EdgeIndex.open(
            folder / "index", index_fingerprint(self.words, self.meaning), DIMENSION
        )
        self.builder = IndexBuilder(self.store, self.index, self.words, self.meaning, self.cache)

    def forget_encoded(self) -> None:
        self.words.encoded.clear()
        self.meaning.encoded.clear()

    def lexical(self, words: str, where: SearchFilter = EVERYTHING) -> set[str]:
        return {hit.passage_id for hit in self.index.search_sparse(sparse(words), where, 1000)}

    def close(self) -> None:
        self.index.close()
        self.cache.close()
        self.store.close()


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    bench = Bench(tmp_path / "data")
    yield bench
    bench.close()


# ---- words -------------------------------------------------------------------------------------------------


def test_an_empty_store_makes_an_empty_index(bench: Bench) -> None:
    assert bench.builder.sync() == NOTHING
    report = bench.builder.encode()
    assert (report.dense, report.total) == (0, 0)


def test_every_passage_is_found_by_its_words_with_its_facts(bench: Bench) -> None:
    fill(
        bench.store,
        law("甲法", ["处以罚款", "给予警告"], commencement=dt.date(2021, 7, 15), end=dt.date(2026, 8, 15)),
        law("乙例", ["处以罚款"], level=EffectLevel.LOCAL_REGULATION, region="广东省"),
    )
    assert bench.builder.sync() == SyncReport(added=3, replaced=0, updated=0, deleted=0, unchanged=0)
    assert bench.lexical("罚款") == {"甲法-v1/第1条#1", "乙例-v1/第1条#1"}
    facts = bench.index.facts()
    assert facts["甲法-v1/第2条#1"].provision_id == "甲法-v1/第2条"
    assert facts["甲法-v1/第2条#1"].digest == digest("给予警告")
    assert (facts["甲法-v1/第2条#1"].served_from, facts["甲法-v1/第2条#1"].served_until) == (20210715, 20260815)
    assert (facts["乙例-v1/第1条#1"].level, facts["乙例-v1/第1条#1"].region) == ("地方性法规", "广东省")
    assert facts["乙例-v1/第1条#1"].served_until == OPEN_END


def test_a_text_without_any_date_can_be_found_on_every_day(bench: Bench) -> None:
    fill(bench.store, law("甲法", ["处以罚款"], commencement=None))
    bench.builder.sync()
    assert bench.lexical("罚款") == {"甲法-v1/第1条#1"}
    assert bench.lexical("罚款", SearchFilter(as_of=dt.date(2026, 11, 21))) == {"甲法-v1/第1条#1"}


@pytest.mark.parametrize("kind", [DocumentKind.CASE, DocumentKind.GUIDANCE, DocumentKind.BENCHMARK])
def test_what_is_no_law_is_served_on_every_day(bench: Bench, kind: DocumentKind) -> None:
    fill(bench.store, law("甲", ["处以罚款"], commencement=None, kind=kind, level=EffectLevel.NONE))
    bench.builder.sync()
    assert bench.index.facts()["甲-v1/第1条#1"].shelf == kind.shelf.value
    for day in (dt.date(1990, 1, 1), dt.date(2026, 11, 21)):
        assert bench.lexical("罚款", SearchFilter(as_of=day)) == {"甲-v1/第1条#1"}


@pytest.mark.parametrize(
    ("second", "before", "after"),
    [
        pytest.param(dt.date(2024, 3, 1), {"v1"}, {"v2"}, id="each until the next"),
        pytest.param(None, {"v2"}, {"v2"}, id="a text without a day takes the place of the others"),
    ],
)
def test_of_two_texts_of_a_list_one_is_served(
    bench: Bench, second: dt.date | None, before: set[str], after: set[str]
) -> None:
    kind, none = DocumentKind.ITEM_LIST, EffectLevel.NONE
    first = None if second is None else dt.date(2021, 1, 1)
    fill(
        bench.store,
        law("清单", ["处以罚款"], commencement=first, kind=kind, level=none),
        law("清单", ["处以罚款"], commencement=second, kind=kind, level=none, number=2),
    )
    bench.builder.sync()
    for day, expected in ((dt.date(2024, 2, 29), before), (dt.date(2024, 3, 1), after)):
        found = bench.lexical("罚款", SearchFilter(as_of=day))
        assert {passage.split("/")[0].removeprefix("清单-") for passage in found} == expected


@pytest.mark.parametrize(
    "withheld",
    [
        pytest.param({"retired": dt.date(2026, 11, 1)}, id="retired"),
        pytest.param({"shadowed_by": "甲法-v2"}, id="shadowed"),
    ],
)
def test_a_withheld_text_is_not_in_the_index_and_leaves_it(bench: Bench, withheld: dict[str, object]) -> None:
    fill(bench.store, law("甲法", ["处以罚款"]), law("甲法", ["给予警告"], number=2))
    bench.builder.sync()
    fill(bench.store, law("甲法", ["处以罚款"], **withheld))  # type: ignore[arg-type]
    assert bench.builder.sync() == SyncReport(added=0, replaced=0, updated=0, deleted=1, unchanged=1)
    assert bench.lexical("罚款") == set()
    assert bench.lexical("警告") == {"甲法-v2/第1条#1"}
    assert bench.store.count_served_passages() == 1  # what the index is to hold, and holds


def test_a_second_sync_writes_nothing(bench: Bench) -> None:
    fill(bench.store, law("甲法", ["处以罚款", "给予警告"]))
    bench.builder.sync()
    bench.forget_encoded()
    assert bench.builder.sync() == SyncReport(added=0, replaced=0, updated=0, deleted=0, unchanged=2)
    assert bench.words.encoded == []


def test_only_a_changed_text_is_encoded_again(bench: Bench) -> None:
    fill(bench.store, law("甲法", ["处以罚款", "给予警告"]))
    bench.builder.sync()
    bench.builder.encode()
    bench.forget_encoded()
    fill(bench.store, law("甲法", ["处以罚款", "予以取缔"]))
    assert bench.builder.sync() == SyncReport(added=0, replaced=1, updated=0, deleted=0, unchanged=1)
    assert bench.words.encoded == ["予以取缔"]
    assert bench.lexical("警告") == set()
    bench.builder.encode()
    assert bench.meaning.encoded == ["予以取缔"]
    assert bench.index.awaiting_dense() == {}


@pytest.mark.parametrize(
    "changed",
    [
        pytest.param(law("甲法", ["处以罚款"], end=dt.date(2026, 8, 15)), id="repealed"),
        pytest.param(law("甲法", ["处以罚款"], commencement=dt.date(2027, 1, 1)), id="commences later"),
        pytest.param(law("甲法", ["处以罚款"], level=EffectLevel.ADMINISTRATIVE_REGULATION), id="level"),
        pytest.param(law("甲法", ["处以罚款"], region="广东省"), id="region"),
        pytest.param(law("甲法", ["处以罚款"], kind=DocumentKind.GUIDANCE), id="shelf"),
    ],
)
def test_changed_facts_are_written_without_encoding_anything(bench: Bench, changed: object) -> None:
    fill(bench.store, law("甲法", ["处以罚款"]))
    bench.builder.sync()
    bench.builder.encode()
    bench.forget_encoded()
    fill(bench.store, changed)  # type: ignore[arg-type]
    assert bench.builder.sync() == SyncReport(added=0, replaced=0, updated=1, deleted=0, unchanged=0)
    bench.builder.encode()
    assert (bench.words.encoded, bench.meaning.encoded) == ([], [])
    assert bench.builder.sync().unchanged == 1


def test_what_left_the_store_leaves_the_index(bench: Bench) -> None:
    fill(bench.store, law("甲法", ["处以罚款", "给予警告"]), law("乙法", ["处以罚款"]))
    bench.builder.sync()
    fill(bench.store, law("甲法", ["处以罚款"]))
    bench.store.delete_version("乙法-v1")
    assert bench.builder.sync() == SyncReport(added=0, replaced=0, updated=0, deleted=2, unchanged=1)
    assert set(bench.index.digests()) == {"甲法-v1/第1条#1"}


def test_an_index_of_other_encoders_is_not_filled(bench: Bench) -> None:
    with pytest.raises(IndexMismatch, match="eassistant index rebuild"):
        IndexBuilder(bench.store, bench.index, bench.words, Meaning("meaning-2"), bench.cache)


# ---- dense vectors -----------------------------------------------------------------------------------------


def test_words_are_found_before_and_meaning_after_encoding(bench: Bench) -> None:
    fill(bench.store, law("甲法", ["处以罚款", "给予警告"]))
    bench.builder.sync()
    assert bench.lexical("罚款") == {"甲法-v1/第1条#1"}
    assert bench.index.search_dense(dense("给予警告"), EVERYTHING, 1) == []
    report = bench.builder.encode()
    assert (report.dense, report.total, report.encoded, report.from_cache) == (2, 2, 2, 0)
    [best] = bench.index.search_dense(dense("给予警告"), EVERYTHING, 1)
    assert best.passage_id == "甲法-v1/第2条#1"


def test_the_same_text_is_encoded_once_and_found_everywhere(bench: Bench) -> None:
    fill(bench.store, law("甲法", ["本法自公布之日起施行"]), law("乙法", ["本法自公布之日起施行"]))
    bench.builder.sync()
    report = bench.builder.encode()
    assert (report.dense, report.encoded) == (2, 1)
    assert bench.meaning.encoded == ["本法自公布之日起施行"]


def test_a_rebuilt_index_takes_its_vectors_from_the_cache(tmp_path: Path) -> None:
    bench = Bench(tmp_path / "data")
    fill(bench.store, law("甲法", ["处以罚款", "给予警告"]))
    bench.builder.sync()
    bench.builder.encode()
    before = contents(bench.index, ["罚款"])
    bench.index.drop()
    bench.close()

    bench = Bench(tmp_path / "data")
    bench.builder.sync()
    assert bench.index.awaiting_dense() == {}, "what the cache has comes along with the words"
    bench.builder.encode()
    assert bench.meaning.encoded == []
    assert contents(bench.index, ["罚款"]) == before
    bench.close()


def test_what_the_cache_has_is_not_encoded_even_if_the_index_missed_it(bench: Bench) -> None:
    """A kill between the two writes of a batch leaves the vectors in the cache alone."""
    fill(bench.store, law("甲法", ["处以罚款", "给予警告"]))
    bench.builder.sync()
    bench.cache.put_many(bench.meaning.id, {digest("处以罚款"): dense("处以罚款")})
    report = bench.builder.encode()
    assert (report.encoded, report.from_cache) == (1, 1)
    assert bench.meaning.encoded == ["给予警告"]
    assert bench.index.awaiting_dense() == {}


def test_a_text_that_a_load_changed_after_the_sync_gets_no_vector_of_another_text(bench: Bench) -> None:
    fill(bench.store, law("甲法", ["处以罚款", "给予警告"]))
    bench.builder.sync()
    fill(bench.store, law("甲法", ["处以罚款", "予以取缔"]))
    bench.builder.encode()
    assert set(bench.index.awaiting_dense()) == {"甲法-v1/第2条#1"}
    assert bench.meaning.encoded == ["处以罚款"]
    bench.builder.sync()
    bench.builder.encode()
    assert bench.index.awaiting_dense() == {}
    assert bench.lexical("取缔") == {"甲法-v1/第2条#1"}


MANY = [f"第{n}种情形处以罚款" for n in range(2 * ENCODE_BATCH + 5)]


def test_a_stopped_encoding_keeps_its_batches_and_goes_on_with_the_rest(bench: Bench) -> None:
    fill(bench.store, law("甲法", MANY))
    bench.builder.sync()
    with pytest.raises(EncodingStopped):
        bench.builder.encode(stop=lambda: len(bench.meaning.encoded) > ENCODE_BATCH)
    assert bench.index.state().dense_points == ENCODE_BATCH
    bench.forget_encoded()
    report = bench.builder.encode()
    assert report.encoded == len(bench.meaning.encoded) == len(MANY) - ENCODE_BATCH
    assert report.dense == report.total == len(MANY)


def test_a_stopped_sync_keeps_what_is_written_and_goes_on_with_the_rest(bench: Bench) -> None:
    fill(bench.store, law("甲法", MANY))
    with pytest.raises(EncodingStopped):
        bench.builder.sync(stop=lambda: bool(bench.words.encoded))
    held = bench.index.state().points
    assert 0 < held < len(MANY)
    report = bench.builder.sync()
    assert (report.added, report.unchanged) == (len(MANY) - held, held)


@pytest.mark.parametrize("step", ["sync", "encode"])
def test_progress_rises_to_the_total(bench: Bench, step: str) -> None:
    fill(bench.store, law("甲法", MANY))
    if step == "encode":
        bench.builder.sync()
    told: list[tuple[int, int]] = []
    run: Callable[..., object] = getattr(bench.builder, step)
    run(progress=lambda done, total: told.append((done, total)))
    assert {total for _, total in told} == {len(MANY)}
    done = [n for n, _ in told]
    assert done == sorted(done)
    assert (done[0], done[-1]) == (0, len(MANY))
    assert len(set(done)) > 3, "told in between, too"


def test_progress_of_a_resumed_run_begins_where_the_last_one_ended(bench: Bench) -> None:
    fill(bench.store, law("甲法", MANY))
    bench.builder.sync()
    with pytest.raises(EncodingStopped):
        bench.builder.encode(stop=lambda: len(bench.meaning.encoded) > ENCODE_BATCH)
    told: list[int] = []
    bench.builder.encode(progress=lambda done, _total: told.append(done))
    assert told[0] == ENCODE_BATCH


# ---- kill -9 -----------------------------------------------------------------------------------------------

SLICE = 500
LAST_LINE = "finished"

WORK = """
import sys, pathlib
from tests.ingest.test_indexing import LAST_LINE, load_and_index
load_and_index(pathlib.Path(sys.argv[1]), lambda step: print(step, flush=True))
print(LAST_LINE, flush=True)
"""


def load_and_index(folder: Path, tell: Callable[[str], None]) -> None:
    """Load a slice of the national laws and index it in small batches, telling of every step."""
    bench = Bench(folder)
    load_national_laws(
        bench.store, today=dt.date(2026, 11, 21), limit_provisions=SLICE, progress=lambda p: tell(f"loaded {p.done}")
    )
    with mock.patch.multiple("ingest.indexing", SYNC_BATCH=32, ENCODE_BATCH=32):
        bench.builder.sync(progress=lambda done, _: tell(f"synced {done}"))
        bench.builder.encode(progress=lambda done, _: tell(f"encoded {done}"))
    bench.close()


def start(folder: Path) -> subprocess.Popen[str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.Popen(
        [sys.executable, "-c", WORK, str(folder)], stdout=subprocess.PIPE, text=True, env=environment, cwd=ROOT
    )


def everything(folder: Path) -> tuple[object, ...]:
    """All rows of the store and all that can be seen of the index."""
    bench = Bench(folder)
    rows = (
        bench.store.counts(),
        bench.store.documents(),
        bench.store.versions(),
        list(bench.store.all_provisions()),
        list(bench.store.passages()),
        bench.store.references(),
        {str(f) for f in bench.store.findings()},
    )
    found = contents(bench.index, ["罚款", "中华人民共和国", "第一条"])
    bench.close()
    return *rows, *found


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[str], tuple[object, ...]]:
    """The steps of a run that nobody disturbs, and what it leaves."""
    folder = tmp_path_factory.mktemp("undisturbed")
    steps: list[str] = []
    load_and_index(folder, steps.append)
    return steps, everything(folder)


@pytest.mark.parametrize(
    ("seed", "kills"),
    [pytest.param(1, 3, id="three kills"), pytest.param(2, 10, marks=pytest.mark.slow, id="ten kills")],
)
def test_a_run_killed_again_and_again_ends_like_one_that_nobody_disturbed(
    tmp_path: Path, undisturbed: tuple[list[str], tuple[object, ...]], seed: int, kills: int
) -> None:
    steps, expected = undisturbed
    chance = random.Random(seed)
    for _ in range(kills):
        process = start(tmp_path)
        assert process.stdout is not None
        for _ in range(chance.randrange(1, len(steps) // 4)):
            process.stdout.readline()
        process.kill()
        process.stdout.read()
        assert process.wait() == -signal.SIGKILL, "killed, not ended by itself"
    process = start(tmp_path)
    assert process.stdout is not None
    assert process.stdout.read().endswith(f"{LAST_LINE}\n")
    assert process.wait() == 0
    assert everything(tmp_path) == expected
