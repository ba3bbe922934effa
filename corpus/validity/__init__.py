"""Validity in time (时间效力): which text of a law applied on which day, and how we know.

Pure functions: texts in, dated facts with their proof out. Nothing here reads a file or a clock.
"""

from corpus.validity.amendments import read_amendment_targets
from corpus.validity.commencement import read_commencement
from corpus.validity.conflicts import BASIS_ZH
from corpus.validity.derivation import derive_validities
from corpus.validity.facts import (
    AmendedArticle,
    AmendmentTarget,
    Derivation,
    RepealClause,
    Standing,
    VersionFacts,
)
from corpus.validity.repeals import read_repeals
from corpus.validity.standing import ended_on_unknown_day, serving_span, state_of_article, state_of_document

__all__ = [
    "BASIS_ZH",
    "AmendedArticle",
    "AmendmentTarget",
    "Derivation",
    "RepealClause",
    "Standing",
    "VersionFacts",
    "derive_validities",
    "ended_on_unknown_day",
    "read_amendment_targets",
    "read_commencement",
    "read_repeals",
    "serving_span",
    "state_of_article",
    "state_of_document",
]
