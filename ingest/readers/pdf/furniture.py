"""What a page carries beside its text (版面附属文字): page numbers, running heads, contents. Taken out and told."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from ingest.readers.model import Note, NoteKind, Place
from ingest.readers.pdf.glyphs import Box
from ingest.readers.pdf.lines import Line

_ZONE = 0.13  # of the height: heads and feet stand in this part at the top and the bottom
_WIDE_ZONE = 0.22  # the same for what can only be a page number: landscape pages have wide margins
_NUMBER = re.compile(
    r"(?:[—\-－–─一·•~～\s\u3000]*\d{1,4}[—\-－–─一·•~～\s\u3000]*|[ivxlcIVXLC]{1,6}|[Ⅰ-ⅿ]+"
    r"|(?:第\s*[\d一二三四五六七八九十百]+\s*页)?[\s/／，,、()（）]*(?:共\s*[\d一二三四五六七八九十百]+\s*页)?[\s)）]*"
    r"|\d{1,4}\s*[/／]\s*\d{1,4}|[Pp]age\s*\d+(?:\s*of\s*\d+)?)"
)
_LEADERS = re.compile(
    r"(?:[.．·…⋯‥\u2022。]\s?){4,}[\s\u3000]*[（(]?[\divxIVX\-—]*[）)]?\s*$|[…⋯]{2,}[\s\u3000]*[（(]?\d*[）)]?\s*$"
)
_CONTENTS = re.compile(r"目[\s\u3000]*[录次錄]")
_ENDS_IN_NUMBER = re.compile(r"\S.*[\s\u3000]\d{1,3}$")
_MOST_TOLD = 400


def is_page_number(text: str) -> bool:
    """Whether a line is a page number and nothing else (— 2 —, 第3页 共9页, 3/9); digits of any width."""
    bare = text.strip().translate(_DIGITS)
    return bool(bare) and bool(_NUMBER.fullmatch(bare))


_DIGITS = str.maketrans("０１２３４５６７８９", "0123456789")


def _in_zone(line: Line, page: Box, zone: float = _ZONE) -> bool:
    height = page[3] - page[1]
    return line.bottom < page[1] + zone * height or line.top > page[3] - zone * height


def running_heads(pages: Sequence[tuple[Box, Sequence[Line]]]) -> set[str]:
    """The heads and feet that stand at the edge of three pages or more, as ``pattern`` gives them."""
    seen: Counter[str] = Counter()
    for page, lines in pages:
        edges = {*lines[:2], *lines[-2:]}
        seen.update({pattern(line, page) for line in edges if _in_zone(line, page)})
    enough = max(3, len(pages) // 10)
    return {one for one, count in seen.items() if count >= enough}


def pattern(line: Line, page: Box) -> str:
    """A line without its digits, with the height it stands at in steps of 4 points: equal for the same running head."""
    words = re.sub(r"[\d０-９ivxⅠ-Ⅻ]+", "#", "".join(line.text.split()))
    return f"{round((line.baseline - page[1]) / 4)}:{words}"


def without_furniture(lines: Sequence[Line], page: Box, number: int, heads: set[str]) -> tuple[list[Line], list[Note]]:
    """The lines of page ``number`` without page number and running heads, and a note with what was taken out."""
    taken: list[Line] = []
    rest = list(lines)
    for at in (0, -1):
        while rest and _is_furniture(rest[at], page, heads):
            taken.append(rest.pop(at))
    if not taken:
        return rest, []
    words = " | ".join(line.text for line in taken)
    return rest, [Note(NoteKind.STRIPPED, "已去除页码、页眉、页脚。", Place(page=number), words)]


def _is_furniture(line: Line, page: Box, heads: set[str]) -> bool:
    if is_page_number(line.text):
        plain = line.text.strip().isalnum()
        return _in_zone(line, page, _ZONE if plain else _WIDE_ZONE)
    return _in_zone(line, page) and _repeated(line, page, heads)


def _repeated(line: Line, page: Box, heads: set[str]) -> bool:
    own = pattern(line, page)
    step, words = own.split(":", 1)
    return any(f"{int(step) + shift}:{words}" in heads for shift in (-1, 0, 1))


def without_contents(lines: Sequence[Line], number: int, inside: bool) -> tuple[list[Line], list[Note], bool]:
    """The lines of page ``number`` without the contents (目录 …… 12); ``inside``: the page before ended in them.

    Lines between the word 目录 and the last dotted line are contents, wrapped ones too. Returns also whether the
    page ends in contents.
    """
    start = next((at for at, line in enumerate(lines) if _CONTENTS.fullmatch(line.text.strip())), None)
    two = next(
        (
            at
            for at in range(len(lines) - 1)
            if re.fullmatch(r"目[\s\u3000]*", lines[at].text) and lines[at + 1].text in "录次"
        ),
        None,
    )
    start = two if start is None else start
    dotted = [at for at, line in enumerate(lines) if _LEADERS.search(line.text)]
    if start is not None or inside:
        begin = 0 if inside else start or 0
        dotted += [at for at in _numbered_lines(lines, begin) if at not in dotted]
        dotted = [at for at in dotted if at >= begin]
        if not dotted:
            return list(lines), [], False
    elif len(dotted) < 3:
        return list(lines), [], False
    else:
        begin = min(dotted)
    end = max(dotted) + 1
    taken = lines[begin:end]
    words = "\n".join(line.text for line in taken[:_MOST_TOLD])
    note = Note(NoteKind.STRIPPED, f"已去除目录{len(taken)}行。", Place(page=number), words)
    return [*lines[:begin], *lines[end:]], [note], end == len(lines)


def _numbered_lines(lines: Sequence[Line], begin: int) -> list[int]:
    """Entries without dots: lines that end in a page number far from their words, three or more of them."""
    found = [
        at
        for at in range(begin, len(lines))
        if _ENDS_IN_NUMBER.match(lines[at].text) and len(lines[at].glyphs) > 2 and _gap_before_number(lines[at])
    ]
    return found if len(found) >= 3 else []


def _gap_before_number(line: Line) -> bool:
    gaps = [after.x0 - before.x1 for before, after in zip(line.glyphs, line.glyphs[1:], strict=False)]
    return max(gaps[-4:], default=0.0) > 2 * line.size
