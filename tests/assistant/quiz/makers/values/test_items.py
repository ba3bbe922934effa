"""The items themselves, made from real law and proved anew."""

from __future__ import annotations

from collections import Counter
from itertools import islice
from random import Random

import pytest

from assistant.quiz.contract import BLANK, ItemKind, Point
from assistant.quiz.makers import MAKERS
from assistant.quiz.makers.values.maker import VALUE_MAKERS
from assistant.quiz.material import Candidate, LawBook, Material
from assistant.quiz.proof import Evidence, prove
from tests.assistant.quiz.makers.values.provisions import DAY, law

LAWS = ("行政处罚法", "行政强制法", "消防法", "食品安全法", "治安管理处罚法")
EACH = 60


@pytest.fixture(scope="module")
def material(book: LawBook) -> Material:
    texts = [t for t in book.texts if t.document.title.removeprefix("中华人民共和国") in LAWS]
    return Material(book.day, tuple(texts), book)


@pytest.fixture(scope="module")
def made(material: Material) -> list[Candidate]:
    return [c for name, make in VALUE_MAKERS.items() for c in islice(make(material, Random(name)), EACH)]


def made_up(*articles: str, point: Point, seed: int = 1) -> list[Candidate]:
    text = law(*articles)
    return list(VALUE_MAKERS[f"values.{point.value}"](Material(DAY, (text,), LawBook(DAY, (text,))), Random(seed)))


def test_the_makers_are_in_the_table() -> None:
    assert VALUE_MAKERS.items() <= MAKERS.items()


def test_same_seed_same_items_and_another_seed_others(material: Material) -> None:
    make = VALUE_MAKERS["values.amount"]
    first, again, other = (list(islice(make(material, Random(seed)), 30)) for seed in (3, 3, 4))
    assert first == again
    assert first != other


def test_nearly_all_candidates_are_proved(made: list[Candidate], material: Material) -> None:
    evidence = Evidence.of(material)
    faults: Counter[str] = Counter()
    for candidate in made:
        faults.update(r.check.value for r in prove(candidate.content, evidence).checks if r.passed is not True)
    assert sum(faults.values()) <= len(made) * 0.15, faults


def test_all_points_and_their_kinds_are_made(made: list[Candidate]) -> None:
    kinds = {(c.content.point, c.content.kind) for c in made}
    for point in (Point.AMOUNT, Point.MULTIPLE, Point.TIME_LIMIT):
        assert {(point, k) for k in (ItemKind.SINGLE, ItemKind.TRUE_FALSE, ItemKind.BLANK)} <= kinds
    assert (Point.PENALTY, ItemKind.TRUE_FALSE) in kinds


def test_stems_are_worded_as_examiners_do(made: list[Candidate]) -> None:
    for candidate in made:
        content = candidate.content
        assert "本法" not in content.stem
        assert "中华人民共和国" not in content.stem
        assert content.stem.startswith(("根据《", "违反《")) or "《" in content.stem
        if content.kind in (ItemKind.SINGLE, ItemKind.MULTIPLE) and content.point is not Point.TIME_LIMIT:
            assert content.stem.endswith(("？", "（　　）。"))
        if content.kind is ItemKind.BLANK:
            assert content.stem.count(BLANK) == len(content.key.blanks)
        assert content.explanation.endswith("。")


def test_wrong_options_each_have_their_reason(made: list[Candidate]) -> None:
    for content in (c.content for c in made):
        wrong = set(range(len(content.options))) - set(content.key.correct)
        assert {r.option for r in content.refutations} == wrong


def test_a_false_statement_says_what_is_right() -> None:
    article = "未备案从事经营活动的，处一万元以上十万元以下罚款。"
    for seed in range(10):
        for candidate in made_up(article, point=Point.AMOUNT, seed=seed):
            content = candidate.content
            if content.key.truth is False:
                assert "应为“一万元以上十万元以下罚款”" in content.explanation
                assert "一万元以上十万元以下" not in content.stem.replace("十一万元", "")
                return
    pytest.fail("no false statement was made")


def test_two_facts_with_the_same_words_and_different_values_give_no_item() -> None:
    same = "未备案从事经营活动的，处{}以下罚款。"
    assert made_up(same.format("一万元"), same.format("五万元"), point=Point.AMOUNT) == []


def test_only_the_chosen_chapter_is_asked_but_the_whole_law_gives_wrong_options() -> None:
    whole = law("未备案从事经营活动的，处一万元以上十万元以下罚款。", "伪造检验报告的，处二万元以上二十万元以下罚款。")
    part = type(whole)(whole.document, whole.version, whole.state, whole.provisions[:1], whole.field)
    material = Material(DAY, (part,), LawBook(DAY, (whole,)))
    made = list(VALUE_MAKERS["values.amount"](material, Random(1)))
    assert {c.unit for c in made} == {whole.provisions[0].id}
    options = [o for c in made for o in c.content.options]
    assert "二万元以上二十万元以下罚款" in options


OWN = "未备案从事经营活动的，由县级以上人民政府商务主管部门责令改正，处一万元以下罚款。"
OTHER = "伪造环境检测报告的，由县级以上人民政府自然资源主管部门责令改正，处一万元以下罚款。"


def test_an_authority_is_asked_only_where_the_law_has_to_do_with_another() -> None:
    """In most laws one authority punishes: beside bodies that the law does not know, its name asks nothing.

    So the laws above need not give such an item; a law of two authorities must.
    """
    for seed in range(4):
        assert made_up(OWN, point=Point.AUTHORITY, seed=seed) == [
            c for c in made_up(OWN, point=Point.AUTHORITY, seed=seed) if c.content.key.truth is True
        ]
    several = [c.content for seed in range(4) for c in made_up(OWN, OTHER, point=Point.AUTHORITY, seed=seed)]
    singles = [c for c in several if c.kind is ItemKind.SINGLE]
    assert singles
    assert all("主管部门" in c.options[c.key.correct[0]] for c in singles)


def test_nobody_is_asked_who_detains() -> None:
    detained = "扰乱市场秩序的，由公安机关处五日以上十日以下拘留。"
    fined = "未备案从事经营活动的，由县级以上人民政府商务主管部门处一万元以下罚款。"
    made = made_up(detained, fined, point=Point.AUTHORITY)
    assert not [c for c in made if "拘留" in c.content.stem]


def test_kinds_of_penalty_are_asked_where_one_of_them_is_not_to_be_guessed() -> None:
    usual = "经营者未备案从事经营活动的，没收违法所得，并处一万元以下罚款。"
    grave = "经营者未备案从事经营活动的，责令停产停业，并处一万元以下罚款。"
    beside = "经营者伪造经营记录的，吊销许可证件，可以并处二万元以下罚款。"
    kinds = {
        words: {
            c.content.kind
            for seed in range(6)
            for c in made_up(words, beside, point=Point.PENALTY, seed=seed)
            if c.unit.endswith("1")
        }
        for words in (usual, grave)
    }
    assert ItemKind.MULTIPLE not in kinds[usual]
    assert ItemKind.MULTIPLE in kinds[grave]


def test_an_act_that_is_lawful_by_its_words_is_said_to_breach_the_law() -> None:
    lawful = "违反本法规定，经营者生产、运输放射性物品的，责令停产停业，并处一万元以下罚款。"
    told = [c.content.stem for seed in range(6) for c in made_up(lawful, point=Point.PENALTY, seed=seed)]
    assert told
    assert all("违反该法规定，" in stem for stem in told)


def test_a_place_is_no_business_of_who_enters_it() -> None:
    act = "违反规定进入生产、储存危险品的场所的，处五日以下拘留，并处五百元以下罚款。"
    options = {o for seed in range(6) for c in made_up(act, point=Point.PENALTY, seed=seed) for o in c.content.options}
    assert not options & {"责令停产停业", "责令关闭", "吊销许可证件"}


def test_a_penalty_that_the_act_itself_names_is_not_asked() -> None:
    told = "经营者一年内三次受到责令停产停业、吊销许可证以外处罚的，责令停产停业，直至吊销许可证。"
    assert not [c for seed in range(6) for c in made_up(told, point=Point.PENALTY, seed=seed)]


def test_of_several_penalties_two_others_are_to_be_thought_of() -> None:
    drunk = "饮酒后驾驶机动车的，处十日以下拘留，并处一千元以下罚款，吊销机动车驾驶证。"
    many = [c.content for seed in range(6) for c in made_up(drunk, point=Point.PENALTY, seed=seed)]
    assert not [c for c in many if "没收违法所得" in c.options]
    assert not [c for c in many if c.kind is ItemKind.MULTIPLE and len(c.options) - len(c.key.correct) < 2]


@pytest.mark.parametrize(
    "rest",
    [
        "；因情况紧急当场办理的，应当补办手续。",
        "。但是，情况复杂的案件由上级机关规定。",
        "。因自然灾害不能按时办理的，自灾害消除之日起计算。",
    ],
)
def test_a_period_that_the_paragraph_takes_back_is_not_told_as_right(rest: str) -> None:
    rule = "行政机关应当自收到听证申请之日起十五日内组织听证"
    truths = {
        c.content.key.truth
        for seed in range(8)
        for c in made_up(rule + rest, point=Point.TIME_LIMIT, seed=seed)
        if c.content.kind is ItemKind.TRUE_FALSE
    }
    assert truths == {False}


def test_acts_side_by_side_all_lose_their_ending_before_a_case() -> None:
    beaten = "殴打他人的，或者故意伤害他人身体的，处五百元以上一千元以下罚款；情节较轻的，处三百元以下罚款。"
    stems = [c.content.stem for seed in range(4) for c in made_up(beaten, point=Point.AMOUNT, seed=seed)]
    mild = [stem for stem in stems if "情节较轻" in stem]
    assert mild
    assert all("殴打他人或者故意伤害他人身体，情节较轻的" in stem for stem in mild)
    assert any("殴打他人的，或者故意伤害他人身体的，处" in stem for stem in stems)
