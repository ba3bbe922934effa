"""The routes of the audit log (操作日志接口): list, verify, export, erase; for those who may read it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any

from fastapi import APIRouter, Body, Query
from fastapi.responses import StreamingResponse

from assistant.api.errors import refusals
from assistant.api.permission import AuditReader
from assistant.auditlog.contract import (
    AuditLogReader,
    EraseRequest,
    Erasure,
    LogEntry,
    LogFilter,
    LogPage,
    LogQuery,
    Verification,
    VerifyQuery,
)

JSON_LINES = "application/x-ndjson"

_EXPORTED: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "每行一条，旧者在前。One entry a line, oldest first.",
        "content": {JSON_LINES: {"schema": {"type": "string"}, "example": '{"seq": 1, "act": "ask"}\n'}},
    }
}
_ERASE = {"person": {"summary": "删除一人的个人信息", "value": {"person": "a1b2c3"}}}


def build_audit_router(auditlog: AuditLogReader) -> APIRouter:
    """All routes under ``/api/audit-log``."""
    router = APIRouter(prefix="/api/audit-log", tags=["audit-log"], responses=refusals(401, 403, 422, 503))

    @router.get("", summary="操作日志 Audit log")
    def entries(_reader: AuditReader, query: Annotated[LogQuery, Query()]) -> LogPage:
        """谁在何时、由何入口、做了什么，新者在前。Who did what, when and by which way; newest first."""
        return auditlog.entries(query)

    @router.get("/verification", summary="校验日志 Verify the log")
    def verification(_reader: AuditReader, query: Annotated[VerifyQuery, Query()]) -> Verification:
        """逐条核对哈希链；把所得 head 记在别处，日后可据以查出尾部是否被删。Checks the whole chain."""
        return auditlog.verify(query.head)

    @router.get("/export", summary="导出日志 Export the log", response_class=StreamingResponse, responses=_EXPORTED)
    def export(reader: AuditReader, wanted: Annotated[LogFilter, Query()]) -> StreamingResponse:
        """符合条件的条目（缺省为全部），JSON Lines；导出本身也记入日志。Entries as JSON Lines; itself an entry."""
        headers = {"Content-Disposition": 'attachment; filename="audit-log.jsonl"'}
        return StreamingResponse(_lines(auditlog.export(reader, wanted)), media_type=JSON_LINES, headers=headers)

    @router.post("/erasures", summary="删除个人信息 Erase a person")
    def erase(reader: AuditReader, request: Annotated[EraseRequest, Body(openapi_examples=_ERASE)]) -> Erasure:
        """从日志中删去一人的个人信息，不能恢复；链仍可校验。Takes out a person's words; the chain still holds."""
        return auditlog.erase_person(request.person, reader)

    return router


def _lines(entries: Iterator[LogEntry]) -> Iterator[str]:
    return (f"{entry.model_dump_json()}\n" for entry in entries)
