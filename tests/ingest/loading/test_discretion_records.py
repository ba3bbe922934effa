"""Discretion records on their way from a file into the store: filed with their text, read again, removed, corrected."""

from __future__ import annotations

import dataclasses
import datetime as dt
from pathlib import Path

import pytest

import corpus
from corpus.discretion.model import DiscretionRecords, DiscretionStandard, Doubt, Mode
from corpus.store import CorpusStore
from corpus.store.discretion import DiscretionStore
from corpus.store.sources import SourceFiles
from ingest.loading import run
from ingest.loading.pipeline import Steps
from ingest.loading.report import IngestReport, Outcome
from ingest.loading.run import IngestOptions, ingest_files
from ingest.parsers.records import summaries
from ingest.readers.model import ReadDocument
from ingest.sources.text import SourceText
from tests.ingest.loading import stand_ins
from tests.ingest.loading.conftest import QUICK, TODAY

AT = dt.datetime(2026, 11, 22, tzinfo=dt.UTC)
BENCHMARK = "示范市裁量基准（示例）||示范市|benchmark\n§1 占道经营\n§2 油烟超标\n"


def parse(document: ReadDocument, path: str) -> list[SourceText]:
    """Every row of a benchmark is a standard; one that says 存疑 is in doubt."""
    found = []
    for text in stand_ins.parse(document, path):
        standards = tuple(
            DiscretionStandard(
                row.label, Mode.UNREAD, row.text, doubts=(Doubt("unread", "未读出"),) if "存疑" in row.text else ()
            )
            for row in text.rows
        )
        records = DiscretionRecords(standards)
        found.append(dataclasses.replace(text, records=records, faults=(*text.faults, *summaries(records))))
    return found


STEPS = Steps(stand_ins.read, parse)


def ingest(store: CorpusStore, folder: Path) -> IngestReport:
    options = IngestOptions(folder.parent / "home", jobs=1, limits=QUICK)
    return ingest_files(store, [folder], options, today=TODAY, steps=STEPS)


def titles(store: CorpusStore) -> list[str]:
    return [held.record.title for held in DiscretionStore(store).standards()]


def test_records_are_filed_with_their_text_and_leave_with_it(empty_store: CorpusStore, folder: Path) -> None:
    file = folder / "a.md"
    file.write_text(BENCHMARK, encoding="utf-8")
    assert ingest(empty_store, folder).files[0].outcome is Outcome.PARSED
    assert titles(empty_store) == ["占道经营", "油烟超标"]
    file.unlink()
    ingest(empty_store, folder)
    assert titles(empty_store) == []
    file.write_text(BENCHMARK, encoding="utf-8")
    ingest(empty_store, folder)
    assert titles(empty_store) == ["占道经营", "油烟超标"]


def test_doubts_make_a_file_need_review_in_one_line(empty_store: CorpusStore, folder: Path) -> None:
    rows = "".join(f"§{n} 存疑{n}\n" for n in range(1, 31))
    (folder / "a.md").write_text(f"示范市裁量基准（示例）||示范市|benchmark\n{rows}", encoding="utf-8")
    (line,) = ingest(empty_store, folder).files
    assert line.outcome is Outcome.NEEDS_REVIEW
    (trouble,) = line.troubles
    assert trouble.message.startswith("30 条裁量记录待核对（§1、§2、§3、§4、§5等）")
    assert len(DiscretionStore(empty_store).review()) == 30


def test_a_list_whose_columns_were_all_understood_needs_no_review(empty_store: CorpusStore, tmp_path: Path) -> None:
    """Which columns were understood is told all the same, as a finding of the text."""
    sample = Path(corpus.__file__).parent / "samples" / "示范市" / "示范市消防管理行政处罚裁量基准.docx"
    options = IngestOptions(tmp_path / "home", jobs=1, limits=QUICK)
    (line,) = ingest_files(empty_store, [sample], options, today=TODAY).files
    assert (line.outcome, line.troubles) == (Outcome.PARSED, ())
    assert any("已识别的列" in finding.message for finding in empty_store.findings())


def test_an_unchanged_file_is_read_again_by_a_program_that_reads_records_otherwise(
    empty_store: CorpusStore, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "a.md").write_text(BENCHMARK, encoding="utf-8")
    ingest(empty_store, folder)
    assert ingest(empty_store, folder).files[0].outcome is Outcome.UNCHANGED
    monkeypatch.setattr(run, "RECORDS_REVISION", run.RECORDS_REVISION + 1)
    (line,) = ingest(empty_store, folder).files
    assert line.outcome is Outcome.PARSED
    (file,) = SourceFiles(empty_store).all()
    assert file.read_as == run.file_reading()


def test_a_correction_outlives_reading_again_removal_and_a_new_version(empty_store: CorpusStore, folder: Path) -> None:
    file = folder / "a.md"
    file.write_text(BENCHMARK, encoding="utf-8")
    ingest(empty_store, folder)
    held = DiscretionStore(empty_store)
    first = held.standards()[0]
    held.correct(first.key, dataclasses.replace(first.record, title="占道经营（更正）"), by="王某", note="", at=AT)

    file.unlink()
    ingest(empty_store, folder)
    assert len(held.corrections()) == 1
    file.write_text(BENCHMARK, encoding="utf-8")
    ingest(empty_store, folder)
    assert titles(empty_store) == ["占道经营（更正）", "油烟超标"]

    file.write_text(BENCHMARK.replace("||", "|2026-01-01|") + "§3 犬只扰民\n", encoding="utf-8")
    ingest(empty_store, folder)
    newest = [h for h in held.standards() if h.version_id != first.version_id]
    assert [(h.record.title, h.corrected, h.stale) for h in newest] == [
        ("占道经营（更正）", True, False),
        ("油烟超标", False, False),
        ("犬只扰民", False, False),
    ]
