"""Generated requests against the whole OpenAPI document: no 5xx, nothing that is not documented, no answer off shape.

The services are those of an installation, over a store with a few real laws; what the store holds is offered to the
generator, so that paths lead somewhere. The slow run is by hand:
``pytest -m slow tests/assistant/api/test_schemathesis.py``; ``SCHEMATHESIS_REQUESTS`` sets its size, and
``SCHEMATHESIS_GROUPS`` (tags with commas between: ``quiz,papers``) which groups it asks.
"""

from __future__ import annotations

import itertools
import os
import re
from collections.abc import Iterator
from typing import Any

import httpx
import hypothesis
import pytest
import schemathesis
from fastapi import FastAPI
from fastapi.testclient import TestClient
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from assistant.api.app import create_app
from assistant.api.openapi import operations
from assistant.runtime import Runtime
from assistant.settings import LimitSettings, Settings
from corpus.store import CorpusStore
from ingest.load import load_national_laws
from tests.conftest import TODAY

LAWS = ("中华人民共和国行政处罚法", "中华人民共和国消防法")
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
SAMPLE = 2  # requests of each operation in an ordinary run
REQUESTS_PER_GROUP = int(os.environ.get("SCHEMATHESIS_REQUESTS", "2000"))
GROUPS = [name for name in os.environ.get("SCHEMATHESIS_GROUPS", "").split(",") if name]
STEMS = (
    "根据《消防法》，任何单位、个人都有维护消防安全的义务。",
    "公安机关发现火灾隐患的，当场处以罚款并吊销营业执照。",
    "举办大型群众性活动，承办人应当制定灭火和应急疏散预案。",
)
ITEM = {
    "kind": "true_false",
    "form": "truth",
    "key": {"truth": True},
    "cites": ["《消防法》第五条"],
}


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FastAPI]:
    """The application of an installation with two laws, their key words indexed, no vectors."""
    home = tmp_path_factory.mktemp("home")
    settings = Settings(home=home, today=TODAY, limits=LimitSettings(requests_per_minute=1_000_000))
    store = CorpusStore.open(settings.store_url)
    load_national_laws(store, today=TODAY, only=LAWS)
    store.close()
    runtime = Runtime.open(settings)
    runtime.prepare(lambda _state: None, dense=False)
    yield create_app(runtime.services(), settings)
    runtime.close()


@pytest.fixture(scope="module")
def known(app: FastAPI) -> dict[str, list[str]]:
    """Values of parameters that lead to something, by name."""
    http = TestClient(app)
    documents = http.get("/api/documents").json()
    articles = http.get(f"/api/documents/{documents[0]['document_id']}").json()["articles"]
    conversation: httpx.Response = http.post("/api/conversations", json={})
    return {
        "document_id": [d["document_id"] for d in documents],
        "provision_id": [a["provision_id"] for a in articles[:5]],
        "conversation_id": [conversation.json()["id"]] if conversation.is_success else [],
        **_quiz(http),
    }


def _quiz(http: httpx.Client) -> dict[str, list[str]]:
    """Items, papers, attempts and a practice, by the names of their parameters."""

    def made(path: str, body: Any = None, method: str = "POST") -> Any:
        answer = http.request(method, path, json=body)
        assert answer.is_success, answer.text
        return answer.json()

    items = [made("/api/quiz/items", ITEM | {"stem": stem})["id"] for stem in STEMS]
    for move in ("submit", "publish"):
        assert made("/api/quiz/moves", {"ids": items, "move": move})["moved"] == items
    papers = [made("/api/papers", {"title": "试卷", "items": items[1:]})["id"] for _ in range(2)]
    attempts = []
    for paper in papers:
        made(f"/api/papers/{paper}/state", {"open": True, "attempts": 20}, "PUT")
        attempts.append(made(f"/api/exams/{paper}/attempts")["attempt_id"])
    made(f"/api/exams/attempts/{attempts[0]}/submission", {"answers": {}, "sequence": 1})
    practice = made("/api/practice", {"count": 1})["practice_id"]  # of the first item, which no exam asks
    return {"item_id": items, "paper_id": papers, "attempt_id": attempts, "practice_id": [practice]}


def _groups(app: FastAPI) -> dict[str, list[tuple[str, str]]]:
    found: dict[str, list[tuple[str, str]]] = {}
    for method, path, route in operations(app):
        found.setdefault(str(route.tags[0]), []).append((method, path))
    return found


@pytest.fixture(scope="module")
def schema(app: FastAPI) -> Any:
    return schemathesis.openapi.from_asgi("/openapi.json", app)


def _faults(schema: Any, method: str, path: str, known: dict[str, list[str]], requests: int, seed: int) -> list[str]:
    """The faults found by so many requests of one operation."""
    operation = schema[path][method]
    faults: dict[str, None] = {}

    @hypothesis.seed(seed)
    @hypothesis.settings(
        max_examples=requests,
        deadline=None,
        database=None,
        phases=[hypothesis.Phase.generate],
        suppress_health_check=list(hypothesis.HealthCheck),
    )
    @hypothesis.given(case=operation.as_strategy(), data=st.data())
    def run(case: Any, data: st.DataObject) -> None:
        for name, values in known.items():
            if name in (case.path_parameters or {}) and values and data.draw(st.booleans()):
                case.path_parameters[name] = data.draw(st.sampled_from(values))
        try:
            response = case.call()
            case.validate_response(response, checks=CHECKS)
        except BaseExceptionGroup as group:
            faults.update({f"{method} {path}: {_short(e)}": None for e in group.exceptions})
        except Exception as error:
            faults[f"{method} {path}: {type(error).__name__}: {_short(error)}"] = None

    run()
    return list(faults)


def _short(error: BaseException) -> str:
    return re.sub(r"\s+", " ", str(error))[:600]


def test_a_sample_of_requests_of_every_operation_is_answered_as_documented(app, schema, known):
    faults = []
    for number, (method, path, _route) in enumerate(operations(app)):
        faults += _faults(schema, method, path, known, SAMPLE, seed=number)
    assert not faults, "\n".join(faults)


@pytest.mark.slow
def test_two_thousand_requests_of_every_group_are_answered_as_documented(app, schema, known):
    faults = []
    groups = _groups(app)
    for group, members in ((name, groups[name]) for name in GROUPS or groups):
        each = -(-REQUESTS_PER_GROUP // len(members))
        found = [
            _faults(schema, method, path, known, each, seed=number) for number, (method, path) in enumerate(members)
        ]
        faults += list(itertools.chain.from_iterable(found))
        print(f"{group}: {len(members)} operations, {each * len(members)} requests, {sum(map(len, found))} faults")
    assert not faults, "\n".join(faults)
