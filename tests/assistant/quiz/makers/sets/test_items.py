"""The items made from real laws: every one proved, the same for the same seed, and worded as an examiner would."""

from __future__ import annotations

import re
from collections import Counter
from random import Random

import pytest

from assistant.quiz.contract import ItemKind, Point
from assistant.quiz.makers.sets.maker import make_sets
from assistant.quiz.material import Candidate, LawBook, Material
from assistant.quiz.proof import Evidence, prove
from tests.assistant.quiz.makers.sets.made_up import law, material

LAWS = ("行政处罚法", "行政强制法", "治安管理处罚法", "食品安全法", "消防法")


@pytest.fixture(scope="module")
def chosen(book: LawBook) -> Material:
    texts = tuple(t for t in book.texts if t.document.title.removeprefix("中华人民共和国") in LAWS)
    return Material(book.day, texts, book)


@pytest.fixture(scope="module")
def made(chosen: Material) -> list[Candidate]:
    return list(make_sets(chosen, Random(7)))


def test_same_seed_same_items_and_another_seed_others(chosen: Material, made: list[Candidate]) -> None:
    assert [c.content for c in make_sets(chosen, Random(7))] == [c.content for c in made]
    assert [c.content for c in make_sets(chosen, Random(8))] != [c.content for c in made]


def test_all_points_and_kinds_of_this_family_are_made(made: list[Candidate]) -> None:
    points = Counter(c.content.point for c in made)
    assert {Point.CONDITION, Point.DUTY, Point.STEP, Point.NO_PENALTY, Point.EXCEPTION} <= set(points)
    kinds = {c.content.kind for c in made}
    assert kinds == {ItemKind.SINGLE, ItemKind.MULTIPLE, ItemKind.TRUE_FALSE, ItemKind.BLANK, ItemKind.SHORT}


def test_nearly_every_candidate_is_proved(chosen: Material, made: list[Candidate]) -> None:
    evidence = Evidence.of(chosen)
    failed = [c for c in made if not prove(c.content, evidence).passed]
    assert len(failed) <= 0.03 * len(made)


def test_claims_are_verbatim_and_options_are_never_repeated(made: list[Candidate], book: LawBook) -> None:
    for candidate in made:
        content = candidate.content
        assert content.claim is not None
        text = book.by_provision[content.citations[0].provision_id][1].text
        assert content.claim.subject in text
        cited = [book.by_provision[c.provision_id][1].text for c in content.citations]
        assert all(any(answer in text for text in cited) for answer in content.claim.answers)
        assert len(set(content.options)) == len(content.options)
        assert {r.option for r in content.refutations} | set(content.key.correct) == set(range(len(content.options)))


def test_stems_name_the_law_and_lean_on_nothing(made: list[Candidate]) -> None:
    for content in (c.content for c in made):
        assert content.stem.startswith("根据《")
        assert not re.search(r"前款|本条(?!例)|上述|(?<!基)本法(?!律)", content.stem)
        if content.options:
            assert content.stem.endswith("？") or content.stem.count("（　　）") == 1


def test_several_right_ones_are_two_or_three_of_four_or_five(made: list[Candidate]) -> None:
    several = [c.content for c in made if c.content.kind is ItemKind.MULTIPLE]
    assert several
    for content in several:
        assert 2 <= len(content.key.correct) <= 3
        assert len(content.options) in (4, 5)


def test_no_option_is_a_catch_all(made: list[Candidate]) -> None:
    for content in (c.content for c in made):
        assert not any(re.search(r"规定的其他(?!机关)|^其他", o) for o in content.options)


def test_short_answers_have_the_whole_list_but_its_catch_all_as_points(made: list[Candidate]) -> None:
    mitigation = next(
        c.content
        for c in made
        if c.content.kind is ItemKind.SHORT
        and c.content.stem == "根据《行政处罚法》，当事人有哪些情形的，应当从轻或者减轻行政处罚？"
    )
    assert len(mitigation.key.points) == 4
    assert all(p.text in mitigation.citations[0].quotation for p in mitigation.key.points)


def test_the_kinds_of_penalty_are_told_from_coercion(made: list[Candidate]) -> None:
    kinds = [c.content for c in made if c.content.stem == "根据《行政处罚法》，下列哪些属于行政处罚的种类？"]
    for content in kinds:
        wrong = [o for n, o in enumerate(content.options) if n not in content.key.correct]
        assert not any("罚款" in o or "人身自由" in o for o in wrong)


def test_the_key_of_a_negative_stem_is_borne_by_the_list_it_belongs_to(made: list[Candidate]) -> None:
    negative = [c.content for c in made if "【不】" in c.content.stem]
    assert negative
    for content in negative:
        key = content.options[content.key.correct[0]]
        assert key in content.citations[0].quotation
        assert all(key not in c.quotation for c in content.citations[1:])


def test_statements_to_choose_from_do_not_tell_the_key_by_its_modal_word(made: list[Candidate]) -> None:
    statements = [c.content for c in made if c.content.stem.endswith("下列说法正确的是（　　）。")]
    assert statements
    for content in statements:
        shown = ["应当" in o or "必须" in o for o in content.options]
        assert 2 <= sum(shown) <= 3 or (shown.count(True) in (0, 1) and not shown[content.key.correct[0]])


def test_what_fits_no_safe_pattern_gives_no_item() -> None:
    unsafe = law(
        "为了加强管理，根据宪法，制定本法。", "前款规定的情形，依照本法第三条处理。", "本法自2020年1月1日起施行。"
    )
    assert list(make_sets(material(unsafe), Random(1))) == []


def test_several_statements_rest_on_the_words_of_their_articles(made: list[Candidate]) -> None:
    statements = [c.content for c in made if c.content.stem.endswith("下列说法正确的有（　　）。")]
    assert statements
    for content in statements:
        right = [content.options[i] for i in content.key.correct]
        assert len(right) in (2, 3)
        assert all(any(words in cited.quotation for cited in content.citations) for words in right)
        modals = {m for o in content.options for m in ("应当", "可以", "不得", "必须") if m in o}
        wrong = [o for i, o in enumerate(content.options) if i not in content.key.correct]
        assert any(m in o for o in wrong for r in right for m in modals if m in r)
