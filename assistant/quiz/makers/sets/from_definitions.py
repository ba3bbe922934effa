"""Items over definitions (定义题): the term of a meaning, the meaning of a term, and the term to be written."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from random import Random

from assistant.quiz.contract import BLANK, ItemKind, Key, Point
from assistant.quiz.makers.sets.content import Rests, Wrong, candidate, choice
from assistant.quiz.makers.sets.definitions import Definition
from assistant.quiz.makers.sets.options import NEAR
from assistant.quiz.makers.sets.stems import according
from assistant.quiz.makers.sets.words import bigrams, likeness
from assistant.quiz.material import Candidate, SourceText

MEANINGS_NEAR = 0.8
_TELLING = 0.34
"""From this share of a term's character pairs on, a meaning names what it is asked for."""
_OF_ITS_SORT = 2
"""How many wrong meanings must be of the key's own sort, so that the term's sort does not tell it."""
_AGENT = re.compile(r"(?:者|人|员|机构|单位|企业|组织|机关|部门)$")


def make(
    text: SourceText, asked: Definition, known: Sequence[Definition], day: dt.date, random: Random
) -> Iterator[Candidate]:
    """The items of a definition; ``known`` are all definitions of its law."""
    rests = Rests(text, asked.provision, asked.span, asked.path)
    told = f"{rests.place}规定，{asked.term}是指{asked.meaning}。"
    others = [d for d in known if _tells_apart(asked, d)]
    random.shuffle(others)
    meanings = _alike(asked, asked.meaning, [(d, d.meaning) for d in others])
    if meanings and not _spelled(asked) and not _told_by_term(asked, meanings):
        yield choice(
            rests,
            day,
            random,
            point=Point.DEFINITION,
            stem=according(text.document, f"“{asked.term}”是指（　　）。"),
            right=[asked.meaning],
            wrong=[_wrong(text, d, d.meaning) for d in meanings],
            subject=asked.term,
            answers=[asked.meaning],
            told=told,
            difficulty=0.4,
        )
    terms = _alike(asked, asked.term, [(d, d.term) for d in others], ratio=2.6)
    if sum(_same_end(d.term, asked.term) > 0 for d in terms) < _OF_ITS_SORT:
        terms = []
    told_by_words = _spelled(asked) or _qualified_by(asked)
    if terms and asked.term not in text.document.title and not told_by_words and not _given_away(asked, terms):
        yield choice(
            rests,
            day,
            random,
            point=Point.DEFINITION,
            stem=according(text.document, f"{asked.meaning}，称为（　　）。"),
            right=[asked.term],
            wrong=[_wrong(text, d, d.term) for d in terms],
            subject=asked.meaning,
            answers=[asked.term],
            told=told,
            difficulty=0.4,
        )
    if (
        3 <= len(asked.term) <= 8
        and not any(pair in text.document.title for pair in bigrams(asked.term))
        and likeness(asked.term, asked.meaning) < NEAR
        and not _spelled(asked)
        and not _qualified_by(asked)
        and not _ends_in(asked.term, asked.meaning)
        and asked.term[0] not in asked.meaning[:3]
        and _share(asked.term, asked.meaning) < _TELLING
    ):
        yield candidate(
            rests,
            day,
            kind=ItemKind.BLANK,
            point=Point.DEFINITION,
            stem=according(text.document, f"{BLANK}{asked.says}{asked.meaning}。"),
            key=Key(blanks=[[asked.term]]),
            subject=asked.meaning,
            answers=[asked.term],
            explanation=told,
            difficulty=0.6,
        )


def _tells_apart(asked: Definition, other: Definition) -> bool:
    """Whether the other term is of the same part of the law and can be no answer for the one asked."""
    return (
        other.term != asked.term
        and other.provision.heading.part == asked.provision.heading.part
        and likeness(other.meaning, asked.meaning) < MEANINGS_NEAR
        and other.term not in asked.meaning
        and asked.term not in other.meaning
        and asked.term not in other.term
        and other.term not in asked.term
    )


def _given_away(asked: Definition, others: Sequence[Definition]) -> bool:
    """Whether the meaning has more of the key's characters than of any other term's."""
    shares = [_share(d.term, asked.meaning) for d in others]
    own = _share(asked.term, asked.meaning)
    alone = _ends_in(asked.term, asked.meaning) and not any(_ends_in(d.term, asked.meaning) for d in others)
    headed = _heads(asked, asked.meaning) and not any(_heads(d, asked.meaning) for d in others)
    return alone or headed or own >= _TELLING or own > max(shares) + 0.2


def _heads(asked: Definition, meaning: str) -> bool:
    """Whether a meaning ends in what the term is called after: 保质期 is a 期限."""
    return asked.term[-1] in meaning[-4:]


def _told_by_term(asked: Definition, others: Sequence[Definition]) -> bool:
    """Whether the term picks its meaning: by a sort of its own (a 现象 among 声音), or by its characters."""
    own = _share(asked.term, asked.meaning)
    if any(c in asked.meaning[:3] for c in asked.term):
        return True  # 水污染: 水体因……
    if sum(d.meaning[-2:] == asked.meaning[-2:] for d in others) < _OF_ITS_SORT:
        return True
    if any(c in asked.meaning and not any(c in d.meaning for d in others) for c in asked.term):
        return True
    heard = [w for w in (asked.term[:2], asked.term[-2:]) if w in asked.meaning]
    if any(not any(w in d.meaning for d in others) for w in heard):
        return True
    return own >= _TELLING and own > max(_share(asked.term, d.meaning) for d in others)


def _spelled(asked: Definition) -> bool:
    """Whether the meaning spells the term: half of its characters or more (入河排污口: 河, 排, 口) stand in it."""
    return sum(c in asked.meaning for c in asked.term) * 2 >= len(asked.term)


def _qualified_by(asked: Definition) -> bool:
    """Whether the meaning says what the term's noun is qualified by, so that anybody writes it: 光 of 光污染."""
    qualifier = asked.term[:-2]
    return bool(qualifier) and qualifier in asked.meaning


def _ends_in(term: str, meaning: str) -> bool:
    """Whether the meaning has the first or the last two characters of a term."""
    return term[:2] in meaning or term[-2:] in meaning


def _same_end(first: str, second: str) -> int:
    """How many of the last two characters are the same: 行为, 设施."""
    return 2 if first[-2:] == second[-2:] else int(first[-1] == second[-1])


def _share(term: str, meaning: str) -> float:
    pairs = bigrams(term)
    return len(pairs & bigrams(meaning)) / len(pairs)


def _alike(asked: Definition, key: str, pool: Sequence[tuple[Definition, str]], ratio: float = 1.9) -> list[Definition]:
    """Three whose words are of like length, those most like the key first; for who does something, others who do."""
    near = [(d, w) for d, w in pool if 1 / ratio <= len(w) / len(key) <= ratio]
    agent = bool(_AGENT.search(asked.term))
    near = [(d, w) for d, w in near if not agent or _AGENT.search(d.term)]
    near.sort(
        key=lambda pair: (
            -_same_end(pair[0].term, asked.term),
            -_same_end(pair[1], key),
            -len(set(pair[1]) & set(key)) / len(set(pair[1])),
        )
    )
    chosen = [d for d, _ in near[:3]]
    lengths = [len(w) for _, w in near[:3]]
    if len(chosen) < 3 or len(key) > 1.6 * max(lengths) or len(key) < 0.6 * min(lengths):
        return []
    return chosen


def _wrong(text: SourceText, other: Definition, words: str) -> Wrong:
    rests = Rests(text, other.provision, other.span, other.path)
    label = other.provision.label
    told = (
        f"{label}规定，这是“{other.term}”的含义"
        if words == other.meaning
        else f"{label}规定，“{other.term}”是指{other.meaning}"
    )
    return Wrong(words, told, rests)
