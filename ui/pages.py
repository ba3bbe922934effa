"""The pages of the bar (页面导航): what each is called, where it lies, and who may use it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from assistant.accounts.contract import Me
from assistant.accounts.roles import Permission

VIEWS = Path(__file__).parent / "views"


@dataclass(frozen=True, slots=True)
class PageEntry:
    """One page: its script in ``ui/views``, and the permission without which it is not shown."""

    name: str
    title: str
    icon: str
    permission: Permission
    url_path: str | None

    @property
    def script(self) -> Path:
        return VIEWS / f"{self.name}.py"


PAGES = (
    PageEntry("ask", "问答", ":material/forum:", Permission.READ, None),
    PageEntry("encyclopedia", "百科", ":material/menu_book:", Permission.READ, "encyclopedia"),
    PageEntry("cite", "法条查询", ":material/search:", Permission.READ, "cite"),
    PageEntry("discretion", "裁量核查", ":material/balance:", Permission.READ, "discretion"),
    PageEntry("quiz", "题库", ":material/quiz:", Permission.CONVERSE, "quiz"),
    PageEntry("manage", "资料管理", ":material/folder_managed:", Permission.MANAGE_CORPUS, "manage"),
    PageEntry("log", "操作日志", ":material/receipt_long:", Permission.READ_AUDIT_LOG, "log"),
    PageEntry("me", "我的", ":material/person:", Permission.ACCOUNT, "me"),
)


def shown_pages(me: Me | None) -> list[PageEntry]:
    """The pages that a person may use, of those there are; all that anybody may read where nobody can be asked.

    The first page is always there, so that there is something to say "no" on.
    """
    if me is None:
        return [page for page in PAGES if page.permission is Permission.READ]
    allowed = [page for page in PAGES if me.may(page.permission)]
    return allowed if allowed and allowed[0].url_path is None else [PAGES[0], *allowed]
