"""Passwords (密码): argon2id through argon2-cffi; what a password must be like; set-up codes and one-time passwords."""

from __future__ import annotations

import hmac
import secrets
import threading
import unicodedata
from hashlib import sha256

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from corpus.errors import InvalidInput

PASSWORD_CHARS = 200
"""Longest password, so that nobody makes the hash function work on megabytes."""

_AT_ONCE = 4  # each hash takes 64 MiB for a moment
_FEWEST_DIFFERENT = 4
_CODE_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # without I, O, 0, 1
_CODE_GROUPS, _CODE_GROUP = 4, 5


class Passwords:
    """Hashes and checks passwords; a few at a time, since each hash takes memory on purpose."""

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        self._hasher = hasher or PasswordHasher()
        self._turns = threading.BoundedSemaphore(_AT_ONCE)
        self._nobodys = self.hash(secrets.token_urlsafe())

    def hash(self, password: str) -> str:
        with self._turns:
            return self._hasher.hash(_plain(password))

    def matches(self, password: str, kept: str | None) -> bool:
        """Whether the password is the one kept. With none kept the same work is done, and the answer is no."""
        with self._turns:
            try:
                return self._hasher.verify(kept or self._nobodys, _plain(password)) and kept is not None
            except (VerificationError, InvalidHashError):
                return False

    def outdated(self, kept: str) -> bool:
        """Whether a hash was made with other parameters than today's."""
        return self._hasher.check_needs_rehash(kept)


def check_new_password(password: str, login: str, least_chars: int) -> None:
    """Raise InvalidInput for a password that is too short, too long, too plain, or holds the login name."""
    plain = _plain(password)
    remedy = f"请用至少 {least_chars} 个字符，例如几个不相干的词连在一起。"
    if len(plain) < least_chars:
        raise InvalidInput(f"密码太短，至少 {least_chars} 个字符。", where="/password", remedy=remedy)
    if len(plain) > PASSWORD_CHARS:
        raise InvalidInput(f"密码太长，最多 {PASSWORD_CHARS} 个字符。", where="/password")
    told = len(login) >= _FEWEST_DIFFERENT and login in plain.casefold()
    if len(set(plain)) < _FEWEST_DIFFERENT or told:
        raise InvalidInput("密码太容易猜到：字符过于单一，或含有登录名。", where="/password", remedy=remedy)


def new_code() -> str:
    """A code to be read and typed once, of 100 bits: a set-up code or a one-time password."""
    groups = ("".join(secrets.choice(_CODE_LETTERS) for _ in range(_CODE_GROUP)) for _ in range(_CODE_GROUPS))
    return "-".join(groups)


class SetupCode:
    """The code that lets the first administrator in (初始设置码): kept as a hash, in this process only."""

    def __init__(self) -> None:
        self._digest: bytes | None = None

    def renew(self) -> str:
        code = new_code()
        self._digest = _code_digest(code)
        return code

    def accepts(self, given: str) -> bool:
        return self._digest is not None and hmac.compare_digest(self._digest, _code_digest(given))

    def forget(self) -> None:
        self._digest = None


def _code_digest(code: str) -> bytes:
    plain = unicodedata.normalize("NFKC", code).upper()
    return sha256("".join(c for c in plain if c.isalnum()).encode("utf-8", "surrogatepass")).digest()


def _plain(password: str) -> str:
    """One password however it was typed (full-width letters, composed accents); a lone surrogate is replaced."""
    return unicodedata.normalize("NFKC", password).encode("utf-8", "replace").decode("utf-8")
