"""The two published lists against their hand-verified records, white space aside."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from corpus.discretion.model import DiscretionRecords
from ingest.identify import identify
from ingest.parsers.exemptions import read_exemptions
from ingest.readers import read_document

SHARED = Path(__file__).resolve().parents[4].parent / "shared"
LISTS = {
    "no_penalty_list_gd_dev.json": ("广东省生态环境不予行政处罚的轻微违法行为目录.pdf", 20),
    "no_penalty_list_jm_dev.json": ("江门市生态环境依法不予行政处罚的轻微环境违法行为清单.md", 40),
}
pytestmark = pytest.mark.skipif(
    not (SHARED / "evals" / "discretion").is_dir(), reason="the shared folder with real documents is not present"
)


@cache
def read(name: str) -> DiscretionRecords:
    document = read_document((SHARED / "corpus" / "discretion" / name).read_bytes(), name)
    return read_exemptions(document, identify(document, name))


def gold(file: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((SHARED / "evals" / "discretion" / file).read_text(encoding="utf-8"))
    return found


def bare(value: object) -> object:
    if isinstance(value, (list, tuple)):
        return [bare(one) for one in value]
    return "".join(value.split()) if isinstance(value, str) else value


@pytest.mark.parametrize("file", LISTS)
def test_every_entry_is_found_once_in_order_without_a_doubt(file: str) -> None:
    name, entries = LISTS[file]
    records = read(name)
    assert [item.id for item in records.items] == [str(n) for n in range(1, entries + 1)]
    assert [(item.id, item.doubts) for item in records.items if item.doubts] == []
    assert records.doubts == ()


@pytest.mark.parametrize("file", LISTS)
def test_every_field_of_every_verified_entry_is_read(file: str) -> None:
    records, verified = read(LISTS[file][0]), gold(file)
    items = {item.id: item for item in records.items}
    differing = []
    for entry in verified["items"]:
        item = items[str(entry["no"])]
        found = {
            "violation": item.violation,
            "category": item.category,
            "category_heading": item.category_heading,
            "provision": item.provision_text,
            "provision_citation": "、".join(basis.written for basis in item.provisions),
            "provisions": [(basis.written, basis.text) for basis in item.provisions],
            "lead": item.lead,
            "conditions": item.conditions,
            "joint": item.joint,
            "effect": item.effect.value,
            "pages": item.pages,
        }
        expected = dict(entry)
        if "provisions" in expected:
            expected["provisions"] = [(one["citation"], one["text"]) for one in expected["provisions"]]
        differing += [
            (entry["no"], field, found[field], expected[field])
            for field in found
            if field in expected and bare(found[field]) != bare(expected[field])
        ]
    assert differing == []
    assert bare(records.remarks) == bare(verified["remarks"])
