"""The answer of a case: rules that its facts break, provisions that are held, and every order before the fine."""

from __future__ import annotations

import pytest

from assistant.quiz.makers.records.answers import answer_of
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
FACTS = "某公司未备案，雇工五名。决定作出前，没有告知处罚的内容。检查笔录只有一名执法人员签名。该公司承认上述事实。"
BREACH = f"该公司未备案经营，违反{TITLE}第一条的规定"


def points(*pieces: str, facts: str = FACTS) -> list[str] | None:
    answer = answer_of(pieces, facts, BOOK)
    return list(answer.points) if answer is not None else None


def test_the_order_that_stands_before_the_fine_is_a_point_of_its_own() -> None:
    fine = f"依据{TITLE}第二条，处罚款"
    assert points(BREACH, fine) == [BREACH, f"依据{TITLE}第二条，责令改正", fine]


def test_the_order_above_a_list_belongs_to_each_of_its_items() -> None:
    fine = f"依据{TITLE}第五条第一款第一项，处罚款"
    assert points(BREACH, fine) == [BREACH, f"依据{TITLE}第五条第一款第一项，责令限期改正", fine]


def test_an_order_that_is_told_is_not_told_twice() -> None:
    fine = f"依据{TITLE}第二条，责令改正，处罚款"
    assert points(BREACH, fine) == [BREACH, fine]


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
    assert told[1] == f"检查笔录只有一名执法人员签名，违反{TITLE}第六条"
    assert points(BREACH, f"被处罚的人员共计三十人，也违反{TITLE}第六条") is None


def test_a_duty_is_an_answer_only_with_the_omission_that_breaks_it() -> None:
    duty = f"行政机关应当履行{TITLE}第三条规定的告知处罚内容的义务"
    told = points(BREACH, duty)
    assert told is not None
    assert any(p.startswith("决定作出前，没有告知处罚的内容；") for p in told)
    assert points(BREACH, duty, facts="某公司登记在册。该公司承认事实。") is None


def test_a_fine_that_another_act_brings_as_well_is_not_asked() -> None:
    assert points(BREACH, f"对干扰他人的行为，依据{TITLE}第四条处罚款") is None
