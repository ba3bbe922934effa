"""Document templates (文书示范文本): the text with its blanks, and a row that lists what must be filled in."""

from __future__ import annotations

import re

from ingest.parsers.template_blanks import count_blanks
from ingest.parsers.wording import all_text, article_count, plain, title_lines
from ingest.readers.model import ReadDocument

_DOCUMENT = re.compile(
    r"(?:通知书|决定书|告知书|催告书|建议书|意见书|委托书|移送函|移送书|申请书|笔录|送达回证|回证|审批表|登记表|呈批表|"
    r"文书|清单|协助函|报告书|确认书|承诺书|备案表|审查表|登记单)(?:[（(][^）)]*[）)])*$"
)
_SAMPLE = re.compile(
    r"示范文本|文书(?:格式|样式|范本|模板|式样)|(?:格式|样式|模板|范本|参考文本)(?:[（(][^）)]*[）)])*$"
)
_FEW_BLANKS, _MANY_BLANKS = 2, 4
_MANY_ARTICLES = 3


def looks_like_template(document: ReadDocument) -> bool:
    """Whether a document is a form to fill in: named as one, and with blanks in it."""
    if article_count(document) >= _MANY_ARTICLES:
        return False
    titles = [plain(line) for line in title_lines(document)]
    blanks = sum(count_blanks(text) for text in all_text(document))
    sample = any(_SAMPLE.search(t) for t in titles)
    form = any(_DOCUMENT.search(t) for t in titles)
    return (sample and blanks >= _FEW_BLANKS) or (form and blanks >= _MANY_BLANKS)
