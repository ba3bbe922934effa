"""``eassistant cite`` and ``check-citations`` (引用、文书核对)."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.options import AsOf, Json

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.contract import CheckedCitation, CiteRequest
    from assistant.settings import Settings


def cite(
    text: Annotated[str, typer.Argument(help="含有引用的文字，如 行政处罚法第33条。Text with citations.")],
    as_of: AsOf = None,
    as_json: Json = False,
) -> None:
    """读出引用并判定其状态。Read citations and resolve each to its state on a day."""
    from assistant.cli.connect import reader, settings
    from assistant.cli.output import print_cited, print_json, print_notes

    current = settings()
    request = _request(current, text, as_of)
    with reader(current) as opened:
        response = opened.cite(request)
    if as_json:
        print_json(response)
        return
    typer.secho(f"适用日期 {response.as_of}", dim=True)
    print_notes(response.notes)
    print_cited(response.results)


def check_citations(
    file: Annotated[Path, typer.Argument(help="文本或 Markdown 文件，UTF-8 或 GB18030。A text or Markdown file.")],
    as_of: AsOf = None,
    as_json: Json = False,
) -> None:
    """逐处核对文书中的引用与引文；有一处不是现行有效或引文不符，退出码为 1。Check a document's citations."""
    from assistant.citation_check import check_document
    from assistant.cli.connect import reader, settings
    from assistant.cli.output import print_checked, print_json, print_notes

    current = settings()
    text, encoding = _read(file)
    request = _request(current, text, as_of)
    with reader(current) as opened:
        report = check_document(request.text, opened.cite(request))
    if as_json:
        print_json(report)
    else:
        typer.secho(f"{file}（{encoding}） · 适用日期 {report.as_of}", dim=True)
        print_notes(report.notes)
        for checked in report.citations:
            print_checked(checked, file.name)
        typer.echo(_summary(report.citations))
    if not report.ok:
        raise typer.Exit(1)


def _summary(citations: Sequence[CheckedCitation]) -> str:
    from collections import Counter

    from corpus.vocabulary import STATE_ZH

    if not citations:
        return "没有读出法条引用。"
    states = Counter(STATE_ZH[c.result.state] for c in citations)
    wrong = sum(not q.verbatim for c in citations for q in c.quotes)
    quotes = sum(len(c.quotes) for c in citations)
    listed = "，".join(f"{name} {count}" for name, count in states.items())
    return f"引用 {len(citations)} 处：{listed}；引文 {quotes} 处，不一致 {wrong} 处。"


def _request(settings: Settings, text: str, as_of: str | None) -> CiteRequest:
    from pydantic import ValidationError

    from assistant.contract import CiteRequest
    from assistant.limits import check_limits
    from assistant.problems import error_from_validation

    day = as_of or (settings.today.isoformat() if settings.today else None)
    try:
        request = CiteRequest.model_validate({"text": text, "as_of": day})
    except ValidationError as error:
        raise error_from_validation(error.errors()) from None
    check_limits(request, settings.limits)
    return request


def _read(file: Path) -> tuple[str, str]:
    """The text of a file and the encoding that fits it: UTF-8, else GB18030; never guessed by dropping bytes."""
    from corpus.errors import SourceUnreadable

    try:
        data = file.read_bytes()
    except OSError as error:
        raise SourceUnreadable(
            f"文件无法读取（{error.strerror}）。", where=str(file), remedy="请核对文件名与权限。"
        ) from error
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding), "UTF-8" if encoding == "utf-8-sig" else "GB18030"
        except UnicodeDecodeError:
            continue
    raise SourceUnreadable(
        "文件既不是 UTF-8 也不是 GB18030 文字。", where=str(file), remedy="请另存为 UTF-8 文本文件（txt 或 md）后重试。"
    )
