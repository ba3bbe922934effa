"""The audit log as other programs see it (操作日志接口): what is recorded, and how it is listed and verified."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Annotated, Protocol

from pydantic import BeforeValidator, Field

from assistant.accounts.principal import Principal
from assistant.contract import Request, Response, parse_day

Fact = str | int | bool | list[str] | None
"""A fact of an entry that names no person: an id, a count, a state."""


class Surface(StrEnum):
    """By which way a request came (入口)."""

    API = "api"
    PAGE = "page"
    MCP = "mcp"
    CLI = "cli"
    SERVICE = "service"  # what the service does by itself: personal data whose time is over


class Act(StrEnum):
    """What was done (操作)."""

    ASK_BEGUN = "ask_begun"  # a streamed answer begins; its end is an entry ASK
    ASK = "ask"
    SEARCH = "search"
    CITE = "cite"
    CHECK_CITATIONS = "check_citations"
    VIEW_PROVISION = "view_provision"
    FIND_STANDARDS = "find_standards"
    COMPUTE_FINE = "compute_fine"
    CHECK_FINE = "check_fine"
    EXPLAIN_FINE = "explain_fine"

    LOG_IN = "log_in"
    LOG_IN_FAILED = "log_in_failed"
    LOG_OUT = "log_out"
    SESSION_ENDED = "session_ended"  # somebody's sessions were ended by another, or all at once
    PASSWORD_CHANGED = "password_changed"
    ACCOUNT_CREATED = "account_created"
    ACCOUNT_CHANGED = "account_changed"
    ACCOUNT_REMOVED = "account_removed"
    TOKEN_CREATED = "token_created"
    TOKEN_REVOKED = "token_revoked"

    UPLOADED = "uploaded"
    UPLOAD_CONFIRMED = "upload_confirmed"
    UPLOAD_DISCARDED = "upload_discarded"
    DOCUMENT_RETIRED = "document_retired"
    DOCUMENT_RESTORED = "document_restored"
    DOCUMENT_PURGED = "document_purged"
    READERS_CHANGED = "readers_changed"
    RECORD_CORRECTED = "record_corrected"
    CORRECTION_REMOVED = "correction_removed"
    CURATED_ANSWER_CREATED = "curated_answer_created"
    CURATED_ANSWER_CHANGED = "curated_answer_changed"
    CURATED_ANSWER_APPROVED = "curated_answer_approved"
    CURATED_ANSWER_WITHDRAWN = "curated_answer_withdrawn"
    QUIZ_BUILT = "quiz_built"
    QUIZ_ITEM_WRITTEN = "quiz_item_written"
    QUIZ_ITEM_CHANGED = "quiz_item_changed"
    QUIZ_ITEMS_MOVED = "quiz_items_moved"
    QUIZ_ITEMS_IMPORTED = "quiz_items_imported"
    QUIZ_ITEMS_EXPORTED = "quiz_items_exported"
    PAPER_MADE = "paper_made"
    PAPER_OPENED_OR_CLOSED = "paper_opened_or_closed"
    PAPER_REMOVED = "paper_removed"
    EXAM_MARKED = "exam_marked"
    INDEX_REBUILT = "index_rebuilt"

    LOG_EXPORTED = "log_exported"
    PERSONAL_DATA_ERASED = "personal_data_erased"
    OWN_DATA_DELETED = "own_data_deleted"
    BACKED_UP = "backed_up"
    RESTORED = "restored"


ACT_ZH: dict[Act, str] = {
    Act.ASK_BEGUN: "开始答复",
    Act.ASK: "提问",
    Act.SEARCH: "检索",
    Act.CITE: "核对引用",
    Act.CHECK_CITATIONS: "核对文书",
    Act.VIEW_PROVISION: "查看条文",
    Act.FIND_STANDARDS: "查找裁量标准",
    Act.COMPUTE_FINE: "计算罚款",
    Act.CHECK_FINE: "核查拟处罚",
    Act.EXPLAIN_FINE: "裁量说明",
    Act.LOG_IN: "登录",
    Act.LOG_IN_FAILED: "登录失败",
    Act.LOG_OUT: "退出登录",
    Act.SESSION_ENDED: "结束会话",
    Act.PASSWORD_CHANGED: "修改密码",
    Act.ACCOUNT_CREATED: "新建账户",
    Act.ACCOUNT_CHANGED: "修改账户",
    Act.ACCOUNT_REMOVED: "删除账户",
    Act.TOKEN_CREATED: "新建令牌",
    Act.TOKEN_REVOKED: "撤销令牌",
    Act.UPLOADED: "上传文件",
    Act.UPLOAD_CONFIRMED: "确认导入",
    Act.UPLOAD_DISCARDED: "放弃导入",
    Act.DOCUMENT_RETIRED: "停用文件",
    Act.DOCUMENT_RESTORED: "恢复文件",
    Act.DOCUMENT_PURGED: "彻底删除文件",
    Act.READERS_CHANGED: "修改阅读对象",
    Act.RECORD_CORRECTED: "更正记录",
    Act.CORRECTION_REMOVED: "撤销更正",
    Act.CURATED_ANSWER_CREATED: "新建审定答复",
    Act.CURATED_ANSWER_CHANGED: "修改审定答复",
    Act.CURATED_ANSWER_APPROVED: "审定答复",
    Act.CURATED_ANSWER_WITHDRAWN: "撤回审定答复",
    Act.QUIZ_BUILT: "出题",
    Act.QUIZ_ITEM_WRITTEN: "编写试题",
    Act.QUIZ_ITEM_CHANGED: "修改试题",
    Act.QUIZ_ITEMS_MOVED: "审核试题",
    Act.QUIZ_ITEMS_IMPORTED: "导入试题",
    Act.QUIZ_ITEMS_EXPORTED: "导出试题",
    Act.PAPER_MADE: "组卷",
    Act.PAPER_OPENED_OR_CLOSED: "试卷开考或结束",
    Act.PAPER_REMOVED: "删除试卷",
    Act.EXAM_MARKED: "阅卷",
    Act.INDEX_REBUILT: "重建索引",
    Act.LOG_EXPORTED: "导出操作日志",
    Act.PERSONAL_DATA_ERASED: "删除个人信息",
    Act.OWN_DATA_DELETED: "删除本人数据",
    Act.BACKED_UP: "备份",
    Act.RESTORED: "恢复备份",
}


class Recorder(Protocol):
    """Puts what is done on record (记录操作)."""

    def record(
        self,
        act: Act,
        by: Principal | None,
        *,
        target: str = "",
        whom: str | None = None,
        personal: Mapping[str, str] | None = None,
        facts: Mapping[str, Fact] | None = None,
    ) -> None:
        """One entry, on disk when this returns; way and address are those of the request at hand.

        ``by`` is who did it (None: nobody logged in). ``target`` is the id of the thing acted on, ``whom`` the id of
        the account acted on. ``personal`` holds words that can point at a person (``question``, ``login``): only their
        salted digest enters the chain and they can be erased. ``facts`` name no person and stay for good.

        Raises StoreUnavailable where the log must be kept and cannot be: then the act is not to be done either, so
        call it before or within what it records.
        """
        ...


class NoRecorder:
    """Keeps no log: for stand-ins."""

    def record(
        self,
        act: Act,
        by: Principal | None,
        *,
        target: str = "",
        whom: str | None = None,
        personal: Mapping[str, str] | None = None,
        facts: Mapping[str, Fact] | None = None,
    ) -> None:
        return


Moment = Annotated[
    dt.datetime,
    Field(description="时刻（ISO 8601，UTC）。Moment, ISO 8601 in UTC."),
]
_Day = Annotated[dt.date | None, BeforeValidator(parse_day)]


class PersonalField(Response):
    """A personal word of an entry (个人信息); null once it was erased."""

    name: str = Field(description="person、question、address、whom、login 等。Name of the field.")
    value: str | None = Field(description="内容；已删除为 null。The word, or null once erased.")


class LogEntry(Response):
    """One entry of the audit log (日志条目)."""

    seq: int = Field(description="序号，自 1 起，无空缺。Number, from 1, without gaps.")
    at: Moment
    act: Act = Field(description="操作。What was done.")
    act_zh: str = Field(description="操作的中文名。The same in Chinese.")
    surface: Surface = Field(description="入口：api、page、mcp、cli；服务自身所为为 service。By which way it came.")
    target: str = Field(default="", description="所操作对象的编号。Id of the thing acted on.")
    facts: dict[str, Fact] = Field(
        default_factory=dict,
        description="不涉及个人的事实，如 as_of、corpus、provisions、answer、outcome。Facts that name no person.",
    )
    personal: list[PersonalField] = Field(default_factory=list, description="个人信息。What points at a person.")
    hash: str = Field(description="本条的哈希，含上一条的哈希。Hash of this entry over that of the one before.")


class LogPage(Response):
    """A page of the audit log, newest first."""

    items: list[LogEntry] = Field(default_factory=list)
    total: int = Field(description="符合条件的条目总数。Entries that match, in all.")


class LogFilter(Request):
    """Which entries (日志筛选)."""

    act: Act | None = Field(default=None, description="只列这种操作。Only this act.")
    person: str | None = Field(
        default=None, max_length=64, description="只列此人所为或涉及此人的条目，账户编号。Account id of a person."
    )
    surface: Surface | None = Field(default=None, description="只列这一入口。Only this surface.")
    since: _Day = Field(default=None, description="自这一天起（北京时间，含当日）。From this day on, Beijing time.")
    until: _Day = Field(default=None, description="至这一天止（北京时间，含当日）。Up to and including this day.")
    target: str | None = Field(default=None, max_length=300, description="对象的编号。Id of the thing acted on.")


class LogQuery(LogFilter):
    """A page of the entries that match (日志分页)."""

    limit: int = Field(default=50, ge=1, le=200, description="每页条数。Entries per page.")
    offset: int = Field(default=0, ge=0, le=1_000_000_000, description="跳过的条数。Entries to skip.")


class Verification(Response):
    """Whether the chain holds (日志校验)."""

    ok: bool = Field(description="日志完整、未被改动。The log is whole and unchanged.")
    entries: int = Field(description="已核对的条目数。Entries read.")
    head: str = Field(description="最后一条的哈希，可另行记下以供比对。Hash of the last entry, to be noted elsewhere.")
    erased: int = Field(default=0, description="个人信息已依规定删除的条目数。Entries whose personal data was erased.")
    bad_seq: int | None = Field(default=None, description="首个有问题的序号。The first entry that is not right.")
    fault: str | None = Field(default=None, description="问题所在。What is wrong with it.")


class VerifyQuery(Request):
    """What a verification compares with."""

    head: str | None = Field(
        default=None,
        max_length=64,
        pattern="^[0-9a-f]{64}$",
        description="先前记下的哈希；日志中须有此条，否则其后的尾部已被删去。A head noted before, which must be found.",
    )


class EraseRequest(Request):
    """Whose personal data is to be taken out of the log (删除个人信息)."""

    person: str = Field(min_length=1, max_length=64, description="账户编号。Account id of the person.")


class Erasure(Response):
    """What an erasure took out."""

    entries: int = Field(description="涉及的条目数。Entries concerned.")
    seq: int | None = Field(default=None, description="记载本次删除的条目。The entry that says so, if any was due.")


class AuditLogReader(Protocol):
    """The log for those who may read it (查阅日志)."""

    def entries(self, query: LogQuery) -> LogPage: ...

    def verify(self, head: str | None = None) -> Verification: ...

    def export(self, by: Principal, wanted: LogFilter | None = None) -> Iterator[LogEntry]:
        """Every entry that is wanted (all where nothing is said), oldest first. The export is itself an entry."""
        ...

    def erase_person(self, person: str, by: Principal) -> Erasure:
        """Take out what the log holds on a person; the erasure is itself an entry, which does not name them."""
        ...
