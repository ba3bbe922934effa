"""Whatever stands in a table, reading it fails with a doubt, never with an error or with a sum from nowhere."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.discretion.model import Mode
from tests.ingest.lists.tables import ABOVE, LEFT, table
from tests.ingest.parsers.benchmarks.section_tables import DUTY, PENALTY, A, law, read, read_one

WORDS = (
    *(
        ABOVE,
        LEFT,
        "",
        " ",
        "违反条款",
        "处罚依据",
        "违法行为",
        "裁量要素",
        "违法程度",
        "裁量权重",
        "裁量起点",
        "罚款",
        "备注",
    ),
    *(
        "整改情况",
        "20%",
        "1/3",
        "较高",
        "1万元以上2万元以下",
        "/",
        "甲",
        "乙",
        "一、甲",
        "§1.1",
        "备注：乙",
        DUTY,
        PENALTY,
    ),
)
LABELS = st.text(alphabet="甲乙丙丁戊己庚辛", min_size=1, max_size=4)


@settings(max_examples=300, deadline=None)
@given(st.integers(2, 5), st.data())
def test_any_words_in_any_cells_make_a_record_or_a_doubt(columns: int, data: st.DataObject) -> None:
    row = st.lists(st.sampled_from(WORDS), min_size=columns, max_size=columns)
    rows = [*law(max(columns, 3)), *data.draw(st.lists(row, min_size=1, max_size=8))]
    records = read("一、甲", table([[*r, *[LEFT] * (max(columns, 3) - len(r))] for r in rows]))
    assert len({s.id for s in records.standards}) == len(records.standards)
    for standard in records.standards:
        if standard.mode is Mode.UNREAD:
            assert standard.doubts
            assert not standard.tiers
            assert not standard.factors
        if standard.mode is Mode.WEIGHTED:
            assert all(factor.options for factor in standard.factors)


@settings(max_examples=50, deadline=None)
@given(st.dictionaries(LABELS, st.lists(LABELS, min_size=1, max_size=4, unique=True), min_size=1, max_size=4))
def test_any_tree_of_cases_is_read_back(tree: dict[str, list[str]]) -> None:
    cases = [(first, second) for first, seconds in tree.items() for second in seconds]
    body = [
        ["违法" if n == 0 else A, first if second == tree[first][0] else A, second, f"{n + 1}万元"]
        for n, (first, second) in enumerate(cases)
    ]
    standard = read_one([*law(4), ["违法行为", "区域", "整改情况", "罚款"], *body])
    assert [tuple(label for _, label in tier.when) for tier in standard.tiers] == cases
    assert [int(tier.fines[0][1].maximum or 0) for tier in standard.tiers] == [
        10000 * (n + 1) for n in range(len(cases))
    ]
    assert standard.doubts == ()
