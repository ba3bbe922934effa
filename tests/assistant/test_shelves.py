"""Three shelves and three places: law answers, cases and practice material stand beside it, neighbours stay out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest

from assistant.answer.compose import OCR_MARK
from assistant.assembly import assemble_service
from assistant.contract import AskRequest, AskResponse, CiteRequest, Material, SearchRequest
from assistant.index_slot import IndexSlot
from assistant.service import AssistantService
from corpus.encoders.cache import EncodingCache
from corpus.encoders.factory import make_sparse_encoder
from corpus.encoders.settings import SparseSettings
from corpus.errors import NotFound
from corpus.index.edge import EdgeIndex
from corpus.store import CorpusStore
from corpus.vocabulary import Shelf, State
from ingest.indexing import IndexBuilder, index_fingerprint
from tests.assistant.shelf_samples import BENCHMARK, CASE, CITY_RULES, GUIDE, OLDER, RULES, fill
from tests.ingest.indexing_samples import Meaning

TODAY = dt.date(2026, 11, 21)
QUESTION = "占用城市道路摆摊经营怎么处罚，罚款多少"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[CorpusStore]:
    store = CorpusStore.open(f"sqlite:///{tmp_path_factory.mktemp('shelves') / 'corpus.db'}")
    fill(store)
    yield store
    store.close()


@pytest.fixture(scope="module")
def slot(store: CorpusStore, tmp_path_factory: pytest.TempPathFactory) -> Iterator[IndexSlot]:
    folder = tmp_path_factory.mktemp("index")
    sparse, dense = make_sparse_encoder(SparseSettings()), Meaning()
    index = EdgeIndex.open(folder / "index", index_fingerprint(sparse, dense), dense.dimension)
    cache = EncodingCache(folder / "encodings.db")
    IndexBuilder(store, index, sparse, dense, cache).sync()
    slot = IndexSlot()
    slot.put(index)
    yield slot
    cache.close()
    index.close()


def assembled(store: CorpusStore, slot: IndexSlot, region: str | None = None) -> AssistantService:
    sparse = make_sparse_encoder(SparseSettings())
    return assemble_service(store, slot, sparse, lambda: None, lambda: TODAY, region=region)


@pytest.fixture(scope="module")
def assistant(store: CorpusStore, slot: IndexSlot) -> AssistantService:
    return assembled(store, slot)


def laws(assistant: AssistantService, question: str = QUESTION, **options: object) -> set[str]:
    return {r.law for r in assistant.search(SearchRequest(question=question, **options)).results}


def asked(assistant: AssistantService, question: str = QUESTION, **options: object) -> AskResponse:
    return assistant.ask(AskRequest(question=question, **options))


def of(materials: list[Material], title: str) -> Material:
    [found] = [m for m in materials if m.law == title]
    return found


# ---- places ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("region", "places"),
    [("宁波市", {"宁波市", "浙江省"}), ("温州市", {"温州市", "浙江省"}), ("浙江省", {"浙江省"}), (None, set())],
)
def test_a_search_sees_the_nation_and_its_own_place(
    assistant: AssistantService, region: str | None, places: set[str]
) -> None:
    assert laws(assistant, region=region) == {RULES, *(CITY_RULES[p] for p in places)}


def test_the_place_in_the_question_and_that_of_the_settings_are_taken(store: CorpusStore, slot: IndexSlot) -> None:
    at_home = assembled(store, slot, region="宁波市")
    assert CITY_RULES["宁波市"] in laws(at_home)
    named = laws(at_home, "温州占用城市道路摆摊经营怎么处罚")
    assert CITY_RULES["温州市"] in named
    assert CITY_RULES["宁波市"] not in named


def test_a_local_law_asked_for_by_name_is_answered_without_a_region(assistant: AssistantService) -> None:
    response = asked(assistant, f"《{CITY_RULES['宁波市']}》第一条怎么规定的")
    assert [c.law for c in response.citations][:1] == [CITY_RULES["宁波市"]]
    assert response.citations[0].region == "宁波市"
    assert "宁波市" in response.regions
    assert laws(assistant, law=CITY_RULES["温州市"]) == {CITY_RULES["温州市"]}


def test_a_retired_text_is_nowhere(assistant: AssistantService) -> None:
    assert "示例旧条例" not in laws(assistant)
    assert "示例旧条例" not in {d.law for d in assistant.documents()}
    with pytest.raises(NotFound):
        assistant.provision("示例旧条例-v1/第一条")
    [result] = assistant.cite(CiteRequest(text="《示例旧条例》第一条")).results
    assert result.state is State.NOT_IN_CORPUS


# ---- shelves -----------------------------------------------------------------------------------------------


def test_law_is_found_alone_and_material_beside_it(assistant: AssistantService) -> None:
    response = assistant.search(SearchRequest(question=QUESTION, region="示范市"))
    assert {r.shelf for r in response.results} == {Shelf.LAW}
    assert {m.law for m in response.materials} == {CASE, BENCHMARK, GUIDE}


@pytest.mark.parametrize(
    ("shelf", "titles"),
    [(Shelf.LAW, {RULES}), (Shelf.PRACTICE, {BENCHMARK, GUIDE}), (Shelf.CASE, {CASE})],
)
def test_a_shelf_chosen_gives_that_shelf_alone(assistant: AssistantService, shelf: Shelf, titles: set[str]) -> None:
    response = assistant.search(SearchRequest(question=QUESTION, region="示范市", shelf=shelf))
    assert {r.law for r in response.results} == titles
    assert response.materials == []


def test_practice_material_is_that_of_the_place_and_a_case_is_told_anywhere(assistant: AssistantService) -> None:
    response = assistant.search(SearchRequest(question=QUESTION, region="宁波市"))
    assert {m.law for m in response.materials} == {CASE, GUIDE}


def test_an_answer_rests_on_law_and_shows_material_with_its_weight_place_and_marks(assistant: AssistantService) -> None:
    response = asked(assistant, region="示范市")
    assert {c.law for c in response.citations} == {RULES}
    row = of(response.materials, BENCHMARK)
    assert (row.shelf, row.place, row.page) == (Shelf.PRACTICE, "第3页", 3)
    assert (row.cells[0].column, row.cells[0].text) == ("违法行为", "占用城市道路摆摊经营")
    assert row.quote in row.text
    guide = of(response.materials, GUIDE)
    assert guide.ocr
    assert OLDER in guide.warnings
    assert OCR_MARK in response.answer
    assert OLDER in response.answer
    case = of(response.materials, CASE)
    assert "不是法律依据" in case.weight
    assert case.cites == [f"《{RULES}》第二条"]
    for material in response.materials:
        assert f"“{material.quote}”" in response.answer
        assert material.citation in response.answer
    quoted = [s.text for s in response.sentences]
    assert not any(m.quote in text for m in response.materials for text in quoted), "material is no ground"


def test_material_without_law_is_a_refusal_that_shows_it(assistant: AssistantService) -> None:
    response = asked(assistant, "先行教育劝离")
    assert response.refused
    assert response.citations == []
    assert GUIDE in {m.law for m in response.materials}
    assert "不是法律依据" in response.answer


@pytest.mark.parametrize("shelf", [Shelf.PRACTICE, Shelf.CASE])
def test_another_shelf_alone_gives_material_and_no_ground(assistant: AssistantService, shelf: Shelf) -> None:
    response = asked(assistant, shelf=shelf, region="示范市")
    assert not response.refused
    assert response.citations == []
    assert {m.shelf for m in response.materials} == {shelf}
    assert "不是法律依据" in response.answer
    nothing = asked(assistant, "股东会决议的表决程序", shelf=shelf)
    assert nothing.refused
    assert nothing.materials == []


def test_an_article_shows_who_cites_it_and_a_case_what_it_cites(assistant: AssistantService) -> None:
    article = assistant.provision(f"{RULES}-v1/第二条")
    assert [(c.citation, c.shelf) for c in article.cited_by] == [(f"《{CASE}》基本案情", Shelf.CASE)]
    case = assistant.provision(f"{CASE}-v1/基本案情")
    assert [c.provision_id for c in case.cites] == [f"{RULES}-v1/第二条"]
    assert case.shelf is Shelf.CASE
    assert assistant.provision(f"{GUIDE}-v1/一、").ocr


def test_a_document_of_another_shelf_can_be_asked_for_by_its_title(assistant: AssistantService) -> None:
    assert laws(assistant, law=GUIDE) == {GUIDE}
    assert laws(assistant, law=GUIDE, shelf=Shelf.LAW) == set()
    assert "语料未收录" not in asked(assistant, f"《{GUIDE}》怎么说").answer
