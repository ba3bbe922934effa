"""The sample benchmarks of 示范市 in their formats, read whole, without a doubt, inside the range of the cited law."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest

import corpus
from corpus.citations.keys import title_key
from corpus.discretion.model import DiscretionRecords, DiscretionStandard, Fine, FineKind, Mode
from corpus.vocabulary import ArticleNumber, Citation, DocumentKind
from ingest.identify import identify
from ingest.parsers.benchmarks import read_benchmark
from ingest.readers import read_document
from ingest.sources.national_laws import read_national_laws

FOLDER = Path(corpus.__file__).parent / "samples" / "示范市"
CITY = "示范市城市管理行政处罚裁量基准.xlsx"
MARKET = "示范市市场监督管理行政处罚裁量基准.docx"
NOISE = "示范市社会生活噪声和露天焚烧行政处罚裁量基准.pdf"
WEIGHTED_DOCX = "示范市建设工程和噪声违法行为行政处罚裁量权重表.docx"
WEIGHTED_XLSX = "示范市规划和垃圾分类违法行为行政处罚裁量权重表.xlsx"
TIERED = {
    CITY: [5, 4, 3, 3, 3, 3, 5, 3],
    MARKET: [4, 4, 4, 3, 3, 3],
    NOISE: [3, 3, 3, 4],
    "示范市食品经营违法行为行政处罚裁量基准.xlsx": [3, 3, 2],
    "示范市消防管理行政处罚裁量基准.docx": [3, 2],
}


@cache
def records(name: str) -> DiscretionRecords:
    document = read_document((FOLDER / name).read_bytes(), name)
    profile = identify(document, name)
    assert profile.kind is DocumentKind.BENCHMARK
    assert "示例" in profile.title
    return read_benchmark(document, profile)


def sums(fine: Fine) -> tuple[Decimal | None, Decimal | None]:
    return fine.minimum, fine.maximum


@pytest.mark.parametrize("name", TIERED)
def test_every_violation_and_step_of_a_sample_is_read_without_doubt(name: str) -> None:
    found = records(name)
    assert [len(standard.tiers) for standard in found.standards] == TIERED[name]
    assert {standard.mode for standard in found.standards} == {Mode.TIERED}
    assert [doubt for standard in found.standards for doubt in standard.doubts] == []
    assert found.doubts == ()
    assert all(standard.basis for standard in found.standards)
    assert len({standard.id for standard in found.standards}) == len(found.standards)


@pytest.mark.parametrize("name", TIERED)
def test_the_steps_of_each_section_rise_without_gap(name: str) -> None:
    for standard in records(name).standards:
        for column in standard.fine_columns:
            sections: dict[str, list[Fine]] = {}
            for tier in standard.tiers:
                fine = dict(tier.fines)[column]
                if fine.kind.is_fine:
                    sections.setdefault(tier.basis_text, []).append(fine)
            for fines in sections.values():
                for lower, upper in pairwise(fines):
                    assert lower.maximum == upper.minimum, (standard.id, upper.text)


def test_refusing_to_mend_is_a_section_of_its_own() -> None:
    barbecue = records(CITY).standards[0]
    assert [(tier.grade, bool(tier.basis_text.startswith("拒不改正"))) for tier in barbecue.tiers] == [
        ("较轻", False),
        ("一般", False),
        ("较重", False),
        ("一般", True),
        ("较重", True),
    ]
    assert barbecue.tiers[1].circumstances == ("两年内第二次", "经营2小时以上不足6小时")


def test_ratios_and_warnings_are_told_from_sums() -> None:
    city = records(CITY).standards
    assert {fine.kind for tier in city[5].tiers for _, fine in tier.fines} == {FineKind.RATIO_RANGE}
    assert [fine.kind for _, fine in city[7].tiers[0].fines] == [FineKind.WARNING]
    food = records(MARKET).standards[1]
    assert [sums(fine) for tier in food.tiers for _, fine in tier.fines][1] == (Decimal(10), Decimal(13))


def test_a_step_that_does_not_apply_is_no_step() -> None:
    grades = [[tier.grade for tier in standard.tiers] for standard in records(MARKET).standards]
    assert grades == [["减轻", "从轻", "一般", "从重"]] * 3 + [["从轻", "一般", "从重"]] * 3


def test_the_two_levels_of_the_header_are_axes_and_parties() -> None:
    standard = records(NOISE).standards[3]
    assert standard.axes == ("违法次数", "持续时间或者数量")
    assert standard.fine_columns == ("单位", "个人")
    assert dict(standard.tiers[3].when) == {"违法次数": "两年内两次以上", "持续时间或者数量": None}
    assert [sums(fine) for _, fine in standard.tiers[3].fines] == [
        (Decimal(80000), Decimal(100000)),
        (Decimal(1700), Decimal(2000)),
    ]
    assert all(page in (1, 2) for s in records(NOISE).standards for page in s.pages)


def test_weighted_samples_are_no_rows_of_tiers() -> None:
    found = [s for name in (WEIGHTED_DOCX, WEIGHTED_XLSX) for s in records(name).standards]
    assert [(s.mode, len(s.factors), len(s.doubts)) for s in found] == [(Mode.WEIGHTED, n, 0) for n in (5, 4, 4, 4, 4)]
    assert [len(s.formulas) for s in found] == [1, 1, 2, 1, 1]


@pytest.mark.parametrize("name", [*TIERED, WEIGHTED_DOCX, WEIGHTED_XLSX])
def test_no_fine_of_a_sample_leaves_the_range_of_the_cited_law(name: str) -> None:
    for standard in records(name).standards:
        limits = [limit.fine for limit in standard.legal_ranges if limit.fine.kind.is_fine]
        for tier in standard.tiers:
            for _, fine in tier.fines:
                if not fine.kind.is_fine or tier.grade == "减轻":
                    continue
                fitting = [limit for limit in limits if limit.base == fine.base and _within(fine, limit)]
                assert fitting or not limits, (standard.id, fine.text)


def _within(fine: Fine, limit: Fine) -> bool:
    low, high = limit.minimum or Decimal(0), limit.maximum
    return (
        (fine.minimum or Decimal(0)) >= low and high is not None and fine.maximum is not None and fine.maximum <= high
    )


@pytest.fixture(scope="module")
def national_texts() -> dict[tuple[str, ArticleNumber], str]:
    from corpus.citations import find_citations

    found = {}
    for law in read_national_laws().laws:
        for row in law.rows:
            for one in (c for cited in find_citations(f"《{law.title}》{row.label}") for c in cited.citations):
                if one.article is not None:
                    found[title_key(law.title), one.article] = "".join(row.text.split())
    return found


def _cited(standard: DiscretionStandard) -> Iterator[tuple[Citation, str]]:
    for basis in (*standard.basis, *standard.violated):
        for citation in basis.citations:
            yield citation, "".join(basis.text.split())


@pytest.mark.parametrize("name", [CITY, MARKET, NOISE, WEIGHTED_DOCX, WEIGHTED_XLSX])
def test_what_the_samples_quote_stands_in_the_law_they_cite(
    name: str, national_texts: dict[tuple[str, ArticleNumber], str]
) -> None:
    checked = 0
    for standard in records(name).standards:
        for citation, quoted in _cited(standard):
            assert citation.article is not None
            law = national_texts[title_key(citation.title), citation.article]
            first = quoted.split("：")[0].split("。")[0]
            assert first in law, (standard.id, first)
            checked += 1
    assert checked >= len(records(name).standards)
