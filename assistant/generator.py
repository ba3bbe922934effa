"""The optional chat model (撰写模型): any OpenAI-compatible endpoint, its reply piece by piece.

The endpoint's own client is used and not Haystack's ``OpenAIChatGenerator`` around it, because that one hands the
pieces to a callback and keeps the connection open when nobody listens any more (haystack-ai 3.4,
``_handle_stream_response``); an answer that is streamed to an officer is read on demand and may be given up.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import closing
from functools import cached_property
from time import monotonic
from typing import TYPE_CHECKING, Protocol

from assistant.answer.prompts import Message
from corpus.errors import GeneratorUnavailable

if TYPE_CHECKING:
    from openai import OpenAI
    from openai.types.chat import ChatCompletionMessageParam

    from assistant.settings import GeneratorSettings

_CONNECT_S = 5.0
_HALF_CHARACTER = re.compile("[\ud800-\udfff]")
"""Half of a character beyond the basic plane, as JSON can escape it: nothing that holds one can be sent on."""
_BROKEN_OFF = {
    None: "模型的回应没有写完就断了",
    "content_filter": "模型服务过滤了答复",
}
"""Ends of a reply that may have cut it: half an answer may lack the exception."""
_REMEDY = "请检查 [generator] 一节的 base_url、model 与 api_key，以及模型服务是否在运行。"


class Writer(Protocol):
    """Who writes a draft (撰写者)."""

    @property
    def model(self) -> str:
        """Name of the model, for the answer."""

    def write(self, messages: Sequence[Message]) -> Iterator[str]:
        """The draft, piece by piece. Raises GeneratorUnavailable, also in the middle."""


class ChatModel:
    """The model of the settings behind its endpoint; safe to share between threads."""

    def __init__(self, settings: GeneratorSettings) -> None:
        """``settings`` must name endpoint and model (``settings.enabled``)."""
        assert settings.base_url is not None
        assert settings.model is not None
        self._settings = settings
        self._base_url = settings.base_url
        self._model = settings.model

    @property
    def model(self) -> str:
        return self._model

    def write(self, messages: Sequence[Message]) -> Iterator[str]:
        """The model's reply as it comes, closed when the reader stops.

        Raises GeneratorUnavailable when the endpoint cannot be reached, refuses, breaks off, sends nothing for
        ``timeout_s``, is not done after it, reaches ``max_tokens``, is filtered, or does not say that it has finished:
        half an answer may lack the exception.
        """
        import openai

        deadline = monotonic() + self._settings.timeout_s
        written, finished = False, None
        try:
            stream = self._client.chat.completions.create(
                model=self._model,
                messages=[_param(message) for message in messages],
                max_tokens=self._settings.max_tokens,
                temperature=0.0,
                stream=True,
            )
            with closing(stream):
                for chunk in stream:
                    if monotonic() > deadline:
                        raise self._too_late()
                    words, end = _piece(chunk)
                    if words:
                        written = True
                        yield words
                    finished = end or finished
                    if finished == "length":
                        raise _unavailable(f"答复超过 {self._settings.max_tokens} 个词元，被截断")
        except openai.APITimeoutError as error:
            raise self._too_late() from error
        except openai.APIStatusError as error:
            raise _unavailable(f"模型服务拒绝了请求，HTTP {error.status_code}") from error
        except openai.APIConnectionError as error:
            raise _unavailable("与模型服务的连接失败或者中断") from error
        except (openai.OpenAIError, ValueError) as error:
            raise _unavailable("模型服务的回应无法读取") from error
        if not written:
            raise _unavailable("模型没有写出任何文字")
        if finished in _BROKEN_OFF:
            raise _unavailable(_BROKEN_OFF[finished])

    def _too_late(self) -> GeneratorUnavailable:
        return _unavailable(f"等候超过 {self._settings.timeout_s:g} 秒")

    @cached_property
    def _client(self) -> OpenAI:
        from openai import DefaultHttpxClient, OpenAI, Timeout

        from assistant.reply_deadline import bounded_by

        key = self._settings.api_key
        timeout = self._settings.timeout_s
        patience = Timeout(timeout, connect=min(_CONNECT_S, timeout))
        return OpenAI(
            base_url=self._base_url,
            api_key=key.get_secret_value() if key else "none",
            timeout=patience,
            http_client=DefaultHttpxClient(
                timeout=patience, event_hooks={"response": [bounded_by(timeout, monotonic)]}
            ),
            max_retries=0,  # an officer waits; the composed answer is there
        )


def make_writer(settings: GeneratorSettings) -> Writer | None:
    """The model that the settings name, or None."""
    return ChatModel(settings) if settings.enabled else None


def _piece(chunk: object) -> tuple[str, str | None]:
    """Words and end mark of one piece; the client does not check the shape of what a service sends."""
    choices = getattr(chunk, "choices", None)
    if not isinstance(choices, list):
        raise ValueError("no choices")
    if not choices:
        return "", None
    words = getattr(getattr(choices[0], "delta", None), "content", None) or ""
    end = getattr(choices[0], "finish_reason", None)
    if not isinstance(words, str) or not isinstance(end, str | None):
        raise ValueError("no words")
    return _HALF_CHARACTER.sub("\ufffd", words), end


def _param(message: Message) -> ChatCompletionMessageParam:
    if message.role == "system":
        return {"role": "system", "content": message.content}
    return {"role": "user", "content": message.content}


def _unavailable(what: str) -> GeneratorUnavailable:
    return GeneratorUnavailable(what, remedy=_REMEDY)
