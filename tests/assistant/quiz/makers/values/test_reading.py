"""What is read as a fact, and what is left alone because it could not stand without its text."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from assistant.encyclopedia.contract import SanctionKind, TimeUnit
from assistant.quiz.contract import Point
from assistant.quiz.makers.values.facts import read_facts
from assistant.quiz.makers.values.model import Fact, Limit, Organ, Range, Sanctions
from assistant.quiz.makers.values.scenes import without_de
from assistant.quiz.makers.values.wording import stands_alone
from assistant.quiz.material import LawBook
from corpus.vocabulary import DocumentKind
from tests.assistant.quiz.makers.values.provisions import law

FINES = (Point.AMOUNT, Point.MULTIPLE)


def facts(*articles: str, points: tuple[Point, ...] = FINES) -> list[Fact]:
    return [f for f in read_facts(law(*articles)) if f.point in points]


def told(*articles: str) -> list[str]:
    return [f"{f.before}【{f.words}】" for f in facts(*articles)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "违反本法规定，未备案从事经营活动的，由县级以上人民政府示例主管部门责令改正，处一万元以上五万元以下罚款。",
            ["未备案从事经营活动的，由县级以上人民政府示例主管部门责令改正，处【一万元以上五万元以下罚款】"],
            id="one fine",
        ),
        pytest.param(
            "未备案从事经营活动的，责令限期改正；逾期不改正的，处五千元以上二万元以下的罚款。",
            ["未备案从事经营活动的，责令限期改正；逾期不改正的，处【五千元以上二万元以下的罚款】"],
            id="after an order that was not obeyed",
        ),
        pytest.param(
            "未备案从事经营活动的，处一万元以下罚款；情节严重的，处一万元以上五万元以下罚款。",
            [
                "未备案从事经营活动的，处【一万元以下罚款】",
                "未备案从事经营活动，情节严重的，处【一万元以上五万元以下罚款】",
            ],
            id="each tier with its case",
        ),
        pytest.param(
            "未备案从事经营活动的，没收违法所得；货值金额不足一万元的，并处二万元以上五万元以下罚款；"
            "货值金额一万元以上的，并处货值金额五倍以上十倍以下罚款。",
            [
                "未备案从事经营活动的，没收违法所得；货值金额不足一万元的，并处【二万元以上五万元以下罚款】",
                "未备案从事经营活动的，没收违法所得；货值金额一万元以上的，并处货值金额【五倍以上十倍以下罚款】",
            ],
            id="by the value of the goods",
        ),
        pytest.param(
            "经营者未备案从事经营活动的，处五万元以上十万元以下罚款，"
            "并对其直接负责的主管人员和其他直接责任人员处一万元以上二万元以下罚款。",
            [
                "经营者未备案从事经营活动的，处【五万元以上十万元以下罚款】",
                "经营者未备案从事经营活动的，对其直接负责的主管人员和其他直接责任人员处【一万元以上二万元以下罚款】",
            ],
            id="unit and persons",
        ),
        pytest.param(
            "经营单位有下列行为之一，尚不构成犯罪的，处二千元以下罚款：\n（一）未按照规定建立台账的；\n"
            "（二）拒绝、阻碍依法进行的检查的。",
            [
                "经营单位未按照规定建立台账，尚不构成犯罪的，处【二千元以下罚款】",
                "经营单位拒绝、阻碍依法进行的检查，尚不构成犯罪的，处【二千元以下罚款】",
            ],
            id="a list with its subject and condition",
        ),
        pytest.param(
            "单位有下列行为之一的，处五千元以上五万元以下罚款：\n（一）损坏、挪用公用设施的；\n（二）埋压公用管线的。\n"
            "个人有前款第二项行为的，处警告或者五百元以下罚款。",
            [
                "单位损坏、挪用公用设施的，处【五千元以上五万元以下罚款】",
                "单位埋压公用管线的，处【五千元以上五万元以下罚款】",
                "个人埋压公用管线的，处警告或者【五百元以下罚款】",
            ],
            id="an act of the paragraph before",
        ),
    ],
)
def test_fines_are_told_with_act_case_and_party(text: str, expected: list[str]) -> None:
    assert sorted(told(text)) == sorted(expected)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("违反本法第二十条规定转让土地的，处一万元以下罚款。", id="the act is the article it breaks"),
        pytest.param("前款规定的机构出具失实报告的，处一万元以下罚款。", id="the subject is in the paragraph before"),
        pytest.param("有其他违反本法规定行为的，处一万元以下罚款。", id="nothing said"),
        pytest.param("经营者未备案的，处一万元以上三万元以下，最高不超过五万元的罚款。", id="a ceiling"),
        pytest.param("经营者未备案从事经营活动的，依照前条规定处罚。", id="another article's fine"),
        pytest.param("经营者未备案从事经营活动的，处罚款。", id="no sum"),
    ],
)
def test_what_cannot_be_told_gives_no_fine(text: str) -> None:
    assert told(text) == []


def test_a_second_act_of_a_sentence_lacks_its_subject_and_is_left_out() -> None:
    said = told("检测机构出具虚假报告的，处五万元以下罚款；不按照标准开展检测活动的，处一万元以下罚款。")
    assert said == ["检测机构出具虚假报告的，处【五万元以下罚款】"]


def test_fines_have_typed_values_and_one_answer_for_each_bound() -> None:
    amount, multiple = facts(
        "未备案从事经营活动的，处五千元以上五万元以下罚款。", "伪造检验报告的，处违法所得百分之十以下的罚款。"
    )
    assert amount.value == Range("元", Decimal(5000), Decimal(50000))
    assert [amount.provision.text[slice(*a)] for a in amount.answers] == ["五千元", "五万元"]
    assert multiple.value == Range("%", None, Decimal("0.1"), "违法所得")
    assert (multiple.words, multiple.point) == ("百分之十以下的罚款", Point.MULTIPLE)


def test_the_first_quotation_bears_the_value_and_the_second_the_listed_act() -> None:
    (fact,) = facts("有下列行为之一的，处二千元以下罚款：\n（一）未按照规定建立台账的；\n（二）其他违法行为。")
    first, second = (fact.provision.text[slice(*q.span)] for q in fact.quotes)
    assert fact.words in first
    assert second == "（一）未按照规定建立台账的；"
    assert (fact.quotes[1].path.paragraph, fact.quotes[1].path.item) == (1, 1)


# ---- time limits -------------------------------------------------------------------------------------------


def limits(*articles: str) -> list[tuple[str, str, str]]:
    return [(f.before, f.words, f.after) for f in facts(*articles, points=(Point.TIME_LIMIT,))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "行政机关应当自案件立案之日起九十日内作出处理决定。",
            ("行政机关应当自案件立案之日起", "九十日", "内作出处理决定"),
        ),
        (
            "听证依照以下程序组织：\n（一）当事人要求听证的，应当在行政机关告知后五日内提出；\n（二）听证公开举行。",
            ("当事人要求听证的，应当在行政机关告知后", "五日", "内提出"),
        ),
        (
            "查封、扣押财物的期限不得超过三十日；情况复杂的，可以延长。",
            ("查封、扣押财物的期限不得超过", "三十日", "（不含依法延长的期限）"),
        ),
        (
            "经营者对检验结论有异议的，可以自收到检验结论之日起七个工作日内申请复检。",
            ("经营者对检验结论有异议的，可以自收到检验结论之日起", "七个工作日", "内申请复检"),
        ),
    ],
)
def test_a_time_limit_is_told_with_what_it_counts_from(text: str, expected: tuple[str, str, str]) -> None:
    assert limits(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("本法施行后六个月内，应当补办手续，本法自公布之日起施行。", id="commencement"),
        pytest.param("经营者在一年内累计三次受到处罚的，应当责令停业。", id="a condition"),
        pytest.param("主管部门应当自受理申请之日起二十日内作出决定。", id="which application"),
        pytest.param("经营者应当备案。应当自变更之日起十日内办理。", id="who"),
        pytest.param("依照前款规定提出申请的，应当自批准之日起三十日内登记。", id="the paragraph before"),
        pytest.param("当事人对裁定不服的，可以自收到裁定书之日起五日内申请复议。", id="which ruling"),
    ],
)
def test_a_limit_of_nothing_named_is_left_alone(text: str) -> None:
    assert limits(text) == []


def test_working_days_only_where_the_law_says_so() -> None:
    rule = '本法中"五日"的规定是指工作日，不含法定节假日。'
    text = "行政机关应当自案件立案之日起五日内告知当事人。"
    (plain,) = facts(text, points=(Point.TIME_LIMIT,))
    (ruled,) = facts(text, rule, points=(Point.TIME_LIMIT,))
    assert plain.note == ""
    assert "工作日" in ruled.note
    assert plain.value == ruled.value == Limit(5, TimeUnit.DAY, written_working=False)


# ---- authorities and penalties -----------------------------------------------------------------------------


def organs(text: str) -> list[str]:
    return [f.words for f in facts(text, points=(Point.AUTHORITY,))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "未备案从事经营活动的，由县级以上人民政府应急管理部门责令改正，处一万元以下罚款。",
            ["县级以上人民政府应急管理部门"],
        ),
        ("未备案从事经营活动的，由有关主管部门责令改正，处一万元以下罚款。", []),
        ("未备案从事经营活动的，由工商行政管理部门责令改正，处一万元以下罚款。", []),
        ("未备案从事经营活动的，由公安机关、应急管理部门按照各自职责处一万元以下罚款。", []),
        ("未向公安机关备案从事经营活动的，由公安机关处一万元以下罚款。", []),
        ("国务院水行政主管部门负责全国的水行政管理工作。", []),
        ("国务院公安部门主管全国的出境入境管理工作。", ["国务院公安部门"]),
    ],
)
def test_authorities_are_single_current_and_not_told_in_the_act(text: str, expected: list[str]) -> None:
    assert organs(text) == expected


def test_an_authority_is_parted_from_the_level_of_government() -> None:
    (fact,) = facts(
        "未备案从事经营活动的，由县级以上人民政府应急管理部门责令改正，处一万元以下罚款。", points=(Point.AUTHORITY,)
    )
    assert fact.value == Organ("县级以上人民政府", "应急管理部门")


def test_penalties_are_those_of_the_case_and_orders_are_none() -> None:
    base, serious = facts(
        "未备案从事经营活动的，由应急管理部门责令改正，给予警告，可以并处一万元以下罚款；情节严重的，责令停产停业，吊销许可证。",
        points=(Point.PENALTY,),
    )
    assert base.value == Sanctions(((SanctionKind.WARNING, "警告"), (SanctionKind.FINE, "罚款")))
    assert serious.value == Sanctions(((SanctionKind.HALT, "责令停产停业"), (SanctionKind.REVOCATION, "吊销许可证")))
    assert serious.before.endswith("情节严重的")


def test_penalties_that_another_provision_adds_to_are_left_alone() -> None:
    text = "未备案从事经营活动的，给予警告；构成违反治安管理行为的，依法给予治安管理处罚。"
    assert facts(text, points=(Point.PENALTY,)) == []


def test_penalties_of_an_article_that_another_one_adds_to_are_left_alone() -> None:
    first = "经营者未备案的，给予警告；情节严重的，吊销许可证。"
    second = "经营者有本法第一条规定情形的，对直接负责的主管人员处二万元以下罚款。"
    assert facts(first, points=(Point.PENALTY,))
    assert all(f.provision.label != "第1条" for f in facts(first, second, points=(Point.PENALTY,)))


@pytest.mark.parametrize(
    ("act", "told"),
    [
        ("违反本法第三条规定，利用自然人作为广告代言人的", False),
        ("违反本法第三条规定，未显著标明关闭标志的", True),
        ("违反本法规定，利用自然人作为广告代言人的", True),
    ],
)
def test_an_act_that_only_another_article_makes_unlawful_is_not_told_alone(act: str, told: bool) -> None:
    assert bool(facts(f"{act}，处一万元以下罚款。", points=FINES)) is told


@pytest.mark.parametrize(
    ("item", "told"),
    [("矿山建设项目竣工投入使用前，安全设施未经验收合格", False), ("未按照规定设置安全警示标志", True)],
)
def test_a_party_is_not_put_before_an_act_with_a_subject_of_its_own(item: str, told: bool) -> None:
    text = f"生产经营单位有下列行为之一的，处一万元以下罚款：\n（一）{item}的；\n（二）未进行安全评价的。"
    assert any(item[:4] in f.before for f in facts(text, points=FINES)) is told


# ---- the whole of real law ---------------------------------------------------------------------------------


def test_every_fact_of_real_law_is_verbatim_and_stands_alone(book: LawBook) -> None:
    read = [f for text in book.texts for f in read_facts(text)]
    assert {f.point for f in read} == {*FINES, Point.TIME_LIMIT, Point.AUTHORITY, Point.PENALTY}
    for fact in read:
        text = fact.provision.text
        bearing = text[slice(*fact.quotes[0].span)]
        assert all(text[slice(*a)] and text[slice(*a)] in bearing for a in fact.answers)
        assert text[slice(*fact.subject)].strip()
        assert not fact.before or stands_alone(fact.before)
        if fact.point in FINES:
            assert fact.words not in fact.before


def test_texts_that_are_no_law_give_nothing() -> None:
    text = law("未备案从事经营活动的，处一万元以下罚款。")
    case = replace(text, document=replace(text.document, kind=DocumentKind.CASE))
    assert read_facts(text)
    assert read_facts(case) == ()


def _kinds(text: str) -> list[str]:
    return [
        words
        for f in read_facts(law(text))
        if f.point is Point.PENALTY and isinstance(f.value, Sanctions)
        for _, words in f.value.named
    ]


def test_a_penalty_of_those_in_charge_is_none_of_the_unit() -> None:
    text = "举办单位未采取安全措施的，处一万元以下罚款；情节较重的，对直接负责的主管人员处五日拘留，并处五千元罚款。"
    assert "拘留" not in _kinds(text)
    assert "罚款" in _kinds(text)


def test_what_a_superior_orders_inside_the_administration_is_no_penalty() -> None:
    text = "检验机构参与经营活动的，由其上级主管机关责令改正，没收违法收入；情节严重的，给予处分。"
    assert not _kinds(text)


@pytest.mark.parametrize(
    ("act", "bare"),
    [
        ("擅自占用道路的", "擅自占用道路"),
        ("殴打他人的，或者故意伤害他人身体的", "殴打他人或者故意伤害他人身体"),
        ("从事有损环境的活动，不听劝阻的，或者破坏设施的", "从事有损环境的活动，不听劝阻，或者破坏设施"),
        ("偷工减料的，使用劣质材料的，或者有其他行为的", "偷工减料，使用劣质材料，或者有其他行为"),
        ("未经批准，安装电网", "未经批准，安装电网"),
    ],
)
def test_acts_beside_each_other_end_alike(act: str, bare: str) -> None:
    assert without_de(act) == bare
