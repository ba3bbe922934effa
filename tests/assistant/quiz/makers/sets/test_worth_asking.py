"""What a strict examiner would send back: stems without a subject, terms told by their meanings, thin reasons."""

from __future__ import annotations

from random import Random

import pytest

from assistant.quiz.contract import ItemContent, ItemKind, Point
from assistant.quiz.makers.sets.fair import may_be_exchanged
from assistant.quiz.makers.sets.maker import make_sets
from assistant.quiz.makers.sets.options import read_shelf, wrong_members
from tests.assistant.quiz.makers.sets.made_up import law, material

_CASES = "\n（一）所有权发生转移的；\n（二）登记内容发生变更的；\n（三）用作抵押担保的；\n（四）因故报废的。"


def _made(*texts: str, seed: int = 1) -> list[ItemContent]:
    return [c.content for c in make_sets(material(law(*texts)), Random(seed))]


@pytest.mark.parametrize(
    ("words", "modal", "other", "fair"),
    [
        ("行政机关负责人可以决定延长查封期限", "可以", "应当", True),
        ("违法行为轻微的，行政机关可以当场作出决定", "可以", "应当", True),
        ("行政机关应当在作出决定前告知当事人", "应当", "可以", True),
        ("行政机关不得因当事人陈述而给予更重的处罚", "不得", "可以", True),
        ("行政机关不得在夜间实施强制执行", "不得", "可以", True),
        ("公安机关应当接受社会和公民的监督", "应当", "可以", False),
        ("经营者应当如实报告有关情况", "应当", "可以", False),
        ("生产单位应当立即停止生产并报告", "应当", "可以", False),
        ("行政机关应当抽样检验，不得免检", "应当", "可以", False),
        ("产品标识应当记载厂名", "应当", "可以", False),
        ("消费者可以要求销售者赔偿损失", "可以", "应当", False),
        ("企业未取得许可的，不得在公共场所销售药品", "不得", "可以", False),
    ],
)
def test_only_forces_that_are_met_in_practice_are_exchanged(words: str, modal: str, other: str, fair: bool) -> None:
    at = words.index(modal)
    assert may_be_exchanged(words, (at, at + len(modal)), other) is fair


@pytest.mark.parametrize(
    ("lead", "stem"),
    [
        ("有下列情形之一的，应当办理相应的登记：", None),
        ("有下列情形之一的，应当予以注销：", None),
        ("有下列情形之一的，应当进行食品安全风险评估：", "在哪些情形下，应当进行食品安全风险评估？"),
        ("机动车有下列情形之一的，应当办理相应的登记：", "机动车有哪些情形之一的，应当办理相应的登记？"),
    ],
)
def test_a_short_answer_says_of_whom_it_asks(lead: str, stem: str | None) -> None:
    asked = [c.stem for c in _made(lead + _CASES) if c.kind is ItemKind.SHORT]
    assert asked == ([f"根据《示例法》，{stem}"] if stem else [])


def test_a_term_that_stands_in_its_own_meaning_is_not_to_be_written() -> None:
    told = "本法所称消防设施，是指用于预防火灾和扑救火灾的消防车道与各类设备。"
    untold = "本法所称沿海陆域，是指与海岸相连并且直接或者间接向海洋排放污染物的一带区域。"
    blanks = [c.key.blanks for c in _made(told, untold) if c.kind is ItemKind.BLANK]
    assert blanks == [[["沿海陆域"]]]


def test_reasons_say_what_the_provision_says() -> None:
    ruling = "违法行为轻微并及时改正，没有造成危害后果的，不予行政处罚。"
    terms = (
        "本法所称甲类场所，是指供不特定的人群集中开展娱乐活动的室内空间。",
        "本法所称乙类仓库，是指供生产经营单位存放易燃易爆危险物品的封闭空间。",
        "本法所称丙类通道，是指供抢险救援人员紧急情况下进出使用的地面空间。",
        "本法所称丁类站点，是指供公共交通车辆停靠并且上下乘客的道路空间。",
    )
    made = _made(ruling, *terms)
    [single] = [c for c in made if c.point is Point.NO_PENALTY and c.kind is ItemKind.SINGLE]
    assert all("不予行政处罚" in r.reason and "没有造成危害后果" in r.reason for r in single.refutations)
    asked = [c for c in made if c.point is Point.DEFINITION and c.options and "称为" in c.stem]
    assert asked
    assert all("空间" in r.reason for c in asked for r in c.refutations)


def test_statements_are_explained_with_the_words_of_their_articles() -> None:
    must = ("出示执法证件并告知事由", "制作现场笔录并当场宣读", "核对财物清单并签名盖章")
    may = ("申请延期缴纳应缴罚款", "委托律师查阅全部案卷", "申请重新鉴定有关物品")
    made = _made(
        *(f"执法人员开展{n}项工作时，应当{words}。" for n, words in zip("甲乙丙", must, strict=True)),
        *(f"当事人遇到{n}类困难时，可以{words}。" for n, words in zip("丁戊己", may, strict=True)),
    )
    several = [c for c in made if c.kind is ItemKind.MULTIPLE]
    assert several
    for content in several:
        assert all(content.options[i] in content.explanation for i in content.key.correct)
        assert all("规定：“" in r.reason for r in content.refutations)


def test_what_another_list_asks_of_the_same_thing_is_no_wrong_option() -> None:
    shelf = read_shelf(
        law(
            "产品质量应当符合下列要求：\n（一）不存在危及人身安全的危险；\n（二）具备应当具备的使用性能。",
            "产品标识应当符合下列要求：\n（一）有产品检验合格证明；\n（二）有中文标明的产品名称。",
        )
    )
    assert wrong_members(shelf.lists[0], shelf) == []


def test_acts_that_another_authority_punishes_are_seen_at_once_and_not_borrowed() -> None:
    shelf = read_shelf(
        law(
            "有下列行为之一的，由海关责令退运，处一万元以下罚款：\n（一）进口劣质煤炭的；\n（二）进口劣质燃料的。",
            "有下列行为之一的，由海事机构责令改正，处五万元以下罚款：\n（一）乱倒船舶垃圾的；\n（二）不具备接收能力的。",
            "有下列行为之一的，由海关责令改正，处三万元以下罚款：\n（一）未报明货物来源的；\n（二）擅自拆封样品的。",
        )
    )
    assert {w.words for w in wrong_members(shelf.lists[0], shelf)} == {"未报明货物来源的", "擅自拆封样品的"}
