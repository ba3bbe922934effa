"""The revision of the store (语料版本): a mark that changes with every change of what is held.

It is bumped in the transaction of the change itself, whoever makes it: documents, versions, corrections, readers. A
number says how many changes there were, a random part tells apart two stores that came to the same number.
"""

from __future__ import annotations

import secrets
from typing import Any

from sqlalchemy import event
from sqlalchemy.orm import ORMExecuteState, Session, SessionTransaction, sessionmaker

from corpus.store.schema import MetaRow

KEY = "corpus revision"
FIRST = "0"
_CHANGED = "corpus changed"
_COPIED = "corpus copied"  # the facts about the store were written as rows: the copy keeps the revision it came with


def watch(sessions: sessionmaker[Session]) -> None:
    """Let every session of ``sessions`` bump the revision when it commits a change."""
    event.listen(sessions, "do_orm_execute", _note_statement)
    event.listen(sessions, "after_flush", _note_flush)
    event.listen(sessions, "before_commit", _bump)
    event.listen(sessions, "after_transaction_end", _forget)


def _note_statement(state: ORMExecuteState) -> None:
    if not (state.is_insert or state.is_update or state.is_delete):
        return
    table = getattr(state.statement, "table", None)
    if table is not MetaRow.__table__:
        state.session.info[_CHANGED] = True
    elif state.is_insert:
        state.session.info[_COPIED] = True


def _note_flush(session: Session, _context: Any) -> None:
    written = (*session.new, *session.deleted, *(row for row in session.dirty if session.is_modified(row)))
    if any(not isinstance(row, MetaRow) for row in written):
        session.info[_CHANGED] = True


def _bump(session: Session) -> None:
    session.flush()
    copied = session.info.pop(_COPIED, False)
    if not session.info.pop(_CHANGED, False):
        return
    row = session.get(MetaRow, KEY)
    if row is not None and copied:
        return
    changes = int(row.value.split("-")[0]) if row else 0
    session.merge(MetaRow(key=KEY, value=f"{changes + 1}-{secrets.token_hex(4)}"))
    session.flush()


def _forget(session: Session, transaction: SessionTransaction) -> None:
    if transaction.parent is None:
        session.info.pop(_CHANGED, None)
        session.info.pop(_COPIED, None)
