"""``kill -9`` of the service in mid-answer and mid-write: what it had confirmed is there when it comes up again.

Twenty kills, by hand: ``pytest -m slow tests/soak -s``; ``-k "[0]"`` for one.
"""

from __future__ import annotations

import random
import threading
from collections.abc import Iterator

import pytest

from assistant.auditlog.contract import Act, LogQuery
from tests.assistant.model_endpoint import DONE, Endpoint, chunk, piece_by_piece, served
from tests.soak.installation import Installation
from tests.soak.life import DRAFT, Told, ask_again_what_was_cut_off, busy, check_what_was_told

PACE_S = 0.004
LONGEST_LIFE_S = 4.0
KILLS = range(20)

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    endpoint, tick = Endpoint(), threading.Event()
    draft = [*map(chunk, DRAFT), chunk(finish="stop"), DONE]
    endpoint.answer = lambda handler: piece_by_piece(iter(draft), lambda: tick.wait(PACE_S))(handler)
    with served(endpoint) as model_url:
        made = Installation(tmp_path_factory.mktemp("killed"), model_url)
        try:
            made.start()
            yield made
        finally:
            made.end()


@pytest.fixture(scope="module")
def told() -> Told:
    return Told()


@pytest.mark.parametrize("seed", KILLS)
def test_what_was_confirmed_survives_a_kill(installation: Installation, told: Told, seed: int) -> None:
    life = random.Random(seed).uniform(0, LONGEST_LIFE_S)
    with installation.client() as client, busy(client, told, f"life-{seed}") as begun:
        begun.wait(60)
        threading.Event().wait(life)
        installation.kill()
    assert installation.database_faults() == []
    assert installation.audit_verification()["ok"]
    installation.start()
    with installation.client() as client:
        check_what_was_told(client, told)
        cut_off = ask_again_what_was_cut_off(client, told)
        check_what_was_told(client, told)
        recorded = client.auditlog.entries(LogQuery(act=Act.ASK)).total
        assert recorded >= len(told.answers)
        assert client.auditlog.verify().ok
    print(f"killed after {life:.2f} s: {cut_off} cut off, {len(told.messages)} messages, {len(told.feedback)} feedback")
