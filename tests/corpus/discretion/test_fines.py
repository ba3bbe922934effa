"""Fines of cells and clauses: what they state, what accompanies them, and what must stay unread."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.discretion.fines import read_fine, read_fines
from corpus.discretion.model import Fine, FineKind
from corpus.numerals import format_number


def bounds(fine: Fine) -> tuple[str, str | None, str | None]:
    def shown(value: Decimal | None) -> str | None:
        return None if value is None else f"{value.normalize():f}"

    return fine.kind.value, shown(fine.minimum), shown(fine.maximum)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("7500元以上10000元以下", ("range", "7500", "10000")),
        ("5000元以上2万元以下", ("range", "5000", "20000")),
        ("2万元以上5万元以下", ("range", "20000", "50000")),
        ("0.5万元以上1万元以下", ("range", "5000", "10000")),
        ("1-3万元", ("range", "10000", "30000")),
        ("1至3万元", ("range", "10000", "30000")),
        ("1-3万", ("range", "10000", "30000")),
        ("3万以上5万以下", ("range", "30000", "50000")),
        ("五千至一万元", ("range", "5000", "10000")),
        ("１万元～３万元", ("range", "10000", "30000")),
        ("5万以上10万元以下", ("range", "50000", "100000")),
        ("10万元以上20万以下", ("range", "100000", "200000")),
        ("十二万以上十五万元以下", ("range", "120000", "150000")),
        ("二百以上五百元以下", ("range", "200", "500")),
        ("50,000元以上100,000元以下", ("range", "50000", "100000")),
        ("10 万 元 以 上\n20 万 元 以 下", ("range", "100000", "200000")),
        ("处以六万元以上十万元以下罚款", ("range", "60000", "100000")),
        ("处五万元以上，十万元以下的罚款", ("range", "50000", "100000")),
        ("5万元以下", ("upto", "0", "50000")),
        ("不超过3万元", ("upto", "0", "30000")),
        ("最高50万元", ("upto", "0", "500000")),
        ("20万元以上", ("from", "200000", None)),
        ("不少于5000元", ("from", "5000", None)),
        ("20万元", ("fixed", "200000", "200000")),
        ("罚款1000元", ("fixed", "1000", "1000")),
        ("处罚款3000元", ("fixed", "3000", "3000")),
        ("罚款：2000元以下", ("upto", "0", "2000")),
        ("所收费用3倍以上3.5倍以下", ("ratio_range", "3", "3.5")),
        ("货值金额一至三倍", ("ratio_range", "1", "3")),
        ("处货值金额百分之五以上百分之十以下", ("ratio_range", "0.05", "0.1")),
        ("处合同价款2%以上4%以下的罚款", ("ratio_range", "0.02", "0.04")),
        ("处合同价款2%-4%的罚款", ("ratio_range", "0.02", "0.04")),
        ("上一年度收入15%以下的", ("ratio_upto", "0", "0.15")),
        ("处违法所得五倍的罚款", ("ratio_fixed", "5", "5")),
        ("处货值金额百分之五十以上三倍以下的罚款", ("ratio_range", "0.5", "3")),
        ("处货值金额等值以上三倍以下的罚款", ("ratio_range", "1", "3")),
        ("处货值金额千分之五的罚款", ("ratio_fixed", "0.005", "0.005")),
    ],
)
def test_bounds_are_read_in_yuan_or_as_multiples_of_the_base(text: str, expected: tuple[str, ...]) -> None:
    fine = read_fine(text)
    assert bounds(fine) == expected
    assert fine.text == text
    assert fine.read_as == ""


@pytest.mark.parametrize(
    ("text", "base"),
    [
        ("没收违法所得，并处所收费用3倍以上3.5倍以下罚款", "所收费用"),
        ("上一年度从本单位取得的收入30%以上50%以下（含本数）", "上一年度从本单位取得的收入"),
        ("处建设项目总投资额百分之二以上百分之三以下的罚款", "建设项目总投资额"),
        ("按照事故造成的直接经济损失的一倍以上三倍以下计算罚款", "直接经济损失"),
        ("处相当于违法所得一倍的罚款", "违法所得"),
        (
            "处违法生产、销售的药品（包括已售出的药品，下同）货值金额十五倍以上三十倍以下的罚款",
            "违法生产、销售的药品货值金额",
        ),
        ("按照污染事故造成直接损失的一倍以上三倍以下计算罚款", "直接损失"),
        ("处代为处置费用两倍的罚款", "代为处置费用"),
        ("罚款金额为货值金额的15倍以上18倍以下", "货值金额"),
    ],
)
def test_the_base_of_a_ratio_is_named_without_the_words_around_it(text: str, base: str) -> None:
    assert read_fine(text).base == base


@pytest.mark.parametrize(
    ("text", "column", "expected"),
    [
        ("2万元以上5万元以下", "对单位罚款（万）", ("range", "20000", "50000")),  # not multiplied twice
        ("3万元", "罚款（万元）", ("fixed", "30000", "30000")),
        ("3-5", "罚款（万元）", ("range", "30000", "50000")),
        ("3以上5以下", "对单位罚款（万）", ("range", "30000", "50000")),
        ("0.5", "对个人罚款(单位：万元)", ("fixed", "5000", "5000")),
        ("5000", "罚款（元）", ("fixed", "5000", "5000")),
        ("5000以上1万以下", "罚款（元）", ("range", "5000", "10000")),
        ("1至3倍", "违法所得倍数", ("ratio_range", "1", "3")),
    ],
)
def test_the_head_of_the_column_gives_the_unit_of_bare_numbers_only(
    text: str, column: str, expected: tuple[str, ...]
) -> None:
    assert bounds(read_fine(text, column)) == expected


@pytest.mark.parametrize(
    ("text", "read_as", "expected"),
    [
        ("5万元以上10万元以上", "5万元以上10万元以下", ("range", "50000", "100000")),
        ("7万元以下9万元以下", "7万元以上9万元以下", ("range", "70000", "90000")),
        ("1000元以2000元以下", "1000元以上2000元以下", ("range", "1000", "2000")),
        ("13000元以上15000以下", "13000元以上15000元以下", ("range", "13000", "15000")),
        ("2.5元万以上3.5万元以下", "2.5万元以上3.5万元以下", ("range", "25000", "35000")),
        ("7.5万元元以上8.5万元元以下", "7.5万元以上8.5万元以下", ("range", "75000", "85000")),
        ("处二十万元以上三十万元以下元罚款", "处二十万元以上三十万元以下罚款", ("range", "200000", "300000")),
        (
            "处一百万二十元以上一百五十万元以下罚款",
            "处一百二十万元以上一百五十万元以下罚款",
            ("range", "1200000", "1500000"),
        ),
        (
            "责令改正，处三万元以下五万元以下罚款",
            "责令改正，处三万元以上五万元以下罚款",
            ("range", "30000", "50000"),
        ),
        ("违法所得35以上50%以下", "违法所得35%以上50%以下", ("ratio_range", "0.35", "0.5")),
        ("处违法所得20%以上30%的罚款", "处违法所得20%以上30%以下的罚款", ("ratio_range", "0.2", "0.3")),
    ],
)
def test_a_misprint_with_one_evident_reading_is_read_and_told(
    text: str, read_as: str, expected: tuple[str, ...]
) -> None:
    fine = read_fine(text)
    assert bounds(fine) == expected
    assert fine.text == text
    assert fine.read_as == read_as


@pytest.mark.parametrize(
    "text",
    [
        "5万元以上3万元以下",
        "3万元以下1万元以上",
        "10万元以上5万元以上",
        "3-5",
        "5",
        "2以上5万元以下",
        "5万元、10万元",
        "5万元或10万元",
        "5万元左右",
        "数万元罚款",
        "处以罚款",
        "依法处罚",
        "按上限处罚",
        "从轻",
        "1倍以上2倍以下",
        "处以一倍罚款",
        "20%",
        "法定罚款幅度的30%",
        "1万元以上3万元以下（上限不含）",
        "处3万元+超标倍数×1万元",
        "按照每超标1分贝500元处罚款",
        "处5日以上10日以下拘留",
        "2万元，每增加1吨增加1000元",
        "处五万美元罚款",
        "超标1倍以下",
        "超标3倍以上8倍以下或超量30%以上50%以下",
        "违法所得10万元以上的",
        "货值金额在100万元以上300万元以下",
        "100平方米以下",
        "3个月以上6个月以下",
        "并处五千万元以下或者上一年度营业额百分之五以下罚款",
        "每日按罚款数额的百分之三加处罚款",
        "处单位罚款数额百分之五以上百分之十以下的罚款",
    ],
)
def test_words_that_are_not_certain_stay_unread(text: str) -> None:
    fine = read_fine(text)
    assert fine.kind is FineKind.UNREAD
    assert (fine.minimum, fine.maximum) == (None, None)
    assert fine.text == text


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("/", FineKind.NONE),
        ("—", FineKind.NONE),
        ("——", FineKind.NONE),
        ("", FineKind.NONE),
        ("\u3000", FineKind.NONE),
        ("无", FineKind.NONE),
        ("警告", FineKind.WARNING),
        ("给予警告", FineKind.WARNING),
        ("通报批评", FineKind.WARNING),
        ("责令停产停业", FineKind.OTHER),
        ("报经有批准权的人民政府批准，责令停业", FineKind.OTHER),
        ("吊销许可证", FineKind.OTHER),
        ("不予处罚", FineKind.OTHER),
    ],
)
def test_cells_without_a_fine_say_what_they_hold(text: str, kind: FineKind) -> None:
    assert read_fine(text).kind is kind


@pytest.mark.parametrize(
    ("text", "minimum", "maximum"),
    [
        ("1万元以上3万元以下", None, None),
        ("上一年度收入30%以上50%以下（含本数）", None, True),
        ("1万元（含）以上3万元（不含）以下", True, False),
        ("1万元以上（含1万元）3万元以下（不含3万元）", True, False),
        ("10万元以上（不含10万元）20万元以下", False, None),
        ("1万元以上不满3万元", None, False),
    ],
)
def test_inclusion_is_recorded_only_where_the_words_say_so(
    text: str, minimum: bool | None, maximum: bool | None
) -> None:
    fine = read_fine(text)
    assert (fine.includes_minimum, fine.includes_maximum) == (minimum, maximum)


@pytest.mark.parametrize(
    ("text", "also", "optional"),
    [
        ("没收违法所得，并处所收费用5倍罚款", "没收违法所得", False),
        ("给予警告，并处1万元罚款", "给予警告", False),
        ("给予警告，可以处5万元以下罚款", "给予警告", True),
        ("责令改正，可处一万元以上二万元以下罚款", "责令改正", True),
        ("处所收费用五倍的罚款，禁止从事编制工作", "禁止从事编制工作", None),
        ("处警告或者二十元以上二百元以下罚款", "警告", True),
        ("处五日以上十日以下拘留或者一千元以下罚款", "五日以上十日以下拘留", True),
        ("由公安机关处十五日以下拘留、一万元以下罚款", "十五日以下拘留", None),
        ("处二千元以下罚款并暂扣驾驶证", "暂扣驾驶证", None),
        ("3万元", "", None),
    ],
)
def test_what_goes_with_the_fine_and_whether_it_may_be_left_out(text: str, also: str, optional: bool | None) -> None:
    fine = read_fine(text)
    assert (fine.also, fine.optional) == (also, optional)


@pytest.mark.parametrize(
    ("text", "per", "maximum"),
    [
        ("每日处500元以上1000元以下罚款", "日", 1000),
        ("每吨处200元罚款", "吨", 200),
        ("按每平方米50元处以罚款", "平方米", 50),
        ("1000元/车次", "车次", 1000),
        ("3000元/人", "人", 3000),
        ("处每米五百元以上一万元以下的罚款", "米", 10000),
        ("可以并处每公顷五千元以上五万元以下的罚款", "公顷", 50000),
        ("按照造成水土流失的面积处每平方米二元以上十元以下的罚款", "平方米", 10),
        ("并以每人五百元以上二千元以下的标准处以罚款", "人", 2000),
        ("1000元", None, 1000),
    ],
)
def test_sums_counted_by_something_name_it(text: str, per: str | None, maximum: int) -> None:
    fine = read_fine(text)
    assert (fine.per, fine.maximum) == (per, maximum)


@pytest.mark.parametrize(
    ("text", "increments"),
    [
        (
            "处二十万元以上七十万元以下罚款（每增加1个超标因子增加五万元，不足0.2倍的向高取齐）",
            "每增加1个超标因子增加五万元，不足0.2倍的向高取齐",
        ),
        (
            "处二十万元以上七十万元以下罚款：（1）一般污染物每增加1个超标因子增加一万元；（2）重金属每增加1个增加两万元。",
            "（1）一般污染物每增加1个超标因子增加一万元；（2）重金属每增加1个增加两万元",
        ),
        ("处二十万元以上七十万元以下罚款（每增加1吨增加一万元", "每增加1吨增加一万元"),
    ],
)
def test_rules_of_stepping_up_are_kept_apart_from_the_range(text: str, increments: str) -> None:
    fine = read_fine(text)
    assert bounds(fine) == ("range", "200000", "700000")
    assert fine.increments == increments


def test_a_share_with_a_ceiling_keeps_it() -> None:
    fine = read_fine("按照直接损失的百分之三十计算罚款，但是最高不超过一百万元")
    assert bounds(fine) == ("ratio_fixed", "0.3", "0.3")
    assert fine.ceiling == 1_000_000


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "处五十万元以上七十万元以下罚款，对个人处一万元以上一万五千元以下罚款",
            [("对单位", "700000"), ("对个人", "15000")],
        ),
        ("处二十万元罚款，个人处五千元罚款", [("对单位", "200000"), ("对个人", "5000")]),
        (
            "处五十万元以上七十万元以下的罚款，并对单位的法定代表人、直接负责的主管人员，处五万元以上七万元以下的罚款",
            [("对单位", "700000"), ("对个人", "70000")],
        ),
        ("单位：5万元以上10万元以下；个人：500元以上1000元以下", [("对单位", "100000"), ("对个人", "1000")]),
        ("对个人处五百元以下的罚款、对单位处五千元以下的罚款", [("对个人", "500"), ("对单位", "5000")]),
        (
            "处三十万元以下的罚款，对直接负责的主管人员给予警告，并处三万元以下的罚款",
            [("对单位", "300000"), ("对个人", "30000")],
        ),
        ("对单位和个人处五千元罚款", [("对单位和个人", "5000")]),
        ("对责任人处九万元以上十二万元以下罚款", [("对个人", "120000")]),
        ("责令改正，处三万元罚款", [("罚款", "30000")]),
        (
            "没有违法所得或者违法所得不足一万元的，处五千元罚款；违法所得一万元以上的，处违法所得一倍罚款",
            [("没有违法所得或者违法所得不足一万元", "5000"), ("违法所得一万元以上", "1")],
        ),
        ("处2000元罚款；拒不改正的，处5000元罚款", [("罚款", "2000"), ("拒不改正", "5000")]),
    ],
)
def test_a_cell_for_several_parties_or_cases_gives_a_fine_for_each(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(name, f"{fine.maximum:f}") for name, fine in read_fines(text)] == expected


def test_one_fine_is_never_taken_from_a_cell_that_states_several() -> None:
    assert read_fine("处五十万元罚款，对个人处一万元罚款").kind is FineKind.UNREAD


def test_two_sums_for_the_same_case_are_unread() -> None:
    assert [fine.kind for _, fine in read_fines("处一万元以上二万元以下罚款，处三万元以上五万元以下罚款")] == [
        FineKind.UNREAD
    ]


@given(st.integers(1, 10**7), st.integers(1, 10**7), st.booleans(), st.booleans())
def test_a_range_reads_to_its_numbers_however_it_is_written(a: int, b: int, chinese: bool, tens: bool) -> None:
    low, high = sorted((a, a + b))
    if tens:
        low, high = low * 10_000, high * 10_000

    def shown(yuan: int) -> str:
        return f"{format_number(yuan)}元" if chinese else f"{yuan // 10_000}万元" if tens else f"{yuan}元"

    fine = read_fine(f"处{shown(low)}以上{shown(high)}以下的罚款")
    assert (fine.kind, fine.minimum, fine.maximum) == (FineKind.RANGE, low, high)
    assert fine.read_as == ""


@given(st.text(alphabet="处罚款万元以上下倍的一二三十百千0123456789.%，；/（）对个人单位每", max_size=24))
def test_no_words_break_the_reader_and_bounds_are_in_order(text: str) -> None:
    for _, fine in read_fines(text):
        assert fine.kind.is_fine == (fine.minimum is not None or fine.maximum is not None)
        if fine.minimum is not None and fine.maximum is not None:
            assert fine.minimum <= fine.maximum
        assert not fine.kind.is_ratio or fine.base
