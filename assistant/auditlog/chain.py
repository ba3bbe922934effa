"""The chain of hashes (哈希链) as plain functions: how a link is made, and whether a whole chain holds.

A link's hash is sha-256 of the hash before and the canonical JSON of the link. Personal words are in the link only as
a digest with a salt of their own; the words and the salt lie beside the chain. So a word can be erased and the chain
still verifies, and nobody can find out an erased word by guessing it. That a word is missing is accepted only where a
later link of the chain says that it was erased.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

START = "0" * 64
"""What stands for the hash before the first link."""

ERASED = "erased"
"""The fact of an erasure in which it names what it took out: field → numbers, as ``1-5,8``."""


@dataclass(frozen=True, slots=True)
class Link:
    """One link as it is stored."""

    seq: int
    at: str
    act: str
    surface: str
    target: str
    facts: str
    digests: str
    hash: str


@dataclass(frozen=True, slots=True)
class Word:
    """A personal word of a link as it is stored beside the chain."""

    seq: int
    field: str
    person_id: str
    salt: str
    value: str


def canonical(value: Any) -> str:
    """The one way in which a JSON value is written here."""
    return json.dumps(value, ensure_ascii=True, sort_keys=True, separators=(",", ":"))


def link_hash(before: str, link: Link) -> str:
    """Hash of a link, its own ``hash`` aside, after the hash ``before``."""
    payload = canonical([link.seq, link.at, link.act, link.surface, link.target, link.facts, link.digests])
    return hashlib.sha256(f"{before}\n{payload}".encode()).hexdigest()


def word_digest(word: Word) -> str:
    """What stands for a personal word in the chain."""
    return hashlib.sha256(canonical([word.salt, word.field, word.person_id, word.value]).encode()).hexdigest()


def written_ranges(numbers: Iterable[int]) -> str:
    """Numbers as ranges: ``1-5,8``."""
    runs: list[tuple[int, int]] = []
    for number in sorted(set(numbers)):
        if runs and runs[-1][1] == number - 1:
            runs[-1] = (runs[-1][0], number)
        else:
            runs.append((number, number))
    return ",".join(str(a) if a == b else f"{a}-{b}" for a, b in runs)


def read_ranges(text: str) -> Iterator[range]:
    """The ranges that ``written_ranges`` wrote. Raises ValueError for anything else."""
    for part in filter(None, text.split(",")):
        first, _, last = part.partition("-")
        yield range(int(first), int(last or first) + 1)


def erasure_facts(words: Iterable[tuple[int, str]]) -> list[str]:
    """What an erasure says it took out, given (number, field) of each word: ``question:1-5,8``."""
    by_field: dict[str, list[int]] = {}
    for seq, name in words:
        by_field.setdefault(name, []).append(seq)
    return [f"{name}:{written_ranges(numbers)}" for name, numbers in sorted(by_field.items())]


@dataclass(slots=True)
class Fault(Exception):
    """The first thing that is not right in a chain."""

    seq: int | None
    what: str


@dataclass(slots=True)
class Check:
    """A walk along the chain: feed it link by link, in order, then ask ``finish``. Raises Fault at the first fault."""

    noted: str | None = None
    head: str = START
    entries: int = 0
    incomplete: int = 0  # links of which a personal word is missing
    _found_noted: bool = False
    _missing: dict[tuple[int, str], None] = field(default_factory=dict)
    _held: set[tuple[int, str]] = field(default_factory=set)

    def add(self, link: Link, words: Sequence[Word]) -> None:
        """Check the next link with the personal words held for it."""
        expected = self.entries + 1
        if link.seq != expected:
            raise Fault(expected, f"缺少第 {expected} 条（其后为第 {link.seq} 条）")
        if link_hash(self.head, link) != link.hash:
            raise Fault(expected, f"第 {expected} 条与其哈希不符：内容、顺序或上一条被改动")
        self._check_words(link, words)
        if link.act == _ERASURE:
            self._cover(link)
        self.head, self.entries = link.hash, expected
        self._found_noted = self._found_noted or self.head == self.noted

    def _check_words(self, link: Link, words: Sequence[Word]) -> None:
        digests = _digests(link)
        held = {w.field: w for w in words}
        for name, word in held.items():
            if digests.get(name) != word_digest(word):
                raise Fault(link.seq, f"第 {link.seq} 条的个人信息“{name[:40]}”与所记摘要不符")
            self._held.add((link.seq, name))
        missing = digests.keys() - held.keys()
        self._missing.update(dict.fromkeys((link.seq, name) for name in missing))
        self.incomplete += bool(missing)

    def _cover(self, erasure: Link) -> None:
        """Take what an erasure names off the list of missing words."""
        for name, numbers in _erased(erasure):
            for seq in numbers:
                if seq >= erasure.seq:
                    raise Fault(erasure.seq, f"第 {erasure.seq} 条所称删除的是其后的条目")
                if (seq, name) in self._held:
                    raise Fault(seq, f"第 {seq} 条的个人信息已记载删除，却仍在")
                self._missing.pop((seq, name), None)

    def finish(self, stored_head: tuple[int, str] | None) -> None:
        """Check the end: what is missing unexplained, the end that was stored, the head that was noted."""
        if self._missing:
            seq, name = min(self._missing)
            raise Fault(seq, f"第 {seq} 条的个人信息“{name}”缺失，且没有删除记载")
        if stored_head is not None and stored_head != (self.entries, self.head):
            raise Fault(self.entries + 1, f"末尾被截去或改动：应有 {stored_head[0]} 条，现有 {self.entries} 条")
        if stored_head is None and self.entries:
            raise Fault(self.entries, "末尾标记缺失")
        if self.noted not in (None, START) and not self._found_noted:
            raise Fault(self.entries + 1, "没有先前记下的哈希所指的条目：末尾被截去，或整个日志被换过")


_ERASURE = "personal_data_erased"


def _digests(link: Link) -> Mapping[str, str]:
    return {str(k): str(v) for k, v in _object(link, link.digests).items()}


def _erased(erasure: Link) -> Iterator[tuple[str, range]]:
    try:
        for part in _object(erasure, erasure.facts).get(ERASED, ()):
            name, _, numbers = part.partition(":")
            yield from ((name, run) for run in read_ranges(numbers))
    except (ValueError, AttributeError, TypeError):
        raise Fault(erasure.seq, f"第 {erasure.seq} 条的删除记载无法读取") from None


def _object(link: Link, text: str) -> dict[str, Any]:
    try:
        value = json.loads(text)
    except ValueError:
        value = None
    if not isinstance(value, dict):
        raise Fault(link.seq, f"第 {link.seq} 条无法读取")
    return value
