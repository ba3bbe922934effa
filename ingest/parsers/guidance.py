"""Guidance (工作指引、意见、手册、通知、解答): rows by the document's own numbering."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from corpus.vocabulary import DocumentKind
from ingest.identify.profile import Profile
from ingest.parsers.guidance_parts import GuidancePart, split_parts
from ingest.parsers.guidance_rows import rows_of_part
from ingest.parsers.texts import without_effect
from ingest.parsers.wording import article_count, day_on_its_own_line, plain, title_lines
from ingest.readers.model import Block, Paragraph, ReadDocument
from ingest.sources.text import SourceRow, SourceText

_TITLE = re.compile(
    r"(?:指引|指南|手册|解答|问答|答疑|工作规范|操作规范|工作规程|工作流程|工作要点|工作方案|实施方案|意见|通知|函|批复|"
    r"答复|复函|提示|须知|口径|纪要|说明|解读|公告|通告)(?:[（(][^）)]*[）)])*$"
)
_MANY_ARTICLES = 3
_ONE_ANNEX = 2  # the notice and what it issues
_SIGNATURE = 4  # lines at the end among which issuer and day stand


def looks_like_guidance(document: ReadDocument) -> bool:
    """Whether a document calls itself guidance and is not drawn up in articles."""
    named = any(_TITLE.search(plain(line)) for line in title_lines(document))
    return named and article_count(document) < _MANY_ARTICLES


def parse_guidance(document: ReadDocument, profile: Profile) -> list[SourceText]:
    """One text with a row for each unit of the numbering, labelled as people cite it: 一、（二）.

    A notice that issues something (印发通知) comes first as a row of its own, each annex after it under its title.
    """
    blocks = [b for b in document.blocks if not _is_head(b, profile)]
    parts = split_parts(blocks, profile.title)
    rows = [row for part in parts for row in _named(part, rows_of_part(part), several=len(parts) > _ONE_ANNEX)]
    signed = next((day for part in parts if (day := _signed(part)) is not None), None)
    return [without_effect(profile, DocumentKind.GUIDANCE, _told_apart(rows), published=profile.published or signed)]


def _is_head(block: Block, profile: Profile) -> bool:
    """Whether a block repeats the title or the 文号, which stand in the document's own data."""
    if not isinstance(block, Paragraph):
        return False
    known = {plain(profile.title)} | ({plain(profile.number)} if profile.number else set())
    return block.title or plain(block.text) in known


def _signed(part: GuidancePart) -> dt.date | None:
    """The day under the issuer's name at the end of a notice or guide (落款日期)."""
    last = [b.text for b in part.blocks if isinstance(b, Paragraph)][-_SIGNATURE:]
    return day_on_its_own_line("\n".join(last))


def _named(part: GuidancePart, rows: Sequence[SourceRow], *, several: bool) -> list[SourceRow]:
    """The rows of an annex under its mark, where there is more than one annex: 附件2 一、（二）."""
    if part.mark is None or not several:
        return list(rows)
    return [replace(row, label=f"{part.mark} {row.label}") for row in rows]


def _told_apart(rows: Sequence[SourceRow]) -> list[SourceRow]:
    """Rows of one label under different headings, with the heading before the label."""
    counts = Counter(row.label for row in rows)
    told = []
    for row in rows:
        above = next((h for h in (row.section, row.chapter, row.part) if h and not h.startswith(row.label)), None)
        same = counts[row.label] > 1 and above is not None and len(above) + len(row.label) < 60
        told.append(replace(row, label=f"{above} {row.label}") if same else row)
    return told
