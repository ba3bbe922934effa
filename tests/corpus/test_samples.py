"""The sample documents are marked as fiction, can be read, and cite only national articles that exist."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

import corpus
from corpus.citations import NameTable, find_citations
from corpus.store import CorpusStore
from corpus.vocabulary import DocumentKind
from ingest.parsers import parse
from ingest.readers import read_document
from ingest.sources.text import SourceText

SAMPLES = Path(corpus.__file__).parent / "samples" / "示范市"
WRITTEN = {
    "示范市城市管理行政执法局查处某小吃店油烟超标排放案.md": (DocumentKind.CASE, 1),
    "示范市市场监督管理局对某便利店销售过期面包不予处罚案.md": (DocumentKind.CASE, 1),
    "示范市公安局处理犬只扰民及未束牵引带案.md": (DocumentKind.CASE, 1),
    "示范市生态环境局查处某金属表面处理公司私设暗管排放废水案.docx": (DocumentKind.CASE, 1),
    "示范市行政执法典型案例（第一批）.md": (DocumentKind.CASE, 3),
    "示范市养犬管理条例（示例）(2019-06-28).md": (DocumentKind.STATUTE, 1),
    "示范市养犬管理条例（示例）(2025-09-26).md": (DocumentKind.STATUTE, 1),
    "示范市社会生活噪声执法工作指引（示例）.docx": (DocumentKind.GUIDANCE, 1),
    "责令改正通知书（示例文书示范文本）.docx": (DocumentKind.TEMPLATE, 1),
    "关于加强餐饮油烟监管的通知（示例网页）.html": (DocumentKind.GUIDANCE, 1),
}


@cache
def texts(name: str) -> list[SourceText]:
    path = SAMPLES / name
    return parse(read_document(path.read_bytes(), name), str(path))


@pytest.mark.parametrize(("name", "expected"), WRITTEN.items(), ids=WRITTEN)
def test_each_sample_is_read_as_what_it_is(name: str, expected: tuple[DocumentKind, int]) -> None:
    found = texts(name)
    assert ({text.kind for text in found}, len(found)) == ({expected[0]}, expected[1])
    assert {text.region for text in found} == {"示范市"}


@pytest.mark.parametrize("name", WRITTEN)
def test_each_sample_says_that_it_is_fiction(name: str) -> None:
    told = "".join(text.title + text.annotation + "".join(row.text for row in text.rows) for text in texts(name))
    assert "示例" in told
    assert "虚构" in told


def test_six_cases_of_different_fields_are_among_the_samples() -> None:
    cases = [t for name, (kind, _) in WRITTEN.items() if kind is DocumentKind.CASE for t in texts(name)]
    assert len([case for case in cases if "基本案情" in [r.label for r in case.rows] or len(case.rows) > 1]) == 6


def test_the_page_around_a_saved_document_is_left_out_and_the_document_keeps_its_own_date() -> None:
    (text,) = texts("关于加强餐饮油烟监管的通知（示例网页）.html")
    words = "".join(row.text for row in text.rows)
    assert not [spam for spam in ("Flash", "百家乐", "发表评论", "设为首页", "上一篇") if spam in words]
    assert text.published is not None
    assert text.published.isoformat() == "2024-05-20"


@pytest.mark.slow
def test_every_national_article_that_the_samples_cite_exists(full_national_store: CorpusStore) -> None:
    names = NameTable.from_documents(full_national_store.documents())
    missing, checked = [], 0
    for name in WRITTEN:
        for text in texts(name):
            for row in text.rows:
                for found in find_citations(row.text, names):
                    match = names.lookup(found.defined or found.title or "")
                    articles = [c.article for c in found.citations if c.article is not None]
                    if len(match.documents) != 1 or not articles:
                        continue
                    versions = full_national_store.versions(match.documents[0].id)
                    checked += len(articles)
                    missing += [
                        f"{name}: {found.written}"
                        for article in articles
                        if all(full_national_store.provision_at(v.id, article) is None for v in versions)
                    ]
    assert missing == []
    assert checked > 20
