"""Files of items read by programs of others: Moodle XML by moodle-xml-parser, GIFT by gift-pegjs where node has it.

With node: npm install --prefix FOLDER gift-pegjs && NODE_PATH=FOLDER/node_modules pytest tests/assistant/quiz -k gift
"""

from __future__ import annotations

import functools
import html
import json
import shutil
import subprocess
from typing import Any

import pytest

from assistant.quiz.contract import Form, Format, ItemKind, Key, QuizItem
from assistant.quiz.exchange import write_file
from tests.assistant.quiz.test_exchange import HOSTILE, item, items_with

_CHOICES = (Form.ONE, Form.MANY)
_PARSE = (
    "const gift = require('gift-pegjs');"
    "process.stdout.write(JSON.stringify(gift.parse(require('fs').readFileSync(0, 'utf8'))))"
)
_GIFT_TYPES = {
    Form.ONE: "MC",
    Form.MANY: "MC",
    Form.TRUTH: "TF",
    Form.BLANKS: "Short",
    Form.POINTS: "Essay",
    Form.AMOUNT: "Numerical",
}
STARTS = pytest.mark.parametrize("start", range(len(HOSTILE)))


def hostile(start: int) -> list[QuizItem]:
    return items_with([HOSTILE[(start + n) % len(HOSTILE)] for n in range(3)])


# ---- Moodle XML --------------------------------------------------------------------------------------------------


def moodle(items: list[QuizItem]) -> dict[str, list[Any]]:
    parser = pytest.importorskip("moodle_xml_parser.parser", reason="moodle-xml-parser is not installed (extra dev)")
    data, left_out = write_file(items, Format.MOODLE_XML)
    assert left_out == []
    read: dict[str, list[Any]] = parser.parse_bytes(data)
    return read


def as_html(words: str) -> str:
    """Words as that reader gives them: it takes every text for HTML, and strips what it thinks is CDATA."""
    return html.unescape(words.strip().replace("]]>", "").replace("<![CDATA[", ""))


@STARTS
def test_a_moodle_reader_of_others_reads_the_same_choices(start: int) -> None:
    sent = [one for one in hostile(start) if one.form in _CHOICES]
    read = moodle(sent)["multichoice"]
    assert len(read) == len(sent) == 3
    for one, question in zip(sent, read, strict=True):
        assert question.text_pre_parse == as_html(one.stem)
        assert [option.answer for option in question.options] == [as_html(words) for words in one.options]
        assert [n for n, option in enumerate(question.options) if option.score_fraction > 0] == one.key.correct
        assert sum(o.score_fraction for o in question.options if o.score_fraction > 0) == pytest.approx(100)
        assert question.single == (one.form is Form.ONE)
        reasons = {refutation.option: as_html(refutation.reason) for refutation in one.refutations}
        assert {n: o.feedback for n, o in enumerate(question.options) if o.feedback} == reasons


def test_a_moodle_reader_of_others_reads_the_same_blanks() -> None:
    sent = item(
        5, ItemKind.BLANK, Form.BLANKS, "应当在____内送达，期限不超过____。", Key(blanks=[["五日", "5日"], ["十日"]])
    )
    (read,) = moodle([sent])["cloze"]
    assert [[option.answer for option in gap.options] for gap in read.gaps] == sent.key.blanks
    assert {option.score for gap in read.gaps for option in gap.options} == {100}
    assert {gap.sub_type for gap in read.gaps} == {"SHORTANSWER"}


# ---- GIFT --------------------------------------------------------------------------------------------------------


@functools.cache
def _gift_missing() -> str:
    """Why GIFT cannot be read by gift-pegjs here; empty where it can."""
    if shutil.which("node") is None:
        return "node is not installed"
    found = subprocess.run(["node", "-e", "require.resolve('gift-pegjs')"], capture_output=True, check=False)
    return "" if found.returncode == 0 else "node does not find gift-pegjs (NODE_PATH)"


def gift(items: list[QuizItem]) -> tuple[list[QuizItem], list[dict[str, Any]]]:
    """The items that GIFT carries, and what the reader made of them."""
    if reason := _gift_missing():
        pytest.skip(reason)
    data, left_out = write_file(items, Format.GIFT)
    done = subprocess.run(["node", "-e", _PARSE], input=data, capture_output=True, check=True)
    lost = {one.id for one in left_out}
    return [one for one in items if one.id not in lost], json.loads(done.stdout)


@STARTS
def test_a_gift_reader_of_others_reads_the_same_questions(start: int) -> None:
    sent, read = gift(hostile(start))
    assert [question["type"] for question in read] == [_GIFT_TYPES[one.form] for one in sent]
    for one, question in zip(sent, read, strict=True):
        assert question["stem"]["text"] == one.stem.strip()
        if one.form in _CHOICES:
            choices = question["choices"]
            assert [choice["text"]["text"] for choice in choices] == one.options
            right = [n for n, c in enumerate(choices) if c["isCorrect"] or (c["weight"] or 0) > 0]
            assert right == one.key.correct
        elif one.form is Form.TRUTH:
            assert question["isTrue"] is one.key.truth
        elif one.form is Form.AMOUNT:
            assert question["choices"]["number"] == pytest.approx(float(one.key.amount or 0))
        elif one.form is Form.BLANKS:
            assert [choice["text"]["text"] for choice in question["choices"]] == one.key.blanks[0]
