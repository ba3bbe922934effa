"""What answers tell of the bank's items (实测难度): reckoned anew after papers were answered, kept, and looked up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from threading import Lock

from sqlalchemy import delete, select

from assistant.quiz.bank.observed import Observed
from assistant.quiz.papers.store import PaperStore
from assistant.quiz.taking.schema import ObservedRow
from assistant.quiz.taking.statistics import Observation, observations
from assistant.quiz.taking.store import AttemptStore
from assistant.userdata import UserData


class ObservedItems:
    """Difficulty and discrimination as seen in exams. Safe to share between threads."""

    def __init__(self, userdata: UserData, papers: PaperStore, attempts: AttemptStore) -> None:
        self._userdata = userdata
        self._papers = papers
        self._attempts = attempts
        self._answered: set[str] = set()
        self._lock = Lock()

    def of(self, item_ids: Sequence[str]) -> Mapping[str, Observed]:
        """What is known of the items that were answered; implements ``assistant.quiz.bank.observed.Observe``."""
        wanted = select(ObservedRow).where(ObservedRow.item_id.in_(list(item_ids)))
        with self._userdata.read() as session:
            return {
                row.item_id: Observed(row.answered, _float(row.difficulty), _float(row.discrimination))
                for row in session.scalars(wanted)
            }

    def was_answered(self, paper_id: str) -> None:
        """Reckon the items of this paper anew, the next time that ``renew`` is called."""
        with self._lock:
            self._answered.add(paper_id)

    def renew(self) -> None:
        """Reckon what has been answered since the last time."""
        with self._lock:
            papers, self._answered = self._answered, set()
        for paper_id in sorted(papers):
            self.reckon(paper_id)

    def reckon(self, paper_id: str) -> None:
        """Reckon the items of a paper from everybody's attempts of all papers that hold them."""
        wanted = self._papers.sheet(paper_id).item_ids
        holding = self._papers.holding(wanted)
        self._keep(observations([(self._papers.sheet(p), self._attempts.of_paper(p)) for p in holding], wanted))

    def _keep(self, found: Sequence[Observation]) -> None:
        with self._userdata.write() as session:
            session.execute(delete(ObservedRow).where(ObservedRow.item_id.in_([one.item_id for one in found])))
            session.add_all(
                ObservedRow(
                    item_id=one.item_id,
                    answered=one.answered,
                    difficulty=_text(one.difficulty),
                    discrimination=_text(one.discrimination),
                )
                for one in found
            )


def _text(share: float | None) -> str | None:
    return None if share is None else f"{share:.4f}"


def _float(text: str | None) -> float | None:
    return None if text is None else float(text)
