"""Two versions of a list: every row of either side is added, removed, changed or unchanged, exactly once."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from corpus.lists import CellChange, ListRow, diff_lists, read_item, read_risk_point


def item(serial: int, name: str, basis: str = "某法第一条", **more: str) -> ListRow:
    code = (("事项编码", more.pop("编码")),) if "编码" in more else ()
    fields = (("序号", str(serial)), *code, ("事项名称", name), ("实施依据", basis), *more.items())
    return ListRow(f"序号{serial}", fields)


def test_renumbered_rows_are_unchanged() -> None:
    found = diff_lists([item(1, "甲"), item(2, "乙", "某法第二条")], [item(1, "乙", "某法第二条"), item(2, "甲")])
    assert (found.added, found.removed, found.changed, found.unchanged) == ((), (), (), 2)


def test_blanks_and_the_width_of_brackets_change_nothing() -> None:
    found = diff_lists([item(1, "甲（一）的处罚。")], [item(1, "甲(一) 的处罚")])
    assert found.unchanged == 1


def test_a_code_holds_a_row_together_whatever_else_changes() -> None:
    old, new = item(1, "对擅自设摊的处罚", "旧法第一条", 编码="A1"), item(9, "占道经营", "新法第二条", 编码="A1")
    (change,) = diff_lists([old], [new]).changed
    assert change.cells == (
        CellChange("事项名称", "对擅自设摊的处罚", "占道经营"),
        CellChange("实施依据", "旧法第一条", "新法第二条"),
    )


def test_another_code_is_another_item_even_with_the_same_basis() -> None:
    found = diff_lists([item(1, "对擅自设摊的处罚", 编码="A1")], [item(1, "对擅自设置摊点的处罚", 编码="B7")])
    assert (len(found.added), len(found.removed)) == (1, 1)


def test_a_renamed_item_with_its_own_basis_is_changed_and_an_unlike_one_is_not_the_same() -> None:
    renamed = diff_lists([item(1, "对擅自设摊经营的处罚")], [item(1, "对擅自设摊的处罚")])
    assert [change.cells[0].column for change in renamed.changed] == ["事项名称"]
    unlike = diff_lists([item(1, "对擅自设摊的处罚")], [item(1, "吊销许可证")])
    assert (len(unlike.added), len(unlike.removed)) == (1, 1)


def test_a_column_that_only_one_version_has_is_told_once() -> None:
    found = diff_lists([item(1, "甲"), item(2, "乙")], [item(1, "甲", 区域="全市"), item(2, "乙", 区域="全市")])
    assert (found.unchanged, found.columns_added, found.columns_removed) == (2, ("区域",), ())


def test_columns_are_the_same_by_meaning_under_another_name() -> None:
    old = ListRow("序号1", (("事项名称", "甲"), ("法律依据", "某法第一条")))
    new = ListRow("序号1", (("执法事项", "甲"), ("实施依据", "某法第二条")))
    (change,) = diff_lists([old], [new]).changed
    assert change.cells == (CellChange("实施依据", "某法第一条", "某法第二条"),)


def test_tiers_of_one_violation_are_compared_tier_by_tier() -> None:
    def tier(level: str, fine: str) -> ListRow:
        fields = (("违法行为", "甲"), ("处罚依据", "某法第一条"), ("裁量档次", level), ("裁量标准", fine))
        return ListRow(level, fields)

    old = [tier("轻", "一千元"), tier("中", "两千元"), tier("重", "三千元")]
    found = diff_lists(old, [tier("重", "三千元"), tier("轻", "一千元"), tier("中", "两千五百元")])
    assert found.unchanged == 2
    assert found.changed[0].cells == (CellChange("裁量标准", "两千元", "两千五百元"),)


ROWS = st.lists(
    st.builds(
        item,
        st.integers(1, 9),
        st.sampled_from(["甲", "乙", "丙", ""]),
        st.sampled_from(["某法第一条", "某法第二条", ""]),
    ),
    max_size=7,
)


@given(ROWS, ROWS)
def test_every_row_is_counted_exactly_once(old: list[ListRow], new: list[ListRow]) -> None:
    found = diff_lists(old, new)
    both = len(found.changed) + found.unchanged
    assert len(found.removed) + both == len(old)
    assert len(found.added) + both == len(new)


@given(ROWS)
def test_a_list_does_not_differ_from_itself(rows: list[ListRow]) -> None:
    found = diff_lists(rows, list(reversed(rows)))
    assert (found.added, found.removed, found.changed) == ((), (), ())


def test_an_item_is_read_by_the_meaning_of_its_columns() -> None:
    row = ListRow(
        "序号1",
        (
            ("主项名称", "市容"),
            ("子项名称", "对擅自设摊的处罚"),
            ("法律依据", "某法"),
            ("责任主体·处罚主体", "某局"),
            ("经办", "甲"),
        ),
    )
    found = read_item(row)
    assert found is not None
    assert (found.name, found.basis, found.punishing_body) == ("市容 › 对擅自设摊的处罚", "某法", "某局")
    assert (found.region, found.other) == ("", (("经办", "甲"),))
    assert read_item(ListRow("备注", (("备注", "甲"),))) is None


def test_a_risk_point_is_read_by_the_meaning_of_its_columns() -> None:
    row = ListRow("序号1", (("相对人类别", "餐饮"), ("违法风险点", "甲"), ("风险等级", "高"), ("防范措施", "提醒")))
    found = read_risk_point(row)
    assert found is not None
    assert (found.party, found.risk, found.level, found.guidance, found.basis) == ("餐饮", "甲", "高", "提醒", "")
