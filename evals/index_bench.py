"""How fast the vector index is (索引性能): load, optimise, reopen, search, memory and disk, by engine and size.

The vectors are made up but shaped like ours: dense ones of unit length in clusters (articles of one law resemble each
other), sparse ones of about 80 terms drawn from a Zipf distribution; of the laws a third is the nation's, the others
belong to provinces and cities, and a few hundred passages are of cases. Every engine and size runs in a process of its
own, several times; the table gives medians. Run by hand: ``python -m evals.index_bench --sizes 26000 170000``.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, fields
from functools import partial
from importlib.metadata import version
from pathlib import Path

import numpy as np
import numpy.typing as npt
from qdrant_client import QdrantClient

from corpus.encoders.base import SparseVector
from corpus.index import EVERYTHING, OPEN_END, Fingerprint, IndexPoint, IndexSettings, SearchFilter, VectorIndex
from corpus.index.edge import GRAPH_FROM_POINTS, EdgeIndex
from corpus.index.points import batches
from corpus.index.server import ServerIndex

DIMENSION = 384
LIMIT = 50
FINGERPRINT = Fingerprint("bench", "bench", "bench")
DAY = dt.date(2026, 11, 21)
AS_OF = SearchFilter(as_of=DAY)
_LAW = frozenset({"法规"})
CITY = SearchFilter(as_of=DAY, shelves=_LAW, regions=frozenset({"国家", "省0", "市0"}))
SMALL_CITY = SearchFilter(as_of=DAY, shelves=_LAW, regions=frozenset({"市0"}))
CASES = SearchFilter(as_of=DAY, shelves=frozenset({"案例"}), regions=frozenset({"国家", "省0", "市0"}))
PRACTICE = SearchFilter(as_of=DAY, shelves=frozenset({"实务"}), regions=frozenset({"国家", "省0", "市0"}))
DENSE_FILTERS = {"": EVERYTHING, " as-of": AS_OF, " in a city": CITY, " of one city": SMALL_CITY, " cases": CASES}
SPARSE_FILTERS = {"": EVERYTHING, " as-of": AS_OF, " in a city": CITY, " cases": CASES}
SEARCHES = (*(f"dense{n}" for n in DENSE_FILTERS), *(f"sparse{n}" for n in SPARSE_FILTERS), "one question")
ENGINES = {
    "edge": "Qdrant Edge, as shipped",
    "edge-exact": "Qdrant Edge, exact scan",
    "edge-graph": "Qdrant Edge, HNSW graph",
    "local": "qdrant-client local mode",
    "numpy": "numpy, exact (floor)",
}

_VOCABULARY = 60_000
_TERMS = 80
_CLUSTERS = 400
_SERVED_SHARE = 0.7  # of the passages, on the day of AS_OF
_CASE_SECTIONS = 300
_DEPTH = 150  # hits of each search behind one question


@dataclass(frozen=True, slots=True)
class Measures:
    """One run of one engine: seconds, milliseconds (p50 and p95), MiB, and the share of the exact top 10 found."""

    load_s: float
    optimise_s: float
    while_optimising_max_ms: float
    reopen_s: float
    searches_ms: tuple[float, ...]  # p50, p95 of each of SEARCHES
    recalls_at_10: tuple[float, ...]  # of the dense searches with each of DENSE_FILTERS
    memory_mib: float
    disk_mib: float


# ---- made-up data ------------------------------------------------------------------------------------------


class Sample:
    """Points and queries of one size, the same on every run."""

    def __init__(self, size: int) -> None:
        self.size = size
        self._rng = np.random.default_rng(20261121)
        centres = _unit(self._rng.standard_normal((_CLUSTERS, DIMENSION)))
        self._cluster = self._rng.integers(_CLUSTERS, size=size)
        noise = self._rng.standard_normal((size, DIMENSION)) * 0.8 / np.sqrt(DIMENSION)
        self.dense = _unit(centres[self._cluster] + noise)
        self._weights = 1.0 / np.arange(10, _VOCABULARY + 10)
        self._cumulative = np.cumsum(self._weights) / self._weights.sum()
        self.sparse = [self._terms(_TERMS) for _ in range(size)]
        self._served = self._rng.random(size) < _SERVED_SHARE
        self._cases = frozenset(self._rng.choice(size, size=min(_CASE_SECTIONS, size // 5), replace=False).tolist())

    def _terms(self, count: int) -> SparseVector:
        indices = np.unique(np.searchsorted(self._cumulative, self._rng.random(int(count * 1.3))))[:_VOCABULARY]
        values = self._rng.uniform(0.3, 2.2, len(indices))
        return SparseVector(tuple(int(i) for i in indices), tuple(float(v) for v in values))

    def points(self) -> Iterator[IndexPoint]:
        for n in range(self.size):
            document = f"doc-{self._cluster[n]}"
            region, shelf = _standing(int(self._cluster[n]))
            if n in self._cases:
                document, region, shelf = f"case-{n % 54}", "国家", "案例"
            yield IndexPoint(
                passage_id=f"{document}/第{n}条#1",
                provision_id=f"{document}/第{n}条",
                version_id=f"{document}-v1",
                document_id=document,
                digest=f"{n:064x}",
                level="法律",
                region=region,
                shelf=shelf,
                served_from=20200101,
                served_until=OPEN_END if self._served[n] else 20250101,
                sparse=self.sparse[n],
                dense=self.dense[n],
            )

    def dense_queries(self, count: int) -> npt.NDArray[np.float32]:
        """Questions near a passage, as questions are."""
        near = self.dense[self._rng.integers(self.size, size=count)]
        return _unit(near + self._rng.standard_normal(near.shape) * 0.5 / np.sqrt(DIMENSION))

    def sparse_queries(self, count: int) -> list[SparseVector]:
        """A dozen terms of one passage each."""
        chosen = [self.sparse[i] for i in self._rng.integers(self.size, size=count)]
        picks = [self._rng.choice(s.indices, size=12, replace=False) for s in chosen]
        return [SparseVector(tuple(sorted(int(i) for i in p)), (1.0,) * len(p)) for p in picks]


def _standing(cluster: int) -> tuple[str, str]:
    """Region and shelf of a law: a third the nation's, then ten provinces and fifty cities, and a little practice."""
    if cluster < 140:
        return "国家", "法规"
    if cluster < 240:
        return f"省{cluster % 10}", "法规"
    return (f"市{cluster % 50}", "法规") if cluster < 390 else ("国家", "实务")


def _unit(rows: npt.NDArray[np.float64]) -> npt.NDArray[np.float32]:
    unit: npt.NDArray[np.float32] = (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)
    return unit


# ---- the floor ---------------------------------------------------------------------------------------------


class NumpySearch:
    """Exact search over arrays in memory, without payload, persistence or updates: what an index costs at least."""

    def __init__(self, points: Iterator[IndexPoint]) -> None:
        held = list(points)
        self._allowed = {w: np.array([w.matches(p) for p in held]) for w in (*DENSE_FILTERS.values(), PRACTICE)}
        self.ids = [p.passage_id for p in held]
        self._dense = np.stack([p.dense for p in held if p.dense is not None])
        rows = np.repeat(np.arange(len(held)), [len(p.sparse.indices) for p in held])
        terms = np.concatenate([np.array(p.sparse.indices) for p in held])
        values = np.concatenate([np.array(p.sparse.values, dtype=np.float32) for p in held])
        order = np.argsort(terms, kind="stable")
        self._rows, self._values = rows[order], values[order]
        self._starts = np.searchsorted(terms[order], np.arange(_VOCABULARY + 1))

    def search_dense(self, query: npt.NDArray[np.float32], where: SearchFilter, limit: int) -> list[str]:
        return self._best(self._dense @ query, where, limit)

    def search_sparse(self, query: SparseVector, where: SearchFilter, limit: int) -> list[str]:
        scores = np.zeros(len(self.ids), dtype=np.float32)
        for term, weight in zip(query.indices, query.values, strict=True):
            span = slice(self._starts[term], self._starts[term + 1])
            count = span.stop - span.start
            idf = np.log((len(self.ids) - count + 0.5) / (count + 0.5) + 1)
            scores[self._rows[span]] += self._values[span] * np.float32(weight * idf)
        return self._best(scores, where, limit)

    def _best(self, scores: npt.NDArray[np.float32], where: SearchFilter, limit: int) -> list[str]:
        scores = np.where(self._allowed[where], scores, -np.inf)
        top = np.argpartition(-scores, limit)[:limit]
        return [self.ids[i] for i in top[np.argsort(-scores[top])] if scores[i] > -np.inf]


# ---- one run -----------------------------------------------------------------------------------------------


def measure(engine: str, size: int, queries: int, folder: Path) -> Measures:
    """Run one engine at one size in this process."""
    sample = Sample(size)
    dense, sparse = sample.dense_queries(queries), sample.sparse_queries(queries)
    floor = NumpySearch(sample.points())
    exact = [[set(floor.search_dense(q, where, 10)) for q in dense] for where in DENSE_FILTERS.values()]
    if engine == "numpy":
        load_s = _seconds(lambda: NumpySearch(sample.points()))
        return Measures(load_s, 0.0, 0.0, 0.0, _searches(floor, dense, sparse), (1.0,) * len(exact), 0.0, 0.0)
    del floor

    before = _memory_mib()
    index = _open(engine, folder)
    load_s = _seconds(lambda: index.upsert(sample.points()))
    slowest = _Slowest(index, dense)
    with slowest:
        optimise_s = _seconds(index.optimise)
    _seconds(index.close)
    reopened: list[VectorIndex] = []
    reopen_s = _seconds(lambda: reopened.append(_open(engine, folder)))
    index = reopened[0]
    waits = _searches(index, dense, sparse)
    recalls = tuple(
        statistics.fmean(
            len(wanted & {h.passage_id for h in index.search_dense(q, where, 10)}) / len(wanted)
            for q, wanted in zip(dense, found, strict=True)
        )
        for where, found in zip(DENSE_FILTERS.values(), exact, strict=True)
    )
    memory = _memory_mib() - before
    index.close()
    return Measures(load_s, optimise_s, slowest.ms, reopen_s, waits, recalls, memory, _disk_mib(folder))


class _LocalMode(ServerIndex):
    """The client's local mode, which is closed with the index; a server is not."""

    def close(self) -> None:
        self._client.close()


def _open(engine: str, folder: Path) -> VectorIndex:
    if engine == "local":
        client = QdrantClient(path=str(folder))
        return _LocalMode.open(IndexSettings(url="http://local"), FINGERPRINT, DIMENSION, client)
    graph_from = {"edge-graph": 1, "edge-exact": 10_000_000}.get(engine, GRAPH_FROM_POINTS)
    return EdgeIndex.open(folder / "index", FINGERPRINT, DIMENSION, graph_from_points=graph_from)


def _searches(
    index: VectorIndex | NumpySearch, dense: npt.NDArray[np.float32], sparse: Sequence[SparseVector]
) -> tuple[float, ...]:
    """p50 and p95 in ms of every kind of search, in the order of ``SEARCHES``."""
    result: list[float] = []
    for where in DENSE_FILTERS.values():
        result += _percentiles([_seconds(partial(index.search_dense, q, where, LIMIT)) for q in dense])
    for where in SPARSE_FILTERS.values():
        result += _percentiles([_seconds(partial(index.search_sparse, q, where, LIMIT)) for q in sparse])
    pairs = zip(dense, sparse, strict=True)
    return (*result, *_percentiles([_seconds(partial(_one_question, index, d, s)) for d, s in pairs]))


def _one_question(index: VectorIndex | NumpySearch, dense: npt.NDArray[np.float32], sparse: SparseVector) -> None:
    """All searches behind one question: words, statute words and meaning, in law, practice and cases."""
    for where in (CITY, PRACTICE, CASES):
        index.search_sparse(sparse, where, _DEPTH)
        index.search_sparse(sparse, where, _DEPTH)
        index.search_dense(dense, where, _DEPTH)


def _percentiles(seconds: list[float]) -> list[float]:
    return [float(np.percentile(seconds, p)) * 1000 for p in (50, 95)]


class _Slowest:
    """Searches without pause while the block runs, and remembers the longest wait."""

    def __init__(self, index: VectorIndex, queries: npt.NDArray[np.float32]) -> None:
        self.ms = 0.0
        self._index = index
        self._queries = queries
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._search)

    def _search(self) -> None:
        search = partial(self._index.search_dense, self._queries[0], EVERYTHING, LIMIT)
        while not self._stop.wait(0.1):
            self.ms = max(self.ms, 1000 * _seconds(search))

    def __enter__(self) -> None:
        self._thread.start()

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()


def _seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def _memory_mib() -> float:
    """Memory of this process that is in use now, mapped files included."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def _disk_mib(folder: Path) -> float:
    return sum(f.stat().st_blocks * 512 for f in folder.rglob("*") if f.is_file()) / 2**20


# ---- many runs ---------------------------------------------------------------------------------------------


def run_in_process(engine: str, size: int, queries: int) -> Measures:
    """One run in a fresh process, so that memory is its own."""
    with tempfile.TemporaryDirectory(prefix="index-bench-") as folder:
        command = [sys.executable, "-m", "evals.index_bench", "--one", engine, str(size), str(queries), folder]
        run = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
        return Measures(**json.loads(run.stdout.splitlines()[-1]))


def median(runs: Sequence[Measures]) -> Measures:
    """Each measure's median."""

    def middle(rows: Iterable[Sequence[float]]) -> tuple[float, ...]:
        return tuple(statistics.median(values) for values in zip(*rows, strict=True))

    several = ("searches_ms", "recalls_at_10")
    names = [f.name for f in fields(Measures) if f.name not in several]
    single = {name: statistics.median(float(getattr(run, name)) for run in runs) for name in names}
    return Measures(
        searches_ms=middle(run.searches_ms for run in runs),
        recalls_at_10=middle(run.recalls_at_10 for run in runs),
        **single,
    )


def table(results: Sequence[tuple[int, str, int, Measures]]) -> str:
    """The results as a Markdown table: rows of size, engine, number of runs and medians."""
    heads = ["points", "engine", "runs", "load s", "optimise s", "slowest search meanwhile ms", "reopen s"]
    heads += [*(f"{name} ms" for name in SEARCHES), *(f"recall@10{name}" for name in DENSE_FILTERS)]
    heads += ["memory MiB", "disk MiB"]
    lines = [f"| {' | '.join(heads)} |", "|---:|---" + "|---:" * (len(heads) - 2) + "|"]
    for size, engine, runs, m in results:
        searches = [f"{p50:.1f} / {p95:.1f}" for p50, p95 in batches(m.searches_ms, 2)]
        cells = [f"{size:,}", ENGINES[engine], str(runs), f"{m.load_s:.1f}", f"{m.optimise_s:.1f}"]
        cells += [f"{m.while_optimising_max_ms:.0f}", f"{m.reopen_s:.2f}", *searches]
        cells += [*(f"{recall:.3f}" for recall in m.recalls_at_10), f"{m.memory_mib:.0f}", f"{m.disk_mib:.0f}"]
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def conditions() -> str:
    packages = ", ".join(f"{p} {version(p)}" for p in ("qdrant-edge-py", "qdrant-client", "numpy"))
    load = ", ".join(f"{n:.1f}" for n in os.getloadavg())
    return f"{packages}, Python {platform.python_version()}, {os.cpu_count()} cores, load average {load}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[26_000], help="numbers of passages")
    parser.add_argument("--engines", nargs="+", choices=ENGINES, default=list(ENGINES))
    parser.add_argument("--repeat", type=int, default=3, help="runs of each, of which the median is given")
    parser.add_argument("--queries", type=int, default=60, help="searches of each kind per run")
    parser.add_argument("--one", nargs=4, metavar=("ENGINE", "SIZE", "QUERIES", "FOLDER"), help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.one:
        engine, size, queries, folder = arguments.one
        print(json.dumps(asdict(measure(engine, int(size), int(queries), Path(folder)))))
        return
    results = []
    for size in arguments.sizes:
        for engine in arguments.engines:
            runs = [run_in_process(engine, size, arguments.queries) for _ in range(arguments.repeat)]
            results.append((size, engine, len(runs), median(runs)))
            print(f"{size} {engine}: done", file=sys.stderr, flush=True)
    print(f"`python -m evals.index_bench {' '.join(sys.argv[1:])}` ({conditions()})\n\n{table(results)}")


if __name__ == "__main__":
    main()
