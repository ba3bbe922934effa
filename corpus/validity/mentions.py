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
class Mention:
    """A place that names a document: the day by which that place was written, and its citation."""

    day: dt.date
    evidence: str


def text_day(facts: VersionFacts) -> dt.date | None:
    """The day by which the text as held was written: its publication, or a later act that it reproduces.

    《澳门特别行政区基本法》 was published in 1993; the text held annexes decisions up to 2017年11月4日.
    """
    if facts.published is None:
        return None
    return max([facts.published, *(day for day, _ in later_acts(facts))])


def later_acts(facts: VersionFacts) -> list[tuple[dt.date, str]]:
    """Acts after the publication that the text itself reproduces, with the provision that holds them."""
    acts: list[tuple[dt.date, str]] = []
    if facts.published is None:
        return acts
    for provision in facts.provisions:
        if "通过" not in provision.text and "批准" not in provision.text and "修" not in provision.text:
            continue
        for found in _LATER_ACT.finditer(compact(provision.text)):
            day = parse_day(found[1])
            if day is not None and day > facts.published:
                acts.append((day, cite(facts.document.title, provision.label)))
    return acts


def earliest_mentions(inputs: Iterable[VersionFacts]) -> Mapping[str, Mention]:
    """Title key → the earliest place in another document that names it, for the documents among ``inputs``."""
    inputs = list(inputs)
    keys = {title_key(f.document.title) for f in inputs}
    by_tail: dict[str, list[str]] = {}
    for key in sorted(keys, key=len, reverse=True):
        by_tail.setdefault(key[-2:], []).append(key)
    earliest: dict[str, Mention] = {}
    for facts in inputs:
        day = text_day(facts)
        if day is None:
            continue
        own = title_key(facts.document.title)
        for provision in facts.provisions:
            plain = compact(provision.text)
            named = {title_key(name) for name in _QUOTED.findall(plain)} & keys
            for key in named | set(_short_names(plain, by_tail)):
                if key != own and (key not in earliest or day < earliest[key].day):
                    earliest[key] = Mention(day, cite(facts.document.title, provision.label))
    return earliest


def _short_names(plain: str, by_tail: Mapping[str, list[str]]) -> Iterator[str]:
    """Names of documents without 书名号: 依照治安管理处罚法的有关规定."""
    for name in _END_OF_NAME.finditer(plain):
        end = name.end()
        for key in by_tail.get(plain[end - 2 : end], ()):
            if plain.endswith(key, 0, end) and (len(key) >= _LONG_NAME or plain.endswith(_LEADS, 0, end - len(key))):
                yield key
                break
