"""Provisions that a search has brought up (候选条文), before they are ranked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from corpus.index import Hit
from corpus.vocabulary import SPOKEN_MARK

REFERRING_DEPTH = 8
"""How many of the best of each search bring along the articles that name them."""


@dataclass(frozen=True, slots=True)
class Candidate:
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
    scores: dict[str, dict[str, float]] = {}
    first: dict[str, Hit] = {}
    passage: dict[str, str] = {}
    for name, hits in searches.items():
        for hit in hits:
            mine = scores.setdefault(hit.provision_id, {})
            first.setdefault(hit.provision_id, hit)
            if hit.score > mine.get(name, float("-inf")):
                if name not in mine:
                    passage[hit.provision_id] = hit.passage_id
                mine[name] = hit.score
            if name == "semantic":
                part = "asked" if SPOKEN_MARK in hit.passage_id else "told"
                mine[part] = max(hit.score, mine.get(part, float("-inf")))
    return [
        Candidate(
            provision_id=key,
            version_id=first[key].version_id,
            document_id=first[key].document_id,
            passage_id=passage[key],
            lexical=mine.get("lexical"),
            expanded=mine.get("expanded"),
            semantic=mine.get("semantic"),
            told=mine.get("told"),
            asked=mine.get("asked"),
        )
        for key, mine in scores.items()
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
        found = [c for c in candidates if getattr(c, name) is not None]
        found.sort(key=lambda c: -getattr(c, name))
        best |= {c.provision_id: c for c in found[:REFERRING_DEPTH]}
    added: dict[str, Candidate] = {}
    for candidate in best.values():
        for provision_id in named_by.get(candidate.provision_id, ()):
            if provision_id not in held:
                added.setdefault(
                    provision_id,
                    Candidate(provision_id, candidate.version_id, candidate.document_id, f"{provision_id}@1"),
                )
    return [*candidates, *added.values()]
