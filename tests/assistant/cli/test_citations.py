"""``cite`` and ``check-citations`` at the command line, through a running server."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from assistant.cli.main import app
from assistant.contract import CheckedCitation, CheckResponse, CiteResult, QuoteCheck
from corpus.vocabulary import State


def run(*arguments):
    return CliRunner().invoke(app, [str(a) for a in arguments])


def _report(state, verbatim):
    result = CiteResult(citation="《中华人民共和国示例法》第一条", state=state, text="原文在此。", reason="因为如此")
    quote = QuoteCheck(quote="所引文字", start=9, end=13, line=3, verbatim=verbatim)
    ok = state is State.IN_FORCE and verbatim
    checked = CheckedCitation(line=2, result=result, quotes=[quote], ok=ok)
    return CheckResponse(as_of="2026-11-21", citations=[checked], counts={state: 1}, ok=ok)


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
    ("state", "verbatim", "code"),
    [(State.IN_FORCE, True, 0), (State.IN_FORCE, False, 1), (State.REPEALED, True, 1), (State.AMBIGUOUS, True, 1)],
)
def test_a_document_passes_only_when_in_force_and_verbatim(running, tmp_path, monkeypatch, state, verbatim, code):
    monkeypatch.setattr(running, "check_citations", lambda text, as_of: _report(state, verbatim))
    file = tmp_path / "决定书.md"
    file.write_text("依据示例法第一条", encoding="utf-8")
    done = run("check-citations", file)
    assert done.exit_code == code
    assert "决定书.md:2" in done.stdout
    assert ("引文与原文不一致" in done.stdout) is not verbatim
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
    assert running.requests[-1][0] == "依据示例法"


@pytest.mark.parametrize("data", [None, b"\xff\xff\x00"], ids=["missing", "not text"])
def test_a_document_that_cannot_be_read_is_said(running, tmp_path, data):
    file = tmp_path / "a.txt"
    if data is not None:
        file.write_bytes(data)
    done = run("check-citations", file)
    assert done.exit_code == 3
    assert "a.txt" in done.stderr
