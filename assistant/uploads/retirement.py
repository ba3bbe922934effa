"""Taking documents out of use and bringing them back (停用与恢复): nothing is deleted, and each is on record."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Collection, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from assistant.accounts.principal import Principal
from assistant.problems import problem_from_error
from assistant.uploads.contract import ChangeState, RestoreRequest, Retirement, RetireRequest
from assistant.uploads.engine import Engine, Work
from assistant.uploads.schema import RetirementRow
from assistant.userdata import UserData
from assistant.userdata.schema import moment
from corpus.errors import Conflict, EAssistantError, InvalidInput, NotFound
from corpus.inventory import Holding, holding_of, version_of
from corpus.store.sources import FileState, SourceFiles
from corpus.validity.wording import format_title
from ingest.removal import Removal, plan_removal, restore_files, retire_files

_S = ChangeState
_UNDER_WAY = (_S.RETIRING.value, _S.RESTORING.value)


class Retirements:
    """Asked for by people, done by the worker one after another."""

    def __init__(self, engine: Engine, userdata: UserData, work: Work, now: Callable[[], dt.datetime]) -> None:
        self._engine = engine
        self._userdata = userdata
        self._work = work
        self._now = now

    # ---- asking --------------------------------------------------------------------------------------------------

    def retire(
        self, person: Principal, document_id: str, request: RetireRequest, hidden: Collection[str]
    ) -> Retirement:
        """Ask for a document or one text of it to go out of use.

        Raises NotFound, InvalidInput for what the law package delivers, Conflict where it is out of use already, or
        where other documents would go along and ``along`` was not said.
        """
        holding = self._holding(document_id, hidden)
        removal, version_id = self._removal(holding, request.version_id)
        title = format_title(holding.document.title)
        if self._documents_of(removal) & set(hidden):
            raise Conflict(
                f"{title}与您不能阅读的资料来自同一个文件，不能停用。",
                where=document_id,
                remedy="请由在其阅读对象之内的管理人员停用。",
            )
        if removal.others and not request.along:
            told = "、".join(map(format_title, removal.others))
            raise Conflict(
                f"{title}与{told}来自同一个文件，只能一并停用。", where=document_id, remedy="确认后选择“一并停用”。"
            )
        sources = {f.id: f.state.value for f in removal.files if f.state is not FileState.RETIRED}
        if not sources:
            raise Conflict(f"{title}已经停用。", where=document_id, remedy="如需再用，请选择恢复。")
        with self._userdata.write() as session:
            self._refuse_while_under_way(session, document_id)
            row = RetirementRow(
                document_id=document_id,
                version_id=version_id,
                title=holding.document.title,
                others=_json(list(removal.others)),
                sources=_json(sources),
                state=_S.RETIRING.value,
                reason=request.reason,
                person_id=person.id,
                person_name=person.name,
                at=moment(self._now()),
            )
            session.add(row)
            session.flush()
            return _shown(row)

    def restore(
        self, person: Principal, document_id: str, request: RestoreRequest, hidden: Collection[str]
    ) -> Retirement:
        """Ask for a document's latest retirement to be taken back. Raises NotFound, Conflict."""
        if document_id in hidden:
            raise _unknown(document_id)
        unseen = self._titles(hidden)
        with self._userdata.write() as session:
            self._refuse_while_under_way(session, document_id)
            query = select(RetirementRow).where(
                RetirementRow.document_id == document_id,
                RetirementRow.state.in_([_S.RETIRED.value, _S.FAILED.value]),
            )
            row = session.scalars(query.order_by(RetirementRow.id.desc()).limit(1)).first()
            if row is None and self._engine.store.document(document_id) is None:
                raise _unknown(document_id)
            if row is None:
                raise Conflict("这份文件没有停用，不需恢复。", where=document_id)
            if unseen.intersection(json.loads(row.others)):
                raise Conflict(
                    "一并停用的资料中有您不能阅读的，不能恢复。",
                    where=document_id,
                    remedy="请由在其阅读对象之内的管理人员恢复。",
                )
            row.state, row.message = _S.RESTORING.value, ""
            row.restored_by_id, row.restored_by = person.id, person.name
            row.restored_at, row.restored_reason = moment(self._now()), request.reason
            return _shown(row)

    def page(self, hidden: Collection[str], limit: int, offset: int) -> tuple[list[Retirement], int]:
        """Retirements, newest first, without those of hidden documents; and how many there are."""
        query = select(RetirementRow).order_by(RetirementRow.id.desc())
        with self._userdata.read() as session:
            rows = [r for r in session.scalars(query) if r.document_id not in hidden]
            unseen = self._titles(hidden)
            return [_shown(r, unseen) for r in rows[offset : offset + limit]], len(rows)

    def latest(self, document_ids: Sequence[str], hidden: Collection[str] = ()) -> dict[str, Retirement]:
        """Document id → its latest retirement, without the titles of hidden documents."""
        unseen = self._titles(hidden)
        query = select(RetirementRow).where(RetirementRow.document_id.in_(document_ids)).order_by(RetirementRow.id)
        with self._userdata.read() as session:
            return {row.document_id: _shown(row, unseen) for row in session.scalars(query)}

    # ---- doing ---------------------------------------------------------------------------------------------------

    def step(self) -> bool:
        """Do the next one that was asked for; whether there was one."""
        query = select(RetirementRow).where(RetirementRow.state.in_(_UNDER_WAY)).order_by(RetirementRow.id).limit(1)
        with self._userdata.read() as session:
            row = session.scalars(query).first()
        if row is None:
            return False
        self._work.begin(f"retirement {row.id}")
        try:
            done = self._do(row)
        except EAssistantError as error:
            if self._engine.stopping():
                return True
            problem = problem_from_error(error)
            self._settle(row.id, _S.FAILED, f"{problem.detail}{problem.remedy or ''}")
        else:
            if done is not None:
                self._settle(row.id, done, "")
        finally:
            self._work.finish()
        return True

    def _do(self, row: RetirementRow) -> ChangeState | None:
        """Do it; None when the process was asked to end before it was done."""
        sources, today = json.loads(row.sources), self._engine.today()
        retiring = row.state == _S.RETIRING.value
        with self._engine.exclusive():
            if retiring:
                retire_files(self._engine.store, list(sources), today)
            else:
                states = {id_: FileState(state) for id_, state in sources.items()}
                restore_files(self._engine.store, states, today)
            self._engine.renew(lambda done, total: self._work.advance("正在更新检索", done, total))
        if self._engine.stopping():
            return None
        return _S.RETIRED if retiring else _S.RESTORED

    def _settle(self, id_: int, state: ChangeState, message: str) -> None:
        with self._userdata.write() as session:
            row = session.get(RetirementRow, id_)
            assert row is not None
            row.state, row.message = state.value, message

    # ---- what is meant -------------------------------------------------------------------------------------------

    def _holding(self, document_id: str, hidden: Collection[str]) -> Holding:
        if document_id in hidden or self._engine.store.document(document_id) is None:
            raise _unknown(document_id)
        return holding_of(self._engine.store, document_id, self._engine.today())

    def _removal(self, holding: Holding, version_id: str | None) -> tuple[Removal, str | None]:
        store, title = self._engine.store, format_title(holding.document.title)
        versions = holding.versions
        if version_id is not None:
            versions = (version_of(holding, version_id),)
        if not any(SourceFiles(store).of_version(v.id) for v in versions):
            raise InvalidInput(
                f"{title}来自国家法律数据包，不能停用。",
                where=holding.document.id,
                remedy="可以停用的是从文件导入的资料。",
            )
        return plan_removal(store, holding.document, versions), version_id

    def _titles(self, document_ids: Collection[str]) -> frozenset[str]:
        if not document_ids:
            return frozenset()
        return frozenset(d.title for d in self._engine.store.documents() if d.id in document_ids)

    def _documents_of(self, removal: Removal) -> set[str]:
        return {v.document_id for v in self._engine.store.versions() if v.id in removal.version_ids}

    def _refuse_while_under_way(self, session: Session, document_id: str) -> None:
        query = select(RetirementRow.id).where(
            RetirementRow.document_id == document_id, RetirementRow.state.in_(_UNDER_WAY)
        )
        if session.scalars(query.limit(1)).first() is not None:
            raise Conflict("这份文件正在停用或恢复。", where=document_id, remedy="请稍候再试。")


def _unknown(document_id: str) -> NotFound:
    return NotFound("没有这份文件。", where=document_id)


def _shown(row: RetirementRow, unseen: Collection[str] = ()) -> Retirement:
    return Retirement(
        id=row.id,
        document_id=row.document_id,
        version_id=row.version_id,
        title=row.title,
        others=[title for title in json.loads(row.others) if title not in unseen],
        state=ChangeState(row.state),
        reason=row.reason,
        person=row.person_name,
        at=dt.datetime.fromisoformat(row.at),
        restored_by=row.restored_by,
        restored_at=dt.datetime.fromisoformat(row.restored_at) if row.restored_at else None,
        restored_reason=row.restored_reason or "",
        message=row.message or "",
    )


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
