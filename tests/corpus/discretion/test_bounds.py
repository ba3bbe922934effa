"""How bounds are read: what a text says, whose word counts, and numbers below, on and above every bound."""

from __future__ import annotations

import sqlite3
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.discretion.bounds import (
    CONVENTION,
    Interval,
    RulesCandidate,
    bounds_in_rules,
    bounds_in_statute,
    bounds_of_benchmark,
    contains,
    describe,
    field_of,
    match_rules,
    place_in,
    read_bounds,
)
from corpus.discretion.model import ApplicationRules, BoundsRule, RuleOrigin
from corpus.vocabulary import Provision
from ingest.sources.national_laws import default_path

D = Decimal
HALF_OPEN = BoundsRule(above_included=True, below_included=False, origin=RuleOrigin.RULES)
BOTH = BoundsRule(above_included=True, below_included=True, origin=RuleOrigin.RULES)
NEITHER = BoundsRule(above_included=False, below_included=False, origin=RuleOrigin.DOCUMENT)


def provision(label: str, text: str) -> Provision:
    return Provision(f"v/{label}", "v", 1, label, text)


# ---- what a text says ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "above", "below"),
    [
        ("本规定所称“以上”“以下”均包括本数。", True, True),
        ("本办法所称 “以下”不包括本数，“以上”包括本数，“年度”指公历每年的1月1日至12月31日。", True, False),
        ("本规定及《示范市裁量标准参照表》的“以上”、“以下”均含本数。", True, True),
        ("本裁量基准中“以上”均含本数、“以下”均不含本数。", True, False),
        ("所称“以上”“以内”包括本数，“不足”“以下”不包括本数。", True, False),
        ("罚款数额以上以下均含本数", True, True),
        ("本条例所界定数量有以上、以下的，均含本数。", True, True),
        ("本条例所称海域面积的“以上”、“以下”，不包括本数。", False, False),
        ("本规定所称“以上”“以下”，除特别注明的外，包括本数在内。", True, True),
        ('本法所称的"以上"、"以下"，包括本数；所称的"不满"、"超过"，不包括本数。', True, True),
        ("1.本表的“以上”包含本数。\n2.本表的“以下”不包含本数。", True, False),
    ],
)
def test_a_sentence_on_bounds_is_read_and_quoted(text: str, above: bool, below: bool) -> None:
    rule = read_bounds(text, RuleOrigin.DOCUMENT)
    assert rule is not None
    assert (rule.above_included, rule.below_included, rule.assumed) == (above, below, ())
    assert rule.quote.replace("\n", "") in text.replace("\n", "")


@pytest.mark.parametrize(
    "text",
    [
        "处一万元以上五万元以下罚款。",
        "标的额50亿元以上（包含本数）的案件。",  # of one number, not of the word
        "本规定所称高层住宅是指4层以上（含本数，下同）的住宅。",
        "“不足”“超过”不包括本数。",
        "“以上”包括本数，“以上”不包括本数。",  # says both
        "应当携带身份证原件以及复印件。",
    ],
)
def test_what_is_no_rule_on_bounds_gives_none(text: str) -> None:
    assert read_bounds(text, RuleOrigin.DOCUMENT) is None


def test_what_a_rule_leaves_open_is_convention_and_named_as_such() -> None:
    rule = read_bounds(
        "本规定所称“以上”、“不超过”包括本数，“不足”不包括本数。", RuleOrigin.RULES, "示范市规定", "第九条"
    )
    assert rule is not None
    assert (rule.above_included, rule.below_included, rule.assumed) == (True, True, ("以下",))
    assert ("不足", False) in rule.others
    assert "按立法惯例" in describe(rule)
    assert "《示范市规定》第九条" in describe(rule)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("“以上”含本数，“以下”不含本数；各档上限为法定上限的，包含本数。", True),
        ("“以上”含本数，“以下”不含本数（最高档除外）。", True),
        ("“以上”含本数，“以下”不含本数。", None),
    ],
)
def test_a_rule_may_say_that_the_band_at_the_statutory_maximum_includes_it(text: str, said: bool | None) -> None:
    rule = read_bounds(text, RuleOrigin.DOCUMENT)
    assert rule is not None
    assert rule.maximum_included is said


# ---- whose word counts ---------------------------------------------------------------------------------------


def test_a_benchmark_follows_its_own_words_then_its_rules_then_convention() -> None:
    rules = ApplicationRules("示范市规定", bounds=HALF_OPEN)
    assert bounds_of_benchmark(NEITHER, rules) is NEITHER
    assert bounds_of_benchmark(None, rules) is HALF_OPEN
    assert bounds_of_benchmark(None, ApplicationRules("示范市规定")) is CONVENTION
    assert bounds_of_benchmark(None, None).origin is RuleOrigin.CONVENTION
    assert "立法惯例" in describe(CONVENTION)


def test_a_rule_for_one_article_counts_there_alone() -> None:
    law = [
        provision("第三条", "本条第一款所称“以上”包括本数，“以下”不包括本数。"),
        provision("第四条", "处五万元以下罚款。"),
    ]
    assert bounds_in_statute("示范法", law, "第三条").below_included is False
    assert bounds_in_statute("示范法", law, "第四条").origin is RuleOrigin.CONVENTION
    assert bounds_in_rules("示范规定", [("第三条", law[0].text)]) is None


def test_a_silent_statute_is_read_by_convention_never_by_another_statute() -> None:
    rule = bounds_in_statute("示范法", [provision("第一条", "民事活动另有规定。")])
    assert (rule.origin, rule.document) == (RuleOrigin.CONVENTION, CONVENTION.document)
    assert "《示范法》没有规定" in rule.quote


@pytest.mark.parametrize(
    ("title", "article"),
    [
        ("中华人民共和国民法典", "第一千二百五十九条"),
        ("中华人民共和国刑法", "第九十九条"),
        ("中华人民共和国治安管理处罚法", "第一百四十三条"),
        ("中华人民共和国行政处罚法", ""),
    ],
)
def test_a_national_statute_speaks_for_itself_or_not_at_all(title: str, article: str) -> None:
    with sqlite3.connect(f"file:{default_path()}?mode=ro", uri=True) as laws:
        rows = laws.execute(
            "select article_no, article_text from articles where law_name = ? and status != '已废止'", (title,)
        ).fetchall()
    assert rows
    rule = bounds_in_statute(title, [provision(label, text) for label, text in rows])
    assert (rule.above_included, rule.below_included, rule.article) == (True, True, article)
    assert rule.origin is (RuleOrigin.STATUTE if article else RuleOrigin.CONVENTION)


# ---- numbers below, on and above every bound -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("rule", "on_low", "on_high"), [(HALF_OPEN, True, False), (BOTH, True, True), (NEITHER, False, False)]
)
def test_numbers_below_on_and_above_each_bound(rule: BoundsRule, on_low: bool, on_high: bool) -> None:
    found = [contains(D(n), D("10000"), D("30000"), rule) for n in ("9999.99", "10000", "10000.01")]
    assert found == [False, on_low, True]
    found = [contains(D(n), D("10000"), D("30000"), rule) for n in ("29999.99", "30000", "30000.01")]
    assert found == [True, on_high, False]


AMOUNTS = st.decimals(min_value=0, max_value=10**6, places=2)
RULES = st.sampled_from([HALF_OPEN, BOTH, NEITHER])
ENDS = st.sampled_from([None, True, False])


@given(AMOUNTS, AMOUNTS, AMOUNTS, RULES, ENDS, ENDS)
def test_a_number_lies_inside_exactly_when_both_ends_allow_it(
    value: Decimal, one: Decimal, other: Decimal, rule: BoundsRule, low_in: bool | None, high_in: bool | None
) -> None:
    low, high = sorted((one, other))
    if low == high:
        return
    inside = contains(value, low, high, rule, includes_low=low_in, includes_high=high_in)
    on_low = rule.above_included if low_in is None else low_in
    on_high = rule.below_included if high_in is None else high_in
    assert inside == (low < value < high or (value == low and on_low) or (value == high and on_high))


@given(AMOUNTS, AMOUNTS, RULES)
def test_an_open_end_and_a_fixed_number(value: Decimal, bound: Decimal, rule: BoundsRule) -> None:
    assert contains(value, None, None, rule)
    assert contains(value, bound, bound, rule) == (value == bound)
    both = contains(value, bound, None, rule) + contains(value, None, bound, rule)
    assert both == (1 if value != bound else rule.above_included + rule.below_included)


@given(st.lists(st.integers(1, 1000), min_size=2, max_size=6, unique=True), st.integers(0, 1001))
def test_bands_that_follow_each_other_hold_every_number_once_under_a_half_open_rule(ends: list[int], n: int) -> None:
    ends.sort()
    bands = [Interval(D(a), D(b)) for a, b in pairwise(ends)]
    inner = ends[1:-1]
    held = place_in(D(n), bands, HALF_OPEN)
    assert len(held) == (1 if ends[0] <= n < ends[-1] else 0)
    assert len(place_in(D(n), bands, BOTH)) == (2 if n in inner else 1 if ends[0] <= n <= ends[-1] else 0)
    assert (n in inner) <= (place_in(D(n), bands, NEITHER) == ())


BANDS = [Interval(None, D(1)), Interval(D(1), D(3)), Interval(D(3), D(10))]


def test_the_maximum_is_in_no_band_where_the_rule_excludes_it() -> None:
    assert place_in(D(10), BANDS, HALF_OPEN, D(10)) == ()
    assert place_in(D(10), BANDS, BOTH, D(10)) == (2,)
    assert place_in(D(20), BANDS, BOTH, D(20)) == ()


def test_a_catch_all_row_or_the_rule_itself_reaches_the_maximum() -> None:
    assert place_in(D(10), [*BANDS, Interval(D(10), D(10))], HALF_OPEN, D(10)) == (3,)
    assert place_in(D(10), [*BANDS[:2], Interval(D(3), None)], HALF_OPEN, D(10)) == (2,)
    said = read_bounds("“以上”含本数，“以下”不含本数；各档上限为法定上限的，包含本数。", RuleOrigin.DOCUMENT)
    assert said is not None
    assert place_in(D(10), BANDS, said, D(10)) == (2,)
    assert place_in(D(3), BANDS, said, D(10)) == (2,)  # only at the maximum itself


# ---- which rules go with which benchmark ---------------------------------------------------------------------

OURS = RulesCandidate("r1", "示范市生态环境行政处罚自由裁量权规定", "示范市", "示范市生态环境局", "第一条 ……")
BENCHMARK = "示范市生态环境违法行为行政处罚罚款金额裁量表"


def test_rules_that_name_the_benchmark_go_with_it_even_from_elsewhere() -> None:
    naming = RulesCandidate("r2", "示范省裁量规则", "示范省", None, f"附件：{BENCHMARK}（2026年版）")
    match = match_rules(BENCHMARK, "示范市", None, [OURS, naming])
    assert match.candidate == naming
    assert "点名" in match.reason


def test_rules_of_the_same_place_and_field_go_with_it_and_those_of_another_do_not() -> None:
    others = [
        RulesCandidate("r3", "另一市生态环境行政处罚自由裁量权规定", "另一市"),
        RulesCandidate("r4", "示范市城市管理行政处罚裁量权适用规定", "示范市"),
    ]
    match = match_rules(BENCHMARK, "示范市", "示范市生态环境局", [*others, OURS])
    assert match.candidate == OURS
    assert "生态环境" in match.reason
    assert match_rules(BENCHMARK, "示范市", None, others).candidate is None


def test_two_rules_that_are_equally_sure_are_left_to_a_person() -> None:
    again = RulesCandidate("r5", "示范市生态环境行政处罚裁量规则（试行）", "示范市", "示范市生态环境局")
    match = match_rules(BENCHMARK, "示范市", None, [OURS, again])
    assert match.candidate is None
    assert "请人工确定" in match.reason


def test_general_rules_of_the_issuer_go_with_its_benchmarks_of_any_field() -> None:
    general = RulesCandidate("r6", "示范市市场监督管理局行政处罚裁量权适用规定", "示范市", "示范市市场监督管理局")
    match = match_rules("示范市食品经营违法行为裁量基准", "示范市", "示范市市场监督管理局", [general])
    assert match.candidate == general


@pytest.mark.parametrize(
    ("title", "field"),
    [
        (BENCHMARK, "生态环境"),
        ("示范市生态环境局关于生态环境违法行为行政处罚自由裁量权裁量标准规定（试行）", "生态环境"),
        ("示范市城市管理行政处罚裁量基准（2026年版）", "城市管理"),
        ("示范市行政处罚裁量规则", ""),
    ],
)
def test_the_field_of_a_title_is_what_is_left_without_place_and_common_words(title: str, field: str) -> None:
    assert field_of(title, "示范市") == field
