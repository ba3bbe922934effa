"""PDF files and scanned pictures (PDF与扫描件): text by its geometry, tables by their ruling lines, OCR for pictures.

``glyphs`` holds the characters with their places, ``lines`` puts them into lines (and stray characters back),
``rulings`` finds the cells that lines on the page rule, ``fragments`` fills them, ``joining`` makes one table of the
fragments of several pages, ``furniture`` takes out page numbers and contents, ``paragraphs`` joins lines.
"""

from __future__ import annotations

from ingest.readers.pdf.document import read_image, read_pdf
from ingest.readers.pdf.picture import render_region

__all__ = ["read_image", "read_pdf", "render_region"]
