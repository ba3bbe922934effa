"""Lines of text from characters (文本行): by their baselines, each character at its own place in the line.

Text layers put 。、， and 一 on lines of their own, above or below the line that shows them: '一百万元' arrives as
'百万元' and '一'. Such a stray goes back where the line has a hole of its width at its place, and nowhere else.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from ingest.readers.model import Note, NoteKind, Place
from ingest.readers.pdf.glyphs import Glyph, Run

_STRAYS = frozenset("，。、；：！？一—…·“”‘’（）《》〈〉．,.;:-－")
_LONGEST_STRAY = 12
_WIDE = re.compile("[\u2e80-\u9fff\uf900-\ufaff\uff00-\uff0f\uff1a-\uff20\uff5b-\uffef\u3000-\u303f]")  # but ＡＢ１２
_SAME_LINE = 0.4  # of the size: baselines nearer than this are one
_RAISED_AT_MOST = 0.75  # of the size: smaller characters may stand above or below the baseline
_RIGHT_HALF = "（《〈“‘【〔「『"
_LEFT_HALF = "，。、；：？！）》〉”’】〕」』"


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line: its glyphs from left to right."""

    glyphs: tuple[Glyph, ...]

    @property
    def x0(self) -> float:
        return min(glyph.x0 for glyph in self.glyphs)

    @property
    def x1(self) -> float:
        return max(glyph.x1 for glyph in self.glyphs)

    @property
    def baseline(self) -> float:
        return median(glyph.baseline for glyph in self._main())

    @property
    def size(self) -> float:
        return max(glyph.size for glyph in self.glyphs)

    @property
    def top(self) -> float:
        return self.baseline - 0.85 * self.size

    @property
    def bottom(self) -> float:
        return self.baseline + 0.15 * self.size

    @property
    def bold(self) -> bool:
        return sum(glyph.bold for glyph in self.glyphs) * 2 > len(self.glyphs)

    @property
    def text(self) -> str:
        """The words; a gap as wide as a character becomes a blank."""
        parts = [self.glyphs[0].char]
        for before, after in zip(self.glyphs, self.glyphs[1:], strict=False):
            parts.append(_blank(before, after))
            parts.append(after.char)
        return "".join(parts)

    def _main(self) -> list[Glyph]:
        largest = self.size
        return [glyph for glyph in self.glyphs if glyph.size > _RAISED_AT_MOST * largest]


def _blank(before: Glyph, after: Glyph) -> str:
    gap = after.x0 - before.x1
    size = max(before.size, after.size)
    if _WIDE.match(before.char) and _WIDE.match(after.char):
        return "\u3000" if gap > 0.7 * size else ""
    return " " if gap > (0.5 if _WIDE.match(before.char + after.char) else 0.18) * size else ""


def _line(glyphs: Iterable[Glyph]) -> Line:
    return Line(tuple(sorted(glyphs, key=lambda glyph: glyph.x0)))


def lines_of(runs: Iterable[Run], place: Place) -> tuple[list[Line], list[Note]]:
    """The lines that ``runs`` make, from top to bottom, strays put back; with a note for each repair and each doubt."""
    lines = [_line(run) for run in runs]
    lines.sort(key=lambda line: (line.baseline, line.x0))
    merged: list[Line] = []
    for line in lines:
        home = next(
            (at for at in range(len(merged) - 1, max(-1, len(merged) - 8), -1) if _share(merged[at], line)), None
        )
        if home is None:
            merged.append(line)
        else:
            merged[home] = _line((*merged[home].glyphs, *line.glyphs))
    return _with_strays(merged, place)


def _share(one: Line, other: Line) -> bool:
    """Whether two runs are one printed line: the same baseline, or small raised or lowered characters in a gap."""
    distance = abs(one.baseline - other.baseline)
    larger, smaller = (one, other) if one.size >= other.size else (other, one)
    if smaller.size <= _RAISED_AT_MOST * larger.size:
        close = distance < 0.6 * larger.size and smaller.x0 < larger.x1 + larger.size and smaller.x1 > larger.x0
    else:
        close = distance < _SAME_LINE * smaller.size
    return close and not _overlap(one, other)


def _overlap(one: Line, other: Line) -> bool:
    spans = [(a + 0.3 * (b - a), b - 0.3 * (b - a)) for a, b in map(_ink, one.glyphs)]
    return any(a < right and left < b for a, b in spans for left, right in map(_ink, other.glyphs))


def _ink(glyph: Glyph) -> tuple[float, float]:
    """From where to where a glyph is printed: a bracket or a mark fills half its square, and set type closes it up."""
    middle = (glyph.x0 + glyph.x1) / 2
    if glyph.char in _RIGHT_HALF:
        return middle, glyph.x1
    return (glyph.x0, middle) if glyph.char in _LEFT_HALF else (glyph.x0, glyph.x1)


# --- strays


def _with_strays(lines: list[Line], place: Place) -> tuple[list[Line], list[Note]]:
    notes: list[Note] = []
    if len(lines) < 2:
        return lines, notes
    stray = [line for line in lines if _may_be_stray(line)]
    if not stray:
        return lines, notes
    homes = [line for line in lines if not _may_be_stray(line)]
    kept: list[Line] = []
    for line in stray:
        left: list[Glyph] = []
        for glyph in line.glyphs:
            fitting = [at for at, home in enumerate(homes) if _fits(glyph, home)]
            if len(fitting) == 1:
                at = fitting[0]
                before, homes[at] = homes[at], _line((*homes[at].glyphs, glyph))
                message = f"文字层把“{glyph.char}”放在了另一行，已按位置放回：“{before.text}”改为“{homes[at].text}”。"
                notes.append(Note(NoteKind.REPAIRED, message, place, before.text))
            else:
                left.append(glyph)
                if fitting:
                    told = "”或“".join(homes[at].text for at in fitting)
                    message = f"单独成行的“{glyph.char}”应放回“{told}”，不能确定是哪一行，请与原件核对。"
                    notes.append(Note(NoteKind.DOUBTFUL, message, place, glyph.char))
                elif glyph.char in "，。、；：" or _hangs_between(glyph, homes):
                    message = f"“{glyph.char}”单独成行，找不到它所属的位置，请与原件核对。"
                    notes.append(Note(NoteKind.DOUBTFUL, message, place, glyph.char))
        if left:
            kept.append(_line(left))
    return sorted([*homes, *kept], key=lambda line: (line.baseline, line.x0)), notes


def _may_be_stray(line: Line) -> bool:
    return len(line.glyphs) <= _LONGEST_STRAY and all(glyph.char in _STRAYS for glyph in line.glyphs)


def _fits(glyph: Glyph, home: Line) -> bool:
    """Whether ``home``, a line just above or below, has a hole at the place of ``glyph`` as wide as it."""
    size = max(glyph.size, home.size)
    if (
        not _SAME_LINE * 0.5 * size <= abs(glyph.baseline - home.baseline) <= 1.6 * size
        or not 0.6 < glyph.size / home.size < 1.6
    ):
        return False
    width = glyph.x1 - glyph.x0
    slack = 0.2 * width
    if glyph.x1 <= home.x0 + slack:
        return home.x0 - glyph.x1 < 0.35 * size
    if glyph.x0 >= home.x1 - slack:
        return glyph.x0 - home.x1 < 0.35 * size
    before = [other for other in home.glyphs if other.x0 < glyph.x0]
    after = [other for other in home.glyphs if other.x0 >= glyph.x0]
    if not before or not after:
        return False
    left, right = max(other.x1 for other in before), min(other.x0 for other in after)
    return left - slack <= glyph.x0 and glyph.x1 <= right + slack and right - left < width + 0.8 * size


def _hangs_between(glyph: Glyph, homes: Sequence[Line]) -> bool:
    """Whether a glyph stands nearer to a line than lines stand to each other, yet in no hole of it."""
    return any(
        abs(glyph.baseline - home.baseline) < 0.8 * home.size and home.x0 - glyph.size < glyph.x0 < home.x1 + glyph.size
        for home in homes
    )
