"""Uploads and corpus management as other programs see them (资料管理接口)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from enum import StrEnum
from typing import Annotated, Protocol

from pydantic import AfterValidator, ConfigDict, Field, StringConstraints

from assistant.accounts.principal import Principal
from assistant.contract import Region, Request, Response, first_control_character
from corpus.vocabulary import DateBasis, DocumentKind, EffectLevel, Shelf
from ingest.loading.report import Change, Outcome


def _plain(words: str) -> str:
    found = first_control_character(words)
    if found:
        raise ValueError(f"第 {found[0] + 1} 个字符是控制字符 {found[1]}，请删去后重试")
    return words


Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=64), AfterValidator(_plain)]
"""A department or a region that readers belong to."""
Words = Annotated[str, StringConstraints(strip_whitespace=True, max_length=500), AfterValidator(_plain)]
FilePath = Annotated[str, StringConstraints(min_length=1, max_length=1200)]


class UploadState(StrEnum):
    """Where an upload is (上传状态)."""

    CHECKING = "checking"  # received, and read without writing anything
    CHECKED = "checked"  # waits for a person
    CONFIRMED = "confirmed"  # waits for its turn to be stored
    STORING = "storing"
    STORED = "stored"
    FAILED = "failed"  # could not be checked or stored; may be checked again
    DISCARDED = "discarded"


UPLOAD_STATE_ZH: dict[UploadState, str] = {
    UploadState.CHECKING: "试算中",
    UploadState.CHECKED: "待确认",
    UploadState.CONFIRMED: "排队入库",
    UploadState.STORING: "入库中",
    UploadState.STORED: "已入库",
    UploadState.FAILED: "未完成",
    UploadState.DISCARDED: "已放弃",
}


class Remark(Response):
    """One thing that a person should know of a file (提示): where, what, and what to do."""

    kind: str = Field(description="机器用词，如 password、needs_review。Machine word.")
    place: str = Field(default="", description="位置，如 第12页。Page, row or article.")
    message: str
    remedy: str = Field(default="", description="怎么办。What to do.")
    text: str = Field(default="", description="有关文字。The words concerned.")


class CheckedText(Response):
    """One dated text that a file holds (试算出的文本), and what it would change."""

    version_id: str
    document_id: str
    title: str
    kind: DocumentKind
    shelf: Shelf
    level: EffectLevel
    region: str
    published: dt.date | None = Field(default=None, description="公布日期；null 为文件未写明。Null: not stated.")
    effective_from: dt.date | None = Field(
        default=None, description="本文自称的施行日期。Commencement by its own words."
    )
    effective_basis: DateBasis = DateBasis.UNKNOWN
    provisions: int = Field(description="可引用的条（行）数。Citable articles or rows.")
    records: dict[str, int] = Field(
        default_factory=dict,
        description="裁量数据：standards 裁量标准、items 清单条目、rules 适用规则。Discretion records by kind.",
    )
    change: Change = Field(description="new_document、new_version、same_text 或 read_again。")
    effects: list[str] = Field(default_factory=list, description="对已有内容的影响。What it does to what is held.")


class CheckedFile(Response):
    """One file, or member of an archive, as the dry run read it (试算结果)."""

    path: str = Field(description="排除该文件时所用的标记。What names it in `excluded`.")
    name: str
    outcome: Outcome
    format: str = ""
    size: int = 0
    pages: int | None = None
    texts: list[CheckedText] = Field(default_factory=list)
    troubles: list[Remark] = Field(
        default_factory=list, description="失败或需复核的原因。Why it fails or needs review."
    )
    notes: list[Remark] = Field(default_factory=list, description="读取时的说明。The reader's remarks.")
    excluded: bool = Field(default=False, description="已排除，不导入。Left out by a person.")


class ReceivedFile(Response):
    """A file as it arrived (收到的文件)."""

    name: str = Field(description="显示用文件名，已去除路径。Display name without any path.")
    path: str
    size: int
    digest: str = Field(default="", description="SHA-256。")
    refused: Remark | None = Field(default=None, description="拒收的原因；null 为已收下。Why it was refused, or null.")
    status: int = Field(default=201, description="相当于单独上传时的 HTTP 状态。HTTP status as if sent alone.")


class Progress(Response):
    """How far a job is (进度)."""

    message: str = ""
    done: int = 0
    total: int = 0


class Upload(Response):
    """An upload (上传) with its files, the result of the dry run and what happens to it."""

    id: str
    state: UploadState
    created_at: dt.datetime
    changed_at: dt.datetime
    person: str = Field(description="上传人。Name of who uploaded it.")
    region: str | None = None
    departments: list[str] = Field(default_factory=list)
    regions: list[str] = Field(default_factory=list)
    files: list[ReceivedFile] = Field(default_factory=list)
    check: str = Field(default="", description="本次试算的标记，确认时原样给出。Mark of this dry run, for `confirm`.")
    checked: list[CheckedFile] = Field(default_factory=list)
    differences: list[str] = Field(
        default_factory=list, description="与上一次试算的不同。What differs from the dry run before."
    )
    message: str = Field(default="", description="现状与下一步。What the state means and what to do.")
    progress: Progress | None = Field(default=None, description="正在进行时的进度。While a job is at work.")
    waiting: int | None = Field(default=None, description="前面还有几项工作。Jobs before this one.")


class UploadPage(Response):
    """Uploads, newest first."""

    items: list[Upload] = Field(default_factory=list)
    total: int


class UploadOptions(Request):
    """How an upload is to be taken (导入选项)."""

    region: Region = None
    departments: list[Name] = Field(default_factory=list, max_length=50, description="只限这些部门阅读。")
    regions: list[Name] = Field(default_factory=list, max_length=50, description="只限这些地区阅读。")


class UploadChange(Request):
    """A change of options (修改选项); what is absent stays. A change of the region has the files checked again."""

    region: Annotated[str | None, Field(max_length=64, description="未写明地区的文件归入此地区；空为不指定。")] = None
    departments: list[Name] | None = Field(default=None, max_length=50, description="只限这些部门阅读。")
    regions: list[Name] | None = Field(default=None, max_length=50, description="只限这些地区阅读。")
    excluded: list[FilePath] | None = Field(
        default=None, max_length=5000, description="不导入的文件（path），给出即为全部。Paths to leave out, in full."
    )


class ConfirmRequest(Request):
    """Confirmation of what the dry run showed (确认入库)."""

    check: str = Field(max_length=64, min_length=1, description="所见试算的标记。`check` of the dry run that was seen.")

    model_config = ConfigDict(json_schema_extra={"examples": [{"check": "5f0c3f1d9a7e4b62"}]})


class EmptyRequest(Request):
    """An empty JSON body, asked for so that no other site's form can start anything."""


class ChangeState(StrEnum):
    """Where a retirement is (停用状态)."""

    RETIRING = "retiring"
    RETIRED = "retired"
    RESTORING = "restoring"
    RESTORED = "restored"
    FAILED = "failed"


class RetireRequest(Request):
    """Taking a document, or one text of it, out of use (停用)."""

    reason: Annotated[Words, Field(min_length=1, description="停用的理由。Why.")]
    version_id: str | None = Field(default=None, max_length=64, description="只停用这一份文本。Only this text.")
    along: bool = Field(
        default=False, description="同一来源文件中的其他文件一并停用。Take along other documents of the same files."
    )

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"reason": "扫描件文字有误，待重新导入", "along": False}]}
    )


class RestoreRequest(Request):
    """Bringing back what was taken out of use (恢复)."""

    reason: Words = Field(default="", description="恢复的理由。Why.")


class Retirement(Response):
    """A document, or one text, out of use (停用记录)."""

    id: int
    document_id: str
    version_id: str | None = None
    title: str
    others: list[str] = Field(default_factory=list, description="一并停用的文件。Documents taken along.")
    state: ChangeState
    reason: str
    person: str
    at: dt.datetime
    restored_by: str | None = None
    restored_at: dt.datetime | None = None
    restored_reason: str = ""
    message: str = ""


class RetirementPage(Response):
    """Retirements, newest first."""

    items: list[Retirement] = Field(default_factory=list)
    total: int


class ManagedText(Response):
    """One text of a document, as those who care for the corpus see it (文本)."""

    version_id: str
    published: dt.date | None = None
    effective_from: dt.date | None = None
    effective_until: dt.date | None = None
    source: str
    retired: dt.date | None = Field(default=None, description="停用日期。Day on which it went out of use.")
    shadowed_by: str | None = Field(default=None, description="同日另有文本，现采用该文本。Text served in its place.")
    files: list[str] = Field(default_factory=list, description="来源文件。Files it was read from.")


class ManagedDocument(Response):
    """A document with all its texts, those out of use included (资料)."""

    document_id: str
    title: str
    kind: DocumentKind
    shelf: Shelf
    level: EffectLevel
    region: str
    number: str | None = None
    texts: list[ManagedText] = Field(default_factory=list)
    from_files: bool = Field(description="从文件导入，可以停用。Read from files, so it can be retired.")
    departments: list[str] = Field(default_factory=list, description="只限这些部门阅读。Limited to departments.")
    regions: list[str] = Field(default_factory=list, description="只限这些地区阅读。Limited to regions.")
    retirement: Retirement | None = Field(default=None, description="最近一次停用。Its latest retirement.")


class ManagedDocumentPage(Response):
    """Documents by title."""

    items: list[ManagedDocument] = Field(default_factory=list)
    total: int


class DocumentsQuery(Request):
    """Query string of the list of documents."""

    query: str | None = Field(default=None, max_length=200, description="标题中的字词。Words of the title.")
    shelf: Shelf | None = Field(default=None, description="书架。Shelf.")
    region: str | None = Field(default=None, max_length=64, description="地区。Region.")
    retired: bool | None = Field(default=None, description="只列已停用或未停用的。Only those out of use, or not.")
    from_files: bool | None = Field(default=None, description="只列从文件导入的，或国家法律数据包的。")
    limit: int = Field(default=50, ge=1, le=200, description="每页条数。")
    offset: int = Field(default=0, ge=0, le=1_000_000_000, description="跳过的条数。")


class PageQuery(Request):
    """Query string of a list that is shown in pages."""

    limit: int = Field(default=50, ge=1, le=200, description="每页条数。Entries per page.")
    offset: int = Field(default=0, ge=0, le=1_000_000_000, description="跳过的条数。Entries to skip.")


class DoubtKind(StrEnum):
    """What a doubt is about (疑点种类)."""

    FILE = "file"  # a file that was not read, or not with certainty
    TEXT = "text"  # a place of a text
    RECORD = "record"  # a record of a benchmark or list


DOUBT_KIND_ZH: dict[DoubtKind, str] = {DoubtKind.FILE: "文件", DoubtKind.TEXT: "文本", DoubtKind.RECORD: "裁量记录"}


class Mark(Response):
    """A person's word that a doubt was looked into and all is well (核对无误)."""

    person: str
    at: dt.datetime
    note: str = ""


class DoubtEntry(Response):
    """One doubt of reading (待核对事项), with its place and reason."""

    key: str = Field(description="编号，标记无误时用。Key of the doubt.")
    kind: DoubtKind
    reason: str = Field(description="机器用词，如 ocr_text、needs_review。Machine word.")
    document_id: str | None = None
    document: str = Field(description="文件标题；未能读出时为文件名。Title, or the file's name.")
    place: str = ""
    message: str
    remedy: str = ""
    text: str = ""
    page: int | None = Field(default=None, description="页码，自 1 起。Page, from 1.")
    provision_id: str | None = Field(default=None, description="有关条文。The provision concerned.")
    record: str | None = Field(default=None, description="裁量记录的编号，可在裁量核查中更正。Key at the desk.")
    has_picture: bool = Field(default=False, description="裁量记录有页面图像。A picture of the page can be had.")
    mark: Mark | None = None


class DoubtPage(Response):
    """Doubts, those nobody has looked into first."""

    items: list[DoubtEntry] = Field(default_factory=list)
    total: int
    waiting: int = Field(description="符合条件的事项中尚无人核对的。Of the matching ones, not looked into yet.")
    documents: list[str] = Field(default_factory=list, description="有疑点的文件，供筛选。Titles to filter by.")


class DoubtsQuery(PageQuery):
    """Query string of the doubts."""

    kind: DoubtKind | None = Field(default=None, description="种类。Kind.")
    document: str | None = Field(default=None, max_length=500, description="文件标题或编号。Title or id.")
    marked: bool | None = Field(default=None, description="只列已核对或未核对的。Only marked or unmarked ones.")


class MarkRequest(Request):
    """The mark that a doubt was looked into and all is well."""

    key: str = Field(min_length=1, max_length=600, description="疑点的编号。Key of the doubt.")
    note: Words = Field(default="", description="说明。A note.")

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"key": "text:f-0123456789ab:9c1d", "note": "已对照原件，文字无误"}]}
    )


class UnmarkRequest(Request):
    """Taking a mark back."""

    key: str = Field(min_length=1, max_length=600, description="疑点的编号。Key of the doubt.")


class Receiving(Protocol):
    """An upload under way: ``begin``, ``write``, ``end`` for each file, then ``finish``; ``abort`` at any time."""

    def begin(self, name: str) -> None: ...

    def write(self, data: bytes) -> None: ...

    def end(self) -> None: ...

    def finish(self) -> Upload: ...

    def abort(self) -> None: ...


class Corpora(Protocol):
    """What the API needs for uploads and the care of the corpus. Errors are those of ``corpus.errors``.

    Unknown ids, and what a person may not read, raise NotFound; a state in which something cannot be done, Conflict.
    """

    def receive(self, person: Principal, options: UploadOptions) -> Receiving: ...

    def uploads(self, person: Principal, limit: int, offset: int) -> UploadPage: ...

    def upload(self, person: Principal, upload_id: str) -> Upload: ...

    def change(self, person: Principal, upload_id: str, request: UploadChange) -> Upload: ...

    def check_again(self, person: Principal, upload_id: str) -> Upload: ...

    def confirm(self, person: Principal, upload_id: str, request: ConfirmRequest) -> Upload: ...

    def stop(self, person: Principal, upload_id: str) -> Upload: ...

    def discard(self, person: Principal, upload_id: str) -> Upload: ...

    def documents(self, person: Principal, query: DocumentsQuery) -> ManagedDocumentPage: ...

    def retire(self, person: Principal, document_id: str, request: RetireRequest) -> Retirement: ...

    def restore(self, person: Principal, document_id: str, request: RestoreRequest) -> Retirement: ...

    def retirements(self, person: Principal, limit: int, offset: int) -> RetirementPage: ...

    def doubts(self, person: Principal, query: DoubtsQuery) -> DoubtPage: ...

    def mark(self, person: Principal, request: MarkRequest) -> DoubtEntry: ...

    def unmark(self, person: Principal, key: str) -> DoubtEntry: ...


def outcome_words(files: Sequence[CheckedFile]) -> dict[Outcome, int]:
    """How many of the files that are not excluded came out how."""
    counts = dict.fromkeys(Outcome, 0)
    for file in files:
        if not file.excluded:
            counts[file.outcome] += 1
    return {outcome: count for outcome, count in counts.items() if count}
