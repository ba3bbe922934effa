"""What counts as a verbatim quotation, and what as another article's text."""

from __future__ import annotations

import pytest

from evals.quotes import QuoteFault, points_found, quote_faults

OWN = (
    "甲单位违反本条规定，未按照要求登记的，由乙主管部门依照本法第三十三条的规定处一万元以上五万元以下罚款。\n"
    "情节严重的，责令停业。"
)
OTHER = "丙机关工作人员滥用职权、玩忽职守、徇私舞弊，尚不构成犯罪的，由其上级机关依法给予处分，并予以通报批评。"
SHORT = "情节严重的，责令停业。"


@pytest.mark.parametrize(
    ("quote", "faults"),
    [
        pytest.param(OWN, [], id="the whole provision"),
        pytest.param("处一万元以上五万元以下罚款", [], id="a part of it"),
        pytest.param("罚款。\n情节严重的", [], id="across a line break, as stored"),
        pytest.param("依照本法第三十三条的规定", [], id="naming another article is not quoting it"),
        pytest.param("处一万元以上五万元以下的罚款", [QuoteFault.NOT_VERBATIM], id="one character more"),
        pytest.param("罚款。情节严重的", [QuoteFault.NOT_VERBATIM], id="the line break dropped"),
        pytest.param(" ", [QuoteFault.EMPTY], id="nothing"),
    ],
)
def test_a_quotation_is_a_substring_of_the_provision(quote: str, faults: list[QuoteFault]) -> None:
    assert quote_faults(quote, OWN, [OTHER, SHORT]) == faults


def test_the_marker_of_another_article_inside_a_quotation_is_found() -> None:
    stored = OWN + "\n第三十五条之一　" + SHORT
    assert quote_faults(stored, stored, []) == [QuoteFault.FOREIGN_MARKER]


def test_the_beginning_of_another_article_inside_a_quotation_is_found_whatever_its_line_breaks() -> None:
    stored = OWN + OTHER.replace("、", "、\n")
    assert quote_faults(stored, stored, [OTHER]) == [QuoteFault.FOREIGN_TEXT]


def test_words_that_another_article_begins_with_are_no_fault_in_the_middle_of_a_sentence() -> None:
    stored = "违反本法规定的，对" + OTHER
    assert quote_faults(stored, stored, [OTHER]) == []


def test_a_twin_article_of_the_same_beginning_is_no_fault() -> None:
    assert quote_faults(OWN, OWN, [OWN + "除外。"]) == []


def test_answer_points_are_found_regardless_of_punctuation() -> None:
    answer = "处一万元以上、五万元以下罚款；情节严重的 责令停业"
    assert points_found(["一万元以上五万元以下", "责令停业整顿", "情节严重的，责令停业"], answer) == [True, False, True]
