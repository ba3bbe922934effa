"""Which words of a provision are printed (摘引): all of them where there is room, else those nearest to the question.

What is chosen keeps its sense: items come with the sentence that announces them, and a paragraph with those that it
refers to and those that refer back to it (前款、第一款), which carry its conditions, its exceptions and what follows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.answer.focus import best, is_clear, standouts
from assistant.answer.lines import merged
from assistant.answer.sanctions import Span
from corpus.errors import InvalidInput
from corpus.numerals import parse_number
from corpus.structure import Paragraph, split_article

LONGEST_LEAD = 160
_PRECEDING = re.compile(r"前(?P<n>[一两二三四五])?款|前[一两二三四五]?项")
_LEANS = re.compile(
    r"\s*(?:对|对于)?(?:有|依照|依据|违反|符合|属于|实施)?(?:本条)?(?:前[一两二三]?款|第[一二三四五六]款)"
)
"""How a paragraph begins that says nothing without the one before it."""
_NUMBERED = re.compile(r"(?<!条)第(?P<n>[一二三四五六七八九十]+)款|本条第(?P<m>[一二三四五六七八九十]+)款")


def portions(text: str, words: frozenset[str], room: int, first: int | None = None) -> tuple[Span, ...]:
    """Spans of the text in its order, at most ``room`` characters together save that something is always given.

    ``first`` is the number of the paragraph that matters most; without it, the one nearest to the words.
    """
    paragraphs = split_article(text).paragraphs
    if not paragraphs:
        return ((0, len(text)),)
    if paragraphs[-1].end - paragraphs[0].start <= room:
        return merged(text, [(p.start, p.end) for p in paragraphs])
    number = first or leading_paragraph(text, words)
    chosen: list[Span] = []
    left = room
    for span in _by_weight(text, paragraphs, number, words):
        alone = len(chosen) == 1 and text[chosen[0][0] : chosen[0][1]].rstrip().endswith("：")
        if span[1] - span[0] <= left:
            chosen.append(span)
        elif not chosen or alone:
            chosen.append(shortened(text, span, max(left, 0)))
        else:
            continue
        left -= chosen[-1][1] - chosen[-1][0]
    return merged(text, chosen)


def leading_paragraph(text: str, words: frozenset[str], among: Sequence[int] | None = None) -> int:
    """Number of the paragraph to tell first: the nearest to the words or, where it leans on another, that one.

    ``among`` are the numbers to choose from.
    """
    paragraphs = [p for p in split_article(text).paragraphs if among is None or p.number in among]
    chosen = paragraphs[best(words, [text[p.start : p.end] for p in paragraphs]) or 0]
    while _LEANS.match(text, chosen.start):
        named = refers_to(text, chosen)
        before = [p for p in paragraphs if p.number in named and p.number < chosen.number]
        if not before:
            break
        chosen = before[0]
    return chosen.number


def leading_words(text: str, words: frozenset[str]) -> str:
    """The paragraph to tell first, of its items only those that are clearly meant."""
    paragraph = split_article(text).paragraphs[leading_paragraph(text, words) - 1]
    near, others = _parts(text, paragraph, words)
    return "".join(text[a:b] for a, b in (*near, *others))


def _by_weight(text: str, paragraphs: Sequence[Paragraph], number: int, words: frozenset[str]) -> Iterator[Span]:
    """Parts of the provision, those that matter most first; none twice."""
    main = paragraphs[number - 1]
    further = [p for p in paragraphs if p is not main]
    named = refers_to(text, main)
    tied = [p for p in further if p.number in named or main.number in refers_to(text, p)]
    rest = [p for p in further if p not in tied]
    near, far = _parts(text, main, words)
    close = [rest[i] for i in standouts(words, [text[p.start : p.end] for p in rest])]
    yield from near
    for paragraph in (*tied, *close):
        yield from _parts(text, paragraph, words)[0]
    yield from far
    for paragraph in rest:
        if paragraph not in close:
            yield from _parts(text, paragraph, words)[0]


def _parts(text: str, paragraph: Paragraph, words: frozenset[str]) -> tuple[list[Span], list[Span]]:
    """The paragraph's own words with the items nearest to the question, and its other items.

    There are no others where one item is clearly meant; where none shares a word, the first one is taken as nearest.
    """
    if not paragraph.items:
        return [(paragraph.start, paragraph.end)], []
    items = [(i.start, i.end) for i in paragraph.items]
    held = [text[a:b] for a, b in items]
    near = standouts(words, held) or [0]
    others = [] if is_clear(words, held) else [item for i, item in enumerate(items) if i not in near]
    return [(paragraph.start, paragraph.items[0].start), *(items[i] for i in near)], others


def refers_to(text: str, paragraph: Paragraph) -> frozenset[int]:
    """Numbers of the paragraphs of the same provision that this one names: 前款, 前两款, 第一款."""
    words = text[paragraph.start : paragraph.end]
    named: set[int] = set()
    for match in _PRECEDING.finditer(words):
        back = parse_number(match["n"]) if match["n"] else 1
        named.update(range(paragraph.number - back, paragraph.number))
    for match in _NUMBERED.finditer(words):
        try:
            named.add(parse_number(match["n"] or match["m"]))
        except InvalidInput:
            continue
    return frozenset(n for n in named if 0 < n != paragraph.number)


def sentences(text: str, start: int = 0, end: int | None = None, ends: str = "。\n") -> list[Span]:
    """Half-open spans of the sentences in a stretch, their full stop included."""
    spans: list[Span] = []
    end = len(text) if end is None else end
    begin = start
    for i in range(start, end):
        if text[i] in ends:
            stop = i if text[i] == "\n" else i + 1
            if text[begin:stop].strip():
                spans.append((begin, stop))
            begin = i + 1
    if text[begin:end].strip():
        spans.append((begin, end))
    return spans


def first_sentence(text: str) -> Span:
    """Span of the first sentence of a provision, not longer than a lead."""
    found = sentences(text)
    return shortened(text, found[0], LONGEST_LEAD) if found else (0, len(text))


def shortened(text: str, span: Span, room: int) -> Span:
    """The span, ended at the last clause boundary that leaves it in the room; a figure is never cut."""
    start, end = span
    if end - start <= room:
        return span
    for marks in ("。；", "，、"):
        cut = max(text.rfind(mark, start, start + room) for mark in marks)
        if cut > start:
            return start, cut + (text[cut] in "。；")
    stops = [i for i in range(start + room, end) if text[i] in "。；，、"]
    return start, stops[0] if stops else end
