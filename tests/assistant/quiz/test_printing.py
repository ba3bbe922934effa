"""Printed papers: all questions and no key on the question paper, every key with its citation on the key."""

from __future__ import annotations

import io
from decimal import Decimal

import pymupdf
import pytest
from docx import Document

from assistant.quiz.contract import ItemKind
from assistant.quiz.paper_contract import PARTIAL_CREDIT, Paper, PaperItem, PaperState, Part, PrintFormat, Variant
from assistant.quiz.printing import print_paper
from corpus.errors import NotFound
from tests.assistant.quiz.test_exchange import NOW, items_with

ORDER = list(ItemKind)


@pytest.fixture(scope="module")
def paper() -> Paper:
    items = sorted(items_with(["甲~{=", "“乙”&<b>", "丙]]>"]), key=lambda i: ORDER.index(i.kind))
    return Paper(
        id="p",
        title="行政执法资格考试",
        note="请独立作答。",
        minutes=90,
        seed=1,
        state=PaperState.OPEN,
        total=Decimal(18),
        items=[PaperItem(number=n, points=Decimal(2), item=i) for n, i in enumerate(items, start=1)],
        variants=[
            Variant(name="A", items=list(range(9)), options=[list(range(len(i.options))) for i in items]),
            Variant(name="B", items=list(range(9)), options=[list(range(len(i.options)))[::-1] for i in items]),
        ],
        created_at=NOW,
    )


def words(data: bytes, form: PrintFormat) -> str:
    if form is PrintFormat.PDF:
        with pymupdf.open("pdf", data) as document:
            return "".join("".join(page.get_text().split()) for page in document)
    document = Document(io.BytesIO(data))
    cells = [c.text for table in document.tables for row in table.rows for c in row.cells]
    return "".join("".join(w.split()) for w in [*(p.text for p in document.paragraphs), *cells])


@pytest.mark.parametrize("form", list(PrintFormat))
def test_the_question_paper_has_every_question_and_no_key(paper: Paper, form: PrintFormat) -> None:
    told = words(print_paper(paper, Part.QUESTIONS, form, "A"), form)
    for held in paper.items:
        assert "".join(held.item.stem.replace("____", "＿" * 6).split())[:6] in told
        assert all("".join(o.split()) in told for o in held.item.options)
    assert PARTIAL_CREDIT in told
    assert "90分钟" in told
    assert "第一百二十四条" not in told
    assert "解析" not in told


@pytest.mark.parametrize("form", list(PrintFormat))
def test_the_key_follows_the_variant_and_cites(paper: Paper, form: PrintFormat) -> None:
    first, second = (words(print_paper(paper, Part.KEY, form, name), form) for name in "AB")
    assert "1.B解析" in first
    assert "1.C解析" in second
    assert "2.AC解析" in first
    assert "2.BD解析" in second
    assert first.count("《中华人民共和国食品安全法》第一百二十四条：“引文”") == len(paper.items)
    assert "52,500.5元" in first


def test_the_key_names_the_items_whose_law_changed(paper: Paper) -> None:
    form = PrintFormat.DOCX
    told = words(print_paper(paper.model_copy(update={"blocked": [2, 5]}), Part.KEY, form, "A"), form)
    assert "第2、5题所依据的条文其后已变动" in told
    assert "已变动" not in words(print_paper(paper, Part.KEY, form, "A"), form)


@pytest.mark.parametrize("form", list(PrintFormat))
def test_the_answer_sheet_has_a_place_for_every_number_and_no_question(paper: Paper, form: PrintFormat) -> None:
    told = words(print_paper(paper, Part.SHEET, form, "A"), form)
    assert "题号" in told
    assert "姓名" in told
    assert not any(o in told for o in paper.items[0].item.options[:1])


def test_a_variant_that_is_not_there_is_named(paper: Paper) -> None:
    with pytest.raises(NotFound, match="C卷"):
        print_paper(paper, Part.QUESTIONS, PrintFormat.PDF, "C")


def test_a_question_is_not_cut_by_the_end_of_a_page(paper: Paper) -> None:
    items = [p.model_copy(update={"number": n}) for n, p in enumerate(paper.items[:1] * 30, start=1)]
    variant = Variant(name="A", items=list(range(30)), options=[list(range(4))] * 30)
    data = print_paper(
        paper.model_copy(update={"items": items, "variants": [variant]}), Part.QUESTIONS, PrintFormat.PDF, "A"
    )
    with pymupdf.open("pdf", data) as document:
        assert len(document) > 1
        for page in document:
            told = "".join(page.get_text().split())
            assert told.count("A.甲") == told.count("D.丁")
