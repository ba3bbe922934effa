"""``eassistant corpus remove``, ``export`` and ``import`` (移除、导出、导入)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from assistant.cli import connect
from assistant.cli.options import Json

ORIGINALS = "originals"
"""Folder of the data home in which the bytes of ingested files are kept."""


def remove_document(
    document: Annotated[str, typer.Argument(metavar="文件", help="文件的名称或编号。Title or id of a document.")],
    purge: Annotated[
        bool, typer.Option("--purge", help="连同历史文本和原件一并删除，不能恢复。Delete for good.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help="不再询问。Do not ask.")] = False,
    as_json: Json = False,
) -> None:
    """移除从文件导入的内容：不再检索和引用，历史保留；--purge 则彻底删除。Take files out of the corpus."""
    from assistant.cli.corpus_store import store_for_changing
    from assistant.cli.output import print_json
    from corpus.errors import InvalidInput
    from corpus.inventory import holding_of
    from corpus.validity.wording import format_title
    from ingest.removal import plan_removal, retire
    from ingest.removal import purge as purge_for_good

    settings = connect.settings()
    today = settings.current_day()
    with store_for_changing(settings, "移除文件") as store:
        holding = holding_of(store, document, today)
        removal = plan_removal(store, holding.document, holding.versions)
        if (purge or removal.others) and not yes:
            along = (
                f"同一来源文件中的{'、'.join(map(format_title, removal.others))}将一并移除。" if removal.others else ""
            )
            action = "彻底删除后不能恢复。" if purge else ""
            raise InvalidInput(f"{along}{action}", remedy="确认无误后加上 --yes 再次运行。")
        if purge:
            purge_for_good(store, removal, settings.home / ORIGINALS, today)
        else:
            retire(store, removal, today)
    summary = {
        "document": removal.document.id,
        "title": removal.document.title,
        "purged": purge,
        "texts": len(removal.version_ids),
        "files": [f.path for f in removal.files],
        "others": list(removal.others),
    }
    if as_json:
        print_json(summary)
        return
    verb = "彻底删除" if purge else "移除（历史保留）"
    typer.echo(f"已{verb}{format_title(removal.document.title)}：文本 {len(removal.version_ids)} 份，来源文件：")
    for file in removal.files:
        typer.echo(f"   {file.path}")
    typer.echo("再次导入同一文件即恢复；索引在下次启动或检索时更新。")


def export_all(
    file: Annotated[Path, typer.Argument(metavar="FILE.zip", help="写到哪个文件。The archive to write.")],
    as_json: Json = False,
) -> None:
    """导出全部语料（文件、文本、条文、缺陷、来源、原件）为一个 zip。Export everything into one archive."""
    from assistant.cli.corpus_store import store_for_changing
    from corpus.store.exchange import export_corpus

    settings = connect.settings()
    with store_for_changing(settings, "导出语料") as store, _shown("正在导出") as advance:
        done = export_corpus(store, file, settings.home / ORIGINALS, advance)
    _report("已导出到", file, done.rows, done.originals, as_json=as_json)


def import_all(
    file: Annotated[Path, typer.Argument(metavar="FILE.zip", help="由 corpus export 导出的文件。The archive.")],
    as_json: Json = False,
) -> None:
    """把导出的语料装入空的数据文件夹，编号不变；索引随后重建。Import an archive into an empty home."""
    from assistant.cli.corpus_store import store_for_changing
    from corpus.store.exchange import import_corpus

    settings = connect.settings()
    with store_for_changing(settings, "导入语料") as store, _shown("正在导入") as advance:
        done = import_corpus(store, file, settings.home / ORIGINALS, advance)
    _report("已导入", file, done.rows, done.originals, as_json=as_json)
    if not as_json:
        typer.echo("索引在下次启动（eassistant start）时建立。")


@contextmanager
def _shown(message: str) -> Iterator[Callable[[int, int], None]]:
    from assistant.cli.progress import shown
    from assistant.contract import Preparation

    with shown() as show:
        yield lambda done, total: show(Preparation(stage="loading", message=message, done=done, total=total))


def _report(verb: str, file: Path, rows: Mapping[str, int], originals: int, *, as_json: bool) -> None:
    from assistant.cli.output import print_json

    if as_json:
        print_json({"file": str(file), "rows": dict(rows), "originals": originals})
        return
    typer.echo(
        f"{verb} {file}：文件 {rows['documents']} 件、文本 {rows['versions']} 份、条文 {rows['provisions']} 条、"
        f"来源文件 {rows['source_files']} 个、原件 {originals} 份。"
    )
