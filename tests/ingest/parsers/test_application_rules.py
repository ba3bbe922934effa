"""Rules of application: what a sentence orders or allows, where it stands, and nothing that it does not say."""

from __future__ import annotations

import datetime as dt
import sqlite3
from fractions import Fraction
from functools import cache
from pathlib import Path

import pytest

from corpus.discretion.model import (
    ApplicationRules,
    Band,
    Circumstance,
    CircumstanceEffect,
    DegreeShare,
    RuleOrigin,
    SaidBy,
)
from corpus.vocabulary import DocumentKind, EffectLevel
from ingest.identify import identify
from ingest.identify.profile import Profile
from ingest.parsers.application_rules import read_application_rules
from ingest.parsers.circumstances import read_circumstances
from ingest.readers import read_document
from ingest.sources.national_laws import default_path
from tests.ingest.document_builder import document

C = CircumstanceEffect
TITLE = "示范市行政处罚裁量权适用规定（示例）"
SHARED = Path(__file__).resolve().parents[3].parent / "shared" / "corpus" / "discretion"
REAL = (
    "广东省生态环境行政处罚自由裁量权规定.md",
    "江门市生态环境局关于生态环境违法行为行政处罚自由裁量权裁量标准规定（试行）.md",
)
real = pytest.mark.skipif(not SHARED.is_dir(), reason="the shared folder with real documents is not present")


def rules(*articles: str, title: str = TITLE) -> ApplicationRules | None:
    profile = Profile(title=title, kind=DocumentKind.STATUTE, level=EffectLevel.NORMATIVE_DOCUMENT, region="示范市")
    return read_application_rules(document("\n".join(articles)), profile)


def read(*articles: str) -> ApplicationRules:
    found = rules(*articles)
    assert found is not None
    return found


FIRST = "第一条　为了规范裁量，制定本规定。"
LAST = "第九条　本规定自2026年3月1日起施行。"


# ---- circumstances -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sentence", "effect", "must"),
    [
        ("当事人主动投案的，应当从轻处罚。", C.LENIENT, True),
        ("当事人主动投案的，可以依法从轻处罚。", C.LENIENT, False),
        ("当事人主动投案的，从轻或者减轻行政处罚。", C.LENIENT_OR_MITIGATED, True),
        ("当事人主动投案的，应当依法从轻、减轻处罚。", C.LENIENT_OR_MITIGATED, True),
        ("突发事件期间违反应对措施的，主管部门可以从重处罚。", C.SEVERE, False),
        ("违法行为轻微并及时改正的，不予行政处罚，并进行教育。", C.NOT_PUNISH, True),
        ("初次违法且及时改正的，可以不予行政处罚。", C.MAY_NOT_PUNISH, False),
        ("二年内未被发现的，不再给予行政处罚。", C.NOT_PUNISH, True),
        ("被处罚三次以上的，上调一个档次处罚。", C.RAISE_TIER, True),
        ("积极赔偿损失的，可以下调一个档次处罚。", C.LOWER_TIER, False),
        ("两年内被处罚两次的，以该档次最高限度处罚。", C.SEVERE, True),
    ],
)
def test_a_sentence_that_orders_or_allows_an_effect_is_a_circumstance(
    sentence: str, effect: CircumstanceEffect, must: bool
) -> None:
    (found,), doubts = read_circumstances("第五条", sentence)
    assert (found.effect, found.must, found.article, found.quote) == (effect, must, "第五条", sentence)
    assert doubts == []


@pytest.mark.parametrize(
    "sentence",
    [
        "从重处罚不得低于中间倍数；从轻处罚应当低于中间倍数。",  # what a degree means
        "本规定所称从轻处罚，是指在法定幅度内选择较低的处罚。",
        "不具有从重、从轻情节的，应当予以适中的处罚。",
        "除有法定的减轻处罚情形外，不得突破法定额度。",
        "对依法不予行政处罚的，应当进行教育。",
        "主动消除或者减轻危害后果。",
        "可以不予加处罚款。",
        "决定是否给予行政处罚。",
    ],
)
def test_a_sentence_that_gives_no_effect_to_a_case_is_none(sentence: str) -> None:
    assert read_circumstances("第五条", sentence) == ([], [])


def test_items_below_a_sentence_are_circumstances_with_their_own_place() -> None:
    text = (
        "有下列情形之一的，应当从轻处罚：\n（一）主动投案的；\n（二）有立功表现的。\n"
        "有下列情形之一的，可以从重处罚：\n（一）屡教不改的。"
    )
    found, _ = read_circumstances("第五条", text)
    assert [(c.text, c.effect, c.must, c.article) for c in found] == [
        ("主动投案的", C.LENIENT, True, "第五条第一款第（一）项"),
        ("有立功表现的", C.LENIENT, True, "第五条第一款第（二）项"),
        ("屡教不改的", C.SEVERE, False, "第五条第二款第（一）项"),
    ]
    assert found[0].quote == "有下列情形之一的，应当从轻处罚："


def test_items_that_must_hold_together_are_one_circumstance() -> None:
    text = "同时满足以下情形的，可以不予行政处罚：\n1、初次违法；\n2、及时改正。"
    (found,), _ = read_circumstances("第七条", text)
    assert (found.effect, found.conditions, found.article) == (C.MAY_NOT_PUNISH, ("初次违法", "及时改正"), "第七条")


def test_each_item_may_have_an_effect_of_its_own() -> None:
    text = (
        "有下列情形之一：\n（一）行为轻微的，不予处罚；\n（二）初次违法的，可以不予处罚；属于清单所列的行为不予处罚。"
    )
    found, _ = read_circumstances("第三条", text)
    assert [(c.article, c.effect) for c in found] == [
        ("第三条第（一）项", C.NOT_PUNISH),
        ("第三条第（二）项", C.MAY_NOT_PUNISH),
        ("第三条第（二）项", C.NOT_PUNISH),
    ]


def test_cases_to_which_it_does_not_apply_are_exclusions_and_no_circumstances() -> None:
    text = "公开道歉的，按罚款标准的30%降低处罚。有以下行为之一的，不适用：\n（一）构成犯罪的；\n（二）屡教不改的。"
    (found,), _ = read_circumstances("第八条", text)
    assert (found.effect, found.exclusions) == (C.LENIENT, ("构成犯罪的", "屡教不改的"))


def test_the_caption_of_an_article_gives_the_effect_that_its_sentence_leaves_out() -> None:
    text = "从轻处罚适用情形。有以下情形之一的，可按所在裁量档次的较低限处罚：\n1、初犯的。"
    (found,), _ = read_circumstances("第六条", text)
    assert (found.effect, found.must, found.article) == (C.LENIENT, False, "第六条第1项")


def test_effects_side_by_side_are_doubted_not_chosen_between() -> None:
    found, doubts = read_circumstances("第六条", "聋哑人违法的，可以从轻、减轻或者不予处罚。")
    assert found == []
    assert [doubt.code for doubt in doubts] == ["circumstance_not_read"]


def test_what_must_be_weighed_is_no_circumstance() -> None:
    text = "行使裁量权应当综合考虑以下情节：\n（一）主观过错；\n（二）危害后果。"
    assert read_circumstances("第四条", text) == ([], [])


def test_the_circumstances_of_the_penalty_law_are_read_from_its_own_words() -> None:
    with sqlite3.connect(f"file:{default_path()}?mode=ro", uri=True) as laws:
        rows = laws.execute(
            "select article_no, article_text from articles where law_name = '中华人民共和国行政处罚法' "
            "and article_no in ('第三十二条', '第三十三条')"
        ).fetchall()
    found = [c for label, text in rows for c in read_circumstances(label, text)[0]]
    assert [(c.article, c.effect) for c in found] == [
        *[(f"第三十二条第（{n}）项", C.LENIENT_OR_MITIGATED) for n in "一二三四五"],
        ("第三十三条第一款", C.NOT_PUNISH),
        ("第三十三条第一款", C.MAY_NOT_PUNISH),
        ("第三十三条第二款", C.NOT_PUNISH),
    ]


# ---- the other rules -----------------------------------------------------------------------------------------


def test_bounds_cap_lowest_option_and_heavier_tier_carry_their_article_and_words() -> None:
    found = read(
        FIRST,
        "第二条　裁量因素无法查明的，按该因素的最低档次计算。",
        "第三条　各项裁量权重累加后最高不超过100%，乘以法定最高罚款数额。",
        "第四条　同时具有不同档次情节的，按较重档次处罚。",
        "第五条　本规定所称“以上”包括本数，“以下”不包括本数。",
        LAST,
    )
    assert found.bounds is not None
    assert (found.bounds.above_included, found.bounds.below_included) == (True, False)
    assert (found.bounds.origin, found.bounds.document, found.bounds.article) == (RuleOrigin.RULES, TITLE, "第五条")
    assert (found.total_cap, found.total_cap_by) == (
        Fraction(100),
        SaidBy("第三条", "各项裁量权重累加后最高不超过100%，乘以法定最高罚款数额。"),
    )
    assert found.lowest_if_unknown == SaidBy("第二条", "裁量因素无法查明的，按该因素的最低档次计算。")
    assert found.heavier_tier == SaidBy("第四条", "同时具有不同档次情节的，按较重档次处罚。")


def test_a_cap_on_anything_but_weights_is_none() -> None:
    found = read(FIRST, "第二条　罚款不得超过法定上限的100%。", "第三条　主动投案的，应当从轻处罚。", LAST)
    assert found.total_cap is None


def test_degrees_about_the_middle_are_read() -> None:
    text = "第二条　从重处罚不得低于平均值；从轻处罚应当低于平均值，一般处罚按平均金额处罚。"
    found = read(FIRST, text, "第三条　本规定由示范局解释。", LAST)
    assert found.degree is Band.MIDDLE
    assert found.degree_by is not None
    assert found.degree_by.article == "第二条"


@pytest.mark.parametrize(
    "text",
    [
        "从轻处罚按照从最低限到最高限这一幅度中较低的30%部分确定；从重处罚按照较高的30%部分确定；一般处罚按照30%至70%部分确定。",
        "从轻处罚，在法定幅度30%以下处罚；一般处罚，在30%以上70%以下处罚；从重处罚，在70%以上处罚。",
    ],
)
def test_degrees_as_shares_of_the_band_are_read(text: str) -> None:
    found = read(FIRST, f"第二条　{text}", "第三条　本规定由示范局解释。", LAST)
    assert found.degree is Band.SHARES
    assert found.shares == (
        DegreeShare("从轻", Fraction(0), Fraction(30)),
        DegreeShare("一般", Fraction(30), Fraction(70)),
        DegreeShare("从重", Fraction(70), Fraction(100)),
    )


def test_the_days_of_rules_are_read_and_a_misprinted_day_is_doubted() -> None:
    body = (FIRST, "第二条　主动投案的，应当从轻处罚。", "第三条　本规定由示范局解释。")
    found = read(*body, "第四条　本规定自2026年3月1日起施行，有效期五年。")
    assert (found.effective, found.expires) == (dt.date(2026, 3, 1), dt.date(2031, 3, 1))
    misprinted = read(*body, "第四条　本规定自2026年3月1月起施行，有效期五年。")
    assert (misprinted.effective, misprinted.expires) == (None, None)
    assert [doubt.code for doubt in misprinted.doubts] == ["date_not_read"]


@pytest.mark.parametrize(
    ("articles", "title"),
    [
        ((FIRST, "第二条　本规定由示范局解释。", LAST), TITLE),  # rules nothing
        ((FIRST, "第二条　主动投案的，应当从轻处罚。", LAST), "示范市养犬管理条例（示例）"),  # not about discretion
        (("为了规范裁量，通知如下。", "一、从轻处罚的，应当说明理由。"), TITLE),  # no articles
    ],
)
def test_a_document_without_rules_of_discretion_gives_none(articles: tuple[str, ...], title: str) -> None:
    assert rules(*articles, title=title) is None


# ---- the two published documents -----------------------------------------------------------------------------


@cache
def published(name: str) -> tuple[ApplicationRules, str]:
    doc = read_document((SHARED / name).read_bytes(), name)
    found = read_application_rules(doc, identify(doc, name))
    assert found is not None
    return found, "\n".join(paragraph.text for paragraph in doc.paragraphs())


def places(circumstances: tuple[Circumstance, ...], effect: CircumstanceEffect) -> list[str]:
    return [c.article for c in circumstances if c.effect is effect]


@real
def test_the_rules_of_the_province() -> None:
    found, _ = published(REAL[0])
    assert found.bounds is not None
    assert (found.bounds.above_included, found.bounds.below_included) == (True, False)
    assert found.bounds.article == "第二十三条"
    assert (found.total_cap, found.degree, found.heavier_tier) == (Fraction(100), Band.MIDDLE, None)
    assert [by and by.article for by in (found.total_cap_by, found.lowest_if_unknown, found.degree_by)] == [
        "第六条",
        "第五条",
        "第十二条",
    ]
    assert places(found.circumstances, C.LENIENT_OR_MITIGATED) == [f"第十一条第（{n}）项" for n in "一二三四五"]
    assert places(found.circumstances, C.SEVERE) == ["第十条"]
    assert (found.effective, found.expires) == (dt.date(2022, 1, 1), dt.date(2027, 1, 1))


@real
def test_the_rules_of_the_city() -> None:
    found, _ = published(REAL[1])
    assert found.bounds is not None
    assert (found.bounds.above_included, found.bounds.below_included) == (True, True)
    assert found.bounds.article == "第十六条"
    assert found.heavier_tier is not None
    assert found.heavier_tier.article == "第十四条"
    assert places(found.circumstances, C.LENIENT) == [f"第六条第{n}项" for n in range(1, 9)]
    assert places(found.circumstances, C.RAISE_TIER) == ["第五条第二款", *[f"第五条第三款第{n}项" for n in range(1, 6)]]
    (together,) = [c for c in found.circumstances if c.effect is C.MAY_NOT_PUNISH]
    assert (len(together.conditions), together.article) == (5, "第七条第一款")
    assert found.effective is None  # printed 3月1月


@real
@pytest.mark.parametrize("name", REAL)
def test_every_quote_stands_in_the_document_word_for_word(name: str) -> None:
    found, words = published(name)
    said = [found.total_cap_by, found.lowest_if_unknown, found.heavier_tier, found.dates_by]
    quotes = [by.quote for by in said if by is not None] + [c.quote for c in found.circumstances]
    assert found.bounds is not None
    assert [quote for quote in [*quotes, found.bounds.quote] if quote not in words] == []
