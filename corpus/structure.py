"""Paragraphs, items and subitems (款、项、目) inside the text of one article, each with its half-open span.

A paragraph (款) is a line of the article. Lines that begin with （一） are the items (项) of the paragraph that
announces them; lines that begin with ``1.`` inside an item are its subitems (目). A line after the last item is the
next paragraph, save where the items then go on with the next number: such a line belongs to the item before it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from corpus.errors import InvalidInput
from corpus.numerals import parse_number
from corpus.vocabulary import ProvisionPath


@dataclass(frozen=True, slots=True)
class Subitem:
    """目: ``1.…`` inside an item."""

    number: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Item:
    """项: （一）… with its subitems."""

    number: int
    start: int
    end: int
    subitems: tuple[Subitem, ...] = ()


@dataclass(frozen=True, slots=True)
class Paragraph:
    """款 with its items; the span covers both."""

    number: int
    start: int
    end: int
    items: tuple[Item, ...] = ()


@dataclass(frozen=True, slots=True)
class ArticleStructure:
    """All paragraphs of an article: their spans joined by line breaks are the text."""

    paragraphs: tuple[Paragraph, ...]


_ITEM = re.compile(r"\s*[（(](?P<n>[一二三四五六七八九十百]+)[）)]")
_SUBITEM = re.compile(r"\s*(?:([0-9０-９]{1,3})(?:[.．](?![0-9０-９])|、)|[（(]([0-9０-９]{1,3})[）)]|([①-⑳]))")
# 晋级的条件：（一）…；（二）…。 Some sources print a list in one line.
_INLINE_FIRST = re.compile(r"(?<=[：:])[（(]一[）)]")
_INLINE_NEXT = re.compile(r"(?<=[；;。，])[（(](?P<n>[一二三四五六七八九十]+)[）)](?!项)")
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"


def split_article(text: str) -> ArticleStructure:
    """The paragraphs of ``text`` (the article without its label) with their items and subitems."""
    drafts: list[_Draft] = []
    for start, end in _lines(text):
        item = _number(_ITEM.match(text, start, end))
        subitem = _number(_SUBITEM.match(text, start, end))
        if item is not None:
            _place_item(drafts, _Draft(item, start, end))
        elif subitem is not None and drafts and drafts[-1].expects(subitem):
            drafts[-1].add_subitem(_Draft(subitem, start, end))
        else:
            drafts.append(_Draft(len(drafts) + 1, start, end))
    for draft in drafts:
        if not draft.parts:
            draft.parts = _inline_items(text, draft.start, draft.end)
    return ArticleStructure(tuple(_paragraph(n, draft) for n, draft in enumerate(drafts, start=1)))


def span_of(text: str, path: ProvisionPath) -> tuple[int, int] | None:
    """The half-open span of ``path`` in ``text``; None where the article has no such paragraph, item or subitem.

    第二项 without a paragraph is found where a single paragraph of the article has items; with more, it is None.
    """
    if path == ProvisionPath():
        return 0, len(text)
    paragraphs = split_article(text).paragraphs
    if path.paragraph is not None:
        paragraphs = paragraphs[path.paragraph - 1 : path.paragraph] if path.paragraph > 0 else ()
    else:
        paragraphs = tuple(p for p in paragraphs if p.items)
    if len(paragraphs) != 1:
        return None
    place: Paragraph | Item | Subitem = paragraphs[0]
    if path.item is not None:
        items = [i for i in paragraphs[0].items if i.number == path.item]
        if len(items) != 1:
            return None
        place = items[0]
    if path.subitem is not None:
        subitems = [s for s in place.subitems if s.number == path.subitem] if isinstance(place, Item) else []
        if len(subitems) != 1:
            return None
        place = subitems[0]
    return place.start, place.end


# ---- how lines come together -------------------------------------------------------------------------------


@dataclass(slots=True)
class _Draft:
    """A paragraph, item or subitem while its lines are being gathered."""

    number: int
    start: int
    end: int
    parts: list[_Draft] = field(default_factory=list)
    flat: bool = False  # the paragraph's first level of list is 1. 2. 3.

    def expects(self, subitem: int) -> bool:
        """Whether ``1.`` or the next number continues this paragraph's list."""
        siblings = self.parts if self.flat or not self.parts else self.parts[-1].parts
        return subitem == (siblings[-1].number + 1 if siblings else 1)

    def add_subitem(self, subitem: _Draft) -> None:
        if not self.parts or self.flat:
            self.flat = True
            self.parts.append(subitem)
        else:
            self.parts[-1].parts.append(subitem)
            self.parts[-1].end = subitem.end
        self.end = subitem.end


def _place_item(drafts: list[_Draft], item: _Draft) -> None:
    listing = next((draft for draft in reversed(drafts) if draft.parts), None)
    if listing is not None and item.number == listing.parts[-1].number + 1 and not listing.flat:
        # Lines between two consecutive items belong to the first of them.
        listing.parts[-1].end = drafts[-1].end
        del drafts[drafts.index(listing) + 1 :]
    elif not drafts or (item.number == 1 and drafts[-1].parts):
        drafts.append(_Draft(len(drafts) + 1, item.start, item.end))
    drafts[-1].parts.append(item)
    drafts[-1].end = item.end


def _paragraph(number: int, draft: _Draft) -> Paragraph:
    return Paragraph(
        number,
        draft.start,
        draft.end,
        tuple(
            Item(i.number, i.start, i.end, tuple(Subitem(s.number, s.start, s.end) for s in i.parts))
            for i in draft.parts
        ),
    )


def _lines(text: str) -> list[tuple[int, int]]:
    """Spans of the lines; a blank line counts to the end of the line before it."""
    spans: list[tuple[int, int]] = []
    start = 0
    for line in text.split("\n") if text else ():
        end = start + len(line)
        if spans and (not line.strip() or not text[slice(*spans[-1])].strip()):
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((start, end))
        start = end + 1
    return spans


def _number(match: re.Match[str] | None) -> int | None:
    if match is None:
        return None
    written = next(group for group in match.groups() if group)
    if written in _CIRCLED:
        return _CIRCLED.index(written) + 1
    try:
        return parse_number(written)
    except InvalidInput:
        return None


def _inline_items(text: str, start: int, end: int) -> list[_Draft]:
    first = _INLINE_FIRST.search(text, start, end)
    if not first:
        return []
    starts = [first.start()]
    for match in _INLINE_NEXT.finditer(text, first.end(), end):
        if _number(match) == len(starts) + 1:
            starts.append(match.start())
    if len(starts) == 1:
        return []
    return [_Draft(n, *span) for n, span in enumerate(zip(starts, [*starts[1:], end], strict=True), start=1)]
