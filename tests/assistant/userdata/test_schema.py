"""The migrations build exactly what the tables say, on either database, and no area's tables are forgotten."""

from __future__ import annotations

from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from assistant.userdata import UserData
from assistant.userdata.store import VERSION_TABLE
from assistant.userdata.tables import metadata
from tests.postgres import new_database

ASSISTANT = Path(__file__).resolve().parents[3] / "assistant"


@pytest.mark.parametrize("kind", ["sqlite", "postgres"])
def test_a_migrated_database_matches_the_tables(kind: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    url = f"sqlite:///{tmp_path / 'userdata.db'}"
    data = UserData.open(new_database(request.getfixturevalue("postgres")) if kind == "postgres" else url)
    with data.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"version_table": VERSION_TABLE})
        assert compare_metadata(context, metadata) == []
    data.close()


def test_every_area_that_has_tables_is_known() -> None:
    areas = {path.parent.name for path in ASSISTANT.glob("*/schema.py")} - {"userdata"}
    known = (ASSISTANT / "userdata" / "tables.py").read_text(encoding="utf-8")
    assert areas == {area for area in areas if f"import assistant.{area}.schema" in known}
