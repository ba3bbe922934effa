"""Batches of requests (批量): one JSON object a line in, one a line out, a bad line never stops the rest."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar

import typer
from pydantic import BaseModel, ConfigDict, ValidationError

from assistant.cli.output import print_json
from assistant.contract import AskRequest, AskResponse, RequestId, SearchRequest, SearchResponse
from assistant.problems import error_from_validation
from corpus.errors import EAssistantError, InvalidInput, SourceUnreadable

RequestT = TypeVar("RequestT", SearchRequest, AskRequest)


class BatchLine(BaseModel):
    """One line of a batch; fields it does not know are passed over, so that question sets can be given as they are."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    id: RequestId = None
    question: Any = None
    as_of: Any = None
    region: Any = None
    law: Any = None
    shelf: Any = None


def run_batch(
    file: Path,
    kind: type[RequestT],
    defaults: dict[str, Any],
    answer: Callable[[RequestT], SearchResponse | AskResponse],
) -> int:
    """Answer every line of ``file`` (``-``: standard input) on standard output, in order; the number of bad lines.

    ``defaults`` stand in for fields a line leaves out or null. What is wrong with a line goes to standard error with
    its number, from 1.
    """
    failed = 0
    for number, raw in _lines(file):
        try:
            line, request = _read(raw, kind, defaults)
            response = answer(request)
        except EAssistantError as error:
            failed += 1
            typer.secho(f"{file}:{number}: {error}", fg=typer.colors.RED, err=True)
            continue
        print_json(response.model_copy(update={"id": line.id}), one_line=True)
        sys.stdout.flush()
    return failed


def _lines(file: Path) -> Iterator[tuple[int, bytes]]:
    try:
        data = sys.stdin.buffer.read() if str(file) == "-" else file.read_bytes()
    except OSError as error:
        raise SourceUnreadable(
            f"批量文件无法读取（{error.strerror}）。", where=str(file), remedy="请核对文件名与权限。"
        ) from error
    for number, raw in enumerate(data.removeprefix(b"\xef\xbb\xbf").split(b"\n"), start=1):
        if raw.strip():
            yield number, raw


def _read(raw: bytes, kind: type[RequestT], defaults: dict[str, Any]) -> tuple[BatchLine, RequestT]:
    try:
        value = json.loads(raw.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise InvalidInput(f"不是 UTF-8 文字（第 {error.start + 1} 个字节）。") from None
    except ValueError as error:
        raise InvalidInput(f"不是合法的 JSON（{error}）。") from None
    if not isinstance(value, dict):
        raise InvalidInput("不是 JSON 对象。")
    try:
        line = BatchLine.model_validate(value)
        given = {name: v for name, v in line if name != "id" and v is not None}
        return line, kind.model_validate({**defaults, **given})
    except ValidationError as error:
        raise error_from_validation(error.errors()) from None
