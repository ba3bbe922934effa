"""``eassistant lists`` (清单): what a new version of a list changes, where two lists overlap and where one has gaps."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli import connect
from assistant.cli.options import Json

if TYPE_CHECKING:
    from corpus.lists import ListComparison, ListDiff, ListRow, LoneBasis
    from corpus.store import CorpusStore
    from corpus.vocabulary import Document, Version

Source = Annotated[str, typer.Argument(help="文件，或语料库中文件的编号、版本编号、标题。File, id or title.")]
OtherSource = Annotated[str | None, typer.Argument(help="同上；省略时比较同一清单最近的两个版本。")]

_SHOWN = 80  # characters of a cell on the terminal; --json prints the whole
_ROWS_SHOWN = 5


@dataclass(frozen=True, slots=True)
class _Named:
    """The rows of one list and how to call it."""

    name: str
    rows: list[ListRow]


def diff(old: Source, new: OtherSource = None, as_json: Json = False) -> None:
    """一份清单两个版本之间新增、删去、变动的条目。What a new version of a list adds, removes and changes."""
    from assistant.cli.output import print_json
    from corpus.lists import diff_lists

    before, after = _two(old, new)
    found = diff_lists(before.rows, after.rows)
    if as_json:
        print_json({"old": before.name, "new": after.name, **asdict(found)})
        return
    typer.echo(f"旧：{before.name}（{len(before.rows)} 条）\n新：{after.name}（{len(after.rows)} 条）")
    _print_diff(found)


def compare(first: Source, second: Source, as_json: Json = False) -> None:
    """两份清单的重叠与空缺：同一事项、同一依据、只有一方引用的条文。Overlaps and gaps between two lists."""
    from assistant.cli.output import print_json
    from corpus.lists import compare_lists

    one, other = _two(first, second)
    found = compare_lists(one.rows, other.rows)
    if as_json:
        print_json({"first": one.name, "second": other.name, **asdict(found)})
        return
    typer.echo(f"甲：{one.name}（{len(one.rows)} 条）\n乙：{other.name}（{len(other.rows)} 条）")
    _print_comparison(found)


def _two(first: str, second: str | None) -> tuple[_Named, _Named]:
    """Both lists; the store is opened only where one of them is no file."""
    from corpus.errors import InvalidInput

    with ExitStack() as stack:
        store = None
        if second is None or not (Path(first).is_file() and Path(second).is_file()):
            store = _opened_store(stack)
        if second is not None:
            return _list(first, store), _list(second, store)
        document, versions = _document(first, store)
        if len(versions) < 2:
            raise InvalidInput(
                "这份清单只有一个版本，不能比较。",
                where=document.title,
                remedy="请再给出一份清单（文件、编号或标题）。",
            )
        return _stored(document, versions[-2], store), _stored(document, versions[-1], store)


def _opened_store(stack: ExitStack) -> CorpusStore:
    from assistant.server import made_data_folder
    from corpus.store import CorpusStore

    settings = connect.settings()
    made_data_folder(settings.home)
    store = CorpusStore.open(settings.store_url)
    stack.callback(store.close)
    return store


def _list(source: str, store: CorpusStore | None) -> _Named:
    path = Path(source)
    if path.is_file():
        return _from_file(path)
    document, versions = _document(source, store)
    exact = [version for version in versions if version.id == source]
    return _stored(document, (exact or versions)[-1], store)


def _from_file(path: Path) -> _Named:
    from corpus.lists import list_rows
    from ingest.parsers import parse
    from ingest.readers import read_document

    texts = parse(read_document(path.read_bytes(), str(path)), str(path))
    rows = list_rows((row.label, row.fields) for text in texts for row in text.rows)
    return _checked(_Named(str(path), rows))


def _document(source: str, store: CorpusStore | None) -> tuple[Document, Sequence[Version]]:
    """The document that an id, a version's id or a title names, with its versions, oldest first."""
    from corpus.errors import NotFound
    from ingest.sources.text import canonical_title

    if store is not None:
        by_version = {version.id: version.document_id for version in store.versions()}
        wanted = by_version.get(source, source)
        title = canonical_title(source.strip("《》"))
        for document in store.documents():
            if wanted == document.id or title == canonical_title(document.title):
                versions = [v for v in store.versions(document.id) if not v.withheld or v.id == source]
                if versions:
                    return document, versions
    raise NotFound(
        "没有这份文件，语料库中也没有这个编号或标题的清单。",
        where=source,
        remedy="请核对路径；用 eassistant corpus list 查看已收录的文件。",
    )


def _stored(document: Document, version: Version, store: CorpusStore | None) -> _Named:
    from corpus.lists import list_rows

    provisions = store.provisions(version.id) if store is not None else []
    published = f"，{version.validity.published}" if version.validity.published else ""
    rows = list_rows((provision.label, provision.fields) for provision in provisions)
    return _checked(_Named(f"《{document.title}》（{version.id}{published}）", rows))


def _checked(found: _Named) -> _Named:
    from corpus.errors import InvalidInput

    if not found.rows:
        raise InvalidInput(
            "其中没有成行的条目，不能按清单比较。", where=found.name, remedy="请给出以表格列出条目的清单。"
        )
    return found


def _print_diff(found: ListDiff) -> None:
    counts = f"新增 {len(found.added)}，删去 {len(found.removed)}，变动 {len(found.changed)}，未变 {found.unchanged}"
    typer.secho(counts, bold=True)
    for words, names in (("新增的列", found.columns_added), ("不再有的列", found.columns_removed)):
        if names:
            typer.echo(f"{words}：{'、'.join(names)}")
    for row in found.added:
        typer.secho(f"+ {_row(row)}", fg=typer.colors.GREEN)
    for row in found.removed:
        typer.secho(f"- {_row(row)}", fg=typer.colors.RED)
    for change in found.changed:
        typer.secho(f"~ {change.old.label} → {_row(change.new)}", fg=typer.colors.YELLOW)
        for cell in change.cells:
            typer.echo(f"    {cell.column}：{_short(cell.old) or '（空）'} → {_short(cell.new) or '（空）'}")


def _print_comparison(found: ListComparison) -> None:
    typer.secho(f"两份都有的事项 {len(found.same_items)}", bold=True)
    for same in found.same_items:
        typer.echo(f"= 甲{same.first.label}、乙{same.second.label}：{_short(same.first.name)}")
        for cell in same.differing:
            typer.secho(f"    {cell.column}不同：{_short(cell.old)} / {_short(cell.new)}", fg=typer.colors.YELLOW)
    typer.secho(f"两份都引用的条文 {len(found.shared_bases)}", bold=True)
    for shared in found.shared_bases:
        typer.echo(f"= {shared.article}：甲{_labels(shared.first)}；乙{_labels(shared.second)}")
    _print_lone("只有甲引用的条文", found.only_in_first)
    _print_lone("只有乙引用的条文", found.only_in_second)
    for side, rows in (("甲", found.without_article_first), ("乙", found.without_article_second)):
        if rows:
            typer.echo(f"{side}有 {len(rows)} 条的依据没有写明条文：{_labels(rows)}")


def _print_lone(title: str, bases: Iterable[LoneBasis]) -> None:
    found = list(bases)
    typer.secho(f"{title} {len(found)}", bold=True)
    for basis in found:
        typer.echo(f"  {basis.article}：{_labels(basis.rows)}")


def _labels(rows: Sequence[ListRow]) -> str:
    more = f"等 {len(rows)} 条" if len(rows) > _ROWS_SHOWN else ""
    return "、".join(row.label for row in rows[:_ROWS_SHOWN]) + more


def _row(row: ListRow) -> str:
    return f"{row.label} {_short(row.name or row.fields[0][1])}"


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _SHOWN else f"{line[:_SHOWN]}……"
