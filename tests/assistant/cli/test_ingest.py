"""``eassistant ingest`` as a command: refused while a server runs, quiet on standard output, honest exit codes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from assistant.cli.main import app

RULES = """# 示范市示例管理办法

（2020年1月1日示范市人民政府令第1号公布）

第一条　为了示例，制定本办法。

第二条　违反本办法的，处二百元罚款。

第三条　本办法自2020年3月1日起施行。
"""


def run(*arguments):
    return CliRunner().invoke(app, ["ingest", *map(str, arguments)])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "规章"
    folder.mkdir()
    (folder / "办法.md").write_text(RULES, encoding="utf-8")
    return folder


@pytest.fixture
def home(settings, tmp_path: Path, monkeypatch) -> Path:
    home = tmp_path / "home"
    monkeypatch.setenv("EASSISTANT_HOME", str(home))
    return home


def test_it_is_refused_while_a_server_runs(running, folder):
    done = run(folder)
    assert done.exit_code == 5
    assert "服务正在运行" in done.stderr
    assert "停止服务" in done.stderr


def test_a_path_that_is_not_there_is_refused_with_a_remedy(home, tmp_path):
    done = run(tmp_path / "nothing")
    assert done.exit_code == 2
    assert "没有这个文件" in done.stderr
    assert "处理：" in done.stderr


def test_a_dry_run_prints_json_only_and_leaves_no_trace(home, folder, tmp_path):
    done = run(folder, "--dry-run", "--json", "--jobs", "1", "--report", tmp_path / "r.json")
    assert done.exit_code == 0
    report = json.loads(done.stdout)
    assert report["counts"]["parsed"] == 1
    assert [t["title"] for t in report["files"][0]["texts"]] == ["示范市示例管理办法"]
    assert json.loads((tmp_path / "r.json").read_text(encoding="utf-8")) == report
    assert not home.exists()


def test_a_file_that_fails_is_named_with_its_remedy_and_the_exit_code_says_so(home, folder):
    (folder / "坏.pdf").write_bytes(b"%PDF-1.7\n" + b"\0" * 200)
    done = run(folder, "--dry-run", "--jobs", "1")
    assert done.exit_code == 1
    assert "失败 1" in done.stdout
    assert "坏.pdf" in done.stderr
