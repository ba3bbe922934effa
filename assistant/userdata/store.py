"""The database of user data (用户数据库): opened, migrated, handed out as sessions."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Self

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session, sessionmaker

from corpus.errors import StoreUnavailable
from corpus.store import migrate

MIGRATIONS = Path(__file__).parent / "migrations"
VERSION_TABLE = "userdata_version"


class UserData:
    """The user data behind one SQLAlchemy URL. Safe to share between threads."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._sessions = sessionmaker(engine, expire_on_commit=False)

    @classmethod
    def open(cls, url: str) -> Self:
        """Open (creating or migrating as needed). Raises StoreUnavailable with the place and the remedy."""
        engine = create_engine(url)
        if engine.dialect.name == "sqlite":
            event.listen(engine, "connect", _sqlite_pragmas)
        try:
            migrate.upgrade(engine, MIGRATIONS, VERSION_TABLE)
        except (SQLAlchemyError, OSError) as error:
            raise _unavailable(engine, error, "cannot be opened") from error
        return cls(engine)

    def close(self) -> None:
        self.engine.dispose()

    @contextmanager
    def session(self) -> Iterator[Session]:
        """A session whose transactions the caller begins; failures come out as StoreUnavailable."""
        try:
            with self._sessions() as session:
                yield session
        except SQLAlchemyError as error:
            raise _unavailable(self.engine, error, "failed") from error

    read = session
    """A session for reading."""

    @contextmanager
    def write(self) -> Iterator[Session]:
        """A session in one transaction, committed and on disk when the block ends, undone when it raises."""
        try:
            with self._sessions() as session, session.begin():
                yield session
        except SQLAlchemyError as error:
            raise _unavailable(self.engine, error, "failed") from error


def _sqlite_pragmas(connection: object, _record: object) -> None:
    """A commit that was reported survives the loss of power: what a person was told is kept, is kept."""
    cursor = connection.cursor()  # type: ignore[attr-defined]
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=FULL")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.execute("PRAGMA secure_delete=ON")
    cursor.execute("PRAGMA busy_timeout=10000")
    cursor.close()


def _unavailable(engine: Engine, error: Exception, what: str) -> StoreUnavailable:
    first = (str(error).splitlines() or [""])[0]
    return StoreUnavailable(
        f"The database of user data {what} ({type(error).__name__}: {first}).",
        where=engine.url.render_as_string(hide_password=True),
        remedy="Check that the data folder exists, is writable and has free space (EASSISTANT_HOME), or restore it "
        "from a backup.",
    )
