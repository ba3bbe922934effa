"""Every live cell of every table stands in some row's text, or heads rows: as a property and on real lists."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ingest.identify import identify
from ingest.parsers.lists import kind_of_title, looks_like_list, parse_list
from ingest.readers import read_document
from ingest.readers.model import Format, ReadDocument
from ingest.sources.text import SourceText
from tests.ingest.lists.tables import ABOVE, LEFT, parsed, table

SHARED = Path(__file__).resolve().parents[3].parent / "shared" / "corpus"
SAMPLES = Path(__file__).resolve().parents[3] / "corpus" / "samples" / "示范市"
NAMES = ["序号", "违法行为", "裁量标准", "备注", "特性", "一、", "备注：", "同上", "1", "2", "甲。", "第一章　总则"]
CELL = st.one_of(st.sampled_from([*NAMES, "", LEFT, ABOVE]), st.text("甲乙丙丁一二、。（）12 \n", max_size=9))


def bare(text: str) -> str:
    return "".join(text.split())


def lost(live: list[str], text: SourceText) -> list[str]:
    """The live words that stand neither in a row nor above one nor in the title."""
    rows = [f"{r.text}{r.chapter or ''}{r.section or ''}{''.join(name for name, _ in r.fields)}" for r in text.rows]
    kept = bare("\n".join([*rows, text.title]))
    return [words for words in live if bare(words) not in kept]


def live_cells(document: ReadDocument) -> list[str]:
    return [c.text for table_ in document.tables() for c in table_.cells if not c.hidden and c.text.strip()]


@given(
    st.integers(1, 5).flatmap(lambda n: st.lists(st.lists(CELL, min_size=n, max_size=n), min_size=1, max_size=7)),
    st.sets(st.integers(0, 6), max_size=2),
    st.sampled_from([Format.XLSX, Format.PDF]),
)
@example([["序号", "违法行为", "序号"], ["序号", LEFT, "序号"]], set(), Format.XLSX)
def test_no_live_cell_of_any_table_is_lost_and_no_hidden_one_is_read(
    rows: list[list[str]], hidden: set[int], form: Format
) -> None:
    """Tables of any shape: the builder decides which merges are well formed, as a reader would."""
    made = table(rows, hidden=sorted(hidden), sheet="清单")
    text = parsed(made, form=form)
    live = [cell.text for cell in made.cells if not cell.hidden and cell.text.strip()]
    assert lost(live, text) == []
    assert len({row.label for row in text.rows}) == len(text.rows)


@given(
    st.lists(
        st.sampled_from(["一、甲", "（一）乙", "1、丙", "丁。", "备注：戊", "第一条　己", "庚", "第一章　辛"]),
        max_size=9,
    )
)
def test_no_paragraph_of_a_list_is_lost(lines: list[str]) -> None:
    assert lost(lines, parsed(*lines)) == []


def test_a_hidden_cell_stands_in_no_row() -> None:
    made = table([["序号", "违法行为"], ["1", "甲"], ["2", "隐藏的行为"]], hidden=[2], sheet="清单")
    assert not any("隐藏的行为" in row.text for row in parsed(made).rows)


def files() -> list[Path]:
    real = [*SHARED.glob("discretion/*"), *SHARED.glob("pdf/gwrrlml.pdf")] if SHARED.is_dir() else []
    return [p for p in sorted([*real, *SAMPLES.iterdir()]) if kind_of_title(p.stem) is not None]


@pytest.mark.parametrize("path", [pytest.param(p, id=p.name) for p in files() if p.stat().st_size < 1_000_000])
def test_a_real_list_keeps_every_live_cell_and_every_paragraph_of_its_body(path: Path) -> None:
    document = read_document(path.read_bytes(), path.name)
    assert looks_like_list(document) is not None
    profile = identify(document, path.name)
    (text,) = parse_list(document, profile)
    assert lost(live_cells(document), text) == []
    body = [block.text for block in document.blocks[profile.body_start :] if hasattr(block, "text")]
    assert lost(body, text) == []
    assert len({row.label for row in text.rows}) == len(text.rows)


def test_the_real_list_of_twelve_sheets_has_a_row_for_every_circumstance() -> None:
    path = SHARED / "discretion" / "江门市生态环境违法行为行政处罚自由裁量权裁量标准参照表.xls"
    if not path.is_file():
        pytest.skip("the shared folder with the real list is not at hand")
    document = read_document(path.read_bytes(), path.name)
    (text,) = parse_list(document, identify(document, path.name))
    assert len(text.rows) == 869  # circumstances counted by hand in the verified structure
    assert {name for row in text.rows for name, _ in row.fields} == {
        "序号",
        "违法行为",
        "法律依据",
        "类别",
        "裁量情节",
        "裁量标准",
        "备注",
    }
