"""What a reranker promises (重排模型接口)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol


class Reranker(Protocol):
    """Scores passages for a question."""

    @property
    def id(self) -> str: ...

    def scores(self, question: str, passages: Sequence[str]) -> list[float]:
        """One score a passage, in their order; only differences between scores of one question mean something.

        A long question or passage is read up to the model's bounds.
        """
        ...
