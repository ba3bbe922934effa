"""Records against verified ones: what agrees counts, and every kind of mistake is found, named and placed."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from corpus.discretion.export import RecordsOfText, records_as_published
from corpus.discretion.model import (
    Basis,
    DiscretionRecords,
    DiscretionStandard,
    ExemptionItem,
    Factor,
    Fine,
    FineKind,
    Formula,
    LegalRange,
    ListEffect,
    Mode,
    Option,
    Tier,
)
from corpus.errors import InvalidInput, SourceUnreadable
from evals.cli import app
from evals.discretion import Read, Result, TextRead, discretion_tables, evaluate
from evals.discretion_gold import Gold, read_gold
from evals.discretion_marks import aligned

LAW = Basis("《示范市油烟管理办法》第三条", (), "经营者应当安装油烟净化设施。")
RANGE = LegalRange(Fine("处1万元以上10万元以下罚款", FineKind.RANGE, Decimal(10000), Decimal(100000)))
WEIGHTED = DiscretionStandard(
    "§1.1",
    Mode.WEIGHTED,
    "未安装油烟净化设施（示例）",
    chapter="第一章 油烟",
    behaviours=("未安装油烟净化设施（示例）",),
    violated=(LAW,),
    basis=(LAW,),
    legal_ranges=(RANGE,),
    factors=(
        Factor("持续时间", (Option("1个月以下", Fraction(0), "0%"), Option("1个月以上", Fraction(100, 3), "1/3"))),
        Factor("次数", (Option("1次", Fraction(0), "0%"), Option("2次以上", Fraction(30), "30%"))),
    ),
    formulas=(Formula(Fraction(20), multiplier=Decimal(100000), cap=Fraction(100)),),
    remark="罚款金额＝裁量百分值总和×10万元。",
    pages=(3, 4),
)
TIERED = DiscretionStandard(
    "§1.2",
    Mode.TIERED,
    "占道经营（示例）",
    axes=("次数",),
    fine_columns=("罚款",),
    tiers=(
        Tier((("罚款", Fine("200元以下", FineKind.UPTO, Decimal(0), Decimal(200))),), (("次数", "首次"),), pages=(5,)),
        Tier(
            (("罚款", Fine("200元以上1000元以下", FineKind.RANGE, Decimal(200), Decimal(1000))),),
            (("次数", "再次"),),
            pages=(5,),
        ),
        Tier((("罚款", Fine("1000元", FineKind.FIXED, Decimal(1000), Decimal(1000))),), catch_all="造成事故的"),
    ),
    pages=(5,),
)
ITEM = ExemptionItem(
    "1",
    "未按时备案（示例）",
    ListEffect.NOT_PUNISH,
    lead="同时满足下列情形的，不予行政处罚：",
    conditions=("首次违法；", "及时改正。"),
    provisions=(LAW,),
    pages=(1,),
)
TEXT = RecordsOfText(
    "示范市裁量基准（示例）", "示范市", "示例.xlsx", DiscretionRecords((WEIGHTED, TIERED), (ITEM,), ("一、示例。",))
)
EXAMPLE = {
    "choose": {"持续时间": "1个月以上", "次数": "2次以上"},
    "total_percent": 83.333333,
    "fine_yuan": 83333.33,
    "within_legal_range": True,
}


def gold_of(text: RecordsOfText = TEXT) -> Gold:
    """Gold that agrees with the text in everything."""
    published = copy.deepcopy(records_as_published([text]))
    return Gold("own", standards=published["standards"], items=published["items"], remarks=text.records.remarks)


def judged(gold: Gold, text: RecordsOfText = TEXT) -> Result:
    return evaluate([gold], Read([TextRead.of(text)]))


def differing(result: Result) -> list[tuple[str, str]]:
    return [(d.record, d.field) for d in result.marks.differences]


def test_records_agree_with_themselves() -> None:
    result = judged(gold_of())
    assert result.marks.differences == []
    assert result.marks.accuracy == 1
    assert [(c.kind, c.gold, c.read, list(c.lost), list(c.twice)) for c in result.counts] == [
        ("standards", 2, 2, [], []),
        ("list items", 1, 1, [], []),
    ]


def _set(path: str, value: Any) -> Callable[[Gold], None]:
    """Change one value of the gold; the path walks from the gold's fields."""

    def change(gold: Gold) -> None:
        first, *between, last = [int(p) if p.isdecimal() else p for p in path.split("/")]
        at: Any = getattr(gold, str(first))
        for step in between:
            at = at[step]
        at[last] = value

    return change


CHANGES = [
    ("standards/0/mode", "tiered", "mode"),
    ("standards/0/chapter", "第二章", "chapter"),
    ("standards/0/pages", [3], "pages"),
    ("standards/0/violated", ["《示范市油烟管理办法》第四条"], "citations"),
    ("standards/0/penalty_basis_text", "别的话", "quoted law"),
    ("standards/0/behaviour", "别的行为", "behaviour"),
    ("standards/0/formula_text", "罚款金额＝裁量百分值总和×20万元。", "remark"),
    ("standards/0/legal_range", {"min_yuan": 0, "max_yuan": 100000}, "legal range"),
    ("standards/0/start_weight_percent", 21, "start weight"),
    ("standards/0/factors/0/name", "时长", "factor names"),
    ("standards/0/factors/0/options/1/label", "2个月以上", "option labels"),
    ("standards/0/factors/0/options/1/weight_percent", 33.3, "weights"),
    ("standards/0/formulas/0/multiplier_yuan", 200000, "formulas"),
    ("standards/0/formulas/0/cap_percent_stated", None, "formulas"),
    ("standards/0/max_total_percent", 100, "greatest total"),
    ("standards/1/axes", ["情节"], "axes"),
    ("standards/1/tiers/0/fines/罚款/text", "300元以下", "fines as printed"),
    ("standards/1/tiers/0/fines/罚款/kind", "range", "kinds of fines"),
    ("standards/1/tiers/1/fines/罚款/max_yuan", 10000, "fines"),
    ("standards/1/tiers/0/pages", [6], "tier pages"),
    ("items/0/violation", "别的", "violation"),
    ("items/0/conditions", ["首次违法；"], "conditions"),
    ("items/0/joint", False, "all or any"),
    ("items/0/effect", "may_not_punish", "effect"),
    ("items/0/pages", [2], "pages"),
    ("items/0/provisions/0/text", "别的话", "quoted law"),
]


@pytest.mark.parametrize(("path", "value", "field"), CHANGES, ids=[path for path, _, _ in CHANGES])
def test_each_wrong_value_is_a_difference_in_its_field(path: str, value: Any, field: str) -> None:
    gold = gold_of()
    _set(path, value)(gold)
    result = judged(gold)
    assert field in {name for _, name in differing(result)}
    assert result.marks.accuracy is not None
    assert result.marks.accuracy < 1


def test_white_space_and_digits_beyond_the_sixth_do_not_count() -> None:
    gold = gold_of()
    _set("standards/0/title", "未安装　油烟\n净化设施（示例）")(gold)
    _set("standards/0/factors/0/options/1/weight_percent", 33.3333333333)(gold)
    assert judged(gold).marks.differences == []


def test_a_lost_option_is_one_loss_and_shifts_nothing() -> None:
    gold = gold_of()
    gold.standards[0]["factors"][1]["options"].insert(0, {"label": "没有", "weight_percent": 0})
    names = differing(judged(gold))
    assert names == [("§1.1", "option labels"), ("§1.1", "weights")]


def test_a_tier_that_the_gold_does_not_have_counts_against_the_reading() -> None:
    gold = gold_of()
    del gold.standards[1]["tiers"][0]
    result = judged(gold)
    assert ("§1.2", "tiers") in differing(result)
    assert result.marks.compared["tiers"] == 3


def test_what_is_lost_and_what_is_twice_is_named() -> None:
    twice = RecordsOfText(
        TEXT.title, TEXT.region, TEXT.source, DiscretionRecords((WEIGHTED, WEIGHTED), TEXT.records.items)
    )
    (standards, _) = judged(gold_of(), twice).counts
    assert (list(standards.lost), list(standards.twice)) == (["§1.2"], ["§1.1"])
    cells = [row for table in discretion_tables(judged(gold_of(), twice)) for row in table.rows]
    assert ["own", "standards", "lost", "§1.2"] in cells


def test_a_standard_under_a_wrong_number_is_found_by_its_heading() -> None:
    gold = gold_of()
    _set("standards/0/id", "§9.9")(gold)
    result = judged(gold)
    assert list(result.counts[0].lost) == []
    assert result.marks.differences == []


def test_worked_examples_are_computed_to_the_fen() -> None:
    gold = gold_of()
    gold.standards[0]["examples"] = [EXAMPLE, EXAMPLE | {"fine_yuan": 83333}]
    result = judged(gold)
    assert result.marks.compared["worked examples"] == 2
    assert [(d.where, d.gold, d.found) for d in result.marks.differences] == [
        ("example 2", "fine 83333", "fine 83333.33")
    ]


def test_examples_of_tiers_name_the_row_or_all_axes() -> None:
    gold = gold_of()
    fine = {"kind": "range", "min_yuan": 200, "max_yuan": 1000}
    worst = {"kind": "fixed", "min_yuan": 1000, "max_yuan": 1000}
    gold.standards[1]["examples"] = [
        {"choose": {"次数": "再次"}, "fine": {"罚款": fine}},
        {"choose": "造成事故的", "fine": {"罚款": worst}},
        {"choose": {"次数": "首次"}, "fine": {"罚款": fine}},
    ]
    result = judged(gold)
    assert [d.where for d in result.marks.differences] == ["example 3"]


def test_an_example_that_cannot_be_computed_is_told_with_the_reason() -> None:
    gold = gold_of()
    gold.standards[0]["examples"] = [EXAMPLE | {"choose": {"没有的要素": "x"}}]
    (difference,) = judged(gold).marks.differences
    assert "没有的要素" in difference.found


def test_rows_of_a_sheet_are_found_by_their_place() -> None:
    tier = Tier(
        (("罚款", Fine("处200元罚款", FineKind.FIXED, Decimal(200), Decimal(200))),),
        grade="2",
        circumstances=("再次",),
        rows=(4, 5),
        standard_text="处200元罚款",
    )
    standard = DiscretionStandard(
        "1-1", Mode.TIERED, "占道（示例）", behaviours=("占道（示例）",), tiers=(tier,), sheet="甲"
    )
    text = RecordsOfText("示范市参照表（示例）", "示范市", "示例.xls", DiscretionRecords((standard,)))
    row = records_as_published([text])["standards"][0]["rows"][0]
    totals = {"violations": 1, "standards": 2}
    result = judged(Gold("rows", rows=[row, {**row, "excel_rows": [9, 9]}], totals=totals), text)
    assert [(c.kind, c.read, c.expected, list(c.lost)) for c in result.counts] == [
        ("tier rows", 1, 2, ["1-1"]),
        ("violations", 1, 1, []),
    ]
    wrong = judged(Gold("rows", rows=[{**row, "tier": 3, "circumstances": ["三次"]}]), text)
    assert [name for _, name in differing(wrong)] == ["tier", "circumstances"]


def test_gold_of_no_text_is_lost_and_told() -> None:
    gold = gold_of()
    result = evaluate([gold], Read([], ["坏.pdf: 已损坏"]))
    assert result.exclusions == ["坏.pdf: 已损坏", "own: none of the files read is its source"]
    assert [(c.gold, list(c.lost)) for c in result.counts] == [(3, ["§1.1", "§1.2", "1"])]
    assert result.marks.accuracy is None


@given(st.lists(st.sampled_from("abc")), st.lists(st.sampled_from("abc")))
def test_alignment_loses_nothing_and_keeps_the_order(gold: list[str], found: list[str]) -> None:
    pairs = list(aligned(gold, found, str))
    assert [g for g, _ in pairs if g is not None] == gold
    assert [f for _, f in pairs if f is not None] == found


def test_a_folder_without_gold_and_a_broken_file_are_told(tmp_path: Path) -> None:
    with pytest.raises(SourceUnreadable):
        read_gold(tmp_path)
    (tmp_path / "a.json").write_text("{", encoding="utf-8")
    with pytest.raises(SourceUnreadable) as error:
        read_gold(tmp_path)
    assert error.value.where is not None
    assert error.value.where.endswith("a.json")


def test_the_command_reads_files_and_reports_every_difference(tmp_path: Path) -> None:
    """A list in Markdown and gold that is wrong in one place; a file beside it that says nothing."""
    documents, gold = tmp_path / "documents", tmp_path / "gold"
    documents.mkdir()
    gold.mkdir()
    title = "示范市轻微违法行为不予行政处罚清单（示例）"
    (documents / f"{title}.md").write_text(
        f"# {title}\n\n| 序号 | 违法行为 | 适用条件 |\n|---|---|---|\n"
        "| 1 | 未按时备案 | 同时满足下列情形的，不予行政处罚：1.首次违法；2.及时改正。 |\n"
        "| 2 | 未建立台账 | 同时满足下列情形的，不予行政处罚：1.首次违法；2.及时改正。 |\n",
        encoding="utf-8",
    )
    (documents / "坏.pdf").write_bytes(b"%PDF-1.4 broken")
    item = {
        "no": 1,
        "violation": "未按时备案",
        "conditions": ["首次违法；", "未改正。"],
        "joint": True,
        "effect": "not_punish",
    }
    (gold / "own.json").write_text(json.dumps({"title": title, "items": [item]}), encoding="utf-8")
    out = tmp_path / "out.json"
    done = CliRunner().invoke(app, ["discretion", "--data", str(gold), "--corpus", str(documents), "--json", str(out)])
    assert done.exit_code == 0, done.output
    report = json.loads(out.read_text(encoding="utf-8"))
    assert [(d["field"], d["gold"]) for d in report["figures"]["differences"]] == [("conditions", "未改正。")]
    assert report["figures"]["counts"][0]["read"] == 2
    assert any(line.startswith("坏.pdf") for line in report["exclusions"])


def test_a_folder_of_documents_that_does_not_exist_is_told(tmp_path: Path) -> None:
    (tmp_path / "own.json").write_text("[]", encoding="utf-8")
    done = CliRunner().invoke(app, ["discretion", "--data", str(tmp_path), "--corpus", str(tmp_path / "none")])
    assert isinstance(done.exception, InvalidInput)
