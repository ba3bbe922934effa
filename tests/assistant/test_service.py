"""The assistant on a dozen real laws, with words alone: what is found, quoted, dated, refused."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

import pytest

from assistant.answer.compose import MOST_CHARACTERS, MOST_PROVISIONS
from assistant.assembly import assemble_service
from assistant.contract import AskRequest, AskResponse, CitationEvent, DoneEvent, SearchRequest, SentenceEvent
from assistant.index_slot import IndexSlot
from assistant.service import AssistantService
from corpus.encoders.cache import EncodingCache
from corpus.encoders.factory import make_sparse_encoder
from corpus.encoders.settings import SparseSettings
from corpus.errors import InvalidInput
from corpus.index.edge import EdgeIndex
from corpus.store import CorpusStore
from corpus.vocabulary import State
from ingest.indexing import IndexBuilder, index_fingerprint
from tests.ingest.indexing_samples import Meaning

TODAY = dt.date(2026, 11, 21)
PENALTY = "中华人民共和国行政处罚法"
CODE = "中华人民共和国生态环境法典"
WATER = "中华人民共和国水污染防治法"
QUOTED = re.compile("“([^”]*)”")


filling: list[str] = []
"""Not empty while a test pretends that the index is still being filled."""


@pytest.fixture(scope="module")
def assistant(national_store: CorpusStore, tmp_path_factory: pytest.TempPathFactory) -> Iterator[AssistantService]:
    folder = tmp_path_factory.mktemp("service")
    sparse, dense = make_sparse_encoder(SparseSettings()), Meaning()
    index = EdgeIndex.open(folder / "index", index_fingerprint(sparse, dense), dense.dimension)
    cache = EncodingCache(folder / "encodings.db")
    IndexBuilder(national_store, index, sparse, dense, cache).sync()
    slot = IndexSlot()
    slot.put(index)
    yield assemble_service(national_store, slot, sparse, lambda: None, lambda: TODAY, lambda: not filling)
    cache.close()
    index.close()


def found(assistant: AssistantService, question: str, **options: object) -> list[tuple[str, str]]:
    response = assistant.search(SearchRequest(question=question, **options))
    return [(r.law, r.article) for r in response.results]


def asked(assistant: AssistantService, question: str, **options: object) -> AskResponse:
    return assistant.ask(AskRequest(question=question, **options))


@pytest.mark.parametrize(
    ("question", "law", "article"),
    [
        ("处罚法33条第一款原话是怎么写的？", PENALTY, "第三十三条"),
        ("消防法60条第2款，个人罚多少", "中华人民共和国消防法", "第六十条"),
        ("《食品安全法》第124条", "中华人民共和国食品安全法", "第一百二十四条"),
    ],
)
def test_an_article_that_is_named_comes_first(
    assistant: AssistantService, question: str, law: str, article: str
) -> None:
    assert found(assistant, question)[0] == (law, article)


def test_statute_words_find_their_article(assistant: AssistantService) -> None:
    assert ("中华人民共和国消防法", "第六十条") in found(assistant, "占用、堵塞、封闭疏散通道、安全出口怎么罚")[:3]


def test_the_day_decides_which_law_is_found(assistant: AssistantService) -> None:
    question = "未依法取得排污许可证排放水污染物怎么罚"
    before = {law for law, _ in found(assistant, question, as_of=dt.date(2026, 8, 14))}
    after = {law for law, _ in found(assistant, question, as_of=dt.date(2026, 8, 15))}
    assert WATER in before
    assert CODE not in before
    assert CODE in after
    assert WATER not in after


def test_a_law_filter_keeps_to_that_law_and_an_unknown_one_is_refused(assistant: AssistantService) -> None:
    assert {law for law, _ in found(assistant, "怎么罚款", law="消防法")} == {"中华人民共和国消防法"}
    with pytest.raises(InvalidInput, match="没有"):
        found(assistant, "怎么罚款", law="不存在的法")


def test_search_keeps_to_the_number_asked_for(assistant: AssistantService) -> None:
    assert len(found(assistant, "罚款", top_k=3)) == 3


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        ("行政处罚法第一百二十条是怎么规定的？", "八十六|86"),
        ("生态环境法典第一千一百二十条怎么罚", "缺"),
        ("国务院《不存在的管理条例》第二十二条对制服怎么要求的？", "语料中没有《不存在的管理条例》"),
        ("刑法第一百六十五条怎么规定的", "修改"),
    ],
    ids=["no such article", "gap in the source", "not in the corpus", "amended text not held"],
)
def test_what_the_corpus_cannot_quote_is_refused_with_the_reason(
    assistant: AssistantService, question: str, reason: str
) -> None:
    response = asked(assistant, question)
    assert response.refused
    assert re.search(reason, response.answer), response.answer
    assert response.citations == []


def test_an_answer_names_act_sanction_and_source_and_says_the_day(assistant: AssistantService) -> None:
    response = asked(assistant, "单位占用、堵塞、封闭疏散通道、安全出口怎么处罚，罚多少")
    assert not response.refused
    assert response.citations[0].law == "中华人民共和国消防法"
    assert "处五千元以上五万元以下罚款" in response.answer  # 消防法第六十条第一款
    assert "2026-11-21" in response.answer
    assert all(s.citations for s in response.sentences if "“" in s.text)


QUESTIONS = (
    "占用消防车通道怎么罚",
    "违法行为轻微能不能不罚",
    "查封扣押最长多少天",
    "殴打他人怎么处罚",
    "生产经营超过保质期的食品怎么处罚",
    "处罚法33条第一款原话",
    "夜间施工噪声扰民罚多少",
    "听证应当在几日前通知",
)


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_quotation_is_a_verbatim_part_of_a_provision_it_cites(assistant: AssistantService, question: str) -> None:
    response = asked(assistant, question)
    texts = {c.key: c.text for c in response.citations}
    for citation in response.citations:
        assert citation.quote in citation.text
    for sentence in response.sentences:
        for words in QUOTED.findall(sentence.text):
            assert any(words in texts[key] for key in sentence.citations), words


@pytest.mark.parametrize("question", QUESTIONS)
def test_an_answer_is_the_same_streamed_and_whole(assistant: AssistantService, question: str) -> None:
    events = list(assistant.ask_stream(AskRequest(question=question)))
    assert isinstance(events[-1], DoneEvent)
    whole = events[-1].response
    assert [e.sentence for e in events if isinstance(e, SentenceEvent)] == whole.sentences
    assert [e.citation for e in events if isinstance(e, CitationEvent)] == whole.citations
    assert whole.answer == asked(assistant, question).answer


def test_what_changed_since_the_day_is_said(assistant: AssistantService) -> None:
    response = assistant.search(SearchRequest(question="水污染防治法第八十三条", as_of=dt.date(2026, 7, 1)))
    assert response.results[0].law == WATER
    assert response.results[0].status in (State.IN_FORCE, State.AMENDED)
    assert response.results[0].effective_until == dt.date(2026, 8, 15)


def test_a_region_without_rules_of_its_own_is_said(assistant: AssistantService) -> None:
    response = assistant.search(SearchRequest(question="占用消防车通道怎么罚", region="宁波市"))
    assert any("宁波市" in note for note in response.notes)
    assert response.results


def test_while_the_index_is_filling_only_named_articles_are_answered(
    assistant: AssistantService, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(globals(), "filling", ["now"])
    assert asked(assistant, "占用消防车通道怎么罚").refused
    assert any("尚不完整" in note for note in asked(assistant, "占用消防车通道怎么罚").notes)
    assert not asked(assistant, "消防法第六十条怎么说").refused


def test_of_several_articles_named_those_that_cannot_be_quoted_are_said(assistant: AssistantService) -> None:
    response = asked(assistant, "行政处罚法第三十三条和第一百二十条怎么规定的")
    assert not response.refused
    assert {c.article for c in response.citations} == {"第三十三条"}
    assert any("第一百二十条" in note for note in response.notes)


def test_a_past_day_is_not_called_the_present(assistant: AssistantService) -> None:
    past = asked(assistant, "水污染防治法第八十三条怎么规定的", as_of=dt.date(2026, 7, 1))
    assert "当日有效" in past.answer
    assert "现行有效" not in past.answer
    assert "现行有效" in asked(assistant, "消防法第六十条怎么规定的").answer


def test_articles_asked_for_by_number_give_no_room_to_leniency_asked_for_beside_them(
    assistant: AssistantService,
) -> None:
    answer = asked(assistant, "消防法第五十八条、第六十条、第六十一条、第六十二条，第一次能不能不罚")
    assert [c.article for c in answer.citations] == ["第五十八条", "第六十条", "第六十一条", "第六十二条"]


def test_leniency_asked_for_stands_beside_the_penalty_however_many_others_were_found(
    assistant: AssistantService,
) -> None:
    answer = asked(assistant, "占用消防车通道第一次查到能不能不罚")
    assert len(answer.citations) <= MOST_PROVISIONS
    assert any(c.law.endswith("行政处罚法") and c.article == "第三十三条" for c in answer.citations)


def test_an_answer_quotes_at_most_four_provisions_and_says_what_it_left_out(assistant: AssistantService) -> None:
    named = "、".join(f"第{n}条" for n in ("三十", "三十一", "三十二", "三十三", "三十四"))
    answer = asked(assistant, f"行政处罚法{named}怎么规定")
    assert len(answer.citations) == MOST_PROVISIONS
    assert len(answer.answer) <= MOST_CHARACTERS
    assert any("另有1条未列出" in note for note in answer.notes)
    for question in ("未取得排污许可证排放污染物怎么处罚", "违法行为轻微能不能不罚", "听证应当在几日前通知"):
        answer = asked(assistant, question)
        assert 1 <= len(answer.citations) <= MOST_PROVISIONS
        assert len(answer.answer) <= MOST_CHARACTERS
