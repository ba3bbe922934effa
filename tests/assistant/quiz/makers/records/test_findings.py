"""Findings of a case: whole sentences that leave it to the reader which condition fails."""

from __future__ import annotations

import re
from random import Random

import pytest

from assistant.discretion.contract import BoundsInfo
from assistant.quiz.contract import ItemKind
from assistant.quiz.makers.records.facts import Fact, one_of_several, tells
from assistant.quiz.makers.records.findings import findings_of, with_object
from assistant.quiz.makers.records.lists import act_and_givens, brings_a_penalty
from assistant.quiz.makers.records.statutes import Passage
from corpus.vocabulary import ProvisionPath
from tests.assistant.quiz.makers.records.drawn import Drawn
from tests.assistant.quiz.makers.values.provisions import law

_WEIGHT = re.compile("：.*，([0-9.]+)%$")
BOUNDS = BoundsInfo(above_included=True, below_included=False, origin="document", text="")


@pytest.mark.parametrize(
    "condition", ["在接到通知后当日改正", "接到通知后二十四小时内清理完毕", "三日内改正", "当场改正"]
)
def test_a_date_tells_and_no_word_does(condition: str) -> None:
    for seed in range(12):
        found = findings_of([condition], Random(seed))
        assert found is not None
        assert not re.search("[才仅]|已经|超过", found[0].met + found[0].missed)


@pytest.mark.parametrize(
    ("what", "violation", "told"),
    [
        ("制定并组织演练", "未按照规定制定应急预案，但属于小型企业", "制定应急预案并组织演练"),
        ("制定并组织演练", "未组织演练", ""),
        ("补全", "未补全进货记录", "补全进货记录"),
        ("改正", "未明码标价", "改正"),
    ],
)
def test_a_verb_has_its_object(what: str, violation: str, told: str) -> None:
    assert with_object(what, violation) == told


def test_one_of_the_sorts_that_a_label_puts_together_is_found() -> None:
    label = "可回收物、其他垃圾"
    told = {one_of_several(Fact(label), Random(n)).words for n in range(20)}
    assert told == {"可回收物", "其他垃圾"}
    assert all(tells(t, label, BOUNDS) for t in told)


def test_who_says_that_the_list_applies_is_told_first_which_condition_fails(drawn: Drawn) -> None:
    checked = 0
    for item in (c.content for c in drawn.lists if c.content.kind is ItemKind.CASE):
        if not item.options[item.key.correct[0]].startswith("不适用"):
            continue
        for reason in (r.reason for r in item.refutations if item.options[r.option].startswith("适用")):
            checked += 1
            assert "不符合“" in reason.partition("；清单规定")[0]
    assert checked


def test_statements_on_a_list_have_one_sentence_pattern_and_several_tricks(drawn: Drawn) -> None:
    stated = [c.content for c in drawn.lists if c.content.kind is ItemKind.TRUE_FALSE]
    assert stated
    assert not [c for c in stated if "须同时" in c.explanation or "的，同时" in c.stem]
    wrong = [c.stem for c in stated if c.key.truth is False]
    assert any("有下列情形之一的" in s for s in wrong)
    assert any("应当不予行政处罚" in s for s in wrong)


@pytest.mark.parametrize(
    ("violation", "done", "givens"),
    [
        ("未制定预案，但属于小型企业且没有重大危险源的", "未制定预案", ["当事人系小型企业，没有重大危险源"]),
        ("产品标识缺少厂名，能够说明产品来源", "产品标识缺少厂名", ["当事人能够说明产品来源"]),
        ("未明码标价", "未明码标价", []),
        ("未按规定公示，拒不改正", "未按规定公示，拒不改正", []),
    ],
)
def test_what_a_row_supposes_of_the_offender_is_a_fact_and_no_part_of_the_act(
    violation: str, done: str, givens: list[str]
) -> None:
    assert act_and_givens(violation) == (done, givens)


@pytest.mark.parametrize(
    ("clause", "punishes"),
    [
        ("标识不符合规定的，责令改正；情节严重的，并处罚款。", False),
        ("标识不符合规定的，责令改正，处一万元以下罚款；情节严重的，吊销执照。", True),
        ("有下列行为之一的，责令改正，处罚款：\n（一）标识不符合规定的；\n（二）没有标识的。", True),
        ("产品应当有标识。", True),
    ],
)
def test_where_an_act_is_only_to_be_mended_there_is_no_penalty_to_waive(clause: str, punishes: bool) -> None:
    text = law(clause)
    whole = Passage(text, text.provisions[0], ProvisionPath(), 0, len(clause))
    assert brings_a_penalty(whole) is punishes


def test_an_earlier_offence_is_one_of_the_kind() -> None:
    found = findings_of(["二年内初次违法", "当场改正"], Random(0))
    assert found is not None
    assert "同类违法行为" in found[0].missed


def test_the_reason_is_the_one_fact_that_fails_and_the_offender_is_not_who_gets_complaints(drawn: Drawn) -> None:
    found = findings_of(["属于初次违法且危害后果轻微"], Random(0))
    assert found is not None
    assert "受过行政处罚" in found[0].failing
    assert "投诉" in found[0].missed
    assert "投诉" not in found[0].failing
    assert not re.search("当事人[^；]*投诉", f"{found[0].met}；{found[0].missed}")
    cases = [c.content for c in drawn.lists if c.content.kind is ItemKind.CASE]
    for quoted in (q for i in cases for r in i.refutations for q in re.findall("案情是“(.+?)”，不符合", r.reason)):
        assert "；" not in quoted
        assert "没有给他人造成损失" not in quoted


def test_a_sum_adds_at_least_two_weights(drawn: Drawn) -> None:
    sums = [c.content.working for c in drawn.benchmarks if c.content.kind is ItemKind.CALCULATION]
    weights = [[found[1] for line in working if (found := _WEIGHT.search(line))] for working in sums]
    by_weights = [found for found in weights if found]
    assert by_weights
    for of_sum in by_weights:
        assert len([weight for weight in of_sum if weight != "0"]) >= min(2, len(of_sum))
