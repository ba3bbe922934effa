"""A value that the paragraph sets otherwise for part of what is told is not asked alone (real law)."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from assistant.encyclopedia.contract import TimeUnit
from assistant.quiz.contract import Point
from assistant.quiz.makers.values.facts import read_facts
from assistant.quiz.makers.values.model import Fact, Limit, Organ
from assistant.quiz.makers.values.neighbours import Neighbours
from assistant.quiz.makers.values.special_cases import has_special_case
from assistant.quiz.makers.values.stems import multiple_stem
from assistant.quiz.material import SourceText

Laws = Mapping[str, SourceText]


def _facts(laws: Laws, title: str, article: str) -> list[Fact]:
    return [f for f in read_facts(laws[title]) if f.provision.label == article]


@pytest.mark.parametrize("act", ["公路客运车辆载客超过额定乘员的，", "货运机动车超过核定载质量的，"])
def test_a_fine_with_a_tier_by_number_of_the_same_act_is_not_told_alone(laws: Laws, act: str) -> None:
    [fine] = [f for f in _facts(laws, "道路交通安全法", "第九十二条") if f.before.startswith(act)]
    assert has_special_case(fine)


@pytest.mark.parametrize(
    ("title", "article"),
    [
        pytest.param("消防法", "第六十条", id="one fine for a list"),
        pytest.param("广告法", "第五十五条", id="what was done how often"),
        pytest.param("治安管理处罚法", "第六十二条", id="情节较轻的 says itself when it holds"),
        pytest.param("安全生产法", "第一百零三条", id="a number of something else"),
    ],
)
def test_a_tier_that_says_its_own_case_leaves_the_first_fine_alone(laws: Laws, title: str, article: str) -> None:
    fines = [f for f in _facts(laws, title, article) if f.point is Point.AMOUNT]
    assert fines
    assert not any(map(has_special_case, fines))


def test_a_period_with_a_longer_one_in_the_same_words_is_not_told_alone(laws: Laws) -> None:
    periods = [f for f in _facts(laws, "治安管理处罚法", "第九十七条") if isinstance(f.value, Limit)]
    assert [f.value for f in periods if has_special_case(f)] == [
        Limit(8, TimeUnit.HOUR, False),
        Limit(12, TimeUnit.HOUR, False),
    ]


@pytest.mark.parametrize(
    ("title", "article"),
    [
        pytest.param("行政处罚法", "第六十条", id="one period"),
        pytest.param("行政强制法", "第二十五条", id="a period that is made longer"),
        pytest.param("烟草专卖法", "第四十一条", id="periods of several steps"),
    ],
)
def test_periods_of_other_steps_leave_a_period_alone(laws: Laws, title: str, article: str) -> None:
    periods = [f for f in _facts(laws, title, article) if f.point is Point.TIME_LIMIT]
    assert periods
    assert not any(map(has_special_case, periods))


@pytest.mark.parametrize(
    "article",
    [
        pytest.param("第一千二百一十六条", id="a sentence"),
        pytest.param("第一千二百一十七条", id="a list, and a paragraph that points back to it"),
    ],
)
def test_what_says_which_breach_is_punished_is_told(laws: Laws, article: str) -> None:
    facts = [f for f in _facts(laws, "生态环境法典", article) if f.point in (Point.AMOUNT, Point.MULTIPLE)]
    assert facts
    for fact in facts:
        assert fact.before.startswith("违反本法有关海洋生态保护的规定，")
        assert not fact.breach


def test_the_article_that_was_broken_is_told(laws: Laws) -> None:
    facts = [f for f in _facts(laws, "种子法", "第七十四条") if f.before]
    assert facts
    assert all(f.before.startswith("违反本法第四十八条规定，生产经营假种子") for f in facts)


def test_the_article_that_an_item_of_a_list_names_is_told(laws: Laws) -> None:
    told = [f.before for f in _facts(laws, "广告法", "第五十八条") if "未经审查发布广告" in f.before]
    assert told
    assert all(before.startswith("违反本法第四十六条规定，未经审查发布广告") for before in told)


def test_an_act_that_is_told_by_its_article_alone_is_no_question(laws: Laws) -> None:
    told = [f.before for f in _facts(laws, "广告法", "第五十八条") + _facts(laws, "广告法", "第五十九条")]
    assert not any("房地产广告" in before or "广告内容违反" in before for before in told)


def test_the_bare_breach_is_left_out(laws: Laws) -> None:
    fines = [f for f in _facts(laws, "消防法", "第六十条") if f.point is Point.AMOUNT]
    assert fines
    assert not any(f.before.startswith("违反") for f in fines)


@pytest.mark.parametrize(
    ("title", "body", "asked"),
    [
        ("道路交通安全法", "公安机关交通管理部门", False),
        ("生态环境法典", "生态环境主管部门", True),
        ("广告法", "价格主管部门", True),
    ],
)
def test_who_does_nearly_everything_in_a_law_is_not_asked(laws: Laws, title: str, body: str, asked: bool) -> None:
    facts = [f for f in read_facts(laws[title]) if f.point is Point.AUTHORITY]
    assert Neighbours(facts, laws[title]).runs_through(Organ("", body)) is not asked


def test_the_law_is_named_once_where_the_article_is_named(laws: Laws) -> None:
    [fact] = [
        f for f in _facts(laws, "广告法", "第六十三条") if f.point is Point.PENALTY and f.before.endswith("制止的")
    ]
    stem = multiple_stem(fact, laws["广告法"].document)
    assert stem.startswith("根据《广告法》第六十三条的规定，违反该法第四十五条规定，公共场所的管理者")
