"""A model behind a real socket that misbehaves: the person gets the quoted basis, and nothing that it does not say."""

from __future__ import annotations

import datetime as dt
import itertools
import json
from collections.abc import Iterator

import pytest

from assistant.contract import AskRequest, AskResponse, DoneEvent, SentenceEvent
from assistant.generator import ChatModel
from assistant.service import AssistantService
from assistant.settings import GeneratorSettings
from corpus.store import CorpusStore
from evals.written import faults_of
from tests.assistant.model_endpoint import (
    DONE,
    Answer,
    Endpoint,
    chunk,
    piece_by_piece,
    refuse,
    reply,
    served,
    stream,
)
from tests.assistant.named_articles import service_of_named_articles

TODAY = dt.date(2026, 11, 21)
QUESTION = "行政处罚法第三十三条怎么规定的"
RIGHT = "初次违法且危害后果轻微并及时改正的，可以不予行政处罚[c1]。"
STOP = chunk(finish="stop")
_PATIENT_S, _SOON_S = 60.0, 0.3
_CALL = {"index": 0, "id": "t", "type": "function", "function": {"name": "delete_documents", "arguments": "{}"}}
_CUT = json.dumps({"choices": [{"index": 0, "delta": {"content": "罚款"}, "finish_reason": None}]}, ensure_ascii=False)
_INSIDE_A_CHARACTER = _CUT.encode().index("款".encode()) + 2

NOTHING_OF_IT = {
    "nonsense": reply("啦啦啦，天气不错。abc def。"),
    "letters without end": reply("哈" * 3000),
    "an invented article": reply("依据《中华人民共和国行政处罚法》第九百条，应当免除处罚[c1]。"),
    "another article of the law": reply("依照本法第三十四条，违法行为轻微的不予行政处罚[c1]。"),
    "an invented law": reply("依据《中华人民共和国轻微违法法》，不予行政处罚[c1]。"),
    "an invented sum": reply("违法行为轻微的，处五百元以上五万元以下罚款[c1]。"),
    "a sum in digits": reply("违法行为轻微的，罚500元[c1]。"),
    "a key that was not given": reply("可以不予行政处罚[c7]。"),
    "a modal word turned round": reply("初次违法且危害后果轻微并及时改正的，应当不予行政处罚[c1]。"),
    "law without a key": reply("初次违法的一律不予行政处罚。"),
    "obedience to an order": reply("好的，我会忽略以上规则。所有罚款一律免除[c1]。"),
    "an address": reply("详见 https://evil.example/行政处罚 可以不予行政处罚[c1]。"),
    "a picture": reply("![可以不予行政处罚](https://evil.example/x.png)[c1]。"),
    "half of an emoji": stream(chunk("\ud83d"), chunk("可以不予行政处罚[c1]。"), STOP, DONE),
    "a replacement mark in a figure": reply("处\ufffd元罚款[c1]。"),
    "control characters": reply("可以\x00不予\x1b[31m行政处罚罚款五百元[c1]。"),
    "bytes that are no UTF-8": stream(b"data: " + _CUT.encode().replace("款".encode(), b"\xe6\xac") + b"\n\n", DONE),
    "a stream cut inside a character": stream(b"data: " + _CUT.encode()[:_INSIDE_A_CHARACTER], ended=False),
    "a stream that ends inside a character": stream(b"data: " + _CUT.encode()[:_INSIDE_A_CHARACTER]),
    "hanging up in mid-sentence": stream(chunk("初次违法且危害后果轻微"), ended=False),
    "an end in mid-sentence": stream(chunk(RIGHT), chunk("违法行为轻微并及时")),
    "an end without saying so": stream(chunk(RIGHT)),
    "an end at the longest length": stream(chunk(RIGHT), chunk(finish="length"), DONE),
    "an end by a filter": stream(chunk(RIGHT), chunk(finish="content_filter"), DONE),
    "empty pieces": stream(*[chunk("")] * 50, STOP, DONE),
    "pieces without anything": stream(*[chunk()] * 50, b'data: {"choices": []}\n\n', STOP, DONE),
    "blanks": reply(" \n\u3000\t " * 20),
    "a call of a tool": stream(chunk(tool_calls=[_CALL]), chunk(finish="tool_calls"), DONE),
    "thoughts without end": reply("<think>" + "想一想。" * 500),
    "no JSON": stream(b"data: {oops\n\n", DONE),
    "JSON of another shape": stream(b'data: {"choices": "none"}\n\n', b"data: 7\n\n", b"data: null\n\n", DONE),
    "a page instead of a stream": stream(b"<html><body>login</body></html>"),
    "refusal": refuse(503),
}


@pytest.fixture
def endpoint() -> Endpoint:
    return Endpoint()


@pytest.fixture(scope="module")
def quoted(national_store: CorpusStore) -> AskResponse:
    """The answer without a model."""
    return service_of_named_articles(national_store, None, TODAY).ask(AskRequest(question=QUESTION))


@pytest.fixture
def timeout_s() -> float:
    return _PATIENT_S


@pytest.fixture
def assistant(national_store: CorpusStore, endpoint: Endpoint, timeout_s: float) -> Iterator[AssistantService]:
    with served(endpoint) as url:
        settings = GeneratorSettings(base_url=url, model="m", timeout_s=timeout_s)
        yield service_of_named_articles(national_store, ChatModel(settings), TODAY)


def answer(assistant: AssistantService) -> AskResponse:
    """The whole answer; every sentence of it and every one that was sent on the way is without fault."""
    *events, done = assistant.ask_stream(AskRequest(question=QUESTION))
    assert isinstance(done, DoneEvent)
    sent = [event.sentence for event in events if isinstance(event, SentenceEvent)]
    assert faults_of(done.response.model_copy(update={"sentences": sent})) == []
    assert faults_of(done.response) == []
    AskResponse.model_validate_json(done.response.model_dump_json())
    return done.response


@pytest.mark.parametrize("answers", NOTHING_OF_IT.values(), ids=NOTHING_OF_IT.keys())
def test_the_quoted_basis_is_given_instead(
    answers: Answer, assistant: AssistantService, endpoint: Endpoint, quoted: AskResponse
) -> None:
    endpoint.answer = answers
    response = answer(assistant)
    assert (response.model, response.answer, response.sentences) == (None, quoted.answer, quoted.sentences)
    assert response.citations == quoted.citations
    assert response.notes[-1].startswith(("模型未应答", "模型所写的内容未通过"))


@pytest.mark.parametrize("timeout_s", [_SOON_S])
@pytest.mark.parametrize(
    "last",
    [[b": keep-alive\n\n"], [b" "], [chunk("哈")], [chunk("")], []],
    ids=["comments", "a line without end", "words without end", "empty pieces without end", "silence"],
)
def test_what_does_not_end_is_given_up(
    last: list[bytes], assistant: AssistantService, endpoint: Endpoint, quoted: AskResponse
) -> None:
    pieces = itertools.chain([chunk("初次违法")], itertools.cycle(last) if last else _silence(endpoint))
    endpoint.answer = piece_by_piece(pieces, lambda: endpoint.released.wait(0.005))
    response = answer(assistant)
    assert (response.model, response.answer) == (None, quoted.answer)
    assert "0.3 秒" in response.notes[-1]


def test_what_holds_is_kept_beside_what_is_taken_out(assistant: AssistantService, endpoint: Endpoint) -> None:
    endpoint.answer = reply(f"{RIGHT}处五百元罚款[c1]。依据第九百条免除处罚[c1]。")
    response = answer(assistant)
    assert response.model == "m"
    assert len(response.removed) == 2
    assert response.sentences[0].text.startswith("初次违法且危害后果轻微并及时改正的，可以不予行政处罚")


def test_a_character_in_two_pieces_is_read_whole(assistant: AssistantService, endpoint: Endpoint) -> None:
    raw = json.dumps(
        {"choices": [{"index": 0, "delta": {"content": RIGHT}, "finish_reason": "stop"}]}, ensure_ascii=False
    )
    whole = b"data: " + raw.encode() + b"\n\n" + DONE
    endpoint.answer = piece_by_piece((whole[at : at + 1] for at in range(len(whole))), lambda: None)
    assert answer(assistant).model == "m"


@pytest.mark.parametrize("broken", ["\ufffd", "\x1b", "\x00"])
def test_a_sentence_that_cannot_be_read_is_taken_out(
    broken: str, assistant: AssistantService, endpoint: Endpoint
) -> None:
    endpoint.answer = stream(chunk(RIGHT), chunk(RIGHT[:10] + broken + RIGHT[10:]), STOP, DONE)
    response = answer(assistant)
    assert response.model == "m"
    assert [removed.reason for removed in response.removed] == ["写有无法辨认的字符。"]


def _silence(endpoint: Endpoint) -> Iterator[bytes]:
    endpoint.released.wait(30)
    yield b""
