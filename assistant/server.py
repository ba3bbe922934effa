"""Who owns the data folder (数据文件夹的归属): one process at a time, the server or a command.

The embedded index lets in one process only. The owner holds a lock on ``owner.lock``, which the system releases
however the process ends. A server also writes ``server.json`` with its address, so that commands go through it. A
record left by a server that was killed is told apart by asking: the service at that address must name the same
instance.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import os
import signal
import socket
import sys
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from filelock import FileLock, Timeout

from corpus.errors import IndexUnavailable, InvalidInput, ServerUnavailable, StoreUnavailable

if TYPE_CHECKING:
    from starlette.types import ASGIApp

RECORD = "server.json"
LOCK = "owner.lock"
_PROBE_TIMEOUT_S = 5.0
_KEEP_ALIVE_S = 75
"""How long an idle connection is kept: longer than clients keep theirs, or one is closed under a request on its way."""

_SWITCH_S = 0.001
"""How long a thread that computes may keep the interpreter from the one that takes and sends requests."""


@dataclass(frozen=True, slots=True)
class ServerRecord:
    """A running server: its address, its process, the time it started (ISO, UTC) and the mark of this run."""

    url: str
    pid: int
    started: str
    instance: str

    @classmethod
    def new(cls, url: str, instance: str) -> ServerRecord:
        return cls(url, os.getpid(), dt.datetime.now(dt.UTC).isoformat(timespec="seconds"), instance)


def new_instance() -> str:
    """A mark for one run of the service."""
    return uuid.uuid4().hex


def read_record(home: Path) -> ServerRecord | None:
    """What the last server wrote; None when there is nothing readable. Says nothing on whether it still runs."""
    try:
        return ServerRecord(**json.loads((home / RECORD).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def running_server(home: Path) -> ServerRecord | None:
    """The server that owns this data folder now, or None."""
    from assistant.api.client import ApiClient

    record = read_record(home)
    if record is None:
        return None
    with ApiClient(record.url, timeout_s=_PROBE_TIMEOUT_S) as client, contextlib.suppress(ServerUnavailable):
        if client.health().instance == record.instance:
            return record
    return None


@contextmanager
def recorded(home: Path, record: ServerRecord) -> Iterator[None]:
    """Keep ``server.json`` while the block runs; another server's record is not removed at the end."""
    path = home / RECORD
    fresh = path.with_suffix(".new")
    fresh.write_text(json.dumps(asdict(record), indent=1), encoding="utf-8")
    fresh.replace(path)
    try:
        yield
    finally:
        if read_record(home) == record:
            path.unlink(missing_ok=True)


@contextmanager
def owned_data_folder(home: Path, *, wait_s: float = 1.0) -> Iterator[None]:
    """Own the data folder while the block runs.

    Raises IndexUnavailable when another process owns it (with the address of a running server), StoreUnavailable
    when the folder cannot be made or written.
    """
    made_data_folder(home)
    lock = FileLock(home / LOCK)
    try:
        lock.acquire(timeout=wait_s)
    except Timeout:
        raise _owned_by_another(home) from None
    except OSError as error:
        raise _not_writable(home, error) from error
    try:
        yield
    finally:
        lock.release()


def made_data_folder(home: Path) -> None:
    """Make the data folder if it is not there, for its owner alone. Raises StoreUnavailable."""
    try:
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise _not_writable(home, error) from error


def _not_writable(home: Path, error: OSError) -> StoreUnavailable:
    return StoreUnavailable(
        f"数据文件夹无法写入（{error.strerror or error}）。",
        where=str(home),
        remedy="请检查该文件夹的权限与剩余空间，或用 EASSISTANT_HOME 另指一处。",
    )


def _owned_by_another(home: Path) -> IndexUnavailable:
    record = running_server(home)
    if record is not None:
        return IndexUnavailable(
            f"此数据文件夹的服务已在运行：{record.url}（进程 {record.pid}，启动于 {record.started}）。",
            where=str(home),
            remedy="请直接使用它；要停止它，结束该进程即可。",
        )
    return IndexUnavailable(
        "另一个 eassistant 进程正在使用此数据文件夹。", where=str(home), remedy="请等它结束后重试。"
    )


def bind(host: str, port: int, setting: str) -> socket.socket:
    """A listening socket, bound before anything slow begins. ``setting`` names the variable that sets the port."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        listener = socket.socket(family, kind, protocol)
    except OSError as error:
        raise InvalidInput(
            f"监听地址 {host} 无法使用（{error}）。", remedy=f"请改 {setting} 所在一节的 host。"
        ) from error
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen(128)
    except OSError as error:
        listener.close()
        raise ServerUnavailable(
            f"端口 {port} 无法使用（{error.strerror or error}）。",
            where=f"{host}:{port}",
            remedy=f"请关闭占用该端口的程序，或设置环境变量 {setting} 另选端口（0 为任一空闲端口）。",
        ) from error
    return listener


def url_of(listener: socket.socket) -> str:
    """Address of a listening socket as this machine reaches it."""
    host, port = listener.getsockname()[:2]
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def serve_until_stopped(
    app: ASGIApp, listener: socket.socket, *, on_stop: Callable[[], None], trusted_proxies: str = "127.0.0.1,::1"
) -> None:
    """Serve on a bound socket until SIGINT or SIGTERM; ``on_stop`` is called at the signal, before connections close.

    Open connections get one second to finish.
    """
    import uvicorn

    class Server(uvicorn.Server):
        """Uvicorn that returns after a signal instead of raising it again (0.54, ``Server.capture_signals``)."""

        @contextmanager
        def capture_signals(self) -> Iterator[None]:
            yield

    config = uvicorn.Config(
        app,
        lifespan="on",
        log_level="warning",
        timeout_graceful_shutdown=1,
        timeout_keep_alive=_KEEP_ALIVE_S,
        server_header=False,
        forwarded_allow_ips=trusted_proxies,
    )
    server = Server(config)
    sys.setswitchinterval(_SWITCH_S)

    def stop(_signal: int, _frame: Any) -> None:
        on_stop()
        server.should_exit = True

    before = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        server.run(sockets=[listener])
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
