"""When two spellings name the same document (名称归一): only what never tells two documents apart is taken away."""

from __future__ import annotations

import re

from corpus.numerals import format_number

HALF_TO_FULL_BRACKETS = str.maketrans("()", "（）")

_STATE = "中华人民共和国"
_DROPPED = re.compile(r"[\s《》〈〉<>“”\"（）()\[\]〔〕]")
_NUMBER = re.compile(r"(?<![0-9０-９])[0-9０-９]{1,2}(?![0-9０-９])")
_ISSUERS = (("全国人民代表大会常务委员会", "全国人大常委会"), ("全国人民代表大会", "全国人大"))


def title_key(title: str) -> str:
    """The comparison form of a title: without 中华人民共和国, brackets and blanks; 全国人大 for its long name.

    刑法修正案（12） and 《中华人民共和国刑法修正案（十二）》 have one key; no other word is changed.
    """
    key = _DROPPED.sub("", title).replace(_STATE, "")
    for long, short in _ISSUERS:
        key = key.replace(long, short)
    return _NUMBER.sub(lambda match: format_number(int(match.group())), key)


def short_title(title: str) -> str:
    """The title without 中华人民共和国 at its head: 行政处罚法."""
    return title.removeprefix(_STATE)
