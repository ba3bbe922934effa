"""The number of a document (文号): 甬政发〔2021〕12号, 国务院令第562号."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice, pairwise

from ingest.readers.model import ReadDocument

_NUMBER = re.compile(
    r"(?P<who>[\u4e00-\u9fff]{1,12})\s*[〔\[（(［【]\s*(?P<year>(?:19|20)\d{2})\s*[〕\]）)］】]\s*第?\s*(?P<number>\d{1,5})\s*号"
)
_ORDER = re.compile(
    r"(?P<who>[\u4e00-\u9fff、]{2,40}?)(?P<what>令|公告)\s*(?:[（(〔](?P<year>\d{4})(?:年)?[）)〕]\s*)?第\s*(?P<number>[\d一二三四五六七八九十百]{1,6})\s*号"
)
_BEFORE = re.compile(r"^.*(?:[日由经的以据]|根据|通过|公布|发布)")
_HEAD = 12  # blocks at the top of a document in which its number stands


def document_number(head: Sequence[str], document: ReadDocument) -> str | None:
    """The number as printed, brackets made alike; only from the head of the document, never from its articles."""
    top = [p.text for p in islice(document.paragraphs(), _HEAD) if len(p.text) <= 60]
    for line in (*head, *top):
        plain = "".join(line.split())
        if match := _NUMBER.search(plain):
            return f"{_BEFORE.sub('', match['who'])}〔{match['year']}〕{match['number']}号"
    for line in (*head, *(first + second for first, second in pairwise(["", *top]))):
        if match := _ORDER.search("".join(line.split())):
            year = f"〔{match['year']}〕" if match["year"] else ""
            who = _BEFORE.sub("", match["who"]).replace("中华人民共和国国务院", "国务院")
            return f"{who}{match['what']}{year}第{match['number']}号"
    return None
