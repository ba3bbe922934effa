"""``python -m evals.load``: start the service on a copy of a data folder, play the officers, report."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Annotated

import typer

from corpus.errors import InvalidInput
from evals.load.plan import write_plan
from evals.load.report import load_report
from evals.load.service import running_service, service_environment, watched
from evals.report import Cell
from evals.script import run_script

_LOCUSTFILE = Path(__file__).with_name("locustfile.py")


def main(
    home: Annotated[Path, typer.Argument(help="Indexed data folder; accounts are written to it: give a copy.")],
    users: Annotated[int, typer.Option(min=1, help="People at once.")] = 50,
    minutes: Annotated[float, typer.Option(min=0.1, help="How long, after all have come.")] = 5.0,
    markdown: Annotated[Path | None, typer.Option(help="Write the report here.")] = None,
    json_out: Annotated[Path | None, typer.Option("--json", help="Write the figures here.")] = None,
) -> None:
    """Play officers against the service on a copy of a data folder and print what it took."""
    from assistant.settings import AccountSettings, Settings

    if not (home / "corpus.db").is_file():
        raise InvalidInput("No corpus in this folder.", where=str(home), remedy="Give an indexed data folder.")
    settings = Settings(home=home.absolute(), accounts=AccountSettings(enabled=True))
    with tempfile.TemporaryDirectory() as folder:
        plan, counted = Path(folder) / "plan.json", Path(folder) / "counted"
        write_plan(plan, settings, users)
        with running_service(service_environment(settings.home)) as (url, process), watched(process) as watch:
            subprocess.run(_locust(url, plan, counted, users, minutes), check=False)
        stats = json.loads(counted.with_suffix(".json").read_text(encoding="utf-8"))
    conditions: dict[str, Cell] = {"people": users, "minutes": minutes, "think time": "4 to 6 s", "chat model": "none"}
    report = load_report(stats, watch, conditions)
    typer.echo(report.to_markdown())
    report.write(json_out, markdown)


def _locust(url: str, plan: Path, counted: Path, users: int, minutes: float) -> list[str]:
    options = ["--headless", "--only-summary", "--loglevel", "WARNING", "--json-file", str(counted)]
    who = ["--users", str(users), "--spawn-rate", "10", "--run-time", f"{round(minutes * 60)}s", "--stop-timeout", "20"]
    return [sys.executable, "-m", "locust", "-f", str(_LOCUSTFILE), "--host", url, "--plan", str(plan), *who, *options]


if __name__ == "__main__":
    run_script(main)
