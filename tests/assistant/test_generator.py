"""The chat model behind its endpoint, played by a small server on this machine: replies, refusals, silence."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pydantic import SecretStr

from assistant.answer.prompts import Message
from assistant.generator import ChatModel, make_writer
from assistant.settings import GeneratorSettings
from corpus.errors import GeneratorUnavailable
from tests.assistant.model_endpoint import DONE, Answer, Endpoint, chunk, refuse, served, stream

MESSAGES = (Message("system", "规则"), Message("user", "问题"))


@pytest.fixture
def endpoint() -> Endpoint:
    return Endpoint()


@pytest.fixture
def base_url(endpoint: Endpoint) -> Iterator[str]:
    with served(endpoint) as url:
        yield url


def model(base_url: str, **options: object) -> ChatModel:
    return ChatModel(GeneratorSettings(base_url=base_url, model="m", **options))


def test_the_reply_comes_piece_by_piece(endpoint: Endpoint, base_url: str) -> None:
    endpoint.answer = stream(chunk("甲"), chunk(""), chunk("乙。"), chunk(finish="stop"), DONE)
    assert list(model(base_url, max_tokens=99).write(MESSAGES)) == ["甲", "乙。"]
    (request,) = endpoint.requests
    assert endpoint.paths == ["/v1/chat/completions"]
    assert request["messages"] == [{"role": "system", "content": "规则"}, {"role": "user", "content": "问题"}]
    assert (request["model"], request["stream"], request["max_tokens"], request["temperature"]) == ("m", True, 99, 0.0)


def test_the_key_is_sent_to_the_endpoint_and_shown_nowhere(endpoint: Endpoint, base_url: str) -> None:
    endpoint.answer = refuse(401)
    with pytest.raises(GeneratorUnavailable) as raised:
        list(model(base_url, api_key=SecretStr("sesame")).write(MESSAGES))
    assert endpoint.authorizations == ["Bearer sesame"]
    assert "401" in str(raised.value)
    assert "sesame" not in str(raised.value)


FAULTS = {
    "refused": (refuse(500), "HTTP 500"),
    "too many requests": (refuse(429), "HTTP 429"),
    "hung up in the middle": (stream(chunk("甲"), ended=False), "中断"),
    "no chunks": (stream(DONE), "没有写出任何文字"),
    "only white noise": (stream(b"data: {no json\n\n"), "无法读取"),
    "an error among the chunks": (stream(b'data: {"error": {"message": "out of memory"}}\n\n'), "无法读取"),
    "cut at the longest length": (stream(chunk("甲"), chunk(finish="length")), "截断"),
}


@pytest.mark.parametrize(("answer", "what"), FAULTS.values(), ids=FAULTS.keys())
def test_what_goes_wrong_is_one_error_that_says_what(
    answer: Answer, what: str, endpoint: Endpoint, base_url: str
) -> None:
    endpoint.answer = answer
    with pytest.raises(GeneratorUnavailable, match=what) as raised:
        list(model(base_url).write(MESSAGES))
    assert raised.value.remedy
    assert len(endpoint.requests) == 1  # an officer waits: no second try


def test_a_silent_endpoint_is_given_up_after_the_time_allowed(endpoint: Endpoint, base_url: str) -> None:
    endpoint.answer = lambda handler: (endpoint.released.wait(), None)[1]
    with pytest.raises(GeneratorUnavailable, match=r"超过 0\.2 秒"):
        list(model(base_url, timeout_s=0.2).write(MESSAGES))


def test_an_endless_reply_is_given_up_after_the_time_allowed(
    endpoint: Endpoint, base_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    moment = 0.0
    monkeypatch.setattr("assistant.generator.monotonic", lambda: moment)
    endpoint.answer = stream(*[chunk("甲")] * 9)
    pieces = model(base_url, timeout_s=60).write(MESSAGES)
    assert next(pieces) == "甲"
    moment = 61.0
    with pytest.raises(GeneratorUnavailable, match="超过 60 秒"):
        list(pieces)


def test_an_endpoint_that_is_not_there_is_an_error() -> None:
    with served(Endpoint()) as url:
        pass
    with pytest.raises(GeneratorUnavailable, match="连接失败"):
        list(model(url).write(MESSAGES))


def test_there_is_a_writer_only_where_the_settings_name_endpoint_and_model() -> None:
    assert make_writer(GeneratorSettings()) is None
    assert make_writer(GeneratorSettings(base_url="http://127.0.0.1:1/v1")) is None
    writer = make_writer(GeneratorSettings(base_url="http://127.0.0.1:1/v1", model="m"))
    assert writer is not None
    assert writer.model == "m"
