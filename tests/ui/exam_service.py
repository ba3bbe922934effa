"""Exams and practice behind the page's stand-in: the real services over a test's own database, for one officer."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from assistant.quiz.paper_contract import AskedPaper
from corpus.errors import EAssistantError
from tests.assistant.quiz.exam_room import OFFICER, Room


class FakeExams:
    """``fails`` is raised by everything that is sent, as by a service that cannot be reached; ``sent`` counts saves."""

    def __init__(self, folder: Path) -> None:
        self.room = Room(folder)
        self.fails: EAssistantError | None = None
        self.saves: list[Any] = []

    def __getattr__(self, name: str) -> Any:
        method = getattr(self.room.exams, name)

        def call(*given: Any) -> Any:
            if self.fails is not None:
                raise self.fails
            if name in ("save", "submit"):
                self.saves.append(given[1])
            return method(OFFICER, *given)

        return call

    def asked(self, attempt_id: str) -> AskedPaper:
        """The attempt as it is stored, whether or not the page can reach it."""
        return self.room.exams.attempt(OFFICER, attempt_id)
