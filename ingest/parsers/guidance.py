"""Guidance (工作指引、意见、手册、通知、解答): rows by the document's own numbering."""

from __future__ import annotations

import re

from ingest.parsers.wording import article_count, plain, title_lines
from ingest.readers.model import ReadDocument

_TITLE = re.compile(
    r"(?:指引|指南|手册|解答|问答|答疑|工作规范|操作规范|工作规程|工作流程|工作要点|工作方案|实施方案|意见|通知|函|批复|"
    r"答复|复函|提示|须知|口径|纪要|说明|解读|公告|通告)(?:[（(][^）)]*[）)])*$"
)
_MANY_ARTICLES = 3


def looks_like_guidance(document: ReadDocument) -> bool:
    """Whether a document calls itself guidance and is not drawn up in articles."""
    named = any(_TITLE.search(plain(line)) for line in title_lines(document))
    return named and article_count(document) < _MANY_ARTICLES
