"""Two texts compared: which article became which, and which words changed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.comparison import ChangeKind, EditKind, compare_texts, compare_words, continued, counts
from corpus.vocabulary import Provision

LABELS = ("第一条", "第二条", "第三条", "第四条", "第五条")
A = "为了加强养犬管理，保障公民健康和人身安全，制定本条例。"
B = "携犬出户应当束犬链，由成年人牵领，避让老年人、残疾人。"
C = "违反本条例规定，未束犬链的，由公安机关处三百元以下罚款。"
C2 = "违反本条例规定，未束犬链的，由城市管理部门处五百元以下罚款。"
NEW = "任何单位和个人不得遗弃所饲养的犬只，发现的可以举报。"


def texts(*words: str) -> list[Provision]:
    return [
        Provision(f"v/{label}", "v", n, label, w) for n, (label, w) in enumerate(zip(LABELS, words, strict=False), 1)
    ]


def outcome(old: list[Provision], new: list[Provision]) -> list[tuple[str, str | None, str | None]]:
    return [(c.kind.value, c.old and c.old.label, c.new and c.new.label) for c in compare_texts(old, new)]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        pytest.param((A, B), (A, B), [("unchanged", "第一条", "第一条"), ("unchanged", "第二条", "第二条")], id="same"),
        pytest.param(
            (A, C), (A, C2), [("unchanged", "第一条", "第一条"), ("changed", "第二条", "第二条")], id="reworded"
        ),
        pytest.param(
            (A, B, C),
            (A, NEW, B, C2),
            [
                ("unchanged", "第一条", "第一条"),
                ("added", None, "第二条"),
                ("moved", "第二条", "第三条"),
                ("changed", "第三条", "第四条"),
            ],
            id="one added, the others move on",
        ),
        pytest.param(
            (A, B, C),
            (A, C),
            [("unchanged", "第一条", "第一条"), ("removed", "第二条", None), ("moved", "第三条", "第二条")],
            id="one removed",
        ),
        pytest.param((A,), (B,), [("removed", "第一条", None), ("added", None, "第一条")], id="nothing in common"),
        pytest.param((B, A), (A, B), [("moved", "第二条", "第一条"), ("moved", "第一条", "第二条")], id="exchanged"),
        pytest.param(
            (B, B),
            (B, B),
            [("unchanged", "第一条", "第一条"), ("unchanged", "第二条", "第二条")],
            id="the same words twice",
        ),
        pytest.param(
            (A,), (A.replace("，", "，\n", 1),), [("unchanged", "第一条", "第一条")], id="a line broken elsewhere"
        ),
        pytest.param((), (A,), [("added", None, "第一条")], id="nothing before"),
        pytest.param((A,), (), [("removed", "第一条", None)], id="nothing after"),
    ],
)
def test_what_became_of_each_article(
    old: tuple[str, ...], new: tuple[str, ...], expected: list[tuple[str, str | None, str | None]]
) -> None:
    assert outcome(texts(*old), texts(*new)) == expected


def test_the_words_that_changed_are_marked_as_words() -> None:
    edits = compare_words(C, C2)
    assert [(e.kind.value, e.text) for e in edits if e.kind is not EditKind.SAME] == [
        ("removed", "公安机关"),
        ("added", "城市管理部门"),
        ("removed", "三百元"),
        ("added", "五百元"),
    ]


wordings = st.text(alphabet="甲乙丙丁罚款万元以下，。\n 12", max_size=40)


@given(wordings, wordings)
def test_edits_spell_out_both_wordings(old: str, new: str) -> None:
    edits = compare_words(old, new)
    assert "".join(e.text for e in edits if e.kind is not EditKind.ADDED) == old
    assert "".join(e.text for e in edits if e.kind is not EditKind.REMOVED) == new


@given(st.lists(wordings, max_size=5), st.lists(wordings, max_size=5))
def test_every_article_of_both_texts_appears_once(old: list[str], new: list[str]) -> None:
    changes = compare_texts(texts(*old), texts(*new))
    assert sorted(c.old.label for c in changes if c.old) == sorted(LABELS[: len(old)])
    assert [c.new.label for c in changes if c.new] == list(LABELS[: len(new)])
    assert sum(counts(changes).values()) == len(changes)
    for change in changes:
        assert (change.kind is ChangeKind.ADDED) is (change.old is None)
        assert (change.kind is ChangeKind.REMOVED) is (change.new is None)


@pytest.mark.parametrize(
    ("articles", "before"),
    [
        ((A,), {"第一条": ["第一条"]}),
        ((A, C2), {"第一条": ["第一条"], "第二条": ["第三条"]}),
        ((A, f"{B}\n{C2}"), {"第一条": ["第一条"], "第二条": ["第二条", "第三条"]}),
        ((A, B, NEW, C), {"第一条": ["第一条"], "第二条": ["第二条"], "第四条": ["第三条"]}),
    ],
    ids=["the same words", "other words", "two in one", "an added one continues none"],
)
def test_an_article_continues_its_own_and_what_it_took_up(articles: list[str], before: dict[str, list[str]]) -> None:
    found = continued(texts(A, B, C), texts(*articles))
    assert {key.partition("/")[2]: [i.partition("/")[2] for i in ids] for key, ids in found.items()} == before


@given(st.lists(st.text("甲乙丙丁", min_size=2, max_size=12), min_size=1, max_size=5, unique=True))
def test_the_articles_of_a_text_itself_continue_themselves(words: list[str]) -> None:
    held = texts(*words)
    assert {key: ids[0] for key, ids in continued(held, held).items()} == {p.id: p.id for p in held}
