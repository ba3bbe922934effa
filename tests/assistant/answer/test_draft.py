"""A draft is cut into sentences the same way however it arrives; keys, quotations and mark-up are told apart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answer.draft import (
    SentenceSplitter,
    find_quotations,
    has_stray_mark,
    read_sentence,
    without_enumerators,
    without_thinking,
)

KNOWN = {"c1", "c2", "c12"}


def _sentences(*pieces: str) -> list[str]:
    splitter = SentenceSplitter()
    found = [sentence for piece in pieces for sentence in splitter.feed(piece)]
    return [*found, *splitter.finish()]


SPLIT = {
    "key before the full stop": ("甲[c1]。乙[c2]。", ["甲[c1]。", "乙[c2]。"]),
    "key behind the full stop": ("甲。[c1]乙。[c2]", ["甲。[c1]", "乙。[c2]"]),
    "two keys behind": ("甲。[c1] [c2]乙", ["甲。[c1] [c2]", "乙"]),
    "full stop inside a quotation": ("规定：“甲。乙。”[c1]丙。", ["规定：“甲。乙。”[c1]丙。"]),
    "quotation within a quotation": ("“甲“乙。”丙。”丁。", ["“甲“乙。”丙。”丁。"]),
    "line": ("甲\n乙", ["甲\n", "乙"]),
    "line that leads on": ("如下：\n甲。", ["如下：\n甲。"]),
    "list after a comma": ("甲，\n乙。", ["甲，\n乙。"]),
    "semicolon is no end": ("甲；乙。", ["甲；乙。"]),
    "question and exclamation": ("甲？乙！丙", ["甲？", "乙！", "丙"]),
    "quotation never closed": ("“甲。乙。", ["“甲。", "乙。"]),
    "heading in brackets behind": ("甲。【结论】乙。", ["甲。", "【结论】乙。"]),
    "nothing": (" \n \n", []),
}


@pytest.mark.parametrize(("draft", "expected"), SPLIT.values(), ids=SPLIT.keys())
def test_a_draft_is_cut_into_sentences(draft: str, expected: list[str]) -> None:
    assert _sentences(draft) == expected


@given(st.text(st.sampled_from('甲乙。！\n“”「」"[]【】（）c12，：； '), max_size=40), st.integers(1, 5))
def test_sentences_are_the_same_however_the_draft_arrives(draft: str, size: int) -> None:
    whole = _sentences(draft)
    assert _sentences(*(draft[i : i + size] for i in range(0, len(draft), size))) == whole
    assert "".join(whole).split() == draft.split()


def test_a_sentence_is_given_out_as_soon_as_the_next_one_begins() -> None:
    splitter = SentenceSplitter()
    assert list(splitter.feed("甲[c1]。")) == []
    assert list(splitter.feed("乙")) == ["甲[c1]。"]


SEGMENTS = {
    "one key": ("甲[c1]。", [("甲。", ("c1",))], ()),
    "two groups": ("甲[c1][c2]。", [("甲。", ("c1", "c2"))], ()),
    "a list": ("甲[c1，c2]。", [("甲。", ("c1", "c2"))], ()),
    "capital and full-width": ("甲［C１］。", [("甲。", ("c1",))], ()),
    "nested": ("甲[[c1]]。", [("甲。", ("c1",))], ()),
    "one inside the other": ("甲[c1 [c2]]。", [("甲。", ("c1", "c2"))], ()),
    "round brackets": ("甲（c1）。", [("甲。", ("c1",))], ()),
    "twice the same": ("甲[c1][c1]。", [("甲。", ("c1",))], ()),
    "halves": ("甲[c1]，乙[c2]。", [("甲", ("c1",)), ("，乙。", ("c2",))], ()),
    "what follows the last key rests on it": ("甲[c1]，乙。", [("甲，乙。", ("c1",))], ()),
    "a longer number": ("甲[c12]。", [("甲。", ("c12",))], ()),
    "no key": ("甲。", [("甲。", ())], ()),
    "unknown": ("甲[c3]。", [("甲。", ("c3",))], ("c3",)),
    "leading zero": ("甲[c01]。", [("甲。", ("c01",))], ("c01",)),
    "range": ("甲[c1-c2]。", [("甲。", ("c1-c2",))], ("c1-c2",)),
    "number": ("甲[1]。", [("甲。", ("1",))], ("1",)),
    "empty brackets": ("甲[]。", [("甲。", ())], ("[]",)),
    "ordinary brackets": ("甲（含本数）、【注】乙[c1]。", [("甲（含本数）、【注】乙。", ("c1",))], ()),
    "never closed": ("甲[c1。", [("甲[c1。", ())], ()),
    "inside a quotation": ("“甲[乙]”[c1]。", [("“甲[乙]”。", ("c1",))], ()),
}


@pytest.mark.parametrize(("written", "segments", "unknown"), SEGMENTS.values(), ids=SEGMENTS.keys())
def test_keys_are_read_and_matched_exactly(
    written: str, segments: list[tuple[str, tuple[str, ...]]], unknown: tuple[str, ...]
) -> None:
    sentence = read_sentence(written, KNOWN)
    assert [(s.text, s.keys) for s in sentence.segments] == segments
    assert sentence.unknown_keys == unknown


def test_mark_up_is_no_part_of_the_text() -> None:
    assert read_sentence("## **甲**`乙`[c1]。", KNOWN).text == "甲乙。"


QUOTATIONS = {
    "curled": ("说“甲”。", ["甲"], False),
    "corner": ("说「甲」『乙』。", ["甲", "乙"], False),
    "straight": ('说"甲"。', ["甲"], False),
    "single": ("说‘甲’。", ["甲"], False),
    "nested, outermost only": ("说“甲‘乙’丙”。", ["甲‘乙’丙"], False),
    "same kind nested": ("说“甲“乙”丙”。", ["甲“乙”丙"], False),
    "opened only": ("说“甲。", [], True),
    "closed only": ("说甲”。", [], True),
    "straight over two lines": ('说"甲\n乙"。', [], True),
}


@pytest.mark.parametrize(("text", "words", "stray"), QUOTATIONS.values(), ids=QUOTATIONS.keys())
def test_quotations_are_found_in_any_marks(text: str, words: list[str], stray: bool) -> None:
    assert [q.words for q in find_quotations(text)] == words
    assert all(text[q.start : q.end] == q.words for q in find_quotations(text))
    assert has_stray_mark(text) is stray


ENUMERATORS = {
    "digit": ("1. 甲", "甲"),
    "digit with comma": ("2、甲", "甲"),
    "item": ("（一）甲", "甲"),
    "chinese": ("一、甲", "甲"),
    "bullet": ("- 甲", "甲"),
    "second line": ("如下：\n3）甲", "如下：\n甲"),
    "decimal": ("1.5万元", "1.5万元"),
    "sum": ("五万元", "五万元"),
    "list of numbers": ("一、二、三级", "一、二、三级"),
}


@pytest.mark.parametrize(("text", "rest"), ENUMERATORS.values(), ids=ENUMERATORS.keys())
def test_list_numbers_are_blanked_and_figures_are_not(text: str, rest: str) -> None:
    blanked = without_enumerators(text)
    assert len(blanked) == len(text)
    assert blanked.replace("\u3000", "") == rest


@pytest.mark.parametrize(
    ("pieces", "expected"),
    [
        (["<think>甲。</think>乙"], "乙"),
        (["<th", "ink>甲", "。</thi", "nk>", "乙", "丙"], "乙丙"),
        (["\n<think>甲"], ""),
        (["乙<think>"], "乙<think>"),
        (["<", "乙"], "<乙"),
        ([], ""),
    ],
    ids=["at once", "in pieces", "never ended", "later", "another sign", "nothing"],
)
def test_what_a_model_thinks_aloud_is_left_out(pieces: list[str], expected: str) -> None:
    assert "".join(without_thinking(iter(pieces))) == expected
