"""An encoder that remembers the last questions (记住最近的问题): one question is searched on several shelves."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from concurrent.futures import Future
from threading import Lock

import numpy as np

from corpus.encoders.base import DenseEncoder, Progress, Stop, Vectors

REMEMBERED = 512
"""Questions kept, in memory only: those that are being answered at one time, and the enforcement items opened often."""


class EncodingMissed(Exception):
    """The thread that was to encode a question did not; those that waited for it encode it themselves."""


class RememberingEncoder:
    """``encoder`` with the vectors of the last ``remembered`` queries kept; passages go straight through."""

    def __init__(self, encoder: DenseEncoder, remembered: int = REMEMBERED) -> None:
        self._encoder = encoder
        self._remembered = remembered
        self._vectors: OrderedDict[str, Future[Vectors]] = OrderedDict()
        self._lock = Lock()

    @property
    def id(self) -> str:
        return self._encoder.id

    @property
    def dimension(self) -> int:
        return self._encoder.dimension

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """As the encoder; a question that another thread is encoding just now is waited for."""
        mine: list[str] = []
        vectors: dict[str, Future[Vectors]] = {}
        with self._lock:
            for text in dict.fromkeys(texts):
                if text not in self._vectors:
                    self._vectors[text] = Future()
                    mine.append(text)
                self._vectors.move_to_end(text)
                vectors[text] = self._vectors[text]
            while len(self._vectors) > self._remembered:
                self._vectors.popitem(last=False)
        if mine:
            self._encode(mine, vectors)
        for text, vector in vectors.items():
            if text not in mine and vector.exception() is not None:  # whoever encoded it failed; perhaps not we
                return self._encoder.encode_queries(texts)
        return np.stack([vectors[text].result() for text in texts]) if texts else self._encoder.encode_queries(texts)

    def _encode(self, texts: Sequence[str], vectors: Mapping[str, Future[Vectors]]) -> None:
        try:
            encoded = self._encoder.encode_queries(texts)
            for text, vector in zip(texts, encoded, strict=True):
                vectors[text].set_result(vector)
        finally:
            missed = [text for text in texts if not vectors[text].done()]
            with self._lock:
                for text in missed:
                    if self._vectors.get(text) is vectors[text]:
                        del self._vectors[text]
            for text in missed:
                vectors[text].set_exception(EncodingMissed(text))

    def encode_passages(
        self, texts: Sequence[str], *, progress: Progress | None = None, stop: Stop | None = None
    ) -> Vectors:
        return self._encoder.encode_passages(texts, progress=progress, stop=stop)
