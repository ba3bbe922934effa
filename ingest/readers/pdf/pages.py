"""One page read (单页读取): its lines outside tables, its parts of tables, and what there is to say about it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ingest.readers.model import Note, NoteKind, Place
from ingest.readers.pdf.fragments import Fragment, fragment_of, split_by_tables
from ingest.readers.pdf.glyphs import Box, PageText, is_garbage, page_text
from ingest.readers.pdf.lines import Line, lines_of
from ingest.readers.pdf.picture import is_recognised_layer, needs_eyes, recognised
from ingest.readers.pdf.rulings import TooManyLines, tables_of_page

_MOST_CHARACTERS = 60_000
_MOST_WORDS = 400


@dataclass(frozen=True, slots=True)
class PageRead:
    """A page: ``lines`` are those outside ``fragments``, from top to bottom. ``unread``: a picture, and no OCR here."""

    number: int
    box: Box
    lines: tuple[Line, ...] = ()
    fragments: tuple[Fragment, ...] = ()
    notes: tuple[Note, ...] = ()
    ocr: bool = False
    unread: bool = False


def read_page(page: Any, number: int, tesseract: str | None, picture: bool = False) -> PageRead:
    """Page ``number`` of a MuPDF document; ``tesseract`` is its language data, ``picture``: the file is an image."""
    notes: list[Note] = [] if picture else _remarks(page, number)
    text = _upright(page, number) if not picture else PageText(())
    notes += text.notes
    place = Place(page=number)
    if text.turned:
        words = "\n".join(text.turned)
        message = f"有{len(text.turned)}行文字不是横排（竖排、斜排或水印），未收入正文，请与原件核对。"
        notes.append(Note(NoteKind.DOUBTFUL, message, place, words[:_MOST_WORDS]))
    box: Box = tuple(page.rect)
    drawings = [] if picture else page.get_drawings()
    characters = sum(len(run) for run in text.runs)
    if characters > _MOST_CHARACTERS:
        notes.append(
            Note(NoteKind.DOUBTFUL, f"本页文字超过{_MOST_CHARACTERS}个字，不像正常页面，请与原件核对。", place)
        )
    garbage = is_garbage(text.runs)
    if picture or garbage or needs_eyes(page, characters, len(drawings)):
        if garbage:
            notes.append(Note(NoteKind.DOUBTFUL, "本页文字层是乱码，字体没有对应的字符表。", place))
        return _by_eye(page, number, tesseract, box, notes)
    ocr = is_recognised_layer(page)
    if ocr:
        notes.append(Note(NoteKind.OCR, "本页是扫描件，文字来自扫描软件自带的识别层，引用前请与原件核对。", place))
    tables: list[list[Box]] = []
    try:
        tables = tables_of_page(drawings, box)
    except TooManyLines:
        notes.append(Note(NoteKind.DOUBTFUL, "本页线条过多，未按表格读取，文字按行收录，请与原件核对。", place))
    outside, inside = split_by_tables(text.runs, tables)
    lines, told = lines_of(outside, place)
    fragments = [fragment_of(cells, held, number, ocr) for cells, held in zip(tables, inside, strict=True)]
    filled = tuple(part for part in fragments if any(piece.lines for piece in part.pieces))
    return PageRead(number, box, tuple(lines), filled, (*notes, *told), ocr)


def _by_eye(page: Any, number: int, tesseract: str | None, box: Box, notes: Sequence[Note]) -> PageRead:
    place = Place(page=number)
    if tesseract is None:
        told = Note(NoteKind.NEEDS_OCR, "本页是图片，本机没有安装中文OCR（tesseract chi_sim），未读取。", place)
        return PageRead(number, box, notes=(*notes, told), unread=True)
    runs = recognised(page, tesseract, number)
    if not runs:
        told = Note(NoteKind.DOUBTFUL, "本页是图片，OCR没有识别出文字，请与原件核对。", place)
        return PageRead(number, box, notes=(*notes, told), ocr=True)
    lines, _ = lines_of(runs, place)
    told = Note(NoteKind.OCR, "本页是图片，文字由OCR识别，引用前请与原件核对。", place)
    return PageRead(number, box, tuple(lines), (), (*notes, told), True)


def _upright(page: Any, number: int) -> PageText:
    """The text of a page; a page whose text runs up or down is turned first, as its reader would turn it."""
    raw = page.get_text("rawdict")
    ways: Counter[tuple[int, int]] = Counter()
    for block in raw["blocks"]:
        for line in block.get("lines", ()):
            if not line["wmode"]:
                way = round(line["dir"][0]), round(line["dir"][1])
                ways[way] += sum(len(span["chars"]) for span in line["spans"])
    turn = _TURNS.get(ways.most_common(1)[0][0], 0) if ways else page.rotation
    if turn or page.rotation:  # MuPDF gives text as if the page were not turned
        page.set_rotation(turn)
        page.remove_rotation()
        raw = page.get_text("rawdict")
    return page_text(raw, number)


_TURNS = {(0, -1): 90, (0, 1): 270, (-1, 0): 180}


def _remarks(page: Any, number: int) -> list[Note]:
    """What readers of a PDF wrote on the page, and files attached to it: not part of the text."""
    notes: list[Note] = []
    place = Place(page=number)
    for annotation in page.annots() or ():
        kind = annotation.type[1]
        words = str(annotation.info.get("content") or "")
        if kind in ("FileAttachment", "Screen", "RichMedia", "Movie", "Sound", "3D"):
            notes.append(
                Note(NoteKind.ACTIVE, f"页面上嵌有附件或多媒体（{kind}），未打开。", place, words[:_MOST_WORDS])
            )
        elif words:
            notes.append(Note(NoteKind.HIDDEN, "页面上有批注，未收入正文。", place, words[:_MOST_WORDS]))
    return notes
