"""Document templates (文书示范文本): the text with its blanks, and a row that lists what must be filled in.

The form itself is what people download; the original file is kept by whoever stores it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from corpus.vocabulary import DocumentKind
from ingest.identify.profile import Profile
from ingest.parsers.blocks import Headings, row_of, shortened
from ingest.parsers.template_blanks import Blank, blanks_of, blanks_of_table, count_blanks
from ingest.parsers.texts import without_effect
from ingest.parsers.wording import all_text, article_count, plain, title_lines
from ingest.readers.model import Block, Paragraph, ReadDocument
from ingest.sources.text import SourceRow, SourceText

WHOLE_TEXT = "全文"
TO_FILL_IN = "填写项"

_DOCUMENT = re.compile(
    r"(?:通知书|决定书|告知书|催告书|建议书|意见书|委托书|移送函|移送书|申请书|笔录|送达回证|回证|审批表|登记表|呈批表|"
    r"文书|清单|协助函|报告书|确认书|承诺书|备案表|审查表|登记单)(?:[（(][^）)]*[）)])*$"
)
_SAMPLE = re.compile(
    r"示范文本|文书(?:格式|样式|范本|模板|式样)|(?:格式|样式|模板|范本|参考文本)(?:[（(][^）)]*[）)])*$"
)
_FEW_BLANKS, _MANY_BLANKS = 2, 4
_MANY_ARTICLES = 3
_LONGEST_NAME = 40


def looks_like_template(document: ReadDocument) -> bool:
    """Whether a document is a form to fill in: named as one, and with blanks in it."""
    if article_count(document) >= _MANY_ARTICLES:
        return False
    titles = [plain(line) for line in title_lines(document)]
    blanks = sum(count_blanks(text) for text in all_text(document))
    blanks += sum(sum(1 for _ in blanks_of_table(table)) for table in document.tables())
    sample = any(_SAMPLE.search(t) for t in titles)
    form = any(_DOCUMENT.search(t) for t in titles)
    return (sample and blanks >= _FEW_BLANKS) or (form and blanks >= _MANY_BLANKS)


def parse_template(document: ReadDocument, profile: Profile) -> list[SourceText]:
    """One text for the file: for each form in it a row with its words and a row 填写项.

    The fields of 填写项 are (name, how the blank is printed) in printed order, its text the same as lines.
    """
    forms = _forms(document.blocks, profile.title)
    rows: list[SourceRow] = []
    for form in forms:
        headings = Headings(chapter=form.name)
        prefix = form.name or ""
        rows.append(row_of(form.name or WHOLE_TEXT, form.blocks, headings))
        if blanks := _blanks(form.blocks):
            rows.append(_fields_row(f"{prefix}{TO_FILL_IN}", blanks, rows[-1], headings))
    return [without_effect(profile, DocumentKind.TEMPLATE, rows)]


@dataclass(slots=True)
class _Form:
    """One form of a file; ``name`` None where the file holds only one."""

    name: str | None
    blocks: list[Block] = field(default_factory=list)


def _forms(blocks: Sequence[Block], title: str) -> list[_Form]:
    """The forms of a file: several where two or more lines name a form of their own."""
    names = {i: words for i, b in enumerate(blocks) if (words := _form_name(b, title))}
    forms = [_Form(None)]
    for index, block in enumerate(blocks):
        if len(names) > 1 and index in names:
            forms.append(_Form(names[index]))
        elif not (isinstance(block, Paragraph) and plain(block.text) == plain(title)):
            forms[-1].blocks.append(block)
    return [form for form in forms if form.blocks]


def _form_name(block: Block, title: str) -> str | None:
    """The name of a form that a line consists of, marked as a heading or set in the middle."""
    if not isinstance(block, Paragraph) or not (block.level or block.centred or block.title):
        return None
    words = block.text.strip()
    own = len(words) <= _LONGEST_NAME and _DOCUMENT.search(plain(words)) and plain(words) != plain(title)
    return shortened(words) if own else None


def _blanks(blocks: Sequence[Block]) -> list[Blank]:
    """The blanks of a form in printed order, the same one once."""
    found: list[Blank] = []
    for block in blocks:
        found += blanks_of(block.text) if isinstance(block, Paragraph) else blanks_of_table(block)
    return list(dict.fromkeys(found))


def _fields_row(label: str, blanks: Sequence[Blank], form: SourceRow, headings: Headings) -> SourceRow:
    return SourceRow(
        label=shortened(label),
        text="\n".join(f"{name}：{blank}" for name, blank in blanks),
        chapter=headings.chapter,
        place=form.place,
        page=form.page,
        ocr=form.ocr,
        fields=tuple(blanks),
    )
