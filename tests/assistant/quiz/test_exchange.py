"""Items go out and come back the same in every format; bad rows and bad files are named, the rest is read."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections.abc import Sequence
from decimal import Decimal
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from assistant.quiz.columns import columns_of
from assistant.quiz.contract import (
    BLANK,
    Form,
    Format,
    ItemCitation,
    ItemKind,
    ItemState,
    ItemTags,
    Key,
    LeftOut,
    Origin,
    Point,
    Proof,
    QuizItem,
    Refutation,
    ScoringPoint,
    WriteRequest,
)
from assistant.quiz.exchange import SUFFIX, read_file, write_file, xlsx
from corpus.errors import InvalidInput

NOW = dt.datetime(2026, 11, 21, 8, tzinfo=dt.UTC)
HOSTILE = [
    "~甲 = 乙 # {丙} : 丁",
    "]]> <b>粗</b> &amp; \"引\" '号'",
    "＝＃｛｝：～全角，（）“”",
    "反斜杠\\结尾\\",
    "{=甲 ~乙}#5",
    "//注释 $CATEGORY: 某",
    "A. 像选项\n答案：B\n1. 像题号",
    "=1+1",
    "竖线|与\\|与； ; 分号",
    "%50% ::名称:: [html] ####",
    "*星号* a->b TRUE",
]


def item(number: int, kind: ItemKind, form: Form, stem: str, key: Key, options: Sequence[str] = ()) -> QuizItem:
    wrong = [n for n in range(len(options)) if n not in key.correct]
    return QuizItem(
        id=f"q-{number}",
        kind=kind,
        form=form,
        point=Point.AMOUNT,
        stem=stem,
        options=list(options),
        key=key,
        explanation="第一百二十四条写明了幅度。",
        citations=[
            ItemCitation(
                provision_id="p/1",
                version_id="p",
                document_id="d",
                citation="《中华人民共和国食品安全法》第一百二十四条",
                title="中华人民共和国食品安全法",
                quotation="引文",
                span=(0, 2),
                digest="0" * 32,
            )
        ],
        refutations=[Refutation(option=n, reason="该条没有这样规定") for n in wrong],
        difficulty=0.4,
        tags=ItemTags(field="市场监管"),
        as_of=NOW.date(),
        state=ItemState.PUBLISHED,
        origin=Origin.GENERATED,
        proof=Proof(checks=[]),
        created_at=NOW,
        changed_at=NOW,
    )


def items_with(words: Sequence[str]) -> list[QuizItem]:
    """An item of every kind with these words in stem, options and answers."""
    first, second, third = words
    options = [f"甲{first}", f"乙{second}", f"丙{third}", "丁"]
    return [
        item(1, ItemKind.SINGLE, Form.ONE, f"题干{first}？", Key(correct=[1]), options),
        item(2, ItemKind.MULTIPLE, Form.MANY, f"题干{second}？", Key(correct=[0, 2]), options),
        item(3, ItemKind.TRUE_FALSE, Form.TRUTH, f"陈述{third}。", Key(truth=False)),
        item(4, ItemKind.BLANK, Form.BLANKS, f"前{BLANK}后。", Key(blanks=[[f"五{first}", "5"]])),
        item(
            5,
            ItemKind.BLANK,
            Form.BLANKS,
            f"前{BLANK}中{BLANK}后。",
            Key(blanks=[[f"五{second}"], ["十", f"{third}一"]]),
        ),
        item(
            6,
            ItemKind.SHORT,
            Form.POINTS,
            f"简述{first}。",
            Key(points=[ScoringPoint(text=f"要点{second}", share=Decimal(2)), ScoringPoint(text="要点二")]),
        ),
        item(7, ItemKind.CASE, Form.ONE, f"案情{third}。如何处理？", Key(correct=[0]), options),
        item(8, ItemKind.CALCULATION, Form.AMOUNT, f"计算{first}？", Key(amount=Decimal("52500.5"))),
        item(9, ItemKind.CASE, Form.POINTS, f"案情{first}。为什么？", Key(points=[ScoringPoint(text=f"因为{third}")])),
    ]


def same(sent: QuizItem, back: WriteRequest) -> None:
    """What every format carries comes back as it was."""
    for name in ("kind", "form", "stem", "options", "key", "point", "difficulty"):
        assert getattr(back, name) == getattr(sent, name), name
    assert back.cites == [c.citation for c in sent.citations]
    assert back.field == sent.tags.field


def _carried(items: Sequence[QuizItem], left_out: Sequence[LeftOut]) -> list[QuizItem]:
    return [i for i in items if i.id not in {lo.id for lo in left_out}]


def round_trip(items: Sequence[QuizItem], form: Format) -> None:
    data, left_out = write_file(items, form)
    carried = _carried(items, left_out)
    reading = read_file(f"题库.{SUFFIX[form]}", data, form)
    assert reading.faults == []
    assert len(reading.items) == len(carried)
    for sent, back in zip(carried, reading.items, strict=True):
        same(sent, back.request)


@pytest.mark.parametrize("form", list(Format))
@pytest.mark.parametrize("start", range(len(HOSTILE)))
def test_items_come_back_as_they_went_out(form: Format, start: int) -> None:
    round_trip(items_with([HOSTILE[(start + n) % len(HOSTILE)] for n in range(3)]), form)


_LINE_ENDS = re.compile(r"\s*\n\s*")  # blanks beside a line end mean nothing
_words = st.text(
    st.sampled_from("~=#{}:\\|;；（）()[]<>&\"'%$/*-+@.、，。ABCD1 2　甲乙丙\n答案解析依据"), min_size=1, max_size=16
).map(lambda w: f"始{_LINE_ENDS.sub(chr(10), w)}终")


@pytest.mark.parametrize("form", list(Format))
@given(words=st.tuples(_words, _words, _words))
@settings(max_examples=40, deadline=None)
def test_any_words_come_back(form: Format, words: tuple[str, str, str]) -> None:
    round_trip(items_with(words), form)


def test_gift_says_that_it_leaves_out_several_blanks() -> None:
    _, left_out = write_file(items_with(["甲", "乙", "丙"]), Format.GIFT)
    assert [lo.id for lo in left_out] == ["q-5"]
    assert "几处空" in left_out[0].reason


def test_a_gift_parser_of_others_reads_the_same_questions() -> None:
    gift_parser = pytest.importorskip(
        "pygiftparser.parser", reason="pygiftparser is not installed (it pins an old Markdown)", exc_type=ImportError
    )
    items = items_with(HOSTILE[1:4])  # it cannot read escaped braces inside answers
    data, left_out = write_file(items, Format.GIFT)
    carried = _carried(items, left_out)
    questions = gift_parser.parseFile(io.StringIO(data.decode() + "\n"))
    assert len(questions) == len(carried)
    for sent, question in zip(carried, questions, strict=True):
        assert question.valid, sent.stem
        assert _freed(question.text) == sent.stem.replace("\n", "\\n") or sent.form is Form.BLANKS
        if sent.form in (Form.ONE, Form.MANY):
            answers = question.answers.answers
            assert [_freed(a.answer) for a in answers] == sent.options
            assert [n for n, a in enumerate(answers) if a.fraction > 0] == sent.key.correct
        if sent.form is Form.TRUTH:
            assert question.answers.answer is sent.key.truth


def _freed(words: str) -> str:
    return re.sub(r"\\([~=#{}:\\])", r"\1", words)


def test_an_xml_parser_of_others_reads_the_same_questions() -> None:
    items = items_with(HOSTILE[:3])
    data, _ = write_file(items, Format.MOODLE_XML)
    questions = ElementTree.fromstring(data).findall("question")
    assert [q.get("type") for q in questions] == [
        "multichoice",
        "multichoice",
        "truefalse",
        "shortanswer",
        "cloze",
        "essay",
        "multichoice",
        "numerical",
        "essay",
    ]
    for sent, question in zip(items, questions, strict=True):
        if sent.options:
            assert [a.findtext("text") for a in question.findall("answer")] == sent.options
            assert question.findtext("questiontext/text") == sent.stem


def test_a_table_has_no_formula_in_it_and_the_columns_asked_for() -> None:
    items = [item(1, ItemKind.TRUE_FALSE, Form.TRUTH, "=cmd()", Key(truth=True))]
    data, _ = write_file(items, Format.XLSX, columns_of("题干＝试题内容\n\n编号="))
    sheet = load_workbook(io.BytesIO(data)).active
    assert sheet is not None
    header = [c.value for c in sheet[1]]
    assert "试题内容" in header
    assert "编号" not in header
    cell = sheet.cell(2, header.index("试题内容") + 1)
    assert (cell.value, cell.data_type) == ("=cmd()", "s")


@pytest.mark.parametrize(("columns", "told"), [({"题干": "答案"}, "同一个名称"), ({"无此列": "甲"}, "无此列")])
def test_columns_that_cannot_be_are_refused(columns: dict[str, str], told: str) -> None:
    with pytest.raises(InvalidInput, match=told):
        write_file([], Format.XLSX, columns)


TEXT = """一、单项选择题（每题1分）
1、个人占用消防通道的，处多少罚款？
A、五百元以下  B、一千元以下
C．五千元以下
D. 一万元以下
答案：A
解析：见消防法。
法律依据：《消防法》第六十条

2.【多选题】下列哪些是行政处罚？（ABC）
A.警告
B.罚款
C.没收违法所得
D.记过

二、判断题
3. 判断题 违法行为轻微的，不予行政处罚。
【答案】√

三、填空题
（4）当事人要求听证的，应当在行政机关告知后____内提出。
参考答案：五日 | 5日

四、简答题
5. 简述行政处罚的种类。
答案：警告、通报批评（2分）
罚款（1分）

五、单选题
6. 没有答案的题
A. 甲
B. 乙

7. 答案越界的题
A. 甲
B. 乙
答案：D

8.【单选题】两个答案的单选
A. 甲
B. 乙
C. 丙
答案：AB

9. 跳号的选项
A. 甲
C. 丙
答案：A
"""


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_text_as_people_write_it_is_read_and_each_bad_question_is_named(encoding: str) -> None:
    reading = read_file("题库.txt", TEXT.replace("\n", "\r\n").encode(encoding))
    read = [r.request for r in reading.items]
    assert [r.kind for r in read] == [
        ItemKind.SINGLE,
        ItemKind.MULTIPLE,
        ItemKind.TRUE_FALSE,
        ItemKind.BLANK,
        ItemKind.SHORT,
    ]
    assert read[0].options == ["五百元以下", "一千元以下", "五千元以下", "一万元以下"]
    assert read[2].stem == "违法行为轻微的，不予行政处罚。"
    assert read[0].cites == ["《消防法》第六十条"]
    told = {f.place.split("（")[0]: f.message for f in reading.faults}
    assert "没有答案" in told["第6题"]
    assert "没有对应的选项" in told["第7题"]
    assert "2个答案" in told["第8题"]
    assert "AC" in told["第9题"]


BAD_ROWS = [
    ({"题型": "选做题", "题干": "甲", "答案": "A"}, "不认识题型"),
    ({"题型": "单选题", "题干": "", "选项A": "甲", "选项B": "乙", "答案": "A"}, "没有题干"),
    ({"题型": "单选题", "题干": "甲", "选项A": "甲", "选项B": "乙", "答案": ""}, "没有答案"),
    ({"题型": "单选题", "题干": "甲", "选项A": "甲", "选项B": "乙", "答案": "E"}, "没有对应的选项"),
    ({"题型": "单选题", "题干": "甲", "选项A": "甲", "选项B": "乙", "答案": "选甲"}, "看不懂"),
    ({"题型": "多选题", "题干": "甲", "选项A": "甲", "选项C": "丙", "答案": "AC"}, "空白的选项"),
    ({"题型": "多选题", "题干": "甲", "选项A": "甲", "选项B": "乙", "答案": "A"}, "只有一个答案"),
    ({"题型": "判断题", "题干": "甲", "答案": "也许"}, "看不懂"),
    ({"题型": "填空题", "题干": "甲____乙____", "答案": "一"}, "2处空"),
    ({"题型": "计算题", "题干": "甲", "答案": "很多"}, "不是金额"),
    ({"题型": "判断题", "题干": "甲" * 5000, "答案": "对"}, "不合要求"),
]


@pytest.mark.parametrize(("row", "told"), BAD_ROWS, ids=[t for _, t in BAD_ROWS])
def test_a_bad_row_is_named_and_the_next_is_read(row: dict[str, str], told: str) -> None:
    columns = ["题型", "题干", "选项A", "选项B", "选项C", "答案"]
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(columns)
    sheet.append([row.get(c, "") for c in columns])
    sheet.append(["判断题", "好的一题。", "", "", "", True])
    out = io.BytesIO()
    book.save(out)
    reading = read_file("题库.xlsx", out.getvalue())
    assert [(f.place, told in f.message) for f in reading.faults] == [("工作表“Sheet”第2行", True)]
    assert [r.request.key.truth for r in reading.items] == [True]


def test_every_sheet_is_read_and_one_without_columns_is_named() -> None:
    book = Workbook()
    for title, columns in (
        ("单选", ["题干", "选项A", "选项B", "答案"]),
        ("说明", ["填写说明"]),
        ("判断", ["题干", "答案"]),
    ):
        sheet = book.create_sheet(title)
        sheet.append(columns)
        sheet.append(["好的一题。", *(["甲", "乙", "A"] if len(columns) == 4 else ["对"])])
    out = io.BytesIO()
    book.save(out)
    reading = read_file("题库.xlsx", out.getvalue())
    assert [r.request.kind for r in reading.items] == [ItemKind.SINGLE, ItemKind.TRUE_FALSE]
    assert [f.place for f in reading.faults] == ["工作表“说明”"]


BAD_FILES = [
    ("题库.xml", b"<quiz><question></quiz>", "不是完好的 XML"),
    ("题库.xml", b"<html></html>", "不是 quiz"),
    ("题库.xlsx", b"PK\x03\x04nothing", "不是完好的 XLSX"),
    ("题库.pdf", b"%PDF-1.7", "不能识别"),
    ("题库.txt", "只有一句话，没有题目".encode(), "没有找到试题"),
]


@pytest.mark.parametrize(("name", "data", "told"), BAD_FILES, ids=[t for _, _, t in BAD_FILES])
def test_a_file_that_is_none_is_refused_with_what_to_do(name: str, data: bytes, told: str) -> None:
    with pytest.raises(InvalidInput, match=told) as refused:
        read_file(name, data)
    assert refused.value.remedy


def test_an_xml_bomb_and_outer_entities_are_not_followed() -> None:
    data = b"""<?xml version="1.0"?><!DOCTYPE quiz [<!ENTITY x SYSTEM "file:///etc/hostname">]>
    <quiz><question type="truefalse"><questiontext><text>&x;</text></questiontext>
    <answer fraction="100"><text>true</text></answer></question></quiz>"""
    reading = read_file("题库.xml", data)
    assert [f.message for f in reading.faults] == ["没有题干"]


def test_moodles_own_markup_becomes_words() -> None:
    data = """<quiz><question type="multichoice"><questiontext format="html">
    <text><![CDATA[<p>甲 &lt; 乙</p><p>丙</p>]]></text></questiontext><single>true</single>
    <answer fraction="100" format="html"><text>&lt;p&gt;对&lt;/p&gt;</text></answer>
    <answer fraction="0" format="html"><text>&lt;p&gt;错&lt;/p&gt;</text></answer></question></quiz>""".encode()
    request = read_file("题库.xml", data).items[0].request
    assert request.stem == "甲 < 乙\n丙"
    assert request.options == ["对", "错"]


LONG = 60_000


def _moodle(stem: str, written: str = "plain_text") -> str:
    text = f'<questiontext format="{written}"><text><![CDATA[{stem}]]></text></questiontext>'
    return f'<quiz><question type="cloze">{text}</question></quiz>'


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("x.txt", "{" + "=" * LONG),
        ("x.gift", "// " + "[tag:" * LONG + "\n题干{T}"),
        ("x.gift", "题干{=甲" + "\\" * LONG + "=乙}"),
        ("x.gift", "题干{#1e99999999999}"),
        ("x.xml", _moodle("<a" * LONG, "html")),
        ("x.xml", _moodle("{1:SA:" * LONG)),
        ("x.txt", "1. 题干\nA. 甲" + " " * LONG + "乙\n答案：A"),
        ("x.txt", "1. 题干\n" + "甲\n" * LONG + "答案：乙"),
        ("x.txt", "1. 题干\n" + "\n" * 250_000),
        ("x.txt", "1.【计算题】应当罚款多少？\n答案：1e99999999999"),
    ],
    ids=[
        "braces",
        "tags",
        "backslashes",
        "huge-sum",
        "markup",
        "cloze",
        "blanks",
        "lines",
        "empty-lines",
        "huge-sum-txt",
    ],
)
def test_text_made_to_be_slow_is_read_or_refused_at_once(name, text):
    try:
        reading = read_file(name, text.encode())
    except InvalidInput:
        return
    assert all(one.request.key.amount is None for one in reading.items)


def _zip(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def _workbook_with(broken: str, content: bytes) -> bytes:
    data, _ = write_file([item(1, ItemKind.TRUE_FALSE, Form.TRUTH, "甲应当告知乙。", Key(truth=True))], Format.XLSX)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return _zip({name: archive.read(name) for name in archive.namelist()} | {broken: content})


@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/workbook.xml"])
def test_a_broken_workbook_is_refused_whatever_is_broken(part):
    with pytest.raises(InvalidInput, match="XLSX"):
        read_file("x.xlsx", _workbook_with(part, b"<worksheet><sheetData><row"))


def test_a_workbook_that_unpacks_to_far_more_is_refused(monkeypatch):
    monkeypatch.setattr(xlsx, "_MOST_UNPACKED", 10**6)
    with pytest.raises(InvalidInput, match="解压后过大"):
        read_file("x.xlsx", _workbook_with("xl/media/a.bin", bytes(10**6)))


@pytest.mark.parametrize("key", [Key(blanks=[["五\x0b日"]]), Key(points=[ScoringPoint(text="告知\x00")])])
def test_control_characters_are_refused_in_keys_too(key):
    with pytest.raises(ValueError, match="控制字符"):
        WriteRequest(kind=ItemKind.BLANK, form=Form.BLANKS, stem=f"应当在{BLANK}内送达。", key=key)


@pytest.mark.parametrize(
    ("before", "lines"),
    [
        ("2026年执法资格考试题库\n（内部资料）\n\n", 2),
        ("占用消防通道的，处多少罚款？\nA. 五百元以下\nB. 一千元以下\n答案：A\n", 4),
        ("一、判断题\n", 0),
        ("", 0),
    ],
)
def test_lines_before_the_first_question_are_reported(before: str, lines: int) -> None:
    reading = read_file("题库.txt", f"{before}1. 当事人有权陈述和申辩。\n答案：正确\n".encode())
    assert [draft.request.stem for draft in reading.items] == ["当事人有权陈述和申辩。"]
    assert [fault.message.split("不属于")[0] for fault in reading.faults] == [f"{lines}行文字"] * bool(lines)
    for fault in reading.faults:
        assert fault.place == "第1行起，第一题之前"
        assert before.split("\n")[0] in fault.message


def test_a_text_without_any_question_is_refused() -> None:
    with pytest.raises(InvalidInput, match="没有找到试题"):
        read_file("题库.txt", "只有一段说明。\n".encode())
