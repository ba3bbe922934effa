"""Handbooks: passages verbatim with their sources, the same bytes for the same input, nothing loaded from elsewhere."""

from __future__ import annotations

import datetime as dt
import io
import zipfile

import pytest
from docx import Document
from pydantic import ValidationError

from assistant.contract import CiteRequest
from assistant.handbook.contract import HandbookRequest, Heading, Note, Passage
from assistant.handbook.service import HandbookService
from assistant.userdata.words import PageQuery
from corpus.errors import NotFound
from tests.assistant.people import OFFICER, OTHER, ReadingAssistant
from tests.conftest import TODAY


@pytest.fixture
def handbooks(userdata) -> HandbookService:
    return HandbookService(userdata, lambda: TODAY)


@pytest.fixture
def request_(law, assistant) -> HandbookRequest:
    hearing = assistant.cite(CiteRequest(text="《中华人民共和国行政处罚法》第六十三条")).results[0].provision_id
    parts = [
        Heading(text="一、依据"),
        Passage(provision_id=law.provision_id),
        Note(text="先责令改正。\n<b>&再处罚"),
        Passage(provision_id=hearing),
    ]
    return HandbookRequest(title="占用消防通道", unit="示例市综合行政执法局", parts=parts)


def words_of(written: bytes) -> list[str]:
    return [p.text for p in Document(io.BytesIO(written)).paragraphs if p.text]


def test_passages_stand_verbatim_with_citation_rank_and_state(handbooks, assistant, request_, law):
    words = words_of(handbooks.docx(assistant, request_))
    for line in law.text.split("\n"):
        assert line in words
    assert "《中华人民共和国消防法》第六十条" in words
    assert any("法律 · " in line and "2026-11-21有效" in line for line in words)
    assert "【编者说明，非条文】先责令改正。" in words
    assert "【编者说明，非条文】<b>&再处罚" in words
    assert words[0] == "占用消防通道"
    sources = words[words.index("资料来源", words.index("一、依据") + 1) :]
    assert sources[1].startswith("1. 《中华人民共和国消防法》")
    assert "第六十三条" in sources[2]


def test_the_contents_lead_to_each_passage(handbooks, assistant, request_):
    written = zipfile.ZipFile(io.BytesIO(handbooks.docx(assistant, request_)))
    body = written.read("word/document.xml").decode()
    for number in (0, 1, 3, 4):
        assert f'w:anchor="part{number}"' in body
        assert f'w:name="part{number}"' in body


def test_the_same_input_gives_the_same_bytes(handbooks, assistant, request_):
    assert handbooks.docx(assistant, request_) == handbooks.docx(assistant, request_)


def test_nothing_in_the_file_leads_elsewhere(handbooks, assistant, request_):
    written = zipfile.ZipFile(io.BytesIO(handbooks.docx(assistant, request_)))
    relations = [written.read(name).decode() for name in written.namelist() if name.endswith(".rels")]
    assert relations
    assert all("External" not in relation for relation in relations)


def test_a_passage_amended_since_is_marked(handbooks, assistant, request_):
    past = request_.model_copy(update={"as_of": dt.date(2001, 1, 1)})
    held = handbooks.save(OFFICER, assistant, past)
    assert all(state.changed and state.remark for state in held.states)
    assert any("注意：" in line for line in words_of(handbooks.docx(assistant, past)))
    assert not any(state.changed for state in handbooks.save(OFFICER, assistant, request_, held.id).states)


def test_a_handbook_is_kept_changed_and_written_again_by_its_owner_alone(handbooks, assistant, request_):
    held = handbooks.save(OFFICER, assistant, request_)
    assert handbooks.own(OFFICER, PageQuery()).items[0].passages == 2
    assert handbooks.own(OTHER, PageQuery()).total == 0
    for act in (
        lambda: handbooks.entry(OTHER, assistant, held.id),
        lambda: handbooks.save(OTHER, assistant, request_, held.id),
        lambda: handbooks.remove(OTHER, held.id),
        lambda: handbooks.saved_docx(OTHER, assistant, held.id),
    ):
        with pytest.raises(NotFound):
            act()
    changed = handbooks.save(OFFICER, assistant, request_.model_copy(update={"title": "另一名称"}), held.id)
    assert handbooks.entry(OFFICER, assistant, held.id) == changed
    assert words_of(handbooks.saved_docx(OFFICER, assistant, held.id))[0] == "另一名称"
    handbooks.remove(OFFICER, held.id)
    assert handbooks.own(OFFICER, PageQuery()).total == 0


def test_what_may_not_be_read_is_neither_printed_nor_named(handbooks, assistant, request_, reader, law):
    held = handbooks.save(OFFICER, assistant, request_)
    blind = ReadingAssistant(reader, frozenset({law.document_id}))
    with pytest.raises(NotFound):
        handbooks.docx(blind, request_)
    state = handbooks.entry(OFFICER, blind, held.id).states[0]
    assert not state.readable
    assert "消防" not in state.model_dump_json().replace(law.provision_id, "")


@pytest.mark.parametrize("parts", [[], [{"kind": "heading", "text": " "}], [{"kind": "picture", "text": "x"}]])
def test_an_empty_handbook_is_refused(parts):
    with pytest.raises(ValidationError):
        HandbookRequest.model_validate({"title": "t", "parts": parts})
