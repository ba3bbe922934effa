"""Corpora and queries for retrieval (检索评测数据): JSON lines, gzipped or not; ``evals/README.md`` has the shapes."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from corpus.errors import InvalidInput

Row = TypeVar("Row", bound=BaseModel)

_SHAPES = "See evals/README.md for the shapes of a corpus and of queries."


class CorpusArticle(BaseModel):
    """One article of a corpus that is searched: its id, where it stands, its text."""

    model_config = ConfigDict(frozen=True, extra="ignore", coerce_numbers_to_str=True)

    id: str = Field(min_length=1)
    law: str = ""
    article: str = ""
    text: str


class Query(BaseModel):
    """One question with the ids of the articles that answer it."""

    model_config = ConfigDict(frozen=True, extra="ignore", coerce_numbers_to_str=True)

    id: str = Field(min_length=1)
    question: str = Field(min_length=1)
    gold: tuple[str, ...] = ()


def read_corpus(path: Path) -> list[CorpusArticle]:
    """The articles in file order. Raises InvalidInput naming file and line; ids must be unique."""
    articles = _read(path, CorpusArticle)
    _require_unique(path, [a.id for a in articles])
    return articles


def read_queries(path: Path) -> list[Query]:
    """The questions in file order. Raises InvalidInput naming file and line; ids must be unique."""
    queries = _read(path, Query)
    _require_unique(path, [q.id for q in queries])
    return queries


def _read(path: Path, shape: type[Row]) -> list[Row]:
    rows = []
    for number, line in _lines(path):
        try:
            rows.append(shape.model_validate(json.loads(line)))
        except json.JSONDecodeError as error:
            raise InvalidInput(f"Not JSON ({error.msg}).", where=f"{path}, line {number}", remedy=_SHAPES) from None
        except ValidationError as error:
            first = error.errors()[0]
            what = f"{'.'.join(str(part) for part in first['loc'])}: {first['msg']}."
            raise InvalidInput(what, where=f"{path}, line {number}", remedy=_SHAPES) from None
    if not rows:
        raise InvalidInput("The file holds nothing.", where=str(path), remedy=_SHAPES)
    return rows


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    try:
        with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as stream:
            for number, line in enumerate(stream, start=1):
                if line.strip():
                    yield number, line
    except (OSError, EOFError, UnicodeDecodeError) as error:
        raise InvalidInput(f"The file cannot be read ({error}).", where=str(path), remedy="Check the path.") from None


def _require_unique(path: Path, ids: Sequence[str]) -> None:
    seen: set[str] = set()
    for row_id in ids:
        if row_id in seen:
            raise InvalidInput(f"The id {row_id} occurs twice.", where=str(path), remedy="Give each row its own id.")
        seen.add(row_id)
