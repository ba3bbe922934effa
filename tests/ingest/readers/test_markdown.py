"""Markdown of published law collections: the words as they are, the markup off, every paragraph with its line."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.readers import read_document
from ingest.readers.markdown import INFO_END_BLOCK, read_markdown
from ingest.readers.model import FileUnreadable, NoteKind, Paragraph, Place, ReadDocument, Table

SHARED = Path(__file__).resolve().parents[3].parent / "shared" / "corpus"


def read(text: str) -> ReadDocument:
    return read_markdown(text.encode(), "示例.md")


def lines(text: str) -> list[str]:
    return [paragraph.text for paragraph in read(text).paragraphs()]


LAW = """# 示范市犬只管理条例（示例）

2021年9月1日 示范市人民代表大会常务委员会通过

<!-- INFO END -->

## 第一章　总则

第一条　为了规范养犬，制定本条例。

第二条　养犬人应当：

（一）限养一只；
（二）使用束犬链。
"""


def test_a_law_is_headings_and_paragraphs_with_their_lines() -> None:
    document = read(LAW)
    assert document.blocks == (
        Paragraph("示范市犬只管理条例（示例）", Place(line=1), level=1, title=True),
        Paragraph("2021年9月1日 示范市人民代表大会常务委员会通过", Place(line=3)),
        Paragraph("第一章　总则", Place(line=7), level=2),
        Paragraph("第一条　为了规范养犬，制定本条例。", Place(line=9)),
        Paragraph("第二条　养犬人应当：", Place(line=11)),
        Paragraph("（一）限养一只；", Place(line=13)),
        Paragraph("（二）使用束犬链。", Place(line=14)),
    )
    assert document.metadata[INFO_END_BLOCK] == "2"
    assert document.notes == ()


def test_front_matter_becomes_metadata() -> None:
    document = read('---\ntitle: "示例规定"\nDate: 2022-01-01\ntag:\n  - 甲\n  - 乙\n---\n正文。\n')
    assert document.metadata == {"title": "示例规定", "date": "2022-01-01", "tag": "甲、乙"}
    assert document.blocks == (Paragraph("正文。", Place(line=8)),)


def test_front_matter_without_end_is_text() -> None:
    assert lines("---\ntitle: 示例\n正文。") == ["title: 示例", "正文。"]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        pytest.param(
            '<p id="t1">&emsp;&emsp;<b>第一条</b>&emsp;为了规范：<br>',
            ["第一条\u2003为了规范："],
            id="html_article",
        ),
        pytest.param("&emsp;&emsp;（一）甲；<br>（二）乙。</p>", ["（一）甲；", "（二）乙。"], id="html_breaks"),
        pytest.param("**第一条**　甲", ["第一条　甲"], id="bold"),
        pytest.param("**第一条：**甲", ["第一条：甲"], id="bold_before_a_letter"),
        pytest.param("3\\. 甲\\*乙", ["3. 甲*乙"], id="escapes"),
        pytest.param("罚款 5*3 元", ["罚款 5*3 元"], id="lone_star"),
        pytest.param("当事人：______", ["当事人：______"], id="blank_of_a_form"),
        pytest.param("a &lt; b &amp; c", ["a < b & c"], id="entities"),
        pytest.param("浓度<COD>限值 <100", ["浓度<COD>限值 <100"], id="angle_brackets_that_are_words"),
        pytest.param("- 甲\n* 乙\n+ 丙", ["甲", "乙", "丙"], id="bullets"),
        pytest.param("1. 甲\n2. 乙", ["1. 甲", "2. 乙"], id="numbers_are_words"),
        pytest.param("> 引用", ["引用"], id="quotation"),
        pytest.param('[附件](/a.pdf){target="_blank"}', ["附件"], id="link_with_attributes"),
        pytest.param("<https://example.org/a>", ["https://example.org/a"], id="bare_address"),
        pytest.param("甲。:mag:*[查看原文](/x#t1)*", ["甲。"], id="jump_link"),
        pytest.param('《法》<Badge text="已废止" type="note" />第九条', ["《法》第九条"], id="component"),
        pytest.param("10<sup>4</sup>个", ["10⁴个"], id="raised"),
        pytest.param("`代码`", ["代码"], id="code"),
        pytest.param("```\n甲\n乙\n```", ["甲", "乙"], id="fence"),
        pytest.param("```\n甲\n乙", ["```", "甲", "乙"], id="fence_without_end"),
        pytest.param("##第一章 总则", ["第一章 总则"], id="heading_without_blank"),
        pytest.param("#1机组", ["#1机组"], id="number_sign"),
        pytest.param("# 甲 <!-- 说明 -->\n乙", ["甲", "乙"], id="comment"),
        pytest.param("甲\n<!-- 一\n二 -->\n乙", ["甲", "乙"], id="comment_of_lines"),
        pytest.param("甲\n<!-- 一\n乙", ["甲", "一", "乙"], id="comment_without_end"),
        pytest.param("甲\n\n---\n\n乙", ["甲", "乙"], id="rule"),
        pytest.param("[[toc]]\n甲", ["甲"], id="toc"),
        pytest.param("::: right\n示范市\n:::\n后", ["示范市", "后"], id="container"),
        pytest.param("::: tip 情节\n甲\n\n后", ["情节", "甲", "后"], id="container_without_end"),
        pytest.param("10:30:20 开始", ["10:30:20 开始"], id="a_time_is_no_emoji"),
        pytest.param("\ufeff第一条　甲", ["第一条　甲"], id="bom"),
        pytest.param("第\u200b一条　甲", ["第一条　甲"], id="zero_width"),
        pytest.param("甲\r\n乙\r丙", ["甲", "乙", "丙"], id="line_breaks"),
    ],
)
def test_words_are_kept_and_markup_is_not(source: str, expected: list[str]) -> None:
    assert lines(source) == expected


def test_a_container_is_a_heading_below_the_last_one() -> None:
    document = read("## 一、甲类\n\n### 1、乙\n\n::: tip 情节\n\n丙。\n\n:::\n")
    assert [(b.text, b.level) for b in document.paragraphs()] == [
        ("一、甲类", 2),
        ("1、乙", 3),
        ("情节", 4),
        ("丙。", None),
    ]


def test_contents_are_logged_and_taken_out() -> None:
    document = read("::: details 目录\n\n- [1](#t1)&emsp;[2](#t2)\n\n---\n\n:::\n\n第一条　甲。")
    assert [b.text for b in document.paragraphs()] == ["第一条　甲。"]
    (note,) = document.notes
    assert note.kind is NoteKind.STRIPPED
    assert "[1](#t1)" in note.text


def test_the_address_of_the_original_is_logged_and_taken_out() -> None:
    document = read("第一条　甲。\n\n::: warning 原文链接\n\n<http://example.org/a.html>\n\n:::\n")
    assert [b.text for b in document.paragraphs()] == ["第一条　甲。"]
    assert document.metadata == {"source_url": "http://example.org/a.html"}
    assert [note.kind for note in document.notes] == [NoteKind.STRIPPED]


def test_a_container_named_contents_that_holds_articles_is_text() -> None:
    text = "::: details 目录\n第一条　为了加强管理，根据有关规定制定。\n:::"
    assert lines(text) == ["目录", "第一条　为了加强管理，根据有关规定制定。"]


def test_a_pipe_table_is_a_table() -> None:
    document = read(
        "罪名表\n\n<!-- TABLE -->\n| 条文 |罪名 |\n|-----|:--:|\n| 第152条 | **走私**罪<br>甲\\|乙 |\n| 第344条 |\n\n后"
    )
    _, table, after = document.blocks
    assert isinstance(table, Table)
    assert (table.rows, table.columns, table.header_rows, table.caption) == (3, 2, 1, "罪名表")
    texts = [[cell.text if cell else None for cell in row] for row in table.grid()]
    assert texts == [["条文", "罪名"], ["第152条", "走私罪\n甲|乙"], ["第344条", None]]
    assert table.cells[2].place == Place(line=6, table=1, row=2)
    assert after == Paragraph("后", Place(line=9))


def test_an_html_table_is_a_table() -> None:
    document = read("前<table>\n<tr><td rowspan=2>甲</td><td>乙</td></tr>\n<tr><td>丙</td></tr></table>后")
    before, table, after = document.blocks
    assert isinstance(table, Table)
    assert [(c.text, c.row, c.column, c.row_span) for c in table.cells] == [
        ("甲", 0, 0, 2),
        ("乙", 0, 1, 1),
        ("丙", 1, 1, 1),
    ]
    assert [b.text for b in (before, after) if isinstance(b, Paragraph)] == ["前", "后"]


def test_an_html_table_without_end_swallows_nothing() -> None:
    assert lines("<table><tr><td>甲</td>\n第一条　乙。") == ["甲", "第一条　乙。"]


def test_what_is_left_out_is_told() -> None:
    document = read("<!-- 备注 -->\n![图](a.png)\n[甲](b)\n<script>x</script>\n~~<del>乙</del>~~")
    told = [(note.kind, note.text) for note in document.notes]
    assert (NoteKind.HIDDEN, "备注") in told
    assert (NoteKind.DOUBTFUL, "图（a.png）") in told
    assert (NoteKind.ACTIVE, "<script>x</script>") in told
    assert any(kind is NoteKind.STRIPPED and "1处" in n.message for n in document.notes for kind in (n.kind,))


PLAIN = st.text(st.sampled_from("第一二三条章款项（），。；：甲乙丙ABC 0123\u3000\n"), max_size=300)


@given(PLAIN)
@settings(deadline=None)
def test_a_text_without_markup_keeps_every_line(text: str) -> None:
    assert lines(text) == [line.strip() for line in text.split("\n") if line.strip()]


CHINESE = "第一条甲乙。"


@given(st.text(st.sampled_from(f"{CHINESE}#*_`<>!-|:[]()~\\&=+ \n\u3000a1\"'/"), max_size=200))
@settings(max_examples=300, deadline=None)
def test_no_text_breaks_the_reader(text: str) -> None:
    assert all("\n" not in paragraph.text for paragraph in read(text).paragraphs())


@given(st.text(st.sampled_from(f"{CHINESE}#*_`>!-|:)~\\&=+ \n\u3000a1\"'/"), max_size=200))
@settings(max_examples=300, deadline=None)
def test_every_chinese_character_stands_in_the_text_or_in_what_is_told(text: str) -> None:
    document = read(text)
    told = [note.text for note in document.notes] + [f"{k}{v}" for k, v in document.metadata.items()]
    for block in document.blocks:
        told += [block.text] if isinstance(block, Paragraph) else [cell.text for cell in block.cells]
    said = "".join(told)
    assert {c: said.count(c) for c in CHINESE} == {c: text.count(c) for c in CHINESE}


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared corpus of real documents is not here")
def test_real_law_files_keep_every_word() -> None:
    """Every line without markup of a sample of real files is a paragraph, word by word and in order."""
    for path in sorted((SHARED / "lawrefbook").rglob("*.md"))[::40]:
        data = path.read_bytes()
        try:
            document = read_document(data, path.name)
        except FileUnreadable:
            continue
        read_lines = {p.place.line: p.text for p in document.paragraphs()}
        for number, line in enumerate(data.decode("utf-8").replace("\u200b", "").split("\n"), 1):
            if line.startswith("第"):
                assert read_lines.get(number) == line.strip(), f"{path.name} line {number}"
