"""A converted model is complete or not there, whatever happens while it is made."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from corpus.encoders.model_folder import ensure_folder
from corpus.errors import StoreUnavailable


def write_model(folder: Path) -> None:
    (folder / "model").write_text("weights")


def names(place: Path) -> list[str]:
    return sorted(path.name for path in place.iterdir())


def test_a_folder_is_made_once(tmp_path: Path) -> None:
    made: list[Path] = []

    def make(folder: Path) -> None:
        made.append(folder)
        write_model(folder)

    target = tmp_path / "models" / "one"
    assert ensure_folder(target, make) == target
    assert ensure_folder(target, make) == target
    assert (target / "model").read_text() == "weights"
    assert len(made) == 1


def test_a_failure_in_the_middle_leaves_nothing(tmp_path: Path) -> None:
    def fail(folder: Path) -> None:
        write_model(folder)
        raise ValueError("bad weights")

    with pytest.raises(ValueError, match="bad weights"):
        ensure_folder(tmp_path / "one", fail)
    assert names(tmp_path) == []


@pytest.mark.parametrize(
    ("number", "words"), [(errno.ENOSPC, "no room"), (errno.EDQUOT, "no room"), (errno.EROFS, "cannot be written")]
)
def test_a_full_or_read_only_disk_is_said_in_words(tmp_path: Path, number: int, words: str) -> None:
    def fail(folder: Path) -> None:
        raise OSError(number, os.strerror(number))

    with pytest.raises(StoreUnavailable, match=words) as refusal:
        ensure_folder(tmp_path / "one", fail)
    assert refusal.value.remedy
    assert names(tmp_path) == []


def test_a_place_that_cannot_hold_folders_is_said_in_words(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreUnavailable, match="cannot be written"):
        ensure_folder(tmp_path / "file" / "one", write_model)


def test_of_two_makers_at_once_the_second_takes_what_the_first_made(tmp_path: Path) -> None:
    target = tmp_path / "one"

    def make_while_another_does(folder: Path) -> None:
        ensure_folder(target, write_model)
        (folder / "model").write_text("mine")

    ensure_folder(target, make_while_another_does)
    assert (target / "model").read_text() == "weights"
    assert names(tmp_path) == ["one"]


def test_kill_nine_leaves_no_half_made_folder(tmp_path: Path) -> None:
    script = (
        "import os, pathlib, signal, sys\n"
        "from corpus.encoders.model_folder import ensure_folder\n"
        "def die(folder):\n"
        "    (folder / 'model').write_text('half')\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
        "ensure_folder(pathlib.Path(sys.argv[1]), die)\n"
    )
    target = tmp_path / "one"
    done = subprocess.run([sys.executable, "-c", script, str(target)], check=False, timeout=300)
    assert done.returncode == -9
    assert not target.exists()
    (leftover,) = tmp_path.iterdir()

    ensure_folder(target, write_model)
    assert leftover.exists(), "it might still be at work"
    hours_ago = time.time() - 7200
    os.utime(leftover, (hours_ago, hours_ago))
    (target / "model").unlink()
    target.rmdir()
    ensure_folder(target, write_model)
    assert names(tmp_path) == ["one"]
    assert (target / "model").read_text() == "weights"
