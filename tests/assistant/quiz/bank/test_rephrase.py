"""A model puts stems into other words: what it writes is proved again, and where it is not the old stem stays."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pytest

from assistant.answer.prompts import Message
from assistant.quiz.builder import build
from assistant.quiz.contract import BuildRequest, ItemKind, ItemState, Move, MoveRequest, Origin, WriteRequest
from corpus.errors import Conflict, GeneratorUnavailable
from tests.assistant.quiz.bank.bank_room import PENALTY_LAW, TRAINER, Room
from tests.assistant.quiz.bank.bank_room import room as new_room


class StandIn:
    """A model that answers what it is told to, or fails."""

    model = "stand-in"
    reply = ""

    def write(self, messages: Sequence[Message]) -> Iterator[str]:
        if not self.reply:
            raise GeneratorUnavailable("连接失败")
        yield from (self.reply[:3], self.reply[3:])


@pytest.fixture
def model() -> StandIn:
    return StandIn()


@pytest.fixture
def room(tmp_path, national_store, model) -> Iterator[Room]:
    opened = new_room(tmp_path, national_store, builder=build, writer=model)
    yield opened
    opened.close()


@pytest.fixture
def item(room):
    request = BuildRequest(sources=[PENALTY_LAW], kinds={ItemKind.SINGLE: 3}, seed=7)
    items = room.built(request=request).report.items
    return next(one for one in items if one.stem.startswith("根据《"))


def test_other_words_are_taken_where_every_proof_passes_again(room, item, model):
    model.reply = item.stem.replace("根据《", "依照《", 1)
    done = room.bank.rephrase(TRAINER, item.id)
    assert (done.taken, done.reason) == (True, "")
    assert (done.item.stem, done.item.revision, done.item.state) == (model.reply, 2, ItemState.DRAFT)
    assert done.item.proof.passed
    assert done.item.origin is Origin.EDITED
    assert {name: getattr(done.item, name) for name in ("options", "key", "claim", "citations")} == {
        name: getattr(item, name) for name in ("options", "key", "claim", "citations")
    }
    last = room.bank.history(TRAINER, item.id)[-1]
    assert (last.act, last.note) == ("改写题干", "由 stand-in 改写，各项校验通过。")


def test_nonsense_leaves_the_old_stem_with_the_reason(room, item, model):
    law = item.stem[item.stem.index("《") : item.stem.index("》") + 1]
    right = item.options[item.key.correct[0]]
    for reply in ("今天天气很好。", item.stem.replace(law, "《某某法》"), f"{item.stem[:-1]}{right}？", item.stem * 3):
        model.reply = reply
        done = room.bank.rephrase(TRAINER, item.id)
        assert (done.taken, done.stem) == (False, reply)
        assert done.reason
    assert room.bank.item(TRAINER, item.id) == item
    model.reply = ""
    with pytest.raises(GeneratorUnavailable):
        room.bank.rephrase(TRAINER, item.id)


def test_only_drafts_that_are_proved_are_put_into_other_words(room, item, model):
    model.reply = item.stem.replace("根据《", "依照《", 1)
    written = room.write("《行政处罚法》第六十条")
    with pytest.raises(Conflict, match="逐条校验"):
        room.bank.rephrase(TRAINER, written.id)
    room.bank.move(TRAINER, MoveRequest(ids=[item.id], move=Move.SUBMIT))
    with pytest.raises(Conflict, match="草稿"):
        room.bank.rephrase(TRAINER, item.id)


def test_a_trainer_s_other_question_does_not_keep_the_claim(room, item):
    cites = [c.citation for c in item.citations]
    given = {
        "kind": item.kind,
        "form": item.form,
        "point": item.point,
        "options": item.options,
        "key": item.key,
        "cites": cites,
    }
    same = room.bank.rewrite(TRAINER, item.id, WriteRequest(stem=item.stem.replace("根据《", "依照《", 1), **given))
    assert same.claim == item.claim
    other = room.bank.rewrite(TRAINER, item.id, WriteRequest(stem="下列哪一项是关于听证的规定？", **given))
    assert other.claim is None
    assert not other.proof.passed


def test_without_a_model_nothing_is_put_into_other_words(tmp_path, national_store):
    opened = new_room(tmp_path, national_store)
    with pytest.raises(Conflict, match="没有设置撰写模型"):
        opened.bank.rephrase(TRAINER, opened.write("《行政处罚法》第六十条").id)
    opened.close()
