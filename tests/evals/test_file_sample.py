"""The sample of ingested files: which numbers are missing, and whether the reader was told."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from corpus.vocabulary import ArticleNumber, Provision
from evals.file_sample import missing_numbers, numbering


def _articles(numbers: Sequence[tuple[int, int]]) -> list[Provision]:
    return [
        Provision(f"v/{n}", "v", place, f"{n}.{insertion}", "示例。", ArticleNumber(n, insertion))
        for place, (n, insertion) in enumerate(numbers, start=1)
    ]


@pytest.mark.parametrize(
    ("numbers", "missing", "printed"),
    [
        ([(1, 0), (2, 0), (3, 0)], (), "第一条–第三条"),
        ([(1, 0), (3, 0)], (2,), "第一条–第三条"),
        ([(3, 0), (4, 0)], (1, 2), "第三条–第四条"),
        ([(1, 0), (2, 0), (2, 1)], (), "第一条–第二条之一"),
    ],
)
def test_a_number_that_no_article_carries_is_missing(
    numbers: list[tuple[int, int]], missing: tuple[int, ...], printed: str
) -> None:
    assert missing_numbers(_articles(numbers)) == missing
    assert numbering(_articles(numbers)) == printed


def test_a_text_without_articles_has_no_missing_numbers() -> None:
    sections = [Provision("v/a", "v", 1, "基本案情", "示例。"), Provision("v/b", "v", 2, "典型意义", "示例。")]
    assert missing_numbers(sections) == ()
    assert numbering(sections) == "2 段"
