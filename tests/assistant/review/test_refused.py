"""Refused questions: counted by what they ask, without a word on who asked, and cut to what a reviewer may read."""

from __future__ import annotations

import datetime as dt

import pytest

from assistant.contract import AskRequest, AskResponse, SearchResult
from assistant.refused.collecting import refusals_noted
from assistant.refused.contract import RefusedQuery, RefusedSettlement, RefusedState
from assistant.refused.grouping import alike, form_of, masked
from assistant.refused.schema import RefusedRow
from assistant.refused.service import RefusedService
from corpus.errors import NotFound, StoreUnavailable
from corpus.vocabulary import EffectLevel, State
from tests.assistant.people import OFFICER, OTHER, ReadingAssistant
from tests.conftest import TODAY


@pytest.fixture
def refused(userdata) -> RefusedService:
    return RefusedService(userdata, lambda: TODAY, 30)


@pytest.fixture
def refusing(assistant, law) -> ReadingAssistant:
    near = SearchResult(
        law="中华人民共和国消防法",
        article="第六十条",
        citation="《中华人民共和国消防法》第六十条",
        text=law.text,
        score=0.1,
        status=State.IN_FORCE,
        level=EffectLevel.LAW,
        region="国家",
        document_id=law.document_id,
        passage_id=f"{law.provision_id}@1",
        provision_id=law.provision_id,
    )
    assistant.answer = AskResponse(question="", as_of=TODAY, refused=True, answer="没有依据", nearest=[near])
    return assistant


def ask(refused, assistant, question, person=OFFICER, *, searchable=True, **options):
    layer = refusals_noted(refused, lambda: searchable)(person, assistant)
    return layer.ask(AskRequest(question=question, **options))


def groups(refused, assistant, **query):
    return refused.groups(assistant, RefusedQuery(**query)).items


def test_questions_alike_are_counted_together_and_nobody_is_kept(refused, refusing, userdata):
    for person, question in (
        (OFFICER, "宠物猫怎么上户口"),
        (OTHER, "请问宠物猫怎么上户口呢？"),
        (OTHER, "月饼怎么征税"),
    ):
        ask(refused, refusing, question, person)
    first, second = groups(refused, refusing)
    assert (first.question, first.count, second.count) == ("宠物猫怎么上户口", 2, 1)
    assert first.nearest == ["《中华人民共和国消防法》第六十条"]
    with userdata.read() as session:
        rows = session.query(RefusedRow).all()
    kept = " ".join(str(value) for row in rows for value in vars(row).values())
    assert OFFICER.id not in kept
    assert OFFICER.name not in kept


def test_a_stream_counts_once_and_goes_through_unchanged(refused, refusing):
    layer = refusals_noted(refused, lambda: True)(OFFICER, refusing)
    assert [event.event for event in layer.ask_stream(AskRequest(question="猫"))] == ["done"]
    assert groups(refused, refusing)[0].count == 1


def test_what_was_answered_or_asked_too_early_is_not_counted(refused, refusing, reader):
    ask(refused, ReadingAssistant(reader), "罚多少")
    ask(refused, refusing, "罚多少", searchable=False)
    assert groups(refused, refusing) == []


def test_regions_and_numbers_keep_questions_apart(refused, refusing):
    ask(refused, refusing, "养猫3只要登记吗")
    ask(refused, refusing, "养猫5只要登记吗")
    ask(refused, refusing, "养猫3只要登记吗", region="宁波市")
    assert len(groups(refused, refusing)) == 3


def test_a_settled_group_keeps_its_note_and_opens_again_when_asked_again(refused, refusing):
    ask(refused, refusing, "宠物猫怎么上户口")
    [group] = groups(refused, refusing)
    refused.settle(refusing, group.id, RefusedSettlement(state="settled", note="已导入《养犬条例》"))
    assert groups(refused, refusing, state="open") == []
    assert groups(refused, refusing, state="settled")[0].note == "已导入《养犬条例》"
    ask(refused, refusing, "宠物猫怎么上户口")
    [again] = groups(refused, refusing)
    assert (again.state, again.note, again.count) == (RefusedState.OPEN, "已导入《养犬条例》", 2)


def test_nearest_passages_are_cut_to_what_the_reviewer_may_read(refused, refusing, reader, law):
    ask(refused, refusing, "宠物猫怎么上户口")
    assert groups(refused, ReadingAssistant(reader, frozenset({law.document_id})))[0].nearest == []


def test_groups_are_forgotten_after_their_term(userdata, refusing):
    day = [TODAY]
    refused = RefusedService(userdata, lambda: day[0], 30)
    ask(refused, refusing, "宠物猫怎么上户口")
    day[0] = TODAY + dt.timedelta(days=31)
    assert groups(refused, refusing) == []


def test_an_answer_does_not_hang_on_the_list(refused, refusing, monkeypatch):
    def fail(*_):
        raise StoreUnavailable("full")

    monkeypatch.setattr(refused, "note", fail)
    assert ask(refused, refusing, "猫").refused


def test_an_unknown_group_is_not_found(refused, refusing):
    with pytest.raises(NotFound):
        refused.settle(refusing, "nothing", RefusedSettlement(state="open"))


@pytest.mark.parametrize(
    ("question", "kept"),
    [
        ("张某电话13800138000投诉油烟", "张某电话＊＊＊投诉油烟"),
        ("身份证33020019900101001X怎么罚", "身份证＊＊＊怎么罚"),
        ("浙B12345停在盲道上", "＊＊＊停在盲道上"),
        ("写信到a.b@example.com", "写信到＊＊＊"),
        ("罚款50000元要听证吗", "罚款50000元要听证吗"),
        ("2026年3月1日的行为", "2026年3月1日的行为"),
    ],
)
def test_what_may_tell_of_a_person_is_masked(question, kept):
    assert masked(question) == kept


def test_little_shared_is_not_alike():
    assert alike(form_of("宠物猫怎么上户口"), [form_of("宠物猫丢了怎么找")]) is None
