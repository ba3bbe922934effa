"""Answers in a model's words (模型撰写的答复), judged without the code that checked them while they were written.

The check of the assistant (``assistant.answer.grounding``) takes out what a provision does not bear out. This module
reads what was served in the end with rules of its own, stricter and simpler: whatever an officer could copy out of a
sentence (a law's name, an article's number, a sum, a span of time) must stand in a provision that the sentence cites.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from assistant.contract import AnswerCitation, AskRequest, AskResponse, Assistant
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
    """What became of one question. ``written`` is False where the composed answer was served instead."""

    id: str
    question: str
    refused: bool
    written: bool
    sentences: int
    cited: int
    removed: int
    faults: tuple[Fault, ...] = ()
    notes: tuple[str, ...] = ()
    error: str | None = None
    response: dict[str, Any] = field(default_factory=dict)

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


def ask_all(
    questions: Iterable[Question], assistant: Assistant, progress: Callable[[int], None] = lambda _done: None
) -> list[Written]:
    """Ask every question and judge what was served; an error is kept with its question."""
    judged = []
    for done, question in enumerate(questions, 1):
        request = AskRequest(question=question.question, as_of=question.as_of, region=question.asked_in)
        try:
            judged.append(judge(question, assistant.ask(request)))
        except EAssistantError as error:
            judged.append(Written(question.id, question.question, False, False, 0, 0, 0, error=str(error)))
        progress(done)
    return judged


def judge(question: Question, response: AskResponse) -> Written:
    """One answer, judged."""
    return Written(
        id=question.id,
        question=question.question,
        refused=response.refused,
        written=response.model is not None,
        sentences=len(response.sentences),
        cited=len(response.citations),
        removed=len(response.removed),
        faults=tuple(faults_of(response)),
        notes=tuple(response.notes),
        response=response.model_dump(mode="json"),
    )


def summarise(judged: Sequence[Written]) -> dict[str, int]:
    """Counts over all questions; ``faulty sentences`` is what must be none."""
    return {
        "questions": len(judged),
        "errors": sum(w.error is not None for w in judged),
        "refused": sum(w.refused for w in judged),
        "in the model's words": sum(w.written for w in judged),
        "composed answer instead": sum(not w.written and not w.refused and w.error is None for w in judged),
        "sentences shown": sum(w.sentences for w in judged),
        "sentences taken out": sum(w.removed for w in judged),
        "provisions cited": sum(w.cited for w in judged),
        "faulty sentences": sum(len({f.sentence for f in w.faults}) for w in judged),
    }
