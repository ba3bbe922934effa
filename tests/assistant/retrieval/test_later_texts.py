"""Questions written for today's text of a law lead, on an earlier day, to the articles that today's continues."""

from __future__ import annotations

import datetime as dt
from typing import cast

import pytest

from assistant.catalogue import Catalogue
from assistant.retrieval.later_texts import Continuations, WithLaterTexts
from corpus.encoders.base import SparseVector
from corpus.index import Hit, Searchable, SearchFilter
from corpus.store import CorpusStore
from corpus.vocabulary import SPOKEN_MARK, Provision

FISHERY = "中华人民共和国渔业法"  # the text of 2025 is in force since 2026-05-01, that of 2013 before
BEFORE, SINCE = dt.date(2026, 4, 1), dt.date(2026, 6, 1)
QUERY = SparseVector((1,), (1.0,))


class Index:
    """Finds one question of today's text wherever no day keeps it out, and remembers what it was asked."""

    def __init__(self, question: Hit, served_from: dt.date) -> None:
        self.question = question
        self.served_from = served_from
        self.asked: list[SearchFilter] = []

    def search_sparse(self, query: SparseVector, where: SearchFilter, limit: int) -> list[Hit]:
        self.asked.append(where)
        in_force = where.as_of is None or self.served_from <= where.as_of
        meant = where.document_ids is None or self.question.document_id in where.document_ids
        return [self.question][:limit] if in_force and meant else []


@pytest.fixture(scope="module")
def catalogue(full_national_store: CorpusStore) -> Catalogue:
    return Catalogue.read(full_national_store)


@pytest.fixture(scope="module")
def texts(catalogue: Catalogue, full_national_store: CorpusStore) -> tuple[list[Provision], list[Provision]]:
    """The articles of the text before and of today's."""
    (law,) = (d for d in catalogue.documents.values() if d.title == FISHERY)
    before, today = catalogue.versions_of[law.id]
    return full_national_store.provisions(before.id), full_national_store.provisions(today.id)


def asking(words: str, catalogue: Catalogue, texts: tuple[list[Provision], ...]) -> Index:
    article = next(p for p in texts[1] if words in p.text)
    document = catalogue.versions[article.version_id].document_id
    return Index(Hit(f"{article.id}{SPOKEN_MARK}1", article.id, article.version_id, document, 0.9), SINCE)


@pytest.mark.parametrize("words", ["炸鱼", "未依法取得捕捞许可证擅自进行捕捞"])
def test_on_an_earlier_day_a_question_leads_to_what_its_article_continues_also_where_it_took_up_two(
    words: str,
    catalogue: Catalogue,
    full_national_store: CorpusStore,
    texts: tuple[list[Provision], list[Provision]],
) -> None:
    index = asking(words, catalogue, texts)
    searched = WithLaterTexts(cast(Searchable, index), catalogue, Continuations(full_national_store))
    found = searched.search_sparse(QUERY, SearchFilter(as_of=BEFORE), 10)
    before = {p.id: p for p in texts[0]}
    assert any(words in before[hit.provision_id].text for hit in found)
    assert {(hit.version_id, hit.score) for hit in found} == {(texts[0][0].version_id, 0.9)}
    assert all(SPOKEN_MARK in hit.passage_id for hit in found)


def test_on_a_day_of_its_own_text_a_question_is_found_once_and_nothing_more_is_searched(
    catalogue: Catalogue, full_national_store: CorpusStore, texts: tuple[list[Provision], list[Provision]]
) -> None:
    index = asking("炸鱼", catalogue, texts)
    searched = WithLaterTexts(cast(Searchable, index), catalogue, Continuations(full_national_store))
    assert searched.search_sparse(QUERY, SearchFilter(as_of=SINCE), 10) == [index.question]
    others = [where for where in index.asked if where.as_of is None]
    assert all(index.question.document_id not in (where.document_ids or ()) for where in others)


def test_what_a_filter_keeps_out_stays_out(
    catalogue: Catalogue, full_national_store: CorpusStore, texts: tuple[list[Provision], list[Provision]]
) -> None:
    index = asking("炸鱼", catalogue, texts)
    searched = WithLaterTexts(cast(Searchable, index), catalogue, Continuations(full_national_store))
    found = searched.search_sparse(QUERY, SearchFilter(as_of=BEFORE), 10)
    assert found
    without = SearchFilter(as_of=BEFORE, exclude_provision_ids=frozenset(hit.provision_id for hit in found))
    assert searched.search_sparse(QUERY, without, 10) == []
    elsewhere = SearchFilter(as_of=BEFORE, document_ids=frozenset({"another"}))
    assert searched.search_sparse(QUERY, elsewhere, 10) == []


def test_words_of_an_article_are_no_question_and_lead_nowhere(
    catalogue: Catalogue, full_national_store: CorpusStore, texts: tuple[list[Provision], list[Provision]]
) -> None:
    index = asking("炸鱼", catalogue, texts)
    index.question = index.question._replace(passage_id=f"{index.question.provision_id}@1")
    searched = WithLaterTexts(cast(Searchable, index), catalogue, Continuations(full_national_store))
    assert searched.search_sparse(QUERY, SearchFilter(as_of=BEFORE), 10) == []
