"""Published PDF files of the shared folder, where it is present: tables counted, verified wording found in cells."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ingest.readers.model import ReadDocument
from ingest.readers.pdf import read_pdf

SHARED = Path(__file__).resolve().parents[4].parent / "shared"
BENCHMARK = SHARED / "corpus/discretion/广东省生态环境违法行为行政处罚罚款金额裁量表.pdf"
RECORDS = SHARED / "evals/discretion/standards_dev.json"
pytestmark = pytest.mark.skipif(not (BENCHMARK.exists() and RECORDS.exists()), reason="the shared corpus is absent")


@pytest.fixture(scope="module")
def benchmark() -> ReadDocument:
    return read_pdf(BENCHMARK.read_bytes(), BENCHMARK.name)


def _bare(text: str) -> str:
    return re.sub(r"\s+", "", text)


def _wording(record: dict[str, Any]) -> Iterator[str]:
    yield from record["header"]
    yield from (record[key] for key in ("violated_text", "penalty_basis_text", "formula_text") if record.get(key))
    for factor in record.get("factors", ()):
        yield factor["name"]
        yield from (option["label"] for option in factor["options"])
    for tier in record.get("tiers", ()):
        when = tier["when"]
        yield from ([when] if isinstance(when, str) else [label for label in when.values() if isinstance(label, str)])
        yield from (fine["text"] for fine in tier["fines"].values() if fine and isinstance(fine.get("text"), str))


def test_every_standard_is_one_table(benchmark: ReadDocument) -> None:
    assert len(list(benchmark.tables())) == 281


def test_verified_wording_stands_in_the_cells_of_its_pages(benchmark: ReadDocument) -> None:
    cells: dict[int, list[str]] = {}
    for table in benchmark.tables():
        assert table.place.page is not None
        for page in range(table.place.page, (table.last_page or table.place.page) + 1):
            cells.setdefault(page, []).extend(_bare(cell.text) for cell in table.cells)
    missing = [
        (record["id"], words[:40])
        for record in json.loads(RECORDS.read_text(encoding="utf-8"))
        for words in map(_bare, _wording(record))
        if not any(words in text for page in record["pages"] for text in cells.get(page, ()))
    ]
    assert missing == []
