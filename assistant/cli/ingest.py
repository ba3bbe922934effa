"""``eassistant ingest`` (导入): files become dated, citable texts, each with a report of what became of it."""

from __future__ import annotations

import json
import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli import connect
from assistant.cli.options import Json

if TYPE_CHECKING:
    from assistant.settings import Settings
    from corpus.store import CorpusStore
    from ingest.loading.report import IngestReport
    from ingest.loading.run import IngestOptions

_SHOWN = 20
_STOPPED = 130  # what a shell reports for a command ended by Ctrl-C


def ingest(
    paths: Annotated[list[Path], typer.Argument(metavar="PATH...", help="文件、文件夹或 ZIP。Files, folders or ZIPs.")],
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="只试算会有什么变化，不写入。Say what would change, write nothing.")
    ] = False,
    jobs: Annotated[
        int | None, typer.Option("--jobs", min=1, help="同时读取的进程数，默认为处理器核数。Worker processes.")
    ] = None,
    report: Annotated[
        Path | None,
        typer.Option("--report", metavar="FILE", help="另存报告：.json 或 .md。Write the report here as well."),
    ] = None,
    region: Annotated[
        str | None,
        typer.Option("--region", help="未写明地区的文件归入此地区，如 宁波市。Region of files that name none."),
    ] = None,
    for_department: Annotated[
        list[str] | None, typer.Option("--for-department", help="只供这个部门阅读，可重复。Readers; may be repeated.")
    ] = None,
    for_region: Annotated[
        list[str] | None, typer.Option("--for-region", help="只供这个地区阅读，可重复。Readers; may be repeated.")
    ] = None,
    encode: Annotated[
        bool, typer.Option("--encode/--no-encode", help="导入后接着做语义编码。Encode for semantic search afterwards.")
    ] = True,
    as_json: Json = False,
) -> None:
    """导入文件：法规、规章、案例、指引、清单等；中途停止后再次运行即继续。Read files into the corpus; resumable."""
    from assistant.cli.output import print_json
    from assistant.readers.service import readers_given
    from assistant.server import owned_data_folder
    from corpus.errors import IndexUnavailable
    from corpus.store import CorpusStore
    from ingest.loading.report_page import report_page, summary
    from ingest.loading.run import IngestOptions

    settings = connect.settings()
    with connect.server(settings) as client:
        if client is not None:
            raise IndexUnavailable(
                f"服务正在运行（{client.base_url}），运行中不能另行导入。",
                where=str(settings.home),
                remedy="请在网页“资料管理”（/manage?tab=upload）上传，服务不必停止；或先停止服务再导入。",
            )
    options = IngestOptions(settings.home, jobs or os.cpu_count() or 1, region, dry_run)
    options = replace(options, readers=readers_given(for_department or (), for_region or ()))
    untouched = dry_run and not settings.home.exists()
    with nullcontext() if untouched else owned_data_folder(settings.home):
        store = CorpusStore.open("sqlite://" if untouched else settings.store_url)
        try:
            done = _read(store, paths, options, settings)
        finally:
            store.close()
    page, plain = report_page(done), json.dumps(done.as_json(), ensure_ascii=False, indent=1)
    if not dry_run:
        _write(settings.home / "reports" / "ingest.md", page)
        _write(settings.home / "reports" / "ingest.json", plain)
    if report is not None:
        _write(report, plain if report.suffix.lower() == ".json" else page)
    if not as_json:
        typer.echo(summary(done))
        _say_troubles(done)
        if not dry_run:
            typer.echo(f"完整报告：{settings.home / 'reports' / 'ingest.md'}")
    if not dry_run and not done.stopped:
        _index(settings, dense=encode)
    if as_json:
        print_json(done.as_json())
    if done.stopped:
        connect.say("已停止；再次运行同一命令即继续。")
        raise typer.Exit(_STOPPED)
    if done.failed:
        raise typer.Exit(1)


def _read(store: CorpusStore, paths: list[Path], options: IngestOptions, settings: Settings) -> IngestReport:
    from assistant.cli.progress import shown
    from assistant.contract import Preparation
    from ingest.loading.run import ingest_files

    with shown() as show, _signals() as stop:

        def advance(done: int, total: int, _name: str) -> None:
            show(Preparation(stage="loading", message="正在读取文件", done=done, total=total))

        return ingest_files(store, paths, options, today=settings.current_day(), progress=advance, stop=stop)


def _index(settings: Settings, *, dense: bool) -> None:
    """Bring the index up to the store; the laws of the package are loaded on the way if they never were."""
    from assistant.cli.local import open_runtime
    from assistant.cli.progress import shown

    with open_runtime(settings) as runtime, shown() as show:
        runtime.prepare(show, dense=dense)


@contextmanager
def _signals() -> Iterator[Callable[[], bool]]:
    """Whether Ctrl-C or SIGTERM has asked to stop; what is under way is finished file by file."""
    asked = False

    def ask(_signal: int, _frame: object) -> None:
        nonlocal asked
        if asked:
            raise KeyboardInterrupt
        asked = True

    before = {number: signal.signal(number, ask) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield lambda: asked
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _write(path: Path, words: str) -> None:
    from corpus.errors import StoreUnavailable

    fresh = path.with_name(path.name + ".new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh.write_text(words, encoding="utf-8", errors="backslashreplace")
        fresh.replace(path)
    except OSError as error:
        raise StoreUnavailable(
            f"报告无法写入（{error.strerror or error}）。", where=str(path), remedy="请检查该文件夹的权限与剩余空间。"
        ) from error


def _say_troubles(done: IngestReport) -> None:
    """The first failures, on standard error; the rest stands in the report."""
    from ingest.loading.report import Outcome

    failed = [f for f in done.files if f.outcome is Outcome.FAILED]
    for file in failed[:_SHOWN]:
        for trouble in file.troubles:
            typer.secho(f"{file.name}：{trouble.message}{trouble.remedy}", fg=typer.colors.RED, err=True)
    if len(failed) > _SHOWN:
        typer.secho(f"……另有 {len(failed) - _SHOWN} 个文件失败，见报告。", fg=typer.colors.RED, err=True)
