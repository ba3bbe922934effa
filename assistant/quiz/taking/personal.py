"""Exams and practice as personal data (本人数据): handed out, erased, and results kept without the name.

One's own erasure takes the name off attempts of papers that are closed only: of an open paper, erasing would be a way
to sit again. The removal of an account takes it off all of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from assistant.quiz.paper_contract import PaperState
from assistant.quiz.papers.store import PaperStore
from assistant.quiz.taking.practice_store import PracticeStore
from assistant.quiz.taking.store import AttemptStore


@dataclass(frozen=True, slots=True)
class ExamArea:
    """Implements ``PersonalArea``: what a person may erase."""

    papers: PaperStore
    attempts: AttemptStore
    rounds: PracticeStore

    def of_person(self, person_id: str) -> dict[str, list[dict[str, Any]]]:
        """Attempts with answers and points, rounds of practice; the questions are the bank's, not the person's."""
        attempts = self.attempts.of_person(person_id)
        titles = {head.id: head.title for head in self.papers.heads(ids={a.paper_id for a in attempts})}
        return {
            "attempts": [
                {
                    "paper": titles.get(a.paper_id, ""),
                    "state": a.state.value,
                    "variant": a.variant,
                    "started_at": a.started_at.isoformat(),
                    "submitted_at": a.submitted_at.isoformat() if a.submitted_at else None,
                    "answers": {n: g.model_dump(mode="json", exclude_defaults=True) for n, g in a.answers.items()},
                    "score": None if a.score is None else str(a.score),
                    "total": str(a.total),
                }
                for a in attempts
            ],
            "practices": [
                {
                    "started_at": p.started_at.isoformat(),
                    "seconds": p.seconds,
                    "items": [item.id for item in p.items],
                    "right": {number: mark.right for number, mark in p.marks.items()},
                }
                for p in self.rounds.of_person(person_id)
            ],
        }

    def erase(self, person_id: str) -> int:
        open_papers = {head.id for head in self.papers.heads(PaperState.OPEN)}
        attempts = [a for a in self.attempts.of_person(person_id) if a.paper_id not in open_papers and not a.running]
        self.attempts.take_name_off(attempts)
        return len(attempts) + self.rounds.erase(person_id)


@dataclass(frozen=True, slots=True)
class NamedAttempts:
    """Implements ``PersonalArea`` for the removal of an account: the name goes off every attempt."""

    attempts: AttemptStore

    def of_person(self, person_id: str) -> list[dict[str, Any]]:
        """Which papers were sat; what was answered stands in the person's own data."""
        return [
            {"paper_id": a.paper_id, "started_at": a.started_at.isoformat(), "state": a.state.value}
            for a in self.attempts.of_person(person_id)
        ]

    def erase(self, person_id: str) -> int:
        attempts = self.attempts.of_person(person_id)
        self.attempts.take_name_off(attempts)
        return len(attempts)
