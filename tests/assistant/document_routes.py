"""What each route is asked in the document matrix (文件矩阵): by a document it names, by words, or not at all.

A new route goes into exactly one of three tables, or ``test_document_matrix.py`` fails:

* ``NAMED``: it is given a document, or something that hangs on one (a provision, a record, an item, an upload). It is
  asked for a limited one, for one that nobody holds and for an open one.
* ``SHOWN``: it is given words, or things of one's own, and answers from documents. ``sees`` is False where what it
  answers in this world rests on no document that is limited.
* ``NOTHING``: it can show no document; the word says what it is about. Its description is held to it: no parameter or
  field that names a document, no field that shows one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.assistant.limited_samples import Sample
from tests.assistant.quiz_held import QuizHeld, text_file, written

WORDS = "占用城市道路摆摊经营怎么处罚，罚款多少"
PLACE = "宁波市"
QUOTE = "占用城市道路摆摊经营"


@dataclass(frozen=True)
class Held:
    """A document of the world and what hangs on it, by their ids."""

    sample: Sample
    quiz: QuizHeld
    upload: str = "20261122-00000000"
    item: str = "i-0000000000000000"


@dataclass(frozen=True)
class Own:
    """What the person who asks has kept, while everything was open to them, by its ids."""

    conversation: str
    message: str
    handbook: str
    other_handbook: str
    feedback: str
    curated: str
    other_curated: str
    draft: str
    refused: str
    quiz: QuizHeld


@dataclass(frozen=True)
class Asked:
    """Path and body of a request; ``sees`` whether who may read a limited document finds something of one in it.

    ``kept``: ids that the person kept are their own, and come back; words of the document do not.
    """

    path: str
    body: Any = None
    sees: bool = True
    kept: bool = False


def _named(path: str, body: Any = None) -> Callable[[Held, Own], Asked]:
    """``{document}`` and its like in a path stand for the ids of what is held."""

    def ask(held: Held, own: Own) -> Asked:
        sample = held.sample
        given = {
            "document": sample.id,
            "version": sample.version,
            "provision": sample.provision(),
            "record": f"{sample.version}/§1.{sample.mark}",
            "upload": held.upload,
            "item": held.item,
            "quiz": held.quiz,
            "title": sample.title,
            "own": own,
        }
        return Asked(path.format(**given), body(held) if callable(body) else body)

    return ask


def passage(sample: Sample) -> Any:
    """A part of a handbook."""
    return {"kind": "passage", "provision_id": sample.provision()}


def _entry(held: Held) -> Any:
    return {"kind": "provision", "id": held.sample.provision()}


def _book(held: Held) -> Any:
    return {"title": "手册", "as_of": "2026-11-21", "parts": [passage(held.sample)]}


def _record(held: Held) -> Any:
    return {"standard": f"{held.sample.version}/§1.{held.sample.mark}"}


def _fine(held: Held) -> Any:
    return _record(held) | {"proposed_yuan": "30000"}


def _text(held: Held) -> Any:
    return {"text": f"依据《{held.sample.title}》第一条处罚。"}


def _doubt(held: Held) -> Any:
    return {"key": f"record:{held.sample.version}/§1.{held.sample.mark}:0000"}


def _document(held: Held) -> Any:
    return {"document": held.sample.id}


def curated(provision: str) -> Any:
    """A curated answer that rests on a provision."""
    paragraph = {"text": f"{QUOTE}的，依法处罚。", "quotes": [{"provision_id": provision, "quote": QUOTE}]}
    return {"title": "摆摊", "question": "摆摊怎么罚", "paragraphs": [paragraph], "valid_from": "2026-01-01"}


def _curated(held: Held) -> Any:
    return curated(held.sample.provision())


def _correction(held: Held) -> Any:
    from corpus.discretion.codec import to_json

    standards = held.sample.records.standards
    return {"record": to_json(standards[0]) if standards else {}, "note": "核对"}


def _readers(held: Held) -> Any:
    return {"departments": ["甲科"] if held.sample.number == "5" else []}


def _build(held: Held) -> Any:
    return {"sources": [held.quiz.sample.id], "count": 1}


def _item(held: Held) -> Any:
    return written(held.quiz.sample)


def _items(held: Held) -> Any:
    return {"ids": [held.quiz.item], "form": "txt"}


def _move(held: Held) -> Any:
    return {"ids": [held.quiz.draft], "move": "submit"}


def _paper(held: Held) -> Any:
    return {"title": "试卷", "items": [held.quiz.item]}


def _file(held: Held) -> Any:
    return text_file(held.quiz.sample)


NAMED: dict[str, Callable[[Held, Own], Asked]] = {
    "GET /api/documents/{document_id}": _named("/api/documents/{document}"),
    "GET /api/documents/{document_id}/readers": _named("/api/documents/{document}/readers"),
    "PUT /api/documents/{document_id}/readers": _named("/api/documents/{document}/readers", _readers),
    "POST /api/documents/{document_id}/retire": _named("/api/documents/{document}/retire", {"reason": "有误"}),
    "POST /api/documents/{document_id}/restore": _named("/api/documents/{document}/restore", {"reason": "无误"}),
    "GET /api/provisions/{provision_id}": _named("/api/provisions/{provision}"),
    "GET /api/provisions/{provision_id}/picture": _named("/api/provisions/{provision}/picture"),
    "GET /api/citations": _named("/api/citations?text=依据《{title}》第一条"),
    "POST /api/citations": _named("/api/citations", _text),
    "POST /api/citations/check": _named("/api/citations/check", _text),
    "GET /api/discretion/standards": _named("/api/discretion/standards?document={document}"),
    "GET /api/discretion/items": _named("/api/discretion/items?document={document}"),
    "GET /api/discretion/review": _named("/api/discretion/review?document={document}"),
    "GET /api/discretion/standards/{key}": _named("/api/discretion/standards/{record}"),
    "GET /api/discretion/pictures/{key}": _named("/api/discretion/pictures/{record}"),
    "DELETE /api/discretion/corrections/{key}": _named("/api/discretion/corrections/{record}"),
    "PUT /api/discretion/corrections/{key}": _named("/api/discretion/corrections/{record}", _correction),
    "POST /api/discretion/compute": _named("/api/discretion/compute", _record),
    "POST /api/discretion/check": _named("/api/discretion/check", _fine),
    "POST /api/discretion/explain": _named("/api/discretion/explain", _record),
    "POST /api/discretion/explain.docx": _named("/api/discretion/explain.docx", _record),
    "POST /api/discretion/audit": _named("/api/discretion/audit", _document),
    "GET /api/encyclopedia/documents/{document_id}": _named("/api/encyclopedia/documents/{document}"),
    "GET /api/encyclopedia/documents/{document_id}/comparison": _named(
        "/api/encyclopedia/documents/{document}/comparison?old={version}&new={version}"
    ),
    "GET /api/encyclopedia/documents/{document_id}/citing": _named("/api/encyclopedia/documents/{document}/citing"),
    "GET /api/encyclopedia/documents/{document_id}/records": _named("/api/encyclopedia/documents/{document}/records"),
    "GET /api/encyclopedia/provisions/{provision_id}": _named("/api/encyclopedia/provisions/{provision}"),
    "GET /api/encyclopedia/items/{item_id}": _named("/api/encyclopedia/items/{item}"),
    "PUT /api/me/favourites": _named("/api/me/favourites", _entry),
    "DELETE /api/me/favourites": _named("/api/me/favourites?kind=document&id={document}"),
    "POST /api/me/recent": _named("/api/me/recent", _entry),
    "POST /api/me/handbooks": _named("/api/me/handbooks", _book),
    "PUT /api/me/handbooks/{handbook_id}": _named("/api/me/handbooks/{own.other_handbook}", _book),
    "POST /api/handbook.docx": _named("/api/handbook.docx", _book),
    "POST /api/review/curated": _named("/api/review/curated", _curated),
    "PUT /api/review/curated/{curated_id}": _named("/api/review/curated/{own.other_curated}", _curated),
    "GET /api/uploads/{upload_id}": _named("/api/uploads/{upload}"),
    "PATCH /api/uploads/{upload_id}": _named("/api/uploads/{upload}", {"region": "宁波市"}),
    "POST /api/uploads/{upload_id}/check": _named("/api/uploads/{upload}/check", {}),
    "POST /api/uploads/{upload_id}/confirm": _named("/api/uploads/{upload}/confirm", {"check": "0"}),
    "POST /api/uploads/{upload_id}/stop": _named("/api/uploads/{upload}/stop", {}),
    "DELETE /api/uploads/{upload_id}": _named("/api/uploads/{upload}"),
    "POST /api/corpus/doubts/mark": _named("/api/corpus/doubts/mark", _doubt),
    "POST /api/corpus/doubts/unmark": _named("/api/corpus/doubts/unmark", _doubt),
    "POST /api/quiz/builds": _named("/api/quiz/builds", _build),
    "POST /api/quiz/items": _named("/api/quiz/items", _item),
    "GET /api/quiz/items/{item_id}": _named("/api/quiz/items/{quiz.item}"),
    "PUT /api/quiz/items/{item_id}": _named("/api/quiz/items/{quiz.draft}", _item),
    "POST /api/quiz/items/{item_id}/rephrasing": _named("/api/quiz/items/{quiz.draft}/rephrasing"),
    "GET /api/quiz/items/{item_id}/history": _named("/api/quiz/items/{quiz.item}/history"),
    "POST /api/quiz/moves": _named("/api/quiz/moves", _move),
    "POST /api/quiz/import": _named("/api/quiz/import?name=x.txt", _file),
    "POST /api/quiz/export": _named("/api/quiz/export", _items),
    "POST /api/papers": _named("/api/papers", _paper),
    "GET /api/papers/{paper_id}": _named("/api/papers/{quiz.paper}"),
    "DELETE /api/papers/{paper_id}": _named("/api/papers/{quiz.paper}"),  # taken already: a conflict
    "PUT /api/papers/{paper_id}/state": _named("/api/papers/{quiz.paper}/state", {"open": True, "attempts": 20}),
    "GET /api/papers/{paper_id}/print": _named("/api/papers/{quiz.paper}/print?part=key"),
    "GET /api/papers/{paper_id}/export": _named("/api/papers/{quiz.paper}/export?form=txt"),
    "GET /api/papers/{paper_id}/results": _named("/api/papers/{quiz.paper}/results"),
    "GET /api/papers/{paper_id}/statistics": _named("/api/papers/{quiz.paper}/statistics"),
    "GET /api/papers/attempts/{attempt_id}": _named("/api/papers/attempts/{quiz.submitted}"),
    "PUT /api/papers/attempts/{attempt_id}/marks": _named(
        "/api/papers/attempts/{quiz.submitted}/marks", {"scores": {}}
    ),
    "POST /api/exams/{paper_id}/attempts": _named("/api/exams/{quiz.other_paper}/attempts"),
    "GET /api/exams/attempts/{attempt_id}": _named("/api/exams/attempts/{quiz.running}"),
}

_ASK = {"question": WORDS, "region": PLACE}
_CALL = {"name": "search", "arguments": _ASK}
_REFUSED = {"state": "open", "note": ""}
_ANSWERS = {"answers": {"1": {"truth": True}}, "sequence": 1}

SHOWN: dict[str, Callable[[Own], Asked]] = {
    "GET /api/search": lambda own: Asked(f"/api/search?question={WORDS}&region={PLACE}"),
    "POST /api/search": lambda own: Asked("/api/search", _ASK),
    "GET /api/ask": lambda own: Asked(f"/api/ask?question={WORDS}&region={PLACE}"),
    "POST /api/ask": lambda own: Asked("/api/ask?stream=1", _ASK),
    "POST /mcp": lambda own: Asked("/mcp/", {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": _CALL}),
    "GET /api/documents": lambda own: Asked("/api/documents"),
    "POST /api/discretion/find": lambda own: Asked("/api/discretion/find", {"description": "未按规定设置标识"}),
    "GET /api/encyclopedia": lambda own: Asked("/api/encyclopedia", sees=False),  # counts
    "GET /api/encyclopedia/documents": lambda own: Asked("/api/encyclopedia/documents?words=标识"),
    "GET /api/encyclopedia/items": lambda own: Asked("/api/encyclopedia/items"),
    "GET /api/encyclopedia/search": lambda own: Asked(f"/api/encyclopedia/search?words=摆摊&region={PLACE}"),
    "GET /api/encyclopedia/suggest": lambda own: Asked("/api/encyclopedia/suggest?words=标识"),
    "GET /api/encyclopedia/procedure": lambda own: Asked("/api/encyclopedia/procedure", sees=False),  # national law
    "POST /api/conversations/{conversation_id}/messages": lambda own: Asked(
        f"/api/conversations/{own.conversation}/messages", _ASK
    ),
    "GET /api/conversations/{conversation_id}/messages": lambda own: Asked(
        f"/api/conversations/{own.conversation}/messages"
    ),
    "GET /api/conversations/{conversation_id}/messages/{message_id}": lambda own: Asked(
        f"/api/conversations/{own.conversation}/messages/{own.message}"
    ),
    "GET /api/conversations/{conversation_id}/export": lambda own: Asked(
        f"/api/conversations/{own.conversation}/export?format=docx",
        sees=False,  # of an answer without citations, words only
    ),
    "POST /api/conversations/{conversation_id}/messages/{message_id}/answer": lambda own: Asked(
        f"/api/conversations/{own.conversation}/messages/{own.message}/answer", {}
    ),
    "GET /api/review/feedback/{feedback_id}": lambda own: Asked(f"/api/review/feedback/{own.feedback}"),
    "GET /api/review/curated": lambda own: Asked("/api/review/curated", sees=False),  # titles and questions
    "GET /api/review/curated/{curated_id}": lambda own: Asked(f"/api/review/curated/{own.curated}"),
    "POST /api/review/curated/{curated_id}/approve": lambda own: Asked(
        f"/api/review/curated/{own.draft}/approve", {"note": "核对"}
    ),
    "POST /api/review/curated/{curated_id}/withdraw": lambda own: Asked(
        f"/api/review/curated/{own.draft}/withdraw", {"note": "撤回"}
    ),
    "GET /api/review/refused": lambda own: Asked("/api/review/refused"),
    "PUT /api/review/refused/{group_id}": lambda own: Asked(f"/api/review/refused/{own.refused}", _REFUSED),
    "GET /api/me/favourites": lambda own: Asked("/api/me/favourites"),
    "GET /api/me/recent": lambda own: Asked("/api/me/recent"),
    "GET /api/me/handbooks/{handbook_id}": lambda own: Asked(f"/api/me/handbooks/{own.handbook}", kept=True),
    "GET /api/me/handbooks/{handbook_id}/docx": lambda own: Asked(f"/api/me/handbooks/{own.handbook}/docx", kept=True),
    "GET /api/me/data": lambda own: Asked("/api/me/data", sees=False, kept=True),
    "POST /api/uploads": lambda own: Asked("/api/uploads", ("x.md", b"|||\n1 x"), sees=False),  # what is sent
    "GET /api/uploads": lambda own: Asked("/api/uploads"),
    "GET /api/corpus/documents": lambda own: Asked("/api/corpus/documents"),
    "GET /api/corpus/retirements": lambda own: Asked("/api/corpus/retirements", sees=False),  # none took place
    "GET /api/corpus/doubts": lambda own: Asked("/api/corpus/doubts"),
    "GET /api/quiz/builds/{job_id}": lambda own: Asked(f"/api/quiz/builds/{own.quiz.job}"),
    "POST /api/quiz/builds/{job_id}/stop": lambda own: Asked(f"/api/quiz/builds/{own.quiz.job}/stop"),
    "GET /api/quiz/items": lambda own: Asked("/api/quiz/items?limit=200"),
    "GET /api/quiz/twins": lambda own: Asked("/api/quiz/twins?limit=200"),
    "POST /api/quiz/stale": lambda own: Asked("/api/quiz/stale", sees=False),  # no law changed
    "GET /api/papers": lambda own: Asked("/api/papers"),
    "GET /api/exams": lambda own: Asked("/api/exams"),
    "PUT /api/exams/attempts/{attempt_id}/answers": lambda own: Asked(
        f"/api/exams/attempts/{own.quiz.running}/answers", _ANSWERS, sees=False
    ),
    "POST /api/exams/attempts/{attempt_id}/submission": lambda own: Asked(
        f"/api/exams/attempts/{own.quiz.submitted}/submission", _ANSWERS, kept=True
    ),
    "GET /api/exams/attempts/{attempt_id}/result": lambda own: Asked(
        f"/api/exams/attempts/{own.quiz.submitted}/result", kept=True
    ),
    "GET /api/me/results": lambda own: Asked("/api/me/results", sees=False, kept=True),  # titles of papers
    "POST /api/practice": lambda own: Asked("/api/practice", {"count": 100}),
    "GET /api/practice/{practice_id}": lambda own: Asked(f"/api/practice/{own.quiz.practice}"),
    "POST /api/practice/{practice_id}/answers": lambda own: Asked(
        f"/api/practice/{own.quiz.practice}/answers", {"number": 1, "answer": {"truth": False}}
    ),
    "GET /api/me/wrong-answers": lambda own: Asked("/api/me/wrong-answers"),
    "GET /api/hours.xlsx": lambda own: Asked("/api/hours.xlsx", sees=False),
}

NOTHING: dict[str, str] = {
    "GET /api/setup": "accounts",
    "POST /api/setup": "accounts",
    "POST /api/login": "accounts",
    "POST /api/logout": "accounts",
    "GET /api/me": "accounts",
    "PUT /api/me/password": "accounts",
    "GET /api/me/sessions": "accounts",
    "DELETE /api/me/sessions/{session_id}": "accounts",
    "GET /api/me/tokens": "accounts",
    "POST /api/me/tokens": "accounts",
    "DELETE /api/me/tokens/{token_id}": "accounts",
    "GET /api/accounts": "accounts",
    "POST /api/accounts": "accounts",
    "PUT /api/accounts/{account_id}": "accounts",
    "DELETE /api/accounts/{account_id}": "accounts",
    "POST /api/accounts/{account_id}/password": "accounts",
    "POST /api/accounts/{account_id}/unlock": "accounts",
    "GET /api/departments": "accounts",
    "GET /api/live": "state",
    "GET /api/ready": "state",
    "GET /api/health": "state",
    "GET /api/index": "state",
    "POST /api/index/rebuild": "state",
    "GET /api/encyclopedia/deadline": "dates",
    "GET /api/conversations": "titles",
    "POST /api/conversations": "titles",
    "GET /api/conversations/{conversation_id}": "titles",
    "PATCH /api/conversations/{conversation_id}": "titles",
    "DELETE /api/conversations/{conversation_id}": "deletion",
    "POST /api/feedback": "feedback",
    "GET /api/me/feedback": "feedback",
    "GET /api/review/feedback": "feedback",
    "PUT /api/review/feedback/{feedback_id}": "feedback",
    "DELETE /api/me/recent": "deletion",
    "GET /api/me/handbooks": "titles",
    "DELETE /api/me/handbooks/{handbook_id}": "deletion",
    "DELETE /api/me/data": "deletion",
    "GET /api/audit-log": "log",
    "GET /api/audit-log/verification": "log",
    "GET /api/audit-log/export": "log",
    "POST /api/audit-log/erasures": "log",
    "GET /api/practice": "rounds",
    "GET /api/me/hours": "hours",
    "GET /api/hours": "hours",
}

NAMING = {
    "document_id", "document", "provision_id", "version_id", "key", "standard", "item_id", "old", "new", "parts",
    "paragraphs", "along", "id", "message_id", "upload_id", "text",
}  # fmt: skip
"""Parameters and fields that name a document, a text, a provision, a record, an item, an upload, or quote one."""

SHOWING = {
    "document_id", "version_id", "provision_id", "citation", "quote", "law", "excerpt", "text", "record", "nearest",
    "articles", "sentences", "key", "standards", "document", "parts",
}  # fmt: skip
"""Fields of answers that show a document, or which one it is."""

TAKEN_AS_GIVEN = {
    "PUT /api/me/password": {"new"},  # a password
    "POST /api/feedback": {"message_id"},  # noted, not looked up
}
