"""Faults of sources, each on a made-up law that shows only it."""

from __future__ import annotations

import pytest

from corpus.vocabulary import ArticleNumber, DocumentKind, Finding, FindingKind, Heading, Severity
from ingest.faults import MendedLaw, mend
from ingest.faults.gaps import begins_inside_a_word
from ingest.faults.numbering import print_label, read_label
from ingest.sources import SourceRow, SourceText
from tests.ingest.law_builder import law


def mended(delivered: SourceText, texts: tuple[str, ...] = ()) -> MendedLaw:
    return mend(delivered, texts)


def texts_of(result: MendedLaw) -> dict[str, str]:
    return {p.label: p.text for p in result.provisions}


def of_kind(result: MendedLaw, kind: FindingKind) -> list[Finding]:
    return [f for f in result.findings if f.kind is kind]


# ---- labels --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("label", "article"),
    [
        ("第一条", ArticleNumber(1)),
        ("第一百三十三条之一", ArticleNumber(133, 1)),
        ("第一千二百零一条", ArticleNumber(1201)),
        ("条目一", None),
        ("全文", None),
        ("附件一", None),
        ("第一条第二款", None),
    ],
)
def test_reads_the_number_a_label_prints(label: str, article: ArticleNumber | None) -> None:
    assert read_label(label) == article
    assert article is None or print_label(article) == label


# ---- headings ------------------------------------------------------------------------------------------------


def test_moves_a_heading_from_the_end_of_an_article_to_the_articles_after_it() -> None:
    result = mended(
        law(
            SourceRow("第一条", "总则之文。", chapter="第一章 总则"),
            SourceRow("第二条", "末条之文。\n第二编 分 则\n第一分编 通 则", chapter="第一章 总则"),
            SourceRow("第三条", "分则之文。", chapter="第一章 一般规定"),
            SourceRow("第四条", "通则末条。\n第二分编 细则", chapter="第一章 一般规定"),
            SourceRow("第五条", "细则之文。\n第三编 罚则", chapter="第二章 细则"),
            SourceRow("第六条", "罚则之文。", chapter="第一章 罚"),
        )
    )
    assert texts_of(result)["第二条"] == "末条之文。"
    assert [str(p.heading) for p in result.provisions] == [
        "第一章 总则",
        "第一章 总则",
        "第二编 分则 › 第一分编 通则 › 第一章 一般规定",
        "第二编 分则 › 第一分编 通则 › 第一章 一般规定",
        "第二编 分则 › 第二分编 细则 › 第二章 细则",
        "第三编 罚则 › 第一章 罚",
    ]
    assert of_kind(result, FindingKind.STRAY_HEADING)[0].text == "第二编 分 则\n第一分编 通 则"


def test_clears_a_chapter_that_the_source_carries_over_into_the_next_part() -> None:
    result = mended(
        law(
            SourceRow("第一条", "审判。\n第四编 执 行", chapter="第五章 监督程序", section="第一节 提起"),
            SourceRow("第二条", "执行。", chapter="第五章 监督程序", section="第一节 提起"),
            SourceRow("第三条", "执行完毕。\n附 则", chapter="第五章 监督程序", section="第一节 提起"),
            SourceRow("第四条", "施行。", chapter="第五章 监督程序", section="第一节 提起"),
        )
    )
    assert [p.heading for p in result.provisions][1:] == [
        Heading(part="第四编 执行"),
        Heading(part="第四编 执行"),
        Heading(part="附则"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("依照下列各编办理：\n第二编 第三章的规定，适用于船舶。", id="a sentence"),
        pytest.param("第二编 分则", id="the whole text"),
        pytest.param("甲。\n附则另行规定。", id="a sentence that begins with 附则"),
    ],
)
def test_leaves_words_that_only_look_like_a_heading(text: str) -> None:
    result = mended(law(("第一条", text)))
    assert "".join(texts_of(result)["第一条"].split()) == "".join(text.split())
    assert not of_kind(result, FindingKind.STRAY_HEADING)


# ---- missing articles ----------------------------------------------------------------------------------------


def test_reports_a_missing_number_for_people_and_for_machines() -> None:
    result = mended(law(("第一条", "甲。"), ("第二条", "乙。"), ("第四条", "丁。"), ("第四条之一", "戊。")))
    (gap,) = of_kind(result, FindingKind.NUMBERING_GAP)
    assert (gap.severity, gap.article, gap.repaired) == (Severity.ERROR, ArticleNumber(3), False)
    assert gap.where == "《中华人民共和国示例法》第三条"


def test_reports_what_is_missing_before_the_first_article() -> None:
    gaps = of_kind(mended(law(("第三条", "丙。"))), FindingKind.NUMBERING_GAP)
    assert [g.article for g in gaps] == [ArticleNumber(1), ArticleNumber(2)]


def test_an_amendment_that_continues_the_numbering_has_no_gap() -> None:
    result = mended(law(("第三条", "丙。"), ("第四条", "丁。"), kind=DocumentKind.AMENDMENT))
    assert result.findings == ()
    assert [p.article for p in result.provisions] == [ArticleNumber(3), ArticleNumber(4)]


def test_articles_quoted_in_an_amendment_are_not_its_own() -> None:
    result = mended(
        law(
            ("第三条", "增加二条，内容如下:"), ("第九十条", "甲。"), ("第九十一条", "乙。"), kind=DocumentKind.AMENDMENT
        )
    )
    assert [p.article for p in result.provisions] == [ArticleNumber(3), None, None]
    assert not of_kind(result, FindingKind.NUMBERING_GAP)
    assert len(of_kind(result, FindingKind.EMBEDDED_ARTICLE)) == 2


def test_a_decision_that_quotes_articles_has_no_articles_of_its_own() -> None:
    result = mended(
        law(("第三条", "公约之文。"), ("第七条", "另一公约之文。"), ("第七条", "又一。"), kind=DocumentKind.DECISION)
    )
    assert [p.article for p in result.provisions] == [None, None, None]
    assert [p.id for p in result.provisions] == ["npc-test/第三条", "npc-test/第七条", "npc-test/第七条#2"]
    assert [f.where for f in of_kind(result, FindingKind.DUPLICATE_LABEL)] == ["《中华人民共和国示例法》第七条"]
    assert not of_kind(result, FindingKind.NUMBERING_GAP)


def test_a_decision_that_counts_up_from_one_has_articles() -> None:
    result = mended(law(("第一条", "甲。"), ("第二条", "乙。"), kind=DocumentKind.DECISION))
    assert [p.article for p in result.provisions] == [ArticleNumber(1), ArticleNumber(2)]


def test_splits_off_a_missing_article_that_is_hidden_in_the_one_before() -> None:
    result = mended(law(("第一条", "甲。"), ("第二条", "乙。\n第三条 丙。\n丙二。"), ("第四条", "丁。")))
    assert texts_of(result) == {"第一条": "甲。", "第二条": "乙。", "第三条": "丙。\n丙二。", "第四条": "丁。"}
    assert result.provisions[2].article == ArticleNumber(3)
    assert not of_kind(result, FindingKind.NUMBERING_GAP)


def test_reports_an_article_number_inside_an_article_where_none_is_missing() -> None:
    result = mended(law(("第一条", "甲。\n第九条 混入之文。"), ("第二条", "乙。")))
    (report,) = of_kind(result, FindingKind.EMBEDDED_ARTICLE)
    assert (report.severity, report.repaired, report.text) == (Severity.WARNING, False, "第九条")
    assert texts_of(result)["第一条"] == "甲。\n第九条 混入之文。"


# ---- foreign tails -------------------------------------------------------------------------------------------

WORDS = tuple(f"由生态环境主管部门责令改正第{n}项。" for n in range(30))
TAIL = "境主管部门责令改正，处以罚款：\n（一）未安装设施；\n（二）未使用设施。"


def test_cuts_the_tail_of_a_missing_article_that_begins_inside_a_word() -> None:
    result = mended(law(("第一条", f"甲，处以警告。\n{TAIL}"), ("第三条", "丙。")), WORDS)
    assert texts_of(result)["第一条"] == "甲，处以警告。"
    (tail,) = of_kind(result, FindingKind.FOREIGN_TAIL)
    assert (tail.text, tail.article) == (TAIL, ArticleNumber(1))
    (gap,) = of_kind(result, FindingKind.NUMBERING_GAP)
    assert gap.article == ArticleNumber(2)
    assert result.provisions[0].source_text == f"甲，处以警告。\n{TAIL}"


def test_keeps_such_a_paragraph_where_no_article_is_missing() -> None:
    result = mended(law(("第一条", f"甲，处以警告。\n{TAIL}"), ("第二条", "乙。")), WORDS)
    assert texts_of(result)["第一条"].endswith(TAIL)
    assert not of_kind(result, FindingKind.FOREIGN_TAIL)


@pytest.mark.parametrize(
    ("line", "inside"),
    [
        pytest.param("境主管部门责令改正", True, id="rest of a word"),
        pytest.param("责令改正第", False, id="words that begin clauses"),
        pytest.param("闻所未闻之语", False, id="words that never occur"),
        pytest.param("（一）境主管部门", False, id="an item"),
        pytest.param("境主", False, id="too short to tell"),
    ],
)
def test_tells_the_rest_of_a_word_by_how_the_words_occur(line: str, inside: bool) -> None:
    texts = [*WORDS, *(f"应当；责令改正第{n}次。" for n in range(30))]
    assert begins_inside_a_word(line, texts) is inside


# ---- annexes -------------------------------------------------------------------------------------------------


def test_cuts_annexes_into_provisions_of_their_own_with_their_layout() -> None:
    result = mended(
        law(
            (
                "第一条",
                "列于本法附件一的决定，予以废止。\n附件一\n下列决定：\n1. 甲决定\n附件二\n保留下列决定\n1. 乙决定",
            )
        )
    )
    assert texts_of(result) == {
        "第一条": "列于本法附件一的决定，予以废止。",
        "附件一": "附件一\n下列决定：\n1. 甲决定",
        "附件二": "附件二\n保留下列决定\n1. 乙决定",
    }
    assert [p.ordinal for p in result.provisions] == [1, 2, 3]
    assert [p.article for p in result.provisions] == [ArticleNumber(1), None, None]


@pytest.mark.parametrize(
    ("annex", "label"),
    [
        pytest.param("附：\n税率表\n税目 | 税率", "附件", id="附"),
        pytest.param("附件：示例（简谱版）", "附件", id="title in the same line"),
        pytest.param("附表一：\n税率表", "附表一", id="附表"),
        pytest.param(
            "个人税率表（综合所得适用）\n----- -----\n1 不超过的 3", "个人税率表", id="a table under its title"
        ),
    ],
)
def test_knows_how_annexes_begin(annex: str, label: str) -> None:
    result = mended(law(("第一条", f"本法自公布之日起施行。\n{annex}")))
    assert texts_of(result) == {"第一条": "本法自公布之日起施行。", label: annex}


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("债权视为到期。\n附利息的债权停止计息。", id="a sentence"),
        pytest.param("附加刑的种类如下：\n（一）罚金。\n附加刑也可以独立适用。", id="another sentence"),
        pytest.param("附件由国务院规定。", id="the first line"),
    ],
)
def test_leaves_words_that_only_look_like_an_annex(text: str) -> None:
    assert texts_of(mended(law(("第一条", text)))) == {"第一条": text}


# ---- the rest ------------------------------------------------------------------------------------------------


def test_uses_the_printed_number_where_the_arabic_one_collides() -> None:
    rows = (SourceRow("第七条", "甲。", number=7), SourceRow("第七条之一", "乙。", number=7))
    result = mended(law(*(SourceRow(f"第{c}条", "某。") for c in "一二三四五六"), *rows))
    assert [p.article for p in result.provisions][-2:] == [ArticleNumber(7), ArticleNumber(7, 1)]
    (collision,) = of_kind(result, FindingKind.NUMBER_COLLISION)
    assert (collision.article, collision.severity) == (ArticleNumber(7, 1), Severity.INFO)


def test_reports_an_article_that_is_far_too_long_and_one_without_words() -> None:
    result = mended(law(("第一条", "长" * 2001 + "。"), ("第二条", " \n")))
    assert [f.article for f in of_kind(result, FindingKind.OVERLONG)] == [ArticleNumber(1)]
    (empty,) = of_kind(result, FindingKind.EMPTY_TEXT)
    assert (empty.article, empty.severity) == (ArticleNumber(2), Severity.ERROR)


def test_keeps_the_row_as_delivered_only_where_it_differs() -> None:
    result = mended(law(("第一条", "所需费\n用自理。"), ("第二条", "乙。")))
    assert [p.source_text for p in result.provisions] == ["所需费\n用自理。", None]
    (joined,) = of_kind(result, FindingKind.BROKEN_LINE)
    assert (joined.text, joined.repaired) == ("所需费\n用自理。", True)
