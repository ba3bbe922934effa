"""A multiple that is only compared with its base (低于货值金额50%) is not taken for the fine itself."""

from __future__ import annotations

import pytest

from corpus.discretion.fines import read_fines
from corpus.discretion.model import FineKind


@pytest.mark.parametrize(
    "words",
    [
        "低于货值金额50%",
        "不低于货值金额50%",
        "少于货值金额2倍的罚款",
        "不足货值金额1倍",
        "超过违法所得1倍的罚款",
    ],
)
def test_a_comparison_with_a_base_is_not_read_as_the_fine(words: str) -> None:
    assert [fine.kind for _, fine in read_fines(words)] == [FineKind.UNREAD]


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("货值金额50%以下", FineKind.RATIO_UPTO),
        ("处货值金额2倍以上罚款", FineKind.RATIO_FROM),
        ("处1万元以上罚款", FineKind.FROM),
        ("处超过标准部分价款一倍以上三倍以下的罚款", FineKind.RATIO_RANGE),
    ],
)
def test_a_fine_whose_bounds_are_all_read_stays_read(words: str, kind: FineKind) -> None:
    assert [fine.kind for _, fine in read_fines(words)] == [kind]
