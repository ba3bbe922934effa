"""Results on disk (评测结果目录): a suite that is finished there need not be run again.

``NAME.jsonl`` holds a row for every question, ``NAME.json`` the report and what it rests on. The latter is written last
and at once: where it lies, the suite is finished.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from evals.report import Report, Table, write_jsonl
from evals.suites.measured import Measured


@dataclass(frozen=True, slots=True)
class Result:
    """A finished suite: ``stamp`` is what it rests on, ``conditions`` where and when it was measured."""

    stamp: Mapping[str, Any]
    conditions: Mapping[str, str]
    command: str
    report: Report


def keep(folder: Path, name: str, result: Result, measured: Measured) -> None:
    """Write rows and result of the suite ``name``."""
    write_jsonl(folder / f"{name}.jsonl", measured.rows)
    fresh = folder / f"{name}.json.new"
    fresh.write_text(json.dumps(asdict(result), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    fresh.replace(_path(folder, name))


def kept(folder: Path, name: str) -> Result | None:
    """The finished result of the suite, or None: not run, stopped, or written by another version of the program."""
    try:
        read = json.loads(_path(folder, name).read_text(encoding="utf-8"))
        tables = [Table(**table) for table in read["report"].pop("tables")]
        return Result(read["stamp"], read["conditions"], read["command"], Report(**read["report"], tables=tables))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def forget(folder: Path, name: str) -> None:
    """From here on the suite is not finished."""
    _path(folder, name).unlink(missing_ok=True)


def _path(folder: Path, name: str) -> Path:
    return folder / f"{name}.json"
