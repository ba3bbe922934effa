"""Files that are damaged, protected, empty, active or pictures: told, never a crash."""

from __future__ import annotations

import pymupdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.readers.model import FileUnreadable, NoteKind, Reason
from ingest.readers.pdf import document as reading
from ingest.readers.pdf import read_image, read_pdf, render_region
from ingest.readers.pdf.picture import tessdata
from tests.ingest.readers.pdf.pdf_samples import LEFT, Pages, picture_of, scanned

WORDS = ["示范市生态环境局", "行政处罚决定书"]
needs_tesseract = pytest.mark.skipif(tessdata() is None, reason="tesseract with chi_sim is not installed")


def plain() -> Pages:
    return Pages().new().write(LEFT, 100, "第一条　本办法为示例。")


def test_a_protected_file_says_so() -> None:
    data = plain().data(encryption=pymupdf.PDF_ENCRYPT_AES_256, user_pw="a", owner_pw="b")
    with pytest.raises(FileUnreadable) as error:
        read_pdf(data, "示例.pdf")
    assert error.value.reason is Reason.PASSWORD


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", Reason.EMPTY),
        (b"%PDF-1.7\n", Reason.DAMAGED),
        (b"no pdf at all", Reason.DAMAGED),
        (Pages().new().data(), Reason.EMPTY),
    ],
    ids=["empty", "head-only", "other", "blank-page"],
)
def test_a_file_without_text_says_why(data: bytes, reason: Reason) -> None:
    with pytest.raises(FileUnreadable) as error:
        read_pdf(data, "示例.pdf")
    assert (error.value.reason, error.value.where) == (reason, "示例.pdf")


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 4000), st.integers(0, 255), st.booleans())
def test_a_mutated_file_is_read_or_refused(at: int, byte: int, cut: bool) -> None:
    data = bytearray(plain().data())
    at %= len(data)
    if cut:
        data = data[:at]
    else:
        data[at] = byte
    outcome: object
    try:
        outcome = read_pdf(bytes(data), "示例.pdf").blocks
    except FileUnreadable as error:
        outcome = error.remedy
    assert outcome


def test_scripts_and_attachments_are_told_and_not_run() -> None:
    pages = plain()
    pages.file.embfile_add("附件.txt", b"x")
    notes = [note for note in read_pdf(pages.data(), "示例.pdf").notes if note.kind is NoteKind.ACTIVE]
    assert [note.text for note in notes] == ["附件.txt"]


def test_one_page_that_fails_leaves_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    pages = plain().new().write(LEFT, 100, "第二条　第二页。")
    good = reading.read_page

    def failing(page: object, number: int, *rest: object) -> object:
        if number == 1:
            raise RuntimeError("broken stream")
        return good(page, number, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(reading, "read_page", failing)
    document = read_pdf(pages.data(), "示例.pdf")
    assert [paragraph.place.page for paragraph in document.paragraphs()] == [2]
    assert any(note.kind is NoteKind.DOUBTFUL and note.place.page == 1 for note in document.notes)


def test_a_page_turned_on_its_side_is_read_upright() -> None:
    pages = Pages().new()
    pages.page.insert_text((300, 600), "第一条　横置的页面。", fontname="china-s", fontsize=12, rotate=90)
    assert [p.text for p in read_pdf(pages.data(), "示例.pdf").paragraphs()] == ["第一条　横置的页面。"]


def test_pictures_without_tesseract_need_ocr(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "tessdata", lambda: None)
    with pytest.raises(FileUnreadable) as error:
        read_pdf(scanned(WORDS), "示例.pdf")
    assert error.value.reason is Reason.NEEDS_OCR


def test_a_mixed_file_without_tesseract_keeps_its_text_and_names_the_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "tessdata", lambda: None)
    pages = plain()
    with pymupdf.open(stream=scanned(WORDS), filetype="pdf") as scan:
        pages.file.insert_pdf(scan)
    document = read_pdf(pages.data(), "示例.pdf")
    assert [note.place.page for note in document.notes if note.kind is NoteKind.NEEDS_OCR] == [2]
    assert [paragraph.ocr for paragraph in document.paragraphs()] == [False]


@needs_tesseract
def test_a_scanned_page_is_read_by_ocr_and_marked() -> None:
    document = read_pdf(scanned(WORDS), "示例.pdf")
    assert "示范市生态环境局" in "".join(p.text for p in document.paragraphs())
    assert all(paragraph.ocr for paragraph in document.paragraphs())
    assert [note.place.page for note in document.notes if note.kind is NoteKind.OCR] == [1]


@needs_tesseract
def test_a_scanned_picture_is_read_the_same_way() -> None:
    document = read_image(picture_of(WORDS), "示例.png")
    assert "示范市生态环境局" in "".join(p.text for p in document.paragraphs())


def test_a_damaged_picture_says_so() -> None:
    with pytest.raises(FileUnreadable):
        read_image(b"\x89PNG\r\n\x1a\n" + b"\x00" * 40, "示例.png")


def test_a_region_of_a_page_is_a_png() -> None:
    assert render_region(plain().data(), 1, (80, 80, 300, 120)).startswith(b"\x89PNG")


def test_a_picture_of_too_many_pixels_is_refused_before_it_is_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MOST_PIXELS", 1000)
    with pytest.raises(FileUnreadable) as error:
        read_image(picture_of(WORDS), "示例.png")
    assert error.value.reason is Reason.TOO_LARGE
