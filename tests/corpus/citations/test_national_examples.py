"""Citations of real law: the examples by which the project is judged, and facts about the whole corpus."""

from __future__ import annotations

import datetime as dt

import pytest

from corpus.citations import NameTable, Resolution, Resolver, find_citations, format_citation
from corpus.store import CorpusStore
from corpus.vocabulary import Citation, State


@pytest.fixture(scope="module")
def resolver(national_store: CorpusStore) -> Resolver:
    return Resolver(national_store, NameTable.from_documents(national_store.documents()))


def resolve(resolver: Resolver, text: str, as_of: dt.date, today: dt.date) -> Resolution:
    (resolution,) = resolver.cite(text, as_of=as_of, today=today).resolutions
    return resolution


@pytest.mark.parametrize(
    ("text", "as_of", "state"),
    [
        ("行政处罚法第三十三条", None, State.IN_FORCE),
        ("处罚法33条第一款", None, State.IN_FORCE),
        ("水污染防治法第八十三条", None, State.REPEALED),
        ("水污染防治法第八十三条", dt.date(2026, 7, 1), State.IN_FORCE),
        ("水污染防治法第八十三条", dt.date(2026, 8, 14), State.IN_FORCE),
        ("水污染防治法第八十三条", dt.date(2026, 8, 15), State.REPEALED),
        ("行政处罚法第一百二十条", None, State.NO_SUCH_ARTICLE),
        ("行政处罚法第三十三条第四款", None, State.NO_SUCH_ARTICLE),
        ("某某法第一条", None, State.NOT_IN_CORPUS),
        ("生态环境法典第一千一百二十条", None, State.GAP_IN_SOURCE),
        ("生态环境法典第一条", dt.date(2026, 8, 14), State.NOT_YET_IN_FORCE),
        ("生态环境法典第一条", dt.date(2026, 8, 15), State.IN_FORCE),
        ("食品安全法第一百二十四条", dt.date(2024, 6, 1), State.VERSION_NOT_IN_CORPUS),
        ("食品安全法第一百二十四条", None, State.IN_FORCE),
        ("商标法第三十条", None, State.IN_FORCE),
        ("商标法第三十条", dt.date(2027, 1, 1), State.IN_FORCE),
        ("刑法第一百六十五条", None, State.VERSION_NOT_IN_CORPUS),
        ("刑法第一百三十三条之一", None, State.IN_FORCE),
        ("治安管理处罚法第四十三条第二款", dt.date(2025, 12, 11), State.VERSION_NOT_IN_CORPUS),
    ],
)
def test_states_of_real_citations(
    resolver: Resolver, today: dt.date, text: str, as_of: dt.date | None, state: State
) -> None:
    resolution = resolve(resolver, text, as_of or today, today)
    assert resolution.state is state
    assert resolution.reason
    assert (resolution.text is not None) == (state in (State.IN_FORCE, State.REPEALED, State.NOT_YET_IN_FORCE))


def test_the_repealed_law_names_its_successor_and_day(resolver: Resolver, today: dt.date) -> None:
    resolution = resolve(resolver, "水污染防治法第八十三条", today, today)
    assert resolution.successor == "《中华人民共和国生态环境法典》"
    assert "2026年8月15日" in resolution.reason


def test_the_missing_article_is_told_with_the_extent_of_the_law(resolver: Resolver, today: dt.date) -> None:
    assert resolve(resolver, "行政处罚法第一百二十条", today, today).reason == "该法共86条，没有第一百二十条。"


def test_what_was_left_of_the_missing_article_is_not_quoted_as_its_neighbour(
    resolver: Resolver, national_store: CorpusStore, today: dt.date
) -> None:
    neighbour = resolve(resolver, "生态环境法典第一千一百一十九条", today, today)
    tails = [f.text for f in national_store.findings(neighbour.version.id if neighbour.version else "") if f.text]
    assert neighbour.text
    assert tails
    assert not any(tail in neighbour.text for tail in tails)


def test_texts_of_two_days_differ_as_the_law_does(resolver: Resolver, today: dt.date) -> None:
    old = resolve(resolver, "仲裁法第十条", dt.date(2026, 2, 28), today)
    new = resolve(resolver, "仲裁法第十条", dt.date(2026, 3, 1), today)
    assert (old.state, new.state) == (State.AMENDED, State.IN_FORCE)
    assert old.current
    assert old.current.text == new.text != old.text


def test_every_provision_is_found_again_by_its_own_citation(national_store: CorpusStore) -> None:
    """Format, parse and look up every article of the laws loaded: no number is read as another."""
    titles = {v.id: d.title for d in national_store.documents() for v in national_store.versions(d.id)}
    checked = 0
    for provision in national_store.all_provisions():
        if provision.article is None:
            continue
        citation = Citation(titles[provision.version_id], provision.article)
        (found,) = find_citations(format_citation(citation))
        (read,) = found.citations
        assert national_store.provision_at(provision.version_id, citation.article or provision.article) == provision
        assert (read.article, found.written) == (provision.article, format_citation(citation))
        checked += 1
    assert checked > 2000


def test_every_title_of_the_corpus_is_known_with_and_without_the_state(full_national_store: CorpusStore) -> None:
    names = NameTable.from_documents(full_national_store.documents())
    for document in full_national_store.documents():
        for name in {document.title, document.title.removeprefix("中华人民共和国"), f"《{document.title}》"}:
            assert [d.id for d in names.lookup(name).documents] == [document.id], name
