"""One person at one screen: what a journey does there, and what the browser noticed on the way."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from docx import Document
from playwright.sync_api import expect

PATIENCE_MS = 120_000
"""How long to wait for what shall be seen: long enough for a busy machine."""


@dataclass
class Visit:
    """A person's page. What it loads from elsewhere and what the browser complains of are kept for ``check_page``."""

    page: Any
    base: str
    size: str
    foreign: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    own: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.own.append(self.base)

    def go_by(self, address: str) -> None:
        """From now on, reach the page by another address of its own."""
        self.base = address
        self.own.append(address)

    def is_own(self, address: str) -> bool:
        """Whether something is loaded from the page's own server, or from nowhere."""
        sockets = [base.replace("http", "ws", 1) for base in self.own]
        return address.startswith(("data:", "blob:", *self.own, *sockets))

    @property
    def is_phone(self) -> bool:
        return self.size == "phone"

    def open(self, path: str) -> None:
        self.page.goto(self.base + path)
        self.settled()

    def settled(self) -> None:
        """Wait until Streamlit has run the script to its end and drawn everything."""
        self.page.locator("[data-testid='stApp'][data-test-script-state='notRunning']").wait_for()
        expect(self.page.get_by_test_id("stSkeleton")).to_have_count(0)

    def turn_to(self, title: str) -> None:
        """Another page, by the navigation: on top of a desk's screen, behind a button on a phone's."""
        self.settled()
        if self.is_phone:
            self.page.get_by_test_id("stExpandSidebarButton").click()
        self.page.get_by_role("link", name=title, exact=True).first.click()
        if self.is_phone:
            expect(self.page.get_by_test_id("stSidebar")).to_have_attribute("data-collapsed", "true")

    def sees(self, words: str, where: Any = None) -> None:
        """Wait until the words can be read on the page, or within a part of it."""
        (where or self.page).get_by_text(words).locator("visible=true").first.wait_for()

    def press(self, words: str, where: Any = None) -> None:
        """Press the first button of that name, once the page is drawn: what opens while it is drawn may close again."""
        self.settled()
        found = (where or self.page).get_by_role("button", name=words, exact=True)
        found.locator("visible=true").first.click()

    def choose(self, words: str) -> None:
        """Choose one of several: of parts, kinds or states."""
        self.page.get_by_role("radio", name=words, exact=True).locator("visible=true").first.click()

    def follow(self, words: str, *, exact: bool = True, where: Any = None) -> None:
        """Follow the first link of that name."""
        found = (where or self.page).get_by_role("link", name=words, exact=exact)
        found.locator("visible=true").first.click()

    def write(self, label: str, words: str, where: Any = None) -> None:
        """Fill a field and leave it."""
        box = (where or self.page).get_by_label(label, exact=True).locator("visible=true").first
        box.fill(words)
        box.blur()

    def pick(self, label: str, words: str, where: Any = None) -> None:
        """Choose an entry of a list by writing it, once the page is drawn; where the list does not have it, it becomes
        a new one."""
        self.settled()
        box = (where or self.page).get_by_role("combobox", name=label).locator("visible=true").first
        box.click()
        box.fill(words)
        self.page.get_by_role("option", name=words).first.click()
        box.blur()

    def ask(self, question: str) -> None:
        """Put a question in the chat and wait for its answer, which stands on top."""
        box = self.page.get_by_placeholder("说出情形")
        box.fill(question)
        box.press("Enter")
        asked = self.page.locator("[class*='st-key-turn_']").filter(has_text=question)
        asked.get_by_role("button", name="导出 DOCX").first.wait_for()
        self.settled()

    def word_file(self, button: str, where: Any = None) -> str:
        """The words of the Word file that a button downloads."""
        with self.page.expect_download() as saved:
            self.press(button, where)
        document = Document(saved.value.path())
        cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
        return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])

    def log_in(self, login: str, password: str) -> None:
        self.page.get_by_label("登录名").fill(login)
        self.page.get_by_label("密码").fill(password)
        self.page.get_by_role("button", name="登录").click()
        self.settled()
