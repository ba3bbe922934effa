"""A folder of files of the stand-ins' format, a store, and a run over them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest

from corpus.store import CorpusStore
from ingest.loading.pool import Limits
from ingest.loading.report import FileLine, IngestReport
from ingest.loading.run import IngestOptions, ingest_files
from tests.ingest.loading.stand_ins import STEPS

TODAY = dt.date(2026, 11, 21)
QUICK = Limits(seconds=20, memory_bytes=None)

Ingest = Callable[..., IngestReport]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "规章"
    folder.mkdir()
    return folder


@pytest.fixture
def ingest(empty_store: CorpusStore, folder: Path, tmp_path: Path) -> Ingest:
    """Run over the folder (or other paths) with the stand-ins; one worker."""

    def run(*paths: Path, today: dt.date = TODAY, limits: Limits = QUICK, **options: object) -> IngestReport:
        settings = IngestOptions(tmp_path / "home", jobs=1, limits=limits, **options)  # type: ignore[arg-type]
        return ingest_files(empty_store, list(paths) or [folder], settings, today=today, steps=STEPS)

    return run


def by_name(report: IngestReport) -> dict[str, FileLine]:
    """The lines of a report by the last part of their names."""
    return {line.name.rsplit("/", 1)[-1]: line for line in report.files}
