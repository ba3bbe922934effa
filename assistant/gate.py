"""The way to the service (入口) while a process starts: a clear refusal before the laws are there, a note meanwhile."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator

from assistant.contract import (
    AskEvent,
    AskRequest,
    AskResponse,
    Assistant,
    CheckResponse,
    CiteRequest,
    CiteResponse,
    DocumentDetail,
    DocumentInfo,
    DoneEvent,
    Preparation,
    ProvisionDetail,
    SearchRequest,
    SearchResponse,
)
from corpus.errors import StillPreparing

_INCOMPLETE = ("starting", "loading", "lexical")
"""Stages during which a search can miss what the store holds."""


def still_preparing(state: Preparation) -> StillPreparing:
    """The refusal of a request that came before what it needs was there: how far the preparation is."""
    if state.stage == "failed":
        return StillPreparing(f"{state.message}。", remedy=state.error or "请查看服务日志。")
    progress = f"（{state.done}/{state.total}）" if state.total else ""
    return StillPreparing(f"{state.message}{progress}。", remedy="请稍候再试，首次启动约需一分钟。")


class Gate:
    """The service as callers see it: the one last set, or a refusal that says how far the preparation is."""

    def __init__(self, preparation: Callable[[], Preparation]) -> None:
        self._preparation = preparation
        self._service: Assistant | None = None

    def set(self, service: Assistant) -> None:
        """Serve from ``service`` from now on; requests under way end with the one they began with."""
        self._service = service

    def close(self) -> None:
        """Refuse requests again until a service is set."""
        self._service = None

    @property
    def is_open(self) -> bool:
        return self._service is not None

    def search(self, request: SearchRequest) -> SearchResponse:
        response = self._open().search(request)
        return response.model_copy(update={"notes": self._with_note(response.notes)})

    def ask(self, request: AskRequest) -> AskResponse:
        response = self._open().ask(request)
        return response.model_copy(update={"notes": self._with_note(response.notes)})

    def ask_stream(self, request: AskRequest) -> Iterator[AskEvent]:
        for event in self._open().ask_stream(request):
            if isinstance(event, DoneEvent):
                notes = self._with_note(event.response.notes)
                yield DoneEvent(response=event.response.model_copy(update={"notes": notes}))
            else:
                yield event

    def cite(self, request: CiteRequest) -> CiteResponse:
        return self._open().cite(request)

    def check_citations(self, text: str, as_of: dt.date | None = None) -> CheckResponse:
        return self._open().check_citations(text, as_of)

    def documents(self, as_of: dt.date | None = None) -> list[DocumentInfo]:
        return self._open().documents(as_of)

    def document(self, document_id: str, as_of: dt.date | None = None) -> DocumentDetail:
        return self._open().document(document_id, as_of)

    def provision(self, provision_id: str, as_of: dt.date | None = None) -> ProvisionDetail:
        return self._open().provision(provision_id, as_of)

    def _open(self) -> Assistant:
        if self._service is None:
            raise still_preparing(self._preparation())
        return self._service

    def _with_note(self, notes: list[str]) -> list[str]:
        state = self._preparation()
        if state.stage not in _INCOMPLETE:
            return notes
        progress = f"（{state.done}/{state.total}）" if state.total else ""
        return [*notes, f"{state.message}{progress}，检索结果可能不全；按条号查询不受影响。"]
