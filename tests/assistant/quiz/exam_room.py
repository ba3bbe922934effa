"""A bank of a few items, a clock that tests turn, and the services of papers and exams over a real database."""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import cache
from pathlib import Path

from assistant.accounts.principal import Principal
from assistant.accounts.roles import PERMISSIONS, Role
from assistant.quiz.contract import (
    FORM_OF,
    Blocked,
    Check,
    CheckResult,
    Claim,
    Form,
    ItemCitation,
    ItemKind,
    ItemPage,
    ItemQuery,
    ItemState,
    ItemTags,
    Key,
    Origin,
    Point,
    Proof,
    QuizItem,
    Refutation,
    ScoringPoint,
)
from assistant.quiz.paper_contract import Answer, AskedItem, BlueprintPart, OpenRequest, Paper, PaperRequest
from assistant.quiz.papers.service import PaperService
from assistant.quiz.papers.store import PaperStore
from assistant.quiz.taking.service import ExamService
from assistant.userdata import UserData

NINE = dt.datetime(2026, 11, 21, 1, 0, tzinfo=dt.UTC)
SECRETS = ("解析甲乙", "引文甲乙", "驳斥甲乙", "命题甲乙", "要点甲乙", "演算甲乙", "校验甲乙", "五日")
"""Words of keys, explanations, citations, refutations, claims, workings and proofs; none stands in a question."""

TRAINER = Principal("p-trainer", "教官丙", Role.TRAINER, PERMISSIONS[Role.TRAINER], department="教培处")


def officer(number: int, department: str = "一队") -> Principal:
    return Principal(f"p-{number}", f"学员{number}", Role.OFFICER, PERMISSIONS[Role.OFFICER], department=department)


OFFICER, OTHER = officer(1), officer(2)


def item(
    kind: ItemKind, number: int = 1, *, document: str = "d-open", chapter: str = "第一章", **more: object
) -> QuizItem:
    """An item of a kind with everything that must not be seen before submission."""
    options, key = _options_and_key(kind)
    plain = QuizItem(
        id=f"{kind.value}-{number}",
        kind=kind,
        form=FORM_OF.get(kind, Form.ONE),
        point=Point.TIME_LIMIT,
        stem=f"第{number}问（{kind.value}）：应当在____内送达？"
        if kind is ItemKind.BLANK
        else f"第{number}问（{kind.value}）？",
        options=options,
        key=key,
        explanation=f"解析甲乙{number}",
        working=["演算甲乙"],
        citations=[
            ItemCitation(
                provision_id=f"v-1/第{number}条",
                version_id="v-1",
                document_id=document,
                citation=f"《示范条例》第{number}条",
                title="示范条例",
                quotation="引文甲乙",
                span=(100 * list(ItemKind).index(kind), 100 * list(ItemKind).index(kind) + 4),
                digest="0",
            )
        ],
        refutations=[
            Refutation(option=option, reason="驳斥甲乙") for option in range(len(options)) if option not in key.correct
        ],
        claim=Claim(point=Point.TIME_LIMIT, subject=f"命题甲乙{kind.value}{number}", answers=["命题甲乙"]),
        tags=ItemTags(field="市容", title="示范条例", chapter=chapter),
        as_of=dt.date(2026, 11, 21),
        state=ItemState.PUBLISHED,
        origin=Origin.GENERATED,
        author="教官丙",
        proof=Proof(checks=[CheckResult(check=Check.SUPPORTED, passed=True, detail="校验甲乙")]),
        created_at=NINE,
        changed_at=NINE,
    )
    return plain.model_copy(update=more)


def _options_and_key(kind: ItemKind) -> tuple[list[str], Key]:
    match kind:
        case ItemKind.SINGLE | ItemKind.CASE:
            return ["甲机关", "乙机关", "丙机关", "丁机关"], Key(correct=[1])
        case ItemKind.MULTIPLE:
            return ["警告", "罚款", "通报", "约谈"], Key(correct=[0, 1, 2])
        case ItemKind.TRUE_FALSE:
            return [], Key(truth=False)
        case ItemKind.BLANK:
            return [], Key(blanks=[["五日", "5个工作日"]])
        case ItemKind.SHORT:
            return [], Key(points=[ScoringPoint(text="要点甲乙")])
        case ItemKind.CALCULATION:
            return [], Key(amount=Decimal(20000))


class Bank:
    """The bank as papers and exams use it."""

    def __init__(self, items: Iterable[QuizItem]) -> None:
        self.held = {one.id: one for one in items}
        self.hidden: dict[str, set[str]] = {}

    def block(self, item_id: str) -> None:
        blocked = Blocked(citation="《示范条例》第一条", reason="已修改")
        self.held[item_id] = self.held[item_id].model_copy(update={"blocked": blocked})

    def usable(self, person: Principal, ids: Sequence[str]) -> list[QuizItem]:
        found = (self.held.get(item_id) for item_id in ids)
        return [one for one in found if one is not None and one.blocked is None and self.may_read_item(person, one)]

    def fit(self, person: Principal, ids: Sequence[str]) -> frozenset[str]:
        return frozenset(one.id for one in self.usable(person, ids) if one.state is not ItemState.RETIRED)

    def items(self, person: Principal, query: ItemQuery) -> ItemPage:
        fit = [
            one
            for one in self.held.values()
            if self.may_read_item(person, one)
            and (query.state is None or one.state is query.state)
            and (query.kind is None or one.kind is query.kind)
            and (query.field is None or one.tags.field == query.field)
            and (query.title is None or query.title in one.tags.title)
            and (query.blocked is None or (one.blocked is not None) is query.blocked)
        ]
        return ItemPage(items=fit[query.offset : query.offset + query.limit], total=len(fit))

    def may_read_item(self, person: Principal, one: QuizItem) -> bool:
        return self.may_read(person, [citation.document_id for citation in one.citations])

    def may_read(self, person: Principal, documents: Iterable[str]) -> bool:
        return self.hidden.get(person.id, set()).isdisjoint(documents)


class Clock:
    """Stands still until it is turned."""

    def __init__(self) -> None:
        self.at = NINE

    def __call__(self) -> dt.datetime:
        return self.at

    def turn(self, *, minutes: float = 0, seconds: float = 0) -> None:
        self.at += dt.timedelta(minutes=minutes, seconds=seconds)


EVERY_KIND = tuple(ItemKind)


@cache
def _migrated() -> bytes:
    """An empty database with all tables, migrated once."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "user.db"
        UserData.open(f"sqlite:///{file}").close()
        return file.read_bytes()


class Room:
    """Papers and exams over a database of their own."""

    def __init__(self, folder: Path, items: Iterable[QuizItem] | None = None) -> None:
        self.clock = Clock()
        (folder / "user.db").write_bytes(_migrated())
        self.userdata = UserData.open(f"sqlite:///{folder / 'user.db'}")
        self.bank = Bank(items if items is not None else [item(kind, n) for kind in EVERY_KIND for n in (1, 2, 3)])
        store = PaperStore(self.userdata)
        bank: object = self.bank
        self.exams = ExamService(self.userdata, store, bank, self.bank.may_read, self.clock)  # type: ignore[arg-type]
        self.papers = PaperService(store, bank, self.exams, self.bank.may_read, self.clock)  # type: ignore[arg-type]

    def paper(
        self, kinds: Sequence[ItemKind] = EVERY_KIND, *, count: int = 2, variants: int = 2, minutes: int = 60
    ) -> Paper:
        parts = [BlueprintPart(kind=kind, count=count, points=Decimal(2)) for kind in kinds]
        return self.papers.make(
            TRAINER, PaperRequest(title="示范卷", parts=parts, variants=variants, minutes=minutes, seed=7)
        )

    def opened(self, kinds: Sequence[ItemKind] = EVERY_KIND, *, attempts: int = 1, **more: int) -> Paper:
        made = self.paper(kinds, **more)
        return self.papers.open(TRAINER, made.id, OpenRequest(open=True, attempts=attempts))


def right_answer(asked: AskedItem) -> Answer:
    """What is right, told by the words of the options as they are shown."""
    match asked.form:
        case Form.ONE:
            return Answer(chosen=[asked.options.index("乙机关")])
        case Form.MANY:
            return Answer(chosen=[n for n, option in enumerate(asked.options) if option != "约谈"])
        case Form.TRUTH:
            return Answer(truth=False)
        case Form.BLANKS:
            return Answer(blanks=["５ 日"])
        case Form.AMOUNT:
            return Answer(amount="2万元")
        case Form.POINTS:
            return Answer(words="应当先告知。")


def wrong_answer(asked: AskedItem) -> Answer:
    match asked.form:
        case Form.ONE:
            return Answer(chosen=[asked.options.index("甲机关")])
        case Form.MANY:
            return Answer(chosen=[asked.options.index("约谈")])
        case Form.TRUTH:
            return Answer(truth=True)
        case Form.BLANKS:
            return Answer(blanks=["六日"])
        case Form.AMOUNT:
            return Answer(amount="3元")
        case Form.POINTS:
            return Answer(words="不清楚。")
