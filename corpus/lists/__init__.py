"""Lists of practice (清单) as data: what their columns mean, typed rows, differences between versions, overlaps."""

from corpus.lists.columns import Column, meaning_of
from corpus.lists.compare import ListComparison, LoneBasis, SameItem, SharedBasis, articles_of, compare_lists
from corpus.lists.diff import CellChange, ListDiff, RowChange, diff_lists
from corpus.lists.rows import (
    EnforcementItem,
    Fields,
    ListRow,
    RiskPoint,
    list_rows,
    read_item,
    read_risk_point,
)

__all__ = [
    "CellChange",
    "Column",
    "EnforcementItem",
    "Fields",
    "ListComparison",
    "ListDiff",
    "ListRow",
    "LoneBasis",
    "RiskPoint",
    "RowChange",
    "SameItem",
    "SharedBasis",
    "articles_of",
    "compare_lists",
    "diff_lists",
    "list_rows",
    "meaning_of",
    "read_item",
    "read_risk_point",
]
