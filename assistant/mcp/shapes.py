"""What the tools answer beyond the shapes of the contract (工具应答)."""

from __future__ import annotations

from pydantic import Field

from assistant.contract import CiteResult, DocumentInfo, ProvisionDetail, Response
from assistant.discretion.contract import CheckResponse, FindResponse


class Provisions(Response):
    """Whole provisions (整条原文), and how each citation was read."""

    provisions: list[ProvisionDetail] = Field(default_factory=list)
    citations: list[CiteResult] = Field(default_factory=list)
    notes: list[str] = Field(default_factory=list)


class LawVersions(Response):
    """Documents of a name with all texts held (文本版本)."""

    documents: list[DocumentInfo]


class Assessment(Response):
    """What the desk found, or the check of a standard with its computation (裁量核查结果)."""

    found: FindResponse | None = None
    checked: CheckResponse | None = None
