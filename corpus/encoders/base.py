"""What an encoder promises (编码器接口): dense vectors for meaning, sparse vectors for words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeAlias

import numpy as np
import numpy.typing as npt

from corpus.errors import EAssistantError

Vectors: TypeAlias = npt.NDArray[np.float32]
"""Dense vectors, shape ``(texts, dimension)``, every row of length 1."""

Progress: TypeAlias = Callable[[int], None]
"""Called after each batch with the number of texts done so far in this call."""

Stop: TypeAlias = Callable[[], bool]
"""Asked before each batch; True ends the call with ``EncodingStopped``."""


class EncodingStopped(EAssistantError):
    """The caller's ``stop`` ended an encoding between two batches; what the cache holds by then stays valid."""

    code = "encoding_stopped"
    retryable = True


class DenseEncoder(Protocol):
    """A model of meaning (稠密编码器).

    ``id`` names the model, its version, quantisation and maximum length: it differs whenever the vectors would.
    Rows come back in the order of the texts, L2-normalised, so a dot product is the cosine. A text longer than the
    model's maximum is cut at its end. Encoding is deterministic on one machine and safe to call from several threads.
    """

    @property
    def id(self) -> str: ...

    @property
    def dimension(self) -> int: ...

    def encode_queries(self, texts: Sequence[str]) -> Vectors: ...

    def encode_passages(
        self, texts: Sequence[str], *, progress: Progress | None = None, stop: Stop | None = None
    ) -> Vectors:
        """Vectors of passages. Give some hundred texts a call and cache each call's result: that is what a stop keeps.

        Raises ``EncodingStopped`` when ``stop`` says so.
        """
        ...


@dataclass(frozen=True, slots=True)
class SparseVector:
    """Weights of terms (稀疏向量): ``indices`` ascending and unique in ``[0, 2**32)``, ``values`` beside them."""

    indices: tuple[int, ...]
    values: tuple[float, ...]


class SparseEncoder(Protocol):
    """A model of words (稀疏编码器). The inverse document frequency is left to the index (Qdrant's IDF modifier)."""

    @property
    def id(self) -> str: ...

    def encode_query(self, text: str) -> SparseVector: ...

    def encode_passage(self, text: str) -> SparseVector: ...
