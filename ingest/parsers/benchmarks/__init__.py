"""Benchmarks (裁量基准) become records: a table per violation, or a table of many violations, a row per tier."""

from __future__ import annotations

from dataclasses import replace

from corpus.discretion.model import NO_RECORDS, DiscretionRecords, Doubt, Spot
from ingest.identify.profile import Profile
from ingest.parsers.benchmarks.sections import find_sections
from ingest.parsers.benchmarks.standards import ReaderNotes, read_standards
from ingest.parsers.benchmarks.tier_rows import read_tier_rows
from ingest.readers.model import ReadDocument, Table

__all__ = ["read_benchmark"]


def read_benchmark(document: ReadDocument, profile: Profile) -> DiscretionRecords:
    """The standards of a benchmark, however its tables are laid out; what cannot be read is told in doubts."""
    found = find_sections(document.blocks, profile.title)
    if not found.sections:
        return read_tier_rows(document, profile)
    standards = read_standards(found.sections, ReaderNotes.of(document.notes))
    rest = NO_RECORDS
    if any(isinstance(block, Table) for block in found.others):
        rest = read_tier_rows(replace(document, blocks=found.others), profile)
    doubts = tuple(
        Doubt("section_without_table", f"“{line.text}”以下没有找到裁量表。", Spot(line.place.page, line.place.sheet))
        for line in found.stray_ids
    )
    return replace(rest, standards=(*standards, *rest.standards), doubts=(*doubts, *rest.doubts))
