"""Material is judged by nearness alone, a case counts once, and what is quoted stands in its text."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answer.materials import WEIGHTS, Shown, material_lines, quote_from, weight_of
from assistant.lexicon import Lexicon
from assistant.materials import shelves_searched
from assistant.retrieval.candidates import Candidate
from assistant.retrieval.features import Scored
from assistant.retrieval.materials import FAR, NEAR, nearest, one_section_of_a_case
from assistant.understanding import UnderstoodQuestion, understand
from corpus.citations import NameTable
from corpus.vocabulary import DatedFact, Document, DocumentKind, EffectLevel, Provision, Shelf, Validity, Version

DAY = dt.date(2026, 11, 21)


def question(text: str) -> UnderstoodQuestion:
    return understand(text, as_of=DAY, today=DAY, names=NameTable.from_documents([]), lexicon=Lexicon([]))


def scored(
    text: str, semantic: float | None = None, *, kind: DocumentKind = DocumentKind.CASE, case: str = "甲案", n: int = 1
) -> Scored:
    provision = Provision(f"{case}/{n}", case, n, f"第{n}节", text)
    candidate = Candidate(provision.id, case, case, f"{provision.id}@1", semantic=semantic)
    return Scored(candidate, provision, Document(case, case, kind, EffectLevel.NONE))


def test_nearness_in_meaning_and_in_words_puts_material_first() -> None:
    asked = question("占用道路摆摊")
    near, far = scored("占用道路摆摊经营", NEAR), scored("股东会决议无效", FAR, case="乙案")
    found = nearest(asked, [far, near], with_meaning=True)
    assert [m.scored for m in found] == [near, far]
    assert [m.enough for m in found] == [True, False]


def test_without_meanings_words_decide() -> None:
    found = nearest(
        question("占用道路摆摊"), [scored("占用道路摆摊经营"), scored("股东会决议无效")], with_meaning=False
    )
    assert [m.enough for m in found] == [True, False]


def test_a_case_counts_once_with_its_nearest_section_and_rows_of_a_list_count_each() -> None:
    asked = question("占用道路摆摊")
    sections = [scored("占用道路摆摊", NEAR, n=1), scored("处五百元罚款", FAR, n=2)]
    rows = [scored("占用道路", 0.9, kind=DocumentKind.BENCHMARK, case="基准", n=n) for n in (1, 2)]
    kept = one_section_of_a_case(nearest(asked, [*sections, *rows], with_meaning=True))
    assert [m.scored.provision.id for m in kept] == ["甲案/1", "基准/1", "基准/2"]


@pytest.mark.parametrize(
    ("chosen", "documents", "searched"),
    [
        (None, set(), (True, (Shelf.PRACTICE, Shelf.CASE))),
        (Shelf.LAW, set(), (True, ())),
        (Shelf.CASE, set(), (False, (Shelf.CASE,))),
        (None, {Shelf.LAW}, (True, ())),
        (None, {Shelf.PRACTICE}, (False, (Shelf.PRACTICE,))),
    ],
)
def test_a_shelf_or_a_document_chosen_narrows_what_is_searched(
    chosen: Shelf | None, documents: set[Shelf], searched: tuple[bool, tuple[Shelf, ...]]
) -> None:
    assert shelves_searched(chosen, documents) == searched


@given(st.text("甲乙丙。；：\n占用道路", max_size=900), st.booleans())
def test_a_quotation_is_a_part_of_its_text_and_never_empty_where_there_are_words(text: str, row: bool) -> None:
    provision = Provision("v/1", "v", 1, "序号1", text, fields=(("列", "格"),) if row else ())
    start, end = quote_from(frozenset({"占用", "道路"}), provision)
    assert 0 <= start <= end <= len(text)
    assert text[start:end].strip() or not text.strip()


def test_a_long_section_is_quoted_where_the_question_is() -> None:
    text = "本案与道路无关的叙述。" * 30 + "某甲占用道路摆摊经营。" + "其他情况不再叙述。" * 30
    start, end = quote_from(frozenset({"占用", "用道", "道路", "摆摊"}), Provision("v/1", "v", 1, "基本案情", text))
    assert text[start:end].startswith("某甲占用道路摆摊经营。")


def test_every_kind_that_is_no_law_says_what_it_counts_for() -> None:
    assert {kind for kind in DocumentKind if kind.shelf is not Shelf.LAW} == set(WEIGHTS)
    assert weight_of(Document("d", "甲法", DocumentKind.STATUTE, EffectLevel.LAW)) == "法律"


def test_lines_of_an_answer_name_shelf_weight_place_and_warnings() -> None:
    s = scored("某甲占道。")
    version = Version("v", "甲案", Validity(None, DatedFact.unknown(), DatedFact.unknown()), "made for a test")
    provision = replace(s.provision, label="基本案情", place="第2页")
    shown = Shown(provision, version, s.document, "p", 0.8, (0, 5), ("《甲法》第一条",), ("早于现行文本。",))
    lines = "\n".join(material_lines([shown]))
    for words in (
        "案例",
        WEIGHTS[DocumentKind.CASE],
        "《甲案》基本案情（第2页）：“某甲占道。”",
        "《甲法》第一条",
        "早于现行文本。",
    ):
        assert words in lines
    assert material_lines([]) == []
