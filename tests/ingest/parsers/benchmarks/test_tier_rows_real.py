"""A real workbook of 165 violations, with merged, hidden, stale and empty cells, against rows verified by hand."""

from __future__ import annotations

import json
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from corpus.discretion.model import DiscretionRecords, DiscretionStandard, FineKind, Mode
from corpus.vocabulary import DocumentKind, EffectLevel
from ingest.identify.profile import Profile
from ingest.parsers.benchmarks.tier_rows import read_tier_rows
from ingest.readers import read_document

SHARED = Path(__file__).resolve().parents[4].parent / "shared"
GOLD = SHARED / "evals" / "discretion" / "tiers_jm_dev.json"
FILES = sorted((SHARED / "corpus" / "discretion").glob("*.xls"))

pytestmark = pytest.mark.skipif(not (FILES and GOLD.is_file()), reason="the real benchmarks are not at hand")


@cache
def records() -> DiscretionRecords:
    profile = Profile(title="参照表", kind=DocumentKind.BENCHMARK, level=EffectLevel.NONE)
    return read_tier_rows(read_document(FILES[0].read_bytes(), FILES[0].name), profile)


@cache
def gold() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(GOLD.read_text(encoding="utf-8"))
    return found


def bare(text: str | None) -> str:
    return "".join((text or "").split())


def of_sheet(name: str) -> list[DiscretionStandard]:
    return [standard for standard in records().standards if standard.sheet == name]


def test_every_violation_step_and_circumstance_of_every_sheet_is_found_once() -> None:
    sheets = [sheet for sheet in gold()["structure"]["sheets"] if sheet["rows"]]
    for sheet in sheets:
        found = of_sheet(sheet["name"])
        tiers = [tier for standard in found for tier in standard.tiers]
        counted = (len(found), len(tiers), sum(len(tier.circumstances) for tier in tiers), found[0].id, found[-1].id)
        told = (
            sheet["violations"],
            sheet["standards"],
            sheet["circumstance_rows"],
            sheet["first_no"],
            sheet["last_no"],
        )
        assert counted == told, sheet["name"]
    assert len(records().standards) == sum(sheet["violations"] for sheet in sheets)
    assert len({standard.id for standard in records().standards}) == len(records().standards)


def test_verified_rows_are_read_field_by_field() -> None:
    differences = []
    for row in gold()["rows"]:
        (standard,) = [s for s in of_sheet(row["sheet"]) if s.id == row["no"]]
        (tier,) = [t for t in standard.tiers if list(t.rows) == row["excel_rows"]]
        read = {
            "violation": bare(standard.title),
            "legal_basis_text": bare(tier.basis_text or standard.basis_text),
            "legal_basis_rows": list(tier.basis_rows),
            "tier": tier.grade,
            "circumstances": [bare(case) for case in tier.circumstances],
            "standard": bare(tier.standard_text),
            "remark": bare(tier.remark or standard.remark),
        }
        told = {
            "violation": bare(row["violation"]),
            "legal_basis_text": bare(row["legal_basis_text"]),
            "legal_basis_rows": row["legal_basis_rows"],
            "tier": str(row["tier"]),
            "circumstances": [bare(case) for case in row["circumstances"]],
            "standard": bare(row["standard"]),
            "remark": bare(row["remark"]),
        }
        differences += [(row["no"], key, read[key], told[key]) for key in told if read[key] != told[key]]
        assert [party for party, _ in tier.fines] == list(row["fine"]), row["no"]
        for (_, fine), expected in zip(tier.fines, row["fine"].values(), strict=True):
            low = expected.get("min_yuan", expected.get("min_ratio"))
            high = expected.get("max_yuan", expected.get("max_ratio"))
            amounts = (fine.kind.value, fine.minimum, fine.maximum, fine.base)
            wanted = (expected["kind"], Decimal(str(low)), Decimal(str(high)), expected.get("base"))
            if amounts != wanted:
                differences.append((row["no"], "fine", str(amounts), str(wanted)))
            if bare(fine.increments) != bare(expected.get("increments", fine.increments)):
                differences.append((row["no"], "increments", fine.increments, expected["increments"]))
    assert differences == []


def test_no_record_of_it_is_left_unread() -> None:
    kinds = [fine.kind for s in records().standards for tier in s.tiers for _, fine in tier.fines]
    assert FineKind.UNREAD not in kinds
    assert {standard.mode for standard in records().standards} == {Mode.TIERED}
    assert all(any(basis.citations for basis in standard.basis) for standard in records().standards)
    assert records().doubts == ()
