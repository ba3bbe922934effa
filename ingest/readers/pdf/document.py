"""PDF files and pictures of pages, opened and read page by page (打开与逐页读取)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from ingest.readers.model import FileUnreadable, Format, Note, NoteKind, Place, ReadDocument, Reason
from ingest.readers.pdf.assembly import blocks_of
from ingest.readers.pdf.mupdf import FAULTS, hush, mupdf
from ingest.readers.pdf.pages import PageRead, read_page
from ingest.readers.pdf.picture import tessdata

MOST_PAGES = 2000
MOST_OCR_PAGES = 60
"""Pictures of one file that are read by OCR; a page takes some seconds."""
MOST_PIXELS = 120_000_000
_KEPT = ("title", "author", "subject", "keywords", "creator", "producer", "creationdate", "moddate")
_REPAIR = "请用PDF阅读器打开核对，另存或重新取得后再收录。"


def read_pdf(data: bytes, name: str) -> ReadDocument:
    """The PDF file ``data`` (PDF文件); ``name`` is its path as shown to people.

    Raises FileUnreadable for a file that is empty, damaged, protected, too large, or all pictures without OCR.
    """
    with _opened(data, name, "pdf") as document:
        if document.needs_pass:
            raise FileUnreadable(
                Reason.PASSWORD, "PDF设有打开密码。", where=name, remedy="请取得密码，去除保护后另存，再重新收录。"
            )
        notes = _active(document, data)
        if document.is_repaired:
            message = "PDF结构有损坏，已尽量修复后读取，末尾可能缺页，请与原件核对。"
            notes.append(Note(NoteKind.DOUBTFUL, message))
        pages = _pages(document, name, picture=False)
        return _document(pages, notes, name, Format.PDF, _metadata(document.metadata or {}))


def read_image(data: bytes, name: str) -> ReadDocument:
    """The picture of a page ``data`` (扫描图片: PNG, JPEG, TIFF of several pages), read by OCR; as ``read_pdf``."""
    with _opened(data, name, _image_type(data)) as document:
        if _pixels(document) > MOST_PIXELS:
            raise FileUnreadable(
                Reason.TOO_LARGE, "图片的像素过多。", where=name, remedy="请以300dpi重新扫描，或缩小后再收录。"
            )
        return _document(_pages(document, name, picture=True), [], name, Format.IMAGE, {})


def _pixels(document: Any) -> int:
    """Width times height of the largest picture as its head says, before it is unpacked; 0 where it says nothing."""
    try:
        return max((info["width"] * info["height"] for page in document for info in page.get_image_info()), default=0)
    except FAULTS:
        return 0


def _image_type(data: bytes) -> str:
    for magic, kind in (
        (b"\x89PNG", "png"),
        (b"\xff\xd8", "jpeg"),
        (b"GIF8", "gif"),
        (b"BM", "bmp"),
        (b"RIFF", "webp"),
    ):
        if data.startswith(magic):
            return kind
    return "tiff"


@contextmanager
def _opened(data: bytes, name: str, kind: str) -> Iterator[Any]:
    hush()
    if not data:
        raise FileUnreadable(Reason.EMPTY, "文件是空的。", where=name, remedy="请重新取得该文件。")
    try:
        document = mupdf.open(stream=data, filetype=kind)
    except FAULTS as error:
        raise FileUnreadable(Reason.DAMAGED, "文件损坏，打不开。", where=name, remedy=_REPAIR) from error
    try:
        yield document
    finally:
        document.close()
        mupdf.TOOLS.reset_mupdf_warnings()


def _pages(document: Any, name: str, *, picture: bool) -> list[PageRead]:
    try:
        count = document.page_count
    except FAULTS as error:
        raise FileUnreadable(Reason.DAMAGED, "文件损坏，读不出页数。", where=name, remedy=_REPAIR) from error
    if not count:
        raise FileUnreadable(Reason.DAMAGED, "文件里没有一页。", where=name, remedy=_REPAIR)
    if count > MOST_PAGES:
        raise FileUnreadable(
            Reason.TOO_LARGE, f"文件有{count}页，超过{MOST_PAGES}页的上限。", where=name, remedy="请拆分后分别收录。"
        )
    folder = tessdata()
    pages: list[PageRead] = []
    seen = 0
    for number in range(1, count + 1):
        page = _page(document, number, folder if seen < MOST_OCR_PAGES else None, picture)
        seen += page.ocr
        pages.append(page)
    return pages


def _page(document: Any, number: int, folder: str | None, picture: bool) -> PageRead:
    """One page; whatever a damaged page provokes in MuPDF becomes a note, and the next page goes on."""
    try:
        return read_page(document[number - 1], number, folder, picture)
    except FAULTS as error:
        message = f"本页读取失败（{type(error).__name__}），没有收入正文，请与原件核对。"
        return PageRead(number, (0.0, 0.0, 1.0, 1.0), notes=(Note(NoteKind.DOUBTFUL, message, Place(page=number)),))


def _document(
    pages: list[PageRead], notes: list[Note], name: str, format_: Format, metadata: Mapping[str, str]
) -> ReadDocument:
    blocks, told = blocks_of(pages)
    if not blocks:
        if any(page.unread for page in pages):
            raise FileUnreadable(
                Reason.NEEDS_OCR,
                "全部页面都是图片，没有文字。",
                where=name,
                remedy="请安装tesseract及中文语言包chi_sim后重新收录，或取得文字版。",
            )
        failed = [note for note in told if "读取失败" in note.message]
        if failed:
            raise FileUnreadable(Reason.DAMAGED, "没有一页能够读取。", where=name, remedy=_REPAIR)
        raise FileUnreadable(
            Reason.EMPTY, "文件能够打开，但没有文字。", where=name, remedy="请核对是否为空白页，或取得文字版。"
        )
    return ReadDocument(name, format_, tuple(blocks), len(pages), None, metadata, (*notes, *told))


def _metadata(delivered: Mapping[str, Any]) -> dict[str, str]:
    lower = {key.lower(): str(value) for key, value in delivered.items() if value}
    return {key: lower[key] for key in _KEPT if key in lower}


def _active(document: Any, data: bytes) -> list[Note]:
    """Scripts and attached files of the whole file: told, never run or opened."""
    notes: list[Note] = []
    try:
        catalog = document.pdf_catalog()
        keys = ("Names/JavaScript", "OpenAction/JS", "AA")
        scripts = b"/JavaScript" in data or any(document.xref_get_key(catalog, key)[0] != "null" for key in keys)
        names = [_as_written(name) for name in document.embfile_names()] if document.embfile_count() else []
    except FAULTS:
        return [Note(NoteKind.DOUBTFUL, "PDF目录损坏，不能检查是否含有脚本或附件；均未运行。")]
    if scripts:
        notes.append(Note(NoteKind.ACTIVE, "PDF含有脚本（JavaScript），未运行。"))
    if names:
        notes.append(Note(NoteKind.ACTIVE, f"PDF含有{len(names)}个附件，未打开。", text="、".join(names)))
    return notes


def _as_written(name: str) -> str:
    """A file's name that MuPDF hands over as Latin-1 though it is UTF-8."""
    try:
        return name.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return name
