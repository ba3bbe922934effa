"""Which provision is told first: the one of the kind that the question asks for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Mapping
from dataclasses import replace

import pytest

from assistant.answer.compose import Evidence
from assistant.answer.order import asks_for_penalty, bearing_on, told_first
from assistant.lexicon import load_lexicon
from assistant.understanding import UnderstoodQuestion, understand
from corpus.citations import NameTable
from corpus.vocabulary import ProvisionPath

TODAY = dt.date(2026, 11, 21)
PREFIX = "中华人民共和国"

Article = Callable[[str, str], Evidence]
Read = Callable[[str], UnderstoodQuestion]


@pytest.fixture(scope="module")
def read(names: NameTable) -> Read:
    lexicon = load_lexicon()
    return lambda question: understand(question, as_of=TODAY, today=TODAY, names=names, lexicon=lexicon)


@pytest.fixture(scope="module")
def first(read: Read, article: Article) -> Callable[..., str]:
    """The law and article told first of those found, given best first as 消防法第六十条."""

    def tell(question: str, *found: str, named: Mapping[str, Collection[str]] | None = None) -> str:
        held = {name: article(PREFIX + name[: name.index("第")], name[name.index("第") :]) for name in found}
        keys = {held[name].key: {held[other].key for other in others} for name, others in (named or {}).items()}
        order = told_first(read(question), list(held.values()), lambda e: keys.get(e.key, ()))
        assert sorted(e.key for e in order) == sorted(e.key for e in held.values())
        return next(name for name, evidence in held.items() if evidence is order[0])

    return tell


DUTY, BREACH = "消防法第十五条", "消防法第五十八条"
NAMED = {BREACH: [DUTY]}


@pytest.mark.parametrize("question", ["没做消防检查就营业怎么罚", "商场没做消防检查就开门了", "没查消防罚多少"])
def test_where_a_penalty_is_wanted_it_is_told_before_the_duty_that_it_names(
    first: Callable[..., str], question: str
) -> None:
    assert first(question, DUTY, BREACH, named=NAMED) == BREACH


@pytest.mark.parametrize("question", ["商场开业前有什么义务", "违反的是哪条禁止性规定", "商场开业前要做什么"])
def test_where_the_duty_is_asked_for_it_stays_first(first: Callable[..., str], question: str) -> None:
    assert first(question, DUTY, BREACH, named=NAMED) == DUTY


def test_a_penalty_of_the_same_law_is_told_before_a_duty_that_no_article_names(first: Callable[..., str]) -> None:
    assert first("有人占用疏散通道怎么处理", "消防法第二十八条", "消防法第六十条") == "消防法第六十条"


def test_a_rule_on_leniency_or_age_answers_as_it_is(first: Callable[..., str]) -> None:
    assert (
        first("违法的是个十三岁的孩子，怎么处理", "行政处罚法第三十条", "治安管理处罚法第二十四条")
        == "行政处罚法第三十条"
    )
    juvenile, detention = "治安管理处罚法第十二条", "治安管理处罚法第二十四条"
    assert first("十五岁的打人怎么处理", juvenile, detention, named={detention: [juvenile]}) == juvenile


def test_a_sum_asked_for_beside_a_step_of_procedure_is_told_before_the_step(first: Callable[..., str]) -> None:
    found = "行政处罚法第二十七条", "食品安全法第一百二十四条", "食品安全法第一百二十二条"
    assert first("未取得食品生产经营许可就卖，罚款多少，要不要移送公安", *found) == "食品安全法第一百二十二条"
    assert first("未取得食品生产经营许可就卖，要不要移送公安", *found) == "行政处罚法第二十七条"


@pytest.mark.parametrize(
    ("question", "found", "expected"),
    [
        ("聋哑人偷东西处罚能从轻吗", ("刑法第十九条", "治安管理处罚法第十四条"), "治安管理处罚法第十四条"),
        ("聋哑人犯罪怎么判刑", ("刑法第十九条", "治安管理处罚法第十四条"), "刑法第十九条"),
        ("聋哑人犯罪怎么判刑", ("刑法第十九条",), "刑法第十九条"),
    ],
)
def test_administrative_law_is_told_before_criminal_and_civil_law_unless_that_is_asked_for(
    first: Callable[..., str], question: str, found: tuple[str, ...], expected: str
) -> None:
    assert first(question, *found) == expected


@pytest.mark.parametrize(
    ("question", "found", "expected"),
    [
        ("处罚决定书不签收怎么送达", ("行政处罚法第五十二条", "行政处罚法第六十一条"), "行政处罚法第六十一条"),
        ("现场笔录拒绝签字怎么办", ("行政处罚法第四十六条", "行政强制法第十八条"), "行政强制法第十八条"),
        ("从立案起多少天要下决定", ("行政处罚法第三十六条", "行政处罚法第六十条"), "行政处罚法第六十条"),
        ("查封最多能封几天", ("行政强制法第十六条", "行政强制法第二十五条"), "行政强制法第二十五条"),
        ("违法行为过了多久就不能再罚了", ("行政处罚法第二十九条", "行政处罚法第三十六条"), "行政处罚法第三十六条"),
        ("堵消防通道过了三年才发现，还能罚吗", ("消防法第六十条", "行政处罚法第三十六条"), "行政处罚法第三十六条"),
    ],
)
def test_a_step_of_procedure_or_a_period_asked_for_is_told_first(
    first: Callable[..., str], question: str, found: tuple[str, ...], expected: str
) -> None:
    assert first(question, *found) == expected


def test_what_was_found_stays_in_order_where_no_kind_is_asked_for_or_an_article_is_named(
    first: Callable[..., str], read: Read, article: Article
) -> None:
    assert first("堵消防通道怎么罚", "消防法第六十条", "消防法第五十八条") == "消防法第六十条"
    duty, penalty = (article(PREFIX + "消防法", label) for label in ("第二十八条", "第六十条"))
    named = replace(duty, path=ProvisionPath())
    assert told_first(read("消防法第二十八条怎么罚"), [named, penalty], lambda _: ()) == [named, penalty]


def test_how_licences_are_granted_comes_after_how_penalties_are_imposed_unless_a_licence_is_spoken_of(
    read: Read, article: Article
) -> None:
    penalty = article(PREFIX + "行政处罚法", "第六十四条")
    licence = replace(penalty, document=replace(penalty.document, title=PREFIX + "行政许可法"))
    assert told_first(read("听证要提前几天通知"), [licence, penalty], lambda _: ()) == [penalty, licence]
    assert told_first(read("许可听证要提前几天通知"), [licence, penalty], lambda _: ()) == [licence, penalty]


def test_criminal_law_behind_administrative_law_gives_way_unless_it_is_asked_for(read: Read, article: Article) -> None:
    penalty, criminal = article(PREFIX + "消防法", "第六十四条"), article(PREFIX + "刑法", "第一百一十五条")
    assert bearing_on(read("指使别人冒险作业着了火"), [penalty, criminal]) == [penalty]
    assert bearing_on(read("着了火算不算犯罪"), [penalty, criminal]) == [penalty, criminal]
    assert bearing_on(read("着了火"), [criminal, penalty]) == [criminal, penalty]
    named = replace(criminal, path=ProvisionPath())
    assert bearing_on(read("着了火"), [penalty, named]) == [penalty, named]


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("小卖部卖烟给戴红领巾的娃儿", True),
        ("占道经营怎么处理", True),
        ("营业前要做什么", False),
        ("罚款之前要先告知吗", False),
        ("罚多少，要不要先听证", True),
    ],
)
def test_an_act_reported_without_a_question_asks_what_it_leads_to(read: Read, question: str, wanted: bool) -> None:
    assert asks_for_penalty(read(question)) is wanted
