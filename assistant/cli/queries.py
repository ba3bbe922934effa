"""``eassistant search`` and ``ask`` (检索、提问)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer

from assistant.cli.options import AsOf, Batch, Json, Law, Region, Shelf, TopK

if TYPE_CHECKING:
    from pathlib import Path

    from assistant.contract import AskRequest, Assistant, SearchRequest

    RequestT = TypeVar("RequestT", SearchRequest, AskRequest)

Question = Annotated[str | None, typer.Argument(help="问题或关键词。The question.", show_default=False)]


def search(
    question: Question = None,
    top_k: TopK = 10,
    as_of: AsOf = None,
    region: Region = None,
    law: Law = None,
    shelf: Shelf = None,
    level: Annotated[str | None, typer.Option("--level", help="只查这一效力位阶，如 法律。One effect level.")] = None,
    batch: Batch = None,
    as_json: Json = False,
) -> None:
    """检索适用日期当日有效的条文。Search the provisions in force on a day."""
    from assistant.cli.output import print_json, print_search
    from assistant.contract import SearchRequest

    given = {"top_k": top_k, "as_of": as_of, "region": region, "law": law, "level": level, "shelf": shelf}
    response = _answer(SearchRequest, question, given, batch, lambda service, request: service.search(request))
    if response is not None:
        print_json(response) if as_json else print_search(response)


def ask(
    question: Question = None,
    as_of: AsOf = None,
    region: Region = None,
    law: Law = None,
    shelf: Shelf = None,
    batch: Batch = None,
    as_json: Json = False,
) -> None:
    """提问，得到带引用的答复。Ask a question and get an answer with its citations."""
    from assistant.cli.output import print_answer, print_json
    from assistant.contract import AskRequest

    given = {"as_of": as_of, "region": region, "law": law, "shelf": shelf}
    response = _answer(AskRequest, question, given, batch, lambda service, request: service.ask(request))
    if response is not None:
        print_json(response) if as_json else print_answer(response)


def _answer(
    kind: type[RequestT], question: str | None, given: dict[str, Any], batch: Path | None, call: Any
) -> Any | None:
    """The response to one question, or None after a batch. Raises typer.Exit(1) when a line of the batch failed."""
    from pydantic import ValidationError

    from assistant.cli.batch import run_batch
    from assistant.cli.connect import service, settings
    from assistant.limits import check_limits
    from assistant.problems import error_from_validation
    from corpus.errors import InvalidInput

    if (question is None) == (batch is None):
        raise InvalidInput("请给出一个问题，或用 --batch 给出一个文件（只选其一）。")
    current = settings()
    if current.today is not None:
        given = {**given, "as_of": given["as_of"] or current.today.isoformat()}
    values = {name: value for name, value in given.items() if value is not None}

    def answer(assistant: Assistant, request: RequestT) -> Any:
        check_limits(request, current.limits)
        return call(assistant, request)

    if batch is None:
        try:
            request = kind.model_validate({**values, "question": question})
        except ValidationError as error:
            raise error_from_validation(error.errors()) from None
        check_limits(request, current.limits)
        with service(current) as assistant:
            return answer(assistant, request)
    with service(current) as assistant:
        failed = run_batch(batch, kind, values, lambda request: answer(assistant, request))
    if failed:
        typer.secho(f"{failed} 行未能处理。", fg=typer.colors.RED, err=True)
        raise typer.Exit(1)
    return None
