"""Is there enough to answer on (依据是否充分)? One number per question and one threshold, both fitted.

The number is a logistic estimate that the best provision found supports an answer, from how well its words, its
statute terms and its meaning agree with the question. The threshold was set on the ``tune`` half of the answerable and
unanswerable questions of ``evals/data`` and confirmed on the other half (``eassistant eval refusal``).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from tomllib import loads

from assistant.answer.focus import words_of
from assistant.retrieval.retriever import RankedProvision
from assistant.scope import names_a_place, outside
from assistant.understanding import UnderstoodQuestion

SIGNALS = (
    "score",
    "margin",
    "semantic",
    "lexical_per_word",
    "expanded",
    "covered",
    "intent",
    "law_named",
    "outside",
    "place",
)


WITH_MEANING, WORDS_ONLY = "with_meaning", "words_only"
"""Two estimates: while the passages are still being encoded, a question has to be judged by its words alone."""


@cache
def _fitted(estimate: str) -> dict[str, float]:
    tables = loads((files(__package__) / "evidence.toml").read_text(encoding="utf-8"))
    return {name: float(value) for name, value in tables[estimate].items()}


def _estimate_for(ranked: Sequence[RankedProvision]) -> dict[str, float]:
    meaning = any(r.scored.candidate.semantic is not None for r in ranked)
    return _fitted(WITH_MEANING if meaning else WORDS_ONLY)


def signals(question: UnderstoodQuestion, ranked: Sequence[RankedProvision]) -> dict[str, float]:
    """The signals behind the estimate, by name; ``ranked`` is best first and not empty."""
    best = ranked[0]
    candidate = best.scored.candidate
    words = words_of(question.matter)
    top = ranked[:20]
    semantic = [r.scored.candidate.semantic for r in top if r.scored.candidate.semantic is not None]
    lexical = [r.scored.candidate.lexical for r in top if r.scored.candidate.lexical is not None]
    return {
        "score": best.score,
        "margin": best.score - ranked[min(9, len(ranked) - 1)].score,
        "semantic": max(semantic, default=0.0),
        "lexical_per_word": max(lexical, default=0.0) / max(len(words), 4),
        "expanded": math.log1p(candidate.expanded or 0.0),
        "covered": sum(1 for w in words if w in best.scored.provision.text) / max(len(words), 1),
        "intent": float(bool(question.intents)),
        "law_named": float(bool(question.named_documents)),
        "outside": float(min(len(outside(question.text)), 2)),
        "place": float(names_a_place(question.text) and not question.place.has_rules),
    }


def confidence(question: UnderstoodQuestion, ranked: Sequence[RankedProvision]) -> float:
    """Estimated probability, 0 to 1, that what was found supports an answer."""
    if not ranked:
        return 0.0
    fitted = _estimate_for(ranked)
    total = fitted["intercept"] + sum(fitted[name] * value for name, value in signals(question, ranked).items())
    return 1 / (1 + math.exp(-total))


def is_enough(question: UnderstoodQuestion, ranked: Sequence[RankedProvision]) -> bool:
    """Whether an answer may be given on what was found (有依据), or the question must be refused."""
    return bool(ranked) and confidence(question, ranked) >= _estimate_for(ranked)["threshold"]
