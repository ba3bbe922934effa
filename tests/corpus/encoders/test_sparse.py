"""BM25 as sparse vectors: the textbook formula, stable indices, and the right article for a plain question."""

from __future__ import annotations

import math
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.encoders.base import SparseVector
from corpus.encoders.factory import make_sparse_encoder
from corpus.encoders.settings import SparseSettings
from corpus.encoders.sparse import pair_index, term_index
from corpus.encoders.terms import find_terms
from tests.corpus.encoders.encoder_samples import national_articles

SETTINGS = SparseSettings(k1=1.2, b=0.5, average_terms=10, bigram_weight=0.5)


def weights(vector: SparseVector) -> dict[int, float]:
    return dict(zip(vector.indices, vector.values, strict=True))


def score(question: SparseVector, passage: SparseVector) -> float:
    held = weights(passage)
    return sum(weight * held.get(index, 0.0) for index, weight in weights(question).items())


def test_a_passages_weights_are_the_term_frequency_part_of_bm25() -> None:
    text = "罚款，罚款，罚款，没收"
    words = find_terms(text).words
    assert Counter(words) == {"罚款": 3, "没收": 1}
    stretch = 1.2 * (0.5 + 0.5 * len(words) / 10)
    held = weights(make_sparse_encoder(SETTINGS).encode_passage(text))
    assert math.isclose(held[term_index("罚款")], 3 * 2.2 / (3 + stretch))
    assert math.isclose(held[term_index("没收")], 1 * 2.2 / (1 + stretch))
    assert math.isclose(held[pair_index("罚款")], 3 * 2.2 / (3 + stretch))


def test_a_questions_weights_are_counts_with_pairs_weighted_down() -> None:
    asked = weights(make_sparse_encoder(SETTINGS).encode_query("罚款，罚款，没收"))
    assert asked[term_index("罚款")] == 2
    assert asked[term_index("没收")] == 1
    assert asked[pair_index("罚款")] == 1
    assert asked[pair_index("没收")] == 0.5


def test_pairs_can_be_switched_off_in_questions() -> None:
    encoder = make_sparse_encoder(SparseSettings(bigram_weight=0))
    assert weights(encoder.encode_query("罚款")).keys() == {term_index("罚款")}


@pytest.mark.parametrize("question", ["", "？？？", "请问怎么办", "\n", "1" * 0])
def test_a_question_without_a_subject_has_no_word(question: str) -> None:
    words_only = make_sparse_encoder(SparseSettings(bigram_weight=0))
    assert words_only.encode_query(question) == SparseVector((), ())


def test_a_longer_passage_weighs_the_same_word_less() -> None:
    encoder = make_sparse_encoder(SETTINGS)
    short, long = encoder.encode_passage("罚款"), encoder.encode_passage("罚款" + "，经营许可登记" * 10)
    assert weights(short)[term_index("罚款")] > weights(long)[term_index("罚款")]


def test_the_index_of_a_term_is_the_same_everywhere() -> None:
    # fixed in the index on disk: a change of these two numbers is a change of RECIPE
    assert (term_index("罚款"), pair_index("罚款")) == (2_856_550_933, 3_495_688_623)


def test_few_terms_of_the_national_laws_share_an_index() -> None:
    found: dict[int, str] = {}
    clashes = 0
    for article in national_articles(4000):
        terms = find_terms(article)
        for index, term in [(term_index(w), w) for w in terms.words] + [(pair_index(p), f"\0{p}") for p in terms.pairs]:
            clashes += found.setdefault(index, term) != term
    assert len(found) > 20_000
    assert clashes <= 2


@pytest.mark.parametrize(
    ("changed", "same_index"),
    [({"k1": 2.0}, False), ({"b": 0.1}, False), ({"average_terms": 50}, False), ({"bigram_weight": 0.1}, True)],
)
def test_the_id_changes_when_passages_would(changed: dict[str, float], same_index: bool) -> None:
    other = make_sparse_encoder(SETTINGS.model_copy(update=changed))
    assert (other.id == make_sparse_encoder(SETTINGS).id) is same_index
    assert (
        other.encode_passage("罚款，罚款") == make_sparse_encoder(SETTINGS).encode_passage("罚款，罚款")
    ) is same_index


@settings(deadline=None)  # the machine may be busy
@given(st.text(max_size=100))
def test_indices_ascend_and_fit_in_32_bits(text: str) -> None:
    encoder = make_sparse_encoder(SETTINGS)
    for vector in (encoder.encode_passage(text), encoder.encode_query(text)):
        assert list(vector.indices) == sorted(set(vector.indices))
        assert all(0 <= index < 2**32 for index in vector.indices)
        assert len(vector.values) == len(vector.indices)
        assert all(value > 0 for value in vector.values)


def test_a_question_scores_the_passage_that_shares_its_words_highest() -> None:
    encoder = make_sparse_encoder(SparseSettings())
    passages = [
        encoder.encode_passage(text)
        for text in (
            "食品经营者销售超过保质期的食品，处五万元以下罚款。",
            "饮酒后驾驶机动车的，暂扣驾驶证。",
            "噪声扰民，处警告。",
        )
    ]
    asked = encoder.encode_query("卖过期食品罚5万元？")
    scores = [score(asked, passage) for passage in passages]
    assert scores.index(max(scores)) == 0
