"""Every route that names a document or a part of one × role × own or another department's: allowed, or as if unknown.

Which routes these are follows from the names of their parameters and fields, so a new one without an entry here fails.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient

from assistant.api.app import create_app
from assistant.api.services import Services
from assistant.encyclopedia.views import ReadableEncyclopedias
from assistant.favourites.service import FavouritesService
from assistant.handbook.service import HandbookService
from assistant.page_pictures.drawing import PagePictures
from assistant.readers.service import ReadersService
from assistant.security_page import whole_app
from assistant.userdata import UserData
from corpus.readers import Readers
from corpus.store import CorpusStore
from corpus.store.readers import set_readers
from tests.assistant.limited_samples import BY_NUMBER, TODAY, Sample, World, without
from tests.assistant.test_readers import LIMITED, OPEN, PEOPLE, Tokens

NAMING = {
    "document_id", "document", "provision_id", "version_id", "key", "standard", "item_id", "old", "new", "parts",
    "paragraphs", "along", "id", "message_id",
}  # fmt: skip
"""Parameters and fields that name a document, a text, a provision, a record, an item, or keep a citation of one."""

PROVED_ELSEWHERE = {
    "POST /api/documents/{document_id}/retire": "tests/assistant/uploads",
    "POST /api/documents/{document_id}/restore": "tests/assistant/uploads",
    "GET /api/corpus/doubts": "tests/assistant/uploads",
    "POST /api/corpus/doubts/mark": "tests/assistant/uploads",
    "POST /api/corpus/doubts/unmark": "tests/assistant/uploads",
    "GET /api/conversations/{conversation_id}/messages/{message_id}": "tests/assistant/conversations",
    "POST /api/conversations/{conversation_id}/messages/{message_id}/answer": "tests/assistant/conversations",
    "POST /api/feedback": "tests/assistant/review",
    "POST /api/review/curated": "tests/assistant/review",
    "PUT /api/review/curated/{curated_id}": "tests/assistant/review",
    "PUT /api/me/handbooks/{handbook_id}": "the same reading as POST /api/me/handbooks",
    "PUT /api/documents/{document_id}/readers": "tests/assistant/test_readers.py",
    "PUT /api/discretion/corrections/{key}": "tests/assistant/discretion",
    "GET /api/encyclopedia/items/{item_id}": "tests/assistant/encyclopedia",
    "PUT /api/me/password": "names a password",
    "DELETE /api/me/favourites": "names one's own entry; one that is not there is no error",
}


def requests(of: Sample) -> dict[str, tuple[str, Any]]:
    """Route → the path and body with which it is asked for the document, or a part of it."""
    provision, key = of.provision(), f"{of.version}/§1.{of.mark}"
    document, comparison = f"/api/encyclopedia/documents/{of.id}", f"?old={of.version}&new={of.version}"
    entry = {"kind": "provision", "id": provision}
    book = {"title": "手册", "as_of": "2026-11-21", "parts": [{"provision_id": provision}]}
    return {
        "GET /api/documents/{document_id}": (f"/api/documents/{of.id}", None),
        "GET /api/documents/{document_id}/readers": (f"/api/documents/{of.id}/readers", None),
        "GET /api/provisions/{provision_id}": (f"/api/provisions/{provision}", None),
        "GET /api/provisions/{provision_id}/picture": (f"/api/provisions/{provision}/picture", None),
        "GET /api/discretion/standards": (f"/api/discretion/standards?document={of.id}", None),
        "GET /api/discretion/items": (f"/api/discretion/items?document={of.id}", None),
        "GET /api/discretion/review": (f"/api/discretion/review?document={of.id}", None),
        "GET /api/discretion/standards/{key}": (f"/api/discretion/standards/{key}", None),
        "GET /api/discretion/pictures/{key}": (f"/api/discretion/pictures/{key}", None),
        "DELETE /api/discretion/corrections/{key}": (f"/api/discretion/corrections/{key}", None),
        "POST /api/discretion/compute": ("/api/discretion/compute", {"standard": key}),
        "POST /api/discretion/check": ("/api/discretion/check", {"standard": key, "proposed_yuan": "30000"}),
        "POST /api/discretion/explain": ("/api/discretion/explain", {"standard": key}),
        "POST /api/discretion/explain.docx": ("/api/discretion/explain.docx", {"standard": key}),
        "POST /api/discretion/audit": ("/api/discretion/audit", {"document": of.id}),
        "GET /api/encyclopedia/documents/{document_id}": (document, None),
        "GET /api/encyclopedia/documents/{document_id}/comparison": (f"{document}/comparison{comparison}", None),
        "GET /api/encyclopedia/documents/{document_id}/citing": (f"{document}/citing", None),
        "GET /api/encyclopedia/documents/{document_id}/records": (f"{document}/records", None),
        "GET /api/encyclopedia/provisions/{provision_id}": (f"/api/encyclopedia/provisions/{provision}", None),
        "PUT /api/me/favourites": ("/api/me/favourites", entry),
        "POST /api/me/recent": ("/api/me/recent", entry),
        "POST /api/me/handbooks": ("/api/me/handbooks", book),
        "POST /api/handbook.docx": ("/api/handbook.docx", book),
    }


UNKNOWN = Sample("0", LIMITED.mark, LIMITED.title, LIMITED.texts, LIMITED.kind, LIMITED.region)


def naming_routes() -> Iterator[str]:
    """The routes that name a document or a part of one, from the description of the API."""
    described = whole_app().openapi()
    schemas = described["components"]["schemas"]
    for path, methods in described["paths"].items():
        for method, operation in methods.items():
            names = {parameter["name"] for parameter in operation.get("parameters", ())}
            body = operation.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema", {})
            if "$ref" in body:
                names |= schemas[body["$ref"].rsplit("/", 1)[-1]].get("properties", {}).keys()
            if names & NAMING:
                yield f"{method.upper()} {path}"


def test_every_route_that_names_a_document_is_in_the_table():
    found = set(naming_routes())
    assert found == requests(LIMITED).keys() | PROVED_ELSEWHERE.keys()
    assert not requests(LIMITED).keys() & PROVED_ELSEWHERE.keys()


@pytest.fixture(scope="module")
def http(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    from assistant.settings import Settings

    folder = tmp_path_factory.mktemp("documents")
    CorpusStore.open(f"sqlite:///{folder / 'empty.db'}").close()
    world = World.of(folder / "empty.db", folder / "home", without([]))
    set_readers(world.store, {LIMITED.id: Readers(frozenset({"甲科"}))})
    userdata = UserData.open(f"sqlite:///{folder / 'userdata.db'}")
    services = Services(
        views=world.views,
        operations=None,  # type: ignore[arg-type]  not asked
        readers=ReadersService(world.store, world.views),
        pictures=PagePictures(world.store, None),
        encyclopedias=ReadableEncyclopedias(world.views, lambda: TODAY, None),
        favourites=FavouritesService(userdata, world.views),
        handbooks=HandbookService(userdata, lambda: TODAY),
        authenticator=Tokens(),
    )
    yield TestClient(create_app(services, Settings(home=folder)), raise_server_exceptions=False)
    userdata.close()
    world.store.close()


@pytest.mark.parametrize("who", PEOPLE)
def test_anothers_document_is_answered_like_an_unknown_one(http: TestClient, who: str) -> None:
    mine = PEOPLE[who].department == "甲科" or PEOPLE[who].reads_everything
    wrong = {}
    for route, asked in requests(LIMITED).items():
        method = route.split()[0]
        limited, unknown, open_ = (
            _asked(http, who, method, *given)
            for given in (asked, requests(UNKNOWN)[route], requests(BY_NUMBER[OPEN.number])[route])
        )
        if mine and limited[0] != open_[0]:
            wrong[route] = (limited[0], open_[0])
        if not mine and limited != unknown:
            wrong[route] = (limited, unknown)
    assert not wrong


def _asked(http: TestClient, who: str, method: str, path: str, body: Any) -> tuple[int, str]:
    answer = http.request(method, path, json=body, headers={"Authorization": f"Bearer {who}"})
    words = answer.text
    for sample in (LIMITED, UNKNOWN):
        words = words.replace(sample.id, "d").replace(sample.version, "v")
    return answer.status_code, words
