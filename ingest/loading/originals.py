"""Originals (原件): every file that was read is kept as it was, under the digest of its bytes."""

from __future__ import annotations

import errno
import os
import tempfile
from pathlib import Path


def original_path(originals: Path, digest: str) -> Path:
    """Where the original of these bytes is kept: ``originals/ab/abcd…``."""
    return originals / digest[:2] / digest


def keep_original(data: bytes, digest: str, originals: Path) -> str:
    """Keep the original under its digest; the reason when that was not possible."""
    place = original_path(originals, digest)
    if place.exists():
        return ""
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        handle, fresh = tempfile.mkstemp(dir=place.parent, prefix=".new-")
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(data)
            Path(fresh).replace(place)
        except OSError:
            Path(fresh).unlink(missing_ok=True)
            raise
    except OSError as error:
        full = error.errno in (errno.ENOSPC, errno.EDQUOT)
        return "磁盘已满，未留存原件。" if full else f"未能留存原件（{error.strerror or error}）。"
    return ""
