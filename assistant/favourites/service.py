"""Favourites and recent entries kept in the database of user data, and cut to what the person may still read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from sqlalchemy import delete, func, select

from assistant.accounts.principal import Principal
from assistant.favourites.contract import Entry, EntryKey, EntryKind, EntryPage, EntryQuery, EntryRequest
from assistant.favourites.schema import EntryRow
from assistant.userdata import UserData
from assistant.userdata.schema import moment
from assistant.views import Views
from corpus.errors import Conflict, NotFound
from corpus.vocabulary import State

FAVOURITE, RECENT = "favourite", "recent"
MOST_FAVOURITES = 500
MOST_RECENT = 50

ReadTopic = Callable[[Principal, str], str | None]
"""Title of a topic as the person may read it; None where it cannot be read."""
ConversationOf = Callable[[Principal, str], str]
"""Id of the conversation of a person's message. Raises NotFound for one that is gone."""


class FavouritesService:
    """Implements ``Favourites``. Without ``read_topic`` a topic keeps the title it was marked with."""

    def __init__(
        self,
        userdata: UserData,
        views: Views,
        read_topic: ReadTopic | None = None,
        conversation_of: ConversationOf | None = None,
        now: Callable[[], dt.datetime] = lambda: dt.datetime.now(dt.UTC),
    ) -> None:
        self._userdata = userdata
        self._views = views
        self._read_topic = read_topic
        self._conversation_of = conversation_of
        self._now = now

    def favourites(self, principal: Principal, query: EntryQuery) -> EntryPage:
        return self._page(principal, FAVOURITE, query)

    def recent(self, principal: Principal, query: EntryQuery) -> EntryPage:
        return self._page(principal, RECENT, query)

    def add(self, principal: Principal, request: EntryRequest) -> Entry:
        return self._put(principal, FAVOURITE, request)

    def opened(self, principal: Principal, request: EntryRequest) -> Entry:
        entry = self._put(principal, RECENT, request)
        with self._userdata.write() as session:
            own = (EntryRow.person_id == principal.id, EntryRow.shelf == RECENT)
            oldest = select(EntryRow).where(*own).order_by(EntryRow.at.desc()).offset(MOST_RECENT)
            for row in session.scalars(oldest):
                session.delete(row)
        return entry

    def remove(self, principal: Principal, key: EntryKey) -> None:
        with self._userdata.write() as session:
            row = session.get(EntryRow, (principal.id, FAVOURITE, key.kind.value, key.id))
            if row is not None:
                session.delete(row)

    def clear_recent(self, principal: Principal) -> None:
        self._delete(principal.id, RECENT)

    def of_person(self, person_id: str) -> dict[str, list[dict[str, Any]]]:
        """All that is kept of a person, for the export of one's own data.

        Without the titles that the corpus gave: a document may be closed to the person since.
        """
        kept: dict[str, list[dict[str, Any]]] = {FAVOURITE: [], RECENT: []}
        with self._userdata.read() as session:
            for row in session.scalars(
                select(EntryRow).where(EntryRow.person_id == person_id).order_by(EntryRow.at.desc())
            ):
                own = {"title": row.title} if row.kind == EntryKind.ANSWER else {}
                kept[row.shelf].append({"kind": row.kind, "id": row.target, **own, "at": row.at})
        return kept

    def erase(self, person_id: str) -> int:
        """Delete both lists of a person; how many entries there were."""
        return self._delete(person_id)

    def _delete(self, person_id: str, shelf: str | None = None) -> int:
        where = [EntryRow.person_id == person_id]
        if shelf is not None:
            where.append(EntryRow.shelf == shelf)
        with self._userdata.write() as session:
            return len(session.execute(delete(EntryRow).where(*where).returning(EntryRow.target)).all())

    def _put(self, principal: Principal, shelf: str, request: EntryRequest) -> Entry:
        title, note = self._read(principal, request.kind, request.id, request.title)
        conversation = self._conversation(principal, request.kind, request.id)
        at = self._now()
        with self._userdata.write() as session:
            row = session.get(EntryRow, (principal.id, shelf, request.kind.value, request.id))
            if row is None:
                own = (EntryRow.person_id == principal.id, EntryRow.shelf == shelf)
                held = session.scalar(select(func.count()).select_from(EntryRow).where(*own)) or 0
                if shelf == FAVOURITE and held >= MOST_FAVOURITES:
                    raise Conflict(f"收藏已满 {MOST_FAVOURITES} 项。", remedy="请先删去不再需要的收藏。")
                row = EntryRow(person_id=principal.id, shelf=shelf, kind=request.kind.value, target=request.id)
                session.add(row)
            row.title, row.at = title, moment(at)
        return Entry(kind=request.kind, id=request.id, title=title, at=at, note=note, conversation_id=conversation)

    def _page(self, principal: Principal, shelf: str, query: EntryQuery) -> EntryPage:
        where = [EntryRow.person_id == principal.id, EntryRow.shelf == shelf]
        if query.kind is not None:
            where.append(EntryRow.kind == query.kind.value)
        with self._userdata.read() as session:
            rows = list(session.scalars(select(EntryRow).where(*where).order_by(EntryRow.at.desc(), EntryRow.target)))
        entries: list[Entry] = []
        for row in rows:
            kind = EntryKind(row.kind)
            try:
                title, note = self._read(principal, kind, row.target, row.title)
                conversation = self._conversation(principal, kind, row.target)
            except NotFound:
                continue
            entries.append(
                Entry(
                    kind=kind,
                    id=row.target,
                    title=title,
                    at=dt.datetime.fromisoformat(row.at),
                    note=note,
                    conversation_id=conversation,
                )
            )
        return EntryPage(items=entries[query.offset : query.offset + query.limit], total=len(entries))

    def _conversation(self, principal: Principal, kind: EntryKind, target: str) -> str | None:
        """The conversation of an answer; an answer that was deleted is kept no longer. Raises NotFound."""
        if kind is not EntryKind.ANSWER or self._conversation_of is None:
            return None
        return self._conversation_of(principal, target)

    def _read(self, principal: Principal, kind: EntryKind, target: str, given: str) -> tuple[str, str]:
        """Title and note as the person may read them now. Raises NotFound."""
        if kind is EntryKind.PROVISION:
            detail = self._views.assistant(principal).provision(target)
            return detail.citation, "" if detail.status is State.IN_FORCE else detail.note or "不是现行有效的文本。"
        if kind is EntryKind.DOCUMENT:
            for info in self._views.assistant(principal).documents():
                if info.document_id == target:
                    return info.law, ""
            raise NotFound("没有这份文件。", where="/id")
        if kind is EntryKind.STANDARD:
            standard = self._views.desk(principal).standard(target)
            return standard.title, ""
        if kind is EntryKind.TOPIC and self._read_topic is not None:
            title = self._read_topic(principal, target)
            if title is None:
                raise NotFound("没有这个事项。", where="/id")
            return title, ""
        return given or target, ""
