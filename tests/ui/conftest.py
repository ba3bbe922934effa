"""The page in Streamlit's own test runner, on the stand-in of ``service``."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import AppTest

from assistant.privacy import keep_to_this_machine
from tests.ui.service import FakeService

SCRIPT = Path(__file__).resolve().parents[2] / "ui" / "app.py"
keep_to_this_machine()


@pytest.fixture(autouse=True)
def own_main() -> Iterator[None]:
    """Streamlit's runner puts the page in the place of ``__main__``; a process started later would run it."""
    before = sys.modules["__main__"]
    yield
    sys.modules["__main__"] = before


@pytest.fixture(scope="session", autouse=True)
def packages_read_once() -> Iterator[None]:
    """Every new page of the runner would read the metadata of all installed packages, looking for components."""
    found = manifest_scanner.scan_component_manifests()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(manifest_scanner, "scan_component_manifests", lambda *_args, **_kwargs: found)
        yield


@pytest.fixture
def api(monkeypatch) -> FakeService:
    for name in list(os.environ):
        if name.startswith("EASSISTANT_"):
            monkeypatch.delenv(name)
    fake = FakeService()
    monkeypatch.setattr("ui.connection._client", lambda _address: fake)
    return fake


@pytest.fixture
def page(api) -> Callable[[str], AppTest]:
    """Opens a page by the name of its script: ask, cite, discretion or encyclopedia."""

    def opened(name: str = "ask") -> AppTest:
        at = AppTest.from_file(str(SCRIPT), default_timeout=30).run()
        return at if name == "ask" else at.switch_page(f"views/{name}.py").run()

    return opened
