"""Pages as pictures (页面图像): is a page a picture, its words by OCR, a region of it as PNG."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from typing import Any

from ingest.readers.pdf.glyphs import Box, Glyph, Run, page_text
from ingest.readers.pdf.mupdf import mupdf

LANGUAGE = "chi_sim"
_DPI = 300
_MOST_PIXELS = 3600  # on the longer side; A4 at 300 dpi has 3508
_INVISIBLE = 3  # text rendering mode of a layer behind a scan
_FEW = 20
_REGION_DPI = 144
_LEAST_DPI = 18
_MOST_SHOWN = 2400  # pixels on the longer side of what is shown; A3 at 144 dpi has 2381
_YELLOW = (1.0, 0.85, 0.1)
_SEE_THROUGH = 0.35


def tessdata() -> str | None:
    """The folder of tesseract's language data if it holds simplified Chinese, else None."""
    folder = os.environ.get("TESSDATA_PREFIX")
    if not folder:
        try:
            folder = mupdf.get_tessdata()
        except RuntimeError:
            return None
    return str(folder) if folder and (Path(folder) / f"{LANGUAGE}.traineddata").is_file() else None


def picture_share(page: Any) -> float:
    """The part of the page, 0 to 1, that its largest picture covers."""
    whole = abs(page.rect)
    covered = [abs(mupdf.Rect(info["bbox"]) & page.rect) for info in page.get_image_info()]
    return max(covered, default=0.0) / whole if whole else 0.0


def needs_eyes(page: Any, characters: int, drawings: int) -> bool:
    """Whether the words of a page are a picture: little text and a large picture, or letters drawn as shapes."""
    if characters >= _FEW:
        return False
    return picture_share(page) > 0.4 or (not characters and drawings > 200)


def is_recognised_layer(page: Any) -> bool:
    """Whether the text of a page is an invisible layer over a scan, as scanning software writes it."""
    if picture_share(page) < 0.8:
        return False
    spans = page.get_texttrace()
    return bool(spans) and sum(len(span["chars"]) for span in spans if span["type"] == _INVISIBLE) * 2 > sum(
        len(span["chars"]) for span in spans
    )


def recognised(page: Any, folder: str, number: int) -> tuple[Run, ...]:
    """The words of a page by tesseract; ``folder`` is the language data. Sizes vary by the line and are evened out."""
    longest = max(page.rect.width, page.rect.height, 1.0)
    dpi = int(max(36, min(_DPI, 72 * _MOST_PIXELS / longest)))
    seen = page.get_textpage_ocr(language=LANGUAGE, dpi=dpi, full=True, tessdata=folder)
    runs = page_text(page.get_text("rawdict", textpage=seen), number).runs
    if not runs:
        return ()
    usual = median(glyph.size for run in runs for glyph in run)
    return tuple(_evened(run, usual) for run in runs)


def _evened(run: Run, usual: float) -> Run:
    size = median(glyph.size for glyph in run)
    if abs(size - usual) < 0.3 * usual:
        size = usual
    baseline = median(glyph.baseline for glyph in run)
    return tuple(Glyph(glyph.char, glyph.x0, glyph.x1, baseline, size) for glyph in run)


def render_region(data: bytes, page: int, region: Box | None = None) -> bytes:
    """A page of a PDF, or a region of it in points, as PNG; ``page`` counts from 1."""
    with mupdf.open(stream=data, filetype="pdf") as document:
        return render_page(document[page - 1], region)


def render_page(page: Any, region: Box | None = None, marks: Sequence[Box] = ()) -> bytes:
    """A page of an open document as PNG, or a region of it, with ``marks`` in yellow; bounded in size."""
    for box in marks:
        page.draw_rect(mupdf.Rect(box), color=None, fill=_YELLOW, fill_opacity=_SEE_THROUGH)
    shown = mupdf.Rect(region) if region else page.rect
    longest = max(shown.width, shown.height, 1.0)
    dpi = int(max(_LEAST_DPI, min(_REGION_DPI, 72 * _MOST_SHOWN / longest)))
    picture: bytes = page.get_pixmap(dpi=dpi, clip=mupdf.Rect(region) if region else None).tobytes("png")
    return picture
