"""Session and API tokens (令牌): 256 random bits, shown once, kept as SHA-256."""

from __future__ import annotations

import secrets
from hashlib import sha256

API_PREFIX = "eat_"
SESSION_PREFIX = "eas_"
LONGEST = 100
_BYTES = 32


def new_session_token() -> str:
    return SESSION_PREFIX + secrets.token_urlsafe(_BYTES)


def new_api_token() -> str:
    return API_PREFIX + secrets.token_urlsafe(_BYTES)


def is_api_token(token: str) -> bool:
    return token.startswith(API_PREFIX)


def digest(token: str) -> str:
    """What is kept of a token; its 256 random bits need no salt and no slow function."""
    return sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def new_id() -> str:
    return secrets.token_hex(16)
