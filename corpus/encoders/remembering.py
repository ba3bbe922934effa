"""An encoder that remembers the last questions (记住最近的问题): one question is searched on several shelves."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from threading import Lock

import numpy as np

from corpus.encoders.base import DenseEncoder, Progress, Stop, Vectors

REMEMBERED = 512
"""Questions kept, in memory only: those that are being answered at one time, and the enforcement items opened often."""


class RememberingEncoder:
    """``encoder`` with the vectors of the last ``remembered`` queries kept; passages go straight through."""

    def __init__(self, encoder: DenseEncoder, remembered: int = REMEMBERED) -> None:
        self._encoder = encoder
        self._remembered = remembered
        self._vectors: OrderedDict[str, Vectors] = OrderedDict()
        self._lock = Lock()

    @property
    def id(self) -> str:
        return self._encoder.id

    @property
    def dimension(self) -> int:
        return self._encoder.dimension

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        with self._lock:
            known = {text: self._vectors[text] for text in texts if text in self._vectors}
        missing = [text for text in dict.fromkeys(texts) if text not in known]
        if missing:
            known |= dict(zip(missing, self._encoder.encode_queries(missing), strict=True))
        with self._lock:
            for text in texts:
                self._vectors[text] = known[text]
                self._vectors.move_to_end(text)
            while len(self._vectors) > self._remembered:
                self._vectors.popitem(last=False)
        return np.stack([known[text] for text in texts]) if texts else self._encoder.encode_queries(texts)

    def encode_passages(
        self, texts: Sequence[str], *, progress: Progress | None = None, stop: Stop | None = None
    ) -> Vectors:
        return self._encoder.encode_passages(texts, progress=progress, stop=stop)
