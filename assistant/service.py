"""The assistant (执法e助理): search, answers and citations over one store and one index.

This module puts the parts together; what they decide is decided in ``understanding``, ``retrieval``, ``answer`` and
``corpus``. It is safe to share between threads.
"""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.answer.compose import Evidence, Line, Related, compose
from assistant.answer.evidence import is_enough
from assistant.answer.focus import highlight, words_of
from assistant.answer.prose import write_answer
from assistant.answer.related import PENALTY_LAW, related_provisions
from assistant.catalogue import Catalogue
from assistant.citation_check import check_document
from assistant.contract import (
    AnswerCitation,
    AskEvent,
    AskRequest,
    AskResponse,
    CheckResponse,
    CitationEvent,
    CiteRequest,
    CiteResponse,
    DocumentDetail,
    DocumentInfo,
    DoneEvent,
    NotesEvent,
    ProvisionDetail,
    SearchRequest,
    SearchResponse,
    SearchResult,
    Sentence,
    SentenceEvent,
)
from assistant.generator import Writer
from assistant.lexicon import Lexicon
from assistant.reading import Reader
from assistant.retrieval.retriever import RankedProvision, Retriever
from assistant.scope import outside
from assistant.understanding import UnderstoodQuestion, understand
from corpus.citations import Resolution, Resolver, format_citation
from corpus.index import SearchFilter
from corpus.structure import split_article
from corpus.vocabulary import NATION, Citation, Provision, State

MOST_CITED = 3
"""Provisions that a composed answer rests on; more are left to the search."""
CLOSE_ENOUGH = 0.85
"""A further provision is cited when its score is at least this share of the best one's."""
NEAREST = 5
_QUOTABLE = (State.IN_FORCE, State.AMENDED)


@dataclass(frozen=True, slots=True)
class _Looked:
    """A question with the citations it names, resolved, and what the search found."""

    question: UnderstoodQuestion
    resolutions: tuple[Resolution, ...]
    ranked: tuple[RankedProvision, ...]
    notes: tuple[str, ...]


class AssistantService:
    """The service behind every surface; implements ``assistant.contract.Assistant``."""

    def __init__(
        self,
        *,
        catalogue: Catalogue,
        retriever: Retriever,
        resolver: Resolver,
        reader: Reader,
        lexicon: Lexicon,
        today: Callable[[], dt.date],
        words_ready: Callable[[], bool],
        dense_ready: Callable[[], bool],
        writer: Writer | None = None,
    ) -> None:
        """``words_ready`` and ``dense_ready`` say whether every passage is in the index, with its words, its vector."""
        self._catalogue = catalogue
        self._retriever = retriever
        self._resolver = resolver
        self._reader = reader
        self._lexicon = lexicon
        self._today = today
        self._words_ready = words_ready
        self._dense_ready = dense_ready
        self._writer = writer

    # ---- search ------------------------------------------------------------------------------------------------

    def search(self, request: SearchRequest) -> SearchResponse:
        """Find provisions. Articles that the question names come first, then the nearest others."""
        started = time.perf_counter()
        looked = self._look(request.question, request.as_of, request.region, request.law, request.level)
        results = self._results(looked, request.top_k)
        return SearchResponse(
            question=request.question,
            as_of=looked.question.as_of,
            results=results,
            latency_ms=round((time.perf_counter() - started) * 1000, 1),
            dense_ready=self._dense_ready(),
            notes=list(looked.notes),
        )

    def _look(
        self, text: str, as_of: dt.date | None, region: str | None, law: str | None, level: str | None = None
    ) -> _Looked:
        today = self._today()
        question = understand(text, as_of=as_of, today=today, names=self._catalogue.names, lexicon=self._lexicon)
        notes = list(question.notes)
        where = SearchFilter(
            as_of=question.as_of,
            levels=frozenset({level}) if level else None,
            regions=self._regions(region, notes),
            document_ids=self._catalogue.filter_by_law(law) if law else None,
        )
        resolutions = self._named_articles(question, law)
        notes += [r.note for r in resolutions if r.note]
        if any(r.state in _QUOTABLE for r in resolutions):
            notes += [f"{format_citation(r.citation)}：{r.reason}" for r in resolutions if r.state not in _QUOTABLE]
        if not self._words_ready():
            notes.append("索引正在建立，检索结果尚不完整；引用核对和点名条文的查询已可使用。")
        ranked = self._retriever.retrieve(question, where)
        return _Looked(question, resolutions, tuple(ranked), tuple(dict.fromkeys(notes)))

    def _regions(self, region: str | None, notes: list[str]) -> frozenset[str] | None:
        """Regions whose rules apply in ``region``: the nation's and those held for the region itself."""
        if region is None:
            return None
        held = {d.region for d in self._catalogue.documents.values()} - {NATION}
        own = {name for name in held if name.startswith(region) or region.startswith(name)}
        if not own and region != NATION:
            notes.append(f"语料中没有{region}的地方规定，只检索国家规定。")
        return frozenset({NATION} | own)

    def _named_articles(self, question: UnderstoodQuestion, law: str | None) -> tuple[Resolution, ...]:
        """The articles that the question names with their law, resolved on the day asked about."""
        context = None
        if law:
            context = next(iter(self._catalogue.filter_by_law(law)))
        elif len(question.named_documents) == 1:
            context = next(iter(question.named_documents))
        resolutions: list[Resolution] = []
        for found in question.citations:
            if found.title is None and context is None:
                continue
            resolutions += self._resolver.resolve(
                found, as_of=question.as_of, today=self._today(), context_document_id=context
            )
        return tuple(r for r in resolutions if r.citation.article is not None)

    def _results(self, looked: _Looked, limit: int) -> list[SearchResult]:
        words = _words(looked.question)
        best = looked.ranked[0].score if looked.ranked else 0.0
        results: dict[str, SearchResult] = {}
        for place, resolution in enumerate(looked.resolutions):
            if resolution.provision and resolution.provision.id not in results:
                score = max(best, 0.0) + 1.0 + 1.0 / (place + 1)
                passage_id = f"{resolution.provision.id}@1"
                results[resolution.provision.id] = self._result(
                    resolution.provision, passage_id, score, looked.question.as_of, words, resolution.state
                )
        for ranked in looked.ranked:
            if len(results) >= limit:
                break
            provision = ranked.scored.provision
            if provision.id not in results:
                results[provision.id] = self._result(
                    provision, ranked.scored.candidate.passage_id, ranked.score, looked.question.as_of, words
                )
        return list(results.values())[:limit]

    def _result(
        self,
        provision: Provision,
        passage_id: str,
        score: float,
        as_of: dt.date,
        words: frozenset[str],
        state: State | None = None,
    ) -> SearchResult:
        evidence = self._evidence(provision, as_of)
        validity = evidence.version.validity
        return SearchResult(
            law=evidence.document.title,
            article=provision.label,
            citation=evidence.citation,
            text=provision.text,
            score=round(score, 4),
            status=state or evidence.state,
            effective_from=validity.commencement.day,
            level=evidence.document.level,
            region=evidence.document.region,
            document_id=evidence.document.id,
            passage_id=passage_id,
            provision_id=provision.id,
            heading=str(provision.heading),
            highlights=highlight(words, provision.text),
            published=validity.published,
            effective_from_basis=validity.commencement.basis,
            effective_until=validity.end.day,
            note=evidence.note or None,
        )

    def _evidence(self, provision: Provision, as_of: dt.date) -> Evidence:
        standing = self._catalogue.standing(provision, as_of, self._today())
        version = self._catalogue.versions[provision.version_id]
        state = standing.state
        if standing.version is not None and standing.version.id != version.id and state in _QUOTABLE:
            state = State.VERSION_NOT_IN_CORPUS  # another text of the law applies on that day
        plain = state is State.IN_FORCE and standing.certain
        return Evidence(
            provision,
            version,
            self._catalogue.document_of(provision),
            state,
            "" if plain else standing.reason,
            past=as_of != self._today(),
        )

    # ---- ask ---------------------------------------------------------------------------------------------------

    def ask(self, request: AskRequest) -> AskResponse:
        """Answer with citations, or say that the corpus has no basis and show what is nearest."""
        *_, last = self.ask_stream(request)
        assert isinstance(last, DoneEvent)
        return last.response

    def ask_stream(self, request: AskRequest) -> Iterator[AskEvent]:
        """The answer as events: notes, citations, then one sentence after the other, and the whole at the end."""
        started = time.perf_counter()
        looked = self._look(request.question, request.as_of, request.region, request.law)
        refusal = self._refusal(looked)
        response, evidence = (self._refused(looked, refusal), []) if refusal else self._answered(looked)
        if response.notes:
            yield NotesEvent(notes=response.notes, as_of=response.as_of)
        for citation in response.citations:
            yield CitationEvent(citation=citation)
        for event in self._sentences(response, evidence):
            if isinstance(event, DoneEvent):
                latency = round((time.perf_counter() - started) * 1000, 1)
                event = DoneEvent(response=event.response.model_copy(update={"latency_ms": latency}))
            yield event

    def _sentences(self, response: AskResponse, evidence: Sequence[Evidence]) -> Iterator[AskEvent]:
        """The sentences of an answer, in the model's words where there is one, and the whole."""
        if self._writer is not None and evidence:
            yield from write_answer(self._writer, response, evidence, self._catalogue.names)
            return
        yield from (SentenceEvent(sentence=sentence) for sentence in response.sentences)
        yield DoneEvent(response=response)

    def _refusal(self, looked: _Looked) -> str | None:
        """Why the question cannot be answered, in words for the officer; None when it can."""
        if looked.resolutions:
            if any(r.provision and r.state in _QUOTABLE for r in looked.resolutions):
                return None
            return "".join(dict.fromkeys(f"{format_citation(r.citation)}：{r.reason}" for r in looked.resolutions))
        unknown = looked.question.unknown_titles
        if unknown and not looked.question.named_documents:
            return f"语料未收录{'、'.join(f'《{title}》' for title in unknown)}，无从引用。"
        if not self._words_ready():
            return "索引正在建立，尚不能据以作答，请稍后再问；点名条文的提问现在即可回答。"
        quotable = [r for r in looked.ranked if self._quotable(r, looked.question.as_of)]
        if not quotable or not is_enough(looked.question, quotable):
            kinds = "、".join(sorted(outside(looked.question.text)))
            about = f"所问似属{kinds}，不在法律条文之内。" if kinds else ""
            return f"语料中没有足以回答这一问题的依据。{about}"
        return None

    def _refused(self, looked: _Looked, reason: str) -> AskResponse:
        tail = "以下为最接近的条文，仅供查找，不构成答复。" if looked.ranked else "也没有相近的条文。"
        lines = [reason, tail]
        return AskResponse(
            question=looked.question.text,
            as_of=looked.question.as_of,
            refused=True,
            answer="\n".join(lines),
            sentences=[Sentence(text=line) for line in lines],
            nearest=self._results(looked, NEAREST),
            notes=list(looked.notes),
        )

    def _answered(self, looked: _Looked) -> tuple[AskResponse, list[Evidence]]:
        """The composed answer, and the provisions it rests on, best first."""
        evidence = self._chosen(looked)
        related = list(self._related(evidence[0], looked.question.as_of))
        lines = compose(looked.question, evidence, related)
        cited: dict[str, Evidence] = {e.key: e for e in [*evidence, *(r.evidence for r in related)]}
        words = _words(looked.question)
        response = AskResponse(
            question=looked.question.text,
            as_of=looked.question.as_of,
            refused=False,
            answer="\n".join(line.text for line in lines),
            sentences=[Sentence(text=line.text, citations=list(line.keys)) for line in lines],
            citations=[_citation(e, lines, words) for e in cited.values()],
            notes=list(looked.notes),
        )
        return response, list(cited.values())

    def _chosen(self, looked: _Looked) -> list[Evidence]:
        """The provisions the answer rests on: those named, else the best found and those close behind."""
        as_of = looked.question.as_of
        named = []
        for resolution in looked.resolutions:
            if resolution.provision and resolution.state in _QUOTABLE:
                plain = self._evidence(resolution.provision, as_of)
                path = resolution.citation.path
                reason = "" if resolution.state is State.IN_FORCE else resolution.reason
                named.append(replace(plain, state=resolution.state, note=reason, path=path))
        if named:
            return list({e.key: e for e in named}.values())
        quotable = [r for r in looked.ranked if self._quotable(r, as_of)]
        best = quotable[0].score
        close = [r for r in quotable[:MOST_CITED] if best <= 0 or r.score >= CLOSE_ENOUGH * best]
        return [self._evidence(r.scored.provision, as_of) for r in close or quotable[:1]]

    def _quotable(self, ranked: RankedProvision, as_of: dt.date) -> bool:
        return self._evidence(ranked.scored.provision, as_of).state in _QUOTABLE

    def _related(self, main: Evidence, as_of: dt.date) -> Iterator[Related]:
        def stands(provision: Provision) -> Evidence | None:
            evidence = self._evidence(provision, as_of)
            return evidence if evidence.state in _QUOTABLE else None

        referenced = self._reader.provisions(self._catalogue.references.get(main.provision.id, ()))
        return related_provisions(
            main,
            referenced=[e for p in referenced if (e := stands(p))],
            same_law=self._reader.version(main.version.id),
            penalty_law=[e for p in self._penalty_law(as_of) if (e := stands(p))],
            stands=stands,
        )

    def _penalty_law(self, as_of: dt.date) -> Sequence[Provision]:
        for document in self._catalogue.names.lookup(PENALTY_LAW).documents:
            for version in reversed(self._catalogue.versions_of[document.id]):
                provisions = self._reader.version(version.id)
                if provisions and self._evidence(provisions[0], as_of).state in _QUOTABLE:
                    return provisions
        return ()

    # ---- citations and reading -----------------------------------------------------------------------------------

    def cite(self, request: CiteRequest) -> CiteResponse:
        """Read and resolve every citation of a text."""
        return self._reader.cite(request)

    def check_citations(self, text: str, as_of: dt.date | None = None) -> CheckResponse:
        """Check the citations and quotations of a whole document."""
        return check_document(text, self.cite(CiteRequest(text=text, as_of=as_of)))

    def documents(self, as_of: dt.date | None = None) -> list[DocumentInfo]:
        return self._reader.documents(as_of)

    def document(self, document_id: str, as_of: dt.date | None = None) -> DocumentDetail:
        return self._reader.document(document_id, as_of)

    def provision(self, provision_id: str, as_of: dt.date | None = None) -> ProvisionDetail:
        return self._reader.provision(provision_id, as_of)


def _words(question: UnderstoodQuestion) -> frozenset[str]:
    return words_of(question.text, (term for e in question.expansions for term in e.statute))


def _citation(evidence: Evidence, lines: Sequence[Line], words: frozenset[str]) -> AnswerCitation:
    """The citation as the contract gives it; its quote are the paragraphs that the answer prints from."""
    text = evidence.provision.text
    printed = [span for line in lines for key, span in line.quotes if key == evidence.key]
    quote = text
    if printed:
        first, last = min(start for start, _ in printed), max(end for _, end in printed)
        touched = [p for p in split_article(text).paragraphs if p.start < last and first < p.end]
        quote = text[touched[0].start : touched[-1].end]
    return AnswerCitation(
        key=evidence.key,
        law=evidence.document.title,
        article=evidence.provision.label,
        quote=quote,
        status=evidence.state,
        document_id=evidence.document.id,
        citation=format_citation(
            Citation(
                evidence.document.title,
                evidence.provision.article,
                label=None if evidence.provision.article else evidence.provision.label,
            )
        ),
        level=evidence.document.level,
        effective_from=evidence.version.validity.commencement.day,
        heading=str(evidence.provision.heading),
        provision_id=evidence.provision.id,
        text=text,
        note=evidence.note or None,
    )
