"""Characters of a page with their places (字形): what the text layer holds, symbols of private fonts made readable."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from ingest.readers.model import Note, NoteKind, Place

Box = tuple[float, float, float, float]
"""Left, top, right, bottom in points; y grows downwards."""

_BOLD = 16  # flag of a MuPDF span
_HEAVY = re.compile(r"bold|heavy|black|simhei|黑体|hei(?:ti)?\b|xbs|小标宋", re.I)
_FOUNDER = re.compile(r"^[A-Z]{1,3}-(?:[A-Z]{2}-)?PK")
_FOUNDER_SIGNS: dict[str, str] = {
    "\ue010": ".",
    "\ue011": "-",
    "\ue012": "*",
}  # Founder typesetting; seen 2026-11-22 in GB standards
_SYMBOL_SIGNS: dict[str, str] = dict(
    zip(
        (
            chr(0xF000 + code)
            for code in [*range(0x20, 0x40), 0xA3, 0xA5, 0xB0, 0xB1, 0xB3, 0xB4, 0xB7, 0xB8, 0xB9, 0xBB]
        ),
        [*" !∀#∃%&∋()∗+,−./0123456789:;<=>?", *"≤∞°±≥×•÷≠≈"],
        strict=True,
    )
)
_EMPTY = re.compile(r"[\s\u200b\ufeff\x00]")


@dataclass(frozen=True, slots=True)
class Glyph:
    """One character: its box, the baseline it stands on, its size in points."""

    char: str
    x0: float
    x1: float
    baseline: float
    size: float
    bold: bool = False

    @property
    def middle(self) -> tuple[float, float]:
        """A point well inside the character, to tell the cell that holds it."""
        return (self.x0 + self.x1) / 2, self.baseline - 0.3 * self.size


Run = tuple[Glyph, ...]
"""Glyphs that the text layer delivers as one line, blanks left out."""


@dataclass(frozen=True, slots=True)
class PageText:
    """The text of one page as delivered: runs in the order of the file, and the remarks about its characters."""

    runs: tuple[Run, ...]
    notes: tuple[Note, ...] = ()
    turned: tuple[str, ...] = ()  # lines that do not run from left to right


def page_text(raw: Mapping[str, Any], page: int) -> PageText:
    """The runs in MuPDF's ``rawdict`` of page number ``page``; text that runs up or down stands apart."""
    runs: list[Run] = []
    turned: list[str] = []
    changed: Counter[tuple[str, str]] = Counter()
    unknown: Counter[str] = Counter()
    for block in raw["blocks"]:
        for line in block.get("lines", ()):
            if line["dir"][0] < 0.9:
                turned.append("".join(delivered["c"] for span in line["spans"] for delivered in span["chars"]))
                continue
            run: list[Glyph] = []
            for span in line["spans"]:
                bold = bool(span["flags"] & _BOLD) or bool(_HEAVY.search(span["font"]))
                for delivered in span["chars"]:
                    char = delivered["c"]
                    if _EMPTY.match(char):
                        continue
                    if is_private(char):
                        mapped = readable(char, span["font"])
                        if mapped == char:
                            unknown[char] += 1
                        else:
                            changed[char, mapped] += 1
                        char = mapped
                    elif char == "\ufffd":
                        unknown[char] += 1
                    box = delivered["bbox"]
                    run.append(Glyph(char, box[0], box[2], delivered["origin"][1], span["size"], bold))
            if run:
                runs.append(tuple(run))
    return PageText(tuple(runs), tuple(_notes(changed, unknown, page)), tuple(turned))


def is_private(char: str) -> bool:
    """A character of a private area, which means what its font says."""
    return unicodedata.category(char) == "Co"


def readable(char: str, font: str) -> str:
    """The public character for one of a private area where a known practice settles it, else the same character.

    Known: characters that GB 18030-2000 still kept in the private area (U+E837 is 䌷), the Symbol font, and the three
    signs of the Founder typesetting system.
    """
    if _FOUNDER.match(font) and char in _FOUNDER_SIGNS:
        return _FOUNDER_SIGNS[char]
    if "symbol" in font.lower() and char in _SYMBOL_SIGNS:
        return _SYMBOL_SIGNS[char]
    if "\ue815" <= char <= "\ue864":
        trail = 0x50 + ord(char) - 0xE815
        public: str = bytes([0xFE, trail + (trail >= 0x7F)]).decode("gb18030", "replace")
        return public
    return char


def _notes(changed: Counter[tuple[str, str]], unknown: Counter[str], page: int) -> Iterable[Note]:
    place = Place(page=page)
    if changed:
        told = "、".join(f"U+{ord(old):04X}→{new}（{count}处）" for (old, new), count in sorted(changed.items()))
        yield Note(NoteKind.REPAIRED, f"专用字体的符号已换成通用字符：{told}。", place)
    if unknown:
        told = "、".join(f"U+{ord(char):04X}（{count}处）" for char, count in sorted(unknown.items()))
        yield Note(
            NoteKind.DOUBTFUL,
            f"含有专用字体的字符，不能确定是什么字：{told}，请与原件核对。",
            place,
            "".join(sorted(unknown)),
        )


def is_garbage(runs: Iterable[Run]) -> bool:
    """Whether a text layer says nothing: a third or more of it unreadable characters, as fonts without a map give."""
    chars = [glyph.char for run in runs for glyph in run]
    bad = sum(1 for char in chars if char == "\ufffd" or unicodedata.category(char) in ("Co", "Cc", "Cn", "Cs"))
    return bool(chars) and bad * 3 >= len(chars)
