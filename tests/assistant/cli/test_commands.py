"""The command as a whole: what it offers, what it leaves unloaded, and what it says while a server runs."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest
from typer.testing import CliRunner

from assistant.cli.main import app
from assistant.version import version

COMMANDS = (
    "search",
    "ask",
    "cite",
    "check-citations",
    "load",
    "corpus",
    "index",
    "doctor",
    "serve",
    "ui",
    "start",
    "eval",
)
HEAVY = ("torch", "haystack", "streamlit", "fastapi", "sqlalchemy", "pydantic", "onnxruntime", "transformers")


def run(*arguments):
    return CliRunner().invoke(app, [str(a) for a in arguments])


def test_every_command_is_offered_and_explained_in_both_languages():
    text = run("--help").stdout
    for name in COMMANDS:
        assert name in text
        own = run(name, "--help").stdout
        assert any("\u4e00" <= c <= "\u9fff" for c in own)
        assert "Usage" in own


def test_help_loads_none_of_the_heavy_libraries():
    code = (
        "import sys; from typer.testing import CliRunner; from assistant.cli.main import app\n"
        "assert CliRunner().invoke(app, ['--help']).exit_code == 0\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_version_is_that_of_the_distribution():
    assert run("--version").stdout.strip() == version()


def test_index_status_comes_from_the_running_server(running):
    status = json.loads(run("index", "status", "--json").stdout)
    assert (status["points"], status["dense_points"], status["encoding"]) == (2, 1, True)
    assert "正在编码" in run("index", "status").stdout


def test_a_rebuild_is_handed_to_the_running_server(running):
    done = run("index", "rebuild")
    assert done.exit_code == 0
    assert running.rebuilds == 1
    assert "后台" in done.stdout


def test_loading_says_that_a_server_runs(running):
    done = run("load", "national-laws")
    assert done.exit_code == 5
    assert "服务正在运行" in done.stderr
    assert "停止服务" in done.stderr


def test_the_page_needs_a_running_server_and_says_so(settings):
    done = run("ui")
    assert done.exit_code == 7
    assert "eassistant serve" in done.stderr


@pytest.mark.parametrize("arguments", [["nonsense"], ["search", "--nonsense"], ["search", "x", "--top-k", "many"]])
def test_a_wrong_command_line_exits_with_2(arguments):
    assert run(*arguments).exit_code == 2
