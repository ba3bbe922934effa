"""Finding a standard from what people say: words, statute words, meaning, places, and doing without the encoder."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from assistant.discretion.find import StandardFinder
from assistant.discretion.find_texts import (
    Candidate,
    Sort,
    candidate_of_item,
    candidate_of_standard,
    plain_law,
    texts_on,
)
from assistant.lexicon import load_lexicon
from corpus.discretion.model import DiscretionStandard, ExemptionItem, ListEffect, Mode
from corpus.encoders.base import Progress, Stop, Vectors
from corpus.encoders.cache import EncodingCache
from corpus.store.discretion import Held
from corpus.vocabulary import DateBasis, DatedFact, Validity, Version
from evals.discretion_find import candidates_in, rank, read_questions, share_within

SAMPLES = Path(__file__).resolve().parents[3] / "corpus" / "samples" / "示范市"
WITH_RECORDS = ("*裁量基准*", "*裁量权重表*", "*不予行政处罚清单*", "*从轻减轻*清单*", "*免罚*清单*")


def standard(key: str, title: str, law: str = "", region: str = "示范市") -> Candidate:
    record = DiscretionStandard(id=key, mode=Mode.TIERED, title=title)
    made = candidate_of_standard(Held(f"v/{key}", "v", "d", "示例基准", region, record, record))
    return Candidate(made.key, made.sort, made.document_id, made.region, made.act, law)


def item(key: str, violation: str) -> Candidate:
    record = ExemptionItem(key, violation, ListEffect.NOT_PUNISH)
    return candidate_of_item(Held(f"v/{key}", "v", "d", "示例清单", "示范市", record, record))


RECORDS = [
    standard("1", "餐饮服务业经营者未安装油烟净化设施，致使超标排放油烟"),
    standard("2", "未取得建设工程规划许可证进行建设"),
    standard("3", "占用、堵塞、封闭消防车通道"),
    standard(
        "4", "未经无害化处理直接向环境排放畜禽养殖废弃物", "从事畜禽养殖活动，应当采取科学的饲养方式和废弃物处理工艺"
    ),
    standard("5", "占用、堵塞、封闭消防车通道", region="邻近市"),
    item("6", "饲养的犬只未按规定定期接种狂犬病疫苗"),
]


def finder(records: Sequence[Candidate] = RECORDS) -> StandardFinder:
    return StandardFinder(records, load_lexicon())


class HandMadeMeaning:
    """An encoder that knows which record each sentence means: one direction for each."""

    id = "hand-made"
    dimension = len(RECORDS)

    def __init__(self, meanings: dict[str, int]) -> None:
        self.meanings = meanings
        self.encoded = 0

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        return np.stack([self._direction(self.meanings[text]) for text in texts])

    def encode_passages(
        self, texts: Sequence[str], *, progress: Progress | None = None, stop: Stop | None = None
    ) -> Vectors:
        self.encoded += len(texts)
        places = {record.passage: at for at, record in enumerate(RECORDS)}
        return np.stack([self._direction(places[text]) for text in texts])

    def _direction(self, at: int) -> Vectors:
        return np.eye(self.dimension, dtype=np.float32)[at]


@pytest.mark.parametrize(
    ("says", "key"),
    [
        ("饭店油烟直排", "v/1"),
        ("没有规划许可证就盖楼", "v/2"),
        ("私家车把消防通道堵了", "v/3"),
        ("养殖场的粪水直接往沟里排", "v/4"),
    ],
)
def test_a_spoken_description_finds_its_standard_by_words_alone(says: str, key: str) -> None:
    assert finder().find(says).standards[0].key == key


def test_list_entries_are_found_apart_from_standards() -> None:
    result = finder().find("狗没打狂犬疫苗")
    assert [f.key for f in result.items] == ["v/6"]
    assert all(f.sort is Sort.STANDARD for f in result.standards)


def test_every_result_says_why_in_words_of_the_description_or_the_law() -> None:
    (first, *_) = finder().find("饭店油烟直排").standards
    assert any("油烟" in reason for reason in first.why)


def test_only_the_regions_asked_for_are_seen() -> None:
    says = "消防车通道被占用了"
    assert {f.key for f in finder().find(says, regions={"示范市", "国家"}).standards} & {"v/3", "v/5"} == {"v/3"}
    assert {f.key for f in finder().find(says, regions={"邻近市"}).standards} == {"v/5"}
    assert {"v/3", "v/5"} <= {f.key for f in finder().find(says).standards}


def test_only_the_texts_of_the_day_are_seen() -> None:
    older = Candidate("old/1", Sort.STANDARD, "d", "示范市", "占用消防车通道")
    newer = Candidate("new/1", Sort.STANDARD, "d", "示范市", "占用消防车通道")
    found = finder([older, newer]).find("消防车通道被占用了", versions={"new"}).standards
    assert [f.key for f in found] == ["new/1"]


@pytest.mark.parametrize(
    ("day", "served"),
    [
        pytest.param(dt.date(2018, 12, 31), frozenset(), id="before the first"),
        pytest.param(dt.date(2019, 1, 1), frozenset({"first"}), id="the first"),
        pytest.param(dt.date(2024, 12, 31), frozenset({"first"}), id="the day before the second"),
        pytest.param(dt.date(2025, 1, 1), frozenset({"second"}), id="the second"),
    ],
)
def test_a_newer_text_of_a_document_takes_the_place_of_the_older(day: dt.date, served: frozenset[str]) -> None:
    def version(id: str, begins: dt.date) -> Version:
        start = DatedFact(begins, DateBasis.NOT_LAW)
        return Version(id, "d", Validity(begins, start, DatedFact.unknown()), "示例")

    versions = [version("second", dt.date(2025, 1, 1)), version("first", dt.date(2019, 1, 1))]
    assert texts_on(versions, day) == served


@pytest.mark.parametrize("limit", [1, 2])
def test_at_most_so_many_of_either_sort_are_given(limit: int) -> None:
    result = finder().find("未按规定占用消防车通道建设", limit=limit)
    assert len(result.standards) == limit


def test_words_of_no_record_find_nothing() -> None:
    result = finder().find("zzz")
    assert (result.standards, result.items) == ((), ())


def test_without_records_nothing_is_found_and_nothing_breaks() -> None:
    empty = finder([])
    assert empty.prepare() is False
    assert empty.find("饭店油烟直排").standards == ()


# ---- meaning -----------------------------------------------------------------------------------------------

PLAIN = "那边味道大得很"


def test_meaning_decides_where_no_word_is_shared(tmp_path: Path) -> None:
    encoder = HandMadeMeaning({PLAIN: 0})
    by_meaning = StandardFinder(RECORDS, load_lexicon(), encoder=lambda: encoder)
    before = by_meaning.find(PLAIN)
    assert before.notes  # says that meaning is not ready
    assert by_meaning.prepare() is True
    after = by_meaning.find(PLAIN)
    assert after.standards[0].key == "v/1"
    assert "意思相近" in after.standards[0].why
    assert after.notes == ()


def test_vectors_are_kept_so_that_a_second_start_encodes_nothing(tmp_path: Path) -> None:
    encoder = HandMadeMeaning({PLAIN: 0})
    for _ in range(2):
        with EncodingCache(tmp_path / "encodings.db") as cache:
            assert StandardFinder(RECORDS, load_lexicon(), encoder=lambda: encoder, cache=cache).prepare()
    assert encoder.encoded == len({record.passage for record in RECORDS})


def test_an_encoder_that_goes_away_leaves_the_words() -> None:
    held: list[HandMadeMeaning] = [HandMadeMeaning({"饭店油烟直排": 2})]
    by_meaning = StandardFinder(RECORDS, load_lexicon(), encoder=lambda: held[0] if held else None)
    by_meaning.prepare()
    held.clear()
    result = by_meaning.find("饭店油烟直排")
    assert result.standards[0].key == "v/1"
    assert result.notes


# ---- texts -------------------------------------------------------------------------------------------------


def test_phrases_of_every_penalty_clause_say_nothing_about_a_violation() -> None:
    law = "违反本条例规定，露天烧烤的，由城市管理部门责令改正；逾期未改正的，处五百元以上二万元以下罚款。"
    kept = plain_law(law)
    assert "露天烧烤" in kept
    assert "罚款" not in kept
    assert "违反本条例" not in kept


# ---- our own samples ---------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def sample_records() -> list[Candidate]:
    paths = sorted({path for pattern in WITH_RECORDS for path in SAMPLES.glob(pattern)})
    return candidates_in(paths)


def test_our_descriptions_find_the_records_of_the_samples_by_words(sample_records: list[Candidate]) -> None:
    ranked = rank(StandardFinder(sample_records, load_lexicon()), sample_records, read_questions())
    assert len(ranked) >= 60
    assert (share_within(ranked, 1) or 0) >= 0.8
    assert (share_within(ranked, 5) or 0) >= 0.95
