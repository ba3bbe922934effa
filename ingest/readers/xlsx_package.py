"""The parts of an XLSX package (工作簿部件): which sheets there are, their strings and number formats.

openpyxl is not asked for the sheets themselves: it deletes what lies under merged cells before anyone can see it,
gives either a formula or its value but not both, and refuses whole workbooks over their colours. Its tables of
number formats and dates are used.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import IO

from lxml import etree
from openpyxl.styles.numbers import BUILTIN_FORMATS
from openpyxl.utils.escape import unescape

from ingest.readers.model import FileUnreadable, Reason

LARGEST_BYTES = 200 * 1024 * 1024  # of all parts that are read, unpacked; ten times the largest list that we met
_CHUNK = 1 << 18
_EMPTY_CELL = re.compile(rb'<c r="[A-Z]+[0-9]+"[^<>]*/>')
_EMPTY_ROW = re.compile(rb'<row (?![^<>]*(?:hidden=|ht="0"))[^<>]*\br="[0-9]+"[^<>]*(?:/>|>\s*</row>)')
_DAMAGED = "请用表格软件打开核对，另存为 xlsx 后再装载。"


@dataclass(frozen=True, slots=True)
class SheetPart:
    """One worksheet of the workbook: its name, its part's path, whether the workbook hides it."""

    name: str
    path: str
    hidden: bool


@dataclass(frozen=True, slots=True)
class Workbook:
    """What all sheets share: order, strings, the number format of every cell style, the epoch of dates."""

    sheets: Sequence[SheetPart]
    strings: Sequence[str]
    formats: Sequence[str]
    dates_from_1904: bool


def open_workbook(archive: zipfile.ZipFile, name: str) -> Workbook:
    """The workbook of a package; raises FileUnreadable where it is none, is damaged or unpacks too large."""
    parts = {info.filename: info.file_size for info in archive.infolist()}
    size = sum(parts[path] for path in parts if path.endswith((".xml", ".rels")))
    if size > LARGEST_BYTES:
        raise FileUnreadable(
            Reason.TOO_LARGE,
            f"工作簿解开后有 {size // 1024 // 1024} MB，超过 {LARGEST_BYTES // 1024 // 1024} MB 的上限。",
            where=name,
            remedy="请拆分工作簿，或删去空白行列后另存。",
        )
    if any(path.endswith("workbook.bin") for path in parts):
        raise FileUnreadable(
            Reason.NEEDS_CONVERSION, "二进制工作簿（xlsb）不能直接读取。", where=name, remedy="请另存为 xlsx 后再装载。"
        )
    main = next((t for kind, t in relations(archive, "").values() if kind == "officeDocument"), "xl/workbook.xml")
    if main not in parts:
        raise damaged(name, "缺少工作簿部件")
    root = read_part(archive, main)
    targets = relations(archive, main)
    sheets = []
    for sheet in root.iterfind("{*}sheets/{*}sheet"):
        kind, path = targets.get(_relation_id(sheet), ("", ""))
        if kind == "worksheet" and path not in parts:
            raise damaged(name, f"缺少工作表“{sheet.get('name', '')}”的内容")
        if kind == "worksheet":
            sheets.append(SheetPart(sheet.get("name", ""), path, sheet.get("state", "visible") != "visible"))
    by_kind = {kind: path for kind, path in targets.values() if path in parts}
    properties = root.find("{*}workbookPr")
    return Workbook(
        sheets=sheets,
        strings=_strings(archive, by_kind.get("sharedStrings")),
        formats=_formats(archive, by_kind.get("styles")),
        dates_from_1904=properties is not None and properties.get("date1904") in ("1", "true"),
    )


def damaged(name: str, what: str) -> FileUnreadable:
    return FileUnreadable(Reason.DAMAGED, f"工作簿已损坏：{what}。", where=name, remedy=_DAMAGED)


def read_part(archive: zipfile.ZipFile, path: str) -> etree._Element:
    """A small part as a tree; entities are not resolved."""
    return etree.fromstring(archive.read(path), etree.XMLParser(resolve_entities=False, no_network=True))


def walk_part(archive: zipfile.ZipFile, path: str, tags: Sequence[str]) -> Iterator[etree._Element]:
    """The elements of a part by local name as they end; what was walked over is forgotten (rows may be a million)."""
    with archive.open(path) as part:
        source = _WithoutEmptyCells(part)
        wanted = [f"{{*}}{tag}" for tag in tags]
        for _, element in etree.iterparse(source, tag=wanted, resolve_entities=False, no_network=True):
            yield element
            element.clear()
            while element.getprevious() is not None:
                del element.getparent()[0]


class _WithoutEmptyCells:
    """A sheet's part as a stream without the cells and rows that only carry a style.

    A sheet that was formatted to its last row has a million of them: 3 million such cells took 50 s to walk over as
    elements, and 3 s this way (measured 2026-11-22, lxml 6).
    """

    def __init__(self, part: IO[bytes]) -> None:
        self._part = part
        self._rest = b""

    def read(self, size: int = -1) -> bytes:
        """Some bytes of the part, never cut inside an element that could be left out; empty at the end."""
        while chunk := self._part.read(_CHUNK):
            text = _EMPTY_ROW.sub(b"", _EMPTY_CELL.sub(b"", self._rest + chunk))
            cut = max(text.rfind(b"<row "), text.rfind(b"</row>"), text.rfind(b"<c ")) if len(text) < 2 * _CHUNK else -1
            cut = len(text) if cut < 0 else cut
            text, self._rest = text[:cut], text[cut:]
            if text:
                return text
        text, self._rest = self._rest, b""
        return text


def relations(archive: zipfile.ZipFile, part: str) -> Mapping[str, tuple[str, str]]:
    """The relations of a part (``""``: the package): id → last word of the type, path inside the package.

    External targets (links to other workbooks, web addresses) are left out.
    """
    folder, base = posixpath.split(part)
    path = posixpath.join(folder, "_rels", f"{base}.rels")
    if path not in archive.namelist():
        return {}
    found = {}
    for relation in read_part(archive, path).iterfind("{*}Relationship"):
        if relation.get("TargetMode") != "External":
            target = relation.get("Target", "")
            target = (
                target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            )
            found[relation.get("Id", "")] = (posixpath.basename(relation.get("Type", "")), target)
    return found


def text_of(element: etree._Element) -> str:
    """The words of a string item: its runs without the phonetic guides."""
    runs = (t for t in element.iter("{*}t") if etree.QName(t.getparent()).localname != "rPh")
    return str(unescape("".join(t.text or "" for t in runs))).replace("\r\n", "\n").replace("\r", "\n")


def _relation_id(sheet: etree._Element) -> str:
    return next((value for key, value in sheet.attrib.items() if key.endswith("}id")), "")


def _strings(archive: zipfile.ZipFile, path: str | None) -> list[str]:
    return [text_of(item) for item in walk_part(archive, path, ["si"])] if path else []


def _formats(archive: zipfile.ZipFile, path: str | None) -> list[str]:
    """The number format of each cell style, by the style's index."""
    if path is None:
        return []
    root = read_part(archive, path)
    own = {f.get("numFmtId"): f.get("formatCode", "") for f in root.iterfind("{*}numFmts/{*}numFmt")}
    formats = []
    for style in root.iterfind("{*}cellXfs/{*}xf"):
        number = style.get("numFmtId", "0")
        built_in = BUILTIN_FORMATS.get(int(number), "General") if number.isdigit() else "General"
        formats.append(own.get(number) or built_in)
    return formats
