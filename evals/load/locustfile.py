"""What officers do, as locust plays it: search, ask, converse, read provisions and topic pages, and think in between.

Reads a plan (``evals.load.plan``) and speaks plain HTTP, so that it can run on another machine as well:

    locust -f evals/load/locustfile.py --headless --plan PLAN.json --host http://127.0.0.1:8600 -u 50 -r 10 -t 5m
"""

from __future__ import annotations

import itertools
import json
import random
import sys
import time
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

from locust import HttpUser, between, events, task

FIRST_WORDS = frozenset(("sentence", "citation"))
_ITEMS = "/api/encyclopedia/items"


@events.init_command_line_parser.add_listener
def _options(parser: Any) -> None:
    parser.add_argument("--plan", required=True, help="file written by evals.load: tokens, questions, dialogues")


@events.test_start.add_listener
def _read_plan(environment: Any, **_more: Any) -> None:
    environment.plan = json.loads(Path(environment.parsed_options.plan).read_text(encoding="utf-8"))
    environment.numbers = itertools.count()
    environment.questions = itertools.cycle(environment.plan["questions"])  # none twice: nothing is remembered
    environment.topics = []


@events.quitting.add_listener
def _say_what_failed(environment: Any, **_more: Any) -> None:
    for error in environment.stats.errors.values():
        print(f"{error.occurrences} x {error.method} {error.name}: {error.error}", file=sys.stderr)


class Officer(HttpUser):
    """One person with an account of their own, who thinks five seconds between two things."""

    wait_time = between(4, 6)

    def on_start(self) -> None:
        number = next(self.environment.numbers)
        plan = self.environment.plan
        self.chance = random.Random(number)
        self.dialogues: list[list[str]] = plan["dialogues"]
        self.client.trust_env = False
        self.client.headers["Authorization"] = f"Bearer {plan['tokens'][number % len(plan['tokens'])]}"
        self.read: list[str] = []
        self.conversation = ""
        self.turns: Iterator[str] = iter(())

    @task(30)
    def search(self) -> None:
        request = {"question": next(self.environment.questions), "top_k": 10}
        response = self.client.post("/api/search", json=request, name="search")
        if response.ok:
            self.read = [found["provision_id"] for found in response.json()["results"]] or self.read

    @task(25)
    def ask(self) -> None:
        self._streamed("/api/ask", {"question": next(self.environment.questions)}, "ask")

    @task(15)
    def converse(self) -> None:
        """The next turn of a dialogue; after its follow-up, a new conversation."""
        question = next(self.turns, None)
        if question is None:
            begun = self.client.post("/api/conversations", json={}, name="new conversation")
            if not begun.ok:
                return
            self.conversation = begun.json()["id"]
            self.turns = iter(self.chance.choice(self.dialogues))
            question = next(self.turns)
        request = {"question": question, "client_message_id": uuid.uuid4().hex}
        self._streamed(f"/api/conversations/{self.conversation}/messages", request, "conversation")

    @task(20)
    def read_provision(self) -> None:
        if not self.read:
            self.search()
        if self.read:
            provision = quote(self.chance.choice(self.read))
            self.client.get(f"/api/provisions/{provision}", name="provision")
            self.client.get(f"/api/encyclopedia/provisions/{provision}", name="provision: what surrounds it")

    @task(10)
    def read_topic(self) -> None:
        if not self.environment.topics:
            listed = self.client.get(_ITEMS, params={"limit": 200}, name="list of items")
            self.environment.topics = [item["id"] for item in listed.json()["items"]] if listed.ok else []
        if self.environment.topics:
            item = quote(self.chance.choice(self.environment.topics), safe="")
            self.client.get(f"{_ITEMS}/{item}", name="topic page")

    def _streamed(self, path: str, request: dict[str, Any], name: str) -> None:
        """Ask for events; the wait for the first words and for the whole answer are entries of their own."""
        began = time.perf_counter()
        headers = {"Accept": "text/event-stream"}
        with self.client.post(
            path, json=request, headers=headers, stream=True, catch_response=True, name=f"{name}: whole answer"
        ) as response:
            if not response.ok:
                return
            first, last, length = None, "", 0
            for event, size in _events(response):
                length += size
                if event in FIRST_WORDS and first is None:
                    first = _since(began)
                last = event
            response.request_meta.update(response_time=_since(began), response_length=length)
            if last != "done":
                response.failure(f"the stream ended with {last or 'nothing'}")
        if first is not None:
            self.environment.events.request.fire(
                request_type="SSE",
                name=f"{name}: first words",
                response_time=first,
                response_length=0,
                exception=None,
                context={},
            )


def _events(response: Any) -> Iterator[tuple[str, int]]:
    """Type and length of each event, as it arrives."""
    kind = ""
    for line in response.iter_lines(delimiter=b"\n"):
        if line.startswith(b"event:"):
            kind = line[6:].strip().decode()
        elif line.startswith(b"data:"):
            yield kind, len(line)


def _since(began: float) -> float:
    return (time.perf_counter() - began) * 1000
