"""Curated answers served first (审定答复优先): a layer around every person's assistant.

Where a question asks what an approved answer was written for, and the answer still holds on the day for what this
person may read, it is given; in every other case the assistant answers as it always does.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator

from assistant.accounts.principal import Principal
from assistant.accounts.roles import ROLE_ZH, Role
from assistant.answer.compose import closing_line
from assistant.contract import (
    AnswerCitation,
    AskEvent,
    AskRequest,
    AskResponse,
    Assistant,
    CitationEvent,
    CuratedMark,
    DoneEvent,
    NotesEvent,
    ProvisionDetail,
    Sentence,
    SentenceEvent,
)
from assistant.curated.checking import faults_of, provisions_quoted
from assistant.curated.contract import Paragraph
from assistant.curated.matching import matching, speaks_of_a_day
from assistant.curated.service import Approved, CuratedService
from assistant.layer import AssistantLayer
from assistant.places import place_of
from assistant.views import Layer
from corpus.clock import local
from corpus.encoders.base import DenseEncoder
from corpus.errors import InvalidInput
from corpus.vocabulary import Shelf


def curated_first(
    curated: CuratedService,
    encoder: Callable[[], DenseEncoder | None],
    today: Callable[[], dt.date],
    home: str | None,
) -> Layer:
    """The layer. ``encoder`` is None while meanings are not at hand, ``home`` the region of the settings."""

    def layer(_principal: Principal, inner: Assistant) -> Assistant:
        return CuratedFirst(inner, curated, encoder, today, home)

    return layer


class CuratedFirst(AssistantLayer):
    """The assistant that looks for a curated answer before it answers."""

    def __init__(
        self,
        inner: Assistant,
        curated: CuratedService,
        encoder: Callable[[], DenseEncoder | None],
        today: Callable[[], dt.date],
        home: str | None,
    ) -> None:
        super().__init__(inner)
        self._curated = curated
        self._encoder = encoder
        self._today = today
        self._home = home

    def ask(self, request: AskRequest) -> AskResponse:
        return self._served(request) or self.inner.ask(request)

    def ask_stream(self, request: AskRequest) -> Iterator[AskEvent]:
        response = self._served(request)
        if response is None:
            yield from self.inner.ask_stream(request)
            return
        yield NotesEvent(as_of=response.as_of, notes=response.notes)
        yield from (CitationEvent(citation=citation) for citation in response.citations)
        yield from (SentenceEvent(sentence=sentence) for sentence in response.sentences)
        yield DoneEvent(response=response)

    def _served(self, request: AskRequest) -> AskResponse | None:
        if request.law is not None or request.shelf not in (None, Shelf.LAW):
            return None
        if request.as_of is None and speaks_of_a_day(request.question):
            return None
        ids = matching(request.question, self._curated.asked(), self._encoder())
        if not ids:
            return None
        day = request.as_of or self._today()
        found = [a for a in self._curated.approved(ids) if a.holds_on(day) and self._holds_at(a, request)]
        for approved in sorted(found, key=lambda a: a.region is None):  # what was written for the place goes first
            if not faults_of(approved.paragraphs, self.inner, day):
                return self._response(request, approved, day)
        return None

    def _holds_at(self, approved: Approved, request: AskRequest) -> bool:
        if approved.region is None:
            return True
        held = {approved.region}
        try:
            place = place_of(
                request.question, given=request.region, home=self._home, of_laws=(), held=held, with_rules=held
            )
        except InvalidInput:
            return False
        return approved.region in place.regions

    def _response(self, request: AskRequest, approved: Approved, day: dt.date) -> AskResponse:
        details = provisions_quoted(approved.paragraphs, self.inner, day)
        sentences = [_sentence(paragraph, details) for paragraph in approved.paragraphs]
        sentences.append(Sentence(text=closing_line(day).text))
        on = local(approved.approved_at).date()
        role = ROLE_ZH[Role(approved.approver_role)] if approved.approver_role else "法制审核"
        return AskResponse(
            question=request.question,
            as_of=day,
            refused=False,
            answer="\n".join(s.text for s in sentences),
            sentences=sentences,
            citations=[_citation(detail, approved.paragraphs) for detail in details.values()],
            regions=sorted({detail.region for detail in details.values()}),
            notes=[f"审定答复：由{role}于{on:%Y-%m-%d}审定，引文已按适用日期重新核对。"],
            curated=CuratedMark(id=approved.id, title=approved.title, approved_on=on, by=role),
        )


def _sentence(paragraph: Paragraph, details: dict[str, ProvisionDetail]) -> Sentence:
    """The paragraph with its sources named, those aside that it names itself."""
    keys = list(dict.fromkeys(q.provision_id for q in paragraph.quotes))
    places = [details[key].citation for key in keys if details[key].article not in paragraph.text]
    if not places:
        return Sentence(text=paragraph.text, citations=keys)
    body = paragraph.text.rstrip("。！？；，、：")
    end = paragraph.text[len(body) :] or "。"
    return Sentence(text=f"{body}（{'；'.join(places)}）{end}", citations=keys)


def _citation(detail: ProvisionDetail, paragraphs: tuple[Paragraph, ...]) -> AnswerCitation:
    """The citation; its quote reaches from the first to the last words quoted of the provision."""
    quotes = [q.quote for p in paragraphs for q in p.quotes if q.provision_id == detail.provision_id]
    spans = [(at, at + len(q)) for q in quotes if (at := detail.text.find(q)) >= 0]
    return AnswerCitation(
        key=detail.provision_id,
        law=detail.law,
        article=detail.article,
        quote=detail.text[min(a for a, _ in spans) : max(b for _, b in spans)],
        status=detail.status,
        document_id=detail.document_id,
        citation=detail.citation,
        level=detail.level,
        effective_from=detail.effective_from,
        heading=detail.heading,
        provision_id=detail.provision_id,
        text=detail.text,
        note=detail.note,
        region=detail.region,
        place=detail.place,
        page=detail.page,
        ocr=detail.ocr,
    )
