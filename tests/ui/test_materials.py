"""Material below an answer says what it is, what it counts for, where it stands, and what must be known."""

from __future__ import annotations

from typing import Any

from assistant.contract import Cell, DocumentInfo, Material
from corpus.vocabulary import DocumentKind, EffectLevel, Shelf, State
from ui.conditions import regions_held
from ui.materials import cells_html, material_html

WORDS = "某甲占用道路摆摊。处五百元罚款。"


def material(**changes: Any) -> Material:
    values: dict[str, Any] = {
        "law": "某甲占道案（示例）",
        "article": "基本案情",
        "citation": "《某甲占道案（示例）》基本案情",
        "text": WORDS,
        "quote": "某甲占用道路摆摊。",
        "score": 0.7,
        "status": State.IN_FORCE,
        "level": EffectLevel.NONE,
        "region": "示范市",
        "document_id": "d",
        "passage_id": "v/基本案情@1",
        "provision_id": "v/基本案情",
        "key": "v/基本案情",
        "shelf": Shelf.CASE,
        "kind": DocumentKind.CASE,
        "weight": "参考案例，不是法律依据",
        "place": "第3页",
    }
    return Material(**(values | changes))


def test_material_shows_its_shelf_weight_region_place_and_warnings() -> None:
    html = material_html(material(warnings=["早于现行文本。"], cites=["《甲条例》第二条"]))
    for words in ("案例", "参考案例，不是法律依据", "示范市", "第3页", "早于现行文本。", "《甲条例》第二条"):
        assert words in html
    assert '<span class="ea-quoted">某甲占用道路摆摊。</span>' in html


def test_a_row_of_a_table_is_shown_by_its_columns_and_escaped() -> None:
    row = material(cells=[Cell(column="违法行为", text="<b>占道</b>"), Cell(column="备注", text=" ")])
    assert "<th" in cells_html(row)
    assert "&lt;b&gt;占道&lt;/b&gt;" in cells_html(row)
    assert "备注" not in cells_html(row)
    assert cells_html(material()) == ""


def document(law: str, region: str, kind: DocumentKind) -> DocumentInfo:
    return DocumentInfo(
        document_id=law, law=law, kind=kind, level=EffectLevel.NONE, region=region, shelf=kind.shelf, versions=[]
    )


HELD = [
    document("甲法", "国家", DocumentKind.STATUTE),
    document("宁波条例", "宁波市", DocumentKind.STATUTE),
    document("浙江条例", "浙江省", DocumentKind.STATUTE),
    document("宁波指引", "宁波市", DocumentKind.GUIDANCE),
]


def test_regions_to_choose_from_are_those_held_provinces_first() -> None:
    assert regions_held(HELD) == ["浙江省", "宁波市"]
