"""A record as tables and back: nothing that a person left alone changes, and what was changed is changed."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from corpus.discretion.codec import from_json, to_json
from corpus.discretion.model import (
    ApplicationRules,
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
    Spot,
    Tier,
)
from ui.desk.records import corrected, tables_of

FINE = Fine("1万元以上3万元以下", FineKind.RANGE, Decimal(10000), Decimal(30000), includes_maximum=False)
WEIGHTED = DiscretionStandard(
    id="1.1",
    mode=Mode.WEIGHTED,
    title="超标排放",
    factors=(
        Factor(
            "超标倍数",
            (
                Option("1倍以下", Fraction(10), "10%", Spot(page=3)),
                Option("1倍以上", Fraction(100, 3), "1/3", weights=(("个人", Fraction(5)),)),
            ),
            Spot(page=3),
        ),
        Factor("时间", (Option("夜间", Fraction(0), "0"),)),
    ),
    formulas=(
        Formula(Fraction(20), "限期内改正", multiplier=Decimal(1000000), text="×100万", spot=Spot(page=4)),
        Formula(Fraction(30), "逾期", base="货值金额", ratio=Decimal("0.05"), floor=Fraction(20), cap=Fraction(100)),
    ),
    legal_ranges=(LegalRange(FINE, "对单位", 1),),
)
TIERED = DiscretionStandard(
    id="2.1",
    mode=Mode.TIERED,
    title="占道",
    axes=("情节", "区域"),
    fine_columns=("单位", "个人"),
    tiers=(
        Tier(
            (("单位", FINE), ("个人", Fine("警告", FineKind.WARNING))),
            when=(("情节", "轻微"), ("区域", None)),
            circumstances=("首次", "已改正"),
            joint=True,
            rows=(3, 4),
        ),
        Tier((("单位", FINE), ("个人", FINE)), catch_all="其他情形", spot=Spot(page=9)),
    ),
)
ITEM = ExemptionItem(
    id="3", violation="排放", effect=ListEffect.NOT_PUNISH, conditions=("首次", "轻微"), exclusions=("夜间",)
)
RECORDS = {"weighted": ("standard", WEIGHTED), "tiered": ("standard", TIERED), "item": ("item", ITEM)}


def rows_of(record, name):
    return [dict(row) for table in tables_of(record) if table.name == name for row in table.rows]


@pytest.mark.parametrize(("kind", "record"), RECORDS.values(), ids=RECORDS.keys())
def test_tables_left_alone_give_the_same_record(kind, record):
    data = to_json(record)
    tables = {table.name: table.rows for table in tables_of(data)}
    assert from_json(kind, corrected(data, tables, {})) == record


@pytest.mark.parametrize(("kind", "record"), RECORDS.values(), ids=RECORDS.keys())
def test_empty_cells_and_empty_rows_say_nothing(kind, record):
    data = to_json(record)
    tables = {
        table.name: [
            *({name: "" if value is None else value for name, value in row.items()} for row in table.rows),
            dict.fromkeys(table.columns, ""),
        ]
        for table in tables_of(data)
    }
    assert from_json(kind, corrected(data, tables, {})) == record


def test_the_record_given_is_not_changed():
    data = to_json(TIERED)
    corrected(data, {"tiers": [], "fines": []}, {"title": "另一标题"})
    assert data == to_json(TIERED)


def test_a_weight_is_corrected_and_its_place_is_kept():
    data = to_json(WEIGHTED)
    rows = rows_of(data, "factors")
    rows[0]["weight"] = "15"
    new = from_json("standard", corrected(data, {"factors": rows}, {}))
    assert new.factors[0].options[0].weight == Fraction(15)
    assert new.factors[0].options[0].spot == Spot(page=3)
    assert new.factors[0].options[1] == WEIGHTED.factors[0].options[1]


def test_an_option_is_added_to_its_factor_and_one_is_taken_away():
    data = to_json(WEIGHTED)
    rows = rows_of(data, "factors")
    added = {"_at": None, "factor": "时间", "label": "白天", "weight": "5", "weight_text": "5%"}
    new = from_json("standard", corrected(data, {"factors": [*rows[1:], added]}, {}))
    assert [o.label for o in new.factors[0].options] == ["1倍以上"]
    assert [o.label for o in new.factors[1].options] == ["夜间", "白天"]
    assert new.factors[0].spot == Spot(page=3)


def test_a_fine_that_was_not_read_is_written_in():
    data = to_json(TIERED)
    rows = rows_of(data, "fines")
    rows[1] |= {"kind": "fixed", "minimum": "500", "maximum": "500", "text": "500元"}
    new = from_json("standard", corrected(data, {"fines": rows}, {}))
    assert dict(new.tiers[0].fines)["个人"] == Fine("500元", FineKind.FIXED, Decimal(500), Decimal(500))
    assert new.tiers[1] == TIERED.tiers[1]


def test_a_label_of_a_tier_and_its_circumstances_are_corrected():
    data = to_json(TIERED)
    rows = rows_of(data, "tiers")
    rows[0] |= {"axis_1": "城区", "circumstances": "首次\n"}
    new = from_json("standard", corrected(data, {"tiers": rows}, {}))
    assert new.tiers[0].when == (("情节", "轻微"), ("区域", "城区"))
    assert new.tiers[0].circumstances == ("首次",)
    assert new.tiers[0].fines == TIERED.tiers[0].fines


def test_conditions_of_an_entry_are_corrected():
    data = to_json(ITEM)
    new = from_json("item", corrected(data, {"conditions": [{"words": "首次"}, {"words": ""}]}, {"violation": "排污"}))
    assert (new.violation, new.conditions, new.exclusions) == ("排污", ("首次",), ("夜间",))


def test_rules_of_application_have_no_tables():
    assert tables_of(to_json(ApplicationRules(title="裁量规则"))) == []
