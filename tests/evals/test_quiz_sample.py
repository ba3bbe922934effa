"""The draw of a blind check: over kinds and sources in turn, and the same for the same seed."""

from __future__ import annotations

import datetime as dt
from collections import Counter

from assistant.quiz.contract import Claim, Form, ItemCitation, ItemContent, ItemKind, Key, Point
from evals.quiz_sample import Pool, draw

FORMS = {ItemKind.TRUE_FALSE: Form.TRUTH, ItemKind.SHORT: Form.POINTS}


def item(kind: ItemKind, stem: str) -> ItemContent:
    return ItemContent(kind=kind, form=FORMS[kind], stem=stem, key=Key(truth=True), as_of=dt.date(2026, 11, 22))


def pool() -> Pool:
    return {
        ItemKind.TRUE_FALSE: {
            source: [item(ItemKind.TRUE_FALSE, f"{source}{n}") for n in range(4)]
            for source in ("消防法", "广告法", "安全生产法")
        },
        ItemKind.SHORT: {"消防法": [item(ItemKind.SHORT, "消防法简答")]},
    }


def test_kinds_and_sources_take_turns() -> None:
    drawn = draw(pool(), 7, seed=5)
    assert Counter(d.content.kind for d in drawn) == {ItemKind.TRUE_FALSE: 6, ItemKind.SHORT: 1}
    assert Counter(d.source for d in drawn if d.content.kind is ItemKind.TRUE_FALSE) == {
        "消防法": 2,
        "广告法": 2,
        "安全生产法": 2,
    }


def test_the_same_seed_draws_the_same_and_no_item_twice() -> None:
    first, second = draw(pool(), 13, seed=9), draw(pool(), 13, seed=9)
    assert [d.content.stem for d in first] == [d.content.stem for d in second]
    assert len({d.content.stem for d in first}) == 13


def test_a_small_pool_gives_all_it_has() -> None:
    assert len(draw(pool(), 60, seed=1)) == 13


def test_true_and_false_are_drawn_alike_where_there_are_both() -> None:
    stated = [item(ItemKind.TRUE_FALSE, f"{n}").model_copy(update={"key": Key(truth=n % 4 != 0)}) for n in range(24)]
    drawn = draw({ItemKind.TRUE_FALSE: {"消防法": stated}}, 10, seed=3)
    assert Counter(d.content.key.truth for d in drawn) == {True: 5, False: 5}


def test_the_same_options_with_the_same_key_are_drawn_once() -> None:
    cited = item(ItemKind.SHORT, "甲")
    first = cited.model_copy(
        update={
            "kind": ItemKind.MULTIPLE,
            "form": Form.MANY,
            "stem": "甲",
            "options": ["罚款", "吊销许可证", "拘留"],
            "key": Key(correct=[0, 1]),
            "citations": [ItemCitation.model_construct(provision_id="v/1")],
        }
    )
    turned = first.model_copy(
        update={"stem": "乙", "options": ["拘留", "吊销许可证", "罚款"], "key": Key(correct=[1, 2])}
    )
    assert len(draw({ItemKind.MULTIPLE: {"示例法": [first, turned]}}, 2, seed=1)) == 1


def test_one_sentence_is_asked_once_whatever_the_kind() -> None:
    def of_words(kind: ItemKind, stem: str, span: tuple[int, int]) -> ItemContent:
        cited = ItemCitation.model_construct(provision_id="v/1", span=span)
        return item(kind, stem).model_copy(update={"citations": [cited], "claim": Claim(point=Point.AMOUNT)})

    first, again = of_words(ItemKind.TRUE_FALSE, "甲", (0, 9)), of_words(ItemKind.SHORT, "乙", (0, 9))
    other = of_words(ItemKind.SHORT, "丙", (9, 20))
    same: Pool = {ItemKind.TRUE_FALSE: {"示例法": [first]}, ItemKind.SHORT: {"示例法": [again]}}
    assert len(draw(same, 2, seed=1)) == 1
    assert len(draw({**same, ItemKind.SHORT: {"示例法": [other]}}, 2, seed=1)) == 2
