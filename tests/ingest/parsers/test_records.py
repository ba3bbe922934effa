"""Which documents are read for records, what becomes of a failure, and how doubts are summed up."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

import ingest.parsers.exemptions
from corpus.discretion.model import (
    NO_RECORDS,
    DiscretionRecords,
    DiscretionStandard,
    Doubt,
    ExemptionItem,
    ListEffect,
    Mode,
    Spot,
)
from corpus.vocabulary import FindingKind, Severity
from ingest.parsers import parse
from ingest.parsers.records import FAILED, summaries
from ingest.readers import read_document
from ingest.readers.model import FileUnreadable
from ingest.record_files import records_of_file
from ingest.sources.text import SourceText

LIST = """# 示范市轻微违法行为不予行政处罚清单（示例）

| 序号 | 违法行为 | 适用条件 |
|---|---|---|
| 1 | 未按时备案 | 同时满足下列情形的，不予行政处罚：1.首次违法；2.及时改正。 |
| 2 | 未建立台账 | 同时满足下列情形的，不予行政处罚：1.首次违法；2.及时改正。 |
"""
RULES = """# 示范市行政处罚裁量权适用规则（示例）

第一条 为了规范行政处罚裁量权，制定本规则。

第二条 本规则所称以上、以下均包括本数。

第三条 当事人有下列情形之一的，应当从轻处罚：
（一）主动消除违法行为危害后果的；
（二）受他人胁迫实施违法行为的。
"""
STATUTE = """# 示范市养犬管理条例（示例）

第一条 为了规范养犬行为，制定本条例。

第二条 未束犬链的，处五十元以上二百元以下罚款。
"""


def parsed(words: str, name: str) -> SourceText:
    (text,) = parse(read_document(words.encode(), name), name)
    return text


def test_a_list_has_its_entries_beside_its_rows() -> None:
    text = parsed(LIST, "清单.md")
    assert [item.violation for item in text.records.items] == ["未按时备案", "未建立台账"]
    assert len(text.rows) == 2


def test_rules_of_application_are_read_from_a_document_of_articles() -> None:
    text = parsed(RULES, "规则.md")
    assert text.records.rules is not None
    assert text.records.rules.bounds is not None
    assert text.records.rules.bounds.below_included
    assert len(text.rows) == 3


ARTICLES = "第一条 本规定所称以上包括本数，以下不包括本数。\n\n第二条 裁量标准见附表。\n\n"
ENTRIES = LIST.split("\n\n")[1]
STEPS = """| 序号 | 违法行为 | 法律依据 | 裁量阶次 | 适用条件 | 裁量幅度 |
|---|---|---|---|---|---|
| 1 | 未束犬链 | 《示范市养犬管理条例》第二条 | 较轻 | 首次 | 处50元以上100元以下罚款 |
| 2 | 未办登记 | 《示范市养犬管理条例》第三条 | 一般 | 再次 | 处100元以上200元以下罚款 |
"""
GRADES = """| 序号 | 违法行为 | 处罚依据 | 减轻处罚 | 从轻处罚 | 从重处罚 |
|---|---|---|---|---|---|
| 1 | 未束犬链 | 《示范市养犬管理条例》第二条 | 处50元以下罚款 | 处50元以上100元以下罚款 | 处200元罚款 |
"""


@pytest.mark.parametrize(
    ("title", "words", "standards", "items", "rules"),
    [
        ("示范市养犬行政处罚裁量基准", STEPS, 2, 0, False),
        ("示范市行政处罚裁量权适用规定", ARTICLES + STEPS, 2, 0, True),
        ("示范市裁量权基准（轻微违法不予处罚部分）", ENTRIES, 0, 2, False),
        ("示范市柔性执法事项清单", ENTRIES, 0, 2, False),
        ("示范市执法事项清单", ENTRIES, 0, 0, False),
        ("示范市养犬管理规定", ARTICLES + ENTRIES, 0, 2, False),
        ("示范市行政处罚裁量权适用规定", ARTICLES, 0, 0, True),
        ("示范市减轻从轻从重处罚清单", GRADES, 1, 0, False),
    ],
    ids=[
        "benchmark",
        "articles and table",
        "list in a benchmark",
        "list by its title",
        "ordinary list",
        "list below articles",
        "rules",
        "benchmark by its columns",
    ],
)
def test_what_is_read_follows_kind_and_title(title: str, words: str, standards: int, items: int, rules: bool) -> None:
    found = parsed(f"# {title}（示例）\n\n{words}", f"{title}.md").records
    assert (len(found.standards), len(found.items), found.rules is not None) == (standards, items, rules)


def test_an_ordinary_text_has_no_records() -> None:
    assert not parsed(STATUTE, "条例.md").records


def test_records_are_part_of_the_digest() -> None:
    text = parsed(LIST, "清单.md")
    first, second = text.records.items
    otherwise = dataclasses.replace(text.records, items=(first, dataclasses.replace(second, joint=not second.joint)))
    assert text.digest == parsed(LIST, "清单.md").digest
    assert len({dataclasses.replace(text, records=r).digest for r in (text.records, otherwise, NO_RECORDS)}) == 3


def test_a_failure_of_the_records_loses_no_text(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object) -> DiscretionRecords:
        raise ZeroDivisionError("no columns")

    monkeypatch.setattr(ingest.parsers.exemptions, "read_exemptions", fails)
    text = parsed(LIST, "清单.md")
    assert len(text.rows) == 2
    assert not text.records
    (fault,) = [f for f in text.faults if f.message.startswith(FAILED)]
    assert (fault.kind, fault.severity) == (FindingKind.NEEDS_REVIEW, Severity.WARNING)
    assert "ZeroDivisionError" in fault.message


def test_doubts_are_summed_up_by_their_kind() -> None:
    def standard(number: int, *codes: str) -> DiscretionStandard:
        doubts = tuple(Doubt(code, f"{code}：{number}", Spot(page=number)) for code in codes)
        return DiscretionStandard(f"§{number}", Mode.WEIGHTED, "示例", doubts=doubts)

    records = DiscretionRecords(
        (standard(1, "a", "a"), standard(2, "a", "b"), standard(3)),
        (ExemptionItem("7", "示例", ListEffect.UNREAD, doubts=(Doubt("c", "效果未读出"),)),),
        doubts=(Doubt("d", "第一张表未读出"), Doubt("d", "第二张表未读出")),
    )
    assert [fault.message for fault in summaries(records)] == [
        "第一张表未读出（共 2 处）",
        "2 条裁量记录待核对（§1、§2）。例：§1第1页：a：1",
        "1 条裁量记录待核对（§2）。例：§2第2页：b：2",
        "1 条裁量记录待核对（7）。例：7：效果未读出",
    ]


def test_remarks_on_the_columns_of_many_tables_are_one_line_that_loses_no_word() -> None:
    second = LIST.split("\n\n")[1].replace("适用条件", "免罚条件").replace("违法行为", "违法情形")
    text = parsed(f"{LIST}\n另附：\n\n{second}", "清单.md")
    (fault,) = [f for f in text.faults if f.kind is FindingKind.NEEDS_REVIEW and f.severity is Severity.INFO]
    assert fault.message.startswith("正文逐行收录时，2 组表格")
    assert len(fault.text.splitlines()) == 2
    assert "免罚条件" in fault.text


def test_files_are_read_without_a_store(tmp_path: Path) -> None:
    (tmp_path / "清单.md").write_text(LIST, encoding="utf-8")
    (tmp_path / "条例.md").write_text(STATUTE, encoding="utf-8")
    (text,) = records_of_file(tmp_path / "清单.md")
    assert (text.title, text.source, len(text.records.items)) == (
        "示范市轻微违法行为不予行政处罚清单（示例）",
        "清单.md",
        2,
    )
    with pytest.raises(FileUnreadable, match="没有读到裁量标准"):
        records_of_file(tmp_path / "条例.md")
    with pytest.raises(FileUnreadable):
        records_of_file(tmp_path / "没有.pdf")
