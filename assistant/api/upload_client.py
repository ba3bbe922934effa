"""Uploads and the care of the corpus over HTTP (资料管理接口): one method for each route."""

from __future__ import annotations

from collections.abc import Sequence
from typing import BinaryIO
from urllib.parse import quote

from assistant.api.wire import Wire, body
from assistant.contract import Request
from assistant.uploads.contract import (
    ConfirmRequest,
    DocumentsQuery,
    DoubtEntry,
    DoubtPage,
    DoubtsQuery,
    ManagedDocumentPage,
    MarkRequest,
    RestoreRequest,
    Retirement,
    RetirementPage,
    RetireRequest,
    Upload,
    UploadChange,
    UploadOptions,
    UploadPage,
)

_UPLOADS = "/api/uploads"
_FIELD = "files"


class UploadClient:
    """Uploads and the documents of a running service."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    def create(self, files: Sequence[tuple[str, BinaryIO]], options: UploadOptions | None = None) -> Upload:
        """Send files (name and open stream), streamed piece by piece."""
        options = options or UploadOptions()
        params = [("departments", d) for d in options.departments] + [("regions", r) for r in options.regions]
        if options.region:
            params.append(("region", options.region))
        parts = [(_FIELD, (name, stream, "application/octet-stream")) for name, stream in files]
        sent = self._wire.send("POST", _UPLOADS, files=parts, params=params)
        return Upload.model_validate_json(sent.content)

    def list(self, limit: int = 50, offset: int = 0) -> UploadPage:
        return self._wire.get(_UPLOADS, UploadPage, {"limit": str(limit), "offset": str(offset)})

    def get(self, upload_id: str) -> Upload:
        return self._wire.get(_of(upload_id), Upload)

    def change(self, upload_id: str, request: UploadChange) -> Upload:
        given = request.model_dump(mode="json", include=set(request.model_fields_set))
        return Upload.model_validate_json(self._wire.send("PATCH", _of(upload_id), json=given).content)

    def check_again(self, upload_id: str) -> Upload:
        return Upload.model_validate_json(self._wire.send("POST", f"{_of(upload_id)}/check", json={}).content)

    def confirm(self, upload_id: str, check: str) -> Upload:
        return self._wire.post(f"{_of(upload_id)}/confirm", ConfirmRequest(check=check), Upload)

    def stop(self, upload_id: str) -> Upload:
        return Upload.model_validate_json(self._wire.send("POST", f"{_of(upload_id)}/stop", json={}).content)

    def discard(self, upload_id: str) -> Upload:
        return Upload.model_validate_json(self._wire.send("DELETE", _of(upload_id)).content)

    def documents(self, query: DocumentsQuery | None = None) -> ManagedDocumentPage:
        return self._wire.get("/api/corpus/documents", ManagedDocumentPage, _params(query or DocumentsQuery()))

    def retire(self, document_id: str, request: RetireRequest) -> Retirement:
        return self._wire.post(f"/api/documents/{quote(document_id, safe='')}/retire", request, Retirement)

    def restore(self, document_id: str, request: RestoreRequest | None = None) -> Retirement:
        path = f"/api/documents/{quote(document_id, safe='')}/restore"
        return self._wire.post(path, request or RestoreRequest(), Retirement)

    def retirements(self, limit: int = 50, offset: int = 0) -> RetirementPage:
        params = {"limit": str(limit), "offset": str(offset)}
        return self._wire.get("/api/corpus/retirements", RetirementPage, params)

    def doubts(self, query: DoubtsQuery | None = None) -> DoubtPage:
        return self._wire.get("/api/corpus/doubts", DoubtPage, _params(query or DoubtsQuery()))

    def mark(self, key: str, note: str = "") -> DoubtEntry:
        return self._wire.post("/api/corpus/doubts/mark", MarkRequest(key=key, note=note), DoubtEntry)

    def unmark(self, key: str) -> DoubtEntry:
        sent = self._wire.send("POST", "/api/corpus/doubts/unmark", json={"key": key})
        return DoubtEntry.model_validate_json(sent.content)


def _of(upload_id: str) -> str:
    return f"{_UPLOADS}/{quote(upload_id, safe='')}"


def _params(query: Request) -> dict[str, str]:
    return {name: str(value).lower() if isinstance(value, bool) else str(value) for name, value in body(query).items()}
