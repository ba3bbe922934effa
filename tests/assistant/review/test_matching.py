"""Which questions count as the same: a table of pairs, most of them near misses."""

from __future__ import annotations

import tomllib
from pathlib import Path

import numpy as np
import pytest

from assistant.curated.matching import Asked, matching, plain_form, speaks_of_a_day

PAIRS = tomllib.loads(Path(__file__).with_name("pairs.toml").read_text(encoding="utf-8"))


class AlwaysClose:
    """An encoder to which every question means the same: what then still differs, differs by its words."""

    id, dimension = "always", 2

    def encode_queries(self, texts):
        return np.ones((len(texts), 2), dtype=np.float32) / np.sqrt(np.float32(2))

    def encode_passages(self, texts, *, progress=None, stop=None):
        return self.encode_queries(texts)


def found(asked: str, written_for: str, encoder=None) -> bool:
    return matching(asked, [Asked("one", written_for)], encoder) == ["one"]


@pytest.mark.parametrize(("one", "other"), PAIRS["different"])
@pytest.mark.parametrize("encoder", [None, AlwaysClose()], ids=["words", "meaning"])
def test_near_but_different_questions_are_told_apart_either_way(one, other, encoder):
    assert not found(other, one, encoder)
    assert not found(one, other, encoder)


def test_most_wordings_of_the_same_question_are_found():
    words = sum(found(other, one) for one, other in PAIRS["same"])
    meaning = sum(found(other, one, AlwaysClose()) for one, other in PAIRS["same"])
    assert words >= 23
    assert meaning >= 27
    assert len(PAIRS["same"]) == 28


def test_words_in_another_order_count_only_where_meanings_are_close():
    class NeverClose(AlwaysClose):
        def encode_queries(self, texts):
            return np.eye(len(texts), dtype=np.float32)

    assert found("停车占用消防通道怎么罚", "占用消防通道停车怎么罚", AlwaysClose())
    assert not found("停车占用消防通道怎么罚", "占用消防通道停车怎么罚", NeverClose())


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("罚款5万元以上", "罚款50000元以上"),
        ("第三十三条", "第33条"),
        ("三日内", "3日内"),
        ("您好，请问咋处罚", "怎么罚？"),
    ],
)
def test_one_plain_form(one, other):
    assert plain_form(one) == plain_form(other)


def test_a_question_of_marks_alone_matches_nothing():
    assert matching("？！", [Asked("one", "……")], None) == []


@pytest.mark.parametrize(("question", "dated"), [("2019年3月1日的行为怎么罚", True), ("三日内送达吗", False)])
def test_a_day_in_the_question_is_seen(question, dated):
    assert speaks_of_a_day(question) is dated
