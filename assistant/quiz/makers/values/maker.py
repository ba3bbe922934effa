"""Makers of items whose key is a typed value (取值命题): one for each point, its kinds of items in turn."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache
from random import Random

from assistant.quiz.contract import ItemKind, Point
from assistant.quiz.makers.values.facts import read_facts
from assistant.quiz.makers.values.kinds import KINDS, Task
from assistant.quiz.makers.values.model import Fact
from assistant.quiz.makers.values.neighbours import Neighbours
from assistant.quiz.makers.values.special_cases import has_special_case
from assistant.quiz.makers.values.statements import statements
from assistant.quiz.making import Maker
from assistant.quiz.material import Candidate, Material, SourceText
from assistant.quiz.proof.evidence import plain

_VALUE = (ItemKind.SINGLE, ItemKind.TRUE_FALSE, ItemKind.BLANK)
_ASKED: dict[Point, tuple[ItemKind, ...]] = {
    Point.AMOUNT: _VALUE,
    Point.MULTIPLE: _VALUE,
    Point.TIME_LIMIT: _VALUE,
    Point.AUTHORITY: (ItemKind.SINGLE, ItemKind.TRUE_FALSE),
    Point.PENALTY: (ItemKind.MULTIPLE, ItemKind.SINGLE, ItemKind.TRUE_FALSE),
}
_TEXTS_KEPT = 512

_facts = lru_cache(maxsize=_TEXTS_KEPT)(read_facts)


def maker_of(point: Point) -> Maker:
    """The maker of items that test one point."""

    def make(material: Material, random: Random) -> Iterator[Candidate]:
        return _candidates(point, material, random)

    return make


def make_statements(material: Material, random: Random) -> Iterator[Candidate]:
    """Choices among statements with values, of every text in turn."""
    for text in random.sample(material.texts, len(material.texts)):
        chosen = {p.id for p in text.provisions}
        facts = [f for f in _facts(material.book.by_document.get(text.document.id, text)) if f.provision.id in chosen]
        yield from statements(text, _decided(facts), material, Random(random.random()))


VALUE_MAKERS: dict[str, Maker] = {
    **{f"values.{point.value}": maker_of(point) for point in _ASKED},
    "values.statements": make_statements,
}


def _candidates(point: Point, material: Material, random: Random) -> Iterator[Candidate]:
    """Candidates from every text in turn."""
    texts = random.sample(material.texts, len(material.texts))
    queues = [_of_text(point, text, material, Random(random.random())) for text in texts]
    while queues:
        for queue in list(queues):
            candidate = next(queue, None)
            if candidate is None:
                queues.remove(queue)
            else:
                yield candidate


def _of_text(point: Point, text: SourceText, material: Material, random: Random) -> Iterator[Candidate]:
    """Candidates of one text, every fact once before any is asked in a second kind."""
    whole = material.book.by_document.get(text.document.id, text)
    near = Neighbours([f for f in _facts(whole) if f.point is point], whole)
    chosen = {p.id for p in text.provisions}
    facts = _spread([f for f in _decided(near.facts) if f.provision.id in chosen], random)
    kinds = _ASKED[point]
    orders = [(fact, random.sample(kinds, len(kinds))) for fact in facts]
    for turn in range(len(kinds)):
        for fact, order in orders:
            content = KINDS[order[turn]](Task(fact, near, text, material.day, random))
            if content is not None:
                yield Candidate(content, fact.provision.id, fact.provision.heading.chapter or text.document.title)


def _decided(facts: Sequence[Fact]) -> list[Fact]:
    """The facts whose words have one value in the law, and no other value for part of what they say."""
    values: dict[str, set[str]] = defaultdict(set)
    for fact in facts:
        values[plain(fact.before + fact.after)].add(fact.words)
    return [f for f in facts if len(values[plain(f.before + f.after)]) == 1 and not has_special_case(f)]


def _spread(facts: Sequence[Fact], random: Random) -> list[Fact]:
    """The facts in random order, the articles in turn."""
    by_article: dict[str, list[Fact]] = defaultdict(list)
    for fact in facts:
        by_article[fact.provision.id].append(fact)
    articles = list(by_article.values())
    random.shuffle(articles)
    for article in articles:
        random.shuffle(article)
    longest = max(map(len, articles), default=0)
    return [article[i] for i in range(longest) for article in articles if i < len(article)]
