"""Cases (指导案例、典型案例): one document for each case, one row for each of its sections."""

from __future__ import annotations

import re

from ingest.parsers.case_sections import SectionKind, section_head
from ingest.parsers.wording import article_count, plain, title_lines
from ingest.readers.model import ReadDocument

_TITLE = re.compile(
    r"(?:指导性?|典型|参考|示范|警示|执法|处罚|优秀|精品|公报)案例|案例(?:选|汇编|集|[一二三四五六七八九十\d])|以案释法"
)
_CASE_NAME = re.compile(r"(?:诉.+案|[纠纷行处罚复议违法].*案|一案)(?:[（(].*[）)])?$")
_MANY_ARTICLES = 12  # a statute; a case quotes a few under 相关法条
_FULL_CASE = 3  # kinds of section that no statute has: facts, result, reasons


def looks_like_case(document: ReadDocument) -> bool:
    """Whether a document is a case or a collection of cases: it tells facts, and calls itself so or goes on so."""
    heads = [head for p in document.paragraphs() if (head := section_head(p))]
    kinds = {head.kind for head in heads} - {SectionKind.OTHER}
    if article_count(document) >= _MANY_ARTICLES and len(kinds) < _FULL_CASE:
        return False
    titles = title_lines(document)
    named = any(_TITLE.search(plain(t)) or _CASE_NAME.search(plain(t)) for t in titles)
    facts = SectionKind.FACTS in kinds
    return (facts and len(kinds) > 1) or (named and bool(kinds))
