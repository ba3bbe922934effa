"""``eassistant discretion list|show|export`` (裁量数据): what benchmarks and lists say, held or in files."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from assistant.cli import connect
from assistant.cli.options import AsOf, Json

if TYPE_CHECKING:
    from assistant.discretion.contract import Desk, ItemInfo, StandardInfo
    from corpus.discretion.export import RecordsOfText
    from corpus.errors import EAssistantError

_INDENT = "   "
_SHOWN = 60  # characters of a title in a list


def list_records(
    query: Annotated[
        str | None, typer.Argument(metavar="[几个字]", help="标准中的几个字。Words of a standard.")
    ] = None,
    document: Annotated[str | None, typer.Option("--document", help="文件的名称或编号。Title or id.")] = None,
    as_of: AsOf = None,
    items: Annotated[bool, typer.Option("--items/--no-items", help="是否列出清单条目。List entries too.")] = True,
    review: Annotated[bool, typer.Option("--review", help="只列出待核对的。Only what needs review.")] = False,
    as_json: Json = False,
) -> None:
    """列出语料库中的裁量标准与清单条目。List the standards and list entries held."""
    from assistant.cli.output import print_json

    settings = connect.settings()
    with connect.desk(settings) as desk:
        standards = desk.standards(query, document, _day(as_of))
        entries = desk.items(document) if items else []
    if query:
        entries = [e for e in entries if query in e.violation]
    if review:
        standards = [s for s in standards if s.needs_review]
        entries = [e for e in entries if e.needs_review]
    if as_json:
        print_json(
            {
                "standards": [s.model_dump(mode="json") for s in standards],
                "items": [e.model_dump(mode="json") for e in entries],
            }
        )
        return
    for title in dict.fromkeys([*(s.document for s in standards), *(e.document for e in entries)]):
        _print_document(title, standards, entries)
    doubtful = sum(bool(s.needs_review) for s in standards) + sum(bool(e.needs_review) for e in entries)
    typer.echo(f"裁量标准 {len(standards)} 项，清单条目 {len(entries)} 项，其中待核对 {doubtful} 项。")


def show_record(
    key: Annotated[str, typer.Argument(metavar="编号", help="记录编号，见 list。Key of a record.")],
    as_of: AsOf = None,
    as_json: Json = False,
) -> None:
    """显示一项裁量标准或清单条目的全部内容。Show one standard or list entry."""
    from assistant.cli.discretion_page import print_item, print_standard
    from assistant.cli.output import print_json
    from assistant.discretion.contract import ItemInfo

    with connect.desk(connect.settings()) as desk:
        record = _record(desk, key, _day(as_of))
    if as_json:
        print_json(record)
    elif isinstance(record, ItemInfo):
        print_item(record)
    else:
        print_standard(record)


def _record(desk: Desk, key: str, as_of: dt.date | None) -> StandardInfo | ItemInfo:
    """The record of a key, or of an id that one record alone has. Raises NotFound."""
    from corpus.errors import NotFound

    entries = desk.items()
    named = [e for e in entries if e.key == key]
    if named:
        return named[0]
    try:
        return desk.standard(key, as_of)
    except NotFound:
        named = [e for e in entries if e.id == key]
        if len(named) != 1:
            raise
        return named[0]


def export_records(
    files: Annotated[
        list[Path] | None,
        typer.Argument(metavar="[FILE...]", help="直接读取的文件；省略时导出语料库所收。Files; default: the corpus."),
    ] = None,
    xlsx: Annotated[
        Path | None, typer.Option("--xlsx", metavar="FILE", help="另存为 Excel 表格。Write a workbook as well.")
    ] = None,
    as_json: Json = False,
) -> None:
    """导出裁量标准、清单条目和待核对事项。Export standards, list entries and what needs review."""
    from assistant.cli.output import print_json, print_problem
    from assistant.problems import problem_from_error
    from corpus.discretion.export import records_as_published

    texts, failures = _of_files(files) if files else (_of_corpus(), [])
    for failure in failures:
        print_problem(problem_from_error(failure), as_json=as_json)
    published = records_as_published(texts)
    if xlsx is not None:
        _write_workbook(xlsx, published)
    if as_json:
        print_json({**published, "failed": [_failed(f) for f in failures]})
    else:
        _print_counts(published)
    if failures:
        raise typer.Exit(1)


def _of_files(files: list[Path]) -> tuple[list[RecordsOfText], list[EAssistantError]]:
    """The records of each file; a bad file is a failure and the rest goes on."""
    from corpus.errors import EAssistantError
    from ingest.record_files import records_of_file

    texts: list[RecordsOfText] = []
    failures: list[EAssistantError] = []
    for number, path in enumerate(files, start=1):
        connect.say(f"正在读取 {path.name}（{number}/{len(files)}）……")
        try:
            texts += records_of_file(path)
        except EAssistantError as error:
            failures.append(error)
    return texts, failures


def _of_corpus() -> list[RecordsOfText]:
    """What the corpus holds, with corrections applied; it can be read beside a running server."""
    from assistant.cli.corpus_store import store_for_reading
    from corpus.discretion.export import RecordsOfText
    from corpus.discretion.model import DiscretionRecords
    from corpus.store.discretion import DiscretionStore

    with store_for_reading(connect.settings()) as store:
        held = DiscretionStore(store)
        standards, items, rules = held.standards(), held.items(), held.rules()
        whole = {text.version_id: text for text in held.texts()}
    named = {h.version_id: (h.document, h.region) for h in standards}
    named |= {h.version_id: (h.document, h.region) for h in items}
    named |= {h.version_id: (h.document, h.region) for h in rules}
    named |= {text.version_id: (text.document, text.region) for text in whole.values()}
    texts = []
    for version_id, (title, region) in sorted(named.items(), key=lambda one: (one[1], one[0])):
        text = whole.get(version_id)
        records = DiscretionRecords(
            tuple(h.record for h in standards if h.version_id == version_id),
            tuple(h.record for h in items if h.version_id == version_id),
            text.remarks if text else (),
            next((h.record for h in rules if h.version_id == version_id), None),
            text.bounds if text else None,
            text.doubts if text else (),
        )
        texts.append(RecordsOfText(title, region, version_id, records))
    return texts


def _day(text: str | None) -> dt.date | None:
    from corpus.errors import InvalidInput

    try:
        return dt.date.fromisoformat(text) if text is not None else None
    except ValueError:
        raise InvalidInput(f"“{text}”不是日期。", where="--as-of", remedy="请写作 YYYY-MM-DD。") from None


def _failed(error: EAssistantError) -> dict[str, str | None]:
    return {"where": error.where, "what": error.what, "remedy": error.remedy}


def _write_workbook(path: Path, published: dict[str, list[dict[str, Any]]]) -> None:
    from assistant.discretion.workbook import workbook
    from corpus.errors import StoreUnavailable

    try:
        path.write_bytes(workbook(published))
    except OSError as error:
        raise StoreUnavailable(
            f"表格无法写入（{error.strerror or error}）。", where=str(path), remedy="请检查该文件夹的权限与剩余空间。"
        ) from error


def _print_document(title: str, standards: list[StandardInfo], entries: list[ItemInfo]) -> None:
    typer.secho(f"《{title}》", bold=True)
    for standard in standards:
        if standard.document == title:
            mode = {"weighted": "权重", "tiered": "档次"}.get(standard.mode, "未读出")
            _print_line(
                standard.key, mode, standard.title or "、".join(standard.behaviours), bool(standard.needs_review)
            )
    for entry in entries:
        if entry.document == title:
            _print_line(entry.key, "清单", entry.violation, bool(entry.needs_review))


def _print_line(key: str, kind: str, words: str, doubtful: bool) -> None:
    line = " ".join(words.split())
    short = line if len(line) <= _SHOWN else f"{line[:_SHOWN]}……"
    mark = typer.style("  待核对", fg=typer.colors.YELLOW) if doubtful else ""
    typer.echo(f"{_INDENT}{typer.style(key, dim=True)}  【{kind}】{short}{mark}")


def _print_counts(published: dict[str, list[dict[str, Any]]]) -> None:
    for document in published["documents"]:
        counted = f"裁量标准 {document['standards']} 项，清单条目 {document['items']} 项"
        typer.echo(f"《{document['title']}》（{document['region']}）：{counted}")
    typer.echo(f"待核对 {len(published['needs_review'])} 处；--json 输出全部内容。")
