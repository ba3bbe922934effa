"""XLS workbooks: one made by LibreOffice where it is installed, the real list of 12 sheets where it is at hand."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from openpyxl.comments import Comment

from ingest.readers.model import FileUnreadable, NoteKind, ReadDocument, Reason
from ingest.readers.xls import read_xls
from tests.ingest.readers.workbooks import workbook

SHARED = Path(__file__).resolve().parents[3].parent / "shared"
REAL = SHARED / "corpus" / "discretion" / "江门市生态环境违法行为行政处罚自由裁量权裁量标准参照表.xls"
GOLD = SHARED / "evals" / "discretion" / "tiers_jm_dev.json"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> ReadDocument:
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice (soffice) is not installed: no XLS can be made here")

    def change(page: Any) -> None:
        page.merge_cells("A1:C1")
        page.merge_cells("B3:B4")
        page.row_dimensions[5].hidden = True
        page["C3"].number_format = "0%"
        page["B3"].comment = Comment("示例批注", "示例")

    folder = tmp_path_factory.mktemp("xls")
    rows = [["示范市清单（示例）"], ["序号", "违法行为", "比例"], [1, "甲", 0.3], [2, None, "二档"], [3, "藏", "x"]]
    (folder / "a.xlsx").write_bytes(workbook(rows, change))
    profile = f"-env:UserInstallation=file://{folder / 'profile'}"
    command = [office, profile, "--headless", "--convert-to", "xls:MS Excel 97", "--outdir", str(folder), "a.xlsx"]
    subprocess.run(command, cwd=folder, check=True, capture_output=True, timeout=120)
    return read_xls((folder / "a.xls").read_bytes(), "a.xls")


def test_merges_hidden_rows_formats_and_comments_are_read(made: ReadDocument) -> None:
    assert next(made.paragraphs()).title
    (table,) = made.tables()
    merged = next(cell for cell in table.cells if cell.text == "甲")
    assert (merged.row_span, merged.hidden) == (2, False)
    assert [cell.text for cell in table.cells if cell.hidden] == ["3", "藏", "x"]
    assert "30%" in [cell.text for cell in table.cells]
    hidden = [n.message + n.text for n in made.notes if n.kind is NoteKind.HIDDEN]
    assert any("示例批注" in words for words in hidden)
    assert any("第5行" in words for words in hidden)


@pytest.mark.parametrize("data", [b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 2000, b"not a workbook", b""])
def test_what_is_no_workbook_is_refused(data: bytes) -> None:
    with pytest.raises(FileUnreadable) as caught:
        read_xls(data, "示例.xls")
    assert caught.value.reason is Reason.DAMAGED


@pytest.fixture(scope="module")
def real() -> ReadDocument:
    if not REAL.is_file():
        pytest.skip("the shared folder with the real list is not at hand")
    return read_xls(REAL.read_bytes(), REAL.name)


@pytest.fixture(scope="module")
def gold() -> dict[str, Any]:
    if not GOLD.is_file():
        pytest.skip("the shared folder with the verified structure is not at hand")
    found: dict[str, Any] = json.loads(GOLD.read_text(encoding="utf-8"))["structure"]
    return found


def test_the_stale_values_of_the_real_list_are_told_and_not_read(real: ReadDocument, gold: dict[str, Any]) -> None:
    expected = {(sheet["name"], at) for sheet in gold["sheets"] for at in sheet.get("stale_cells_under_merges", [])}
    told = {
        (n.place.sheet, n.message.split("被合并")[0].removeprefix("单元格")) for n in real.notes if "残留" in n.message
    }
    assert told == expected


def test_the_hidden_rows_of_the_real_list_are_not_live(real: ReadDocument, gold: dict[str, Any]) -> None:
    expected = {(sheet["name"], row) for sheet in gold["sheets"] for row in sheet.get("hidden_rows", [])}
    hidden = {(c.place.sheet, c.place.row) for table in real.tables() for c in table.cells if c.hidden}
    assert hidden == expected


def test_the_circumstances_and_tiers_of_the_real_list_are_all_there(real: ReadDocument, gold: dict[str, Any]) -> None:
    """One live cell per circumstance (column E) and per visible tier (column D), as counted by hand."""
    cells = [c for table in real.tables() for c in table.cells if not c.hidden and c.row > 0]
    assert sum(cell.column == 4 for cell in cells) == gold["totals"]["circumstance_rows"]
    assert sum(cell.column == 3 for cell in cells) == gold["totals"]["visible_tier_cells"]
    assert sum(cell.column == 0 for cell in cells) == gold["totals"]["violations"]
