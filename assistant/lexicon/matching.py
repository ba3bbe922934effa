"""Finding spoken forms in a question (口语匹配): the longest form at each place, small words between let pass.

People say ``改了生产日期``, ``没驾照还开车``; the lexicon writes ``改生产日期``, ``没驾照开车``. Inside a form the
question may therefore hold up to three particles and pronouns in a row, which carry no matter of law. Negations
are never let pass, and 没有 is read as 没.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache

from assistant.lexicon.entries import Entry

PARTICLES = frozenset("了着过的地得我你您他她它们咱俺个这那些一把被给又还都就也在")
MAX_SKIPPED = 3

# One character for one, so that spans in the folded text are spans in the question.
_FOLD = {code: chr(code + 32) for code in range(ord("A"), ord("Z") + 1)}
_FOLD |= {code: chr(code - 0xFEE0).lower() for code in range(0xFF01, 0xFF5F)}


@dataclass(frozen=True, slots=True)
class Expansion:
    """Spoken words found in a question (口语命中) and the statute words that answer them.

    ``[start, end)`` is the half-open character span in the question; ``spoken`` is the form as the lexicon writes it.
    """

    spoken: str
    statute: tuple[str, ...]
    start: int
    end: int


@dataclass(frozen=True, slots=True, eq=False)
class _Sense:
    """What an entry says, its required words folded; one per entry, told apart by identity."""

    statute: tuple[str, ...]
    requires: tuple[str, ...]


@dataclass(slots=True)
class _Node:
    """A place in the tree of forms: the next characters, and what is said when a form ends here."""

    following: dict[str, _Node] = field(default_factory=dict)
    said: dict[_Sense, str] = field(default_factory=dict)  # to the form as the entry writes it


@dataclass(frozen=True, slots=True)
class _Match:
    length: int  # of the form, in characters: small words let pass do not make a match longer
    end: int
    said: dict[_Sense, str]


class Lexicon:
    """The entries (词表), ready to be looked up in a question."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.entries: tuple[Entry, ...] = tuple(entries)
        self._root = _Node()
        for entry in self.entries:
            sense = _Sense(entry.terms, tuple(map(fold, entry.requires)))
            for spoken in entry.spoken:
                node = self._root
                for character in fold(spoken).replace("没有", "没"):
                    node = node.following.setdefault(character, _Node())
                node.said.setdefault(sense, spoken)

    def expand(self, question: str) -> list[Expansion]:
        """Find the spoken words of a question (口语扩展), in reading order.

        At each place the longest form counts whose ``requires`` is met; where a form stands in several entries, those
        whose ``requires`` is met go before the one without any. A match that lies wholly inside an earlier one is
        dropped; overlapping ones both count, since ``工地吵得睡不着`` says two things.
        """
        text = fold(question)
        is_met = cache(lambda sense: any(word in text for word in sense.requires))
        found: list[Expansion] = []
        covered = 0
        for start in range(len(text)):
            matches = sorted(_matches(self._root, text, start), key=lambda match: (-match.length, match.end))
            for match in matches:
                if match.end <= covered:
                    continue
                met = [sense for sense in match.said if is_met(sense)] or [s for s in match.said if not s.requires]
                if met:
                    covered = match.end
                    found.extend(Expansion(match.said[sense], sense.statute, start, match.end) for sense in met)
                    break
        return found


def fold(text: str) -> str:
    """Write ASCII letters small and full-width ASCII narrow (ＫＴＶ, KTV → ktv), one character for one."""
    return text.translate(_FOLD)


def _matches(root: _Node, text: str, start: int) -> list[_Match]:
    """Every form that begins at ``start``, small words inside it let pass."""
    matches: list[_Match] = []
    open_ends: list[tuple[_Node, int, int, int]] = [(root, start, 0, 0)]  # node, position, form length, skipped
    while open_ends:
        node, position, length, skipped = open_ends.pop()
        if position == len(text):
            continue
        following = node.following.get(text[position])
        if following is not None:
            if following.said:
                matches.append(_Match(length + 1, position + 1, following.said))
            open_ends.append((following, position + 1, length + 1, 0))
        if length and skipped < MAX_SKIPPED and _may_pass(text, position):
            open_ends.append((node, position + 1, length, skipped + 1))
    return matches


def _may_pass(text: str, position: int) -> bool:
    return text[position] in PARTICLES or text[position - 1 : position + 1] == "没有"
