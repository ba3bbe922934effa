"""Guidance is cited by its own numbering; a notice and what it issues are told apart; lists stay whole."""

from __future__ import annotations

import datetime as dt

import pytest

from corpus.vocabulary import DocumentKind, EffectLevel
from ingest.identify.profile import Profile
from ingest.parsers.guidance import looks_like_guidance, parse_guidance
from ingest.readers import read_document
from ingest.readers.model import Cell, Format, Paragraph, ReadDocument, Table
from ingest.sources.text import SourceText

GUIDE = """# 示范市噪声执法工作指引（示例）

为规范执法，制定本指引。

一、适用范围

本指引适用于本市。

二、检查要点

（一）现场检查。应当查明下列事项：

1.噪声源；

2.时段。

（二）取证。

制作笔录。

三、下列情形不予处罚：

（一）首次违法；

（二）及时改正。

示范市生态环境局

2023年4月10日
"""

NOTICE = """# 关于印发《示范市噪声执法工作指引（示例）》的通知

各区局：

现将《示范市噪声执法工作指引（示例）》印发给你们，请遵照执行。

示范市生态环境局

2024年5月6日

附件

示范市噪声执法工作指引（示例）

一、适用范围

本指引适用于本市。
"""


def parse(document: ReadDocument, title: str) -> SourceText:
    (text,) = parse_guidance(document, Profile(title, DocumentKind.GUIDANCE, EffectLevel.NONE))
    return text


def read(text: str) -> ReadDocument:
    return read_document(text.encode(), "示例.md")


def rows(text: str, title: str = "示范市噪声执法工作指引（示例）") -> dict[str, str]:
    return {row.label: row.text for row in parse(read(text), title).rows}


def test_rows_are_labelled_by_the_numbers_that_people_cite() -> None:
    found = rows(GUIDE)
    assert list(found) == ["引言", "一", "二、（一）", "二、（二）", "三"]
    assert found["二、（二）"] == "取证。\n制作笔录。"


def test_a_list_that_a_colon_announces_stays_with_its_announcement() -> None:
    found = rows(GUIDE)
    assert found["二、（一）"] == "现场检查。应当查明下列事项：\n1.噪声源；\n2.时段。"
    assert found["三"].startswith("下列情形不予处罚：\n（一）首次违法；\n（二）及时改正。")


def test_headings_stand_above_their_rows_as_printed() -> None:
    text = parse(read(GUIDE), "示范市噪声执法工作指引（示例）")
    assert {row.label: row.chapter for row in text.rows}["二、（一）"] == "二、检查要点"


def test_the_day_under_the_signature_dates_a_guide_without_another_date() -> None:
    assert parse(read(GUIDE), "示范市噪声执法工作指引（示例）").published == dt.date(2023, 4, 10)


def test_a_day_in_running_text_dates_nothing() -> None:
    text = GUIDE.replace("2023年4月10日", "自2023年4月10日起，各区应当每月报送。")
    assert parse(read(text), "示范市噪声执法工作指引（示例）").published is None


def test_a_notice_is_a_row_before_the_guide_that_it_issues() -> None:
    text = parse(read(NOTICE), "关于印发《示范市噪声执法工作指引（示例）》的通知")
    assert [(row.label, row.part) for row in text.rows] == [
        ("印发通知", None),
        ("一", "示范市噪声执法工作指引（示例）"),
    ]
    assert text.published == dt.date(2024, 5, 6)


def test_units_of_several_annexes_carry_the_annexes_mark() -> None:
    text = NOTICE.replace("附件\n", "附件1\n") + "\n附件2\n\n联系单\n\n一、填报要求\n\n按月填报。\n"
    labels = [row.label for row in parse(read(text), "关于印发《示范市噪声执法工作指引（示例）》的通知").rows]
    assert labels == ["印发通知", "附件1 一", "附件2 一"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# 解答（示例）\n\n问：何时听证？\n\n答：依申请。\n\n问：期限？\n\n答：五日。\n", ["问1", "问2"]),
        ("# 解答（示例）\n\n1. 何时听证？\n\n答：依申请。\n\n2. 期限？\n\n答：五日。\n", ["1", "2"]),
        (
            "# 解答（示例）\n\n问题一：何时听证？\n\n答：依申请。\n\n问题二：期限？\n\n答：五日。\n",
            ["问题一", "问题二"],
        ),
    ],
)
def test_a_question_and_its_answer_are_one_row(text: str, expected: list[str]) -> None:
    found = rows(text, "解答（示例）")
    assert list(found) == expected
    assert all("？" in words and "答：" in words for words in found.values())


def test_headings_without_numbers_label_their_rows() -> None:
    found = rows("# 手册（示例）\n\n## 亮证\n\n出示证件。\n\n## 告知\n\n告知权利。\n", "手册（示例）")
    assert found == {"亮证": "出示证件。", "告知": "告知权利。"}


def test_guidance_without_any_numbering_is_one_row() -> None:
    assert rows("# 提示（示例）\n\n请注意安全。\n\n请及时报告。\n", "提示（示例）") == {
        "全文": "请注意安全。\n请及时报告。"
    }


def test_a_table_is_kept_row_by_row_behind_the_unit_that_holds_it() -> None:
    table = Table(
        (Cell("环节", 0, 0), Cell("时限", 0, 1), Cell("检查", 1, 0), Cell("三日", 1, 1)),
        rows=2,
        columns=2,
        header_rows=1,
    )
    blocks = (Paragraph("一、时限要求"), Paragraph("见下表。"), table, Paragraph("超期的说明理由。"))
    text = parse(ReadDocument("示例.docx", Format.DOCX, blocks), "指引（示例）")
    assert [(row.label, row.text) for row in text.rows] == [
        ("一", "见下表。\n超期的说明理由。"),
        ("表1第2行", "环节：检查\n时限：三日"),
    ]
    assert text.rows[1].fields == (("环节", "检查"), ("时限", "三日"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (GUIDE, True),
        (NOTICE, True),
        ("# 示范市养犬管理办法（示例）\n\n第一条 甲。\n\n第二条 乙。\n\n第三条 丙。\n", False),
        ("# 关于印发办法的通知（示例）\n\n第一条 甲。\n\n第二条 乙。\n\n第三条 丙。\n", False),
        ("# 值班表\n\n一、早班\n\n甲。\n", False),
    ],
)
def test_only_guidance_without_articles_looks_like_guidance(text: str, expected: bool) -> None:
    assert looks_like_guidance(read(text)) is expected
