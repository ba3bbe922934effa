"""``eassistant doctor`` (体检): what a person should know before relying on this installation."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from assistant.cli import connect
from assistant.cli.options import Json

if TYPE_CHECKING:
    from ingest.doctor import Check


def doctor(as_json: Json = False) -> None:
    """检查数据文件夹、语料、索引、编码器与模型；有错误时退出码为 1。Check everything and say what to do."""
    from dataclasses import asdict

    from assistant.checkup import check_up
    from assistant.cli.output import print_json
    from corpus.vocabulary import Severity

    settings = connect.settings()
    with connect.server(settings) as client:
        checks = check_up(settings, client)
    if as_json:
        print_json({"checks": [asdict(check) for check in checks]})
    else:
        for check in checks:
            _print(check)
        counts = {s: sum(c.severity is s for c in checks) for s in Severity}
        typer.echo(
            f"检查 {len(checks)} 项：错误 {counts[Severity.ERROR]}，警告 {counts[Severity.WARNING]}，"
            f"正常或提示 {counts[Severity.INFO]}。"
        )
    if any(check.severity is Severity.ERROR for check in checks):
        raise typer.Exit(1)


def _print(check: Check) -> None:
    from corpus.vocabulary import Severity

    marks = {
        Severity.ERROR: ("✗", typer.colors.RED),
        Severity.WARNING: ("!", typer.colors.YELLOW),
        Severity.INFO: ("✓", typer.colors.GREEN),
    }
    mark, colour = marks[check.severity]
    typer.echo(f"{typer.style(mark, fg=colour)} {check.message}  {typer.style(check.name, dim=True)}")
    for sample in check.samples:
        typer.secho(f"    {sample}", dim=True)
    if check.count > len(check.samples) and check.samples:
        typer.secho(f"    ……共 {check.count} 处", dim=True)
    if check.remedy:
        typer.echo(f"    处理：{check.remedy}")
