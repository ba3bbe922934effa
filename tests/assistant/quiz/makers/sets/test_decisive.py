"""Decisive words: which are read, what may stand in their place, and the items over them and over whole chapters."""

from __future__ import annotations

from random import Random

import pytest

from assistant.quiz.contract import ItemKind
from assistant.quiz.makers.sets.decisive import may_be_one, read_decisive
from assistant.quiz.makers.sets.from_decisive import from_decisive
from assistant.quiz.makers.sets.maker import make_sets
from assistant.quiz.proof import Evidence, prove
from tests.assistant.quiz.makers.sets.made_up import DAY, article, law, material


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("当事人提出申请的，行政机关应当审查，由行政机关负责人决定。", "行政机关负责人"),
        ("限制人身自由的行政处罚，只能由法律设定。", "法律"),
        ("两个以上行政机关都有管辖权的，由最先立案的行政机关管辖。", "最先立案"),
        (
            "有下列情形之一，应当加处：\n（一）到期不缴纳的，每日按罚款数额的百分之三加处罚款；\n（二）其他情形。",
            "百分之三",
        ),
        ("检查时应当出示证件；在证据可能灭失的情况下，经行政机关负责人批准，可以先行登记保存。", "行政机关负责人"),
    ],
)
def test_words_that_decide_a_sentence_are_read(text: str, printed: str) -> None:
    [found] = read_decisive(article(text))
    assert found.printed == printed
    assert article(text).text[slice(*found.sentence.span)] == found.sentence.words
    assert printed not in found.others


@pytest.mark.parametrize(
    "text",
    [
        "前款规定的申请，由行政机关负责人决定。",
        "应当及时审查；逾期的，由行政机关负责人决定，并告知。其由行政机关负责人决定。",
        "依照本法第五条的规定，由行政机关负责人决定。",
    ],
)
def test_words_in_a_sentence_that_leans_on_another_are_left_alone(text: str) -> None:
    assert not [d for d in read_decisive(article(text)) if d.sentence.words.startswith(("前款", "其", "依照", "逾期"))]


def test_only_the_part_of_a_sentence_that_stands_alone_is_told() -> None:
    text = "违法行为在二年内未被发现的，不再给予行政处罚；有危害后果的，上述期限延长至五年。"
    [found] = read_decisive(article(text))
    assert found.sentence.words == "违法行为在二年内未被发现的，不再给予行政处罚"


def test_every_kind_over_decisive_words_is_proved() -> None:
    text = law("限制人身自由的行政处罚，只能由法律设定。", "两个以上行政机关都有管辖权的，由最先立案的行政机关管辖。")
    evidence = Evidence.of(material(text))
    made = [
        candidate.content
        for provision in text.provisions
        for found in read_decisive(provision)
        for seed in range(6)
        for candidate in from_decisive(text, found, DAY, Random(seed))
    ]
    assert {c.kind for c in made} == {ItemKind.SINGLE, ItemKind.BLANK, ItemKind.TRUE_FALSE}
    assert {c.key.truth for c in made if c.kind is ItemKind.TRUE_FALSE} == {True, False}
    assert all(prove(c, evidence).passed for c in made)


def test_sentences_of_several_articles_are_each_quoted() -> None:
    must = ("出示执法证件并告知事由", "制作现场笔录并当场宣读", "核对财物清单并签名盖章")
    may = ("申请延期缴纳应缴罚款", "委托律师查阅全部案卷", "要求重新鉴定有关物品")
    text = law(
        *(f"执法人员开展{n}项工作时，应当{words}。" for n, words in zip("甲乙丙", must, strict=True)),
        *(f"当事人遇到{n}类困难时，可以{words}。" for n, words in zip("丁戊己", may, strict=True)),
    )
    chosen = material(text)
    several = [
        c.content
        for c in make_sets(chosen, Random(1))
        if c.content.kind is ItemKind.MULTIPLE and len(c.content.key.correct) > 1
    ]
    assert several
    right = [content.options[i] for content in several for i in content.key.correct]
    assert len(right) == len(set(right))
    for content in several:
        quoted = "".join(c.quotation for c in content.citations)
        assert all(content.options[i] in quoted for i in content.key.correct)
        assert prove(content, Evidence.of(chosen)).passed


@pytest.mark.parametrize(
    ("printed", "other", "one"),
    [
        ("作出决定的机关", "所在地的公安机关", True),
        ("作出处罚决定的行政机关", "市场监督管理部门", True),
        ("行政机关", "公安机关", True),
        ("作出决定的机关", "作出决定机关的上一级机关", False),
        ("作出决定的机关", "同级人民检察院", False),
        ("公安机关", "海关", False),
    ],
)
def test_a_branch_may_be_the_very_body_that_acted(printed: str, other: str, one: bool) -> None:
    assert may_be_one(printed, other) is one


def test_who_decided_is_asked_beside_bodies_that_did_not() -> None:
    [found] = read_decisive(article("当事人对处罚决定不服的，可以向作出决定的机关提出暂缓执行申请。"))
    assert len(found.others) >= 3
    assert not any(may_be_one(found.printed, other) for other in found.others)


_SEIZED = "实施扣押前应当报经公安机关负责人批准"


def _stems(*articles: str) -> list[tuple[str, bool | None]]:
    text = law(*articles)
    return [
        (candidate.content.stem, candidate.content.key.truth)
        for provision in text.provisions
        for found in read_decisive(provision)
        for seed in range(8)
        for candidate in from_decisive(text, found, DAY, Random(seed))
    ]


def test_a_later_paragraph_is_told_with_who_acts_or_not_at_all() -> None:
    told = _stems(f"公安机关办理示例案件，对有关的物品，可以扣押。\n{_SEIZED}。")
    assert told
    assert all(stem.startswith("根据《示例法》，公安机关办理示例案件，实施扣押前应当报经") for stem, _ in told)
    assert not _stems(f"对无关的物品，不得扣押。\n{_SEIZED}。")


def test_a_rule_with_a_case_of_urgency_after_it_is_not_told_as_right() -> None:
    urgent = f"{_SEIZED}；因情况紧急或者物品价值不大，当场实施扣押的，应当补办批准手续。"
    first = "公安机关办理示例案件，对有关的物品，可以扣押。"
    assert True in {truth for _, truth in _stems(f"{first}\n{_SEIZED}。")}
    assert True not in {truth for _, truth in _stems(f"{first}\n{urgent}")}
