"""Records as JSON: equal after the round trip, and people's mistakes named with their place."""

from __future__ import annotations

import json
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.discretion.codec import KINDS, from_json, to_json
from corpus.discretion.model import DiscretionStandard, Fine, FineKind, Formula, LegalRange, Mode, Tier
from corpus.errors import InvalidInput
from tests.corpus.discretion.any_record import any_record


@settings(max_examples=40)
@given(st.one_of([st.tuples(st.just(kind), any_record(record)) for kind, record in KINDS.items()]))
def test_every_record_comes_back_equal(case: tuple[str, object]) -> None:
    kind, record = case
    written = json.dumps(to_json(record), ensure_ascii=False)  # type: ignore[arg-type]
    assert from_json(kind, json.loads(written)) == record


def test_numbers_are_written_exactly() -> None:
    record = DiscretionStandard(
        id="1.1",
        mode=Mode.WEIGHTED,
        title="示例",
        formulas=(Formula(start=Fraction(100, 3), base="货值金额", ratio=Decimal("0.05")),),
        tiers=(
            Tier(
                fines=(("罚款", Fine("5万元", FineKind.FIXED, Decimal(50000), Decimal(50000))),), when=(("整改", None),)
            ),
        ),
        legal_ranges=(LegalRange(Fine("", FineKind.NONE)),),
    )
    data = to_json(record)
    assert data["formulas"] == [{"start": "100/3", "base": "货值金额", "ratio": "0.05"}]
    assert "remark" not in data
    assert from_json("standard", data) == record


BASE = {"id": "1", "mode": "tiered", "title": "示例"}


@pytest.mark.parametrize(
    ("kind", "data", "where", "what"),
    [
        ("table", BASE, None, "table"),
        ("standard", [], "记录", "对象"),
        ("standard", {"id": "1"}, "记录", "mode"),
        ("standard", BASE | {"colour": "red"}, "记录", "colour"),
        ("standard", BASE | {"id": 1}, "id", "文字"),
        ("standard", BASE | {"id": None}, "id", "文字"),
        ("standard", BASE | {"mode": "graded"}, "mode", "graded"),
        ("standard", BASE | {"mode": ["tiered"]}, "mode", "tiered"),
        ("standard", BASE | {"pages": 3}, "pages", "列表"),
        ("standard", BASE | {"pages": ["3"]}, "pages[0]", "整数"),
        ("standard", BASE | {"pages": [True]}, "pages[0]", "整数"),
        ("standard", BASE | {"spot": "第3页"}, "spot", "对象"),
        ("standard", BASE | {"formulas": [{"start": "1/0"}]}, "formulas[0].start", "1/0"),
        ("standard", BASE | {"formulas": [{"start": 12.5}]}, "formulas[0].start", "12.5"),
        ("standard", BASE | {"formulas": [{"start": "20%"}]}, "formulas[0].start", "20%"),
        ("standard", BASE | {"formulas": [{"start": "20", "multiplier": "20万"}]}, "formulas[0].multiplier", "20万"),
        ("standard", BASE | {"formulas": [{"start": "20", "multiplier": "-1"}]}, "formulas[0].multiplier", "-1"),
        ("standard", BASE | {"formulas": [{"start": "20", "multiplier": "NaN"}]}, "formulas[0].multiplier", "NaN"),
        ("standard", BASE | {"formulas": [{"start": "20", "multiplier": True}]}, "formulas[0].multiplier", "True"),
        ("standard", BASE | {"tiers": [{"fines": [["罚款"]]}]}, "tiers[0].fines[0]", "2"),
        ("standard", BASE | {"tiers": [{"fines": [], "joint": "是"}]}, "tiers[0].joint", "是或否"),
        ("standard", BASE | {"tiers": [{"fines": [["罚款", {"text": ""}]]}]}, "tiers[0].fines[0][1]", "kind"),
        ("item", {"id": "1", "violation": "示例", "effect": "free"}, "effect", "free"),
        ("rules", {"title": "示例", "total_cap": "all"}, "total_cap", "all"),
        ("rules", {"title": "示例", "effective": "2022年1月"}, "effective", "2022年1月"),
        ("rules", {"title": "示例", "effective": 20220101}, "effective", "日期"),
        ("records", {"standards": [{}]}, "standards[0]", "id"),
    ],
)
def test_a_mistake_is_named_with_its_place_and_what_to_do(
    kind: str, data: object, where: str | None, what: str
) -> None:
    with pytest.raises(InvalidInput) as caught:
        from_json(kind, data)  # type: ignore[arg-type]
    assert caught.value.where == where
    assert what in caught.value.what
    assert caught.value.remedy
