"""Count what consultations are about (咨询所涉法律): ``python -m evals.training.consultations --stard FOLDER``.

Writes the term table of ``assistant.retrieval.consultations`` from the questions that the encoder learns from.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Annotated

import typer

from assistant.retrieval import consultations as table
from evals.corpus_files import read_corpus, read_queries
from evals.script import run_script
from evals.training.pairs import consultations


def table_toml(counts: Counter[str]) -> str:
    lines = [f'"{law}" = {count}' for law, count in sorted(counts.items(), key=lambda item: (-item[1], item[0]))]
    comment = "# Articles that answer consultations, by law. Written by: python -m evals.training.consultations"
    return f"{comment}\n\n[articles]\n" + "\n".join(lines) + "\n"


def main(
    stard: Annotated[Path, typer.Option(help="Folder with corpus.jsonl.gz and train.jsonl of the consultations.")],
) -> None:
    """Count the answering articles of every law, the held fifth left out."""
    pairs = consultations(read_corpus(stard / "corpus.jsonl.gz"), read_queries(stard / "train.jsonl"))
    counts = Counter(law for law, _ in (pair.key for pair in pairs))
    Path(table.__file__).with_suffix(".toml").write_text(table_toml(counts), encoding="utf-8")
    typer.echo(f"{counts.total()} articles of {len(counts)} laws")


if __name__ == "__main__":
    run_script(main)
