"""Violations of a benchmark (分节): headings, ids, chapters, pages; many in one table; tables of rows handed on."""

from __future__ import annotations

from dataclasses import replace

import pytest

from corpus.discretion.model import DiscretionRecords, Mode
from ingest.readers.model import Block, Note, NoteKind, Paragraph, Place
from tests.ingest.lists.tables import LEFT, table
from tests.ingest.parsers.benchmarks.section_tables import FACTORS, L, codes, law, on_pages, read, weighted

TIERS = [*law(3), ["违法行为", "次数", "罚款"], ["甲", "1次", "1万元"], ["^", "2次", "2万元"]]


def tiers() -> Block:
    return table(TIERS)


def facts(records: DiscretionRecords) -> list[tuple[str, str, str, str]]:
    return [(s.id, s.chapter, s.heading_no, s.title) for s in records.standards]


def test_headings_above_each_table() -> None:
    records = read(
        "第一章　登记类", "一、未登记", "§1.1 裁量标准", tiers(),
        "二、未变更登记", "§1.2 裁量标准", table(weighted(FACTORS)),
        "第二章　其他类", "一、未公示", "§2.1 裁量标准", tiers(),
    )  # fmt: skip
    assert facts(records) == [
        ("§1.1", "第一章 登记类", "一", "未登记"),
        ("§1.2", "第一章 登记类", "二", "未变更登记"),
        ("§2.1", "第二章 其他类", "一", "未公示"),
    ]
    assert [s.mode for s in records.standards] == [Mode.TIERED, Mode.WEIGHTED, Mode.TIERED]
    assert [s.doubts for s in records.standards] == [(), (), ()]


def test_a_part_without_a_heading_has_that_of_the_part_before() -> None:
    records = read(
        "第一章　登记类", "五、未登记", "§1.5.1 裁量标准", tiers(), "§1.5.2 裁量标准", tiers(), "§1.5.3", tiers()
    )
    assert facts(records)[1:] == [(f"§1.5.{n}", "第一章 登记类", "五", "未登记") for n in (2, 3)]
    assert [s.title_inherited_from for s in records.standards] == [None, "§1.5.1", "§1.5.1"]


def test_a_table_of_another_number_inherits_nothing() -> None:
    records = read("五、未登记", "§1.5 裁量标准", tiers(), "§1.6 裁量标准", tiers())
    assert records.standards[1].title_inherited_from is None
    assert records.standards[1].title == "甲"  # the words of the violation's own column


def test_an_id_printed_twice_is_corrected_by_the_number_of_the_heading() -> None:
    records = read("十七、甲", "§8.17", tiers(), "十八、乙", "§8.17", tiers(), "十九、丙", "§8.19", tiers())
    assert [(s.id, s.printed_id) for s in records.standards] == [
        ("§8.17", ""), ("§8.18", "§8.17"), ("§8.19", ""),
    ]  # fmt: skip
    assert codes(records.standards[1]) == []


@pytest.mark.parametrize("heading", ["十九、乙", "乙"], ids=["the right number is taken", "no number"])
def test_an_id_printed_twice_without_proof_is_made_unique_and_in_doubt(heading: str) -> None:
    records = read("十七、甲", "§8.17", tiers(), heading, "§8.17", tiers(), "十九、丙", "§8.19", tiers())
    assert [s.id for s in records.standards] == ["§8.17", "§8.17（2）", "§8.19"]
    assert codes(records.standards[1]) == ["id_repeated"]


def test_ids_where_none_is_printed_come_from_chapter_and_heading() -> None:
    records = read("第三章　登记类", "一、甲", tiers(), "二、乙", tiers(), "丙", tiers())
    assert [s.id for s in records.standards] == ["3.1", "3.2", "3"]


def test_an_id_without_a_table_is_told() -> None:
    records = read("一、甲", "§1.1 裁量标准", "二、乙", "§1.2 裁量标准", tiers())
    assert [s.id for s in records.standards] == ["§1.2"]
    assert [d.code for d in records.doubts] == ["section_without_table"]
    assert "§1.1" in records.doubts[0].message


def test_many_violations_in_one_table_as_on_a_sheet() -> None:
    def wide(rows: list[list[str]]) -> list[list[str]]:
        return [[*row[:2], LEFT, *row[2:]] if len(row) == 3 else row for row in rows]

    rows = [
        ["第一章　登记类", L, L, L],
        ["一、未登记", L, L, L],
        *wide(TIERS),
        ["二、未变更登记", L, L, L],
        *weighted(FACTORS),
        *wide(TIERS),
    ]
    records = read(table(rows, sheet="登记"))
    assert [(s.mode, s.chapter, s.title) for s in records.standards] == [
        (Mode.TIERED, "第一章 登记类", "未登记"),
        (Mode.WEIGHTED, "第一章 登记类", "未变更登记"),
        (Mode.TIERED, "第一章 登记类", "甲"),
    ]
    assert [s.spot.row for s in records.standards] == [3, 9, 18]
    assert {s.sheet for s in records.standards} == {"登记"}
    assert [s.doubts for s in records.standards] == [(), (), ()]


def test_pages_run_from_the_heading_to_the_last_row() -> None:
    heading = (Paragraph("一、甲", Place(page=4)), Paragraph("§1.1", Place(page=4)))
    (standard,) = read(*heading, on_pages(table(TIERS), {0: 5, 4: 6})).standards
    assert standard.pages == (4, 5, 6)
    assert standard.spot.page == 5  # where its table begins


def test_what_the_reader_doubts_is_told_by_the_records_of_its_page() -> None:
    note = Note(NoteKind.DOUBTFUL, "“（”单独成行，找不到它所属的位置，请与原件核对。", Place(page=2), "（")
    first, second = on_pages(table(TIERS), {0: 1}), on_pages(table(TIERS), {0: 2})
    records = read("一、甲", first, "二、乙", second, notes=[note])
    assert [codes(s) for s in records.standards] == [[], ["reader_in_doubt"]]


def test_what_was_read_from_a_picture_is_in_doubt() -> None:
    made = table(TIERS)
    made = replace(made, cells=tuple(replace(cell, ocr=True) for cell in made.cells))
    assert codes(read("一、甲", made).standards[0]) == ["read_from_picture"]


def test_law_is_split_and_its_whole_text_kept() -> None:
    (standard,) = read("一、甲", tiers()).standards
    assert [b.written for b in standard.violated] == ["《示范市示例管理办法》第五条"]
    assert [b.written for b in standard.basis] == ["《示范市示例管理办法》第二十条第一款"]
    assert standard.basis_text.endswith("处2万元以上20万元以下的罚款。")
    assert [(r.fine.minimum, r.fine.maximum) for r in standard.legal_ranges] == [(20000, 200000)]


def test_law_that_names_no_article_is_in_doubt_and_a_dash_is_none() -> None:
    rows = [["违反条款", "——", L], ["处罚依据", "按照有关规定处罚。", L], *TIERS[2:]]
    (standard,) = read("一、甲", table(rows)).standards
    assert standard.violated == ()
    assert standard.violated_text == "——"
    assert codes(standard) == ["basis_not_read"]


def test_a_name_over_several_values_is_the_name_of_each() -> None:
    first, second = "《示范市示例管理办法》第二十条　处罚。", "《示范市示例管理办法》第二十一条　处罚。"
    rows = [["违反条款", "——", L], ["处罚依据", first, L], ["^", second, L], ["^", "^", "^"], *TIERS[2:]]
    (standard,) = read("一、甲", table(rows)).standards
    assert standard.basis_text == f"{first}\n{second}"


def test_pairs_that_no_field_holds_stay_in_the_remark() -> None:
    rows = [["实施主体", "示范市示例局", L], *TIERS, ["备注", "本表所称次数含本次。", L]]
    (standard,) = read("一、甲", table(rows)).standards
    assert standard.remark == "本表所称次数含本次。\n实施主体：示范市示例局"


def test_a_table_of_rows_beside_sections_is_handed_on() -> None:
    rows = [
        ["序号", "违法行为", "处罚依据", "裁量阶次", "违法情节", "裁量幅度"],
        [
            "1",
            "乱停放",
            "《示范市示例管理办法》第三十条　处100元以上500元以下的罚款。",
            "轻微",
            "初次",
            "100元以上200元以下",
        ],
        ["^", "^", "^", "严重", "多次", "200元以上500元以下"],
    ]
    records = read("一、甲", tiers(), "二、其他", table(rows))
    assert [(s.title, len(s.tiers)) for s in records.standards] == [("甲", 2), ("乱停放", 2)]
    assert records.doubts == ()


def test_what_the_document_says_of_its_bounds_is_recorded() -> None:
    records = read("本基准所称“以上”包括本数，“以下”不包括本数。", "一、甲", tiers())
    assert records.bounds is not None
    assert (records.bounds.above_included, records.bounds.below_included) == (True, False)
    assert read("一、甲", tiers()).bounds is None


def test_hidden_rows_are_no_tiers() -> None:
    (standard,) = read("一、甲", table(TIERS, hidden=[4], sheet="表")).standards
    assert [dict(tier.when) for tier in standard.tiers] == [{"次数": "1次"}]
