"""The report: every file with its reason and remedy, as JSON that is documented and as a page for people."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from ingest.loading.report import Change, FileLine, IngestReport, Merging, Outcome, TextLine, Trouble
from ingest.loading.report_page import report_page, summary

DOCUMENTED = Path(__file__).resolve().parents[3] / "docs" / "ingest-report.md"

TEXT = TextLine(
    version_id="f-1",
    document_id="d-1",
    title="示范市养犬条例",
    kind="statute",
    shelf="法规",
    level="地方性法规",
    region="示范市",
    published=dt.date(2020, 1, 1),
    provisions=2,
    change=Change.NEW_DOCUMENT,
)
FAILURE = Trouble("password", "规章/锁.pdf", "文件有密码|打不开。", "请去掉密码。")
NOTE = Trouble("stripped", "第2页", "页码已去掉", text="— 2 —")
FILES = (
    FileLine("/规章/a.md", "规章/a.md", Outcome.PARSED, "markdown", 10, texts=(TEXT,), notes=(NOTE,)),
    FileLine("/规章/锁.pdf", "规章/锁.pdf", Outcome.FAILED, "pdf", 20, troubles=(FAILURE,)),
    FileLine("/规章/旧.md", "规章/旧.md", Outcome.RETIRED),
)
DIFFERENCE = Trouble("text_differs", "《甲法》", "第一条不同。", "请对照。")
REPORT = IngestReport(
    paths=("/规章",),
    day=dt.date(2026, 11, 21),
    dry_run=False,
    stopped=False,
    seconds=1.25,
    files=FILES,
    merging=Merging(("f-2",), {"f-3": "npc-1"}, differences=(DIFFERENCE,)),
)


def keys(value: object) -> Iterator[str]:
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield key
            yield from keys(inner)
    elif isinstance(value, Sequence) and not isinstance(value, str):
        for inner in value:
            yield from keys(inner)


def test_the_json_form_holds_every_file_and_survives_a_round_trip() -> None:
    plain = REPORT.as_json()
    assert json.loads(json.dumps(plain, ensure_ascii=False)) == plain
    assert plain["counts"] == {
        "parsed": 1,
        "needs_review": 0,
        "failed": 1,
        "unchanged": 0,
        "nothing_to_cite": 0,
        "retired": 1,
    }
    assert [f["outcome"] for f in plain["files"]] == ["parsed", "failed", "retired"]
    assert plain["files"][0]["texts"][0]["published"] == "2020-01-01"
    assert plain["totals"]["region"] == {"示范市": 1}


def test_every_field_of_the_json_form_is_documented() -> None:
    documented = set(re.findall(r"`([a-z_]+)`", DOCUMENTED.read_text(encoding="utf-8")))
    plain = REPORT.as_json()
    counted = {"totals": {name: {} for name in plain["totals"]}, "merging": {**plain["merging"], "shadowed": {}}}
    assert set(keys({**plain, **counted})) <= documented


def test_the_page_names_what_needs_people_with_reason_and_remedy() -> None:
    page = report_page(REPORT)
    assert "| 规章/锁.pdf |  | 文件有密码\\|打不开。 | 请去掉密码。 |" in page
    assert "- 规章/旧.md" in page
    assert "第2页：页码已去掉“— 2 —”" in page
    assert "第一条不同。" in page
    assert page.index("失败的文件") < page.index("不同来源") < page.index("新增与变化") < page.index("读取说明")


def test_the_summary_is_one_line_of_counts() -> None:
    assert summary(REPORT) == "文件 3 个：已解析 1，失败 1，文件已移除 1；文本 1 份，条文和条目 2 条。"
