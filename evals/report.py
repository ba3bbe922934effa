"""Reports (评测报告): the figures of a run with what they rest on, as JSON and as Markdown."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

Cell = str | int | float | None


@dataclass(frozen=True, slots=True)
class Table:
    """A table of a report. A float is a share or a score and prints with three decimals; None prints as –."""

    title: str
    columns: Sequence[str]
    rows: Sequence[Sequence[Cell]]


@dataclass(frozen=True, slots=True)
class Report:
    """What a run measured: its conditions (corpus, models, day, counts), its tables, and what was left out, why."""

    title: str
    conditions: Mapping[str, Cell]
    tables: Sequence[Table]
    exclusions: Sequence[str] = ()
    figures: Mapping[str, Any] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        return {
            "title": self.title,
            "conditions": dict(self.conditions),
            "figures": dict(self.figures),
            "exclusions": list(self.exclusions),
        }

    def to_markdown(self) -> str:
        parts = [f"## {self.title}", grid(["condition", "value"], list(self.conditions.items()))]
        parts += [f"### {table.title}\n\n{grid(table.columns, table.rows)}" for table in self.tables]
        excluded = "\n".join(f"- {line}" for line in self.exclusions) or "none"
        parts.append(f"### Left out\n\n{excluded}")
        return "\n\n".join(parts) + "\n"

    def write(self, json_path: Path | None, markdown_path: Path | None) -> None:
        if json_path is not None:
            json_path.write_text(json.dumps(self.to_json(), ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
        if markdown_path is not None:
            markdown_path.write_text(self.to_markdown(), encoding="utf-8")


def write_jsonl(path: Path, rows: Sequence[Mapping[str, Any]]) -> None:
    """One JSON object a line: what happened to each question, so that failures can be read."""
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")


def append_jsonl(path: Path, row: Mapping[str, Any]) -> None:
    """One more line of such a file."""
    with path.open("a", encoding="utf-8") as file:
        file.write(json.dumps(row, ensure_ascii=False) + "\n")


def grid(columns: Sequence[str], rows: Sequence[Sequence[Cell]]) -> str:
    """A Markdown table."""
    head = "| " + " | ".join(columns) + " |"
    rule = "|" + "---|" * len(columns)
    return "\n".join([head, rule, *("| " + " | ".join(_cell(c) for c in row) + " |" for row in rows)])


def _cell(value: Cell) -> str:
    if value is None:
        return "–"
    if isinstance(value, float):
        return f"{value:.3f}"
    return str(value).replace("|", "\\|").replace("\n", " ")
