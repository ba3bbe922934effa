"""What a law is called (法律名称): from the words people write to the document they mean, and how that was read.

A name stands for a document because it is its title, its title without 中华人民共和国, a name in the table of
officers' names, or a contraction that only one title in the corpus has. Two candidates stay two; a name that is
merely similar is no match.
"""

from __future__ import annotations

import difflib
import tomllib
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files

from corpus.citations import grammar
from corpus.citations.contractions import unique_contractions
from corpus.citations.format import format_title
from corpus.citations.keys import HALF_TO_FULL_BRACKETS, title_key
from corpus.citations.scan import NameScanner
from corpus.citations.titles import quoted_titles, split_edition
from corpus.vocabulary import Document


class HowRead(StrEnum):
    """How a name was read (读法)."""

    EXACT = "exact"  # the title itself
    SHORT_TITLE = "short_title"  # without 中华人民共和国
    TABLE = "table"  # a name from the table of officers' names
    ABBREVIATION = "abbreviation"  # a contraction that only one title has
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class NameMatch:
    """What a written name stands for.

    ``titles`` are the full titles meant: one, several (ambiguous), or none (unknown). ``documents`` are those of
    them that the corpus holds. ``note`` (Chinese) tells the officer how a name was read that is not a title.
    """

    written: str
    documents: tuple[Document, ...]
    titles: tuple[str, ...]
    how: HowRead
    note: str = ""

    @property
    def title(self) -> str | None:
        """The full title, where the name means exactly one."""
        return self.titles[0] if len(self.titles) == 1 else None


@dataclass(frozen=True, slots=True)
class NameMention:
    """A law's name in running text: half-open span (with 《》) and what it stands for."""

    start: int
    end: int
    match: NameMatch


@dataclass(frozen=True, slots=True)
class OfficersNames:
    """The maintained table (执法人员常用简称): name → the full titles it means; and all full titles it knows."""

    titles_of: Mapping[str, tuple[str, ...]]
    titles: tuple[str, ...]


@cache
def officers_names() -> OfficersNames:
    """The table shipped with the package."""
    data = tomllib.loads(files("corpus.citations").joinpath("officers_names.toml").read_text(encoding="utf-8"))
    titles_of = {name: (title,) for title, names in data["names"].items() for name in names}
    titles_of |= {name: tuple(titles) for name, titles in data["ambiguous"].items()}
    return OfficersNames(titles_of, tuple(data["names"]))


class NameTable:
    """All names known for the documents of a corpus, and for those that officers' names point at."""

    def __init__(self, documents: Iterable[Document], table: OfficersNames) -> None:
        self._documents: dict[str, list[Document]] = defaultdict(list)
        for document in documents:
            self._documents[title_key(document.title)].append(document)
        self._titles: dict[str, tuple[str, ...]] = {title_key(title): (title,) for title in table.titles}
        self._titles |= {k: tuple(dict.fromkeys(d.title for d in held)) for k, held in self._documents.items()}
        self._table = {title_key(name): meant for name, meant in table.titles_of.items()}
        titles = [title for same in self._titles.values() for title in same]
        contractions = unique_contractions(titles)
        self._contractions = {
            title_key(name): title
            for name, title in contractions.items()
            if title_key(name) not in self._titles and title_key(name) not in self._table
        }
        self._scanner = NameScanner(
            titles=titles,
            names=[*(n for n, meant in table.titles_of.items() if len(meant) == 1), *contractions],
            doubtful=[name for name, meant in table.titles_of.items() if len(meant) > 1],
        )

    @classmethod
    def from_documents(cls, documents: Iterable[Document]) -> NameTable:
        """The names of ``documents`` together with the maintained table."""
        return cls(documents, officers_names())

    def lookup(self, name: str) -> NameMatch:
        """What ``name`` (with or without 《》, with or without an edition such as （2021修订）) stands for."""
        plain = name.strip().removeprefix("《").removesuffix("》")
        for words in dict.fromkeys((plain, split_edition(plain)[0])):
            match = self._lookup(name, words)
            if match is not None:
                return match
        return NameMatch(name, (), (), HowRead.UNKNOWN)

    def _lookup(self, written: str, words: str) -> NameMatch | None:
        key = title_key(words)
        if titles := self._titles.get(key):
            how = HowRead.EXACT if _same_letters(words, titles) else HowRead.SHORT_TITLE
            return NameMatch(written, tuple(self._documents.get(key, ())), titles, how)
        if key in self._table:
            return self._read_as(written, words, self._table[key], HowRead.TABLE)
        if key in self._contractions:
            return self._read_as(written, words, (self._contractions[key],), HowRead.ABBREVIATION)
        return None

    def _read_as(self, written: str, words: str, meant: Sequence[str], how: HowRead) -> NameMatch:
        keys = [title_key(title) for title in meant]
        documents = tuple(d for key in keys for d in self._documents.get(key, ()))
        titles = tuple(
            title for key, title in zip(keys, meant, strict=True) for title in self._titles.get(key, (title,))
        )
        if len(titles) == 1:
            note = f"“{words}”按{format_title(titles[0])}理解。"
        else:
            note = f"“{words}”可以指{'、'.join(map(format_title, titles))}，请写明。"
        return NameMatch(written, documents, titles, how, note)

    def similar(self, name: str, most: int = 3) -> list[str]:
        """Full titles of the corpus whose words resemble ``name``: to be offered, never to be taken for it."""
        key = title_key(name)
        held = list(self._documents)
        tails = [k for k in sorted(held, key=len, reverse=True) if len(k) > 2 and key.endswith(k)]
        close = difflib.get_close_matches(key, held, n=most, cutoff=0.75)
        return [self._titles[k][0] for k in dict.fromkeys((*tails, *close))][:most]

    # ---- names in running text -----------------------------------------------------------------------------

    def find_names(self, text: str) -> list[NameMention]:
        """Every law's name in ``text``, in order: known names, and unknown titles in 《》 (then without documents)."""
        mentions = []
        for title in (quoted := quoted_titles(text)):
            match = self.lookup(title.words)
            if match.titles or grammar.LAW_WORD.search(split_edition(title.words)[0]):
                mentions.append(NameMention(title.start, title.end, match))
        for start, end in self._scanner.find(text, skip=[(title.start, title.end) for title in quoted]):
            mentions.append(NameMention(start, end, self.lookup(text[start:end])))
        return sorted(mentions, key=lambda mention: mention.start)

    def name_ending_at(self, text: str, end: int) -> int | None:
        """Start of the longest known name that ends at ``end`` and is not the tail of a longer title."""
        return self._scanner.longest_ending(text, end)


def prefer_region(documents: Sequence[Document], regions: Collection[str]) -> tuple[Document, ...]:
    """Of several documents of one title those of ``regions``, where there are any; else all of them."""
    if len(documents) < 2 or len({d.title for d in documents}) > 1:
        return tuple(documents)
    return tuple(d for d in documents if d.region in regions) or tuple(documents)


def _same_letters(words: str, titles: Iterable[str]) -> bool:
    plain = words.translate(HALF_TO_FULL_BRACKETS)
    return any(plain == title.translate(HALF_TO_FULL_BRACKETS) for title in titles)
