"""Old law or new: both texts shown, the more lenient named only where the numbers decide it."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest

from assistant.discretion.law_of_day import LawOnDays
from assistant.discretion.old_or_new import LawOfDay, Lenience, compare_fines, compare_laws
from assistant.discretion.spans import Case
from corpus.citations import NameTable, Resolver
from corpus.discretion.model import Basis, LegalRange
from corpus.vocabulary import ArticleNumber, Citation, ProvisionPath
from tests.assistant.discretion.records import fixed, times, up_to, weighted, yuan_range

THEN, NOW = dt.date(2024, 1, 1), dt.date(2026, 11, 21)
LAW = "示范市标识管理条例"
WORDS = "违反本条例规定，未按规定设置标识的，责令改正，处{}以上{}以下的罚款。"


@pytest.mark.parametrize(
    ("old", "new", "lenience"),
    [
        (yuan_range(10, 100), yuan_range(10, 100), Lenience.SAME),
        (yuan_range(10, 100), yuan_range(5, 100), Lenience.NEW),
        (yuan_range(10, 100), yuan_range(10, 99), Lenience.NEW),
        (yuan_range(10, 100), yuan_range(10, 101), Lenience.OLD),
        (yuan_range(10, 100), yuan_range(5, 200), Lenience.UNDECIDED),
        (yuan_range(10, 100), up_to(100), Lenience.NEW),
        (fixed(50), yuan_range(50, 60), Lenience.OLD),
        (yuan_range(10, 100), times("1", "3"), Lenience.UNDECIDED),
        (times("1", "3"), times("1", "2"), Lenience.NEW),
        (times("1", "3"), times("1", "2", "违法所得"), Lenience.UNDECIDED),
        (yuan_range(10, 100), replace(yuan_range(5, 50), also="没收违法所得"), Lenience.UNDECIDED),
        (yuan_range(10, 100), replace(yuan_range(10, 100), maximum=None), Lenience.UNDECIDED),
    ],
)
def test_the_more_lenient_range_is_named_only_where_no_bound_contradicts(old, new, lenience):
    assert compare_fines(old, new) is lenience


def law(day: dt.date, low: str, high: str, **changes: object) -> LawOfDay:
    made = LawOfDay(day, LAW, "第九条", WORDS.format(low, high) if low else "", "in_force", "说明")
    return replace(made, **changes)


def compare(old: LawOfDay, new: LawOfDay):
    return compare_laws([(old, new)], weighted(), Case())


def test_the_same_words_on_both_days_are_the_same_law():
    found = compare(law(THEN, "一万元", "十万元"), law(NOW, "一万元", "十万元"))
    assert (found.differs, found.lenience) == (False, Lenience.SAME)


@pytest.mark.parametrize(
    ("low", "high", "lenience"),
    [
        ("五千元", "五万元", Lenience.NEW),
        ("二万元", "二十万元", Lenience.OLD),
        ("五千元", "五十万元", Lenience.UNDECIDED),
    ],
)
def test_the_ranges_are_read_from_the_words_of_both_days(low, high, lenience):
    found = compare(law(THEN, "一万元", "十万元"), law(NOW, low, high))
    assert (found.differs, found.lenience) == (True, lenience)
    assert found.pairs[0].old_fine is not None
    assert found.pairs[0].old_fine.maximum == Decimal(100_000)
    assert ("须由人判断" in found.text) == (lenience is Lenience.UNDECIDED)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (law(THEN, "", "", reason="当日文本未收录"), law(NOW, "五千元", "五万元")),
        (law(THEN, "一万元", "十万元"), law(NOW, "", "", reason="已废止")),
        (law(THEN, "一万元", "十万元"), law(NOW, "五千元", "五万元", proposed=True, title="示范市新条例")),
    ],
    ids=["old text not held", "new text not held", "successor proposed"],
)
def test_without_both_texts_for_certain_a_person_decides(old, new):
    found = compare(old, new)
    assert (found.differs, found.lenience) == (True, Lenience.UNDECIDED)
    assert "须由人判断" in found.text


def test_a_proposed_successor_is_compared_for_information_only():
    found = compare(law(THEN, "一万元", "十万元"), law(NOW, "五千元", "五万元", proposed=True, title="示范市新条例"))
    assert "新规定的罚款幅度较轻，供参考" in found.text


def test_bases_that_point_apart_leave_it_to_a_person():
    pairs = [
        (law(THEN, "一万元", "十万元"), law(NOW, "五千元", "五万元")),
        (law(THEN, "一万元", "十万元"), law(NOW, "二万元", "二十万元")),
    ]
    assert compare_laws(pairs, weighted(), Case()).lenience is Lenience.UNDECIDED


def test_without_a_cited_basis_nothing_is_decided():
    assert compare_laws([], weighted(), Case()).lenience is Lenience.UNDECIDED


# ---- the laws of the package -------------------------------------------------------------------------------

WATER = "中华人民共和国水污染防治法"


@pytest.fixture(scope="module")
def law_on_days(law_store, today) -> LawOnDays:
    return LawOnDays(law_store, Resolver(law_store, NameTable.from_documents(law_store.documents())), lambda: today)


@pytest.fixture
def polluting():
    citation = Citation(WATER, ArticleNumber(83), ProvisionPath(item=2))
    basis = Basis(f"《{WATER}》第八十三条第二项", (citation,))
    words = "超过水污染物排放标准或者超过重点水污染物排放总量控制指标排放水污染物"
    legal = LegalRange(yuan_range(100_000, 1_000_000))
    return weighted(title=words, behaviours=(words,), basis=(basis,), legal_ranges=(legal,))


def test_an_item_is_shown_with_the_words_that_name_its_fine(law_on_days, polluting):
    ((old, new),) = law_on_days.on_both_days(polluting, THEN, dt.date(2026, 8, 14), ())
    assert old.text == new.text
    assert "十万元以上一百万元以下" in old.text
    found = compare_laws([(old, new)], polluting, Case())
    assert (found.differs, found.lenience) == (False, Lenience.SAME)
    assert found.pairs[0].old_fine.maximum == Decimal(1_000_000)


def test_a_repealed_law_gives_way_to_its_successor_on_the_day(law_on_days, polluting):
    ((old, new),) = law_on_days.on_both_days(polluting, THEN, dt.date(2026, 8, 15), ())
    assert (old.title, new.title) == (WATER, "中华人民共和国生态环境法典")
    assert new.state == "repealed"
    assert compare_laws([(old, new)], polluting, Case()).lenience is Lenience.UNDECIDED


def test_the_rule_of_old_and_new_is_cited_with_its_words(law_on_days, law_store):
    reference = law_on_days.old_for_new(NOW)
    assert reference.place == "第三十七条"
    assert law_store.provision(reference.provision_id).text == reference.quote
    assert law_on_days.old_for_new(dt.date(1990, 1, 1)) is None


def test_an_officer_is_told_of_a_repealed_basis_and_that_it_was_in_force_then(law_on_days, polluting):
    assert law_on_days.warnings_on(polluting, dt.date(2026, 8, 14), ()) == []
    (told,) = law_on_days.warnings_on(polluting, dt.date(2026, 8, 15), ())
    assert "已废止" in told
    assert "须先核对依据" in told
    (told,) = law_on_days.warnings_on(polluting, dt.date(2026, 8, 15), (), THEN)
    assert "违法行为发生时（2024-01-01）该依据有效" in told


def test_words_of_an_act_are_not_the_party_fined():
    """One range before, units and persons apart now; the case says of neither who is fined."""
    for_both = (
        "违反本条例规定，未按规定设置标识的，责令改正，处二万元以上二十万元以下的罚款；"
        "对直接负责的主管人员和其他直接责任人员，处五千元以上五万元以下的罚款。"
    )
    act = ("以拖延方式阻挠执法人员检查", "弄虚作假")
    case = Case(((act[0], act), ("罚款", ("罚款",))), frozenset({"罚款"}))
    found = compare_laws([(law(THEN, "一万元", "十万元"), law(NOW, "1", "1", text=for_both))], weighted(), case)
    assert found.pairs[0].new_fine is None
    assert found.lenience is Lenience.UNDECIDED
    of_unit = Case((("对单位罚款", ("对单位罚款", "对个人罚款")),), frozenset({"对单位罚款"}))
    named = compare_laws([(law(THEN, "一万元", "十万元"), law(NOW, "1", "1", text=for_both))], weighted(), of_unit)
    assert named.pairs[0].new_fine.maximum == Decimal(200_000)


def test_the_article_proposed_is_left_out_where_it_is_not_wanted(law_on_days):
    obstructing = weighted(basis=(Basis(f"《{WATER}》第八十一条", (Citation(WATER, ArticleNumber(81)),)),))
    day = dt.date(2026, 8, 15)
    (told,) = law_on_days.warnings_on(obstructing, day, ())
    assert "承继条文建议" in told
    (brief,) = law_on_days.warnings_on(obstructing, day, (), propose=False)
    assert "承继条文建议" not in brief
    assert "已废止" in brief
