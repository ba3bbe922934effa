"""Benchmarks (裁量基准) become records: a table per violation, or a table of many violations, a row per tier."""

from __future__ import annotations

from dataclasses import replace

from corpus.discretion.bounds import read_bounds
from corpus.discretion.model import NO_RECORDS, DiscretionRecords, Doubt, RuleOrigin, Spot
from ingest.identify.profile import Profile
from ingest.parsers.benchmarks.sections import find_sections
from ingest.parsers.benchmarks.standards import ReaderNotes, read_standards
from ingest.parsers.benchmarks.tier_rows import read_tier_rows
from ingest.readers.model import ReadDocument

__all__ = ["read_benchmark"]


def read_benchmark(document: ReadDocument, profile: Profile) -> DiscretionRecords:
    """The standards of a benchmark, however its tables are laid out; what cannot be read is told in doubts.

    Tables that hold violations as sections (违反条款 | …, 处罚依据 | … above a header of their own) are read as such,
    all others row by row. ``bounds`` is what paragraphs or remarks of the document itself say of 以上 and 以下.
    """
    found = find_sections(document.blocks, profile.title)
    standards = read_standards(found.sections, ReaderNotes.of(document.notes))
    rest = read_tier_rows(document, profile, found.others) if found.others else NO_RECORDS
    doubts = tuple(
        Doubt("section_without_table", f"“{line.text}”以下没有找到裁量表。", Spot(line.place.page, line.place.sheet))
        for line in found.stray_ids
    )
    said = "\n".join((*(paragraph.text for paragraph in document.paragraphs()), *rest.remarks))
    return replace(
        rest,
        standards=(*standards, *rest.standards),
        bounds=rest.bounds or read_bounds(said, RuleOrigin.DOCUMENT, profile.title),
        doubts=(*doubts, *rest.doubts),
    )
