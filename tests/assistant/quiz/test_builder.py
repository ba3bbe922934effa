"""Building: same seed, same items; spread over chapters; what cannot be proved or is there already is not issued."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.quiz.builder import Built, build, shuffled
from assistant.quiz.contract import BuildRequest, Claim, Form, ItemContent, ItemKind, Key, Point, Refutation
from assistant.quiz.gathering import Shelves
from assistant.quiz.material import Candidate, Material, cite
from assistant.quiz.twins import Known, find_twins
from corpus.errors import InvalidInput


def _opening(material: Material, random: Random) -> Iterator[Candidate]:
    """A maker for tests: which words does this article begin with? Every fifth item has a key that is not there."""
    rows = [(t, p) for t in material.texts for p in t.provisions if len(p.text) > 60 and "，" in p.text[8:40]]
    random.shuffle(rows)
    for number, (text, provision) in enumerate(rows):
        end = provision.text.index("，", 8)
        words = provision.text[:end]
        answer = words[-6:] if number % 5 else "查无此语句"
        others = [o.text[:6] for _, o in rows[number + 1 : number + 4]]
        if len(others) < 3:
            return
        content = ItemContent(
            kind=ItemKind.SINGLE,
            form=Form.ONE,
            point=Point.DUTY if number % 2 else Point.CONDITION,
            stem=f"《{text.document.title}》{provision.label}以下列哪一项文字结束它的首句？",
            options=[answer, *others],
            key=Key(correct=[0]),
            citations=[cite(text, provision, 0, end)],
            refutations=[Refutation(option=n, reason="不是该条的文字") for n in (1, 2, 3)],
            claim=Claim(point=Point.DUTY, subject=words[:4], answers=[answer]),
            as_of=material.day,
        )
        yield Candidate(content, provision.id, str(provision.heading))


MAKERS = {"opening": _opening}


@pytest.fixture(scope="module")
def material(shelves: Shelves) -> Material:
    return shelves.gather(BuildRequest(sources=["食品安全法"]))


def _build(material: Material, **asked: object) -> Built:
    request = BuildRequest.model_validate({"kinds": {"single": 20}, "seed": 7, **asked})
    return build(request, material, makers=MAKERS)


def test_the_same_seed_gives_the_same_items_and_another_seed_others(material: Material) -> None:
    assert _build(material).contents == _build(material).contents
    assert _build(material).contents != _build(material, seed=8).contents


def test_everything_issued_is_proved_and_what_is_not_is_said(material: Material) -> None:
    built = _build(material)
    assert len(built.contents) == 20
    assert all(proof.passed for _, proof in built.contents)
    assert "答案有据" in {w.reason for w in built.withheld}


def test_items_are_spread_over_the_chapters(material: Material) -> None:
    chapters = Counter(str(p.heading) for t in material.texts for p in t.provisions)
    headings = {p.id: str(p.heading) for t in material.texts for p in t.provisions}
    chosen = Counter(headings[c.citations[0].provision_id] for c, _ in _build(material).contents)
    assert len(chosen) >= min(len(chapters), 20) * 0.7
    assert max(chosen.values()) <= 3


def test_no_article_gives_more_than_asked(material: Material) -> None:
    built = _build(material, per_article=1)
    assert max(Counter(c.citations[0].provision_id for c, _ in built.contents).values()) == 1


def test_where_too_few_come_out_an_article_may_give_one_more_and_this_is_said(material: Material) -> None:
    def crowded(chosen: Material, random: Random) -> Iterator[Candidate]:
        for number, candidate in enumerate(_opening(chosen, random)):
            yield Candidate(candidate.content, f"unit {number % 2}", candidate.group)

    request = BuildRequest(kinds={ItemKind.SINGLE: 12}, seed=7)
    built = build(request, material, makers={"crowded": crowded})
    assert len(built.contents) == 6
    assert any("2条各出了3道" in note for note in built.notes)
    few = build(request.model_copy(update={"kinds": {ItemKind.SINGLE: 4}}), material, makers={"crowded": crowded})
    assert len(few.contents) == 4
    assert few.notes == []


def test_one_fact_may_be_asked_in_two_kinds(material: Material) -> None:
    single = _build(material).contents[0][0]
    blank = single.model_copy(update={"kind": ItemKind.BLANK, "form": Form.BLANKS})
    assert Known([single]).has_twin(single)
    assert not Known([single]).has_twin(blank)
    assert Known([single.model_copy(update={"claim": None})]).has_twin(blank)


def test_points_and_difficulty_are_filters(material: Material) -> None:
    assert {c.point for c, _ in _build(material, points=["duty"]).contents} == {Point.DUTY}
    assert _build(material, easiest=0.9).contents == []


def test_what_the_bank_has_is_not_made_again_unless_asked_for(material: Material) -> None:
    first = [c for c, _ in _build(material).contents]
    request = BuildRequest(kinds={ItemKind.SINGLE: 20}, seed=7)
    again = build(request, material, first, makers=MAKERS)
    facts = {c.citations[0].provision_id for c in first}
    assert not facts & {c.citations[0].provision_id for c, _ in again.contents}
    same = build(request.model_copy(update={"include_known": True}), material, first, makers=MAKERS)
    assert [c for c, _ in same.contents] == first


def test_what_cannot_be_made_is_said(material: Material) -> None:
    built = _build(material, kinds={"single": 3, "calculation": 2})
    assert any("计算题要2道" in note for note in built.notes)


def test_a_build_can_be_stopped(material: Material) -> None:
    done: list[int] = []
    built = build(
        BuildRequest(kinds={ItemKind.SINGLE: 20}, seed=7),
        material,
        makers=MAKERS,
        report=lambda n, _stage: done.append(n),
        stop=lambda: bool(done) and done[-1] >= 5,
    )
    assert built.stopped
    assert len(built.contents) == 5


@pytest.mark.parametrize("name", ["不存在的法", "水污染防治法实施细则", "九十九号清单"])
def test_a_source_that_is_not_held_is_named(name: str, shelves: Shelves) -> None:
    with pytest.raises(InvalidInput, match=name):
        shelves.gather(BuildRequest(sources=[name]))


def test_a_law_that_is_no_longer_in_force_gives_no_items(shelves: Shelves) -> None:
    with pytest.raises(InvalidInput, match="水污染防治法"):
        shelves.gather(BuildRequest(sources=["水污染防治法"]))


def test_a_chapter_is_chosen_by_words_of_its_heading(shelves: Shelves) -> None:
    material = shelves.gather(BuildRequest(sources=["食品安全法"], chapter="法律责任"))
    assert {str(p.heading) for t in material.texts for p in t.provisions} == {"第九章 法律责任"}


@given(seed=st.integers(), correct=st.sets(st.integers(0, 4), min_size=2, max_size=4))
@settings(max_examples=60, deadline=None)
def test_shuffling_keeps_what_is_right_right(seed: int, correct: set[int]) -> None:
    options = [f"选项{n}的文字" for n in range(5)]
    item = ItemContent(
        kind=ItemKind.MULTIPLE,
        form=Form.MANY,
        stem="下列哪些说法正确？",
        options=options,
        key=Key(correct=sorted(correct)),
        refutations=[Refutation(option=n, reason=options[n]) for n in range(5) if n not in correct],
        as_of=dt.date(2026, 11, 21),
    )
    mixed = shuffled(item, Random(seed))
    assert {mixed.options[c] for c in mixed.key.correct} == {options[c] for c in correct}
    assert all(mixed.options[r.option] == r.reason for r in mixed.refutations)


def test_twins_are_found_by_words_and_by_fact(material: Material) -> None:
    first = [c for c, _ in _build(material).contents][:6]
    reworded = first[0].model_copy(update={"stem": first[0].stem.replace("下列", "以下")})
    same_fact = first[1].model_copy(update={"stem": "完全另外一种问法，问的却是同一处文字，是吗？"})
    pairs = {(t.first, t.second) for t in find_twins([*first, reworded, same_fact])}
    assert pairs >= {(0, 6), (1, 7)}
