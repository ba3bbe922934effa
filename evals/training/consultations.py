"""Count what consultations are about (咨询所涉法律): ``python -m evals.training.consultations --stard FOLDER``.

Writes the term tables of ``assistant.retrieval.consultations`` from the questions that the encoder learns from.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated

import typer

from assistant.retrieval import consultations as table
from evals.corpus_files import read_corpus, read_queries
from evals.script import run_script
from evals.training.pairs import article_key, consultations
from ingest.spoken import text_mark

Article = tuple[str, str]
"""Short title and label."""


def tables_toml(answers: Sequence[Article], marks: Mapping[Article, str]) -> str:
    """How often a law, and how often an article, by the mark of its words, is an answer; most often first."""
    laws = [f'"{law}" = {count}' for law, count in _ordered(Counter(law for law, _ in answers))]
    printed = {marks[article]: " ".join(article) for article in reversed(answers)}
    counted = _ordered(Counter(marks[article] for article in answers))
    articles = [f"{mark} = {count}  # {printed[mark]}" for mark, count in counted]
    comment = "# Answers of consultations, by law and by article. Written by: python -m evals.training.consultations"
    return "\n".join([comment, "", "[laws]", *laws, "", "[articles]", *articles, ""])


def _ordered(counts: Counter[str]) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))


def main(
    stard: Annotated[Path, typer.Option(help="Folder with corpus.jsonl.gz and train.jsonl of the consultations.")],
) -> None:
    """Count the answering laws and articles, the held fifth left out."""
    corpus = read_corpus(stard / "corpus.jsonl.gz")
    answers = [pair.key for pair in consultations(corpus, read_queries(stard / "train.jsonl"))]
    marks = {article_key(a.law, a.article): text_mark(a.text) for a in corpus}
    Path(table.__file__).with_suffix(".toml").write_text(tables_toml(answers, marks), encoding="utf-8")
    typer.echo(f"{len(answers)} answers, {len(set(answers))} articles of {len({law for law, _ in answers})} laws")


if __name__ == "__main__":
    run_script(main)
