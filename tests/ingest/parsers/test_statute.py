"""Statutes cut into articles: headings, preambles, contents, annexes, tables, and texts without articles."""

from __future__ import annotations

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.numerals import format_number
from corpus.vocabulary import DocumentKind, EffectLevel, FindingKind, Severity
from ingest.faults import mend
from ingest.identify import Profile
from ingest.parsers.statute import parse_statute
from ingest.readers.model import Cell, Format, Paragraph, Place, ReadDocument, Table
from ingest.sources.text import SourceText
from tests.ingest.document_builder import document

STATUTE = Profile("宁波市示例条例", DocumentKind.STATUTE, EffectLevel.LOCAL_REGULATION, "宁波市")
END = "第九条 本条例自2024年1月1日起施行。"


def parsed(text: str, profile: Profile = STATUTE) -> SourceText:
    (only,) = parse_statute(document(text), profile)
    return only


def rows(text: str, profile: Profile = STATUTE) -> list[tuple[str, str]]:
    return [(row.label, row.text) for row in parsed(text, profile).rows]


def test_articles_keep_their_lines_headings_and_places() -> None:
    text = parsed("""
        第一编 总编
        第一章　总　则
        第一条 为了规范，制定本条例。
        第二条 有下列情形之一的：
        （一）甲；
        （二）乙。
        第二章 管理
        第一节 一般规定
        第三条 管理。
        第三条之一 增加。
        附　则
        第四条 本条例自2024年1月1日起施行。""")
    assert [row.label for row in text.rows] == ["第一条", "第二条", "第三条", "第三条之一", "第四条"]
    assert text.rows[1].text == "有下列情形之一的：\n（一）甲；\n（二）乙。"
    assert [(row.part, row.chapter, row.section) for row in text.rows] == [
        ("第一编 总编", "第一章 总则", None),
        ("第一编 总编", "第一章 总则", None),
        ("第一编 总编", "第二章 管理", "第一节 一般规定"),
        ("第一编 总编", "第二章 管理", "第一节 一般规定"),
        (None, "附则", None),
    ]
    assert text.rows[0].place == "第3行"
    assert text.faults == ()


def test_what_stands_before_the_first_article_is_the_preamble() -> None:
    assert rows("为了正确适用，制定本规定。\n第一条 甲。\n第二条 自公布之日起施行。")[0] == (
        "引言",
        "为了正确适用，制定本规定。",
    )
    assert rows("序　言\n我国历史悠久。\n第一条 甲。\n第二条 自公布之日起施行。")[0] == ("序言", "我国历史悠久。")


def test_the_contents_are_left_out_and_told() -> None:
    text = parsed(f"目 录\n第一章 总则\n第二章 附则\n第一章 总则\n第一条 甲。\n第二章 附则\n{END}")
    assert [row.label for row in text.rows] == ["第一条", "第九条"]
    (fault,) = text.faults
    assert (fault.kind, fault.severity, fault.text) == (
        FindingKind.STRAY_HEADING,
        Severity.INFO,
        "目 录\n第一章 总则\n第二章 附则",
    )


def test_an_article_behind_a_heading_and_articles_in_one_line_begin_where_they_begin() -> None:
    found = rows("第一章 总则 第一条 甲。 第二条 乙，依照本条例第三条处理。 第三条 丙。\n第四条 自公布之日起施行。")
    assert found == [
        ("第一条", "甲。"),
        ("第二条", "乙，依照本条例第三条处理。"),
        ("第三条", "丙。"),
        ("第四条", "自公布之日起施行。"),
    ]


def test_an_article_behind_a_broken_sentence_is_cut_with_a_warning() -> None:
    text = parsed("第一条 甲。\n由管理单第二条公安机关负责。\n第三条 自公布之日起施行。")
    assert [row.label for row in text.rows] == ["第一条", "第二条", "第三条"]
    assert [(f.kind, f.severity, f.label) for f in text.faults] == [
        (FindingKind.EMBEDDED_ARTICLE, Severity.WARNING, "第二条")
    ]


def test_a_reference_at_the_beginning_of_a_line_begins_no_article() -> None:
    assert rows("第一条 甲：\n第一条第二款规定的除外。\n第五条、第六条从其规定。\n第二条 自公布之日起施行。") == [
        ("第一条", "甲：\n第一条第二款规定的除外。\n第五条、第六条从其规定。"),
        ("第二条", "自公布之日起施行。"),
    ]


def test_an_annex_with_articles_of_its_own_stays_one_row() -> None:
    found = rows(
        "第一条 甲。\n第二条 自公布之日起施行。\n附件：旧规则\n附件\n第一条 旧一。\n第二条 旧二。\n第三条 旧三。"
    )
    assert [label for label, _ in found] == ["第一条", "第二条", "附件"]
    assert found[2][1] == "旧规则\n第一条 旧一。\n第二条 旧二。\n第三条 旧三。"


def test_a_table_in_an_annex_keeps_its_rows() -> None:
    cells = [
        Cell("级数", 0, 0),
        Cell("税率", 0, 1),
        Cell("一", 1, 0, row_span=2),
        Cell("百分之三", 1, 1),
        Cell("百分之五", 2, 1),
    ]
    blocks = (
        *document(f"第一条 甲。\n{END}\n附表一：税率表").blocks,
        Table(tuple(cells), rows=3, columns=2, place=Place(page=7)),
    )
    (text,) = parse_statute(ReadDocument("a.pdf", Format.PDF, blocks, pages=7), STATUTE)
    assert (text.rows[-1].label, text.rows[-1].text) == (
        "附表一",
        "税率表\n| 级数 | 税率 |\n| 一 | 百分之三 |\n| 一 | 百分之五 |",
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("一、甲。\n二、乙。", [("条目一", "甲。"), ("条目二", "乙。")]),
        ("现决定：\n一、甲：\n（一）子；\n（二）丑。\n二、乙。", ["引言", "条目一", "条目二"]),
        ("（一）甲。\n（二）乙。", [("条目一", "甲。"), ("条目二", "乙。")]),
        ("1. 甲。\n2. 乙。", [("条目一", "甲。"), ("条目二", "乙。")]),
        ("只有一段。\n再一段。", [("全文", "只有一段。\n再一段。")]),
        ("一、只有一项。", [("全文", "一、只有一项。")]),
    ],
)
def test_a_text_without_articles_goes_by_its_own_numbering(text: str, expected: list[object]) -> None:
    found = rows(text, dataclasses.replace(STATUTE, kind=DocumentKind.DECISION))
    assert found == expected or [label for label, _ in found] == expected


def test_an_amendment_is_cut_by_its_items_although_it_quotes_articles() -> None:
    text = "一、第八条修改为：\n第八条 有下列情形的，处罚。\n二、增加一条：\n第九条 新增。\n三、自公布之日起施行。"
    found = rows(text, dataclasses.replace(STATUTE, kind=DocumentKind.AMENDING_DECISION))
    assert [label for label, _ in found] == ["条目一", "条目二", "条目三"]


@pytest.mark.parametrize(
    ("text", "severity", "words"),
    [
        ("第一条 甲。\n第二条 乙，由", Severity.ERROR, "末条句子没有写完"),
        ("第一条 甲。\n第二条 有下列情形之一的：", Severity.ERROR, "末条所列各项没有收录"),
        ("第一条 违反本条例第二十条的，处罚。\n第二条 乙。", Severity.ERROR, "正文提到本文件第二十条"),
        ("第一章 总则\n第一条 甲。\n第二条 乙。", Severity.ERROR, "只有“总则”一章"),
        (
            "目录\n第一章 总则\n第二章 罚则\n第三章 附则\n第一章 总则\n第一条 甲。\n第二章 罚则\n第二条 乙。",
            Severity.ERROR,
            "目录所列“第三章 附则”不在正文中",
        ),
        ("第一条 甲。\n第二条 乙。", Severity.WARNING, "可能残缺"),
    ],
)
def test_a_text_that_stops_before_its_end_is_told_and_why(text: str, severity: Severity, words: str) -> None:
    (fault,) = [f for f in parsed(text).faults if f.kind is FindingKind.TRUNCATED]
    assert fault.severity is severity
    assert words in fault.message
    assert fault.label == "第二条"


def test_a_recent_regulation_without_its_clause_of_commencement_is_certainly_cut() -> None:
    import datetime as dt

    recent = dataclasses.replace(STATUTE, published=dt.date(2020, 4, 9))
    (fault,) = parsed("第一条 甲。\n第二条 乙。", recent).faults
    assert (fault.kind, fault.severity) == (FindingKind.TRUNCATED, Severity.ERROR)


@pytest.mark.parametrize(
    "clause",
    [
        "本条例自2024年1月1日起施行。",
        "本条例自公布之日起施行",
        "本条例从二〇〇一年一月一日起实施。",
        "本条例由市人民政府于公布后三十日施行。",
    ],
)
def test_a_text_with_its_clause_of_commencement_is_whole(clause: str) -> None:
    assert parsed(f"第一条 违反本条例第二十条的，处罚。\n第二条 {clause}").faults == ()


def test_mending_keeps_the_place_and_reports_what_is_missing() -> None:
    text = parsed(f"第一条 甲。\n第二条 乙。\n{END}")
    mended = mend(dataclasses.replace(text, version_id="v"), [row.text for row in text.rows])
    assert [p.place for p in mended.provisions] == ["第1行", "第2行", "第3行"]
    gaps = [f.article.number for f in mended.findings if f.kind is FindingKind.NUMBERING_GAP and f.article]
    assert gaps == [3, 4, 5, 6, 7, 8]


def test_a_file_that_holds_a_later_part_of_a_code_is_one_finding_and_not_a_thousand() -> None:
    text = parsed("# 合同编\n第四百六十三条 甲。\n第四百六十四条 自公布之日起施行。")
    mended = mend(dataclasses.replace(text, version_id="v"), [])
    (gap,) = [f for f in mended.findings if f.kind is FindingKind.NUMBERING_GAP]
    assert (gap.severity, gap.article) == (Severity.WARNING, None)


@given(st.integers(1, 60), st.lists(st.sampled_from(["甲乙丙。", "（一）甲；", "其他规定，依照第三条。"]), max_size=3))
def test_every_article_and_every_word_comes_out_in_order(count: int, lines: list[str]) -> None:
    body = [line for n in range(1, count + 1) for line in (f"第{format_number(n)}条 首{n}。", *lines)]
    found = rows("\n".join(body))
    assert [label for label, _ in found] == [f"第{format_number(n)}条" for n in range(1, count + 1)]
    assert [text for _, text in found] == ["\n".join([f"首{n}。", *lines]) for n in range(1, count + 1)]


def test_places_of_pages_are_kept() -> None:
    blocks = (
        Paragraph("第一条 甲。", Place(page=2), ocr=True),
        Paragraph("第二条 自公布之日起施行。", Place(page=3)),
    )
    (text,) = parse_statute(ReadDocument("a.pdf", Format.PDF, blocks, pages=3), STATUTE)
    assert [(row.page, row.place, row.ocr) for row in text.rows] == [(2, "第2页", True), (3, "第3页", False)]
