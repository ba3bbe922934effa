"""Definitions of a law (定义): 本法所称食品，是指…; the terms of 本法下列用语的含义."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.quiz.makers.sets.places import path_at
from assistant.quiz.makers.sets.words import Span, stands_alone
from corpus.vocabulary import Provision, ProvisionPath


@dataclass(frozen=True, slots=True)
class Definition:
    """A term and what it means, with their spans; ``span`` is the whole sentence or item."""

    provision: Provision
    term: str
    meaning: str
    says: str  # the words between them: ，是指
    span: Span
    path: ProvisionPath


MOST_TERM, LEAST_MEANING, MOST_MEANING = 14, 10, 110
_DEFINED = re.compile(
    r"(?:^|(?<=[。\n]))\s*(?:[（(][一二三四五六七八九十]+[）)]\s*)?(?:本(?:法典?|条例|办法|规定)(?:所称|所指|中的?))?(?:的)?"
    r"[“\"]?(?P<term>[一-龥、]{2,14})[”\"]?(?P<says>，?(?:是指|系指)|，指(?![导定引派示挥使控令]))(?P<meaning>[^。；\n]+)[。；]"
)
_NO_TERM = re.compile(r"所称|规定|的是|期间|包括|日$|其中|以上|以下|不满|是$")


def read_definitions(provision: Provision) -> Iterator[Definition]:
    """The definitions of an article that can be understood by themselves."""
    text = provision.text
    if "指" not in text:
        return
    for match in _DEFINED.finditer(text):
        term, meaning = match["term"], match["meaning"].strip("，")
        start, end = match.start() + len(match[0]) - len(match[0].lstrip()), match.end()
        if _NO_TERM.search(term) or not LEAST_MEANING <= len(meaning) <= MOST_MEANING:
            continue
        if not stands_alone(meaning) or term in meaning or re.search(r"^以下|^其|本法|依照《", meaning):
            continue
        if meaning.count("、") > 7 or meaning.endswith("等"):
            continue
        yield Definition(provision, term, meaning, match["says"], (start, end), path_at(provision, start))
