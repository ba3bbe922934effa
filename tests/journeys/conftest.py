"""A real installation with a real browser: API and page as processes, national laws, samples, one account per role.

Seven national laws with all their texts: to encode all of them takes some ten minutes of two cores, and nothing is
stored before that is done.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest

from assistant.accounts.contract import AccountRequest, LoginRequest
from assistant.accounts.local import LocalAccounts
from assistant.accounts.roles import ROLE_ZH, Role
from assistant.api.client import ApiClient
from assistant.contract import Health
from assistant.settings import Settings
from assistant.userdata import UserData
from corpus.store import CorpusStore
from ingest.load import load_national_laws
from ingest.loading.run import IngestOptions, ingest_files
from tests.conftest import TODAY
from tests.journeys.visit import PATIENCE_MS, Visit

SAMPLES = Path(__file__).parents[2] / "corpus" / "samples"
LAWS = (
    "中华人民共和国行政处罚法",
    "中华人民共和国行政强制法",
    "中华人民共和国水污染防治法",
    "中华人民共和国生态环境法典",
    "中华人民共和国食品安全法",
    "全国人民代表大会常务委员会关于修改《中华人民共和国食品安全法》的决定",
    "中华人民共和国消防法",
)
DEPARTMENT = "法制科"
"""Of the legal reviewer only: what is limited to it, officers do not see."""
PASSWORD = "blue-kettle-77-lamp"
SIZES = {"phone": (390, 844), "desk": (1440, 900)}
ORDINARY = {
    "test_an_officer_asks_reads_keeps_and_leaves": "phone",
    "test_a_reviewer_turns_feedback_into_an_answer_that_officers_get": "phone",
    "test_a_trainers_exam_is_sat_while_the_network_comes_and_goes": "desk",
}
"""Journeys of an ordinary run, each at one size; the others, and these at the other size, count as slow."""
_READY_S, _STEP_S = 600, 0.5


@dataclass(frozen=True)
class Installation:
    """A running installation: where API and page are, and its data folder."""

    api: str
    page: str
    home: Path


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark as slow what an ordinary run leaves out."""
    for item in items:
        visits = isinstance(item, pytest.Function) and "visit" in item.fixturenames
        if visits and ORDINARY.get(item.originalname) != item.callspec.params["visit"]:
            item.add_marker(pytest.mark.slow)


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
        _wait_until_prepared(api)
        yield Installation(api, page, home)
    finally:
        process.terminate()
        process.wait(timeout=30)


def _fill(home: Path) -> None:
    settings = Settings(home=home, today=TODAY)
    store = CorpusStore.open(settings.store_url)
    load_national_laws(store, today=TODAY, only=LAWS)
    ingest_files(store, [SAMPLES], IngestOptions(home, 1, None, False), today=TODAY)
    store.close()
    data = UserData.open(settings.userdata_url)
    directory = LocalAccounts(data, settings.accounts).directory
    for role in Role:
        department = DEPARTMENT if role is Role.LEGAL else None
        account = AccountRequest(login=role.value, name=ROLE_ZH[role], role=role, department=department)
        directory.create(account, PASSWORD)
    data.close()


def _announced(lines: Any, mark: str) -> str:
    for line in lines:
        if mark in line:
            return str(line.split(mark)[1].split()[0])
    raise AssertionError(f"the installation ended before it said {mark}")


def _wait_until_prepared(api: str) -> None:
    """Until everything held can be searched by words and by meaning."""
    tick = threading.Event()
    with httpx.Client(trust_env=False) as http:
        for _ in range(int(_READY_S / _STEP_S)):
            health = Health.model_validate_json(http.get(f"{api}/api/health").raise_for_status().content)
            if health.preparation.stage == "ready":
                return
            tick.wait(_STEP_S)
    raise AssertionError(f"the installation was not prepared in {_READY_S} s")


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Any]:
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=PATIENCE_MS)
    arguments = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"]
    arguments += ["--disable-background-networking", "--disable-component-update"]
    with sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=chromium, args=arguments)
        yield opened
        opened.close()


def is_complaint(message: Any) -> bool:
    """An error on the console. Harmless: opened below its root, Streamlit asks for these beside the address first."""
    asked = message.location.get("url", "").split("?")[0]
    below = asked.endswith(("/_stcore/health", "/_stcore/host-config")) and "404" in message.text
    return message.type == "error" and not below


def complaint(message: Any) -> str:
    return f"{message.text} ({message.location.get('url', '')})"


@pytest.fixture(params=list(SIZES))
def visit(
    request: pytest.FixtureRequest, browser: Any, installation: Installation
) -> Iterator[Callable[[Role | None], Visit]]:
    """Logs a person of a role in, or nobody, at a phone and at a desk."""
    size: str = request.param
    width, height = SIZES[size]
    contexts = []

    def begin(role: Role | None) -> Visit:
        phone = size == "phone"
        context = browser.new_context(
            viewport={"width": width, "height": height}, locale="zh-CN", is_mobile=phone, has_touch=phone
        )
        context.set_default_timeout(PATIENCE_MS)
        contexts.append(context)
        page = context.new_page()
        opened = Visit(page, installation.page, size)
        page.on("request", lambda r: None if opened.is_own(r.url) else opened.foreign.append(r.url))
        page.on("console", lambda m: opened.complaints.append(complaint(m)) if is_complaint(m) else None)
        page.on("pageerror", lambda error: opened.complaints.append(str(error)))
        page.goto(installation.page)
        if role is not None:
            opened.log_in(role.value, PASSWORD)
        return opened

    yield begin
    for context in contexts:
        context.close()


@pytest.fixture
def api_of(installation: Installation) -> Iterator[Callable[[Role], ApiClient]]:
    """The API as a person of a role uses it by another program."""
    with ApiClient(installation.api) as door, ExitStack() as opened:

        def begin(role: Role) -> ApiClient:
            token = door.accounts.login(LoginRequest(login=role.value, password=PASSWORD)).token
            return opened.enter_context(ApiClient(installation.api, token=token))

        yield begin
