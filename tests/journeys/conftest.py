"""A real installation with a real browser: API and page as processes, national laws, samples, one account per role."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest

from assistant.accounts.contract import AccountRequest
from assistant.accounts.local import LocalAccounts
from assistant.accounts.roles import Role
from assistant.settings import Settings
from assistant.userdata import UserData
from corpus.store import CorpusStore
from ingest.load import load_national_laws
from ingest.loading.run import IngestOptions, ingest_files
from tests.conftest import CHOSEN_LAWS, TODAY

SAMPLES = Path(__file__).parents[2] / "corpus" / "samples"
PASSWORD = "blue-kettle-77-lamp"
SIZES = {"phone": (390, 844), "desk": (1440, 900)}
_READY_S, _STEP_S = 300, 0.5


@dataclass(frozen=True)
class Installation:
    """A running installation: where API and page are, and its data folder."""

    api: str
    page: str
    home: Path


@pytest.fixture(scope="session")
def chromium() -> str:
    """The browser; the journeys are skipped where there is none."""
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if found is None:
        pytest.skip("no Chromium on this machine (Debian: apt install chromium fonts-noto-cjk)")
    return found


@pytest.fixture(scope="session")
def installation(chromium: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    home = tmp_path_factory.mktemp("journeys")
    _fill(home)
    environment = {name: value for name, value in os.environ.items() if not name.startswith("EASSISTANT_")}
    environment |= {
        "EASSISTANT_HOME": str(home),
        "EASSISTANT_TODAY": TODAY.isoformat(),
        "EASSISTANT_ACCOUNTS__ENABLED": "true",
        "EASSISTANT_SERVER__PORT": "0",
        "EASSISTANT_UI__PORT": "0",
        "PYTHONUNBUFFERED": "1",
    }
    command = [sys.executable, "-m", "assistant.cli", "start"]
    process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    try:
        assert process.stdout is not None
        api = _announced(process.stdout, "接口：").split("/api/")[0]
        page = _announced(process.stdout, "网页：")
        threading.Thread(target=process.stdout.read, daemon=True).start()
        _wait_until_searchable(api)
        yield Installation(api, page, home)
    finally:
        process.terminate()
        process.wait(timeout=30)


def _fill(home: Path) -> None:
    settings = Settings(home=home, today=TODAY)
    store = CorpusStore.open(settings.store_url)
    load_national_laws(store, today=TODAY, only=CHOSEN_LAWS)
    ingest_files(store, [SAMPLES], IngestOptions(home, 1, None, False), today=TODAY)
    store.close()
    data = UserData.open(settings.userdata_url)
    directory = LocalAccounts(data, settings.accounts).directory
    for role in Role:
        directory.create(AccountRequest(login=role.value, name=role.value, role=role), PASSWORD)
    data.close()


def _announced(lines: Any, mark: str) -> str:
    for line in lines:
        if mark in line:
            return str(line.split(mark)[1].split()[0])
    raise AssertionError(f"the installation ended before it said {mark}")


def _wait_until_searchable(api: str) -> None:
    tick = threading.Event()
    with httpx.Client(trust_env=False) as http:
        for _ in range(int(_READY_S / _STEP_S)):
            if http.get(f"{api}/api/ready").is_success:
                return
            tick.wait(_STEP_S)
    raise AssertionError("the installation did not become searchable")


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    arguments = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"]
    arguments += ["--disable-background-networking", "--disable-component-update"]
    with sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=chromium, args=arguments)
        yield opened
        opened.close()


@dataclass
class Visit:
    """One person at one screen. What the page loads from elsewhere or the browser complains of is kept."""

    page: Any
    base: str
    size: str
    foreign: list[str]
    complaints: list[str]

    def open(self, path: str) -> None:
        self.page.goto(self.base + path)
        self.settled()

    def settled(self) -> None:
        """Wait until Streamlit has run the script to its end."""
        self.page.locator("[data-testid='stApp'][data-test-script-state='notRunning']").wait_for()


@pytest.fixture(params=list(SIZES))
def visit(
    request: pytest.FixtureRequest, browser: Any, installation: Installation
) -> Iterator[Callable[[Role], Visit]]:
    """Logs a person of a role in, at a phone and at a desk."""
    size: str = request.param
    width, height = SIZES[size]
    contexts = []

    def begin(role: Role) -> Visit:
        phone = size == "phone"
        context = browser.new_context(
            viewport={"width": width, "height": height}, locale="zh-CN", is_mobile=phone, has_touch=phone
        )
        context.set_default_timeout(30_000)
        contexts.append(context)
        page = context.new_page()
        opened = Visit(page, installation.page, size, [], [])
        own = (installation.page, installation.page.replace("http", "ws", 1), "data:", "blob:")
        page.on("request", lambda r: None if r.url.startswith(own) else opened.foreign.append(r.url))
        page.on("console", lambda m: opened.complaints.append(m.text) if m.type == "error" else None)
        page.goto(installation.page)
        page.get_by_label("登录名").fill(role.value)
        page.get_by_label("密码").fill(PASSWORD)
        page.get_by_role("button", name="登录").click()
        opened.settled()
        return opened

    yield begin
    for context in contexts:
        context.close()
