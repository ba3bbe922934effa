"""Cases (指导案例、典型案例): one document for each case, one row for each of its sections.

A collection of cases in one file gives as many documents, each citable by its own name; what stands before the first
of them is a document of its own, so that nothing is lost.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from corpus.vocabulary import DocumentKind, FindingKind, Severity
from ingest.identify.profile import Profile
from ingest.parsers.blocks import Headings, row_of
from ingest.parsers.case_names import is_case_name
from ingest.parsers.case_parts import CasePart, split_cases
from ingest.parsers.case_sections import SectionKind, section_head
from ingest.parsers.texts import without_effect
from ingest.parsers.wording import article_count, day_on_its_own_line, plain, title_lines
from ingest.readers.model import Block, Paragraph, ReadDocument
from ingest.sources.text import SourceFault, SourceRow, SourceText

WHOLE_TEXT = "全文"
FOREWORD = "引言"

_TITLE = re.compile(
    r"(?:指导性?|典型|参考|示范|警示|执法|处罚|优秀|精品|公报)案例|案例(?:选|汇编|集|[一二三四五六七八九十\d])|以案释法"
)
_MANY_ARTICLES = 12  # a statute; a case quotes a few under 相关法条
_FULL_CASE = 3  # kinds of section that no statute has: facts, result, reasons
_SHORT_FOREWORD = 60  # 最高人民法院发布; longer words are a row of their own


def looks_like_case(document: ReadDocument) -> bool:
    """Whether a document is a case or a collection of cases: it tells facts, and calls itself so or goes on so."""
    heads = [head for p in document.paragraphs() if (head := section_head(p))]
    kinds = {head.kind for head in heads} - {SectionKind.OTHER}
    if article_count(document) >= _MANY_ARTICLES and len(kinds) < _FULL_CASE:
        return False
    named = any(_TITLE.search(plain(t)) or is_case_name(plain(t)) for t in title_lines(document))
    facts = SectionKind.FACTS in kinds
    return (facts and len(kinds) > 1) or (named and bool(kinds))


def parse_cases(document: ReadDocument, profile: Profile) -> list[SourceText]:
    """Every case of a document in printed order, after the foreword of a collection where it has one.

    A section's row is labelled with its name as printed; a case without any known section has one row 全文. The words
    above a case's own name (the rule that it teaches, the title of the collection) head its rows.
    """
    blocks = [b for b in document.blocks if not _repeats_title(b, profile.title)]
    foreword, parts = split_cases(blocks)
    if len(parts) <= 1:
        part = parts[0] if parts else CasePart(None, ())
        return [_case(replace(part, blocks=(*foreword, *part.blocks)), profile, above=None)]
    words = row_of(FOREWORD, foreword)
    profile = replace(profile, published=profile.published or day_on_its_own_line(words.text))
    texts = [without_effect(profile, DocumentKind.CASE, [words])] if foreword else []
    return texts + [_case(part, profile, above=profile.title) for part in _distinct(parts, profile.title)]


def _repeats_title(block: Block, title: str) -> bool:
    return isinstance(block, Paragraph) and (block.title or plain(block.text) == plain(title))


def _distinct(parts: Sequence[CasePart], collection: str) -> list[CasePart]:
    """The parts under names that tell them apart: without words 《集名》案例二, of one name 某公司违法案（案例二）."""
    names = Counter(part.name for part in parts)
    named = []
    for position, part in enumerate(parts, start=1):
        number = part.number or f"案例{position}"
        if part.name is None:
            named.append(replace(part, name=f"{collection}{number}"))
        elif names[part.name] > 1:
            named.append(replace(part, name=f"{part.name}（{number}）"))
        else:
            named.append(part)
    return named


def _case(part: CasePart, profile: Profile, above: str | None) -> SourceText:
    title = part.name or profile.title
    over = part.above or above
    if part.name is not None and over is None and plain(part.name) != plain(profile.title):
        over = profile.title
    headings = Headings(part=over)
    rows, annotation, faults = _rows(part.blocks, headings)
    published = profile.published or day_on_its_own_line(annotation)
    notes = "\n".join(words for words in (profile.annotation, annotation) if words)
    return without_effect(
        profile, DocumentKind.CASE, rows, title=title, annotation=notes, published=published, faults=faults
    )


def _rows(blocks: Sequence[Block], headings: Headings) -> tuple[list[SourceRow], str, list[SourceFault]]:
    """The rows of a case, the short words before its first section (issuer, date), and sections without words."""
    before, sections = _sections(blocks)
    if not sections:
        return ([row_of(WHOLE_TEXT, before, headings)] if before else []), "", []
    rows, faults, annotation = [], [], ""
    if before:
        row = row_of(FOREWORD, before, headings)
        if len(row.text) > _SHORT_FOREWORD:
            rows.append(row)
        else:
            annotation = row.text
    for name, first, body in sections:
        row = row_of(name, body, headings, first=first)
        if row.text:
            rows.append(row)
        else:
            faults.append(SourceFault(FindingKind.EMPTY_TEXT, Severity.INFO, name, "该栏目只有标题，没有文字。"))
    return rows, annotation, faults


def _sections(blocks: Sequence[Block]) -> tuple[list[Block], list[tuple[str, str, list[Block]]]]:
    """What stands before the first section, and each section: name as printed, words on its own line, blocks.

    A heading of a lower rank than the section's own, with a name of its own, is part of the section.
    """
    before: list[Block] = []
    sections: list[tuple[str, str, list[Block]]] = []
    level: int | None = None
    for block in blocks:
        head = section_head(block) if isinstance(block, Paragraph) else None
        own = head is not None and head.kind is SectionKind.OTHER
        lower = isinstance(block, Paragraph) and block.level is not None and level is not None and block.level > level
        if head is not None and isinstance(block, Paragraph) and not (own and lower):
            level = block.level if block.level is not None else level
            sections.append((head.name, head.rest, [block]))
        elif sections:
            sections[-1][2].append(block)
        else:
            before.append(block)
    return before, sections
