"""The ZIP of a Word file (OOXML包): its parts as XML trees, within limits, found by their relationships."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from types import TracebackType

from lxml import etree

from ingest.readers.model import FileUnreadable, Note, NoteKind, Reason

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
PART_LIMIT = 64 * 1024 * 1024

_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_TRANSITIONAL = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"


class Package:
    """An open DOCX; ``notes`` collects what was wrong with its parts. Raises FileUnreadable if it cannot be opened."""

    def __init__(self, data: bytes, name: str) -> None:
        self._name = name
        self.notes: list[Note] = []
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError) as error:
            raise self._damaged("DOCX已损坏或不完整，打不开。") from error
        self._names = {info.filename: info for info in self._zip.infolist()}
        self._main = self._main_part()
        self._related = self._targets(self._main)

    def __enter__(self) -> Package:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._zip.close()

    def document(self) -> etree._Element:
        """Root of the main part."""
        root = self._xml(self._main)
        if root is None:
            raise self._damaged("DOCX中没有正文部分。")
        return root

    def related(self, kind: str) -> etree._Element | None:
        """Root of the first part that the main part names as ``kind`` (styles, numbering, footnotes), None if none."""
        return next(iter(self.all_related(kind)), None)

    def all_related(self, kind: str) -> list[etree._Element]:
        """Roots of all parts of one kind (header, footer)."""
        roots = [self._xml(target) for known, target in self._related if known == kind]
        return [root for root in roots if root is not None]

    def part(self, path: str) -> etree._Element | None:
        """Root of the part at ``path`` (docProps/core.xml), None where there is none."""
        return self._xml(path)

    def _main_part(self) -> str:
        for kind, target in self._targets(""):
            if kind == "officeDocument":
                return target
        return "word/document.xml"

    def _targets(self, part: str) -> list[tuple[str, str]]:
        folder, base = posixpath.split(part)
        root = self._xml(posixpath.join(folder, "_rels", f"{base}.rels"))
        if root is None:
            return []
        found = []
        for relation in root:
            if relation.get("TargetMode") == "External":
                continue
            target = relation.get("Target") or ""
            path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            found.append(((relation.get("Type") or "").rsplit("/", 1)[-1], path))
        return found

    def _xml(self, path: str) -> etree._Element | None:
        info = self._names.get(path)
        if info is None:
            return None
        data = self._bytes(info).replace(_STRICT, _TRANSITIONAL)
        try:
            return etree.fromstring(data, _parser(recover=False))
        except etree.XMLSyntaxError:
            self.notes.append(Note(NoteKind.DOUBTFUL, f"文件内部（{path}）有错误，已尽量读取，请与原件核对。"))
            root: etree._Element | None = etree.fromstring(data, _parser(recover=True))
            return root

    def _bytes(self, info: zipfile.ZipInfo) -> bytes:
        if info.flag_bits & 0x1:
            raise FileUnreadable(Reason.PASSWORD, "文件有密码。", where=self._name, remedy="请取消密码另存后收录。")
        try:
            with self._zip.open(info) as stream:
                data = stream.read(PART_LIMIT + 1)
        except (zipfile.BadZipFile, zlib.error, OSError, ValueError, EOFError, NotImplementedError) as error:
            raise self._damaged(f"DOCX内部（{info.filename}）数据损坏。") from error
        if len(data) > PART_LIMIT:
            raise FileUnreadable(
                Reason.TOO_LARGE, "DOCX展开后超过大小上限。", where=self._name, remedy="请拆分为几个文件后收录。"
            )
        return data

    def _damaged(self, what: str) -> FileUnreadable:
        return FileUnreadable(Reason.DAMAGED, what, where=self._name, remedy="请重新取得完整的文件，或用Word修复另存。")


def _parser(*, recover: bool) -> etree.XMLParser:
    return etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=recover)


def value(element: etree._Element | None, name: str = "val") -> str | None:
    """Attribute ``w:name`` of an element, None where the element or the attribute is absent."""
    return None if element is None else element.get(W + name)


def is_on(element: etree._Element | None) -> bool:
    """Whether a toggle property (w:vanish) is set: present and not 0, false, off."""
    return element is not None and (value(element) or "1").lower() not in ("0", "false", "off", "none")
