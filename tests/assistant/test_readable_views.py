"""What a person may not read does not exist for him: every method of assistant and desk, against a world without it."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.accounts.principal import LOCAL, Principal
from assistant.accounts.reading import may_read
from assistant.accounts.roles import PERMISSIONS, Permission, Role
from assistant.catalogue import Catalogue
from assistant.contract import AskRequest, Assistant, CiteRequest, SearchRequest
from assistant.discretion.contract import (
    AuditRequest,
    CheckRequest,
    ComputeRequest,
    CorrectionRequest,
    Desk,
    ExplainRequest,
    FindRequest,
)
from corpus.discretion.codec import to_json
from corpus.errors import EAssistantError, NotFound
from corpus.readers import EVERYONE, Readers
from corpus.store import CorpusStore
from corpus.store.readable import ReadableStore
from corpus.store.readers import limited_documents, readers_of, set_readers
from corpus.vocabulary import DocumentKind
from ingest.load import load_national_laws
from tests.assistant.limited_samples import BY_NUMBER, SAMPLES, TODAY, World, without

PENALTY_LAW = "中华人民共和国行政处罚法"
NUMBERS = [s.number for s in SAMPLES]
DEPARTMENT, REGION, BOTH = "1", "5", "4"
LIMITS = {
    BY_NUMBER[DEPARTMENT].id: Readers(frozenset({"甲科"})),
    BY_NUMBER[REGION].id: Readers(regions=frozenset({"宁波市"})),
    BY_NUMBER[BOTH].id: Readers(frozenset({"甲科"}), frozenset({"宁波市"})),
}


def person(department: str | None = None, region: str | None = None, **more: Any) -> Principal:
    return Principal("p-1", "某人", Role.OFFICER, PERMISSIONS[Role.OFFICER], department, region, **more)


PEOPLE = {
    "own department": person("甲科"),
    "another department": person("乙科"),
    "no department": person(),
    "own department and region": person("甲科", "宁波市"),
    "a district of the region": person("甲科", "宁波市海曙区"),
    "another department of the region": person("乙科", "宁波市"),
    "own department elsewhere": person("甲科", "温州市"),
    "the province around": person(None, "浙江省"),
    "a token": dataclasses.replace(person("甲科"), permissions=frozenset({Permission.PUBLIC, Permission.READ})),
    "a reviewer": dataclasses.replace(person("乙科"), role=Role.LEGAL, permissions=PERMISSIONS[Role.LEGAL]),
    "administrator": LOCAL,
}


def _hidden_from(someone: Principal) -> list[str]:
    return [s.number for s in SAMPLES if not may_read(someone, LIMITS.get(s.id, EVERYONE))]


Call = Callable[[Assistant, Desk], Any]


def calls() -> dict[str, Call]:
    """Every method, by words and, for every sample, by its name, its ids and its records."""
    words = "占用城市道路摆摊经营怎么处罚，罚款多少"
    made: dict[str, Call] = {
        "search": lambda a, d: a.search(SearchRequest(question=words, top_k=20)),
        "search in a place": lambda a, d: a.search(SearchRequest(question=words, region="宁波市", top_k=20)),
        "search a shelf": lambda a, d: a.search(SearchRequest(question=words, shelf="实务")),
        "search cases": lambda a, d: a.search(SearchRequest(question=words, shelf="案例")),
        "ask": lambda a, d: a.ask(AskRequest(question=words, region="宁波市")),
        "ask without a place": lambda a, d: a.ask(AskRequest(question=words)),
        "ask in events": lambda a, d: list(a.ask_stream(AskRequest(question=words, region="宁波市"))),
        "ask for a sum": lambda a, d: a.ask(AskRequest(question="未按规定设置标识罚多少钱", region="宁波市")),
        "ask what is refused": lambda a, d: a.ask(AskRequest(question="股票今天涨了吗")),
        "documents": lambda a, d: a.documents(),
        "documents later": lambda a, d: a.documents(TODAY.replace(year=2028)),
        "penalty law": lambda a, d: a.ask(AskRequest(question=f"《{PENALTY_LAW}》第三十三条怎么规定的")),
        "standards": lambda a, d: d.standards(),
        "standards of words": lambda a, d: d.standards("标识"),
        "items": lambda a, d: d.items(),
        "find": lambda a, d: d.find(FindRequest(description="没按规定设置标识", limit=20)),
        "find in a place": lambda a, d: d.find(FindRequest(description="未按规定设置标识", region="宁波市")),
        "audit": lambda a, d: d.audit(AuditRequest()),
        "review": lambda a, d: d.review(),
    }
    for sample in SAMPLES:
        made |= {f"{sample.number} {name}": call for name, call in calls_on(sample.number).items()}
    return made


def calls_on(number: str) -> dict[str, Call]:
    sample = BY_NUMBER[number]
    title, text = sample.title, f"依据《{sample.title}》第一条、{sample.title}第二条处罚。"
    made: dict[str, Call] = {
        "question by title": lambda a, d: a.ask(AskRequest(question=f"《{title}》第二条怎么规定的")),
        "question by bare title": lambda a, d: a.ask(AskRequest(question=f"{title}规定了什么")),
        "search by law": lambda a, d: a.search(SearchRequest(question="处罚", law=title)),
        "cite": lambda a, d: a.cite(CiteRequest(text=text)),
        "cite in a place": lambda a, d: a.cite(CiteRequest(text=text, region="宁波市")),
        "check": lambda a, d: a.check_citations(text),
        "document": lambda a, d: a.document(sample.id),
        "provision": lambda a, d: a.provision(sample.provision(len(sample.texts))),
        "standards of it": lambda a, d: d.standards(document=title),
        "items of it": lambda a, d: d.items(sample.id),
        "audit of it": lambda a, d: d.audit(AuditRequest(document=sample.id)),
        "review of it": lambda a, d: d.review(title),
    }
    for record in sample.records.standards:
        key = f"{sample.version}/{record.id}"
        case = {"standard": key, "choose": {"持续时间": "三个月以上"}, "region": "宁波市"}
        made |= {
            f"standard {record.id}": lambda a, d, key=key: d.standard(key),
            f"standard by id {record.id}": lambda a, d, id_=record.id: d.standard(id_),
            f"compute {record.id}": lambda a, d, case=case: d.compute(ComputeRequest(**case)),
            f"check {record.id}": lambda a, d, case=case: d.check(
                CheckRequest(**case, proposed_yuan=Decimal(30000), description="未按规定设置标识")
            ),
            f"explain {record.id}": lambda a, d, case=case: d.explain(ExplainRequest(**case)),
            f"picture {record.id}": lambda a, d, key=key: d.picture(key),
            f"remove a correction of {record.id}": lambda a, d, key=key: d.remove_correction(key),
        }
    return made


CALLS = calls()


def told(call: Call, assistant: Assistant, desk: Desk) -> str:
    """What a person gets, as JSON; an error with all its words. Times taken are left out."""
    try:
        answer = call(assistant, desk)
    except EAssistantError as error:
        return f"{type(error).__name__}: {error.what} {error.where} {error.remedy}"
    return json.dumps(_plain(answer), ensure_ascii=False, sort_keys=True)


def _plain(value: Any) -> Any:
    if hasattr(value, "model_dump"):
        return _plain(value.model_dump(mode="json"))
    if isinstance(value, dict):
        return {k: _plain(v) for k, v in value.items() if k not in ("latency_ms", "seconds")}
    return [_plain(v) for v in value] if isinstance(value, (list, tuple)) else value


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "corpus.db"
    store = CorpusStore.open(f"sqlite:///{path}")
    load_national_laws(store, today=TODAY, only=(PENALTY_LAW,))
    store.close()
    return path


@pytest.fixture(scope="module")
def world(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    made = World.of(template, tmp_path_factory.mktemp("world"), NUMBERS)
    yield made
    made.store.close()


@pytest.fixture
def limited(world: World) -> Iterator[World]:
    set_readers(world.store, LIMITS)
    yield world
    set_readers(world.store, dict.fromkeys(limited_documents(world.store), EVERYONE))


# ---- the whole surface -------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", PEOPLE)
def test_each_person_reads_what_the_limits_let_him(limited: World, who: str) -> None:
    assistant, hidden = limited.views.assistant(PEOPLE[who]), _hidden_from(PEOPLE[who])
    assert {d.document_id for d in assistant.documents()}.isdisjoint(BY_NUMBER[n].id for n in hidden)
    everything = told(CALLS["documents"], assistant, limited.views.desk(PEOPLE[who]))
    assert [s.number for s in SAMPLES if s.mark not in everything] == hidden


DISTINCT = list({tuple(_hidden_from(p)): p for p in PEOPLE.values()}.values())


@pytest.mark.parametrize("someone", DISTINCT, ids=lambda p: "-".join(_hidden_from(p)) or "none")
def test_a_hidden_document_answers_as_one_never_ingested_and_no_word_of_it_is_told(
    limited: World, template: Path, tmp_path: Path, someone: Principal
) -> None:
    hidden = _hidden_from(someone)
    answers = assert_same(limited, World.of(template, tmp_path, without(hidden)), someone)
    for name, answer in answers.items():
        for number in hidden:
            if not name.startswith(f"{number} "):  # where the request itself names it, the words come back
                assert BY_NUMBER[number].mark not in answer, (name, number)


def assert_same(limited: World, other: World, someone: Principal) -> dict[str, str]:
    """What the person gets by every call, which is what everybody gets in the ``other`` world."""
    mine = limited.views.assistant(someone), limited.views.desk(someone)
    theirs = other.views.assistant(LOCAL), other.views.desk(LOCAL)
    answers = {name: told(call, *mine) for name, call in CALLS.items()}
    for name, call in CALLS.items():
        assert answers[name] == told(call, *theirs), name
    other.store.close()
    return answers


@settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(hidden=st.sets(st.sampled_from(NUMBERS), min_size=1, max_size=9))
def test_any_documents_that_are_hidden_might_as_well_not_exist(
    world: World, template: Path, tmp_path_factory: pytest.TempPathFactory, hidden: set[str]
) -> None:
    set_readers(world.store, {BY_NUMBER[n].id: Readers(frozenset({"甲科"})) for n in hidden})
    try:
        other = World.of(template, tmp_path_factory.mktemp("other"), without(hidden))
        assert_same(world, other, person("乙科"))
    finally:
        set_readers(world.store, dict.fromkeys(limited_documents(world.store), EVERYONE))


# ---- how ---------------------------------------------------------------------------------------------------


def test_the_index_itself_is_asked_to_leave_out_what_is_hidden(limited: World) -> None:
    limited.index.asked.clear()
    someone = person("乙科")
    told(CALLS["ask"], limited.views.assistant(someone), limited.views.desk(someone))
    assert limited.index.asked
    assert all(where.exclude_document_ids == limited.views.hidden(someone) for where in limited.index.asked)


def test_what_an_index_gives_though_it_is_hidden_is_dropped(limited: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assistant.retrieval.retriever.ReadableIndex", lambda whole, hidden: whole)
    someone = person("丙科")
    assert BY_NUMBER[DEPARTMENT].mark not in told(CALLS["search"], limited.views.assistant(someone), None)  # type: ignore[arg-type]


def test_a_limit_counts_from_the_next_request_on_and_so_does_its_end(world: World) -> None:
    sample, someone = BY_NUMBER["2"], person("乙科", "宁波市")
    asked = SearchRequest(question="占用城市道路摆摊", region="宁波市")

    def found() -> bool:
        return any(r.document_id == sample.id for r in world.views.assistant(someone).search(asked).results)

    assert found()
    set_readers(world.store, {sample.id: Readers(frozenset({"甲科"}))})
    assert not found()
    set_readers(world.store, {sample.id: Readers(frozenset({"乙科"}))})
    assert found()
    set_readers(world.store, {sample.id: EVERYONE})
    assert found()
    assert world.views.assistant(someone) is world.views.assistant(LOCAL)


def test_people_from_whom_the_same_is_hidden_share_a_view(limited: World) -> None:
    views = limited.views
    assert views.assistant(person("乙科")) is views.assistant(person("丙科"))
    assert views.assistant(person("甲科")) is not views.assistant(person("乙科"))
    assert views.of(person("乙科")).once("part", lambda store: store) is not limited.store


def test_a_catalogue_cut_is_the_catalogue_of_the_store_without(limited: World) -> None:
    for someone in PEOPLE.values():
        store = ReadableStore(limited.store, limited.views.hidden(someone))
        cut, read = Catalogue.read(limited.store).without(store), Catalogue.read(store)
        for part in dataclasses.fields(Catalogue):
            if part.name != "names":
                assert getattr(cut, part.name) == getattr(read, part.name), part.name


def test_a_hidden_record_cannot_be_corrected(limited: World) -> None:
    sample = BY_NUMBER[REGION]
    record = sample.records.standards[0]
    desk = limited.views.desk(PEOPLE["a reviewer"])
    with pytest.raises(NotFound):
        desk.correct(f"{sample.version}/{record.id}", CorrectionRequest(record=to_json(record), by="某人"))


def test_a_correction_made_in_one_view_counts_in_all(limited: World) -> None:
    sample = BY_NUMBER["6"]
    record, key = sample.records.standards[0], f"{sample.version}/{sample.records.standards[0].id}"
    corrected = dataclasses.replace(record, title="未按规定设置路牌")
    views = [limited.views.desk(p) for p in (person("乙科"), person("甲科"), LOCAL)]
    assert {v.standard(key).title for v in views} == {record.title}
    views[0].correct(key, CorrectionRequest(record=to_json(corrected), by="某人"))
    assert {v.standard(key).title for v in views} == {corrected.title}
    views[1].remove_correction(key)
    assert {v.standard(key).title for v in views} == {record.title}


def test_a_limit_outlives_the_document(world: World) -> None:
    sample = BY_NUMBER["7"]
    assert sample.kind is DocumentKind.GUIDANCE
    set_readers(world.store, {sample.id: Readers(frozenset({"甲科"})), "d-unknown": Readers(frozenset({"甲科"}))})
    assert readers_of(world.store, "d-unknown") == Readers(frozenset({"甲科"}))
    assert str(readers_of(world.store, sample.id)) == "部门：甲科"
    assert readers_of(ReadableStore(world.store, [sample.id]), sample.id) == EVERYONE
    set_readers(world.store, {sample.id: EVERYONE, "d-unknown": EVERYONE})
    assert limited_documents(world.store) == {}
