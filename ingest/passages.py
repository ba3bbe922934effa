"""Passages (检索片段): what the index finds. An article, or the parts of a long one, each with the article's head.

What is encoded (``index_text``) begins with the law's short title, its headings and the article's number, and repeats
the sentence that announces a list of items, with full-width letters and digits (ＧＢ１２３４８) as people type them.
What may be quoted is only the span in the provision's own text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from corpus.structure import Paragraph, split_article
from corpus.vocabulary import Passage, Provision

LIMIT = 400  # characters of law per passage: what a sentence encoder of 512 tokens reads without cutting

_NATION = "中华人民共和国"
_NUMBERING = re.compile(r"^第[零一二三四五六七八九十百]+(?:编|分编|章|节)\s*")
_SENTENCE_END = re.compile(r"[。；](?=[^”’」』）])")
_RULER = re.compile(r"[+|\s-]*[+-]{5,}[+|\s-]*|[|\s]*|!\S*\{.*|height=.*")
_DRAWING = re.compile(r"\s*\|\s*|[ \u2009]+")
_FULL_WIDTH = "".join(chr(c) for first, last in ("０９", "ＡＺ", "ａｚ") for c in range(ord(first), ord(last) + 1))
_AS_TYPED = str.maketrans({c: chr(ord(c) - 0xFEE0) for c in _FULL_WIDTH})
_SHORT_MARK = 4  # 附：  附件一  附表二：
_LONGEST_TITLE = 60  # a longer line is text, not a title


@dataclass(frozen=True, slots=True)
class _Part:
    """A half-open span of the text; ``head`` is the span of the words it cannot be understood without, if outside."""

    start: int
    end: int
    head: tuple[int, int] | None = None

    def read(self, text: str) -> str:
        head = f"{text[slice(*self.head)].strip()}\n" if self.head else ""
        return head + _readable(text[self.start : self.end])

    def fits(self, text: str) -> bool:
        return len(self.read(text)) <= LIMIT


def short_title(title: str) -> str:
    """The title as people write it: 中华人民共和国行政处罚法 → 行政处罚法, also inside 关于修改《…》的决定."""
    return title.replace(_NATION, "")


def split_into_passages(title: str, provision: Provision) -> list[Passage]:
    """The passages of a provision in printed order; together their spans hold every word of it.

    An article of at most ``LIMIT`` characters is one passage. A longer one is cut between paragraphs (款), a paragraph
    that is still too long between its items (项) with the announcing sentence repeated, and what is still too long
    between sentences. Neighbouring parts are joined as long as they fit.
    """
    text = provision.text
    if not text.strip():
        return []
    parts = [_Part(0, len(text))]
    if not parts[0].fits(text):
        pieces = (piece for paragraph in split_article(text).paragraphs for piece in _pieces(text, paragraph))
        parts = list(_joined(text, pieces))
    if provision.article is None and len(parts) > 1:
        parts = _titled(text, parts)
    above = _above(title, provision)
    read = (f"{above}\n{part.read(text)}".translate(_AS_TYPED) for part in parts)
    return [
        Passage(f"{provision.id}@{n}", provision.id, part.start, part.end, index_text)
        for n, (part, index_text) in enumerate(zip(parts, read, strict=True), start=1)
    ]


def _above(title: str, provision: Provision) -> str:
    h = provision.heading
    names = [_NUMBERING.sub("", "".join(name.split())) for name in (h.part, h.subpart, h.chapter, h.section) if name]
    return " ".join([short_title(title), *names, provision.label])


def _readable(text: str) -> str:
    """The words of a text without the drawing of tables and the marks of pictures."""
    lines = (_DRAWING.sub(" ", line).strip() for line in text.split("\n") if not _RULER.fullmatch(line))
    return "\n".join(line for line in lines if line)


def _pieces(text: str, paragraph: Paragraph) -> Iterator[_Part]:
    """A paragraph whole if it fits, else its items, each with the announcing sentence, else its sentences."""
    whole = _Part(paragraph.start, paragraph.end)
    if whole.fits(text):
        yield whole
        return
    announcement = (paragraph.start, paragraph.items[0].start) if paragraph.items else None
    starts = [paragraph.start, *(item.start for item in paragraph.items[1:])]
    for start, end in zip(starts, [*starts[1:], paragraph.end], strict=True):
        part = _part(text, start, end, None if start == paragraph.start else announcement)
        if part.fits(text):
            yield part
        else:
            yield from _sentences(text, part, announcement)


def _sentences(text: str, part: _Part, announcement: tuple[int, int] | None) -> Iterator[_Part]:
    ends = [part.start + m.end() for m in _SENTENCE_END.finditer(text[part.start : part.end])]
    for start, end in zip([part.start, *ends], [*ends, part.end], strict=True):
        if text[start:end].strip():
            yield _part(text, start, end, part.head if start == part.start else announcement)


def _part(text: str, start: int, end: int, head: tuple[int, int] | None) -> _Part:
    """A part without the line breaks around it."""
    words = text[start:end]
    return _Part(end - len(words.lstrip()), start + len(words.rstrip()), head)


def _joined(text: str, pieces: Iterable[_Part]) -> Iterator[_Part]:
    """Neighbours joined while they fit and the announcing sentence of the second is at hand in the first."""
    current: _Part | None = None
    for piece in pieces:
        if current is None:
            current = piece
            continue
        both = _Part(current.start, piece.end, current.head)
        at_hand = piece.head is None or piece.head == current.head or piece.head[0] >= current.start
        if at_hand and both.fits(text):
            current = both
        else:
            yield current
            current = piece
    if current is not None:
        yield current


def _titled(text: str, parts: list[_Part]) -> list[_Part]:
    """The parts of an annex, the later ones under its title: the first short line that is no mark such as 附：."""
    start = 0
    for line in text.split("\n")[:3]:
        if len(line) > _SHORT_MARK and len(line) <= _LONGEST_TITLE and not line.endswith(("。", "；")):
            title = (start, start + len(line))
            return [p if p.head or p.start <= start else replace(p, head=title) for p in parts]
        start += len(line) + 1
    return parts
