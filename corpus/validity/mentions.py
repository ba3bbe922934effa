"""Who names whom (引用其他法律): a law named in an older text existed before its own text was published."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from corpus.validity.facts import VersionFacts
from corpus.validity.wording import DATE, cite, compact, parse_day, title_key

_QUOTED = re.compile(r"《([^《》]{2,60})》")
# 依照治安管理处罚法的有关规定, 根据宪法和公务员法，制定本法; the words around keep out 劳动法律 and 执业医师法.
_END_OF_NAME = re.compile(r"(?:法|条例)(?=的|规定|第|处罚|、|和|，|。|等|有关|》)")
# A short name counts after these words only: 根据宪法和公务员法，制定本法, but not 执业医师法 for 医师法.
_LEADS = ("中华人民共和国", "依照", "依据", "根据", "按照", "适用", "违反", "、", "和", "与", "以及")
_LONG_NAME = 7  # characters, from which on no other law's name ends in it
_LATER_ACT = re.compile(rf"({DATE})(?![前起以])[^。（）]{{0,40}}?(?:通过|批准|修订|修正|备案)")


@dataclass(frozen=True, slots=True)
class KnownNames:
    """The titles, as ``title_key`` writes them, that a text may name; ``lengths`` by their last two characters."""

    keys: frozenset[str]
    lengths: Mapping[str, tuple[int, ...]]

    @classmethod
    def of(cls, titles: Iterable[str]) -> KnownNames:
        keys = frozenset(title_key(title) for title in titles)
        lengths: dict[str, set[int]] = {}
        for key in keys:
            lengths.setdefault(key[-2:], set()).add(len(key))
        return cls(keys, {tail: tuple(sorted(found, reverse=True)) for tail, found in lengths.items()})


@dataclass(frozen=True, slots=True)
class Mention:
    """A place that names a document: the day by which that place was written, and its citation."""

    day: dt.date
    evidence: str


def later_acts(facts: VersionFacts) -> list[tuple[dt.date, str]]:
    """Acts after the publication that the text itself reproduces, with the provision that holds them.

    《澳门特别行政区基本法》 was published in 1993; the text held annexes decisions up to 2017年11月4日.
    """
    acts: list[tuple[dt.date, str]] = []
    if facts.published is None:
        return acts
    for provision in facts.provisions:
        if "通过" not in provision.text and "批准" not in provision.text and "修" not in provision.text:
            continue
        if "月" not in provision.text:
            continue
        for found in _LATER_ACT.finditer(compact(provision.text)):
            day = parse_day(found[1])
            if day is not None and day > facts.published:
                acts.append((day, cite(facts.document.title, provision.label)))
    return acts


def names_in(facts: VersionFacts, known: KnownNames) -> dict[str, str]:
    """Title key → the first place in the text that names that document; the text's own title is left out."""
    own = title_key(facts.document.title)
    places: dict[str, str] = {}
    for provision in facts.provisions:
        text = provision.text
        if "《" not in text and "法" not in text and "条例" not in text:
            continue
        plain = compact(text)
        for name in _QUOTED.findall(plain):
            key = title_key(name)
            if key in known.keys and key not in places and key != own:
                places[key] = cite(facts.document.title, provision.label)
        for key in _short_names(plain, known):
            if key not in places and key != own:
                places[key] = cite(facts.document.title, provision.label)
    return places


def _short_names(plain: str, known: KnownNames) -> Iterator[str]:
    """Names of documents without 书名号, the longest that fits: 依照治安管理处罚法的有关规定."""
    for name in _END_OF_NAME.finditer(plain):
        end = name.end()
        for length in known.lengths.get(plain[end - 2 : end], ()):
            if length > end or plain[end - length : end] not in known.keys:
                continue
            if length >= _LONG_NAME or plain.endswith(_LEADS, 0, end - length):
                yield plain[end - length : end]
                break
