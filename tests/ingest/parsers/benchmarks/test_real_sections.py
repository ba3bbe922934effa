"""The real benchmark of 234 pages (广东省裁量表): every section once, and nothing of its cells left out."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from corpus.discretion.model import DiscretionRecords, DiscretionStandard, FineKind, Mode
from ingest.identify import identify
from ingest.parsers.benchmarks import read_benchmark
from ingest.readers import read_document
from ingest.readers.model import ReadDocument

SHARED = Path(__file__).resolve().parents[4].parent / "shared" / "corpus" / "discretion"
REAL = SHARED / "广东省生态环境违法行为行政处罚罚款金额裁量表.pdf"
NAMES = {"违反条款", "处罚依据", "备注", "备注：", "裁量起点", "—", "——", "/", "0"}


@pytest.fixture(scope="module")
def document() -> ReadDocument:
    if not REAL.is_file():
        pytest.skip("the shared folder with the real benchmark is not at hand")
    return read_document(REAL.read_bytes(), REAL.name)


@pytest.fixture(scope="module")
def records(document: ReadDocument) -> DiscretionRecords:
    return read_benchmark(document, identify(document, REAL.name))


def test_every_section_once(records: DiscretionRecords) -> None:
    assert Counter(s.mode for s in records.standards) == {Mode.WEIGHTED: 45, Mode.TIERED: 236}
    assert len({s.id for s in records.standards}) == 281
    assert records.doubts == ()


def test_the_number_printed_twice_and_the_headings_shared(records: DiscretionRecords) -> None:
    assert sum(bool(s.printed_id) for s in records.standards) == 1
    assert sum(s.title_inherited_from is not None for s in records.standards) == 6
    assert all(s.title and s.chapter and s.heading_no for s in records.standards)


def test_sections_follow_each_other_over_the_pages(records: DiscretionRecords) -> None:
    for one, two in zip(records.standards, records.standards[1:], strict=False):
        assert two.pages[0] in (one.pages[-1], one.pages[-1] + 1), two.id


def test_nothing_is_unread(records: DiscretionRecords) -> None:
    fines = [fine for s in records.standards for tier in s.tiers for _, fine in tier.fines]
    assert [fine.text for fine in fines if fine.kind is FineKind.UNREAD] == []
    assert [s.id for s in records.standards if not s.basis or not s.behaviours] == []


def test_the_words_of_every_cell_stand_in_a_record(document: ReadDocument, records: DiscretionRecords) -> None:
    known = {"".join(words.split()) for standard in records.standards for words in _words(standard)}
    printed = {"".join(cell.text.split()) for table in document.tables() for cell in table.cells}
    overflown = {words for words in printed if words.startswith("）") and words.lstrip("）") in known}
    assert printed - known - NAMES - {""} == overflown


def _words(standard: DiscretionStandard) -> list[str]:
    words = [standard.violated_text, standard.basis_text, standard.remark, *standard.behaviours, *standard.header]
    for factor in standard.factors:
        words += [factor.name, *(o.label for o in factor.options), *(o.weight_text for o in factor.options)]
    for formula in standard.formulas:
        words += [formula.start_text, *(formula.variant or "").split("·")]
    for tier in standard.tiers:
        words += [tier.catch_all, *(label or "" for _, label in tier.when), *(fine.text for _, fine in tier.fines)]
    return words
