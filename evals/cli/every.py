"""``eassistant eval all`` (全部评测): every suite, one after another, and one report."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from corpus.errors import InvalidInput
from evals.cli.common import Today, app, day_of, progress, require_writable, say_stage


@app.command("all")
def all_suites(
    suites: Annotated[
        list[str] | None, typer.Argument(metavar="[SUITE]...", help="只做这些；默认全部。Only these; default: all.")
    ] = None,
    report: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="写入此文件两个标记之间的一节。Write the section between two marks of FILE."),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="逐题结果的目录；默认在数据目录下。Rows of every question; made if absent."),
    ] = None,
    again: Annotated[bool, typer.Option("--again", help="已完成的也重做。Run finished suites again.")] = False,
    stard: Annotated[
        Path | None,
        typer.Option(
            envvar="EVAL_STARD", metavar="DIR", help="corpus.jsonl.gz 与 train.jsonl 所在目录。Corpus and questions."
        ),
    ] = None,
    stard_queries: Annotated[
        Path | None,
        typer.Option(envvar="EVAL_STARD_QUERIES", metavar="FILE", help="改用此题集。Other questions."),
    ] = None,
    every_fold: Annotated[
        bool, typer.Option("--every-fold", help="不只取固定的五分之一。All questions, not the fixed fifth alone.")
    ] = False,
    officer: Annotated[
        Path | None, typer.Option(envvar="EVAL_OFFICER", metavar="FILE", help="执法人员题集。Officers' questions.")
    ] = None,
    discretion: Annotated[
        Path | None,
        typer.Option(envvar="EVAL_DISCRETION", metavar="DIR", help="裁量基准、清单原件。Benchmarks and lists."),
    ] = None,
    discretion_questions: Annotated[
        Path | None,
        typer.Option(envvar="EVAL_DISCRETION_QUESTIONS", metavar="FILE", help="它们的口语描述。Descriptions for them."),
    ] = None,
    limit: Annotated[
        int | None, typer.Option(min=1, help="每套只用前几题，试跑用。Only the first questions of each, for a trial.")
    ] = None,
    today: Today = None,
) -> None:
    """逐套评测并写一份报告；中断后再运行即继续。Run every suite and write one report; a stopped run goes on."""
    from assistant.cli.connect import settings as load
    from assistant.server import made_data_folder
    from evals.suites.bench import Bench, Sources
    from evals.suites.plan import NAMES, SUITES
    from evals.suites.runner import run_suites
    from evals.suites.section import failures, insert, section

    unknown = sorted(set(suites or ()) - set(NAMES))
    if unknown:
        raise InvalidInput(f"There is no suite {', '.join(unknown)}.", remedy=f"There are: {', '.join(NAMES)}.")
    require_writable(report)
    page = report.read_text(encoding="utf-8") if report is not None and report.exists() else ""
    insert(page, "")  # marks that are amiss are told before the work
    settings = load()
    made_data_folder(settings.home)
    folder = out or settings.home / "evals" / "suites"
    folder.mkdir(parents=True, exist_ok=True)
    sources = Sources(stard, stard_queries, every_fold, officer, discretion, discretion_questions, limit)
    with Bench(settings, day_of(today), sources, progress, say_stage) as bench:
        outcomes = run_suites(SUITES, set(suites or NAMES), bench, folder, again=again, say=_say)
    written = section(outcomes)
    typer.echo(written)
    if report is not None:
        page = report.read_text(encoding="utf-8") if report.exists() else ""  # others may have written meanwhile
        report.write_text(insert(page, written), encoding="utf-8")
    if failures(outcomes):
        raise typer.Exit(1)


def _say(line: str) -> None:
    typer.secho(line, err=True)
