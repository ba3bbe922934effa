"""``eassistant discretion find|compute|check|explain|audit`` through a running server: JSON, words, exit codes."""

from __future__ import annotations

import datetime as dt
import json
from decimal import Decimal

import pytest
from typer.testing import CliRunner

from assistant.cli.main import app
from assistant.discretion.contract import CheckRequest, ComputeRequest, ExplainRequest, FindRequest, PartyKind
from tests.assistant.desk_stand_in import ITEM_KEY, STALE, TIERED_KEY, WEIGHTED_KEY

pytestmark = pytest.mark.usefixtures("running")

REQUEST = {
    "standard": WEIGHTED_KEY,
    "choose": {"超标倍数": "超标1倍以下", "排放时间": "一天以上"},
    "variant": "限期内改正",
}


def run(*arguments, stdin=None):
    return CliRunner().invoke(app, ["discretion", *(str(a) for a in arguments)], input=stdin)


def test_find_prints_the_contract_as_json(desk):
    done = run("find", "夜里排污水", "--region", "示范市", "--as-of", "2026-01-02", "--limit", 3, "--json")
    found = json.loads(done.stdout)
    assert [s["standard"]["key"] for s in found["standards"]] == [WEIGHTED_KEY, TIERED_KEY]
    assert [i["item"]["key"] for i in found["items"]] == [ITEM_KEY]
    assert desk.requests == [FindRequest(description="夜里排污水", region="示范市", as_of=dt.date(2026, 1, 2), limit=3)]


def test_find_prints_options_places_reasons_and_stale_bases_for_people():
    words = run("find", "夜里排污水").stdout
    for part in (
        "超标1倍以下（10%）",
        "第35页",
        "“排放”见于标题",
        STALE,
        "待核对：第2档的罚款未能确认。",
        "须同时符合",
    ):
        assert part in words


def test_find_says_that_nothing_was_found(desk):
    desk.finds = False
    assert "没有找到相近的裁量标准或清单项" in run("find", "你好").stdout


def test_compute_reads_its_request_from_anywhere(desk, tmp_path):
    text = json.dumps(REQUEST, ensure_ascii=False)
    file = tmp_path / "request.json"
    file.write_text("\ufeff" + text, encoding="utf-8")
    options = ["--standard", WEIGHTED_KEY, "--variant", "限期内改正"]
    options += [part for pair in REQUEST["choose"].items() for part in ("--choose", "=".join(pair))]
    calls = [
        run("compute", "--json", stdin=text),
        run("compute", "-", "--json", stdin=text),
        run("compute", file, "--json"),
        run("compute", "--request", text, "--json"),
        run("compute", *options, "--json"),
    ]
    assert [call.exit_code for call in calls] == [0] * 5
    assert [json.loads(call.stdout)["fine_yuan"] for call in calls] == ["500000"] * 5
    assert desk.requests == [ComputeRequest(**REQUEST)] * 5


def test_sums_are_exact_and_may_be_written_in_wan(desk):
    run("compute", "--request", json.dumps({**REQUEST, "inputs": {"货值金额": 0.1}}))
    run("compute", "--standard", WEIGHTED_KEY, "--input", "货值金额=12.5万元", "--input", "违法所得=3000")
    first, second = desk.requests
    assert first.inputs == {"货值金额": Decimal("0.1")}
    assert second.inputs == {"货值金额": Decimal(125000), "违法所得": Decimal(3000)}


def test_compute_prints_the_result_its_working_and_the_warning_for_people():
    words = run("compute", "--request", json.dumps(REQUEST)).stdout
    for part in (
        "裁量百分值 50%；罚款 50万元（500000 元）",
        "超标倍数：超标1倍以下 → 10%",
        "第35页",
        "结果在此幅度之内",
        STALE,
    ):
        assert part in words


def test_compute_asks_for_what_is_missing():
    words = run("compute", "--standard", WEIGHTED_KEY).stdout
    assert "还需要" in words
    assert "超标倍数属于哪一种？（超标1倍以下／超标1倍以上）" in words


def test_a_tier_gives_a_range():
    words = run("compute", "--standard", TIERED_KEY, "--choose", "违法情节=一般").stdout
    assert "罚款 1万元至3万元" in words


@pytest.mark.parametrize(("proposed", "code", "said"), [("20万元", 0, "之内"), ("9万", 1, "低于法定幅度")])
def test_check_tells_by_its_exit_code_whether_the_sum_is_inside(desk, proposed, code, said):
    facts = ["--fact", "首次违法=是", "--fact", "主动消除=不明"]
    done = run("check", "--request", json.dumps(REQUEST), "--proposed", proposed, *facts, "--act-date", "2026-01-02")
    assert done.exit_code == code
    assert said in done.stdout
    assert "不予处罚核查：应当不予处罚" in done.stdout
    assert "《中华人民共和国行政处罚法》第三十二条第一项" in done.stdout
    (request,) = desk.requests
    assert isinstance(request, CheckRequest)
    assert request.facts == {"首次违法": True, "主动消除": None}
    assert request.act_date == dt.date(2026, 1, 2)


@pytest.mark.parametrize(("said", "kind"), [("单位", PartyKind.UNIT), ("个人", PartyKind.PERSON)])
def test_whether_the_party_is_a_unit_or_a_person_is_passed_on(desk, said, kind):
    run("check", "--request", json.dumps(REQUEST), "--party-kind", said)
    assert desk.requests[-1].party_kind is kind


def test_check_without_a_sum_is_no_failure():
    done = run("check", "--request", json.dumps(REQUEST), "--json")
    assert done.exit_code == 0
    assert json.loads(done.stdout)["ok"] is None


def test_explain_prints_the_text_and_writes_the_docx(desk, tmp_path):
    file = tmp_path / "说明.docx"
    done = run("explain", "--request", json.dumps(REQUEST), "--case", "示例案", "--party", "某厂", "--docx", file)
    assert done.exit_code == 0
    assert "裁量说明（示例案）" in done.stdout
    assert file.read_bytes().startswith(b"PK")
    assert desk.requests == [ExplainRequest(**REQUEST, case_name="示例案", party="某厂")] * 2


def test_audit_prints_a_table_and_writes_markdown(tmp_path):
    file = tmp_path / "audit.md"
    done = run("audit", "--as-of", "2022-01-01", "--markdown", file)
    assert done.exit_code == 0
    assert "已废止" in done.stdout
    assert "标准 2" in done.stdout
    report = file.read_text(encoding="utf-8")
    assert "依据状态截至 2022-01-01" in report
    assert "《中华人民共和国示例法典》第一千条（相似度 0.93）" in report
    assert "【错误】依据已被《中华人民共和国示例法典》废止" in report


def test_audit_prints_the_contract_as_json():
    (report,) = json.loads(run("audit", "示范市", "--json").stdout)
    assert report["sections"][0]["laws"][0]["successor"] == "《中华人民共和国示例法典》"


REFUSALS = {
    "no such standard": (["compute", "--standard", "没有"], "没有"),
    "not JSON": (["compute", "--request", "{"], "不是合法的 JSON"),
    "JSON of another shape": (["compute", "--request", "[]"], "须为一个 JSON 对象"),
    "no standard": (["compute", "--request", "{}"], "裁量标准：缺少这一项"),
    "unknown field": (["compute", "--request", '{"standard": "x", "factor": 1}'], "没有这一项"),
    "two requests": (["compute", "a.json", "--request", "{}"], "只用一种方式"),
    "choice without a value": (["compute", "--standard", "x", "--choose", "超标倍数"], "须写作 名称=值"),
    "sum in words": (["check", "--standard", "x", "--proposed", "很多"], "不是金额"),
    "neither unit nor person": (["check", "--standard", "x", "--party-kind", "公司"], "party_kind"),
    "fact in words": (["check", "--standard", "x", "--fact", "首次=也许"], "不是回答"),
    "day that does not exist": (["check", "--standard", "x", "--act-date", "2026-02-30"], "不存在"),
    "blank description": (["find", " "], "为空"),
    "control character": (["find", "排\x07放"], "U+0007"),
}


@pytest.mark.parametrize(("arguments", "words"), REFUSALS.values(), ids=REFUSALS.keys())
def test_what_cannot_be_used_is_said_in_chinese_with_exit_code_2(arguments, words):
    done = run(*arguments)
    assert done.exit_code == 2
    assert words in done.stderr
    assert done.stdout == ""


def test_an_error_with_json_is_a_problem_on_standard_error():
    done = run("compute", "--standard", "没有", "--json")
    assert json.loads(done.stderr)["code"] == "not_found"


def test_a_request_file_that_is_not_there_is_named(tmp_path):
    done = run("compute", tmp_path / "没有.json")
    assert done.exit_code == 3
    assert "没有.json" in done.stderr
