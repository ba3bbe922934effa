"""The real benchmarks and lists against the records that people verified: nothing lost, nothing twice, 99 of 100."""

from __future__ import annotations

from pathlib import Path

import pytest

from evals.discretion import Result, evaluate, read_folder
from evals.discretion_examples import FIELD
from evals.discretion_gold import read_gold
from ingest.record_files import records_of_file

SHARED = Path(__file__).resolve().parents[2].parent / "shared"
GOLD, DOCUMENTS = SHARED / "evals" / "discretion", SHARED / "corpus" / "discretion"

pytestmark = pytest.mark.skipif(
    not (GOLD.is_dir() and DOCUMENTS.is_dir()), reason="the shared documents and gold are not beside this checkout"
)


@pytest.fixture(scope="module")
def result() -> Result:
    return evaluate(read_gold(GOLD), read_folder(DOCUMENTS, records_of_file, lambda done: None))


def test_every_record_is_found_once(result: Result) -> None:
    assert {(c.kind, c.read) for c in result.counts} == {
        ("standards", 281),
        ("list items", 20),
        ("list items", 40),
        ("tier rows", 676),
        ("violations", 165),
    }
    assert [(c.gold_file, list(c.lost), list(c.twice)) for c in result.counts if c.lost or c.twice] == []
    assert result.exclusions == []


def test_ninety_nine_of_a_hundred_values_agree(result: Result) -> None:
    assert result.marks.accuracy is not None
    assert result.marks.accuracy >= 0.99, result.marks.differences[:20]


def test_every_worked_example_comes_out_to_the_yuan(result: Result) -> None:
    assert result.marks.compared[FIELD] > 80
    assert [d for d in result.marks.differences if d.field == FIELD] == []
