"""``eassistant lists``: two files, or what the store holds, compared; bad input told with place and remedy."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from assistant.cli.main import app

FOLDER = Path(__file__).resolve().parents[3] / "corpus" / "samples" / "示范市"
OLD, NEW = (str(FOLDER / f"示范市综合行政执法事项清单({day}).xlsx") for day in ("2025-01-10", "2026-01-12"))
RISKS = str(FOLDER / "示范市餐饮和户外广告经营者违法风险点清单.docx")


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EASSISTANT_HOME", str(tmp_path))


def test_two_files_are_compared_in_words() -> None:
    result = CliRunner().invoke(app, ["lists", "diff", OLD, NEW])
    assert result.exit_code == 0, result.output
    assert "新增 3，删去 3，变动 3，未变 6" in result.output
    assert "责任主体·处罚主体：市消防救援支队（示例） → 市综合行政执法局（示例）" in result.output


def test_the_difference_is_given_as_json() -> None:
    result = CliRunner().invoke(app, ["lists", "diff", OLD, NEW, "--json"])
    found = json.loads(result.stdout)
    assert [row["label"] for row in found["added"]] == ["序号5", "序号6", "序号7"]
    assert found["unchanged"] == 6


def test_overlaps_and_gaps_of_two_lists_are_told() -> None:
    found = json.loads(CliRunner().invoke(app, ["lists", "compare", NEW, RISKS, "--json"]).stdout)
    assert "《中华人民共和国广告法》第五十五条" in [shared["article"] for shared in found["shared_bases"]]
    assert "《中华人民共和国消防法》第六十条" in [lone["article"] for lone in found["only_in_first"]]


def test_what_is_neither_a_file_nor_in_the_store_is_named() -> None:
    result = CliRunner().invoke(app, ["lists", "diff", "没有的清单", NEW])
    assert result.exit_code == 2
    assert "没有的清单" in result.output
