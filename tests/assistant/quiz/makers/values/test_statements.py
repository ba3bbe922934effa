"""Choices among statements with values: verbatim or with another value, of several articles, each proved."""

from __future__ import annotations

from random import Random

from assistant.quiz.contract import ItemContent, ItemKind, Point
from assistant.quiz.makers.values.facts import read_facts
from assistant.quiz.makers.values.maker import make_statements
from assistant.quiz.material import LawBook, Material
from assistant.quiz.proof import Evidence, prove
from tests.assistant.quiz.makers.values.provisions import DAY, law

_LIMITS = (
    "行政机关应当自收到听证申请之日起十五日内组织听证。",
    "当事人应当自收到处罚决定书之日起三十日内缴纳罚款。",
    "检验机构应当自收到样品之日起二十日内作出检验结论。",
    "经营者应当自变更登记之日起六十日内办理备案手续。",
    "行政机关应当自立案之日起九十日内作出处罚决定。",
)
_FINES = (
    "经营者未备案从事经营活动的，由公安机关责令改正，处一万元以上十万元以下的罚款。",
    "检验机构伪造检验报告的，由公安机关责令停业，处二万元以上二十万元以下的罚款。",
    "拒绝接受有关部门检查的，由公安机关给予警告，处五千元以上五万元以下的罚款。",
    "经营者擅自变更场所的，由公安机关责令改正，处三千元以上三万元以下的罚款。",
)


def _made(*articles: str, seed: int = 1) -> tuple[Material, list[ItemContent]]:
    text = law(*articles)
    material = Material(DAY, (text,), LawBook(DAY, (text,)))
    return material, [c.content for c in make_statements(material, Random(seed))]


def test_statements_on_time_limits_and_on_fines_are_proved() -> None:
    drawn = [_made(*_LIMITS, *_FINES, seed=seed) for seed in range(4)]
    assert {c.point for _, made in drawn for c in made} == {Point.TIME_LIMIT, Point.AMOUNT}
    for material, content in ((material, c) for material, made in drawn for c in made):
        assert content.kind is ItemKind.MULTIPLE
        assert 2 <= len(content.key.correct) <= 3
        assert len(content.options) == 4
        assert prove(content, Evidence.of(material)).passed


def test_right_statements_are_the_law_and_wrong_ones_differ_in_the_value_only() -> None:
    for seed in range(5):
        _, made = _made(*_FINES, seed=seed)
        for content in made:
            for index, option in enumerate(content.options):
                printed = any(option in article for article in _FINES)
                assert printed is (index in content.key.correct)
                assert any(option[:10] in article for article in _FINES)


def test_the_explanation_quotes_the_values() -> None:
    _, made = _made(*_FINES)
    for content in made:
        assert all(content.options[i] in content.explanation for i in content.key.correct)


def test_each_statement_is_of_an_article_of_its_own() -> None:
    _, made = _made(*_LIMITS)
    for content in made:
        assert len({c.provision_id for c in content.citations}) == len(content.options)


def test_a_sentence_that_goes_on_from_an_order_is_not_read() -> None:
    order = "对违反停放规定的，可以指出违法行为，令其立即驶离。"
    fine = "驾驶人不在现场或者拒绝驶离的，处二十元以上二百元以下罚款。"
    assert [f for f in read_facts(law(fine)) if f.point is Point.AMOUNT]
    assert not [f for f in read_facts(law(order + fine)) if f.point is Point.AMOUNT]
    assert not [f for f in read_facts(law(f"{order}\n{fine}")) if f.point is Point.AMOUNT]


def test_rules_of_the_state_are_not_told_as_rules_of_the_law() -> None:
    [fact, *_] = read_facts(law("违反国家规定，运输危险物质的，处一千元以上五千元以下罚款。"))
    assert fact.before.startswith("违反国家规定，运输危险物质的")
    assert not fact.breach


def test_an_act_too_short_to_tell_of_what_is_not_stated() -> None:
    bare = "未进行试验的，由公安机关责令改正，处六千元以上六万元以下的罚款。"
    for seed in range(4):
        _, made = _made(*_FINES, bare, seed=seed)
        assert made
        assert not any("未进行试验的" in option for c in made for option in c.options)


def test_what_the_paragraph_takes_back_is_not_told_as_right() -> None:
    reserved = "经营者应当自接到投诉之日起四十五日内答复消费者；法律另有规定的除外。"
    for seed in range(6):
        _, made = _made(*_LIMITS, reserved, seed=seed)
        assert made
        told = [c.options[i] for c in made for i in c.key.correct]
        assert not any("四十五日内答复" in option for option in told)


def test_multiples_and_percentages_are_never_asked_under_one_name() -> None:
    acts = ("经营者燃用劣质煤炭", "检验机构伪造检验报告", "进口商销售超标车辆", "供应商提供劣质材料")
    multiple = [
        f"{act}的，由公安机关责令改正，处货值金额{low}倍以上{high}倍以下的罚款。"
        for act, low, high in zip(acts, "一二三五", ("三", "五", "十", "二十"), strict=True)
    ]
    builders = ("建设单位擅自变更设计", "施工单位违法转包工程", "监理单位出具虚假意见", "勘察单位编造勘察成果")
    percent = [
        f"{act}的，由公安机关责令改正，处合同价款百分之{low}以上百分之{high}以下的罚款。"
        for act, low, high in zip(builders, "一二三五", ("三", "五", "八", "十"), strict=True)
    ]
    names = set()
    for seed in range(4):
        for content in _made(*multiple, *percent, seed=seed)[1]:
            of_percent = {"百分之" in option for option in content.options}
            assert len(of_percent) == 1
            assert ("关于罚款比例的规定" if of_percent.pop() else "关于罚款倍数的规定") in content.stem
            names.add(content.stem)
    assert len(names) == 2


def test_no_two_statements_are_false_by_the_same_value() -> None:
    for seed in range(8):
        _, made = _made(*_FINES, *_LIMITS, seed=seed)
        for content in made:
            false = [r.reason.rpartition("不是")[2] for r in content.refutations]
            assert len(set(false)) == len(false)
