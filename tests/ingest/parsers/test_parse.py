"""The one door to the parsers: what a file becomes, and the notice split from the rules it issues."""

from __future__ import annotations

import datetime as dt

import pytest

from corpus.vocabulary import DocumentKind, EffectLevel
from ingest.parsers import in_chinese, parse
from ingest.readers.model import FileUnreadable, Reason
from tests.ingest.document_builder import document


def test_a_notice_and_the_rules_it_issues_are_two_texts() -> None:
    notice, rules = parse(
        document("""宁波市城市管理局文件
            甬城管发〔2024〕7号
            宁波市城市管理局关于印发《宁波市占道经营示例规定（试行）》的通知
            各区城市管理局：
            现将《宁波市占道经营示例规定（试行）》印发给你们，请认真执行。
            宁波市城市管理局
            2024年3月4日
            宁波市占道经营示例规定（试行）
            第一条　为了规范裁量，制定本规定。
            第二条　轻微的，不予处罚。
            第三条　本规定自印发之日起施行。"""),
        "a.docx",
    )
    assert (notice.title, notice.kind) == (
        "宁波市城市管理局关于印发《宁波市占道经营示例规定（试行）》的通知",
        DocumentKind.GUIDANCE,
    )
    assert (rules.title, rules.kind, rules.level) == (
        "宁波市占道经营示例规定（试行）",
        DocumentKind.STATUTE,
        EffectLevel.NORMATIVE_DOCUMENT,
    )
    assert [row.label for row in rules.rows] == ["第一条", "第二条", "第三条"]
    assert (rules.region, rules.issuer, rules.number, rules.published) == (
        "宁波市",
        "宁波市城市管理局",
        "甬城管发〔2024〕7号",
        dt.date(2024, 3, 4),
    )


def test_an_amending_decision_and_the_text_published_again_are_two_texts() -> None:
    decision, text = parse(
        document("""# 宁波市人民代表大会常务委员会关于修改《宁波市示例条例》的决定
            2024年3月4日 宁波市第十六届人民代表大会常务委员会第二十次会议通过
            宁波市人民代表大会常务委员会决定对《宁波市示例条例》作如下修改：
            一、第二条修改为：“第二条 乙。”
            二、删去第四条。
            本决定自公布之日起施行。《宁波市示例条例》根据本决定作相应修改，重新公布。
            宁波市示例条例
            第一条 甲。
            第二条 乙。
            第三条 本条例自公布之日起施行。"""),
        "a.md",
    )
    assert (decision.kind, [row.label for row in decision.rows]) == (
        DocumentKind.AMENDING_DECISION,
        ["引言", "条目一", "条目二"],
    )
    assert (text.title, text.kind, text.published) == ("宁波市示例条例", DocumentKind.STATUTE, dt.date(2024, 3, 4))
    assert [row.label for row in text.rows] == ["第一条", "第二条", "第三条"]


def test_a_mere_annex_is_no_text_of_its_own() -> None:
    (text,) = parse(
        document("# 宁波市示例条例\n第一条 见《申请表》。\n第二条 自公布之日起施行。\n申请表\n姓名"), "a.md"
    )
    assert text.title == "宁波市示例条例"


def test_a_file_with_nothing_to_cite_is_refused_with_a_remedy() -> None:
    with pytest.raises(FileUnreadable) as caught:
        parse(document("# 宁波市示例条例\n2024年3月4日 宁波市人民代表大会常务委员会通过\n---"), "空/a.md")
    assert caught.value.reason is Reason.NOTHING_RECOGNISED
    assert caught.value.where == "空/a.md"
    assert caught.value.remedy


@pytest.mark.parametrize(
    ("text", "chinese"),
    [
        ("# Samples\nEverything here is fiction.\n示范市 is no place.", False),
        ("# 示范市养犬管理条例\n第一条 为了规范养犬行为，制定本条例。", True),
        ("# GB 12348 工业企业厂界噪声\n4.1 dB(A) 限值", True),
    ],
)
def test_an_english_notice_beside_the_files_is_no_law(text: str, chinese: bool) -> None:
    assert in_chinese(document(text)) is chinese
