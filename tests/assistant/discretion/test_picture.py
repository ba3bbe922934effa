"""The picture of a record: the strip of its page, the rows of a list, and a clear word where there is none."""

from __future__ import annotations

import datetime as dt
import hashlib
import struct
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from assistant.discretion.picture import has_picture, picture_of, record_picture, region_of, words_of
from corpus.discretion.model import (
    ApplicationRules,
    DiscretionRecords,
    DiscretionStandard,
    ExemptionItem,
    Factor,
    Fine,
    FineKind,
    ListEffect,
    Mode,
    Option,
    Spot,
    Tier,
)
from corpus.errors import NotFound, SourceUnreadable
from corpus.store import CorpusStore, DocumentRecord, VersionText
from corpus.store.discretion import DiscretionStore, HeldRecord
from corpus.store.sources import FileState, SourceFile, SourceFiles, source_id
from corpus.vocabulary import DatedFact, Document, DocumentKind, EffectLevel, Validity, Version
from ingest.loading.originals import original_path
from ingest.readers.pdf.mupdf import mupdf
from ingest.readers.pdf.pages import read_page
from tests.ingest.readers.pdf.pdf_samples import LEFT, PAGE, Pages

OIL = DiscretionStandard(
    "1",
    Mode.WEIGHTED,
    "未安装油烟净化设施（示例）",
    header=("违法行为", "裁量要素", "权重"),
    behaviours=("未安装油烟净化设施",),
    factors=(Factor("持续时间", (Option("三个月以下", Fraction(0), "0%"), Option("三个月以上", Fraction(20), "20%"))),),
    pages=(1,),
)
DOGS = DiscretionStandard(
    "2",
    Mode.TIERED,
    "犬只未束犬链（示例）",
    tiers=(
        Tier((("罚款", Fine("五十元", FineKind.FIXED, Decimal(50), Decimal(50))),), (("次数", "首次未束犬链的"),)),
        Tier((("罚款", Fine("二百元", FineKind.FIXED, Decimal(200), Decimal(200))),), (("次数", "再次未束犬链的"),)),
    ),
    pages=(1, 2),
)
ITEM = ExemptionItem(
    "2", "未建立餐厨垃圾台账", ListEffect.NOT_PUNISH, conditions=("首次违法并及时补建台账",), pages=(2,)
)
WORKBOOK = DiscretionStandard("3", Mode.UNREAD, "占道经营（示例）", sheet="甲", spot=Spot(sheet="甲", row=7))
RULES = ApplicationRules("示范市裁量规则（示例）")
RECORDS = DiscretionRecords((OIL, DOGS, WORKBOOK), (ITEM,), rules=RULES)


def pdf() -> bytes:
    """Two standards below each other on the first page, a list on the second."""
    pages = Pages().new()
    pages.write(LEFT, 100, "第一节 示例")
    pages.grid(
        (90, 230, 370, 500),
        (150, 180, 210, 240),
        [
            ("违法行为", "裁量要素", "权重"),
            ("未安装油烟净化设施", "三个月以下", "0%"),
            ("", "三个月以上", "20%"),
        ],
    )
    pages.grid((90, 300, 500), (500, 530, 560), [("首次未束犬链的", "五十元"), ("再次未束犬链的", "二百元")])
    pages.new().grid(
        (90, 130, 290, 500),
        (150, 190, 230, 270),
        [
            ("1", "未按时办理养犬登记", "首次违法并在七日内补办的"),
            ("2", "未建立餐厨垃圾台账", "首次违法并及时补建台账"),
            ("3", "未张贴禁止吸烟标识", "首次发现并当场张贴的"),
        ],
    )
    return pages.data()


def region(data: bytes, page: int, record: DiscretionStandard | ExemptionItem) -> tuple[float, float] | None:
    with mupdf.open(stream=data, filetype="pdf") as document:
        found = region_of(
            read_page(document[page - 1], page, None), words_of(record), by_rows=isinstance(record, ExemptionItem)
        )
    return (found[1], found[3]) if found else None


def height(png: bytes) -> int:
    assert png.startswith(b"\x89PNG")
    return int(struct.unpack(">I", png[20:24])[0])


@pytest.mark.parametrize(
    ("page", "record", "strip"),
    [(1, OIL, (140, 250)), (1, DOGS, (490, 570)), (2, ITEM, (180, 240))],
    ids=["table", "table below another", "row of a list"],
)
def test_the_strip_holds_the_record_and_nothing_else(
    page: int, record: DiscretionStandard | ExemptionItem, strip: tuple[float, float]
) -> None:
    assert region(pdf(), page, record) == pytest.approx(strip, abs=2)


def test_a_page_that_says_nothing_of_the_record_is_shown_whole() -> None:
    assert region(pdf(), 2, OIL) is None
    assert height(picture_of(pdf(), 2, OIL)) == pytest.approx(PAGE[1] * 2, abs=2)
    assert height(picture_of(pdf(), 1, OIL)) == pytest.approx(110 * 2, abs=6)


@pytest.fixture
def originals(tmp_path: Path) -> Path:
    return tmp_path / "originals"


@pytest.fixture
def held(empty_store: CorpusStore, originals: Path) -> DiscretionStore:
    """The records with their kept original."""
    document = Document("d-1", "示范市裁量基准（示例）", DocumentKind.BENCHMARK, EffectLevel.NONE, "示范市")
    unknown = DatedFact.unknown()
    version = Version("f-1", "d-1", Validity(None, unknown, unknown), "示例.pdf")
    digest = hashlib.sha256(pdf()).hexdigest()
    file = SourceFile(
        source_id("/示例.pdf", digest),
        "/示例.pdf",
        digest,
        "pdf",
        len(pdf()),
        FileState.PARSED,
        "1",
        dt.date(2026, 11, 22),
        None,
        {},
    )
    record = DocumentRecord(document, [VersionText(version, "digest", (), (), records=RECORDS)])
    SourceFiles(empty_store).record(file, documents=[record], version_ids=["f-1"])
    place = original_path(originals, digest)
    place.parent.mkdir(parents=True)
    place.write_bytes(pdf())
    return DiscretionStore(empty_store)


def one(held: DiscretionStore, record_id: str) -> HeldRecord:
    return held.get(f"f-1/{record_id}")


def test_a_record_is_shown_from_its_kept_original(
    held: DiscretionStore, empty_store: CorpusStore, originals: Path
) -> None:
    found = one(held, "2")
    assert has_picture(empty_store, originals, found)
    strip, whole = (record_picture(empty_store, originals, found, page) for page in (None, 2))
    assert height(strip) < height(whole) == pytest.approx(PAGE[1] * 2, abs=2)


@pytest.mark.parametrize(
    ("record_id", "page", "words"),
    [("3", None, "没有页"), ("rules", None, "没有页"), ("1", 2, "不在第2页"), ("1", 99, "不在第99页")],
)
def test_what_has_no_picture_is_told_with_what_to_do(
    held: DiscretionStore, empty_store: CorpusStore, originals: Path, record_id: str, page: int | None, words: str
) -> None:
    with pytest.raises(NotFound, match=words) as error:
        record_picture(empty_store, originals, one(held, record_id), page)
    assert error.value.remedy


def test_the_place_in_a_sheet_is_named_instead(
    held: DiscretionStore, empty_store: CorpusStore, originals: Path
) -> None:
    with pytest.raises(NotFound) as error:
        record_picture(empty_store, originals, one(held, "3"))
    assert error.value.remedy == "请打开原件对照：工作表“甲”第7行。"


def test_without_the_original_there_is_none(
    held: DiscretionStore, empty_store: CorpusStore, originals: Path, tmp_path: Path
) -> None:
    found = one(held, "1")
    for folder in (None, tmp_path / "elsewhere"):
        assert not has_picture(empty_store, folder, found)
        with pytest.raises(NotFound, match="没有留存原件"):
            record_picture(empty_store, folder, found)


def test_a_damaged_original_is_told(held: DiscretionStore, empty_store: CorpusStore, originals: Path) -> None:
    (place,) = (p for p in originals.rglob("*") if p.is_file())
    place.write_bytes(b"%PDF-1.4 broken")
    with pytest.raises(SourceUnreadable) as error:
        record_picture(empty_store, originals, one(held, "1"))
    assert error.value.remedy
