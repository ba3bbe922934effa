"""Marked words keep every character and let no markup through."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

import ui
from ui.labels import plain
from ui.markup import element, marked, occurrences, provision_text

WORDS = st.text(alphabet="甲乙一二<>&\"'\n/a=", max_size=40)
SPANS = st.lists(st.tuples(st.integers(-2, 45), st.integers(-2, 45)), max_size=4)
TAG = re.compile(r"</?(?:span|p|div)(?: class=\"[a-z -]*\")?>")


@given(words=WORDS, first=SPANS, second=SPANS)
def test_marking_changes_no_character(words, first, second):
    assert unescape(TAG.sub("", marked(words, {"a": first, "b": second}))) == words


@given(words=WORDS, spans=SPANS)
def test_a_provision_keeps_its_words_and_lines(words, spans):
    html = provision_text(words, {"a": spans})
    assert html.count("<p>") == words.count("\n") + 1
    assert unescape(TAG.sub("", html.replace("</p><p>", "\n"))) == words


def test_overlapping_marks_are_both_kept():
    assert marked("甲乙丙", {"a": [(0, 2)], "b": [(1, 3)]}) == (
        '<span class="a">甲</span><span class="a b">乙</span><span class="b">丙</span>'
    )


def test_a_mark_across_lines_stays_within_each():
    assert provision_text("甲乙\n丙", {"a": [(1, 4)]}) == (
        '<div class="ea-law"><p>甲<span class="a">乙</span></p><p><span class="a">丙</span></p></div>'
    )


def test_attribute_values_cannot_break_out():
    assert element("a", "x", href='"><script>') == '<a href="&quot;&gt;&lt;script&gt;">x</a>'


def test_occurrences_are_found_verbatim_and_never_of_nothing():
    assert occurrences("罚款，罚款", "罚款") == [(0, 2), (3, 5)]
    assert occurrences("罚款", "") == []


def test_labels_are_one_line_without_markdown():
    assert plain("**甲**\n[乙](丙)") == r"\*\*甲\*\* \[乙\]\(丙\)"


def test_the_page_asks_nothing_of_other_hosts():
    for path in Path(ui.__file__).parent.rglob("*"):
        if path.suffix in (".py", ".css"):
            urls = set(re.findall(r"https?://[^\s\"')]+", path.read_text(encoding="utf-8")))
            assert urls <= {"http://127.0.0.1:8600", "http://www.w3.org/2000/svg", "http://192.168.1.5"}, path
