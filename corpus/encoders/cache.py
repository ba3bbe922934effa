"""The cache of encodings (编码缓存): what was encoded once is not encoded again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

import numpy as np
import numpy.typing as npt


class EncodingCache:
    """Dense vectors by (encoder id, sha-256 of the text) in one SQLite file; see ``passage_digest`` for the key."""

    def __init__(self, path: Path) -> None:
        raise NotImplementedError

    def get_many(self, encoder_id: str, digests: Iterable[str]) -> dict[str, npt.NDArray[np.float32]]:
        """The vectors held for ``digests``; a digest not held is absent from the result."""
        raise NotImplementedError

    def put_many(self, encoder_id: str, vectors: Mapping[str, npt.NDArray[np.float32]]) -> None:
        """Keep vectors, all or none of them; durable when the call returns."""
        raise NotImplementedError

    def missing(self, encoder_id: str, digests: Iterable[str]) -> list[str]:
        """Those of ``digests`` that are not held, each once, in the order given."""
        raise NotImplementedError

    def count(self, encoder_id: str) -> int:
        raise NotImplementedError

    def prune(self, encoder_id: str, keep: Iterable[str]) -> int:
        """Drop every encoding but those of ``keep`` by ``encoder_id``; the number dropped."""
        raise NotImplementedError

    def close(self) -> None:
        raise NotImplementedError
