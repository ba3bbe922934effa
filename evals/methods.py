"""How articles are found in an eval (检索方法)."""

from __future__ import annotations

from enum import StrEnum


class Method(StrEnum):
    """How articles are found (检索方法): the whole pipeline, with or without meaning, or one search alone."""

    LEXICAL = "lexical"
    HYBRID = "hybrid"
    WORDS = "words"
    DENSE = "dense"

    @property
    def needs_meaning(self) -> bool:
        return self in (Method.HYBRID, Method.DENSE)
