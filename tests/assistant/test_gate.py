"""The way to the service while a process starts, and the slot its index comes to."""

from __future__ import annotations

import pytest

from assistant.contract import AskRequest, CiteRequest, Preparation, SearchRequest
from assistant.gate import Gate
from assistant.index_slot import IndexSlot
from assistant.problems import problem_from_error
from corpus.encoders.base import SparseVector
from corpus.errors import IndexMismatch, StillPreparing
from corpus.index import EVERYTHING

SEARCH = SearchRequest(question="示例")
ASK = AskRequest(question="示例")


class _Held:
    """A state that the test sets."""

    def __init__(self, stage, message="正在准备", **more):
        self.set(stage, message, **more)

    def set(self, stage, message="正在准备", **more):
        self.state = Preparation(stage=stage, message=message, **more)

    def __call__(self):
        return self.state


CALLS = {
    "search": lambda g: g.search(SEARCH),
    "ask": lambda g: g.ask(ASK),
    "ask_stream": lambda g: list(g.ask_stream(ASK)),
    "cite": lambda g: g.cite(CiteRequest(text="示例法第一条")),
    "check": lambda g: g.check_citations("示例法第一条"),
    "documents": lambda g: g.documents(),
    "document": lambda g: g.document("doc-1"),
    "provision": lambda g: g.provision("ver-1/第一条"),
}


@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS.keys())
def test_before_the_laws_are_there_every_request_says_how_far_it_is(call):
    gate = Gate(_Held("loading", "正在装载法律", done=120, total=378))
    with pytest.raises(StillPreparing, match="正在装载法律（120/378）") as caught:
        call(gate)
    problem = problem_from_error(caught.value)
    assert (problem.status, problem.retryable, problem.code) == (503, True, "preparing")


def test_when_loading_failed_the_reason_and_the_remedy_are_said():
    gate = Gate(_Held("failed", "正在装载法律未能完成", error="法律数据文件已损坏。请重新安装。"))
    with pytest.raises(StillPreparing, match="请重新安装"):
        gate.search(SEARCH)


@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS.keys())
def test_when_ready_answers_pass_unchanged(call, stand_in):
    gate = Gate(_Held("ready"))
    gate.set(stand_in)
    assert call(gate) == call(stand_in)


@pytest.mark.parametrize(
    ("stage", "noted"), [("lexical", True), ("starting", True), ("dense", False), ("ready", False)]
)
def test_while_the_word_index_is_built_answers_say_that_they_may_miss_something(stand_in, stage, noted):
    gate = Gate(_Held(stage, "正在建立关键词索引", done=1, total=2))
    gate.set(stand_in)
    for notes in (gate.search(SEARCH).notes, gate.ask(ASK).notes, list(gate.ask_stream(ASK))[-1].response.notes):
        assert any("可能不全" in note for note in notes) is noted


def test_a_gate_can_be_closed_again(stand_in):
    gate = Gate(_Held("loading"))
    gate.set(stand_in)
    gate.close()
    with pytest.raises(StillPreparing):
        gate.search(SEARCH)


class _Index:
    def search_sparse(self, query, where, limit):
        return ["word"]

    def search_dense(self, query, where, limit):
        return ["meaning"]


def test_an_empty_slot_finds_nothing_and_a_filled_one_asks_its_index():
    slot, words = IndexSlot(), SparseVector((1,), (1.0,))
    assert slot.search_sparse(words, EVERYTHING, 5) == []
    slot.put(_Index())
    assert slot.search_sparse(words, EVERYTHING, 5) == ["word"]
    assert slot.search_dense(None, EVERYTHING, 5) == ["meaning"]
    slot.take()
    assert slot.search_dense(None, EVERYTHING, 5) == []


def test_a_slot_whose_index_does_not_fit_refuses_to_serve_until_another_comes():
    slot, words = IndexSlot(), SparseVector((1,), (1.0,))
    slot.fail(IndexMismatch("made with another encoder", remedy="eassistant index rebuild"))
    with pytest.raises(IndexMismatch):
        slot.search_sparse(words, EVERYTHING, 5)
    slot.put(_Index())
    assert slot.search_sparse(words, EVERYTHING, 5) == ["word"]
