"""Provisions that a search has brought up (候选条文), before they are ranked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from heapq import nsmallest
from operator import attrgetter, itemgetter
from typing import NamedTuple

from corpus.index import Hit
from corpus.vocabulary import SPOKEN_MARK

REFERRING_DEPTH = 8
"""How many of the best of each search bring along the articles that name them."""


class Candidate(NamedTuple):
    """A provision found, with its best passage and the best score of each search that found it (None: not found).

    ``lexical`` is the score of the question's own words, ``expanded`` that of the statute words added by the lexicon,
    ``semantic`` the cosine of meaning: the better of ``told``, that of the provision's own words, and ``asked``,
    that of a spoken question about it.
    """

    provision_id: str
    version_id: str
    document_id: str
    passage_id: str
    lexical: float | None = None
    expanded: float | None = None
    semantic: float | None = None
    told: float | None = None
    asked: float | None = None


def gather(searches: Mapping[str, Iterable[Hit]]) -> list[Candidate]:
    """Merge the hits of several searches into one candidate per provision, in order of first appearance.

    The keys of ``searches`` are the score fields of ``Candidate``. The passage kept is the one that the most telling
    search (the last key) ranks first.
    """
    first: dict[str, Hit] = {}
    passage: dict[str, str] = {}
    best: dict[str, dict[str, float]] = {name: {} for name in (*searches, "told", "asked")}
    told, asked = best["told"], best["asked"]
    for name, hits in searches.items():
        scores = best[name]
        by_meaning = name == "semantic"
        for hit in hits:
            passage_id, key, _, _, score = hit
            if key not in scores:
                passage[key] = passage_id
                first.setdefault(key, hit)
                scores[key] = score
            elif score > scores[key]:
                scores[key] = score
            if by_meaning:
                part = asked if SPOKEN_MARK in passage_id else told
                if key not in part or score > part[key]:
                    part[key] = score
    fields = (best.get(name, {}) for name in ("lexical", "expanded", "semantic", "told", "asked"))
    lexical, expanded, semantic, by_words, by_questions = (scores.get for scores in fields)
    return [
        Candidate(
            key,
            version,
            document,
            passage[key],
            lexical(key),
            expanded(key),
            semantic(key),
            by_words(key),
            by_questions(key),
        )
        for key, (_, _, version, document, _) in first.items()
    ]


def referring(references: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    """Turn cross-references round: provision id → ids of the articles of the same text that name it, in order."""
    named_by: dict[str, list[str]] = defaultdict(list)
    for origin in sorted(references):
        for target in references[origin]:
            named_by[target].append(origin)
    return dict(named_by)


def with_referring(candidates: Sequence[Candidate], named_by: Mapping[str, Sequence[str]]) -> list[Candidate]:
    """The candidates, and after them the articles that name the best of each search.

    A penalty clause often says only 违反本条例第三十三条第三项规定的: none of the question's words stand in it, while
    the duty that it sanctions is found. Such an article comes from the same text, so every filter that let the duty
    through holds for it too; it has no score of its own.
    """
    held = {c.provision_id for c in candidates}
    best: dict[str, Candidate] = {}
    for name in ("lexical", "expanded", "semantic"):
        score = attrgetter(name)
        scored = [(-found, c) for c in candidates if (found := score(c)) is not None]
        best |= {c.provision_id: c for _, c in nsmallest(REFERRING_DEPTH, scored, key=itemgetter(0))}
    added: dict[str, Candidate] = {}
    for candidate in best.values():
        for provision_id in named_by.get(candidate.provision_id, ()):
            if provision_id not in held:
                added.setdefault(
                    provision_id,
                    Candidate(provision_id, candidate.version_id, candidate.document_id, f"{provision_id}@1"),
                )
    return [*candidates, *added.values()]
