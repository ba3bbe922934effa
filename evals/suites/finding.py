"""Standards from spoken descriptions (由口语描述找裁量标准), by words and with meaning."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib.resources import files
from pathlib import Path

from assistant.discretion.find import StandardFinder
from assistant.discretion.find_texts import Candidate
from assistant.lexicon import load_lexicon
from corpus.encoders.base import DenseEncoder
from evals.discretion_find import FindQuestion, Ranked, rank, share_within, table
from evals.report import Report
from evals.suites.measured import Measured, Watch

_WITH_RECORDS = ("*裁量基准*", "*裁量权重表*", "*不予行政处罚清单*", "*从轻减轻*清单*", "*免罚*清单*")


def sample_files() -> list[Path]:
    """The benchmarks and lists among the samples that come with the program."""
    folder = Path(str(files("corpus"))) / "samples" / "示范市"
    return sorted({path for pattern in _WITH_RECORDS for path in folder.glob(pattern)})


def measure_finding(
    candidates: Sequence[Candidate], questions: Sequence[FindQuestion], encoder: DenseEncoder, watch: Watch
) -> Measured:
    """The place of every description's record, by each way of searching."""
    ways = {
        "words": StandardFinder(candidates, load_lexicon()),
        "words and meaning": StandardFinder(candidates, load_lexicon(), encoder=lambda: encoder),
    }
    ways["words and meaning"].prepare()
    ranked: dict[str, list[Ranked]] = {way: [] for way in ways}
    with watch("finding", len(questions)) as step:
        for done, question in enumerate(questions, start=1):
            for way, finder in ways.items():
                ranked[way] += rank(finder, candidates, [question])
            step(done)
    scored = len(ranked["words"])
    unheld = len(questions) - scored
    report = Report(
        title="Standards from spoken descriptions",
        conditions={"records": len(candidates), "descriptions": scored, "dense encoder": encoder.id},
        tables=[table(ranked)],
        exclusions=[f"{unheld} descriptions of records that the files do not hold"] if unheld else [],
        figures={way: {f"top-{top}": share_within(found, top) for top in (1, 3, 5)} for way, found in ranked.items()},
    )
    return Measured(report, _rows(ranked))


def _rows(ranked: Mapping[str, Sequence[Ranked]]) -> list[dict[str, object]]:
    return [
        {"way": way, "says": one.question.says, "place": one.place, "first": one.first}
        for way, found in ranked.items()
        for one in found
    ]
