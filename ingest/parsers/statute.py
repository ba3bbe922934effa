"""Statutes of every rank (法律、法规、规章、司法解释): 编章节条, preamble, annexes, or a numbering of their own."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.vocabulary import ArticleNumber, DocumentKind, FindingKind, Severity, SourceStatus
from ingest.identify.profile import Profile
from ingest.parsers.statute_ends import find_truncation
from ingest.parsers.statute_inline import split_inline_articles
from ingest.parsers.statute_lines import (
    ArticleLine,
    HeadingLine,
    Unit,
    is_contents,
    read_annex,
    read_article,
    read_heading,
)
from ingest.parsers.statute_numbered import OPENING, Entry, Line, gather_entries, numbering_of
from ingest.parsers.statute_tables import table_lines
from ingest.readers.model import Block, Paragraph, ReadDocument
from ingest.sources.text import SourceFault, SourceRow, SourceText

Headings = tuple[str | None, str | None, str | None, str | None]
_ONE_PART = re.compile(r"(?:第[一二三四五六七八九十]+编\s*)?[^，。]{1,12}编|附则|总则|分则")
_DECISIONS = (DocumentKind.AMENDMENT, DocumentKind.AMENDING_DECISION, DocumentKind.DECISION)


def parse_statute(document: ReadDocument, profile: Profile) -> list[SourceText]:
    """The text of a statute with its rows, as one ``SourceText``; empty where nothing at all could be cited.

    Rows are articles (第一条, 第三十三条之一), the 引言 or 序言 before them, annexes (附件一), or 条目一… and 全文
    for a text without articles. Faults of this reading (stopped in the middle, contents left out) stand in ``faults``.
    """
    reading = _Reading(document.blocks[profile.body_start :], profile.kind, _part_in_head(document, profile))
    rows = tuple(_row(entry) for entry in reading.entries if any(line.strip() for line in entry.lines))
    faults = (*profile.faults, *reading.faults, *find_truncation(profile, rows, reading.contents))
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
            rows=rows,
            region=profile.region,
            number=profile.number,
            annotation=profile.annotation,
            faults=faults,
        )
    ]


def _part_in_head(document: ReadDocument, profile: Profile) -> str | None:
    """The 编 that a file with only one of them names below its title: 合同编."""
    for block in document.blocks[: profile.body_start]:
        if isinstance(block, Paragraph) and block.level == 1 and _ONE_PART.fullmatch(block.text.strip()):
            return block.text.strip()
    return None


def _row(entry: Entry) -> SourceRow:
    part, subpart, chapter, section = entry.headings
    return SourceRow(
        label=entry.label,
        text="\n".join(line for line in entry.lines if line),
        chapter=chapter,
        section=section,
        part=part,
        subpart=subpart,
        place=str(entry.place),
        page=entry.place.page,
        ocr=entry.ocr,
    )


class _Reading:
    """One pass over the blocks of the body; ``entries`` are the rows, ``contents`` the headings of the 目录."""

    def __init__(self, blocks: tuple[Block, ...], kind: DocumentKind, part: str | None) -> None:
        self.entries: list[Entry] = []
        self.contents: list[str] = []
        self.faults: list[SourceFault] = []
        self._headings: Headings = (part, None, None, None)
        self._last = ArticleNumber(0)
        self._annex = False
        self._annexed = False  # the annex has a numbering of its own
        self._pending: list[Line] = []  # before the first article
        lines = list(self._without_contents(list(_lines(blocks))))
        if _is_numbered(lines, kind):
            self._numbered(lines)
        else:
            self._articles(lines)

    def _without_contents(self, lines: list[Line]) -> Iterator[Line]:
        """Leave out the 目录: the headings behind the word, up to where the first of them comes again."""
        at = 0
        while at < len(lines):
            if self.contents or not is_contents(lines[at].text):
                yield lines[at]
                at += 1
                continue
            end = at + 1
            names: list[str] = []
            while end < len(lines) and (heading := read_heading(lines[end].text)) and not heading.rest:
                if heading.words in names:
                    break
                names.append(heading.words)
                end += 1
            again = {h.words for line in lines[end:] if (h := read_heading(line.text))}
            if names and not again & set(names):
                # The 目录 stands alone: these are the headings themselves, or the text stops behind it.
                yield from lines[at + 1 : end]
            else:
                self.contents = names
                left_out = "\n".join(line.text for line in lines[at:end])
                self.faults.append(
                    SourceFault(
                        FindingKind.STRAY_HEADING,
                        Severity.INFO,
                        "",
                        f"目录 {len(names)} 行未作为正文装载。",
                        repaired=True,
                        text=left_out,
                    )
                )
            at = end

    def _numbered(self, lines: list[Line]) -> None:
        body, annexes = _split_annexes(lines)
        self.entries = gather_entries(body)
        for line in annexes:
            self._annex_line(line)

    def _articles(self, lines: list[Line]) -> None:
        lines, found = split_inline_articles(lines)
        self.faults += found
        for line in lines:
            self._read(line)
        if self._pending:
            self.entries[:0] = gather_entries(self._pending)

    def _read(self, line: Line) -> None:
        article = read_article(line.text)
        if article is not None and self._begins(article):
            self._open_article(article, line)
            return
        if self._annex:
            self._annex_line(line)
            return
        heading = read_heading(line.text)
        if heading is not None:
            self._set(heading)
            return
        if self._last.number and read_annex(line.text):
            self._annex, self._annexed = True, False
            self._annex_line(line)
        elif self.entries:
            self.entries[-1].lines.append(line.text)
            self.entries[-1].ocr |= line.ocr
        else:
            self._pending.append(line)

    def _begins(self, article: ArticleLine) -> bool:
        """Whether the numbering goes on here; what may be a reference begins an article only as the next number."""
        following = article.number.number == self._last.number + 1 and not article.number.insertion
        inserted = article.number.number == self._last.number and article.number.insertion == self._last.insertion + 1
        if self._annex:
            self._annexed |= article.number.number == 1
            return following and article.certain and not self._annexed
        if following or inserted:
            return True
        return article.certain

    def _open_article(self, article: ArticleLine, line: Line) -> None:
        if self._pending:
            label = "序言" if any("序言" in "".join(p.text.split()) for p in self._pending[:1]) else OPENING
            words = [p.text for p in self._pending if "".join(p.text.split()) != "序言"]
            first = self._pending[0]
            self.entries.append(Entry(label, words, first.place, any(p.ocr for p in self._pending)))
            self._pending = []
        self._annex = False
        self._last = article.number
        self.entries.append(Entry(article.label, [article.text], line.place, line.ocr, self._headings))

    def _set(self, heading: HeadingLine) -> None:
        part, subpart, chapter, _ = self._headings
        match heading.unit:
            case Unit.PART:
                self._headings = (heading.words, None, None, None)
            case Unit.SUBPART:
                self._headings = (part, heading.words, None, None)
            case Unit.CHAPTER:
                above = (None, None) if heading.words == "附则" and part else (part, subpart)
                self._headings = (*above, heading.words, None)
            case Unit.SECTION:
                self._headings = (part, subpart, chapter, heading.words)

    def _annex_line(self, line: Line) -> None:
        annex = read_annex(line.text)
        last = self.entries[-1] if self.entries else None
        if annex is not None and last is not None and last.label == annex.label and len(last.lines) < 2:
            last.lines += [annex.text] if annex.text not in ("", *last.lines) else []  # announced, then headed
        elif annex is not None:
            self.entries.append(Entry(annex.label, [annex.text] if annex.text else [], line.place, line.ocr))
        else:
            self.entries[-1].lines.append(line.text)
            self.entries[-1].ocr |= line.ocr


def _lines(blocks: tuple[Block, ...]) -> Iterator[Line]:
    for block in blocks:
        if isinstance(block, Paragraph):
            for text in block.text.split("\n"):
                if text.strip():
                    yield Line(text.strip(), block.place, block.ocr)
            continue
        if block.caption:
            yield Line(block.caption, block.place)
        ocr = any(cell.ocr for cell in block.cells)
        for text in table_lines(block):
            yield Line(text, block.place, ocr)


def _is_numbered(lines: list[Line], kind: DocumentKind) -> bool:
    """Whether the text goes by 一、二、 and not by articles: decisions quote articles of other texts."""
    first = next((a for line in lines if (a := read_article(line.text)) and a.certain), None)
    if first is None:
        return True
    if kind not in _DECISIONS:
        return False
    before = []
    for line in lines:
        if read_article(line.text):
            break
        before.append(line)
    return bool(before) and numbering_of([*before, *lines[len(before) :]]) is not None and first.number.number != 1


def _split_annexes(lines: list[Line]) -> tuple[list[Line], list[Line]]:
    """The lines before and from the first annex; an annex named on the first line is the text itself."""
    at = next((i for i, line in enumerate(lines) if i and read_annex(line.text)), len(lines))
    return lines[:at], lines[at:]
