"""Curated answers: checked when saved, checked whenever served, and served only where they hold."""

from __future__ import annotations

import datetime as dt

import pytest
from pydantic import ValidationError

from assistant.contract import AskRequest, CitationEvent, DoneEvent, NotesEvent, SentenceEvent
from assistant.curated.contract import CuratedDecision, CuratedQuery, CuratedState
from assistant.curated.schema import CuratedRow
from assistant.curated.service import CuratedService
from assistant.curated.serving import curated_first
from corpus.errors import Conflict, Forbidden, InvalidInput, NotFound
from tests.assistant.people import OFFICER, REVIEWER, SECOND_REVIEWER, ReadingAssistant
from tests.assistant.review.conftest import QUESTION
from tests.conftest import TODAY

NO_NOTE = CuratedDecision()


@pytest.fixture
def curated(userdata) -> CuratedService:
    return CuratedService(userdata, lambda: TODAY)


def approved(curated, assistant, request) -> str:
    written = curated.write(REVIEWER, assistant, request)
    curated.approve(SECOND_REVIEWER, assistant, written.id, NO_NOTE)
    return written.id


def served(curated, assistant, question=QUESTION, *, home=None, **options):
    layer = curated_first(curated, lambda: None, lambda: TODAY, home)
    return layer(OFFICER, assistant).ask(AskRequest(question=question, **options))


FAULTS = [
    ("个人处一千元以下罚款。", "一千元以下"),
    ("个人处五百元以上罚款。", "五百元以上"),
    ("依照消防法第六十一条处罚。", "第六十一条"),
    ("依照《消防法》第六十条第一款处罚个人。", "第六十条第一款"),
    ("依照食品安全法处罚。", "食品安全法"),
    ("“可以处拘留”。", "可以处拘留"),
    ("自2020年1月1日起处罚。", "2020年1月1日"),
    ("处数万元罚款。", "数万元"),
    ("“个人处罚款。", "引号不成对"),
]


@pytest.mark.parametrize(("text", "named"), FAULTS)
def test_what_its_quotations_do_not_say_is_not_saved(curated, assistant, law, text, named):
    with pytest.raises(InvalidInput, match=named):
        curated.write(REVIEWER, assistant, law.curated(text))
    assert curated.entries(assistant, CuratedQuery()).total == 0


@pytest.mark.parametrize(
    "text",
    [
        "个人处警告或者五百元以下罚款。",
        "个人处警告或者500元以下罚款。",
        "依照消防法第六十条第二款，个人最高罚五百元。",
        "个人“处警告或者五百元以下罚款”。",
    ],
)
def test_what_its_quotations_say_is_saved(curated, assistant, law, text):
    assert curated.write(REVIEWER, assistant, law.curated(text)).faults == []


def test_a_quotation_must_stand_in_the_law_and_not_be_cut(curated, assistant, law):
    with pytest.raises(InvalidInput, match="不是"):
        curated.write(REVIEWER, assistant, law.curated("处警告。", quote="处警告或者一千元以下罚款"))
    with pytest.raises(InvalidInput, match="截断"):
        curated.write(REVIEWER, assistant, law.curated("处警告。", quote="警告或者五百元"))


def test_it_is_served_once_approved_with_its_mark_and_citations(curated, assistant, law):
    written = curated.write(REVIEWER, assistant, law.curated())
    assert served(curated, assistant).curated is None
    curated.approve(SECOND_REVIEWER, assistant, written.id, NO_NOTE)
    answer = served(curated, assistant, "请问个人占用消防通道如何处罚？")
    assert answer.curated is not None
    assert answer.curated.by == "法制审核"
    assert REVIEWER.name not in answer.model_dump_json()
    assert answer.question == "请问个人占用消防通道如何处罚？"
    [citation] = answer.citations
    assert citation.quote == law.on_individuals
    assert citation.quote in citation.text
    assert answer.sentences[0].citations == [citation.key]


def test_the_stream_has_the_events_of_any_answer(curated, assistant, law):
    approved(curated, assistant, law.curated())
    layer = curated_first(curated, lambda: None, lambda: TODAY, None)(OFFICER, assistant)
    kinds = [type(event) for event in layer.ask_stream(AskRequest(question=QUESTION))]
    assert kinds == [NotesEvent, CitationEvent, SentenceEvent, SentenceEvent, DoneEvent]
    plain = list(layer.ask_stream(AskRequest(question="单位占用消防通道怎么罚")))
    assert plain[-1].response.answer == "原答复"


@pytest.mark.parametrize(
    "options",
    [
        {"question": "单位占用消防通道怎么罚"},
        {"as_of": dt.date(2025, 12, 31)},  # before it holds
        {"law": "中华人民共和国消防法"},
        {"question": "2019年3月1日个人占用消防通道怎么罚"},
    ],
    ids=["another question", "another day", "narrowed to a law", "a day in the question"],
)
def test_elsewhere_the_assistant_answers_as_always(curated, assistant, law, options):
    approved(curated, assistant, law.curated())
    assert served(curated, assistant, **options).answer == "原答复"


def test_the_day_of_approval_is_that_of_china(userdata, assistant, law):
    late = CuratedService(userdata, lambda: TODAY, now=lambda: dt.datetime(2026, 11, 20, 17, tzinfo=dt.UTC))
    approved(late, assistant, law.curated())
    assert served(late, assistant).curated.approved_on == dt.date(2026, 11, 21)


def test_it_is_not_served_for_a_day_on_which_its_law_was_another(curated, assistant, law):
    approved(curated, assistant, law.curated(valid_from=dt.date(2000, 1, 1)))
    assert served(curated, assistant).curated is not None
    assert served(curated, assistant, as_of=dt.date(2001, 1, 1)).curated is None


def test_it_is_not_served_to_whoever_may_not_read_what_it_quotes(curated, assistant, law, reader):
    approved(curated, assistant, law.curated())
    outsider = ReadingAssistant(reader, frozenset({law.document_id}))
    assert served(curated, outsider).curated is None
    entry = curated.entry(outsider, curated.entries(outsider, CuratedQuery()).items[0].id)
    assert entry.hidden
    assert entry.paragraphs == []
    assert entry.faults


def test_what_stopped_holding_is_not_served_and_shows_why(curated, assistant, law, userdata):
    curated_id = approved(curated, assistant, law.curated())
    with userdata.write() as session:
        row = session.get(CuratedRow, curated_id)
        row.paragraphs = row.paragraphs.replace("五百元以下罚款", "六百元以下罚款")
    assert served(curated, assistant).curated is None
    [stale] = curated.entries(assistant, CuratedQuery(stale=True)).items
    assert stale.id == curated_id
    assert "不是" in stale.faults[0]


def test_the_answer_written_for_the_place_goes_first(curated, assistant, law):
    approved(curated, assistant, law.curated(title="全国"))
    approved(curated, assistant, law.curated(title="宁波", region="宁波市"))
    assert served(curated, assistant).curated.title == "全国"
    assert served(curated, assistant, region="宁波市").curated.title == "宁波"
    assert served(curated, assistant, region="杭州市").curated.title == "全国"
    assert served(curated, assistant, home="宁波市").curated.title == "宁波"


def test_a_change_needs_a_new_approval_and_a_withdrawn_one_is_gone(curated, assistant, law):
    curated_id = approved(curated, assistant, law.curated())
    with pytest.raises(Conflict):
        curated.approve(REVIEWER, assistant, curated_id, NO_NOTE)
    curated.rewrite(REVIEWER, assistant, curated_id, law.curated(phrasings=["个人堵了消防通道怎么罚"]))
    assert served(curated, assistant).curated is None
    curated.approve(REVIEWER, assistant, curated_id, NO_NOTE)
    assert served(curated, assistant, "个人堵了消防通道怎么处罚").curated is not None
    gone = curated.withdraw(REVIEWER, assistant, curated_id, CuratedDecision(note="改用新法"))
    assert gone.state is CuratedState.WITHDRAWN
    assert [change.action for change in gone.history] == ["拟写", "审定", "修改", "审定", "撤回"]
    assert gone.history[-1].note == "改用新法"
    assert served(curated, assistant).curated is None


def test_where_two_people_are_asked_for_nobody_approves_his_own(userdata, assistant, law):
    curated = CuratedService(userdata, lambda: TODAY, two_people=True)
    written = curated.write(REVIEWER, assistant, law.curated())
    with pytest.raises(Forbidden):
        curated.approve(REVIEWER, assistant, written.id, NO_NOTE)
    assert curated.approve(SECOND_REVIEWER, assistant, written.id, NO_NOTE).state is CuratedState.APPROVED


def test_an_unknown_id_is_not_found_and_days_stand_in_order(curated, assistant, law):
    with pytest.raises(NotFound):
        curated.entry(assistant, "nothing")
    with pytest.raises(ValidationError, match="止日早于起日"):
        law.curated(valid_until=dt.date(2025, 1, 1))
