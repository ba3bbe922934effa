"""What each suite measures, on tiny corpora with stand-ins for encoders and service."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, cast

import numpy as np
import pytest
from typer.testing import CliRunner

from assistant.api.client import ApiClient
from assistant.discretion.find_texts import candidate_of_standard
from assistant.settings import RetrievalSettings, Settings
from corpus.discretion.model import DiscretionStandard, Mode
from corpus.encoders.base import DenseEncoder
from corpus.errors import InvalidInput
from corpus.store import CorpusStore
from corpus.store.discretion import Held
from evals.cli import app
from evals.corpus_files import Query
from evals.discretion_find import FindQuestion
from evals.questions import UNANSWERABLE_QUESTIONS, own_questions
from evals.suites.bench import LeftOut
from evals.suites.encoding import measure_encoding, sample_passages
from evals.suites.finding import measure_finding, sample_files
from evals.suites.goals import OFFICERS
from evals.suites.latency import WARMING, measure_latency
from evals.suites.ranking import held_fifth, measure_ranking
from evals.suites.section import BEGIN, END
from evals.suites.served import Served
from evals.training.pairs import HELD_FOLD, fold_of
from tests.evals.eval_samples import ARTICLES, Characters, Lengths, Refuser

TODAY = dt.date(2026, 11, 21)


@contextmanager
def quiet(_: str, __: int) -> Iterator[Callable[[int], None]]:
    yield lambda _: None


class Backwards:
    """A reranker to which the last is the best."""

    id = "backwards"

    def scores(self, question: str, passages: Sequence[str]) -> list[float]:
        return [100.0 * n for n in range(len(passages))]


@pytest.fixture
def stand_ins(monkeypatch: pytest.MonkeyPatch) -> Lengths:
    dense = Lengths()
    monkeypatch.setattr("corpus.encoders.factory.make_dense_encoder", lambda *_: dense)
    monkeypatch.setattr("evals.searchers.make_dense_encoder", lambda *_: dense)
    monkeypatch.setattr("evals.searchers.make_reranker", lambda *_: Backwards())
    monkeypatch.setattr("evals.searchers.make_sparse_encoder", lambda _: Characters())
    return dense


def test_every_method_is_scored_over_one_index(stand_ins: Lengths, tmp_path: Path) -> None:
    queries = [
        Query(id="q1", question="占用道路摆摊处罚款", gold=("d1",)),
        Query(id="q2", question="焚烧秸秆", gold=("d2",)),
        Query(id="q3", question="别处的事", gold=("elsewhere",)),
    ]
    settings = Settings(home=tmp_path, retrieval=RetrievalSettings(reranking=True))
    measured = measure_ranking(ARTICLES, queries, "q.jsonl", settings, quiet, lambda *_: None)
    (table,) = measured.report.tables
    assert [row[0] for row in table.rows] == ["words", "meaning", "fusion, no reranking", "whole pipeline"]
    assert dict(zip(table.columns, table.rows[0], strict=True))["recall@1"] == 1.0
    assert len(measured.rows) == 4 * len(queries)
    assert {(row["method"], row["id"]) for row in measured.rows} >= {("words", "q1"), ("whole pipeline", "q3")}
    orders = {row["method"]: row["found"] for row in measured.rows if row["id"] == "q1"}
    assert orders["whole pipeline"] == orders["fusion, no reranking"][::-1]
    assert measured.report.exclusions == ["1 questions whose gold articles are not in the corpus"]
    assert len(stand_ins.encoded) == len(set(stand_ins.encoded))  # encoded once for all methods


def test_only_the_fixed_fifth_is_reported_on() -> None:
    queries = [Query(id=str(n), question=f"第{n}个问题") for n in range(200)]
    held = held_fifth(queries)
    assert 20 <= len(held) <= 60
    assert all(fold_of(q.question) == HELD_FOLD for q in held)


def test_encoders_are_compared_on_the_same_texts() -> None:
    class Slanted(Lengths):
        def encode_passages(self, texts: Any, **_: Any) -> Any:
            vectors = super().encode_passages(texts)
            return np.where(np.arange(4) < 2, vectors, -vectors)

    passages = {str(n): f"第{n}条" for n in range(100)}
    ours, theirs = Lengths(id="ours"), Slanted(id="theirs")
    measured = measure_encoding(passages, cast(DenseEncoder, ours), cast(DenseEncoder, theirs), quiet)
    assert ours.encoded == theirs.encoded
    assert ours.encoded[2:] == list(passages.values())
    assert measured.report.figures["cosine_mean"] == pytest.approx(0.0)
    assert [row["id"] for row in measured.rows] == list(passages)


def test_the_same_passages_are_drawn_every_time(national_store: CorpusStore) -> None:
    drawn = sample_passages(national_store, 20)
    assert drawn == sample_passages(national_store, 20)
    assert len(drawn) == 20


def served(assistant: Any) -> Served:
    return Served(assistant, cast(CorpusStore, None), TODAY, {"corpus": "nothing"})


def test_searches_are_timed_one_by_one_after_the_warming_ones() -> None:
    questions = own_questions(UNANSWERABLE_QUESTIONS)
    timed, warming = questions[-5:], questions[:50]

    class Counting(Refuser):
        searched = 0

        def search(self, request: Any) -> Any:
            self.searched += 1
            return super().search(request)

    assistant = Counting()
    measured = measure_latency(timed, warming, served(assistant), quiet)
    assert assistant.searched == WARMING + 5
    assert [row["id"] for row in measured.rows] == [q.id for q in timed]
    assert all(row["wall_ms"] >= 0 and row["processor_ms"] >= 0 for row in measured.rows)
    assert measured.report.tables[0].rows[0][:2] == ["search, no reranking", 5]


def test_a_server_elsewhere_cannot_be_timed_in_processor_time() -> None:
    with ApiClient("http://127.0.0.1:9") as client, pytest.raises(LeftOut, match="server"):
        measure_latency([], [], served(client), quiet)


def test_descriptions_are_placed_by_both_ways() -> None:
    records = [
        DiscretionStandard(id="1", mode=Mode.TIERED, title="占用消防车通道"),
        DiscretionStandard(id="2", mode=Mode.TIERED, title="露天焚烧秸秆"),
    ]
    candidates = [candidate_of_standard(Held(f"v/{r.id}", "v", "d", "示例基准", None, r, r)) for r in records]
    questions = [
        FindQuestion(says="露天焚烧秸秆", means=("焚烧秸秆",)),
        FindQuestion(says="别的事情", means=("没有的记录",)),
    ]
    measured = measure_finding(candidates, questions, cast(DenseEncoder, Lengths()), quiet)
    assert (measured.rows[0]["way"], measured.rows[0]["place"]) == ("words", 1)
    assert {row["way"] for row in measured.rows} == {"words", "words and meaning"}
    assert measured.report.exclusions == ["1 descriptions of records that the files do not hold"]


def test_the_samples_hold_benchmarks_and_lists() -> None:
    assert len(sample_files()) >= 8


@pytest.fixture
def assistant(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, stand_ins: Lengths) -> Refuser:
    answering = Refuser()

    @contextmanager
    def standing_in(_: Any) -> Iterator[Refuser]:
        yield answering

    monkeypatch.setenv("EASSISTANT_HOME", str(tmp_path / "home"))
    monkeypatch.setattr("assistant.cli.connect.service", standing_in)
    return answering


@pytest.fixture
def officer(tmp_path: Path) -> Path:
    path = tmp_path / "officer.jsonl"
    gold = [{"law": "甲法", "article": "第一条"}]
    rows = [
        {"id": "a", "question": "怎么罚", "kind": "direct", "gold": gold},
        {"id": "b", "question": "你好", "kind": "unanswerable"},
    ]
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return path


def invoke(*arguments: str | Path) -> Any:
    return CliRunner().invoke(app, ["all", *map(str, arguments), "--today", TODAY.isoformat()])


def test_one_command_runs_writes_rows_and_reports_between_the_marks(
    assistant: Refuser, officer: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page, out = tmp_path / "benchmarks.md", tmp_path / "new" / "out"
    page.write_text(f"# Mine\n\n{BEGIN}\n{END}\n\n## Kept\n", encoding="utf-8")
    monkeypatch.setenv("EVAL_OFFICER", str(officer))
    command = ("officer-qa", "refusal", "stard", "--report", page, "--out", out, "--limit", "3")
    done = invoke(*command)
    assert done.exit_code == 0, done.output
    written = page.read_text(encoding="utf-8")
    assert written.startswith("# Mine\n")
    assert written.endswith("\n## Kept\n")
    assert "### Officers' questions" in written
    assert "- stard: --stard is not given" in written
    assert "R@1 ≥ 0.7 missed" in written
    figures = [row for table, row in OFFICERS if table != "Search"]
    assert [row for row in figures if f"| {row} |" not in written] == []  # a goal whose row was renamed would be lost
    assert str(tmp_path) not in written
    assert len((out / "refusal.jsonl").read_text(encoding="utf-8").splitlines()) == 6
    asked = len(assistant.asked)
    assert asked == 2 + 6
    assert invoke(*command).exit_code == 0
    assert len(assistant.asked) == asked  # finished: not asked again
    assert invoke(*command, "--again").exit_code == 0
    assert len(assistant.asked) == 2 * asked


def test_a_suite_that_fails_is_told_by_the_exit_code(assistant: Refuser, tmp_path: Path) -> None:
    broken = tmp_path / "broken.jsonl"
    broken.write_text("{", encoding="utf-8")
    done = invoke("officer-qa", "--officer", broken)
    assert done.exit_code == 1
    assert "- officer-qa: Not JSON" in done.output


@pytest.mark.parametrize(
    ("arguments", "words"), [(["nonsense"], "nonsense"), (["refusal", "--report", "absent/report.md"], "absent")]
)
def test_bad_options_are_refused_before_anything_is_asked(assistant: Refuser, arguments: list[str], words: str) -> None:
    error = invoke(*arguments).exception
    assert isinstance(error, InvalidInput)
    assert words in str(error)
    assert not assistant.asked
