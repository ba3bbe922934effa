"""One mistake in each table: the record asks for review or is never computed, and no other record suffers."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.discretion.model import DiscretionRecords, FineKind, Mode
from corpus.vocabulary import DocumentKind, EffectLevel
from ingest.identify.profile import Profile
from ingest.parsers.benchmarks.tier_rows import read_tier_rows
from tests.ingest.lists.tables import ABOVE, LEFT, document, table

PROFILE = Profile(title="示范市裁量基准（示例）", kind=DocumentKind.BENCHMARK, level=EffectLevel.NONE)
BASIS = "《中华人民共和国消防法》第六十条第一款：单位违反本法规定，责令改正，处五千元以上五万元以下罚款"
LOW, HIGH = "处五千元以上一万元以下罚款", "处一万元以上五万元以下罚款"
HEADER = ["序号", "违法行为", "处罚依据", "裁量阶次", "适用情形", "裁量幅度"]
GOOD = [["1", "占用疏散通道", BASIS, "较轻", "首次", LOW], [ABOVE, ABOVE, ABOVE, "严重", "再犯", HIGH]]


def read(rows: list[list[str]]) -> DiscretionRecords:
    return read_tier_rows(document(table(rows)), PROFILE)


def test_the_table_without_mistakes_is_read_without_doubts() -> None:
    records = read([HEADER, *GOOD])
    assert [(s.mode, len(s.tiers), s.doubts) for s in records.standards] == [(Mode.TIERED, 2, ())]
    assert records.doubts == ()


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (["", "2", "遮挡消火栓", BASIS, "较轻", "首次"], "columns_misaligned"),
        (["2", BASIS, "较轻", "首次", LOW, ""], "columns_misaligned"),
        (["2", "遮挡消火栓", BASIS, "较轻", LOW, "首次"], "columns_misaligned"),
        (["2", "遮挡消火栓", BASIS, LOW, "首次", "责令改正"], "columns_misaligned"),
        (["2", "较轻", BASIS, "较轻", "首次", LOW], "columns_misaligned"),
        (["2", LOW, BASIS, "较轻", "首次", LOW], "columns_misaligned"),
        (["2", "", BASIS, "较轻", "首次", LOW], "violation_missing"),
    ],
    ids=["one to the right", "one to the left", "exchanged", "fine as step", "step as violation", "fine twice", "none"],
)
def test_a_row_that_slipped_is_never_computed_from(row: list[str], code: str) -> None:
    first, second = read([HEADER, *GOOD, row]).standards
    assert (second.mode, second.tiers) == (Mode.UNREAD, ())
    assert second.doubts[0].code == code
    assert (first.mode, first.doubts) == (Mode.TIERED, ())


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (["2", "遮挡消火栓", BASIS, "较轻", "首次", ""], "fine_missing"),
        (["2", "遮挡消火栓", BASIS, "较轻", "首次", "处五千元以上若干元以下罚款"], "fine_not_read"),
        (["2", "遮挡消火栓", BASIS, "较轻", "首次", "处较大数额罚款"], "fine_not_read"),
        (["2", "遮挡消火栓", BASIS, "较轻", "首次", "处五万元以上一万元以下罚款"], "fine_not_read"),
    ],
    ids=["empty", "unnamed number", "no number", "turned round"],
)
def test_a_fine_that_cannot_be_read_is_unread_and_asks_for_review(row: list[str], code: str) -> None:
    first, second = read([HEADER, *GOOD, row]).standards
    assert [fine.kind for tier in second.tiers for _, fine in tier.fines] == [FineKind.UNREAD]
    assert [doubt.code for doubt in second.doubts] == [code]
    assert second.doubts[0].spot.row == 4
    assert first.doubts == ()


@pytest.mark.parametrize(
    ("basis", "code"), [("", "basis_missing"), ("参见上级文件", "basis_not_read")], ids=["empty", "no citation"]
)
def test_a_basis_that_cannot_be_resolved_asks_for_review(basis: str, code: str) -> None:
    _, second = read([HEADER, *GOOD, ["2", "遮挡消火栓", basis, "较轻", "首次", LOW]]).standards
    assert [doubt.code for doubt in second.doubts] == [code]


def test_a_row_above_the_first_violation_is_told_and_joins_no_other() -> None:
    records = read([HEADER, ["", "", "", "较轻", "首次", LOW], *GOOD])
    assert [doubt.code for doubt in records.doubts] == ["row_without_violation"]
    assert LOW in records.doubts[0].message
    assert [len(s.tiers) for s in records.standards] == [2]


def test_rows_without_violation_at_the_top_of_a_table_that_goes_on_make_the_record_above_doubtful() -> None:
    rest = [["", "", "", "特别严重", "拒不改正", HIGH], ["2", "遮挡消火栓", BASIS, "较轻", "首次", LOW]]
    records = read_tier_rows(document(table([HEADER, *GOOD]), table(rest)), PROFILE)
    assert [(s.id, [doubt.code for doubt in s.doubts]) for s in records.standards] == [("1", ["table_torn"]), ("2", [])]
    assert [doubt.code for doubt in records.doubts] == ["row_without_violation"]


@pytest.mark.parametrize(
    "rows",
    [
        [["序号", "处罚依据", "裁量阶次", "适用情形", "裁量幅度"], ["1", BASIS, "较轻", "首次", LOW]],
        [["甲", "乙", "丙"], ["占用疏散通道", "首次", LOW]],
        [["占用疏散通道", BASIS, "较轻", "首次", LOW], ["遮挡消火栓", BASIS, "较轻", "首次", LOW]],
        [["部门", "电话"], ["消防机构", "12345"]],
    ],
    ids=["no violation column", "names without meaning", "no header", "another matter"],
)
def test_a_table_that_is_not_understood_gives_no_record_but_a_doubt(rows: list[list[str]]) -> None:
    records = read(rows)
    assert records.standards == ()
    assert [doubt.code for doubt in records.doubts] == ["header_not_understood"]


def test_a_table_without_penalties_is_never_computed_from() -> None:
    (standard,) = read([HEADER[:-1], ["1", "占用疏散通道", BASIS, "较轻", "首次"]]).standards
    assert (standard.mode, [doubt.code for doubt in standard.doubts]) == (Mode.UNREAD, ["fine_column_missing"])


def test_weights_are_no_fines() -> None:
    header = ["序号", "违法行为", "处罚依据", "裁量因素", "违法程度", "裁量百分值"]
    records = read([header, ["1", "占用疏散通道", BASIS, "次数", "首次", "10%"]])
    assert all(standard.mode is Mode.UNREAD for standard in records.standards)


def test_a_column_of_unknown_name_that_states_fines_asks_for_review() -> None:
    header = [["违法行为", "处罚依据", "罚款", LEFT, LEFT], [ABOVE, ABOVE, "从轻", "甲类场所", "从重"]]
    (standard,) = read([*header, ["占用疏散通道", BASIS, LOW, "处一万元以上二万元以下罚款", HIGH]]).standards
    assert [doubt.code for doubt in standard.doubts] == ["penalty_column_not_understood"]


@pytest.mark.parametrize("names", [("轻", "中", "重"), ("低", "中等", "高"), ("较轻", "一般", "较重")])
def test_three_steps_side_by_side_are_three_steps_however_they_are_named(names: tuple[str, str, str]) -> None:
    header = [["违法行为", "处罚依据", "罚款标准", LEFT, LEFT], [ABOVE, ABOVE, *names]]
    (standard,) = read([*header, ["占用疏散通道", BASIS, LOW, "处一万元罚款", HIGH]]).standards
    assert ([tier.grade for tier in standard.tiers], standard.doubts) == ([*names], ())


def test_a_column_of_codes_numbers_the_violations() -> None:
    header = ["编码", "违法行为", "处罚依据", "裁量阶次", "裁量幅度"]
    rows = [["X-07", "占用疏散通道", BASIS, "较轻", LOW], ["X-07", "占用疏散通道", BASIS, "严重", HIGH]]
    assert [(s.id, len(s.tiers)) for s in read([header, *rows]).standards] == [("X-07", 2)]


WORDS = [
    "",
    ABOVE,
    "1",
    "2-1",
    "占用疏散通道",
    "遮挡消火栓",
    BASIS,
    "较轻",
    "严重",
    "首次",
    "/",
    LOW,
    HIGH,
    "同上",
    *HEADER,
]


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.lists(st.sampled_from([*WORDS, LEFT]), min_size=6, max_size=6), min_size=1, max_size=7), st.booleans()
)
def test_whatever_the_cells_hold_no_table_breaks_the_reading_and_no_doubtful_fine_is_kept_quiet(
    rows: list[list[str]], headed: bool
) -> None:
    top = [["" if word in (ABOVE, LEFT) else word for word in rows[0]], *rows[1:]]
    first_column = [[("" if row[0] == LEFT else row[0]), *row[1:]] for row in top]
    records = read([HEADER, *first_column] if headed else first_column)
    assert len({standard.id for standard in records.standards}) == len(records.standards)
    for standard in records.standards:
        assert standard.title or standard.mode is Mode.UNREAD
        unread = [fine for tier in standard.tiers for _, fine in tier.fines if fine.kind is FineKind.UNREAD]
        assert standard.doubts or not unread
        if standard.mode is Mode.UNREAD:
            assert standard.doubts
            assert standard.tiers == ()
