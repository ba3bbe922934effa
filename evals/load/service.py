"""The service under load (受测服务): started on a data folder, watched while it works, stopped."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import psutil

from corpus.errors import ServerUnavailable

_READY_S, _POLL_S = 900.0, 3.0


@dataclass(frozen=True, slots=True)
class Sample:
    """One look at the service: seconds since the first, resident memory, the machine's load average."""

    at_s: float
    rss: int
    load: float


@dataclass
class Watch:
    """What was seen of the service during a run. ``busy_s`` is the processor time that it took."""

    samples: list[Sample] = field(default_factory=list)
    busy_s: float = 0.0


def service_environment(home: Path) -> dict[str, str]:
    """The settings of the service: accounts on, a free port; settings of this shell other than the day are left out."""
    kept = ("EASSISTANT_TODAY", "EASSISTANT_GENERATOR__BASE_URL", "EASSISTANT_GENERATOR__MODEL")
    plain = {name: value for name, value in os.environ.items() if not name.startswith("EASSISTANT_") or name in kept}
    own = {"HOME": str(home), "ACCOUNTS__ENABLED": "true", "SERVER__PORT": "0", "UI__PORT": "0"}
    return plain | {f"EASSISTANT_{name}": value for name, value in own.items()} | {"PYTHONUNBUFFERED": "1"}


@contextmanager
def running_service(environment: Mapping[str, str]) -> Iterator[tuple[str, psutil.Process]]:
    """The service's address and process, once everything is indexed and encoded. Raises ServerUnavailable."""
    command = [sys.executable, "-m", "assistant.cli", "serve"]
    process = subprocess.Popen(command, env=dict(environment), stdout=subprocess.PIPE, text=True)
    try:
        url = announced_address(process)
        _wait_until_prepared(process, url)
        yield url, psutil.Process(process.pid)
    finally:
        process.terminate()
        process.wait(timeout=60)


def announced_address(process: subprocess.Popen[str]) -> str:
    """The address that a starting service announces; what it says afterwards is read and dropped."""
    assert process.stdout is not None
    for line in process.stdout:
        if "接口：" in line:
            threading.Thread(target=process.stdout.read, daemon=True).start()
            return line.split("接口：")[1].split("/api/")[0]
    raise ServerUnavailable("The service ended before it said where it listens.", remedy="Run eassistant serve.")


def _wait_until_prepared(process: subprocess.Popen[str], url: str) -> None:
    """Wait until everything is indexed and encoded. Raises ServerUnavailable after a quarter of an hour, or its end."""
    ends = time.monotonic() + _READY_S
    with httpx.Client(base_url=url, trust_env=False, timeout=60) as http:
        while process.poll() is None and not _is_prepared(http):
            if time.monotonic() > ends:
                raise ServerUnavailable("The service is not ready.", where=url, remedy="See eassistant status.")
            time.sleep(_POLL_S)
    if process.poll() is not None:
        raise ServerUnavailable(f"The service ended ({process.poll()}).", where=url, remedy="See what it wrote above.")


def _is_prepared(http: httpx.Client) -> bool:
    try:
        ready = http.get("/api/ready")
        if not ready.is_success or not ready.json()["dense_ready"]:
            return False
        return bool(http.get("/api/health").json()["preparation"]["stage"] == "ready")
    except httpx.TransportError:
        return False


@contextmanager
def watched(process: psutil.Process, every_s: float = 5.0) -> Iterator[Watch]:
    """Look at the process every few seconds while the block runs."""
    watch, done, began = Watch(), threading.Event(), time.monotonic()
    before = _busy_s(process)

    def look() -> None:
        watch.samples.append(Sample(time.monotonic() - began, process.memory_info().rss, os.getloadavg()[0]))

    def keep_looking() -> None:
        while not done.wait(every_s):
            look()

    look()
    watcher = threading.Thread(target=keep_looking)
    watcher.start()
    try:
        yield watch
    finally:
        done.set()
        watcher.join()
        look()
        watch.busy_s = _busy_s(process) - before


def _busy_s(process: psutil.Process) -> float:
    times = process.cpu_times()
    return float(times.user + times.system)
