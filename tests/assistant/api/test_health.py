"""The state of the service counts for nobody what they may not read."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from assistant.accounts.principal import ANONYMOUS, LOCAL, Principal
from assistant.accounts.roles import PERMISSIONS, Role
from assistant.api.app import create_app
from assistant.api.health import for_anyone, for_part
from assistant.contract import IndexStatus, Preparation
from assistant.runtime import Runtime
from assistant.settings import Settings
from assistant.userdata import UserData
from corpus.readers import Readers
from corpus.store import CorpusStore
from corpus.store.readers import set_readers
from tests.assistant.limited_samples import BY_NUMBER, World, without

LIMITED = BY_NUMBER["5"]
OFFICER = Principal("p", "某人", Role.OFFICER, PERMISSIONS[Role.OFFICER], "乙科")
PEOPLE = {"officer": OFFICER, "admin": LOCAL}


class Tokens:
    def authenticate(self, token: str | None) -> Principal:
        return PEOPLE.get(token or "", ANONYMOUS)


@pytest.fixture(scope="module")
def worlds(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[World, World]]:
    """All samples with one of them limited, and a world in which it was never ingested."""
    folder = tmp_path_factory.mktemp("health")
    CorpusStore.open(f"sqlite:///{folder / 'empty.db'}").close()
    whole = World.of(folder / "empty.db", folder / "whole", without([]))
    part = World.of(folder / "empty.db", folder / "part", without([LIMITED.number]))
    set_readers(whole.store, {LIMITED.id: Readers(frozenset({"甲科"}))})
    yield whole, part
    whole.store.close()
    part.store.close()


@pytest.fixture
def http(worlds: tuple[World, World], tmp_path: Path) -> Iterator[TestClient]:
    settings = Settings(home=tmp_path)
    userdata = UserData.open(settings.userdata_url)
    runtime = Runtime(settings, worlds[0].store, userdata)
    services = runtime.services()
    services = type(services)(**{**vars(services), "authenticator": Tokens()})
    yield TestClient(create_app(services, settings))
    userdata.close()


def _get(http: TestClient, path: str, who: str) -> dict:
    return http.get(path, headers={"Authorization": f"Bearer {who}"}).json()


def test_counts_are_those_of_a_corpus_without_what_one_may_not_read(http, worlds):
    whole, part = (world.store.counts() for world in worlds)
    assert whole["documents"] == part["documents"] + 1
    seen = _get(http, "/api/health", "officer")
    assert {name: seen["corpus"][name] for name in ("documents", "versions", "provisions", "passages")} == {
        name: part[name] for name in ("documents", "versions", "provisions", "passages")
    }
    assert seen["index"]["total"] == _get(http, "/api/index", "officer")["total"] == part["passages"]
    assert _get(http, "/api/health", "admin")["corpus"] == whole
    assert _get(http, "/api/index", "admin")["total"] == whole["passages"]


def test_the_public_gets_no_number(http):
    seen = _get(http, "/api/health", "")
    assert (seen["corpus"], seen["index"]["total"], seen["encoder"]) == ({}, 0, None)
    assert http.get("/api/index").status_code == 401


@pytest.mark.parametrize(("done", "total"), [(0, 0), (0, 7131), (7130, 7131), (7131, 7131)])
def test_progress_is_the_same_out_of_another_total(stand_in, done, total):
    index = IndexStatus(points=total, dense_points=done, total=total, rate=7.0)
    going = Preparation(stage="dense", message="正在进行语义编码", done=done, total=total)
    health = stand_in.health().model_copy(update={"index": index, "preparation": going})
    part = for_part(health, {"passages": 70})
    assert "7131" not in part.model_dump_json()
    assert (part.index.dense_points == part.index.total) == (done == total > 0)
    assert (part.preparation.done == part.preparation.total) == (done == total)
    assert for_anyone(health).preparation.total in (0, 100)
