"""Which encoder to use (选择编码器): one function from settings to a ready encoder."""

from __future__ import annotations

from pathlib import Path

from corpus.encoders.base import DenseEncoder, SparseEncoder
from corpus.encoders.settings import EncoderSettings, SparseSettings


def make_dense_encoder(settings: EncoderSettings, models_dir: Path) -> DenseEncoder:
    """The dense encoder that ``settings`` asks for; converts the bundled model into ``models_dir`` the first time.

    Raises ``EncoderUnavailable`` when weights are missing, damaged or cannot be written.
    """
    raise NotImplementedError


def make_sparse_encoder(settings: SparseSettings) -> SparseEncoder:
    """The sparse encoder that ``settings`` asks for."""
    raise NotImplementedError
