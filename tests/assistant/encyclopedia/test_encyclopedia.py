"""The encyclopedia over real laws: shelves, documents, links both ways, items, and what a reader may not see."""

from __future__ import annotations

import datetime as dt
import random

import pytest

from assistant.encyclopedia.contract import (
    ComparisonRequest,
    DocumentsRequest,
    ItemSource,
    ItemsRequest,
    RiskKind,
    SanctionKind,
    ShelfSearchRequest,
)
from assistant.encyclopedia.risks import LOST
from assistant.encyclopedia.service import EncyclopediaService
from corpus.comparison import ChangeKind, EditKind
from corpus.errors import InvalidInput, NotFound
from corpus.store import CorpusStore
from corpus.store.readable import ReadableStore
from corpus.vocabulary import Shelf, State
from tests.assistant.encyclopedia.conftest import encyclopedia_over

FOOD = "中华人民共和国食品安全法"
PENALTY = "中华人民共和国行政处罚法"


@pytest.fixture(scope="module")
def ids(national_store: CorpusStore) -> dict[str, str]:
    return {d.title: d.id for d in national_store.documents()}


def test_shelves_are_counted_by_facet_without_their_own_filter(encyclopedia: EncyclopediaService) -> None:
    everything = encyclopedia.documents(DocumentsRequest())
    one_field = encyclopedia.documents(DocumentsRequest(field=everything.facets.field[0].value))
    assert everything.total == sum(f.count for f in everything.facets.shelf)
    assert one_field.total == everything.facets.field[0].count
    assert one_field.facets.field == everything.facets.field
    assert all(e.field == everything.facets.field[0].value for e in one_field.items)


def test_a_list_is_paged_and_filtered_by_words(encyclopedia: EncyclopediaService) -> None:
    found = encyclopedia.documents(DocumentsRequest(words="食品 安全"))
    assert found.total == 2
    assert all("食品安全" in e.title for e in found.items)
    first = encyclopedia.documents(DocumentsRequest(limit=2))
    second = encyclopedia.documents(DocumentsRequest(limit=2, offset=2))
    assert not {e.document_id for e in first.items} & {e.document_id for e in second.items}


def test_the_state_is_that_of_the_day(encyclopedia: EncyclopediaService, ids: dict[str, str]) -> None:
    before = encyclopedia.document(ids[PENALTY], as_of=dt.date(2020, 1, 1))
    now = encyclopedia.document(ids[PENALTY])
    assert before.document.status is not State.IN_FORCE
    assert now.document.status is State.IN_FORCE
    assert now.note


def test_contents_hold_every_article_once_in_order(
    encyclopedia: EncyclopediaService, national_store: CorpusStore, ids: dict[str, str]
) -> None:
    page = encyclopedia.document(ids[PENALTY])

    def articles(nodes):  # type: ignore[no-untyped-def]
        for node in nodes:
            yield from (a.provision_id for a in node.articles)
            yield from articles(node.children)

    assert page.version_id is not None
    assert list(articles(page.contents)) == [p.id for p in national_store.provisions(page.version_id)]
    assert [n.title.split()[0] for n in page.contents][:2] == ["第一章", "第二章"]
    assert any(n.children for n in page.contents)


def test_two_texts_are_compared_and_the_marks_are_the_words_that_differ(
    encyclopedia: EncyclopediaService, ids: dict[str, str]
) -> None:
    compared = encyclopedia.comparison(ids["中华人民共和国商标法"], ComparisonRequest(changed_only=True, limit=200))
    assert (
        compared.total
        == len(compared.items)
        == sum(n for kind, n in compared.counts.items() if kind is not ChangeKind.UNCHANGED)
    )
    for article in compared.items:
        if article.kind is not ChangeKind.CHANGED or article.old is None or article.new is None:
            continue
        assert "".join(e.text for e in article.edits if e.kind is not EditKind.ADDED) == article.old.text
        assert "".join(e.text for e in article.edits if e.kind is not EditKind.REMOVED) == article.new.text
        added = "".join(e.text for e in article.edits if e.kind is EditKind.ADDED)
        assert "".join(article.new.text[a:b] for a, b in article.new.marks) == added


def test_one_text_alone_cannot_be_compared(encyclopedia: EncyclopediaService, ids: dict[str, str]) -> None:
    with pytest.raises(InvalidInput):
        encyclopedia.comparison(ids[PENALTY], ComparisonRequest())


def test_an_article_is_followed_through_the_texts_of_its_law(
    encyclopedia: EncyclopediaService, national_store: CorpusStore, ids: dict[str, str]
) -> None:
    older, newer = national_store.versions(ids["中华人民共和国商标法"])
    article = national_store.provisions(newer.id)[0]
    history = encyclopedia.provision(article.id).history
    assert [h.version_id for h in history] == [newer.id, older.id]
    assert history[0].current
    assert history[1].provision_id is not None


def test_references_are_links_both_ways(encyclopedia: EncyclopediaService, national_store: CorpusStore) -> None:
    """Whatever a provision names in force names it back as what refers to it, at the same place."""
    references = national_store.references()
    rng = random.Random(5)
    checked = 0
    for origin in rng.sample(sorted(references), 40):
        text = national_store.provision(origin)
        assert text is not None
        around = encyclopedia.provision(origin)
        named = {t.provision_id for r in around.references for t in r.targets}
        assert set(references[origin]) <= named, origin
        for reference in around.references:
            assert text.text[reference.start : reference.end] == reference.written
        for target in references[origin][:3]:
            back = encyclopedia.provision(target).referenced_by
            own = [r for r in back if r.provision_id == origin]
            assert own, (origin, target)
            assert all(text.text[r.start : r.end] == r.written and r.written in r.sentence for r in own)
            checked += 1
    assert checked > 40


def test_what_names_an_article_is_named_by_it(encyclopedia: EncyclopediaService, national_store: CorpusStore) -> None:
    rng = random.Random(6)
    targets = sorted({t for named in national_store.references().values() for t in named})
    for target in rng.sample(targets, 25):
        for referring in encyclopedia.provision(target).referenced_by:
            named = encyclopedia.provision(referring.provision_id).references
            assert any(target in {t.provision_id for t in r.targets} for r in named), (target, referring.provision_id)


def test_every_item_has_an_id_of_its_own_that_reading_again_gives_again(
    encyclopedia: EncyclopediaService, national_store: CorpusStore, today: dt.date
) -> None:
    def ids_of(one: EncyclopediaService) -> list[str]:
        total = one.items(ItemsRequest(limit=1)).total
        return [i.id for at in range(0, total, 200) for i in one.items(ItemsRequest(limit=200, offset=at)).items]

    found = ids_of(encyclopedia)
    assert len(found) == len(set(found)) > 300
    assert found == ids_of(encyclopedia_over(national_store, today))


def test_items_are_found_by_words_law_and_sanction(encyclopedia: EncyclopediaService, ids: dict[str, str]) -> None:
    found = encyclopedia.items(ItemsRequest(words="保质期", law="食品安全法"))
    assert found.total >= 1
    assert all(i.document_id == ids[FOOD] and i.source is ItemSource.LAW for i in found.items)
    detained = encyclopedia.items(ItemsRequest(sanction=SanctionKind.DETENTION))
    assert detained.items
    assert all(SanctionKind.DETENTION in i.sanctions for i in detained.items)
    with pytest.raises(InvalidInput):
        encyclopedia.items(ItemsRequest(law="没有这部法"))


def test_a_topic_page_brings_together_what_is_held(
    encyclopedia: EncyclopediaService, national_store: CorpusStore
) -> None:
    for entry in encyclopedia.items(ItemsRequest(law=FOOD, limit=12)).items:
        page = encyclopedia.item(entry.id)
        provision = national_store.provision(page.provisions[0].provision_id)
        assert provision is not None
        assert page.item.act is not None
        excerpts = [
            page.item.act,
            *[p.words for p in page.item.penalties],
            *[a for p in page.item.penalties for a in p.amounts],
        ]
        assert all(provision.text[slice(*e.span)] == e.text for e in excerpts)
        assert page.item.title == page.item.act.text
        assert page.provisions[0].role == "penalty"
        assert page.procedure.steps
        assert all(r.citation for r in page.risks)


def test_the_violated_articles_are_those_that_the_item_names(encyclopedia: EncyclopediaService) -> None:
    named = 0
    for entry in encyclopedia.items(ItemsRequest(words="违反本法第", limit=20)).items:
        page = encyclopedia.item(entry.id)
        expected = {t.provision_id for r in page.item.violated for t in r.targets} - {None, entry.provision_id}
        assert {p.provision_id for p in page.provisions if p.role == "violated"} == expected
        named += bool(expected)
    assert named


def test_the_item_of_a_violated_article_is_shown_with_it(encyclopedia: EncyclopediaService) -> None:
    for entry in encyclopedia.items(ItemsRequest(words="违反本法第", limit=5)).items:
        page = encyclopedia.item(entry.id)
        for provision in page.provisions[:2]:
            assert entry.id in {i.id for i in encyclopedia.provision(provision.provision_id).items}


def test_unknown_ids_are_not_found(encyclopedia: EncyclopediaService) -> None:
    with pytest.raises(NotFound):
        encyclopedia.item("i-0")
    with pytest.raises(NotFound):
        encyclopedia.document("d-0")
    with pytest.raises(NotFound):
        encyclopedia.provision("v-0/第一条")


def test_a_search_asks_every_shelf_and_adds_items_and_titles(encyclopedia: EncyclopediaService) -> None:
    found = encyclopedia.search(ShelfSearchRequest(words="消防"))
    assert [s.shelf for s in found.shelves] == list(Shelf)
    assert found.documents[0].title == "中华人民共和国消防法"
    assert found.items


def test_suggestions_are_titles_first_and_at_most_ten(encyclopedia: EncyclopediaService) -> None:
    found = encyclopedia.suggest("食品")
    assert 0 < len(found) <= 10
    assert found[0].kind == "document"
    assert {s.kind for s in found} == {"document", "item"}
    assert encyclopedia.suggest("  ") == []


def test_a_hidden_law_is_nowhere(national_store: CorpusStore, today: dt.date, ids: dict[str, str]) -> None:
    hidden = encyclopedia_over(ReadableStore(national_store, {ids[FOOD]}), today)
    assert FOOD not in {e.title for e in hidden.documents(DocumentsRequest(limit=200)).items}
    assert not [i for i in hidden.items(ItemsRequest(words="食品", limit=200)).items if i.law == FOOD]
    assert not [s for s in hidden.suggest("食品安全法") if s.title == FOOD]
    assert ids[FOOD] not in {f.value for f in hidden.items(ItemsRequest()).facets.law}
    for attempt in (
        lambda: hidden.document(ids[FOOD]),
        lambda: hidden.provision(_first_article(national_store, ids[FOOD])),
    ):
        with pytest.raises(NotFound):
            attempt()


def _first_article(store: CorpusStore, document_id: str) -> str:
    return store.provisions(store.versions(document_id)[-1].id)[0].id


def test_an_order_to_correct_that_comes_first_is_a_risk_point(encyclopedia: EncyclopediaService) -> None:
    (entry,) = encyclopedia.items(ItemsRequest(words="土壤污染防治工作方案备案")).items
    risks = {r.kind: r for r in encyclopedia.item(entry.id).risks}
    assert risks[RiskKind.CORRECTION_FIRST].quote.startswith("拒不改正的")
    assert "第六十三条" in risks[RiskKind.HEARING].citation


@pytest.mark.parametrize(
    ("words", "lost"),
    [("复议机关决定予以撤销该处罚决定。", True), ("法院判决被告败诉。", True), ("当事人已缴纳罚款，案件结案。", False)],
)
def test_lost_cases_are_told_by_their_outcome(words: str, lost: bool) -> None:
    assert bool(LOST.search(words)) is lost
