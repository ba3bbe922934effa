"""The answer of a case: rules that its facts break, provisions that are held, and every order before the fine."""

from __future__ import annotations

from decimal import Decimal

import pytest

from assistant.quiz.makers.records.answers import answer_of, measures_of
from assistant.quiz.material import LawBook
from tests.assistant.quiz.makers.values.provisions import DAY, law

TITLE = "《中华人民共和国示例法》"
BOOK = LawBook(
    DAY,
    (
        law(
            "经营者应当备案。",
            "违反本法规定，未备案从事经营活动的，由有关部门责令改正，处一万元以下的罚款；拒不改正的，责令停业。",
            "行政机关应当告知当事人拟作出的处罚内容。",
            "干扰他人正常生活的，处警告；警告后不改正的，或者放任动物恐吓他人的，处一千元以下罚款。",
            "有下列行为之一的，责令限期改正，处五千元以下罚款：\n（一）占用疏散通道的；\n（二）损坏消防设施的。",
            "执法人员不得少于两人。",
        ),
    ),
)
FACTS = "某公司未备案，雇工五名。决定作出前，没有告知处罚的内容。检查时只有一名执法人员到场。该公司承认上述事实。"
BREACH = f"该公司未备案经营，违反{TITLE}第一条的规定"


def points(*pieces: str, facts: str = FACTS) -> list[str] | None:
    answer = answer_of(pieces, facts, BOOK)
    return list(answer.points) if answer is not None else None


def test_all_that_the_clause_of_a_fine_orders_is_a_point_each_in_the_words_of_the_law() -> None:
    assert points(BREACH, f"依据{TITLE}第二条，处罚款") == [
        BREACH,
        f"依据{TITLE}第二条，责令改正",
        f"依据{TITLE}第二条，处一万元以下的罚款",
    ]


def test_what_stands_above_a_list_belongs_to_each_of_its_items() -> None:
    basis = f"依据{TITLE}第五条第一款第一项"
    assert points(BREACH, f"{basis}，处罚款") == [BREACH, f"{basis}，责令限期改正", f"{basis}，处五千元以下罚款"]


@pytest.mark.parametrize("decided", [("责令改正，处罚款",), ("责令改正", "处罚款"), ("处罚款", "责令停产整治")])
def test_what_was_decided_on_the_clause_is_not_told_beside_what_it_orders(decided: tuple[str, ...]) -> None:
    told = points(BREACH, "责令该公司清理", f"依据{TITLE}第二条，{decided[0]}", *decided[1:])
    assert told == points(BREACH, f"依据{TITLE}第二条，处罚款")


@pytest.mark.parametrize(
    ("tail", "grave"),
    [
        ("情节严重的，吊销许可证。", True),
        ("情节较重的，责令停业。", True),
        ("拒不改正的，责令停业。", False),
        ("", False),
    ],
)
def test_a_grave_tier_of_the_clause_is_known(tail: str, grave: bool) -> None:
    clause = f"未备案从事经营活动的，由有关部门责令改正，处一万元以下的罚款；{tail}"
    book = LawBook(DAY, (law("经营者应当备案。", clause),))
    answer = answer_of([BREACH, f"依据{TITLE}第二条，处罚款"], FACTS, book)
    assert answer is not None
    assert answer.has_grave_tier is grave


@pytest.mark.parametrize(
    ("order", "point"),
    [
        ("责令限制生产、停产整治", "责令限制生产、停产整治（答出其一即可）"),
        ("责令停业或者关闭", "责令停业或者关闭（答出其一即可）"),
        ("责令停产停业", "责令停产停业"),
    ],
)
def test_of_orders_that_exclude_each_other_one_is_enough(order: str, point: str) -> None:
    book = LawBook(DAY, (law("经营者应当备案。", f"未备案从事经营活动的，{order}，处一万元以下的罚款。"),))
    answer = answer_of([BREACH, f"依据{TITLE}第二条，处罚款"], FACTS, book)
    assert answer is not None
    assert f"依据{TITLE}第二条，{point}" in answer.points


@pytest.mark.parametrize(("decided", "asked"), [(8000, True), (20000, False)])
def test_a_sum_that_the_clause_does_not_bear_was_decided_on_another(decided: int, asked: bool) -> None:
    answer = answer_of([BREACH, f"依据{TITLE}第二条，处罚款"], FACTS, BOOK, [Decimal(decided)])
    assert (answer is not None) is asked


@pytest.mark.parametrize(
    ("clause", "measures"),
    [
        (
            "未备案的，由有关部门责令改正，处一万元以下的罚款；拒不改正的，责令停业。",
            ["责令改正", "处一万元以下的罚款"],
        ),
        (
            "排放污染物的，责令改正，处罚款，并将案件移送公安机关，由公安机关对直接负责的主管人员，处五日以下拘留。",
            ["责令改正", "处罚款", "将案件移送公安机关", "由公安机关对直接负责的主管人员，处五日以下拘留"],
        ),
        ("经营者应当备案。", []),
    ],
)
def test_the_measures_of_a_clause(clause: str, measures: list[str]) -> None:
    assert measures_of(clause) == measures


@pytest.mark.parametrize(
    ("facts", "asked"),
    [
        ("走廊内停放车辆十四辆。某公司收到过居民反映，但没有清理。", False),
        ("某公司在走廊内停放车辆十四辆。该公司没有清理。", True),
    ],
)
def test_who_only_left_something_undone_is_not_said_to_have_done_it(facts: str, asked: bool) -> None:
    told = points(f"该公司占用通道，违反{TITLE}第一条", f"依据{TITLE}第二条，处罚款", facts=facts)
    assert (told is not None) is asked


@pytest.mark.parametrize(
    "lost",
    [
        "依据《示范市未收录条例》第九条处罚款",
        f"由同一机关依据{TITLE}第二条处罚款",
        f"该厂违反{TITLE}第一条",
    ],
)
def test_a_point_on_what_is_not_held_or_not_told_is_dropped(lost: str) -> None:
    assert points(BREACH, lost) is None


def test_a_count_is_told_as_in_the_facts() -> None:
    told = points(BREACH, f"执法人员只有一人，也违反{TITLE}第六条")
    assert told is not None
    assert told[1] == f"检查时只有一名执法人员到场，违反{TITLE}第六条"
    assert points(BREACH, f"被处罚的人员共计三十人，也违反{TITLE}第六条") is None


@pytest.mark.parametrize(
    ("shown", "asked"),
    [
        ("检查笔录只有一名执法人员签名", False),
        ("检查时只有一名执法人员到场，检查笔录也只有其一人签名", True),
        ("笔录由执法人员一人签名", False),
    ],
)
def test_what_a_paper_shows_is_no_fact_from_which_a_point_follows(shown: str, asked: bool) -> None:
    facts = FACTS.replace("检查时只有一名执法人员到场", shown)
    told = points(
        BREACH,
        f"执法人员只有一人，也违反{TITLE}第六条",
        f"依据{TITLE}第二条，处罚款",
        facts=facts,
    )
    assert (told is not None) is asked
    assert not asked or f"检查时只有一名执法人员到场，违反{TITLE}第六条" in (told or [])


def test_a_duty_is_an_answer_only_with_the_omission_that_breaks_it() -> None:
    duty = f"行政机关应当履行{TITLE}第三条规定的告知处罚内容的义务"
    told = points(BREACH, duty)
    assert told is not None
    assert f"决定作出前，没有告知处罚的内容，违反{TITLE}第三条" in told
    assert points(BREACH, duty, facts="某公司登记在册。该公司承认事实。") is None


def test_a_fine_that_another_act_brings_as_well_is_not_asked() -> None:
    assert points(BREACH, f"对干扰他人的行为，依据{TITLE}第四条处罚款") is None
