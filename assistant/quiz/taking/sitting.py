"""Sitting an exam (考试): begin, go on after a lost connection, save, submit. The server's clock decides.

Nothing that goes out before submission says what is right; nor does the result of an earlier attempt while a running
exam of the same person asks the same item, nor practice while an open exam asks it.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable, Collection
from dataclasses import dataclass

from assistant.accounts.principal import Principal
from assistant.quiz.contract import QuizBank, QuizItem
from assistant.quiz.paper_contract import (
    AskedPaper,
    AttemptState,
    PaperPage,
    PaperState,
    Result,
    ResultPage,
    Saved,
    SaveRequest,
)
from assistant.quiz.papers.service import MayRead, documents_of, entry_of
from assistant.quiz.papers.store import PaperHead, PaperStore, Sheet, no_paper
from assistant.quiz.taking.attempt import GRACE, Attempt, submitted, with_answers
from assistant.quiz.taking.grading import is_answered
from assistant.quiz.taking.observed import ObservedItems
from assistant.quiz.taking.presenting import Shown, asked_paper, result
from assistant.quiz.taking.store import AttemptStore, no_attempt
from assistant.userdata.words import PageQuery
from corpus.clock import local
from corpus.errors import Conflict

_TRIES = 20


@dataclass(frozen=True, slots=True)
class Sitting:
    """Exams as those who take them meet them."""

    papers: PaperStore
    attempts: AttemptStore
    bank: QuizBank
    may_read: MayRead
    observed: ObservedItems
    now: Callable[[], dt.datetime]

    def offered(self, person: Principal) -> PaperPage:
        """Open papers for the person, those to come included; without any that rests on a document hidden from them."""
        now = self.now()
        heads = [h for h in self.papers.heads(PaperState.OPEN) if self._is_for(person, h) and not _is_over(h, now)]
        running = {attempt.paper_id: attempt.id for attempt in self._running_of(person.id)}
        taken = self.attempts.taken([head.id for head in heads], person.id)
        entries = [entry_of(head, taken.get(head.id, 0), running.get(head.id, "")) for head in heads]
        return PaperPage(items=entries, total=len(entries))

    def start(self, person: Principal, paper_id: str) -> AskedPaper:
        """Begin, or go on with the attempt that runs.

        Raises Conflict before the time, after it, after the last attempt, and while an item's law has changed: nobody
        is to be marked by a key that is no longer right.
        """
        head, now = self.papers.head(paper_id), self.now()
        if not self._is_for(person, head) or head.state is PaperState.DRAFT:
            raise no_paper()
        running = next((a for a in self._running_of(person.id) if a.paper_id == paper_id), None)
        if running is None:
            _check_time(head, now)
            sheet = self.papers.sheet(paper_id)
            self._check_law(person, sheet)
            ends = now + dt.timedelta(minutes=head.minutes)
            fresh = Attempt(
                id=uuid.uuid4().hex,
                paper_id=paper_id,
                person_id=person.id,
                ordinal=0,
                person_name=person.name,
                department=person.department or "",
                variant="",
                count=head.count,
                total=head.total,
                state=AttemptState.RUNNING,
                started_at=now,
                ends_at=min(ends, head.closes_at) if head.closes_at else ends,
            )
            running = self.attempts.begin(fresh, head.attempts, [variant.name for variant in sheet.variants])
        if running is None:
            raise Conflict(f"这份试卷限作答 {head.attempts} 次，您已用完。", remedy="成绩在“我的成绩”中查看。")
        return asked_paper(running, head, self.papers.sheet(paper_id), now)

    def attempt(self, person: Principal, attempt_id: str) -> AskedPaper:
        attempt = self._timely(self.attempts.attempt(attempt_id, person.id))
        head = self.papers.head(attempt.paper_id)
        if not self.may_read(person, head.documents):
            raise no_attempt()
        return asked_paper(attempt, head, self.papers.sheet(head.id), self.now())

    def save(self, person: Principal, attempt_id: str, request: SaveRequest) -> Saved:
        """Keep answers. What comes late, again, or after the end changes nothing; the answer says how it stands."""
        for _ in range(_TRIES):
            attempt = self._timely(self.attempts.attempt(attempt_id, person.id))
            if not attempt.running or request.sequence <= attempt.sequence:
                return self._saved(attempt)
            changed = with_answers(attempt, request.answers, request.sequence)
            if self.attempts.keep_answers(changed, attempt.sequence):
                return self._saved(changed)
        raise _busy()

    def submit(self, person: Principal, attempt_id: str, request: SaveRequest) -> Result:
        """Submit, with the last answers. Submitted once is submitted: again, the same result is given."""
        for _ in range(_TRIES):
            attempt = self._timely(self.attempts.attempt(attempt_id, person.id))
            if not attempt.running:
                return self._result(person, attempt)
            last = attempt
            if request.sequence >= attempt.sequence:
                last = with_answers(attempt, request.answers, request.sequence)
            done = submitted(last, self.papers.sheet(attempt.paper_id), self.now())
            if self.attempts.finish(done, attempt.sequence):
                self.observed.was_answered(done.paper_id)
                return self._result(person, done)
        raise _busy()

    def result(self, person: Principal, attempt_id: str) -> Result:
        """Raises Conflict before submission."""
        attempt = self._timely(self.attempts.attempt(attempt_id, person.id))
        if attempt.running:
            raise Conflict("还没有交卷，成绩和解析在交卷以后给出。", remedy="请先交卷。")
        return self._result(person, attempt)

    def own_results(self, person: Principal, query: PageQuery) -> ResultPage:
        """The person's attempts that are over, newest first, without their items."""
        over = [attempt for attempt in map(self._timely, self.attempts.of_person(person.id)) if not attempt.running]
        titles = {head.id: head.title for head in self.papers.heads(ids={attempt.paper_id for attempt in over})}
        shown = over[query.offset : query.offset + query.limit]
        return ResultPage(items=[result(a, titles.get(a.paper_id, "")) for a in shown], total=len(over))

    def asked_in_running_exams(self, person_id: str) -> Callable[[QuizItem], bool]:
        """Whether running exams of the person ask an item, its fact, or nearly its words: its key has to wait."""
        return self._asked_on({attempt.paper_id for attempt in self._running_of(person_id)})

    def asked_in_open_exams(self, person_id: str) -> Callable[[QuizItem], bool]:
        """The same of every open exam, begun or not, save those in which the person has no attempt left.

        Who is not invited to an exam may sit beside somebody who is, so the key waits for everybody.
        """
        now = self.now()
        running = {attempt.paper_id for attempt in self._running_of(person_id)}
        heads = [head for head in self.papers.heads(PaperState.OPEN) if not _is_over(head, now)]
        taken = self.attempts.taken([head.id for head in heads], person_id)
        return self._asked_on(running | {head.id for head in heads if taken.get(head.id, 0) < head.attempts})

    def _asked_on(self, paper_ids: Collection[str]) -> Callable[[QuizItem], bool]:
        sheets = [self.papers.sheet(paper_id) for paper_id in sorted(paper_ids)]
        return lambda item: any(sheet.asks(item) for sheet in sheets)

    def finish_overdue(self) -> int:
        """Submit, as they were saved, all attempts whose time is over; how many."""
        overdue = self.attempts.ended(self.now() - GRACE)
        for attempt in overdue:
            self._timely(attempt)
        return len(overdue)

    def _running_of(self, person_id: str) -> list[Attempt]:
        """The person's attempts that still run; those whose time is over are submitted now."""
        timely = (self._timely(attempt) for attempt in self.attempts.running_of(person_id))
        return [attempt for attempt in timely if attempt.running]

    def _timely(self, attempt: Attempt) -> Attempt:
        """The attempt as the clock has it: one whose time is over is submitted as it was saved."""
        while attempt.overdue(self.now()):
            done = submitted(attempt, self.papers.sheet(attempt.paper_id), attempt.ends_at)
            if self.attempts.finish(done, attempt.sequence):
                self.observed.was_answered(done.paper_id)
                return done
            attempt = self.attempts.attempt(attempt.id)
        return attempt

    def _result(self, person: Principal, attempt: Attempt) -> Result:
        head = self.papers.head(attempt.paper_id)
        return result(attempt, head.title, self.papers.sheet(head.id), self._shown_to(person, head))

    def _shown_to(self, person: Principal, head: PaperHead) -> Shown:
        is_asked = self.asked_in_running_exams(person.id)
        whole = self.may_read(person, head.documents)

        def shown(item: QuizItem) -> bool:
            return not is_asked(item) and (whole or self.may_read(person, documents_of([item])))

        return shown

    def _check_law(self, person: Principal, sheet: Sheet) -> None:
        ids = [entry.item.id for entry in sheet.items]
        fit = self.bank.fit(person, ids)
        if changed := sum(item_id not in fit for item_id in ids):
            raise Conflict(
                f"这份试卷有 {changed} 道题的依据已变动或者试题已停用，暂不能开始作答。",
                remedy="请与组织考试的人员联系。",
            )

    def _saved(self, attempt: Attempt) -> Saved:
        asked = self.papers.sheet(attempt.paper_id).asked[attempt.variant]
        answered = sum(is_answered(asked[number - 1].form, answer) for number, answer in attempt.answers.items())
        left = attempt.seconds_left(self.now())
        return Saved(sequence=attempt.sequence, saved=answered, seconds_left=left, state=attempt.state)

    def _is_for(self, person: Principal, head: PaperHead) -> bool:
        return (not head.groups or person.department in head.groups) and self.may_read(person, head.documents)


def _is_over(head: PaperHead, now: dt.datetime) -> bool:
    return head.closes_at is not None and now >= head.closes_at


def _check_time(head: PaperHead, now: dt.datetime) -> None:
    if head.state is PaperState.CLOSED or _is_over(head, now):
        raise Conflict("考试已经结束。", remedy="如需补考，请与组织考试的人员联系。")
    if head.opens_at is not None and now < head.opens_at:
        opens = local(head.opens_at)
        raise Conflict(f"考试将于 {opens:%Y-%m-%d %H:%M} 开始。", remedy="请届时再进入。")


def _busy() -> Conflict:
    return Conflict("同时有多处在保存这份作答。", remedy="请只在一个页面作答，稍后重试。")
