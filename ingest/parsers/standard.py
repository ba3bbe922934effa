"""Standards and norms (国家标准、行业标准): clauses by their decimal numbers, tables row by row."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

from corpus.vocabulary import DocumentKind, FindingKind, Severity
from ingest.identify.profile import Profile
from ingest.parsers.blocks import Headings, row_of, rows_of_table
from ingest.parsers.standard_clauses import Clause, annex_clause_of, annex_of, clause_of
from ingest.parsers.texts import without_effect
from ingest.parsers.wording import article_count, half_width, head_lines, plain
from ingest.readers.model import Block, Paragraph, ReadDocument, Table
from ingest.sources.text import SourceFault, SourceRow, SourceText

COVER = "封面"
FOREWORD = "前言"

STANDARD_NUMBER = re.compile(
    r"(?<![A-Za-z])(?P<code>GB|GBJ|GBZ|HJ|JGJ|CJJ|CJ|JB|JT|JTJ|AQ|GA|XF|NY|SB|QB|YY|WS|LY|SL|DL|SY|HG|MZ|RB|DB\s*\d{2,6}|"
    r"T/[A-Z]{2,8})(?P<kind>\s*/\s*[TZ])?\s*(?P<number>\d{1,6}(?:\.\d{1,3})*)\s*[-‐-―－~～]+\s*(?P<year>(?:19|20)\d{2})(?!\d)"
)
_CLAUSE = re.compile(r"^\s*\d{1,2}(?:\.\d{1,2}){1,4}(?:[\s\u3000]|(?=[\u4e00-\u9fff]))")
_FIRST_CLAUSE = re.compile(r"^(?:1(?:适用)?范围|前言|目次|1总则)$")
_PUBLISHED = re.compile(r"(?P<y>(?:19|20)\d{2})\D{0,3}(?P<m>\d{2})\D{0,3}(?P<d>\d{2})(?=发布|批准|公布)")
_IN_FORCE = re.compile(r"(?P<y>(?:19|20)\d{2})\D{0,3}(?P<m>\d{2})\D{0,3}(?P<d>\d{2})(?=实施|施行)")
_COMMENCES = re.compile(r"本标准自(?P<y>(?:19|20)\d{2})年(?P<m>\d{1,2})月(?P<d>\d{1,2})日起(?:实施|施行)")
_CONTENTS = re.compile(r"^目次$|^目录$")
_LEADERS = re.compile(r"(?:[.．…·]\s*){4,}")
_TABLE_NUMBER = re.compile(r"^表\s*(?P<number>\d{1,2})")
_NAME = re.compile(r"^[\u4e00-\u9fff（）()、—\-]{4,40}(?:标准|规范|规程|导则|指南|方法|要求|条件|限值|通则|分类|规则)$")
_GENERIC = re.compile(r"(?:国家|行业|地方|团体|企业)标准$|^代替")
_MANY_ARTICLES, _FEW_CLAUSES = 3, 2
_HEAD = 60  # lines of the cover and the notice of issue


def looks_like_standard(document: ReadDocument) -> bool:
    """Whether a document carries the number of a standard at its head and is drawn up in decimal clauses."""
    if article_count(document) >= _MANY_ARTICLES:
        return False
    if not any(STANDARD_NUMBER.search(half_width(line)) for line in head_lines(document, _HEAD)):
        return False
    texts = [p.text for p in document.paragraphs()]
    if any(_FIRST_CLAUSE.match(plain(text)) for text in texts):
        return True
    return sum(bool(_CLAUSE.match(half_width(text))) for text in texts) >= _FEW_CLAUSES


def parse_standard(document: ReadDocument, profile: Profile) -> list[SourceText]:
    """One text with a row for each clause (4.1.2), each annex and each row of a table (表2第5行).

    The number of the standard, as it is written today (GB 12348-2008), heads every row.
    """
    head = half_width("\n".join(head_lines(document, _HEAD)))
    number = profile.number or _number(head)
    everything = half_width("".join(p.text for p in document.paragraphs()))
    rows = _Rows(number)
    for block in document.blocks:
        rows.take(block)
    text = without_effect(
        profile,
        DocumentKind.STANDARD,
        rows.finish(),
        title=_name(document) or profile.title,
        published=profile.published or _day(_PUBLISHED, head),
        effective=profile.effective or _day(_IN_FORCE, head) or _day(_COMMENCES, everything),
        faults=rows.faults,
    )
    return [replace(text, number=number)]


def _name(document: ReadDocument) -> str | None:
    """The name that the cover prints (工业企业厂界环境噪声排放标准): the one repeated above the first clause.

    None where no name stands twice; the number, the language and the publisher around it are not the name.
    """
    lines = [plain(p.text) for p in document.paragraphs()]
    named = [line for line in lines if _NAME.match(line) and not _GENERIC.search(line)]
    return next((name for name in named if named.count(name) > 1), None)


def _number(head: str) -> str | None:
    match = STANDARD_NUMBER.search(head)
    if match is None:
        return None
    code = "".join(match["code"].split()) + "".join((match["kind"] or "").split())
    return f"{code} {match['number']}-{match['year']}"


def _day(pattern: re.Pattern[str], head: str) -> dt.date | None:
    """The day before 发布 or 实施 on the cover; None where there is none or more than one."""
    days = set()
    for match in pattern.finditer("".join(head.split())):
        try:
            days.add(dt.date(int(match["y"]), int(match["m"]), int(match["d"])))
        except ValueError:
            continue
    return days.pop() if len(days) == 1 else None


class _Rows:
    """The rows of a standard while its blocks are read in order."""

    def __init__(self, number: str | None) -> None:
        self._number = number
        self.faults: list[SourceFault] = []
        self._rows: list[SourceRow] = []
        self._blocks: list[Block] = []
        self._first: str | None = None
        self._label = COVER
        self._last: tuple[int, ...] = ()
        self._headings: dict[int, str] = {}
        self._annex: Clause | None = None
        self._tables = 0
        self._pending: list[SourceRow] = []  # rows of the tables inside the clause being read
        self._contents: list[str] | None = None
        self._repaired: list[str] = []

    def take(self, block: Block) -> None:
        if isinstance(block, Table):
            printed = _TABLE_NUMBER.match(half_width(block.caption))
            self._tables = int(printed["number"]) if printed else self._tables + 1
            self._pending += rows_of_table(block, self._tables, self._above())
            return
        words = plain(block.text)
        if self._in_contents(words, block):
            return
        if annex := annex_of(block.text):
            self._open_annex(annex, block)
        elif words == FOREWORD and not self._last:
            self._close()
            self._label = FOREWORD
        elif clause := self._clause(block):
            self._open(clause, block)
        else:
            self._blocks.append(block)

    def finish(self) -> list[SourceRow]:
        self._close()
        if self._repaired:
            message = f"条号中的点在文字层中缺失，已按条号顺序补出（{len(self._repaired)} 处）。"
            self.faults.append(
                SourceFault(
                    FindingKind.NEEDS_REVIEW,
                    Severity.WARNING,
                    "",
                    message,
                    remedy="小数点可能同样缺失，引用数值前请核对原件。",
                    repaired=True,
                    text=" / ".join(self._repaired),
                )
            )
        return self._rows

    def _clause(self, block: Paragraph) -> Clause | None:
        if self._annex is not None:
            return annex_clause_of(block.text, self._annex.label[-1])
        return clause_of(block.text, self._last, marked=block.level is not None)

    def _in_contents(self, words: str, block: Paragraph) -> bool:
        """Whether a line belongs to the list of contents, which repeats the headings; it is reported, not cited."""
        if _CONTENTS.match(words) and not self._last:
            self._close()
            self._contents = []
            return True
        if self._contents is None:
            return False
        if words == FOREWORD and any(FOREWORD in line for line in self._contents):
            self._end_contents()
            return False
        listed = _LEADERS.search(block.text) or (len(words) <= 30 and not words.endswith("。"))
        again = any(words and words.strip("0123456789") and words in plain(line) for line in self._contents)
        if not listed or (again and not _LEADERS.search(block.text)):
            self._end_contents()
            return False
        self._contents.append(block.text)
        return True

    def _end_contents(self) -> None:
        lines, self._contents = self._contents or [], None
        if lines:
            message = f"目次{len(lines)}行不作为条文收录。"
            self.faults.append(
                SourceFault(
                    FindingKind.STRAY_HEADING, Severity.INFO, "目次", message, repaired=True, text="\n".join(lines)
                )
            )

    def _open(self, clause: Clause, block: Paragraph) -> None:
        below = len(clause.number) > len(self._last) and clause.number[: len(self._last)] == self._last
        if below and len(self._blocks) == 1 and len(self._last) in self._headings:
            self._blocks = []  # a bare heading: it stands above the clauses below it
        self._close()
        if clause.repaired:
            self._repaired.append(clause.label)
        if clause.number:
            self._last = clause.number
            self._headings = {d: h for d, h in self._headings.items() if d < len(clause.number)}
            if len(clause.words) <= 40 and not clause.words.endswith(("。", "；")) and clause.words:
                self._headings[len(clause.number)] = f"{clause.label} {clause.words}"
        self._label, self._blocks, self._first = clause.label, [block], clause.words

    def _open_annex(self, annex: Clause, block: Paragraph) -> None:
        self._close()
        self._annex, self._headings = annex, {1: block.text.strip()}
        self._label, self._blocks, self._first = annex.label, [block], annex.words

    def _above(self) -> Headings:
        depth = len(self._last) if self._annex is None else 9
        names = [self._headings[d] for d in sorted(self._headings) if d <= depth]
        own = f"{self._label} "
        names = [n for n in names if not n.startswith(own)] if self._blocks else names
        return Headings(
            part=self._number, chapter=names[0] if names else None, section=names[-1] if len(names) > 1 else None
        )

    def _close(self) -> None:
        if self._contents is not None:
            self._end_contents()
        if self._blocks:
            row = row_of(self._label, self._blocks, self._above(), first=self._first)
            if row.text:
                self._rows.append(row)
        self._rows += self._pending
        self._blocks, self._first, self._pending = [], None, []
