"""The key computed anew: what was changed after making is found out."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Callable
from decimal import Decimal
from random import Random

import pytest

from assistant.discretion.contract import Desk
from assistant.quiz.contract import Claim, Form, ItemContent, ItemKind, Key, Point
from assistant.quiz.makers.records.maker import make_from_benchmarks
from assistant.quiz.makers.records.verify import verify_computed
from assistant.quiz.material import Candidate, Material


@pytest.fixture(scope="module")
def desk(material: Material) -> Desk:
    assert material.desk is not None
    return material.desk


def first(computed: list[Candidate], form: Form) -> ItemContent:
    return next(c.content for c in computed if c.content.form is form)


def test_every_computed_item_is_confirmed(computed: list[Candidate], desk: Desk) -> None:
    assert len(computed) > 60
    for candidate in computed:
        passed, why = verify_computed(candidate.content, desk)
        assert passed, (candidate.content.stem, why)


def with_amount(item: ItemContent) -> ItemContent:
    assert item.key.amount is not None
    return item.model_copy(update={"key": Key(amount=item.key.amount + 1)})


def with_other_key(item: ItemContent) -> ItemContent:
    return item.model_copy(update={"key": Key(correct=[1])})


def with_right_option_twice(item: ItemContent) -> ItemContent:
    return item.model_copy(update={"options": [item.options[0], item.options[0], *item.options[2:]]})


def with_made_up_option(item: ItemContent) -> ItemContent:
    return item.model_copy(update={"options": [item.options[0], "处一百元以下罚款", *item.options[2:]]})


def without_facts(item: ItemContent) -> ItemContent:
    return item.model_copy(update={"stem": "应当如何处罚？"})


def without_points(item: ItemContent) -> ItemContent:
    return item.model_copy(update={"key": Key(points=item.key.points[:1])})


def on_another_day(item: ItemContent) -> ItemContent:
    return item.model_copy(update={"as_of": item.as_of - dt.timedelta(days=400)})


@pytest.mark.parametrize(
    ("form", "change"),
    [
        (Form.AMOUNT, with_amount),
        (Form.AMOUNT, without_facts),
        (Form.AMOUNT, on_another_day),
        (Form.ONE, with_other_key),
        (Form.ONE, with_right_option_twice),
        (Form.ONE, with_made_up_option),
        (Form.ONE, without_facts),
        (Form.POINTS, without_points),
        (Form.POINTS, without_facts),
    ],
)
def test_a_changed_item_is_refused(
    computed: list[Candidate], desk: Desk, form: Form, change: Callable[[ItemContent], ItemContent]
) -> None:
    passed, why = verify_computed(change(first(computed, form)), desk)
    assert not passed
    assert why


def test_the_greatest_sum_is_asked_where_the_least_is_the_statutes_own(material: Material, desk: Desk) -> None:
    """Only where a bound that 以下 names is a sum to be imposed; the samples do not count it in."""
    counted_in = tuple(
        s.model_copy(update={"bounds": s.bounds.model_copy(update={"below_included": True})})
        for s in material.standards
        if any(f.kind == "ratio_range" for t in s.tiers for f in t.fines.values())
    )
    given = Material(material.day, material.texts, material.book, material.desk, counted_in, (), material.region)
    asked = [c.content for c in make_from_benchmarks(given, Random(3)) if "最高为多少元" in c.content.stem]
    assert asked
    for item in asked:
        passed, why = verify_computed(item, desk)
        assert passed, why
        assert not verify_computed(with_amount(item), desk)[0]


def test_another_number_in_the_stem_is_refused(computed: list[Candidate], desk: Desk) -> None:
    """A fact that puts the case in another band than the request says."""
    asked = [c.content for c in computed if c.content.form is Form.ONE]
    item, told = next((i, n[1]) for i in asked if (n := re.search("未查验的食品([0-9]+)种", i.stem)))
    other = "20" if int(told) < 10 else "1"
    passed, why = verify_computed(item.model_copy(update={"stem": item.stem.replace(f"{told}种", f"{other}种")}), desk)
    assert not passed
    assert "题干没有写出" in why


@pytest.mark.parametrize(
    "request_json",
    ["", "{}", "not json", json.dumps({"standard": "f-000000000000/1"})],
)
def test_a_request_that_cannot_be_computed_is_refused(desk: Desk, today: dt.date, request_json: str) -> None:
    item = ItemContent(
        kind=ItemKind.CALCULATION,
        form=Form.AMOUNT,
        stem="应当处以罚款多少元？",
        key=Key(amount=Decimal(1)),
        claim=Claim(point=Point.FINE, request=request_json),
        as_of=today,
    )
    passed, why = verify_computed(item, desk)
    assert not passed
    assert why
