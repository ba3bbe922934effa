"""The explanation: every number re-computes, every legal line has its place, the document opens and reads the same."""

from __future__ import annotations

import datetime as dt
import io
import re
import shutil
import subprocess
import zipfile
from decimal import Decimal
from fractions import Fraction

import pytest
from docx import Document
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.discretion.checking import Basics, CaseFacts, check_case
from assistant.discretion.contract import CheckRequest, Cite
from assistant.discretion.docx import write_docx
from assistant.discretion.explain import Explanation, as_text, cited, explain, explain_response, in_capitals
from assistant.discretion.present import Origin, standard_info
from assistant.discretion.present_check import check_response
from assistant.discretion.working import join_clauses
from corpus.discretion.model import DiscretionStandard
from corpus.store.discretion import Held
from tests.assistant.discretion.records import HALF_OPEN, factor, rules, tiered, weighted, with_formula

DAY = dt.date(2026, 11, 21)
TITLE = "示范市标识管理行政处罚裁量基准（示例）"
CHOOSE = {"近二年同类违法行为": "1次", "持续时间": "三个月以上"}


def explained(standard: DiscretionStandard, **given: object) -> tuple[Explanation, object]:
    request = CheckRequest(standard=standard.id, **given)
    case = CaseFacts(
        choose=request.choose,
        variant=request.variant,
        tier=request.tier,
        column=request.column,
        inputs=request.inputs,
        proposed=request.proposed_yuan,
        facts=request.facts,
    )
    basics = Basics(standard, HALF_OPEN, rules(), DAY)
    held = Held(f"v-1/{standard.id}", "v-1", "d-1", TITLE, "示范市", standard, standard)
    check = check_response(check_case(basics, case), basics, case, held.key, Origin(TITLE, "d-1"))
    explanation = explain(standard_info(held, HALF_OPEN), check, request, day=DAY, case_name="示例案", party="示例公司")
    return explanation, check


# ---- numbers -----------------------------------------------------------------------------------------------

_PERCENT = r"(-?[0-9.]+%|-?[0-9]+/[0-9]+|-?[0-9]+(?![0-9./%元]))"


def number(text: str) -> Fraction:
    """70%, 5/12, 3倍, 100000元 as a number."""
    for unit, scale in (("%", 100), ("倍", 1), ("元", 1)):
        if text.endswith(unit):
            return Fraction(text.removesuffix(unit)) / scale
    return Fraction(text)


def recomputed(text: str) -> Fraction:
    """What the written working comes to, from nothing but its own words; each equation is checked on the way."""
    parts = re.search(r"裁量百分值总和＝(.+)＝(\S+)\n", text)
    assert parts is not None
    total = sum((number(part) for part in parts[1].split("＋")), Fraction(0))
    shown = re.match(r"[^（\n]+", parts[2])
    assert shown is not None
    assert total == number(shown[0])
    if limited := re.search(r"计算：(\S+) → ([^（\n]+)", text):
        assert number(limited[1]) == total
        total = number(limited[2])
    sum_ = re.search(r"罚款金额＝(.+?)([＝≈])([0-9.]+)元", text)
    assert sum_ is not None
    factors = [number(part) for part in sum_[1].split("×")]
    assert factors[0] == total
    product = Fraction(1)
    for one in factors:
        product *= one
    assert abs(product - Fraction(sum_[3])) <= (0 if sum_[2] == "＝" else Fraction(1, 200))
    return Fraction(sum_[3])


weights = st.lists(st.one_of(st.integers(0, 40), st.sampled_from(["1/3", "1/8", "1/12"])), min_size=1, max_size=4)


@settings(max_examples=60, deadline=None)
@given(st.lists(weights, min_size=1, max_size=4), st.integers(0, 60), st.sampled_from([None, 20, 35]), st.data())
def test_the_numbers_of_the_explanation_compute_to_the_result(table, start, floor, data):
    factors = tuple(
        factor(f"要素{n}", *((f"{n}-{i}", weight) for i, weight in enumerate(row))) for n, row in enumerate(table)
    )
    standard = with_formula(weighted(factors=factors), start=Fraction(start), floor=Fraction(floor) if floor else None)
    choose = {f.name: data.draw(st.sampled_from(f.options)).label for f in factors}
    explanation, check = explained(standard, choose=choose)
    assert recomputed(as_text(explanation)) == Fraction(check.computed.fine_yuan)
    assert f"罚款{Decimal(check.computed.fine_yuan):f}".rstrip("0").rstrip(".")[:4] in as_text(explanation)


@given(st.integers(1, 10**9))
@settings(max_examples=40, deadline=None)
def test_a_base_and_a_ratio_compute_to_the_result(base):
    standard = with_formula(weighted(), multiplier=None, base="总投资额", ratio=Decimal("0.05"))
    explanation, check = explained(standard, choose=CHOOSE, inputs={"总投资额": Decimal(base)})
    assert recomputed(as_text(explanation)) == Fraction(check.computed.fine_yuan)


@pytest.mark.parametrize(
    ("yuan", "words"),
    [("280000", "贰拾捌万元整"), ("1234.5", "壹仟贰佰叁拾肆元伍角"), ("100000000", "壹亿元整")],
)
def test_a_sum_is_written_in_capitals(yuan, words):
    assert in_capitals(Decimal(yuan)) == words


# ---- words -------------------------------------------------------------------------------------------------


def test_the_parts_of_an_explanation_stand_in_order():
    explanation, _ = explained(weighted(), choose=CHOOSE, proposed_yuan=Decimal(90_000), facts={"主动消除影响": True})
    assert [section.heading for section in explanation.sections] == [
        "案件情形",
        "法律依据",
        "裁量基准的适用",
        "与法定幅度、裁量基准的比对",
        "从轻、减轻、从重情节",
        "不予处罚的核查",
        "结论",
    ]
    text = as_text(explanation)
    assert "案件名称：示例案" in text
    assert "主动消除影响：是" in text
    assert "拟罚款90000元高于裁量基准80000元，相差10000元" in text
    assert f"《{TITLE}》第4页" in text
    assert "罚款80000元（8万元，人民币捌万元整）" in text


def test_every_step_that_takes_a_value_says_where_it_stands():
    explanation, _ = explained(weighted(), choose=CHOOSE)
    (working,) = [s for s in explanation.sections if s.heading == "裁量基准的适用"]
    uncited = [line.text for line in working.lines if not line.cites]
    assert uncited == ["裁量百分值总和＝10%＋20%＋50%＝80%"]


def test_a_tier_is_explained_with_how_its_bounds_are_read():
    explanation, _ = explained(tiered(), choose={"区域": "一般区域", "整改情况": "已整改"})
    text = as_text(explanation)
    assert "“以上”包括本数，“以下”不包括本数" in text
    assert "罚款幅度为10000元以上20000元以下" in text


def test_missing_facts_are_listed_instead_of_a_sum():
    explanation, check = explained(weighted(), choose={})
    text = as_text(explanation)
    assert check.computed.state == "needs_input"
    assert "待补充的事实" in text
    assert "不能得出金额" in text


def test_text_and_lines_say_the_same():
    explanation, check = explained(weighted(), choose=CHOOSE)
    response = explain_response(explanation, check)
    assert all(line.text in response.text for line in response.paragraphs)
    assert response.title in response.text


# ---- the document ------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def written() -> bytes:
    explanation, _ = explained(weighted(), choose=CHOOSE, proposed_yuan=Decimal(80_000))
    return write_docx(explanation)


def test_the_document_is_a4_with_page_numbers_and_chinese_fonts(written):
    document = Document(io.BytesIO(written))
    section = document.sections[0]
    assert (round(section.page_width.cm, 1), round(section.page_height.cm, 1)) == (21.0, 29.7)
    footer = section.footer._element.xml
    assert "PAGE" in footer
    assert "NUMPAGES" in footer
    runs = [run for paragraph in document.paragraphs for run in paragraph.runs if run.text.strip()]
    assert runs
    assert all(run._r.rPr.rFonts.get(qn("w:eastAsia")) in ("宋体", "黑体") for run in runs)


def test_the_working_is_a_table_with_the_place_of_each_step(written):
    (table,) = Document(io.BytesIO(written)).tables
    rows = [[cell.text for cell in row.cells] for row in table.rows]
    assert rows[0] == ["步骤", "内容", "结果", "依据"]
    assert ["2", "近二年同类违法行为：1次，20%", "20%", "第4页"] in rows
    assert any("80%×100000元＝80000元" in row[1] for row in rows)


def test_the_document_says_what_the_text_says(written):
    explanation, _ = explained(weighted(), choose=CHOOSE, proposed_yuan=Decimal(80_000))
    document = Document(io.BytesIO(written))
    words = "\n".join(p.text for p in document.paragraphs)
    words += "\n".join(cell.text for row in document.tables[0].rows for cell in row.cells)
    assert all(line.text in words for section in explanation.sections for line in section.lines)


def test_the_document_is_the_same_for_the_same_check(written):
    explanation, _ = explained(weighted(), choose=CHOOSE, proposed_yuan=Decimal(80_000))
    again = zipfile.ZipFile(io.BytesIO(write_docx(explanation))).read("word/document.xml")
    assert again == zipfile.ZipFile(io.BytesIO(written)).read("word/document.xml")


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice (soffice) is not installed")
def test_the_document_opens_in_libreoffice(written, tmp_path):
    (tmp_path / "说明.docx").write_bytes(written)
    profile = f"-env:UserInstallation=file://{tmp_path / 'profile'}"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), "说明.docx"]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, timeout=180)
    assert (tmp_path / "说明.pdf").read_bytes().startswith(b"%PDF")


# ---- how it reads in a file ----------------------------------------------------------------------------------


def test_clauses_are_joined_by_one_mark_whatever_they_end_with():
    assert join_clauses(["属于首次违法；", "", "危害后果轻微。", "及时改正"]) == "属于首次违法；危害后果轻微；及时改正"


def test_a_citation_stands_once_and_without_brackets_in_brackets():
    quoted = Cite(citation="《示范市标识管理条例》第九条（《示范市裁量表》第3页引）")
    assert cited([quoted, quoted]) == "（《示范市标识管理条例》第九条，《示范市裁量表》第3页引）"
    rule = Cite(citation="《示范市裁量规则》第十六条")
    assert cited([rule], "均包括本数（《示范市裁量规则》第十六条）。") == ""


def test_a_tier_named_by_its_number_is_told_with_its_conditions():
    explanation, _ = explained(tiered(), tier=2, proposed_yuan=Decimal(35_000))
    text = as_text(explanation)
    assert "区域：敏感区域\n整改情况：已整改" in text
    assert "处罚对象" not in text  # the column is called 罚款: no party
    assert "拟罚款35000元（3.5万元，人民币叁万伍仟元整）在法定幅度和裁量基准之内" in text
    assert "30000元以上40000元以下（3万元至4万元）" in text


def test_a_base_is_told_in_yuan_and_no_hint_at_other_sums_is_given():
    by_base = with_formula(weighted(legal_ranges=()), multiplier=None, base="货值金额", ratio=Decimal("0.05"))
    explanation, check = explained(
        by_base, choose=CHOOSE, inputs={"货值金额": Decimal(5_000_000)}, proposed_yuan=Decimal(1)
    )
    text = as_text(explanation)
    assert "货值金额：5000000元（500万元）" in text
    assert "最接近的金额" in check.verdict
    assert "最接近的金额" not in text
