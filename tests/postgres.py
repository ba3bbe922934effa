"""A PostgreSQL server for tests, started where its binaries are: its own folder, a socket in it, no network."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import pytest

_UNPRIVILEGED = "nobody"  # PostgreSQL refuses to run as root
_PORT = 54329  # names the socket only


def binaries() -> Path | None:
    """The folder of ``initdb`` and ``pg_ctl``, the newest version's where Debian keeps several; None where absent."""
    found = shutil.which("pg_ctl")
    if found:
        return Path(found).resolve().parent
    versions = Path("/usr/lib/postgresql")
    held = sorted(versions.glob("*/bin/pg_ctl"), key=lambda p: int(p.parts[-3])) if versions.is_dir() else []
    return held[-1].parent if held else None


@contextmanager
def server() -> Iterator[str]:
    """The URL of the server's maintenance database, with ``{database}`` to be filled in."""
    folder = binaries()
    if folder is None:
        pytest.skip("PostgreSQL's binaries are not on this machine")
    home = Path(tempfile.mkdtemp(prefix="pg-"))
    data = home / "data"
    as_user = _as_user(home)
    try:
        subprocess.run(
            [folder / "initdb", "-D", data, "-U", "postgres", "--auth=trust", "-E", "UTF8", "--no-locale", "--no-sync"],
            check=True, stdout=subprocess.DEVNULL, cwd=home, **as_user,
        )  # fmt: skip
        control = [folder / "pg_ctl", "-D", data, "-w", "-l", home / "log"]
        options = f"-c listen_addresses='' -c fsync=off -c unix_socket_directories={home} -p {_PORT}"
        subprocess.run([*control, "-o", options, "start"], check=True, stdout=subprocess.DEVNULL, cwd=home, **as_user)
        try:
            yield f"postgresql+psycopg://postgres@/{{database}}?host={home}&port={_PORT}"
        finally:
            subprocess.run(
                [*control, "-m", "immediate", "stop"], check=True, stdout=subprocess.DEVNULL, cwd=home, **as_user
            )
    finally:
        shutil.rmtree(home, ignore_errors=True)


def new_database(template: str) -> str:
    """The URL of a fresh, empty database of the server behind ``template``."""
    from sqlalchemy import create_engine, text

    name = f"test_{uuid4().hex}"
    engine = create_engine(template.format(database="postgres"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    engine.dispose()
    return template.format(database=name)


def _as_user(home: Path) -> dict[str, str]:
    if os.getuid() != 0:
        return {}
    account = pwd.getpwnam(_UNPRIVILEGED)
    os.chown(home, account.pw_uid, account.pw_gid)
    return {"user": _UNPRIVILEGED}
