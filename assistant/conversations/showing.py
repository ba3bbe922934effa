"""Stored answers shown again (旧答复再阅): without what the person may no longer read, and with what changed since."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field

from assistant.contract import AskResponse, Assistant, ProvisionDetail, Sentence
from assistant.conversations.contract import ChangedCitation, Message, MessageState, Reading, Understood
from assistant.conversations.schema import MessageRow
from corpus.errors import NotFound
from corpus.vocabulary import STATE_ZH, Shelf, State

WITHHELD = "（所引文件已不在可阅范围，此处略去。）"
_UPDATED = "语料已经更新，所引文本不再收录。"


@dataclass
class Shower:
    """Shows stored messages to one person; asks the person's own view of the corpus, each thing once."""

    assistant: Assistant
    today: dt.date
    _readable: dict[str, bool] = field(default_factory=dict)
    _hidden_laws: set[str] = field(default_factory=set)

    def show(self, row: MessageRow, *, answering: bool = False) -> Message:
        """A message as it may be shown now. Raises StillPreparing while the corpus cannot be asked."""
        stored = AskResponse.model_validate_json(row.response) if row.response else None
        response, withheld = self._cut(stored) if stored else (None, 0)
        understood = Understood.model_validate_json(row.understood) if row.understood else None
        return Message(
            id=row.id,
            conversation_id=row.conversation_id,
            number=row.number,
            question=row.question,
            state=_state(row, answering=answering),
            understood=self._without_hidden_laws(row, understood),
            as_of=dt.date.fromisoformat(row.as_of) if row.as_of else None,
            region=row.region,
            law=row.law,
            shelf=Shelf(row.shelf) if row.shelf else None,
            response=response,
            changed=list(self._changed(response, _day(row.answered))) if response else [],
            withheld=withheld,
            asked=dt.datetime.fromisoformat(row.asked),
            answered=dt.datetime.fromisoformat(row.answered) if row.answered else None,
        )

    def _may_read(self, document_id: str, law: str) -> bool:
        if document_id not in self._readable:
            try:
                self.assistant.document(document_id)
                self._readable[document_id] = True
            except NotFound:
                self._readable[document_id] = False
        if not self._readable[document_id]:
            self._hidden_laws.add(law)
        return self._readable[document_id]

    def _cut(self, response: AskResponse) -> tuple[AskResponse, int]:
        """The answer without what rests on hidden documents, and how many pieces that are."""
        citations = [c for c in response.citations if self._may_read(c.document_id, c.law)]
        nearest = [r for r in response.nearest if self._may_read(r.document_id, r.law)]
        materials = [m for m in response.materials if self._may_read(m.document_id, m.law)]
        standards = [s for s in response.standards if self._may_read(s.document_id, s.document)]
        kept = len(citations) + len(nearest) + len(materials) + len(standards)
        held = sum(len(part) for part in (response.citations, response.nearest))
        held += len(response.materials) + len(response.standards)
        if kept == held:
            return response, 0
        keys = {c.key for c in citations}
        sentences = list(_without(response.sentences, keys, self._hidden_laws))
        cut = {
            "citations": citations,
            "nearest": nearest,
            "materials": materials,
            "standards": standards,
            "sentences": sentences,
            "answer": "\n".join(sentence.text for sentence in sentences),
            "notes": [],
            "removed": [],
        }
        return response.model_copy(update=cut), held - kept

    def _without_hidden_laws(self, row: MessageRow, understood: Understood | None) -> Understood | None:
        """What was taken over from an answer must not name a document that is hidden now."""
        if understood is None or not any(law in understood.question for law in self._hidden_laws):
            return understood
        plain = {"question": row.question, "reading": Reading.AS_ASKED, "taken_over": [], "notes": []}
        return understood.model_copy(update=plain)

    def _changed(self, response: AskResponse, answered: dt.date) -> Iterable[ChangedCitation]:
        """Citations that are not what they were: of an answer for its own day, by today's state."""
        day = self.today if response.as_of >= answered else response.as_of
        for cited in response.citations:
            try:
                now: ProvisionDetail | None = self.assistant.provision(cited.provision_id, day)
            except NotFound:
                now = None
            state = now.status if now else State.VERSION_NOT_IN_CORPUS
            if state is not cited.status:
                note = (now.note or f"现为：{STATE_ZH[state]}。") if now else _UPDATED
                yield ChangedCitation(key=cited.key, citation=cited.citation, was=cited.status, now=state, note=note)


def _without(sentences: Iterable[Sentence], keys: set[str], hidden_laws: Iterable[str]) -> Iterable[Sentence]:
    said = False
    for sentence in sentences:
        lost = any(key not in keys for key in sentence.citations)
        if lost or any(law in sentence.text for law in hidden_laws):
            if not said:
                yield Sentence(text=WITHHELD)
            said = True
        else:
            yield sentence


def _state(row: MessageRow, *, answering: bool) -> MessageState:
    if answering:
        return MessageState.ANSWERING
    return MessageState.ANSWERED if row.response else MessageState.UNANSWERED


def _day(moment: str | None) -> dt.date:
    return dt.datetime.fromisoformat(moment).date() if moment else dt.date.min
