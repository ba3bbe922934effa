"""What a person did in office (工作记录): uploads, retirements, marks, curated answers. The act stays, the name can go.

Who may ask for it: whoever erases an account. Not the person alone, or an author could take their name off a curated
answer and approve it as somebody else.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, inspect, select, update

from assistant.curated.schema import CuratedChangeRow, CuratedRow
from assistant.feedback.schema import FeedbackRow
from assistant.quiz.bank.schema import QuizHistoryRow, QuizItemRow
from assistant.quiz.papers.schema import PaperRow
from assistant.uploads.schema import RetirementRow, ReviewMarkRow, UploadExclusionRow, UploadFileRow, UploadRow
from assistant.userdata import UserData
from assistant.userdata.schema import Base

NOBODY = "（已删除）"
"""What stands where a name stood."""


@dataclass(frozen=True, slots=True)
class Naming:
    """Columns of a table that say who did something: the id, the name if kept, and the moment."""

    act: str
    row: type[Base]
    person: str
    name: str | None = None
    at: str | None = None


NAMINGS = (
    Naming("uploaded", UploadRow, "person_id", "person_name", "created_at"),
    Naming("uploaded_file", UploadFileRow, "person_id"),
    Naming("excluded_file", UploadExclusionRow, "person_id"),
    Naming("retired", RetirementRow, "person_id", "person_name", "at"),
    Naming("restored", RetirementRow, "restored_by_id", "restored_by", "restored_at"),
    Naming("looked_into", ReviewMarkRow, "person_id", "person_name", "at"),
    Naming("wrote_curated_answer", CuratedRow, "person_id", "author", "changed_at"),
    Naming("approved_curated_answer", CuratedRow, "approver_id", "approver", "approved_at"),
    Naming("changed_curated_answer", CuratedChangeRow, "person_id", "person", "at"),
    Naming("wrote_quiz_item", QuizItemRow, "person_id", "author", "changed_at"),
    Naming("changed_quiz_item", QuizHistoryRow, "person_id", "person", "at"),
    Naming("made_paper", PaperRow, "person_id", "author", "created_at"),
    Naming("settled_feedback", FeedbackRow, "reviewer_id", None, "changed_at"),
)


class NamedActs:
    """Implements ``PersonalArea`` for all tables that name who did something."""

    def __init__(self, userdata: UserData) -> None:
        self._userdata = userdata

    def of_person(self, person_id: str) -> list[dict[str, Any]]:
        kept: list[dict[str, Any]] = []
        with self._userdata.read() as session:
            for naming in NAMINGS:
                row, mapper = naming.row, inspect(naming.row)
                for found in session.scalars(select(row).where(getattr(row, naming.person) == person_id)):
                    key = "/".join(str(part) for part in mapper.primary_key_from_instance(found))
                    kept.append({"act": naming.act, "id": key, "at": getattr(found, naming.at) if naming.at else None})
        return kept

    def erase(self, person_id: str) -> int:
        """Take the name off everything the person did; how many acts there were."""
        acts = 0
        with self._userdata.write() as session:
            for naming in NAMINGS:
                theirs = getattr(naming.row, naming.person) == person_id
                acts += session.scalar(select(func.count()).select_from(naming.row).where(theirs)) or 0
                gone = {naming.person: ""} | ({naming.name: NOBODY} if naming.name else {})
                session.execute(update(naming.row).where(theirs).values(**gone))
        return acts
