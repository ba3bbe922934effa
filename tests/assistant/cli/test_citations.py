"""``cite`` and ``check-citations`` at the command line, through a running server."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from assistant.cli.main import app
from assistant.contract import CiteResponse, CiteResult
from corpus.vocabulary import State


def run(*arguments):
    return CliRunner().invoke(app, [str(a) for a in arguments])


TEXT = "决定书\n依据示例法第一条规定：“原文在此”\n"
WRITTEN = "示例法第一条"


def _cited(state, text):
    start = TEXT.index(WRITTEN)
    result = CiteResult(
        citation="《中华人民共和国示例法》第一条", state=state, text=text, start=start, end=start + len(WRITTEN)
    )
    return CiteResponse(as_of="2026-11-21", results=[result])


def test_cite_prints_the_contract_as_json(running):
    done = run("cite", "示例法第一条", "--as-of", "2026-08-14", "--json")
    cited = json.loads(done.stdout)
    assert done.exit_code == 0
    assert cited.keys() >= {"parsed", "results", "as_of"}
    assert cited["results"][0].keys() >= {"citation", "state", "text", "successor", "reason"}
    assert cited["as_of"] == "2026-08-14"


def test_cite_prints_state_and_text_for_people(running):
    done = run("cite", "示例法第一条")
    for words in ("《中华人民共和国示例法》第一条", "现行有效", "本条文字仅供测试"):
        assert words in done.stdout


@pytest.mark.parametrize("text", ["", " ", "罚\x00"])
def test_cite_refuses_bad_text(running, text):
    assert run("cite", text).exit_code == 2


@pytest.mark.parametrize(
    ("state", "provision", "code"),
    [
        (State.IN_FORCE, "原文在此。", 0),
        (State.IN_FORCE, "原文有别。", 1),
        (State.REPEALED, "原文在此。", 1),
        (State.AMBIGUOUS, None, 1),
    ],
)
def test_a_document_passes_only_when_in_force_and_verbatim(running, tmp_path, monkeypatch, state, provision, code):
    monkeypatch.setattr(running, "cite", lambda request: _cited(state, provision))
    file = tmp_path / "决定书.md"
    file.write_text(TEXT, encoding="utf-8")
    done = run("check-citations", file)
    assert done.exit_code == code
    assert "决定书.md:2" in done.stdout
    assert ("引文与原文不一致" in done.stdout) is (provision != "原文在此。")
    assert json.loads(run("check-citations", file, "--json").stdout)["ok"] is (code == 0)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ("依据示例法".encode(), "UTF-8"),
        (b"\xef\xbb\xbf" + "依据示例法".encode(), "UTF-8"),
        ("依据示例法".encode("gb18030"), "GB18030"),
    ],
)
def test_the_encoding_of_a_document_is_found_and_said(running, tmp_path, data, words):
    file = tmp_path / "a.txt"
    file.write_bytes(data)
    done = run("check-citations", file)
    assert words in done.stdout
    assert running.requests[-1].text == "依据示例法"


@pytest.mark.parametrize("data", [None, b"\xff\xff\x00"], ids=["missing", "not text"])
def test_a_document_that_cannot_be_read_is_said(running, tmp_path, data):
    file = tmp_path / "a.txt"
    if data is not None:
        file.write_bytes(data)
    done = run("check-citations", file)
    assert done.exit_code == 3
    assert "a.txt" in done.stderr
