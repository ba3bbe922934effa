"""Handbooks as other programs see them (执法手册接口)."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal, Protocol

from pydantic import Field

from assistant.accounts.principal import Principal
from assistant.contract import Assistant, OptionalDay, Request, Response
from assistant.userdata.words import PageQuery, SomeWords, Words

MOST_PARTS = 300


class Heading(Request):
    """A heading of one's own (自拟标题)."""

    kind: Literal["heading"] = "heading"
    text: SomeWords = Field(max_length=200, description="标题。Heading.")


class Note(Request):
    """A note of one's own (自写说明), marked as such in the file."""

    kind: Literal["note"] = "note"
    text: SomeWords = Field(max_length=4000, description="说明。Note.")


class Passage(Request):
    """A provision, printed verbatim (条文)."""

    kind: Literal["passage"] = "passage"
    provision_id: SomeWords = Field(max_length=500, description="条文编号。Id of the provision.")


Part = Annotated[Heading | Note | Passage, Field(discriminator="kind")]


class HandbookRequest(Request):
    """A handbook to be kept or written (编写执法手册)."""

    title: SomeWords = Field(max_length=200, description="标题。Title.")
    unit: Words = Field(default="", max_length=200, description="编制单位，可不填。Who compiled it.")
    as_of: OptionalDay = None
    parts: list[Part] = Field(
        min_length=1, max_length=MOST_PARTS, description="依次为标题、说明、条文。Parts in their order."
    )


class PassageState(Response):
    """A passage of a handbook as it stands (条文状态)."""

    provision_id: str
    citation: str = Field(description="规范引用。Canonical citation.")
    readable: bool = Field(default=True, description="是否可读。Whether the person may read it.")
    changed: bool = Field(default=False, description="适用日期当日已不是现行有效的文本。No longer in force.")
    remark: str = Field(default="", description="有何变动。What became of it.")


class HandbookInfo(Response):
    """A handbook in a person's list (执法手册)."""

    id: str
    title: str
    passages: int = Field(description="条文数。Number of provisions.")
    changed_at: dt.datetime = Field(description="最近修改。Last change.")


class HandbookDetail(HandbookInfo):
    """A whole handbook with the state of its passages today, or on its own day."""

    unit: str = ""
    as_of: dt.date | None = Field(
        default=None, description="适用日期；null 为导出当日。Its day; null: the day of export."
    )
    parts: list[Part] = Field(default_factory=list)
    states: list[PassageState] = Field(default_factory=list, description="各条文的状态。State of each passage.")


class HandbookPage(Response):
    """A stretch of a person's handbooks, the last changed first."""

    items: list[HandbookInfo] = Field(default_factory=list)
    total: int = Field(description="总数。How many there are in all.")


class Handbooks(Protocol):
    """Handbooks of a person (执法手册). ``assistant`` is the person's view; an unknown id raises NotFound."""

    def own(self, principal: Principal, page: PageQuery) -> HandbookPage: ...

    def entry(self, principal: Principal, assistant: Assistant, handbook_id: str) -> HandbookDetail: ...

    def save(
        self, principal: Principal, assistant: Assistant, request: HandbookRequest, handbook_id: str | None = None
    ) -> HandbookDetail: ...

    def remove(self, principal: Principal, handbook_id: str) -> None: ...

    def docx(self, assistant: Assistant, request: HandbookRequest) -> bytes:
        """The Word file. Raises NotFound for a passage that the person cannot read."""
        ...

    def saved_docx(self, principal: Principal, assistant: Assistant, handbook_id: str) -> bytes: ...
