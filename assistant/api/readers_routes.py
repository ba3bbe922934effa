"""The routes of readers (阅读对象接口): who may read a document, for those who care for the corpus."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Body, Path

from assistant.api.errors import refusals
from assistant.api.permission import CorpusManager
from assistant.readers.contract import DocumentReaders, ReadersDesk, ReadersRequest

_Id = Annotated[str, Path(description="文件编号。Id of the document.", max_length=64)]
_EXAMPLES = {
    "限定": {"summary": "限定部门和地区 Limited", "value": {"departments": ["法制科"], "regions": ["宁波市"]}},
    "不限": {"summary": "不再限定 For everybody", "value": {"departments": [], "regions": []}},
}


def build_readers_router(readers: ReadersDesk) -> APIRouter:
    """The routes under ``/api/documents/{document_id}/readers``."""
    router = APIRouter(prefix="/api/documents", tags=["corpus"], responses=refusals(401, 403, 404, 422, 503))

    @router.get("/{document_id}/readers", summary="阅读对象 Readers")
    def readers_of(manager: CorpusManager, document_id: _Id) -> DocumentReaders:
        """哪些部门、地区的人可以阅读这份文件。Who may read a document."""
        return readers.readers(manager, document_id)

    @router.put("/{document_id}/readers", summary="设定阅读对象 Set the readers")
    def limit(
        manager: CorpusManager, document_id: _Id, request: Annotated[ReadersRequest, Body(openapi_examples=_EXAMPLES)]
    ) -> DocumentReaders:
        """限定可以阅读这份文件的部门和地区，立即生效；都不填即不限。Limits a document at once; nothing lifts limits."""
        return readers.limit(manager, document_id, request)

    return router
