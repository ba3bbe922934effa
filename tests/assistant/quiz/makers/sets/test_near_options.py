"""Wrong options that a candidate might choose: of the same field, from several articles, no group of their own."""

from __future__ import annotations

from random import Random

import pytest

from assistant.quiz.contract import ItemContent, ItemKind
from assistant.quiz.makers.sets.choosing import fitting, stands_apart
from assistant.quiz.makers.sets.content import Rests, Wrong
from assistant.quiz.makers.sets.maker import make_sets
from assistant.quiz.makers.sets.matters import Matters
from assistant.quiz.makers.sets.options import read_shelf, wrong_members
from assistant.quiz.material import LawBook, Material
from corpus.vocabulary import ProvisionPath
from tests.assistant.quiz.makers.sets.made_up import DAY, law, material

_DRUGS = "有下列行为之一的，处十日拘留：\n（一）非法持有毒品的；\n（二）教唆吸食毒品的；\n（三）提供毒品样本的。"
_OTHERS = "有下列行为之一的，处五日拘留：\n（一）强拿他人财物的；\n（二）追逐他人取乐的；\n（三）损毁路标的。"
_NEAR = "有下列行为之一的，处八日拘留：\n（一）介绍买卖毒品的；\n（二）隐瞒毒品来源的。"


def _several(*articles: str) -> list[ItemContent]:
    text = law(*articles)
    general = law(
        "任何人不得追逐他人，不得强拿他人财物，持有、提供、买卖物品的应当登记。", title="中华人民共和国另一示例法"
    )
    filler = [law(f"他人财物的取得、持有、提供、买卖适用第{n}种规定。", title=f"第{n}示例法") for n in range(30)]
    chosen = Material(DAY, (text,), LawBook(DAY, (text, general, *filler)))
    made = [c.content for seed in range(6) for c in make_sets(chosen, Random(seed))]
    return [c for c in made if c.kind is ItemKind.MULTIPLE]


def test_acts_of_another_field_are_no_wrong_options() -> None:
    assert not _several(_DRUGS, _OTHERS)


def test_acts_of_the_same_field_are() -> None:
    assert _several(_DRUGS, _NEAR)


def _option(words: str, number: int) -> Wrong:
    text = law(*[f"第{n}种行为。" for n in range(4)])
    return Wrong(words, "另有规定", Rests(text, text.provisions[number], (0, 4), ProvisionPath()))


def test_three_wrong_options_never_come_from_one_article() -> None:
    right = ["在水源保护区内新建项目"]
    words = ("在禁燃区内新建锅炉", "未停止燃用高污染燃料", "未按期拆除供热设施")
    of_one = [_option(w, 1) for w in words]
    assert not fitting(right, of_one, 3, Random(1), lambda _: False)
    of_several = [_option(w, n) for n, w in enumerate(words)]
    assert len(fitting(right, of_several, 3, Random(1), lambda _: False)) == 3


def test_different_articles_are_taken_first() -> None:
    pool = [_option("在禁燃区内新建锅炉", 1), _option("未停止燃用燃料油", 1), _option("向河道倾倒渣土垃圾", 2)]
    for seed in range(6):
        chosen = fitting(["在保护区内新建项目"], pool, 2, Random(seed), lambda _: False)
        assert len({c.rests.provision.id for c in chosen if c.rests is not None}) == 2


@pytest.mark.parametrize(
    ("wrong", "apart"),
    [
        (["新建燃煤锅炉", "未拆除燃煤锅炉"], True),
        (["新建燃煤锅炉", "向土壤排放废水"], False),
        (["新建燃煤锅炉"], False),
    ],
)
def test_wrong_options_that_share_what_no_right_one_has_stand_apart(wrong: list[str], apart: bool) -> None:
    text = law(*(f"第{n}种行为由主管部门处理。" for n in range(20)))
    assert stands_apart(["占用耕地", "污染土壤"], wrong, text) is apart


def test_an_item_that_names_the_document_of_its_own_list_is_not_borrowed() -> None:
    shelf = read_shelf(
        law(
            "强制执行决定应当载明下列事项：\n（一）执行的方式和时间；\n（二）机关的印章和日期。",
            "冻结决定书应当载明下列事项：\n（一）冻结的账号和数额；\n（二）存款人开户的银行。",
        )
    )
    assert "冻结的账号和数额" not in {w.words for w in wrong_members(shelf.lists[0], shelf)}


def test_what_few_laws_speak_of_tells_the_field() -> None:
    texts = [law(f"建设单位应当遵守第{n}条。", title=f"第{n}法") for n in range(40)]
    special = law("建设单位不得向土壤排放废水。", title="专门法")
    matters = Matters(material(*texts, special).book)
    assert matters.shared("污染土壤的", ["向土壤倾倒垃圾的"])
    assert not matters.shared("建设单位未登记", ["建设单位未报告"])
