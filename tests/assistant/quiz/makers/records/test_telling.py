"""How a case is told: an offender who did one thing, findings that are sentences and are read back as their labels."""

from __future__ import annotations

import re

import pytest

from assistant.discretion.contract import BasisInfo, BoundsInfo
from assistant.quiz.contract import ItemKind
from assistant.quiz.makers.records.facts import tells
from assistant.quiz.makers.records.statutes import party_of
from assistant.quiz.makers.records.telling import (
    conduct_told,
    finding_told,
    found_under,
    is_undecided,
    leaves_nothing_open,
    offence_told,
)
from assistant.quiz.makers.records.words import fine_alone
from assistant.quiz.material import LawBook
from tests.assistant.quiz.makers.records.drawn import Drawn
from tests.assistant.quiz.makers.values.provisions import DAY, law

BOUNDS = BoundsInfo(above_included=True, below_included=False, origin="document", text="")
CASE = "执法机关查处一起案件"


@pytest.mark.parametrize(
    ("violation", "told"),
    [
        ("未按规定明码标价", "：当事人未按规定明码标价"),
        ("经营者不按照规定明码标价", "：当事人为经营者，不按照规定明码标价"),
        ("单位未分类投放生活垃圾，拒不改正", "：当事人为单位，未分类投放生活垃圾，拒不改正"),
        ("从事食品工作的人员未取得健康证明上岗工作", "：当事人安排未取得健康证明的人员从事食品工作"),
        ("运输渣土的车辆未采取密闭措施", "：运输渣土的车辆未采取密闭措施"),
        ("进行建设，尚可采取改正措施", "，违法行为为“进行建设，经认定，尚可采取改正措施”"),
        ("油烟超标排放", "，违法行为为“油烟超标排放”"),
    ],
)
def test_an_offence_has_an_offender(violation: str, told: str) -> None:
    assert offence_told(violation) == f"{CASE}{told}"


def test_whom_the_clause_is_for_is_told_where_the_title_does_not_say() -> None:
    assert offence_told("工地未采取防尘措施", "施工单位") == f"{CASE}：当事人为施工单位，工地未采取防尘措施"
    assert offence_told("施工单位未清运垃圾", "施工单位") == f"{CASE}：当事人为施工单位，未清运垃圾"


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        ("未采取防尘降尘措施的面积600平方米", "工地未采取有效防尘降尘措施"),
        ("基准灶头6个", None),
        ("未设置硬质围挡，未采取有效防尘降尘措施", None),
    ],
)
def test_of_two_acts_that_a_title_joins_the_one_that_was_found_is_told(facts: str, told: str | None) -> None:
    offence = offence_told("工地未设置硬质围挡或者未采取有效防尘降尘措施", facts=facts)
    assert offence == (f"{CASE}：{told}" if told else None)


def test_a_bound_in_the_title_is_left_to_the_number_that_was_found() -> None:
    violation = "未取得许可从事经营，货值金额不足一万元"
    assert offence_told(violation, measured="货值金额800元") == f"{CASE}：当事人未取得许可从事经营"
    assert "不足一万元" in (offence_told(violation) or "")


@pytest.mark.parametrize(
    ("name", "words", "told"),
    [
        ("违法建设面积", "50平方米", "违法建设面积为50平方米"),
        ("近二年同类违法行为情况（含本次）", "2次", "近二年同类违法行为（含本次）2次"),
        ("配合执法调查情况", "不配合调查", "当事人不配合调查"),
        ("责令停止建设后的表现", "继续建设", "责令停止建设后，当事人继续建设"),
        ("违法次数", "两年内首次", "当事人两年内首次实施该违法行为"),
        ("持续时间", "超出限定时间2小时", "超出限定时间2小时"),
        ("超标时段", "夜间", "超标时段为夜间"),
        ("建设阶段", "已经竣工", "已经竣工"),
        ("对公众的影响", "未造成影响", "未对公众造成影响"),
    ],
)
def test_a_finding_is_a_sentence_and_is_read_back(name: str, words: str, told: str) -> None:
    assert finding_told(name, words) == told
    assert any(tells(given, words, BOUNDS) for given in found_under(name, told))


@pytest.mark.parametrize(
    ("clause", "told"),
    [
        ("限期内改正", "当事人在限期内改正"),
        ("责令停止建设后继续建设", "当事人被责令停止建设后继续建设"),
        ("但被责令停止后继续经营", "当事人被责令停止后继续经营"),
        ("两年内首次", "当事人两年内首次实施该违法行为"),
        ("焚烧面积6平方米", "焚烧面积6平方米"),
    ],
)
def test_what_the_offender_did_has_him_as_its_subject(clause: str, told: str) -> None:
    assert conduct_told(clause) == told
    assert tells(told, clause, BOUNDS)


@pytest.mark.parametrize(
    ("finding", "whole"),
    [
        ("宣传费用10万元", True),
        ("尚不属于情节严重", False),
        ("危害后果轻微", False),
        ("当事人逾期8日", False),
        ("超过保质期5日", True),
    ],
)
def test_a_judgement_or_a_number_of_nothing_is_no_finding(finding: str, whole: bool) -> None:
    assert leaves_nothing_open([finding]) is whole


def test_words_that_tell_one_thing_or_another_are_no_finding(drawn: Drawn) -> None:
    assert is_undecided("造成道路通行受阻或者污染路面")
    sums = [c.content.stem for c in drawn.benchmarks if c.content.kind is ItemKind.CALCULATION]
    assert sums
    assert not [s for s in sums if "或者" in s.partition("经查明：")[2].partition("没有其他裁量情节")[0]]


def test_a_fine_asked_alone_is_imposed_beside_nothing(drawn: Drawn) -> None:
    assert fine_alone("可以并处三千元以下罚款") == "可以处三千元以下罚款"
    options = [o for c in drawn.benchmarks if "罚款幅度" in c.content.stem for o in c.content.options]
    assert options
    assert not [o for o in options if o.startswith(("并处", "可以并处"))]


def test_a_case_at_the_bound_brings_the_note_that_puts_it_in_and_no_more(drawn: Drawn) -> None:
    notes = 0
    for item in (c.content for c in drawn.benchmarks if c.content.kind is ItemKind.CASE):
        said = "本数" in item.explanation
        assert said is any("本数" in cited.quotation for cited in item.citations), item.explanation
        assert "“以下”" not in item.explanation
        notes += said
    assert notes


def test_every_sum_is_held_against_the_range_of_the_statute(drawn: Drawn) -> None:
    sums = [c.content for c in drawn.benchmarks if c.content.kind is ItemKind.CALCULATION]
    assert sums
    assert all(any(line.startswith("法定幅度：") for line in item.working) for item in sums)


@pytest.mark.parametrize(
    ("clause", "who"),
    [
        ("违反本法规定，施工单位有下列情形之一的，处罚款：\n（一）未设置围挡的。", "施工单位"),
        ("单位违反本法规定，有下列行为之一的，处罚款：\n（一）占用通道的。", "单位"),
        ("违反本法规定，有下列行为之一的，处罚款：\n（一）占用通道的。", ""),
    ],
)
def test_whom_a_penalty_clause_begins_with(clause: str, who: str) -> None:
    text = law(clause)
    assert party_of([BasisInfo(written="《中华人民共和国示例法》第一条", text="")], LawBook(DAY, (text,))) == who


def test_no_case_tells_what_it_did_not_find(drawn: Drawn) -> None:
    """Neither the working nor the offence has conditions of the row that the case does not meet."""
    asked = [
        c.content for c in (*drawn.benchmarks, *drawn.lists) if c.content.kind in (ItemKind.CASE, ItemKind.CALCULATION)
    ]
    assert asked
    for item in asked:
        facts = item.stem.partition("附：")[0]
        assert facts.startswith(CASE), item.stem
        assert not re.search(
            "属于|情节(?:严重|轻微)|或者未|；或者", facts.partition("。根据")[0].partition("对该案")[0]
        )
        assert not [line for line in item.working if line.startswith("适用第") and "；" in line]
