"""Mine what spoken questions are confused with (难负例): ``python -m evals.training.mine_spoken --out FILE``.

For a sample of the project's spoken questions, the passages that the present encoder finds nearest in the laws of the
data folder and that are not of the article asked about. Our evaluation questions are never among them.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Annotated

import numpy as np
import typer

from assistant.settings import load_settings
from corpus.encoders.base import Vectors
from corpus.encoders.cache import EncodingCache
from corpus.encoders.factory import make_dense_encoder
from corpus.errors import IndexUnavailable
from corpus.store import CorpusStore
from corpus.store.repository import passage_digest
from evals.questions import OFFICER_QUESTIONS, own_questions
from evals.script import run_script
from evals.training.pairs import Pair, article_key, passage_texts, spoken
from ingest.passages import short_title
from ingest.spoken import read_spoken_questions

DEPTH, KEPT = 70, 40
"""Passages looked through for a question, and wrong articles kept of them."""

Texts = Sequence[tuple[tuple[str, str], str]]
"""Passages, each with the key (law, article) of its article."""


def passages_held(store: CorpusStore) -> Iterator[tuple[tuple[str, str], str]]:
    """Every passage of the laws that spoken questions are on, each text once."""
    titles = {d.id: d.title for d in store.documents()}
    title_of = {v.id: titles[v.document_id] for v in store.versions()}
    seen: set[str] = set()
    for provision in store.all_provisions():
        title = title_of.get(provision.version_id, "")
        for text in passage_texts(title, provision):
            if text not in seen:
                seen.add(text)
                yield article_key(short_title(title), provision.label), text


def nearest_wrong(pair: Pair, cosines: np.ndarray, texts: Texts) -> list[str]:
    """The nearest passages of other articles, one an article, nearest first."""
    count = min(DEPTH, len(texts))
    near = np.argpartition(-cosines, count - 1)[:count]
    wrong: dict[tuple[str, str], str] = {}
    for place in near[np.argsort(-cosines[near])]:
        key, text = texts[int(place)]
        if key != pair.key and text not in pair.passages:
            wrong.setdefault(key, text)
    return list(wrong.values())[:KEPT]


def groups(pairs: Iterable[Pair], asked: Vectors, told: Vectors, texts: Texts) -> Iterator[str]:
    """A line for each question: its article's passages and the wrong ones."""
    for pair, vector in zip(pairs, asked, strict=True):
        row = {
            "question": pair.question,
            "law": pair.key[0],
            "article": pair.key[1],
            "right": pair.passages,
            "wrong": nearest_wrong(pair, told @ vector, texts),
        }
        yield json.dumps(row, ensure_ascii=False)


def main(
    out: Annotated[Path, typer.Option(help="Where to write: one line per question.")],
    count: Annotated[int, typer.Option(min=1, help="How many questions.")] = 3000,
    seed: Annotated[int, typer.Option(help="Seed of the sample.")] = 5,
) -> None:
    """Mine over an indexed data folder; its cache of encodings must hold every passage."""
    settings = load_settings()
    encoder = make_dense_encoder(settings.encoder, settings.models_dir)
    with closing(CorpusStore.open(settings.store_url)) as store, EncodingCache(settings.encodings_path) as cache:
        texts = list(passages_held(store))
        held = cache.get_many(encoder.id, (passage_digest(text) for _, text in texts))
        if any(passage_digest(text) not in held for _, text in texts):
            raise IndexUnavailable(
                "not every passage is encoded.",
                where=str(settings.encodings_path),
                remedy="Run eassistant start (or index rebuild) until the index is complete, then mine.",
            )
        told = np.stack([held[passage_digest(text)] for _, text in texts])
        reported = {question.question for question in own_questions(OFFICER_QUESTIONS)}
        pairs = [pair for pair in spoken(store, read_spoken_questions()) if pair.question not in reported]
    chosen = random.Random(seed).sample(pairs, min(count, len(pairs)))
    asked = encoder.encode_queries([pair.question for pair in chosen])
    with out.open("w", encoding="utf-8") as lines:
        for done, line in enumerate(groups(chosen, asked, told, texts), start=1):
            lines.write(line + "\n")
            if done % 500 == 0 or done == len(chosen):
                typer.echo(f"questions: {done} of {len(chosen)}", err=True)


if __name__ == "__main__":
    run_script(main)
