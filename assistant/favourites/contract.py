"""Favourites and recently opened entries as other programs see them (收藏与最近接口)."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import Protocol

from pydantic import Field

from assistant.accounts.principal import Principal
from assistant.contract import Request, Response
from assistant.userdata.words import PageQuery, SomeWords, Words


class EntryKind(StrEnum):
    """What can be kept (条目种类)."""

    PROVISION = "provision"
    DOCUMENT = "document"
    TOPIC = "topic"
    STANDARD = "standard"
    ANSWER = "answer"


ENTRY_KIND_ZH = {
    EntryKind.PROVISION: "条文",
    EntryKind.DOCUMENT: "文件",
    EntryKind.TOPIC: "事项",
    EntryKind.STANDARD: "裁量标准",
    EntryKind.ANSWER: "答复",
}


class EntryKey(Request):
    """Names one entry (条目)."""

    kind: EntryKind = Field(description="种类。Kind.")
    id: SomeWords = Field(max_length=500, description="条文、文件、事项、裁量标准或对话消息的编号。Id of its kind.")


class EntryRequest(EntryKey):
    """An entry to be kept (收藏、记为最近打开)."""

    title: Words = Field(default="", max_length=500, description="标题；条文与文件以语料所载为准。Title.")


class Entry(Response):
    """An entry kept (条目), with its title as the corpus has it now."""

    kind: EntryKind
    id: str
    title: str
    at: dt.datetime = Field(description="收藏或打开的时间。When.")
    note: str = Field(default="", description="提示，如 条文其后已修改。What became of it.")
    conversation_id: str | None = Field(default=None, description="答复所在的对话。Conversation of an answer.")


class EntryPage(Response):
    """A stretch of entries, newest first."""

    items: list[Entry] = Field(default_factory=list)
    total: int = Field(description="总数。How many there are in all.")


class EntryQuery(PageQuery):
    """Query string of a list of entries."""

    kind: EntryKind | None = Field(default=None, description="只看这一种。One kind.")


class Favourites(Protocol):
    """Favourites and recent entries of a person (收藏与最近). Only what the person may still read is listed."""

    def favourites(self, principal: Principal, query: EntryQuery) -> EntryPage: ...

    def add(self, principal: Principal, request: EntryRequest) -> Entry:
        """Keep it. Raises NotFound for what the person cannot read, Conflict beyond the most that are kept."""
        ...

    def remove(self, principal: Principal, key: EntryKey) -> None: ...

    def recent(self, principal: Principal, query: EntryQuery) -> EntryPage: ...

    def opened(self, principal: Principal, request: EntryRequest) -> Entry: ...

    def clear_recent(self, principal: Principal) -> None: ...
