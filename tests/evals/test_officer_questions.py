"""Judging what the assistant served, against a stand-in assistant with a corpus of four articles."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, cast

import pytest

from assistant.contract import (
    AnswerCitation,
    AskRequest,
    AskResponse,
    Assistant,
    SearchRequest,
    SearchResponse,
    SearchResult,
)
from corpus.errors import InvalidInput
from corpus.vocabulary import EffectLevel, Provision, State
from evals.officer import run, summarise
from evals.questions import Gold, Kind, Question

TODAY = dt.date(2026, 11, 21)
LAW = "中华人民共和国甲法"
TEXTS = {
    "第一条": "违反本法规定占用道路的，由主管部门责令改正，处五百元以上五千元以下的罚款；拒不改正的，没收工具。",
    "第二条": "初次占用道路，危害后果轻微并及时改正的，可以不予处罚，由主管部门对当事人进行教育，并记录在案以备查考。",
    "第三条": "主管部门工作人员滥用职权、玩忽职守、徇私舞弊的，依法给予处分，构成犯罪的，依法追究刑事责任，不得姑息。",
}


class FakeStore:
    """Stored provisions of one version."""

    def provision(self, provision_id: str) -> Provision | None:
        label = provision_id.rpartition("/")[2]
        if label not in TEXTS:
            return None
        return Provision(id=provision_id, version_id="v", ordinal=1, label=label, text=TEXTS[label])

    def provisions(self, version_id: str) -> list[Provision]:
        return [Provision(f"v/{a}", "v", n, a, t) for n, (a, t) in enumerate(TEXTS.items(), start=1)]


def _result(article: str, /, **changes: Any) -> SearchResult:
    values: dict[str, Any] = {
        "law": LAW,
        "article": article,
        "citation": f"《{LAW}》{article}",
        "text": TEXTS[article],
        "score": 1.0,
        "status": State.IN_FORCE,
        "effective_from": dt.date(2020, 1, 1),
        "level": EffectLevel.LAW,
        "region": "国家",
        "document_id": "d",
        "passage_id": f"v/{article}#1",
        "provision_id": f"v/{article}",
    }
    return SearchResult(**(values | changes))


def _citation(article: str, quote: str, /, **changes: Any) -> AnswerCitation:
    values: dict[str, Any] = {
        "key": "c1",
        "law": LAW,
        "article": article,
        "quote": quote,
        "status": State.IN_FORCE,
        "document_id": "d",
        "citation": f"《{LAW}》{article}",
        "level": EffectLevel.LAW,
        "provision_id": f"v/{article}",
        "text": TEXTS.get(article, ""),
    }
    return AnswerCitation(**(values | changes))


@dataclass
class FakeAssistant:
    """Serves the same results and citations for every question, and remembers the requests."""

    results: Sequence[SearchResult] = ()
    citations: Sequence[AnswerCitation] = ()
    refused: bool = False
    fails: bool = False
    asked: list[SearchRequest | AskRequest] = field(default_factory=list)

    def search(self, request: SearchRequest) -> SearchResponse:
        self.asked.append(request)
        if self.fails:
            raise InvalidInput("The question is too long.")
        return SearchResponse(
            question=request.question,
            as_of=request.as_of or TODAY,
            results=list(self.results),
            latency_ms=1.0,
            dense_ready=True,
        )

    def ask(self, request: AskRequest) -> AskResponse:
        self.asked.append(request)
        return AskResponse(
            question=request.question,
            as_of=request.as_of or TODAY,
            refused=self.refused,
            answer="".join(c.quote for c in self.citations),
            citations=list(self.citations),
        )


def test_rules_of_other_places_are_counted_and_a_local_question_is_asked_in_its_place() -> None:
    results = [_result("第一条", region=region) for region in ("国家", "浙江省", "宁波市", "温州市")]
    assistant = FakeAssistant(results)
    local = _question("第一条", question="宁波占道摆摊怎么罚", kind=Kind.LOCAL, source="lawrefbook")
    [judged] = run([local], cast(Assistant, assistant), FakeStore(), today=TODAY)
    assert [r.region for r in assistant.asked] == ["宁波市", "宁波市"]
    assert len(judged.foreign) == 1
    summary = summarise([judged])
    assert summary.results_of_other_places == 1
    assert summary.by_source["lawrefbook"].scored == 1


def _question(*articles: str, **changes: Any) -> Question:
    values: dict[str, Any] = {
        "id": "q",
        "question": "占道摆摊怎么罚",
        "kind": Kind.COLLOQUIAL,
        "gold": tuple(Gold(law="甲法", article=a) for a in articles),
    }
    return Question(**(values | changes))


def _run(assistant: FakeAssistant, *questions: Question) -> Any:
    return run(questions, cast(Assistant, assistant), FakeStore(), today=TODAY)


def test_search_is_scored_over_required_articles_in_the_order_served() -> None:
    assistant = FakeAssistant(results=[_result("第三条"), _result("第一条"), _result("第一条"), _result("第二条")])
    (judged,) = _run(assistant, _question("第一条", "第二条"))
    assert (judged.recall_1, judged.recall_5, judged.recall_10) == (0.0, 1.0, 1.0)
    assert judged.reciprocal_rank == 0.5
    assert judged.found == ("甲法第三条", "甲法第一条", "甲法第二条")


def test_welcome_articles_are_not_required() -> None:
    gold = (Gold(law=LAW, article="第一条"), Gold(law=LAW, article="第三条", must=False))
    (judged,) = _run(FakeAssistant(results=[_result("第一条")]), _question(gold=gold))
    assert judged.recall_1 == 1.0
    assert judged.required == ("甲法第一条",)


def test_the_day_asked_about_or_else_the_day_given_reaches_the_assistant() -> None:
    assistant = FakeAssistant()
    _run(assistant, _question("第一条"), _question("第一条", id="r", as_of=dt.date(2026, 8, 14), region="广东省"))
    assert [request.as_of for request in assistant.asked] == [TODAY, TODAY, dt.date(2026, 8, 14), dt.date(2026, 8, 14)]
    assert [request.region for request in assistant.asked] == [None, None, "广东省", "广东省"]


@pytest.mark.parametrize(
    ("changes", "points", "correct"),
    [
        pytest.param({}, (), True, id="in force on the day"),
        pytest.param({"status": State.AMENDED}, (), True, id="in force then, changed since"),
        pytest.param({"status": State.NOT_YET_IN_FORCE}, (), False, id="says itself not yet in force"),
        pytest.param({"effective_from": dt.date(2026, 8, 15)}, (), False, id="commences the day after"),
        pytest.param({"effective_until": dt.date(2026, 8, 14)}, (), False, id="ended on the day"),
        pytest.param({"effective_until": dt.date(2026, 8, 15)}, (), True, id="ends the day after"),
        pytest.param({"effective_from": None}, (), True, id="commencement unknown"),
        pytest.param({}, ("五百元以上、五千元以下",), True, id="the words of that day"),
        pytest.param({}, ("一万元以上五万元以下",), False, id="the words of another day"),
        pytest.param({"article": "第三条", "text": TEXTS["第三条"]}, (), False, id="another article"),
    ],
)
def test_an_as_of_question_wants_the_article_in_force_on_that_day(
    changes: dict[str, Any], points: tuple[str, ...], correct: bool
) -> None:
    question = _question("第一条", kind=Kind.TEMPORAL, as_of=dt.date(2026, 8, 14), answer_points=points)
    (judged,) = _run(FakeAssistant(results=[_result("第一条", **changes)]), question)
    assert judged.as_of_correct is correct


def test_other_questions_have_no_as_of_score() -> None:
    (judged,) = _run(FakeAssistant(results=[_result("第一条")]), _question("第一条"))
    assert judged.as_of_correct is None


def test_results_not_in_force_are_named_for_every_question() -> None:
    results = [_result("第一条"), _result("第二条", status=State.REPEALED)]
    (judged,) = _run(FakeAssistant(results=results), _question("第一条"))
    assert judged.not_in_force == (f"《{LAW}》第二条",)


@pytest.mark.parametrize(
    ("citation", "fault"),
    [
        (_citation("第一条", TEXTS["第一条"]), None),
        (_citation("第一条", "处五百元以上五千元以下的罚款"), None),
        (_citation("第一条", "处五百元以上五千元以下罚款"), "not_verbatim"),
        (_citation("第一条", TEXTS["第一条"] + TEXTS["第三条"]), "not_verbatim"),
        (_citation("第九条", "处罚款"), "unknown_provision"),
        (_citation("第一条", "没收工具", text="没收工具。"), "full_text_differs"),
    ],
)
def test_every_quotation_is_checked_against_the_stored_provision(citation: AnswerCitation, fault: str | None) -> None:
    (judged,) = _run(FakeAssistant(citations=[citation]), _question("第一条"))
    assert judged.quotes == 1
    assert [line.rpartition(": ")[2] for line in judged.quote_faults][:1] == ([fault] if fault else [])


def test_answer_points_count_in_the_answer_and_its_quotations() -> None:
    question = _question("第一条", answer_points=("五百元以上五千元以下的罚款", "吊销执照"))
    (judged,) = _run(FakeAssistant(citations=[_citation("第一条", TEXTS["第一条"])]), question)
    assert judged.points == (True, False)
    assert judged.cited_recall == 1.0


def test_points_of_an_unanswerable_question_are_advice_to_the_reader_and_not_scored() -> None:
    question = _question(kind=Kind.UNANSWERABLE, answer_points=("应说明没有依据",))
    (judged,) = _run(FakeAssistant(refused=True), question)
    assert judged.points == ()
    assert summarise([judged]).points_hit is None


def test_a_summary_takes_each_mean_over_the_questions_it_applies_to() -> None:
    found = _run(FakeAssistant(results=[_result("第一条")]), _question("第一条"))
    missed = _run(
        FakeAssistant(results=[_result("第三条")], refused=True), _question("第一条", id="m", kind=Kind.DIRECT)
    )
    refused = _run(FakeAssistant(refused=True), _question(id="u", kind=Kind.UNANSWERABLE))
    answered = _run(
        FakeAssistant(citations=[_citation("第一条", "生造的引文")]), _question(id="v", kind=Kind.UNANSWERABLE)
    )
    summary = summarise([*found, *missed, *refused, *answered])
    assert (summary.questions, summary.overall.scored) == (4, 2)
    assert (summary.overall.recall_1, summary.overall.mrr) == (0.5, 0.5)
    assert set(summary.by_kind) == {"colloquial", "direct"}
    assert summary.by_kind["direct"].recall_5 == 0.0
    assert (summary.refused_unanswerable, summary.unanswerable) == (0.5, 2)
    assert (summary.false_refusals, summary.answerable) == (0.5, 2)
    assert (summary.quotes, summary.faulty_quotes, summary.quotes_verbatim) == (1, 1, 0.0)
    assert summary.as_of_correct is None


def test_a_question_the_assistant_cannot_take_counts_as_not_found() -> None:
    (judged,) = _run(FakeAssistant(fails=True), _question("第一条"))
    assert judged.recall_10 == 0.0
    assert judged.error is not None
    assert "too long" in judged.error
    summary = summarise([judged])
    assert (summary.errors, summary.search_p95_ms) == (1, None)


def test_a_judged_question_is_plain_json() -> None:
    (judged,) = _run(FakeAssistant(results=[_result("第一条")]), _question("第一条"))
    row = judged.to_json()
    assert (row["as_of"], row["kind"], row["found"]) == ("2026-11-21", "colloquial", ("甲法第一条",))
