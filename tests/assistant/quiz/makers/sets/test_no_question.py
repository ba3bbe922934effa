"""What real law gives no item for, because the item would tell its key or could not be read alone."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random

import pytest

from assistant.quiz.contract import ItemKind, Point
from assistant.quiz.makers.sets.decisive import Decisive, read_decisive
from assistant.quiz.makers.sets.from_decisive import from_decisive
from assistant.quiz.makers.sets.lists import read_lists
from assistant.quiz.makers.sets.options import Shelf, read_shelf, wrong_members
from assistant.quiz.makers.sets.reserves import taken_back
from assistant.quiz.makers.sets.sentences import read_steps
from assistant.quiz.material import SourceText
from corpus.vocabulary import Provision
from tests.assistant.quiz.makers.sets.made_up import DAY

Laws = Mapping[str, SourceText]


def _article(laws: Laws, title: str, label: str) -> Provision:
    return next(p for p in laws[title].provisions if p.label == label)


def _wrong(laws: Laws, title: str, label: str) -> list[str]:
    shelf: Shelf = read_shelf(laws[title])
    [target] = [e for e in shelf.lists if e.provision.label == label]
    return [w.words for w in wrong_members(target, shelf)]


def test_circumstances_are_compared_with_circumstances(laws: Laws) -> None:
    mitigating = _wrong(laws, "治安管理处罚法", "第二十条")
    assert "有较严重后果的" in mitigating
    assert not any(words.startswith(("冒充军警", "阻碍人民警察", "盲人")) for words in mitigating)
    aggravating = _wrong(laws, "治安管理处罚法", "第二十二条")
    assert "有立功表现的" in aggravating
    assert not any("违反治安管理" in words for words in aggravating)


def test_a_wrong_circumstance_brings_no_party_of_its_own(laws: Laws) -> None:
    others = _wrong(laws, "行政处罚法", "第三十二条")
    assert "初次违法且危害后果轻微并及时改正的" in others
    assert not any("未成年人" in words or "病人" in words or words.startswith("当事人") for words in others)


def _decisive(laws: Laws, title: str, label: str, printed: str) -> Decisive:
    [found] = [d for d in read_decisive(_article(laws, title, label)) if d.printed == printed]
    return found


@pytest.mark.parametrize(
    ("title", "label", "printed", "others"),
    [
        ("治安管理处罚法", "第一百零五条", "公安机关负责人", ()),
        ("食品安全法", "第一百三十八条", "连带", ("按份",)),
        ("食品安全法", "第一百二十三条", "连带", None),
    ],
)
def test_other_words_could_stand_in_the_sentence(
    laws: Laws, title: str, label: str, printed: str, others: tuple[str, ...] | None
) -> None:
    found = [d for d in read_decisive(_article(laws, title, label)) if d.printed == printed]
    for one in found:
        assert one.others == others if others is not None else "补充" not in one.others


def test_a_body_of_the_stem_with_others_of_its_kind_is_asked(laws: Laws) -> None:
    found = [d for p in laws["行政处罚法"].provisions for d in read_decisive(p) if d.printed == "行政机关负责人"]
    assert found
    assert all("上一级行政机关" in d.others for d in found)


def test_a_period_that_the_paragraph_lengthens_is_not_asked_for(laws: Laws) -> None:
    asked = _decisive(laws, "行政处罚法", "第三十六条", "二年")
    made = [c.content for s in range(4) for c in from_decisive(laws["行政处罚法"], asked, DAY, Random(s))]
    assert asked.point is Point.TIME_LIMIT
    assert {c.kind for c in made} <= {ItemKind.TRUE_FALSE}
    assert not any(c.key.truth for c in made)


@pytest.mark.parametrize(
    ("title", "label", "lists"),
    [
        pytest.param("治安管理处罚法", "第一百二十七条", 0, id="担保人: for what, the article before tells"),
        pytest.param("行政处罚法", "第二十一条", 1, id="受委托组织"),
        pytest.param("行政强制法", "第五十一条", 1, id="代履行"),
    ],
)
def test_a_list_says_of_whom_it_is(laws: Laws, title: str, label: str, lists: int) -> None:
    assert len(list(read_lists(_article(laws, title, label)))) == lists


@pytest.mark.parametrize(
    ("title", "label", "words", "back"),
    [
        pytest.param("治安管理处罚法", "第二十三条", "不执行行政拘留处罚", True, id="a later paragraph"),
        pytest.param("行政处罚法", "第三十六条", "不再给予行政处罚", True, id="its own paragraph"),
        pytest.param("行政处罚法", "第三十三条", "当事人有证据足以证明没有主观过错的", True, id="the sentence after"),
        pytest.param("行政处罚法", "第三十条", "不予行政处罚", False, id="what comes after is of other people"),
        pytest.param("行政处罚法", "第四十二条", "文明执法", False, id="the last paragraph"),
    ],
)
def test_a_rule_is_taken_back_by_a_later_paragraph_too(
    laws: Laws, title: str, label: str, words: str, back: bool
) -> None:
    text = _article(laws, title, label).text
    assert taken_back(text, text.index(words) + len(words)) is back


@pytest.mark.parametrize(
    ("title", "label", "act"),
    [
        pytest.param("生态环境法典", "第二百六十三条", None, id="及时告知公众: 通知 and 提醒 say it as well"),
        pytest.param("行政强制法", "第三十五条", "催告", id="a step of the procedure"),
        pytest.param("行政强制法", "第五十四条", "催告", id="another"),
    ],
)
def test_no_blank_is_left_for_an_ordinary_verb(laws: Laws, title: str, label: str, act: str | None) -> None:
    steps = list(read_steps(_article(laws, title, label)))
    assert steps
    asked = [s.sentence.words[slice(*s.act)] for s in steps if s.act is not None]
    assert asked == ([] if act is None else [act])
