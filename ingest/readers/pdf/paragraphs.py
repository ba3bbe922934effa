"""Paragraphs and headings of a page from its lines (段落与标题): by indent, width, size and weight."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from ingest.readers.model import Paragraph, Place
from ingest.readers.pdf.lines import Line
from ingest.readers.pdf.wrapping import begins_article, begins_item, ends_sentence, is_full, joined

_LONGEST_HEADING = 120
_LARGER = 1.12


@dataclass(frozen=True, slots=True)
class Measure:
    """What a document's body text looks like (正文版式): its column, its size, whether paragraphs are indented."""

    left: float
    right: float
    size: float
    indented: bool
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Draft:
    """A paragraph while pages are joined: ``open`` when its last line is full, so that it may go on."""

    paragraph: Paragraph
    size: float
    bold: bool
    open: bool


def measure(lines: Iterable[Line]) -> Measure:
    """The measure of the body of ``lines``; sizes are weighed by characters."""
    every = list(lines)
    if not every:
        return Measure(0.0, 0.0, 10.0, False)
    sizes: Counter[float] = Counter()
    for line in every:
        sizes[round(line.size * 2) / 2] += len(line.glyphs)
    size = sizes.most_common(1)[0][0]
    body = [line for line in every if abs(line.size - size) < 0.75]
    bold = sum(len(line.glyphs) for line in body if line.bold) * 2 > sum(len(line.glyphs) for line in body)
    starts = Counter(round(line.x0 / 3) for line in body)
    common = [at for at, count in starts.items() if count >= max(2, len(body) // 12)] or list(starts)
    left = min(common) * 3.0
    ends = sorted((line.x1 for line in body), reverse=True)
    right = ends[len(ends) // 20]
    shifted = sum(1 for line in body if 1.4 * size < line.x0 - left < 3 * size)
    return Measure(left, right, size, shifted * 12 >= len(body), bold)


def paragraphs(lines: Sequence[Line], page: int, body: Measure, ocr: bool) -> list[Draft]:
    """The paragraphs that the lines of page number ``page`` make."""
    drafts: list[Draft] = []
    before: Line | None = None
    for line in lines:
        if before is not None and _belongs(before, line, body):
            draft = drafts[-1]
            text = joined(draft.paragraph.text, line.text)
            drafts[-1] = replace(draft, paragraph=replace(draft.paragraph, text=text), open=is_full(line, body.right))
        else:
            shown = Paragraph(line.text, Place(page=page), centred=_centred(line, body), ocr=ocr)
            drafts.append(Draft(shown, line.size, line.bold, is_full(line, body.right)))
        before = line
    return drafts


def continues(before: Draft, after: Sequence[Line], body: Measure) -> bool:
    """Whether the first line of a page goes on with the last paragraph of the page before."""
    line = after[0]
    return (
        before.open
        and not before.paragraph.centred
        and not ends_sentence(before.paragraph.text)
        and abs(before.size - line.size) < 0.12 * line.size
        and not begins_article(line.text)
        and line.x0 - body.left < 1.2 * line.size
    )


def _belongs(before: Line, line: Line, body: Measure) -> bool:
    if abs(before.size - line.size) > 0.12 * max(before.size, line.size) or before.bold != line.bold:
        return False
    if line.top - before.bottom > 1.6 * line.size:
        return False
    if _centred(before, body) and _centred(line, body):
        return not begins_item(line.text) and not begins_item(before.text) and line.size > _LARGER * body.size
    if not is_full(before, body.right):
        return False
    shift = line.x0 - body.left
    ended = ends_sentence(before.text)
    if begins_article(line.text) and (ended or shift > 1.2 * line.size):
        return False
    if shift > 1.2 * line.size:
        hanging = abs(line.x0 - before.x0) < 0.5 * line.size and not ended
        return hanging and not begins_item(line.text)
    return body.indented or not ended


def _centred(line: Line, body: Measure) -> bool:
    left, right = line.x0 - body.left, body.right - line.x1
    margin = 0.6 if line.size > _LARGER * body.size else 2.2
    return left > margin * line.size and abs(left - right) < max(1.5 * line.size, 0.12 * (left + right))


def with_headings(drafts: Sequence[Draft], body: Measure) -> list[Paragraph]:
    """The paragraphs with their levels: larger, or bolder than the body; the largest at the top is the title."""
    sizes = sorted({_step(draft) for draft in drafts if _stands_out(draft, body)}, reverse=True)
    top = _title_at(drafts, body)
    result = []
    for at, draft in enumerate(drafts):
        paragraph = draft.paragraph
        if _stands_out(draft, body):
            paragraph = replace(paragraph, level=min(6, 1 + sizes.index(_step(draft))), title=at == top)
        result.append(paragraph)
    return result


def _title_at(drafts: Sequence[Draft], body: Measure) -> int | None:
    """The first of the largest centred lines before the second page's end, None where nothing stands out."""
    first = drafts[0].paragraph.place.page or 1 if drafts else 1
    able = [
        (-_step(draft)[0], at)
        for at, draft in enumerate(drafts)
        if draft.paragraph.centred
        and draft.size > _LARGER * body.size
        and (draft.paragraph.place.page or 1) <= first + 1
    ]
    return min(able)[1] if able else None


def _step(draft: Draft) -> tuple[float, bool]:
    return round(draft.size), draft.bold


def _stands_out(draft: Draft, body: Measure) -> bool:
    text = draft.paragraph.text
    if len(text) > _LONGEST_HEADING or text.endswith(("。", "；", "，", "：")):
        return False
    return draft.size > _LARGER * body.size or (draft.bold and not body.bold and draft.size > 0.9 * body.size)
