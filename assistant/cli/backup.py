"""``eassistant backup`` and ``restore`` (备份、恢复): all that cannot be made again, in one file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli import connect
from assistant.cli.options import Json

if TYPE_CHECKING:
    from collections.abc import Callable

    from assistant.backup import Progress, Saved
    from assistant.contract import Preparation


def backup(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="备份文件，如 2026-11-22.zip。The file to write.")],
    as_json: Json = False,
) -> None:
    """备份语料、原件、账户、对话、日志与设置；服务运行时也可进行。Back up corpus and user data; the service may run."""
    from assistant.backup import back_up, open_stores
    from assistant.cli.progress import shown
    from corpus.errors import InvalidInput

    settings = connect.settings()
    if file.exists():
        raise InvalidInput("已有同名文件。", where=str(file), remedy="请换一个文件名，以免覆盖以前的备份。")
    with open_stores(settings) as stores, shown() as show:
        saved = back_up(settings, stores, file.absolute(), _telling("正在备份", show))
    _say(saved, as_json, f"已备份到 {file}。其中有账户、对话和设置（可能含密钥），请妥善保管。")


def restore(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="备份文件。The file that backup wrote.")],
    as_json: Json = False,
) -> None:
    """把备份恢复到空的数据文件夹或空数据库；索引在启动时重建。Restore a backup into an empty data folder."""
    from assistant.backup import open_stores
    from assistant.backup import restore as restore_all
    from assistant.cli.progress import shown
    from assistant.server import owned_data_folder

    settings = connect.settings()
    with owned_data_folder(settings.home), open_stores(settings) as stores, shown() as show:
        saved = restore_all(settings, stores, file, _telling("正在恢复", show))
    _say(saved, as_json, "已恢复。启动服务后会重建索引；语义编码需重新进行。")


def _telling(action: str, show: Callable[[Preparation], None]) -> Progress:
    from assistant.contract import Preparation

    def tell(name: str, done: int, total: int) -> None:
        show(Preparation(stage="loading", message=f"{action}{name}", done=done, total=total))

    return tell


def _say(saved: Saved, as_json: bool, words: str) -> None:
    from assistant.cli.output import print_json

    if as_json:
        stores = {"corpus": saved.corpus, "userdata": saved.userdata}
        print_json({name: {"rows": dict(s.rows), "files": s.originals} for name, s in stores.items()})
        return
    documents, conversations = saved.corpus.rows.get("documents", 0), saved.userdata.rows.get("conversations", 0)
    typer.echo(f"文件 {documents} 部、原件 {saved.corpus.originals} 个、对话 {conversations} 个。{words}")
