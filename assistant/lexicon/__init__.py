"""Owns the spoken-word lexicon (口语词表): what people say, beside the words the statutes use for it.

The entries are TOML files in this folder, one per field of enforcement; ``README.md`` says how to write one. Nothing
here changes a question: an :class:`Expansion` only tells retrieval which statute words to look for as well.
"""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from corpus.errors import SourceUnreadable

__all__ = ["Entry", "Expansion", "Lexicon", "load_lexicon", "read_entries"]

# One character for one, so that spans in the folded text are spans in the question.
_FOLD = {code: chr(code + 32) for code in range(ord("A"), ord("Z") + 1)}
_FOLD |= {code: chr(code - 0xFEE0).lower() for code in range(0xFF01, 0xFF5F)}


class Entry(BaseModel):
    """One line of the lexicon (词条): spoken forms on one side, words of the law on the other.

    ``statute`` holds words exactly as national statutes print them; ``outside`` holds words of regulations and rules
    that the national corpus does not carry. With ``requires`` the entry counts only in a question that also contains
    one of those words: ``本子`` means 机动车驾驶证 beside ``开车``, and a notebook elsewhere.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, strict=False)

    spoken: tuple[str, ...] = Field(min_length=1)
    statute: tuple[str, ...] = ()
    outside: tuple[str, ...] = ()
    requires: tuple[str, ...] = ()

    @property
    def terms(self) -> tuple[str, ...]:
        """The words to look for, those of the national statutes first."""
        return self.statute + self.outside


@dataclass(frozen=True, slots=True)
class Expansion:
    """Spoken words found in a question (口语命中) and the statute words that answer them.

    ``[start, end)`` is the half-open character span in the question; ``spoken`` is the form as the lexicon writes it.
    """

    spoken: str
    statute: tuple[str, ...]
    start: int
    end: int


class Lexicon:
    """The entries (词表), ready to be looked up in a question.

    A dictionary probe per start and length needs no automaton: forms are at most a dozen characters long.
    """

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.entries: tuple[Entry, ...] = tuple(entries)
        self._by_form: defaultdict[str, list[tuple[str, Entry]]] = defaultdict(list)
        lengths: defaultdict[str, set[int]] = defaultdict(set)
        for entry in self.entries:
            for spoken in entry.spoken:
                form = fold(spoken)
                self._by_form[form].append((spoken, entry))
                lengths[form[0]].add(len(form))
        self._lengths = {first: sorted(found, reverse=True) for first, found in lengths.items()}

    def expand(self, question: str) -> list[Expansion]:
        """Find the spoken words of a question (口语扩展), in reading order.

        At each place the longest form counts whose ``requires`` is met. A match that lies wholly inside an earlier
        one is dropped; overlapping ones both count, since ``工地吵得睡不着`` says two things.
        """
        text = fold(question)
        found: list[Expansion] = []
        covered = 0
        for start in range(len(text)):
            matches = self._longest_at(text, start)
            if matches and matches[0].end > covered:
                covered = matches[0].end
                found.extend(matches)
        return found

    def _longest_at(self, text: str, start: int) -> list[Expansion]:
        for length in self._lengths.get(text[start], ()):
            end = start + length
            matches = [
                Expansion(spoken, entry.terms, start, end)
                for spoken, entry in self._by_form.get(text[start:end], ())
                if not entry.requires or any(fold(word) in text for word in entry.requires)
            ]
            if matches:
                return matches
        return []


def fold(text: str) -> str:
    """Write ASCII letters small and full-width ASCII narrow (ＫＴＶ, KTV → ktv), one character for one."""
    return text.translate(_FOLD)


def read_entries(source: Traversable) -> Iterator[Entry]:
    """Read the entries of one TOML file (``[[entry]]`` tables).

    Raises :class:`SourceUnreadable` naming the file and the entry, counted from 1.
    """
    try:
        tables = tomllib.loads(source.read_text(encoding="utf-8"))["entry"]
    except (tomllib.TOMLDecodeError, KeyError) as error:
        raise SourceUnreadable(
            f"cannot be read as a lexicon: {error}.", where=source.name, remedy="Write TOML with [[entry]] tables."
        ) from error
    for number, table in enumerate(tables, start=1):
        try:
            yield Entry.model_validate(table)
        except ValidationError as error:
            fault = error.errors()[0]
            raise SourceUnreadable(
                f"{'.'.join(map(str, fault['loc']))}: {fault['msg']}.",
                where=f"{source.name}, entry {number}",
                remedy="An entry has spoken, statute and, where needed, outside and requires: lists of words.",
            ) from error


@cache
def load_lexicon() -> Lexicon:
    """Load the lexicon that comes with the package; read once per process."""
    sources = sorted((item for item in files(__name__).iterdir() if item.name.endswith(".toml")), key=lambda i: i.name)
    return Lexicon(entry for source in sources for entry in read_entries(source))
