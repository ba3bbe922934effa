"""One process owns a data folder; a server's record is trusted only while that server answers."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from contextlib import contextmanager

import pytest

from assistant.api.client import ApiClient
from assistant.server import (
    RECORD,
    ServerRecord,
    bind,
    new_instance,
    owned_data_folder,
    read_record,
    recorded,
    running_server,
    url_of,
)
from corpus.errors import IndexUnavailable, InvalidInput, ServerUnavailable, StoreUnavailable

HOLDER = """
import sys
from pathlib import Path
from assistant.server import owned_data_folder
with owned_data_folder(Path(sys.argv[1])):
    print("owned", flush=True)
    sys.stdin.read()
"""


@contextmanager
def _another_owner(home):
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(home)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    try:
        assert process.stdout.readline() == "owned\n"
        yield process
    finally:
        process.kill()
        process.communicate()


def test_a_second_owner_is_refused_and_told_what_to_do(tmp_path):
    with (
        _another_owner(tmp_path),
        pytest.raises(IndexUnavailable, match="另一个 eassistant 进程") as caught,
        owned_data_folder(tmp_path, wait_s=0),
    ):
        pass
    assert caught.value.retryable
    assert caught.value.remedy


def test_the_folder_is_free_again_after_its_owner_was_killed(tmp_path):
    with _another_owner(tmp_path) as owner:
        owner.send_signal(signal.SIGKILL)
        owner.wait()
        with owned_data_folder(tmp_path):
            pass


def test_a_missing_folder_is_made(tmp_path):
    with owned_data_folder(tmp_path / "a" / "b"):
        assert (tmp_path / "a" / "b").is_dir()


def test_a_folder_that_cannot_be_made_is_said(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreUnavailable, match="file"), owned_data_folder(tmp_path / "file" / "home"):
        pass


def test_a_running_server_is_found_by_its_record_and_a_second_one_names_it(tmp_path, stand_in, settings, serving):
    instance = new_instance()
    with serving(stand_in, settings, instance) as url, recorded(tmp_path, ServerRecord.new(url, instance)):
        found = running_server(tmp_path)
        assert (found.url, found.pid) == (url, os.getpid())
        with (
            _another_owner(tmp_path),
            pytest.raises(IndexUnavailable, match=url),
            owned_data_folder(tmp_path, wait_s=0),
        ):
            pass
    assert running_server(tmp_path) is None
    assert not (tmp_path / RECORD).exists()


def test_the_record_of_a_server_that_was_killed_is_not_believed(tmp_path):
    record = ServerRecord("http://127.0.0.1:1", 1, "2026-01-01T00:00:00+00:00", "gone")
    (tmp_path / RECORD).write_text(json.dumps({f: getattr(record, f) for f in record.__slots__}))
    assert read_record(tmp_path) == record
    assert running_server(tmp_path) is None


def test_a_server_of_another_data_folder_on_the_same_port_is_not_believed(tmp_path, stand_in, settings, serving):
    with serving(stand_in, settings, "theirs") as url, recorded(tmp_path, ServerRecord.new(url, "ours")):
        assert running_server(tmp_path) is None


@pytest.mark.parametrize("text", ["", "{", "[]", '{"url": 1}', '{"url": "http://x", "pid": 1, "more": 2}'])
def test_a_damaged_record_is_no_record(tmp_path, text):
    (tmp_path / RECORD).write_text(text)
    assert read_record(tmp_path) is None


def test_a_server_removes_only_its_own_record(tmp_path):
    ours, theirs = ServerRecord.new("http://a", "1"), ServerRecord.new("http://b", "2")
    with recorded(tmp_path, theirs):
        with recorded(tmp_path, ours):
            (tmp_path / RECORD).write_text(json.dumps({f: getattr(theirs, f) for f in theirs.__slots__}))
        assert read_record(tmp_path) == theirs


def test_a_port_in_use_is_said_with_the_setting_that_changes_it():
    with bind("127.0.0.1", 0, "X") as taken, pytest.raises(ServerUnavailable, match="EASSISTANT_SERVER__PORT"):
        bind("127.0.0.1", taken.getsockname()[1], "EASSISTANT_SERVER__PORT")


def test_an_address_that_does_not_exist_is_said():
    with pytest.raises((InvalidInput, ServerUnavailable)):
        bind("203.0.113.1", 0, "EASSISTANT_SERVER__PORT")


@pytest.mark.parametrize(
    ("host", "expected"),
    [("0.0.0.0", "http://127.0.0.1:"), ("127.0.0.1", "http://127.0.0.1:"), ("::1", "http://[::1]:")],
)
def test_the_address_shown_is_one_that_can_be_opened(host, expected):
    with bind(host, 0, "X") as listener:
        assert url_of(listener).startswith(expected)


def test_the_client_does_not_use_the_environments_proxy(stand_in, settings, serving, monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    with serving(stand_in, settings, "i") as url, ApiClient(url) as client:
        assert client.health().instance == "i"
