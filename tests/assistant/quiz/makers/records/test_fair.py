"""What a case is asked beside: clauses that carry the sanction, names that fit the number, conditions of any field."""

from __future__ import annotations

from random import Random

import pytest

from assistant.quiz.makers.records.basis import is_near, matter_of
from assistant.quiz.makers.records.cases import bears_the_fine
from assistant.quiz.makers.records.facts import Fact, axis_told
from assistant.quiz.makers.records.lists import OF_ANY_FIELD
from assistant.quiz.makers.records.statutes import Passage
from assistant.quiz.makers.records.sums import inputs_for
from assistant.quiz.makers.records.tier_rows import scale_of
from corpus.vocabulary import ProvisionPath
from tests.assistant.quiz.makers.values.provisions import law


@pytest.mark.parametrize(
    ("words", "bears"),
    [
        ("经营者未按照规定明码标示价格的，责令改正，处五千元以下罚款。", True),
        ("饲养动物，严重干扰他人正常生活秩序的，处警告；警告后不改正的，处一千元以下罚款。", False),
    ],
)
def test_the_clause_quoted_for_a_fine_is_the_one_that_states_it(words: str, bears: bool) -> None:
    text = law(words)
    passage = Passage(text, text.provisions[0], ProvisionPath(), 0, len(words))
    matter = matter_of(passage)
    assert matter is not None
    assert bears_the_fine(passage, matter) is bears


def test_an_article_is_near_where_it_shares_telling_words() -> None:
    text = law("占用疏散通道的，处罚款。", *(f"第{n}类经营者应当登记。" for n in range(120)))
    assert is_near("堵塞疏散通道的", "疏散通道停放电动车", text)
    assert not is_near("经营者未登记的", "疏散通道停放电动车", text)


@pytest.mark.parametrize(
    ("axis", "fact", "told"),
    [
        ("持续时间或者数量", Fact("25分钟", concrete=True), "持续时间"),
        ("持续时间或者数量", Fact("12件", concrete=True), "数量"),
        ("持续时间或者数量", Fact("时间较长"), "持续时间或者数量"),
        ("违法次数", Fact("3次", concrete=True), "违法次数"),
    ],
)
def test_a_number_stands_under_the_name_that_fits_it(axis: str, fact: Fact, told: str) -> None:
    assert axis_told(axis, fact) == told


@pytest.mark.parametrize(
    ("label", "measured"),
    [
        ("货值金额一千元以上不足一万元", "货值金额"),
        ("焚烧面积不足2平方米，经劝阻立即熄灭", "焚烧面积"),
        ("拒不改正", ""),
    ],
)
def test_what_a_label_measures(label: str, measured: str) -> None:
    assert scale_of(label) == measured


def test_the_cost_of_a_building_goes_by_the_area_found_and_not_by_the_bound() -> None:
    for seed in range(8):
        found = inputs_for("建设工程造价", ["违法建设面积20平方米", "违法建设面积不足50平方米"], Random(seed))
        assert found is not None
        assert found["建设工程造价"] <= 20 * 5000


@pytest.mark.parametrize(
    ("condition", "any_field"),
    [("危害后果轻微", True), ("主动配合调查", True), ("场所未在营业", False), ("所经营食品来源可以查明", False)],
)
def test_conditions_that_any_violation_may_have(condition: str, any_field: bool) -> None:
    assert bool(OF_ANY_FIELD.search(condition)) is any_field
