"""The audit log over HTTP (操作日志接口): the methods of ``AuditLogReader``, one request each."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.api.wire import Wire, given
from assistant.auditlog.contract import EraseRequest, Erasure, LogEntry, LogFilter, LogPage, LogQuery, Verification

_PREFIX = "/api/audit-log"


class AuditLogClient:
    """The audit log of a running service, for a person who may read it."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    def entries(self, query: LogQuery) -> LogPage:
        params = given(**query.model_dump(mode="json"))
        return self._wire.get(_PREFIX, LogPage, params)

    def verify(self, head: str | None = None) -> Verification:
        return self._wire.get(f"{_PREFIX}/verification", Verification, given(head=head))

    def export(self, wanted: LogFilter | None = None) -> Iterator[LogEntry]:
        """Every entry that is wanted, oldest first."""
        params = given(**wanted.model_dump(mode="json")) if wanted else {}
        lines = self._wire.send("GET", f"{_PREFIX}/export", params=params).content.splitlines()
        return (LogEntry.model_validate_json(line) for line in lines)

    def erase_person(self, person: str) -> Erasure:
        return self._wire.post(f"{_PREFIX}/erasures", EraseRequest(person=person), Erasure)
