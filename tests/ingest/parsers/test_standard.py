"""Clauses of standards come out by their numbers, also where the print has lost the points between the digits."""

from __future__ import annotations

import datetime as dt

import pytest

from corpus.vocabulary import DocumentKind, EffectLevel, FindingKind
from ingest.identify.profile import Profile
from ingest.parsers.standard import looks_like_standard, parse_standard
from ingest.parsers.standard_clauses import Number, clause_of
from ingest.readers.model import Cell, Format, Paragraph, ReadDocument, Table
from ingest.sources.text import SourceText

COVER = ("中华人民共和国国家标准", "ＧＢ９９９９９—２００８", "示例场所噪声排放标准")
DATES = ("２００８—０８—１９发布", "２００８—１０—０１实施")
BODY = (
    "前言",
    "为示例，制定本标准。",
    "示例场所噪声排放标准",
    "１适用范围",
    "本标准规定了限值。",
    "２限值",
    "２.１边界限值",
    "２.１.１边界噪声不得超过表１规定的限值。",
    "２.１.２夜间不得高于１０ｄＢ（Ａ）。",
)


def document(*lines: str, table: Table | None = None) -> ReadDocument:
    blocks = tuple(Paragraph(line) for line in lines)
    return ReadDocument("示例.pdf", Format.PDF, blocks + ((table,) if table else ()))


def parse(read: ReadDocument) -> SourceText:
    (text,) = parse_standard(read, Profile("示例", DocumentKind.STANDARD, EffectLevel.NONE))
    return text


def test_a_standard_has_its_number_name_and_days() -> None:
    text = parse(document(*COVER, *DATES, *BODY))
    assert (text.number, text.title) == ("GB 99999-2008", "示例场所噪声排放标准")
    assert (text.published, text.effective) == (dt.date(2008, 8, 19), dt.date(2008, 10, 1))


def test_clauses_are_rows_under_their_headings_and_the_number_of_the_standard() -> None:
    text = parse(document(*COVER, *BODY))
    found = {row.label: row for row in text.rows}
    assert list(found) == ["封面", "前言", "1", "2.1.1", "2.1.2"]
    row = found["2.1.2"]
    assert row.text == "夜间不得高于１０ｄＢ（Ａ）。"
    assert (row.part, row.chapter, row.section) == ("GB 99999-2008", "2 限值", "2.1 边界限值")


def test_a_table_is_kept_row_by_row_under_its_printed_number() -> None:
    cells = (Cell("类别", 0, 0), Cell("昼间", 0, 1), Cell("1", 1, 0), Cell("55", 1, 1))
    table = Table(cells, rows=2, columns=2, header_rows=1, caption="表３ 限值")
    row = parse(document(*COVER, *BODY, table=table)).rows[-1]
    assert (row.label, row.text) == ("表3第2行", "类别：1\n昼间：55")


def test_points_that_the_print_lost_are_restored_by_the_order_of_the_clauses_and_reported() -> None:
    text = parse(document(*COVER, *(line.replace(".", "") for line in BODY)))
    assert [row.label for row in text.rows][-2:] == ["2.1.1", "2.1.2"]
    assert [fault.kind for fault in text.faults] == [FindingKind.NEEDS_REVIEW]
    assert "2.1.2" in text.faults[0].text


@pytest.mark.parametrize(
    ("text", "after", "expected"),
    [
        ("4.1.2 限值", (4, 1, 1), (4, 1, 2)),
        ("４.１.２限值", (4, 1, 1), (4, 1, 2)),
        ("4.2 限值", (4, 1, 3), (4, 2)),
        ("5 测量方法", (4, 2, 1), (5,)),
        ("3.2", (3, 1), (3, 2)),
        ("４１２限值", (4, 1, 1), (4, 1, 2)),
        ("5.3.3.1 当有围墙时", (5, 3, 3), (5, 3, 3, 1)),
        ("10 dB 以内不修正", (5, 1, 1), None),
        ("2.5 倍以上的", (4, 1, 1), None),
        ("55", (4, 1, 1), None),
        ("2008年8月19日", (4, 1, 1), None),
        ("9.1 限值", (4, 1, 1), None),
    ],
)
def test_a_number_opens_a_clause_only_where_it_can_follow(text: str, after: Number, expected: Number | None) -> None:
    clause = clause_of(text, after)
    assert (clause.number if clause else None) == expected


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ((*COVER, *BODY), True),
        (("HJ 999-2020", "技术规范（示例）", "1.1 甲", "1.2 乙"), True),
        (("关于执行GB99999-2008的通知（示例）", "一、甲", "二、乙"), False),
        (("示例条例", "第一条 依照GB 99999-2008。", "第二条 乙。", "第三条 丙。", "1.1 甲", "1.2 乙"), False),
    ],
)
def test_only_numbered_standards_with_clauses_look_like_standards(lines: tuple[str, ...], expected: bool) -> None:
    assert looks_like_standard(document(*lines)) is expected
