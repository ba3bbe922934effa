"""A kept child comes up again when it ends by itself, and goes when its keeper does."""

from __future__ import annotations

import subprocess
import sys
import threading

PATIENCE_S = 60


class Spawner:
    """Starts children that sleep, or end at once, and remembers them."""

    def __init__(self, program: str = "import time; time.sleep(600)") -> None:
        self.program = program
        self.children: list[subprocess.Popen[bytes]] = []
        self.again = threading.Event()

    def __call__(self) -> subprocess.Popen[bytes]:
        self.children.append(subprocess.Popen([sys.executable, "-c", self.program]))
        if len(self.children) > 1:
            self.again.set()
        return self.children[-1]


def kept(spawner: Spawner, *, too_short_a_life_s: float):
    from assistant.kept_process import KeptProcess

    heard: list[str] = []
    process = KeptProcess(
        spawner,
        restarting=lambda: heard.append("restarting"),
        given_up=lambda: heard.append("given up"),
        too_short_a_life_s=too_short_a_life_s,
        grace_s=0.01,
    )
    return process, heard


def test_a_child_that_was_killed_comes_up_again():
    spawner = Spawner()
    process, heard = kept(spawner, too_short_a_life_s=-PATIENCE_S)
    try:
        spawner.children[0].kill()
        assert spawner.again.wait(PATIENCE_S)
        assert (heard, process.running) == (["restarting"], True)
    finally:
        process.end()
    assert [child.poll() is not None for child in spawner.children] == [True, True]


def test_a_child_that_ends_at_once_is_given_up():
    spawner = Spawner("raise SystemExit(3)")
    process, heard = kept(spawner, too_short_a_life_s=PATIENCE_S)
    process.wait()
    assert (heard, len(spawner.children), process.running) == (["given up"], 1, False)
    process.end()


def test_a_child_that_is_ended_stays_ended():
    spawner = Spawner()
    process, heard = kept(spawner, too_short_a_life_s=-PATIENCE_S)
    process.end()
    assert (heard, len(spawner.children), process.running) == ([], 1, False)
