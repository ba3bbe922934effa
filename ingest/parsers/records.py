"""What a document says about fines, as data, beside its text (裁量数据): standards, list entries, rules of application.

A text is never lost for a failure here: whatever goes wrong becomes a fault that asks for review.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator, Sequence

from corpus.discretion.model import NO_RECORDS, DiscretionRecords, Doubt, ListEffect, Mode
from corpus.vocabulary import DocumentKind, FindingKind, Severity
from ingest.identify.profile import Profile
from ingest.readers.model import ReadDocument
from ingest.sources.text import SourceFault, SourceText

FAILED = "其中的裁量数据未能读出"
_DISCRETION = "裁量"
_LENIENCY = re.compile("不予|免予|免罚|免于|慎罚|柔性|从轻|减轻|首违|初次违法|轻微违法|容错")
_REVIEW = "请在“裁量核查”页逐条对照原件，必要时更正。"
_NAMED = 5  # records that a summary names

_WITH_ARTICLES = frozenset({DocumentKind.STATUTE, DocumentKind.GUIDANCE, DocumentKind.DECISION, DocumentKind.BENCHMARK})
_LISTS = frozenset({DocumentKind.ITEM_LIST, DocumentKind.CATALOGUE, DocumentKind.GUIDANCE})


def with_records(texts: Sequence[SourceText], document: ReadDocument, profile: Profile) -> list[SourceText]:
    """The texts of one document, the first with its records and with a summary of their doubts."""
    if not texts:
        return []
    first, *others = texts
    try:
        records = read_records(document, profile)
    except Exception as error:
        what = f"{FAILED}（{type(error).__name__}：{str(error)[:200]}），正文不受影响。"
        fault = SourceFault(FindingKind.NEEDS_REVIEW, Severity.WARNING, "", what, "请把此文件交给系统维护人员。")
        return [dataclasses.replace(first, faults=(*first.faults, fault)), *others]
    before = _folded(first.faults) if records.standards or records.items else first.faults
    faults = (*before, *summaries(records))
    return [dataclasses.replace(first, records=records, faults=faults), *others]


def read_records(document: ReadDocument, profile: Profile) -> DiscretionRecords:
    """The records of a document by its kind and title; NO_RECORDS for what says nothing about fines."""
    records = _tables(document, profile)
    if profile.kind in _WITH_ARTICLES and _DISCRETION in profile.title and records.rules is None:
        from ingest.parsers.application_rules import read_application_rules

        records = dataclasses.replace(records, rules=read_application_rules(document, profile))
    return records


def _tables(document: ReadDocument, profile: Profile) -> DiscretionRecords:
    """What the tables of a document say. Where only its title speaks of it, what could not be read says nothing."""
    from ingest.parsers.benchmarks import read_benchmark
    from ingest.parsers.exemptions import read_exemptions

    lenient = _LENIENCY.search(profile.title) is not None
    match profile.kind:
        case DocumentKind.EXEMPTION_LIST:
            found = read_exemptions(document, profile)
            if found.items or not any(document.tables()):
                return found
            records = read_benchmark(document, profile)
            return records if _computable(records) else found
        case DocumentKind.BENCHMARK:
            records = read_benchmark(document, profile)
            if _computable(records):
                return records
            found = read_exemptions(document, profile)
            return found if any(item.effect is not ListEffect.UNREAD for item in found.items) else records
        case kind if lenient and kind in _LISTS:
            found = read_exemptions(document, profile)
            if found.items or not any(document.tables()):
                return found if found.items else NO_RECORDS
            records = read_benchmark(document, profile)
            return records if _computable(records) else NO_RECORDS
        case kind if kind in _WITH_ARTICLES and _DISCRETION in profile.title and any(document.tables()):
            found = read_benchmark(document, profile)
            return found if _computable(found) else NO_RECORDS
        case _:
            return NO_RECORDS


def _computable(records: DiscretionRecords) -> bool:
    return any(standard.mode is not Mode.UNREAD for standard in records.standards)


def _folded(faults: Sequence[SourceFault]) -> list[SourceFault]:
    """The remarks on how columns were taken for the rows, of which a benchmark has one for each table, as one."""
    remarks = [f for f in faults if (f.kind, f.severity) == (FindingKind.NEEDS_REVIEW, Severity.INFO)]
    if len(remarks) < 2:
        return list(faults)
    message = f"正文逐行收录时，{len(remarks)} 组表格的列名识别情况见下；裁量数据另行读取，不受影响。"
    words = "\n".join(remark.message for remark in remarks)
    folded = SourceFault(FindingKind.NEEDS_REVIEW, Severity.INFO, "", message, remarks[0].remedy, text=words)
    return [*(f for f in faults if f not in remarks), folded]


def summaries(records: DiscretionRecords) -> Iterator[SourceFault]:
    """One fault for each kind of doubt, with the number of records concerned and the first of them."""
    told: dict[str, list[tuple[str, Doubt]]] = {}
    for name, doubts in _doubts(records):
        for doubt in doubts:
            told.setdefault(doubt.code, []).append((name, doubt))
    for found in told.values():
        names = list(dict.fromkeys(name for name, _ in found if name))
        _, example = found[0]
        if not names:
            message = f"{example.message}（共 {len(found)} 处）" if len(found) > 1 else example.message
        else:
            more = "等" if len(names) > _NAMED else ""
            listed = f"{'、'.join(names[:_NAMED])}{more}"
            message = f"{len(names)} 条裁量记录待核对（{listed}）。例：{names[0]}{example.spot}：{example.message}"
        yield SourceFault(FindingKind.NEEDS_REVIEW, Severity.WARNING, "", message, _REVIEW)


def _doubts(records: DiscretionRecords) -> Iterator[tuple[str, Sequence[Doubt]]]:
    yield "", records.doubts
    for standard in records.standards:
        yield standard.id, standard.doubts
    for item in records.items:
        yield item.id, item.doubts
    if records.rules is not None:
        yield "适用规则", records.rules.doubts
