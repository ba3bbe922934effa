"""Where words stand in an article (款项), and its sentences outside lists."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.quiz.makers.sets.words import Span
from corpus.structure import split_article
from corpus.vocabulary import Provision, ProvisionPath


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with its full stop, outside every list; ``first`` in its paragraph."""

    provision: Provision
    words: str
    span: Span
    first: bool
    path: ProvisionPath


_END = re.compile(r"。[”」]?")


def read_sentences(provision: Provision) -> Iterator[Sentence]:
    """The whole sentences of an article; a list and the sentence that announces it are left out."""
    text = provision.text
    paragraphs = split_article(text).paragraphs
    for paragraph in paragraphs:
        path = ProvisionPath(paragraph=paragraph.number) if len(paragraphs) > 1 else ProvisionPath()
        begin = paragraph.start
        limit = paragraph.items[0].start if paragraph.items else paragraph.end
        for stop in (m.end() for m in _END.finditer(text, paragraph.start, limit)):
            start = begin
            while start < stop and text[start].isspace():
                start += 1
            yield Sentence(provision, text[start:stop], (start, stop), begin == paragraph.start, path)
            begin = stop


def path_at(provision: Provision, at: int) -> ProvisionPath:
    """Paragraph and item of a place in an article."""
    paragraphs = split_article(provision.text).paragraphs
    for paragraph in paragraphs:
        if paragraph.start <= at < paragraph.end:
            item = next((i.number for i in paragraph.items if i.start <= at < i.end), None)
            return ProvisionPath(paragraph.number if len(paragraphs) > 1 else None, item)
    return ProvisionPath()
