"""What people do in an exam, as locust plays it: start, save as they go, wait for the bell, submit within a minute.

Every answer that was sent is looked for in the result. Reads a plan (``evals.load.exam``):

    locust -f evals/load/exam_locustfile.py --headless --plan PLAN.json --host http://127.0.0.1:8600 -u 50 -r 25
"""

from __future__ import annotations

import itertools
import json
import random
import sys
from pathlib import Path
from typing import Any

import gevent
from gevent.event import Event
from locust import HttpUser, constant, events, task
from locust.exception import StopUser

SAVES = 5
THINK_S = (2.0, 6.0)
MINUTE_S = 60.0


@events.init_command_line_parser.add_listener
def _options(parser: Any) -> None:
    parser.add_argument("--plan", required=True, help="file written by evals.load.exam: tokens, paper")


@events.test_start.add_listener
def _read_plan(environment: Any, **_more: Any) -> None:
    environment.plan = json.loads(Path(environment.parsed_options.plan).read_text(encoding="utf-8"))
    environment.numbers = itertools.count()
    environment.ready = environment.gone = 0
    environment.bell = Event()


@events.quitting.add_listener
def _say_what_failed(environment: Any, **_more: Any) -> None:
    for error in environment.stats.errors.values():
        print(f"{error.occurrences} x {error.method} {error.name}: {error.error}", file=sys.stderr)


class Candidate(HttpUser):
    """One person who sits the exam once."""

    wait_time = constant(0)

    def on_start(self) -> None:
        number = next(self.environment.numbers)
        self.chance = random.Random(number)
        self.client.trust_env = False
        self.client.headers["Authorization"] = f"Bearer {self.environment.plan['tokens'][number]}"
        self.sequence = 0

    @task
    def sit(self) -> None:
        try:
            self._sit()
        finally:
            self.environment.gone += 1
            if self.environment.gone == len(self.environment.plan["tokens"]):
                gevent.spawn_later(1, self.environment.runner.quit)
        raise StopUser

    def _sit(self) -> None:
        attempt, answers = self._answered()
        self.environment.ready += 1
        if self.environment.ready == len(self.environment.plan["tokens"]):
            self.environment.bell.set()
        self.environment.bell.wait()
        gevent.sleep(self.chance.uniform(0, MINUTE_S))
        if attempt is None:
            return
        path = f"/api/exams/attempts/{attempt}"
        submitted = self.client.post(f"{path}/submission", json=self._sent(answers), name="submit")
        kept = _kept(submitted.json()) if submitted.ok else {}
        self._compare(answers, kept)
        self.client.get(f"{path}/result", name="result")

    def _answered(self) -> tuple[str | None, dict[str, Any]]:
        """Start and save, a share of the answers at a time; the last share goes with the submission."""
        begun = self.client.post(f"/api/exams/{self.environment.plan['paper']}/attempts", name="start")
        if not begun.ok:
            return None, {}
        asked = begun.json()
        answers: dict[str, Any] = {}
        items = asked["items"]
        share = len(items) // SAVES
        for first in range(0, share * (SAVES - 1), share):
            gevent.sleep(self.chance.uniform(*THINK_S))
            answers |= {str(item["number"]): self._answer(item) for item in items[first : first + share]}
            self.client.put(f"/api/exams/attempts/{asked['attempt_id']}/answers", json=self._sent(answers), name="save")
        answers |= {str(item["number"]): self._answer(item) for item in items[share * (SAVES - 1) :]}
        return asked["attempt_id"], answers

    def _sent(self, answers: dict[str, Any]) -> dict[str, Any]:
        self.sequence += 1
        return {"answers": answers, "sequence": self.sequence}

    def _answer(self, item: dict[str, Any]) -> dict[str, Any]:
        match item["form"]:
            case "one":
                return {"chosen": [self.chance.randrange(len(item["options"]))]}
            case "many":
                return {"chosen": sorted(self.chance.sample(range(len(item["options"])), 2))}
            case "truth":
                return {"truth": self.chance.random() < 0.5}
            case _:
                return {"blanks": [self.chance.choice(["五日", "5日", "十日"])]}

    def _compare(self, sent: dict[str, Any], kept: dict[str, Any]) -> None:
        lost = [number for number, answer in sent.items() if kept.get(number) != answer]
        self.environment.events.request.fire(
            request_type="CHECK",
            name="every answer found in the result",
            response_time=0,
            response_length=0,
            exception=AssertionError(f"{len(lost)} answers lost") if lost else None,
            context={},
        )


def _kept(result: dict[str, Any]) -> dict[str, Any]:
    """The answers of a result, without the fields that nothing was put in."""
    given = {str(item["number"]): item["answer"] or {} for item in result["items"]}
    return {number: {k: v for k, v in answer.items() if v not in (None, "", [])} for number, answer in given.items()}
