"""Log-ins and API tokens in the database (会话与接口令牌): begun, recognised, ended. Nothing of them is cached."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from assistant.accounts.contract import NewToken, SessionInfo, TokenInfo
from assistant.accounts.principal import ANONYMOUS, Principal
from assistant.accounts.roles import Permission
from assistant.accounts.rows import parsed, parsed_or_none, principal_of
from assistant.accounts.schema import AccountRow, ApiTokenRow, SessionRow
from assistant.accounts.tokens import LONGEST, digest, is_api_token, new_api_token, new_id, new_session_token
from assistant.userdata import UserData
from assistant.userdata.schema import moment
from corpus.errors import NotAuthenticated

Clock = Callable[[], dt.datetime]
_NOTED_EVERY = dt.timedelta(minutes=1)
"""How fresh "last seen" and "last used" are; each note is a write to disk."""
_AGENT_CHARS = 200


class Sessions:
    """Tells who is behind a token; implements ``Authenticator``."""

    def __init__(self, data: UserData, idle: dt.timedelta, longest: dt.timedelta, clock: Clock) -> None:
        self._data = data
        self._idle = idle
        self._longest = longest
        self._clock = clock

    def authenticate(self, token: str | None) -> Principal:
        """The person behind a token. Raises NotAuthenticated for one that is unknown, expired or revoked."""
        if token is None:
            return ANONYMOUS
        if len(token) > LONGEST:
            raise _refused()
        return self._of_api_token(token) if is_api_token(token) else self._of_session(token)

    def _of_session(self, token: str) -> Principal:
        now = self._clock()
        with self._data.read() as session:
            found = session.execute(
                select(SessionRow, AccountRow)
                .join(AccountRow, AccountRow.id == SessionRow.person_id)
                .where(SessionRow.token_hash == digest(token))
            ).first()
        if found is None:
            raise _refused()
        row, account = found
        seen = parsed(row.last_seen)
        if not account.active or now >= parsed(row.expires) or now >= seen + self._idle:
            raise _refused()
        if now - seen >= min(_NOTED_EVERY, self._idle / 2):
            with self._data.write() as session:
                kept = session.get(SessionRow, row.id)
                if kept is not None:  # ended meanwhile
                    kept.last_seen = moment(now)
        return principal_of(account)

    def _of_api_token(self, token: str) -> Principal:
        now = self._clock()
        with self._data.read() as session:
            found = session.execute(
                select(ApiTokenRow, AccountRow)
                .join(AccountRow, AccountRow.id == ApiTokenRow.person_id)
                .where(ApiTokenRow.token_hash == digest(token))
            ).first()
        if found is None:
            raise _refused()
        row, account = found
        expires, used = parsed_or_none(row.expires), parsed_or_none(row.last_used)
        if not account.active or (expires is not None and now >= expires):
            raise _refused()
        if used is None or now - used >= _NOTED_EVERY:
            with self._data.write() as session:
                kept = session.get(ApiTokenRow, row.id)
                if kept is not None:
                    kept.last_used = moment(now)
        return principal_of(account, scopes_of(row))

    # ---- sessions ----------------------------------------------------------------------------------------------

    def begin(self, session: Session, account: AccountRow, agent: str) -> tuple[str, dt.datetime]:
        """A new session of the account: its token, never one that was handed in, and when it ends for good."""
        now = self._clock()
        self._forget_expired(session, account.id, now)
        token = new_session_token()
        ends = now + self._longest
        session.add(
            SessionRow(
                id=new_id(),
                token_hash=digest(token),
                person_id=account.id,
                agent=" ".join(agent.split())[:_AGENT_CHARS],
                created=moment(now),
                last_seen=moment(now),
                expires=moment(ends),
            )
        )
        return token, ends

    def _forget_expired(self, session: Session, person_id: str, now: dt.datetime) -> None:
        over = (SessionRow.expires <= moment(now)) | (SessionRow.last_seen <= moment(now - self._idle))
        session.execute(delete(SessionRow).where(SessionRow.person_id == person_id, over))

    def of_person(self, session: Session, person_id: str, token: str | None) -> list[SessionInfo]:
        """Sessions of a person that are still good, the latest first."""
        self._forget_expired(session, person_id, self._clock())
        rows = session.scalars(
            select(SessionRow).where(SessionRow.person_id == person_id).order_by(SessionRow.last_seen.desc())
        )
        mark = digest(token) if token else ""
        return [
            SessionInfo(
                id=row.id,
                agent=row.agent,
                created=parsed(row.created),
                last_seen=parsed(row.last_seen),
                expires=parsed(row.expires),
                current=row.token_hash == mark,
            )
            for row in rows
        ]

    def end(self, token: str) -> None:
        """End the session of a token, if it is one."""
        with self._data.write() as session:
            session.execute(delete(SessionRow).where(SessionRow.token_hash == digest(token)))

    @staticmethod
    def end_all(session: Session, person_id: str) -> None:
        session.execute(delete(SessionRow).where(SessionRow.person_id == person_id))

    @staticmethod
    def revoke_all(session: Session, person_id: str) -> None:
        """Revoke every API token of a person."""
        session.execute(delete(ApiTokenRow).where(ApiTokenRow.person_id == person_id))

    # ---- API tokens --------------------------------------------------------------------------------------------

    def issue(
        self, session: Session, person_id: str, name: str, scopes: frozenset[Permission], days: int | None
    ) -> NewToken:
        """A new API token of the person, with its secret."""
        token = new_api_token()
        now = self._clock()
        row = ApiTokenRow(
            id=new_id(),
            token_hash=digest(token),
            person_id=person_id,
            name=name,
            scopes=" ".join(sorted(scopes)),
            created=moment(now),
            expires=moment(now + dt.timedelta(days=days)) if days else None,
        )
        session.add(row)
        return NewToken(**token_of(row).model_dump(), token=token)


def scopes_of(row: ApiTokenRow) -> frozenset[Permission]:
    """The scopes of a token; one that this version does not know any more allows nothing."""
    known = {permission.value for permission in Permission}
    return frozenset(Permission(scope) for scope in row.scopes.split() if scope in known)


def token_of(row: ApiTokenRow) -> TokenInfo:
    return TokenInfo(
        id=row.id,
        name=row.name,
        scopes=sorted(scopes_of(row)),
        created=parsed(row.created),
        expires=parsed_or_none(row.expires),
        last_used=parsed_or_none(row.last_used),
    )


def _refused() -> NotAuthenticated:
    return NotAuthenticated(
        "登录已过期，或令牌无效。", remedy="请重新登录；程序请换用有效的接口令牌（EASSISTANT_TOKEN）。"
    )
