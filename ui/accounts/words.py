"""Words of the account pages (账户用语)."""

from __future__ import annotations

import datetime as dt

from assistant.accounts.roles import Permission
from corpus.clock import local

PERMISSION_ZH = {
    Permission.PUBLIC: "公开",
    Permission.ACCOUNT: "本人账户",
    Permission.READ: "检索、提问与查阅",
    Permission.CONVERSE: "对话、收藏与反馈",
    Permission.MANAGE_QUIZ: "题库管理",
    Permission.REVIEW: "审核",
    Permission.MANAGE_CORPUS: "资料管理",
    Permission.MANAGE_ACCOUNTS: "账户管理",
    Permission.READ_AUDIT_LOG: "查阅操作日志",
}

_BROWSERS = (
    ("Edg/", "Edge"),
    ("Firefox/", "Firefox"),
    ("MicroMessenger/", "微信"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
_SYSTEMS = (
    ("Android", "安卓"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS", "Mac"),
    ("Linux", "Linux"),
)


def agent_words(agent: str) -> str:
    """A browser as people name it: Chrome（Windows）; a program by its own first word."""
    browser = next((name for mark, name in _BROWSERS if mark in agent), "")
    system = next((name for mark, name in _SYSTEMS if mark in agent), "")
    if not browser:
        return agent.split("/")[0][:40] or "未知程序"
    return f"{browser}（{system}）" if system else browser


def moment_words(moment: dt.datetime) -> str:
    """A moment in Beijing time: 2026-11-22 15:04."""
    return f"{local(moment):%Y-%m-%d %H:%M}"
