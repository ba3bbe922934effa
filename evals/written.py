"""Answers in a model's words (模型撰写的答复), judged without the code that checked them while they were written.

The check of the assistant (``assistant.answer.grounding``) takes out what a provision does not bear out. This module
reads what was served in the end with rules of its own, stricter and simpler: whatever an officer could copy out of a
sentence (a law's name, an article's number, a sum, a span of time) must stand in a provision that the sentence cites.
"""

from __future__ import annotations

import re
import time
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from statistics import quantiles
from typing import Any

from assistant.contract import (
    AnswerCitation,
    AskRequest,
    AskResponse,
    Assistant,
    DoneEvent,
    RemovedEvent,
    Sentence,
    SentenceEvent,
)
from corpus.errors import EAssistantError
from corpus.numerals import find_numbers
from evals.questions import Question
from evals.quotes import bare

_TITLE = re.compile(r"《([^《》]{2,60})》")
_ARTICLE = re.compile(r"第[〇零一二三四五六七八九十百千两0-9]+条(?:之[一二三四五六七八九十]+)?")
_UNIT = re.compile(r"\s*(?:元|倍|%|日|天|个?月|年|周|小时|分钟|分贝|吨|平方米|公里|千米|人|周岁|次)")
_MARKUP = re.compile(r"https?:|www\.|!\[|\]\(|<[a-zA-Z/!]|javascript:", re.IGNORECASE)
_UNREADABLE = re.compile(r"[\ufffd\x00-\x08\x0b-\x1f]")


@dataclass(frozen=True, slots=True)
class Fault:
    """Something in a served sentence that no cited provision bears out."""

    kind: str  # unknown_key, title, article, number, markup, unreadable, quote
    found: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Written:
    """What became of one question. ``written`` is False where the composed answer was served instead.

    ``shown`` are the sentences of the answer and those that were sent before it was given up; ``cited`` the citations
    that these carry.
    """

    id: str
    question: str
    refused: bool
    written: bool
    shown: int
    taken_back: int
    cited: int
    removed: int
    seconds: float
    faults: tuple[Fault, ...] = ()
    notes: tuple[str, ...] = ()
    error: str | None = None
    response: dict[str, Any] = field(default_factory=dict)

    @property
    def gave_up(self) -> bool:
        """Whether the model did not answer, or not to the end."""
        return any(note.startswith("模型未应答") for note in self.notes)

    @property
    def asked(self) -> bool:
        """Whether the model was asked: it is not where there is no basis to write from."""
        return self.written or any(note.startswith("模型") for note in self.notes)

    def to_json(self) -> dict[str, Any]:
        return asdict(self)


def faults_of(response: AskResponse) -> list[Fault]:
    """Everything in the sentences of an answer that what they cite does not bear out."""
    cited = {c.key: c for c in response.citations}
    faults = [
        Fault("quote", c.quote[:40], "") for c in response.citations if not c.quote.strip() or c.quote not in c.text
    ]
    for sentence in response.sentences:
        faults += _faults(sentence.text, [cited[k] for k in sentence.citations if k in cited], response)
        faults += [Fault("unknown_key", key, sentence.text) for key in sentence.citations if key not in cited]
    return faults


def _faults(text: str, citations: Sequence[AnswerCitation], response: AskResponse) -> list[Fault]:
    faults = [Fault("markup", m.group(), text) for m in _MARKUP.finditer(text)]
    faults += [Fault("unreadable", repr(m.group()), text) for m in _UNREADABLE.finditer(text)]
    if not citations and response.refused:
        return faults
    held = "\n".join(_whole(c) for c in citations)
    plain = bare(held)
    for title in _TITLE.findall(text):
        if bare(title) not in plain:
            faults.append(Fault("title", title, text))
    for article in _ARTICLE.findall(text):
        if bare(article) not in plain:
            faults.append(Fault("article", article, text))
    allowed = _numbers(held) | _numbers(f"{response.as_of:%Y年%m月%d日 %Y-%m-%d}")
    faults += [Fault("number", str(n), text) for n in sorted(_numbers(_without_dates(text)) - allowed)]
    return faults


def _whole(citation: AnswerCitation) -> str:
    """All that a sentence may take from a citation: its text, name, dates and what is remarked on it."""
    day = citation.effective_from
    dates = f"{day:%Y-%m-%d} {day:%Y}年{day.month}月{day.day}日" if day else ""
    return "\n".join((citation.law, citation.citation, citation.heading, citation.text, dates, citation.note or ""))


def _without_dates(text: str) -> str:
    return re.sub(r"\d{4}-\d{2}-\d{2}", "", text)


def _numbers(text: str) -> set[Any]:
    """Sums, multiples, shares and spans of time; other number words (一般, 统一) say nothing to check."""
    plain = unicodedata.normalize("NFKC", text)
    return {mention.value for mention in find_numbers(plain) if _UNIT.match(plain, mention.end)}


def ask_all(questions: Iterable[Question], assistant: Assistant) -> Iterator[Written]:
    """Ask every question, sentence by sentence as an officer gets it, and judge all that was sent.

    An error is kept with its question.
    """
    for question in questions:
        request = AskRequest(question=question.question, as_of=question.as_of, region=question.asked_in)
        started, sent, removed = time.perf_counter(), list[Sentence](), 0
        try:
            for event in assistant.ask_stream(request):
                if isinstance(event, SentenceEvent):
                    sent.append(event.sentence)
                elif isinstance(event, RemovedEvent):
                    removed += 1
                elif isinstance(event, DoneEvent):
                    yield judge(question, event.response, sent, time.perf_counter() - started)
        except EAssistantError as error:
            seconds = round(time.perf_counter() - started, 1)
            yield Written(
                question.id, question.question, False, False, len(sent), 0, 0, removed, seconds, error=str(error)
            )


def judge(question: Question, response: AskResponse, sent: Sequence[Sentence] = (), seconds: float = 0.0) -> Written:
    """One answer, judged with every sentence that was ``sent`` before it was whole."""
    taken_back = [sentence for sentence in sent if sentence not in response.sentences]
    everything = response.model_copy(update={"sentences": [*response.sentences, *taken_back]})
    return Written(
        id=question.id,
        question=question.question,
        refused=response.refused,
        written=response.model is not None,
        shown=len(everything.sentences),
        taken_back=len(taken_back),
        cited=sum(len(sentence.citations) for sentence in everything.sentences),
        removed=len(response.removed),
        seconds=round(seconds, 1),
        faults=tuple(faults_of(everything)),
        notes=tuple(response.notes),
        response=response.model_dump(mode="json"),
    )


def summarise(judged: Sequence[Written]) -> dict[str, int | float]:
    """Counts over all questions; ``faulty sentences`` is what must be none."""
    counts: dict[str, int | float] = {
        "questions": len(judged),
        "errors": sum(w.error is not None for w in judged),
        "refused": sum(w.refused for w in judged),
        "model asked": sum(w.asked for w in judged),
        "in the model's words": sum(w.written for w in judged),
        "composed answer instead": sum(w.asked and not w.written for w in judged),
        "of these, model gave up or was cut": sum(w.gave_up for w in judged),
        "sentences shown": sum(w.shown for w in judged),
        "of these, taken back with the draft": sum(w.taken_back for w in judged),
        "citations in them": sum(w.cited for w in judged),
        "sentences taken out": sum(w.removed for w in judged),
        "faulty sentences": sum(len({f.sentence for f in w.faults}) for w in judged),
    }
    seconds = [w.seconds for w in judged if w.asked]
    if len(seconds) > 1:
        cuts = quantiles(seconds, n=20, method="inclusive")
        counts |= {"p50 s, model asked": round(cuts[9], 1), "p95 s, model asked": round(cuts[18], 1)}
    return counts
