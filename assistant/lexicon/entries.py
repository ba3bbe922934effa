"""The lexicon on disk (词条): what one entry holds, and reading entries and groups from their TOML files."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from importlib.resources.abc import Traversable
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError, model_validator

from corpus.errors import SourceUnreadable

Word = Annotated[str, StringConstraints(pattern=r"^[^\s@]+$")]

# Group name to its words: 夜 → 凌晨, 半夜, 通宵 … An entry writes ``@夜`` for all of them.
Groups = Mapping[str, tuple[str, ...]]


class Entry(BaseModel):
    """One line of the lexicon (词条): spoken forms on one side, words of the law on the other.

    ``statute`` holds words exactly as national statutes print them; ``outside`` holds words of regulations and rules
    that the national corpus does not carry. With ``requires`` the entry counts only in a question that also contains
    one of those words: ``本子`` means 机动车驾驶证 beside ``开车``, and a notebook elsewhere.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    spoken: tuple[Word, ...] = Field(min_length=1)
    statute: tuple[Word, ...] = ()
    outside: tuple[Word, ...] = ()
    requires: tuple[Word, ...] = ()

    @property
    def terms(self) -> tuple[str, ...]:
        """The words to look for, those of the national statutes first."""
        return self.statute + self.outside

    @model_validator(mode="after")
    def _leads_somewhere(self) -> Self:
        if not self.terms:
            raise ValueError("an entry needs a word of the law, in statute or in outside")
        return self


class _Groups(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    group: dict[str, tuple[Word, ...]]


def read_groups(source: Traversable) -> Groups:
    """Read the groups of words (词组) that entries refer to: one ``[group]`` table of name to list.

    Raises :class:`SourceUnreadable` naming the file.
    """
    try:
        return _Groups.model_validate(tomllib.loads(source.read_text(encoding="utf-8"))).group
    except (tomllib.TOMLDecodeError, ValidationError) as error:
        raise SourceUnreadable(
            f"cannot be read as groups of words: {error}.",
            where=source.name,
            remedy="Write one [group] table of name = [words].",
        ) from error


def read_entries(source: Traversable, groups: Groups) -> Iterator[Entry]:
    """Read the entries of one TOML file (``[[entry]]`` tables), each ``@name`` replaced by the words of that group.

    Raises :class:`SourceUnreadable` naming the file and the entry, counted from 1.
    """
    try:
        tables = tomllib.loads(source.read_text(encoding="utf-8"))["entry"]
    except (tomllib.TOMLDecodeError, KeyError) as error:
        raise SourceUnreadable(
            f"cannot be read as a lexicon: {error}.", where=source.name, remedy="Write TOML with [[entry]] tables."
        ) from error
    for number, table in enumerate(tables, start=1):
        where = f"{source.name}, entry {number}"
        for side in ("spoken", "requires"):
            if isinstance(table.get(side), list):
                table[side] = list(_ungroup(table[side], groups, where))
        try:
            yield Entry.model_validate(table)
        except ValidationError as error:
            fault = error.errors()[0]
            raise SourceUnreadable(
                f"{'.'.join(map(str, fault['loc']))}: {fault['msg']}.",
                where=where,
                remedy="An entry has spoken, statute and, where needed, outside and requires: lists of words.",
            ) from error


def _ungroup(words: Iterable[object], groups: Groups, where: str) -> dict[object, None]:
    """Words with each group reference replaced by its words, each word once, in order."""
    found: dict[object, None] = {}
    for word in words:
        if not (isinstance(word, str) and word.startswith("@")):
            found[word] = None
        elif word[1:] in groups:
            found |= dict.fromkeys(groups[word[1:]])
        else:
            raise SourceUnreadable(
                f"there is no group of words {word}.", where=where, remedy="Add it to groups.toml or write the words."
            )
    return found
