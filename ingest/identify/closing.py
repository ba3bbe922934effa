"""How a document ends (落款): the organ that signs and the day below it, as notices and decisions carry them."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from ingest.identify.history import read_day
from ingest.parsers.statute_lines import read_annex
from ingest.readers.model import Paragraph, ReadDocument

_DAY_LINE = re.compile(r"[（(]?\s*[12１２一二][\d０-９〇○零一二三四五六七八九]{3}\s*年[^，。；：]{1,10}日\s*[）)]?")
_ORGAN = re.compile(
    r"[\u4e00-\u9fff、（）\s]{2,60}(?:委员会|人民政府|国务院|法院|检察院|公安厅|[部局厅署院办处]|中心|总队|支队|大队|办公[厅室])"
)


@dataclass(frozen=True, slots=True)
class Closing:
    """The organ and the day under a text, each None where no line of its own gives it."""

    issuer: str | None = None
    day: dt.date | None = None


def read_closing(document: ReadDocument) -> Closing:
    """The first signature of ``document``: a line that is an organ, then a line that is a day, the annexes left out."""
    before: str = ""
    for block in document.blocks:
        if not isinstance(block, Paragraph):
            before = ""
            continue
        text = block.text.strip()
        organ = _ORGAN.fullmatch(before)
        if organ is not None and _DAY_LINE.fullmatch(text):
            return Closing("".join(before.split()), read_day(text))
        if text and not (organ is not None and read_annex(text)):
            before = text
    return Closing()
