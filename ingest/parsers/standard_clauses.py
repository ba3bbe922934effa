"""Clauses of a standard (标准条款): 4.1.2 with its words, also where the print lost the points between the digits."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.parsers.wording import half_width

Number = tuple[int, ...]

_POINTED = re.compile(
    r"^(?P<number>\d{1,2}(?:\s?[.．·]\s?\d{1,2}){1,4})[.．]?(?:\s+|$|(?=[^\d\s.．%‰]))(?P<words>.*)$", re.DOTALL
)
_TOP = re.compile(r"^(?P<number>\d{1,2})(?:[.．、]?\s+|(?=[\u4e00-\u9fff]))(?P<words>[\u4e00-\u9fff].*)$", re.DOTALL)
_RUN = re.compile(r"^(?P<number>\d{2,6})(?:\s+|(?=[\u4e00-\u9fffA-Z])|$)(?P<words>.*)$", re.DOTALL)
_ANNEX = re.compile(r"^附\s*录\s*(?P<letter>[A-Z])(?:[（(](?P<kind>[^）)]*)[）)])?\s*(?P<words>.*)$", re.DOTALL)
_ANNEX_CLAUSE = re.compile(
    r"^(?P<number>[A-Z](?:\s?[.．]\s?\d{1,2}){1,4})(?:\s+|$|(?=[^\d\s.．]))(?P<words>.*)$", re.DOTALL
)
_LONGEST_TOP = 30
_DEEPEST = 5


@dataclass(frozen=True, slots=True)
class Clause:
    """The head of a clause: its number as a citation writes it (4.1.2, A.1), the words after it.

    ``repaired``: the print has no points between the digits (４１２); the order of the clauses shows where they were.
    """

    label: str
    words: str
    number: Number = ()
    repaired: bool = False


def clause_of(text: str, after: Number, *, marked: bool = False) -> Clause | None:
    """The clause that a paragraph opens when ``after`` was the last one; None for running text.

    A number counts only where it can follow: 4.1.2 after 4.1.1, 4.1 or 4; so a figure at the head of a line is none.
    """
    plain = half_width(text).strip()
    if match := _POINTED.match(plain):
        number = tuple(int(n) for n in re.split(r"\s?[.．·]\s?", match["number"]))
        return Clause(_label(number), _rest(text, match["words"]), number) if _follows(number, after) else None
    if match := _TOP.match(plain):
        number = (int(match["number"]),)
        heading = len(match["words"]) <= _LONGEST_TOP and not match["words"].endswith(("。", "；"))
        if heading and _follows(number, after):
            return Clause(_label(number), _rest(text, match["words"]), number)
    if match := _RUN.match(plain):
        found = _split_run(match["number"], after)
        if found is not None and (match["words"] or marked or len(found) > 1):
            return Clause(_label(found), _rest(text, match["words"]), found, repaired=True)
    return None


def annex_of(text: str) -> Clause | None:
    """The annex that a paragraph opens: 附录A（规范性附录）."""
    match = _ANNEX.match(half_width(text).strip())
    if match is None or len(text) > 2 * _LONGEST_TOP:
        return None
    return Clause(f"附录{match['letter']}", match["words"].strip())


def annex_clause_of(text: str, letter: str) -> Clause | None:
    """A clause inside annex ``letter``: A.1."""
    match = _ANNEX_CLAUSE.match(half_width(text).strip())
    if match is None or not match["number"].startswith(letter):
        return None
    return Clause("".join(match["number"].split()).replace("．", "."), _rest(text, match["words"]))


def _follows(number: Number, after: Number) -> bool:
    """Whether a clause may come after another: the next beside it or beside one above it, or the first below it.

    One number may be missing between two (a clause that is a table); the first clause of a document is 1 or 1.1.
    """
    if not after:
        return number in ((1,), (1, 1), (1, 0), (1, 0, 1))
    if len(number) == len(after) + 1 and number[:-1] == after:
        return number[-1] in (0, 1, 2)
    if len(number) == len(after) + 2 and number[: len(after)] == after:
        return all(n in (0, 1) for n in number[len(after) :])
    if 0 < len(number) <= len(after):
        head, last = number[:-1], number[-1]
        return head == after[: len(head)] and after[len(head)] < last <= after[len(head)] + 2
    if len(number) == len(after) + 1:  # 5.1 after 4
        return number[:-2] == after[:-1] and number[-2] == after[-1] + 1 and number[-1] == 1
    return False


def _split_run(digits: str, after: Number) -> Number | None:
    """The clause that digits without points mean, where exactly one clause that may follow is written so."""
    candidates = {c for c in _next_clauses(after) if "".join(map(str, c)) == digits}
    return candidates.pop() if len(candidates) == 1 else None


def _next_clauses(after: Number) -> set[Number]:
    """The clauses that follow without a gap: first below, next beside, next beside each one above."""
    if not after:
        return {(1, 1)}
    beside = {(*after[:depth], after[depth] + 1) for depth in range(len(after))}
    below = {(*after, 1), (*after, 1, 1)} if len(after) < _DEEPEST else set()
    return {c for c in beside | below | {(*b, 1) for b in beside} if len(c) > 1}


def _label(number: Number) -> str:
    return ".".join(map(str, number))


def _rest(text: str, words: str) -> str:
    """The words after the number as printed: NFKC keeps the number of characters for all but a few signs."""
    stripped = text.strip()
    tail = stripped[len(stripped) - len(words) :] if words else ""
    return tail if half_width(tail) == words else words
