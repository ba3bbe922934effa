"""Plain texts: the encoding is found and recorded, no byte is dropped, what cannot be decoded is shown."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.readers import read_document
from ingest.readers.characters import TEXT_LIMIT
from ingest.readers.encoding import decode, guess
from ingest.readers.model import FileUnreadable, Format, NoteKind, Paragraph, Place, Reason
from ingest.readers.text import read_text

LAW = "示范市犬只管理条例（示例）\n\n第一条　为了规范养犬行为，维护公共秩序，制定本条例。\n第二条　每户限养一只。\n"
TRADITIONAL = "第一條　為規範飼養行為，維護公共秩序，特制定本條例。\n第二條　每戶限養一隻。\n"


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        pytest.param(LAW.encode(), "utf-8", id="utf8"),
        pytest.param(LAW.encode("utf-8-sig"), "utf-8-sig", id="utf8_bom"),
        pytest.param(LAW.encode("gb18030"), "gb18030", id="gb18030"),
        pytest.param(LAW.encode("utf-16"), "utf-16-le", id="utf16_bom"),
        pytest.param(LAW.encode("utf-16-le"), "utf-16-le", id="utf16_le"),
        pytest.param(LAW.encode("utf-16-be"), "utf-16-be", id="utf16_be"),
        pytest.param(b"\xfe\xff" + LAW.encode("utf-16-be"), "utf-16-be", id="utf16_be_bom"),
        pytest.param(LAW.encode("utf-32"), "utf-32", id="utf32_bom"),
        pytest.param("GB 12348-2008 noise".encode("utf-16-le"), "utf-16-le", id="ascii_in_utf16"),
        pytest.param(b"plain ascii", "utf-8", id="ascii"),
    ],
)
def test_encodings_are_found(data: bytes, encoding: str) -> None:
    document = read_text(data, "示例.txt")
    assert document.encoding == encoding
    if encoding != "utf-8":
        assert document.notes[0].kind is NoteKind.ENCODING
    assert next(document.paragraphs()).text in (LAW.split("\n")[0], "GB 12348-2008 noise", "plain ascii")


def test_traditional_characters_in_big5() -> None:
    assert guess(TRADITIONAL.encode("big5")) == "big5"
    assert decode(TRADITIONAL.encode("big5")).text == TRADITIONAL


def test_lines_are_paragraphs_with_their_numbers() -> None:
    assert read_text(LAW.encode("gb18030"), "示例.txt").blocks == (
        Paragraph("示范市犬只管理条例（示例）", Place(line=1)),
        Paragraph("第一条　为了规范养犬行为，维护公共秩序，制定本条例。", Place(line=3)),
        Paragraph("第二条　每户限养一只。", Place(line=4)),
    )


def test_a_title_set_in_the_middle_by_blanks_is_centred() -> None:
    document = read_text("                示范市条例\n　　第一条　甲。".encode(), "示例.txt")
    assert [paragraph.centred for paragraph in document.paragraphs()] == [True, False]


@pytest.mark.parametrize(
    ("data", "text", "shown", "line"),
    [
        pytest.param(LAW.encode() + b"\xff\xfe\n", "\\xff\\xfe", "\\xff\\xfe", 5, id="utf8"),
        pytest.param(LAW.encode("gb18030") + b"\xff\n", "\\xff", "\\xff", 5, id="gb18030"),
        pytest.param(LAW.encode() + b"a\x00b", "a\\x00b", "\\x00", 5, id="nul"),
        pytest.param(LAW.encode() + b"a\x1ab", "a\\x1ab", "\\x1a", 5, id="control"),
    ],
)
def test_bytes_that_are_no_words_are_shown_and_told(data: bytes, text: str, shown: str, line: int) -> None:
    document = read_text(data, "示例.txt")
    assert list(document.paragraphs())[-1].text == text
    (note,) = [note for note in document.notes if note.kind is NoteKind.DOUBTFUL]
    assert (note.text, note.place.line) == (shown, line)


def test_a_text_full_of_faults_lists_the_first_twenty() -> None:
    document = read_text((LAW * 20).encode() + b"\xff\n" * 500, "示例.txt")
    doubtful = [note for note in document.notes if note.kind is NoteKind.DOUBTFUL]
    assert len(doubtful) == 21
    assert "500处" in doubtful[-1].message


def test_padding_at_the_end_is_taken_off() -> None:
    document = read_text(LAW.encode() + b"\x00" * 512, "示例.txt")
    assert len(document.blocks) == 3
    assert [note.kind for note in document.notes] == [NoteKind.REPAIRED]


def test_private_characters_are_told() -> None:
    document = read_text("第一条　\ue010甲。".encode(), "示例.txt")
    assert [(note.kind, note.text) for note in document.notes] == [(NoteKind.DOUBTFUL, "\ue010")]


def test_a_text_over_the_limit_is_refused_with_its_size() -> None:
    with pytest.raises(FileUnreadable, match="20MB的上限") as caught:
        read_document("第一条　甲。\n".encode() * (50 * 1024 * 1024 // 19), "示例.txt")
    assert caught.value.reason is Reason.TOO_LARGE
    assert TEXT_LIMIT == 20 * 1024 * 1024


COMMON = st.text(
    st.sampled_from("为了规范行政处罚的设定和实施根据宪法制定本条例第一二三四五六七八九十条，。；："), min_size=12
)


@given(COMMON, st.sampled_from(["utf-8", "gb18030", "utf-16-le", "utf-16-be", "utf-8-sig"]))
@settings(deadline=None)
def test_chinese_text_reads_the_same_in_every_encoding(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)).text == text


@given(st.binary(max_size=400))
@settings(max_examples=300, deadline=None)
def test_any_bytes_are_a_text_or_refused(data: bytes) -> None:
    try:
        document = read_document(data, "示例.txt")
    except FileUnreadable:
        return
    assert document.blocks


DAMAGE = st.binary(min_size=1, max_size=4).filter(lambda data: b"\\" not in data)


@given(COMMON, DAMAGE, st.integers(0, 12), st.sampled_from(["utf-8", "gb18030"]))
@settings(max_examples=300, deadline=None)
def test_no_byte_is_dropped_from_a_damaged_text(text: str, damage: bytes, at: int, encoding: str) -> None:
    whole = (text * 5).encode(encoding)
    whole = whole[: 2 * at] + damage + whole[2 * at :]
    decoded = decode(whole)
    if decoded.encoding in ("utf-8", "gb18030"):
        written = decoded.text.encode(decoded.encoding)
        assert re.sub(rb"\\x([0-9a-f]{2})", lambda m: bytes.fromhex(m[1].decode()), written) == whole


def test_format_is_text() -> None:
    assert read_document(LAW.encode(), "示例.txt").format is Format.TEXT
