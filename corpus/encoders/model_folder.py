"""Folders of converted models (模型目录): complete, or not there at all."""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import time
import uuid
from collections.abc import Callable
from pathlib import Path

from corpus.errors import StoreUnavailable

_UNFINISHED = ".making-"
_LONGEST_MAKING_S = 3600


def ensure_folder(folder: Path, make: Callable[[Path], None]) -> Path:
    """``folder``, made by ``make(empty folder)`` unless it exists.

    The content is written beside and renamed into place when complete, so a stop at any moment, ``kill -9`` included,
    leaves either the whole folder or none; two processes may do this at once. What a killed process left behind is
    removed an hour later by the next one that succeeds. Raises ``StoreUnavailable`` when the disk is full or cannot
    be written.
    """
    if folder.is_dir():
        return folder
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        workplace = folder.with_name(f"{_UNFINISHED}{folder.name}-{uuid.uuid4().hex}")
        workplace.mkdir()
    except OSError as error:
        raise _unwritable(folder.parent, error) from error
    try:
        make(workplace)
        _flush(workplace)
        _settle(workplace, folder)
    except OSError as error:
        raise _unwritable(folder.parent, error) from error
    finally:
        shutil.rmtree(workplace, ignore_errors=True)
    _remove_leftovers(folder)
    return folder


def _settle(workplace: Path, folder: Path) -> None:
    try:
        workplace.rename(folder)
    except OSError as error:
        if error.errno not in (errno.EEXIST, errno.ENOTEMPTY):
            raise  # otherwise another process finished the same folder first: its content is as good


def _flush(folder: Path) -> None:
    """Force the files to the disk before the rename makes them visible."""
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            with path.open("rb") as file:
                os.fsync(file.fileno())


def _remove_leftovers(folder: Path) -> None:
    """Remove what killed processes left; a young one may still be at work."""
    oldest_at_work = time.time() - _LONGEST_MAKING_S
    for leftover in folder.parent.glob(f"{_UNFINISHED}{folder.name}-*"):
        with contextlib.suppress(FileNotFoundError):
            if leftover.stat().st_mtime < oldest_at_work:
                shutil.rmtree(leftover, ignore_errors=True)


def _unwritable(place: Path, error: OSError) -> StoreUnavailable:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return StoreUnavailable(
            "there is no room for the converted model.", where=str(place), remedy="Free 400 MB and start again."
        )
    return StoreUnavailable(
        f"the converted model cannot be written ({error.strerror}).",
        where=str(place),
        remedy="Make the folder writable, or name another data folder in EASSISTANT_HOME.",
    )
