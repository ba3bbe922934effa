"""The public contract: the field names other programs rely on, and a page that says so."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from pydantic import ValidationError

from assistant.contract import (
    AnswerCitation,
    AskResponse,
    CiteResponse,
    CiteResult,
    SearchRequest,
    SearchResponse,
    SearchResult,
    parse_day,
)
from assistant.contract_page import contract_page, desk_page
from corpus.vocabulary import State

PAGE = Path(__file__).resolve().parents[2] / "docs" / "contract.md"

PROMISED = {
    SearchResponse: "id latency_ms results",
    SearchResult: (
        "law article citation text score status effective_from level region document_id passage_id provision_id"
    ),
    AskResponse: "id question as_of refused answer sentences citations",
    AnswerCitation: "key law article quote status document_id",
    CiteResponse: "parsed results",
    CiteResult: "citation state text successor reason",
}


@pytest.mark.parametrize(("model", "names"), PROMISED.items(), ids=lambda v: getattr(v, "__name__", ""))
def test_the_promised_fields_are_there(model, names):
    assert set(names.split()) <= model.model_fields.keys()


def test_the_states_are_the_promised_ones():
    assert {s.value for s in State} == {
        "in_force",
        "amended",
        "not_yet_in_force",
        "repealed",
        "version_not_in_corpus",
        "no_such_article",
        "gap_in_source",
        "not_in_corpus",
        "ambiguous",
    }


@pytest.mark.parametrize(
    ("given", "day"),
    [("2026-08-15", dt.date(2026, 8, 15)), (" 2024-02-29 ", dt.date(2024, 2, 29)), (None, None), ("", None)],
)
def test_days_are_read(given, day):
    assert SearchRequest(question="罚", as_of=given).as_of == day


@pytest.mark.parametrize(
    "given",
    ["2026-13-40", "2025-02-29", "2026-8-15", "20260815", "2026/08/15", "２０２６-０８-１５", "今天", 1.5],
)
def test_what_is_no_day_is_refused(given):
    with pytest.raises(ValidationError):
        SearchRequest(question="罚", as_of=given)


def test_a_day_already_read_stays():
    today = dt.date(2026, 8, 15)
    assert parse_day(today) is today


def test_an_older_client_reads_a_newer_server():
    newer = {"question": "罚", "as_of": "2026-08-15", "latency_ms": 1, "dense_ready": True, "added_later": [1]}
    assert SearchResponse.model_validate(newer).question == "罚"


def test_requests_refuse_what_they_do_not_know():
    with pytest.raises(ValidationError):
        SearchRequest(question="罚", asof="2026-08-15")


def test_windows_line_ends_in_a_question_are_read_as_line_ends():
    assert SearchRequest(question="第一行\r\n第二行").question == "第一行\n第二行"


def test_the_contract_pages_are_current():
    assert PAGE.read_text(encoding="utf-8") == contract_page(), (
        "Run: python -m assistant.contract_page docs/contract.md docs/contract-discretion.md"
    )
    assert PAGE.with_name("contract-discretion.md").read_text(encoding="utf-8") == desk_page()
