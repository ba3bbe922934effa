"""The quiz bank over HTTP (题库接口): the methods of ``QuizBank`` as the person behind the client, one request each."""

from __future__ import annotations

from urllib.parse import quote

from pydantic import BaseModel

from assistant.api.wire import Wire, body
from assistant.quiz.contract import (
    BuildJob,
    BuildRequest,
    Exported,
    ExportRequest,
    Format,
    HistoryPage,
    ImportReport,
    ItemPage,
    ItemQuery,
    MoveReport,
    MoveRequest,
    QuizItem,
    Rephrased,
    StaleReport,
    TwinPage,
    WriteRequest,
)
from assistant.userdata.words import PageQuery

_PREFIX = "/api/quiz"


class QuizClient:
    """The bank of a running service."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    def build(self, request: BuildRequest) -> BuildJob:
        return self._wire.post(f"{_PREFIX}/builds", request, BuildJob)

    def job(self, job_id: str) -> BuildJob:
        return self._wire.get(f"{_PREFIX}/builds/{quote(job_id, safe='')}", BuildJob)

    def stop(self, job_id: str) -> BuildJob:
        sent = self._wire.send("POST", f"{_PREFIX}/builds/{quote(job_id, safe='')}/stop")
        return BuildJob.model_validate_json(sent.content)

    def items(self, query: ItemQuery | None = None) -> ItemPage:
        return self._wire.get(f"{_PREFIX}/items", ItemPage, _params(query or ItemQuery()))

    def item(self, item_id: str) -> QuizItem:
        return self._wire.get(_of(item_id), QuizItem)

    def history(self, item_id: str, query: PageQuery | None = None) -> HistoryPage:
        return self._wire.get(f"{_of(item_id)}/history", HistoryPage, _params(query or PageQuery()))

    def write(self, request: WriteRequest) -> QuizItem:
        return self._wire.post(f"{_PREFIX}/items", request, QuizItem)

    def rewrite(self, item_id: str, request: WriteRequest) -> QuizItem:
        return QuizItem.model_validate_json(self._wire.send("PUT", _of(item_id), json=body(request)).content)

    def rephrase(self, item_id: str) -> Rephrased:
        """Let the chat model put the stem into other words; ``reason`` says why they were not taken."""
        return Rephrased.model_validate_json(self._wire.send("POST", f"{_of(item_id)}/rephrasing").content)

    def move(self, request: MoveRequest) -> MoveReport:
        return self._wire.post(f"{_PREFIX}/moves", request, MoveReport)

    def stale(self) -> StaleReport:
        return StaleReport.model_validate_json(self._wire.send("POST", f"{_PREFIX}/stale").content)

    def twins(self, query: PageQuery | None = None) -> TwinPage:
        return self._wire.get(f"{_PREFIX}/twins", TwinPage, _params(query or PageQuery()))

    def take_in(self, name: str, data: bytes, form: Format | None = None) -> ImportReport:
        params = {"name": name} | ({"form": form.value} if form else {})
        headers = {"Content-Type": "application/octet-stream"}
        sent = self._wire.send("POST", f"{_PREFIX}/import", content=data, params=params, headers=headers)
        return ImportReport.model_validate_json(sent.content)

    def give_out(self, request: ExportRequest) -> Exported:
        return self._wire.post(f"{_PREFIX}/export", request, Exported)


def _of(item_id: str) -> str:
    return f"{_PREFIX}/items/{quote(item_id, safe='')}"


def _params(query: BaseModel) -> dict[str, str]:
    return {name: str(value).lower() if isinstance(value, bool) else str(value) for name, value in body(query).items()}
