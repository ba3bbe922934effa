"""A question that was encoded is not encoded again, and what comes back is what the encoder gave."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.encoders.base import Progress, Stop, Vectors
from corpus.encoders.remembering import RememberingEncoder


class Counting:
    """Gives each text a vector of its own and keeps what it was asked."""

    id = "counting"
    dimension = 2

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.forgets = False

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        self.asked += texts
        texts = [] if self.forgets else texts
        return np.array([[len(t), sum(map(ord, t))] for t in texts], dtype=np.float32).reshape(len(texts), 2)

    def encode_passages(
        self, texts: Sequence[str], *, progress: Progress | None = None, stop: Stop | None = None
    ) -> Vectors:
        return self.encode_queries(texts)


def test_the_same_question_on_every_shelf_is_encoded_once() -> None:
    inner = Counting()
    encoder = RememberingEncoder(inner)
    for _ in range(3):
        encoder.encode_queries(["工地夜里施工"])
    assert inner.asked == ["工地夜里施工"]


def test_only_the_last_questions_are_kept() -> None:
    inner = Counting()
    encoder = RememberingEncoder(inner, remembered=2)
    for text in ("甲", "乙", "甲", "丙", "乙"):  # 甲 was used after 乙, so 丙 drives 乙 out
        encoder.encode_queries([text])
    assert inner.asked == ["甲", "乙", "丙", "乙"]


class Waiting(Counting):
    """Encodes once it is let go, and fails where it is told to."""

    def __init__(self) -> None:
        super().__init__()
        self.begun, self.let_go = Event(), Event()
        self.fails = self.fails_first = False

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        self.begun.set()
        self.let_go.wait()
        if self.fails or self.fails_first:
            self.fails_first = False
            raise ValueError("no")
        return super().encode_queries(texts)


def test_a_question_that_another_thread_is_encoding_is_waited_for() -> None:
    inner = Waiting()
    encoder = RememberingEncoder(inner)
    with ThreadPoolExecutor(2) as threads:
        first = threads.submit(encoder.encode_queries, ["甲"])
        inner.begun.wait()
        second = threads.submit(encoder.encode_queries, ["甲", "乙"])
        inner.let_go.set()
        assert np.array_equal(second.result()[:1], first.result())
    assert sorted(inner.asked) == ["乙", "甲"]


def test_whoever_waits_for_a_thread_that_fails_encodes_the_question_himself() -> None:
    inner = Waiting()
    inner.fails_first = True
    encoder = RememberingEncoder(inner)
    with ThreadPoolExecutor(2) as threads:
        first = threads.submit(encoder.encode_queries, ["甲"])
        inner.begun.wait()
        second = threads.submit(encoder.encode_queries, ["甲"])
        inner.let_go.set()
        assert isinstance(first.exception(), ValueError)
        assert np.array_equal(second.result(), Counting().encode_queries(["甲"]))


def test_an_encoder_that_gives_too_few_vectors_leaves_nobody_waiting() -> None:
    inner = Counting()
    encoder = RememberingEncoder(inner)
    inner.forgets = True
    with pytest.raises(ValueError, match="zip"):
        encoder.encode_queries(["甲"])
    inner.forgets = False
    assert np.array_equal(encoder.encode_queries(["甲"]), Counting().encode_queries(["甲"]))


def test_a_question_that_could_not_be_encoded_is_tried_again() -> None:
    inner = Waiting()
    encoder = RememberingEncoder(inner)
    inner.fails = True
    inner.let_go.set()
    with pytest.raises(ValueError, match="no"):
        encoder.encode_queries(["甲"])
    inner.fails = False
    assert encoder.encode_queries(["甲"]).shape == (1, 2)


@given(st.lists(st.lists(st.sampled_from("甲乙丙丁戊"), max_size=6), max_size=6))
def test_the_vectors_are_those_of_the_encoder_in_the_order_asked(calls: list[list[str]]) -> None:
    encoder = RememberingEncoder(Counting(), remembered=2)
    for texts in calls:
        assert np.array_equal(encoder.encode_queries(texts), Counting().encode_queries(texts))
