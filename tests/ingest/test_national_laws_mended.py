"""Facts about the installed laws after repair: nothing is lost, and the faults known in them are dealt with."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping

import pytest

from corpus.vocabulary import ArticleNumber, Finding, FindingKind, Provision
from ingest.faults import MendedLaw, mend
from ingest.faults.whitespace import is_table_line
from ingest.sources import SourceText
from ingest.sources.national_laws import NationalLaws, read_national_laws

CODE = "中华人民共和国生态环境法典"
CUT_OUT = (FindingKind.STRAY_HEADING, FindingKind.FOREIGN_TAIL, FindingKind.EMBEDDED_ARTICLE)


@pytest.fixture(scope="module")
def source() -> NationalLaws:
    return read_national_laws()


@pytest.fixture(scope="module")
def mended(source: NationalLaws) -> Mapping[str, tuple[SourceText, MendedLaw]]:
    """Every text with what became of it, by version id."""
    texts = [row.text for law in source.laws for row in law.rows]
    return {law.version_id: (law, mend(law, texts)) for law in source.laws}


@pytest.fixture(scope="module")
def findings(mended: Mapping[str, tuple[SourceText, MendedLaw]]) -> list[Finding]:
    return [f for _, result in mended.values() for f in result.findings]


@pytest.fixture(scope="module")
def code(mended: Mapping[str, tuple[SourceText, MendedLaw]]) -> dict[ArticleNumber | None, Provision]:
    (result,) = (result for law, result in mended.values() if law.title == CODE)
    return {p.article: p for p in result.provisions}


def visible(text: str) -> str:
    return "".join(text.split())


def test_every_law_of_the_file_is_read(source: NationalLaws) -> None:
    assert source.unreadable == ()
    assert len(source.laws) == len(source.version_ids) == 378
    assert sum(len(law.rows) for law in source.laws) == 26_196


def test_no_character_of_the_source_is_lost_or_added(mended: Mapping[str, tuple[SourceText, MendedLaw]]) -> None:
    for law, result in mended.values():
        kept = "".join(p.text for p in result.provisions)
        cut = "".join(f.text for f in result.findings if f.kind in CUT_OUT)
        delivered = "".join(r.text for r in law.rows)
        assert Counter(visible(kept + cut)) == Counter(visible(delivered)), law.title


def test_every_provision_is_a_stretch_of_its_row(mended: Mapping[str, tuple[SourceText, MendedLaw]]) -> None:
    for law, result in mended.values():
        rows = visible("\n".join(r.text for r in law.rows))
        at = 0
        for provision in result.provisions:
            at = rows.find(visible(provision.text), at)
            assert at >= 0, provision.id
            at += len(visible(provision.text))


def test_rows_as_delivered_can_be_shown(mended: Mapping[str, tuple[SourceText, MendedLaw]]) -> None:
    for law, result in mended.values():
        originals = Counter(p.source_text or p.text for p in result.provisions)
        assert not Counter(r.text for r in law.rows) - originals, law.title


def test_ids_are_unique_and_ordinals_count_up(mended: Mapping[str, tuple[SourceText, MendedLaw]]) -> None:
    ids = [p.id for _, result in mended.values() for p in result.provisions]
    assert len(ids) == len(set(ids))
    for _, result in mended.values():
        assert [p.ordinal for p in result.provisions] == list(range(1, len(result.provisions) + 1))


def test_an_article_number_stands_once_in_a_text(mended: Mapping[str, tuple[SourceText, MendedLaw]]) -> None:
    for law, result in mended.values():
        numbers = [p.article for p in result.provisions if p.article]
        assert len(numbers) == len(set(numbers)), law.title


def test_exactly_two_articles_are_missing(findings: list[Finding]) -> None:
    gaps = [f for f in findings if f.kind is FindingKind.NUMBERING_GAP]
    assert [(f.where, f.article) for f in gaps] == [
        (f"《{CODE}》第一千一百二十条", ArticleNumber(1120)),
        (f"《{CODE}》第一千二百零一条", ArticleNumber(1201)),
    ]


def test_the_tails_of_the_missing_articles_are_quoted_as_nobody(
    code: dict[ArticleNumber | None, Provision], findings: list[Finding]
) -> None:
    tails = [f for f in findings if f.kind is FindingKind.FOREIGN_TAIL]
    assert [f.article for f in tails] == [ArticleNumber(1119), ArticleNumber(1200)]
    assert code[ArticleNumber(1119)].text.endswith("并处二万元以上二十万元以下的罚款。")
    assert code[ArticleNumber(1200)].text.endswith("责令限制生产、停产整治。")
    for tail in tails:
        assert tail.text.startswith("境主管部门")
        assert not any(tail.text in p.text for p in code.values())
    assert ArticleNumber(1120) not in code
    assert ArticleNumber(1201) not in code


def test_no_article_ends_in_a_heading(mended: Mapping[str, tuple[SourceText, MendedLaw]]) -> None:
    heading = re.compile(r"\n(?:第[一二三四五六七八九十]+(?:编|分编|章|节)\s|附\s*则$)")
    assert not [p.id for _, result in mended.values() for p in result.provisions if heading.search(p.text)]


@pytest.mark.parametrize(
    ("number", "heading"),
    [
        (147, "第九章 信息公开与公众参与"),
        (148, "第二编 污染防治 › 第一分编 通则 › 第一章 一般规定"),
        (674, "第三编 生态保护 › 第一章 一般规定"),
        (1242, "第五编 法律责任和附则 › 第三章 附则"),
    ],
)
def test_articles_of_the_code_stand_under_their_part(
    code: dict[ArticleNumber | None, Provision], number: int, heading: str
) -> None:
    assert str(code[ArticleNumber(number)].heading) == heading


def test_sentences_of_the_code_are_whole(code: dict[ArticleNumber | None, Provision]) -> None:
    assert "所需费用由放射性固体废物产生者承担" in code[ArticleNumber(1202)].text
    assert code[ArticleNumber(1242)].text.startswith("本法自2026年8月15日起施行。《中华人民共和国环境保护法》")
    broken = re.compile(r"[\u4e00-\u9fff]\n(?!（)")
    assert not [p.id for p in code.values() if broken.search(p.text)]


def test_no_table_is_left_inside_a_numbered_article(mended: Mapping[str, tuple[SourceText, MendedLaw]]) -> None:
    tables = [
        p.id
        for _, result in mended.values()
        for p in result.provisions
        if p.article is not None and any(is_table_line(line) for line in p.text.split("\n"))
    ]
    assert tables == []


def test_no_numbered_article_is_overlong(findings: list[Finding]) -> None:
    assert not [f for f in findings if f.kind in (FindingKind.OVERLONG, FindingKind.EMPTY_TEXT)]
