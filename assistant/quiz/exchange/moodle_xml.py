"""Moodle XML (docs.moodle.org/en/Moodle_XML_format): carries every form; several blanks become a cloze question.

Texts are written as ``plain_text``, so that nothing in them is taken for markup. What Moodle has no field for (kind,
citation, field) goes into tags ``名称:值`` and is read back from them.
"""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from functools import partial

from lxml import etree

from assistant.quiz.contract import BLANK, Form, ItemKind, Key, LeftOut, QuizItem, WriteRequest
from assistant.quiz.exchange.drafts import (
    Raw,
    Reading,
    Unreadable,
    cites_of,
    join_points,
    properties,
    request_of,
    sources_told,
    split_points,
    with_properties,
)
from corpus.errors import InvalidInput

_CLOZE = re.compile(r"\{\d*:(?:SHORTANSWER|SHORTANSWER_C|SA|SAC|MW|MWC):")
_CLOZE_END = re.compile(r"(?P<answers>(?:\\.|[^}\\])*+)\}", re.DOTALL)
_CLOZE_SPECIAL = re.compile(r"([\\}#~/\"=])")
_NEXT_ANSWER = re.compile(r"(?:\\.|[^~\\])+", re.DOTALL)
_BEFORE_COMMENT = re.compile(r"(?:\\.|[^#\\])*", re.DOTALL)
_TYPES = {
    "multichoice": ItemKind.SINGLE,
    "truefalse": ItemKind.TRUE_FALSE,
    "shortanswer": ItemKind.BLANK,
    "cloze": ItemKind.BLANK,
    "numerical": ItemKind.CALCULATION,
    "essay": ItemKind.SHORT,
}
_TOO_DEEP = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False)
_EXPLANATION_END = "\n依据："


def write(items: Sequence[QuizItem]) -> tuple[bytes, list[LeftOut]]:
    """The file, UTF-8."""
    root = etree.Element("quiz")
    for item in items:
        root.append(_question(item))
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True), []


def _question(item: QuizItem) -> etree._Element:
    key = item.key
    question = etree.Element("question", type=_type(item))
    _text(etree.SubElement(question, "name"), item.stem.replace("\n", " ")[:80])
    _text(etree.SubElement(question, "questiontext", format="plain_text"), _stem(item))
    _text(etree.SubElement(question, "generalfeedback", format="plain_text"), _explained(item))
    _leaf(question, "defaultgrade", "1")
    _leaf(question, "penalty", "0")
    _leaf(question, "hidden", "0")
    _leaf(question, "idnumber", item.id)
    if item.form in (Form.ONE, Form.MANY):
        _leaf(question, "single", "true" if item.form is Form.ONE else "false")
        _leaf(question, "shuffleanswers", "true")
        _leaf(question, "answernumbering", "ABCD")
        right = f"{100 / len(key.correct):.5f}".rstrip("0").rstrip(".")
        wrong = "0" if item.form is Form.ONE else "-100"
        reasons = {r.option: r.reason for r in item.refutations}
        for number, option in enumerate(item.options):
            _answer(question, option, right if number in key.correct else wrong, reasons.get(number, ""))
    elif item.form is Form.TRUTH:
        _answer(question, "true", "100" if key.truth else "0")
        _answer(question, "false", "0" if key.truth else "100")
    elif item.form is Form.BLANKS and len(key.blanks) == 1:
        _leaf(question, "usecase", "0")
        for accepted in key.blanks[0]:
            _answer(question, accepted.replace("*", r"\*"), "100")  # * stands for anything in a short answer
    elif item.form is Form.AMOUNT:
        _leaf(_answer(question, f"{key.amount:f}", "100"), "tolerance", "0")
    elif item.form is Form.POINTS:
        _text(etree.SubElement(question, "graderinfo", format="plain_text"), join_points(key.points))
        _leaf(question, "responseformat", "plain")
    tags = etree.SubElement(question, "tags")
    for name, value in properties(item).items():
        _text(etree.SubElement(tags, "tag"), f"{name}:{value}")
    for cited in cites_of(item):
        _text(etree.SubElement(tags, "tag"), f"依据:{cited}")
    return question


def _type(item: QuizItem) -> str:
    if item.form is Form.BLANKS:
        return "shortanswer" if len(item.key.blanks) == 1 else "cloze"
    return {
        Form.ONE: "multichoice",
        Form.MANY: "multichoice",
        Form.TRUTH: "truefalse",
        Form.AMOUNT: "numerical",
        Form.POINTS: "essay",
    }[item.form]


def _stem(item: QuizItem) -> str:
    if _type(item) != "cloze":
        return item.stem
    pieces = item.stem.split(BLANK)
    told = pieces[0]
    for accepted, piece in zip(item.key.blanks, pieces[1:], strict=True):
        told += "{1:SHORTANSWER:" + "~".join("=" + _CLOZE_SPECIAL.sub(r"\\\1", a) for a in accepted) + "}" + piece
    return told


def _explained(item: QuizItem) -> str:
    lines = [item.explanation, *item.working]
    told = "\n".join(line for line in lines if line)
    return f"{told}{_EXPLANATION_END}{sources_told(item)}" if item.citations else told


def _text(parent: etree._Element, words: str) -> etree._Element:
    return _leaf(parent, "text", words)


def _leaf(parent: etree._Element, name: str, words: str) -> etree._Element:
    child = etree.SubElement(parent, name)
    child.text = words
    return child


def _answer(question: etree._Element, words: str, fraction: str, feedback: str = "") -> etree._Element:
    answer = etree.SubElement(question, "answer", fraction=fraction, format="plain_text")
    _text(answer, words)
    if feedback:
        _text(etree.SubElement(answer, "feedback", format="plain_text"), feedback)
    return answer


# ---- reading -----------------------------------------------------------------------------------------------------


def read(data: bytes) -> Reading:
    """Read a file. Raises InvalidInput where it is no XML of Moodle; a question that cannot be read is a fault."""
    try:
        root = etree.fromstring(data, _TOO_DEEP)
    except etree.XMLSyntaxError as error:
        raise InvalidInput(
            f"不是完好的 XML：{error.msg}。", where=f"第{error.lineno}行", remedy="请从 Moodle 重新导出。"
        ) from None
    if root.tag != "quiz":
        raise InvalidInput(
            f"根元素是 {str(root.tag)[:40]}，不是 quiz。", where="file", remedy="请用 Moodle XML 格式导出。"
        )
    reading = Reading()
    number = 0
    for question in root.iterfind("question"):
        if question.get("type") == "category":
            continue
        number += 1
        place = f"第{number}题（第{question.sourceline}行）"
        reading.take(place, partial(_read_question, question))
    return reading


def _read_question(question: etree._Element) -> WriteRequest:
    kind = _TYPES.get(question.get("type", ""))
    if kind is None:
        raise Unreadable(
            f"不支持题型 {question.get('type', '')[:40]}", "请改为选择、判断、简答、数值、完形或者论述题。"
        )
    raw = Raw(kind=kind, stem=_words(question.find("questiontext")))
    if not raw.stem.strip():
        raise Unreadable("没有题干", "请写出题干。")
    raw.explanation = _words(question.find("generalfeedback")).partition(_EXPLANATION_END)[0]
    told: dict[str, str] = {}
    for tag in question.iterfind("tags/tag"):
        name, colon, value = _words(tag).partition(":")
        if name == "依据" and colon:
            raw.cites.append(value[:200])
        elif colon and name in ("题型", "考点", "难度", "领域"):
            told[name] = value
        elif name.strip():
            raw.more.append(_words(tag).strip()[:60])
    with_properties(raw, told)
    read_as = {"multichoice": _choice, "truefalse": _truth, "numerical": _amount, "essay": _essay}
    return read_as.get(question.get("type", ""), _blanks)(question, raw)


def _choice(question: etree._Element, raw: Raw) -> WriteRequest:
    answers = question.findall("answer")
    raw.options = [_words(a) for a in answers]
    right = [n for n, a in enumerate(answers) if _fraction(a) > 0]
    single = (question.findtext("single") or "true").strip().lower() in ("true", "1")
    if not right or len(raw.options) < 2:
        raise Unreadable(
            "没有正确的选项" if len(raw.options) > 1 else f"只有{len(raw.options)}个选项", "请补全选项与答案。"
        )
    if single and len(right) > 1:
        right = [n for n, a in enumerate(answers) if _fraction(a) == 100]
        if len(right) != 1:
            raise Unreadable("单选题有几个得分的选项", "请只留一个满分选项，或者改为多选题。")
    if not single and len(right) < 2:
        raise Unreadable("多选题只有一个答案", "请改为单选题，或者补全答案。")
    form = Form.ONE if single else Form.MANY
    kind = raw.kind if raw.kind is ItemKind.CASE else ItemKind.SINGLE if single else ItemKind.MULTIPLE
    return request_of(raw, kind, form, Key(correct=right))


def _truth(question: etree._Element, raw: Raw) -> WriteRequest:
    right = [_words(a).strip().lower() for a in question.iterfind("answer") if _fraction(a) > 0]
    if len(right) != 1 or right[0] not in ("true", "false"):
        raise Unreadable("判断题没有唯一的答案", "请标出正确的一项。")
    return request_of(raw, ItemKind.TRUE_FALSE, Form.TRUTH, Key(truth=right[0] == "true"))


def _amount(question: etree._Element, raw: Raw) -> WriteRequest:
    for answer in question.iterfind("answer"):
        if _fraction(answer) == 100:
            try:
                value = Decimal(_words(answer).strip())
            except InvalidOperation:
                break
            if value.is_finite() and value >= 0:
                return request_of(raw, ItemKind.CALCULATION, Form.AMOUNT, Key(amount=value))
    raise Unreadable("数值题没有可以读出的答案", "请写出一个不小于零的数。")


def _essay(question: etree._Element, raw: Raw) -> WriteRequest:
    points = split_points(_words(question.find("graderinfo")))
    if not points:
        raise Unreadable("论述题没有评分要点", "请在“评分人信息”中逐行写出要点。")
    kind = raw.kind if raw.kind is ItemKind.CASE else ItemKind.SHORT
    return request_of(raw, kind, Form.POINTS, Key(points=points))


def _blanks(question: etree._Element, raw: Raw) -> WriteRequest:
    if question.get("type") == "shortanswer":
        accepted = [_words(a).replace(r"\*", "*") for a in question.iterfind("answer") if _fraction(a) == 100]
        if not accepted:
            raise Unreadable("没有满分的答案", "请标出正确答案。")
        stem = raw.stem if raw.stem.count(BLANK) == 1 else raw.stem.replace(BLANK, "＿＿") + BLANK
        return request_of(raw, ItemKind.BLANK, Form.BLANKS, Key(blanks=[accepted]), stem)
    stem, at = "", 0
    blanks: list[list[str]] = []
    while (head := _CLOZE.search(raw.stem, at)) and (inside := _CLOZE_END.match(raw.stem, head.end())):
        answers = _NEXT_ANSWER.findall(inside["answers"])
        blanks.append([_right_words(a) for a in answers if a.startswith(("=", "%100%"))])
        stem += raw.stem[at : head.start()] + BLANK
        at = inside.end()
    stem += raw.stem[at:]
    if not blanks or any(not b for b in blanks) or re.search(r"\{\d*:[A-Z_]+:", stem):
        raise Unreadable("完形题里有不支持的空", "只支持 SHORTANSWER 类型的空。")
    return request_of(raw, ItemKind.BLANK, Form.BLANKS, Key(blanks=blanks), stem)


def _right_words(answer: str) -> str:
    """The words of an accepted answer without its mark and its comment."""
    words = _BEFORE_COMMENT.match(re.sub(r"^(?:=|%100%)", "", answer))
    return _unescaped(words.group() if words else "")


def _unescaped(words: str) -> str:
    return re.sub(r"\\(.)", r"\1", words)


def _fraction(answer: etree._Element) -> float:
    try:
        return float(answer.get("fraction", "0"))
    except ValueError:
        return 0.0


def _words(element: etree._Element | None) -> str:
    """The text of an element, freed from markup where its format is one of markup."""
    if element is None:
        return ""
    words = element.findtext("text") or ""
    if element.get("format", "plain_text") in ("html", "moodle_auto_format"):
        words = re.sub(r"<br\s*/?>|</p>\s*<p[^>]*>", "\n", words)
        words = html.unescape(re.sub(r"<[A-Za-z/!][^<>]*>", "", words))
    return words.replace("\r\n", "\n")
