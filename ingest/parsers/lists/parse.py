"""A list becomes a text (清单解析): a row per row of its tables, its paragraphs and remarks as rows of their own."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from corpus.vocabulary import FindingKind, Severity, SourceStatus
from ingest.identify.profile import Profile
from ingest.parsers.lists.headers import Header, understanding
from ingest.parsers.lists.labels import Wanted, label_rows
from ingest.parsers.lists.table_rows import Line, read_table
from ingest.parsers.lists.words import bare, column_name
from ingest.readers.model import Block, Format, Paragraph, Place, ReadDocument, Table
from ingest.sources.text import SourceFault, SourceRow, SourceText, canonical_title

_ARTICLE = re.compile(r"[\s　]*(第[零〇一二三四五六七八九十百千]+条(?:之[一二三四五六七八九十]+)?)(?:[\s　]|$)")
_PART = re.compile(r"[\s　]*第[一二三四五六七八九十百\d]+(?:编|章|部分|类|篇)")
_FIRST_LEVEL = re.compile(r"[\s　]*([一二三四五六七八九十百]+)[、．.]")
_SECOND_LEVEL = re.compile(r"[\s　]*(?:第[一二三四五六七八九十百]+节|[（(][一二三四五六七八九十百]+[）)])")
_ITEM_NUMBER = re.compile(r"[\s　]*(\d+)[、．.]\s*(?=\D)")
_REMARK = re.compile(r"[\s　]*(?:备\s*注|注\s*[：:]|附注|说明\s*[：:]|※)")
_SENTENCE_END = re.compile(r"[。；;：:，,]$")
_LONGEST_HEADING = 120
_LONGEST_LABEL = 40


def parse_list(document: ReadDocument, profile: Profile) -> list[SourceText]:
    """The one text of a list, benchmark or catalogue.

    Every live cell of every table stands in the text of a row, or is a heading or a column's name of rows; hidden
    cells stand in none (the reader's notes tell of them). Which columns were understood is told in a fault (INFO).
    """
    reading = _Reading(profile, document.format, _sheets(document))
    for block, following in _with_following(document.blocks, profile.body_start):
        if isinstance(block, Table):
            reading.take_table(block)
        else:
            reading.take_paragraph(block, following)
    rows, faults = reading.finish()
    return [
        SourceText(
            version_id="",
            title=profile.title,
            kind=profile.kind,
            level=profile.level,
            issuer=profile.issuer,
            field=profile.field,
            published=profile.published,
            effective=profile.effective,
            status=SourceStatus.UNSTATED,
            source="",
            rows=tuple(rows),
            region=profile.region,
            number=profile.number,
            annotation=profile.annotation,
            faults=(*profile.faults, *faults),
        )
    ]


def _sheets(document: ReadDocument) -> int:
    """How many sheets show a table."""
    return len({t.place.sheet for t in document.tables() if any(not cell.hidden for cell in t.cells)} - {None})


def _with_following(blocks: Sequence[Block], start: int) -> Iterator[tuple[Block, Block | None]]:
    """The blocks of the body, and tables that stand in the head, each with the next block."""
    for n, block in enumerate(blocks):
        if n >= start or isinstance(block, Table):
            yield block, blocks[n + 1] if n + 1 < len(blocks) else None


@dataclass(slots=True)
class _Draft:
    """A row before it has its label."""

    wanted: Wanted
    row: SourceRow


class _Reading:
    """The headings in force, the paragraphs that are being gathered, the rows so far."""

    def __init__(self, profile: Profile, form: Format, sheets: int) -> None:
        self._profile = profile
        self._title = bare(canonical_title(profile.title))
        self._form = form
        self._several_sheets = sheets > 1
        self._chapter: str | None = None
        self._section: str | None = None
        self._sheet: str | None = None
        self._gathered: list[Paragraph] = []
        self._label = ""
        self._drafts: list[_Draft] = []
        self._faults: list[SourceFault] = []
        self._headers: dict[tuple[str, ...], list[str]] = defaultdict(list)
        self._headless: list[str] = []
        self._tables = 0
        self._groups = 0

    # ---- paragraphs ----------------------------------------------------------------------------------------

    def take_paragraph(self, paragraph: Paragraph, following: Block | None) -> None:
        text = paragraph.text.strip()
        if not text or self._is_title(text):
            return
        self._enter_sheet(paragraph.place.sheet)
        if (article := _ARTICLE.match(text)) is not None:
            self._begin(article[1], paragraph)
        elif self._is_heading(paragraph, following):
            self._take_heading(paragraph, following)
        elif _REMARK.match(text):
            self._begin("备注", paragraph)
        elif (numbered := _FIRST_LEVEL.match(text)) is not None:
            self._begin(
                f"{'备注' if '备注' in (self._section or self._chapter or '') else '说明'}{numbered[1]}", paragraph
            )
        elif self._gathered:
            self._gathered.append(paragraph)
        else:
            self._begin("说明", paragraph)

    def _is_title(self, text: str) -> bool:
        return not self._drafts and not self._gathered and bare(canonical_title(text)) == self._title

    def _is_heading(self, paragraph: Paragraph, following: Block | None) -> bool:
        text = paragraph.text.strip()
        if len(text) > _LONGEST_HEADING or (_SENTENCE_END.search(text) and paragraph.level is None):
            return False
        if paragraph.level is not None or paragraph.title:
            return True
        if _PART.match(text):
            return True
        numbered = _FIRST_LEVEL.match(text) or _SECOND_LEVEL.match(text) or _ITEM_NUMBER.match(text)
        above_table = isinstance(following, Table) or (
            isinstance(following, Paragraph) and _numbered_or_short(following.text) and not _SENTENCE_END.search(text)
        )
        return above_table and (numbered is not None or paragraph.centred or isinstance(following, Table))

    def _take_heading(self, paragraph: Paragraph, following: Block | None) -> None:
        """A heading stands above the rows that follow; one that is numbered 1、 and followed by text is an item."""
        self._flush()
        text = column_name(paragraph.text)
        item = _ITEM_NUMBER.match(text)
        followed_by_text = isinstance(following, Paragraph) and following.level is None
        if item is not None and followed_by_text:
            self._begin(f"序号{item[1]}", paragraph)
            return
        if _PART.match(text) or (_FIRST_LEVEL.match(text) and not _PART.match(self._chapter or "")):
            self._chapter, self._section = text, None
        elif _FIRST_LEVEL.match(text) or _SECOND_LEVEL.match(text) or (paragraph.level or 0) > 2:
            self._section = text
        elif self._chapter is None or paragraph.level is not None:
            self._chapter, self._section = text, None
        else:
            self._section = text
        if following is None:
            self._begin("说明", paragraph)  # nothing below it: the words must not be lost

    def _begin(self, label: str, paragraph: Paragraph) -> None:
        self._flush()
        self._label = label
        self._gathered.append(paragraph)

    def _flush(self) -> None:
        if not self._gathered:
            return
        first = self._gathered[0]
        text = "\n".join(p.text.strip() for p in self._gathered if p.text.strip())
        ocr = any(p.ocr for p in self._gathered)
        self._add(Wanted(label=self._label), text, first.place, ocr)
        self._gathered = []

    # ---- tables --------------------------------------------------------------------------------------------

    def take_table(self, table: Table) -> None:
        self._flush()
        number = self._tables + 1
        reading = read_table(table, number, self._form)
        if not reading.live:
            return
        self._tables = number
        self._enter_sheet(table.place.sheet)
        if table.caption.strip() and bare(table.caption) != bare(self._section or self._chapter or ""):
            self._section = column_name(table.caption)
        for header in reading.headers:
            self._note_header(header, number)
        unmarked = object()
        group: object = unmarked
        last: Line | None = None
        for line in reading.lines:
            if line.heading:
                self._head_rows(line)
            elif line.remark or line.about_columns:
                label = f"表{number}表头" if line.about_columns else "备注"
                self._add(Wanted(label=label), line.text, line.place, line.ocr)
            else:
                if not self._continues(last, line):
                    self._groups += 1
                    group = self._groups
                serial = line.serial or (last.serial if last is not None and group is not unmarked else "")
                wanted = Wanted(serial=serial, group=group, table=number, row=line.number)
                self._add(wanted, line.text, line.place, line.ocr, line.fields)
                last = replace(line, serial=serial)

    @staticmethod
    def _continues(last: Line | None, line: Line) -> bool:
        """Whether a row stands under the same serial number: the cell is merged, or empty below it."""
        if last is None or not last.serial:
            return False
        return line.serial_cell is None or line.serial_cell is last.serial_cell

    def _head_rows(self, line: Line) -> None:
        if bare(canonical_title(line.heading)) == self._title and not self._drafts:
            return
        if _SECOND_LEVEL.match(line.heading) and self._chapter is not None:
            self._section = line.heading
        else:
            self._chapter, self._section = line.heading, None

    def _note_header(self, header: Header, number: int) -> None:
        if header.end == 0:
            self._headless.append(f"表{number}")
        else:
            names = tuple(name for n, name in enumerate(header.names) if n not in header.guessed)
            self._headers[names].append(f"表{number}")

    def _enter_sheet(self, sheet: str | None) -> None:
        """A new sheet begins under its own name, not under the last sheet's headings."""
        if sheet is None or sheet == self._sheet:
            return
        self._flush()
        self._sheet = sheet
        self._chapter, self._section = (sheet if self._several_sheets else None), None

    # ---- rows ----------------------------------------------------------------------------------------------

    def _add(
        self, wanted: Wanted, text: str, place: Place, ocr: bool, fields: tuple[tuple[str, str], ...] = ()
    ) -> None:
        row = SourceRow(
            label="",
            text=text,
            chapter=self._chapter,
            section=self._section,
            place=str(place),
            page=place.page,
            ocr=ocr,
            fields=fields,
        )
        self._drafts.append(_Draft(wanted, row))

    def finish(self) -> tuple[list[SourceRow], list[SourceFault]]:
        """The rows with their labels, and what the parser has to say."""
        self._flush()
        labels = label_rows([draft.wanted for draft in self._drafts])
        rows = [replace(d.row, label=label[:_LONGEST_LABEL]) for d, label in zip(self._drafts, labels, strict=True)]
        for message in understanding(self._headers):
            self._faults.append(SourceFault(FindingKind.NEEDS_REVIEW, Severity.INFO, "", message))
        if self._headless:
            self._faults.append(
                SourceFault(
                    FindingKind.NEEDS_REVIEW,
                    Severity.WARNING,
                    "",
                    f"没有识别出表头：{'、'.join(self._headless)}，各列以列1、列2……表示。",
                    remedy="请核对原表；如有表头，请把它放在表格的第一行，一格一列。",
                )
            )
        return rows, self._faults


def _numbered_or_short(text: str) -> bool:
    return bool(_FIRST_LEVEL.match(text) or _SECOND_LEVEL.match(text)) and len(text) <= _LONGEST_HEADING
