"""Mine hard negatives (难负例): ``python -m evals.training.mine --stard FOLDER --out FILE``.

For every consultation outside the held fifth, the articles that the present searches put first although they do not
answer it: the nearest by meaning and the best by words. An encoder learns most from what it now confuses
(ANCE, arXiv 2007.00808; DPR, arXiv 2004.04906).
"""

from __future__ import annotations

import json
import tempfile
import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Annotated

import typer

from assistant.settings import load_settings
from corpus.errors import InvalidInput
from evals.corpus_files import read_corpus, read_queries
from evals.methods import Method
from evals.script import run_script
from evals.searchers import open_searchers
from evals.training.pairs import HELD_FOLD, fold_of

DEPTHS = {Method.DENSE: 60, Method.WORDS: 50}
"""How many articles each search contributes."""


def wrong_articles(found: Iterable[Sequence[str]], right: Sequence[str]) -> list[str]:
    """What the searches found, in turn, each article once, without the right ones."""
    return [one for one in dict.fromkeys(one for ranking in found for one in ranking) if one not in right]


def read_negatives(path: Path) -> dict[str, tuple[str, ...]]:
    """Ids of wrong articles by the id of the question. Raises InvalidInput for a file of another shape."""
    try:
        rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        return {row["id"]: tuple(row["wrong"]) for row in rows}
    except (ValueError, KeyError, TypeError) as error:
        raise InvalidInput(
            f"{path} holds no mined negatives: {error}.", where=str(path), remedy="Mine them again."
        ) from error


def main(
    stard: Annotated[Path, typer.Option(help="Folder with corpus.jsonl.gz and train.jsonl of the consultations.")],
    out: Annotated[Path, typer.Option(help="Where to write: one line per question, ids only.")],
) -> None:
    """Search the pool with the present encoder for every question that may be learnt from."""
    settings = load_settings()
    queries = [q for q in read_queries(stard / "train.jsonl") if fold_of(q.question) != HELD_FOLD]
    shown = time.monotonic()

    def progress(stage: str, done: int, count: int) -> None:
        nonlocal shown
        if done == count or time.monotonic() - shown > 10:
            shown = time.monotonic()
            typer.echo(f"{stage}: {done} of {count}", err=True)

    lines = []
    articles = read_corpus(stard / "corpus.jsonl.gz")
    with (
        tempfile.TemporaryDirectory() as folder,
        open_searchers(articles, tuple(DEPTHS), settings, Path(folder), progress) as searchers,
    ):
        for number, query in enumerate(queries, start=1):
            found = [searchers[method].search(query.question, depth) for method, depth in DEPTHS.items()]
            lines.append(json.dumps({"id": query.id, "wrong": wrong_articles(found, query.gold)}))
            progress("questions", number, len(queries))
    out.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


if __name__ == "__main__":
    run_script(main)
