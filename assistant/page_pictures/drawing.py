"""Pages drawn with a passage marked (页面图像): the page of the original PDF that a provision stands on.

A page is drawn when it is asked for and kept while there is room. Whether a person may see a provision is decided
before this is asked.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from pathlib import Path

from assistant.page_pictures.contract import PagePicture
from corpus.errors import NotFound, SourceUnreadable
from corpus.store import CorpusStore
from corpus.store.sources import SourceFiles
from corpus.vocabulary import Provision
from ingest.loading.originals import original_path
from ingest.readers.model import Format

_ROOM = 32 * 1024 * 1024  # bytes of pictures kept
_LONGEST_PASSAGE = 10  # pages


class PagePictures:
    """Pictures from the originals that are kept in the folder ``originals``; safe to share between threads."""

    def __init__(self, store: CorpusStore, originals: Path | None) -> None:
        self._store = store
        self._originals = originals
        self._kept: OrderedDict[tuple[Path, str, int], tuple[bytes, bool]] = OrderedDict()
        self._size = 0
        self._lock = threading.Lock()

    def picture(self, provision_id: str, page: int | None = None) -> PagePicture:
        provision = self._store.provision(provision_id)
        if provision is None:
            raise NotFound(f"没有编号为“{provision_id}”的条文。", where="provision_id", remedy="请由检索结果进入。")
        pages = self._pages(provision)
        if not pages:
            raise NotFound("来源文件的格式没有页，不能显示页面图像。", where=provision_id, remedy="请看条文文字。")
        if page is not None and page not in pages:
            listed = "、".join(str(p) for p in pages)
            raise NotFound(f"这一条不在第{page}页。", where=provision_id, remedy=f"可以查看的页：{listed}。")
        original = pdf_of_version(self._store, self._originals, provision.version_id)
        if original is None:
            remedy = "请看条文文字；需要图像时，请管理员重新导入原文件。"
            raise NotFound("没有留存 PDF 原件，不能显示页面图像。", where=provision_id, remedy=remedy)
        shown = page or pages[0]
        png, marked = self._drawn(original, provision, shown)
        return PagePicture(png, shown, pages, marked)

    def _pages(self, provision: Provision) -> tuple[int, ...]:
        """From the page that the provision begins on to that on which the next one begins."""
        if provision.page is None:
            return ()
        following = [p.page for p in self._store.provisions(provision.version_id) if p.ordinal == provision.ordinal + 1]
        last = (following[0] if following else None) or provision.page
        return tuple(range(provision.page, min(max(last, provision.page), provision.page + _LONGEST_PASSAGE) + 1))

    def _drawn(self, original: Path, provision: Provision, page: int) -> tuple[bytes, bool]:
        key = (original, provision.id, page)
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        drawn = draw_page(original, provision, page)
        with self._lock:
            if key not in self._kept:
                self._size += len(drawn[0])
            self._kept[key] = drawn
            while self._size > _ROOM:
                _, (png, _) = self._kept.popitem(last=False)
                self._size -= len(png)
        return drawn


def draw_page(original: Path, provision: Provision, page: int) -> tuple[bytes, bool]:
    """PNG of a page with the words of a provision marked, and whether they were found. Raises SourceUnreadable."""
    from ingest.readers.pdf.mupdf import FAULTS, hush, mupdf  # the PDF library: a second to import
    from ingest.readers.pdf.pages import read_page
    from ingest.readers.pdf.passages import passage_boxes
    from ingest.readers.pdf.picture import render_page

    unreadable: tuple[type[Exception], ...] = (OSError, *FAULTS)
    hush()
    try:
        with mupdf.open(stream=original.read_bytes(), filetype="pdf") as document:
            sheet = document[page - 1]
            boxes = passage_boxes(read_page(sheet, page, None), provision.text, provision.fields)
            return render_page(sheet, marks=boxes), bool(boxes)
    except unreadable as error:
        raise SourceUnreadable(
            f"原件无法读取（{type(error).__name__}）。", where=provision.id, remedy="请管理员重新导入原文件。"
        ) from error


def pdf_of_version(store: CorpusStore, originals: Path | None, version_id: str) -> Path | None:
    """The kept original of a text, if it is a PDF."""
    if originals is None:
        return None
    for file in SourceFiles(store).of_version(version_id):
        if file.format == Format.PDF.value and (place := original_path(originals, file.digest)).is_file():
            return place
    return None
