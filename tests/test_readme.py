"""The README stays true: its commands, settings, exit codes and links exist, in both languages alike."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import typer

from assistant.cli.main import app
from assistant.settings import known_variables
from corpus.errors import EAssistantError

ROOT = Path(__file__).resolve().parents[1]
READMES = ("README.md", "README.zh-CN.md")
PAGES = (*READMES, "CHANGELOG.md", "docs/architecture.md")


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def exit_codes(kind: type[EAssistantError] = EAssistantError) -> set[int]:
    return {kind.exit_code}.union(*(exit_codes(sub) for sub in kind.__subclasses__()))


@pytest.mark.parametrize("page", PAGES)
def test_links_lead_to_files_that_exist(page):
    links = re.findall(r'\]\(([^)#\s]+)\)|src="([^"]+)"', read(page))
    local = [link for pair in links for link in pair if link and not link.startswith("http")]
    assert [link for link in local if not ((ROOT / page).parent / link).exists()] == []


@pytest.mark.parametrize("page", PAGES)
def test_settings_named_are_settings_read(page):
    assert set(re.findall(r"EASSISTANT_\w+", read(page))) <= set(known_variables())


@pytest.mark.parametrize("page", PAGES)
def test_commands_named_are_commands_known(page):
    known = typer.main.get_command(app).commands
    assert set(re.findall(r"eassistant ([a-z][a-z-]+)", read(page))) <= set(known)


@pytest.mark.parametrize("page", READMES)
def test_every_exit_code_is_in_the_table(page):
    assert {int(code) for code in re.findall(r"^\| (\d) \|", read(page), re.MULTILINE)} == exit_codes() | {0}


@pytest.mark.parametrize("page", READMES)
def test_scripts_named_are_there_to_run(page):
    scripts = set(re.findall(r"script/\w+", read(page)))
    assert scripts == {"script/start", "script/test"}
    assert all((ROOT / script).stat().st_mode & 0o111 for script in scripts)


def test_both_languages_give_the_same_commands():
    english, chinese = (re.findall(r"```sh\n(.*?)```", read(page), re.DOTALL) for page in READMES)
    assert english == chinese
