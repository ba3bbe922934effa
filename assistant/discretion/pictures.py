"""The page that a record was read from, as a picture (原文页面图像): from the original kept at ingestion."""

from __future__ import annotations

from pathlib import Path

from corpus.discretion.model import ApplicationRules
from corpus.errors import NotFound
from corpus.store import CorpusStore
from corpus.store.discretion import HeldRecord
from corpus.store.sources import SourceFiles


def picture_of(store: CorpusStore, originals: Path | None, held: HeldRecord, page: int | None) -> bytes:
    """PNG of ``page`` of the record's file, its first page by default.

    Raises NotFound where the record has no pages, the page is not one of the file, or no original is kept.
    """
    pages = () if isinstance(held.record, ApplicationRules) else held.record.pages
    number = page if page is not None else (pages[0] if pages else None)
    if number is None:
        raise NotFound("这条记录没有页码，不能显示页面图像。", where=held.key, remedy="请打开原文件核对。")
    data = _original(store, originals, held.version_id)
    if data is None:
        raise NotFound("没有保存这份文件的 PDF 原件，不能显示页面图像。", where=held.key, remedy="请重新装载该文件。")
    from ingest.readers.pdf.picture import render_region

    try:
        return render_region(data, number)
    except (IndexError, ValueError, RuntimeError) as error:
        raise NotFound(f"原件没有第{number}页，或者该页不能显示。", where=held.key, remedy="请核对页码。") from error


def _original(store: CorpusStore, originals: Path | None, version_id: str) -> bytes | None:
    """The bytes of the PDF that the text was read from, where it is kept."""
    if originals is None:
        return None
    from ingest.loading.worker import original_path

    for source in SourceFiles(store).of_version(version_id):
        path = original_path(originals, source.digest) if source.digest else None
        if path is not None and path.is_file() and (data := path.read_bytes()).startswith(b"%PDF"):
            return data
    return None
