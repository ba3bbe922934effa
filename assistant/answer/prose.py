"""An answer in a model's words (模型撰写的答复), every sentence checked before anybody sees it.

The composed answer is there first and stays the fallback: when the model does not answer, finds no basis, or nothing
of its draft holds, the composed answer is served and a note says why. What the check took out is always reported.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from assistant.answer.compose import Evidence, Line, closing_line, standing
from assistant.answer.draft import without_thinking
from assistant.answer.grounding import Checked, ProseCheck
from assistant.answer.prompts import NO_BASIS, build_messages, keyed
from assistant.contract import AskEvent, AskResponse, DoneEvent, Removed, RemovedEvent, Sentence, SentenceEvent
from corpus.citations import NameTable
from corpus.errors import GeneratorUnavailable

if TYPE_CHECKING:
    from assistant.generator import Writer

_INSTEAD = "以下为原文编排的答复。"


def write_answer(
    writer: Writer, composed: AskResponse, evidence: Sequence[Evidence], names: NameTable
) -> Iterator[AskEvent]:
    """The sentences that hold and those that do not, as they come, then the whole answer.

    ``composed`` is the answer without a model, its citations included; ``evidence`` what it rests on, best first.
    When the draft fails after sentences of it were sent, only the last event carries the composed answer.
    """
    sources = keyed(evidence)
    draft = _Draft()
    try:
        for checked in _checked(writer, composed.question, sources, names):
            yield from draft.add(checked)
        failure = draft.failure()
    except GeneratorUnavailable as error:
        failure = f"模型未应答（{error.what}），{_INSTEAD}"
    if failure:
        if not draft.shown:
            yield from (SentenceEvent(sentence=sentence) for sentence in composed.sentences)
        notes = [*composed.notes, failure]
        yield DoneEvent(response=composed.model_copy(update={"removed": draft.removed, "notes": notes}))
        return
    for line in _closing(draft.shown, sources, composed):
        yield from draft.add(line)
    sentences = [_sentence(line) for line in draft.shown]
    written = {
        "answer": "\n".join(s.text for s in sentences),
        "sentences": sentences,
        "model": writer.model,
        "removed": draft.removed,
        "notes": [*composed.notes, *draft.remarks()],
    }
    yield DoneEvent(response=composed.model_copy(update=written))


def _checked(writer: Writer, question: str, sources: Mapping[str, Evidence], names: NameTable) -> Iterator[Checked]:
    check = ProseCheck(sources, names)
    for piece in without_thinking(writer.write(build_messages(question, sources))):
        yield from check.feed(piece)
    yield from check.finish()


class _Draft:
    """What has been shown and taken out so far; links and headings wait for the first that says what law is."""

    def __init__(self) -> None:
        self.shown: list[Line] = []
        self.removed: list[Removed] = []
        self._waiting: list[Line] = []

    def add(self, checked: Checked) -> Iterator[AskEvent]:
        """The events that a checked sentence gives; a sentence said before gives none."""
        if not isinstance(checked, Line):
            self.removed.append(Removed(text=checked.text, reason=checked.reason))
            yield RemovedEvent(removed=self.removed[-1])
            return
        if checked in self.shown or checked in self._waiting:
            return
        self._waiting.append(checked)
        if checked.is_substantive or self.shown:
            for line in self._waiting:
                self.shown.append(line)
                yield SentenceEvent(sentence=_sentence(line))
            self._waiting.clear()

    def failure(self) -> str:
        """Why nothing of the finished draft can be served, in words for the officer; empty when it can."""
        if self.shown:
            return ""
        if any(NO_BASIS in line.text for line in self._waiting):
            return f"模型认为所给条文没有回答这一问题，{_INSTEAD}请自行核对是否切题。"
        return f"模型所写的内容未通过依据核验，{_INSTEAD}"

    def remarks(self) -> list[str]:
        """What the officer must know of a draft that is served."""
        number = len(self.removed)
        return [f"模型草稿中有{number}句未通过依据核验，已删去。"] if number else []


def _closing(shown: Sequence[Line], sources: Mapping[str, Evidence], composed: AskResponse) -> Iterator[Line]:
    """Rank, dates and state of every provision that the prose cites, and the day asked about."""
    cited = {key for line in shown for key in line.keys}
    for evidence in sources.values():
        if evidence.key in cited:
            note = f"。{evidence.note}" if evidence.note else ""
            yield Line(f"依据：{evidence.citation}（{standing(evidence)}）{note}".rstrip("。") + "。", (evidence.key,))
    yield closing_line(composed.as_of)


def _sentence(line: Line) -> Sentence:
    return Sentence(text=line.text, citations=list(line.keys))
