"""The care of the corpus as the page's stand-in has it: one upload in the state a test wants, a document, a doubt."""

from __future__ import annotations

import datetime as dt
from typing import Any

from assistant.uploads.contract import (
    ChangeState,
    CheckedFile,
    CheckedText,
    DocumentsQuery,
    DoubtEntry,
    DoubtKind,
    DoubtPage,
    DoubtsQuery,
    ManagedDocument,
    ManagedDocumentPage,
    ManagedText,
    Mark,
    ReceivedFile,
    Remark,
    Retirement,
    RetirementPage,
    RetireRequest,
    Upload,
    UploadChange,
    UploadPage,
    UploadState,
)
from corpus.errors import EAssistantError
from corpus.vocabulary import DateBasis, DocumentKind, EffectLevel, Shelf
from ingest.loading.report import Change, Outcome

AT = dt.datetime(2026, 11, 21, 8, tzinfo=dt.UTC)
TITLE = "示范市养犬管理办法<b>"


class FakeCorpora:
    """Does what it is told and remembers it."""

    def __init__(self) -> None:
        self.done: list[tuple[str, Any]] = []
        self.fails: EAssistantError | None = None
        self.marked: Mark | None = None
        self.upload = Upload(
            id="20261121-00000001",
            state=UploadState.CHECKED,
            created_at=AT,
            changed_at=AT,
            person="本机用户",
            files=[
                ReceivedFile(name="办法.pdf", path="上传/1/办法.pdf", size=2048),
                ReceivedFile(
                    name="压缩.rar",
                    path="上传/1/压缩.rar",
                    size=9,
                    status=415,
                    refused=Remark(kind="unknown_format", message="这是RAR压缩包，不能直接读取。", remedy="请解压。"),
                ),
            ],
            check="abcd",
            checked=[
                CheckedFile(
                    path="上传/1/办法.pdf",
                    name="办法.pdf",
                    outcome=Outcome.NEEDS_REVIEW,
                    format="pdf",
                    size=2048,
                    pages=3,
                    texts=[
                        CheckedText(
                            version_id="f-1",
                            document_id="d-1",
                            title=TITLE,
                            kind=DocumentKind.STATUTE,
                            shelf=Shelf.LAW,
                            level=EffectLevel.LOCAL_REGULATION,
                            region="示范市",
                            effective_from=dt.date(2026, 1, 1),
                            effective_basis=DateBasis.OWN_TEXT,
                            provisions=12,
                            change=Change.NEW_VERSION,
                        )
                    ],
                    troubles=[Remark(kind="ocr_text", place="第2页", message="文字由图片识别而来。")],
                ),
                CheckedFile(
                    path="上传/1/坏.pdf",
                    name="坏.pdf",
                    outcome=Outcome.FAILED,
                    troubles=[Remark(kind="damaged", message="文件损坏，打不开。")],
                ),
            ],
            message="请逐份查看试算结果，确认后入库。",
        )

    def _do(self, what: str, value: Any) -> None:
        if self.fails is not None:
            raise self.fails
        self.done.append((what, value))

    def list(self, limit: int = 50, offset: int = 0) -> UploadPage:
        return UploadPage(items=[self.upload], total=1)

    def get(self, upload_id: str) -> Upload:
        return self.upload

    def confirm(self, upload_id: str, check: str) -> Upload:
        self._do("confirm", check)
        self.upload = self.upload.model_copy(update={"state": UploadState.STORED, "message": "1 个文件已入库。"})
        return self.upload

    def change(self, upload_id: str, request: UploadChange) -> Upload:
        self._do("change", request)
        return self.upload

    def documents(self, query: DocumentsQuery | None = None) -> ManagedDocumentPage:
        held = ManagedDocument(
            document_id="d-1",
            title=TITLE,
            kind=DocumentKind.STATUTE,
            shelf=Shelf.LAW,
            level=EffectLevel.LOCAL_REGULATION,
            region="示范市",
            texts=[
                ManagedText(version_id="f-1", published=dt.date(2025, 9, 26), source="办法.pdf", files=["办法.pdf"])
            ],
            from_files=True,
        )
        return ManagedDocumentPage(items=[held], total=1)

    def retire(self, document_id: str, request: RetireRequest) -> Retirement:
        self._do("retire", request)
        return self._retirement(request.reason)

    def retirements(self, limit: int = 50, offset: int = 0) -> RetirementPage:
        return RetirementPage(items=[], total=0)

    def doubts(self, query: DoubtsQuery | None = None) -> DoubtPage:
        doubt = DoubtEntry(
            key="text:f-1:0",
            kind=DoubtKind.TEXT,
            reason="ocr_text",
            document_id="d-1",
            document=TITLE,
            place="第二条",
            message="文字由图片识别而来。",
            mark=self.marked,
        )
        shown = query is None or query.marked is None or query.marked == (self.marked is not None)
        return DoubtPage(items=[doubt] if shown else [], total=int(shown), waiting=int(self.marked is None))

    def mark(self, key: str, note: str = "") -> None:
        self._do("mark", (key, note))
        self.marked = Mark(person="本机用户", at=AT, note=note)

    def _retirement(self, reason: str) -> Retirement:
        return Retirement(
            id=1, document_id="d-1", title=TITLE, state=ChangeState.RETIRED, reason=reason, person="本机用户", at=AT
        )
