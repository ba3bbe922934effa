"""Statutory ranges: which clause of the quoted statute punishes the violation, whom, in which case."""

from __future__ import annotations

from decimal import Decimal

import pytest

from corpus.discretion.bases import read_bases
from corpus.discretion.model import NO_SPOT, Basis, FineKind, LegalRange
from corpus.discretion.statutory import read_legal_ranges

Row = tuple[str | None, str | None, str | None, str | None]


def rows(ranges: tuple[LegalRange, ...]) -> list[Row]:
    def shown(value: Decimal | None) -> str | None:
        return None if value is None else f"{value.normalize():f}"

    return [(one.applies_to, shown(one.fine.minimum), shown(one.fine.maximum), one.fine.base) for one in ranges]


def read(text: str, *behaviours: str, variants: tuple[str, ...] = (), place: str = "第九条") -> list[Row]:
    return rows(read_legal_ranges(read_bases(f"《示例市条例》{place}　{text}", NO_SPOT), variants, behaviours))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("未备案的，由主管部门责令备案，处五万元以下的罚款。", [(None, "0", "50000", None)]),
        ("未公开的，处2万元以上20万元以下的罚款；逾期未改正的，责令停产整治。", [(None, "20000", "200000", None)]),
        (
            "擅自开工的，责令停止建设，处总投资额百分之一以上百分之五以下的罚款，并可以责令恢复原状。",
            [(None, "0.01", "0.05", "总投资额")],
        ),
        (
            "由主管部门对技术单位处所收费用三倍以上五倍以下的罚款；有违法所得的，没收违法所得。",
            [(None, "3", "5", "所收费用")],
        ),
        ("责令限期改正，给予警告；逾期不改正的，处一万元罚款。", [("逾期不改正的", "10000", "10000", None)]),
        (
            "责令改正，处5万元以上20万元以下的罚款；逾期未改正的，处20万元以上100万元以下的罚款。",
            [("责令改正", "50000", "200000", None), ("逾期未改正的", "200000", "1000000", None)],
        ),
        (
            "责令改正，处5万元以上20万元以下的罚款；情节严重的，处20万元以上100万元以下的罚款，责令停产。",
            [("一般情形", "50000", "200000", None), ("情节严重的", "200000", "1000000", None)],
        ),
        (
            "对单位处一万元以上十万元以下的罚款，对个人处五百元以上二千元以下的罚款。",
            [("对单位", "10000", "100000", None), ("对个人", "500", "2000", None)],
        ),
        (
            "处五十万元以上二百万元以下的罚款；对法定代表人、直接负责的主管人员，处五万元以上五十万元以下的罚款。",
            [("对单位", "500000", "2000000", None), ("对法定代表人、直接负责的主管人员", "50000", "500000", None)],
        ),
        (
            "违法所得十万元以上的，并处违法所得一倍以上五倍以下罚款；没有违法所得或者违法所得不足十万元的，"
            "并处五万元以上十万元以下罚款。",
            [
                ("违法所得十万元以上的", "1", "5", "违法所得"),
                ("没有违法所得或者违法所得不足十万元的", "50000", "100000", None),
            ],
        ),
        (
            "货值金额不足一万元的，并处五万元以上十万元以下罚款；货值金额一万元以上的，并处货值金额十倍以上二十倍以下罚款。",
            [("货值金额不足一万元的", "50000", "100000", None), ("货值金额一万元以上的", "10", "20", "货值金额")],
        ),
        (
            "责令改正，处5万元以上20万元以下的罚款\n逾期未改正的，处20万元以上100万元以下的罚款",
            [("责令改正", "50000", "200000", None), ("逾期未改正的", "200000", "1000000", None)],
        ),
        ("构成犯罪的，依法追究刑事责任。", []),
        ("由公安机关处十日以上十五日以下拘留。", []),
        ("排放浓度超过五万元设备的限值，责令改正。", []),
    ],
)
def test_ranges_by_party_and_case(text: str, expected: list[Row]) -> None:
    assert read(text) == expected


LIST = (
    "有下列行为之一，责令改正，处以罚款：（{item}）……的；"
    "有前款第一项、第八项行为之一，处五万元以上二十万元以下的罚款；有前款第二项、第十项行为之一，处十万元以上一百万元以下的罚款；"
    "有前款第七项行为，处所需处置费用一倍以上三倍以下的罚款，所需处置费用不足十万元的，按十万元计算。"
)


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        ("八", [(None, "50000", "200000", None)]),
        ("十", [(None, "100000", "1000000", None)]),
        ("七", [(None, "1", "3", "所需处置费用")]),
        ("九", []),
    ],
)
def test_of_a_list_only_the_cited_item_counts(item: str, expected: list[Row]) -> None:
    assert read(LIST.format(item=item), place=f"第一百零二条第一款第{item}项、第二款") == expected


def test_the_sum_that_a_small_base_counts_as_is_kept() -> None:
    (one,) = read_legal_ranges(
        read_bases(f"《示例市条例》第一条第一款第七项、第二款　{LIST.format(item='七')}", NO_SPOT), (), ()
    )
    assert one.fine.base_floor == 100_000


def test_items_that_are_fined_apart_are_told_by_their_number() -> None:
    text = (
        "有下列行为之一的，按照下列规定处罚：（一）遛犬不牵绳的，处二百元罚款；"
        "（二）犬只伤人的，处五百元以上一千元以下罚款。"
    )
    assert read(text, place="第五条第二项") == [(None, "500", "1000", None)]


TWO_SENTENCES = (
    "在保护区内从事网箱养殖或者组织旅游、垂钓活动的，处二万元以上十万元以下的罚款。"
    "个人在保护区内游泳、垂钓的，可以处五百元以下的罚款。"
)
TWO_CLAUSES = (
    "单位未经批准擅自拆除噪声污染防治设施的，处五万元以上十万元以下罚款；"
    "未经批准擅自拆除大气污染防治设施的，处二万元以上二十万元以下罚款；拒不改正的，责令停产。"
)


@pytest.mark.parametrize(
    ("text", "behaviours", "expected"),
    [
        (TWO_SENTENCES, ("个人在保护区内游泳、垂钓",), [("个人", "0", "500", None)]),
        (TWO_SENTENCES, ("在保护区内从事网箱养殖或者组织旅游、垂钓活动",), [(None, "20000", "100000", None)]),
        (TWO_CLAUSES, ("单位未经批准擅自拆除大气污染防治设施",), [(None, "20000", "200000", None)]),
        (TWO_CLAUSES, ("单位未经批准擅自拆除噪声污染防治设施",), [(None, "50000", "100000", None)]),
    ],
)
def test_only_the_words_about_the_violation_count(text: str, behaviours: tuple[str, ...], expected: list[Row]) -> None:
    assert read(text, *behaviours) == expected


def test_where_the_violation_cannot_be_told_every_range_is_shown() -> None:
    assert len(read(TWO_SENTENCES)) == 2
    assert len(read(TWO_SENTENCES, "占道经营")) == 2


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "擅自开工的，处一万元以上五万元以下的罚款。\n未经批准开工的，依照前款的规定处罚。",
            [(None, "10000", "50000", None)],
        ),
        (
            "造成污染事故的，依照本条第二款的规定处以罚款。\n造成一般事故的，按照直接损失的一倍以上三倍以下计算罚款；"
            "造成重大事故的，按照直接损失的三倍以上五倍以下计算罚款。",
            [("造成一般事故的", "1", "3", "直接损失"), ("造成重大事故的", "3", "5", "直接损失")],
        ),
    ],
)
def test_references_to_another_paragraph_are_followed(text: str, expected: list[Row]) -> None:
    assert read(text, "未经批准开工") == expected


def test_ranges_take_the_names_of_the_starts_of_the_table() -> None:
    text = (
        "责令改正，处20万元以上100万元以下的罚款；逾期未改正的，处100万元以上200万元以下的罚款；"
        "对直接负责的主管人员和其他责任人员，处5万元以上20万元以下的罚款。"
    )
    variants = ("对个人", "对单位·限期内改正", "对单位·逾期未改正")
    assert read(text, variants=variants) == [
        ("对个人", "50000", "200000", None),
        ("对单位·限期内改正", "200000", "1000000", None),
        ("对单位·逾期未改正", "1000000", "2000000", None),
    ]


def test_the_same_range_in_two_provisions_stands_once_with_the_first() -> None:
    words = "处5000元以上1万元以下的罚款；逾期未改正的，处1万元以上3万元以下的罚款。"
    bases = read_bases(f"《示例市条例》第一条　{words}\n《示例市办法》第九条　{words}", NO_SPOT)
    assert [one.basis for one in read_legal_ranges(bases, (), ())] == [0, 0]


def test_different_ranges_of_two_laws_are_both_kept_with_their_law() -> None:
    bases = read_bases("《示例市条例》第一条　处五千元罚款。\n《示例市办法》第九条　处八千元罚款。", NO_SPOT)
    ranges = read_legal_ranges(bases, (), ())
    assert [(one.basis, one.fine.maximum) for one in ranges] == [(0, 5000), (1, 8000)]


def test_a_fine_that_cannot_be_read_is_an_unread_range_not_a_missing_one() -> None:
    (one,) = read_legal_ranges([Basis("《示例市条例》第一条", (), "处三万元加超标倍数乘以一万元的罚款。")], (), ())
    assert one.fine.kind is FineKind.UNREAD
    assert (one.fine.minimum, one.fine.maximum) == (None, None)


def test_without_quoted_words_there_is_no_range() -> None:
    assert read_legal_ranges([Basis("《示例市条例》第一条", ())], ("对单位",), ("占道经营",)) == ()
