"""A database of user data of its own for each test, and the reader of a dozen real laws."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.assembly import assemble_reader
from assistant.contract import CiteRequest
from assistant.curated.contract import CuratedRequest, Paragraph, Quote
from assistant.reading import Reader
from assistant.userdata import UserData
from corpus.store import CorpusStore
from tests.assistant.people import ReadingAssistant
from tests.conftest import TODAY

FIRE = "《中华人民共和国消防法》第六十条"
QUESTION = "个人占用消防通道怎么罚"


@pytest.fixture
def userdata(tmp_path: Path) -> Iterator[UserData]:
    opened = UserData.open(f"sqlite:///{tmp_path / 'userdata.db'}")
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def reader(national_store: CorpusStore) -> Reader:
    return assemble_reader(national_store, lambda: TODAY)


@pytest.fixture
def assistant(reader: Reader) -> ReadingAssistant:
    return ReadingAssistant(reader)


class Law:
    """Where the article on blocked fire lanes stands, and its words on individuals."""

    def __init__(self, assistant: ReadingAssistant) -> None:
        found = assistant.cite(CiteRequest(text=FIRE)).results[0]
        assert found.provision_id
        assert found.text
        assert found.document_id
        self.provision_id, self.document_id, self.text = found.provision_id, found.document_id, found.text
        self.on_individuals = next(line for line in found.text.split("\n") if line.startswith("个人有前款"))
        self.on_units = found.text.split("\n")[0]

    def curated(self, text: str = "个人处警告或者五百元以下罚款。", quote: str | None = None, **more) -> CuratedRequest:
        quotes = [Quote(provision_id=self.provision_id, quote=quote or self.on_individuals)]
        given = {"title": "占用消防通道", "question": QUESTION, "valid_from": dt.date(2026, 1, 1), **more}
        return CuratedRequest(paragraphs=[Paragraph(text=text, quotes=quotes)], **given)


@pytest.fixture
def law(assistant: ReadingAssistant) -> Law:
    return Law(assistant)
