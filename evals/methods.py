"""How articles are found in an eval (检索方法)."""

from __future__ import annotations

from enum import StrEnum


class Method(StrEnum):
    """How articles are found (检索方法): the whole pipeline, less of it, or one search alone.

    The whole reranks where the settings say so; the fusion never does.
    """

    LEXICAL = "lexical"
    HYBRID = "hybrid"
    FUSION = "fusion"
    WORDS = "words"
    DENSE = "dense"

    @property
    def needs_meaning(self) -> bool:
        return self in (Method.HYBRID, Method.FUSION, Method.DENSE)
