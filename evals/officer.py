"""Officers' questions (执法人员问答): each is searched and asked through the public contract, then judged.

``run`` talks to an ``Assistant`` (in this process or a running server); ``judge`` and ``summarise`` are pure.
"""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any, Protocol

from assistant.contract import AnswerCitation, AskRequest, AskResponse, Assistant, SearchRequest, SearchResult
from corpus.errors import EAssistantError
from corpus.regions import find_regions, lineage
from corpus.vocabulary import NATION, Provision, State
from evals.answers import AnswerFigures, AnswersSummary, answer_figures, summarise_answers
from evals.metrics import mean, percentile, recall_at, reciprocal_rank
from evals.questions import ArticleKey, Kind, Question, article_key
from evals.quotes import points_found, quote_faults

DEPTH = 10
"""Articles asked of each search; MRR counts within them."""

AS_OF_DEPTH = 5
"""Where the articles of an as-of question must stand to count as served."""

_IN_FORCE = (State.IN_FORCE, State.AMENDED)


class Provisions(Protocol):
    """The stored law texts that quotations are checked against; ``corpus.store.CorpusStore`` is one."""

    def provision(self, provision_id: str) -> Provision | None: ...

    def provisions(self, version_id: str) -> list[Provision]: ...


@dataclass(frozen=True, slots=True)
class Judged:
    """What happened to one question. None: does not apply to it, and is left out of the means."""

    id: str
    kind: Kind
    source: str | None
    region: str | None  # the region searched in
    field: str
    question: str
    as_of: dt.date
    required: tuple[str, ...]
    found: tuple[str, ...]  # articles served by search, best first
    cited: tuple[str, ...]  # articles the answer cites
    recall_1: float | None
    recall_5: float | None
    recall_10: float | None
    reciprocal_rank: float | None
    cited_recall: float | None
    as_of_correct: bool | None
    not_in_force: tuple[str, ...]  # served by search although not in force on the day
    foreign: tuple[str, ...]  # served by search although the rule of another place
    refused: bool
    points: tuple[bool, ...]
    quotes: int
    quote_faults: tuple[str, ...]
    search_ms: float
    ask_ms: float
    dense: bool  # whether semantic retrieval took part in the search
    answer: AnswerFigures
    error: str | None = None

    def to_json(self) -> dict[str, Any]:
        return {**asdict(self), "as_of": self.as_of.isoformat(), "answer": self.answer.to_json()}


@dataclass(frozen=True, slots=True)
class Exchange:
    """The replies to one question, with the time each took in milliseconds as the caller saw it."""

    results: Sequence[SearchResult]
    answer: AskResponse
    search_ms: float
    ask_ms: float
    dense: bool


def run(
    questions: Iterable[Question],
    assistant: Assistant,
    provisions: Provisions,
    *,
    today: dt.date,
    progress: Callable[[int], None] | None = None,
) -> list[Judged]:
    """Search and ask every question; an error of the assistant counts as finding nothing and is kept with it."""
    checker = QuoteChecker(provisions)
    judged = []
    for done, question in enumerate(questions, start=1):
        day = question.as_of or today
        try:
            exchange = _exchange(assistant, question, day)
        except EAssistantError as error:
            judged.append(_failed(question, day, str(error)))
        else:
            served_texts = checker.texts(r.provision_id for r in exchange.results)
            cited = {c.provision_id for c in exchange.answer.citations}
            stored = dict(zip(cited, checker.texts(cited), strict=True))
            faults = checker.faults(exchange.answer.citations)
            judged.append(judge(question, day, exchange, served_texts, faults, stored))
        if progress is not None:
            progress(done)
    return judged


def _exchange(assistant: Assistant, question: Question, day: dt.date) -> Exchange:
    start = time.perf_counter()
    found = assistant.search(
        SearchRequest(question=question.question, as_of=day, region=question.asked_in, top_k=DEPTH)
    )
    middle = time.perf_counter()
    answer = assistant.ask(AskRequest(question=question.question, as_of=day, region=question.asked_in))
    end = time.perf_counter()
    return Exchange(found.results, answer, (middle - start) * 1000, (end - middle) * 1000, found.dense_ready)


def judge(
    question: Question,
    day: dt.date,
    exchange: Exchange,
    served_texts: Sequence[str],
    faults: Sequence[str],
    stored: Mapping[str, str],
) -> Judged:
    """Score one exchange. ``served_texts`` are the full articles behind the search results, in their order; ``stored``
    those behind the citations, by provision id."""
    ranked: list[ArticleKey] = list(dict.fromkeys(article_key(r.law, r.article) for r in exchange.results))
    cited = list(dict.fromkeys(article_key(c.law, c.article) for c in exchange.answer.citations))
    required = question.required
    figures = answer_figures(question, exchange.answer, stored)
    return Judged(
        id=question.id,
        kind=question.kind,
        source=question.source,
        region=question.asked_in,
        field=question.field,
        question=question.question,
        as_of=day,
        required=_names(sorted(required)),
        found=_names(ranked),
        cited=_names(cited),
        recall_1=recall_at(ranked, required, 1),
        recall_5=recall_at(ranked, required, 5),
        recall_10=recall_at(ranked, required, 10),
        reciprocal_rank=reciprocal_rank(ranked, required),
        cited_recall=figures.cited_recall,
        as_of_correct=_as_of_correct(question, day, exchange.results, served_texts),
        not_in_force=tuple(r.citation for r in exchange.results if not in_force_on(r, day)),
        foreign=tuple(r.citation for r in exchange.results if r.region not in regions_of(question)),
        refused=exchange.answer.refused,
        points=figures.points,
        quotes=len(exchange.answer.citations),
        quote_faults=tuple(faults),
        search_ms=exchange.search_ms,
        ask_ms=exchange.ask_ms,
        dense=exchange.dense,
        answer=figures,
    )


def regions_of(question: Question) -> frozenset[str]:
    """Regions whose rules may be served: the nation's, and those of the place asked in or named, with all above it."""
    places = [question.asked_in] if question.asked_in else [m.region for m in find_regions(question.question)]
    return frozenset({NATION}).union(*(lineage(place) for place in places if place))


def in_force_on(result: SearchResult | AnswerCitation, day: dt.date) -> bool:
    """Whether what was served says itself to be in force on ``day``: by its state, and by its dates where known."""
    if result.status not in _IN_FORCE:
        return False
    if result.effective_from is not None and result.effective_from > day:
        return False
    until = result.effective_until if isinstance(result, SearchResult) else None
    return until is None or until > day


def _as_of_correct(
    question: Question, day: dt.date, results: Sequence[SearchResult], served_texts: Sequence[str]
) -> bool | None:
    """Whether every required article is served early, as in force on the day, in the words of that day.

    Only for questions about a day. The words are proved by the answer points, where the question has any.
    """
    if (question.as_of is None and question.kind is not Kind.TEMPORAL) or not question.required:
        return None
    served = {
        article_key(r.law, r.article): text
        for r, text in zip(results[:AS_OF_DEPTH], served_texts[:AS_OF_DEPTH], strict=True)
        if in_force_on(r, day)
    }
    if not question.required <= served.keys():
        return False
    words = "\n".join(text for key, text in served.items() if key in question.welcome)
    return all(points_found(question.answer_points, words))


def _failed(question: Question, day: dt.date, error: str) -> Judged:
    """The record of a question that the assistant could not take: nothing found, nothing answered."""
    nothing = Exchange((), AskResponse(question=question.question, as_of=day, refused=True, answer=""), 0.0, 0.0, False)
    return replace(judge(question, day, nothing, (), (), {}), error=error)


def _names(keys: Iterable[ArticleKey]) -> tuple[str, ...]:
    return tuple(f"{law}{article}" for law, article in keys)


class QuoteChecker:
    """Checks quotations against the store; texts of a version are read once."""

    def __init__(self, provisions: Provisions) -> None:
        self._provisions = provisions
        self._versions: dict[str, dict[str, str]] = {}

    def texts(self, provision_ids: Iterable[str]) -> list[str]:
        """The stored articles; empty where the id is unknown."""
        found = (self._provisions.provision(i) for i in provision_ids)
        return [p.text if p else "" for p in found]

    def faults(self, citations: Iterable[AnswerCitation]) -> list[str]:
        """One line per fault: ``《…》第…条: not_verbatim``."""
        lines = []
        for citation in citations:
            provision = self._provisions.provision(citation.provision_id)
            if provision is None:
                lines.append(f"{citation.citation}: unknown_provision")
                continue
            others = (t for i, t in self._version(provision.version_id).items() if i != provision.id)
            lines += [f"{citation.citation}: {f.value}" for f in quote_faults(citation.quote, provision.text, others)]
            if citation.text != provision.text:
                lines.append(f"{citation.citation}: full_text_differs")
        return lines

    def _version(self, version_id: str) -> dict[str, str]:
        if version_id not in self._versions:
            self._versions[version_id] = {p.id: p.text for p in self._provisions.provisions(version_id)}
        return self._versions[version_id]


@dataclass(frozen=True, slots=True)
class Retrieval:
    """Search scores of a group of questions; ``scored`` of them had required articles."""

    scored: int
    recall_1: float | None
    recall_5: float | None
    recall_10: float | None
    mrr: float | None


@dataclass(frozen=True, slots=True)
class Summary:
    """The figures of a run, each mean over the questions it applies to."""

    questions: int
    overall: Retrieval
    by_kind: dict[str, Retrieval]
    by_source: dict[str, Retrieval]
    refused_unanswerable: float | None
    unanswerable: int
    false_refusals: float | None
    answerable: int
    cited_recall: float | None
    points_hit: float | None
    points: int
    as_of_correct: float | None
    as_of_questions: int
    results_not_in_force: int
    results_of_other_places: int
    quotes: int
    faulty_quotes: int
    quotes_verbatim: float | None
    search_p50_ms: float | None
    search_p95_ms: float | None
    ask_p50_ms: float | None
    ask_p95_ms: float | None
    searches_with_dense: int
    errors: int
    answers: AnswersSummary

    def to_json(self) -> dict[str, Any]:
        return asdict(self)


def summarise(judged: Sequence[Judged]) -> Summary:
    """Figures over all questions, macro means over questions; timings leave out questions that failed."""
    unanswerable = [j for j in judged if j.kind is Kind.UNANSWERABLE]
    answerable = [j for j in judged if j.kind is not Kind.UNANSWERABLE]
    answered = [j for j in judged if j.error is None]
    points = [hit for j in judged for hit in j.points]
    quotes = sum(j.quotes for j in judged)
    faulty = sum(len({line.rpartition(": ")[0] for line in j.quote_faults}) for j in judged)
    kinds = [kind for kind in Kind if any(j.kind is kind and j.recall_1 is not None for j in judged)]
    sources = sorted({j.source for j in judged if j.source and j.recall_1 is not None})
    return Summary(
        questions=len(judged),
        overall=_retrieval(judged),
        by_kind={kind.value: _retrieval([j for j in judged if j.kind is kind]) for kind in kinds},
        by_source={s: _retrieval([j for j in judged if j.source == s]) for s in sources},
        refused_unanswerable=mean(j.refused for j in unanswerable),
        unanswerable=len(unanswerable),
        false_refusals=mean(j.refused for j in answerable),
        answerable=len(answerable),
        cited_recall=mean(j.cited_recall for j in judged),
        points_hit=mean(points),
        points=len(points),
        as_of_correct=mean(j.as_of_correct for j in judged),
        as_of_questions=sum(j.as_of_correct is not None for j in judged),
        results_not_in_force=sum(len(j.not_in_force) for j in judged),
        results_of_other_places=sum(len(j.foreign) for j in judged),
        quotes=quotes,
        faulty_quotes=faulty,
        quotes_verbatim=1 - faulty / quotes if quotes else None,
        search_p50_ms=percentile([j.search_ms for j in answered], 50),
        search_p95_ms=percentile([j.search_ms for j in answered], 95),
        ask_p50_ms=percentile([j.ask_ms for j in answered], 50),
        ask_p95_ms=percentile([j.ask_ms for j in answered], 95),
        searches_with_dense=sum(j.dense for j in judged),
        errors=sum(j.error is not None for j in judged),
        answers=summarise_answers([j.answer for j in judged]),
    )


def _retrieval(judged: Sequence[Judged]) -> Retrieval:
    return Retrieval(
        scored=sum(j.recall_1 is not None for j in judged),
        recall_1=mean(j.recall_1 for j in judged),
        recall_5=mean(j.recall_5 for j in judged),
        recall_10=mean(j.recall_10 for j in judged),
        mrr=mean(j.reciprocal_rank for j in judged),
    )
