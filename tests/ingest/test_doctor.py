"""The doctor names each trouble with its severity, its remedy and a few places."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from corpus.store import CorpusStore
from corpus.vocabulary import Severity
from ingest.doctor import SAMPLES, Check, examine
from ingest.load import load_national_laws
from tests.ingest.law_builder import write_source


def by_name(checks: list[Check]) -> dict[str, Check]:
    return {c.name: c for c in checks}


def test_an_empty_store_is_an_error_with_the_command_that_fills_it(empty_store: CorpusStore) -> None:
    first = examine(empty_store)[0]
    assert (first.name, first.severity) == ("store.empty", Severity.ERROR)
    assert "eassistant load national-laws" in first.remedy


def test_faults_of_the_source_are_counted_by_kind_with_samples(national_store: CorpusStore) -> None:
    checks = by_name(examine(national_store))
    gap = checks["source.numbering_gap"]
    assert (gap.severity, gap.count) == (Severity.ERROR, 2)
    assert "第一千一百二十条" in gap.samples[0]
    assert gap.remedy
    assert checks["source.foreign_tail"].count == 2
    assert all(len(c.samples) <= SAMPLES for c in checks.values())
    assert all(c.remedy for c in checks.values() if c.severity is not Severity.INFO)


def test_the_most_serious_checks_come_first(national_store: CorpusStore) -> None:
    order = [Severity.ERROR, Severity.WARNING, Severity.INFO]
    ranks = [order.index(c.severity) for c in examine(national_store)]
    assert ranks == sorted(ranks)


def test_a_repealed_law_without_end_date_is_reported(empty_store: CorpusStore, tmp_path: Path, today: dt.date) -> None:
    path = write_source(tmp_path / "laws.db", [{"status": "已废止"}])
    load_national_laws(empty_store, today=today, source_path=path)
    check = by_name(examine(empty_store))["validity.end_unknown"]
    assert (check.severity, check.count) == (Severity.WARNING, 1)
    assert check.samples == ("《中华人民共和国示例法》（2020-01-01）",)


def test_a_sound_store_passes_what_can_be_passed(empty_store: CorpusStore, tmp_path: Path, today: dt.date) -> None:
    load_national_laws(empty_store, today=today, source_path=write_source(tmp_path / "laws.db", [{}]))
    checks = by_name(examine(empty_store))
    for name in ("passages.astray", "passages.missing", "documents.same_title", "validity.end_unknown"):
        assert (checks[name].severity, checks[name].count) == (Severity.INFO, 0)


def test_other_packages_add_their_own_checks(empty_store: CorpusStore) -> None:
    mine = Check("index.behind", Severity.WARNING, "索引落后。", "重建。", 3)
    assert mine in examine(empty_store, extra=[lambda store: mine])
