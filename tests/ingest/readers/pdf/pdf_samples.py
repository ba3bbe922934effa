"""PDF files made at run time for the tests (示例PDF): fictional words, with the faults that real ones have."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pymupdf

PAGE = (595.0, 842.0)
LEFT = 90.0
SIZE = 12.0


class Pages:
    """A PDF file that grows by pages; everything is placed in points, y is the baseline."""

    def __init__(self) -> None:
        self.file: Any = pymupdf.open()
        self.page: Any = None

    def new(self) -> Pages:
        self.page = self.file.new_page(width=PAGE[0], height=PAGE[1])
        return self

    def write(self, x: float, y: float, words: str, size: float = SIZE) -> Pages:
        self.page.insert_text((x, y), words, fontname="china-s", fontsize=size)
        return self

    def spread(self, x: float, y: float, words: str, holes: str = "") -> Pages:
        """Words a character at a time, an em each; those of ``holes`` are left out and leave their room."""
        for at, char in enumerate(words):
            if char not in holes:
                self.write(x + at * SIZE, y, char)
        return self

    def grid(self, xs: Sequence[float], ys: Sequence[float], words: Sequence[Sequence[str]]) -> Pages:
        """A ruled table; a cell's lines are parted by line breaks and begin at its top."""
        for y in ys:
            self.page.draw_line((xs[0], y), (xs[-1], y), width=0.5)
        for x in xs:
            self.page.draw_line((x, ys[0]), (x, ys[-1]), width=0.5)
        for top, row in zip(ys, words, strict=False):
            for x, cell in zip(xs, row, strict=False):
                for at, line in enumerate(cell.split("\n")):
                    self.write(x + 5, top + 12 + 15 * at, line)
        return self

    def data(self, **options: Any) -> bytes:
        result: bytes = self.file.tobytes(**options)
        return result


def scanned(words: Sequence[str]) -> bytes:
    """A page of which only a picture is left, as PDF."""
    drawn = Pages().new()
    for at, line in enumerate(words):
        drawn.write(LEFT, 120 + 40 * at, line, size=18)
    picture = drawn.page.get_pixmap(dpi=200)
    result = Pages().new()
    result.page.insert_image(result.page.rect, pixmap=picture)
    return result.data()


def picture_of(words: Sequence[str]) -> bytes:
    """The same page as a PNG file."""
    with pymupdf.open(stream=scanned(words), filetype="pdf") as document:
        picture: bytes = document[0].get_pixmap(dpi=150).tobytes("png")
        return picture
