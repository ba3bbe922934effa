"""``eassistant serve``, ``ui`` and ``start`` (服务、网页、一并启动)."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli import connect

if TYPE_CHECKING:
    from assistant.kept_process import KeptProcess
    from assistant.settings import Settings

_POLL_S = 0.2


def serve() -> None:
    """启动接口服务，直到 Ctrl-C。首次启动即载入法律并建立索引，其间已可使用。Serve the API; prepares meanwhile."""
    from assistant.api.own_origin import require_accounts_off_loopback

    settings = connect.settings()
    host = settings.server.host
    require_accounts_off_loopback(host, accounts=settings.accounts.enabled, setting="EASSISTANT_SERVER__HOST")

    from assistant.service_process import leave, run_service  # slow to import: what is refused is refused before

    run_service(settings, announce=_announce_api, invite=invite)
    leave()


def ui(until_stdin_closes: Annotated[bool, typer.Option("--until-stdin-closes", hidden=True)] = False) -> None:
    """启动网页，连接正在运行的服务。Serve the page against the running API."""
    from assistant import page

    settings = connect.settings()
    if until_stdin_closes:
        page.end_with_parent()
    page.run(settings, _free_port(settings), _api_url(settings))


def start() -> None:
    """一并启动服务与网页，并显示网页地址。Start API and page together and print the page's address."""
    from assistant.api.own_origin import require_accounts_off_loopback
    from assistant.service_process import leave, run_service

    settings = connect.settings()
    require_accounts_off_loopback(settings.ui.host, accounts=settings.accounts.enabled, setting="EASSISTANT_UI__HOST")
    port = _free_port(settings)
    with connect.server(settings) as running:
        if running is not None:
            connect.say(f"服务已在运行：{running.base_url}")
            with _page(settings, port, running.base_url) as page:
                page.wait()
            return
    with contextlib.ExitStack() as stack:

        def begin(api_url: str) -> None:
            _announce_api(api_url)
            stack.enter_context(_page(settings, port, api_url))

        run_service(settings, announce=begin, invite=invite)
    leave()


def invite(code: str) -> None:
    """Show the code for the first administrator on this console."""
    typer.secho(f"尚无管理员。请在网页 /setup 填写一次性设置码：{code}（重新启动后另发新码）", bold=True)


def _announce_api(url: str) -> None:
    typer.echo(f"接口：{url}/api/health  说明：{url}/docs")


def _api_url(settings: Settings) -> str:
    from corpus.errors import ServerUnavailable

    if settings.ui.api_url is not None:
        return settings.ui.api_url
    with connect.server(settings) as client:
        if client is None:
            raise ServerUnavailable(
                "没有正在运行的服务。",
                where=str(settings.home),
                remedy="请先运行 eassistant serve（或 start）；服务在别处时设 EASSISTANT_UI__API_URL。",
            )
        return client.base_url


def _free_port(settings: Settings) -> int:
    """The page's port, known to be free now; Streamlit binds it itself a moment later."""
    from assistant.server import bind

    with bind(settings.ui.host, settings.ui.port, "EASSISTANT_UI__PORT") as listener:
        return int(listener.getsockname()[1])


@contextmanager
def _page(settings: Settings, port: int, api_url: str) -> Iterator[KeptProcess]:
    """The page as a child that is kept running; its address is printed as soon as it answers."""
    from assistant import page
    from assistant.kept_process import KeptProcess

    kept = KeptProcess(
        lambda: page.spawn(settings.ui.host, port, api_url),
        restarting=lambda: connect.say("网页意外退出，正在重新启动。"),
        given_up=lambda: typer.secho("网页未能启动，接口照常工作。", fg=typer.colors.RED, err=True),
    )
    host = "127.0.0.1" if settings.ui.host in ("0.0.0.0", "::") else settings.ui.host
    url = f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
    waiter = threading.Thread(target=_announce_page, args=(url, kept), daemon=True)
    waiter.start()
    try:
        yield kept
    finally:
        kept.end()
        waiter.join()


def _announce_page(url: str, kept: KeptProcess) -> None:
    import time

    import httpx

    with httpx.Client(trust_env=False, timeout=_POLL_S * 5) as http:
        while kept.running:
            with contextlib.suppress(httpx.TransportError):
                if http.get(f"{url}/_stcore/health").is_success:
                    typer.secho(f"网页：{url}", bold=True)
                    return
            time.sleep(_POLL_S)
