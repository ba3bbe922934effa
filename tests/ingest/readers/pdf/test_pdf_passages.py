"""A passage is found on its page by its words: rows of tables by their cells, text across line breaks and blanks."""

from __future__ import annotations

import pytest

from ingest.readers.pdf.mupdf import mupdf
from ingest.readers.pdf.pages import PageRead, read_page
from ingest.readers.pdf.passages import passage_boxes
from tests.ingest.readers.pdf.pdf_samples import LEFT, Pages, scanned

FIRST = "餐饮经营者应当安装油烟净化设施，并保持正常使用。"
SECOND = "未安装的，责令改正，处五千元以上二万元以下罚款；拒不改正的，责令停业整治。"


def read(data: bytes, page: int = 1) -> PageRead:
    with mupdf.open(stream=data, filetype="pdf") as document:
        return read_page(document[page - 1], page, None)


def text_page() -> PageRead:
    pages = Pages().new()
    pages.write(LEFT, 100, "第七条  餐饮经营者应当安装油烟净化设")
    pages.write(LEFT, 120, "施，并保持 正常使用。")
    pages.write(LEFT, 140, "第八条  其他规定与此无关。")
    pages.write(LEFT, 160, "未安装的，责令改正，处五千元以上")
    return read(pages.data())


def table_page() -> PageRead:
    pages = Pages().new()
    pages.grid(
        (90, 200, 320, 500),
        (150, 180, 220, 260, 300),
        [
            ("违法行为", "违法程度", "罚款"),
            ("未安装油烟\n净化设施", "三个月以下", "一万元"),
            ("未安装油烟\n净化设施", "三个月以上", "五万元"),
            ("未建立台账", "三个月以上", "五万元"),
        ],
    )
    return read(pages.data())


def rows(boxes) -> list[tuple[int, int]]:
    return sorted((round(top), round(left)) for left, top, _, _ in boxes)


def test_a_paragraph_is_marked_line_by_line_without_its_neighbours():
    first, second = sorted(passage_boxes(text_page(), FIRST), key=lambda box: box[1])
    assert first[0] > LEFT + 3 * 12  # the label is not part of the text
    assert first[1] < 100 < first[3] < second[1] + 4 < 120 < second[3]


def test_a_passage_that_runs_over_is_marked_as_far_as_the_page_has_it():
    (only,) = passage_boxes(text_page(), SECOND)
    assert only[1] < 160 < only[3]
    overleaf = Pages().new().write(LEFT, 90, "二万元以下罚款；拒不改正的，责令停业整治。").data()
    (rest,) = passage_boxes(read(overleaf), SECOND)
    assert rest[1] < 90 < rest[3]


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ((("违法行为", "未安装油烟净化设施"), ("违法程度", "三个月以下"), ("罚款", "一万元")), 180),
        ((("违法行为", "未安装油烟净化设施"), ("违法程度", "三个月以上"), ("罚款", "五万元")), 220),
        ((("违法行为", "未建立台账"), ("违法程度", "三个月以上"), ("罚款", "五万元")), 260),
    ],
)
def test_a_row_is_marked_and_no_row_like_it(cells, expected):
    text = "\n".join(f"{column}：{words}" for column, words in cells)
    assert rows(passage_boxes(table_page(), text, cells)) == [(expected, 90), (expected, 200), (expected, 320)]


def test_a_row_printed_as_several_rows_is_marked_in_all():
    pages = Pages().new()
    pages.grid((90, 200, 500), (150, 180, 210), [("违反条款", "示例条例第七条第一款"), ("处罚依据", "示例条例第九条")])
    cells = (("违反条款", "示例条例第七条第一款"), ("处罚依据", "示例条例第九条"))
    assert len(passage_boxes(read(pages.data()), "", cells)) >= 2


@pytest.mark.parametrize("page", [read(scanned([FIRST])), read(Pages().new().data())], ids=["a scan", "an empty page"])
def test_where_there_are_no_words_nothing_is_marked(page):
    assert passage_boxes(page, FIRST) == []
    assert passage_boxes(page, FIRST, (("违法行为", "未建立台账"),)) == []


def test_a_passage_that_is_not_on_the_page_is_not_marked():
    assert passage_boxes(text_page(), "夜间施工噪声扰民的，责令改正。") == []
    assert passage_boxes(text_page(), "") == []
