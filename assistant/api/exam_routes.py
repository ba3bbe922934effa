"""The routes of taking papers and practising (考试与练习接口).

Until an attempt is submitted, no answer of these routes says what is right: they send the ``Asked…`` shapes alone.
"""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Body, Path, Query
from fastapi.responses import Response

from assistant.api.errors import refusals
from assistant.api.paper_routes import XLSX, as_file, file_of
from assistant.api.permission import Converser, Trainer
from assistant.quiz.paper_contract import (
    AskedPaper,
    AskedPractice,
    Departments,
    Exams,
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

_PaperId = Annotated[str, Path(description="试卷编号。Id of the paper.", max_length=64)]
_AttemptId = Annotated[str, Path(description="作答编号。Id of the attempt.", max_length=64)]
_PracticeId = Annotated[str, Path(description="练习编号。Id of the round.", max_length=64)]
_ANSWERS = {
    "单选、判断、填空": {
        "summary": "单选、判断、填空 An option, a truth, a blank",
        "value": {"answers": {"1": {"chosen": [2]}, "2": {"truth": False}, "3": {"blanks": ["五日"]}}, "sequence": 3},
    }
}
_PRACTICE = {"错题": {"summary": "练错题 The wrong-answer book", "value": {"wrong_only": True, "count": 10}}}
_ONE = {"单选": {"summary": "单选 One option", "value": {"number": 1, "answer": {"chosen": [0]}}}}


def build_exam_router(exams: Exams) -> APIRouter:
    """``/api/exams``, ``/api/practice``, ``/api/me/results``, ``/api/me/wrong-answers`` and the hours."""
    router = APIRouter(prefix="/api", tags=["exams"], responses=refusals(401, 403, 422, 503))
    _add_sitting(router, exams)
    _add_practice(router, exams)
    _add_hours(router, exams)
    return router


def _add_sitting(router: APIRouter, exams: Exams) -> None:
    @router.get("/exams", summary="可参加的考试 Exams offered")
    def offered(converser: Converser) -> PaperPage:
        """向本人开放的试卷；running 为可继续的作答。Papers open to the person; one's running attempt is named."""
        return exams.offered(converser)

    @router.post("/exams/{paper_id}/attempts", summary="开始作答 Start", responses=refusals(404, 409))
    def start(converser: Converser, paper_id: _PaperId) -> AskedPaper:
        """开始作答；已有进行中的作答时继续作答。Begins, or goes on with the attempt that runs."""
        return exams.start(converser, paper_id)

    @router.get("/exams/attempts/{attempt_id}", summary="继续作答 Resume", responses=refusals(404))
    def attempt(converser: Converser, attempt_id: _AttemptId) -> AskedPaper:
        """题面、已保存的作答与剩余时间。The questions, the answers saved, the time left by the server's clock."""
        return exams.attempt(converser, attempt_id)

    @router.put("/exams/attempts/{attempt_id}/answers", summary="暂存作答 Save answers", responses=refusals(404, 409))
    def save(
        converser: Converser, attempt_id: _AttemptId, request: Annotated[SaveRequest, Body(openapi_examples=_ANSWERS)]
    ) -> Saved:
        """保存；迟到、重复的保存不改变什么。What comes late or again changes nothing; `sequence` tells what is kept."""
        return exams.save(converser, attempt_id, request)

    @router.post("/exams/attempts/{attempt_id}/submission", summary="交卷 Submit", responses=refusals(404, 409))
    def submit(
        converser: Converser, attempt_id: _AttemptId, request: Annotated[SaveRequest, Body(openapi_examples=_ANSWERS)]
    ) -> Result:
        """交卷并评分；重复交卷得到同一成绩。Submits with the last answers; once more, the same result."""
        return exams.submit(converser, attempt_id, request)

    @router.get("/exams/attempts/{attempt_id}/result", summary="本人成绩 Own result", responses=refusals(404, 409))
    def result(converser: Converser, attempt_id: _AttemptId) -> Result:
        """交卷后的成绩与逐题解析。Points, key and explanation of each item, after submission."""
        return exams.result(converser, attempt_id)

    @router.get("/me/results", summary="我的成绩 Own results")
    def own_results(converser: Converser, query: Annotated[PageQuery, Query()]) -> ResultPage:
        """本人已交的试卷，新的在前。One's submitted attempts, newest first, without their items."""
        return exams.own_results(converser, query)


def _add_practice(router: APIRouter, exams: Exams) -> None:
    @router.post("/practice", summary="练习 Practise")
    def practise(
        converser: Converser, request: Annotated[PracticeRequest, Body(openapi_examples=_PRACTICE)]
    ) -> AskedPractice:
        """一组练习题；没有合乎要求的试题时为空。A round of items; empty where nothing fits."""
        return exams.practise(converser, request)

    @router.get("/practice", summary="未做完的练习 Rounds to go on with")
    def unfinished(converser: Converser) -> PracticeRounds:
        """近七天内没有做完的练习，新的在前。Rounds of the last week with something left, newest first."""
        return exams.unfinished(converser)

    @router.get("/practice/{practice_id}", summary="继续练习 Go on with a round", responses=refusals(404))
    def practice(converser: Converser, practice_id: _PracticeId) -> AskedPractice:
        """题面与已答的题；其后修改过的题不再列出。The questions and what was answered; changed items are left out."""
        return exams.practice(converser, practice_id)

    @router.post("/practice/{practice_id}/answers", summary="答一题 Answer one", responses=refusals(404, 409))
    def answer(
        converser: Converser, practice_id: _PracticeId, request: Annotated[PracticeAnswer, Body(openapi_examples=_ONE)]
    ) -> MarkedItem:
        """即时评分并给出解析与依据。Graded and explained at once."""
        return exams.answer(converser, practice_id, request)

    @router.get("/me/wrong-answers", summary="错题本 Wrong-answer book")
    def wrong(converser: Converser, query: Annotated[PageQuery, Query()]) -> WrongPage:
        """答错的题，最近的在前；其后连续答对三次移出。Items answered wrong; three right in a row take one out."""
        return exams.wrong(converser, query)


def _add_hours(router: APIRouter, exams: Exams) -> None:
    @router.get("/me/hours", summary="我的学时 Own hours")
    def own_hours(converser: Converser, query: Annotated[HoursQuery, Query()]) -> HoursPage:
        """本人考试与练习所用的时间。Time that one spent on exams and practice."""
        return exams.hours(converser, query.model_copy(update={"own": True}))

    @router.get("/departments", summary="部门 Departments")
    def departments(trainer: Trainer) -> Departments:
        """可指定参加考试的部门：在用账户所属的部门。Departments of the accounts in use, to give an exam to."""
        return exams.departments(trainer)

    @router.get("/hours", summary="学时 Hours")
    def hours(trainer: Trainer, query: Annotated[HoursQuery, Query()]) -> HoursPage:
        """各人的学时。Everybody's hours."""
        return exams.hours(trainer, query)

    @router.get("/hours.xlsx", summary="导出学时 Hours as a workbook", response_class=Response, responses=file_of(XLSX))
    def hours_xlsx(trainer: Trainer, query: Annotated[HoursQuery, Query()]) -> Response:
        """学时登记表，XLSX，不分页。The whole list as a workbook."""
        return as_file(exams.hours_xlsx(trainer, query), XLSX, "学时登记表", "hours", "xlsx")
