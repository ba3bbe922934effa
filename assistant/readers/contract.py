"""Readers of documents as other programs see them (阅读对象接口)."""

from __future__ import annotations

from typing import Annotated, Protocol

from pydantic import Field, StringConstraints

from assistant.accounts.principal import Principal
from assistant.contract import Request, Response

_Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=64)]
_DEPARTMENTS = "可以阅读的部门；不填为不限部门。Departments that may read it; empty: any."
_REGIONS = "可以阅读的地区，含其下各地；不填为不限地区。Regions, with all that lies in them; empty: any."


class ReadersRequest(Request):
    """Who may read a document from now on (设定阅读对象); with both, both must hold, with neither everybody may."""

    departments: list[_Name] = Field(default_factory=list, max_length=50, description=_DEPARTMENTS)
    regions: list[_Name] = Field(default_factory=list, max_length=50, description=_REGIONS)


class DocumentReaders(Response):
    """Who may read a document (阅读对象)."""

    document_id: str
    title: str
    departments: list[str] = Field(default_factory=list, description=_DEPARTMENTS)
    regions: list[str] = Field(default_factory=list, description=_REGIONS)
    everyone: bool = Field(description="是否不限阅读对象。Whether everybody may read it.")


class ReadersDesk(Protocol):
    """What the API needs. Raises NotFound for a document that the manager may not read himself."""

    def readers(self, manager: Principal, document_id: str) -> DocumentReaders: ...

    def limit(self, manager: Principal, document_id: str, request: ReadersRequest) -> DocumentReaders:
        """Set who may read a document; counts from the next request on. Raises InvalidInput for a region."""
        ...
