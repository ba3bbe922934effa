"""What speaks for a candidate (排序特征): numbers between 0 and about 1, each with one meaning.

Pure: a question, a candidate and its text in, a vector out. ``FEATURES`` names the columns in order; the weights that
go with them are fitted on our own questions (``evals/fit_ranking.py``) and kept in ``weights.toml``. Hundreds of
candidates are compared at once, column by column; what a text or a document tells by itself is read once.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from assistant.answer.focus import words_of
from assistant.answer.sanctions import imposes_sanction
from assistant.retrieval.candidates import Candidate
from assistant.retrieval.consultations import consulted, consulted_article
from assistant.retrieval.coverage import coverage
from assistant.understanding import Intent, UnderstoodQuestion
from corpus.vocabulary import NATION, Document, DocumentKind, EffectLevel, Provision

_LENIENCY = re.compile(r"从轻|减轻|免除|免予|不予(?:行政)?处罚|不予行政处罚|不再给予|从重")
_CRIMINAL = re.compile(r"有期徒刑|拘役|罚金|无期徒刑")
_OFFICIALS = re.compile(r"工作人员.{0,40}(?:处分|玩忽职守|滥用职权)")
_GENERAL_LAWS = frozenset(
    "中华人民共和国" + name for name in ("行政处罚法", "行政强制法", "行政许可法", "行政复议法", "行政诉讼法")
)

_FAR = 0.3
"""Difference of two cosines from which on the lower one says nothing."""

FEATURES = (
    "lexical",
    "expanded",
    "semantic",
    "lexical_top",
    "expanded_top",
    "semantic_top",
    "covered",
    "sanction_wanted",
    "sanction_unwanted",
    "leniency_wanted",
    "procedure_general",
    "leniency_general",
    "law_named",
    "other_law_named",
    "supported",
    "criminal",
    "about_officials",
    "not_statute",
    "local",
    "local_named",
    "own_region",
    "told",
    "asked",
    "law",
    "interpretation",
    "consulted",
    "consulted_intent",
    "consulted_article",
    "consulted_article_intent",
)


TEXTS_REMEMBERED = 250_000
"""Texts of which is remembered what they tell; each was read for some search and is held by the store as well."""

Numbers = npt.NDArray[np.float64]


class Scored(NamedTuple):
    """A candidate beside what the store knows of it."""

    candidate: Candidate
    provision: Provision
    document: Document


def features(
    question: UnderstoodQuestion, scored: Sequence[Scored], referenced_by: Mapping[str, Sequence[str]]
) -> list[list[float]]:
    """One row per candidate, columns as in ``FEATURES``; ``referenced_by`` as in ``feature_columns``."""
    rows: list[list[float]] = feature_columns(question, scored, referenced_by).T.tolist()
    return rows


def feature_columns(
    question: UnderstoodQuestion, scored: Sequence[Scored], referenced_by: Mapping[str, Sequence[str]]
) -> Numbers:
    """One row per feature in the order of ``FEATURES``, one column per candidate.

    ``referenced_by`` maps a provision id to the ids of the provisions that it punishes or relies on, so that a
    penalty article is supported by a duty article (违反本法第…条) that the question found as well.
    """
    if not scored:
        return np.zeros((len(FEATURES), 0))
    lexical = _scaled([s.candidate.lexical for s in scored])
    expanded = _scaled([s.candidate.expanded for s in scored])
    semantic = _scaled([s.candidate.semantic for s in scored])
    texts = [s.provision.text for s in scored]
    words = words_of(question.matter, (term for e in question.expansions for term in e.statute))
    wanted = question.intents
    sanction, leniency, criminal, officials = np.array([_told(text) for text in texts], dtype=np.float64).T
    article = np.array([consulted_article(s.document.title, s.provision.text) for s in scored])
    general, statute, local, law, interpretation, title = _by_document(scored, _of_document)
    named = question.named_documents
    is_named, own = _by_document(
        scored, lambda document: (document.id in named, document.region == question.place.region)
    )
    none = np.zeros(len(scored))
    best = max((s.candidate.semantic for s in scored if s.candidate.semantic is not None), default=0.0)
    return np.array(
        [
            lexical,
            expanded,
            semantic,
            lexical >= 0.999,
            expanded >= 0.999,
            semantic >= 0.999,
            coverage(words, texts),
            sanction if Intent.SANCTION in wanted else none,
            sanction if Intent.SANCTION not in wanted else none,
            leniency if Intent.LENIENCY in wanted else none,
            general if Intent.PROCEDURE in wanted else none,
            general if Intent.LENIENCY in wanted else none,
            is_named,
            1 - is_named if named else none,
            _support(scored, (lexical + expanded + semantic) / 3, referenced_by),
            criminal,
            officials,
            1 - statute,
            local,
            local if question.place.named else none,
            own,
            _nearness([s.candidate.told for s in scored], best),
            _nearness([s.candidate.asked for s in scored], best),
            law,
            interpretation,
            none if wanted else title,
            title if wanted else none,
            none if wanted else article,
            article if wanted else none,
        ],
        dtype=np.float64,
    )


class _Told(NamedTuple):
    """What the words of a text alone tell: the same for every question."""

    sanction: bool
    leniency: bool
    criminal: bool
    officials: bool


@lru_cache(maxsize=TEXTS_REMEMBERED)
def _told(text: str) -> _Told:
    criminal = bool(_CRIMINAL.search(text))
    told = _Told(
        sanction=imposes_sanction(text) and not criminal,
        leniency=bool(_LENIENCY.search(text)),
        criminal=criminal,
        officials=bool(_OFFICIALS.search(text)),
    )
    return _TOLD.setdefault(told, told)


_TOLD: dict[_Told, _Told] = {}  # a few dozen kinds of texts


def _of_document(document: Document) -> tuple[float, ...]:
    """What a document tells of all its provisions."""
    return (
        document.title in _GENERAL_LAWS,
        document.kind is DocumentKind.STATUTE,
        document.region != NATION,
        document.level is EffectLevel.LAW,
        document.level is EffectLevel.JUDICIAL_INTERPRETATION,
        consulted(document.title),
    )


def _by_document(scored: Sequence[Scored], told: Callable[[Document], Sequence[float]]) -> Numbers:
    """One row for each thing told of a document, one column per candidate; each document is asked once."""
    place: dict[str, int] = {}
    rows: list[Sequence[float]] = []
    at = []
    for s in scored:
        document = s.document
        known = place.get(document.id)
        if known is None:
            known = place[document.id] = len(rows)
            rows.append(told(document))
        at.append(known)
    table = np.array(rows, dtype=np.float64)
    return table[at].T


def _support(scored: Sequence[Scored], found: Numbers, referenced_by: Mapping[str, Sequence[str]]) -> list[float]:
    """How well the best of the provisions that each one refers to was found itself."""
    by_id = dict(zip([s.provision.id for s in scored], found.tolist(), strict=True))
    named = (referenced_by.get(s.provision.id, ()) for s in scored)
    return [max((by_id[ref] for ref in refs if ref in by_id), default=0.0) if refs else 0.0 for refs in named]


def _nearness(cosines: Sequence[float | None], best: float) -> Numbers:
    """How near each cosine comes to the best of all: 1 for the best, 0 for one lower by ``_FAR`` or not found."""
    near = np.maximum(0.0, 1 - (best - _numbers(cosines)) / _FAR)
    return np.where(np.isnan(near), 0.0, near)


def _scaled(scores: Sequence[float | None]) -> Numbers:
    """Scores of one search between 0 (the weakest found, or not found) and 1 (the best found)."""
    found = _numbers(scores)
    absent = np.isnan(found)
    if absent.all():
        return np.zeros(len(scores))
    low, high = np.nanmin(found), np.nanmax(found)
    return np.where(absent, 0.0, 0.05 + 0.95 * (found - low) / (high - low or 1.0))


def _numbers(scores: Sequence[float | None]) -> Numbers:
    """Scores with NaN where a search did not find the candidate."""
    return np.array(scores, dtype=np.float64)
