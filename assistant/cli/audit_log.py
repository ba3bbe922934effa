"""``eassistant audit verify``, ``show``, ``export`` and ``erase`` (操作日志).

They read the database of user data itself, beside a running server too: who may run them may read the data folder.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from assistant.cli import connect
from assistant.cli.options import Json

if TYPE_CHECKING:
    from assistant.auditlog.contract import LogEntry
    from assistant.auditlog.log import AuditLog
    from assistant.contract import Request

Query = TypeVar("Query", bound="Request")

_NOT_WHOLE = 1


def verify(
    head: Annotated[
        str | None, typer.Option("--head", metavar="HASH", help="先前记下的哈希，日志中须有此条。A head noted before.")
    ] = None,
    as_json: Json = False,
) -> None:
    """校验操作日志是否完整、未被改动；请把显示的哈希记在别处。Check the whole log and print its head."""
    from assistant.auditlog.contract import VerifyQuery
    from assistant.cli.output import print_json

    with _opened() as log:
        found = log.verify(_checked(VerifyQuery, head=head).head)
    if as_json:
        print_json(found)
    elif found.ok:
        typer.secho(f"操作日志完整，未被改动：{found.entries} 条。", fg=typer.colors.GREEN)
        if found.erased:
            typer.echo(f"其中 {found.erased} 条的个人信息已依记载删除。")
        typer.echo(f"末条哈希（请记在别处，供日后 --head 比对）：\n{found.head}")
    else:
        typer.secho(f"操作日志有问题：{found.fault}。", fg=typer.colors.RED, err=True)
        where = f"第 {found.bad_seq} 条" if found.bad_seq else "整个日志"
        typer.echo(f"  位置：{where}（此前 {found.entries} 条无误）", err=True)
        typer.echo("  处理：请停止使用并保留现场，与最近的备份比对。", err=True)
    if not found.ok:
        raise typer.Exit(_NOT_WHOLE)


def show(
    act: Annotated[str | None, typer.Option("--act", help="只列这种操作，如 ask。Only this act.")] = None,
    person: Annotated[str | None, typer.Option("--person", help="只列此人，账户编号。Account id.")] = None,
    since: Annotated[str | None, typer.Option("--since", metavar="YYYY-MM-DD", help="自这一天起。From.")] = None,
    until: Annotated[str | None, typer.Option("--until", metavar="YYYY-MM-DD", help="至这一天止。Up to.")] = None,
    limit: Annotated[int, typer.Option("--limit", help="条数，最多 200。Number of entries.")] = 20,
    offset: Annotated[int, typer.Option("--offset", help="跳过的条数。Entries to skip.")] = 0,
    as_json: Json = False,
) -> None:
    """列出操作日志，新者在前。The log, newest first."""
    from assistant.auditlog.contract import LogQuery
    from assistant.cli.output import print_json

    query = _checked(LogQuery, act=act, person=person, since=since, until=until, limit=limit, offset=offset)
    with _opened() as log:
        page = log.entries(query)
    if as_json:
        print_json(page)
        return
    for entry in page.items:
        typer.echo(_line(entry))
    typer.secho(f"共 {page.total} 条，所列 {len(page.items)} 条。", dim=True)


def export(
    file: Annotated[Path | None, typer.Argument(metavar="FILE.jsonl", help="写到哪个文件，缺省为标准输出。")] = None,
) -> None:
    """导出全部条目为 JSON Lines；导出本身也记入日志。Every entry as JSON Lines."""
    from assistant.accounts.principal import LOCAL
    from corpus.errors import StoreUnavailable

    with _opened() as log:
        lines = (f"{entry.model_dump_json()}\n" for entry in log.export(LOCAL))
        if file is None:
            for line in lines:
                typer.echo(line, nl=False)
            return
        try:
            with file.open("w", encoding="utf-8") as stream:
                stream.writelines(lines)
        except OSError as error:
            raise StoreUnavailable(
                f"导出文件无法写入（{error.strerror or error}）。", where=str(file), remedy="请换一个可写的位置。"
            ) from error
    typer.echo(f"已导出到 {file}。")


def erase(
    person: Annotated[str, typer.Argument(metavar="账户编号", help="删除谁的个人信息。Account id of the person.")],
    yes: Annotated[bool, typer.Option("--yes", help="不再询问。Do not ask.")] = False,
    as_json: Json = False,
) -> None:
    """从操作日志中删去一人的个人信息，不能恢复；日志仍可校验。Take out what the log holds on a person."""
    from assistant.accounts.principal import LOCAL
    from assistant.auditlog.contract import EraseRequest
    from assistant.cli.output import print_json
    from corpus.errors import InvalidInput

    request = _checked(EraseRequest, person=person)
    if not yes:
        raise InvalidInput("删除后不能恢复。", remedy="确认无误后加上 --yes 再次运行。")
    with _opened() as log:
        done = log.erase_person(request.person, LOCAL)
    if as_json:
        print_json(done)
    elif done.seq is None:
        typer.echo("日志中没有此人的个人信息。")
    else:
        typer.echo(f"已从 {done.entries} 条中删去此人的个人信息，记载于第 {done.seq} 条。")


@contextmanager
def _opened() -> Iterator[AuditLog]:
    from assistant.auditlog.contract import Surface
    from assistant.auditlog.log import audit_log_of
    from assistant.auditlog.origin import Origin, coming_from
    from assistant.server import made_data_folder
    from assistant.userdata import UserData

    settings = connect.settings()
    made_data_folder(settings.home)
    userdata = UserData.open(settings.userdata_url)
    try:
        with coming_from(Origin(Surface.CLI)):
            yield audit_log_of(settings, userdata)
    finally:
        userdata.close()


def _checked(kind: type[Query], **given: object) -> Query:
    from pydantic import ValidationError

    from assistant.problems import error_from_validation

    try:
        return kind(**{name: value for name, value in given.items() if value is not None})
    except ValidationError as error:
        raise error_from_validation(error.errors()) from None


def _line(entry: LogEntry) -> str:
    words = {field.name: field.value if field.value is not None else "（已删除）" for field in entry.personal}
    who = words.get("person", "")
    what = words.get("question") or entry.target or words.get("whom") or words.get("login") or ""
    moment = entry.at.isoformat(sep=" ", timespec="seconds")
    return "  ".join(filter(None, (f"{entry.seq:>6}", moment, entry.surface.value, entry.act_zh, who, what)))
