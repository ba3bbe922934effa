"""``eassistant load`` and ``index`` (装载、索引)."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from assistant.cli import connect
from assistant.cli.options import Json


def load_laws(
    source: Annotated[
        Path | None, typer.Option("--source", help="另一份 laws.db；默认用已安装软件包中的。Another laws.db.")
    ] = None,
    only: Annotated[
        list[str] | None, typer.Option("--law", help="只装这一部，可重复。Only this law; may be repeated.")
    ] = None,
    limit: Annotated[
        int | None, typer.Option("--limit", min=1, help="只装约这么多条，供试用。About so many provisions only.")
    ] = None,
    as_json: Json = False,
) -> None:
    """装入全国性法律；中途停止后再次运行即继续。Load the national laws; run it again after an interruption."""
    from assistant.cli.output import print_json
    from assistant.cli.progress import shown
    from assistant.contract import Preparation
    from assistant.server import owned_data_folder
    from corpus.errors import IndexUnavailable
    from corpus.store import CorpusStore
    from ingest.load import LoadProgress, load_national_laws

    settings = connect.settings()
    with connect.server(settings) as client:
        if client is not None:
            raise IndexUnavailable(
                f"服务正在运行（{client.base_url}），它在启动时自行装载，运行中不能另行装载。",
                where=str(settings.home),
                remedy="请先停止服务再装载。",
            )
    with owned_data_folder(settings.home), shown() as show:
        store = CorpusStore.open(settings.store_url)

        def advance(p: LoadProgress) -> None:
            show(Preparation(stage="loading", message="正在装载法律", done=p.done, total=p.total))

        try:
            report = load_national_laws(
                store,
                today=settings.current_day(),
                source_path=source,
                only=only or None,
                limit_provisions=limit,
                progress=advance,
            )
            counts = store.counts()
        finally:
            store.close()
    summary = {
        "source": report.source,
        "read": report.read,
        "stored": report.stored,
        "unchanged": report.unchanged,
        "removed": report.removed,
        "failed": [{"where": f.where, "what": f.what, "remedy": f.remedy} for f in report.failures],
        "findings": {kind.value: count for kind, count in sorted(report.findings.items())},
        "counts": counts,
    }
    if as_json:
        print_json(summary)
    else:
        typer.echo(
            f"{report.source}：读取文本 {report.read} 份，存入 {report.stored}，未变 {report.unchanged}，"
            f"移除 {report.removed}，失败 {len(report.failures)}；语料库现有条文 {counts['provisions']} 条。"
        )
        typer.echo(f"来源缺陷 {sum(report.findings.values())} 处，详见 eassistant doctor。")
        for failure in report.failures:
            typer.secho(str(failure), fg=typer.colors.RED, err=True)
    if report.failures:
        raise typer.Exit(1)


def index_status(as_json: Json = False) -> None:
    """索引进度。How far the index is."""
    from assistant.cli.local import open_runtime
    from assistant.cli.output import print_json

    settings = connect.settings()
    with connect.server(settings) as client:
        if client is not None:
            status = client.index_status()
        else:
            with open_runtime(settings) as runtime:
                runtime.open_index()
                status = runtime.index_status()
    if as_json:
        print_json(status)
        return
    typer.echo(f"片段 {status.total}，已入索引 {status.points}，已有语义向量 {status.dense_points}。")
    if status.encoding:
        left = f"，约剩 {status.eta:.0f} 秒" if status.eta is not None else ""
        typer.echo(f"正在编码{left}。")
    elif status.dense_points < status.total:
        typer.echo("未完成；eassistant serve 或 eassistant index rebuild 会接着做。")


def index_rebuild(
    lexical_only: Annotated[
        bool, typer.Option("--lexical-only", help="只建关键词索引，不做语义编码。Skip dense encoding.")
    ] = False,
    as_json: Json = False,
) -> None:
    """删去索引并从语料库重建；编码过的文字不再编码。Delete the index and rebuild it from the store."""
    from assistant.cli.local import open_runtime
    from assistant.cli.output import print_json
    from assistant.cli.progress import shown

    settings = connect.settings()
    with connect.server(settings) as client:
        if client is not None:
            preparation = client.rebuild_index()
            if as_json:
                print_json(preparation)
            else:
                typer.echo(f"服务已在后台重建索引：{preparation.message}。进度见 eassistant index status。")
            return
    with open_runtime(settings) as runtime, shown() as show:
        runtime.erase_index()
        runtime.prepare(show, dense=not lexical_only)
        status = runtime.index_status()
    if as_json:
        print_json(status)
    else:
        typer.echo(f"已重建：片段 {status.points}，语义向量 {status.dense_points}。")
