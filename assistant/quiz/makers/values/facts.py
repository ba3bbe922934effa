"""All facts of a text (考查事实), read once per text."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.encyclopedia.items import may_punish
from assistant.encyclopedia.limits import working_day_rules
from assistant.quiz.makers.values.deadlines import read_deadlines
from assistant.quiz.makers.values.fines import read_fines
from assistant.quiz.makers.values.model import Fact
from assistant.quiz.makers.values.organs import read_in_charge, read_punishing
from assistant.quiz.makers.values.sanctions import read_sanctions
from assistant.quiz.makers.values.scenes import read_scenes
from assistant.quiz.material import SourceText
from corpus.vocabulary import DocumentKind, Provision


def read_facts(text: SourceText) -> tuple[Fact, ...]:
    """The facts of a law's text in printed order; nothing of texts that are no law."""
    if text.document.kind is not DocumentKind.STATUTE:
        return ()
    return tuple(_read(text))


def _read(text: SourceText) -> Iterator[Fact]:
    articles = [p for p in text.provisions if p.article is not None and not p.ocr]
    punishes = may_punish(text.document)
    for provision in articles:
        if punishes:
            yield from _penalties(provision)
            yield from read_in_charge(provision)
    yield from read_deadlines(articles, working_day_rules(articles))


def _penalties(provision: Provision) -> Iterator[Fact]:
    for scene in read_scenes(provision.text):
        yield from read_fines(provision, scene)
        yield from read_punishing(provision, scene)
        yield from read_sanctions(provision, scene)
