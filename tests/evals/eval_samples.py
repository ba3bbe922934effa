"""Stand-ins that the tests of the evals share: three articles, and encoders that need no model."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from assistant.contract import AskRequest, AskResponse, SearchRequest, SearchResponse
from corpus.encoders.base import SparseVector
from evals.corpus_files import CorpusArticle

LONG = "。".join(f"第{n}句讲的是占用道路摆设摊点以外的各种事情以及它们的后果" for n in range(60)) + "。"
ARTICLES = [
    CorpusArticle(id="d1", law="甲法", article="第一条", text="占用道路摆摊的，处罚款。"),
    CorpusArticle(id="d2", law="乙法", article="第二条", text="焚烧秸秆的，责令改正。"),
    CorpusArticle(id="d3", law="丙法", article="第三条", text=LONG),
]


class Characters:
    """A sparse encoder whose terms are characters."""

    id = "characters"

    def encode_query(self, text: str) -> SparseVector:
        terms = sorted({ord(c) for c in text})
        return SparseVector(tuple(terms), (1.0,) * len(terms))

    encode_passage = encode_query


@dataclass
class Lengths:
    """A dense encoder that knows nothing but counts what it is asked, and may stop after some texts."""

    id: str = "lengths"
    dimension: int = 4
    breaks_after: int | None = None
    encoded: list[str] = field(default_factory=list)

    def encode_queries(self, texts: Sequence[str]) -> Any:
        return np.ones((len(texts), self.dimension), dtype=np.float32) / 2

    def encode_passages(self, texts: Sequence[str], **_: Any) -> Any:
        if self.breaks_after is not None and len(self.encoded) + len(texts) > self.breaks_after:
            raise KeyboardInterrupt
        self.encoded += texts
        return self.encode_queries(texts)


class Refuser:
    """An assistant that finds nothing, refuses whatever does not speak of fines, and remembers days and questions."""

    def __init__(self) -> None:
        self.days: set[str] = set()
        self.asked: list[str] = []

    def search(self, request: SearchRequest) -> SearchResponse:
        assert request.as_of is not None
        self.days.add(request.as_of.isoformat())
        return SearchResponse(
            question=request.question, as_of=request.as_of, results=[], latency_ms=1.0, dense_ready=False
        )

    def ask(self, request: AskRequest) -> AskResponse:
        assert request.as_of is not None
        self.asked.append(request.question)
        refused = "罚" not in request.question
        return AskResponse(question=request.question, as_of=request.as_of, refused=refused, answer="")
