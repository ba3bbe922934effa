"""Answers without a model: what is quoted of which provision, and how much of it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

import pytest

from assistant.answer.compose import MOST_CHARACTERS, Evidence, Line, Related, compose, quotation, standing
from assistant.answer.sanctions import orders_sanction
from assistant.lexicon import load_lexicon
from assistant.understanding import understand
from corpus.citations import NameTable
from corpus.vocabulary import DateBasis, DatedFact, ProvisionPath, State
from tests.assistant.answer.conftest import COERCION, FIRE, FOOD, PENALTY

TODAY = dt.date(2026, 11, 21)
QUOTED = re.compile("“([^”]*)”")

Article = Callable[[str, str], Evidence]
Compose = Callable[..., list[Line]]


@pytest.fixture(scope="module")
def composed(names: NameTable) -> Compose:
    lexicon = load_lexicon()

    def write(question: str, *evidence: Evidence, related: tuple[Related, ...] = ()) -> list[Line]:
        understood = understand(question, as_of=TODAY, today=TODAY, names=names, lexicon=lexicon)
        return list(compose(understood, evidence, related))

    return write


def _text(lines: list[Line]) -> str:
    return "\n".join(line.text for line in lines)


def test_the_matching_item_is_named_and_the_paragraphs_that_refer_to_it_are_kept(
    composed: Compose, article: Article
) -> None:
    said = _text(composed("消防车通道被堵了怎么罚", article(FIRE, "第六十条")))
    assert "（五）占用、堵塞、封闭消防车通道" in said
    assert "消防设施、器材" not in said
    assert "五千元以上五万元以下罚款" in said
    assert "同条第二款：“个人有前款第二项" in said
    assert "同条第三款：" in said


def test_a_tier_that_only_counts_is_not_lost(composed: Compose, article: Article) -> None:
    said = _text(composed("没有许可证卖食品怎么处罚", article(FOOD, "第一百二十二条")))
    assert "五万元以上十万元以下罚款" in said
    assert "货值金额十倍以上二十倍以下罚款" in said
    assert "明知从事前款规定的违法行为" in said


def test_a_provision_without_a_penalty_keeps_its_exceptions(composed: Compose, article: Article) -> None:
    said = _text(composed("违法行为多少年没发现就不处罚了", article(PENALTY, "第三十六条")))
    assert "二年内未被发现的" in said
    assert "延长至五年" in said
    assert "连续或者继续状态" in said


@pytest.mark.parametrize("question", ["过期的食品原料怎么罚", "听证程序怎么走", "经营病死的肉类罚多少"])
def test_an_answer_keeps_to_its_limit_and_quotes_verbatim(composed: Compose, article: Article, question: str) -> None:
    evidence = [
        article(FOOD, "第一百二十四条"),
        article(FOOD, "第一百二十三条"),
        article(FOOD, "第一百二十六条"),
        article(PENALTY, "第六十四条"),
    ]
    by_key = {e.key: e for e in evidence}
    lines = composed(question, *evidence)
    assert len(_text(lines)) <= MOST_CHARACTERS
    assert lines[0].keys == (evidence[0].key,)
    for line in lines:
        for words in QUOTED.findall(line.text):
            assert any(words in by_key[key].provision.text for key in line.keys)
    for source in evidence:
        start, end = quotation(source, lines)
        assert 0 <= start < end <= len(source.provision.text)


def test_what_was_asked_for_by_number_is_given_whole_and_excerpted_only_when_long(
    composed: Compose, article: Article
) -> None:
    short = replace(article(COERCION, "第四十四条"), path=ProvisionPath())
    found = article(FOOD, "第一百二十六条")
    long = replace(found, path=ProvisionPath(), provision=replace(found.provision, text=found.provision.text * 2))
    assert short.provision.text in _text(composed("行政强制法第四十四条", short))
    said = _text(composed("食品安全法第一百二十六条", long))
    assert "条文较长" in said
    assert len(said) <= MOST_CHARACTERS


def test_a_related_provision_is_quoted_as_far_as_there_is_room(composed: Compose, article: Article) -> None:
    lenient = article(PENALTY, "第三十三条")
    related = (Related("不予处罚", lenient, ((0, 25),)),)
    said = _text(composed("堵了消防车通道怎么罚", article(FIRE, "第六十条"), related=related))
    assert f"不予处罚：《{PENALTY}》第三十三条第一款：“{lenient.provision.text[:11]}" in said


def _with_text(evidence: Evidence, text: str) -> Evidence:
    return replace(evidence, provision=replace(evidence.provision, text=text))


@pytest.mark.parametrize(
    ("law", "label", "question"),
    [
        (FIRE, "第六十条", "消防车通道被堵了怎么罚"),
        (FOOD, "第一百二十六条", "餐具没有清洗消毒怎么罚"),
        (FOOD, "第一百二十四条", "过期的食品怎么罚"),
        (PENALTY, "第六十四条", "听证要提前几天通知"),
        (COERCION, "第二十五条", "查封最长多少天"),
    ],
)
def test_what_is_left_out_between_two_quotations_shows(
    composed: Compose, article: Article, law: str, label: str, question: str
) -> None:
    main, beside = article(law, label), article(FOOD, "第一百二十六条")
    texts = {e.key: e.provision.text for e in (main, beside)}
    for line in composed(question, main, beside):
        quoted = list(QUOTED.finditer(line.text))
        for first, second in pairwise(quoted):
            text = texts[line.keys[0]]
            end = text.index(first[1]) + len(first[1])
            left_out = text[end : text.index(second[1], end)]
            between = line.text[first.end() : second.start()]
            assert between == "……" or not any(c.isalnum() for c in left_out)


def test_an_excerpt_that_ends_before_its_provision_says_so(composed: Compose, article: Article) -> None:
    text = "违反本条例规定的，处一万元以下罚款；" * 40
    said = composed("怎么罚", article(FIRE, "第六十条"), _with_text(article(FIRE, "第十六条"), text))
    assert any(line.text.endswith("……") for line in said)


def test_the_authority_stands_with_its_duty_and_measure(composed: Compose, article: Article) -> None:
    said = _text(composed("没有消防许可就营业怎么罚", article(FIRE, "第五十八条")))
    assert "处理：“由住房和城乡建设主管部门、消防救援机构按照各自职权责令" in said
    assert "（四）公众聚集场所未经消防救援机构许可" in said


def test_an_act_keeps_the_duty_it_breaks_and_its_own_conditions(composed: Compose, article: Article) -> None:
    text = "违反本法第九条规定，占道经营的，由城管部门责令改正，情节严重的，处一千元以下罚款；逾期不改的，没收工具。"
    lines = [line.text for line in composed("占道经营怎么罚", _with_text(article(FIRE, "第六十条"), text))]
    assert lines[1:4] == [
        "行为：“违反本法第九条规定，占道经营的”。",
        "处理：“由城管部门责令改正，情节严重的，处一千元以下罚款”。",
        "“逾期不改的，没收工具”。",
    ]


def test_listed_acts_are_all_given_where_none_is_clearly_meant(composed: Compose, article: Article) -> None:
    text = "有下列行为之一的，处一千元以下罚款：\n（一）占道经营；\n（二）乱贴广告；\n（三）乱倒垃圾。"
    said = _text(composed("这样的怎么罚", _with_text(article(FIRE, "第六十条"), text)))
    assert "行为：“有下列行为之一的”……“（一）占道经营；\n（二）乱贴广告；\n（三）乱倒垃圾”。" in said


def test_listed_measures_stand_with_the_words_that_announce_them(composed: Compose, article: Article) -> None:
    text = (
        "发生事故的，由应急管理部门依照下列规定处以罚款：\n（一）一般的，处十万元罚款；\n（二）重大的，处百万元罚款。"
    )
    said = _text(composed("出了事怎么罚", _with_text(article(FIRE, "第六十条"), text)))
    assert "行为：“发生事故的”。\n处理：“由应急管理部门依照下列规定处以罚款：\n（一）" in said


def test_a_paragraph_that_leans_on_another_comes_after_it(composed: Compose, article: Article) -> None:
    text = "排污者拒不改正的，可以按日连续处理。\n前款规定的罚款处罚，依照运行成本和违法所得确定。"
    lines = composed("罚款处罚依照什么确定", _with_text(article(FIRE, "第六十条"), text))
    assert "第一款" in lines[0].text
    assert lines[2].text.startswith("同条第二款：“前款规定")


def test_a_further_provision_is_cited_by_the_paragraph_quoted(composed: Compose, article: Article) -> None:
    text = "无关的规定。" * 60 + "\n消防车通道不得占用。"
    said = _text(composed("消防车通道被堵了", article(FIRE, "第六十条"), _with_text(article(FIRE, "第十六条"), text)))
    assert "第十六条第二款" in said


def test_nobody_is_told_from_when_a_law_applies_unless_asked(composed: Compose, article: Article) -> None:
    last = _with_text(article(FIRE, "第十六条"), "本法自2009年5月1日起施行。")
    main = article(FIRE, "第六十条")
    assert "本法自" not in _text(composed("消防车通道被堵了怎么罚", main, last))
    assert "本法自" in _text(composed("消防车通道的规定什么时候施行", main, last))


def test_a_text_without_a_known_commencement_is_named_by_the_day_it_was_published(article: Article) -> None:
    evidence = article(FIRE, "第六十条")
    validity = evidence.version.validity
    assert validity.published
    unknown = replace(validity, commencement=DatedFact(None, DateBasis.UNKNOWN))
    known = replace(validity, commencement=DatedFact(dt.date(2021, 5, 1), DateBasis.OWN_TEXT))
    said = [standing(replace(evidence, version=replace(evidence.version, validity=v))) for v in (unknown, known)]
    assert f"{validity.published:%Y-%m-%d}公布的文本" in said[0]
    assert "起施行" not in said[0]
    assert "2021-05-01起施行" in said[1]
    assert "公布" not in said[1]


def test_of_another_day_than_today_the_day_itself_is_said(article: Article) -> None:
    evidence = article(FIRE, "第六十条")
    assert standing(evidence).endswith("现行有效")
    then = replace(evidence, past_day=dt.date(2025, 3, 1))
    assert standing(then).endswith("2025-03-01当日有效")
    amended = replace(then, state=State.AMENDED)
    assert standing(amended).endswith("2025-03-01当日有效，其后已修改")


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("2020年5月倒的建筑垃圾，按当时的规定怎么罚", True),
        ("去年堵的消防通道怎么罚", True),
        ("消防车通道被堵了怎么罚", False),
        ("消防法去年修改的规定什么时候施行", False),
    ],
)
def test_an_earlier_time_without_a_day_is_answered_with_a_warning(
    composed: Compose, article: Article, question: str, said: bool
) -> None:
    fire = article(FIRE, "第六十条")
    assert ("行为发生时的规定可能不同" in composed(question, fire)[-1].text) is said
    then = replace(fire, past_day=dt.date(2020, 5, 1))
    assert "行为发生时的规定可能不同" not in composed(question, then)[-1].text


def test_what_is_asked_for_by_name_is_told_before_other_provisions(composed: Compose, article: Article) -> None:
    lenient = Related("不予处罚", article(PENALTY, "第三十三条"), ((0, 25),), asked=True)
    hearing = Related("听证", article(PENALTY, "第六十三条"))
    lines = composed(
        "堵了消防通道能不能不罚", article(FIRE, "第六十条"), article(FOOD, "第一百二十六条"), related=(hearing, lenient)
    )
    order = [next(n for n, line in enumerate(lines) if line.text.startswith(w)) for w in ("不予处罚", "相近", "听证")]
    assert order == sorted(order)


@pytest.mark.parametrize(
    ("words", "orders"),
    [
        ("处一万元以下罚款", True),
        ("需要延期或者分期缴纳罚款的", False),
        ("自罚款期限结束之日起计算", False),
        ("罚款数额为二万元以上，没收违法所得", True),
        ("前款规定的罚款处罚，依照有关规定执行", False),
    ],
)
def test_a_fine_spoken_of_is_no_fine_imposed(words: str, orders: bool) -> None:
    assert orders_sanction(words) is orders
