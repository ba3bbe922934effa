"""Tables of the user data (SQLAlchemy 2). Changes go through an Alembic migration in ``migrations/``.

Moments are ISO 8601 text in UTC with microseconds, so that they compare as text on every database. Each area's tables
stand in a module of their own, imported here so that the migrations see them all.
"""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import DeclarativeBase


class Base(DeclarativeBase):
    """Declarative base of every table of user data."""


def moment(at: dt.datetime) -> str:
    """An aware moment as it is stored: ``2026-11-22T07:30:00.000000+00:00``."""
    return at.astimezone(dt.UTC).isoformat(timespec="microseconds")
