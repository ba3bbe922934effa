"""The audit of a real benchmark (234 pages): every repealed statute is found on the one day, none on the other."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from assistant.discretion.audit import AuditedDocument, audit_document
from assistant.discretion.bases import CitedLaws, LawState
from assistant.discretion.contract import AuditResponse
from corpus.citations import NameTable, Resolver
from corpus.discretion.model import DiscretionRecords
from corpus.store import CorpusStore
from evals.discretion_audit import read_benchmarks

SHARED = Path(__file__).resolve().parents[3].parent / "shared" / "corpus" / "discretion"
TABLE = "广东省生态环境违法行为行政处罚罚款金额裁量表.pdf"
CODE = "《中华人民共和国生态环境法典》"

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not (SHARED / TABLE).is_file(), reason=f"the shared folder has no {TABLE}"),
]


@pytest.fixture(scope="module")
def table() -> DiscretionRecords:
    (benchmark,), _ = read_benchmarks([SHARED / TABLE])
    return benchmark.records


@pytest.fixture(scope="module")
def resolver_of(full_national_store: CorpusStore) -> tuple[CorpusStore, Resolver]:
    return full_national_store, Resolver(full_national_store, NameTable.from_documents(full_national_store.documents()))


def audit(table: DiscretionRecords, held: tuple[CorpusStore, Resolver], day: dt.date, today: dt.date) -> AuditResponse:
    laws = CitedLaws(*held, as_of=day, today=today)
    return audit_document(table, AuditedDocument(TABLE), laws)


def test_every_repealed_statute_is_found_with_its_successor(
    table: DiscretionRecords, resolver_of: tuple[CorpusStore, Resolver], today: dt.date
) -> None:
    response = audit(table, resolver_of, today, today)
    national = [law for law in response.laws if law.title.startswith("中华人民共和国") and law.title.endswith("法")]
    assert len(national) >= 6
    assert {(law.state, law.successor, law.ended_on) for law in national} == {
        (LawState.REPEALED.value, CODE, dt.date(2026, 8, 15))
    }
    noise = [law for law in response.laws if law.parent and law.parent.endswith("环境噪声污染防治法")]
    assert noise
    assert all(law.parent_repealed and law.ended_on == dt.date(2022, 6, 5) for law in noise)
    assert all("《中华人民共和国噪声污染防治法》第九十条" in (law.successor_basis or "") for law in noise)
    for section in response.sections:
        flagged = {problem.code for problem in section.problems}
        for law in section.laws:
            assert law.state != LawState.REPEALED.value or "basis_repealed" in flagged
            assert not law.parent_repealed or "parent_repealed" in flagged


def test_none_of_them_was_repealed_at_the_start_of_2022(
    table: DiscretionRecords, resolver_of: tuple[CorpusStore, Resolver], today: dt.date
) -> None:
    response = audit(table, resolver_of, dt.date(2022, 1, 1), today)
    assert LawState.REPEALED.value not in {law.state for law in response.laws}
    assert not any(law.parent_repealed for law in response.laws)
    assert not any(law.proposal for section in response.sections for law in section.laws)


def test_every_cited_basis_is_resolved_or_reported(
    table: DiscretionRecords, resolver_of: tuple[CorpusStore, Resolver], today: dt.date
) -> None:
    response = audit(table, resolver_of, today, today)
    assert len(response.sections) == len(table.standards)
    cited = sum(len(standard.violated) + len(standard.basis) for standard in table.standards)
    assert sum(len(section.laws) for section in response.sections) == cited
    assert all(law.text for section in response.sections for law in section.laws)
