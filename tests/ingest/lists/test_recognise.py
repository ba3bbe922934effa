"""Which documents are lists, and of which kind: by title, then by column names."""

from __future__ import annotations

import pytest

from corpus.vocabulary import DocumentKind
from ingest.parsers.lists import kind_of_headers, kind_of_title, looks_like_list
from ingest.readers.model import Format, Paragraph
from tests.ingest.lists.tables import document, table

B, E, L, R, C = (
    DocumentKind.BENCHMARK,
    DocumentKind.EXEMPTION_LIST,
    DocumentKind.ITEM_LIST,
    DocumentKind.RISK_LIST,
    DocumentKind.CATALOGUE,
)


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("示范市城市管理行政处罚裁量基准（试行）", B),
        ("示范市消防行政处罚自由裁量权裁量标准参照表", B),
        ("示范省违法行为行政处罚罚款金额裁量表", B),
        ("示范市轻微违法行为不予行政处罚清单（2026年版）", E),
        ("示范省不予行政处罚的轻微违法行为目录", E),
        ("示范市市场监管首违不罚轻罚清单", E),
        ("示范市从轻处罚事项清单", E),
        ("示范市综合行政执法事项清单（示例）", L),
        ("示范市城市管理执法事项指导目录（2026年版）", L),
        ("示范市司法局权责清单", L),
        ("示范市涉企行政检查事项清单", L),
        ("示范市餐饮经营者违法风险点清单", R),
        ("行政合规风险提示清单", R),
        ("高污染示范燃料目录", C),
        ("示范保护综合名录（2021 年版）", C),
        ("示范市行政处罚裁量权基准制定和管理办法", None),
        ("关于公布不予处罚清单的通知", None),
        ("《示范市权责清单》解读", None),
        ("示范市养犬管理条例", None),
        ("", None),
    ],
)
def test_a_title_names_its_kind_or_none(title: str, kind: DocumentKind | None) -> None:
    assert kind_of_title(title) is kind


@pytest.mark.parametrize(
    ("names", "kind"),
    [
        (["序号", "违法行为", "裁量情节", "裁量标准"], B),
        (["序号", "违法行为", "不予处罚的情形"], E),
        (["序号", "相对人类别", "风险点", "法律依据"], R),
        (["序号", "事 项 名 称", "实施依据"], L),
        (["序号", "事项名称"], None),
        (["姓名", "电话"], None),
    ],
)
def test_column_names_show_a_kind_or_none(names: list[str], kind: DocumentKind | None) -> None:
    assert kind_of_headers(names) is kind


def test_columns_decide_where_no_title_does() -> None:
    rows = [["序号", "违法行为", "裁量情节"], ["1", "甲", "乙"]]
    assert looks_like_list(document("附件", table(rows))) is B


def test_a_text_with_articles_is_no_list_whatever_it_is_called() -> None:
    articles = [f"第{n}条　示例内容。" for n in "一二三四"]
    assert looks_like_list(document(Paragraph("示范市行政处罚裁量基准", title=True), *articles)) is None


def test_a_line_that_announces_an_annex_is_no_title() -> None:
    rows = [["姓名", "电话"], ["甲", "1"]]
    assert looks_like_list(document("关于开会的通知", "附件：示范市权责清单", table(rows))) is None


def test_a_spreadsheet_is_at_least_a_catalogue() -> None:
    rows = [["名称", "代码"], ["甲", "1"]]
    assert looks_like_list(document(table(rows, sheet="a"), form=Format.XLSX, name="a.xlsx")) is C
    assert looks_like_list(document(table(rows))) is None
