"""Where a proof looks (校验依据): the provisions cited, and every place of the law in force with the same words."""

from __future__ import annotations

import bisect
import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from weakref import WeakKeyDictionary

from assistant.discretion.contract import Desk
from assistant.quiz.material import LawBook, Material, SourceText
from corpus.vocabulary import Provision

_MARKS = re.compile(r"[\s，。；：、“”‘’\"'（）()《》〈〉！？!?,.;:·—\-]+")
_MOST_HITS = 400


def plain(words: str) -> str:
    """Words without white space and punctuation: what is compared."""
    return _MARKS.sub("", words)


def bigrams(words: str) -> frozenset[str]:
    return frozenset(words[i : i + 2] for i in range(len(words) - 1)) or frozenset((words,))


def likeness(first: str, second: str) -> float:
    """Jaccard likeness of the character bigrams of two plain texts, 0 to 1."""
    a, b = bigrams(first), bigrams(second)
    return len(a & b) / len(a | b)


def contained(part: str, whole: str) -> float:
    """Share of the bigrams of ``part`` that ``whole`` has, 0 to 1."""
    a = bigrams(part)
    return len(a & bigrams(whole)) / len(a)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A line of a provision without punctuation."""

    provision_id: str
    words: str


class Concordance:
    """Every line of the law in force, to be searched for words (字句索引). Built once for a law book."""

    def __init__(self, book: LawBook) -> None:
        self._paragraphs: list[Paragraph] = []
        starts: list[int] = []
        at = 0
        parts: list[str] = []
        for _text, provision in book.provisions():
            for line in provision.text.split("\n"):
                words = plain(line)
                if words:
                    self._paragraphs.append(Paragraph(provision.id, words))
                    starts.append(at)
                    parts.append(words)
                    at += len(words) + 1
        self._starts = starts
        self._all = "\n".join(parts)

    def lines_with(self, words: str) -> Iterator[Paragraph]:
        """Lines that have the plain words, each once, at most some hundred."""
        if not words:
            return
        at, last, found = self._all.find(words), -1, 0
        while at >= 0 and found < _MOST_HITS:
            number = bisect.bisect_right(self._starts, at) - 1
            if number != last:
                yield self._paragraphs[number]
                found += 1
                last = number
            at = self._all.find(words, at + 1)


@dataclass(frozen=True)
class Evidence:
    """What is known on the day of the item (校验所见)."""

    book: LawBook
    desk: Desk | None = None
    others: Mapping[str, tuple[SourceText, Provision]] = field(default_factory=dict)
    """Provisions of benchmarks, lists and cases, by id."""

    @classmethod
    def of(cls, material: Material) -> Evidence:
        """All that the material holds."""
        others = {p.id: (t, p) for t in material.texts for p in t.provisions if p.id not in material.book.by_provision}
        return cls(material.book, material.desk, others)

    @property
    def day(self) -> dt.date:
        return self.book.day

    def provision(self, provision_id: str) -> tuple[SourceText, Provision] | None:
        """A provision in force on the day, or of a document that is no law; None where there is none."""
        return self.book.by_provision.get(provision_id) or self.others.get(provision_id)

    @property
    def concordance(self) -> Concordance:
        return _concordance(self.book)


_CONCORDANCES: WeakKeyDictionary[LawBook, Concordance] = WeakKeyDictionary()


def _concordance(book: LawBook) -> Concordance:
    """The concordance of a book, made when first wanted and kept as long as the book."""
    kept = _CONCORDANCES.get(book)
    if kept is None:
        kept = _CONCORDANCES[book] = Concordance(book)
    return kept
