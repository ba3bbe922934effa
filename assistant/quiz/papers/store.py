"""Papers in the database of user data (试卷存储). The items of a paper never change, so they are read once and kept."""

from __future__ import annotations

import datetime as dt
import json
from collections import OrderedDict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from threading import Lock

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from assistant.quiz.contract import QuizItem
from assistant.quiz.paper_contract import AskedItem, PaperItem, PaperState, Variant
from assistant.quiz.papers.schema import PaperItemRow, PaperRow
from assistant.quiz.papers.showing import asked_item
from assistant.quiz.twins import Known, fact_of
from assistant.userdata import UserData
from assistant.userdata.schema import moment
from corpus.errors import NotFound

SHEETS_KEPT = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperHead:
    """A paper without its items (试卷基本信息)."""

    id: str
    title: str
    note: str
    minutes: int
    seed: int
    state: PaperState
    groups: tuple[str, ...] = ()
    opens_at: dt.datetime | None = None
    closes_at: dt.datetime | None = None
    attempts: int = 1
    count: int
    total: Decimal
    missing: tuple[str, ...] = ()
    documents: frozenset[str]
    person_id: str
    author: str
    created_at: dt.datetime


@dataclass(frozen=True)
class Sheet:
    """What of a paper never changes (卷面): items with points, variants."""

    paper_id: str
    items: tuple[PaperItem, ...]
    variants: tuple[Variant, ...]

    @cached_property
    def item_ids(self) -> frozenset[str]:
        return frozenset(entry.item.id for entry in self.items)

    @cached_property
    def asked(self) -> Mapping[str, tuple[AskedItem, ...]]:
        """The questions of each variant, by its name, as they are put to everybody: without keys and answers."""
        return {
            variant.name: tuple(
                asked_item(self.items[own].item, number, variant.options[own], self.items[own].points)
                for number, own in enumerate(variant.items, start=1)
            )
            for variant in self.variants
        }

    @cached_property
    def asks(self) -> Callable[[QuizItem], bool]:
        """Whether the paper asks an item, its fact, or nearly its words."""
        items = [entry.item for entry in self.items]
        facts = {fact for item in items if (fact := fact_of(item)) is not None}
        known = Known(item.model_copy(update={"claim": None}) for item in items)

        def asks(item: QuizItem) -> bool:
            return item.id in self.item_ids or fact_of(item) in facts or known.has_twin(item)

        return asks

    def variant(self, name: str) -> Variant:
        return next(variant for variant in self.variants if variant.name == name)


class PaperStore:
    """Papers, written and read. Safe to share between threads."""

    def __init__(self, userdata: UserData) -> None:
        self._userdata = userdata
        self._sheets: OrderedDict[str, Sheet] = OrderedDict()
        self._lock = Lock()

    def add(self, head: PaperHead, sheet: Sheet) -> None:
        with self._userdata.write() as session:
            session.add(_row(head, sheet))
            session.flush()
            session.add_all(
                PaperItemRow(
                    paper_id=head.id,
                    position=position,
                    item_id=entry.item.id,
                    points=str(entry.points),
                    content=entry.item.model_dump_json(),
                )
                for position, entry in enumerate(sheet.items)
            )

    def head(self, paper_id: str) -> PaperHead:
        """Raises NotFound."""
        with self._userdata.read() as session:
            row = session.get(PaperRow, paper_id)
            if row is None:
                raise no_paper()
            return _head(row)

    def heads(self, state: PaperState | None = None, ids: Collection[str] | None = None) -> list[PaperHead]:
        """Papers, newest first."""
        wanted = select(PaperRow).order_by(PaperRow.created_at.desc(), PaperRow.id)
        if state is not None:
            wanted = wanted.where(PaperRow.state == state.value)
        if ids is not None:
            wanted = wanted.where(PaperRow.id.in_(ids))
        with self._userdata.read() as session:
            return [_head(row) for row in session.scalars(wanted)]

    def sheet(self, paper_id: str) -> Sheet:
        """Raises NotFound. Whoever wants it while it is being read waits, rather than read it too."""
        with self._lock:
            held = self._sheets.get(paper_id)
            if held is None:
                with self._userdata.read() as session:
                    held = self._sheets[paper_id] = _sheet(session, paper_id)
                while len(self._sheets) > SHEETS_KEPT:
                    self._sheets.popitem(last=False)
            self._sheets.move_to_end(paper_id)
            return held

    def set_state(self, head: PaperHead) -> None:
        """Keep whether and to whom the paper is open, as ``head`` says."""
        changed = {
            "state": head.state.value,
            "groups": json.dumps(head.groups, ensure_ascii=False),
            "opens_at": moment(head.opens_at) if head.opens_at else None,
            "closes_at": moment(head.closes_at) if head.closes_at else None,
            "attempts": head.attempts,
        }
        with self._userdata.write() as session:
            session.execute(update(PaperRow).where(PaperRow.id == head.id).values(**changed))

    def remove(self, paper_id: str) -> None:
        with self._userdata.write() as session:
            session.execute(delete(PaperItemRow).where(PaperItemRow.paper_id == paper_id))
            session.execute(delete(PaperRow).where(PaperRow.id == paper_id))
        with self._lock:
            self._sheets.pop(paper_id, None)

    def holding(self, item_ids: Iterable[str]) -> list[str]:
        """Ids of the papers that hold one of the items."""
        wanted = select(PaperItemRow.paper_id).where(PaperItemRow.item_id.in_(list(item_ids))).distinct()
        with self._userdata.read() as session:
            return sorted(session.scalars(wanted))


def opened(
    head: PaperHead,
    groups: Sequence[str],
    opens_at: dt.datetime | None,
    closes_at: dt.datetime | None,
    attempts: int,
) -> PaperHead:
    return replace(
        head,
        state=PaperState.OPEN,
        groups=tuple(dict.fromkeys(groups)),
        opens_at=opens_at,
        closes_at=closes_at,
        attempts=attempts,
    )


def no_paper() -> NotFound:
    return NotFound("没有这份试卷。", remedy="请刷新试卷列表后重试。")


def _row(head: PaperHead, sheet: Sheet) -> PaperRow:
    return PaperRow(
        id=head.id,
        title=head.title,
        note=head.note,
        minutes=head.minutes,
        seed=head.seed,
        state=head.state.value,
        groups=json.dumps(head.groups, ensure_ascii=False),
        opens_at=None,
        closes_at=None,
        attempts=head.attempts,
        count=head.count,
        total=str(head.total),
        variants=json.dumps([variant.model_dump() for variant in sheet.variants]),
        missing=json.dumps(head.missing, ensure_ascii=False),
        documents=json.dumps(sorted(head.documents)),
        person_id=head.person_id,
        author=head.author,
        created_at=moment(head.created_at),
    )


def _head(row: PaperRow) -> PaperHead:
    return PaperHead(
        id=row.id,
        title=row.title,
        note=row.note,
        minutes=row.minutes,
        seed=row.seed,
        state=PaperState(row.state),
        groups=tuple(json.loads(row.groups)),
        opens_at=dt.datetime.fromisoformat(row.opens_at) if row.opens_at else None,
        closes_at=dt.datetime.fromisoformat(row.closes_at) if row.closes_at else None,
        attempts=row.attempts,
        count=row.count,
        total=Decimal(row.total),
        missing=tuple(json.loads(row.missing)),
        documents=frozenset(json.loads(row.documents)),
        person_id=row.person_id,
        author=row.author,
        created_at=dt.datetime.fromisoformat(row.created_at),
    )


def _sheet(session: Session, paper_id: str) -> Sheet:
    row = session.get(PaperRow, paper_id)
    if row is None:
        raise no_paper()
    held = session.scalars(
        select(PaperItemRow).where(PaperItemRow.paper_id == paper_id).order_by(PaperItemRow.position)
    )
    items = tuple(
        PaperItem(
            number=entry.position + 1, points=Decimal(entry.points), item=QuizItem.model_validate_json(entry.content)
        )
        for entry in held
    )
    return Sheet(paper_id, items, tuple(Variant.model_validate(variant) for variant in json.loads(row.variants)))
