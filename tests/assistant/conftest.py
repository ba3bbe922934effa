"""A stand-in for the service: real contract values, no store, no index, no model."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

import pytest
import uvicorn

from assistant.api.app import create_app
from assistant.contract import (
    AnswerCitation,
    AskEvent,
    AskRequest,
    AskResponse,
    CheckResponse,
    CitationEvent,
    CiteRequest,
    CiteResponse,
    CiteResult,
    DocumentDetail,
    DocumentInfo,
    DoneEvent,
    Health,
    IndexStatus,
    NotesEvent,
    Preparation,
    ProvisionDetail,
    SearchRequest,
    SearchResponse,
    SearchResult,
    Sentence,
    SentenceEvent,
)
from assistant.server import ServerRecord, bind, recorded, url_of
from assistant.settings import Settings
from corpus.errors import GeneratorUnavailable, InvalidInput, NotFound
from corpus.vocabulary import DocumentKind, EffectLevel, State
from tests.assistant.desk_stand_in import StandInDesk
from tests.assistant.services import services_of

LAW = "中华人民共和国示例法"
TODAY = dt.date(2026, 11, 21)
TEXT = "本条文字仅供测试。"


class StandIn:
    """Answers every request about one invented law; remembers the requests it got."""

    def __init__(self) -> None:
        self.requests: list[object] = []
        self.rebuilds = 0
        self.breaks_off = False

    def search(self, request: SearchRequest) -> SearchResponse:
        self.requests.append(request)
        if request.law not in (None, LAW):
            raise InvalidInput(f"没有名为“{request.law}”的法律。", where="/law", remedy="请写全称。")
        if request.question == "boom":
            raise RuntimeError("secret inside")
        return SearchResponse(
            question=request.question,
            as_of=request.as_of or TODAY,
            results=[self._result()][: request.top_k],
            latency_ms=1.5,
            dense_ready=False,
        )

    def ask(self, request: AskRequest) -> AskResponse:
        self.requests.append(request)
        citation = self._citation()
        return AskResponse(
            question=request.question,
            as_of=request.as_of or TODAY,
            refused=False,
            answer=f"{TEXT}（{citation.citation}）",
            sentences=[Sentence(text=TEXT, citations=[citation.key])],
            citations=[citation],
        )

    def ask_stream(self, request: AskRequest) -> Iterator[AskEvent]:
        if request.law not in (None, LAW):
            raise InvalidInput(f"没有名为“{request.law}”的法律。", where="/law")
        whole = self.ask(request)
        yield NotesEvent(as_of=whole.as_of, notes=["按示例法查询"])
        yield SentenceEvent(sentence=whole.sentences[0])
        if self.breaks_off:
            raise GeneratorUnavailable("模型中断。")
        yield CitationEvent(citation=whole.citations[0])
        yield DoneEvent(response=whole)

    def cite(self, request: CiteRequest) -> CiteResponse:
        self.requests.append(request)
        return CiteResponse(
            as_of=request.as_of or TODAY,
            results=[CiteResult(citation=f"《{LAW}》第一条", state=State.IN_FORCE, text=TEXT, written=request.text)],
        )

    def check_citations(self, text: str, as_of: dt.date | None = None) -> CheckResponse:
        self.requests.append((text, as_of))
        return CheckResponse(as_of=as_of or TODAY, ok=True)

    def documents(self, as_of: dt.date | None = None) -> list[DocumentInfo]:
        return [
            DocumentInfo(document_id="doc-1", law=LAW, kind=DocumentKind.STATUTE, level=EffectLevel.LAW, region="国家")
        ]

    def document(self, document_id: str, as_of: dt.date | None = None) -> DocumentDetail:
        if document_id != "doc-1":
            raise NotFound(f"没有编号为 {document_id} 的文件。")
        return DocumentDetail(**self.documents()[0].model_dump())

    def provision(self, provision_id: str, as_of: dt.date | None = None) -> ProvisionDetail:
        if provision_id != "ver-1/第一条":
            raise NotFound(f"没有编号为 {provision_id} 的条文。")
        return ProvisionDetail(
            provision_id=provision_id,
            document_id="doc-1",
            version_id="ver-1",
            law=LAW,
            article="第一条",
            citation=f"《{LAW}》第一条",
            text=TEXT,
            level=EffectLevel.LAW,
            region="国家",
            status=State.IN_FORCE,
        )

    def health(self) -> Health:
        return Health(
            status="preparing",
            version="0",
            index=self.index_status(),
            preparation=Preparation(stage="dense", message="正在编码"),
            today=TODAY,
        )

    def index_status(self) -> IndexStatus:
        return IndexStatus(points=2, dense_points=1, total=2, encoding=True)

    def rebuild_index(self) -> Preparation:
        self.rebuilds += 1
        return Preparation(stage="lexical", message="开始重建")

    def _result(self) -> SearchResult:
        return SearchResult(
            law=LAW,
            article="第一条",
            citation=f"《{LAW}》第一条",
            text=TEXT,
            score=1.0,
            status=State.IN_FORCE,
            level=EffectLevel.LAW,
            region="国家",
            document_id="doc-1",
            passage_id="ver-1/第一条#0",
            provision_id="ver-1/第一条",
            highlights=[(0, 2)],
        )

    def _citation(self) -> AnswerCitation:
        return AnswerCitation(
            key="c1",
            law=LAW,
            article="第一条",
            quote=TEXT,
            status=State.IN_FORCE,
            document_id="doc-1",
            citation=f"《{LAW}》第一条",
            level=EffectLevel.LAW,
            provision_id="ver-1/第一条",
            text=TEXT,
        )


@pytest.fixture
def stand_in() -> StandIn:
    return StandIn()


@pytest.fixture
def desk() -> StandInDesk:
    return StandInDesk()


@pytest.fixture
def settings(tmp_path, monkeypatch) -> Settings:
    """Settings of a fresh data folder, with nothing taken from the developer's environment."""
    import os

    for name in list(os.environ):
        if name.startswith("EASSISTANT_"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("EASSISTANT_HOME", str(tmp_path))
    return Settings(home=tmp_path, today=TODAY)


@contextmanager
def _serving(stand_in: StandIn, settings: Settings, instance: str, desk: StandInDesk | None = None) -> Iterator[str]:
    health = stand_in.health().model_copy(update={"instance": instance})
    stand_in.health = lambda: health
    listener = bind("127.0.0.1", 0, "EASSISTANT_SERVER__PORT")
    app = create_app(services_of(stand_in, desk or StandInDesk()), settings)
    server = uvicorn.Server(uvicorn.Config(app, lifespan="off", log_level="error"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
    thread.start()
    try:
        yield url_of(listener)
    finally:
        server.should_exit = True
        thread.join()


@pytest.fixture
def serving() -> Callable[[StandIn, Settings, str], AbstractContextManager[str]]:
    """The stand-in behind a real socket, saying it is the given instance; yields its address."""
    return _serving


@pytest.fixture
def running(stand_in: StandIn, settings: Settings, desk: StandInDesk) -> Iterator[StandIn]:
    """The stand-in as the running server of the data folder, so that commands go through it."""
    with _serving(stand_in, settings, "one", desk) as url, recorded(settings.home, ServerRecord.new(url, "one")):
        yield stand_in
