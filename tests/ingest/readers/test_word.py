"""Word files: numbers that Word prints by itself, merged cells, tracked changes, what stands around the text."""

from __future__ import annotations

import io
import zipfile

import pytest

from ingest.readers import read_document
from ingest.readers.doc import converter, read_doc
from ingest.readers.docx import read_docx
from ingest.readers.model import FileUnreadable, Format, Note, NoteKind, Paragraph, ReadDocument, Reason, Table
from tests.ingest.readers.word_files import NUMBERING, STYLES, numbered, p, r, word_file


def read(body: str, **parts: str) -> ReadDocument:
    return read_docx(word_file(body, parts={"styles": STYLES, "numbering": NUMBERING, **parts}), "示例.docx")


def texts(document: ReadDocument) -> list[str]:
    return [paragraph.text for paragraph in document.paragraphs()]


def notes(document: ReadDocument, kind: NoteKind) -> list[Note]:
    return [note for note in document.notes if note.kind is kind]


def table(document: ReadDocument) -> Table:
    return next(document.tables())


def test_numbers_that_word_prints_by_itself_stand_in_the_text() -> None:
    body = (
        p("总则", numbered(1))
        + p("甲。", numbered(1, 1))
        + p("乙：", numbered(1, 1))
        + p("子；", numbered(1, 2))
        + p("丑。", numbered(1, 2))
        + p("细目", numbered(1, 3))
        + p("管理", numbered(1))
        + p("丙：", numbered(1, 1))
        + p("寅。", numbered(1, 2))
    )
    assert texts(read(body)) == [
        "第一章　总则",
        "第一条　甲。",
        "第二条　乙：",
        "（一）子；",
        "（二）丑。",
        "1.细目",
        "第二章　管理",
        "第三条　丙：",  # articles run through the chapters: w:lvlRestart 0
        "（一）寅。",
    ]


def test_a_number_comes_from_the_style_and_can_be_taken_away() -> None:
    body = (
        p("甲。", '<w:pStyle w:val="tiao"/>')
        + p("第二款。", '<w:pStyle w:val="tiao"/><w:numPr><w:numId w:val="0"/></w:numPr>')
        + p("乙。", '<w:pStyle w:val="tiao"/>')
    )
    assert texts(read(body)) == ["第一条　甲。", "第二款。", "第二条　乙。"]


def test_a_list_may_start_elsewhere() -> None:
    body = p("甲", numbered(3)) + p("乙", numbered(3, 1)) + p("丙", numbered(3, 1)) + p("丁", numbered(4, 1))
    assert texts(read(body)) == ["3　甲", "3.1　乙", "3.2　丙", "第十条　丁"]


def test_bullets_and_unknown_lists_add_no_number() -> None:
    assert texts(read(p("甲", numbered(2)) + p("乙", numbered(99)))) == ["甲", "乙"]


def test_headings_titles_and_centring_come_from_styles_and_paragraphs() -> None:
    body = (
        p("示范市城市管理条例", '<w:pStyle w:val="a3"/>')
        + p("（示例题注）", '<w:jc w:val="center"/>')
        + p("第一章　总则", '<w:pStyle w:val="1"/>')
        + p("第二章　管理", '<w:outlineLvl w:val="1"/>')
        + p("第一条　内容。")
    )
    title, annotation, first, second, article = read(body).blocks
    assert isinstance(title, Paragraph)
    assert (title.title, title.centred) == (True, True)
    assert annotation == Paragraph("（示例题注）", centred=True)
    assert first == Paragraph("第一章　总则", level=1, centred=True)
    assert second == Paragraph("第二章　管理", level=2)
    assert article == Paragraph("第一条　内容。")


def test_a_line_break_ends_a_paragraph_and_a_tab_is_a_blank() -> None:
    runs = "<w:r><w:t>第一行</w:t><w:br/><w:t>第二行</w:t><w:tab/><w:t>后</w:t></w:r>"
    assert texts(read(p(runs=runs))) == ["第一行", "第二行　后"]


def test_merged_cells_stand_once_with_their_spans() -> None:
    cell = "<w:tc><w:tcPr>{}</w:tcPr>" + "{}" + "</w:tc>"
    down, on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    rows = (
        "<w:tr><w:trPr><w:tblHeader/></w:trPr>"
        + cell.format('<w:gridSpan w:val="2"/>', p("违法行为"))
        + cell.format("", p("罚款"))
        + "</w:tr><w:tr>"
        + cell.format(down, p("甲类"))
        + cell.format("", p("轻微"))
        + cell.format("", p("一万元", runs="") + p("以下"))
        + "</w:tr><w:tr>"
        + cell.format(on, p())
        + cell.format("", p("严重"))
        + cell.format("", p("十万元"))
        + "</w:tr>"
    )
    read_table = table(read(p("附表一 罚款幅度") + f"<w:tbl>{rows}</w:tbl>"))
    assert (read_table.rows, read_table.columns, read_table.header_rows) == (3, 3, 1)
    assert read_table.caption == "附表一 罚款幅度"
    assert [(c.text, c.row, c.column, c.row_span, c.column_span) for c in read_table.cells] == [
        ("违法行为", 0, 0, 1, 2),
        ("罚款", 0, 2, 1, 1),
        ("甲类", 1, 0, 2, 1),
        ("轻微", 1, 1, 1, 1),
        ("一万元\n以下", 1, 2, 1, 1),
        ("严重", 2, 1, 1, 1),
        ("十万元", 2, 2, 1, 1),
    ]
    assert str(read_table.cells[-1].place) == "表1第3行"


def test_a_table_of_one_cell_is_a_frame_around_text() -> None:
    document = read(f"<w:tbl><w:tr><w:tc>{p('第一条　甲。')}{p('第二条　乙。')}</w:tc></w:tr></w:tbl>")
    assert texts(document) == ["第一条　甲。", "第二条　乙。"]
    assert not list(document.tables())


def test_tracked_insertions_are_read_and_deletions_told() -> None:
    body = p(
        "处",
        runs="<w:del><w:r><w:delText>五千元</w:delText></w:r></w:del><w:ins><w:r><w:t>一万元</w:t></w:r></w:ins>"
        + r("罚款。"),
    )
    document = read(body)
    assert texts(document) == ["处一万元罚款。"]
    assert [n.text for n in notes(document, NoteKind.DOUBTFUL)] == ["五千元", ""]


def test_a_deleted_paragraph_end_joins_the_paragraphs() -> None:
    body = p("前半", "<w:rPr><w:del/></w:rPr>") + p("后半。")
    assert texts(read(body)) == ["前半后半。"]


def test_hidden_words_are_told_and_not_read() -> None:
    document = read(p("可见", runs=r("隐藏甲", "<w:vanish/>") + r("隐藏乙", '<w:rStyle w:val="yin"/>') + r("。")))
    assert texts(document) == ["可见。"]
    assert [n.text for n in notes(document, NoteKind.HIDDEN)] == ["隐藏甲隐藏乙"]


def test_field_codes_are_not_words_but_their_results_are() -> None:
    runs = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> PAGE </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>12</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    assert texts(read(p("共", runs=runs + r("页")))) == ["共12页"]


def test_a_table_of_contents_is_taken_out_with_a_note() -> None:
    control = (
        '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
        f"<w:sdtContent>{p('目录')}{p('第一章　总则	1')}</w:sdtContent></w:sdt>"
    )
    document = read(control + p("第二章　管理	2", '<w:pStyle w:val="10"/>') + p("第一条　甲。"))
    assert texts(document) == ["第一条　甲。"]
    (note,) = notes(document, NoteKind.STRIPPED)
    assert note.text.split("\n") == ["目录", "第一章　总则\t1", "第二章　管理\t2"]


def test_a_text_box_is_read_once_after_its_paragraph() -> None:
    box = f"<w:txbxContent>{p('框内文字')}</w:txbxContent>"
    runs = (
        f"<w:r><mc:AlternateContent><mc:Choice><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    document = read(p("正文", runs=runs) + p("后文"))
    assert texts(document) == ["正文", "框内文字", "后文"]
    assert [n.text for n in notes(document, NoteKind.DOUBTFUL)] == ["框内文字"]


def test_pictures_and_objects_are_told() -> None:
    runs = '<w:r><w:drawing><wp:docPr name="图1" descr="印章"/><a:blip/></w:drawing></w:r><w:r><w:object/></w:r>'
    document = read(p("正文", runs=runs))
    assert [n.text for n in notes(document, NoteKind.DOUBTFUL)] == ["印章"]
    assert len(notes(document, NoteKind.ACTIVE)) == 1


@pytest.mark.parametrize(
    ("runs", "text"),
    [
        pytest.param(r("10") + r("4", '<w:vertAlign w:val="superscript"/>'), "10⁴", id="power"),
        pytest.param(r("办法") + r("[1]", '<w:vertAlign w:val="superscript"/>'), "办法[1]", id="note_mark"),
        pytest.param('<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>', "☑", id="ticked_box"),
        pytest.param('<w:r><w:sym w:font="示例字体" w:char="F041"/></w:r>', "□", id="unknown_font"),
        pytest.param(r("当事人：") + r("      ", '<w:u w:val="single"/>'), "当事人：______", id="underlined_blank"),
        pytest.param(
            "<w:ruby><w:rt><w:r><w:t>chà</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>差</w:t></w:r></w:rubyBase></w:ruby>",
            "差",
            id="ruby",
        ),
        pytest.param("<w:hyperlink><w:r><w:t>链接</w:t></w:r></w:hyperlink>", "链接", id="hyperlink"),
        pytest.param("<m:oMath><m:r><m:t>x=1</m:t></m:r></m:oMath>", "x=1", id="formula"),
        pytest.param("<w:r><w:noBreakHyphen/></w:r>", "-", id="hyphen"),
        pytest.param(
            '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox><w:default w:val="1"/></w:checkBox></w:ffData>'
            "</w:fldChar></w:r>",
            "☑",
            id="form_box",
        ),
    ],
)
def test_what_runs_can_hold(runs: str, text: str) -> None:
    assert texts(read(p(runs=runs))) == [text]


def test_headers_footnotes_and_comments_are_told_and_not_mixed_in() -> None:
    document = read(
        p("第一条　甲。", runs='<w:r><w:footnoteReference w:id="1"/></w:r>'),
        header1=p("示例页眉"),
        footnotes=f'<w:footnote w:type="separator" w:id="0">{p("线")}</w:footnote>'
        f'<w:footnote w:id="1">{p("示例脚注")}</w:footnote>',
        comments=f'<w:comment w:id="3">{p("示例批注")}</w:comment>',
    )
    assert texts(document) == ["第一条　甲。"]
    assert [n.text for n in notes(document, NoteKind.STRIPPED)] == ["示例页眉"]
    assert [n.text for n in notes(document, NoteKind.HIDDEN)] == ["示例脚注", "示例批注"]


def test_pages_are_those_of_the_last_printing() -> None:
    broken = "<w:r><w:lastRenderedPageBreak/><w:t>乙</w:t></w:r>"
    document = read(p("甲") + p(runs=broken) + p("丙"))
    assert [paragraph.place.page for paragraph in document.paragraphs()] == [1, 2, 2]
    assert document.pages == 2


def test_without_printing_there_is_no_page() -> None:
    document = read(p("甲"))
    assert document.pages is None
    assert next(document.paragraphs()).place.page is None


def test_properties_become_metadata() -> None:
    core = (
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>示范市条例</dc:title></cp:coreProperties>'
    )
    data = word_file(p("甲"), parts={"docProps/core.xml": core})
    assert read_docx(data, "示例.docx").metadata == {"title": "示范市条例"}


def test_the_strict_kind_of_word_file_is_read_too() -> None:
    data = word_file(p("第一条　甲。"))
    strict = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(strict, "w") as new:
        for info in old.infolist():
            content = old.read(info).replace(
                b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
                b"http://purl.oclc.org/ooxml/wordprocessingml/main",
            )
            new.writestr(info.filename, content)
    assert texts(read_docx(strict.getvalue(), "示例.docx")) == ["第一条　甲。"]


def test_a_macro_is_told_and_never_run() -> None:
    document = read_document(word_file(p("甲"), parts={"word/vbaProject.bin": "x"}), "示例.docm")
    assert [n.message for n in notes(document, NoteKind.ACTIVE)] == ["文件含有宏，未运行。"]


def test_an_entity_that_names_a_file_is_not_opened() -> None:
    data = word_file(p("甲&x;"))
    hostile = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(hostile, "w") as new:
        for info in old.infolist():
            content = old.read(info)
            if info.filename == "word/document.xml":
                doctype = b'<!DOCTYPE w:document [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
                content = content.replace(b"<w:document", doctype + b"<w:document", 1)
            new.writestr(info.filename, content)
    assert texts(read_docx(hostile.getvalue(), "示例.docx")) == ["甲"]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        pytest.param(word_file(p("甲"))[:-200], Reason.DAMAGED, id="truncated"),
        pytest.param(
            word_file(p("甲"), parts={"word/x.bin": ""}, main="word/other.xml")[:60], Reason.DAMAGED, id="head_only"
        ),
        pytest.param(word_file(""), Reason.EMPTY, id="no_words"),
    ],
)
def test_a_word_file_that_cannot_be_read_says_why(data: bytes, reason: Reason) -> None:
    with pytest.raises(FileUnreadable) as caught:
        read_document(data, "示例.docx")
    assert caught.value.reason is reason
    assert caught.value.where == "示例.docx"


RTF = rb"{\rtf1\ansi\ansicpg936\deff0{\fonttbl{\f0 SimSun;}}\f0 \'b5\'da\'d2\'bb\'cc\'f5 \'bc\'d7\'a1\'a3\par}"


@pytest.mark.skipif(converter() is None, reason="LibreOffice is not installed")
def test_an_rtf_file_is_read_through_libreoffice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ingest.readers.doc.SECONDS", 300)  # other work may share the machine
    document = read_document(RTF, "示例.doc")
    assert document.format is Format.DOC
    assert texts(document) == ["第一条 甲。"]


def test_without_libreoffice_an_old_word_file_needs_conversion(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ingest.readers.doc.converter", lambda: None)
    with pytest.raises(FileUnreadable, match="LibreOffice") as caught:
        read_doc(RTF, "示例.rtf")
    assert caught.value.reason is Reason.NEEDS_CONVERSION
