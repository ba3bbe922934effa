"""Scoring points from a decision: each an answer by itself, nothing that only the file can tell."""

from __future__ import annotations

import pytest

from assistant.quiz.makers.records.outcomes import points_of

LAW = "《中华人民共和国示例法》"


@pytest.mark.parametrize(
    ("clause", "points"),
    [
        (
            f"示范市某局认定，该店未备案经营，违反{LAW}第十条的规定，依据该法第二十条第一款，处罚款5000元",
            [f"该店未备案经营，违反{LAW}第十条的规定", f"依据{LAW}第二十条第一款，处罚款"],
        ),
        (
            f"执法机关告知陈述、申辩的权利后，认定该店的行为违反{LAW}第十条的规定，依据该法第二十条，"
            "结合其初次被查处的情节，处罚款5000元",
            [f"该店的行为违反{LAW}第十条的规定", f"依据{LAW}第二十条，处罚款"],
        ),
        (
            f"鉴于违法行为轻微，依照{LAW}第三十条第一款，决定不予行政处罚，并依照该条第三款对当事人进行教育，由当事人签订承诺书",
            [
                f"鉴于违法行为轻微，依照{LAW}第三十条第一款，决定不予行政处罚",
                f"依照{LAW}第三十条第三款对当事人进行教育",
            ],
        ),
        (
            f"依据{LAW}第二十条，责令改正，责令停产整治，处罚款35万元，并将案件移送公安机关",
            [f"依据{LAW}第二十条，责令改正", "责令停产整治，处罚款", "将案件移送公安机关"],
        ),
        (
            f"示范市公安局对饲养动物干扰他人的行为，依据{LAW}第八十九条第一款处罚款200元",
            [f"对饲养动物干扰他人的行为，依据{LAW}第八十九条第一款处罚款"],
        ),
        ("示范市某局当日责令该店改正", ["责令该店改正"]),
        (f"依据{LAW}第二十条责令改正，处罚款5000元", [f"依据{LAW}第二十条责令改正，处罚款"]),
    ],
)
def test_a_point_names_its_law_and_leaves_out_sums_and_what_was_weighed(clause: str, points: list[str]) -> None:
    assert points_of(clause, (0, len(clause))) == points


def test_the_law_named_before_the_clause_is_known() -> None:
    text = f"该公司违反{LAW}第十条。依照该法第六十二条，未告知的，不得作出行政处罚决定"
    start = text.index("依照")
    assert points_of(text, (start, len(text))) == [f"依照{LAW}第六十二条，未告知的，不得作出行政处罚决定"]
