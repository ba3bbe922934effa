"""The suites in the order they are run (评测计划): what each needs, what it rests on, and how it is measured.

Those that need the service come last, so that it is opened once.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from evals.questions import (
    LOCAL_QUESTIONS,
    OFFICER_QUESTIONS,
    UNANSWERABLE_QUESTIONS,
    Half,
    own_questions,
    read_questions,
)
from evals.suites import goals
from evals.suites.bench import Bench, LeftOut, Sources
from evals.suites.goals import Goals
from evals.suites.measured import Measured


@dataclass(frozen=True, slots=True)
class Suite:
    """One suite. ``data`` gives the files it rests on, or raises ``LeftOut``; ``options`` are those it needs."""

    name: str
    title: str
    options: str
    data: Callable[[Sources], Sequence[Path]]
    measure: Callable[[Bench], Measured]
    goals: Goals
    of_corpus: bool = False  # asks the data folder: another corpus gives other figures


def _stard_files(sources: Sources) -> tuple[Path, Path]:
    folder = sources.stard
    if folder is None:
        raise LeftOut("--stard is not given")
    corpora = [path for name in ("corpus.jsonl.gz", "corpus.jsonl") if (path := folder / name).is_file()]
    if not corpora:
        raise LeftOut(f"{folder.name} holds no corpus.jsonl.gz")
    return corpora[0], _file(sources.stard_queries or folder / "train.jsonl", "--stard-queries")


def _stard(bench: Bench) -> Measured:
    from evals.corpus_files import read_corpus, read_queries
    from evals.suites.ranking import held_fifth, measure_ranking

    corpus, file = _stard_files(bench.sources)
    everything = read_queries(file)
    queries = everything if bench.sources.every_fold else held_fifth(everything)
    if not queries:
        raise LeftOut(f"no question of {file.name} is in the fixed fifth; --every-fold takes all")
    chosen = bench.first(queries)
    part = "all folds" if bench.sources.every_fold else "the fixed fifth"
    name = f"{file.name}, {part}: {len(chosen)} of {len(everything)}"
    return measure_ranking(read_corpus(corpus), chosen, name, bench.settings, bench.watch, bench.stage)


def _find_files(sources: Sources) -> list[Path]:
    if sources.discretion is None:
        raise LeftOut("--discretion is not given")
    if sources.discretion_questions is None:
        raise LeftOut("--discretion-questions is not given")
    if not sources.discretion.is_dir():
        raise LeftOut(f"there is no folder {sources.discretion.name}")
    documents = sorted(path for path in sources.discretion.iterdir() if path.is_file())
    return [*documents, _file(sources.discretion_questions, "--discretion-questions")]


def _find(bench: Bench) -> Measured:
    *documents, questions = _find_files(bench.sources)
    return _finding(bench, documents, questions)


def _find_own(bench: Bench) -> Measured:
    from evals.suites.finding import sample_files

    return _finding(bench, sample_files(), None)


def _finding(bench: Bench, documents: Sequence[Path], questions: Path | None) -> Measured:
    from evals.discretion_find import candidates_in
    from evals.discretion_find import read_questions as read_descriptions
    from evals.suites.finding import measure_finding

    asked = bench.first(read_descriptions(questions))
    return measure_finding(candidates_in(documents), asked, bench.encoder, bench.watch)


def _own_find_files(_: Sources) -> list[Path]:
    from evals.discretion_find import QUESTIONS
    from evals.suites.finding import sample_files

    return [*sample_files(), _own_file(QUESTIONS)]


def _encoding(bench: Bench) -> Measured:
    from corpus.encoders.factory import make_dense_encoder
    from corpus.encoders.settings import BUNDLED_MODELS
    from evals.suites.encoding import measure_encoding, sample_passages

    used = bench.settings.encoder
    if used.model not in BUNDLED_MODELS or used.precision != "int8":
        raise LeftOut("the encoder that is set is sentence-transformers itself")
    passages = sample_passages(bench.served.store)
    if not passages:
        raise LeftOut("the data folder holds no passages")
    reference = make_dense_encoder(used.model_copy(update={"precision": "float32"}), bench.settings.models_dir)
    return measure_encoding(passages, bench.encoder, reference, bench.watch)


def _latency(bench: Bench) -> Measured:
    from evals.suites.latency import measure_latency

    questions = bench.first([*own_questions(OFFICER_QUESTIONS), *own_questions(LOCAL_QUESTIONS)])
    return measure_latency(questions, own_questions(UNANSWERABLE_QUESTIONS), bench.served, bench.watch)


def _officer_files(sources: Sources) -> list[Path]:
    if sources.officer is None:
        raise LeftOut("--officer is not given")
    return [_file(sources.officer, "--officer")]


def _officers(bench: Bench) -> Measured:
    from evals.suites.officers import measure_officers

    (file,) = _officer_files(bench.sources)
    return measure_officers(bench.first(read_questions(file)), file.name, bench.served, bench.watch)


def _officers_own(bench: Bench) -> Measured:
    from evals.suites.officers import measure_officers

    questions = bench.first([*own_questions(OFFICER_QUESTIONS), *own_questions(UNANSWERABLE_QUESTIONS)])
    return measure_officers(questions, "own sets, half of them used for fitting", bench.served, bench.watch)


def _refusals(bench: Bench) -> Measured:
    from evals.suites.refusals import measure_refusals

    answerable, others = own_questions(OFFICER_QUESTIONS), own_questions(UNANSWERABLE_QUESTIONS)
    questions = [*bench.first(answerable), *bench.first(others)]
    return measure_refusals(questions, Half.ALL.value, bench.served, bench.watch)


def _own(*names: str) -> Callable[[Sources], list[Path]]:
    return lambda _: [_own_file(name) for name in names]


def _own_file(name: str) -> Path:
    return Path(str(files("evals") / "data" / name))


def _file(path: Path, option: str) -> Path:
    if not path.is_file():
        raise LeftOut(f"there is no file {path.name} ({option})")
    return path


_OFFICER_SETS = _own(OFFICER_QUESTIONS, UNANSWERABLE_QUESTIONS)

SUITES = (
    Suite("stard", "Laymen's questions (STARD)", "--stard FOLDER", _stard_files, _stard, goals.RETRIEVAL),
    Suite(
        "discretion-find",
        "Standards from spoken descriptions",
        "--discretion FOLDER --discretion-questions FILE",
        _find_files,
        _find,
        {},
    ),
    Suite("discretion-find-own", "Standards from spoken descriptions, our samples", "", _own_find_files, _find_own, {}),
    Suite("encoding-speed", "Encoding", "", _own(), _encoding, goals.ENCODING_SPEED, of_corpus=True),
    Suite(
        "search-speed",
        "Search speed, in process, one question at a time",
        "",
        _own(OFFICER_QUESTIONS, LOCAL_QUESTIONS),
        _latency,
        goals.SEARCH_SPEED,
        of_corpus=True,
    ),
    Suite("officer-qa", "Officers' questions", "--officer FILE", _officer_files, _officers, goals.OFFICERS, True),
    Suite("officer-qa-own", "Officers' questions, our own sets", "", _OFFICER_SETS, _officers_own, {}, True),
    Suite("refusal", "Refusals, our own sets", "", _OFFICER_SETS, _refusals, goals.REFUSAL, True),
)
NAMES = tuple(suite.name for suite in SUITES)
