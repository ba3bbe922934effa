"""What the suites measure with (评测工作台): the data given, the encoder and the service, opened when needed."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self, TypeVar

from evals.adhoc_index import Progress
from evals.suites.measured import Watch
from evals.suites.served import Served, serve

if TYPE_CHECKING:
    from assistant.settings import Settings
    from corpus.encoders.base import DenseEncoder

T = TypeVar("T")


class LeftOut(Exception):
    """A suite cannot be run; the message says why. Not a failure."""


@dataclass(frozen=True, slots=True)
class Sources:
    """Data given by option (数据来源); None: not given, and the suites that need it are left out."""

    stard: Path | None = None
    stard_queries: Path | None = None
    every_fold: bool = False
    officer: Path | None = None
    discretion: Path | None = None
    discretion_questions: Path | None = None
    limit: int | None = None


class Bench:
    """The parts that suites share. The service is opened by the first suite that asks it, and closed at the end."""

    def __init__(
        self, settings: Settings, today: dt.date | None, sources: Sources, watch: Watch, stage: Progress
    ) -> None:
        self.settings = settings
        self.day = today or settings.current_day()
        self.sources = sources
        self.watch = watch
        self.stage = stage
        self._open = ExitStack()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._open.close()

    @cached_property
    def encoder(self) -> DenseEncoder:
        from corpus.encoders.factory import make_dense_encoder

        return make_dense_encoder(self.settings.encoder, self.settings.models_dir)

    @cached_property
    def served(self) -> Served:
        return self._open.enter_context(serve(self.settings, self.day))

    def first(self, questions: Sequence[T]) -> Sequence[T]:
        """The questions that are asked: all, or as many as ``--limit`` allows."""
        return questions[: self.sources.limit]

    def stamp(self, data: Iterable[Path], *, of_corpus: bool) -> dict[str, Any]:
        """What a suite's figures rest on: where it differs from a finished run's, the suite is run again."""
        from corpus.store import CorpusStore

        stamp: dict[str, Any] = {
            "day": self.day.isoformat(),
            "encoder": self.encoder.id,
            "sparse": self.settings.sparse.model_dump(mode="json"),
            "limit": self.sources.limit,
            "every_fold": self.sources.every_fold,
            "data": {path.name: _digest(path) for path in sorted(data)},
        }
        if of_corpus:
            with closing(CorpusStore.open(self.settings.store_url)) as store:
                stamp["corpus"] = store.revision()
            stamp["chat model"] = self.settings.generator.model
        return stamp


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()[:16]
