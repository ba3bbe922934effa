"""What trainers see of exams (成绩管理): results, marks for free answers, statistics, hours."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from assistant.accounts.principal import Principal
from assistant.accounts.roles import Permission
from assistant.quiz.paper_contract import (
    HoursPage,
    HoursQuery,
    MarkRequest,
    PaperStatistics,
    Result,
    ResultPage,
)
from assistant.quiz.papers.service import MayRead
from assistant.quiz.papers.store import PaperHead, PaperStore, Sheet, no_paper
from assistant.quiz.taking.attempt import Attempt, marked
from assistant.quiz.taking.hours import Spent, hours, hours_workbook
from assistant.quiz.taking.observed import ObservedItems
from assistant.quiz.taking.practice_store import PracticeStore
from assistant.quiz.taking.presenting import result
from assistant.quiz.taking.sitting import Sitting
from assistant.quiz.taking.statistics import paper_statistics
from assistant.quiz.taking.store import AttemptStore, no_attempt
from assistant.userdata.words import PageQuery
from corpus.clock import BEIJING
from corpus.errors import Conflict, InvalidInput

_TRIES = 20


@dataclass(frozen=True, slots=True)
class Records:
    """Everybody's results and hours."""

    papers: PaperStore
    attempts: AttemptStore
    rounds: PracticeStore
    sitting: Sitting
    may_read: MayRead
    observed: ObservedItems

    def results(self, person: Principal, paper_id: str, query: PageQuery) -> ResultPage:
        """Everybody's attempts of a paper, the last begun first, without their items."""
        head = self._head(person, paper_id)
        found = self._attempts(paper_id)
        shown = found[query.offset : query.offset + query.limit]
        return ResultPage(items=[result(attempt, head.title) for attempt in shown], total=len(found))

    def trainee_result(self, person: Principal, attempt_id: str) -> Result:
        self.sitting.finish_overdue()
        attempt = self.attempts.attempt(attempt_id)
        head = self._head_of(person, attempt)
        return result(attempt, head.title, self.papers.sheet(head.id))

    def mark(self, person: Principal, attempt_id: str, request: MarkRequest) -> Result:
        """Give points for free answers, or correct points. Raises Conflict before submission."""
        self.sitting.finish_overdue()
        attempt = self.attempts.attempt(attempt_id)
        head = self._head_of(person, attempt)
        if attempt.running:
            raise Conflict("还没有交卷，不能阅卷。", remedy="请在交卷以后阅卷。")
        sheet = self.papers.sheet(head.id)
        _check_marks(attempt, sheet, request.scores, request.notes)
        for _ in range(_TRIES):
            done = marked(attempt, sheet, request.scores, request.notes)
            if self.attempts.keep_marks(done, attempt):
                break
            attempt = self.attempts.attempt(attempt_id)  # somebody else marked it meanwhile: both count
        else:
            raise Conflict("有人正在批阅同一份作答，评分没有保存。", remedy="请刷新后重试。")
        self.observed.was_answered(head.id)
        return result(done, head.title, sheet)

    def statistics(self, person: Principal, paper_id: str) -> PaperStatistics:
        head = self._head(person, paper_id)
        found = paper_statistics(self.papers.sheet(paper_id), head.total, self._attempts(paper_id))
        self.observed.reckon(paper_id)
        return found

    def hours(self, person: Principal, query: HoursQuery) -> HoursPage:
        """Hours of everybody for trainers, of oneself for others; days are those of China, the last included."""
        entries = hours(self._spent(person, query))
        return HoursPage(items=entries[query.offset : query.offset + query.limit], total=len(entries))

    def hours_xlsx(self, person: Principal, query: HoursQuery) -> bytes:
        """The whole list, not one page of it."""
        period = f"{query.since or '起始'} 至 {query.until or '今'}"
        return hours_workbook(hours(self._spent(person, query)), period)

    def _spent(self, person: Principal, query: HoursQuery) -> list[Spent]:
        if query.since and query.until and query.until < query.since:
            raise InvalidInput("截止日期早于起始日期。", where="/until", remedy="请改后重试。")
        whose = None if Permission.MANAGE_QUIZ in person.permissions and not query.own else person.id
        since = _midnight(query.since) if query.since else None
        until = _midnight(query.until + dt.timedelta(days=1)) if query.until else None
        spent = [
            Spent(a.started_at.isoformat(), a.person_id, a.person_name, a.department, True, int(a.seconds_taken()))
            for a in self.attempts.begun_between(since, until, whose)
        ]
        return spent + [
            Spent(p.started_at.isoformat(), p.person_id, p.person_name, p.department, False, p.seconds)
            for p in self.rounds.begun_between(since, until, whose)
        ]

    def _attempts(self, paper_id: str) -> list[Attempt]:
        self.sitting.finish_overdue()
        return self.attempts.of_paper(paper_id)

    def _head_of(self, person: Principal, attempt: Attempt) -> PaperHead:
        """The paper of an attempt; where it is hidden, there is no such attempt either."""
        head = self.papers.head(attempt.paper_id)
        if not self.may_read(person, head.documents):
            raise no_attempt()
        return head

    def _head(self, person: Principal, paper_id: str) -> PaperHead:
        head = self.papers.head(paper_id)
        if not self.may_read(person, head.documents):
            raise no_paper()
        return head


def _midnight(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(), BEIJING)


def _check_marks(attempt: Attempt, sheet: Sheet, scores: Mapping[int, Decimal], notes: Mapping[int, str]) -> None:
    order = sheet.variant(attempt.variant).items
    for number in (*scores, *notes):
        if not 1 <= number <= len(order):
            raise InvalidInput(f"这份试卷没有第 {number} 题。", where=f"/scores/{number}", remedy="请核对题号。")
    for number, score in scores.items():
        most = sheet.items[order[number - 1]].points
        if score > most:
            raise InvalidInput(
                f"第 {number} 题满分 {most} 分，不能给 {score} 分。", where=f"/scores/{number}", remedy="请改后重试。"
            )
