"""A notice and its annexes (印发通知与附件): where the issued document begins inside the file."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from ingest.parsers.wording import plain, without_emphasis
from ingest.readers.model import Block, Paragraph

_ANNEX = re.compile(r"^附(?:件|录|表)?\s*(?P<number>\d{1,2}|[一二三四五六七八九十]{1,3})?\s*[:：]?$")
_ISSUED = re.compile(r"印发[《<〈](?P<title>.+)[》>〉](?:等\S*)?的?通知")
_LONGEST_TITLE = 60


@dataclass(slots=True)
class GuidancePart:
    """The notice itself (``mark`` and ``title`` None) or one annex: its mark (附件1), its title, its blocks."""

    mark: str | None
    title: str | None
    blocks: list[Block] = field(default_factory=list)


def split_parts(blocks: Sequence[Block], title: str) -> list[GuidancePart]:
    """The notice and its annexes in printed order; a document without annexes is one part."""
    issued = _ISSUED.search(plain(title))
    wanted = plain(issued["title"]) if issued else None
    parts = [GuidancePart(None, None)]
    for block in blocks:
        words = without_emphasis(block.text) if isinstance(block, Paragraph) else ""
        annex = _ANNEX.match(words)
        last = parts[-1]
        if annex is not None:
            parts.append(GuidancePart("附件" + (annex["number"] or ""), None))
        elif wanted is not None and plain(words) == wanted and last.title is None and parts[0].blocks:
            if last.mark is None or last.blocks:
                parts.append(GuidancePart("附件", words))
            else:
                last.title = words
        elif last.mark is not None and last.title is None and not last.blocks and 0 < len(words) <= _LONGEST_TITLE:
            last.title = words
        else:
            last.blocks.append(block)
    return [part for part in parts if part.blocks or part.title]
