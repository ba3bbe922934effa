"""``eassistant discretion list|show|export``: records of the corpus and of files, as words, JSON and a workbook."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
import re
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from typer.testing import CliRunner, Result

from assistant.cli.main import app
from assistant.discretion.workbook import workbook
from assistant.settings import Settings
from corpus.discretion.export import RecordsOfText, records_as_published
from corpus.discretion.model import (
    DiscretionRecords,
    DiscretionStandard,
    Doubt,
    ExemptionItem,
    Factor,
    Fine,
    FineKind,
    Formula,
    ListEffect,
    Mode,
    Option,
    Tier,
)
from corpus.store import CorpusStore, DocumentRecord, VersionText
from corpus.store.discretion import DiscretionStore
from corpus.vocabulary import DatedFact, Document, DocumentKind, EffectLevel, Validity, Version
from tests.assistant.desk_stand_in import ITEM_KEY, TIERED_KEY, WEIGHTED_KEY, StandInDesk

SAMPLES = Path(__file__).resolve().parents[3] / "corpus" / "samples" / "示范市"
LIST = SAMPLES / "示范市轻微违法行为不予行政处罚清单.xlsx"

WEIGHTED = DiscretionStandard(
    "§1.1",
    Mode.WEIGHTED,
    "未安装油烟净化设施（示例）",
    factors=(Factor("持续时间", (Option("一月以上", Fraction(20), "20%"),)),),
    formulas=(Formula(Fraction(20), multiplier=Decimal(1000)),),
    doubts=(Doubt("weights_do_not_reach_100", "权重合计为40%"),),
)
TIERED = DiscretionStandard(
    "§1.2",
    Mode.TIERED,
    "=占道经营（示例）",
    tiers=(Tier((("罚款", Fine("200元", FineKind.FIXED, Decimal(200), Decimal(200))),), (("次数", "首次"),)),),
)
ITEM = ExemptionItem("1", "未备案（示例）", ListEffect.NOT_PUNISH, conditions=("首次违法",))
RECORDS = DiscretionRecords((WEIGHTED, TIERED), (ITEM,), ("一、备注。",))


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, ["discretion", *map(str, arguments)])


@pytest.mark.usefixtures("running")
def test_a_list_groups_records_by_document_and_marks_doubts() -> None:
    words = run("list").stdout
    for part in (
        WEIGHTED_KEY,
        TIERED_KEY,
        ITEM_KEY,
        "【权重】",
        "【档次】",
        "【清单】",
        "裁量标准 2 项，清单条目 1 项",
    ):
        assert part in words


@pytest.mark.usefixtures("running")
def test_a_list_can_be_narrowed(desk: StandInDesk) -> None:
    found = json.loads(run("list", "没有这几个字", "--document", "doc-7", "--as-of", "2026-01-02", "--json").stdout)
    assert found == {"standards": [], "items": []}
    assert desk.requests == [("standards", "没有这几个字", "doc-7", dt.date(2026, 1, 2)), ("items", "doc-7")]
    doubtful = json.loads(run("list", "--review", "--json").stdout)
    assert [s["key"] for s in doubtful["standards"]] == [TIERED_KEY]
    assert doubtful["items"] == []


@pytest.mark.usefixtures("running")
@pytest.mark.parametrize("key", [WEIGHTED_KEY, TIERED_KEY, ITEM_KEY, "3"])
def test_one_record_is_shown_in_full(key: str) -> None:
    shown = json.loads(run("show", key, "--json").stdout)
    assert shown["key"] in (key, ITEM_KEY)
    words = run("show", key).stdout
    assert f"编号 {shown['key']}" in words
    printed = [shown.get("title") or shown["violation"], *shown.get("conditions", [])]
    printed += [option["label"] for factor in shown.get("factors", []) for option in factor["options"]]
    printed += [fine["text"] for tier in shown.get("tiers", []) for fine in tier["fines"].values()]
    printed += [doubt["message"] for doubt in shown["needs_review"]]
    assert [part for part in printed if part not in words] == []


@pytest.mark.usefixtures("running")
def test_a_record_that_is_not_there_is_told() -> None:
    done = run("show", "ver-9/9.9")
    assert done.exit_code == 2
    assert "discretion list" in done.output


@pytest.mark.usefixtures("running")
def test_a_day_that_is_none_is_told() -> None:
    done = run("list", "--as-of", "2026-13-01")
    assert done.exit_code == 2
    assert "YYYY-MM-DD" in done.output


@pytest.fixture
def held(settings: Settings) -> DiscretionStore:
    store = CorpusStore.open(settings.store_url)
    document = Document("d-1", "示范市裁量基准（示例）", DocumentKind.BENCHMARK, EffectLevel.NONE, "示范市")
    unknown = DatedFact.unknown()
    version = Version("f-1", "d-1", Validity(None, unknown, unknown), "示例.pdf")
    store.save(DocumentRecord(document, [VersionText(version, "digest", (), (), records=RECORDS)]))
    return DiscretionStore(store)


def test_an_export_of_the_corpus_has_corrections_applied(held: DiscretionStore) -> None:
    better = dataclasses.replace(WEIGHTED, title="改过的标题（示例）")
    held.correct("f-1/§1.1", better, by="", note="", at=dt.datetime(2026, 11, 22, tzinfo=dt.UTC))
    found = json.loads(run("export", "--json").stdout)
    assert [s["title"] for s in found["standards"]] == ["改过的标题（示例）", "=占道经营（示例）"]
    assert found["documents"][0]["remarks"] == ["一、备注。"]
    assert (found["needs_review"], found["failed"]) == ([], [])


def test_an_export_of_files_needs_no_store_and_goes_on_after_a_bad_one(settings: Settings, tmp_path: Path) -> None:
    bad = tmp_path / "坏.pdf"
    bad.write_bytes(b"%PDF-1.4 broken")
    done = run("export", bad, LIST, "--json")
    assert done.exit_code == 1
    found = json.loads(done.stdout)
    assert {"standards", "items", "needs_review"} <= found.keys()
    assert found["items"]
    assert {item["source"] for item in found["items"]} == {LIST.name}
    assert [failure["where"] for failure in found["failed"]] == [str(bad)]
    assert f"正在读取 {LIST.name}（2/2）" in done.stderr
    assert not settings.home.exists() or not any(settings.home.glob("*.db"))


def test_an_export_in_words_counts_each_document(settings: Settings) -> None:
    done = run("export", LIST)
    assert done.exit_code == 0, done.output
    assert "清单条目" in done.stdout
    assert re.search(r"待核对 \d+ 处", done.stdout)


def sheets(data: bytes, tmp_path: Path) -> dict[str, list[tuple[Any, ...]]]:
    file = tmp_path / "out.xlsx"
    file.write_bytes(data)
    book = openpyxl.load_workbook(file)
    return {sheet.title: [tuple(c.value for c in row) for row in sheet.iter_rows(min_row=2)] for sheet in book}


def test_the_workbook_has_a_row_for_every_option_tier_entry_and_doubt(tmp_path: Path) -> None:
    published = records_as_published([RecordsOfText("示范市裁量基准（示例）", "示范市", "示例.pdf", RECORDS)])
    found = sheets(workbook(published), tmp_path)
    assert {name: len(rows) for name, rows in found.items()} == {"权重": 1, "档次": 1, "清单": 1, "待核对": 1}
    assert found["权重"][0][-3:] == ("持续时间", "一月以上", 20)
    assert found["档次"][0][6:11] == ("次数：首次", "罚款", "200元", 200, 200)


def test_words_of_a_document_are_never_a_formula(tmp_path: Path) -> None:
    published = records_as_published([RecordsOfText("示例", "示范市", "示例.pdf", RECORDS)])
    file = tmp_path / "out.xlsx"
    file.write_bytes(workbook(published))
    cell = openpyxl.load_workbook(file)["档次"]["C2"]
    assert (cell.value, cell.data_type) == ("=占道经营（示例）", "s")
