"""The compose file and the image agree with the program; neither has been run by a test (no image registry)."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

from assistant.settings import known_variables

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def services() -> dict[str, Any]:
    return yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))["services"]


def test_only_settings_that_the_program_knows_are_set(services: dict[str, Any]) -> None:
    given = {n for s in services.values() for n in s.get("environment", {}) if n.startswith("EASSISTANT_")}
    assert given
    assert given <= set(known_variables())


def test_whatever_listens_beyond_the_machine_has_accounts(services: dict[str, Any]) -> None:
    for name in ("api", "page"):
        assert services[name]["environment"]["EASSISTANT_ACCOUNTS__ENABLED"] == "true"
    published = [port for service in services.values() for port in service.get("ports", [])]
    assert published == ["127.0.0.1:8601:8601"]


def test_no_password_stands_in_the_file(services: dict[str, Any]) -> None:
    assert services["database"]["environment"]["POSTGRES_PASSWORD"].startswith("${POSTGRES_PASSWORD:?")


def test_the_image_holds_every_package_and_the_database_driver() -> None:
    dockerfile = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    for pattern in project["tool"]["setuptools"]["packages"]["find"]["include"]:
        package = pattern.removesuffix("*")
        assert f"COPY {package} {package}\n" in dockerfile
        assert f"!{package}\n" in (ROOT / ".dockerignore").read_text(encoding="utf-8")
    assert '".[postgres]"' in dockerfile
    assert "postgres" in project["project"]["optional-dependencies"]
