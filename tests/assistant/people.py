"""People of tests, a database of user data, and an assistant that reads the store and answers one thing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from assistant.accounts.principal import Principal
from assistant.accounts.roles import PERMISSIONS, Role
from assistant.contract import (
    AskEvent,
    AskRequest,
    AskResponse,
    CiteRequest,
    CiteResponse,
    DocumentInfo,
    DoneEvent,
    ProvisionDetail,
    Sentence,
    SentenceEvent,
)
from assistant.reading import Reader
from corpus.errors import NotFound

OFFICER = Principal("p-officer", "执法甲", Role.OFFICER, PERMISSIONS[Role.OFFICER])
OTHER = Principal("p-other", "执法乙", Role.OFFICER, PERMISSIONS[Role.OFFICER])
REVIEWER = Principal("p-legal", "审核丙", Role.LEGAL, PERMISSIONS[Role.LEGAL])
SECOND_REVIEWER = Principal("p-legal-2", "审核丁", Role.LEGAL, PERMISSIONS[Role.LEGAL])


class ReadingAssistant:
    """The reader of a real store; what is asked gets ``answer``. ``hidden`` documents are read by nobody here."""

    def __init__(self, reader: Reader, hidden: frozenset[str] = frozenset()) -> None:
        self._reader = reader
        self._hidden = hidden
        said = [Sentence(text="原答复")]
        day = dt.date(2026, 11, 21)
        self.answer = AskResponse(question="", as_of=day, refused=False, answer="原答复", sentences=said)

    def ask(self, request: AskRequest) -> AskResponse:
        return self.answer.model_copy(update={"question": request.question})

    def ask_stream(self, request: AskRequest) -> Iterator[AskEvent]:
        whole = self.ask(request)
        yield from (SentenceEvent(sentence=sentence) for sentence in whole.sentences)
        yield DoneEvent(response=whole)

    def cite(self, request: CiteRequest) -> CiteResponse:
        return self._reader.cite(request)

    def documents(self, as_of: dt.date | None = None) -> list[DocumentInfo]:
        return [info for info in self._reader.documents(as_of) if info.document_id not in self._hidden]

    def provision(self, provision_id: str, as_of: dt.date | None = None) -> ProvisionDetail:
        detail = self._reader.provision(provision_id, as_of)
        if detail.document_id in self._hidden:
            raise NotFound("没有这一条。")
        return detail
