"""A stand-in for the API behind the page: one invented law, no sockets; each test sets what it should do."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

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
    ProvisionLink,
    SearchRequest,
    SearchResponse,
    SearchResult,
    Sentence,
    SentenceEvent,
    VersionInfo,
)
from corpus.errors import EAssistantError, NotFound
from corpus.vocabulary import DateBasis, DocumentKind, EffectLevel, State
from tests.assistant.desk_stand_in import StandInDesk
from tests.ui.account_service import FakePerson
from tests.ui.conversation_service import FakeConversations
from tests.ui.encyclopedia_service import FakeEncyclopedia, FakeMine, FakePictures

TODAY = dt.date(2026, 11, 21)
LAW = "中华人民共和国示例法"
CITATION = f"《{LAW}》第二条"
FIRST = "摆摊占用盲道的，由城市管理部门责令改正，并处五百元以上二千元以下罚款。"
SECOND = "拒不改正的，处货值金额三倍以下罚款。"
READY = Preparation(stage="ready", message="已就绪")


class FakeService(FakePerson):
    """Answers about one invented law. ``fails`` is raised by everything but health, ``unreachable`` by all."""

    def __init__(self) -> None:
        super().__init__()
        self.desk = StandInDesk()
        self.encyclopedia = FakeEncyclopedia(self)
        self.pictures = FakePictures()
        self.mine = FakeMine()
        self.conversations = FakeConversations(self)
        self.asked: list[AskRequest] = []
        self.cited: list[CiteRequest] = []
        self.preparation = READY
        self.eta: float | None = None
        self.today = TODAY
        self.fails: EAssistantError | None = None
        self.unreachable: EAssistantError | None = None
        self.refuses = False
        self.breaks_off = False
        self.notes: list[str] = []
        self.versions = [VersionInfo(version_id="ver-1", published=dt.date(2021, 1, 22), status=State.IN_FORCE)]
        self.text = f"{FIRST}\n{SECOND}"
        self.cite_result = CiteResult(citation=CITATION, state=State.IN_FORCE, text=FIRST)

    def _check(self) -> None:
        for error in (self.unreachable, self.fails):
            if error is not None:
                raise error

    # ---- answers -----------------------------------------------------------------------------------------------

    def ask(self, request: AskRequest) -> AskResponse:
        self._check()
        self.asked.append(request)
        as_of = request.as_of or TODAY
        if self.refuses:
            return AskResponse(
                question=request.question,
                as_of=as_of,
                refused=True,
                answer="没有依据。",
                sentences=[Sentence(text="语料中没有足以回答这一问题的依据。")],
                nearest=[self._result()],
                notes=self.notes,
            )
        return AskResponse(
            question=request.question,
            as_of=as_of,
            refused=False,
            answer="",
            sentences=[
                Sentence(text=f"{CITATION}第一款（法律 · 2021-07-15起施行 · 现行有效）：", citations=["k1"]),
                Sentence(text="处理机关：“城市管理部门”。", citations=["k1"]),
                Sentence(text="“拒不改正的”：“处货值金额三倍以下罚款”。", citations=["k1"]),
            ],
            citations=[self._citation()],
            notes=self.notes,
        )

    def ask_stream(self, request: AskRequest) -> Iterator[AskEvent]:
        whole = self.ask(request)
        if whole.notes:
            yield NotesEvent(as_of=whole.as_of, notes=whole.notes)
        for citation in whole.citations:
            yield CitationEvent(citation=citation)
        for sentence in whole.sentences:
            yield SentenceEvent(sentence=sentence)
        if not self.breaks_off:
            yield DoneEvent(response=whole)

    def search(self, request: SearchRequest) -> SearchResponse:
        raise NotImplementedError

    def check_citations(self, text: str, as_of: dt.date | None = None) -> CheckResponse:
        raise NotImplementedError

    def cite(self, request: CiteRequest) -> CiteResponse:
        self._check()
        self.cited.append(request)
        return CiteResponse(as_of=request.as_of or TODAY, results=[self.cite_result])

    # ---- corpus ------------------------------------------------------------------------------------------------

    def documents(self, as_of: dt.date | None = None) -> list[DocumentInfo]:
        self._check()
        titles = [LAW, *(f"中华人民共和国第{number}号样本法" for number in range(30))]
        return [self._document(f"doc-{number}", title) for number, title in enumerate(titles)]

    def document(self, document_id: str, as_of: dt.date | None = None) -> DocumentDetail:
        self._check()
        info = self._document(document_id, LAW)
        articles = [
            ProvisionLink(provision_id=f"ver-1/{label}", article=label, heading=heading)
            for label, heading in (("第一条", "第一章 总则"), ("第二条", "第二章 罚则"), ("第三条", "第二章 罚则"))
        ]
        return DocumentDetail(**info.model_dump(), version_id="ver-1", articles=articles)

    def provision(self, provision_id: str, as_of: dt.date | None = None) -> ProvisionDetail:
        self._check()
        labels = ["第一条", "第二条", "第三条"]
        label = provision_id.removeprefix("ver-1/")
        if label not in labels:
            raise NotFound(f"没有编号为 {provision_id} 的条文。")
        place = labels.index(label)
        neighbours = {
            name: ProvisionLink(provision_id=f"ver-1/{labels[at]}", article=labels[at])
            for name, at in (("previous", place - 1), ("next", place + 1))
            if 0 <= at < len(labels)
        }
        return ProvisionDetail(
            provision_id=provision_id,
            document_id="doc-0",
            version_id="ver-1",
            law=LAW,
            article=label,
            citation=f"《{LAW}》{label}",
            text=self.text,
            heading="第二章 罚则",
            level=EffectLevel.LAW,
            region="国家",
            status=State.IN_FORCE,
            published=dt.date(2021, 1, 22),
            effective_from=dt.date(2021, 7, 15),
            effective_from_basis=DateBasis.OWN_TEXT,
            effective_from_evidence=f"《{LAW}》第三条",
            **neighbours,
        )

    # ---- state -------------------------------------------------------------------------------------------------

    def health(self) -> Health:
        if self.unreachable is not None:
            raise self.unreachable
        return Health(
            status="ready" if self.preparation.stage == "ready" else "preparing",
            version="0",
            corpus={"documents": 31, "provisions": 93},
            index=IndexStatus(eta=self.eta),
            preparation=self.preparation,
            today=self.today,
        )

    # ---- values ------------------------------------------------------------------------------------------------

    def _citation(self) -> AnswerCitation:
        return AnswerCitation(
            key="k1",
            law=LAW,
            article="第二条",
            quote=self.text.split("\n")[0],
            status=State.IN_FORCE,
            document_id="doc-0",
            citation=CITATION,
            level=EffectLevel.LAW,
            effective_from=dt.date(2021, 7, 15),
            heading="第二章 罚则",
            provision_id="ver-1/第二条",
            text=self.text,
        )

    def _result(self) -> SearchResult:
        return SearchResult(
            law=LAW,
            article="第二条",
            citation=CITATION,
            text=self.text,
            score=1.0,
            status=State.IN_FORCE,
            level=EffectLevel.LAW,
            region="国家",
            document_id="doc-0",
            passage_id="ver-1/第二条@1",
            provision_id="ver-1/第二条",
            highlights=[(0, 2)],
        )

    def _document(self, document_id: str, title: str) -> DocumentInfo:
        return DocumentInfo(
            document_id=document_id,
            law=title,
            kind=DocumentKind.STATUTE,
            level=EffectLevel.LAW,
            region="国家",
            versions=self.versions,
        )
