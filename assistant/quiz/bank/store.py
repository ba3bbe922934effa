"""Items in the database of user data (题库存储): rows and what they mean, nothing of law or review."""

from __future__ import annotations

import datetime as dt
import json
import secrets
import time
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, cast

from pydantic import TypeAdapter
from sqlalchemy import ColumnElement, CursorResult, bindparam, delete, exists, func, select, update
from sqlalchemy.orm import Session

from assistant.accounts.principal import Principal
from assistant.accounts.roles import Role
from assistant.quiz.bank.schema import QuizCitedRow, QuizHistoryRow, QuizItemRow
from assistant.quiz.contract import (
    Blocked,
    HistoryEntry,
    ItemContent,
    ItemQuery,
    ItemState,
    Origin,
    Proof,
    QuizItem,
)
from assistant.userdata import UserData
from assistant.userdata.schema import moment
from corpus.errors import Conflict, NotFound

SYSTEM = Principal("", "系统", Role.OFFICER, frozenset())
"""Who acts where no person does."""

_CONTENT: TypeAdapter[ItemContent] = TypeAdapter(ItemContent)
_AT_ONCE = 400  # ids in one statement
_STANDING = select(QuizItemRow.id, QuizItemRow.revision).where(
    QuizItemRow.id.in_(bindparam("ids", expanding=True)),
    QuizItemRow.state.in_(bindparam("states", expanding=True)),
    QuizItemRow.blocked.is_(None),
)


@dataclass(frozen=True, slots=True)
class Fresh:
    """An item that is to be kept: its content, what was proved of it, and how it came about."""

    content: ItemContent
    proof: Proof
    origin: Origin
    act: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the review: the item as it was read, and its state afterwards."""

    before: QuizItem
    state: ItemState


@dataclass(frozen=True, slots=True)
class Kept:
    """An item as it is kept, with who wrote it last."""

    item: QuizItem
    person_id: str


class BankStore:
    """The items of a database."""

    def __init__(self, userdata: UserData) -> None:
        self._userdata = userdata

    # ---- reading -----------------------------------------------------------------------------------------------

    def page(self, query: ItemQuery, hidden: Collection[str]) -> tuple[list[Kept], int]:
        """A stretch of the items that a query means, those changed last first, and how many there are."""
        where = [*_matching(query), *_visible(hidden)]
        chosen = select(QuizItemRow).where(*where).order_by(QuizItemRow.changed_at.desc(), QuizItemRow.id)
        with self._userdata.read() as session:
            total = session.scalar(select(func.count()).select_from(QuizItemRow).where(*where)) or 0
            rows = session.scalars(chosen.limit(query.limit).offset(query.offset))
            return [_kept(row) for row in rows], total

    def every(self, hidden: Collection[str], states: Collection[ItemState] = tuple(ItemState)) -> list[Kept]:
        """All items in some states, in the order in which they were made."""
        chosen = select(QuizItemRow).where(QuizItemRow.state.in_([state.value for state in states]), *_visible(hidden))
        with self._userdata.read() as session:
            return [_kept(row) for row in session.scalars(chosen.order_by(QuizItemRow.id))]

    def some(self, ids: Sequence[str], hidden: Collection[str]) -> dict[str, Kept]:
        """Those of the items that are there, by id."""
        wanted = list(dict.fromkeys(ids))
        found: dict[str, Kept] = {}
        with self._userdata.read() as session:
            for start in range(0, len(wanted), _AT_ONCE):
                chosen = QuizItemRow.id.in_(wanted[start : start + _AT_ONCE])
                rows = session.scalars(select(QuizItemRow).where(chosen, *_visible(hidden)))
                found |= {row.id: _kept(row) for row in rows}
        return found

    def standing(self, ids: Sequence[str], states: Collection[ItemState], hidden: Collection[str]) -> dict[str, int]:
        """The revisions of those of the items that are in one of the states and not blocked, by id."""
        wanted = list(dict.fromkeys(ids))
        chosen = _STANDING.where(*_visible(hidden)) if hidden else _STANDING
        found: dict[str, int] = {}
        with self._userdata.read() as session:
            for start in range(0, len(wanted), _AT_ONCE):
                given = {"ids": wanted[start : start + _AT_ONCE], "states": [state.value for state in states]}
                found |= {row.id: row.revision for row in session.execute(chosen, given)}
        return found

    def one(self, item_id: str, hidden: Collection[str]) -> Kept:
        """One item. Raises NotFound."""
        found = self.some([item_id], hidden).get(item_id)
        if found is None:
            raise NotFound("题库中没有这道题。", where="item_id", remedy="请返回题库列表。")
        return found

    def history(self, item_id: str) -> list[HistoryEntry]:
        """What happened to an item, oldest first."""
        of_item = select(QuizHistoryRow).where(QuizHistoryRow.item_id == item_id).order_by(QuizHistoryRow.number)
        with self._userdata.read() as session:
            return [
                HistoryEntry(
                    at=dt.datetime.fromisoformat(row.at),
                    by=row.person,
                    act=row.act,
                    note=row.note,
                    revision=row.revision,
                    content=_CONTENT.validate_json(row.content) if row.content else None,
                )
                for row in session.scalars(of_item)
            ]

    # ---- writing -----------------------------------------------------------------------------------------------

    def add(self, person: Principal, items: Sequence[Fresh], at: dt.datetime) -> list[QuizItem]:
        """Keep new items as drafts, in one transaction, in their order."""
        now = moment(at)
        with self._userdata.write() as session:
            rows = []
            for item_id, fresh in zip(_new_ids(len(items)), items, strict=True):
                row = QuizItemRow(id=item_id, state=ItemState.DRAFT.value, revision=1, created_at=now, blocked=None)
                _put(row, person, fresh, now)
                session.add(row)
                rows.append(row)
            session.flush()
            for row, fresh in zip(rows, items, strict=True):
                _cite(session, row.id, fresh.content)
                session.add(_history(row.id, 1, now, person, fresh.act, fresh.note, 1, row.content))
            return [_kept(row).item for row in rows]

    def rewrite(self, person: Principal, before: QuizItem, fresh: Fresh, at: dt.datetime) -> QuizItem:
        """Write an item anew, as a draft. Raises Conflict where it was changed since ``before`` was read."""
        now = moment(at)
        with self._userdata.write() as session:
            if not _changed(session, before, state=ItemState.DRAFT.value, blocked=None, revision=before.revision + 1):
                raise Conflict("这道题刚被他人修改或审核。", where="item_id", remedy="请刷新，看过最新内容后再操作。")
            row = session.get_one(QuizItemRow, before.id)
            _put(row, person, fresh, now)
            session.execute(delete(QuizCitedRow).where(QuizCitedRow.item_id == row.id))
            _cite(session, row.id, fresh.content)
            number = _next_number(session, row.id)
            session.add(_history(row.id, number, now, person, fresh.act, fresh.note, row.revision, row.content))
            return _kept(row).item

    def move(self, person: Principal, steps: Sequence[Step], act: str, note: str, at: dt.datetime) -> list[str]:
        """Note steps of the review, in one transaction; ids of the items that somebody else changed meanwhile."""
        now = moment(at)
        late = []
        with self._userdata.write() as session:
            for step in sorted(steps, key=lambda s: s.before.id):
                item = step.before
                if not _changed(session, item, state=step.state.value, changed_at=now):
                    late.append(item.id)
                    continue
                number = _next_number(session, item.id)
                session.add(_history(item.id, number, now, person, act, note, item.revision))
        return late

    def settle(
        self, before: QuizItem, blocked: Blocked | None, content: ItemContent, act: str, note: str, at: dt.datetime
    ) -> None:
        """Note what became of an item's law; with an ``act`` it goes into the history. Lost where it was changed."""
        now = moment(at)
        with self._userdata.write() as session:
            told = blocked.model_dump_json() if blocked else None
            if _changed(session, before, blocked=told, content=_json(content)) and act:
                number = _next_number(session, before.id)
                session.add(_history(before.id, number, now, SYSTEM, act, note, before.revision))


# ---- rows ------------------------------------------------------------------------------------------------------------


def _matching(query: ItemQuery) -> Iterator[ColumnElement[bool]]:
    if query.state is not None:
        yield QuizItemRow.state == query.state.value
    if query.kind is not None:
        yield QuizItemRow.kind == query.kind.value
    if query.point is not None:
        yield QuizItemRow.point == query.point.value
    if query.field:
        yield QuizItemRow.field == query.field
    if query.title:
        yield QuizItemRow.title.contains(query.title.strip("《》"), autoescape=True)
    for word in (query.words or "").split():
        yield func.lower(QuizItemRow.words).contains(word.lower(), autoescape=True)
    if query.blocked is not None:
        yield QuizItemRow.blocked.is_not(None) if query.blocked else QuizItemRow.blocked.is_(None)


def _visible(hidden: Collection[str]) -> Iterator[ColumnElement[bool]]:
    if hidden:
        cites_hidden = (QuizCitedRow.item_id == QuizItemRow.id) & QuizCitedRow.document_id.in_(sorted(hidden))
        yield ~exists().where(cites_hidden)


def _put(row: QuizItemRow, person: Principal, fresh: Fresh, now: str) -> None:
    content = fresh.content
    row.person_id, row.author, row.changed_at = person.id, person.name, now
    row.origin, row.kind, row.point = fresh.origin.value, content.kind.value, content.point.value
    row.field, row.title = content.tags.field, content.tags.title
    row.words = "\n".join((content.stem, *content.options))
    row.content = _json(content)
    row.proof = fresh.proof.model_dump_json()


def _cite(session: Session, item_id: str, content: ItemContent) -> None:
    documents = dict.fromkeys(citation.document_id for citation in content.citations)
    session.add_all(QuizCitedRow(item_id=item_id, document_id=document) for document in documents)


def _kept(row: QuizItemRow) -> Kept:
    item = QuizItem(
        **json.loads(row.content),
        id=row.id,
        state=ItemState(row.state),
        origin=Origin(row.origin),
        author=row.author,
        revision=row.revision,
        proof=Proof.model_validate_json(row.proof),
        blocked=Blocked.model_validate_json(row.blocked) if row.blocked else None,
        created_at=dt.datetime.fromisoformat(row.created_at),
        changed_at=dt.datetime.fromisoformat(row.changed_at),
    )
    return Kept(item, row.person_id)


def _json(content: ItemContent) -> str:
    return content.model_dump_json(include=set(ItemContent.model_fields))


def content_of(item: ItemContent) -> ItemContent:
    """The content of an item, without its life in the bank."""
    return ItemContent.model_construct(**{name: getattr(item, name) for name in ItemContent.model_fields})


def _changed(session: Session, before: QuizItem, **values: object) -> bool:
    """Change the row of an item, unless somebody changed or moved it since it was read; whether it was done.

    One statement that tests and writes, so that of two at the same time one finds the row changed on any database.
    """
    as_read = (
        QuizItemRow.id == before.id,
        QuizItemRow.revision == before.revision,
        QuizItemRow.state == before.state.value,
    )
    done = session.execute(update(QuizItemRow).where(*as_read).values(values))
    return cast("CursorResult[Any]", done).rowcount == 1


def _next_number(session: Session, item_id: str) -> int:
    of_item = QuizHistoryRow.item_id == item_id
    return (session.scalar(select(func.max(QuizHistoryRow.number)).where(of_item)) or 0) + 1


def _history(
    item_id: str, number: int, at: str, person: Principal, act: str, note: str, revision: int, content: str = ""
) -> QuizHistoryRow:
    return QuizHistoryRow(
        item_id=item_id,
        number=number,
        at=at,
        person_id=person.id,
        person=person.name,
        act=act,
        note=note,
        revision=revision,
        content=content,
    )


def _new_ids(count: int) -> Iterator[str]:
    """Ids that sort in the order in which items are made."""
    begun, mark = time.time_ns() // 1_000_000, secrets.token_hex(3)
    return (f"q-{begun:011x}{mark}{number:04x}" for number in range(count))
