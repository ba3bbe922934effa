"""What was found, as the contract gives it (呈现): provisions and material with rank, dates, place and warnings."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence

from assistant.answer.compose import OCR_MARK, Evidence, Line, quotation
from assistant.answer.focus import highlight
from assistant.answer.materials import Shown, weight_of
from assistant.catalogue import Catalogue
from assistant.contract import AnswerCitation, Cell, Material, SearchResult
from corpus.citations import format_citation
from corpus.store import CorpusStore
from corpus.vocabulary import Citation, Document, FindingKind, Provision, Shelf, State, Version

QUOTABLE = (State.IN_FORCE, State.AMENDED)


def citation_of(document: Document, provision: Provision) -> str:
    """《…》第三十三条, or 《…》基本案情 where the unit has no article number."""
    label = None if provision.article else provision.label
    return format_citation(Citation(document.title, provision.article, label=label))


class Presenter:
    """Turns provisions of the store into results, evidence and material as they stand on a day."""

    def __init__(self, store: CorpusStore, catalogue: Catalogue, today: Callable[[], dt.date]) -> None:
        self._store = store
        self._catalogue = catalogue
        self._today = today

    def evidence(self, provision: Provision, as_of: dt.date) -> Evidence:
        """The provision with its version, rank and state on a day."""
        return self._evidence(provision, as_of, self._today())

    def _evidence(self, provision: Provision, as_of: dt.date, today: dt.date) -> Evidence:
        version = self._catalogue.versions[provision.version_id]
        document = self._catalogue.document_of(provision)
        past = as_of if as_of != today else None
        if document.kind.shelf is not Shelf.LAW:
            return Evidence(provision, version, document, self.state_of_reference(version, as_of), past_day=past)
        standing = self._catalogue.standing(provision, as_of, today)
        state = standing.state
        if standing.version is not None and standing.version.id != version.id and state in QUOTABLE:
            state = State.VERSION_NOT_IN_CORPUS  # another text of the law applies on that day
        plain = state is State.IN_FORCE and standing.certain
        return Evidence(provision, version, document, state, "" if plain else standing.reason, past_day=past)

    def quotable(self, provisions: Iterable[Provision], as_of: dt.date) -> list[bool]:
        """Which of the provisions an answer may rest on, on a day."""
        today = self._today()
        versions, amended = self._catalogue.versions, self._catalogue.amended
        of_text: dict[str, bool] = {}  # the articles of a text stand alike, unless amendments changed some of them
        found = []
        for provision in provisions:
            text = provision.version_id
            alone = versions[text].document_id in amended
            quotable = None if alone else of_text.get(text)
            if quotable is None:
                quotable = of_text[text] = self._evidence(provision, as_of, today).state in QUOTABLE
            found.append(quotable)
        return found

    @staticmethod
    def state_of_reference(version: Version, as_of: dt.date) -> State:
        """What is no law is at hand unless its own dates say that it has ended."""
        end = version.validity.end.day
        return State.REPEALED if end is not None and end <= as_of else State.IN_FORCE

    def result(
        self,
        provision: Provision,
        passage_id: str,
        score: float,
        as_of: dt.date,
        words: frozenset[str],
        state: State | None = None,
    ) -> SearchResult:
        """A search result; ``state`` where a look-up has already told it."""
        evidence = self.evidence(provision, as_of)
        document, validity = evidence.document, evidence.version.validity
        return SearchResult(
            law=document.title,
            article=provision.label,
            citation=evidence.citation,
            text=provision.text,
            score=round(score, 4),
            status=state or evidence.state,
            effective_from=validity.commencement.day,
            level=document.level,
            region=document.region,
            document_id=document.id,
            passage_id=passage_id,
            provision_id=provision.id,
            heading=str(provision.heading),
            highlights=highlight(words, provision.text),
            published=validity.published,
            effective_from_basis=validity.commencement.basis,
            effective_until=validity.end.day,
            note=evidence.note or None,
            shelf=document.kind.shelf,
            kind=document.kind,
            weight=weight_of(document),
            place=provision.place,
            page=provision.page,
            ocr=provision.ocr,
            cells=cells_of(provision),
            warnings=list(self.warnings(provision, document)),
        )

    def material(self, shown: Shown, as_of: dt.date, words: frozenset[str]) -> Material:
        """Material beside an answer, its quote included."""
        result = self.result(shown.provision, shown.passage_id, shown.nearness, as_of, words)
        start, end = shown.quote
        return Material(
            **result.model_dump(exclude={"warnings"}),
            warnings=list(shown.warnings),
            key=shown.provision.id,
            quote=shown.provision.text[start:end],
            cites=list(shown.cites),
        )

    def warnings(self, provision: Provision, document: Document) -> tuple[str, ...]:
        """What an officer must know before citing: read from a picture; explains a law that has changed since."""
        told = [f"{OCR_MARK}。"] if provision.ocr else []
        if document.kind.shelf is not Shelf.LAW:
            found = self._store.findings(provision.version_id)
            told += [f.message for f in found if f.kind is FindingKind.OLDER_THAN_LAW]
        return tuple(dict.fromkeys(told))


def cells_of(provision: Provision) -> list[Cell]:
    return [Cell(column=column, text=text) for column, text in provision.fields]


def answer_citation(evidence: Evidence, lines: Sequence[Line]) -> AnswerCitation:
    """The citation as the contract gives it."""
    provision = evidence.provision
    text = provision.text
    start, end = quotation(evidence, lines)
    notes = [evidence.note, f"{OCR_MARK}。" if provision.ocr else ""]
    return AnswerCitation(
        key=evidence.key,
        law=evidence.document.title,
        article=provision.label,
        quote=text[start:end],
        status=evidence.state,
        document_id=evidence.document.id,
        citation=citation_of(evidence.document, provision),
        level=evidence.document.level,
        effective_from=evidence.version.validity.commencement.day,
        heading=str(provision.heading),
        provision_id=provision.id,
        text=text,
        note="".join(notes) or None,
        region=evidence.document.region,
        place=provision.place,
        page=provision.page,
        ocr=provision.ocr,
    )
