"""Names of people and places as accounts keep them (账户字段的规范写法). Raises InvalidInput in words for people."""

from __future__ import annotations

import unicodedata

from corpus.errors import InvalidInput
from corpus.regions import lineage

LOGIN_CHARS = 64
_LOGIN_EXTRA = frozenset("._-@")


def login_key(written: str) -> str:
    """A login name as it is compared: NFKC, without case, without spaces around it. Never raises."""
    return unicodedata.normalize("NFKC", written).strip().casefold()


def new_login(written: str) -> str:
    """A login name that may be given to an account: letters, digits, 汉字 and ``._-@``."""
    key = login_key(written)
    if not key or len(key) > LOGIN_CHARS:
        raise InvalidInput(f"登录名须为 1 至 {LOGIN_CHARS} 个字符。", where="/login")
    if not all(char.isalnum() or char in _LOGIN_EXTRA for char in key):
        raise InvalidInput("登录名只能用文字、数字和 . _ - @。", where="/login", remedy="请去掉空格和其他符号。")
    return key


def one_line(written: str, field: str) -> str:
    """A name to be shown: NFKC, single spaces, nothing invisible."""
    plain = " ".join(unicodedata.normalize("NFKC", written).split())
    if not plain:
        raise InvalidInput("内容为空。", where=field, remedy="请填写后重试。")
    if any(unicodedata.category(char) in ("Cc", "Cf", "Cs", "Co", "Cn") for char in plain):
        raise InvalidInput("含有看不见的控制字符。", where=field, remedy="请删去后重新输入。")
    return plain


def department_name(written: str | None) -> str | None:
    return one_line(written, "/department") if written and written.strip() else None


def region_name(written: str | None) -> str | None:
    """The region as documents name it: 宁波 → 宁波市. Raises InvalidInput for a place that no table knows."""
    return lineage(written)[-1] if written and written.strip() else None
