"""Limits of documents over HTTP: each route that names a document, a provision or a record, for each sort of person."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from assistant.accounts.principal import LOCAL, Principal
from assistant.accounts.roles import PERMISSIONS, Role
from assistant.api.app import create_app
from assistant.api.services import Services
from assistant.encyclopedia.views import ReadableEncyclopedias
from assistant.page_pictures.drawing import PagePictures
from assistant.readers.service import ReadersService
from assistant.settings import Settings
from corpus.readers import Readers
from corpus.store import CorpusStore
from corpus.store.readers import readers_of, set_readers
from tests.assistant.limited_samples import BY_NUMBER, SAMPLES, TODAY, World, without

OPEN, LIMITED = BY_NUMBER["6"], BY_NUMBER["5"]


def person(role: Role, department: str | None) -> Principal:
    return Principal("p-1", "某人", role, PERMISSIONS[role], department)


PEOPLE = {f"{role.value}-{n}": person(role, name) for role in Role for n, name in enumerate(("甲科", "乙科"))}


class Tokens:
    """Everybody's token is his name here."""

    def authenticate(self, token: str | None) -> Principal:
        return PEOPLE.get(token or "", LOCAL)


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    folder = tmp_path_factory.mktemp("readers")
    CorpusStore.open(f"sqlite:///{folder / 'empty.db'}").close()
    made = World.of(folder / "empty.db", folder / "home", without([]))
    set_readers(made.store, {LIMITED.id: Readers(frozenset({"甲科"}))})
    yield made
    made.store.close()


@pytest.fixture
def http(world: World, stand_in: Any, settings: Settings) -> TestClient:
    services = Services(
        views=world.views,
        operations=stand_in,
        readers=ReadersService(world.store, world.views),
        pictures=PagePictures(world.store, None),
        authenticator=Tokens(),
    )
    return TestClient(create_app(services, settings))


def routes(document: str, version: str, record: str) -> list[tuple[str, str, Any]]:
    key = f"{version}/{record}"
    return [
        ("GET", f"/api/documents/{document}", None),
        ("GET", f"/api/documents/{document}/readers", None),
        ("GET", f"/api/provisions/{version}/序号1", None),
        ("GET", f"/api/pictures/{version}/序号1", None),
        ("GET", f"/api/discretion/standards/{key}", None),
        ("POST", "/api/discretion/compute", {"standard": key, "choose": {"持续时间": "三个月以上"}}),
        ("POST", "/api/discretion/check", {"standard": key, "proposed_yuan": "30000"}),
        ("POST", "/api/discretion/explain", {"standard": key}),
        ("POST", "/api/discretion/explain.docx", {"standard": key}),
        ("POST", "/api/discretion/audit", {"document": document}),
        ("GET", f"/api/discretion/pictures/{key}", None),
        ("DELETE", f"/api/discretion/corrections/{key}", None),
    ]


@pytest.mark.parametrize("who", PEOPLE)
def test_a_route_tells_of_anothers_document_what_it_tells_of_none(http: TestClient, who: str) -> None:
    mine = PEOPLE[who].department == "甲科"  # of an administrator too
    of = {
        "limited": routes(LIMITED.id, LIMITED.version, f"§1.{LIMITED.mark}"),
        "unknown": routes("d-0", "v-0", f"§1.{LIMITED.mark}"),
        "open": routes(OPEN.id, OPEN.version, f"§1.{OPEN.mark}"),
    }
    for limited, unknown, open_ in zip(of["limited"], of["unknown"], of["open"], strict=True):
        answers = [_asked(http, who, *route) for route in (limited, unknown, open_)]
        expected = answers[2] if mine else answers[1]
        assert answers[0][0] == expected[0], limited
        if not mine:
            assert _neutral(answers[0][1]) == _neutral(answers[1][1]), limited


def _asked(http: TestClient, who: str, method: str, path: str, body: Any) -> tuple[int, str]:
    answer = http.request(method, path, json=body, headers={"Authorization": f"Bearer {who}"})
    return answer.status_code, answer.text


def _neutral(words: str) -> str:
    return words.replace(LIMITED.id, "d").replace("d-0", "d").replace(LIMITED.version, "v").replace("v-0", "v")


# ---- setting limits ----------------------------------------------------------------------------------------


def _readers(http: TestClient, who: str, limits: dict[str, list[str]] | None = None) -> Any:
    """What a person gets who asks for the readers of the open document, or sets them."""
    method, path = ("GET" if limits is None else "PUT"), f"/api/documents/{OPEN.id}/readers"
    answer = http.request(method, path, json=limits, headers={"Authorization": f"Bearer {who}"})
    return answer.json() if answer.status_code == 200 else answer.status_code


def test_a_manager_sees_and_sets_who_may_read(http: TestClient, world: World) -> None:
    assert _readers(http, "legal-0")["everyone"]
    done = _readers(http, "legal-0", {"departments": [" 甲科 ", "丙科"], "regions": ["宁波"]})
    assert (done["departments"], done["regions"], done["everyone"]) == (["丙科", "甲科"], ["宁波市"], False)
    assert readers_of(world.store, OPEN.id) == Readers(frozenset({"甲科", "丙科"}), frozenset({"宁波市"}))
    assert _readers(http, "legal-0") == 404  # the manager is of no region
    assert _readers(http, "admin-1") == 404  # an administrator is of a department like everybody else
    assert _readers(http, "this-machine", {})["everyone"]
    assert _readers(http, "legal-0")["everyone"]


@pytest.mark.parametrize("who", ["officer-0", "trainer-0"])
def test_who_does_not_care_for_the_corpus_neither_sees_nor_sets_readers(http: TestClient, who: str) -> None:
    assert _readers(http, who) == 403
    assert _readers(http, who, {"departments": ["甲科"]}) == 403


@pytest.mark.parametrize("regions", [["国家"], ["鼓楼区"], [""], ["某"] * 51])
def test_a_region_that_limits_nothing_or_may_be_several_is_refused(http: TestClient, regions: list[str]) -> None:
    assert _readers(http, "legal-0", {"regions": regions}) == 422
    assert _readers(http, "legal-0")["everyone"]


def test_the_store_is_migrated_with_the_table(tmp_path: Path) -> None:
    store = CorpusStore.open(f"sqlite:///{tmp_path / 'corpus.db'}")
    assert readers_of(store, "d-1").everyone
    store.close()


# ---- tags of what is shown ---------------------------------------------------------------------------------


@pytest.fixture
def tags(world: World, settings: Settings) -> Iterator[Callable[..., str]]:
    """The tag of the second article of a law, in its neighbours' and citers' company, as a person of 甲科 gets it."""
    services = Services(
        views=world.views,
        operations=None,  # type: ignore[arg-type]  # not asked
        encyclopedias=ReadableEncyclopedias(world.views, lambda: TODAY, None),
        authenticator=Tokens(),
    )
    http = TestClient(create_app(services, settings), headers={"Authorization": "Bearer officer-0"})
    before = {sample.id: readers_of(world.store, sample.id) for sample in SAMPLES}

    def tag(path: str, **params: str) -> str:
        answer = http.get(f"{path}/{BY_NUMBER['1'].provision(2)}", params=params)
        assert answer.status_code == 200
        again = http.get(answer.request.url, headers={"If-None-Match": answer.headers["etag"]})
        assert (again.status_code, again.content) == (304, b"")
        return answer.headers["etag"]

    yield tag
    set_readers(world.store, before)


def test_a_provisions_tag_changes_with_what_is_shown_and_with_nothing_else(world: World, tags: Any) -> None:
    around, alone = "/api/encyclopedia/provisions", "/api/provisions"
    first, first_alone = tags(around), tags(alone)
    elsewhere = Readers(frozenset({"丙科"}))
    set_readers(world.store, {BY_NUMBER["2"].id: elsewhere, BY_NUMBER["10"].id: elsewhere})
    assert (tags(around), tags(alone)) == (first, first_alone)  # neither cites it
    set_readers(world.store, {BY_NUMBER["4"].id: elsewhere})  # the case that cites it
    assert tags(around) != first
    assert tags(alone) != first_alone  # it is listed there, too
    set_readers(world.store, {BY_NUMBER["4"].id: Readers()})
    assert (tags(around), tags(alone)) == (first, first_alone)
    set_readers(world.store, {BY_NUMBER["8"].id: elsewhere})  # the law that repeals and amends it
    assert tags(around) != first
    repealed = {"as_of": "2027-04-01"}
    assert tags(alone, **repealed) != first_alone
    assert tags(around, **repealed) != first
