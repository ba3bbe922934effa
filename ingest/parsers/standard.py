"""Standards and norms (国家标准、行业标准): clauses by their decimal numbers, tables row by row."""

from __future__ import annotations

import re
import unicodedata

from ingest.parsers.wording import article_count, head_lines
from ingest.readers.model import ReadDocument

STANDARD_NUMBER = re.compile(
    r"(?<![A-Za-z])(?P<code>GB|GBJ|GBZ|HJ|JGJ|CJJ|CJ|JB|JT|JTJ|AQ|GA|XF|NY|SB|QB|YY|WS|LY|SL|DL|SY|HG|MZ|RB|DB\s*\d{2,6}|"
    r"T/[A-Z]{2,8})(?P<kind>\s*/\s*[TZ])?\s*(?P<number>\d{1,6}(?:\.\d{1,3})*)\s*[-—―–－~～]+\s*(?P<year>(?:19|20)\d{2})(?!\d)"
)
_CLAUSE = re.compile(r"^\s*\d{1,2}(?:\.\d{1,2}){1,4}(?:[\s\u3000]|(?=[\u4e00-\u9fff]))")
_FIRST_CLAUSE = re.compile(r"^\s*1\s*(?:适用)?范围|^\s*(?:前\s*言|目\s*次)\s*$|^\s*1\s*总\s*则")
_MANY_ARTICLES, _FEW_CLAUSES = 3, 2


def half_width(text: str) -> str:
    """Full-width letters, digits and signs in their half-width form: ＧＢ１２３４８―２００８ → GB12348―2008."""
    return unicodedata.normalize("NFKC", text)


def looks_like_standard(document: ReadDocument) -> bool:
    """Whether a document carries the number of a standard at its head and is drawn up in decimal clauses."""
    if article_count(document) >= _MANY_ARTICLES:
        return False
    if not any(STANDARD_NUMBER.search(half_width(line)) for line in head_lines(document)):
        return False
    texts = [half_width(p.text) for p in document.paragraphs()]
    return sum(bool(_CLAUSE.match(t)) for t in texts) >= _FEW_CLAUSES or any(_FIRST_CLAUSE.match(t) for t in texts)
