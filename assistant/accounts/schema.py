"""Tables of the accounts (账户): people, their sessions, the tokens of their programs. Secrets are kept hashed only."""

from __future__ import annotations

from sqlalchemy import Boolean, ForeignKey, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from assistant.userdata.schema import Base

_OWNER = "accounts.id"


class AccountRow(Base):
    """One person (账户). ``login`` is normalised; ``role`` a value of ``Role``; moments as in ``userdata.schema``."""

    __tablename__ = "accounts"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    login: Mapped[str] = mapped_column(String(64), unique=True)
    name: Mapped[str] = mapped_column(String(64))
    role: Mapped[str] = mapped_column(String(16))
    department: Mapped[str | None] = mapped_column(String(100))
    region: Mapped[str | None] = mapped_column(String(64))
    active: Mapped[bool] = mapped_column(Boolean, default=True)
    password_hash: Mapped[str] = mapped_column(String(255))
    must_change_password: Mapped[bool] = mapped_column(Boolean, default=False)
    created: Mapped[str] = mapped_column(String(40))
    last_login: Mapped[str | None] = mapped_column(String(40))


class LoginFailuresRow(Base):
    """Wrong passwords in a row for one login name (登录失败), whether an account bears it or not."""

    __tablename__ = "account_login_failures"

    login_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    failures: Mapped[int] = mapped_column(Integer)
    locked_until: Mapped[str | None] = mapped_column(String(40))
    last: Mapped[str] = mapped_column(String(40), index=True)


class SessionRow(Base):
    """One log-in (会话): idle since ``last_seen``, over for good at ``expires``."""

    __tablename__ = "account_sessions"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    person_id: Mapped[str] = mapped_column(ForeignKey(_OWNER, ondelete="CASCADE"), index=True)
    agent: Mapped[str] = mapped_column(String(200), default="")
    created: Mapped[str] = mapped_column(String(40))
    last_seen: Mapped[str] = mapped_column(String(40))
    expires: Mapped[str] = mapped_column(String(40))


class ApiTokenRow(Base):
    """One API token (接口令牌) of a person; ``scopes`` are permissions, joined by spaces."""

    __tablename__ = "account_tokens"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    person_id: Mapped[str] = mapped_column(ForeignKey(_OWNER, ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(String(64))
    scopes: Mapped[str] = mapped_column(String(255))
    created: Mapped[str] = mapped_column(String(40))
    expires: Mapped[str | None] = mapped_column(String(40))
    last_used: Mapped[str | None] = mapped_column(String(40))
