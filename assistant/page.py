"""The page as a process (网页进程): runs the Streamlit script of ``ui`` with its look-ups and statistics off.

It lives in a process of its own beside the API: Streamlit keeps one thread and one session per visitor and reloads
its script on every click, which must not delay answers, and a fault of the page must not take the index with it.
"""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
import threading
from pathlib import Path

from assistant.api.own_origin import require_accounts_off_loopback
from assistant.privacy import keep_to_this_machine
from assistant.settings import DELIMITER, ENV_PREFIX, Settings
from corpus.errors import SourceUnreadable

API_URL = f"{ENV_PREFIX}UI{DELIMITER}API_URL"


def script() -> Path:
    """The Streamlit script of the package ``ui``."""
    spec = importlib.util.find_spec("ui")
    for folder in (spec.submodule_search_locations or []) if spec else []:
        path = Path(folder) / "app.py"
        if path.is_file():
            return path
    raise SourceUnreadable("找不到页面程序 ui/app.py。", remedy="请重新安装 eassistant。")


def run(settings: Settings, port: int, api_url: str, page: Path | None = None) -> None:
    """Serve the page (``page``: another Streamlit script) in this process until it is stopped.

    Raises InvalidInput when it was to listen off loopback without accounts.
    """
    host = settings.ui.host
    require_accounts_off_loopback(host, accounts=settings.accounts.enabled, setting="EASSISTANT_UI__HOST")
    page = page or script()
    keep_to_this_machine()
    os.environ[API_URL] = api_url
    os.environ["FORWARDED_ALLOW_IPS"] = settings.server.trusted_proxies  # read by uvicorn, which Streamlit starts
    from streamlit import config, net_util
    from streamlit.web import bootstrap
    from streamlit.web.server.starlette.starlette_server import UvicornRunner

    from assistant.api.client import ApiClient
    from assistant.auditlog.contract import Surface
    from assistant.page_server.app import page_app

    # Streamlit 1.67 asks a web service for this machine's public address when a visitor comes from another host
    # (streamlit/web/server/server_util.py, is_url_from_allowed_origins). The answer is not needed.
    net_util.get_external_ip = lambda: None
    config._main_script_path = str(page)
    most_mb = -(-settings.limits.upload_bytes // 1024**2)
    bootstrap.load_config_options(
        {**_OPTIONS, "server.address": host, "server.port": port, "server.maxUploadSize": most_mb}
    )
    with ApiClient(api_url, surface=Surface.PAGE) as client:
        UvicornRunner(page_app(page, client, accounts=settings.accounts.enabled)).run()


def spawn(host: str, port: int, api_url: str) -> subprocess.Popen[bytes]:
    """Start ``eassistant ui`` as a child process that ends with this one, however this one ends."""
    environment = {
        **os.environ,
        API_URL: api_url,
        f"{ENV_PREFIX}UI{DELIMITER}HOST": host,
        f"{ENV_PREFIX}UI{DELIMITER}PORT": str(port),
    }
    command = [sys.executable, "-m", "assistant.cli", "ui", "--until-stdin-closes"]
    return subprocess.Popen(command, env=environment, stdin=subprocess.PIPE)


def end_with_parent() -> None:
    """End this process when its standard input closes, which happens when the parent is gone."""

    def wait() -> None:
        sys.stdin.buffer.read()
        os._exit(0)

    threading.Thread(target=wait, daemon=True).start()


_OPTIONS: dict[str, object] = {
    "global.developmentMode": False,
    "browser.gatherUsageStats": False,
    "server.headless": True,
    "server.fileWatcherType": "none",
    "logger.hideWelcomeMessage": True,
    "logger.level": "warning",
    "client.toolbarMode": "viewer",
    "client.showErrorDetails": "none",
    "client.showErrorLinks": "false",
    "theme.light.primaryColor": "#2f6fd0",
    "theme.dark.primaryColor": "#6ea3f0",
}
