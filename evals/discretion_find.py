"""Standards from spoken descriptions (由口语描述找裁量标准): is the right one first, among three, among five?

    python -m evals.discretion_find FILE… [--questions FILE] [--words]

Without ``--questions`` our own descriptions of the sample files are used. A description counts for a record whose
violation holds one of the words that ``means`` gives (or whose id is one of ``ids``); questions about records that the
files do not hold are left out, never counted as failures.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Annotated

import typer
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assistant.discretion.find import StandardFinder
from assistant.discretion.find_texts import Candidate, Sort, candidate_of_item, candidate_of_standard
from corpus.errors import InvalidInput
from corpus.store.discretion import Held
from evals.metrics import mean
from evals.report import Report, Table

QUESTIONS = "discretion_find.jsonl"
TOPS = (1, 3, 5)


class FindQuestion(BaseModel):
    """One description (口语描述) and the records it means."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    says: str = Field(min_length=2)
    means: tuple[str, ...] = ()
    ids: tuple[str, ...] = ()
    sort: Sort = Sort.STANDARD

    def fits(self, candidate: Candidate) -> bool:
        return candidate.sort is self.sort and (
            any(words in candidate.act for words in self.means) or candidate.key.rpartition("/")[2] in self.ids
        )


@dataclass(frozen=True, slots=True)
class Ranked:
    """A question with the place of its record among those found, from 1; None where it was not among them."""

    question: FindQuestion
    place: int | None
    first: str  # what came first, for reading misses


def read_questions(source: Path | None = None) -> list[FindQuestion]:
    """The questions of a JSONL file, or our own. Raises InvalidInput naming the line."""
    text = source.read_text("utf-8") if source else files("evals.data").joinpath(QUESTIONS).read_text("utf-8")
    questions = []
    for number, line in enumerate(text.splitlines(), start=1):
        try:
            questions.append(FindQuestion.model_validate(json.loads(line)))
        except (ValueError, ValidationError) as error:
            raise InvalidInput(
                f"第{number}行不是检索用例：{str(error).splitlines()[0]}", where=str(source or QUESTIONS)
            ) from error
    return questions


def candidates_in(paths: Iterable[Path]) -> list[Candidate]:
    """Every record that the files hold, as the loader would read them."""
    from ingest.parsers import parse
    from ingest.readers import read_document

    found: list[Candidate] = []
    for path in paths:
        for text in parse(read_document(path.read_bytes(), path.name), path.name):
            title, region = text.title, text.region
            for standard in text.records.standards:
                held = Held(f"{title}/{standard.id}", title, title, title, region, standard, standard)
                found.append(candidate_of_standard(held))
            for item in text.records.items:
                of_list = Held(f"{title}/{item.id}", title, title, title, region, item, item)
                found.append(candidate_of_item(of_list))
    return found


def rank(finder: StandardFinder, candidates: Sequence[Candidate], questions: Iterable[FindQuestion]) -> list[Ranked]:
    """The place of every question's record among the ten nearest of its sort."""
    by_key = {candidate.key: candidate for candidate in candidates}
    ranked = []
    for question in questions:
        if not any(question.fits(candidate) for candidate in candidates):
            continue
        result = finder.find(question.says, limit=10)
        found = [by_key[f.key] for f in (result.standards if question.sort is Sort.STANDARD else result.items)]
        place = next((n for n, candidate in enumerate(found, start=1) if question.fits(candidate)), None)
        ranked.append(Ranked(question, place, found[0].act.partition("\n")[0] if found else ""))
    return ranked


def share_within(ranked: Sequence[Ranked], top: int) -> float | None:
    """Share of questions whose record stands among the first ``top``."""
    return mean([float(r.place is not None and r.place <= top) for r in ranked])


def table(rows: Mapping[str, Sequence[Ranked]]) -> Table:
    """One row per way of searching."""
    return Table(
        "Standards from spoken descriptions",
        ("way", "questions", *(f"top-{top}" for top in TOPS)),
        [(way, len(ranked), *(share_within(ranked, top) for top in TOPS)) for way, ranked in rows.items()],
    )


def main(
    paths: Annotated[list[Path], typer.Argument(exists=True, help="Benchmarks and lists to search in.")],
    questions: Annotated[Path | None, typer.Option(help="JSONL of {says, means|ids, sort}.")] = None,
    words: Annotated[bool, typer.Option("--words", help="Without the encoder of meaning.")] = False,
    models: Annotated[Path, typer.Option(help="Where the encoder lies or is converted to.")] = Path("models"),
) -> None:
    """Print the shares and every description that did not come first."""
    from assistant.lexicon import load_lexicon
    from corpus.encoders.factory import make_dense_encoder
    from corpus.encoders.settings import EncoderSettings

    candidates = candidates_in(paths)
    asked = read_questions(questions)
    ways = {"words": StandardFinder(candidates, load_lexicon())}
    if not words:
        encoder = make_dense_encoder(EncoderSettings(), models)
        ways["words and meaning"] = StandardFinder(candidates, load_lexicon(), encoder=lambda: encoder)
        ways["words and meaning"].prepare()
    rows = {way: rank(finder, candidates, asked) for way, finder in ways.items()}
    typer.echo(Report("由口语描述找裁量标准", {"records": len(candidates)}, [table(rows)]).to_markdown())
    for way, ranked in rows.items():
        for one in ranked:
            if one.place != 1:
                typer.echo(f"- {way}: {one.place or '>10'}: {one.question.says} → {one.first}")


if __name__ == "__main__":
    from evals.script import run_script

    run_script(main)
