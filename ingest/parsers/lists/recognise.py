"""Recognition of lists (清单、基准、名录的识别): is a document a list, and of which kind. Title first, then headers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import PurePosixPath

from corpus.vocabulary import DocumentKind
from ingest.readers.model import Format, ReadDocument, Table

_HEAD_PARAGRAPHS = 6  # a title stands among the first lines, below 附件 and a document number
_HEADER_ROWS = 6  # a header stands below at most a title, a unit and a date
_LONGEST_TITLE = 90
_ARTICLES = 3  # so many lines that begin with 第…条 make a text with articles
_TABLES_OUTWEIGH = 3  # times the text outside, from which the tables are what the document is about

_ARTICLE = re.compile(r"第[零〇一二三四五六七八九十百千]+条(?:之[一二三四五六七八九十]+)?(?:[\s　]|$)")
_TAIL = re.compile(r"(?:[（(【\[][^（）()【】\[\]]*[）)】\]]|\d{4}年版?|\d{4}-\d{2}-\d{2}|示例|样例|[\s_—-])+$")
_ANNEX_LINE = re.compile(r"\s*附件?\s*\d*\s*[：:]")  # announces a list, is not its title
_ABOUT_A_LIST = re.compile(r"(?:的)?(?:通知|公告|解读|说明|办法|规定|规则|意见|决定|答复|函|条例|方案|指引|指南|通报)$")

_BENCHMARK = re.compile(
    r"裁量(?:权)?(?:适用)?(?:基准|标准|规则|幅度|阶次|权)?(?:参照|对照|执行|细化)?(?:表|清单|目录)$"
    r"|裁量(?:权)?(?:基准|标准|细化标准)$|(?:裁量|罚款金额|处罚幅度)[^《》]{0,12}(?:表|基准|标准)$"
)
_EXEMPTION = re.compile(
    r"(?:不予(?:行政)?处罚|不予(?:行政)?强制|免(?:予)?(?:行政)?处?罚|首违(?:不|免)罚|轻微违?法?(?:不|免)罚"
    r"|从轻|减轻|四张清单|包容审慎|容错)[^《》]{0,40}(?:清单|目录|名录|事项|表|情形)$"
)
_ITEMS = re.compile(
    r"(?:执法|权责|权力|职权|处罚|检查|强制)(?:和[^《》]{1,6})?(?:职权|权力|责任)?(?:和责任)?(?:事项)?(?:指导)?"
    r"(?:清单|目录|名录|名称表|表)$|(?:执法|处罚|检查|强制)[^《》]{0,16}事项[^《》]{0,10}(?:清单|目录|名录|表)$"
)
_RISK = re.compile(r"风险(?:提示|防控|防范)?(?:点|清单|事项)[^《》]{0,20}$|风险[^《》]{0,16}(?:清单|目录|名录|表)$")
_CATALOGUE = re.compile(r"(?:名录|目录|清单|名单|一览表|汇总表|分类表|明细表)$")


def looks_like_list(document: ReadDocument) -> DocumentKind | None:
    """The kind of list that ``document`` is, None where it is none (a text with articles, a case, a notice).

    A few articles above long tables (建设项目环境影响评价分类管理名录) do not make a list a text with articles. A
    spreadsheet with any table is at least a catalogue.
    """
    if has_articles(document) and not _mostly_tables(document):
        return None
    for title in _titles(document):
        if (kind := kind_of_title(title)) is not None:
            return kind
    for names in _header_rows(document):
        if (kind := kind_of_headers(names)) is not None:
            return kind
    is_sheet = document.format in (Format.XLSX, Format.XLS)
    return DocumentKind.CATALOGUE if is_sheet and any(document.tables()) else None


def has_articles(document: ReadDocument) -> bool:
    """Whether the paragraphs outside tables are numbered 第一条, 第二条, …."""
    found = (p for p in document.paragraphs() if _ARTICLE.match(p.text.lstrip("　 ")))
    return len(list(islice(found, _ARTICLES))) == _ARTICLES


def _mostly_tables(document: ReadDocument) -> bool:
    outside = sum(len(p.text) for p in document.paragraphs())
    inside = sum(len(cell.text) for table in document.tables() for cell in table.cells)
    return inside > _TABLES_OUTWEIGH * outside


def kind_of_title(title: str) -> DocumentKind | None:
    """The kind that a title names: 某市轻微违法行为不予处罚清单（2026年版） is an exemption list; a notice is none."""
    name = _TAIL.sub("", "".join(title.split()).rstrip("：:。"))
    if not name or len(name) > _LONGEST_TITLE or _ABOUT_A_LIST.search(name):
        return None
    if _RISK.search(name):
        return DocumentKind.RISK_LIST
    if _EXEMPTION.search(name):
        return DocumentKind.EXEMPTION_LIST
    if _BENCHMARK.search(name):
        return DocumentKind.BENCHMARK
    if _ITEMS.search(name):
        return DocumentKind.ITEM_LIST
    return DocumentKind.CATALOGUE if _CATALOGUE.search(name) else None


def kind_of_headers(names: Iterable[str]) -> DocumentKind | None:
    """The kind that the column names of one row show, None where they could head any table."""
    row = ["".join(name.split()) for name in names]
    whole = "|".join(row)

    def some(pattern: str) -> bool:
        return re.search(pattern, whole) is not None

    if some(r"风险点|风险等级|风险事项"):
        return DocumentKind.RISK_LIST
    if some(r"不予(?:行政)?处罚|免(?:予)?处?罚|首违不罚|(?:从轻|减轻)(?:处罚)?(?:的)?(?:情形|条件|情节)"):
        return DocumentKind.EXEMPTION_LIST
    if some(r"裁量(?:情节|幅度|标准|基准|因素|档次|阶次|等级|因子|起点|百分值|权)"):
        return DocumentKind.BENCHMARK
    if some(r"(?:执法|职权|权力|处罚|检查)事项|事项(?:名称|编码|类型)|职权(?:名称|编码|类型)") and some(r"依据"):
        return DocumentKind.ITEM_LIST
    return None


def _titles(document: ReadDocument) -> Iterator[str]:
    """What may be the title, surest first: the marked title, the first lines, the rows above a header, the name."""
    yield from (p.text for p in document.paragraphs() if p.title)
    has_tables = any(document.tables())
    for paragraph in islice(document.paragraphs(), _HEAD_PARAGRAPHS):
        stands_out = has_tables or paragraph.level is not None or paragraph.centred
        if stands_out and not _ANNEX_LINE.match(paragraph.text):
            yield paragraph.text
    if "title" in document.metadata:
        yield document.metadata["title"]
    for table in islice(document.tables(), 1):
        yield table.caption
        yield from (cell.text for cell in table.cells if cell.row < _HEADER_ROWS and cell.column_span > 1)
        yield from (names[0] for names in _rows(table) if len(names) == 1)
    yield PurePosixPath(document.name).stem


def _header_rows(document: ReadDocument) -> Iterator[list[str]]:
    for table in islice(document.tables(), 3):
        yield from (names for names in _rows(table) if len(names) > 1)


def _rows(table: Table) -> Iterator[list[str]]:
    """The live texts of the first rows, row by row."""
    for row in range(min(table.rows, _HEADER_ROWS)):
        yield [cell.text for cell in table.cells if cell.row == row and cell.text.strip() and not cell.hidden]
