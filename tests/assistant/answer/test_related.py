"""What is shown beside the provision that answers: its penalty, its duty, and first of all what was asked for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import pytest

from assistant.answer.compose import Evidence, Related
from assistant.answer.related import DUTY, HEARING, PENALTY, TIME_BAR, leniency_role, related_provisions
from assistant.lexicon import load_lexicon
from assistant.understanding import understand
from corpus.citations import NameTable
from tests.assistant.answer.conftest import FIRE
from tests.assistant.answer.conftest import PENALTY as PENALTY_LAW

PUBLIC_SECURITY = "中华人民共和国治安管理处罚法"
NOT_PUNISHED = "不予处罚"  # what the first paragraph of 行政处罚法 art. 33 grants
TODAY = dt.date(2026, 11, 21)

Article = Callable[[str, str], Evidence]
Found = Callable[..., list[Related]]
Roles = Callable[..., list[tuple[str, str]]]


@pytest.fixture(scope="module")
def found(names: NameTable, article: Article) -> Found:
    lexicon = load_lexicon()
    penalty_law = [article(PENALTY_LAW, label) for label in ("第三十三条", "第三十六条", "第六十三条")]

    def find(
        question: str,
        main: Evidence,
        referenced: Sequence[Evidence] = (),
        referring: Sequence[Evidence] = (),
        same_law: Sequence[Evidence] = (),
    ) -> list[Related]:
        understood = understand(question, as_of=TODAY, today=TODAY, names=names, lexicon=lexicon)
        provisions = related_provisions(
            understood,
            main,
            referenced=referenced,
            referring=referring,
            same_law=[evidence.provision for evidence in same_law],
            penalty_law=penalty_law,
            stands={evidence.provision: evidence for evidence in same_law}.get,
        )
        return list(provisions)

    return find


@pytest.fixture(scope="module")
def roles(found: Found) -> Roles:
    def name(*args: Any, **kwargs: Any) -> list[tuple[str, str]]:
        return [(r.role, r.evidence.provision.label) for r in found(*args, **kwargs)]

    return name


def test_a_duty_leads_to_the_penalty_that_names_it_where_a_sanction_is_asked_for(
    roles: Roles, article: Article
) -> None:
    duty, penalty, other = article(FIRE, "第十五条"), article(FIRE, "第五十八条"), article(FIRE, "第十六条")
    assert roles("没做消防检查就营业怎么罚", duty, referring=[other, penalty]) == [(PENALTY, "第五十八条")]
    assert roles("营业前要做什么", duty, referring=[other, penalty]) == []


def test_a_penalty_shows_the_duty_nearest_to_the_question_not_one_far_behind_then_leniency_and_hearing(
    roles: Roles, article: Article
) -> None:
    penalty, far, near = article(FIRE, "第五十八条"), article(FIRE, "第十三条"), article(FIRE, "第十五条")
    found = roles("公众聚集场所未经消防救援机构许可投入使用怎么罚", penalty, referenced=[far, near])
    assert found == [
        (DUTY, "第十五条"),
        (NOT_PUNISHED, "第三十三条"),
        (HEARING, "第六十三条"),
    ]


@pytest.mark.parametrize(
    ("question", "first"),
    [("初次违法能不能从轻处罚", NOT_PUNISHED), ("罚三万元要不要听证", HEARING)],
)
def test_what_was_asked_for_comes_first(roles: Roles, article: Article, question: str, first: str) -> None:
    found = roles(question, article(FIRE, "第五十八条"), referenced=[article(FIRE, "第十五条")])
    assert found[0][0] == first
    assert len(found) == len(set(found))


@pytest.mark.parametrize(
    ("words", "role"),
    [
        ("违法行为轻微并及时改正，没有造成危害后果的，不予行政处罚。", "不予处罚"),
        ("有下列情形之一的，应当从轻或者减轻行政处罚：", "从轻、减轻"),
        ("情节轻微的，从轻、减轻或者不予处罚。", "从轻、减轻、不予处罚"),
        ("可以减轻处罚。", "减轻"),
    ],
)
def test_the_role_of_leniency_says_what_the_words_grant_and_no_more(words: str, role: str) -> None:
    assert leniency_role(words) == role


def test_leniency_of_the_same_law_is_its_general_rule_not_what_hangs_on_another_paragraph_or_act(
    roles: Roles, article: Article
) -> None:
    main = article(PUBLIC_SECURITY, "第八十九条")
    mediated, general = article(PUBLIC_SECURITY, "第九条"), article(PUBLIC_SECURITY, "第二十条")
    found = roles("狗半夜乱叫能不能从轻", main, same_law=[mediated, general])
    assert found[0] == ("从轻、减轻、不予处罚", "第二十条")
    words = "销售者不知道的，不予处罚；知道或者应当知道的，处一万元以下罚款。"
    other_act = replace(general, provision=replace(general.provision, text=words))
    assert [label for _, label in roles("能不能从轻", main, same_law=[mediated, other_act])][:1] == ["第三十三条"]


def test_the_hearing_names_the_listed_decisions_that_the_penalty_orders_and_the_open_ends_of_the_list(
    found: Found, article: Article
) -> None:
    hearing = next(r for r in found("没有消防许可就营业怎么罚", article(FIRE, "第五十八条")) if r.role == HEARING)
    text = hearing.evidence.provision.text
    head, *items = (text[slice(*span)] for span in hearing.quotes)
    assert head.rstrip().endswith("应当组织听证：")
    assert [item[:3] for item in items] == ["（一）", "（四）", "（五）", "（六）"]


@pytest.mark.parametrize("question", ["罚两万块要先告知什么", "当事人罚款交不上一天加多少", "处罚前能不能申辩"])
def test_a_general_law_on_punishing_brings_neither_leniency_nor_hearing_of_its_own(
    roles: Roles, article: Article, question: str
) -> None:
    for label in ("第六十三条", "第七十二条", "第四十五条"):
        assert roles(question, article(PENALTY_LAW, label)) == []


def test_a_question_of_procedure_alone_brings_no_hearing_unless_it_asks_for_one(roles: Roles, article: Article) -> None:
    penalty = article(FIRE, "第五十八条")
    assert roles("立案要谁审批", penalty) == []
    assert roles("要不要告知听证", penalty) == [(HEARING, "第六十三条")]


@pytest.mark.parametrize(
    "question",
    ["网吧里有学生，老板说看着像成年人，怎么罚", "店主说不知道是假货，怎么处理", "他说不是故意的，罚多少"],
)
def test_who_denies_fault_is_told_first_that_without_fault_there_is_no_penalty(
    found: Found, article: Article, question: str
) -> None:
    first = found(question, article(PUBLIC_SECURITY, "第八十九条"), same_law=[article(PUBLIC_SECURITY, "第二十条")])[0]
    told = "".join(first.evidence.provision.text[slice(*span)] for span in first.quotes)
    assert first.asked
    assert "没有主观过错的，不予行政处罚" in told
    assert "违法行为轻微并及时改正" in told


@pytest.mark.parametrize(
    "question", ["三年前堵的消防通道现在才查到，还能罚吗", "2023年3月占的道，2026年才发现，还能处罚吗"]
)
def test_of_an_act_that_lies_back_by_years_the_time_bar_is_told_first(
    found: Found, article: Article, question: str
) -> None:
    first = found(question, article(FIRE, "第六十条"))[0]
    assert (first.role, first.evidence.provision.label, first.asked) == (TIME_BAR, "第三十六条", True)
    assert TIME_BAR not in {r.role for r in found("堵了消防通道还能罚吗", article(FIRE, "第六十条"))}


def test_whether_to_punish_at_all_asks_for_no_leniency(found: Found, article: Article) -> None:
    assert not any(r.asked for r in found("这种事罚不罚", article(FIRE, "第六十条")))
    assert found("这种事能不能不罚", article(FIRE, "第六十条"))[0].asked


def test_what_a_penalty_only_sets_apart_is_not_told_beside_it(roles: Roles, article: Article) -> None:
    food = "中华人民共和国食品安全法"
    apart = [article(food, "第一百二十三条"), article(food, "第一百二十五条")]
    found = roles("货架上的酸奶过期了怎么罚", article(food, "第一百二十四条"), referenced=apart)
    assert not {label for _, label in found} & {"第一百二十三条", "第一百二十五条"}
    duty, main = article(FIRE, "第十五条"), article(FIRE, "第六十条")
    words = "有下列侵权行为的，应当承担本法第十五条规定的民事责任，并处一万元以下罚款。"
    liable = replace(main, provision=replace(main.provision, text=words))
    assert "第十五条" not in {label for _, label in roles("没做消防检查怎么罚", liable, referenced=[duty])}


def test_leniency_that_the_law_itself_grants_is_not_told_twice(roles: Roles, article: Article) -> None:
    own = article(PUBLIC_SECURITY, "第二十条")
    slight = article(PENALTY_LAW, "第三十三条").provision.text.split("\n")[0]
    same = replace(own, provision=replace(own.provision, text=slight))
    found = roles("狗半夜乱叫能不能从轻", article(PUBLIC_SECURITY, "第八十九条"), same_law=[same])
    assert [label for role, label in found if role == NOT_PUNISHED] == ["第二十条"]


def test_a_rule_on_how_fines_are_paid_brings_neither_leniency_nor_hearing(roles: Roles, article: Article) -> None:
    assert roles("罚款能分期交吗", article(PENALTY_LAW, "第六十六条")) == []
