"""What a run was measured on (测量环境): cores, load, versions."""

from __future__ import annotations

import datetime as dt
import os
import platform
import subprocess
from collections.abc import Callable
from pathlib import Path


def start_of_run() -> Callable[[], dict[str, str]]:
    """Note the load now; call what comes back at the end for the conditions of the run."""
    before = os.getloadavg()[0]

    def at_the_end() -> dict[str, str]:
        return {
            "measured": dt.datetime.now(dt.UTC).strftime("%Y-%m-%d %H:%M UTC"),
            "machine": f"{len(os.sched_getaffinity(0))} cores, load average {before:.1f} to {os.getloadavg()[0]:.1f}",
            "program": f"{program_revision()}, Python {platform.python_version()}",
        }

    return at_the_end


def program_revision() -> str:
    """The commit that runs, with + where files differ from it; outside a checkout the version of the distribution."""
    from assistant.version import version

    folder = Path(__file__).resolve().parent
    try:
        commit = _git(folder, "rev-parse", "--short", "HEAD")
        return commit + ("+" if _git(folder, "status", "--porcelain", "--untracked-files=no") else "")
    except (OSError, subprocess.CalledProcessError):
        return version()


def _git(folder: Path, *arguments: str) -> str:
    done = subprocess.run(["git", *arguments], cwd=folder, capture_output=True, text=True, check=True)
    return done.stdout.strip()
