"""Which records may be examined: what the desk has a reservation about, and documents whose term is over."""

from __future__ import annotations

import datetime as dt

import pytest

from assistant.discretion.contract import ComputeResponse
from assistant.quiz.makers.records.sound import end_of_term, is_lawful, result_is_sound
from assistant.quiz.material import SourceText
from corpus.vocabulary import (
    DatedFact,
    Document,
    DocumentKind,
    EffectLevel,
    Provision,
    State,
    Validity,
    Version,
)


def result(warning: str = "", state: str = "computed", within: bool | None = True) -> ComputeResponse:
    warnings = [warning] if warning else []
    return ComputeResponse(
        state=state, standard="v/1", title="t", document="d", within_legal_range=within, warnings=warnings
    )


@pytest.mark.parametrize(
    ("given", "sound"),
    [
        (result(), True),
        (result(within=None), True),
        (result(within=False), False),
        (result(state="needs_input"), False),
        (result("该罚款为“可以”处罚，是否罚款由行政机关决定。"), True),
        (result("处罚依据《某条例》第一条在2026-11-21未找到：语料中没有《某条例》。裁量基准可能已不能适用。"), True),
        (result("处罚依据《某条例》第一条在2026-11-21未找到：语料中没有《某条例》。其上位法自2026年废止。"), False),
        (result("处罚依据《某法》第一条在2026-11-21已废止：自2026年8月15日起废止。"), False),
        (result("原文“一百万一十元”疑有误印，按“一百一十万元”理解，请核对。"), False),
        (result("《某裁量表》在2026-11-21尚未施行，或者已经失效、被新的文本代替。"), False),
    ],
)
def test_only_a_result_without_reservation_is_examined(given: ComputeResponse, sound: bool) -> None:
    assert result_is_sound(given) is sound


@pytest.mark.parametrize(
    ("words", "end"),
    [
        ("本清单自2022年2月1日起施行，有效期三年。", dt.date(2025, 2, 1)),
        ("本规定自2024年1月1日起施行，有效期5年。", dt.date(2029, 1, 1)),
        ("本表自2026年9月1日起施行。", None),
    ],
)
def test_a_document_may_state_its_own_term(words: str, end: dt.date | None) -> None:
    version = Version("v", "d", Validity(None, DatedFact.unknown(), DatedFact.unknown()), "test")
    document = Document("d", "某清单", DocumentKind.EXEMPTION_LIST, EffectLevel.NONE)
    text = SourceText(document, version, State.IN_FORCE, (Provision("v/1", "v", 1, "备注", words),))
    assert end_of_term(text) == end


GENERAL = "法定幅度有多种（一般情形：处十万元以上一百万元以下的罚款、个人有前款第二项情形的：处五百元以下的罚款）"
BY_VALUE = "法定幅度有多种（货值金额不足一万元的：处五万元以上十万元以下罚款、货值金额一万元以上的：处十倍罚款）"
UNDECIDED = "，未能确定适用哪一种，须由人核对。计算结果在其中“{}”的幅度之内。"


@pytest.mark.parametrize(
    ("given", "told", "lawful"),
    [
        (result(), "经营者未标价", True),
        (result(within=False), "经营者未标价", False),
        (result(within=None), "经营者未标价", False),
        (result(GENERAL + UNDECIDED.format("一般情形"), within=None), "施工单位未清运建筑垃圾", True),
        (result(GENERAL + UNDECIDED.format("一般情形"), within=None), "未清运建筑垃圾", False),
        (
            result(BY_VALUE + UNDECIDED.format("货值金额一万元以上的"), within=None),
            "经营食品，货值金额一万元以上",
            True,
        ),
        (result(BY_VALUE + UNDECIDED.format("货值金额一万元以上的"), within=None), "经营食品", False),
    ],
)
def test_of_several_ranges_the_one_that_the_case_names_counts(given: ComputeResponse, told: str, lawful: bool) -> None:
    assert is_lawful(given, told) is lawful
