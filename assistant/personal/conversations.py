"""A person's conversations for the export and erasure of one's own data: the questions, not what was answered.

Answers quote documents that the person may no longer be allowed to read; the export of a conversation cuts them.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from assistant.conversations.schema import ConversationRow, MessageRow
from assistant.conversations.store import ConversationStore
from assistant.userdata import UserData


class ConversationArea:
    """Implements ``PersonalArea`` for conversations."""

    def __init__(self, userdata: UserData) -> None:
        self._userdata = userdata

    def of_person(self, person_id: str) -> list[dict[str, Any]]:
        own = select(ConversationRow).where(ConversationRow.person_id == person_id).order_by(ConversationRow.created)
        asked = select(MessageRow).where(MessageRow.person_id == person_id).order_by(MessageRow.number)
        with self._userdata.read() as session:
            conversations = {
                row.id: {"title": row.title, "created": row.created, "questions": []} for row in session.scalars(own)
            }
            for row in session.scalars(asked):
                question = {"question": row.question, "as_of": row.as_of, "region": row.region, "asked": row.asked}
                held: Any = conversations.get(row.conversation_id, {}).get("questions", [])
                held.append(question)
        return list(conversations.values())

    def erase(self, person_id: str) -> int:
        return ConversationStore(self._userdata).erase_person(person_id)
