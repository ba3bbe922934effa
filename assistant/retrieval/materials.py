"""Cases and practice material near to a question (参考材料检索): a search of its own, beside that for law.

What the ranking of law has learnt (sanctions, leniency, rank) says nothing about cases, tables and guidance, so they
are judged by nearness alone: in meaning, in words, and in the statute words of the lexicon. The measure is absolute,
so that nothing is shown where nothing is near.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from assistant.answer.focus import words_of
from assistant.retrieval.candidates import Candidate, gather
from assistant.retrieval.coverage import coverage
from assistant.retrieval.features import Scored
from assistant.retrieval.search import search_meaning, search_terms, search_words
from assistant.understanding import UnderstoodQuestion
from corpus.encoders.base import DenseEncoder, SparseEncoder
from corpus.index import Searchable, SearchFilter
from corpus.vocabulary import Shelf

FAR, NEAR = 0.80, 0.92
"""Cosines of the encoder in use between texts that have nothing in common, and between texts on one matter."""
ENOUGH = 0.57
"""From this nearness on, material is shown beside an answer without being asked for.

Over 30 officers' questions on other matters the nearest of the sample documents reached 0.55; material on the matter
asked about lay from 0.60 up.
"""
ENOUGH_BY_WORDS = 0.5
"""The same while the passages are still being encoded."""

_MEANING, _WORDS, _STATUTE = 0.6, 0.3, 0.1


@dataclass(frozen=True, slots=True)
class NearMaterial:
    """A section, row or paragraph found (命中材料), with its nearness between 0 and 1."""

    scored: Scored
    nearness: float
    enough: bool


def find_materials(
    question: UnderstoodQuestion,
    where: SearchFilter,
    index: Searchable,
    sparse: SparseEncoder,
    dense: DenseEncoder | None,
    look_up: Callable[[Sequence[Candidate]], dict[str, Scored]],
) -> list[NearMaterial]:
    """Material that the filter lets through, nearest first; of a case only its nearest section."""
    terms = [term for e in question.expansions for term in e.statute]
    candidates = gather(
        {
            "lexical": search_words(index, sparse, question.matter, where),
            "expanded": search_terms(index, sparse, terms, where),
            "semantic": search_meaning(index, dense, question.matter, where) if dense is not None else [],
        }
    )
    held = look_up(candidates)
    scored = [held[c.provision_id] for c in candidates if c.provision_id in held]
    return one_section_of_a_case(nearest(question, scored, with_meaning=dense is not None))


def nearest(question: UnderstoodQuestion, scored: Sequence[Scored], *, with_meaning: bool) -> list[NearMaterial]:
    """Material by its nearness, nearest first; equal nearness keeps the order of the searches."""
    said = words_of(question.matter)
    meant = words_of("", (term for e in question.expansions for term in e.statute))
    threshold = ENOUGH if with_meaning else ENOUGH_BY_WORDS
    texts = [s.provision.text for s in scored]
    found = []
    for s, words, statute in zip(scored, coverage(said, texts), coverage(meant, texts), strict=True):
        if with_meaning:
            cosine = s.candidate.semantic if s.candidate.semantic is not None else FAR
            meaning = min(max((cosine - FAR) / (NEAR - FAR), 0.0), 1.0)
            near = _MEANING * meaning + _WORDS * words + _STATUTE * statute
        else:
            near = (_WORDS * words + _STATUTE * statute) / (_WORDS + _STATUTE)
        found.append(NearMaterial(s, near, near >= threshold))
    return sorted(found, key=lambda m: -m.nearness)


def one_section_of_a_case(found: Iterable[NearMaterial]) -> list[NearMaterial]:
    """Only the nearest section of each case: five sections of one case are one case, not five."""
    seen: set[str] = set()
    kept = []
    for material in found:
        document = material.scored.document
        if document.kind.shelf is Shelf.CASE:
            if document.id in seen:
                continue
            seen.add(document.id)
        kept.append(material)
    return kept
