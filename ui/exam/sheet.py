"""The sheet of an exam that is being sat (作答单): what was answered, and what of it is on disk. Pure."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from assistant.quiz.paper_contract import Answer, AskedItem, AskedPaper, AttemptState, Saved, SaveRequest
from corpus.errors import EAssistantError
from ui.exam.answering import is_answered

_LONGEST_LIST = 30


@dataclass
class AnswerSheet:
    """``ends`` is on the clock of ``time.monotonic``; it follows the seconds that the server says are left."""

    paper: AskedPaper
    ends: float
    answers: dict[int, Answer]
    unsaved: set[int] = field(default_factory=set)
    sequence: int = 0
    state: AttemptState = AttemptState.RUNNING
    saved_at: dt.datetime | None = None
    problem: EAssistantError | None = None
    runs: int = 0

    @classmethod
    def of(cls, paper: AskedPaper, clock: float) -> AnswerSheet:
        answers = {item.number: item.answer for item in paper.items if item.answer is not None}
        return cls(paper, clock + paper.seconds_left, answers, state=paper.state)

    def take(self, number: int, answer: Answer) -> None:
        """Note what was entered; what is already so noted is no change."""
        held = self.answers.get(number)
        if answer != (held or Answer()) and (is_answered(answer) or is_answered(held)):
            self.answers[number] = answer
            self.unsaved.add(number)

    def request(self, now: dt.datetime) -> SaveRequest:
        """What is to be saved. The sequence grows with the time too: a sheet opened anew goes on where another was."""
        elapsed = int((now - self.paper.started_at).total_seconds() * 1000)
        self.sequence = max(self.sequence + 1, elapsed)
        return SaveRequest(answers={n: self.answers[n] for n in sorted(self.unsaved)}, sequence=self.sequence)

    def note_saved(self, request: SaveRequest, saved: Saved, clock: float, now: dt.datetime) -> None:
        """Keep what the server said. Where it has a later save than this one, the answers are still to be sent."""
        self.state = saved.state
        self.ends = clock + saved.seconds_left
        if saved.sequence != request.sequence:
            self.sequence = max(self.sequence, saved.sequence)
            return
        self.unsaved -= {n for n, answer in request.answers.items() if self.answers[n] == answer}
        self.saved_at, self.problem = now, None

    def seconds_left(self, clock: float) -> int:
        return max(0, round(self.ends - clock))

    def is_answered(self, item: AskedItem) -> bool:
        return is_answered(self.answers.get(item.number))

    @property
    def unanswered(self) -> list[int]:
        return [item.number for item in self.paper.items if not self.is_answered(item)]


def unanswered_words(numbers: list[int]) -> str:
    """The numbers without an answer, for the last question before submission."""
    if not numbers:
        return "全部试题都已作答。"
    shown = "、".join(str(number) for number in numbers[:_LONGEST_LIST])
    more = " 等" if len(numbers) > _LONGEST_LIST else ""
    return f"还有 {len(numbers)} 题未作答：第 {shown}{more} 题。"
