"""``search`` and ``ask`` at the command line through a running server: JSON contract, batches, exit codes."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from assistant.cli.main import app
from assistant.contract import StandardLink


def run(*arguments, stdin=None):
    return CliRunner().invoke(app, [str(a) for a in arguments], input=stdin)


SEARCH_RESULT = {
    "law",
    "article",
    "citation",
    "text",
    "score",
    "status",
    "effective_from",
    "level",
    "region",
    "document_id",
    "passage_id",
}
ANSWER = {"id", "question", "as_of", "refused", "answer", "sentences", "citations"}


def test_search_prints_the_contract_as_json(running):
    done = run("search", "示例", "--top-k", 3, "--as-of", "2026-08-14", "--region", "广东省", "--json")
    assert done.exit_code == 0
    (result,) = json.loads(done.stdout)["results"]
    assert result.keys() >= SEARCH_RESULT
    request = running.requests[-1]
    assert (str(request.as_of), request.region, request.top_k) == ("2026-08-14", "广东省", 3)


def test_search_prints_citation_state_and_words_for_people(running):
    done = run("search", "示例")
    for words in ("《中华人民共和国示例法》第一条", "现行有效", "本条文字仅供测试", "语义检索尚未就绪"):
        assert words in done.stdout


def test_ask_prints_the_contract_as_json(running):
    answer = json.loads(run("ask", "示例", "--json").stdout)
    assert answer.keys() >= ANSWER
    assert answer["sentences"][0].keys() >= {"text", "citations"}
    assert answer["citations"][0].keys() >= {"key", "law", "article", "quote", "status", "document_id"}


def test_ask_prints_the_answer_with_its_day_for_people(running):
    done = run("ask", "示例")
    assert "本条文字仅供测试" in done.stdout
    assert "适用日期 2026-11-21" in done.stdout


def test_a_batch_gives_one_line_for_each_in_order_with_its_id(running, tmp_path):
    lines = [
        {"id": "a", "question": "第一问", "as_of": "2026-08-14"},
        {"id": 7, "question": "第二问", "as_of": None, "law": "中华人民共和国示例法", "kind": "direct", "gold": []},
        {"question": "第三问"},
    ]
    file = tmp_path / "batch.jsonl"
    file.write_text("\n".join(json.dumps(line, ensure_ascii=False) for line in lines) + "\n\n", encoding="utf-8")
    done = run("search", "--batch", file, "--top-k", 2, "--json")
    out = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.exit_code == 0
    assert [(o["id"], o["question"]) for o in out] == [("a", "第一问"), (7, "第二问"), (None, "第三问")]
    assert all(o.keys() >= {"id", "latency_ms", "results"} for o in out)
    assert [(str(r.as_of), r.top_k) for r in running.requests] == [
        ("2026-08-14", 2),
        ("None", 2),
        ("None", 2),
    ]


def test_options_stand_in_for_what_a_line_leaves_out(running, tmp_path):
    file = tmp_path / "batch.jsonl"
    file.write_text('{"question": "甲"}\n{"question": "乙", "as_of": "2024-01-01"}\n', encoding="utf-8")
    run("ask", "--batch", file, "--as-of", "2025-05-05", "--json")
    assert [str(r.as_of) for r in running.requests] == ["2025-05-05", "2024-01-01"]


def test_a_bad_line_is_reported_with_its_number_and_the_others_go_on(running, tmp_path):
    good = '{"id": 1, "question": "好"}'
    bad = {
        2: b"{broken",
        3: b"[1]",
        4: b'{"id": 4}',
        5: '{"question": "好", "as_of": "2026-13-40"}'.encode(),
        6: b'{"question": "\xd6\xd0"}',
        7: '{"question": "罚\\u0007"}'.encode(),
        8: json.dumps({"question": "长" * 3000}).encode(),
        9: '{"question": "好", "law": "某某法"}'.encode(),
    }
    file = tmp_path / "batch.jsonl"
    file.write_bytes(b"\n".join([good.encode(), *bad.values(), good.encode()]))
    done = run("search", "--batch", file, "--json")
    assert done.exit_code == 1
    assert len(done.stdout.splitlines()) == 2
    for number in bad:
        assert f"batch.jsonl:{number}: " in done.stderr
    assert f"{len(bad)} 行未能处理" in done.stderr


def test_a_batch_can_come_from_standard_input_with_a_byte_order_mark(running):
    done = run("ask", "--batch", "-", "--json", stdin="\ufeff" + '{"id": 1, "question": "好"}\n')
    assert json.loads(done.stdout)["id"] == 1


def test_a_batch_file_that_is_not_there_is_said(running, tmp_path):
    done = run("search", "--batch", tmp_path / "none.jsonl", "--json")
    assert done.exit_code == 3
    assert "none.jsonl" in json.loads(done.stderr)["where"]


BAD = {
    "empty question": (["search", ""], "为空"),
    "10,000 characters": (["ask", "罚" * 10_000], "10000"),
    "control character": (["search", "罚\x07款"], "U+0007"),
    "day that does not exist": (["search", "罚", "--as-of", "2026-13-40"], "2026-13-40"),
    "unknown law": (["search", "罚", "--law", "某某法"], "某某法"),
    "unknown level": (["search", "罚", "--level", "圣旨"], "效力位阶"),
    "too many results": (["search", "罚", "--top-k", "5000"], "返回条数"),
    "neither question nor batch": (["ask"], "--batch"),
}


@pytest.mark.parametrize(("arguments", "words"), BAD.values(), ids=BAD.keys())
def test_bad_input_is_said_on_standard_error_with_exit_code_2(running, arguments, words):
    done = run(*arguments)
    assert done.exit_code == 2
    assert words in done.stderr
    assert done.stdout == ""


@pytest.mark.parametrize(("arguments", "words"), BAD.values(), ids=BAD.keys())
def test_with_json_a_refusal_is_a_problem_detail(running, arguments, words):
    done = run(*arguments, "--json")
    problem = json.loads(done.stderr)
    assert problem["code"] == "invalid_input"
    assert words in problem["detail"]


def test_a_fixed_today_is_the_day_of_every_question(running, monkeypatch):
    monkeypatch.setenv("EASSISTANT_TODAY", "2026-08-15")
    run("search", "示例", "--json")
    run("search", "示例", "--as-of", "2026-08-14", "--json")
    assert [str(r.as_of) for r in running.requests] == ["2026-08-15", "2026-08-14"]


def test_an_unknown_setting_stops_every_command(running, monkeypatch):
    monkeypatch.setenv("EASSISTANT_PROT", "1")
    done = run("search", "示例")
    assert done.exit_code == 2
    assert "EASSISTANT_PROT" in done.stderr


def test_ask_prints_the_standard_to_go_on_with(running, monkeypatch):
    link = StandardLink(
        key="ver-7/1.1.1",
        title="超标排放",
        document="示范基准",
        document_id="d",
        region="示范市",
        stale=True,
        note="已废止",
    )
    plain = running.ask
    monkeypatch.setattr(running, "ask", lambda request: plain(request).model_copy(update={"standards": [link]}))
    words = run("ask", "超标排污罚多少").stdout
    for part in ("超标排放（《示范基准》，示范市）", "依据已变动：已废止", "discretion compute --standard ver-7/1.1.1"):
        assert part in words
