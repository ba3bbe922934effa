"""Practice (练习): published items that the person may read, each explained at once; and the wrong-answer book.

What an open exam asks, in these or nearly these words or in another kind, is no item of practice until that exam is
over or the person has no attempt left in it, nor is its key shown.
"""

from __future__ import annotations

import datetime as dt
import secrets
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from random import Random

from assistant.accounts.principal import Principal
from assistant.quiz.contract import ItemKind, ItemQuery, ItemState, QuizBank, QuizItem
from assistant.quiz.paper_contract import (
    AskedPractice,
    MarkedItem,
    PracticeAnswer,
    PracticeRequest,
    PracticeRound,
    PracticeRounds,
    WrongEntry,
    WrongPage,
)
from assistant.quiz.papers.selection import spread_over
from assistant.quiz.papers.showing import asked_item, order_matters, own_answer, shown_item
from assistant.quiz.taking.grading import grade
from assistant.quiz.taking.practice_store import Practice, PracticeMark, PracticeStore, PutItem
from assistant.quiz.taking.sitting import Sitting
from assistant.quiz.taking.store import AttemptStore
from assistant.quiz.taking.wrong_book import Answered, Wrong, wrong_book
from assistant.userdata.words import PageQuery
from corpus.errors import Conflict, NotFound

LONGEST_GAP_S = 300
"""A pause between two answers counts as at most so much time spent."""

RESUMABLE = dt.timedelta(days=7)
"""A round that was left may be gone on with for so long after its last answer."""

_ONE = Decimal(1)
_MOST_ROUNDS = 3
_PAGE = 50
_ENOUGH = 4  # times as many candidates as items, so that there is something to spread over


@dataclass(frozen=True, slots=True)
class Practising:
    """Practice and the wrong-answer book of a person."""

    bank: QuizBank
    rounds: PracticeStore
    attempts: AttemptStore
    sitting: Sitting
    now: Callable[[], dt.datetime]

    def practise(self, person: Principal, request: PracticeRequest) -> AskedPractice:
        """A round of items; without any (and without an id) where nothing fits."""
        chance = Random(secrets.randbits(31) if request.seed is None else request.seed)
        is_asked = self.sitting.asked_in_open_exams(person.id)
        candidates = (
            self._wrong_items(person, request) if request.wrong_only else self._published(person, request, chance)
        )
        free = [item for item in candidates if not is_asked(item)]
        chosen = spread_over(free, request.count, chance)
        if not chosen:
            return AskedPractice(practice_id="", items=[])
        put = [PutItem(id=item.id, revision=item.revision, order=_order(item, chance)) for item in chosen]
        now = self.now()
        practice = Practice(
            id=uuid.uuid4().hex,
            person_id=person.id,
            person_name=person.name,
            department=person.department or "",
            started_at=now,
            last_at=now,
            items=put,
        )
        self.rounds.add(practice)
        items = [
            asked_item(item, number, shown.order, _ONE)
            for number, (item, shown) in enumerate(zip(chosen, put, strict=True), start=1)
        ]
        return AskedPractice(practice_id=practice.id, items=items)

    def practice(self, person: Principal, practice_id: str) -> AskedPractice:
        """A round as it stands: its questions, without those that changed since, and what came of those answered."""
        round_ = self.rounds.practice(practice_id, person.id)
        usable = {item.id: item for item in self._usable(person, [put.id for put in round_.items])}
        is_asked = self.sitting.asked_in_open_exams(person.id)
        items = [
            asked_item(item, number, put.order, _ONE)
            for number, put in enumerate(round_.items, start=1)
            if (item := usable.get(put.id)) and item.revision == put.revision and not is_asked(item)
        ]
        done = {number: mark.right for number, mark in round_.marks.items()}
        return AskedPractice(practice_id=practice_id, items=items, done=done)

    def unfinished(self, person: Principal) -> PracticeRounds:
        """The person's rounds of the last days with something left to answer, the newest first."""
        since = self.now() - RESUMABLE
        found = [
            PracticeRound(practice_id=one.id, started_at=one.started_at, count=len(one.items), answered=len(one.marks))
            for one in self.rounds.of_person(person.id)
            if one.last_at >= since and 0 < len(one.marks) < len(one.items)
        ]
        return PracticeRounds(items=found[:_MOST_ROUNDS], total=min(len(found), _MOST_ROUNDS))

    def answer(self, person: Principal, practice_id: str, request: PracticeAnswer) -> MarkedItem:
        """Grade and explain one answer. Only the first answer to an item counts."""
        practice = self.rounds.practice(practice_id, person.id)
        if request.number > len(practice.items):
            raise NotFound(f"这组练习没有第 {request.number} 题。", remedy="请重新开始练习。")
        put = practice.items[request.number - 1]
        item = next(iter(self._usable(person, [put.id])), None)
        if item is None or item.revision != put.revision:
            raise Conflict("这道题刚刚修改过或者已经停用。", remedy="请跳过这一题，或者重新开始练习。")
        if self.sitting.asked_in_open_exams(person.id)(item):
            raise Conflict(
                "这道题在正在进行的考试中，考试结束以后再练。", remedy="请先跳过这一题；参加考试的，请先交卷。"
            )
        graded = grade(item, own_answer(request.answer, put.order), _ONE)
        mark = PracticeMark(at=self.now(), right=graded.right)
        self.rounds.note(practice_id, request.number, mark, LONGEST_GAP_S)
        shown = shown_item(item, put.order)
        return MarkedItem(
            number=request.number,
            points=_ONE,
            score=graded.score,
            item=shown,
            key=shown.key,
            answer=request.answer,
            right=graded.right,
        )

    def wrong(self, person: Principal, query: PageQuery) -> WrongPage:
        """The wrong-answer book, the last mistake first: items that may be used and that no open exam asks."""
        book = self._book(person)
        is_asked = self.sitting.asked_in_open_exams(person.id)
        usable = {item.id: item for item in self._usable(person, [wrong.item_id for wrong in book])}
        held = [wrong for wrong in book if wrong.item_id in usable]
        entries = [
            WrongEntry(
                item=usable[wrong.item_id],
                wrong=wrong.wrong,
                last_wrong=wrong.last_wrong,
                right_since=wrong.right_since,
            )
            for wrong in held
            if not is_asked(usable[wrong.item_id])
        ]
        shown = entries[query.offset : query.offset + query.limit]
        return WrongPage(items=shown, total=len(entries), withheld=len(held) - len(entries))

    def _book(self, person: Principal) -> list[Wrong]:
        answers = [
            Answered(attempt.submitted_at, mark.item_id, mark.right)
            for attempt in self.attempts.of_person(person.id)
            if attempt.submitted_at is not None
            for mark in attempt.marks
            if mark.right is not None
        ]
        answers += [
            Answered(mark.at, practice.items[number - 1].id, mark.right)
            for practice in self.rounds.of_person(person.id)
            for number, mark in practice.marks.items()
            if mark.right is not None
        ]
        return wrong_book(answers)

    def _usable(self, person: Principal, ids: Sequence[str]) -> list[QuizItem]:
        """Those of the items that are published, not blocked, and rest on nothing hidden from the person."""
        found = self.bank.usable(person, ids) if ids else []
        return [item for item in found if item.state is ItemState.PUBLISHED and item.blocked is None]

    def _wrong_items(self, person: Principal, request: PracticeRequest) -> list[QuizItem]:
        items = self._usable(person, [wrong.item_id for wrong in self._book(person)])
        title = (request.title or "").strip("《》")
        return [
            item
            for item in items
            if (not request.kinds or item.kind in request.kinds)
            and (not request.field or item.tags.field == request.field)
            and title in item.tags.title
        ]

    def _published(self, person: Principal, request: PracticeRequest, chance: Random) -> list[QuizItem]:
        """Candidates from pages of the bank opened at random, so that a large bank need not be read whole."""
        found: dict[str, QuizItem] = {}
        kinds: list[ItemKind | None] = list(dict.fromkeys(request.kinds)) or [None]
        wanted = request.count * _ENOUGH // len(kinds) + _PAGE
        for kind in kinds:
            query = ItemQuery(
                state=ItemState.PUBLISHED,
                kind=kind,
                field=request.field,
                title=request.title.strip("《》") if request.title else None,
                blocked=False,
                limit=_PAGE,
            )
            total = self.bank.items(person, query.model_copy(update={"limit": 1})).total
            offsets = list(range(0, total, _PAGE))
            chance.shuffle(offsets)
            drawn = 0
            for offset in offsets:
                page = self.bank.items(person, query.model_copy(update={"offset": offset}))
                found |= {item.id: item for item in page.items if item.blocked is None}
                drawn += len(page.items)
                if drawn >= wanted:
                    break
        return list(found.values())


def _order(item: QuizItem, chance: Random) -> list[int]:
    order = list(range(len(item.options)))
    if not order_matters(item):
        chance.shuffle(order)
    return order
