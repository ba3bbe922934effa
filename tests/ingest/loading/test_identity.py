"""Which texts are one document, and which are one text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.vocabulary import NATION, DocumentKind
from ingest.loading.identity import document_key, file_document_id, plain, version_id_of

STATUTE = DocumentKind.STATUTE


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param(("中华人民共和国行政处罚法", NATION, STATUTE), ("行政处罚法", NATION, STATUTE), id="short-title"),
        pytest.param(("刑法修正案（八）", NATION, STATUTE), ("刑法修正案(八)", NATION, STATUTE), id="brackets"),
        pytest.param(
            ("全国人大常委会关于某事的决定", NATION, DocumentKind.DECISION),
            ("全国人民代表大会常务委员会关于某事的决定", NATION, STATUTE),
            id="short-issuer-and-another-kind-of-law",
        ),
        pytest.param(
            ("关于修改《中华人民共和国甲法》的决定", NATION, STATUTE),
            ("关于修改《甲法》的决定", NATION, STATUTE),
            id="nation-inside",
        ),
        pytest.param(("示范市 养犬条例", "示范市", STATUTE), ("示范市养犬条例", "示范市", STATUTE), id="blank"),
    ],
)
def test_one_document(one: tuple[str, str, DocumentKind], other: tuple[str, str, DocumentKind]) -> None:
    assert document_key(*one) == document_key(*other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param(("养犬条例", "甲市", STATUTE), ("养犬条例", "乙市", STATUTE), id="another-city"),
        pytest.param(("行政处罚法", NATION, STATUTE), ("行政强制法", NATION, STATUTE), id="another-title"),
        pytest.param(("某办法", NATION, STATUTE), ("某办法（试行）", NATION, STATUTE), id="on-trial"),
        pytest.param(
            ("某清单", NATION, DocumentKind.ITEM_LIST), ("某清单", NATION, DocumentKind.RISK_LIST), id="kinds"
        ),
        pytest.param(("某规定", NATION, STATUTE), ("某规定", NATION, DocumentKind.GUIDANCE), id="law-and-no-law"),
        pytest.param(
            ("中华人民共和国甲法", "示范市", STATUTE), ("甲法", "示范市", STATUTE), id="nation-in-a-local-title"
        ),
    ],
)
def test_two_documents(one: tuple[str, str, DocumentKind], other: tuple[str, str, DocumentKind]) -> None:
    assert document_key(*one) != document_key(*other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("处一万元以上，十万元以下罚款。", "处一万元以上、十万元以下罚款"),
        ("ＧＢ１２３４８—２００８", "GB12348-2008"),
        ("“甲”（乙）", '"甲"(乙)'),
        ("甲\u3000乙\n丙", "甲乙丙"),
        ("1-3万元", "１－３万元"),
    ],
)
def test_the_same_words(one: str, other: str) -> None:
    assert plain(one) == plain(other)


@pytest.mark.parametrize(
    ("one", "other"), [("1.5万元", "15万元"), ("1-3万元", "13万元"), ("百万元", "一百万元"), ("5%", "5")]
)
def test_other_words(one: str, other: str) -> None:
    assert plain(one) != plain(other)


@given(st.lists(st.sampled_from(["甲", "乙", "处", "1.5万元", "，", "。", " ", "\n", "（", "——", "、"])))
def test_marks_and_white_space_between_words_never_count(pieces: list[str]) -> None:
    words = [p for p in pieces if plain(p)]
    assert plain("　".join(pieces)) == "".join(map(plain, words))


def test_ids_are_over_document_day_and_words() -> None:
    rows = [("第一条", "甲，乙。")]
    one = version_id_of("国家|甲法|法规", "2020-01-01", rows)
    assert one.startswith("f-")
    assert one == version_id_of("国家|甲法|法规", "2020-01-01", [("第一条", "甲、乙。")])
    others = [
        version_id_of("国家|乙法|法规", "2020-01-01", rows),
        version_id_of("国家|甲法|法规", "2021-01-01", rows),
        version_id_of("国家|甲法|法规", "2020-01-01", [("第一条", "甲，丙。")]),
        version_id_of("国家|甲法|法规", "2020-01-01", [("第二条", "甲，乙。")]),
    ]
    assert len({one, *others}) == 5


def test_ids_stay_what_they_are_on_every_machine() -> None:
    assert file_document_id("示范市|养犬条例|法规") == "d-a4015673d641"
    assert version_id_of("示范市|养犬条例|法规", "None", [("第一条", "甲。")]) == "f-09b85916b903"
