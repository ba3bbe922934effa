"""Published field names and shapes, on records of our own."""

from __future__ import annotations

import json
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings

from corpus.discretion.exchange import (
    fine_as_published,
    item_as_published,
    number,
    standard_as_published,
    tier_rows_as_published,
)
from corpus.discretion.model import (
    Basis,
    ConditionGroup,
    DiscretionStandard,
    Doubt,
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
from tests.corpus.discretion.any_record import any_record

YUAN = Fine("1万元以上3万元以下", FineKind.RANGE, Decimal(10000), Decimal(30000))
FACTOR = Factor("次数", (Option("1次", Fraction(0), "0%"), Option("2次", Fraction(100, 3), "1/3")))


def weighted(*formulas: Formula) -> DiscretionStandard:
    return DiscretionStandard(
        id="§1.1",
        mode=Mode.WEIGHTED,
        title="占道经营",
        behaviours=("占道经营",),
        violated=(Basis("《示例市条例》第五条", ()),),
        factors=(FACTOR,),
        formulas=formulas,
        legal_ranges=(LegalRange(YUAN),),
        pages=(3, 4),
    )


def test_one_start_is_a_number() -> None:
    published = standard_as_published(weighted(Formula(Fraction(20), multiplier=Decimal(30000), cap=Fraction(100))))
    assert published["start_weight_percent"] == 20
    assert "start_weight_text" not in published
    assert published["max_total_percent"] == 53.333333
    assert published["behaviour"] == "占道经营"
    assert published["violated"] == ["《示例市条例》第五条"]
    assert published["legal_range"] == {"min_yuan": 10000, "max_yuan": 30000}
    assert published["formulas"] == [
        {
            "applies_to": None,
            "start_weight_percent": 20,
            "floor_percent": None,
            "cap_percent_stated": 100,
            "max_total_percent_before_cap": 53.333333,
            "min_total_percent_before_floor": 20,
            "multiplier_yuan": 30000,
        }
    ]
    assert published["factors"] == [
        {
            "name": "次数",
            "options": [
                {"label": "1次", "weight_percent": 0},
                {"label": "2次", "weight_percent": 33.333333, "weight_text": "1/3"},
            ],
        }
    ]


def test_several_starts_are_named() -> None:
    published = standard_as_published(
        weighted(
            Formula(Fraction(20), "对单位", Decimal(30000)),
            Formula(Fraction(10), "对个人", base="违法所得", ratio=Decimal("0.5"), base_floor=Decimal(10000)),
        )
    )
    assert published["start_weight_percent"] == {"对单位": 20, "对个人": 10}
    assert published["max_total_percent"] == {"对单位": 53.333333, "对个人": 43.333333}
    formulas = published["formulas"]
    assert isinstance(formulas, list)
    assert [formulas[1][name] for name in ("base", "multiplier_ratio", "base_min_yuan")] == ["违法所得", 0.5, 10000]


def test_tiers_give_axes_fines_and_rows_that_span_them() -> None:
    record = DiscretionStandard(
        id="§1.2",
        mode=Mode.TIERED,
        title="占道经营",
        behaviours=("占道经营", "占道堆物"),
        axes=("次数",),
        fine_columns=("罚款",),
        tiers=(
            Tier((("罚款", YUAN),), (("次数", None),), pages=(3,), behaviour="占道经营"),
            Tier((("罚款", Fine("/", FineKind.NONE)),), catch_all="造成严重后果的", pages=(4,)),
        ),
        doubts=(Doubt("fine_not_read", "罚款未能读出。", Spot(page=3)),),
    )
    published = standard_as_published(record)
    assert published["behaviour"] == ["占道经营", "占道堆物"]
    assert published["start_weight_percent"] is published["max_total_percent"] is published["legal_range"] is None
    assert published["tiers"] == [
        {
            "when": {"次数": None},
            "fines": {"罚款": {"text": YUAN.text, "kind": "range", "min_yuan": 10000, "max_yuan": 30000}},
            "pages": [3],
            "behaviour": "占道经营",
        },
        {
            "when": "造成严重后果的",
            "catch_all": True,
            "fines": {"罚款": {"text": "/", "kind": "none"}},
            "pages": [4],
        },
    ]
    assert published["needs_review"] == [{"code": "fine_not_read", "message": "罚款未能读出。", "place": "第3页"}]


@pytest.mark.parametrize(
    ("fine", "expected"),
    [
        (Fine("警告", FineKind.WARNING), {"kind": "warning"}),
        (
            Fine("15%以下", FineKind.RATIO_UPTO, Decimal(0), Decimal("0.15"), "收入", includes_maximum=True),
            {"kind": "ratio_upto", "base": "收入", "min_ratio": 0, "max_ratio": 0.15, "max_inclusive": True},
        ),
        (
            Fine("5万元以上10万元以上", FineKind.RANGE, Decimal(50000), Decimal(100000), read_as="5万元以上10万元以下"),
            {
                "kind": "range",
                "min_yuan": 50000,
                "max_yuan": 100000,
                "source_typo": True,
                "read_as": "5万元以上10万元以下",
            },
        ),
        (
            Fine("处1万元", FineKind.FIXED, Decimal(10000), Decimal(10000), also="给予警告", optional=False, per="日"),
            {
                "kind": "fixed",
                "min_yuan": 10000,
                "max_yuan": 10000,
                "also": "给予警告",
                "optional": False,
                "per": "日",
            },
        ),
        (Fine("？", FineKind.UNREAD), {"kind": "unread"}),
    ],
)
def test_fines_carry_only_what_they_state(fine: Fine, expected: dict[str, object]) -> None:
    assert fine_as_published(fine) == {"text": fine.text, **expected}


def test_a_section_printed_under_a_wrong_number_keeps_both() -> None:
    record = DiscretionStandard(id="§4.11", printed_id="§4.10", mode=Mode.TIERED, title="示例")
    published = standard_as_published(record)
    assert (published["id"], published["corrected_id"]) == ("§4.10", "§4.11")


def test_the_condition_of_an_only_range_is_no_choice_between_ranges() -> None:
    record = DiscretionStandard(id="1", mode=Mode.TIERED, title="示例", legal_ranges=(LegalRange(YUAN, "拒不改正的"),))
    assert standard_as_published(record)["legal_range"] == {
        "only_if": "拒不改正的",
        "min_yuan": 10000,
        "max_yuan": 30000,
    }


def test_list_items_and_tier_rows() -> None:
    item = ExemptionItem(
        id="3",
        violation="未公开信息",
        effect=ListEffect.MAY_NOT_PUNISH,
        conditions=("首次违法；", "及时改正。"),
        groups=(ConditionGroup(1, ("七日内；", "主动。"), joint=False, lead="有下列情形之一"),),
        provisions=(Basis("《示例市条例》第五条", (), "应当公开。"),),
        pages=(1,),
    )
    published = item_as_published(item)
    assert (published["no"], published["effect"], published["joint"]) == (3, "may_not_punish", True)
    assert published["groups"] == [
        {"of": 1, "lead": "有下列情形之一", "conditions": ["七日内；", "主动。"], "joint": False}
    ]
    assert published["provision_citation"] == "《示例市条例》第五条"
    assert published["provisions"] == [{"citation": "《示例市条例》第五条", "text": "应当公开。"}]
    record = DiscretionStandard(
        id="2-6",
        mode=Mode.TIERED,
        title="超标排放",
        sheet="水",
        tiers=(Tier((("对单位", YUAN),), grade="3", rows=(37, 38), circumstances=("首次",)),),
    )
    (row,) = tier_rows_as_published(record)
    assert (row["sheet"], row["no"], row["tier"], row["excel_rows"]) == ("水", "2-6", 3, [37, 38])
    assert row["circumstances"] == ["首次"]
    assert row["fine"] == {"对单位": {"text": YUAN.text, "kind": "range", "min_yuan": 10000, "max_yuan": 30000}}
    json.dumps([published, row], allow_nan=False)


def test_a_start_printed_as_a_fraction_keeps_its_words() -> None:
    published = standard_as_published(weighted(Formula(Fraction(100, 3), multiplier=Decimal(1), start_text="1/3")))
    assert (published["start_weight_percent"], published["start_weight_text"]) == (33.333333, "1/3")


@settings(max_examples=30)
@given(any_record(DiscretionStandard), any_record(ExemptionItem))
def test_every_record_is_published_as_plain_json(standard: DiscretionStandard, item: ExemptionItem) -> None:
    published = [standard_as_published(standard), item_as_published(item), *tier_rows_as_published(standard)]
    assert json.loads(json.dumps(published, allow_nan=False)) == published


@pytest.mark.parametrize(
    ("value", "expected"),
    [(Decimal("20.00"), 20), (Fraction(100, 3), 33.333333), (Decimal("0.05"), 0.05), (Fraction(15, 2), 7.5)],
)
def test_numbers_are_whole_where_they_are_whole(value: Decimal | Fraction, expected: float) -> None:
    assert number(value) == expected
    assert isinstance(number(value), type(expected))
