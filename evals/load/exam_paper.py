"""The paper of a load run (负载试卷): fifty items of four kinds with texts of usual length, open to everybody."""

from __future__ import annotations

import datetime as dt
import uuid
from decimal import Decimal

from assistant.accounts.principal import LOCAL
from assistant.quiz.bank.store import BankStore, Fresh
from assistant.quiz.contract import (
    FORM_OF,
    ItemContent,
    ItemKind,
    Key,
    Origin,
    Proof,
    Refutation,
)
from assistant.quiz.paper_contract import PaperItem, PaperState
from assistant.quiz.papers.store import PaperHead, PaperStore, Sheet, opened
from assistant.quiz.papers.variants import make_variants
from assistant.settings import Settings
from assistant.userdata import UserData

KINDS = (
    *[ItemKind.SINGLE] * 20,
    *[ItemKind.MULTIPLE] * 10,
    *[ItemKind.TRUE_FALSE] * 10,
    *[ItemKind.BLANK] * 10,
)
_SENTENCE = "违法行为轻微并及时改正，没有造成危害后果的，不予行政处罚。"
_TWO = Decimal(2)


def open_paper(settings: Settings, minutes: int = 120) -> str:
    """Put an open paper in two variants into the data folder; its id."""
    now = dt.datetime.now(dt.UTC)
    data = UserData.open(settings.userdata_url)
    try:
        return _opened(data, minutes, now)
    finally:
        data.close()


def _opened(data: UserData, minutes: int, now: dt.datetime) -> str:
    contents = [_content(kind, number, now) for number, kind in enumerate(KINDS, start=1)]
    items = BankStore(data).add(
        LOCAL, [Fresh(content, Proof(checks=[]), Origin.WRITTEN, "编写") for content in contents], now
    )
    entries = tuple(PaperItem(number=n, points=_TWO, item=item) for n, item in enumerate(items, start=1))
    sheet = Sheet(uuid.uuid4().hex, entries, tuple(make_variants(items, 2, 7)))
    head = PaperHead(
        id=sheet.paper_id,
        title="负载试卷",
        note="",
        minutes=minutes,
        seed=7,
        state=PaperState.DRAFT,
        count=len(items),
        total=_TWO * len(items),
        documents=frozenset(),
        person_id="",
        author="",
        created_at=now,
    )
    store = PaperStore(data)
    store.add(head, sheet)
    store.set_state(opened(head, [], None, None, 1))
    return head.id


def _content(kind: ItemKind, number: int, now: dt.datetime) -> ItemContent:
    """An item without citation, so that no law can change under it; its explanation is as long as one with."""
    options = ["警告", "罚款", "没收违法所得", "责令停产停业"] if kind in (ItemKind.SINGLE, ItemKind.MULTIPLE) else []
    key = {
        ItemKind.SINGLE: Key(correct=[1]),
        ItemKind.MULTIPLE: Key(correct=[0, 1, 2]),
        ItemKind.TRUE_FALSE: Key(truth=True),
    }.get(kind, Key(blanks=[["五日"]]))
    return ItemContent(
        kind=kind,
        form=FORM_OF[kind],
        stem=f"第{number}问：根据《示范法》，{_SENTENCE * 2}下列说法正确的是（　　）。",
        options=options,
        key=key,
        explanation=_SENTENCE * 9,
        refutations=[Refutation(option=3, reason=_SENTENCE)] if options else [],
        as_of=now.date(),
    )
