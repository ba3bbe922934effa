"""Addresses and cookies of the page's server (地址与 Cookie), as pure functions."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import quote, urlsplit

COOKIE = "eassistant_session"
LONGEST_NEXT = 1000

DOORS = frozenset({"/login", "/logout", "/setup"})
STYLES = "/account.css"
_OPEN = DOORS | {STYLES, "/_stcore/health"}
_OPEN_UNDER = ("/static/",)
"""Streamlit's own scripts and styles: the same on every installation, nothing of ours."""


def is_open(path: str) -> bool:
    """Whether a path is served to people who are not logged in."""
    return path in _OPEN or (path.startswith(_OPEN_UNDER) and ".." not in path)


def safe_next(given: str) -> str:
    """Where to go after log-in: a path of this server, else its first page."""
    good = given.startswith("/") and not given.startswith(("//", "/\\")) and len(given) <= LONGEST_NEXT
    if not good or "\\" in given or any(ord(char) < 0x21 or ord(char) == 0x7F for char in given):
        return "/"
    parts = urlsplit(given)
    return "/" if parts.scheme or parts.netloc or parts.path in ("/login", "/logout", "/setup") else given


def login_address(path: str, query: str, note: str = "") -> str:
    """The address of the log-in page that leads back to where somebody wanted to go."""
    wanted = quote(path) + (f"?{query}" if query else "")
    found = safe_next(wanted)
    parts = [f"next={quote(found, safe='')}"] if found != "/" else []
    parts += [f"note={note}"] if note else []
    return "/login" + (f"?{'&'.join(parts)}" if parts else "")


def content_security_policy(inline_scripts: tuple[str, ...] = ()) -> str:
    """What the page may load: of this server only. ``inline_scripts``: hashes of those in Streamlit's own HTML."""
    allowed = " ".join(f"'sha256-{digest}'" for digest in inline_scripts)
    rules: Mapping[str, str] = {
        "default-src": "'self'",
        "script-src": f"'self' blob: {allowed}".strip(),  # blob: the scripts of components of version 2
        "style-src": "'self' 'unsafe-inline'",
        "img-src": "'self' data: blob:",
        "font-src": "'self' data:",
        "media-src": "'self' blob:",
        "connect-src": "'self'",
        "worker-src": "'self' blob:",
        "frame-src": "'self'",
        "object-src": "'none'",
        "base-uri": "'self'",
        "form-action": "'self'",
        "frame-ancestors": "'none'",
    }
    return "; ".join(f"{name} {value}" for name, value in rules.items())


PLAIN_POLICY = (
    "default-src 'none'; style-src 'self'; img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
"""For the log-in pages, which have neither scripts nor pictures."""
