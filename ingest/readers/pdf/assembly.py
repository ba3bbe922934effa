"""Blocks of the whole document from its pages (全文组装): paragraphs and tables in reading order, over page breaks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from ingest.readers.captions import caption_below
from ingest.readers.model import Block, Note, NoteKind, Place
from ingest.readers.pdf.fragments import Fragment
from ingest.readers.pdf.furniture import running_heads, without_contents, without_furniture
from ingest.readers.pdf.joining import goes_on, table_of
from ingest.readers.pdf.lines import Line
from ingest.readers.pdf.pages import PageRead
from ingest.readers.pdf.paragraphs import Draft, Measure, continues, measure, paragraphs, with_headings
from ingest.readers.pdf.wrapping import is_full, joined

_CONTINUED = re.compile(
    r"[（(]?(?:续上表|续表|接上表|接上页|续)\s*[\dA-Z.．\-]*[）)]?|表\s*[\dA-Z.．\-]+\s*[（(]续[)）].*"
)
_ENOUGH_LINES = 8


@dataclass(slots=True)
class _Growing:
    items: list[Draft | list[Fragment]] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)


def blocks_of(pages: Sequence[PageRead]) -> tuple[list[Block], list[Note]]:
    """The blocks that ``pages`` make and the notes on what was taken out or joined; notes of the pages included."""
    grown = _Growing()
    heads = running_heads([(page.box, page.lines) for page in pages])
    bodies: list[list[Line]] = []
    inside = False
    for page in pages:
        lines, told = without_furniture(page.lines, page.box, page.number, heads)
        lines, listed, inside = without_contents(lines, page.number, inside)
        grown.notes += [*page.notes, *told, *listed]
        bodies.append(lines)
    whole = measure(line for lines in bodies for line in lines)
    for page, lines in zip(pages, bodies, strict=True):
        _add_page(grown, page, lines, whole)
    return _finished(grown, whole)


def _add_page(grown: _Growing, page: PageRead, lines: list[Line], whole: Measure) -> None:
    fragments = list(page.fragments)
    lines = _without_continued(grown, page, lines, fragments)
    fragments, lines = _without_frames(grown, fragments, lines)
    body = _measure_here(lines, whole)
    first = True
    for part in [*fragments, None]:
        above = [line for line in lines if part is None or line.baseline < part.box[1]]
        lines = lines[len(above) :]
        if above:
            _add_lines(grown, above, page, body, first)
            first = False
        if part is not None:
            last = grown.items[-1] if grown.items else None
            if first and isinstance(last, list) and goes_on(last[-1], part):
                last.append(part)
            else:
                grown.items.append([part])
            first = False


def _measure_here(lines: Sequence[Line], whole: Measure) -> Measure:
    if len(lines) < _ENOUGH_LINES:
        return whole
    here = measure(lines)
    return replace(whole, left=here.left, right=here.right)


def _add_lines(grown: _Growing, lines: list[Line], page: PageRead, body: Measure, first: bool) -> None:
    last = grown.items[-1] if grown.items else None
    if first and isinstance(last, Draft) and continues(last, lines, body):
        text = joined(last.paragraph.text, lines[0].text)
        paragraph = replace(last.paragraph, text=text, ocr=last.paragraph.ocr or page.ocr)
        grown.items[-1] = replace(last, paragraph=paragraph, open=is_full(lines[0], body.right))
        rest = lines[1:]
        drafts = paragraphs(lines, page.number, body, page.ocr)
        if drafts and drafts[0].paragraph.text != lines[0].text:  # the paragraph has more lines on this page
            more = drafts[0].paragraph.text[len(lines[0].text) :]
            paragraph = replace(paragraph, text=paragraph.text + more)
            grown.items[-1] = replace(last, paragraph=paragraph, open=drafts[0].open)
        grown.items += drafts[1:] if rest else []
        return
    grown.items += paragraphs(lines, page.number, body, page.ocr)


def _without_continued(grown: _Growing, page: PageRead, lines: list[Line], fragments: Sequence[Fragment]) -> list[Line]:
    """The lines without a 续表 above a table that goes on from the page before."""
    last = grown.items[-1] if grown.items else None
    if not lines or not fragments or not isinstance(last, list) or not goes_on(last[-1], fragments[0]):
        return lines
    above = [line for line in lines if line.baseline < fragments[0].box[1]]
    if len(above) == 1 and _CONTINUED.fullmatch(above[0].text.strip()):
        grown.notes.append(Note(NoteKind.STRIPPED, "已去除续表字样。", Place(page=page.number), above[0].text))
        return lines[1:]
    return lines


def _without_frames(
    grown: _Growing, fragments: Sequence[Fragment], lines: list[Line]
) -> tuple[list[Fragment], list[Line]]:
    """Boxes of one cell are text in a frame, unless they go on with the table of the page before."""
    kept: list[Fragment] = []
    last = grown.items[-1] if grown.items else None
    for part in fragments:
        if len(part.pieces) > 1:
            kept.append(part)
            continue
        begins = not kept and not any(line.baseline < part.box[1] for line in lines)
        if begins and isinstance(last, list) and goes_on(last[-1], part):
            kept.append(part)
        else:
            grown.notes += part.notes
            lines = sorted([*lines, *part.pieces[0].lines], key=lambda line: (line.baseline, line.x0))
    return kept, lines


def _finished(grown: _Growing, whole: Measure) -> tuple[list[Block], list[Note]]:
    drafts = [item for item in grown.items if isinstance(item, Draft)]
    texts = iter(with_headings(drafts, whole))
    blocks: list[Block] = []
    tables = 0
    for item in grown.items:
        if isinstance(item, Draft):
            blocks.append(next(texts))
        else:
            tables += 1
            table, told = table_of(item, tables, caption_below(blocks))
            blocks.append(table)
            grown.notes += told
    return blocks, grown.notes
