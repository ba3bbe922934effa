"""``eassistant corpus limit`` (阅读对象): which departments and regions may read a document."""

from __future__ import annotations

from typing import Annotated

import typer

from assistant.cli import connect
from assistant.cli.options import Json


def limit_document(
    document: Annotated[str, typer.Argument(metavar="文件", help="文件的名称或编号。Title or id of a document.")],
    department: Annotated[
        list[str] | None, typer.Option("--department", help="可以阅读的部门，可重复。May be repeated.")
    ] = None,
    region: Annotated[
        list[str] | None, typer.Option("--region", help="可以阅读的地区（含其下各地），可重复。May be repeated.")
    ] = None,
    everyone: Annotated[bool, typer.Option("--everyone", help="不再限定。Lift the limits.")] = False,
    as_json: Json = False,
) -> None:
    """限定谁可以阅读一份文件，立即生效；不写选项则只显示现状。Limit who may read a document, at once."""
    from assistant.cli.corpus_store import store_for_reading
    from assistant.cli.output import print_json
    from assistant.readers.service import readers_given
    from corpus.errors import InvalidInput
    from corpus.inventory import holding_of
    from corpus.store.readers import readers_of, set_readers
    from corpus.validity.wording import format_title

    wanted = readers_given(department or (), region or ())
    if everyone and not wanted.everyone:
        raise InvalidInput("--everyone 不能与 --department、--region 同用。", remedy="请只写其中一种。")
    settings = connect.settings()
    with store_for_reading(settings) as store:
        found = holding_of(store, document, settings.current_day()).document
        if everyone or not wanted.everyone:
            set_readers(store, {found.id: wanted})
        readers = readers_of(store, found.id)
    if as_json:
        shown = {"departments": sorted(readers.departments), "regions": sorted(readers.regions)}
        print_json({"document": found.id, "title": found.title, **shown})
    else:
        typer.echo(f"{format_title(found.title)}的阅读对象：{readers}。")
