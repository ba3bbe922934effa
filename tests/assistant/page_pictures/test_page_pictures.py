"""The picture of a provision's page: drawn from the kept original, its words marked, over HTTP and through the view."""

from __future__ import annotations

import datetime as dt
import hashlib
from pathlib import Path

import httpx
import pytest
from fastapi.testclient import TestClient

from assistant.api.app import create_app
from assistant.api.client import ApiClient
from assistant.page_pictures.contract import PagePicture
from assistant.page_pictures.drawing import PagePictures
from corpus.errors import NotFound, SourceUnreadable
from corpus.store import CorpusStore, DocumentRecord, VersionText
from corpus.store.sources import FileState, SourceFile, SourceFiles, source_id
from corpus.vocabulary import DatedFact, Document, DocumentKind, EffectLevel, Provision, Validity, Version
from ingest.loading.originals import original_path
from tests.assistant.services import services_of
from tests.ingest.readers.pdf.pdf_samples import LEFT, Pages

WORDS = "餐饮经营者应当安装油烟净化设施。"
PROVISIONS = (
    Provision("f-1/一", "f-1", 1, "一", WORDS, page=1),
    Provision("f-1/二", "f-1", 2, "二", "这一条在纸面上找不到。", page=2),
    Provision("f-1/三", "f-1", 3, "三", "没有页的一条。"),
)


def pdf() -> bytes:
    return Pages().new().write(LEFT, 100, WORDS).new().write(LEFT, 100, "另一页上的话。").data()


@pytest.fixture
def originals(empty_store: CorpusStore, tmp_path: Path) -> Path:
    """A text of two pages with its kept original."""
    document = Document("d-1", "示例指引", DocumentKind.GUIDANCE, EffectLevel.NONE, "示范市")
    unknown = DatedFact.unknown()
    version = Version("f-1", "d-1", Validity(None, unknown, unknown), "示例.pdf")
    digest = hashlib.sha256(pdf()).hexdigest()
    day = dt.date(2026, 11, 22)
    file = SourceFile(source_id("/甲.pdf", digest), "/甲.pdf", digest, "pdf", 1, FileState.PARSED, "1", day, None, {})
    record = DocumentRecord(document, [VersionText(version, "digest", PROVISIONS, ())])
    SourceFiles(empty_store).record(file, documents=[record], version_ids=["f-1"])
    place = original_path(tmp_path / "originals", digest)
    place.parent.mkdir(parents=True)
    place.write_bytes(pdf())
    return tmp_path / "originals"


def test_the_words_are_marked_on_their_page(empty_store, originals):
    pictures = PagePictures(empty_store, originals)
    first = pictures.picture("f-1/一")
    assert (first.page, first.pages, first.marked) == (1, (1, 2), True)
    assert first.png.startswith(b"\x89PNG")
    overleaf = pictures.picture("f-1/一", 2)
    assert (overleaf.page, overleaf.marked) == (2, False)
    assert pictures.picture("f-1/二").marked is False


def test_a_page_is_drawn_once(empty_store, originals):
    pictures = PagePictures(empty_store, originals)
    first = pictures.picture("f-1/一")
    (place,) = (path for path in originals.rglob("*") if path.is_file())
    place.write_bytes(b"%PDF-1.4 broken")
    assert pictures.picture("f-1/一").png is first.png


@pytest.mark.parametrize(
    ("provision_id", "page", "words"),
    [("f-1/一", 3, "不在第3页"), ("f-1/三", None, "没有页"), ("f-1/九", None, "没有编号")],
)
def test_what_has_no_picture_is_told_with_what_to_do(empty_store, originals, provision_id, page, words):
    with pytest.raises(NotFound, match=words) as error:
        PagePictures(empty_store, originals).picture(provision_id, page)
    assert error.value.remedy


def test_an_original_that_is_gone_or_damaged_is_told(empty_store, originals, tmp_path):
    for folder in (None, tmp_path / "elsewhere"):
        with pytest.raises(NotFound, match="没有留存"):
            PagePictures(empty_store, folder).picture("f-1/一")
    (place,) = (path for path in originals.rglob("*") if path.is_file())
    place.write_bytes(b"%PDF-1.4 broken")
    with pytest.raises(SourceUnreadable):
        PagePictures(empty_store, originals).picture("f-1/一")


class StandInPictures:
    def picture(self, provision_id: str, page: int | None = None) -> PagePicture:
        return PagePicture(b"\x89PNG", page or 16, (16, 17), page != 17)


@pytest.fixture
def client(stand_in, settings, desk) -> ApiClient:
    app = create_app(services_of(stand_in, desk, pictures=StandInPictures()), settings)
    http = TestClient(app, raise_server_exceptions=False)

    def answer(request: httpx.Request) -> httpx.Response:
        given = http.request(request.method, str(request.url))
        return httpx.Response(given.status_code, headers=given.headers, content=given.content, request=request)

    return ApiClient("http://test", transport=httpx.MockTransport(answer))


def test_a_picture_travels_with_what_is_said_of_it(client):
    assert client.pictures.picture("ver-1/第一条") == PagePicture(b"\x89PNG", 16, (16, 17), True)
    assert client.pictures.picture("ver-1/第一条", 17) == PagePicture(b"\x89PNG", 17, (16, 17), False)


def test_what_a_person_may_not_read_has_no_picture(client):
    with pytest.raises(NotFound):
        client.pictures.picture("ver-9/第一条")
