"""Bring a database to the current schema with Alembic, from inside the program."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine

MIGRATIONS = Path(__file__).parent / "migrations"


def upgrade(engine: Engine, migrations: Path = MIGRATIONS, version_table: str = "alembic_version") -> None:
    """Create or migrate all tables to the newest revision in one transaction; writes nothing when that is current.

    ``migrations`` is the folder of an Alembic environment, ``version_table`` the table in which it keeps its revision.
    """
    config = _config(migrations)
    head = ScriptDirectory.from_config(config).get_current_head()
    with engine.connect() as connection:
        if MigrationContext.configure(connection, opts={"version_table": version_table}).get_current_revision() == head:
            return
    with engine.begin() as connection:
        if engine.dialect.name == "sqlite":
            # Python's sqlite3 opens no transaction for CREATE TABLE: without this line a process killed in the middle
            # leaves half a schema that no later run can open (2026-11-21, tests/ingest/test_load.py).
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def newest(migrations: Path = MIGRATIONS) -> str:
    """The revision that ``upgrade`` brings a database to."""
    return revisions(migrations)[0]


def revisions(migrations: Path = MIGRATIONS) -> list[str]:
    """All revisions this program knows, the newest first."""
    return [script.revision for script in ScriptDirectory.from_config(_config(migrations)).walk_revisions()]


def _config(migrations: Path) -> Config:
    config = Config()
    config.set_main_option("script_location", str(migrations))
    return config
