"""Items of real records: proved, told whole, drawn the same again, and never of a record that is in doubt."""

from __future__ import annotations

import re
from collections import Counter
from random import Random

import pytest

from assistant.discretion.contract import DoubtInfo
from assistant.quiz.contract import Check, Form, ItemKind, Point
from assistant.quiz.makers.records.maker import make_from_benchmarks
from assistant.quiz.makers.records.words import verb_of_fine
from assistant.quiz.material import Candidate, Material
from assistant.quiz.proof import Evidence, prove
from assistant.quiz.proof.evidence import plain
from assistant.quiz.proof.key import ONE_IS_ENOUGH
from tests.assistant.quiz.makers.records.drawn import Drawn, draw

NOT_ABOUT_FORM = frozenset(Check) - {Check.NO_GIVEAWAY, Check.STANDS_ALONE}


def test_every_family_gives_items_of_every_kind_it_can(drawn: Drawn) -> None:
    """No 多选 on the lists and no 单选 on articles: the samples are few. What other entries and other articles say is
    of another field, which nobody would choose, or an article tells itself by the words of the violation;
    ``test_fair.py`` shows when such items are made.
    """
    kinds = Counter((c.content.kind, c.content.form, c.content.point) for c in drawn.all)
    for wanted in (
        (ItemKind.CALCULATION, Form.AMOUNT, Point.FINE),
        (ItemKind.SINGLE, Form.ONE, Point.TIER),
        (ItemKind.CASE, Form.ONE, Point.TIER),
        (ItemKind.CASE, Form.POINTS, Point.TIER),
        (ItemKind.CASE, Form.ONE, Point.NO_PENALTY),
        (ItemKind.TRUE_FALSE, Form.TRUTH, Point.NO_PENALTY),
        (ItemKind.SINGLE, Form.ONE, Point.NO_PENALTY),
        (ItemKind.CASE, Form.POINTS, Point.BASIS),
    ):
        assert kinds[wanted] > 0, wanted


def test_every_item_is_proved_in_what_it_says_and_nearly_every_one_in_how(drawn: Drawn, evidence: Evidence) -> None:
    proofs = [(c.content, prove(c.content, evidence)) for c in drawn.all]
    for content, proof in proofs:
        failed = [c for c in proof.checks if c.check in NOT_ABOUT_FORM and c.passed is not True]
        assert not failed, (content.stem, failed)
    assert sum(proof.passed for _, proof in proofs) >= 0.95 * len(proofs)


def test_the_same_seed_gives_the_same_items_and_another_seed_others(material: Material, drawn: Drawn) -> None:
    assert draw(material, seed=7) == drawn
    assert draw(material, seed=8) != drawn


def test_citations_rest_on_the_row_and_where_the_law_is_held_on_the_statute(drawn: Drawn) -> None:
    tiers = [c.content for c in drawn.benchmarks if c.content.point in (Point.TIER, Point.FINE)]
    with_statute = [i for i in tiers if any(c.title.startswith("中华人民共和国") for c in i.citations)]
    assert all(i.citations[0].title == i.tags.title for i in tiers)
    assert len(with_statute) >= len(tiers) // 2


def test_a_number_at_the_bound_is_among_the_cases(drawn: Drawn) -> None:
    told = [i.content for i in drawn.benchmarks if "“以上”包括本数" in i.content.stem + i.content.explanation]
    assert told


def test_no_item_is_made_of_a_record_that_needs_review(material: Material) -> None:
    doubt = DoubtInfo(code="weights_do_not_reach_100", message="权重之和不足")
    doubted = tuple(s.model_copy(update={"needs_review": [doubt]}) for s in material.standards)
    given = Material(material.day, material.texts, material.book, material.desk, doubted, (), material.region)
    assert list(make_from_benchmarks(given, Random(1))) == []


@pytest.mark.parametrize("state", ["repealed", "not_yet_in_force", "text_differs"])
def test_no_item_is_made_where_the_law_behind_a_record_does_not_stand(material: Material, state: str) -> None:
    gone = tuple(
        s.model_copy(update={"basis": [b.model_copy(update={"state": state}) for b in s.basis]})
        for s in material.standards
    )
    given = Material(material.day, material.texts, material.book, material.desk, gone, (), material.region)
    assert list(make_from_benchmarks(given, Random(1))) == []


def test_a_case_item_does_not_tell_what_was_decided_on_which_article(drawn: Drawn) -> None:
    for candidate in drawn.cases:
        item = candidate.content
        if item.form is Form.ONE:
            right = re.search("第[^条：]+条", item.options[item.key.correct[0]])
            assert right is not None
            assert right.group() not in item.stem


def test_no_case_asks_for_the_bare_number_of_an_article(drawn: Drawn) -> None:
    """Every article among the options comes with words of its own, verbatim, of much the same length."""
    asked = [c.content for c in drawn.cases if c.content.form is Form.ONE]
    for item in asked:
        for number, option in enumerate(item.options):
            told = re.fullmatch("《.+》第.+条：“(.+)”", option)
            assert told is not None
            assert any(told[1] in c.quotation for c in item.citations)
            assert 14 <= len(told[1]) <= 110, (number, option)


def test_case_facts_are_the_words_of_the_case(drawn: Drawn, evidence: Evidence) -> None:
    for candidate in drawn.cases:
        facts = candidate.content.stem.rsplit("\n", 1)[0]
        cited = evidence.provision(candidate.content.citations[0].provision_id)
        assert cited is not None
        assert plain(facts) in plain("".join(p.text for p in cited[0].provisions))


def test_conditions_of_a_list_that_miss_by_the_bound_itself(drawn: Drawn) -> None:
    """不足五种 is missed by five: that is what officers get wrong."""
    stems = {i.content.stem for i in drawn.lists if i.content.kind is ItemKind.CASE}
    assert any("未标价商品为五种" in stem for stem in stems)


def test_weights_are_brought_along_and_the_sum_is_not(drawn: Drawn) -> None:
    sums: list[Candidate] = [c for c in drawn.benchmarks if "附：裁量权重" in c.content.stem]
    assert sums
    for candidate in sums:
        item = candidate.content
        assert item.working
        assert f"{item.key.amount}" not in re.findall(r"[0-9]+", item.stem)


BOUND = re.compile("不足[0-9一二三四五六七八九十百千万]|[0-9一二三四五六七八九十百千万][^，；。]{0,6}(?:以上|以下)")


def test_the_findings_of_a_case_are_numbers_and_not_the_bounds_of_the_row(drawn: Drawn) -> None:
    cases = [c.content for c in drawn.benchmarks if c.content.kind is ItemKind.CASE]
    assert cases
    for item in cases:
        found = item.stem.partition("经查明：")[2].partition("没有其他裁量情节")[0]
        assert not BOUND.search(found), item.stem
        assert re.search("[0-9]", found), item.stem


def test_the_findings_of_a_case_on_a_list_do_not_say_its_conditions(drawn: Drawn) -> None:
    cases = [c.content for c in drawn.lists if c.content.kind is ItemKind.CASE]
    assert cases
    for item in cases:
        found = item.stem.partition("经查明：")[2]
        conditions = re.findall("不符合“(.+?)”的要求", "\n".join(item.options))
        assert not [c for c in conditions if c in found], item.stem
        assert len(item.options) >= 4
        assert len({r.reason for r in item.refutations}) == len(item.refutations)


def test_a_calculation_on_the_cost_of_a_building_fits_its_area(drawn: Drawn) -> None:
    checked = 0
    for content in (c.content for c in drawn.benchmarks if c.content.kind is ItemKind.CALCULATION):
        area = re.search(r"面积[^；]*?([0-9]+)平方米", content.stem.partition("附：")[0])
        cost = re.search(r"造价：?([0-9.]+)(万?)元", content.stem)
        if area and cost:
            checked += 1
            assert 1000 <= float(cost[1]) * (10000 if cost[2] else 1) / float(area[1]) <= 5000, content.stem
    assert checked


_PERCENTS = re.compile(r"[0-9.]+%")


def test_every_weight_of_a_sum_stands_in_a_cited_row(drawn: Drawn) -> None:
    """A row of sub-headings (限期内改正) states no weight: the row below it does, and is cited too."""
    sums = [c.content for c in drawn.benchmarks if "附：裁量权重" in c.content.stem]
    assert any("限期内改正" in line for item in sums for line in item.working)
    for item in sums:
        weighed = [line for line in item.working if re.search("：.*[0-9]%$", line)]
        cited = Counter(p for c in item.citations for p in _PERCENTS.findall(c.quotation))
        wanted = Counter(p for line in weighed for p in _PERCENTS.findall(line)[-1:])
        assert len(weighed) >= 3
        assert wanted <= cited, (wanted, cited)


def test_a_bound_that_the_statute_has_too_is_not_asked(drawn: Drawn) -> None:
    asked = [c.content for c in drawn.benchmarks if re.search("最[低高]为多少元", c.content.stem)]
    assert asked
    for item in asked:
        legal = re.search("法定幅度：([0-9]+)元以上([0-9]+)元以下", "\n".join(item.working))
        if legal is not None:
            assert item.key.amount != int(legal[2 if "最高为多少元" in item.stem else 1]), item.stem


def test_who_has_mended_is_not_told_to_mend(drawn: Drawn) -> None:
    told = [c.content.stem + c.content.explanation for c in drawn.benchmarks]
    assert any("限期内改正" in t for t in told)
    assert not [t for t in told if re.search("(?<!未)(?<!不)改正”?的，(?:责令)?(?:限期)?改正", t)]


def test_no_scoring_point_is_a_basis_without_what_rests_on_it(drawn: Drawn) -> None:
    points = [p.text for c in drawn.cases for p in c.content.key.points]
    assert points
    assert not [p for p in points if re.fullmatch("(?:依据|依照|根据)[^，]*(?<!罚)[条款项]", p)]


def test_a_point_names_its_law_and_no_sum(drawn: Drawn) -> None:
    points = [p.text for c in drawn.cases for p in c.content.key.points]
    assert not [p for p in points if re.search("该(?:法|条|法典)第|[0-9]+万?元|结合|签订", p)]
    assert not [p for p in points if len(p) < 6]
    assert all(len(c.content.key.points) >= 2 for c in drawn.cases if c.content.form is Form.POINTS)


def test_a_case_is_asked_what_its_answer_tells(drawn: Drawn) -> None:
    for item in (c.content for c in drawn.cases if c.content.form is Form.POINTS and "复议" not in c.content.stem):
        points = "".join(p.text for p in item.key.points)
        assert ("当事人违反的规定" in item.stem) is ("违反" in points)
        assert ("及其理由" in item.stem) is ("鉴于" in points)


def test_a_case_tells_every_scale_of_its_table(drawn: Drawn) -> None:
    """A shop near a school is not told without the value of its goods, where other rows go by the value."""
    asked = [c.content for c in drawn.benchmarks if c.content.kind is ItemKind.CASE]
    goods = [i for i in asked if "未取得食品经营许可" in i.stem]
    assert goods
    assert all("货值金额" in i.stem.partition("经查明：")[2] for i in goods)


def test_the_working_says_nothing_of_how_the_statute_is_read(drawn: Drawn) -> None:
    lines = [line for c in drawn.benchmarks for line in c.content.working]
    assert lines
    assert not [line for line in lines if "文件没有规定" in line]


def test_fines_to_choose_from_are_imposed_by_one_verb(drawn: Drawn) -> None:
    choices = [c.content for c in drawn.benchmarks if c.content.form is Form.ONE and c.content.point is Point.TIER]
    fines = [[verb_of_fine(o) for o in i.options] for i in choices if all("罚款" in o for o in i.options)]
    assert fines
    assert all(len(set(verbs)) == 1 for verbs in fines)


def test_what_a_case_begins_with_is_not_found_again(drawn: Drawn) -> None:
    cases = [c.content.stem for c in drawn.benchmarks if "经查明：" in c.content.stem]
    assert any("未安装油烟净化设施，致使超标排放油烟。经查明：基准灶头" in stem for stem in cases)
    for stem in cases:
        lead, _, rest = stem.partition("经查明：")
        found = re.split("[，；]", rest.partition("；没有其他裁量情节")[0])
        assert not [clause for clause in found if len(clause) >= 5 and clause in lead]


def test_who_writes_the_tier_of_a_case_has_the_rows_at_hand(drawn: Drawn) -> None:
    written = [c.content for c in drawn.benchmarks if c.content.form is Form.POINTS]
    assert written
    for item in written:
        [range_] = [p.text.removeprefix("裁量幅度：") for p in item.key.points if p.text.startswith("裁量幅度：")]
        assert range_ in item.stem.partition("附：裁量阶次")[2]


def test_a_case_of_a_fine_says_its_tier_and_explains_every_measure(drawn: Drawn, evidence: Evidence) -> None:
    [item] = [c.content for c in drawn.cases if c.content.form is Form.POINTS and "暗管" in c.content.explanation]
    assert "执法机关没有认定情节严重" in item.stem
    measures = [p.text.partition("，")[2] for p in item.key.points if p.text.startswith("依据《")]
    assert any(m == f"责令限制生产、停产整治{ONE_IS_ENOUGH}" for m in measures)
    assert all(m.removesuffix(ONE_IS_ENOUGH) in item.explanation for m in measures)
    assert prove(item, evidence).passed


def test_a_clause_without_a_grave_tier_needs_no_word_on_it(drawn: Drawn) -> None:
    [item] = [c.content for c in drawn.cases if c.content.form is Form.POINTS and "小吃店" in c.content.stem]
    assert "情节" not in item.stem
    assert "处五千元以上五万元以下的罚款" in item.explanation


def test_the_effect_of_a_list_is_quoted_where_its_row_says_it(drawn: Drawn) -> None:
    warned = [
        (c.content, r.reason) for c in drawn.lists for r in c.content.refutations if "警告也是行政处罚" in r.reason
    ]
    assert {"清单规定的后果" in reason for _, reason in warned} == {True, False}
    for item, reason in warned:
        effect = re.search("清单规定的后果是“(.+?)”", reason)
        assert effect is None or any(effect[1] in c.quotation for c in item.citations)


def test_a_number_at_the_bound_stands_beside_the_rule_that_has_it_inside(drawn: Drawn) -> None:
    at_bound = [c.content for c in drawn.benchmarks if "包括本数" in c.content.explanation]
    assert {c.kind for c in at_bound} >= {ItemKind.CASE}
    assert all("“以上”包括本数" in item.stem for item in at_bound)
