"""A draft as a model writes it (草稿): sentence after sentence, with its quotations and its citation keys.

A key stands in square brackets and is one of those handed out with the passages: ``[c1]``, ``[c1][c2]``,
``[c1, c2]``. Brackets may be doubled, full-width or round and letters capital; the key itself is matched exactly, and
whatever else stands in square brackets is a key that does not exist.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container, Iterator
from dataclasses import dataclass

from assistant.citation_check import Quotation

_PAIRS = {"“": "”", "「": "」", "『": "』", "‘": "’", '"': '"', "＂": "＂"}
_CLOSERS = frozenset(_PAIRS.values()) - frozenset(_PAIRS)
_ENDS = "。！？!?"
_OPEN_ENDED = "：:，,、；;"
"""A line that ends so goes on in the next one (处罚依据：⏎ …)."""

_MARK = re.compile(
    r"[\[［](?:[^\[\]［］\n]|[\[［][^\[\]［］\n]*[\]］])*[\]］]"
    r"|[【（(]\s*[cCｃＣ][0-9０-９]+(?:[\s,，、;；]+[cCｃＣ][0-9０-９]+)*\s*[】）)]"
)
_TAIL = re.compile(rf"(?:[^\S\n]|[）)]|(?:{_MARK.pattern})|[{_ENDS}])*")
_BEGUN_MARK = re.compile(
    r"[\[［](?:[^\[\]［］\n]|[\[［][^\[\]［］\n]*[\]］])*(?:[\[［][^\[\]［］\n]*)?$"
    r"|[【（(][\scCｃＣ0-9０-９,，、;；]*$"
)
_KEY_SEPARATOR = re.compile(r"[\s,，、;；\[\]【】()]+")
_MARKUP = re.compile(r"\*\*|__|`|^[^\S\n]*#+[^\S\n]*|<\s*/?\s*(?:条文|问题)\s*>", re.MULTILINE)
"""Marks of Markdown, and those around what the model is given (``assistant.answer.prompts``), which some repeat."""
_ENUMERATOR = re.compile(
    r"""^[^\S\n]*(?:
          [-*•·—]+[^\S\n]+
        | [0-9０-９]{1,2}(?:[.．](?![0-9０-９])|[、)）](?![0-9０-９]))
        | [（(][0-9０-９一二三四五六七八九十]{1,3}[）)]
        | [一二三四五六七八九十]{1,3}、(?![一二三四五六七八九十百千万亿])
        | [①-⑳]
    )[^\S\n]*""",
    re.MULTILINE | re.VERBOSE,
)
_THINKING = ("<think>", "</think>")


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of a sentence with the keys that it claims to rest on; ``text`` holds no marks of keys."""

    text: str
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DraftSentence:
    """One sentence of a draft: as written, its segments in order, and the keys that nobody handed out."""

    written: str
    segments: tuple[Segment, ...]
    unknown_keys: tuple[str, ...]

    @property
    def keys(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(key for segment in self.segments for key in segment.keys))

    @property
    def text(self) -> str:
        return "".join(segment.text for segment in self.segments)


class SentenceSplitter:
    """Cuts a draft into sentences while it is being written; a sentence is given out once it cannot change."""

    def __init__(self) -> None:
        self._pending = ""

    def feed(self, piece: str) -> Iterator[str]:
        """The sentences that ``piece`` completes."""
        self._pending += piece
        yield from self._cut(final=False)

    def finish(self) -> Iterator[str]:
        """What is left when the draft has ended."""
        yield from self._cut(final=True)
        if self._pending.strip():
            yield self._pending
        self._pending = ""

    def _cut(self, *, final: bool) -> Iterator[str]:
        while (end := _sentence_end(self._pending, final=final)) is not None:
            sentence, self._pending = self._pending[:end], self._pending[end:]
            if sentence.strip():
                yield sentence


def _sentence_end(text: str, *, final: bool) -> int | None:
    """End of the first sentence with the keys behind it; None while it may still go on."""
    position = 0
    while position < len(text):
        char = text[position]
        if char in _PAIRS:
            closing = _closing(text, position)
            if closing is not None:
                position = closing
            elif not final and not (char in '"＂' and "\n" in text[position:]):
                return None
        elif char in _ENDS:
            end = _with_tail(text, position + 1)
            if not final and (end == len(text) or _BEGUN_MARK.match(text, end)):
                return None
            return end
        elif char == "\n" and text[:position].strip() and text[:position].rstrip()[-1] not in _OPEN_ENDED:
            return position + 1
        position += 1
    return None


def _with_tail(text: str, end: int) -> int:
    match = _TAIL.match(text, end)
    return match.end() if match else end


def read_sentence(written: str, known: Container[str]) -> DraftSentence:
    """One sentence read: its text without mark-up, cut at its keys; ``known`` are the keys handed out."""
    text = _MARKUP.sub("", written).strip()
    quotations = find_quotations(text)
    pieces: list[tuple[str, list[str]]] = []
    unknown: list[str] = []
    begin = 0
    for mark in _MARK.finditer(text):
        if any(q.start <= mark.start() < q.end for q in quotations):
            continue
        tokens = [t for t in _KEY_SEPARATOR.split(unicodedata.normalize("NFKC", mark.group()).lower()) if t]
        unknown += [t for t in tokens if t not in known] or ([] if tokens else [mark.group()])
        before = text[begin : mark.start()]
        if pieces and not _has_words(before):
            pieces[-1] = (pieces[-1][0] + before.strip(), pieces[-1][1] + tokens)
        else:
            pieces.append((before, tokens))
        begin = mark.end()
    rest = text[begin:]
    if pieces and not _has_words(rest):
        pieces[-1] = (pieces[-1][0] + rest.strip(), pieces[-1][1])
    elif rest.strip():
        pieces.append((rest, pieces[-1][1] if pieces else []))
    return DraftSentence(written.strip(), tuple(_merged(pieces)), tuple(dict.fromkeys(unknown)))


def _merged(pieces: list[tuple[str, list[str]]]) -> Iterator[Segment]:
    """Segments, neighbours that rest on the same keys taken together, white space at the ends tidied."""
    merged: list[Segment] = []
    for text, keys in pieces:
        segment = Segment(text.rstrip(), tuple(dict.fromkeys(keys)))
        if merged and set(merged[-1].keys) == set(segment.keys):
            merged[-1] = Segment(merged[-1].text + segment.text, merged[-1].keys)
        else:
            merged.append(segment)
    yield from merged


def _has_words(text: str) -> bool:
    return any(unicodedata.category(c)[0] in "LN" for c in text)


# ---- quotation marks ---------------------------------------------------------------------------------------------


def find_quotations(text: str) -> list[Quotation]:
    """The outermost quotations of a sentence, in any kind of marks."""
    return _quotations(text)[0]


def has_stray_mark(text: str) -> bool:
    """Whether a quotation mark has no partner, so that nobody can say what is quoted."""
    return _quotations(text)[1]


def _quotations(text: str) -> tuple[list[Quotation], bool]:
    found: list[Quotation] = []
    stray = False
    position = 0
    while position < len(text):
        char = text[position]
        if char in _PAIRS and (closing := _closing(text, position)) is not None:
            found.append(Quotation(text[position + 1 : closing], position + 1, closing))
            position = closing
        elif char in _PAIRS or char in _CLOSERS:
            stray = True
        position += 1
    return found, stray


def _closing(text: str, opening: int) -> int | None:
    """Position of the mark that closes the one at ``opening``; marks of the same kind may nest."""
    opener = text[opening]
    closer = _PAIRS[opener]
    if opener == closer:
        end = text.find(closer, opening + 1)
        return end if end > 0 and "\n" not in text[opening:end] else None
    depth = 0
    for position in range(opening, len(text)):
        depth += {opener: 1, closer: -1}.get(text[position], 0)
        if depth == 0:
            return position
    return None


# ---- what is not the answer's own words --------------------------------------------------------------------------


def without_enumerators(text: str) -> str:
    """The text with list numbers at the head of lines (1. （一） 一、) blanked out, of the same length."""
    return _ENUMERATOR.sub(lambda match: "\u3000" * len(match.group()), text)


def without_thinking(pieces: Iterator[str]) -> Iterator[str]:
    """The draft without the ``<think>…</think>`` that some models put before it."""
    opening, closing = _THINKING
    head = ""
    for piece in pieces:
        head += piece
        plain = head.lstrip()
        if plain.startswith(opening):
            if closing not in plain:
                continue
            head = plain.split(closing, 1)[1]
        elif opening.startswith(plain):
            continue
        yield head
        yield from pieces
        return
    if not head.lstrip().startswith(opening):
        yield head
