"""Papers: chosen by a blueprint, spread over their sources, kept as made, opened only while their law stands."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from decimal import Decimal
from random import Random

import pytest

from assistant.accounts.schema import AccountRow
from assistant.quiz.contract import Format, ItemKind, ItemState
from assistant.quiz.paper_contract import BlueprintPart, OpenRequest, PaperRequest, PaperState, Part, PrintFormat
from assistant.quiz.papers.selection import choose, spread_over
from assistant.userdata.words import PageQuery
from corpus.errors import Conflict, InvalidInput, NotFound
from tests.assistant.quiz.exam_room import NINE, OFFICER, TRAINER, Room, item

TWO = Decimal(2)


@pytest.fixture
def room(tmp_path) -> Room:
    return Room(tmp_path)


def part(kind: ItemKind = ItemKind.SINGLE, count: int = 2, **more: object) -> BlueprintPart:
    return BlueprintPart(kind=kind, count=count, points=TWO, **more)


def many(count: int, chapters: int = 4) -> list:
    return [item(ItemKind.SINGLE, n, chapter=f"第{n % chapters}章") for n in range(count)]


def test_the_same_seed_gives_the_same_paper_and_another_another():
    items = many(40)
    ids = [[one.id for one, _ in choose(items, [part(count=10)], seed).items] for seed in (1, 1, 2)]
    assert ids[0] == ids[1] != ids[2]
    assert ids[0] == [one.id for one, _ in choose(items[::-1], [part(count=10)], 1).items]


def test_items_are_spread_over_chapters():
    chosen = choose(many(40), [part(count=12)], 3).items
    assert set(Counter(one.tags.chapter for one, _ in chosen).values()) == {3}


def test_an_article_comes_again_only_when_there_is_no_other():
    twice = [item(ItemKind.SINGLE, n).model_copy(update={"id": f"again-{n}", "stem": f"又问{n}？"}) for n in range(5)]
    picked = spread_over([*many(5), *twice], 5, Random(1))
    assert len({one.citations[0].provision_id for one in picked}) == 5


def test_nothing_is_asked_twice():
    same = [item(ItemKind.SINGLE, 1).model_copy(update={"id": f"copy-{n}"}) for n in range(4)]
    chosen = choose(same, [part(count=3), part(count=1)], 1)
    assert len(chosen.items) == 1
    assert len(chosen.missing) == 2


def test_a_fact_is_asked_once_whatever_the_kind():
    first, other = item(ItemKind.SINGLE), item(ItemKind.BLANK)
    same = other.model_copy(update={"claim": first.claim, "citations": first.citations})
    parts = [part(count=1), part(ItemKind.BLANK, 1)]
    assert len(choose([first, other], parts, 1).items) == 2
    assert len(choose([first, same], parts, 1).items) == 1


def test_words_that_one_item_quotes_are_not_asked_by_another():
    first, other = item(ItemKind.SINGLE), item(ItemKind.BLANK)
    inside = other.model_copy(update={"citations": first.citations})
    parts = [part(count=1), part(ItemKind.BLANK, 1)]
    assert len(choose([first, inside], parts, 1).items) == 1


def test_a_narrow_part_gets_its_items_before_a_wide_one():
    items = [*many(3), item(ItemKind.SINGLE, 9).model_copy(update={"difficulty": 0.9})]
    chosen = choose(items, [part(count=3), part(count=1, easiest=0.8)], 1)
    assert chosen.missing == []
    assert len(chosen.items) == 4


def test_what_is_missing_is_said(room):
    parts = [part(count=5), part(ItemKind.TRUE_FALSE, 1, field="消防", title="《示范条例》", easiest=0.2)]
    made = room.papers.make(TRAINER, PaperRequest(title="卷", parts=parts))
    assert made.missing == [
        "单选题：要 5 题，题库可用 3 题，缺 2 题。",
        "判断题（消防，《示范条例》，难度 0.2–1）：要 1 题，题库可用 0 题，缺 1 题。",
    ]
    assert [entry.item.kind for entry in made.items] == [ItemKind.SINGLE] * 3


def test_sections_stand_in_the_order_of_the_kinds_with_their_points(room):
    made = room.papers.make(
        TRAINER,
        PaperRequest(
            title="卷",
            items=["true_false-1", "single-2"],
            parts=[part(ItemKind.SHORT, 1), part(count=1)],
            points={ItemKind.SINGLE: Decimal("1.5")},
            variants=2,
        ),
    )
    kinds = [entry.item.kind for entry in made.items]
    assert kinds == [ItemKind.SINGLE, ItemKind.SINGLE, ItemKind.TRUE_FALSE, ItemKind.SHORT]
    assert [entry.points for entry in made.items] == [Decimal("1.5"), TWO, TWO, TWO]
    assert (made.total, [entry.number for entry in made.items]) == (Decimal("7.5"), [1, 2, 3, 4])


def test_only_published_items_whose_law_stands_come_on_a_paper(room):
    room.bank.block("single-1")
    draft = room.bank.held["single-2"].model_copy(update={"state": ItemState.DRAFT})
    room.bank.held["single-2"] = draft
    made = room.papers.make(TRAINER, PaperRequest(title="卷", parts=[part(count=3)]))
    assert [entry.item.id for entry in made.items] == ["single-3"]
    named = room.papers.make(TRAINER, PaperRequest(title="卷", items=["single-1", "single-2", "single-3", "none"]))
    assert [entry.item.id for entry in named.items] == ["single-3"]
    assert len(named.missing) == 3


@pytest.mark.parametrize(
    ("request_", "error"),
    [
        (PaperRequest(title="卷"), InvalidInput),
        (PaperRequest(title="卷", parts=[part(field="没有")]), Conflict),
        (PaperRequest(title="卷", items=["none"]), Conflict),
    ],
    ids=["nothing asked", "nothing fits", "nothing usable"],
)
def test_a_paper_without_items_is_not_made(room, request_, error):
    with pytest.raises(error):
        room.papers.make(TRAINER, request_)


def test_a_paper_stays_as_it_was_made(room):
    made = room.paper([ItemKind.SINGLE])
    room.bank.held = {key: one.model_copy(update={"stem": "改过"}) for key, one in room.bank.held.items()}
    assert room.papers.paper(TRAINER, made.id) == made
    assert {entry.item.author for entry in made.items} == {""}


def test_items_whose_law_changed_are_named_and_keep_the_paper_shut(room):
    made = room.paper([ItemKind.SINGLE])
    room.bank.block(made.items[1].item.id)
    assert room.papers.paper(TRAINER, made.id).blocked == [2]
    with pytest.raises(Conflict, match="第 2 题"):
        room.papers.open(TRAINER, made.id, OpenRequest(open=True))


def test_a_paper_opens_closes_and_opens_again(room):
    made = room.paper()
    closes = dt.datetime(2026, 11, 21, 17, 0)
    opened = room.papers.open(TRAINER, made.id, OpenRequest(open=True, groups=["一队", "一队"], closes_at=closes))
    assert (opened.state, opened.groups) == (PaperState.OPEN, ["一队"])
    assert opened.closes_at == dt.datetime(2026, 11, 21, 9, 0, tzinfo=dt.UTC)  # five in the afternoon in China
    closed = room.papers.open(TRAINER, made.id, OpenRequest(open=False))
    assert (closed.state, closed.closes_at) == (PaperState.CLOSED, NINE)
    with pytest.raises(InvalidInput, match="重新开考须写明结束时间"):
        room.papers.open(TRAINER, made.id, OpenRequest(open=True))
    later = NINE + dt.timedelta(hours=3)
    again = room.papers.open(TRAINER, made.id, OpenRequest(open=True, closes_at=later))
    assert (again.state, again.closes_at) == (PaperState.OPEN, later)
    assert room.exams.start(OFFICER, made.id).ends_at == NINE + dt.timedelta(hours=1)


def test_a_paper_whose_time_is_over_is_not_opened_again_without_an_end(room):
    made = room.paper()
    room.papers.open(TRAINER, made.id, OpenRequest(open=True, closes_at=NINE + dt.timedelta(hours=1)))
    room.clock.turn(minutes=61)
    with pytest.raises(InvalidInput, match="重新开考"):
        room.papers.open(TRAINER, made.id, OpenRequest(open=True))


def test_a_new_end_of_an_open_paper_counts_for_those_who_sit_it(room):
    made = room.opened(minutes=60)
    asked = room.exams.start(OFFICER, made.id)
    for minutes, lasts in ((30, 30), (90, 60)):
        room.papers.open(TRAINER, made.id, OpenRequest(open=True, closes_at=NINE + dt.timedelta(minutes=minutes)))
        assert room.exams.attempt(OFFICER, asked.attempt_id).ends_at == NINE + dt.timedelta(minutes=lasts)
    room.clock.turn(minutes=61)  # the end has passed: a later one does not wake what is over
    room.papers.open(TRAINER, made.id, OpenRequest(open=True, closes_at=NINE + dt.timedelta(minutes=200)))
    assert room.exams.attempt(OFFICER, asked.attempt_id).seconds_left == 0


def test_an_exam_is_given_to_departments_that_there_are(room):
    made = room.paper()
    with room.userdata.write() as session:
        for number, (department, active) in enumerate([("二队", True), ("一队", True), (None, True), ("三队", False)]):
            name = f"account{number}"
            session.add(
                AccountRow(
                    id=name,
                    login=name,
                    name=name,
                    role="officer",
                    department=department,
                    active=active,
                    password_hash="",
                    created="2026-11-21",
                )
            )
    assert room.exams.departments(TRAINER).items == sorted(["一队", "二队"])
    with pytest.raises(InvalidInput, match="三队"):
        room.papers.open(TRAINER, made.id, OpenRequest(open=True, groups=["一队", "三队"]))
    assert room.papers.open(TRAINER, made.id, OpenRequest(open=True, groups=["一队"])).groups == ["一队"]


@pytest.mark.parametrize(
    ("opens", "closes"),
    [
        (None, "2026-11-21T00:59:00Z"),
        ("2026-11-22T01:00:00Z", "2026-11-22T01:00:00Z"),
        ("0001-01-01T00:00:00", None),
        (None, "9999-12-31T23:59:59-12:00"),
    ],
)
def test_an_exam_cannot_end_before_it_begins_nor_lie_in_another_age(room, opens, closes):
    with pytest.raises(InvalidInput):
        room.papers.open(TRAINER, room.paper().id, OpenRequest(open=True, opens_at=opens, closes_at=closes))


def test_a_paper_that_was_taken_is_kept(room):
    made = room.opened()
    other = room.paper()
    room.exams.start(OFFICER, made.id)
    room.papers.remove(TRAINER, other.id)
    with pytest.raises(Conflict):
        room.papers.remove(TRAINER, made.id)
    page = room.papers.papers(TRAINER, PageQuery())
    assert [(entry.id, entry.taken, entry.count) for entry in page.items] == [(made.id, 1, 14)]
    with pytest.raises(NotFound):
        room.papers.paper(TRAINER, other.id)


def test_papers_on_documents_hidden_from_a_trainer_do_not_exist(room):
    made = room.opened()
    room.bank.hidden = {TRAINER.id: {"d-open"}}
    assert room.papers.papers(TRAINER, PageQuery()).total == 0
    for call in (
        lambda: room.papers.paper(TRAINER, made.id),
        lambda: room.papers.remove(TRAINER, made.id),
        lambda: room.papers.open(TRAINER, made.id, OpenRequest(open=False)),
        lambda: room.papers.exported(TRAINER, made.id, Format.GIFT),
        lambda: room.papers.printed(TRAINER, made.id, Part.KEY, PrintFormat.PDF, "A"),
        lambda: room.exams.statistics(TRAINER, made.id),
        lambda: room.exams.results(TRAINER, made.id, PageQuery()),
    ):
        with pytest.raises(NotFound):
            call()


def test_a_paper_is_exported_as_it_was_made(room):
    made = room.paper([ItemKind.SINGLE])
    content, left_out = room.papers.exported(TRAINER, made.id, Format.TXT)
    assert left_out == []
    assert all(entry.item.stem in content.decode("utf-8-sig") for entry in made.items)
