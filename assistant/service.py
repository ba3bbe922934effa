"""The assistant (执法e助理): search, answers and citations over one store and one index.

This module puts the parts together; what they decide is decided in ``understanding``, ``retrieval``, ``answer`` and
``corpus``. It is safe to share between threads.
"""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import compress, islice

from assistant.answer.compose import MOST_CHARACTERS, MOST_PROVISIONS, Evidence, Related, compose
from assistant.answer.evidence import is_enough
from assistant.answer.focus import words_of
from assistant.answer.materials import Shown, material_lines
from assistant.answer.order import bearing_on, told_first
from assistant.answer.prose import write_answer
from assistant.answer.related import PENALTY_LAW, related_provisions
from assistant.catalogue import Catalogue
from assistant.citation_check import check_document
from assistant.contract import (
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
    Material,
    NotesEvent,
    ProvisionDetail,
    SearchRequest,
    SearchResponse,
    SearchResult,
    Sentence,
    SentenceEvent,
)
from assistant.discretion.contract import Desk
from assistant.discretion.offer import offered
from assistant.generator import Writer
from assistant.lexicon import Lexicon
from assistant.materials import MaterialFinder, shelves_searched
from assistant.places import Place, place_of
from assistant.presenting import QUOTABLE, Presenter, answer_citation
from assistant.reading import Reader
from assistant.retrieval.materials import NearMaterial
from assistant.retrieval.retriever import RankedProvision, Retriever
from assistant.scope import outside
from assistant.turns import TURNS
from assistant.understanding import UnderstoodQuestion, understand
from corpus.citations import Resolution, Resolver, format_citation
from corpus.index import SearchFilter
from corpus.store.readable import ReadableStore
from corpus.store.remembering import RememberingStore
from corpus.vocabulary import NATION, EffectLevel, Provision, Shelf, State

CLOSE_ENOUGH = 0.7
"""A further provision is cited when its score is at least this share of the best one's."""
LOCAL_ENOUGH = 0.6
"""Where only national law was cited, the best rule of the place itself is added from this share of the best score."""
NEAREST = 5
PROVISIONS_OF_A_VIEW = 2_000
"""Provisions remembered for those from whom the same documents are hidden: there may be many such views."""
_LAW = frozenset({Shelf.LAW.value})


@dataclass(frozen=True, slots=True)
class _Looked:
    """A question with the citations it names, resolved, and what the searches found: law, and material beside it."""

    question: UnderstoodQuestion
    resolutions: tuple[Resolution, ...]
    ranked: tuple[RankedProvision, ...]
    materials: tuple[NearMaterial, ...]
    law: bool  # whether law was searched: not when the officer asked for another shelf
    notes: tuple[str, ...]


class AssistantService:
    """The service behind every surface; implements ``assistant.contract.Assistant``."""

    def __init__(
        self,
        *,
        catalogue: Catalogue,
        texts: RememberingStore,
        retriever: Retriever,
        resolver: Resolver,
        reader: Reader,
        presenter: Presenter,
        materials: MaterialFinder,
        lexicon: Lexicon,
        today: Callable[[], dt.date],
        words_ready: Callable[[], bool],
        dense_ready: Callable[[], bool],
        writer: Writer | None = None,
        region: str | None = None,
        desk: Desk | None = None,
    ) -> None:
        """``desk`` is asked for the standards that a question on the sum of a fine is about.

        ``words_ready`` and ``dense_ready`` say whether every passage is in the index, with its words, its vector.

        ``region`` is where the officers are who name no other place.
        """
        self._catalogue = catalogue
        self._texts = texts
        self._retriever = retriever
        self._resolver = resolver
        self._reader = reader
        self._presenter = presenter
        self._materials = materials
        self._lexicon = lexicon
        self._today = today
        self._words_ready = words_ready
        self._dense_ready = dense_ready
        self._writer = writer
        self._region = region
        self._desk = desk

    @property
    def catalogue(self) -> Catalogue:
        return self._catalogue

    @property
    def texts(self) -> RememberingStore:
        """What this service remembers of its store."""
        return self._texts

    def without(self, store: ReadableStore, catalogue: Catalogue, desk: Desk) -> AssistantService:
        """The service as a reader of ``store`` sees it, with its catalogue and desk; encoders and index are shared."""
        texts = RememberingStore(store, PROVISIONS_OF_A_VIEW)
        resolver = Resolver(texts, catalogue.names)
        presenter = Presenter(texts, catalogue, self._today)
        retriever = self._retriever.without(store, catalogue)
        reader = Reader(texts, catalogue, resolver, presenter, self._today, self._region)
        return AssistantService(
            catalogue=catalogue,
            texts=texts,
            retriever=retriever,
            resolver=resolver,
            reader=reader,
            presenter=presenter,
            materials=MaterialFinder(texts, catalogue, retriever, presenter, reader.version),
            lexicon=self._lexicon,
            today=self._today,
            words_ready=self._words_ready,
            dense_ready=self._dense_ready,
            writer=self._writer,
            region=self._region,
            desk=desk if self._desk is not None else None,
        )

    # ---- search ------------------------------------------------------------------------------------------------

    def search(self, request: SearchRequest) -> SearchResponse:
        """Find provisions. Articles that the question names come first, then the nearest others."""
        started = time.perf_counter()
        with TURNS:
            return self._search(request, started)

    def _search(self, request: SearchRequest, started: float) -> SearchResponse:
        looked = self._look(request, request.level)
        results = self._results(looked, request.top_k)
        return SearchResponse(
            question=request.question,
            as_of=looked.question.as_of,
            results=results,
            materials=self._material(looked, self._beside(looked)),
            regions=sorted(looked.question.place.regions),
            latency_ms=round((time.perf_counter() - started) * 1000, 1),
            dense_ready=self._dense_ready(),
            notes=list(looked.notes),
        )

    def _look(self, request: SearchRequest | AskRequest, level: EffectLevel | None = None) -> _Looked:
        today = self._today()
        question = understand(
            request.question, as_of=request.as_of, today=today, names=self._catalogue.names, lexicon=self._lexicon
        )
        chosen = self._catalogue.filter_by_law(request.law) if request.law else None
        question = replace(question, place=self._place(question, request.region, chosen or frozenset()))
        notes = [*question.notes, *question.place.notes]
        resolutions = self._named_articles(question, chosen or ())
        notes += [r.note for r in resolutions if r.note]
        if any(r.state in QUOTABLE for r in resolutions):
            notes += [f"{format_citation(r.citation)}：{r.reason}" for r in resolutions if r.state not in QUOTABLE]
        if not self._words_ready():
            notes.append("索引正在建立，检索结果尚不完整；引用核对和点名条文的查询已可使用。")
        where = SearchFilter(
            as_of=question.as_of,
            levels=frozenset({level.value}) if level else None,
            regions=question.place.regions,
            document_ids=chosen,
        )
        filtered = {self._catalogue.documents[i].kind.shelf for i in chosen or ()}
        law, beside = shelves_searched(request.shelf, filtered)
        materials: list[NearMaterial] = []

        def find_materials() -> None:
            materials.extend(self._materials.find(question, where, beside))

        if law:
            ranked = self._retriever.retrieve(question, replace(where, shelves=_LAW), meanwhile=find_materials)
        else:
            ranked = []
            find_materials()
        return _Looked(
            question,
            resolutions if law else (),
            tuple(ranked),
            tuple(materials),
            law,
            tuple(dict.fromkeys(notes)),
        )

    def _place(self, question: UnderstoodQuestion, region: str | None, chosen: Iterable[str]) -> Place:
        documents = self._catalogue.documents
        return place_of(
            question.text,
            given=region,
            home=self._region,
            of_laws=[documents[i].region for i in (*chosen, *question.named_documents)],
            held=self._catalogue.regions,
            with_rules=self._catalogue.local_regions,
        )

    def _named_articles(self, question: UnderstoodQuestion, chosen: Iterable[str]) -> tuple[Resolution, ...]:
        """The articles that the question names with their law, resolved on the day asked about."""
        context = next(iter(chosen), None)
        if context is None and len(question.named_documents) == 1:
            context = next(iter(question.named_documents))
        resolutions: list[Resolution] = []
        for found in question.citations:
            if found.title is None and context is None:
                continue
            resolutions += self._resolver.resolve(
                found,
                as_of=question.as_of,
                today=self._today(),
                context_document_id=context,
                regions=question.place.regions,
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
                results[resolution.provision.id] = self._presenter.result(
                    resolution.provision, passage_id, score, looked.question.as_of, words, resolution.state
                )
        found = [(r.scored, r.score) for r in looked.ranked]
        if not looked.law:
            found = [(m.scored, m.nearness) for m in looked.materials]
        for scored, score in found:
            if len(results) >= limit:
                break
            if scored.provision.id not in results:
                results[scored.provision.id] = self._presenter.result(
                    scored.provision, scored.candidate.passage_id, score, looked.question.as_of, words
                )
        return list(results.values())[:limit]

    def _beside(self, looked: _Looked, grounds: Sequence[Evidence] = ()) -> list[Shown]:
        """The material shown beside law; none where the officer looks through another shelf."""
        return self._materials.beside(looked.question, looked.materials, grounds) if looked.law else []

    def _material(self, looked: _Looked, shown: Sequence[Shown]) -> list[Material]:
        words = _words(looked.question)
        return [self._presenter.material(s, looked.question.as_of, words) for s in shown]

    # ---- ask ---------------------------------------------------------------------------------------------------

    def ask(self, request: AskRequest) -> AskResponse:
        """Answer with citations, or say that the corpus has no basis and show what is nearest."""
        *_, last = self.ask_stream(request)
        assert isinstance(last, DoneEvent)
        return last.response

    def ask_stream(self, request: AskRequest) -> Iterator[AskEvent]:
        """The answer as events: notes, citations, then one sentence after the other, and the whole at the end."""
        started = time.perf_counter()
        with TURNS:
            looked = self._look(request)
            response, evidence = self._response(looked)
        if response.notes:
            yield NotesEvent(notes=response.notes, as_of=response.as_of)
        for citation in response.citations:
            yield CitationEvent(citation=citation)
        for event in self._sentences(response, evidence):
            if isinstance(event, DoneEvent):
                latency = round((time.perf_counter() - started) * 1000, 1)
                event = DoneEvent(response=event.response.model_copy(update={"latency_ms": latency}))
            yield event

    def _response(self, looked: _Looked) -> tuple[AskResponse, list[Evidence]]:
        """The whole response without a model, and the provisions it rests on, best first."""
        if not looked.law:
            return self._from_other_shelves(looked), []
        refusal = self._refusal(looked)
        response, evidence = (self._refused(looked, refusal), []) if refusal else self._answered(looked)
        return self._with_standards(response, looked), evidence

    def _with_standards(self, response: AskResponse, looked: _Looked) -> AskResponse:
        """The response with the discretion standards to offer under it."""
        if self._desk is None:
            return response
        place = looked.question.place
        standards, notes = offered(self._desk, looked.question, place.region, place.regions)
        return response.model_copy(update={"standards": standards, "notes": [*response.notes, *notes]})

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
            if any(r.provision and r.state in QUOTABLE for r in looked.resolutions):
                return None
            return "".join(dict.fromkeys(f"{format_citation(r.citation)}：{r.reason}" for r in looked.resolutions))
        unknown = [t for t in looked.question.unknown_titles if not self._catalogue.material_titled(t)]
        if unknown and not looked.question.named_documents:
            return f"语料未收录{'、'.join(f'《{title}》' for title in unknown)}，无从引用。"
        if not self._words_ready():
            return "索引正在建立，尚不能据以作答，请稍后再问；点名条文的提问现在即可回答。"
        quotable = self._quotable(looked)
        if not quotable or not is_enough(looked.question, quotable):
            kinds = "、".join(sorted(outside(looked.question.text)))
            about = f"所问似属{kinds}，不在法律条文之内。" if kinds else ""
            return f"语料中没有足以回答这一问题的依据。{about}"
        return None

    def _refused(self, looked: _Looked, reason: str) -> AskResponse:
        tail = "以下为最接近的条文，仅供查找，不构成答复。" if looked.ranked else "也没有相近的条文。"
        lines = [reason, tail]
        shown = self._beside(looked)
        if shown:
            lines.append("另有相近的案例或实务材料，不是法律依据。")
        return AskResponse(
            question=looked.question.text,
            as_of=looked.question.as_of,
            refused=True,
            answer="\n".join([*lines, *material_lines(shown)]),
            sentences=[Sentence(text=line) for line in lines],
            nearest=self._results(looked, NEAREST),
            materials=self._material(looked, shown),
            regions=sorted(looked.question.place.regions),
            notes=list(looked.notes),
        )

    def _from_other_shelves(self, looked: _Looked) -> AskResponse:
        """What was asked of the shelves 实务 and 案例 alone: material, and no basis in law."""
        near = [m for m in looked.materials if m.enough][:NEAREST]
        shown = [self._materials.shown(looked.question, m) for m in near]
        lines = ["只查了所选书架，没有检索法律条文；以下材料不是法律依据。" if shown else "所选书架上没有相近的材料。"]
        return AskResponse(
            question=looked.question.text,
            as_of=looked.question.as_of,
            refused=not shown,
            answer="\n".join([*lines, *material_lines(shown)]),
            sentences=[Sentence(text=line) for line in lines],
            nearest=[] if shown else self._results(looked, NEAREST),
            materials=self._material(looked, shown),
            regions=sorted(looked.question.place.regions),
            notes=list(looked.notes),
        )

    def _answered(self, looked: _Looked) -> tuple[AskResponse, list[Evidence]]:
        """The composed answer, and the provisions it rests on, best first."""
        references = self._catalogue.references
        found = told_first(looked.question, self._chosen(looked), lambda e: references.get(e.key, ()))
        evidence = bearing_on(looked.question, found)
        held = {e.key for e in evidence}
        beside = {r.evidence.key: r for r in self._related(looked.question, evidence[0]) if r.evidence.key not in held}
        by_number = evidence[0].path is not None
        asked = [] if by_number else [r for r in beside.values() if r.asked][: MOST_PROVISIONS - 1]
        evidence = evidence[: MOST_PROVISIONS - len(asked)]
        related = [*asked, *(r for r in beside.values() if r not in asked)][: MOST_PROVISIONS - len(evidence)]
        lines = compose(looked.question, evidence, related)
        printed = {key for line in lines for key in line.keys}
        cited = {e.key: e for e in [*evidence, *(r.evidence for r in related)] if e.key in printed}
        shown = self._beside(looked, evidence)
        law = "\n".join(line.text for line in lines)
        named = {r.provision.id for r in looked.resolutions if r.provision and r.state in QUOTABLE}
        left_out = len(named - cited.keys())
        more = [f"所问条文较多，另有{left_out}条未列出，请分开提问。"] if left_out else []
        response = AskResponse(
            question=looked.question.text,
            as_of=looked.question.as_of,
            refused=False,
            answer="\n".join([law, *material_lines(shown, MOST_CHARACTERS - len(law) - 1)]),
            sentences=[Sentence(text=line.text, citations=list(line.keys)) for line in lines],
            citations=[answer_citation(e, lines) for e in cited.values()],
            materials=self._material(looked, shown),
            regions=sorted(looked.question.place.regions),
            notes=[*looked.notes, *more],
        )
        return response, list(cited.values())

    def _chosen(self, looked: _Looked) -> list[Evidence]:
        """The provisions the answer rests on: those named, else the best found and those close behind."""
        as_of = looked.question.as_of
        named = []
        for resolution in looked.resolutions:
            if resolution.provision and resolution.state in QUOTABLE:
                plain = self._presenter.evidence(resolution.provision, as_of)
                path = resolution.citation.path
                reason = "" if resolution.state is State.IN_FORCE else resolution.reason
                named.append(replace(plain, state=resolution.state, note=reason, path=path))
        if named:
            return list({e.key: e for e in named}.values())[:MOST_PROVISIONS]
        quotable = self._quotable(looked)
        best = quotable[0].score
        close = [r for r in quotable[:MOST_PROVISIONS] if best <= 0 or r.score >= CLOSE_ENOUGH * best] or quotable[:1]
        if all(r.scored.document.region == NATION for r in close):
            local = (r for r in quotable if r.scored.document.region != NATION and r.score >= LOCAL_ENOUGH * best)
            added = list(islice(local, 1))
            close = [*close[: MOST_PROVISIONS - len(added)], *added]
        return [self._presenter.evidence(r.scored.provision, as_of) for r in close]

    def _quotable(self, looked: _Looked) -> list[RankedProvision]:
        """What was found and may be quoted on the day asked about, best first."""
        may = self._presenter.quotable((r.scored.provision for r in looked.ranked), looked.question.as_of)
        return list(compress(looked.ranked, may))

    def _related(self, question: UnderstoodQuestion, main: Evidence) -> Iterator[Related]:
        as_of = question.as_of

        def stands(provision: Provision) -> Evidence | None:
            evidence = self._presenter.evidence(provision, as_of)
            return evidence if evidence.state in QUOTABLE else None

        references = self._catalogue.references
        named = self._reader.provisions(references.get(main.provision.id, ()))
        same_law = self._reader.version(main.version.id)
        naming = (p for p in same_law if main.provision.id in references.get(p.id, ()))
        return related_provisions(
            question,
            main,
            referenced=[e for p in named if (e := stands(p))],
            referring=[e for p in naming if (e := stands(p))],
            same_law=same_law,
            penalty_law=[e for p in self._penalty_law(as_of) if (e := stands(p))],
            stands=stands,
        )

    def _penalty_law(self, as_of: dt.date) -> Sequence[Provision]:
        for document in self._catalogue.names.lookup(PENALTY_LAW).documents:
            for version in reversed(self._catalogue.versions_of[document.id]):
                provisions = self._reader.version(version.id)
                if provisions and self._presenter.evidence(provisions[0], as_of).state in QUOTABLE:
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
