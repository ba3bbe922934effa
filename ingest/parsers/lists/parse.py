"""A list becomes a text (清单解析): a row per row of its tables, its paragraphs and remarks as rows of their own."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field, replace

from corpus.vocabulary import DocumentKind, FindingKind, Severity, SourceStatus
from ingest.identify.profile import Profile
from ingest.parsers.lists.headers import Header, understanding
from ingest.parsers.lists.labels import Wanted, label_rows
from ingest.parsers.lists.outline import (
    Heading,
    Outline,
    depth_by_number,
    depth_of,
    first_level_number,
    is_item,
    item_number,
)
from ingest.parsers.lists.table_rows import Line, read_table
from ingest.parsers.lists.words import bare, column_name
from ingest.readers.model import Format, Paragraph, Place, ReadDocument, Table
from ingest.sources.text import SourceFault, SourceRow, SourceText, canonical_title

_ARTICLE = re.compile(r"[\s　]*(第[零〇一二三四五六七八九十百千]+条(?:之[一二三四五六七八九十]+)?)(?:[\s　]|$)")
_REMARK = re.compile(r"[\s　]*(?:备\s*注|注\s*[：:]|附注|说明\s*[：:]|※)")
_DEPTH_IN_TABLE = 20  # headings inside tables that have no number of their own
_ENTRY_COLUMN = {
    DocumentKind.ITEM_LIST: "事项名称",
    DocumentKind.RISK_LIST: "风险点",
    DocumentKind.BENCHMARK: "违法行为",
    DocumentKind.EXEMPTION_LIST: "违法行为",
}


def parse_list(document: ReadDocument, profile: Profile) -> list[SourceText]:
    """The one text of a list, benchmark or catalogue.

    Every live cell of every table stands in the text of a row, or is a heading or a column's name of rows; hidden
    cells stand in none (the reader's notes tell of them). Which columns were understood is told in a fault (INFO).
    """
    reading = _Reading(profile, document.format, _sheets(document))
    blocks = document.blocks
    for n, block in enumerate(blocks):
        if isinstance(block, Table):
            reading.take_table(block)
        elif n >= profile.body_start and block.text.strip():
            depth = depth_of(blocks, n)
            if depth is None:
                reading.take_text(block)
            else:
                reading.take_heading(block, depth, entry=is_item(blocks, n, depth))
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


@dataclass(slots=True)
class _Gathered:
    """Paragraphs that make one row; of an entry (1、…) with the parts that its own sub-headings name."""

    label: str
    first: Paragraph
    lines: list[str]
    ocr: bool
    number: str = ""  # of an entry
    depth: int = 0
    parts: list[tuple[str, list[str]]] = field(default_factory=list)


class _Reading:
    """The headings in force, the paragraphs that are being gathered, the rows so far."""

    def __init__(self, profile: Profile, form: Format, sheets: int) -> None:
        self._kind = profile.kind
        self._title = bare(canonical_title(profile.title))
        self._form = form
        self._several_sheets = sheets > 1
        self._outline = Outline()
        self._sheet: str | None = None
        self._gathered: _Gathered | None = None
        self._wanted: list[Wanted] = []
        self._rows: list[SourceRow] = []
        self._headers: dict[tuple[str, ...], list[str]] = defaultdict(list)
        self._headless: list[str] = []
        self._tables = 0
        self._groups = 0

    # ---- paragraphs ----------------------------------------------------------------------------------------

    def take_text(self, paragraph: Paragraph) -> None:
        """A paragraph that is no heading: it begins a row by its number or goes on with the one before."""
        text = paragraph.text.strip()
        if self._is_title(text):
            return
        self._enter_sheet(paragraph.place.sheet)
        if self._gathered is not None and self._gathered.number:
            self._gathered.parts[-1][1].append(text)
            self._gathered.ocr |= paragraph.ocr
        elif (article := _ARTICLE.match(text)) is not None:
            self._begin(article[1], paragraph)
        elif _REMARK.match(text):
            self._begin("备注", paragraph)
        elif (number := first_level_number(text)) is not None:
            self._flush()
            self._keep(self._outline.end(depth_by_number(text) or 0))
            above = "备注" if "备注" in self._outline.innermost() else "说明"
            self._begin(f"{above}{number}", paragraph)
        elif self._gathered is not None:
            self._gathered.lines.append(text)
            self._gathered.ocr |= paragraph.ocr
        else:
            self._begin("说明", paragraph)

    def take_heading(self, paragraph: Paragraph, depth: int, *, entry: bool) -> None:
        """A heading stands above the rows that follow; an entry (1、…) is a row with what stands under it."""
        text = column_name(paragraph.text)
        if self._is_title(text):
            return
        self._enter_sheet(paragraph.place.sheet)
        gathered = self._gathered
        if gathered is not None and gathered.number and depth > gathered.depth and not entry:
            gathered.parts.append((text, []))
            gathered.ocr |= paragraph.ocr
            return
        self._flush()
        number = item_number(text)
        if entry and number is not None:
            self._gathered = _Gathered(
                "", paragraph, [text], paragraph.ocr, number=number, depth=depth, parts=[("", [])]
            )
        else:
            self._enter(Heading(depth, text, paragraph.place, paragraph.ocr))

    def _is_title(self, text: str) -> bool:
        return not self._rows and self._gathered is None and bare(canonical_title(text)) == self._title

    def _begin(self, label: str, paragraph: Paragraph) -> None:
        self._flush()
        self._gathered = _Gathered(label, paragraph, [paragraph.text.strip()], paragraph.ocr)

    def _flush(self) -> None:
        gathered, self._gathered = self._gathered, None
        if gathered is None:
            return
        if not gathered.number:
            self._add(Wanted(label=gathered.label), "\n".join(gathered.lines), gathered.first.place, gathered.ocr)
            return
        name = gathered.lines[0]
        parts = [(title or "内容", "\n".join(lines)) for title, lines in gathered.parts if title or lines]
        fields = [("序号", gathered.number), (_ENTRY_COLUMN.get(self._kind, "名称"), _without_number(name)), *parts]
        text = "\n".join([name, *(f"{title}：{words}" if title != "内容" else words for title, words in parts)])
        self._groups += 1
        wanted = Wanted(serial=gathered.number, group=self._groups)
        self._add(wanted, text, gathered.first.place, gathered.ocr, tuple((n, w) for n, w in fields if w))

    def _enter(self, heading: Heading) -> None:
        self._keep(self._outline.enter(heading))

    def _keep(self, headings: list[Heading]) -> None:
        """Headings under which nothing stood are rows themselves, so that their words are not lost."""
        for heading in headings:
            self._record(Wanted(label="说明"), heading.text, heading.place, heading.ocr, (), None, None)

    # ---- tables --------------------------------------------------------------------------------------------

    def take_table(self, table: Table) -> None:
        self._flush()
        number = self._tables + 1
        reading = read_table(table, number, self._form)
        if not reading.live:
            return
        self._tables = number
        self._enter_sheet(table.place.sheet)
        caption = column_name(table.caption)
        if caption and bare(caption) != bare(self._outline.innermost()) and not self._is_title(caption):
            self._enter(Heading(_DEPTH_IN_TABLE, caption, table.place))
        for header in reading.headers:
            self._note_header(header, number)
        last: Line | None = None
        for line in reading.lines:
            if line.heading:
                self._head_rows(line)
            elif line.about_columns:
                self._add(Wanted(label=f"表{number}表头"), line.text, line.place, line.ocr)
            elif line.remark:  # on the whole list: under none of its headings
                self._record(Wanted(label="备注"), line.text, line.place, line.ocr, (), None, None)
            else:
                continues = _continues(last, line)
                self._groups += not continues
                serial = last.serial if continues and last is not None else line.serial
                wanted = Wanted(serial=serial, group=self._groups, table=number, row=line.number)
                self._add(wanted, line.text, line.place, line.ocr, line.fields)
                last = replace(line, serial=serial)

    def _head_rows(self, line: Line) -> None:
        if not self._is_title(line.heading):
            depth = depth_by_number(line.heading)
            self._enter(Heading(_DEPTH_IN_TABLE if depth is None else depth, line.heading, line.place, line.ocr))

    def _note_header(self, header: Header, number: int) -> None:
        if not header.printed:
            self._headless.append(f"表{number}")
        else:
            names = tuple(name for n, name in enumerate(header.names) if n not in header.guessed)
            self._headers[names].append(f"表{number}")

    def _enter_sheet(self, sheet: str | None) -> None:
        """A new sheet begins without the last sheet's headings."""
        if sheet is not None and sheet != self._sheet:
            self._flush()
            self._keep(self._outline.leave())
            self._sheet = sheet

    # ---- rows ----------------------------------------------------------------------------------------------

    def _add(
        self, wanted: Wanted, text: str, place: Place, ocr: bool, fields: tuple[tuple[str, str], ...] = ()
    ) -> None:
        chapter, section = self._outline.above()
        if chapter is None and self._several_sheets:
            chapter = self._sheet
        self._record(wanted, text, place, ocr, fields, chapter, section)

    def _record(
        self,
        wanted: Wanted,
        text: str,
        place: Place,
        ocr: bool,
        fields: tuple[tuple[str, str], ...],
        chapter: str | None,
        section: str | None,
    ) -> None:
        self._wanted.append(wanted)
        self._rows.append(
            SourceRow(
                label="",
                text=text,
                chapter=chapter,
                section=section,
                place=str(place),
                page=place.page,
                ocr=ocr,
                fields=fields,
            )
        )

    def finish(self) -> tuple[list[SourceRow], list[SourceFault]]:
        """The rows with their labels, and what the parser has to say."""
        self._flush()
        self._keep(self._outline.leave())
        labels = label_rows(self._wanted)
        rows = [replace(row, label=label) for row, label in zip(self._rows, labels, strict=True)]
        faults = [
            SourceFault(FindingKind.NEEDS_REVIEW, Severity.INFO, "", message)
            for message in understanding(self._headers)
        ]
        if self._headless:
            message = f"没有识别出表头：{'、'.join(self._headless)}，各列以列1、列2……表示。"
            remedy = "请核对原表；如有表头，请把它放在表格的第一行，一格一列。"
            faults.append(SourceFault(FindingKind.NEEDS_REVIEW, Severity.WARNING, "", message, remedy=remedy))
        return rows, faults


def _continues(last: Line | None, line: Line) -> bool:
    """Whether a row stands under the same serial number as the last: the cell is merged, or empty below it."""
    if last is None or not last.serial:
        return False
    return line.serial_cell is None or line.serial_cell is last.serial_cell


def _without_number(heading: str) -> str:
    number = item_number(heading)
    return heading.lstrip()[len(number) + 1 :].strip() if number else heading
