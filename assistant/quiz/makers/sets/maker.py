"""Makes items over enumerations and sentences of the chosen laws (列举与条文命题器)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import zip_longest
from random import Random

from assistant.encyclopedia.procedure import COERCION_LAW, PENALTY_LAW
from assistant.quiz.makers.sets import from_decisive, from_definitions, from_duties, from_sentences
from assistant.quiz.makers.sets.decisive import read_decisive
from assistant.quiz.makers.sets.definitions import read_definitions
from assistant.quiz.makers.sets.from_lists import ListMaker
from assistant.quiz.makers.sets.matters import Matters, matters_of
from assistant.quiz.makers.sets.options import Shelf, Stated, read_shelf
from assistant.quiz.makers.sets.sentences import Duty, read_duties, read_provisos, read_steps
from assistant.quiz.material import Candidate, Material, SourceText
from corpus.vocabulary import DocumentKind, EffectLevel

Work = Callable[[Random], Iterator[Candidate]]
"""The items of one fact, made when they are asked for."""


def make_sets(material: Material, random: Random) -> Iterator[Candidate]:
    """The items of every chosen law; the families take turns, so that a small number has some of each."""
    laws = [t for t in material.texts if is_law(t)]
    if not laws:
        return
    stated = Stated(material.book)
    matters = matters_of(material.book)
    general = [read_shelf(t) for t in material.book.texts if t.document.title in (PENALTY_LAW, COERCION_LAW)]
    families: dict[str, list[Work]] = {}
    for text in laws:
        for name, works in _works(text, material, stated, matters, general).items():
            families.setdefault(name, []).extend(works)
    for works in families.values():
        random.shuffle(works)
    for turn in zip_longest(*families.values()):
        for work in turn:
            if work is not None:
                yield from work(Random(random.random()))


def is_law(text: SourceText) -> bool:
    return text.document.kind is DocumentKind.STATUTE and text.document.level is not EffectLevel.CONSTITUTION


def _works(
    text: SourceText, material: Material, stated: Stated, matters: Matters, general: Sequence[Shelf]
) -> dict[str, list[Work]]:
    """What there is to ask of a law, by family."""
    day = material.day
    shelf = read_shelf(text)
    lists = ListMaker(shelf, general, stated, matters, day)
    definitions = [d for p in text.provisions for d in read_definitions(p)]
    duties = [d for p in text.provisions for d in read_duties(p)]
    by_article: dict[str, list[Duty]] = {}
    for duty in duties:
        by_article.setdefault(duty.sentence.provision.id, []).append(duty)
    provisos = [x for p in text.provisions for x in read_provisos(p)]
    used: Counter[str] = Counter()
    decisive = [d for p in text.provisions for d in read_decisive(p)]
    by_chapter: dict[str, list[Duty]] = {}
    for duty in (*duties, *(d.as_duty for d in decisive if d.others)):
        by_chapter.setdefault(duty.sentence.provision.heading.chapter or "", []).append(duty)
    told: Counter[str] = Counter()
    steps = [s for p in text.provisions for s in read_steps(p)]
    return {
        "lists": [partial(lists.make, e) for e in shelf.lists],
        "definitions": [_bound(from_definitions.make, text, d, definitions, day) for d in definitions],
        "duties": [_bound(from_duties.from_duty, text, d, duties, used, day) for d in duties],
        "articles": [_bound(from_duties.from_article, text, a, duties, told, day) for a in by_article.values()],
        "chapters": [_bound(from_duties.from_chapter, text, c, told, day) for c in by_chapter.values()],
        "decisive": [_bound(from_decisive.from_decisive, text, d, day) for d in decisive],
        "provisos": [_bound(from_sentences.from_proviso, text, x, day) for x in provisos],
        "steps": [_bound(from_sentences.from_step, text, s, day) for s in steps],
        "rulings": [_bound(from_sentences.from_ruling, text, r, shelf.rulings, day) for r in shelf.rulings],
    }


def _bound(make: Callable[..., Iterator[Candidate]], *given: object) -> Work:
    return lambda random: make(*given, random)
