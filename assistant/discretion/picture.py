"""The picture of a record's region on its page (记录图像): what a person compares a doubtful record with.

A strip as wide as the page, from the first to the last part of the page that speaks of the record; the whole page where
no part can be told from the rest.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from assistant.page_pictures.drawing import pdf_of_version
from corpus.discretion.model import ApplicationRules, DiscretionStandard, ExemptionItem, Spot
from corpus.errors import NotFound, SourceUnreadable
from corpus.store import CorpusStore
from corpus.store.discretion import HeldRecord
from ingest.readers.pdf.fragments import Fragment
from ingest.readers.pdf.glyphs import Box
from ingest.readers.pdf.mupdf import FAULTS, hush, mupdf
from ingest.readers.pdf.pages import PageRead, read_page
from ingest.readers.pdf.picture import render_region

_MARGIN = 10.0  # points above and below
_TABLE_SPEAKS = 0.75  # share of a table's neighbouring characters that also stand beside each other in the record
_LINE_SPEAKS = 0.9
_LONG = 8  # characters of a line that can be told from others
_UNREADABLE: tuple[type[Exception], ...] = (OSError, *FAULTS)


def has_picture(store: CorpusStore, originals: Path | None, held: HeldRecord) -> bool:
    """Whether ``record_picture`` has a page and an original to show."""
    return bool(pages_of(held)) and pdf_of_version(store, originals, held.version_id) is not None


def record_picture(store: CorpusStore, originals: Path | None, held: HeldRecord, page: int | None = None) -> bytes:
    """PNG of the record's region on ``page``, by default its first. ``originals`` is where originals are kept.

    Raises NotFound for a page that the record does not stand on, a format without pages, and where no original is
    kept; SourceUnreadable for an original that is damaged.
    """
    pages = pages_of(held)
    if not pages:
        where = place_of(held) or f"《{held.document}》"
        raise NotFound("原件的格式没有页，不能显示图像。", where=held.key, remedy=f"请打开原件对照：{where}。")
    if page is not None and page not in pages:
        listed = "、".join(str(p) for p in pages)
        raise NotFound(f"这条记录不在第{page}页。", where=held.key, remedy=f"可以查看的页：{listed}。")
    original = pdf_of_version(store, originals, held.version_id)
    if original is None:
        raise NotFound("没有留存原件，不能显示图像。", where=held.key, remedy="请用 eassistant ingest 重新导入原文件。")
    try:
        return picture_of(original.read_bytes(), pages[0] if page is None else page, held.read)
    except _UNREADABLE as error:
        raise SourceUnreadable(
            f"原件无法读取（{type(error).__name__}）。", where=held.key, remedy="请重新导入原文件。"
        ) from error


def picture_of(data: bytes, page: int, record: DiscretionStandard | ExemptionItem | ApplicationRules) -> bytes:
    """PNG of the part of a PDF's page that a record was read from; the whole page where no part can be told."""
    hush()
    with mupdf.open(stream=data, filetype="pdf") as document:
        read = read_page(document[page - 1], page, None)
    return render_region(data, page, region_of(read, words_of(record), by_rows=is_row(record)))


def region_of(page: PageRead, words: str, *, by_rows: bool = False) -> Box | None:
    """The strip of a page whose tables and lines say ``words``; None where there is none.

    ``by_rows``: the record is some rows of a table with other records, not a table of its own.
    """
    spans = list(_speaking(page, _pairs(words), by_rows))
    if not spans:
        return None
    left, top, right, bottom = page.box
    upper, lower = min(y for y, _ in spans), max(y for _, y in spans)
    return left, max(top, upper - _MARGIN), right, min(bottom, lower + _MARGIN)


def is_row(record: DiscretionStandard | ExemptionItem | ApplicationRules) -> bool:
    """Whether a record is rows of a table that holds others too."""
    return isinstance(record, ExemptionItem) or (
        isinstance(record, DiscretionStandard) and any(tier.rows for tier in record.tiers)
    )


def words_of(record: DiscretionStandard | ExemptionItem | ApplicationRules) -> str:
    """Everything that a record says as printed, to find it on its page; a line for each cell."""
    match record:
        case DiscretionStandard():
            return "\n".join(_words_of_standard(record))
        case ExemptionItem():
            parts = (record.violation, record.provision_text, record.lead, *record.conditions, *record.exclusions)
            return "\n".join((record.category, *parts, record.remark))
        case ApplicationRules():
            return "\n".join((record.title, *(c.text for c in record.circumstances)))


def pages_of(held: HeldRecord) -> tuple[int, ...]:
    """The pages that the record stands on, as read from the source; empty where the format has none."""
    return () if isinstance(held.read, ApplicationRules) else held.read.pages


def place_of(held: HeldRecord) -> str:
    """Where the record stands, for people."""
    spot = Spot() if isinstance(held.read, ApplicationRules) else held.read.spot
    return str(spot)


def _words_of_standard(record: DiscretionStandard) -> Iterator[str]:
    yield from (record.heading_no, record.title, *record.behaviours, record.violated_text, record.basis_text)
    yield from (*record.header, record.remark, *record.axes, *record.fine_columns)
    for factor in record.factors:
        yield factor.name
        for option in factor.options:
            yield option.label
            yield option.weight_text
    for formula in record.formulas:
        yield from (formula.variant or "", formula.start_text, formula.text)
    for tier in record.tiers:
        yield from (tier.catch_all, tier.grade, tier.behaviour, tier.remark, tier.standard_text, *tier.circumstances)
        yield from (label or "" for _, label in tier.when)
        yield from (fine.text for _, fine in tier.fines)


def _speaking(page: PageRead, known: frozenset[str], by_rows: bool) -> Iterator[tuple[float, float]]:
    """Upper and lower end of each table, row and line of the page that says little but what is known."""
    for fragment in page.fragments:
        if _share([piece.text for piece in fragment.pieces], known) >= _TABLE_SPEAKS:
            yield fragment.box[1], fragment.box[3]
        elif by_rows:
            yield from _speaking_rows(fragment, known)
    for line in page.lines:
        if len(_squeezed(line.text)) >= _LONG and _share([line.text], known) >= _LINE_SPEAKS:
            yield line.top, line.bottom


def _speaking_rows(fragment: Fragment, known: frozenset[str]) -> Iterator[tuple[float, float]]:
    """The same for single rows of a table; cells over several rows say nothing about one of them."""
    for number in range(fragment.rows):
        own = [piece for piece in fragment.row(number) if piece.row_span == 1]
        if own and _share([piece.text for piece in own], known) >= _LINE_SPEAKS:
            yield min(piece.box[1] for piece in own), max(piece.box[3] for piece in own)


def _share(texts: Sequence[str], known: frozenset[str]) -> float:
    """The part of the neighbouring characters in ``texts`` that are known to stand beside each other."""
    found = [pair for text in texts for pair in _neighbours(text)]
    return sum(pair in known for pair in found) / len(found) if found else 0.0


def _pairs(words: str) -> frozenset[str]:
    return frozenset(pair for line in words.split("\n") for pair in _neighbours(line)) | frozenset(_neighbours(words))


def _neighbours(text: str) -> Iterator[str]:
    plain = _squeezed(text)
    return (plain[at : at + 2] for at in range(len(plain) - 1))


def _squeezed(text: str) -> str:
    return "".join(text.split())
