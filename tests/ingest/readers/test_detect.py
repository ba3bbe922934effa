"""Formats are found from the content; a wrong extension is told, what cannot be read says why."""

from __future__ import annotations

import io
import zipfile

import msoffcrypto.format.ooxml
import openpyxl
import pytest

from ingest.readers import read_document
from ingest.readers.detect import detect
from ingest.readers.model import FileUnreadable, Format, NoteKind, Reason
from tests.ingest.readers.word_files import p, word_file

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
LAW = "第一条　为了规范养犬行为，维护公共秩序，制定本条例。\n"


def ole(*streams: str) -> bytes:
    """Something that begins as an OLE file and names these streams."""
    return OLE + b"\0" * 504 + b"".join(s.encode("utf-16-le") + b"\0\0" for s in streams)


def zipped(**members: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, data in members.items():
            archive.writestr(name.replace("__", "/"), data)
    return buffer.getvalue()


def workbook() -> bytes:
    buffer = io.BytesIO()
    openpyxl.Workbook().save(buffer)
    return buffer.getvalue()


PAGE = f"<html><body><p>{LAW}</p></body></html>"


@pytest.mark.parametrize(
    ("data", "name", "expected", "told"),
    [
        pytest.param(b"%PDF-1.7\n", "a.pdf", Format.PDF, False, id="pdf"),
        pytest.param(b"junk\n%PDF-1.4\n", "a.pdf", Format.PDF, False, id="pdf_after_junk"),
        pytest.param(word_file(p("甲")), "a.docx", Format.DOCX, False, id="docx"),
        pytest.param(word_file(p("甲")), "a.pdf", Format.DOCX, True, id="docx_named_pdf"),
        pytest.param(word_file(p("甲")), "a.doc", Format.DOCX, True, id="docx_named_doc"),
        pytest.param(workbook(), "a.xlsx", Format.XLSX, False, id="xlsx"),
        pytest.param(workbook(), "a.xls", Format.XLSX, True, id="xlsx_named_xls"),
        pytest.param(ole("WordDocument"), "a.doc", Format.DOC, False, id="doc"),
        pytest.param(ole("WordDocument"), "a.wps", Format.DOC, False, id="wps"),
        pytest.param(ole("Workbook"), "a.xls", Format.XLS, False, id="xls"),
        pytest.param(ole("Book"), "a.xls", Format.XLS, False, id="old_xls"),
        pytest.param(ole("Workbook"), "a.doc", Format.XLS, True, id="xls_named_doc"),
        pytest.param(PAGE.encode(), "a.html", Format.HTML, False, id="html"),
        pytest.param(PAGE.encode(), "a.doc", Format.HTML, True, id="page_saved_as_doc"),
        pytest.param(b"<table><tr><td>1</td></tr></table>" * 5, "a.xls", Format.HTML, True, id="table_saved_as_xls"),
        pytest.param(PAGE.encode("utf-16"), "a.htm", Format.HTML, False, id="html_in_utf16"),
        pytest.param(b"{\\rtf1 a}", "a.rtf", Format.DOC, False, id="rtf"),
        pytest.param(b"{\\rtf1 a}", "a.doc", Format.DOC, False, id="rtf_named_doc"),
        pytest.param(b"\x89PNG\r\n\x1a\n", "a.png", Format.IMAGE, False, id="png"),
        pytest.param(b"\xff\xd8\xff\xe0", "a.jpg", Format.IMAGE, False, id="jpeg"),
        pytest.param(LAW.encode(), "a.txt", Format.TEXT, False, id="text"),
        pytest.param(LAW.encode("gb18030"), "a.TXT", Format.TEXT, False, id="text_in_gb18030"),
        pytest.param(LAW.encode("utf-16-le"), "a.txt", Format.TEXT, False, id="text_in_utf16"),
        pytest.param(LAW.encode(), "a.pdf", Format.TEXT, True, id="text_named_pdf"),
        pytest.param(LAW.encode(), "a.md", Format.MARKDOWN, False, id="markdown_without_marks"),
        pytest.param(f"# 甲\n\n## 乙\n{LAW}".encode(), "a.txt", Format.MARKDOWN, True, id="markdown_named_txt"),
        pytest.param(f'<p id="t1">{LAW}</p>'.encode(), "a.md", Format.MARKDOWN, False, id="tags_in_markdown"),
        pytest.param(f"甲 <100 mg/L，乙 >5\n{LAW}".encode(), "a.txt", Format.TEXT, False, id="signs_in_text"),
        pytest.param(zipped(a__b=b"x"), "a.zip", Format.ZIP, False, id="zip"),
    ],
)
def test_the_content_tells_the_format(data: bytes, name: str, expected: Format, told: bool) -> None:
    detected = detect(data, name)
    assert detected.format is expected
    assert [note.kind for note in detected.notes] == ([NoteKind.DOUBTFUL] if told else [])


@pytest.mark.parametrize(
    ("data", "name", "reason"),
    [
        pytest.param(b"", "a.pdf", Reason.EMPTY, id="empty"),
        pytest.param(b" \r\n\t\x00", "a.txt", Reason.EMPTY, id="blank"),
        pytest.param("\ufeff".encode(), "a.txt", Reason.EMPTY, id="bom_only"),
        pytest.param(bytes(range(256)) * 8, "a.dat", Reason.UNKNOWN_FORMAT, id="binary"),
        pytest.param(bytes(range(256)) * 8, "a.docx", Reason.DAMAGED, id="binary_named_docx"),
        pytest.param(word_file(p("甲"))[:300], "a.docx", Reason.DAMAGED, id="half_a_docx"),
        pytest.param(ole("EncryptedPackage", "EncryptionInfo"), "a.docx", Reason.PASSWORD, id="encrypted_docx"),
        pytest.param(ole("Sonstiges"), "a.doc", Reason.UNKNOWN_FORMAT, id="ole_of_another_kind"),
        pytest.param(ole("PowerPoint Document"), "a.ppt", Reason.UNKNOWN_FORMAT, id="ppt"),
        pytest.param(b"Rar!\x1a\x07\x00", "a.rar", Reason.UNKNOWN_FORMAT, id="rar"),
        pytest.param(b"MZ\x90\x00", "a.exe", Reason.UNKNOWN_FORMAT, id="program"),
        pytest.param(zipped(**{"OFD.xml": b"<x/>"}), "a.ofd", Reason.NEEDS_CONVERSION, id="ofd"),
        pytest.param(zipped(mimetype=b"x", **{"content.xml": b"<x/>"}), "a.odt", Reason.NEEDS_CONVERSION, id="odt"),
        pytest.param(b'<?xml version="1.0"?><w:wordDocument/>', "a.doc", Reason.NEEDS_CONVERSION, id="word_xml"),
    ],
)
def test_what_cannot_be_read_says_why_and_what_to_do(data: bytes, name: str, reason: Reason) -> None:
    with pytest.raises(FileUnreadable) as caught:
        detect(data, name)
    assert caught.value.reason is reason
    assert caught.value.where == name
    assert caught.value.remedy


def test_a_really_encrypted_word_file_asks_for_no_password() -> None:
    plain, locked = io.BytesIO(word_file(p("甲") * 500)), io.BytesIO()
    msoffcrypto.format.ooxml.OOXMLFile(plain).encrypt("示例", locked)
    with pytest.raises(FileUnreadable) as caught:
        read_document(locked.getvalue(), "示例.docx")
    assert caught.value.reason is Reason.PASSWORD


def test_macros_are_told() -> None:
    assert [n.kind for n in detect(ole("WordDocument", "_VBA_PROJECT"), "a.doc").notes] == [NoteKind.ACTIVE]


def test_an_archive_is_not_read_as_a_document() -> None:
    with pytest.raises(FileUnreadable, match="压缩包"):
        read_document(zipped(a=b"x"), "a.zip")
