"""The layer that puts what a person asks and is shown on record (记录提问): the outermost around their assistant.

An answer is on record before it is handed over. A streamed one is recorded as begun before its first event, and in
full before its last; where the person leaves or it breaks off, with what they had been sent by then.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from assistant.accounts.principal import Principal
from assistant.auditlog import origin
from assistant.auditlog.chain import canonical
from assistant.auditlog.contract import Act, Fact, Recorder
from assistant.contract import (
    AskEvent,
    AskRequest,
    AskResponse,
    Assistant,
    CheckResponse,
    CitationEvent,
    CiteRequest,
    CiteResponse,
    DocumentDetail,
    DocumentInfo,
    DoneEvent,
    ProvisionDetail,
    SearchRequest,
    SearchResponse,
    SentenceEvent,
)
from assistant.views import Layer
from corpus.errors import EAssistantError

Revision = Callable[[], str]


def recording(recorder: Recorder, revision: Revision) -> Layer:
    """The layer over a recorder; ``revision`` gives the revision of the corpus (``CorpusStore.revision``)."""
    return lambda principal, assistant: RecordingAssistant(assistant, principal, recorder, revision)


class RecordingAssistant:
    """An assistant of one person whose answers go on record; implements ``assistant.contract.Assistant``."""

    def __init__(self, inner: Assistant, principal: Principal, recorder: Recorder, revision: Revision) -> None:
        self._inner = inner
        self._principal = principal
        self._recorder = recorder
        self._revision = revision
        self._origin = origin.current()

    def search(self, request: SearchRequest) -> SearchResponse:
        facts = self._asked(request)
        response = self._inner.search(request)
        facts |= {"as_of": response.as_of.isoformat(), "regions": response.regions}
        facts["provisions"] = _ids(r.provision_id for r in (*response.results, *response.materials))
        self._record(Act.SEARCH, request.question, facts)
        return response

    def ask(self, request: AskRequest) -> AskResponse:
        facts = self._asked(request)
        response = self._inner.ask(request)
        self._record(Act.ASK, request.question, facts | answer_facts(response))
        return response

    def ask_stream(self, request: AskRequest) -> Iterator[AskEvent]:
        facts = self._asked(request)
        events = self._inner.ask_stream(request)
        sent = _Sent()
        try:
            for event in events:
                if sent.nothing:
                    self._record(Act.ASK_BEGUN, request.question, facts)
                sent.add(event)
                if isinstance(event, DoneEvent):
                    sent.recorded = True
                    self._record(Act.ASK, request.question, facts | answer_facts(event.response))
                yield event
        except BaseException as error:
            if not sent.nothing and not sent.recorded:
                sent.recorded = True
                self._record(Act.ASK, request.question, facts | sent.facts(error))
            raise
        finally:
            close = getattr(events, "close", None)
            if close is not None:
                close()

    def cite(self, request: CiteRequest) -> CiteResponse:
        response = self._inner.cite(request)
        provisions = _ids(r.provision_id for r in response.results)
        facts: dict[str, Fact] = {"as_of": response.as_of.isoformat(), "provisions": provisions}
        self._record(Act.CITE, None, self._corpus() | facts)
        return response

    def check_citations(self, text: str, as_of: dt.date | None = None) -> CheckResponse:
        response = self._inner.check_citations(text, as_of)
        provisions = _ids(c.result.provision_id for c in response.citations)
        facts: dict[str, Fact] = {"as_of": response.as_of.isoformat(), "provisions": provisions, "ok": response.ok}
        self._record(Act.CHECK_CITATIONS, None, self._corpus() | facts)
        return response

    def documents(self, as_of: dt.date | None = None) -> list[DocumentInfo]:
        return self._inner.documents(as_of)

    def document(self, document_id: str, as_of: dt.date | None = None) -> DocumentDetail:
        return self._inner.document(document_id, as_of)

    def provision(self, provision_id: str, as_of: dt.date | None = None) -> ProvisionDetail:
        found = self._inner.provision(provision_id, as_of)
        facts: dict[str, Fact] = {"as_of": as_of.isoformat()} if as_of else {}
        self._record(Act.VIEW_PROVISION, None, self._corpus() | facts, target=provision_id)
        return found

    def _asked(self, request: AskRequest | SearchRequest) -> dict[str, Fact]:
        facts = self._corpus()
        facts["as_of"] = request.as_of.isoformat() if request.as_of else None
        facts["shelf"] = request.shelf.value if request.shelf else None
        return facts

    def _corpus(self) -> dict[str, Fact]:
        return {"corpus": self._revision()}

    def _record(self, act: Act, question: str | None, facts: dict[str, Fact], target: str = "") -> None:
        personal = {"question": question} if question else None
        with origin.coming_from(self._origin):
            self._recorder.record(act, self._principal, target=target, personal=personal, facts=facts)


@dataclass(slots=True)
class _Sent:
    """What a person has been sent of a streamed answer."""

    nothing: bool = True
    recorded: bool = False
    texts: list[str] = field(default_factory=list)
    provisions: list[str] = field(default_factory=list)

    def add(self, event: AskEvent) -> None:
        self.nothing = False
        if isinstance(event, SentenceEvent):
            self.texts.append(event.sentence.text)
        elif isinstance(event, CitationEvent):
            self.provisions.append(event.citation.provision_id)

    def facts(self, end: BaseException) -> dict[str, Fact]:
        """What came of it when it ended before the whole was sent: the person left, or it failed."""
        outcome = "left" if isinstance(end, GeneratorExit) else "broken_off"
        facts: dict[str, Fact] = {"outcome": outcome, "provisions": _ids(self.provisions)}
        if isinstance(end, EAssistantError):
            facts["error"] = end.code
        return facts | {"answer": _digest(self.texts)}


def answer_facts(response: AskResponse) -> dict[str, Fact]:
    """What an answer was: from which provisions, written by whom, and the digest of what the person read."""
    return {
        "as_of": response.as_of.isoformat(),
        "regions": response.regions,
        "outcome": _outcome(response),
        "model": response.model,
        "removed": len(response.removed) or None,
        "provisions": _ids(c.provision_id for c in response.citations),
        "materials": _ids(m.provision_id for m in (*response.materials, *response.nearest)) or None,
        "answer": answer_digest(response),
    }


def answer_digest(response: AskResponse) -> str:
    """Digest of an answer as read: its text and every quotation. Who holds the answer can show that it was this one."""
    return _digest([response.answer, *(part for c in response.citations for part in (c.citation, c.quote))])


def _outcome(response: AskResponse) -> str:
    if response.refused:
        return "refused"
    if response.curated is not None:
        return "curated"
    return "written_by_model" if response.model else "composed"


def _digest(texts: Iterable[str]) -> str:
    return hashlib.sha256(canonical(list(texts)).encode()).hexdigest()


def _ids(found: Iterable[str | None]) -> list[str]:
    return list(dict.fromkeys(i for i in found if i))
