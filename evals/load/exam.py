"""``python -m evals.load.exam HOME --people 500``: everybody sits one exam and submits within the same minute.

HOME is an indexed data folder; accounts, a paper and attempts are written to it: give a copy. Needs the extra ``load``.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Annotated

import typer

from corpus.errors import InvalidInput
from evals.load.exam_paper import KINDS, open_paper
from evals.load.plan import make_tokens
from evals.load.report import load_report
from evals.load.service import running_service, service_environment, watched
from evals.report import Cell
from evals.script import run_script

_LOCUSTFILE = Path(__file__).with_name("exam_locustfile.py")


def main(
    home: Annotated[Path, typer.Argument(help="Indexed data folder; it is written to: give a copy.")],
    people: Annotated[int, typer.Option(min=1, help="People who sit the exam.")] = 500,
    markdown: Annotated[Path | None, typer.Option(help="Write the report here.")] = None,
    json_out: Annotated[Path | None, typer.Option("--json", help="Write the figures here.")] = None,
) -> None:
    """Let people start, save and submit, look for every answer in the results, and print what it took."""
    from assistant.settings import AccountSettings, Settings

    if not (home / "corpus.db").is_file():
        raise InvalidInput("No corpus in this folder.", where=str(home), remedy="Give an indexed data folder.")
    settings = Settings(home=home.absolute(), accounts=AccountSettings(enabled=True))
    with tempfile.TemporaryDirectory() as folder:
        plan, counted = Path(folder) / "plan.json", Path(folder) / "counted"
        plan.write_text(json.dumps({"tokens": make_tokens(settings, people), "paper": open_paper(settings)}))
        with running_service(service_environment(settings.home)) as (url, process), watched(process) as watch:
            subprocess.run(_locust(url, plan, counted, people), check=False)
        stats = json.loads(counted.with_suffix(".json").read_text(encoding="utf-8"))
    conditions: dict[str, Cell] = {
        "people": people,
        "items": len(KINDS),
        "saves before submission": 4,
        "submissions": "spread evenly over 60 s",
    }
    report = load_report(stats, watch, conditions)
    typer.echo(report.to_markdown())
    report.write(json_out, markdown)


def _locust(url: str, plan: Path, counted: Path, people: int) -> list[str]:
    options = ["--headless", "--only-summary", "--loglevel", "WARNING", "--json-file", str(counted)]
    who = ["--users", str(people), "--spawn-rate", "20", "--run-time", "600s", "--stop-timeout", "20"]
    return [sys.executable, "-m", "locust", "-f", str(_LOCUSTFILE), "--host", url, "--plan", str(plan), *who, *options]


if __name__ == "__main__":
    run_script(main)
