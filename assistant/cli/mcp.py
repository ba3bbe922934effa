"""``eassistant mcp`` (MCP 服务): the corpus as tools for AI clients, over standard input and output or over HTTP."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.accounts.principal import LOCAL
from assistant.cli import connect, processes

if TYPE_CHECKING:
    from assistant.contract import Assistant
    from assistant.discretion.contract import Desk
    from assistant.settings import Settings
    from assistant.views import Views


@dataclass(frozen=True, slots=True)
class _Caller:
    """The one client at the other end of standard input."""

    assistant: Assistant
    desk: Desk


@dataclass(frozen=True, slots=True)
class _Local:
    """The service of the data folder, asked anew at every call: it grows while it is prepared."""

    views: Views

    @property
    def assistant(self) -> Assistant:
        return self.views.assistant(LOCAL)

    @property
    def desk(self) -> Desk:
        return self.views.desk(LOCAL)


def mcp(
    http: Annotated[
        bool, typer.Option("--http", help="经 HTTP 提供（与接口同一地址的 /mcp）。Over HTTP, at /mcp of the API.")
    ] = False,
) -> None:
    """供 AI 客户端调用的工具服务，缺省经标准输入输出。Tools for AI clients over the Model Context Protocol."""
    settings = connect.settings()
    if http:
        _over_http(settings)
    else:
        _over_stdio(settings)


def _over_stdio(settings: Settings) -> None:
    from assistant.mcp.server import build_server
    from assistant.service_process import leave

    with connect.server(settings) as client:
        if client is not None:
            caller = _Caller(client, client.desk)
            build_server(lambda _ctx: caller, settings.limits).run("stdio")
            return
    with _opened(settings) as own:
        build_server(lambda _ctx: own, settings.limits).run("stdio")
        leave()


@contextmanager
def _opened(settings: Settings) -> Iterator[_Local]:
    """The data folder's own service, prepared in the background while the client already talks."""
    from assistant.runtime import Runtime
    from assistant.server import owned_data_folder

    with owned_data_folder(settings.home):
        runtime = Runtime.open(settings)
        runtime.prepare_in_background()
        yield _Local(runtime.services().views)


def _over_http(settings: Settings) -> None:
    from assistant.service_process import leave, run_service

    def announce(url: str) -> None:
        typer.echo(f"MCP：{url}/mcp")

    with connect.server(settings) as client:
        if client is not None:
            connect.say("服务已在运行，工具就在它的地址上。")
            announce(client.base_url)
            return
    run_service(settings, announce=announce, invite=processes.invite)
    leave()
