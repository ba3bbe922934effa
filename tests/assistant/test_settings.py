"""Settings: where they come from, what is refused and in which words, and that their page is current."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from assistant.settings import default_home, known_variables, load_settings
from assistant.settings_page import settings_page
from corpus.errors import InvalidInput

PAGE = Path(__file__).resolve().parents[2] / "docs" / "settings.md"


@pytest.fixture
def home(settings) -> Path:
    return settings.home


def test_without_anything_set_everything_is_local_and_in_the_data_folder(home):
    found = load_settings()
    assert found.home == home
    assert found.store_url == f"sqlite:///{home / 'corpus.db'}"
    assert found.index_dir.parent == home
    assert found.qdrant.url is None
    assert not found.generator.enabled
    assert (found.server.host, found.server.port) == ("127.0.0.1", 8600)


def test_the_default_data_folder_is_the_users(settings, monkeypatch):
    monkeypatch.delenv("EASSISTANT_HOME")
    assert load_settings().home == default_home()


def test_a_relative_data_folder_becomes_absolute(settings, monkeypatch):
    monkeypatch.setenv("EASSISTANT_HOME", "data")
    assert load_settings().home == Path.cwd() / "data"


def test_a_variable_wins_over_the_file(home, monkeypatch):
    (home / "settings.toml").write_text('[server]\nport = 9001\nhost = "::1"\n', encoding="utf-8")
    assert load_settings().server.port == 9001
    monkeypatch.setenv("EASSISTANT_SERVER__PORT", "9002")
    assert load_settings().server.port == 9002
    assert load_settings().server.host == "::1"


def test_today_can_be_fixed_for_evals(home, monkeypatch):
    monkeypatch.setenv("EASSISTANT_TODAY", "2026-11-21")
    assert load_settings().current_day() == dt.date(2026, 11, 21)


def test_secrets_are_not_printed(home, monkeypatch):
    monkeypatch.setenv("EASSISTANT_GENERATOR__API_KEY", "sk-secret")
    monkeypatch.setenv("EASSISTANT_DATABASE_URL", "postgresql://u:hunter2@db/x")
    found = load_settings()
    assert "sk-secret" not in repr(found)
    assert "hunter2" not in repr(found)
    assert found.store_url == "postgresql://u:hunter2@db/x"


VARIABLES = {
    "unknown name": ("EASSISTANT_PROT", "1", "EASSISTANT_PROT"),
    "unknown key of a section": ("EASSISTANT_SERVER__PROT", "1", "EASSISTANT_SERVER__PROT"),
    "not a number": ("EASSISTANT_SERVER__PORT", "http", "EASSISTANT_SERVER__PORT"),
    "beyond the bounds": ("EASSISTANT_SERVER__PORT", "70000", "65535"),
    "day that does not exist": ("EASSISTANT_TODAY", "2026-13-40", "EASSISTANT_TODAY"),
    "address without scheme": ("EASSISTANT_QDRANT__URL", "localhost:6333", "EASSISTANT_QDRANT__URL"),
}


@pytest.mark.parametrize(("name", "value", "words"), VARIABLES.values(), ids=VARIABLES.keys())
def test_a_bad_variable_is_refused_by_name(home, monkeypatch, name, value, words):
    monkeypatch.setenv(name, value)
    with pytest.raises(InvalidInput, match=words) as caught:
        load_settings()
    assert "docs/settings.md" in str(caught.value)


FILES = {
    "unknown key": ("prot = 1", "settings.toml: prot"),
    "unknown key of a section": ("[server]\nprot = 1", "settings.toml: server.prot"),
    "wrong type": ('[server]\nport = "http"', "settings.toml: server.port"),
    "the folder it lies in": ('home = "/elsewhere"', "EASSISTANT_HOME"),
    "not TOML": ("[server", "settings.toml"),
    "not UTF-8": (b"\xd6\xd0", "settings.toml"),
}


@pytest.mark.parametrize(("text", "words"), FILES.values(), ids=FILES.keys())
def test_a_bad_file_is_refused_with_its_place(home, text, words):
    file = home / "settings.toml"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(InvalidInput) as caught:
        load_settings()
    assert words in str(caught.value)


def test_a_refused_secret_is_not_repeated(home, monkeypatch):
    monkeypatch.setenv("EASSISTANT_QDRANT__URL", "user:hunter2@host")
    with pytest.raises(InvalidInput) as caught:
        load_settings()
    assert "hunter2" not in str(caught.value)


def test_the_settings_page_is_current():
    assert PAGE.read_text(encoding="utf-8") == settings_page(), (
        "Run: python -m assistant.settings_page docs/settings.md"
    )


def test_every_setting_is_described():
    page = settings_page()
    for name in known_variables():
        section = any(other.startswith(f"{name}__") for other in known_variables())
        assert section or f"`{name}`" in page
    for row in page.splitlines():
        if row.startswith("| `EASSISTANT_"):
            assert row.rstrip("| ").count(" | ") == 3, f"no description: {row}"
