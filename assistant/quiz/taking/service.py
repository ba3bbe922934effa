"""Taking papers and practising in one (作答服务): implements ``Exams``, and what papers need to know of attempts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection

from assistant.accounts.principal import Principal
from assistant.quiz.contract import QuizBank
from assistant.quiz.paper_contract import (
    AskedPaper,
    AskedPractice,
    Departments,
    HoursPage,
    HoursQuery,
    MarkedItem,
    MarkRequest,
    PaperPage,
    PaperStatistics,
    PracticeAnswer,
    PracticeRequest,
    PracticeRounds,
    Result,
    ResultPage,
    Saved,
    SaveRequest,
    WrongPage,
)
from assistant.quiz.papers.service import MayRead
from assistant.quiz.papers.store import PaperStore
from assistant.quiz.taking.departments import departments
from assistant.quiz.taking.observed import ObservedItems
from assistant.quiz.taking.personal import ExamArea, NamedAttempts
from assistant.quiz.taking.practice_store import PracticeStore
from assistant.quiz.taking.practising import Practising
from assistant.quiz.taking.records import Records
from assistant.quiz.taking.sitting import Sitting
from assistant.quiz.taking.store import AttemptStore
from assistant.userdata import UserData
from assistant.userdata.words import PageQuery


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


class ExamService:
    """Implements ``Exams``; each part stands in a module of its own."""

    def __init__(
        self,
        userdata: UserData,
        papers: PaperStore,
        bank: QuizBank,
        may_read: MayRead,
        now: Callable[[], dt.datetime] = _now,
    ) -> None:
        attempts, rounds = AttemptStore(userdata), PracticeStore(userdata)
        self._userdata = userdata
        self._attempts = attempts
        self._now = now
        self.observed = ObservedItems(userdata, papers, attempts)
        self._sitting = Sitting(papers, attempts, bank, may_read, self.observed, now)
        self._practising = Practising(bank, rounds, attempts, self._sitting, now)
        self._records = Records(papers, attempts, rounds, self._sitting, may_read, self.observed)
        self.area = ExamArea(papers, attempts, rounds)
        self.named = NamedAttempts(attempts)

    # ---- for papers and the background -----------------------------------------------------------------------------

    def taken(self, paper_ids: Collection[str]) -> dict[str, int]:
        return self._attempts.taken(paper_ids)

    def close(self, paper_id: str) -> None:
        """End the running attempts of a paper now; they are submitted as they were saved."""
        self._attempts.end(paper_id, self._now())

    def known_departments(self) -> list[str]:
        return departments(self._userdata)

    def retime(self, paper_id: str, lasting: dt.timedelta, closes_at: dt.datetime | None) -> None:
        """Let the running attempts of a paper end after their own time, or when it closes."""
        self._attempts.retime(paper_id, lasting, closes_at, self._now())

    def sweep(self) -> None:
        """Submit what is over and reckon what was answered."""
        self._sitting.finish_overdue()
        self.observed.renew()

    # ---- Exams -----------------------------------------------------------------------------------------------------

    def offered(self, person: Principal) -> PaperPage:
        return self._sitting.offered(person)

    def start(self, person: Principal, paper_id: str) -> AskedPaper:
        return self._sitting.start(person, paper_id)

    def attempt(self, person: Principal, attempt_id: str) -> AskedPaper:
        return self._sitting.attempt(person, attempt_id)

    def save(self, person: Principal, attempt_id: str, request: SaveRequest) -> Saved:
        return self._sitting.save(person, attempt_id, request)

    def submit(self, person: Principal, attempt_id: str, request: SaveRequest) -> Result:
        return self._sitting.submit(person, attempt_id, request)

    def result(self, person: Principal, attempt_id: str) -> Result:
        return self._sitting.result(person, attempt_id)

    def own_results(self, person: Principal, query: PageQuery) -> ResultPage:
        return self._sitting.own_results(person, query)

    def practise(self, person: Principal, request: PracticeRequest) -> AskedPractice:
        return self._practising.practise(person, request)

    def practice(self, person: Principal, practice_id: str) -> AskedPractice:
        return self._practising.practice(person, practice_id)

    def unfinished(self, person: Principal) -> PracticeRounds:
        return self._practising.unfinished(person)

    def answer(self, person: Principal, practice_id: str, request: PracticeAnswer) -> MarkedItem:
        return self._practising.answer(person, practice_id, request)

    def wrong(self, person: Principal, query: PageQuery) -> WrongPage:
        return self._practising.wrong(person, query)

    def results(self, person: Principal, paper_id: str, query: PageQuery) -> ResultPage:
        return self._records.results(person, paper_id, query)

    def trainee_result(self, person: Principal, attempt_id: str) -> Result:
        return self._records.trainee_result(person, attempt_id)

    def mark(self, person: Principal, attempt_id: str, request: MarkRequest) -> Result:
        return self._records.mark(person, attempt_id, request)

    def statistics(self, person: Principal, paper_id: str) -> PaperStatistics:
        return self._records.statistics(person, paper_id)

    def hours(self, person: Principal, query: HoursQuery) -> HoursPage:
        return self._records.hours(person, query)

    def departments(self, person: Principal) -> Departments:
        found = self.known_departments()
        return Departments(items=found, total=len(found))

    def hours_xlsx(self, person: Principal, query: HoursQuery) -> bytes:
        return self._records.hours_xlsx(person, query)
