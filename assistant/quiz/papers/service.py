"""Papers as trainers make and open them (组卷与开考): implements ``Papers``."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Protocol

from assistant.accounts.principal import Principal
from assistant.quiz.contract import Format, ItemKind, ItemQuery, ItemState, LeftOut, QuizBank, QuizItem
from assistant.quiz.paper_contract import (
    BlueprintPart,
    OpenRequest,
    Paper,
    PaperEntry,
    PaperItem,
    PaperPage,
    PaperRequest,
    PaperState,
    Part,
    PrintFormat,
)
from assistant.quiz.papers.selection import DEFAULT_POINTS, choose
from assistant.quiz.papers.store import PaperHead, PaperStore, Sheet, no_paper, opened
from assistant.quiz.papers.variants import make_variants, variant_named
from assistant.userdata.words import PageQuery
from corpus.clock import BEIJING
from corpus.errors import Conflict, InvalidInput

PAGE = 200
MOST_CANDIDATES = 5000

MayRead = Callable[[Principal, Collection[str]], bool]
"""Whether a person may read all of these documents."""


class Taken(Protocol):
    """What became of a paper once it was open (作答情况)."""

    def taken(self, paper_ids: Collection[str]) -> dict[str, int]:
        """How many attempts there are of each paper."""
        ...

    def close(self, paper_id: str) -> None:
        """Submit what is still running, as it was saved."""
        ...

    def known_departments(self) -> list[str]:
        """The departments that people belong to; none where nobody has an account."""
        ...

    def retime(self, paper_id: str, lasting: dt.timedelta, closes_at: dt.datetime | None) -> None:
        """Let what is still running end after its own time, or when the paper closes."""
        ...


class PaperService:
    """Implements ``Papers``. A paper with items of documents hidden from a trainer does not exist for that trainer."""

    def __init__(
        self,
        store: PaperStore,
        bank: QuizBank,
        taken: Taken,
        may_read: MayRead,
        now: Callable[[], dt.datetime] = lambda: dt.datetime.now(dt.UTC),
    ) -> None:
        self._store = store
        self._bank = bank
        self._taken = taken
        self._may_read = may_read
        self._now = now

    def make(self, person: Principal, request: PaperRequest) -> Paper:
        """Raises InvalidInput for an empty request, Conflict where the bank has nothing that fits."""
        if not request.parts and not request.items:
            raise InvalidInput("没有写明要哪些试题。", where="/parts", remedy="请填写组卷要求，或者指定试题。")
        named, absent = self._named(person, request)
        chosen = choose(self._candidates(person, request.parts), request.parts, request.seed, named)
        missing = [*absent, *chosen.missing]
        if not chosen.items:
            raise Conflict("题库中没有合乎要求的已发布试题。" + "".join(missing), remedy="请先发布试题，或者放宽要求。")
        items = [item.model_copy(update={"author": ""}) for item, _points in chosen.items]
        points = [points for _item, points in chosen.items]
        sheet = Sheet(
            uuid.uuid4().hex,
            tuple(
                PaperItem(number=number, points=worth, item=item)
                for number, (item, worth) in enumerate(zip(items, points, strict=True), start=1)
            ),
            tuple(make_variants(items, request.variants, request.seed)),
        )
        head = PaperHead(
            id=sheet.paper_id,
            title=request.title,
            note=request.note,
            minutes=request.minutes,
            seed=request.seed,
            state=PaperState.DRAFT,
            count=len(items),
            total=sum(points, Decimal(0)),
            missing=tuple(missing),
            documents=documents_of(items),
            person_id=person.id,
            author=person.name,
            created_at=self._now(),
        )
        self._store.add(head, sheet)
        return self._whole(person, head)

    def papers(self, person: Principal, query: PageQuery) -> PaperPage:
        heads = [head for head in self._store.heads() if self._may_read(person, head.documents)]
        shown = heads[query.offset : query.offset + query.limit]
        taken = self._taken.taken([head.id for head in shown])
        return PaperPage(items=[entry_of(head, taken.get(head.id, 0)) for head in shown], total=len(heads))

    def paper(self, person: Principal, paper_id: str) -> Paper:
        return self._whole(person, self.head(person, paper_id))

    def remove(self, person: Principal, paper_id: str) -> None:
        """Raises Conflict for a paper that somebody took: results stay."""
        self.head(person, paper_id)
        if self._taken.taken([paper_id]).get(paper_id):
            raise Conflict("已有人作答，试卷不能删除。", remedy="请结束考试；成绩和统计会保留。")
        self._store.remove(paper_id)

    def open(self, person: Principal, paper_id: str, request: OpenRequest) -> Paper:
        """Raises Conflict while an item's law has changed, InvalidInput for a time that cannot be.

        Who was in a closed exam has seen the keys, so a paper that is opened again says when it ends. Of a paper that
        is open, those who sit it get the new end, as far as their own minutes reach.
        """
        head = self.head(person, paper_id)
        if not request.open:
            if head.state is PaperState.OPEN:
                now = self._now()
                head = replace(head, state=PaperState.CLOSED, closes_at=min(head.closes_at or now, now))
                self._store.set_state(head)
                self._taken.close(paper_id)
            return self._whole(person, head)
        opens, closes = _aware(request.opens_at, "/opens_at"), _aware(request.closes_at, "/closes_at")
        if closes is not None and closes <= max(self._now(), opens or self._now()):
            raise InvalidInput("结束时间须晚于现在和开始时间。", where="/closes_at", remedy="请改后重试。")
        was_over = head.state is PaperState.CLOSED or (head.closes_at is not None and head.closes_at <= self._now())
        if was_over and closes is None:
            raise InvalidInput("重新开考须写明结束时间。", where="/closes_at", remedy="请填写结束时间。")
        known = {*self._taken.known_departments(), *head.groups}
        if known and (strange := [group for group in request.groups if group not in known]):
            raise InvalidInput(
                f"没有“{strange[0]}”这个部门。",
                where="/groups",
                remedy="请从账户所在的部门中选择，或者先由管理员设置。",
            )
        if blocked := self._blocked(person, self._store.sheet(paper_id)):
            numbers = "、".join(str(number) for number in blocked)
            raise Conflict(
                f"第 {numbers} 题的依据已变动或者试题已停用，不能开考。", remedy="请复核这些试题，重新组卷。"
            )
        was_open = head.state is PaperState.OPEN
        head = opened(head, request.groups, opens, closes, request.attempts)
        self._store.set_state(head)
        if was_open:
            self._taken.retime(paper_id, dt.timedelta(minutes=head.minutes), closes)
        return self._whole(person, head)

    def printed(self, person: Principal, paper_id: str, part: Part, form: PrintFormat, variant: str) -> bytes:
        paper = self.paper(person, paper_id)
        if variant_named(paper.variants, variant) is None:
            names = "、".join(one.name for one in paper.variants)
            raise InvalidInput(f"这份试卷没有 {variant} 卷。", where="/variant", remedy=f"可选：{names}。")
        from assistant.quiz.printing import print_paper

        return print_paper(paper, part, form, variant)

    def exported(self, person: Principal, paper_id: str, form: Format) -> tuple[bytes, list[LeftOut]]:
        self.head(person, paper_id)
        from assistant.quiz.exchange import write_file

        return write_file([entry.item for entry in self._store.sheet(paper_id).items], form)

    def head(self, person: Principal, paper_id: str) -> PaperHead:
        """The paper, or NotFound: also where an item's document is hidden from the person."""
        head = self._store.head(paper_id)
        if not self._may_read(person, head.documents):
            raise no_paper()
        return head

    def _named(self, person: Principal, request: PaperRequest) -> tuple[list[tuple[QuizItem, Decimal]], list[str]]:
        """The chosen items that may be used, and what is to be said of the others."""
        ids = list(dict.fromkeys(request.items))
        usable = {item.id: item for item in self._bank.usable(person, ids) if item.state is ItemState.PUBLISHED}
        absent = [
            f"指定的第 {number} 题（{item_id}）未发布、已停用或者依据已变动，未收入。"
            for number, item_id in enumerate(ids, start=1)
            if item_id not in usable
        ]
        points: dict[ItemKind, Decimal] = {**DEFAULT_POINTS, **request.points}
        return [(usable[i], points[usable[i].kind]) for i in ids if i in usable], absent

    def _candidates(self, person: Principal, parts: Sequence[BlueprintPart]) -> list[QuizItem]:
        found: dict[str, QuizItem] = {}
        for kind, field, title in dict.fromkeys((p.kind, p.field, p.title) for p in parts):
            for offset in range(0, MOST_CANDIDATES, PAGE):
                query = ItemQuery(
                    state=ItemState.PUBLISHED,
                    kind=kind,
                    field=field,
                    title=title.strip("《》") if title else None,
                    blocked=False,
                    limit=PAGE,
                    offset=offset,
                )
                page = self._bank.items(person, query)
                found |= {item.id: item for item in page.items if item.blocked is None}
                if offset + PAGE >= page.total:
                    break
        return list(found.values())

    def _blocked(self, person: Principal, sheet: Sheet) -> list[int]:
        fit = self._bank.fit(person, [entry.item.id for entry in sheet.items])
        return [entry.number for entry in sheet.items if entry.item.id not in fit]

    def _whole(self, person: Principal, head: PaperHead) -> Paper:
        sheet = self._store.sheet(head.id)
        return Paper(
            id=head.id,
            title=head.title,
            note=head.note,
            minutes=head.minutes,
            seed=head.seed,
            state=head.state,
            groups=list(head.groups),
            opens_at=head.opens_at,
            closes_at=head.closes_at,
            attempts=head.attempts,
            total=head.total,
            items=list(sheet.items),
            variants=list(sheet.variants),
            blocked=self._blocked(person, sheet),
            missing=list(head.missing),
            author=head.author,
            created_at=head.created_at,
        )


def entry_of(head: PaperHead, taken: int, running: str = "") -> PaperEntry:
    return PaperEntry(
        id=head.id,
        title=head.title,
        state=head.state,
        count=head.count,
        total=head.total,
        minutes=head.minutes,
        opens_at=head.opens_at,
        closes_at=head.closes_at,
        taken=taken,
        attempts=head.attempts,
        running=running,
        created_at=head.created_at,
    )


def documents_of(items: Sequence[QuizItem]) -> frozenset[str]:
    """Ids of every document that the items rest on."""
    return frozenset(citation.document_id for item in items for citation in item.citations)


def _aware(moment: dt.datetime | None, where: str) -> dt.datetime | None:
    """A moment without a zone is one in China. Raises InvalidInput outside this millennium."""
    if moment is not None and not 2000 <= moment.year <= 2999:
        raise InvalidInput(f"{moment.year} 年不在可用的范围内。", where=where, remedy="请核对日期。")
    return moment.replace(tzinfo=BEIJING) if moment is not None and moment.tzinfo is None else moment
