"""The folder of an embedded index (索引目录): one small manifest beside the shards, and what may be deleted.

``index.json`` names the shard in use; a shard folder that it does not name is left over from an interrupted change
and is deleted by the next owner. The manifest is replaced in one step, so a reader sees the old or the new one.
``index.lock`` is locked by the owner for as long as it lives; the system lets go of it however a process ends.
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import uuid
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO

from corpus.errors import IndexUnavailable, StoreUnavailable
from corpus.index.base import REBUILD_COMMAND, Fingerprint

MANIFEST = "index.json"
LOCK = "index.lock"
SHARDS = "shard-"
MIN_FREE_BYTES = 64 * 1024 * 1024
"""A batch of points takes one or two MB; the rest is for what grows in steps, and for others on the same disk."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What made the index, where it lies, and whether anything was written since it was last optimised."""

    fingerprint: Fingerprint
    dimension: int
    shard: str
    optimised: bool = True

    def write(self, folder: Path) -> None:
        """Replace the manifest of ``folder``; after a crash either the old or the new one is there."""
        fresh = folder / f"{MANIFEST}.new"
        with fresh.open("w", encoding="utf-8") as file:
            json.dump(asdict(self), file, ensure_ascii=False, indent=1)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(folder / MANIFEST)


def lock(folder: Path) -> IO[bytes]:
    """Become the owner of an index folder until the file returned is closed.

    Raises IndexUnavailable while another process, or another opener in this one, owns it.
    """
    file = (folder / LOCK).open("ab")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        file.close()
        raise IndexUnavailable(
            "The vector index is in use by another process.",
            where=str(folder),
            remedy="Let the running `eassistant serve` (or load) do the work, or stop it first.",
        ) from error
    return file


def read_manifest(folder: Path) -> Manifest | None:
    """The manifest of a folder, None where no index was begun. Raises IndexUnavailable when it cannot be read."""
    path = folder / MANIFEST
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        return Manifest(
            Fingerprint(**data["fingerprint"]), int(data["dimension"]), str(data["shard"]), bool(data["optimised"])
        )
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise IndexUnavailable(
            f"The vector index's description cannot be read ({type(error).__name__}: {error}).",
            where=str(path),
            remedy=f"Run `{REBUILD_COMMAND}`: the index is made anew from the store, nothing is lost.",
        ) from error


def new_shard_name() -> str:
    return f"{SHARDS}{uuid.uuid4().hex[:12]}"


def remove_leftovers(folder: Path, keep: str) -> None:
    """Delete every shard folder but ``keep``. Only the owner of the index may call this."""
    for path in folder.glob(f"{SHARDS}*"):
        if path.name != keep:
            shutil.rmtree(path, ignore_errors=True)


def folder_bytes(folder: Path) -> int:
    """Bytes that the files of a folder take when copied (holes filled)."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def require_space(folder: Path, expected_bytes: int = 0) -> None:
    """Refuse to write where ``expected_bytes`` and a margin are not free: a full disk would kill the process."""
    free = shutil.disk_usage(folder).free
    needed = expected_bytes + MIN_FREE_BYTES
    if free < needed:
        raise StoreUnavailable(
            f"The disk is nearly full: {free // 2**20} MiB free, the vector index needs {needed // 2**20} MiB.",
            where=str(folder),
            remedy="Free some space or move the data folder (EASSISTANT_HOME), then run the command again; "
            "it goes on where it stopped.",
        )
