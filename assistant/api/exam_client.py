"""Taking papers and practising over HTTP (考试与练习接口)."""

from __future__ import annotations

from urllib.parse import quote

from assistant.api.paper_client import hours_params
from assistant.api.wire import Wire, body, given
from assistant.quiz.paper_contract import (
    AskedPaper,
    AskedPractice,
    HoursPage,
    HoursQuery,
    MarkedItem,
    PaperPage,
    PracticeAnswer,
    PracticeRequest,
    PracticeRounds,
    Result,
    ResultPage,
    Saved,
    SaveRequest,
    WrongPage,
)
from assistant.userdata.words import PageQuery


class ExamClient:
    """What a person does who takes papers and practises."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    def offered(self) -> PaperPage:
        return self._wire.get("/api/exams", PaperPage)

    def start(self, paper_id: str) -> AskedPaper:
        """Begin, or go on with the attempt that runs."""
        sent = self._wire.send("POST", f"/api/exams/{quote(paper_id, safe='')}/attempts")
        return AskedPaper.model_validate_json(sent.content)

    def attempt(self, attempt_id: str) -> AskedPaper:
        return self._wire.get(_of(attempt_id), AskedPaper)

    def save(self, attempt_id: str, request: SaveRequest) -> Saved:
        sent = self._wire.send("PUT", f"{_of(attempt_id)}/answers", json=body(request))
        return Saved.model_validate_json(sent.content)

    def submit(self, attempt_id: str, request: SaveRequest) -> Result:
        return self._wire.post(f"{_of(attempt_id)}/submission", request, Result)

    def result(self, attempt_id: str) -> Result:
        return self._wire.get(f"{_of(attempt_id)}/result", Result)

    def own_results(self, query: PageQuery | None = None) -> ResultPage:
        return self._wire.get("/api/me/results", ResultPage, given(**body(query or PageQuery())))

    def practise(self, request: PracticeRequest) -> AskedPractice:
        return self._wire.post("/api/practice", request, AskedPractice)

    def practice(self, practice_id: str) -> AskedPractice:
        """A round that was left, to go on with."""
        return self._wire.get(f"/api/practice/{quote(practice_id, safe='')}", AskedPractice)

    def unfinished(self) -> PracticeRounds:
        return self._wire.get("/api/practice", PracticeRounds)

    def answer(self, practice_id: str, request: PracticeAnswer) -> MarkedItem:
        return self._wire.post(f"/api/practice/{quote(practice_id, safe='')}/answers", request, MarkedItem)

    def wrong(self, query: PageQuery | None = None) -> WrongPage:
        return self._wire.get("/api/me/wrong-answers", WrongPage, given(**body(query or PageQuery())))

    def hours(self, query: HoursQuery | None = None) -> HoursPage:
        """One's own hours."""
        return self._wire.get("/api/me/hours", HoursPage, hours_params(query))


def _of(attempt_id: str) -> str:
    return f"/api/exams/attempts/{quote(attempt_id, safe='')}"
