"""What the commands share (公用选项): the application, options, progress, and how a report is given out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from corpus.errors import InvalidInput

if TYPE_CHECKING:
    from evals.report import Report
    from evals.suites.measured import Measured
    from evals.suites.served import Served

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,  # its tracebacks could print case facts
    help="评测：检索、问答、拒答。Evals: retrieval, officers' questions, refusal.",
)

JsonOut = Annotated[Path | None, typer.Option("--json", metavar="FILE", help="把结果写入 JSON 文件。Write JSON.")]
MarkdownOut = Annotated[
    Path | None, typer.Option("--markdown", metavar="FILE", help="把报告写入 Markdown 文件。Write the report.")
]
PerQueryOut = Annotated[
    Path | None, typer.Option("--per-query", metavar="FILE", help="逐题结果（JSON 行）。One JSON line a question.")
]
Today = Annotated[
    str | None,
    typer.Option("--today", metavar="YYYY-MM-DD", help="未写明日期的问题按哪天回答。The day of undated questions."),
]


def service(today: str | None) -> AbstractContextManager[Served]:
    """The service that is asked, on the day of ``--today``."""
    from assistant.cli.connect import settings as load
    from evals.suites.served import serve

    return serve(load(), day_of(today))


def day_of(text: str | None) -> dt.date | None:
    if text is None:
        return None
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise InvalidInput(f"{text} is not a day.", where="--today", remedy="Write it as YYYY-MM-DD.") from None


def require_writable(*paths: Path | None) -> None:
    """Refuse before the work rather than lose its results after it."""
    for path in paths:
        if path is not None and not path.absolute().parent.is_dir():
            raise InvalidInput("The folder does not exist.", where=str(path.absolute().parent), remedy="Make it first.")


@contextmanager
def progress(label: str, total: int) -> Iterator[Callable[[int], None]]:
    """A progress bar on standard error; the step is the number done so far."""
    from rich.console import Console
    from rich.progress import MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn(label), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(label, total=total)
        yield lambda done: bar.update(task, completed=done)


def say_stage(stage: str, done: int, total: int) -> None:
    typer.secho(f"{stage}: {done}/{total}", dim=True, err=True)


def finish(report: Report, json_path: Path | None, markdown_path: Path | None) -> None:
    typer.echo(report.to_markdown())
    report.write(json_path, markdown_path)


def give_out(measured: Measured, json_path: Path | None, markdown_path: Path | None, rows_path: Path | None) -> None:
    """The report, the rows where asked, and what must not occur."""
    from evals.report import write_jsonl

    finish(measured.report, json_path, markdown_path)
    if rows_path is not None:
        write_jsonl(rows_path, measured.rows)
    for line in measured.faults:
        typer.secho(line, fg=typer.colors.RED, err=True)
