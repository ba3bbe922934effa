"""Every route × every role × one's own and another department's documents: shown, or as if it were not held.

The routes are those of the application; ``document_routes.py`` says what each is asked, so a new one without an entry
fails here. Things of one's own were kept while they were open: the person has since moved to another department.
"""

from __future__ import annotations

import dataclasses
import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from httpx import Response

from assistant.accounts.principal import ANONYMOUS, Principal
from assistant.accounts.roles import PERMISSIONS, Permission, Role
from assistant.api.app import create_app
from assistant.api.services import Services
from assistant.conversations.service import ConversationService
from assistant.conversations.store import ConversationStore
from assistant.curated.service import CuratedService
from assistant.encyclopedia.views import ReadableEncyclopedias
from assistant.favourites.service import FavouritesService
from assistant.feedback.service import FeedbackService
from assistant.handbook.service import HandbookService
from assistant.page_pictures.drawing import PagePictures
from assistant.personal.conversations import ConversationArea
from assistant.personal.service import PersonalDataService
from assistant.readers.service import ReadersService
from assistant.refused.collecting import refusals_noted
from assistant.refused.service import RefusedService
from assistant.security_page import entries, whole_app
from assistant.settings import LimitSettings, Settings
from assistant.uploads.service import CorpusCare
from assistant.userdata import UserData
from assistant.views import LayeredViews
from corpus.readers import Readers
from corpus.store import CorpusStore
from corpus.store.readers import set_readers
from tests.assistant.document_routes import (
    NAMED,
    NAMING,
    NOTHING,
    PLACE,
    SHOWING,
    SHOWN,
    TAKEN_AS_GIVEN,
    WORDS,
    Asked,
    Held,
    Own,
    curated,
    passage,
)
from tests.assistant.limited_samples import BY_NUMBER, TODAY, Sample, World, without
from tests.assistant.quiz_held import QuizHeld, quiz_held, quiz_services
from tests.assistant.uploads.conftest import StandInEngine

OPEN, LIMITED = BY_NUMBER["6"], BY_NUMBER["5"]
HIDDEN = [BY_NUMBER[n] for n in ("1", "4", "5", "9")]
UNKNOWN = Sample("0", "朱槿", LIMITED.title.replace(LIMITED.mark, "朱槿"), LIMITED.texts, LIMITED.kind, LIMITED.region)
LIMITED_LAW, OPEN_LAW = BY_NUMBER["1"], BY_NUMBER["8"]
UNKNOWN_LAW = dataclasses.replace(UNKNOWN, title="朱槿城市道路管理条例")
OURS = Readers(frozenset({"甲科"}))


def person(role: Role, department: str, **more: Any) -> Principal:
    return Principal("p-1", "某人", role, PERMISSIONS[role], department, **more)


PEOPLE = {
    f"{role}-{which}": person(role, name) for role in Role for which, name in (("own", "甲科"), ("other", "乙科"))
}
PEOPLE["reads-everything"] = person(Role.ADMIN, "乙科", reads_everything=True)
UPLOADER = dataclasses.replace(PEOPLE["reads-everything"], id="p-9")


class Tokens:
    """Everybody's token is his name here."""

    def authenticate(self, token: str | None) -> Principal:
        return (PEOPLE | {"uploader": UPLOADER}).get(token or "", ANONYMOUS)


@dataclasses.dataclass
class Office:
    """The running application, and what the requests name."""

    http: TestClient
    limited: Held
    unknown: Held
    open: Held
    own: Own

    def ask(self, who: str, route: str, asked: Asked) -> Response:
        answer = _ask(self.http, who, route.split()[0], asked.path, asked.body)
        if route == "POST /api/quiz/import" and answer.is_success:
            ids = [item["id"] for item in answer.json()["items"]]  # out of the way of the next one's near-duplicates
            _made(self.http, "POST", "/api/quiz/moves", {"ids": ids, "move": "retire", "note": "试"})
        return answer


def _ask(http: TestClient, who: str, method: str, path: str, body: Any = None) -> Response:
    headers = {"Authorization": f"Bearer {who}", "Accept": "application/json"}
    if path.startswith("/mcp"):
        headers["Accept"] = "application/json, text/event-stream"
    if isinstance(body, bytes):
        return http.request(method, path, content=body, headers=headers)
    if isinstance(body, tuple):
        return http.request(method, path, files={"files": body}, headers=headers)
    return http.request(method, path, json=body, headers=headers)


def _services(world: World, userdata: UserData, home: Path) -> Services:
    refused = RefusedService(userdata, lambda: TODAY, 365)
    views = LayeredViews(world.views, (refusals_noted(refused, lambda: True),))
    feedback = FeedbackService(userdata, world.store.counts)
    favourites = FavouritesService(userdata, world.views)
    handbooks = HandbookService(userdata, lambda: TODAY)
    kept = {"conversations": ConversationArea(userdata), "feedback": feedback, "entries": favourites}
    return Services(
        views=views,
        operations=None,  # type: ignore[arg-type]  # not asked
        readers=ReadersService(world.store, world.views),
        pictures=PagePictures(world.store, None),
        encyclopedias=ReadableEncyclopedias(world.views, lambda: TODAY, None),
        conversations=ConversationService(ConversationStore(userdata), views, lambda: TODAY, None),
        feedback=feedback,
        curated=CuratedService(userdata, lambda: TODAY),
        refused=refused,
        favourites=favourites,
        handbooks=handbooks,
        personal=PersonalDataService({**kept, "handbooks": handbooks}),
        corpora=CorpusCare(StandInEngine(world.store), userdata, home, LimitSettings(), world.views.desk),
        authenticator=Tokens(),
        **quiz_services(world, userdata),
    )


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    folder = tmp_path_factory.mktemp("documents")
    CorpusStore.open(f"sqlite:///{folder / 'empty.db'}").close()
    world = World.of(folder / "empty.db", folder / "home", without([]))
    userdata = UserData.open(f"sqlite:///{folder / 'userdata.db'}")
    settings = Settings(home=folder, limits=LimitSettings(requests_per_minute=100_000))
    app = create_app(_services(world, userdata, folder), settings)
    with TestClient(app, base_url="http://127.0.0.1:8600", raise_server_exceptions=False) as http:
        limited, open_ = _held(http, LIMITED, HIDDEN, OURS), _held(http, OPEN, (), Readers())
        own = _own(http, limited.quiz)
        set_readers(world.store, {sample.id: OURS for sample in HIDDEN})
        yield Office(http, limited, Held(UNKNOWN, QuizHeld(UNKNOWN_LAW)), open_, own)
    userdata.close()
    world.store.close()


def _made(http: TestClient, method: str, path: str, body: Any = None) -> Any:
    """What a person gets and makes who may read everything still."""
    answer = _ask(http, "uploader" if "uploads" in path else "reads-everything", method, path, body)
    assert answer.is_success, (path, answer.text)
    return answer.json()


def _held(http: TestClient, sample: Sample, hidden: Any, readers: Readers) -> Held:
    """The document with an upload of it, and an item that rests on such documents or on none of them."""
    limits = "".join(f"departments={name}" for name in readers.departments)
    upload = _made(http, "POST", f"/api/uploads?{limits}", (f"{sample.title}.md", b"|||\n1 x"))
    marks = [s.mark for s in (hidden or HIDDEN)]
    items = _made(http, "GET", "/api/encyclopedia/items")["items"]
    item = next(i["id"] for i in items if any(mark in str(i) for mark in marks) == bool(hidden))
    law = LIMITED_LAW if hidden else OPEN_LAW
    quiz = quiz_held(lambda method, path, body=None: _made(http, method, path, body), law)
    return Held(sample, quiz, upload["id"], item)


def _own(http: TestClient, quiz: QuizHeld) -> Own:
    conversation, message = _talk(http)
    answer = {"kind": "useful", "response": message["response"]}
    feedback = _made(http, "POST", "/api/feedback", answer)["id"]
    for sample in HIDDEN:
        entry = {"kind": "document", "id": sample.id}
        _made(http, "PUT", "/api/me/favourites", entry)
        _made(http, "POST", "/api/me/recent", entry)
    book = {"title": "手册", "parts": [passage(s) for s in HIDDEN]}
    books = [_made(http, "POST", "/api/me/handbooks", book)["id"] for _ in range(2)]
    answers = [
        _made(http, "POST", "/api/review/curated", curated(BY_NUMBER["1"].provision(2)) | {"title": f"摆摊{n}"})["id"]
        for n in range(3)
    ]
    assert _made(http, "POST", "/api/ask", {"question": "股票今天涨了吗", "region": PLACE})["refused"]
    refused = _made(http, "GET", "/api/review/refused")["items"][0]["id"]
    return Own(conversation, message["id"], *books, feedback, *answers, refused, quiz)


def _talk(http: TestClient) -> tuple[str, Any]:
    """A new conversation and its one message."""
    conversation = _made(http, "POST", "/api/conversations", {})["id"]
    return conversation, _made(http, "POST", f"/api/conversations/{conversation}/messages", {"question": WORDS})


# ---- the tables are whole ----------------------------------------------------------------------------------


APP = whole_app()
PERMISSION_OF = {f"{e.method} {e.path.replace(':path', '')}": e.permission for e in entries(APP)}
DESCRIPTION: dict[str, Any] = APP.openapi()
SCHEMAS: dict[str, Any] = DESCRIPTION["components"]["schemas"]
OPERATIONS: dict[str, dict[str, Any]] = {
    f"{method.upper()} {path}": operation
    for path, methods in DESCRIPTION["paths"].items()
    for method, operation in methods.items()
}


def test_every_route_is_in_one_table() -> None:
    tables = [*NAMED, *SHOWN, *NOTHING]
    assert sorted(tables) == sorted(PERMISSION_OF)


@pytest.mark.parametrize("route", NOTHING)
def test_what_is_said_to_show_nothing_takes_no_document_and_returns_none(route: str) -> None:
    operation = OPERATIONS[route]
    assert _taken(operation) & NAMING <= TAKEN_AS_GIVEN.get(route, set())
    returned = [r.get("content", {}) for status, r in operation["responses"].items() if status.startswith("2")]
    media = {kind for contents in returned for kind in contents}
    assert media <= {"application/json"} or NOTHING[route] == "log"
    assert not set().union(*(_fields(c.get("schema", {})) for cs in returned for c in cs.values())) & SHOWING


def _taken(operation: dict[str, Any]) -> set[str]:
    """Names of the parameters, and of the fields of the body."""
    names = {parameter["name"] for parameter in operation.get("parameters", ())}
    body = operation.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema", {})
    if "$ref" in body:
        names |= SCHEMAS[body["$ref"].rsplit("/", 1)[-1]].get("properties", {}).keys()
    return names


def _fields(schema: Any, seen: frozenset[str] = frozenset()) -> set[str]:
    """Names of all fields that a schema can hold, at any depth."""
    if isinstance(schema, list):
        return set().union(*(_fields(part, seen) for part in schema))
    if not isinstance(schema, dict):
        return set()
    name = schema.get("$ref", "").rsplit("/", 1)[-1]
    if name:
        return set() if name in seen else _fields(SCHEMAS[name], seen | {name})
    parts = (_fields(value, seen) for key, value in schema.items() if key not in ("example", "examples", "properties"))
    own = schema.get("properties", {})
    return set(own) | set().union(*parts, *(_fields(value, seen) for value in own.values()))


# ---- what each person is told ------------------------------------------------------------------------------


@pytest.mark.parametrize("who", PEOPLE)
def test_anothers_document_is_answered_like_an_unknown_one(office: Office, who: str) -> None:
    mine = PEOPLE[who].department == "甲科" or PEOPLE[who].reads_everything
    wrong = {}
    for route, asked in NAMED.items():
        if not mine:
            limited, unknown = (
                (answer.status_code, _neutral(_words(answer), held))
                for held in (office.limited, office.unknown)
                for answer in [office.ask(who, route, asked(held, office.own))]
            )
            if limited != unknown:
                wrong[route] = (limited, unknown)
            continue
        answers = [office.ask(who, route, asked(held, office.own)) for held in (office.limited, office.open)]
        if answers[0].status_code != answers[1].status_code or '"errors":[{' in answers[0].text:
            wrong[route] = tuple((answer.status_code, answer.text[:200]) for answer in answers)
    assert not wrong


@pytest.mark.parametrize("who", PEOPLE)
def test_what_is_shown_holds_nothing_of_anothers_document(office: Office, who: str) -> None:
    someone = PEOPLE[who]
    mine = someone.department == "甲科" or someone.reads_everything
    draft = {"title": f"摆摊 {who}"} | {k: v for k, v in curated(BY_NUMBER["1"].provision(2)).items() if k != "title"}
    drafted = _made(office.http, "POST", "/api/review/curated", draft)["id"]
    conversation, message = _talk(office.http)
    own = dataclasses.replace(office.own, draft=drafted, conversation=conversation, message=message["id"])
    wrong = {}
    for route, make in SHOWN.items():
        asked = make(own)
        answer = office.ask(who, route, asked)
        words = _words(answer)
        ids = set() if asked.kept else IDS | set(office.limited.quiz.ids) - set(asked.path.split("/"))
        found = sorted(token for token in MARKS | ids if token in words)
        allowed = PERMISSION_OF[route] in someone.permissions
        if found and not (mine and allowed):
            wrong[route] = found
        if mine and allowed and not answer.is_success:
            wrong[route] = [str(answer.status_code), words[:200]]
        if mine and allowed and asked.sees and not found:
            wrong[route] = ["shows nothing", words[:200]]
        if not allowed and answer.status_code != 403:
            wrong[route] = [str(answer.status_code)]
    assert not wrong


MARKS = {s.mark for s in HIDDEN}
IDS = {token for s in HIDDEN for token in (f'"{s.id}"', f"{s.version}/", f'"{s.version}"')}
_MADE = re.compile(r'"(?:[0-9a-f]{16}|[0-9a-f]{32}|q-[0-9a-f]+)"|"\d{4}-\d\d-\d\dT[^"]+"|"latency_ms":[\d.]+')
"""New ids, times and what it took."""


def _words(answer: Response) -> str:
    """What an answer says; of a Word file the text of its parts."""
    if "wordprocessingml" not in answer.headers.get("content-type", ""):
        return answer.text
    with zipfile.ZipFile(io.BytesIO(answer.content)) as packed:
        return "".join(packed.read(name).decode() for name in packed.namelist() if name.endswith(".xml"))


def _neutral(words: str, held: Held) -> str:
    """The words without what the request itself named."""
    sample = held.sample
    law = held.quiz.sample
    named = [sample.title, sample.mark, sample.id, sample.version, held.upload, held.item]
    for name in [law.title, *named, law.mark, law.id, *held.quiz.ids]:
        words = words.replace(name, "…")
    return _MADE.sub("…", words)


def test_the_roles_of_the_table_are_all_roles() -> None:
    assert {p.role for p in PEOPLE.values()} == set(Role)
    assert all(Permission.READ in p.permissions for p in PEOPLE.values())
