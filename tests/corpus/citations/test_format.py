"""The canonical form, and that it reads back to the same citation."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.citations import find_citations, format_article, format_citation, format_path
from corpus.vocabulary import ArticleNumber, Citation, ProvisionPath


@pytest.mark.parametrize(
    ("article", "text"),
    [
        (ArticleNumber(1), "第一条"),
        (ArticleNumber(10), "第十条"),
        (ArticleNumber(33), "第三十三条"),
        (ArticleNumber(133, 1), "第一百三十三条之一"),
        (ArticleNumber(1056), "第一千零五十六条"),
    ],
)
def test_articles(article: ArticleNumber, text: str) -> None:
    assert format_article(article) == text


@pytest.mark.parametrize(
    ("path", "text"),
    [
        (ProvisionPath(), ""),
        (ProvisionPath(1), "第一款"),
        (ProvisionPath(1, 2), "第一款第二项"),
        (ProvisionPath(None, 2), "第二项"),
        (ProvisionPath(1, 2, 3), "第一款第二项第三目"),
    ],
)
def test_paths(path: ProvisionPath, text: str) -> None:
    assert format_path(path) == text


@pytest.mark.parametrize(
    ("citation", "text"),
    [
        (Citation("中华人民共和国行政处罚法"), "《中华人民共和国行政处罚法》"),
        (Citation("关于修改《食品安全法》的决定", ArticleNumber(1)), "《关于修改〈食品安全法〉的决定》第一条"),
        (Citation("刑法修正案（十二）", label="条目一"), "《刑法修正案（十二）》条目一"),
        (Citation("", ArticleNumber(5)), "第五条"),
        (Citation("", label="前款", path=ProvisionPath(item=1)), "前款第一项"),
    ],
)
def test_citations(citation: Citation, text: str) -> None:
    assert format_citation(citation) == text


TITLES = st.sampled_from(
    [
        "中华人民共和国行政处罚法",
        "刑法修正案（十二）",
        "关于修改〈食品安全法〉的决定",
        "物业管理条例",
        "某某办法（试行）",
    ]
)
NUMBERS = st.integers(1, 1500)
PATHS = st.one_of(
    st.just(ProvisionPath()),
    st.builds(ProvisionPath, st.integers(1, 30)),
    st.builds(ProvisionPath, st.none() | st.integers(1, 30), st.integers(1, 40)),
    st.builds(ProvisionPath, st.none() | st.integers(1, 30), st.integers(1, 40), st.integers(1, 20)),
)
ARTICLES = st.builds(ArticleNumber, NUMBERS, st.integers(0, 20))


@given(
    st.builds(Citation, TITLES, ARTICLES, PATHS),
    st.sampled_from(["", "根据", "违反", "（见", "1、"]),
    st.sampled_from(["", "规定", "。"]),
)
def test_canonical_text_reads_back_to_the_same_citation(citation: Citation, before: str, after: str) -> None:
    (found,) = find_citations(before + format_citation(citation) + after)
    assert found.citations == (citation,)
    assert found.written == format_citation(citation)


@given(st.builds(Citation, st.just(""), ARTICLES, PATHS))
def test_a_citation_without_law_reads_back_too(citation: Citation) -> None:
    (found,) = find_citations(format_citation(citation))
    assert found.citations == (citation,)
