"""Quotations in a document are found, given to their citation, and compared word by word."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.citation_check import check_document, find_quotations, is_verbatim
from assistant.contract import CiteResponse, CiteResult
from corpus.vocabulary import State

TODAY = dt.date(2026, 11, 21)
FIRST = "甲行为，由乙机关责令改正；\n拒不改正的，处一万元以下罚款。"
SECOND = "丙行为，不予处罚。"


def _check(text, *cited, states=()):
    results = []
    for number, (written, provision) in enumerate(cited):
        start = text.index(written)
        state = states[number] if number < len(states) else State.IN_FORCE
        results.append(
            CiteResult(
                citation=written, state=state, text=provision, written=written, start=start, end=start + len(written)
            )
        )
    return check_document(text, CiteResponse(as_of=TODAY, results=results))


VERBATIM = {
    "whole": (FIRST, True),
    "part": ("由乙机关责令改正", True),
    "line breaks of the document": ("由乙机关\n　　责令改正", True),
    "closing mark of the quoting sentence": ("由乙机关责令改正。", True),
    "omission": ("甲行为……处一万元以下罚款", True),
    "omission in the wrong order": ("处一万元以下罚款……甲行为", False),
    "changed number": ("处二万元以下罚款", False),
    "changed punctuation inside": ("甲行为；由乙机关责令改正", False),
    "left out without a mark": ("甲行为，责令改正", False),
    "only an omission": ("……", False),
    "only punctuation": ("。", False),
    "another provision": (SECOND, False),
}


@pytest.mark.parametrize(("quotation", "expected"), VERBATIM.values(), ids=VERBATIM.keys())
def test_a_quotation_is_verbatim_or_not(quotation, expected):
    assert is_verbatim(quotation, FIRST) is expected


@given(st.data())
def test_every_part_of_a_provision_is_verbatim_and_stays_so_when_lines_break(data):
    start = data.draw(st.integers(0, len(FIRST) - 3))
    end = data.draw(st.integers(start + 3, len(FIRST)))
    cut = data.draw(st.integers(start, end))
    assert is_verbatim(FIRST[start:cut] + "\n" + FIRST[cut:end], FIRST)


PLACES = {
    "after 规定 and a colon": ("依据《示例法》第一条规定：“由乙机关责令改正”。", True),
    "directly after": ("《示例法》第一条「由乙机关责令改正」", True),
    "after a bracket": ("（《示例法》第一条）“由乙机关责令改正”", True),
    "after 明确规定 and a comma": ("《示例法》第一条明确规定，\n“由乙机关责令改正”", True),
    "before, in brackets": ("“由乙机关责令改正。”（《示例法》第一条）", True),
    "straight marks": ('《示例法》第一条规定："由乙机关责令改正"', True),
    "of something else": ("《示例法》第一条的精神，对“王记小吃店”立案。", False),
    "in another sentence": ("适用《示例法》第一条。当事人称“不知道”。", False),
}


@pytest.mark.parametrize(("text", "belongs"), PLACES.values(), ids=PLACES.keys())
def test_a_quotation_belongs_to_the_citation_it_touches(text, belongs):
    report = _check(text, ("《示例法》第一条", FIRST))
    assert len(report.citations[0].quotes) == int(belongs)
    assert report.ok


def test_a_quotation_is_compared_with_its_own_citation_only():
    text = "《示例法》第一条规定：“丙行为，不予处罚”；《示例法》第二条规定：“丙行为，不予处罚”。"
    first, second = _check(text, ("《示例法》第一条", FIRST), ("《示例法》第二条", SECOND)).citations
    assert (first.ok, first.quotes[0].verbatim) == (False, False)
    assert (second.ok, second.quotes[0].verbatim) == (True, True)


def test_a_range_owns_a_quotation_of_any_of_its_articles():
    written = "《示例法》第一条至第二条"
    text = f"{written}规定：“丙行为，不予处罚”"
    results = [
        CiteResult(citation=f"第{n}条", state=State.IN_FORCE, text=t, written=written, start=0, end=len(written))
        for n, t in (("一", FIRST), ("二", SECOND))
    ]
    report = check_document(text, CiteResponse(as_of=TODAY, results=results))
    assert [len(c.quotes) for c in report.citations] == [1, 0]
    assert report.ok


def test_a_citation_without_text_cannot_prove_a_quotation():
    report = _check("《示例法》第九条规定：“甲行为”", ("《示例法》第九条", None), states=(State.NO_SUCH_ARTICLE,))
    assert not report.citations[0].quotes[0].verbatim
    assert not report.ok


@pytest.mark.parametrize("state", list(State))
def test_only_what_is_in_force_passes(state):
    report = _check("见《示例法》第一条。", ("《示例法》第一条", FIRST), states=(state,))
    assert report.ok is (state is State.IN_FORCE)
    assert report.counts == {state: 1}


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_lines_are_counted_from_one_whatever_ends_them(newline):
    text = newline.join(["标题", "", "依据《示例法》第一条规定：", "“由乙机关责令改正”"])
    (citation,) = _check(text, ("《示例法》第一条", FIRST)).citations
    assert (citation.line, citation.quotes[0].line) == (3, 4)


def test_spans_of_quotations_point_at_their_words():
    text = '“甲”与「乙“丙”」和"丁"'
    for quotation in find_quotations(text):
        assert text[quotation.start : quotation.end] == quotation.words
    assert [q.words for q in find_quotations(text)] == ["甲", "乙“丙”", "丁"]


def test_a_document_without_citations_passes():
    assert check_document("没有引用。", CiteResponse(as_of=TODAY)).ok
