"""Text of PDF pages: strays put back, lines joined, page numbers and contents taken out."""

from __future__ import annotations

import pytest

from ingest.readers.model import Note, NoteKind, ReadDocument
from ingest.readers.pdf import read_pdf
from ingest.readers.pdf.furniture import is_page_number
from ingest.readers.pdf.glyphs import readable
from tests.ingest.readers.pdf.pdf_samples import LEFT, Pages

FULL = "示范市生态环境主管部门应当依照本办法的规定对违法行为进行调查并作出"


def texts(document: ReadDocument) -> list[str]:
    return [paragraph.text for paragraph in document.paragraphs()]


def notes(document: ReadDocument, kind: NoteKind) -> list[Note]:
    return [note for note in document.notes if note.kind is kind]


@pytest.mark.parametrize("shift", [9.0, -9.0], ids=["below", "above"])
@pytest.mark.parametrize(
    ("words", "lost"),
    [("处一百万元以上二百万元以下的罚款", "一"), ("超标、超总量排放污染物的，责令改正。", "、，。"), ("一次", "一")],
    ids=["amount", "punctuation", "at-the-beginning"],
)
def test_a_character_on_a_line_of_its_own_goes_back_to_its_hole(words: str, lost: str, shift: float) -> None:
    pages = Pages().new().spread(LEFT, 200, words, holes=lost)
    for at, char in enumerate(words):
        if char in lost:
            pages.write(LEFT + 12 * at, 200 + shift, char)
    document = read_pdf(pages.data(), "示例.pdf")
    assert texts(document) == [words]
    assert len(notes(document, NoteKind.REPAIRED)) == sum(char in lost for char in words)
    assert words in notes(document, NoteKind.REPAIRED)[-1].message


def test_a_character_that_fits_two_lines_is_doubtful_and_stays_where_it_is() -> None:
    pages = Pages().new().spread(LEFT, 200, "处一万元罚款", holes="一").spread(LEFT, 218, "处一万元罚款", holes="一")
    pages.write(LEFT + 12, 209, "一")
    document = read_pdf(pages.data(), "示例.pdf")
    assert any("不能确定" in note.message for note in notes(document, NoteKind.DOUBTFUL))
    assert not any("一万元" in text for text in texts(document))


def test_a_line_with_no_hole_takes_no_stray() -> None:
    document = read_pdf(Pages().new().write(LEFT, 200, "处百万元罚款").write(LEFT + 24, 209, "一").data(), "示例.pdf")
    assert not notes(document, NoteKind.REPAIRED)
    assert "处百万元罚款" in texts(document)


def test_lines_of_a_paragraph_are_joined_and_an_article_begins_one() -> None:
    pages = Pages().new().write(LEFT + 24, 100, "第一条　" + FULL[:28])
    pages.write(LEFT, 120, FULL).write(LEFT, 140, "处理决定。").write(
        LEFT + 24, 160, "第二条　本办法自公布之日起施行。"
    )
    pages.write(LEFT + 24, 180, "前款规定的期限为十日。")
    found = texts(read_pdf(pages.data(), "示例.pdf"))
    assert found[0].endswith(FULL + "处理决定。")
    assert [text[:3] for text in found] == ["第一条", "第二条", "前款规"]


def test_a_reference_at_the_beginning_of_a_line_begins_no_article() -> None:
    pages = Pages().new().write(LEFT + 24, 100, "第一条　" + FULL[:28]).write(LEFT, 120, "第三条　规定的处理决定，")
    assert len(texts(read_pdf(pages.data(), "示例.pdf"))) == 1


def test_a_paragraph_goes_on_over_the_page_break_past_the_page_number() -> None:
    pages = Pages().new().write(LEFT + 24, 100, "第一条　" + FULL[:28]).write(LEFT, 120, FULL).write(280, 800, "— 1 —")
    pages.new().write(LEFT, 100, "处理决定。").write(280, 800, "— 2 —")
    document = read_pdf(pages.data(), "示例.pdf")
    (only,) = texts(document)
    assert only.endswith("作出处理决定。")
    assert {note.text for note in notes(document, NoteKind.STRIPPED)} == {"— 1 —", "— 2 —"}


@pytest.mark.parametrize("text", ["— 2 —", "-12-", "3", "第 3 页 共 9 页", "3/9", "１２", "Ⅳ", "ⅲ", "Page 3 of 9"])
def test_page_numbers_are_known(text: str) -> None:
    assert is_page_number(text)


@pytest.mark.parametrize("text", ["第三条", "2021年", "罚款", "一、总则", "第3章", "3次", ""])
def test_other_short_lines_are_no_page_numbers(text: str) -> None:
    assert not is_page_number(text)


def test_running_heads_are_taken_out_and_told() -> None:
    pages = Pages()
    for number in range(1, 5):
        pages.new().write(LEFT, 50, "示范市裁量基准（示例）").write(
            LEFT + 24, 200, f"第{'一二三四'[number - 1]}条　内容。"
        )
    document = read_pdf(pages.data(), "示例.pdf")
    assert [text[:3] for text in texts(document)] == ["第一条", "第二条", "第三条", "第四条"]
    assert len(notes(document, NoteKind.STRIPPED)) == 4


def test_dotted_contents_are_taken_out_and_kept_in_a_note() -> None:
    pages = Pages().new().write(280, 100, "目录", size=16)
    pages.write(LEFT, 140, "第一章　总则" + "." * 60 + "1").write(LEFT, 160, "一、未依法报批擅自开工建设的名称很长")
    pages.write(LEFT, 180, "的违法行为" + "…" * 20 + "12").write(LEFT + 24, 240, "第一条　为了规范裁量，制定本办法。")
    document = read_pdf(pages.data(), "示例.pdf")
    assert texts(document) == ["第一条　为了规范裁量，制定本办法。"]
    assert "名称很长" in notes(document, NoteKind.STRIPPED)[0].text


def test_the_largest_centred_line_is_the_title() -> None:
    pages = Pages().new().write(297.5 - 90, 90, "示范市裁量办法（示例）"[:9], size=20)
    for at in range(10):
        pages.write(LEFT, 140 + 20 * at, FULL)
    first = next(read_pdf(pages.data(), "示例.pdf").paragraphs())
    assert (first.title, first.centred, first.level) == (True, True, 1)


@pytest.mark.parametrize(
    ("char", "font", "expected"),
    [
        ("\ue837", "SimSun", "䌷"),
        ("\ue010", "E-FZ-PK7482dc", "."),
        ("\ue010", "SimSun", "\ue010"),
        ("\uf0b3", "Symbol", "≥"),
        ("\ue123", "SimSun", "\ue123"),
    ],
)
def test_private_characters_are_mapped_only_where_it_is_certain(char: str, font: str, expected: str) -> None:
    assert readable(char, font) == expected
