"""What consultations are about (咨询所涉法律): ``python -m evals.training.consultations --stard FOLDER``.

Writes the term tables of ``assistant.retrieval.consultations`` and the vectors of ``assistant.retrieval.consulted``
from the questions that the encoder learns from; to be run again whenever the encoder has learnt something new.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any

import numpy as np
import numpy.typing as npt
import typer

from assistant.retrieval import consultations as table
from assistant.settings import load_settings
from corpus.encoders.base import DenseEncoder
from corpus.encoders.factory import make_dense_encoder
from evals.corpus_files import read_corpus, read_queries
from evals.script import run_script
from evals.training.pairs import Pair, article_key, consultations
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


def vectors_by_article(
    pairs: Iterable[Pair], marks: Mapping[Article, str], encoder: DenseEncoder
) -> dict[str, npt.NDArray[Any]]:
    """The arrays of ``consultations.npz``: a row for each article, in order of law and mark, of any length."""
    asked: dict[Article, list[str]] = {}
    for pair in pairs:
        asked.setdefault((pair.key[0], marks[pair.key]), []).append(pair.question)
    keys = sorted(asked)
    means = [encoder.encode_queries(asked[key]).mean(axis=0) for key in keys]
    greatest = np.abs(means).max(axis=1, keepdims=True)
    return {
        "encoder": np.array(encoder.id.partition("-zh")[0]),
        "laws": np.array([law for law, _ in keys]),
        "marks": np.array([mark for _, mark in keys]),
        "counts": np.array([len(asked[key]) for key in keys], dtype=np.uint8),
        "vectors": np.rint(np.array(means) / greatest * 127).astype(np.int8),
    }


def _ordered(counts: Counter[str]) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))


def main(
    stard: Annotated[Path, typer.Option(help="Folder with corpus.jsonl.gz and train.jsonl of the consultations.")],
) -> None:
    """Count the answering laws and articles, the held fifth left out, and tell where their questions lie."""
    settings = load_settings()
    corpus = read_corpus(stard / "corpus.jsonl.gz")
    pairs = list(consultations(corpus, read_queries(stard / "train.jsonl")))
    answers = [pair.key for pair in pairs]
    marks = {article_key(a.law, a.article): text_mark(a.text) for a in corpus}
    Path(table.__file__).with_suffix(".toml").write_text(tables_toml(answers, marks), encoding="utf-8")
    encoder = make_dense_encoder(settings.encoder, settings.models_dir)
    arrays: dict[str, Any] = vectors_by_article(pairs, marks, encoder)
    np.savez_compressed(Path(table.__file__).with_suffix(".npz"), **arrays)
    typer.echo(f"{len(answers)} answers, {len(set(answers))} articles of {len({law for law, _ in answers})} laws")


if __name__ == "__main__":
    run_script(main)
