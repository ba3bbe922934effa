"""Records of whole texts under published names (裁量数据导出): ``{documents, standards, items, needs_review}``.

The fields of a standard and of an entry are those of ``corpus.discretion.exchange``. A standard from a table of rows
also bears ``no``, ``violation``, ``legal_basis_text`` and its ``rows``, one for each tier as the sheet has it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from corpus.discretion.exchange import item_as_published, standard_as_published, tier_rows_as_published
from corpus.discretion.model import (
    ApplicationRules,
    BoundsRule,
    DiscretionRecords,
    DiscretionStandard,
    Doubt,
    ExemptionItem,
)


@dataclass(frozen=True, slots=True)
class RecordsOfText:
    """The records of one text: its title, its region, and the file or version that they were read from."""

    title: str
    region: str
    source: str
    records: DiscretionRecords


def records_as_published(texts: Iterable[RecordsOfText]) -> dict[str, list[dict[str, Any]]]:
    """Everything that ``texts`` say, in their order and in printed order; plain JSON values."""
    published: dict[str, list[dict[str, Any]]] = {"documents": [], "standards": [], "items": [], "needs_review": []}
    for text in texts:
        named = {"document": text.title, "source": text.source}
        published["documents"].append(_document(text))
        published["standards"] += [standard_in_full(record) | named for record in text.records.standards]
        published["items"] += [item_as_published(record) | named for record in text.records.items]
        published["needs_review"] += [doubt | named for doubt in _doubts(text.records)]
    return published


def standard_in_full(record: DiscretionStandard) -> dict[str, Any]:
    """A standard, with its rows where it was read from a table of rows."""
    published: dict[str, Any] = standard_as_published(record)
    if any(tier.rows for tier in record.tiers):
        rows = tier_rows_as_published(record)
        published |= {"no": rows[0]["no"], "violation": rows[0]["violation"], "legal_basis_text": record.basis_text}
        published["rows"] = rows
    return published


def _document(text: RecordsOfText) -> dict[str, Any]:
    records = text.records
    return {
        "title": text.title,
        "region": text.region,
        "source": text.source,
        "standards": len(records.standards),
        "items": len(records.items),
        "remarks": list(records.remarks),
        "bounds": bounds_as_published(records.bounds) if records.bounds else None,
        "rules": rules_as_published(records.rules) if records.rules else None,
    }


def bounds_as_published(bounds: BoundsRule) -> dict[str, Any]:
    return {
        "above_included": bounds.above_included,
        "below_included": bounds.below_included,
        "origin": bounds.origin.value,
        "article": bounds.article,
        "quote": bounds.quote,
    }


def rules_as_published(rules: ApplicationRules) -> dict[str, Any]:
    """Rules of application: how bounds are read, and the circumstances with their effect."""
    return {
        "title": rules.title,
        "bounds": bounds_as_published(rules.bounds) if rules.bounds else None,
        "total_cap_percent": None if rules.total_cap is None else float(rules.total_cap),
        "circumstances": [
            {"text": c.text, "effect": c.effect.value, "must": c.must, "article": c.article}
            for c in rules.circumstances
        ],
    }


def _doubts(records: DiscretionRecords) -> Iterator[dict[str, Any]]:
    for doubt in records.doubts:
        yield _doubt("document", "", doubt, ())
    for kind, found in (("standard", records.standards), ("item", records.items)):
        for record in found:
            for doubt in record.doubts:
                yield _doubt(kind, record.id, doubt, _pages(record))
    for doubt in records.rules.doubts if records.rules else ():
        yield _doubt("rules", "", doubt, ())


def _pages(record: DiscretionStandard | ExemptionItem) -> Sequence[int]:
    return record.pages


def _doubt(kind: str, id_: str, doubt: Doubt, pages: Sequence[int]) -> dict[str, Any]:
    return {
        "kind": kind,
        "id": id_,
        "code": doubt.code,
        "message": doubt.message,
        "place": str(doubt.spot),
        "pages": list(pages),
    }
