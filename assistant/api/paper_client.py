"""Papers and everybody's results over HTTP (试卷与成绩接口)."""

from __future__ import annotations

from urllib.parse import quote

from assistant.api.wire import Wire, body, given
from assistant.quiz.contract import Exported, Format
from assistant.quiz.paper_contract import (
    Departments,
    HoursPage,
    HoursQuery,
    MarkRequest,
    OpenRequest,
    Paper,
    PaperPage,
    PaperRequest,
    PaperStatistics,
    Part,
    PrintFormat,
    Result,
    ResultPage,
)
from assistant.userdata.words import PageQuery

_PREFIX = "/api/papers"


class PaperClient:
    """What trainers do with papers, and what they see of those who took them."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    def make(self, request: PaperRequest) -> Paper:
        return self._wire.post(_PREFIX, request, Paper)

    def papers(self, query: PageQuery | None = None) -> PaperPage:
        return self._wire.get(_PREFIX, PaperPage, given(**body(query or PageQuery())))

    def paper(self, paper_id: str) -> Paper:
        return self._wire.get(_of(paper_id), Paper)

    def remove(self, paper_id: str) -> None:
        self._wire.send("DELETE", _of(paper_id))

    def open(self, paper_id: str, request: OpenRequest) -> Paper:
        return Paper.model_validate_json(self._wire.send("PUT", f"{_of(paper_id)}/state", json=body(request)).content)

    def departments(self) -> list[str]:
        """The departments that an exam can be given to."""
        return self._wire.get("/api/departments", Departments).items

    def printed(self, paper_id: str, part: Part, form: PrintFormat, variant: str = "A") -> bytes:
        params = {"part": part.value, "form": form.value, "variant": variant}
        return self._wire.send("GET", f"{_of(paper_id)}/print", params=params).content

    def exported(self, paper_id: str, form: Format) -> Exported:
        return self._wire.get(f"{_of(paper_id)}/export", Exported, {"form": form.value})

    def results(self, paper_id: str, query: PageQuery | None = None) -> ResultPage:
        return self._wire.get(f"{_of(paper_id)}/results", ResultPage, given(**body(query or PageQuery())))

    def trainee_result(self, attempt_id: str) -> Result:
        return self._wire.get(f"{_PREFIX}/attempts/{quote(attempt_id, safe='')}", Result)

    def mark(self, attempt_id: str, request: MarkRequest) -> Result:
        sent = self._wire.send("PUT", f"{_PREFIX}/attempts/{quote(attempt_id, safe='')}/marks", json=body(request))
        return Result.model_validate_json(sent.content)

    def statistics(self, paper_id: str) -> PaperStatistics:
        return self._wire.get(f"{_of(paper_id)}/statistics", PaperStatistics)

    def hours(self, query: HoursQuery | None = None) -> HoursPage:
        """Everybody's hours; ``ExamClient.hours`` gives one's own."""
        return self._wire.get("/api/hours", HoursPage, hours_params(query))

    def hours_xlsx(self, query: HoursQuery | None = None) -> bytes:
        return self._wire.send("GET", "/api/hours.xlsx", params=hours_params(query)).content


def hours_params(query: HoursQuery | None) -> dict[str, str]:
    return {name: str(value).lower() for name, value in body(query or HoursQuery()).items()}


def _of(paper_id: str) -> str:
    return f"{_PREFIX}/{quote(paper_id, safe='')}"
