"""Uploads over HTTP: streamed to the care of the corpus, bounded, for those who may, with the one error shape."""

from __future__ import annotations

import io
from typing import Any

import httpx
import pytest
from fastapi.testclient import TestClient

from assistant.accounts.principal import ANONYMOUS, LOCAL, Principal
from assistant.accounts.roles import PERMISSIONS, Role
from assistant.api.app import create_app
from assistant.api.client import ApiClient
from assistant.settings import LimitSettings, Settings
from assistant.uploads.contract import (
    DocumentsQuery,
    DoubtsQuery,
    RetireRequest,
    UploadChange,
    UploadOptions,
    UploadState,
)
from corpus.errors import Conflict, EAssistantError, NotFound
from tests.assistant.desk_stand_in import StandInDesk
from tests.assistant.services import services_of
from tests.assistant.uploads.conftest import NOISE, OLD, Desk

OFFICER = Principal("o", "丙", Role.OFFICER, PERMISSIONS[Role.OFFICER])


class OnlyOperations:
    """Nothing of it is asked here."""


class As:
    """Everybody is this person."""

    def __init__(self, person: Principal) -> None:
        self.person = person

    def authenticate(self, _token: str | None) -> Principal:
        return self.person


def app_of(desk: Desk, person: Principal = LOCAL) -> TestClient:
    settings = Settings(
        home=desk.home, limits=LimitSettings(upload_bytes=4096, upload_total_bytes=8192, upload_files=3)
    )
    services = services_of(OnlyOperations(), StandInDesk(), corpora=desk.care, authenticator=As(person))
    return TestClient(create_app(services, settings))


class _InProcess(httpx.BaseTransport):
    def __init__(self, client: TestClient) -> None:
        self._client = client

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        answer = self._client.request(
            request.method, str(request.url), content=request.read(), headers=dict(request.headers)
        )
        return httpx.Response(answer.status_code, headers=answer.headers, content=answer.content)


def files(**named: str | bytes) -> list[tuple[str, Any]]:
    return [(f"{n}.md", io.BytesIO(c.encode() if isinstance(c, str) else c)) for n, c in named.items()]


def test_an_upload_goes_its_way_through_the_typed_client(desk: Desk) -> None:
    with ApiClient("http://testserver", transport=_InProcess(app_of(desk))) as client:
        corpora = client.corpora
        sent = corpora.create(files(犬=OLD, 噪声=NOISE), UploadOptions(region="示范市"))
        assert [f.name for f in sent.files] == ["犬.md", "噪声.md"]
        assert sent.state is UploadState.CHECKING
        assert sent.region == "示范市"
        desk.care.step()
        checked = corpora.get(sent.id)
        noise = next(f.path for f in checked.checked if f.name == "噪声.md")
        assert corpora.change(sent.id, UploadChange(excluded=[noise])).region == "示范市"
        with pytest.raises(Conflict):
            corpora.confirm(sent.id, "0000")
        corpora.confirm(sent.id, checked.check)
        desk.care.step()
        assert corpora.list().items[0].state is UploadState.STORED
        (document,) = corpora.documents(DocumentsQuery(query="养犬", from_files=True)).items
        assert corpora.retire(document.document_id, RetireRequest(reason="有误")).title == document.title
        desk.care.step()
        assert corpora.documents(DocumentsQuery(retired=True)).total == 1
        corpora.restore(document.document_id)
        desk.care.step()
        assert corpora.retirements().items[0].restored_at is not None
        doubt = corpora.doubts(DoubtsQuery(limit=1)).items[0]
        assert corpora.mark(doubt.key, "看过").mark is not None
        assert corpora.unmark(doubt.key).mark is None
        with pytest.raises(NotFound):
            corpora.get("20200101-00000000")


def test_what_is_too_large_in_all_is_refused_and_leaves_nothing(desk: Desk) -> None:
    client = app_of(desk)
    big = [("files", ("a.md", b"x" * 30_000))]
    answer = client.post("/api/uploads", files=big)
    assert answer.status_code == 413
    assert answer.headers["content-type"].startswith("application/problem+json")

    def unannounced() -> Any:
        yield b'--b\r\nContent-Disposition: form-data; name="files"; filename="a.md"\r\n\r\n'
        for _ in range(30):
            yield b"x" * 1000

    answer = client.post(
        "/api/uploads", content=unannounced(), headers={"Content-Type": "multipart/form-data; boundary=b"}
    )
    assert answer.status_code == 413
    assert list((desk.home / "uploads").glob("*")) == []


@pytest.mark.parametrize(
    ("content", "content_type"),
    [
        (b"{}", "application/json"),
        (b"", "multipart/form-data; boundary=b"),
        (
            b'--b\r\nContent-Disposition: form-data; name="files"; filename="a.md"\r\n\r\nhalf',
            "multipart/form-data; boundary=b",
        ),
        (b"no form at all", "multipart/form-data; boundary=b"),
        (
            b'--b\r\nContent-Disposition: form-data; name="other"\r\n\r\nx\r\n--b--\r\n',
            "multipart/form-data; boundary=b",
        ),
        (b"--b\r\n" + b"X: " + b"y" * 20_000 + b"\r\n\r\nx\r\n--b--\r\n", "multipart/form-data; boundary=b"),
    ],
    ids=["json", "empty", "cut-off", "no-form", "other-field", "long-header"],
)
def test_what_is_no_form_is_refused_in_words(desk: Desk, content: bytes, content_type: str) -> None:
    answer = app_of(desk).post("/api/uploads", content=content, headers={"Content-Type": content_type})
    assert answer.status_code in (413, 422), answer.text
    assert answer.json()["detail"]
    assert list((desk.home / "uploads").glob("*")) == []


@pytest.mark.parametrize(("person", "status"), [(OFFICER, 403), (ANONYMOUS, 401)])
def test_who_may_not_manage_the_corpus_uploads_nothing(desk: Desk, person: Principal, status: int) -> None:
    client = app_of(desk, person)
    assert client.post("/api/uploads", files=[("files", ("a.md", b"x"))]).status_code == status
    assert not (desk.home / "uploads").exists()
    assert client.get("/api/uploads").status_code == status
    assert client.post("/api/documents/d/retire", json={"reason": "x"}).status_code == status
    assert client.get("/api/corpus/doubts").status_code == status


def test_a_refused_kind_of_file_keeps_its_status(desk: Desk) -> None:
    with ApiClient("http://testserver", transport=_InProcess(app_of(desk))) as client:
        with pytest.raises(EAssistantError) as refused:
            client.corpora.create([("a.rar", io.BytesIO(b"Rar!\x1a\x07\x00"))])
        assert refused.value.http_status == 415
        assert "RAR" in refused.value.what
