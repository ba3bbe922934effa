"""The eval commands, against a stand-in service."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from corpus.errors import EAssistantError, InvalidInput
from evals.cli import app
from tests.evals.eval_samples import Refuser

TODAY = "2026-11-21"


@pytest.fixture
def service(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Refuser:
    assistant = Refuser()

    @contextmanager
    def standing_in(_: Any) -> Iterator[Refuser]:
        yield assistant

    monkeypatch.setenv("EASSISTANT_HOME", str(tmp_path / "home"))
    (tmp_path / "home").mkdir()
    monkeypatch.setattr("assistant.cli.connect.service", standing_in)
    return assistant


@pytest.fixture
def data(tmp_path: Path) -> Path:
    path = tmp_path / "set.jsonl"
    gold = [{"law": "甲法", "article": "第一条", "paragraph": 1, "must": True}]
    rows = [
        {"id": "a", "question": "怎么罚", "kind": "direct", "source": "laws.db", "gold": gold, "as_of": "2026-08-14"},
        {"id": "b", "question": "怎么罚", "kind": "colloquial", "source": "lawrefbook", "gold": gold, "as_of": None},
        {"id": "c", "question": "你好", "kind": "unanswerable", "source": "laws.db", "gold": [], "as_of": None},
    ]
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return path


def _invoke(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, [str(a) for a in arguments])


def _done(*arguments: str | Path) -> Result:
    result = _invoke(*arguments)
    assert result.exit_code == 0, result.output
    return result


def _refused(*arguments: str | Path) -> EAssistantError:
    error = _invoke(*arguments).exception
    assert isinstance(error, EAssistantError)
    return error


def test_officer_questions_of_one_source_are_scored_and_the_rest_counted(
    service: Refuser, data: Path, tmp_path: Path
) -> None:
    out, rows = tmp_path / "out.json", tmp_path / "rows.jsonl"
    result = _done(
        "officer-qa", "--data", data, "--today", TODAY, "--source", "laws.db", "--json", out, "--per-query", rows
    )
    report = json.loads(out.read_text(encoding="utf-8"))
    assert report["figures"]["questions"] == 2
    assert report["figures"]["overall"]["recall_10"] == 0.0
    assert report["figures"]["refused_unanswerable"] == 1.0
    assert report["figures"]["false_refusals"] == 0.0
    assert report["conditions"]["today"] == TODAY
    assert len(report["exclusions"]) == 2
    assert "| direct | 1 | 0.000 |" in result.output
    assert service.days == {"2026-08-14", TODAY}
    assert [json.loads(line)["id"] for line in rows.read_text(encoding="utf-8").splitlines()] == ["a", "c"]


def test_refusals_are_shown_by_half_and_group(service: Refuser, tmp_path: Path) -> None:
    out, report_file = tmp_path / "out.json", tmp_path / "report.md"
    result = _done("refusal", "--today", TODAY, "--json", out, "--markdown", report_file)
    figures = json.loads(out.read_text(encoding="utf-8"))["figures"]
    assert set(figures["halves"]) == {"tune", "check", "all"}
    assert (
        figures["halves"]["tune"]["answerable"] + figures["halves"]["check"]["answerable"]
        == (figures["halves"]["all"]["answerable"])
    )
    assert {"unanswerable, plain", "unanswerable, hard negative", "colloquial"} <= set(figures["groups"])
    assert report_file.read_text(encoding="utf-8").strip() in result.output


def test_one_half_is_asked_alone(service: Refuser, tmp_path: Path) -> None:
    out = tmp_path / "out.json"
    _done("refusal", "--half", "check", "--json", out)
    assert set(json.loads(out.read_text(encoding="utf-8"))["figures"]["halves"]) == {"check", "all"}


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--today", "2026-13-40"], "2026-13-40"),
        (["--source", "nowhere"], "nowhere"),
        (["--json", "absent/out.json"], "absent"),
        (["--data", "absent.jsonl"], "absent.jsonl"),
    ],
)
def test_bad_options_are_refused_before_anything_is_asked(
    service: Refuser, data: Path, options: list[str], words: str
) -> None:
    error = _refused("officer-qa", "--data", data, *options)
    assert isinstance(error, InvalidInput)
    assert words in str(error)
    assert service.days == set()
