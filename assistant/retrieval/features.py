"""What speaks for a candidate (排序特征): numbers between 0 and about 1, each with one meaning.

Pure: a question, a candidate and its text in, a vector out. ``FEATURES`` names the columns in order; the weights that
go with them are fitted on our own questions (``evals/fit_ranking.py``) and kept in ``weights.toml``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

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


@dataclass(frozen=True, slots=True)
class Scored:
    """A candidate beside what the store knows of it."""

    candidate: Candidate
    provision: Provision
    document: Document


def features(
    question: UnderstoodQuestion, scored: Sequence[Scored], referenced_by: Mapping[str, Sequence[str]]
) -> list[list[float]]:
    """One row per candidate, columns as in ``FEATURES``.

    ``referenced_by`` maps a provision id to the ids of the provisions that it punishes or relies on, so that a
    penalty article is supported by a duty article (违反本法第…条) that the question found as well.
    """
    lexical = _scaled([s.candidate.lexical for s in scored])
    expanded = _scaled([s.candidate.expanded for s in scored])
    semantic = _scaled([s.candidate.semantic for s in scored])
    found = {s.provision.id: (lexical[i] + expanded[i] + semantic[i]) / 3 for i, s in enumerate(scored)}
    words = words_of(question.text, (term for e in question.expansions for term in e.statute))
    covered = coverage(words, [s.provision.text for s in scored])
    wanted = question.intents
    named = question.named_documents
    near = _nearness([s.candidate.semantic for s in scored])
    rows = []
    for i, s in enumerate(scored):
        text = s.provision.text
        told = _told(text)
        general = s.document.title in _GENERAL_LAWS
        support = [found[ref] for ref in referenced_by.get(s.provision.id, ()) if ref in found]
        rows.append(
            [
                lexical[i],
                expanded[i],
                semantic[i],
                float(lexical[i] >= 0.999),
                float(expanded[i] >= 0.999),
                float(semantic[i] >= 0.999),
                covered[i],
                float(told.sanction and Intent.SANCTION in wanted),
                float(told.sanction and Intent.SANCTION not in wanted),
                float(told.leniency and Intent.LENIENCY in wanted),
                float(general and Intent.PROCEDURE in wanted),
                float(general and Intent.LENIENCY in wanted),
                float(s.document.id in named),
                float(bool(named) and s.document.id not in named),
                max(support, default=0.0),
                float(told.criminal),
                float(told.officials),
                float(s.document.kind is not DocumentKind.STATUTE),
                float(s.document.region != NATION),
                float(s.document.region != NATION and question.place.named),
                float(s.document.region == question.place.region),
                near(s.candidate.told),
                near(s.candidate.asked),
                float(s.document.level is EffectLevel.LAW),
                float(s.document.level is EffectLevel.JUDICIAL_INTERPRETATION),
                0.0 if wanted else consulted(s.document.title),
                consulted(s.document.title) if wanted else 0.0,
                0.0 if wanted else consulted_article(text),
                consulted_article(text) if wanted else 0.0,
            ]
        )
    return rows


@dataclass(frozen=True, slots=True)
class _Told:
    """What the words of a text alone tell: the same for every question."""

    sanction: bool
    leniency: bool
    criminal: bool
    officials: bool


@lru_cache(maxsize=40_000)
def _told(text: str) -> _Told:
    criminal = bool(_CRIMINAL.search(text))
    return _Told(
        sanction=imposes_sanction(text) and not criminal,
        leniency=bool(_LENIENCY.search(text)),
        criminal=criminal,
        officials=bool(_OFFICIALS.search(text)),
    )


def _nearness(cosines: Sequence[float | None]) -> Callable[[float | None], float]:
    """How near a cosine comes to the best of them: 1 for the best, 0 for one lower by ``_FAR`` or not found."""
    best = max((c for c in cosines if c is not None), default=0.0)
    return lambda cosine: 0.0 if cosine is None else max(0.0, 1 - (best - cosine) / _FAR)


def _scaled(scores: Sequence[float | None]) -> list[float]:
    """Scores of one search between 0 (the weakest found, or not found) and 1 (the best found)."""
    present = [x for x in scores if x is not None]
    if not present:
        return [0.0] * len(scores)
    low, high = min(present), max(present)
    spread = high - low or 1.0
    return [0.0 if x is None else 0.05 + 0.95 * (x - low) / spread for x in scores]
