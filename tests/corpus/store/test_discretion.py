"""Discretion records in the store: kept with their text, corrected apart from it, and told apart when stale."""

from __future__ import annotations

import dataclasses
import datetime as dt
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from corpus.discretion.codec import to_json
from corpus.discretion.model import (
    ApplicationRules,
    BoundsRule,
    DiscretionRecords,
    DiscretionStandard,
    Doubt,
    ExemptionItem,
    Factor,
    Fine,
    FineKind,
    Formula,
    ListEffect,
    Mode,
    Option,
    RuleOrigin,
    Spot,
    Tier,
)
from corpus.errors import InvalidInput, NotFound
from corpus.store import CorpusStore, DocumentRecord, VersionText
from corpus.store.discretion import STALE, DiscretionStore, Held
from corpus.store.exchange import export_corpus, import_corpus
from corpus.store.removal import purge_files
from corpus.vocabulary import DatedFact, Document, DocumentKind, EffectLevel, Validity, Version

AT = dt.datetime(2026, 11, 22, 9, 30, tzinfo=dt.timezone(dt.timedelta(hours=8)))
DOUBT = Doubt("weights_do_not_reach_100", "权重合计为90%", Spot(page=3))

WEIGHTED = DiscretionStandard(
    "§1.1",
    Mode.WEIGHTED,
    "未按规定设置油烟净化设施（示例）",
    factors=(
        Factor("持续时间", (Option("3个月以下", Fraction(0), "0%"), Option("3个月以上", Fraction(100, 3), "1/3"))),
    ),
    formulas=(Formula(Fraction(20), multiplier=Decimal(100000)),),
    pages=(3, 4),
    doubts=(DOUBT,),
)
TIERED = DiscretionStandard(
    "§1.2",
    Mode.TIERED,
    "占道经营（示例）",
    tiers=(Tier((("罚款", Fine("200元以下", FineKind.UPTO, Decimal(0), Decimal(200))),), (("次数", "首次"),)),),
)
ITEM = ExemptionItem("1", "未按时备案（示例）", ListEffect.NOT_PUNISH, conditions=("首次违法",))
BOUNDS = BoundsRule(True, False, RuleOrigin.DOCUMENT, quote="以下不含本数")
RECORDS = DiscretionRecords((WEIGHTED, TIERED), (ITEM,), ("本清单自发布之日起施行",), bounds=BOUNDS)


def document(number: int = 1, region: str = "示范市") -> Document:
    return Document(f"d-{number}", f"示范市裁量基准{number}（示例）", DocumentKind.BENCHMARK, EffectLevel.NONE, region)


def text(version_id: str, records: DiscretionRecords, of: Document, published: dt.date | None = None) -> VersionText:
    unknown = DatedFact.unknown()
    version = Version(version_id, of.id, Validity(published, unknown, unknown), "示例.pdf")
    return VersionText(version, "digest", (), (), records=records)


def save(store: CorpusStore, version_id: str, records: DiscretionRecords, of: Document | None = None) -> None:
    of = of or document()
    store.save(DocumentRecord(of, [text(version_id, records, of)]))


@pytest.fixture
def held(empty_store: CorpusStore) -> DiscretionStore:
    save(empty_store, "f-1", RECORDS)
    return DiscretionStore(empty_store)


def corrected() -> DiscretionStandard:
    return dataclasses.replace(WEIGHTED, title="改过的标题（示例）")


def test_every_record_comes_back_as_it_was_read(held: DiscretionStore) -> None:
    assert [h.record for h in held.standards()] == [WEIGHTED, TIERED]
    assert [h.record for h in held.items()] == [ITEM]
    assert held.rules() == []
    (whole,) = held.texts()
    assert (whole.remarks, whole.bounds) == (RECORDS.remarks, BOUNDS)


def test_a_record_is_found_by_its_key(held: DiscretionStore) -> None:
    everything: list[Held[Any]] = [*held.standards(), *held.items()]
    for found in everything:
        assert held.get(found.key) == found
        assert found.key == f"f-1/{found.record.id}"
        assert (found.document, found.region) == (document().title, "示范市")


@pytest.mark.parametrize("key", ["f-1/§9.9", "f-9/§1.1", "§1.1", "f-1", "", "f-1/records"])
def test_a_key_that_names_nothing_is_told(held: DiscretionStore, key: str) -> None:
    with pytest.raises(NotFound) as error:
        held.get(key)
    assert error.value.where == key
    assert error.value.remedy


def test_records_of_one_id_are_told_apart(empty_store: CorpusStore) -> None:
    save(empty_store, "f-1", DiscretionRecords((WEIGHTED, WEIGHTED), (dataclasses.replace(ITEM, id="§1.1"),)))
    held = DiscretionStore(empty_store)
    keys = [h.key for h in held.standards()] + [h.key for h in held.items()]
    assert keys == ["f-1/§1.1", "f-1/§1.1#2", "f-1/§1.1#3"]
    assert [held.get(key).key for key in keys] == keys


def test_standards_of_one_id_are_found_without_reading_the_others(empty_store: CorpusStore) -> None:
    save(empty_store, "f-1", DiscretionRecords((WEIGHTED, WEIGHTED, TIERED), (ITEM,)))
    save(empty_store, "f-2", DiscretionRecords((WEIGHTED,)), document(2, "样例市"))
    save(empty_store, "f-3", DiscretionRecords(), document(3, "无记录市"))
    held = DiscretionStore(empty_store)
    assert [h.key for h in held.standards_named("§1.1")] == ["f-1/§1.1", "f-1/§1.1#2", "f-2/§1.1"]
    assert [h.key for h in held.standards_named("§1.2")] == ["f-1/§1.2"]
    assert held.standards_named("§1") == []
    assert held.standards_named("1") == []  # the entry of a list
    assert held.regions() == {"示范市", "样例市"}


def test_rules_of_application_are_kept(empty_store: CorpusStore) -> None:
    rules = ApplicationRules("示范市裁量规则（示例）", total_cap=Fraction(100))
    save(empty_store, "f-1", DiscretionRecords(rules=rules))
    (found,) = DiscretionStore(empty_store).rules()
    assert (found.record, found.key) == (rules, "f-1/rules")


def test_one_document_and_one_version_can_be_asked_for(empty_store: CorpusStore) -> None:
    save(empty_store, "f-1", RECORDS, document(1))
    save(empty_store, "f-2", RECORDS, document(2))
    held = DiscretionStore(empty_store)
    assert [h.version_id for h in held.standards()] == ["f-1", "f-1", "f-2", "f-2"]
    assert {h.document_id for h in held.standards(document_id="d-2")} == {"d-2"}
    assert {h.version_id for h in held.items(version_id="f-1")} == {"f-1"}


def test_a_text_that_is_withheld_is_served_by_its_version_only(empty_store: CorpusStore) -> None:
    of = document()
    old = text("f-1", RECORDS, of)
    empty_store.save(
        DocumentRecord(of, [dataclasses.replace(old, version=dataclasses.replace(old.version, shadowed_by="f-2"))])
    )
    held = DiscretionStore(empty_store)
    assert held.standards() == []
    assert len(held.standards(version_id="f-1")) == 2


def test_only_what_is_doubtful_or_corrected_is_up_for_review(held: DiscretionStore) -> None:
    assert [h.key for h in held.review()] == ["f-1/§1.1"]
    held.correct("f-1/1", ITEM, by="", note="", at=AT)
    assert [h.key for h in held.review()] == ["f-1/§1.1", "f-1/1"]


def test_a_correction_is_applied_and_says_so(held: DiscretionStore) -> None:
    found = held.correct("f-1/§1.1", to_json(corrected()), by="王某", note="对照原件第3页", at=AT)
    assert found == held.get("f-1/§1.1") == held.standards()[0]
    assert found.record == dataclasses.replace(corrected(), doubts=())
    assert found.read == WEIGHTED
    assert (found.corrected, found.stale, found.needs_review) == (True, False, False)
    assert found.correction is not None
    assert (found.correction.by, found.correction.note, found.correction.at) == ("王某", "对照原件第3页", AT)


def test_the_last_correction_holds_and_can_be_taken_back(held: DiscretionStore) -> None:
    held.correct("f-1/§1.1", corrected(), by="甲", note="", at=AT)
    held.correct("f-1/§1.1", dataclasses.replace(WEIGHTED, title="再改"), by="乙", note="", at=AT)
    assert held.standards()[0].record.title == "再改"
    assert held.remove_correction("f-1/§1.1").record == WEIGHTED
    with pytest.raises(NotFound):
        held.remove_correction("f-1/§1.1")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"id": "§9.9"}, "编号"),
        ({"mode": "guessed"}, "guessed"),
        ({"no such field": 1}, "no such field"),
        ({"pages": "3"}, "列表"),
    ],
)
def test_a_correction_that_is_no_such_record_is_refused(
    held: DiscretionStore, change: dict[str, object], words: str
) -> None:
    with pytest.raises(InvalidInput, match=words):
        held.correct("f-1/§1.1", to_json(WEIGHTED) | change, by="", note="", at=AT)
    assert held.get("f-1/§1.1").correction is None


def test_a_correction_survives_the_same_reading_again(held: DiscretionStore, empty_store: CorpusStore) -> None:
    held.correct("f-1/§1.1", corrected(), by="", note="", at=AT)
    save(empty_store, "f-1", RECORDS)
    found = held.get("f-1/§1.1")
    assert (found.corrected, found.stale) == (True, False)


def test_new_doubts_about_the_same_reading_do_not_make_a_correction_stale(
    held: DiscretionStore, empty_store: CorpusStore
) -> None:
    held.correct("f-1/§1.1", corrected(), by="", note="", at=AT)
    more = dataclasses.replace(WEIGHTED, doubts=(DOUBT, Doubt("fine_not_read", "罚款未读出")))
    save(empty_store, "f-1", dataclasses.replace(RECORDS, standards=(more, TIERED)))
    assert held.get("f-1/§1.1").stale is False


def test_a_text_read_differently_keeps_its_correction_and_flags_it(
    held: DiscretionStore, empty_store: CorpusStore
) -> None:
    held.correct("f-1/§1.1", corrected(), by="", note="", at=AT)
    other = dataclasses.replace(WEIGHTED, chapter="第一章")
    save(empty_store, "f-1", dataclasses.replace(RECORDS, standards=(other, TIERED)))
    found = held.get("f-1/§1.1")
    assert (found.corrected, found.stale, found.needs_review) == (True, True, False)
    assert found.record.title == corrected().title  # type: ignore[union-attr]


def test_a_new_version_that_reads_the_same_takes_the_correction(
    held: DiscretionStore, empty_store: CorpusStore
) -> None:
    held.correct("f-1/§1.1", corrected(), by="", note="", at=AT)
    save(empty_store, "f-2", RECORDS)
    assert held.get("f-2/§1.1").corrected


def test_a_new_version_that_reads_otherwise_is_not_overruled_but_asks_for_review(
    held: DiscretionStore, empty_store: CorpusStore
) -> None:
    held.correct("f-1/§1.1", corrected(), by="", note="", at=AT)
    new = dataclasses.replace(WEIGHTED, formulas=(Formula(Fraction(30), multiplier=Decimal(200000)),), doubts=())
    save(empty_store, "f-2", dataclasses.replace(RECORDS, standards=(new, TIERED)))
    found = held.get("f-2/§1.1")
    assert (found.corrected, found.stale, found.needs_review) == (False, True, True)
    assert found.correction is not None
    assert isinstance(found.record, DiscretionStandard)
    assert found.record.formulas == new.formulas
    assert [d.code for d in found.record.doubts] == [STALE]
    assert held.get("f-1/§1.1").corrected


def test_a_correction_survives_the_removal_of_its_text(held: DiscretionStore, empty_store: CorpusStore) -> None:
    held.correct("f-1/§1.1", corrected(), by="王某", note="", at=AT)
    purge_files(empty_store, [], ["f-1"])
    assert held.standards() == []
    ((title, record_id, kept),) = held.corrections()
    assert (title, record_id, kept.by) == (document().title, "§1.1", "王某")
    save(empty_store, "f-1", RECORDS)
    assert held.get("f-1/§1.1").corrected


def test_records_and_corrections_move_with_the_corpus(
    held: DiscretionStore, empty_store: CorpusStore, tmp_path: Path
) -> None:
    held.correct("f-1/§1.1", corrected(), by="王某", note="注", at=AT)
    export_corpus(empty_store, tmp_path / "all.zip", tmp_path / "none")
    copy = CorpusStore.open(f"sqlite:///{tmp_path / 'copy.db'}")
    import_corpus(copy, tmp_path / "all.zip", tmp_path / "originals")
    there = DiscretionStore(copy)
    found: list[Held[DiscretionStandard]] = there.standards()
    assert found == held.standards()
    assert there.items() == held.items()
    assert there.texts() == held.texts()
    copy.close()
