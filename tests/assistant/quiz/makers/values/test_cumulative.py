"""A penalty is told as right only to the end of what one person gets for the act (real law)."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random

import pytest

from assistant.quiz.contract import ItemContent, ItemKind, Point
from assistant.quiz.makers.values.cumulative import is_cut_short
from assistant.quiz.makers.values.facts import read_facts
from assistant.quiz.makers.values.maker import VALUE_MAKERS
from assistant.quiz.material import LawBook, Material, SourceText
from tests.assistant.quiz.makers.values.provisions import DAY

Laws = Mapping[str, SourceText]


def _made(laws: Laws, title: str, maker: str, seed: int) -> list[ItemContent]:
    material = Material(DAY, (laws[title],), LawBook(DAY, (laws[title],)))
    return [c.content for c in VALUE_MAKERS[maker](material, Random(seed))]


@pytest.mark.parametrize(
    ("title", "article", "fine", "further"),
    [
        pytest.param("道路交通安全法", "第九十一条", "一千元以上二千元以下罚款，", True, id="吊销机动车驾驶证"),
        pytest.param("道路交通安全法", "第一百零六条", "二百元以上二千元以下罚款", True, id="强制排除妨碍"),
        pytest.param("道路交通安全法", "第九十七条", "二百元以上二千元以下罚款", False, id="the end of the sentence"),
        pytest.param("道路交通安全法", "第八十九条", "五元以上五十元以下罚款", False, id="a semicolon"),
        pytest.param("道路交通安全法", "第九十九条", "二百元以上二千元以下罚款", False, id="a list"),
        pytest.param("安全生产法", "第九十七条", "十万元以上二十万元以下的罚款", False, id="another person"),
        pytest.param("广告法", "第五十八条", "三倍以上五倍以下的罚款", False, id="another case"),
        pytest.param("生态环境法典", "第一千一百零七条", "十万元以上一百万元以下的罚款", True, id="可以责令停产整治"),
    ],
)
def test_a_clause_goes_on_with_a_further_measure(
    laws: Laws, title: str, article: str, fine: str, further: bool
) -> None:
    text = next(p.text for p in laws[title].provisions if p.label == article)
    assert is_cut_short(text, text.index(fine) + len(fine.rstrip("，"))) is further


@pytest.mark.parametrize("title", ["道路交通安全法", "生态环境法典"])
def test_no_statement_told_as_right_leaves_a_further_penalty_out(laws: Laws, title: str) -> None:
    texts = [p.text for p in laws[title].provisions]
    for seed in range(3):
        made = [c for c in _made(laws, title, "values.statements", seed) if c.point is not Point.TIME_LIMIT]
        right = [c.options[i] for c in made for i in c.key.correct]
        assert right
        for words in right:
            [text] = [t for t in texts if words in t]
            assert not is_cut_short(text, text.index(words) + len(words))


def test_what_leaves_a_further_penalty_out_is_told_as_false_only(laws: Laws) -> None:
    law = laws["道路交通安全法"]
    cut = [f.before for f in read_facts(law) if f.provision.label == "第九十一条" and "再次饮酒" in f.before]
    assert cut
    truths = {
        c.key.truth
        for seed in range(6)
        for c in _made(laws, "道路交通安全法", "values.amount", seed)
        if c.kind is ItemKind.TRUE_FALSE and cut[0] in c.stem
    }
    assert truths == {False}


@pytest.mark.parametrize("title", ["安全生产法", "生态环境法典"])
def test_the_quotation_that_corrects_a_value_has_it(laws: Laws, title: str) -> None:
    reasons = [
        r.reason for seed in range(3) for c in _made(laws, title, "values.statements", seed) for r in c.refutations
    ]
    assert any("……" not in reason for reason in reasons)
    for reason in reasons:
        quotation, _, rest = reason.partition("”，是“")
        assert rest.partition("”")[0] in quotation


@pytest.mark.parametrize(
    ("title", "article", "case", "told"),
    [
        pytest.param("治安管理处罚法", "第六十七条", "情节较轻的", False, id="对其直接负责的主管人员"),
        pytest.param("治安管理处罚法", "第六十四条", "情节严重的", False, id="对其负责人"),
        pytest.param("治安管理处罚法", "第五十一条", "情节较轻的", True, id="nobody is named"),
        pytest.param("治安管理处罚法", "第六十八条", "情节较轻的", True, id="the subject of the act"),
        pytest.param("广告法", "第五十五条", "两年内有三次以上", True, id="the unit itself"),
    ],
)
def test_a_tier_says_on_whom_it_falls_or_is_not_told(
    laws: Laws, title: str, article: str, case: str, told: bool
) -> None:
    facts = [f for f in read_facts(laws[title]) if f.provision.label == article]
    tiers = [f for f in facts if case in f.before and f.point in (Point.AMOUNT, Point.MULTIPLE)]
    assert facts
    assert bool(tiers) is told
