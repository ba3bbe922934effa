"""Provisions that a search has brought up (候选条文), before they are ranked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from corpus.index import Hit


@dataclass(frozen=True, slots=True)
class Candidate:
    """A provision found, with its best passage and the best score of each search that found it (None: not found).

    ``lexical`` is the score of the question's own words, ``expanded`` that of the statute words added by the lexicon,
    ``semantic`` the cosine of meaning.
    """

    provision_id: str
    version_id: str
    document_id: str
    passage_id: str
    lexical: float | None = None
    expanded: float | None = None
    semantic: float | None = None


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
    return [
        Candidate(
            provision_id=key,
            version_id=first[key].version_id,
            document_id=first[key].document_id,
            passage_id=passage[key],
            lexical=mine.get("lexical"),
            expanded=mine.get("expanded"),
            semantic=mine.get("semantic"),
        )
        for key, mine in scores.items()
    ]
