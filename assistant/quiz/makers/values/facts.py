"""All facts of a text (考查事实), read once per text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.encyclopedia.clauses import imposes
from assistant.encyclopedia.items import may_punish
from assistant.encyclopedia.limits import working_day_rules
from assistant.quiz.makers.values.deadlines import read_deadlines
from assistant.quiz.makers.values.fines import read_fines
from assistant.quiz.makers.values.model import Fact
from assistant.quiz.makers.values.organs import read_in_charge, read_punishing
from assistant.quiz.makers.values.sanctions import read_sanctions
from assistant.quiz.makers.values.scenes import read_scenes
from assistant.quiz.material import SourceText
from corpus.numerals import parse_number
from corpus.vocabulary import DocumentKind, Provision

_ARTICLES = re.compile(
    r"(?<![》章])第([一二三四五六七八九十百千零]+)条(?:至第([一二三四五六七八九十百千零]+)条)?(?=[^，。；]{0,40}(?:情形|行为|处罚))"
)


def read_facts(text: SourceText) -> tuple[Fact, ...]:
    """The facts of a law's text in printed order; nothing of texts that are no law."""
    if text.document.kind is not DocumentKind.STATUTE:
        return ()
    return tuple(_read(text))


def _read(text: SourceText) -> Iterator[Fact]:
    articles = [p for p in text.provisions if p.article is not None and not p.ocr]
    punishes = may_punish(text.document)
    added_to = _added_to(articles) if punishes else frozenset()
    for provision in articles:
        if punishes:
            yield from _penalties(provision, whole=provision.label not in added_to)
            yield from read_in_charge(provision)
    yield from read_deadlines(articles, working_day_rules(articles))


def _added_to(articles: Sequence[Provision]) -> frozenset[str]:
    """Labels of articles whose acts another article punishes too: 有本法第十条至第十二条规定情形的，并处…罚款."""
    numbers: set[int] = set()
    for provision in articles:
        if imposes(provision.text):
            for first, last in _ARTICLES.findall(provision.text):
                low = parse_number(first)
                numbers |= set(range(low, parse_number(last or first) + 1)) or {low}
    return frozenset(p.label for p in articles if p.article is not None and p.article.number in numbers)


def _penalties(provision: Provision, *, whole: bool) -> Iterator[Fact]:
    for scene in read_scenes(provision.text):
        yield from read_fines(provision, scene)
        yield from read_punishing(provision, scene)
        if whole:
            yield from read_sanctions(provision, scene)
