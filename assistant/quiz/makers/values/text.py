"""Where words stand in a provision: their sentence, and its place by paragraph and item."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from assistant.encyclopedia.limits import sentences
from assistant.quiz.makers.values.model import Quote, Span
from corpus.structure import ArticleStructure, split_article
from corpus.vocabulary import ProvisionPath

_structure = lru_cache(maxsize=4096)(split_article)


def structure(text: str) -> ArticleStructure:
    """The paragraphs of an article; remembered, since each of its facts asks."""
    return _structure(text)


def sentence_at(text: str, at: int) -> Span:
    """The sentence (or line of a list) around a place."""
    return next((s for s in sentences(text) if s[0] <= at < s[1]), (0, len(text)))


def quote_at(text: str, at: int) -> Quote:
    """The sentence around a place, with its paragraph and item."""
    paragraphs = structure(text).paragraphs
    place = next((p for p in paragraphs if p.start <= at < p.end), None)
    if place is None:
        return Quote(sentence_at(text, at), ProvisionPath())
    item = next((i for i in place.items if i.start <= at < i.end), None)
    number = place.number if len(paragraphs) > 1 or item is not None else None
    return Quote(sentence_at(text, at), ProvisionPath(number, item.number if item else None))


def begins_sentence(text: str, at: int) -> bool:
    """Whether a sentence or line begins at a place."""
    return not text[:at].strip() or text[:at].rstrip(" \t\u3000")[-1] in "。\n"


def clauses(text: str, span: Span) -> Iterator[Span]:
    """The clauses between commas, brackets left whole."""
    begin, depth = span[0], 0
    for at in range(*span):
        depth += (text[at] in "（《“") - (text[at] in "）》”")
        if depth == 0 and text[at] == "，":
            yield begin, at
            begin = at + 1
    yield begin, span[1]
