"""Checking the citations of a document (文书引用核对): each one's state, and each quotation beside it, word by word.

Pure: the citations are already read and resolved (``CiteResponse``); here quotations are found in the text and
compared with what the resolved provision says. A quotation belongs to a citation when nothing stands between them but
the words that introduce a quotation (规定：, 所称的) or, for one that precedes its citation, an opening bracket.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.contract import CheckedCitation, CheckResponse, CiteResponse, CiteResult, QuoteCheck, Span
from corpus.vocabulary import State

_QUOTATION = re.compile('「([^「」]+)」|『([^『』]+)』|“([^“”]+)”|"([^"\n]+)"')
# 《…》第三十三条第一款明确规定：“…”
_INTRODUCTION = re.compile(
    r"\s*[）)]?\s*(?:中|之|的)?(?:明确|已|均|也|亦)?(?:规定|载明|指出|要求|明确|写明|称|所称|所说|所指)?(?:的是|的)?\s*[,，:：]?\s*"
)
# “…”（《…》第三十三条）
_FOLLOWING_CITATION = re.compile(r"\s*[，,。；;]?\s*[（(〔\[]?\s*(?:见|参见|依据|根据|引自|——|—)?\s*")
_OMISSION = re.compile(r"…+|\.{3,}|\[…+\]|（略）")
_BLANK = re.compile(r"\s+")
_CLOSING = "。；，、：;,.:"


@dataclass(frozen=True, slots=True)
class Quotation:
    """A quotation found in a text: the words between the marks, and their half-open span."""

    words: str
    start: int
    end: int


def find_quotations(text: str) -> list[Quotation]:
    """All quotations of a text in 「」 『』 “” or straight marks, outermost only, in order."""
    found = []
    for match in _QUOTATION.finditer(text):
        group = match.lastindex or 0
        found.append(Quotation(match.group(group), match.start(group), match.end(group)))
    return found


def is_verbatim(quotation: str, provision: str) -> bool:
    """Whether the quoted words stand in the provision, in order, character by character.

    White space does not count, since a document breaks its lines where it likes. An omission mark (……) stands for
    any words between two parts. One closing punctuation mark may be the quoting sentence's own.
    """
    rest = _BLANK.sub("", provision)
    parts = [_BLANK.sub("", part) for part in _OMISSION.split(quotation)]
    parts[-1] = parts[-1][:-1] if parts[-1].endswith(tuple(_CLOSING)) else parts[-1]
    parts = [part for part in parts if part]
    for part in parts:
        at = rest.find(part)
        if at < 0:
            return False
        rest = rest[at + len(part) :]
    return bool(parts)


def check_document(text: str, cited: CiteResponse) -> CheckResponse:
    """The report on a document: every citation with its line, state and quotations.

    ``ok`` of a citation needs the state in_force and every quotation verbatim; anything else wants a person's eye.
    """
    lines = _line_starts(text)
    groups = _by_place(cited.results)
    quotations = find_quotations(text)
    owners = list(_assign(text, [span for span, _ in groups], quotations))
    checked = []
    for number, (span, results) in enumerate(groups):
        mine = [q for q, owner in zip(quotations, owners, strict=True) if owner == number]
        quotes = [_compare(q, results, lines) for q in mine]
        whole = all(q.verbatim for q in quotes)
        for position, result in enumerate(results):
            checked.append(
                CheckedCitation(
                    line=_line(lines, span[0]),
                    result=result,
                    quotes=quotes if position == 0 else [],
                    ok=result.state is State.IN_FORCE and (whole or position > 0),
                )
            )
    return CheckResponse(
        as_of=cited.as_of,
        citations=checked,
        counts=dict(Counter(c.result.state for c in checked)),
        ok=all(c.ok for c in checked),
        notes=cited.notes,
    )


def _by_place(results: Sequence[CiteResult]) -> list[tuple[Span, list[CiteResult]]]:
    """Results by the words they were read from, in order: a range or list gives several for one place."""
    groups: dict[Span, list[CiteResult]] = {}
    for result in results:
        groups.setdefault((result.start, result.end), []).append(result)
    return sorted(groups.items())


def _assign(text: str, places: Sequence[Span], quotations: Sequence[Quotation]) -> Iterator[int | None]:
    """For each quotation the index of the citation it belongs to: the one it follows, else the one it precedes."""
    for quotation in quotations:
        opening, closing = quotation.start - 1, quotation.end + 1
        before = [i for i, (_, end) in enumerate(places) if end <= opening]
        after = [i for i, (start, _) in enumerate(places) if start >= closing]
        if before and _INTRODUCTION.fullmatch(text, places[before[-1]][1], opening):
            yield before[-1]
        elif after and _FOLLOWING_CITATION.fullmatch(text, closing, places[after[0]][0]):
            yield after[0]
        else:
            yield None


def _compare(quotation: Quotation, results: Sequence[CiteResult], lines: Sequence[int]) -> QuoteCheck:
    texts = [r.text for r in results if r.text]
    return QuoteCheck(
        quote=quotation.words,
        start=quotation.start,
        end=quotation.end,
        line=_line(lines, quotation.start),
        verbatim=any(is_verbatim(quotation.words, t) for t in texts),
    )


def _line_starts(text: str) -> list[int]:
    return [0, *(m.end() for m in re.finditer(r"\r\n|\r|\n", text))]


def _line(starts: Sequence[int], position: int) -> int:
    return bisect_right(starts, position)
