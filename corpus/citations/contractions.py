"""Contracted titles (缩略名称) that can be made safely: 大气污染防治法 → 大气污染法, 海域使用管理法 → 海域使用法."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from corpus.citations.keys import short_title, title_key

# A stem of two letters or more, a word that says no more than "law about", and 法.
_FILLED = re.compile(
    r"(?P<stem>.{2,}?)(?:污染环境防治|污染防治|防治|监督管理|管理|权益保障|权益保护|保护|保障|促进)法$"
)
_POLLUTION = re.compile(r"(?P<stem>.+?污染)(?:环境)?防治法$")
_SUPERVISION = re.compile(r"(?P<stem>.+?)监督管理法$")
_ISSUED = re.compile(r"(?:全国人民代表大会(?:常务委员会)?|国务院)(?P<subject>关于.+)$")


def unique_contractions(titles: Iterable[str]) -> dict[str, str]:
    """Contraction → full title, for contractions that only one of ``titles`` has."""
    made = [(name, title) for title in titles for name in _contractions(short_title(title))]
    owners = Counter(title_key(name) for name, _ in dict.fromkeys(made))
    return {name: title for name, title in made if owners[title_key(name)] == 1}


def _contractions(title: str) -> set[str]:
    names = set()
    if (filled := _FILLED.match(title)) and filled["stem"][-1] not in "和与及":
        names.add(f"{filled['stem']}法")
    if pollution := _POLLUTION.match(title):
        names.add(f"{pollution['stem']}法")
    if supervision := _SUPERVISION.match(title):
        names.add(f"{supervision['stem']}监管法")
    if issued := _ISSUED.match(title):
        names.add(issued["subject"])
    return names
