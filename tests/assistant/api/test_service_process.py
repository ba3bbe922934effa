"""The server process on a real data folder: it prepares, serves commands meanwhile, and leaves in order."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest

from assistant.api.client import ApiClient
from assistant.server import RECORD, read_record

LAW = "中华人民共和国行政处罚法"
ROOT = Path(__file__).resolve().parents[3]
PATIENCE_S = 120


def _environment(home: Path) -> dict[str, str]:
    ours = {name: value for name, value in os.environ.items() if not name.startswith("EASSISTANT_")}
    return ours | {
        "EASSISTANT_HOME": str(home),
        "EASSISTANT_SERVER__PORT": "0",
        "EASSISTANT_TODAY": "2026-11-21",
        "PYTHONPATH": str(ROOT),
    }


def _command(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "assistant.cli", *arguments]
    return subprocess.run(command, env=_environment(home), capture_output=True, text=True, encoding="utf-8")


@pytest.fixture(scope="module")
def indexed(tmp_path_factory) -> Path:
    """A data folder with one law, loaded and wholly indexed by the commands that people use."""
    home = tmp_path_factory.mktemp("indexed") / "home"
    for arguments in (["load", "national-laws", "--law", LAW], ["index", "rebuild"]):
        done = _command(home, *arguments)
        assert done.returncode == 0, done.stderr
    return home


@pytest.fixture
def home(indexed, tmp_path) -> Path:
    return Path(shutil.copytree(indexed, tmp_path / "home"))


@pytest.fixture
def server(home):
    """A server on a copy of the folder, with a client once it answers."""
    process = subprocess.Popen(
        [sys.executable, "-m", "assistant.cli", "serve"],
        env=_environment(home),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )
    try:
        assert process.stdout.readline().startswith("接口："), process.stderr.read()
        with ApiClient(read_record(home).url) as client:
            yield process, client
    finally:
        process.kill()
        process.communicate()


def _wait_until_ready(client: ApiClient) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while client.health().preparation.stage != "ready":
        assert client.health().preparation.stage != "failed", client.health().preparation.error
        assert time.monotonic() < deadline, client.health()
        time.sleep(0.1)


def test_a_server_gets_ready_serves_commands_and_leaves_in_order(home, server):
    process, client = server
    _wait_until_ready(client)
    health = client.health()
    assert (health.status, health.dense_ready) == ("ready", True)
    assert health.index.points == health.index.dense_points == health.index.total > 80

    cited = _command(home, "cite", "行政处罚法第三十三条", "--json")
    assert json.loads(cited.stdout)["results"][0]["state"] == "in_force"
    found = _command(home, "search", "违法行为轻微并及时改正", "--json")
    assert json.loads(found.stdout)["results"][0]["article"] == "第三十三条"

    second = _command(home, "serve")
    assert second.returncode == 5
    assert client.base_url in second.stderr

    process.send_signal(signal.SIGTERM)
    assert process.wait(PATIENCE_S) == 0
    assert not (home / RECORD).exists()
    assert _command(home, "index", "status", "--json").returncode == 0


def test_a_rebuild_through_the_server_ends_with_the_same_index(server):
    _, client = server
    _wait_until_ready(client)
    before = client.index_status()
    client.rebuild_index()
    deadline = time.monotonic() + PATIENCE_S
    while client.index_status() != before or client.health().preparation.stage != "ready":
        assert time.monotonic() < deadline
        time.sleep(0.1)


def test_after_a_kill_the_next_command_works_on_the_folder_itself(home, server):
    process, _ = server
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert (home / RECORD).exists()
    cited = _command(home, "cite", "行政处罚法第三十三条", "--json")
    assert json.loads(cited.stdout)["results"][0]["state"] == "in_force"
    assert _command(home, "index", "status", "--json").returncode == 0


def test_reading_citations_loads_no_model_and_no_pipeline(home):
    code = (
        "import sys\n"
        "from typer.testing import CliRunner\n"
        "from assistant.cli.main import app\n"
        "done = CliRunner().invoke(app, ['cite', '行政处罚法第三十三条'])\n"
        "assert done.exit_code == 0, done.stderr\n"
        "print([m for m in ('torch', 'haystack', 'streamlit', 'onnxruntime', 'fastapi') if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], env=_environment(home), capture_output=True, text=True, encoding="utf-8"
    )
    assert done.stdout.strip() == "[]", done.stderr


def test_an_index_of_another_encoder_is_not_searched_and_the_remedy_is_named(home):
    environment = _environment(home) | {"EASSISTANT_SPARSE__K1": "2.0"}
    done = subprocess.run(
        [sys.executable, "-m", "assistant.cli", "search", "罚款", "--json"],
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert done.returncode == 5
    problem = json.loads(done.stderr)
    assert problem["code"] == "index_mismatch"
    assert "eassistant index rebuild" in problem["remedy"]


def test_a_damaged_store_is_said_with_exit_code_4(home):
    (home / "corpus.db").write_bytes(b"this is no database" * 100)
    for suffix in ("-wal", "-shm"):
        (home / f"corpus.db{suffix}").unlink(missing_ok=True)
    done = _command(home, "cite", "行政处罚法第三十三条", "--json")
    assert done.returncode == 4
    assert json.loads(done.stderr)["code"] == "store_unavailable"


def test_a_damaged_law_package_is_said_with_exit_code_3(tmp_path):
    (tmp_path / "laws.db").write_bytes(b"this is no database" * 100)
    done = _command(tmp_path / "home", "load", "national-laws", "--source", str(tmp_path / "laws.db"), "--json")
    assert done.returncode == 3
    assert json.loads(done.stderr)["code"] == "source_unreadable"


@pytest.fixture
def started(home, tmp_path):
    """``eassistant start`` with a page of one line; the process and the page's address once it answers."""
    fake = tmp_path / "pages" / "ui"
    fake.mkdir(parents=True)
    (fake / "__init__.py").write_text("", encoding="utf-8")
    (fake / "app.py").write_text("import streamlit\nstreamlit.write('page')\n", encoding="utf-8")
    process = subprocess.Popen(
        [sys.executable, "-m", "assistant.cli", "start"],
        env=_environment(home) | {"PYTHONPATH": f"{fake.parent}{os.pathsep}{ROOT}", "EASSISTANT_UI__PORT": "0"},
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )
    try:
        lines = iter(process.stdout.readline, "")
        page = next(line for line in lines if line.startswith("网页：")).removeprefix("网页：").strip()
        yield process, page
    finally:
        process.kill()
        process.wait()


def _answers(page: str) -> bool:
    try:
        return httpx.get(f"{page}/_stcore/health", trust_env=False).is_success
    except httpx.TransportError:
        return False


@pytest.mark.parametrize("end", [signal.SIGTERM, signal.SIGKILL])
def test_start_brings_up_api_and_page_and_the_page_ends_with_it(home, started, end):
    process, page = started
    assert _answers(page)
    with ApiClient(read_record(home).url) as client:
        assert client.health().version
    process.send_signal(end)
    assert process.wait(PATIENCE_S) == (0 if end is signal.SIGTERM else -signal.SIGKILL)
    deadline = time.monotonic() + PATIENCE_S
    while _answers(page):
        assert time.monotonic() < deadline
        time.sleep(0.1)
