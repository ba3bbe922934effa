"""A small real installation that can be killed: two laws, accounts on, a model that writes slowly."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

from assistant.accounts.contract import AccountRequest, TokenRequest
from assistant.accounts.local import LocalAccounts
from assistant.accounts.roles import Permission, Role
from assistant.api.client import ApiClient
from assistant.settings import Settings
from assistant.userdata import UserData
from corpus.errors import StillPreparing
from corpus.store import CorpusStore
from ingest.load import load_national_laws
from tests.conftest import TODAY

LAWS = ("中华人民共和国行政处罚法", "中华人民共和国行政强制法")
_ADDRESS_MARK = "接口："
_OPEN_WITHIN_S, _POLL_S = 240.0, 0.2


class Installation:
    """A data folder and the service on it. One administrator, whose token outlives the service."""

    def __init__(self, home: Path, model_url: str) -> None:
        self.home = home
        self._model_url = model_url
        self._started: list[subprocess.Popen[str]] = []
        self._url = ""
        settings = Settings(home=home, today=TODAY)
        store = CorpusStore.open(settings.store_url)
        load_national_laws(store, today=TODAY, only=LAWS)
        store.close()
        self._token = _administrator(settings)

    def start(self) -> None:
        """Start the service and wait until it answers questions on named articles."""
        command = [sys.executable, "-m", "assistant.cli", "serve"]
        process = subprocess.Popen(
            command, env=self._environment(), stdout=subprocess.PIPE, text=True, start_new_session=True
        )
        self._started.append(process)
        assert process.stdout is not None
        line = next((line for line in process.stdout if _ADDRESS_MARK in line), None)
        assert line is not None, "the service ended before it said where it listens"
        threading.Thread(target=process.stdout.read, daemon=True).start()
        self._url = line.split(_ADDRESS_MARK)[1].split("/api/")[0]
        self._wait_until_open()

    def kill(self) -> None:
        """``kill -9`` of the service alone."""
        self._started[-1].send_signal(signal.SIGKILL)
        self._started[-1].wait()

    def end(self) -> None:
        """End every process that was started, with the workers that a killed service left behind."""
        for process in self._started:
            try:
                os.killpg(process.pid, signal.SIGKILL)
            except ProcessLookupError:
                continue
            process.wait()

    def client(self) -> ApiClient:
        return ApiClient(self._url, token=self._token)

    def audit_verification(self) -> dict[str, Any]:
        """What ``eassistant audit verify`` says."""
        command = [sys.executable, "-m", "assistant.cli", "audit", "verify", "--json"]
        done = subprocess.run(command, env=self._environment(), capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        found: dict[str, Any] = json.loads(done.stdout)
        return found

    def database_faults(self) -> list[str]:
        """What SQLite finds wrong with the databases; none when they are whole."""
        faults = []
        for name in ("userdata.db", "corpus.db"):
            connection = sqlite3.connect(self.home / name)
            (found,) = connection.execute("PRAGMA integrity_check").fetchone()
            connection.close()
            if found != "ok":
                faults.append(f"{name}: {found}")
        return faults

    def _environment(self) -> dict[str, str]:
        plain = {name: value for name, value in os.environ.items() if not name.startswith("EASSISTANT_")}
        own = {
            "HOME": str(self.home),
            "TODAY": TODAY.isoformat(),
            "ACCOUNTS__ENABLED": "true",
            "SERVER__PORT": "0",
            "LIMITS__REQUESTS_PER_MINUTE": "1000000",
            "GENERATOR__BASE_URL": self._model_url,
            "GENERATOR__MODEL": "slow",
        }
        return plain | {f"EASSISTANT_{name}": value for name, value in own.items()} | {"PYTHONUNBUFFERED": "1"}

    def _wait_until_open(self) -> None:
        tick = threading.Event()
        with self.client() as client:
            for _ in range(int(_OPEN_WITHIN_S / _POLL_S)):
                try:
                    client.documents()
                    return
                except StillPreparing:
                    tick.wait(_POLL_S)
        raise AssertionError("the service did not open")


def _administrator(settings: Settings) -> str:
    data = UserData.open(settings.userdata_url)
    accounts = LocalAccounts(data, settings.accounts)
    request = AccountRequest(login="admin", name="admin", role=Role.ADMIN)
    account = accounts.directory.create(request, "blue-kettle-77-lamp").account
    scopes = [scope for scope in Permission if scope is not Permission.PUBLIC]
    token = accounts.create_token(accounts.principal(account.id), TokenRequest(name="soak", scopes=scopes)).token
    data.close()
    return token
