"""The sample lists of the fictional 示范市: marked as such, readable, on law that exists."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.citations.keys import title_key
from corpus.lists import articles_of, diff_lists, list_rows
from corpus.vocabulary import ArticleNumber, DocumentKind
from ingest.parsers import parse
from ingest.readers import read_document
from ingest.sources.national_laws import read_national_laws
from ingest.sources.text import SourceText

FOLDER = Path(__file__).resolve().parents[3] / "corpus" / "samples" / "示范市"
LISTS = {
    "示范市综合行政执法事项清单(2025-01-10).xlsx": (DocumentKind.ITEM_LIST, 12),
    "示范市综合行政执法事项清单(2026-01-12).xlsx": (DocumentKind.ITEM_LIST, 12),
    "示范市餐饮和户外广告经营者违法风险点清单.docx": (DocumentKind.RISK_LIST, 7),
    "示范市轻微违法行为不予行政处罚清单.xlsx": (DocumentKind.EXEMPTION_LIST, 7),
    "示范市行政处罚从轻减轻事项清单.xlsx": (DocumentKind.EXEMPTION_LIST, 5),
    "示范市首次违法免罚事项清单.docx": (DocumentKind.EXEMPTION_LIST, 4),
    "示范市食品经营违法行为行政处罚裁量基准.xlsx": (DocumentKind.BENCHMARK, 9),
    "示范市消防管理行政处罚裁量基准.docx": (DocumentKind.BENCHMARK, 5),
}


def read(name: str) -> SourceText:
    (text,) = parse(read_document((FOLDER / name).read_bytes(), name), name)
    return text


@pytest.mark.parametrize("name", LISTS)
def test_a_sample_list_is_of_its_kind_marked_as_a_sample_and_has_its_rows(name: str) -> None:
    text = read(name)
    kind, entries = LISTS[name]
    assert text.kind is kind
    assert "示例" in text.title
    assert sum(bool(row.fields) for row in text.rows) == entries
    assert not any("露天烧烤" in row.text for row in text.rows)  # of the hidden sheet


@pytest.fixture(scope="module")
def articles() -> set[tuple[str, ArticleNumber]]:
    from corpus.citations import find_citations

    found = set()
    for law in read_national_laws().laws:
        for row in law.rows:
            citations = find_citations(f"《{law.title}》{row.label}")
            found |= {(title_key(law.title), one.article) for c in citations for one in c.citations if one.article}
    return found


@pytest.mark.parametrize("name", LISTS)
def test_every_basis_of_a_sample_list_is_an_article_of_national_law(
    name: str, articles: set[tuple[str, ArticleNumber]]
) -> None:
    rows = list_rows((row.label, row.fields) for row in read(name).rows)
    for row in rows:
        named = articles_of(row)
        assert named, row.label
        assert named.keys() <= articles, row.label


def test_the_two_versions_of_the_item_list_differ_as_their_remarks_say() -> None:
    old, new = (list_rows((row.label, row.fields) for row in read(name).rows) for name in list(LISTS)[:2])
    found = diff_lists(old, new)
    assert (len(found.added), len(found.removed), len(found.changed), found.unchanged) == (3, 3, 3, 6)
    assert all("本次新增" in row.fields[-1][1] for row in found.added)
