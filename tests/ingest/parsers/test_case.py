"""Cases come out section by section, each case of a collection under its own name, and no word is lost."""

from __future__ import annotations

import datetime as dt

import pytest

from corpus.vocabulary import DocumentKind, EffectLevel
from ingest.identify.profile import Profile
from ingest.parsers.case import looks_like_case, parse_cases
from ingest.readers import read_document
from ingest.readers.model import ReadDocument
from ingest.sources.text import SourceText

ONE_CASE = """# 示范市某店停用油烟净化器案

（示例）

2026年3月1日

## 关键词

油烟

## 基本案情

某店拔掉电源。

经查，连续三日未开机。

## 处理结果

责令改正，处罚款5000元。

## 典型意义

装了还要开。
"""

COLLECTION = """# 示范市执法典型案例（第一批）

为发挥指引作用，示范市从全市报送的案件中选出下列两件予以公布，供各区执法单位办理同类案件时参考，请结合实际学习。

案例一：某公司堆放建材占道案

【基本案情】

甲。

【处罚结果】

乙。

案例二：某店噪声扰民案

【基本案情】

丙。

【处罚结果】

丁。
"""


def read(text: str) -> ReadDocument:
    return read_document(text.encode(), "示例.md")


def parse(text: str, title: str) -> list[SourceText]:
    return parse_cases(read(text), Profile(title, DocumentKind.CASE, EffectLevel.NONE, region="示范市"))


def labels(text: SourceText) -> list[str]:
    return [row.label for row in text.rows]


def test_each_section_is_a_row_under_its_printed_name() -> None:
    (case,) = parse(ONE_CASE, "示范市某店停用油烟净化器案")
    assert labels(case) == ["关键词", "基本案情", "处理结果", "典型意义"]
    assert case.rows[1].text == "某店拔掉电源。\n经查，连续三日未开机。"
    assert (case.kind, case.level, case.region) == (DocumentKind.CASE, EffectLevel.NONE, "示范市")


def test_the_day_printed_above_the_first_section_dates_the_case() -> None:
    (case,) = parse(ONE_CASE, "示范市某店停用油烟净化器案")
    assert case.published == dt.date(2026, 3, 1)
    assert "示例" in case.annotation


def test_a_case_without_a_printed_day_stays_undated() -> None:
    (case,) = parse(ONE_CASE.replace("2026年3月1日", ""), "示范市某店停用油烟净化器案")
    assert case.published is None


@pytest.mark.parametrize(
    "head",
    [
        "## 基本案情",
        "【基本案情】",
        "**基本案情**",
        "一、基本案情",
        "（一）基本案情",
        "基本案情：",
        "1．基本案情",
    ],
)
def test_a_section_is_known_however_its_name_is_printed(head: str) -> None:
    (case,) = parse(f"# 某店案\n\n{head}\n\n甲事实。\n\n【处理结果】\n\n乙结果。\n", "某店案")
    assert [(row.label, row.text) for row in case.rows] == [("基本案情", "甲事实。"), ("处理结果", "乙结果。")]


def test_words_on_the_line_of_the_sections_name_belong_to_it() -> None:
    (case,) = parse("# 某店案\n\n【基本案情】甲事实。\n\n乙事实。\n\n处理结果：丙。\n", "某店案")
    assert [(row.label, row.text) for row in case.rows] == [("基本案情", "甲事实。\n乙事实。"), ("处理结果", "丙。")]


@pytest.mark.parametrize(
    "sentence",
    ["本案基本案情清楚。", "处理结果应当公开，不得隐瞒。", "当事人对案情没有异议。", "法律依据不足的，不得处罚。"],
)
def test_running_text_that_names_a_section_opens_none(sentence: str) -> None:
    (case,) = parse(f"# 某店案\n\n【基本案情】\n\n甲。\n\n{sentence}\n", "某店案")
    assert labels(case) == ["基本案情"]
    assert sentence in case.rows[0].text


def test_the_rule_printed_above_the_cases_name_heads_its_rows() -> None:
    text = "# 停用设施视为未正常使用\n\n## 某店油烟纠纷案\n\n## 基本案情\n\n甲。\n\n## 裁判要旨\n\n乙。\n"
    (case,) = parse(text, "停用设施视为未正常使用")
    assert case.title == "某店油烟纠纷案"
    assert {row.part for row in case.rows} == {"停用设施视为未正常使用"}


def test_each_case_of_a_collection_is_a_document_of_its_own() -> None:
    foreword, first, second = parse(COLLECTION, "示范市执法典型案例（第一批）")
    assert (foreword.title, labels(foreword)) == ("示范市执法典型案例（第一批）", ["引言"])
    assert (first.title, second.title) == ("某公司堆放建材占道案", "某店噪声扰民案")
    assert [row.text for row in second.rows] == ["丙。", "丁。"]
    assert {row.part for row in first.rows} == {"示范市执法典型案例（第一批）"}


def test_cases_of_one_name_in_one_file_are_told_apart_by_their_numbers() -> None:
    text = COLLECTION.replace("某店噪声扰民案", "某公司堆放建材占道案")
    _, first, second = parse(text, "示范市执法典型案例（第一批）")
    assert (first.title, second.title) == ("某公司堆放建材占道案（案例一）", "某公司堆放建材占道案（案例二）")


def test_a_list_of_the_cases_before_them_opens_none() -> None:
    listed = "案例一：某公司堆放建材占道案\n\n案例二：某店噪声扰民案\n\n案例三：丙案\n\n"
    text = COLLECTION.replace("案例一：", f"{listed}案例一：", 1)
    titles = [case.title for case in parse(text, "示范市执法典型案例（第一批）")]
    assert titles == ["示范市执法典型案例（第一批）", "某公司堆放建材占道案", "某店噪声扰民案"]


def test_cases_without_names_are_cited_by_the_collection_and_their_number() -> None:
    text = "# 示例案例选\n\n案例一\n\n【基本案情】\n\n甲。\n\n案例二\n\n【基本案情】\n\n乙。\n"
    assert [case.title for case in parse(text, "示例案例选")] == ["示例案例选案例一", "示例案例选案例二"]


def test_facts_told_anew_open_the_next_case() -> None:
    first, second = "甲店占道\n\n【基本案情】\n\n甲。\n\n【处理结果】\n\n罚。\n\n", "乙店噪声\n\n【基本案情】\n\n乙。\n"
    text = f"# 示例案例选\n\n{first}{second}"
    assert [case.title for case in parse(text, "示例案例选")] == ["甲店占道", "乙店噪声"]


def test_a_case_without_sections_is_kept_whole() -> None:
    (case,) = parse("# 某店案\n\n某店卖过期面包，被责令改正。\n\n当事人服从。\n", "某店案")
    assert [(row.label, row.text) for row in case.rows] == [("全文", "某店卖过期面包，被责令改正。\n当事人服从。")]


def test_a_section_without_words_is_reported() -> None:
    (case,) = parse("# 某店案\n\n【基本案情】\n\n甲。\n\n【处理结果】\n", "某店案")
    assert [fault.label for fault in case.faults] == ["处理结果"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (ONE_CASE, True),
        (COLLECTION, True),
        ("# 示范市养犬条例（示例）\n\n第一条 甲。\n\n第二条 乙。\n\n第三条 丙。\n", False),
        ("# 关于开展检查的通知（示例）\n\n一、基本要求\n\n甲。\n\n二、处理结果报送\n\n乙。\n", False),
        ("# 工作方案（示例）\n\n一、总体要求\n\n甲。\n", False),
    ],
)
def test_only_cases_look_like_cases(text: str, expected: bool) -> None:
    assert looks_like_case(read(text)) is expected


def test_every_word_of_a_case_is_in_a_row_a_label_or_the_note_under_the_title() -> None:
    (case,) = parse(ONE_CASE, "示范市某店停用油烟净化器案")
    kept = case.title + case.annotation + "".join(row.label + row.text for row in case.rows)
    assert sorted(c for p in read(ONE_CASE).paragraphs() for c in "".join(p.text.split())) == sorted(
        "".join(kept.split())
    )
