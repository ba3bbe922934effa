"""Weighted benchmarks (权重累加模式): starts, factors, options and weights, and what is sent to review."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.discretion.model import DiscretionStandard, Mode
from tests.ingest.lists.tables import table
from tests.ingest.parsers.benchmarks.section_tables import FACTORS, FORMULA, A, L, codes, law, read, read_one, weighted

BY_PARTY = "对单位的罚款金额=对单位的裁量百分值总和×20万。对个人的罚款金额=对个人的裁量百分值总和×2万。"
Read = list[tuple[str, list[tuple[str, Fraction]]]]
USUAL: Read = [
    ("规模", [("小型", Fraction(0)), ("大型", Fraction(30))]),
    ("持续时间", [("30日以下", Fraction(0)), ("30日以上", Fraction(50))]),
]


def factors(standard: DiscretionStandard) -> Read:
    return [(f.name, [(o.label, o.weight) for o in f.options]) for f in standard.factors]


def starts(standard: DiscretionStandard) -> dict[str | None, Fraction]:
    return {formula.variant: formula.start for formula in standard.formulas}


def test_the_usual_table() -> None:
    standard = read_one(weighted(FACTORS))
    assert standard.mode is Mode.WEIGHTED
    assert factors(standard) == USUAL
    assert starts(standard) == {None: Fraction(20)}
    assert standard.behaviours == ("示例单位未登记",)
    assert standard.header == ("违法行为", "裁量要素", "违法程度", "裁量权重")
    assert standard.remark == FORMULA
    assert standard.doubts == ()


def test_every_option_and_the_start_keep_their_row() -> None:
    standard = read_one(weighted(FACTORS))
    assert [o.spot.row for f in standard.factors for o in f.options] == [5, 6, 7, 8]
    assert standard.formulas[0].start_spot.row == 4
    assert standard.formulas[0].start_text == "20%"


STARTS = {
    "two below each other": (
        [
            ["违法行为", "裁量要素", "违法程度", "裁量权重", L],
            ["甲", "裁量起点", L, "限期内改正", "逾期未改正"],
            [A, A, A, "20%", "50%"],
        ],
        {"限期内改正": Fraction(20), "逾期未改正": Fraction(50)},
    ),
    "named over three levels, one of them empty": (
        [
            ["违法行为", "裁量要素", "违法程度", "裁量权重", L, L],
            ["甲", "裁量起点", L, "对单位", L, "对个人"],
            [A, A, A, "限期内改正", "逾期未改正", "/"],
            [A, A, A, "20%", "50%", "25%"],
        ],
        {"对单位·限期内改正": Fraction(20), "对单位·逾期未改正": Fraction(50), "对个人": Fraction(25)},
    ),
    "a weight merged over the rows of the names": (
        [
            ["违法行为", "裁量要素", "违法程度", "裁量权重", L, L],
            ["甲", "裁量起点", L, "对单位", L, "对个人"],
            [A, A, A, "限期内改正", "逾期未改正", "25%"],
            [A, A, A, "20%", "50%", A],
        ],
        {"对单位·限期内改正": Fraction(20), "对单位·逾期未改正": Fraction(50), "对个人": Fraction(25)},
    ),
    "named in the header": (
        [
            ["违法行为", "裁量要素", "违法程度", "裁量权重", L],
            [A, A, A, "对单位", "对个人"],
            ["裁量起点", L, L, "20%", "50%"],
        ],
        {"对单位": Fraction(20), "对个人": Fraction(50)},
    ),
    "the label of the start not merged": (
        [
            ["违法行为", "裁量要素", "违法程度", "裁量权重", L],
            ["裁量起点", L, L, "对单位", "对个人"],
            ["", "", "", "20%", "50%"],
        ],
        {"对单位": Fraction(20), "对个人": Fraction(50)},
    ),
}


@pytest.mark.parametrize("case", STARTS)
def test_several_starts_are_named_by_the_cells_above_them(case: str) -> None:
    head, expected = STARTS[case]
    width = len(head[0])
    shared = [L] * (width - 4)
    body = [[*row, *shared] for row in [["甲", *FACTORS[0][1:]], *FACTORS[1:]]]
    names = [name.split("·")[-1] for name in expected]
    remark = "".join(f"{name}的罚款金额={name}的裁量百分值总和×20万。" for name in names)
    standard = read_one([*law(width), *head, *body, ["备注", remark, L, L, *shared]])
    assert starts(standard) == expected
    assert factors(standard) == USUAL


def test_weights_under_one_column_alone_count_for_all_variants() -> None:
    """A page break moved the grid: the label takes the column of 对单位, the weight that of 对个人."""
    rows = [
        *law(5),
        ["违法行为", "裁量要素", "违法程度", "裁量权重", L],
        ["甲", "裁量起点", L, "对单位", "对个人"],
        [A, A, A, "25%", "20%"],
        [A, "规模", "小型", "0%", L],
        [A, A, "大型", "30%", L],
        [A, "持续时间", "30日以下", L, "0%"],
        [A, A, "30日以上", L, "50%"],
        [
            "备注",
            BY_PARTY,
            L,
            L,
            L,
        ],
    ]
    standard = read_one(rows)
    assert factors(standard) == USUAL
    assert all(option.weights == () for factor in standard.factors for option in factor.options)
    assert standard.doubts == ()


def test_weights_that_differ_by_column_are_kept_by_variant() -> None:
    rows = [
        *law(5),
        ["违法行为", "裁量要素", "违法程度", "裁量权重", L],
        ["甲", "裁量起点", L, "对单位", "对个人"],
        [A, A, A, "20%", "40%"],
        [A, "规模", "小型", "0%", "0%"],
        [A, A, "大型", "80%", "60%"],
        [
            "备注",
            BY_PARTY,
            L,
            L,
            L,
        ],
    ]
    standard = read_one(rows)
    assert standard.factors[0].options[0].weights == ()
    assert dict(standard.factors[0].options[1].weights) == {"对单位": Fraction(80), "对个人": Fraction(60)}
    assert standard.doubts == ()


def test_a_header_of_tiers_above_weights_is_told_by_the_start() -> None:
    rows = weighted(FACTORS)
    rows[2] = ["违法行为", "违法程度", "整改情况", "罚款"]
    standard = read_one(rows)
    assert standard.mode is Mode.WEIGHTED
    assert factors(standard) == USUAL


def test_fractions_are_exact_and_keep_their_printing() -> None:
    rows = weighted([["甲", "数量", "少", "0%"], [A, A, "中", "1/8"], [A, A, "多", "2/3"]])
    rows[3][3] = "1/3"
    standard = read_one(rows)
    assert factors(standard) == [("数量", [("少", Fraction(0)), ("中", Fraction(25, 2)), ("多", Fraction(200, 3))])]
    assert [o.weight_text for o in standard.factors[0].options] == ["0%", "1/8", "2/3"]
    assert starts(standard) == {None: Fraction(100, 3)}
    assert standard.doubts == ()


def test_bare_numbers_are_percentage_points_where_the_column_says_percent() -> None:
    bare = [[cell.replace("%", "") for cell in row] for row in weighted(FACTORS)]
    bare[2][3] = "裁量权重（%）"
    assert factors(read_one(bare)) == USUAL


def test_an_empty_factor_below_a_page_break_is_the_one_above() -> None:
    rows = weighted([*FACTORS[:3], ["", "", "30日以上", "50%"]])
    standard = read_one(rows, pages={0: 1, 7: 2})
    assert factors(standard) == USUAL
    assert standard.pages == (1, 2)
    assert standard.factors[1].options[1].spot.page == 2


def test_the_lower_half_of_a_label_on_the_next_page_is_no_option() -> None:
    rows = weighted([*FACTORS[:3], [A, A, "30日以上，并且未", "50%"], [" ", " ", "停止", " "]])
    standard = read_one(rows, pages={0: 1, 8: 2})
    assert factors(standard)[1] == ("持续时间", [("30日以下", Fraction(0)), ("30日以上，并且未停止", Fraction(50))])


def test_a_table_without_a_column_of_the_violation() -> None:
    rows = [
        ["违法行为", "示例单位未登记", L],
        ["处罚依据", "《示范市示例管理办法》第二十条　处2万元以上20万元以下的罚款。", L],
        ["裁量要素", "违法程度", "裁量权重"],
        ["裁量起点", L, "20%"],
        ["规模", "小型", "0%"],
        [A, "大型", "80%"],
        ["备注", FORMULA, L],
    ]
    standard = read_one(rows)
    assert standard.behaviours == ("示例单位未登记",)
    assert factors(standard) == [("规模", [("小型", Fraction(0)), ("大型", Fraction(80))])]


def test_a_remark_below_the_table_is_the_table_s() -> None:
    rows = weighted(FACTORS)[:-1]
    (standard,) = read(
        "一、甲", table(rows), f"备注：1.{FORMULA}", "2.总和超过100%的，按100%计算。", "第二章　其他"
    ).standards
    assert standard.remark == f"1.{FORMULA}\n2.总和超过100%的，按100%计算。"
    assert len(standard.formulas) == 1


# ---- sent to review ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("heaviest", "expected"),
    [("49%", ["weights_do_not_reach_100"]), ("50%", []), ("51%", ["weights_pass_100"])],
)
def test_start_and_heaviest_options_are_added_up(heaviest: str, expected: list[str]) -> None:
    standard = read_one(weighted([*FACTORS[:3], [A, A, "30日以上", heaviest]]))
    assert codes(standard) == expected


@pytest.mark.parametrize(
    ("start", "expected"), [("10%", ["weights_do_not_reach_100"]), ("20%", []), ("30%", ["weights_pass_100"])]
)
def test_of_several_starts_the_lowest_is_added_up(start: str, expected: list[str]) -> None:
    rows = [
        *law(5),
        ["违法行为", "裁量要素", "违法程度", "裁量权重", L],
        ["甲", "裁量起点", L, "对单位", "对个人"],
        [A, A, A, "50%", start],
        *([*row, L] for row in FACTORS[:4]),
        [
            "备注",
            BY_PARTY,
            L,
            L,
            L,
        ],
    ]
    rows[5][0] = A
    assert codes(read_one(rows)) == expected


def changed(row: int, column: int, words: str) -> list[list[str]]:
    rows = weighted(FACTORS)
    rows[row][column] = words
    return rows


UNREADABLE = {
    "a weight in words": (changed(5, 3, "较高"), "weight_not_read"),
    "a bare number that may be points": (changed(5, 3, "30"), "weight_not_read"),
    "an option without a weight": (changed(5, 3, " "), "weight_not_read"),
    "an option without a name": (changed(5, 2, " "), "weight_not_read"),
    "a start that is no weight": (changed(3, 3, "见备注"), "start_not_read"),
    "no start": ([*weighted(FACTORS)[:3], *weighted(FACTORS)[4:]], "start_not_found"),
    "one column too many": (
        [
            *law(5),
            ["违法行为", "裁量要素", "权数", "违法程度", "裁量权重"],
            ["裁量起点", L, L, L, "20%"],
            ["甲", "规模", "2", "小型", "0%"],
            ["备注", FORMULA, L, L, L],
        ],
        "header_not_understood",
    ),
    "starts without names": (
        [
            *law(5),
            ["违法行为", "裁量要素", "违法程度", "裁量权重", L],
            ["裁量起点", L, L, "20%", "30%"],
            ["甲", "规模", "小型", "0%", L],
        ],
        "start_names_not_found",
    ),
}


@pytest.mark.parametrize("case", UNREADABLE)
def test_what_would_be_a_guess_is_unread_and_said(case: str) -> None:
    rows, code = UNREADABLE[case]
    standard = read_one(rows)
    assert standard.mode is Mode.UNREAD
    assert standard.factors == ()
    assert standard.formulas == ()
    assert codes(standard) == [code]
    assert standard.doubts[0].spot.row is not None
    assert standard.basis_text  # what could be read is kept


@pytest.mark.parametrize(
    ("row", "column", "words", "code"),
    [(5, 2, "小型", "option_repeated"), (6, 1, "规模 ", "factor_repeated")],
)
def test_names_that_do_not_tell_apart_are_in_doubt(row: int, column: int, words: str, code: str) -> None:
    rows = changed(row, column, words)
    if code == "factor_repeated":
        rows = weighted([FACTORS[0], [A, "其他", "无", "0%"], [A, "规模", "大型", "80%"]])
    assert codes(read_one(rows)) == [code]


def test_a_remark_without_formula_is_in_doubt() -> None:
    standard = read_one(weighted(FACTORS, remark="本表自发布之日起施行。"))
    assert [f for f in standard.formulas if f.multiplier is not None] == []
    assert len(codes(standard)) == 1


labels = st.text(alphabet="甲乙丙丁戊己庚辛", min_size=1, max_size=4)


@settings(max_examples=50, deadline=None)
@given(
    st.dictionaries(
        labels,
        st.dictionaries(labels, st.fractions(0, 60, max_denominator=1), min_size=1, max_size=4),
        min_size=1,
        max_size=4,
    )
)
def test_whatever_is_printed_is_read_back(made: dict[str, dict[str, Fraction]]) -> None:
    body = [
        ["违法", name if n == 0 else A, label, f"{weight}%"]
        for name, options in made.items()
        for n, (label, weight) in enumerate(options.items())
    ]
    body = [row if n == 0 else [A, *row[1:]] for n, row in enumerate(body)]
    standard = read_one(weighted(body))
    assert factors(standard) == [(name, list(options.items())) for name, options in made.items()]
    total = 20 + sum(max(options.values()) for options in made.values())
    assert (codes(standard) == []) == (total == 100)
