"""Format of a file from its content (识别文件格式): the name is only a hint, and a wrong one is told."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass
from pathlib import PurePosixPath

import msoffcrypto

from ingest.readers.encoding import BINARY, guess
from ingest.readers.model import FileUnreadable, Format, Note, NoteKind, Reason

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
RTF = b"{\\rtf"

_EXTENSIONS: dict[str, Format] = {
    ".pdf": Format.PDF,
    ".docx": Format.DOCX,
    ".docm": Format.DOCX,
    ".dotx": Format.DOCX,
    ".doc": Format.DOC,
    ".wps": Format.DOC,
    ".rtf": Format.DOC,
    ".xlsx": Format.XLSX,
    ".xlsm": Format.XLSX,
    ".xls": Format.XLS,
    ".et": Format.XLS,
    ".html": Format.HTML,
    ".htm": Format.HTML,
    ".shtml": Format.HTML,
    ".xhtml": Format.HTML,
    ".mht": Format.HTML,
    ".mhtml": Format.HTML,
    ".md": Format.MARKDOWN,
    ".markdown": Format.MARKDOWN,
    ".txt": Format.TEXT,
    ".text": Format.TEXT,
    ".zip": Format.ZIP,
    ".png": Format.IMAGE,
    ".jpg": Format.IMAGE,
    ".jpeg": Format.IMAGE,
    ".tif": Format.IMAGE,
    ".tiff": Format.IMAGE,
    ".bmp": Format.IMAGE,
    ".gif": Format.IMAGE,
    ".webp": Format.IMAGE,
}

FORMAT_ZH: dict[Format, str] = {
    Format.PDF: "PDF",
    Format.DOCX: "Word（DOCX）",
    Format.DOC: "Word（DOC）",
    Format.XLSX: "Excel（XLSX）",
    Format.XLS: "Excel（XLS）",
    Format.HTML: "网页",
    Format.MARKDOWN: "Markdown",
    Format.TEXT: "纯文本",
    Format.ZIP: "ZIP压缩包",
    Format.IMAGE: "图片",
}

_IMAGES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*", b"GIF87a", b"GIF89a")

_FOREIGN: tuple[tuple[bytes, str, str], ...] = (
    (b"Rar!\x1a\x07", "RAR压缩包", "请解压后收录，或改存为ZIP。"),
    (b"7z\xbc\xaf\x27\x1c", "7z压缩包", "请解压后收录，或改存为ZIP。"),
    (b"\x1f\x8b", "GZIP压缩文件", "请解压后收录，或改存为ZIP。"),
    (b"MZ", "Windows程序", "本系统不收录程序文件。"),
    (b"\x7fELF", "Linux程序", "本系统不收录程序文件。"),
)

_HTML_START = re.compile(r"\s*(<\?xml[^>]*\?>)?\s*(<!--.*?-->\s*)*<(!doctype\s+html|html|head|body)\b", re.I | re.S)
_HTML_INSIDE = re.compile(r"<(html|body)\b[^>]*>", re.I)
_HTML_TAGS = re.compile(r"</?(?:div|p|table|td|tr|span|a|br|li|ul|font|h[1-6])\b[^<>]*>", re.I)
_MIME_START = re.compile(rb"\s*(From: <?Saved by|MIME-Version:|Date: |Subject: |From: )", re.I)
_WORD_XML = re.compile(r"<\?mso-application\s+progid=\"(Word|Excel)\.|<w:wordDocument\b|<pkg:package\b")
_MARKDOWN_LINES = re.compile(r"^(#{1,6} +\S|:::|<!-- INFO END -->|\|? *:?-{3,}:? *\|)", re.M)
_SAMPLE = 65536


@dataclass(frozen=True, slots=True)
class Detected:
    """What a file is (文件格式识别结果), with what there is to say about it: a wrong extension, macros."""

    format: Format
    notes: tuple[Note, ...] = ()


def format_of_name(name: str) -> Format | None:
    """The format that the extension of ``name`` promises, None where it promises none that can be read."""
    return _EXTENSIONS.get(PurePosixPath(name.replace("\\", "/")).suffix.lower())


def detect(data: bytes, name: str) -> Detected:
    """The format of ``data``; raises FileUnreadable for what is empty, encrypted, damaged or of no readable format."""
    promised = format_of_name(name)
    if not data.strip(b"\x00\t\n\r \xef\xbb\xbf"):
        raise FileUnreadable(Reason.EMPTY, "文件是空的。", where=name, remedy="请重新取得该文件。")
    found, notes = _by_content(data, name, promised)
    if promised is not found:
        suffix = PurePosixPath(name.replace("\\", "/")).suffix or "（无）"
        notes = [
            Note(NoteKind.DOUBTFUL, f"扩展名{suffix}与内容不符，已按内容作为{FORMAT_ZH[found]}读取。"),
            *notes,
        ]
    return Detected(found, tuple(notes))


def _by_content(data: bytes, name: str, promised: Format | None) -> tuple[Format, list[Note]]:
    if b"%PDF-" in data[:1024]:
        return Format.PDF, []
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zip_kind(data, name, promised)
    if data.startswith(OLE):
        return _ole_kind(data, name)
    if data.startswith(_IMAGES) or (data[:4] == b"RIFF" and data[8:12] == b"WEBP") or _is_bmp(data):
        return Format.IMAGE, []
    if data.lstrip()[:5].lower() == RTF:
        return Format.DOC, []
    for magic, what, remedy in _FOREIGN:
        if data.startswith(magic):
            raise FileUnreadable(Reason.UNKNOWN_FORMAT, f"这是{what}，不能直接读取。", where=name, remedy=remedy)
    return _text_kind(data, name, promised), []


def _is_bmp(data: bytes) -> bool:
    return data[:2] == b"BM" and int.from_bytes(data[2:6], "little") == len(data)


# --- ZIP containers


def _zip_kind(data: bytes, name: str, promised: Format | None) -> tuple[Format, list[Note]]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = {info.filename.replace("\\", "/") for info in archive.infolist()}
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError) as error:
        what = FORMAT_ZH[promised] if promised in (Format.DOCX, Format.XLSX) else "压缩包"
        raise FileUnreadable(
            Reason.DAMAGED, f"{what}已损坏或不完整，打不开。", where=name, remedy="请重新取得完整的文件。"
        ) from error
    notes = _macros(members)
    if any(m.startswith("word/") for m in members) and "[Content_Types].xml" in members:
        return Format.DOCX, notes
    if any(m.startswith("xl/") for m in members) and "[Content_Types].xml" in members:
        return Format.XLSX, notes
    if "[Content_Types].xml" in members and any(m.startswith("ppt/") for m in members):
        raise _foreign(name, "演示文稿（PPTX）", "请另存为PDF后收录。")
    if "OFD.xml" in members:
        raise _foreign(name, "OFD版式文件", "请用OFD阅读器另存为PDF后收录。", Reason.NEEDS_CONVERSION)
    if "mimetype" in members and "content.xml" in members:
        raise _foreign(name, "OpenDocument文件", "请另存为DOCX或XLSX后收录。", Reason.NEEDS_CONVERSION)
    return Format.ZIP, []


def _macros(members: set[str]) -> list[Note]:
    notes = []
    if any(m.lower().endswith("vbaproject.bin") for m in members):
        notes.append(Note(NoteKind.ACTIVE, "文件含有宏，未运行。"))
    return notes


def _foreign(name: str, what: str, remedy: str, reason: Reason = Reason.UNKNOWN_FORMAT) -> FileUnreadable:
    return FileUnreadable(reason, f"这是{what}，不能直接读取。", where=name, remedy=remedy)


# --- OLE containers


def _ole_kind(data: bytes, name: str) -> tuple[Format, list[Note]]:
    if _stream(data, "EncryptedPackage"):
        raise _password(name)
    word, book = _stream(data, "WordDocument"), _stream(data, "Workbook") or _stream(data, "Book")
    if not word and not book:
        if _stream(data, "PowerPoint Document"):
            raise _foreign(name, "演示文稿（PPT）", "请另存为PDF后收录。")
        raise FileUnreadable(
            Reason.UNKNOWN_FORMAT,
            "旧式Office容器中没有可读的文档。",
            where=name,
            remedy="请核对文件是否完整，或另存为DOCX、XLSX后收录。",
        )
    if word and _encrypted(data):
        raise _password(name)
    notes = []
    if _stream(data, "_VBA_PROJECT"):
        notes.append(Note(NoteKind.ACTIVE, "文件含有宏，未运行。"))
    return (Format.DOC if word else Format.XLS), notes


def _stream(data: bytes, stream: str) -> bool:
    return (stream + "\0").encode("utf-16-le") in data


def _encrypted(data: bytes) -> bool:
    try:
        return bool(msoffcrypto.OfficeFile(io.BytesIO(data)).is_encrypted())
    except Exception:  # damaged container: the reader that follows says so
        return False


def _password(name: str) -> FileUnreadable:
    return FileUnreadable(Reason.PASSWORD, "文件有打开密码。", where=name, remedy="请取消密码另存后收录。")


# --- texts


def _text_kind(data: bytes, name: str, promised: Format | None) -> Format:
    if _MIME_START.match(data) and b"multipart/" in data[:4096].lower():
        return Format.HTML
    encoding = guess(data)
    if encoding is BINARY:
        if promised in (None, Format.TEXT, Format.MARKDOWN, Format.HTML):
            raise FileUnreadable(
                Reason.UNKNOWN_FORMAT,
                "不是可识别的文件格式（二进制内容）。",
                where=name,
                remedy="可收录PDF、Word、Excel、网页、Markdown、纯文本及其ZIP压缩包。",
            )
        raise FileUnreadable(
            Reason.DAMAGED,
            f"内容不是{FORMAT_ZH[promised]}，也不是文字，文件可能已损坏。",
            where=name,
            remedy="请重新取得完整的文件。",
        )
    text = data[:_SAMPLE].decode(encoding, "replace").lstrip("\ufeff")
    if _WORD_XML.search(text[:4096]):
        raise _foreign(name, "Office的XML文件", "请另存为DOCX或XLSX后收录。", Reason.NEEDS_CONVERSION)
    if _HTML_START.match(text):
        return Format.HTML
    if promised is Format.MARKDOWN:
        return Format.HTML if _HTML_INSIDE.search(text) else Format.MARKDOWN
    if _HTML_INSIDE.search(text) and len(_HTML_TAGS.findall(text)) >= 5:
        return Format.HTML
    if promised is Format.HTML or (promised is not Format.TEXT and len(_HTML_TAGS.findall(text)) >= 20):
        return Format.HTML
    if text.startswith("---\n") or len(_MARKDOWN_LINES.findall(text)) >= 2:
        return Format.MARKDOWN
    return Format.TEXT
