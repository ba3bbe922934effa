"""Question sets (评测题集): their shape, reading them, and the two halves that keep calibration honest.

One JSON object a line; ``evals/README.md`` documents the fields. The project's own sets lie in ``evals/data``; other
sets of the same shape are given by path.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from enum import StrEnum
from importlib.resources import files
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from corpus.errors import InvalidInput
from corpus.regions import find_regions, lineage

OFFICER_QUESTIONS = "officer_questions.jsonl"
UNANSWERABLE_QUESTIONS = "unanswerable_questions.jsonl"
LOCAL_QUESTIONS = "local_questions.jsonl"


class Kind(StrEnum):
    """How a question is put (提问类型)."""

    DIRECT = "direct"  # 法言法语
    COLLOQUIAL = "colloquial"  # 口语、方言
    PROCEDURE = "procedure"  # 程序
    LENIENCY = "leniency"  # 从轻、减轻、不予处罚
    ARTICLE_LOOKUP = "article_lookup"  # 点名条文
    TEMPORAL = "temporal"  # 问某日有效的规定
    LOCAL = "local"  # 地方规定
    MULTI = "multi"  # 须引数条
    UNANSWERABLE = "unanswerable"  # 语料中没有依据


class Half(StrEnum):
    """The halves of a set: thresholds are chosen on ``tune`` and confirmed on ``check``."""

    TUNE = "tune"
    CHECK = "check"
    ALL = "all"


ArticleKey = tuple[str, str]
"""(law without 中华人民共和国, article as printed): what answers are compared by."""


def article_key(law: str, article: str) -> ArticleKey:
    """The key of an article: 《中华人民共和国行政处罚法》, 第三十三条 → (行政处罚法, 第三十三条)."""
    title = "".join(law.split()).strip("《》").replace("中华人民共和国", "")
    return title, "".join(article.split())


class Gold(BaseModel):
    """An article that answers a question (标准依据). ``must`` false: welcome, not required."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    law: str = Field(min_length=1)
    article: str = Field(min_length=1)
    paragraph: Annotated[str | None, BeforeValidator(lambda v: None if v is None else str(v))] = None
    must: bool = True

    @property
    def key(self) -> ArticleKey:
        return article_key(self.law, self.article)


class Question(BaseModel):
    """One question with its gold articles. ``as_of`` None means the day the eval takes as today."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    id: str = Field(min_length=1)
    question: str = Field(min_length=1)
    kind: Kind
    field: str = ""
    source: str | None = None
    gold: tuple[Gold, ...] = ()
    answer_points: tuple[str, ...] = ()
    as_of: dt.date | None = None
    region: str | None = None
    note: str = ""

    @property
    def answerable(self) -> bool:
        return self.kind is not Kind.UNANSWERABLE

    @property
    def asked_in(self) -> str | None:
        """The region to search in: the one given, else for a question on local rules the place it names."""
        if self.region is not None or self.kind is not Kind.LOCAL:
            return self.region
        named = dict.fromkeys(m.region for m in find_regions(self.question) if m.region)
        return max(named, key=lambda region: len(lineage(region)), default=None)

    @property
    def required(self) -> frozenset[ArticleKey]:
        return frozenset(g.key for g in self.gold if g.must)

    @property
    def welcome(self) -> frozenset[ArticleKey]:
        """All gold articles, required or not."""
        return frozenset(g.key for g in self.gold)


def half_of(question_id: str) -> Half:
    """The half a question belongs to, by a digest of its id: stable, and blind to what the question says."""
    return Half.TUNE if hashlib.sha256(question_id.encode()).digest()[0] % 2 == 0 else Half.CHECK


def parse_questions(text: str, where: str) -> list[Question]:
    """Questions from JSON lines. Raises InvalidInput naming file and line; ids must be unique."""
    questions: list[Question] = []
    seen: set[str] = set()
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        place = f"{where}, line {number}"
        try:
            question = Question.model_validate(json.loads(line))
        except json.JSONDecodeError as error:
            raise InvalidInput(f"Not JSON ({error.msg}).", where=place, remedy=_SHAPE) from None
        except ValidationError as error:
            first = error.errors()[0]
            field = ".".join(str(part) for part in first["loc"])
            raise InvalidInput(f"{field}: {first['msg']}.", where=place, remedy=_SHAPE) from None
        if question.id in seen:
            raise InvalidInput(f"The id {question.id} occurs twice.", where=place, remedy="Give each question its own.")
        seen.add(question.id)
        questions.append(question)
    if not questions:
        raise InvalidInput("No question found.", where=where, remedy=_SHAPE)
    return questions


_SHAPE = "See evals/README.md for the shape of a question."


def read_questions(path: Path) -> list[Question]:
    """Questions of a JSON-lines file."""
    try:
        return parse_questions(path.read_text(encoding="utf-8"), str(path))
    except (OSError, UnicodeDecodeError) as error:
        raise InvalidInput(f"The file cannot be read ({error}).", where=str(path), remedy="Check the path.") from None


def own_questions(name: str, half: Half = Half.ALL) -> list[Question]:
    """One of the project's own sets (``OFFICER_QUESTIONS``, ``LOCAL_QUESTIONS`` …), or a half of it."""
    text = (files("evals") / "data" / name).read_text(encoding="utf-8")
    questions = parse_questions(text, f"evals/data/{name}")
    return [q for q in questions if half is Half.ALL or half_of(q.id) is half]
