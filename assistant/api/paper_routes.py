"""The routes of papers and of everybody's results (试卷与成绩接口), for trainers."""

from __future__ import annotations

from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Body, Path, Query
from fastapi.responses import Response
from pydantic import Field

from assistant.api.errors import refusals
from assistant.api.permission import Trainer
from assistant.contract import Request
from assistant.quiz.contract import Exported, Format
from assistant.quiz.paper_contract import (
    Exams,
    MarkRequest,
    OpenRequest,
    Paper,
    PaperPage,
    PaperRequest,
    Papers,
    PaperStatistics,
    Part,
    PrintFormat,
    Result,
    ResultPage,
)
from assistant.userdata.words import PageQuery

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_PRINTED = {
    PrintFormat.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    PrintFormat.PDF: "application/pdf",
}
_PART_ZH = {Part.QUESTIONS: "试卷", Part.SHEET: "答题卡", Part.KEY: "答案与解析"}

_PaperId = Annotated[str, Path(description="试卷编号。Id of the paper.", max_length=64)]
_AttemptId = Annotated[str, Path(description="作答编号。Id of the attempt.", max_length=64)]
_MAKE = {
    "按要求组卷": {
        "summary": "按要求组卷 By a blueprint",
        "value": {
            "title": "2026 年度执法资格考试",
            "parts": [
                {"kind": "single", "count": 20, "points": "2"},
                {"kind": "multiple", "count": 10, "points": "4"},
                {"kind": "true_false", "count": 10, "points": "2"},
            ],
            "variants": 2,
            "minutes": 90,
            "seed": 7,
        },
    },
    "指定试题": {
        "summary": "指定试题 Chosen items",
        "value": {"title": "案例研讨", "items": ["q-0199"], "points": {"single": "5"}, "minutes": 30},
    },
}
_OPEN = {
    "开考": {
        "summary": "开考 Open",
        "value": {"open": True, "groups": ["执法一队"], "closes_at": "2026-12-01T17:00:00+08:00"},
    },
    "结束": {"summary": "结束 Close", "value": {"open": False}},
}
_MARK = {
    "阅卷": {"summary": "阅卷 Marks", "value": {"scores": {"41": "8.5"}, "notes": {"41": "未写明期限。"}}},
}


class PrintQuery(Request):
    """Query string of a printed paper."""

    part: Part = Field(default=Part.QUESTIONS, description="打印内容：试卷、答题卡、答案与解析。What is printed.")
    form: PrintFormat = Field(default=PrintFormat.DOCX, description="格式。Format.")
    variant: str = Field(default="A", max_length=1, description="卷别。Variant.", examples=["A"])


class PaperExportQuery(Request):
    """Query string of an exported paper."""

    form: Format = Field(description="格式。Format.")


def build_paper_router(papers: Papers, exams: Exams) -> APIRouter:
    """All routes under ``/api/papers``."""
    router = APIRouter(prefix="/api/papers", tags=["papers"], responses=refusals(401, 403, 422, 503))
    _add_results(router, exams)
    _add_papers(router, papers)
    _add_files(router, papers)
    return router


def _add_papers(router: APIRouter, papers: Papers) -> None:
    @router.get("", summary="试卷 Papers")
    def listed(trainer: Trainer, query: Annotated[PageQuery, Query()]) -> PaperPage:
        """全部试卷，新的在前。All papers, newest first."""
        return papers.papers(trainer, query)

    @router.post("", status_code=201, summary="组卷 Make a paper", responses=refusals(409))
    def make(trainer: Trainer, request: Annotated[PaperRequest, Body(openapi_examples=_MAKE)]) -> Paper:
        """由已发布试题按要求抽取，或由指定试题组成；不足的写在 missing。What could not be had is said in `missing`."""
        return papers.make(trainer, request)

    @router.get("/{paper_id}", summary="一份试卷 One paper", responses=refusals(404))
    def paper(trainer: Trainer, paper_id: _PaperId) -> Paper:
        """试题、分值、卷别；依据已变动的题号在 blocked。Its items; numbers whose law changed stand in `blocked`."""
        return papers.paper(trainer, paper_id)

    @router.delete("/{paper_id}", status_code=204, summary="删除试卷 Delete a paper", responses=refusals(404, 409))
    def remove(trainer: Trainer, paper_id: _PaperId) -> None:
        """删除无人作答的试卷。Deletes a paper that nobody took."""
        papers.remove(trainer, paper_id)

    @router.put("/{paper_id}/state", summary="开考、结束 Open or close", responses=refusals(404, 409))
    def open_or_close(
        trainer: Trainer, paper_id: _PaperId, request: Annotated[OpenRequest, Body(openapi_examples=_OPEN)]
    ) -> Paper:
        """开考：定时间、部门、次数；结束：进行中的作答随即交卷。Opens it, or closes it and ends what runs."""
        return papers.open(trainer, paper_id, request)


def _add_files(router: APIRouter, papers: Papers) -> None:
    @router.get(
        "/{paper_id}/print",
        summary="打印 Print",
        response_class=Response,
        responses={**file_of(*_PRINTED.values()), **refusals(404)},
    )
    def printed(trainer: Trainer, paper_id: _PaperId, query: Annotated[PrintQuery, Query()]) -> Response:
        """试卷、答题卡或答案与解析，DOCX 或 PDF。Question paper, answer sheet or key, as DOCX or PDF."""
        content = papers.printed(trainer, paper_id, query.part, query.form, query.variant)
        name = f"{_PART_ZH[query.part]}（{query.variant}卷）"
        return as_file(content, _PRINTED[query.form], name, f"paper-{query.part}-{query.variant}", query.form)

    @router.get("/{paper_id}/export", summary="导出 Export", responses=refusals(404))
    def exported(trainer: Trainer, paper_id: _PaperId, query: Annotated[PaperExportQuery, Query()]) -> Exported:
        """Moodle XML、GIFT、XLSX 或 TXT（base64）；不能承载的逐题说明。A file, and what it could not carry."""
        from assistant.quiz.exchange import MEDIA_TYPE, SUFFIX

        content, left_out = papers.exported(trainer, paper_id, query.form)
        return Exported(
            name=f"试卷.{SUFFIX[query.form]}",
            media_type=MEDIA_TYPE[query.form],
            data=content,
            left_out=left_out,
        )


def _add_results(router: APIRouter, exams: Exams) -> None:
    @router.get("/attempts/{attempt_id}", summary="一人的成绩 One result", responses=refusals(404))
    def trainee_result(trainer: Trainer, attempt_id: _AttemptId) -> Result:
        """一次作答的逐题情况。One attempt, item by item."""
        return exams.trainee_result(trainer, attempt_id)

    @router.put("/attempts/{attempt_id}/marks", summary="阅卷 Mark", responses=refusals(404, 409))
    def mark(
        trainer: Trainer, attempt_id: _AttemptId, request: Annotated[MarkRequest, Body(openapi_examples=_MARK)]
    ) -> Result:
        """为简答评分，或者更正某题的得分。Points for free answers, or corrected points."""
        return exams.mark(trainer, attempt_id, request)

    @router.get("/{paper_id}/results", summary="成绩 Results", responses=refusals(404))
    def results(trainer: Trainer, paper_id: _PaperId, query: Annotated[PageQuery, Query()]) -> ResultPage:
        """各人的成绩，后开始的在前。Everybody's attempts, the last begun first."""
        return exams.results(trainer, paper_id, query)

    @router.get("/{paper_id}/statistics", summary="统计 Statistics", responses=refusals(404))
    def statistics(trainer: Trainer, paper_id: _PaperId) -> PaperStatistics:
        """平均分、分布、分部门成绩；各题难度、区分度、选项人数。Grades by department; difficulty, discrimination."""
        return exams.statistics(trainer, paper_id)


def file_of(*media_types: str) -> dict[int | str, dict[str, Any]]:
    """Description of a route that answers with a file."""
    binary = {"schema": {"type": "string", "format": "binary"}}
    return {200: {"description": "文件。The file.", "content": dict.fromkeys(media_types, binary)}}


def as_file(content: bytes, media_type: str, name: str, ascii_name: str, suffix: str) -> Response:
    """A file to be saved under a name."""
    names = f"attachment; filename=\"{ascii_name}.{suffix}\"; filename*=UTF-8''{quote(f'{name}.{suffix}')}"
    return Response(content, media_type=media_type, headers={"Content-Disposition": names})
