"""Grounds of leniency, severity and no penalty: the law's words of the day, local rules, lists, and shared facts."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.discretion.conditions import (
    FAULT_NOT_ASKED,
    FIRST_OFFENCE,
    MENDED,
    MENDED_IN_TIME,
    NO_FAULT,
    NO_HARM,
    SLIGHT_ACT,
    SLIGHT_HARM,
    condition_of_item,
    exclusion_in,
    fact_name,
    read_condition,
)
from assistant.discretion.contract import NoPenalty, PartyKind
from assistant.discretion.facts import Fact, all_of, any_of, assume, names_in
from assistant.discretion.grounds import (
    NATURAL_PERSON,
    PENALTY_LAW,
    PERSONAL,
    ListedItem,
    assess,
    ground_of_item,
    grounds_of_law,
    grounds_of_rules,
    name_of_match,
)
from assistant.discretion.no_penalty import check_no_penalty, name_some, need_of_fact
from assistant.discretion.party import is_unit
from assistant.discretion.same_grounds import join_same
from assistant.discretion.time_bar import FOUND_LONG, FOUND_SHORT, HARMS_LIFE, OTHER_LIMIT, time_barred, years_after
from corpus.discretion.model import Circumstance, CircumstanceEffect, ConditionGroup, Doubt, ListEffect
from tests.assistant.discretion.records import item, rules

ACT = dt.date(2026, 3, 1)
DECISION = dt.date(2026, 11, 21)
LIST = "示范市轻微违法行为不予处罚清单（示例）"
slight = any_of([Fact(NO_HARM), Fact(SLIGHT_HARM)])


@pytest.fixture(scope="module")
def penalty_law(law_store):
    (document,) = [d for d in law_store.documents() if d.title == PENALTY_LAW]
    return law_store.provisions(law_store.versions(document.id)[-1].id)


@pytest.fixture(scope="module")
def of_law(penalty_law):
    return grounds_of_law(penalty_law, act_date=ACT, decision_date=DECISION)


def listed(entry=None, remarks=()) -> ListedItem:
    return ListedItem(entry or item(), LIST, tuple(remarks))


def match(entry=None) -> str:
    return name_of_match(listed(entry))


# ---- conditions in words -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "condition"),
    [
        ("属于首次违法；", Fact(FIRST_OFFENCE)),
        ("（1）初次违法。", Fact(FIRST_OFFENCE)),
        ("近两年内属于首次违法；", any_of([Fact(FIRST_OFFENCE), Fact("二年内首次违法")])),
        ("属于2年内首次违法", any_of([Fact(FIRST_OFFENCE), Fact("二年内首次违法")])),
        ("在责令改正期限内改正违法行为，危害后果轻微。", all_of([Fact(MENDED_IN_TIME), slight])),
        ("初次违法且危害后果轻微并及时改正的，可以不予处罚", all_of([Fact(FIRST_OFFENCE), slight, Fact(MENDED)])),
        ("违法行为轻微并及时改正，没有造成危害后果的", all_of([Fact(SLIGHT_ACT), Fact(MENDED), Fact(NO_HARM)])),
        ("首次违法，且货值不足一千元的", Fact("首次违法，且货值不足一千元")),
        ("及时改正\n违法行为", Fact(MENDED)),
        ("货值金额不足\u3000100 元的；", Fact("货值金额不足100元")),
    ],
)
def test_wording_of_the_law_is_the_laws_fact_and_any_other_is_one_of_its_own(text, condition):
    assert read_condition(text) == condition


def test_the_reservation_on_fault_belongs_to_the_condition():
    condition = read_condition("当事人有证据足以证明没有主观过错的，不予处罚，但法律、行政法规另有规定的除外")
    assert assume(condition, {NO_FAULT: True, FAULT_NOT_ASKED: False}) is True
    assert assume(condition, {NO_FAULT: True, FAULT_NOT_ASKED: True}) is False


def test_the_organ_and_the_field_make_no_other_fact():
    assert fact_name("主动供述生态环境主管部门尚未掌握的生态环境违法行为的") == fact_name(
        "（三）主动供述行政机关尚未掌握的违法行为的；"
    )


@pytest.mark.parametrize(
    ("joint", "known", "met"),
    [
        (True, {"甲": True}, None),
        (True, {"甲": True, "乙": True}, True),
        (True, {"甲": False}, False),
        (False, {"甲": True}, True),
        (False, {"甲": False}, None),
        (False, {"甲": False, "乙": False}, False),
    ],
)
def test_all_of_and_any_of_are_kept_apart(joint, known, met):
    left = assume(condition_of_item(item(conditions=("甲；", "乙。"), joint=joint)), known)
    assert (left if isinstance(left, bool) else None) is met


def test_conditions_below_a_condition_stand_in_its_place():
    group = ConditionGroup(1, ("丙", "丁"), joint=False, lead="有下列情形之一：")
    condition = condition_of_item(item(conditions=("甲", "有下列情形之一的：丙；丁"), groups=(group,)))
    assert assume(condition, {"甲": True, "丁": True}) is True
    assert sorted(set(names_in(condition))) == ["丁", "丙", "甲"]


def test_an_exclusion_shuts_its_entry_out():
    condition = condition_of_item(item(conditions=("甲",), exclusions=("在学校周边的",)))
    assert assume(condition, {"甲": True, "在学校周边": True}) is False


@pytest.mark.parametrize(
    ("remark", "name"),
    [
        ("二、自然保护区内发生的违法行为不适用不予处罚的规定。", "自然保护区内发生的违法行为"),
        ("食品安全事故，不得适用本清单。", "食品安全事故"),
        ("一、“首次违法”按照法律的规定认定。", None),
        ("本清单自2022年2月1日起施行。", None),
    ],
)
def test_only_a_remark_that_shuts_cases_out_is_a_condition(remark, name):
    assert exclusion_in(remark) == (Fact(name) if name else None)


# ---- the time bar ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("years", "day", "later"),
    [(2, dt.date(2024, 2, 29), dt.date(2026, 3, 1)), (2, dt.date(2024, 3, 1), dt.date(2026, 3, 1))],
)
def test_years_are_counted_to_the_same_day(years, day, later):
    assert years_after(day, years) == later


@pytest.mark.parametrize(
    ("decision", "facts", "barred"),
    [
        (dt.date(2026, 3, 1), {}, False),
        (dt.date(2026, 3, 2), {}, None),
        (dt.date(2026, 3, 2), {FOUND_SHORT: True}, False),
        (dt.date(2026, 3, 2), {FOUND_SHORT: False, OTHER_LIMIT: False, HARMS_LIFE: False}, True),
        (dt.date(2029, 3, 1), {FOUND_SHORT: False, OTHER_LIMIT: False, HARMS_LIFE: True}, False),
        (dt.date(2029, 3, 2), {FOUND_SHORT: False, OTHER_LIMIT: False, HARMS_LIFE: True}, None),
        (dt.date(2029, 3, 2), {FOUND_SHORT: False, OTHER_LIMIT: False, HARMS_LIFE: True, FOUND_LONG: False}, True),
        (dt.date(2029, 3, 2), {FOUND_SHORT: False, OTHER_LIMIT: True}, False),
    ],
    ids=[
        "on the last day of two years",
        "a day later",
        "found in time",
        "not found",
        "on the last day of five",
        "after five",
        "not found within five",
        "another limit",
    ],
)
def test_the_time_bar_falls_after_two_years_and_after_five_where_life_is_hurt(decision, facts, barred):
    left = assume(time_barred(dt.date(2024, 3, 1), decision), facts)
    assert (left if isinstance(left, bool) else None) is barred


# ---- the law -----------------------------------------------------------------------------------------------


def test_the_laws_words_are_quoted_verbatim_with_their_place(of_law, penalty_law):
    texts = {p.id: p.text for p in penalty_law}
    for ground in of_law:
        (reference,) = ground.references
        assert reference.quote in texts[reference.provision_id]
    places = {ground.name: ground.references[0].place for ground in of_law}
    assert places["违法行为轻微并及时改正，没有造成危害后果"] == "第三十三条第一款"
    assert places["有证据足以证明没有主观过错"] == "第三十三条第二款"
    assert places["违法行为超过处罚时效未被发现"] == "第三十六条第一款"
    assert places["受他人胁迫或者诱骗实施违法行为"] == "第三十二条第二项"
    assert places["不满十四周岁"] == "第三十条"


def test_the_listed_cases_of_leniency_are_each_a_ground_and_the_last_names_none(of_law):
    listed_ = [g for g in of_law if g.references[0].place.startswith("第三十二条")]
    assert len(listed_) == 4
    assert {g.effect for g in listed_} == {CircumstanceEffect.LENIENT_OR_MITIGATED.value}
    assert all(g.must for g in listed_)


def test_a_text_without_the_words_offers_no_such_ground(penalty_law):
    without = [p for p in penalty_law if "初次违法" not in p.text]
    names = {g.name for g in grounds_of_law(without, act_date=ACT, decision_date=DECISION)}
    assert "初次违法且危害后果轻微并及时改正" not in names
    assert grounds_of_law([], act_date=ACT, decision_date=DECISION) == ()


def test_age_and_mind_are_not_asked_of_a_unit(penalty_law):
    grounds = grounds_of_law(penalty_law, act_date=ACT, decision_date=DECISION, of_unit=True)
    assert all(g.holds is False for g in grounds if g.personal)
    assert not any("周岁" in need.name for need in check_no_penalty(grounds, {}).needs)


@pytest.mark.parametrize(
    ("variant", "column", "found"),
    [("对单位·逾期未改正", None, True), (None, "对个人罚款", False), ("逾期未改正", None, None), (None, None, None)],
)
def test_a_party_is_known_where_variant_or_column_names_it(variant, column, found):
    assert is_unit(variant, column) is found


# ---- the result --------------------------------------------------------------------------------------------

NOTHING = {
    SLIGHT_ACT: False,
    MENDED: False,
    NO_HARM: False,
    SLIGHT_HARM: False,
    FIRST_OFFENCE: False,
    NO_FAULT: False,
    "当事人不满十四周岁": False,
    "当事人是精神病人、智力残疾人，行为时不能辨认或者不能控制自己行为": False,
}


@pytest.mark.parametrize(
    ("known", "result"),
    [
        ({}, NoPenalty.FACTS_MISSING),
        (NOTHING, NoPenalty.NOT),
        (NOTHING | {SLIGHT_ACT: True, MENDED: True, NO_HARM: True}, NoPenalty.MUST),
        (NOTHING | {FIRST_OFFENCE: True, MENDED: True, SLIGHT_HARM: True}, NoPenalty.MAY),
        (NOTHING | {FIRST_OFFENCE: True, MENDED: True}, NoPenalty.NOT),
        (NOTHING | {NO_FAULT: True, FAULT_NOT_ASKED: False}, NoPenalty.MUST),
        (NOTHING | {NO_FAULT: True, FAULT_NOT_ASKED: True}, NoPenalty.NOT),
        (NOTHING | {NO_FAULT: True}, NoPenalty.FACTS_MISSING),
        (NOTHING | {"当事人不满十四周岁": True}, NoPenalty.MUST),
    ],
)
def test_the_result_by_the_law_alone(of_law, known, result):
    found = check_no_penalty(of_law, known)
    assert found.result is result
    assert bool(found.needs) == (result is NoPenalty.FACTS_MISSING)


def test_no_harm_is_slight_harm_too(of_law):
    known = NOTHING | {FIRST_OFFENCE: True, MENDED: True, NO_HARM: True}
    assert check_no_penalty(of_law, known).result is NoPenalty.MAY


def test_a_duty_goes_before_a_power_and_the_power_is_not_asked_for_any_more(of_law):
    known = {FIRST_OFFENCE: True, MENDED: True, SLIGHT_HARM: True}
    open_ = check_no_penalty(of_law, known)
    assert open_.result is NoPenalty.FACTS_MISSING
    assert FIRST_OFFENCE not in {need.name for need in open_.needs}
    assert check_no_penalty(of_law, known | {NO_HARM: True, SLIGHT_ACT: True}).result is NoPenalty.MUST


def test_a_list_entry_must_fit_the_act_and_shares_its_facts_with_the_law(of_law):
    grounds = [*of_law, ground_of_item(listed())]
    known = NOTHING | {FIRST_OFFENCE: True, SLIGHT_HARM: True, MENDED_IN_TIME: True}
    asked = check_no_penalty(grounds, known)
    assert [need.name for need in asked.needs] == [match()]
    assert check_no_penalty(grounds, known | {match(): True}).result is NoPenalty.MUST
    assert check_no_penalty(grounds, known | {match(): False}).result is NoPenalty.NOT


def test_a_remark_of_the_whole_list_shuts_its_entries_out_but_not_the_law(of_law):
    remark = "二、自然保护区内发生的违法行为不适用不予处罚的规定。"
    grounds = [*of_law, ground_of_item(listed(remarks=[remark]))]
    inside = {"自然保护区内发生的违法行为": True, match(): True, MENDED_IN_TIME: True}
    of_list = NOTHING | inside | {FIRST_OFFENCE: True, SLIGHT_HARM: True}
    assert check_no_penalty(grounds, of_list).result is NoPenalty.NOT
    of_statute = NOTHING | inside | {SLIGHT_ACT: True, MENDED: True, NO_HARM: True}
    assert check_no_penalty(grounds, of_statute).result is NoPenalty.MUST


def test_an_entry_whose_effect_was_not_read_is_no_ground():
    assert ground_of_item(listed(item(effect=ListEffect.UNREAD))) is None


def test_an_entry_with_doubts_says_so():
    ground = ground_of_item(listed(item(doubts=(Doubt("joint_unclear", "条件之间的关系不清楚。"),))))
    assert ground is not None
    assert ground.note.startswith("【待核对】")


def test_circumstances_of_local_rules_apply_by_their_own_words():
    severe = next(g for g in grounds_of_rules(rules(), act_date=ACT, decision_date=DECISION) if "暴力" in g.name)
    assert (severe.effect, severe.must) == (CircumstanceEffect.SEVERE.value, True)
    assert assess(severe, {}).asks == ("暴力抗拒执法",)
    assert assess(severe, {"暴力抗拒执法": True}).applies is True
    assert assess(severe, {"暴力抗拒执法": False}).applies is False


def _circumstance(text: str, effect=CircumstanceEffect.NOT_PUNISH) -> Circumstance:
    return Circumstance(text, effect, True, "第十三条", "")


def test_local_rules_on_time_and_fault_ask_for_the_laws_facts(of_law):
    made = rules(
        circumstances=(
            _circumstance("违法行为在二年内未被发现的，不再给予行政处罚"),
            _circumstance("违法行为轻微并及时改正，没有造成危害后果的，不予处罚"),
        )
    )
    own = grounds_of_rules(made, act_date=ACT, decision_date=DECISION)
    assert own[0].holds is False
    of_law_alone = {need.name for need in check_no_penalty(of_law, {}).needs}
    assert {need.name for need in check_no_penalty([*of_law, *own], {}).needs} == of_law_alone


def test_what_names_no_fact_of_its_own_is_no_ground():
    made = rules(
        circumstances=(
            _circumstance("法律、法规、规章规定其他应当从轻或者减轻行政处罚的", CircumstanceEffect.LENIENT),
            _circumstance(f"符合《{LIST}》情形的不予处罚"),
        )
    )
    assert grounds_of_rules(made, act_date=ACT, decision_date=DECISION, lists={LIST}) == ()
    assert len(grounds_of_rules(made, act_date=ACT, decision_date=DECISION)) == 1


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("法律法规规章规定的应当从重处罚的其他情形", False),
        ("（五）其他依法应当从轻处罚的。", False),
        ("没有造成突发事件或者法律法规规定的其他严重情节，且已经停产的", True),
        ("其他地方已经作出处罚的", True),
    ],
)
def test_only_a_bare_reference_to_other_law_is_left_out(text, kept):
    made = rules(circumstances=(_circumstance(text),))
    assert bool(grounds_of_rules(made, act_date=ACT, decision_date=DECISION)) is kept


answers = st.sampled_from((True, False, None))


def consistent(facts):
    """Of whom it is said that he is no natural person, neither age nor mind is said."""
    return facts | dict.fromkeys(PERSONAL & set(facts), False) if facts[NATURAL_PERSON] is False else facts


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_a_fact_that_is_not_asked_for_never_changes_the_result(of_law, data):
    other = replace(
        item(), id="4", effect=ListEffect.MAY_NOT_PUNISH, conditions=("近一年内属于首次违法", "日均值未超标")
    )
    entries = [ground_of_item(listed()), ground_of_item(listed(other, ["甲区内的违法行为不适用本清单。"]))]
    grounds = [*of_law, *(g for g in entries if g)]
    names = list(dict.fromkeys(name for g in grounds for name in names_in(g.holds)))
    known = consistent({name: data.draw(answers, label=name) for name in names})
    known |= {NATURAL_PERSON: True} if any(known[name] for name in PERSONAL) else {}
    found = check_no_penalty(grounds, known)
    asked = {need.name for need in found.needs}
    filled = {n: v if v is not None else data.draw(st.booleans(), label=f"{n}!") for n, v in known.items()}
    filled = consistent(filled)
    whole = check_no_penalty(grounds, filled).result
    assert whole is not NoPenalty.FACTS_MISSING
    if found.result is not NoPenalty.FACTS_MISSING:
        assert whole is found.result
    for name, value in known.items():
        if value is None and name not in asked and not (name in PERSONAL and NATURAL_PERSON in asked):
            assert check_no_penalty(grounds, consistent(filled | {name: not filled[name]})).result is whole


def test_age_and_mind_are_asked_only_of_a_natural_person(of_law):
    first = {need.name for need in check_no_penalty(of_law, {}).needs}
    assert NATURAL_PERSON in first
    assert not first & PERSONAL
    of_person = {need.name for need in check_no_penalty(of_law, {NATURAL_PERSON: True}).needs}
    assert of_person & PERSONAL
    of_firm = {need.name for need in check_no_penalty(of_law, {NATURAL_PERSON: False}).needs}
    assert not of_firm & (PERSONAL | {NATURAL_PERSON})


def test_the_fact_that_settles_most_is_asked_first(of_law):
    asks = [need.name for need in check_no_penalty(of_law, {}).needs]
    assert asks[0] == MENDED  # without it neither sentence of article 33(1) can hold
    text = check_no_penalty(of_law, {}).text
    assert f"等{len(asks)}项" in text


def test_what_law_and_rules_say_alike_is_one_ground_with_both_citations(of_law):
    alike = _circumstance("主动消除或者减轻生态环境违法行为危害后果的", effect=CircumstanceEffect.LENIENT_OR_MITIGATED)
    other = _circumstance("积极赔偿损失的", effect=CircumstanceEffect.LENIENT_OR_MITIGATED)
    of_rules = grounds_of_rules(rules(circumstances=(alike, other)), act_date=ACT, decision_date=DECISION)
    joined = join_same([*of_law, *of_rules])
    assert len(joined) == len(of_law) + 1
    same = next(g for g in joined if g.name == "主动消除或者减轻违法行为危害后果")
    assert [r.title for r in same.references] == [PENALTY_LAW, of_rules[0].references[0].title]
    assert same.must


def test_grounds_that_cannot_hold_stay_apart(of_law):
    settled = [replace(g, holds=False) for g in of_law]
    assert join_same(settled) == settled


@pytest.mark.parametrize(
    ("kind", "name", "found"),
    [
        (PartyKind.PERSON, "示范市某某有限公司", False),
        (PartyKind.UNIT, None, True),
        (None, "示范市某某有限公司", True),
        (None, "示范市某某有限公司（普通合伙）", True),
        (None, "某某加工厂", None),  # may be a sole trader
        (None, "张某", None),
    ],
)
def test_the_party_is_told_by_its_kind_or_name(kind, name, found):
    assert is_unit(None, None, kind, name) is found


@pytest.mark.parametrize(
    ("name", "question"),
    [
        (MENDED, "“及时改正”是否属实？"),
        (match(), f"违法行为是否属于《{LIST}》第3项“未按规定设置标识”？"),
        ("甲区内发生的违法行为", "是否属于“甲区内发生的违法行为”？"),
        (FOUND_SHORT, "违法行为是否在发生之日（连续或者继续的，终了之日）起二年内已被发现？"),
    ],
)
def test_a_fact_is_asked_for_in_a_sentence_and_answered_by_its_name(name, question):
    need = need_of_fact(name)
    assert (need.name, need.question) == (name, question)


def test_a_sentence_names_a_handful_of_facts_and_cuts_long_ones():
    assert name_some(["甲", "乙"]) == "甲；乙"
    many = name_some(["长" * 60, *"乙丙丁戊己"])
    assert many == f"{'长' * 40}……；乙；丙；丁；戊等6项"
