"""Reading corpora and queries."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from corpus.errors import InvalidInput
from evals.corpus_files import CorpusArticle, Query, read_corpus, read_queries

LINES = '{"id": "d0", "law": "甲法", "article": "第一条", "text": "条文", "more": 1}\n\n{"id": 7, "text": "乙"}\n'


@pytest.mark.parametrize("name", ["corpus.jsonl", "corpus.jsonl.gz"])
def test_a_corpus_may_be_gzipped(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(gzip.compress(LINES.encode()) if name.endswith(".gz") else LINES.encode())
    assert read_corpus(path) == [
        CorpusArticle(id="d0", law="甲法", article="第一条", text="条文"),
        CorpusArticle(id="7", text="乙"),
    ]


def test_queries_carry_the_ids_of_their_gold_articles(tmp_path: Path) -> None:
    path = tmp_path / "queries.jsonl"
    path.write_text('{"id": "q0", "question": "问", "gold": ["d0", "d1"]}\n{"id": "q1", "question": "问"}\n', "utf-8")
    assert read_queries(path) == [Query(id="q0", question="问", gold=("d0", "d1")), Query(id="q1", question="问")]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", ["holds nothing"]),
        (b'{"id": "a", "text": "x"}\n{"id": "a", "text": "y"}\n', ["a occurs twice"]),
        (b'{"id": "a", "text": "x"}\n{"id": "b"}\n', ["line 2", "text"]),
        (b'{"id": "a"', ["line 1", "Not JSON"]),
        (b"\xff\xfe", ["cannot be read"]),
    ],
)
def test_a_bad_corpus_is_named_with_its_line(tmp_path: Path, content: bytes, words: list[str]) -> None:
    path = tmp_path / "bad.jsonl"
    path.write_bytes(content)
    with pytest.raises(InvalidInput) as caught:
        read_corpus(path)
    assert all(word in str(caught.value) for word in ["bad.jsonl", *words])


def test_a_damaged_archive_and_an_absent_file_are_named(tmp_path: Path) -> None:
    damaged = tmp_path / "cut.jsonl.gz"
    damaged.write_bytes(gzip.compress(LINES.encode())[:-12])
    for path in (damaged, tmp_path / "absent.jsonl"):
        with pytest.raises(InvalidInput, match=path.name):
            read_corpus(path)
