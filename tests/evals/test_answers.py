"""What an answer is measured by: its points, its length, its quotations, and every claim of every sentence."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from assistant.contract import AnswerCitation, AskResponse, Sentence
from corpus.vocabulary import EffectLevel, State
from evals.answers import MOST_CHARACTERS, AnswerFigures, answer_figures, summarise_answers
from evals.questions import Gold, Kind, Question

DAY = dt.date(2026, 11, 21)
TEXT = (
    "违反本法第八条规定，占用道路摆摊的，由县级以上人民政府交通运输主管部门责令改正，处五万元以上十万元以下的罚款；"
    "对个人处货值金额百分之三的罚款，违法所得不足一万元的，按一万元计算：\n（一）占用道路的；\n（二）占用桥梁的。\n"
    "前款规定的期限为九十日，自2021年7月15日起计算。"
)


def _citation(**changes: Any) -> AnswerCitation:
    values: dict[str, Any] = {
        "key": "p1",
        "law": "中华人民共和国公路法",
        "article": "第九条",
        "quote": TEXT[:40],
        "status": State.IN_FORCE,
        "document_id": "d",
        "citation": "《中华人民共和国公路法》第九条",
        "level": EffectLevel.LAW,
        "effective_from": dt.date(2021, 7, 15),
        "provision_id": "v/9",
        "text": TEXT,
    }
    return AnswerCitation(**(values | changes))


def _question(*points: str, **changes: Any) -> Question:
    values: dict[str, Any] = {
        "id": "q",
        "question": "占道摆摊怎么罚",
        "kind": Kind.DIRECT,
        "gold": (Gold(law="公路法", article="第九条"),),
        "answer_points": points,
    }
    return Question(**(values | changes))


def _figures(*said: str, points: tuple[str, ...] = (), cites: bool = True, **changes: Any) -> AnswerFigures:
    citation = _citation(**changes)
    answer = AskResponse(
        question="占道摆摊怎么罚",
        as_of=DAY,
        refused=False,
        answer="\n".join(said),
        sentences=[Sentence(text=s, citations=["p1"] if cites else []) for s in said],
        citations=[citation],
    )
    return answer_figures(_question(*points), answer, {"v/9": TEXT})


TRUE = [
    "《公路法》第九条第一款（法律 · 2021-07-15起施行 · 现行有效）：",
    "处理：“处五万元以上十万元以下的罚款”。",
    "处5万元以上10万元以下的罚款。",
    "期限为90日，自2021-07-15起计算。",
    "处货值金额3%的罚款，不足1万元的，按1万元计算。",
    "由县级以上人民政府交通运输主管部门责令改正。",
    "处理机关：“县级以上人民政府交通运输主管部门”。",
    "违反第八条，有第一款第二项情形的，责令改正。",
]
FALSE = {
    "another sum": "处六万元以上十万元以下的罚款。",
    "another unit": "期限为九十个月。",
    "another share": "处货值金额百分之五的罚款。",
    "another day": "自2022年7月15日起计算。",
    "another subject": "由县级以上人民政府城乡规划主管部门责令改正。",
    "another person": "对直接负责的主管人员处罚款。",
    "another law": "依照《道路交通安全法》责令改正。",
    "another article": "依照第十条责令改正。",
    "a paragraph too many": "依照第三款责令改正。",
    "an item too many": "依照第三项责令改正。",
    "one character of a quotation": "“处五万元以上十万元以上的罚款”。",
}


@pytest.mark.parametrize("sentence", TRUE)
def test_a_sentence_is_supported_when_all_that_it_names_stands_in_what_it_cites(sentence: str) -> None:
    figures = _figures(sentence)
    assert figures.unsupported == ()
    assert figures.stated == 1


@pytest.mark.parametrize("sentence", FALSE.values(), ids=FALSE.keys())
def test_a_sentence_that_names_anything_else_is_not(sentence: str) -> None:
    assert len(_figures(sentence).unsupported) == 1


def test_a_sentence_that_names_one_provision_may_not_quote_another_that_it_cites_as_well() -> None:
    other = _citation(
        key="p2", law="中华人民共和国消防法", article="第六十条", provision_id="v/60", text="处三万元罚款。"
    )
    texts = {"v/9": TEXT, "v/60": other.text}
    said = [
        Sentence(text="《中华人民共和国公路法》第九条：“处三万元罚款。”", citations=["p1", "p2"]),
        Sentence(text="《中华人民共和国消防法》第六十条：“处三万元罚款。”", citations=["p1", "p2"]),
        Sentence(text="“处三万元罚款。”", citations=["p1", "p2"]),
    ]
    answer = AskResponse(
        question="问", as_of=DAY, refused=False, answer="", sentences=said, citations=[_citation(), other]
    )
    unsupported = answer_figures(_question(), answer, texts).unsupported
    assert [line.rpartition(": ")[2] for line in unsupported] == [said[0].text]


def test_a_title_may_hold_brackets_and_a_year() -> None:
    said = "《宪法修正案(1988年)》第九条：“占用道路的”。"
    assert _figures(said, law="中华人民共和国宪法修正案（1988年）").unsupported == ()


def test_the_rank_of_a_provision_names_no_subject() -> None:
    said = "《中华人民共和国公路法》第九条（部门规章 · 2021-07-15起施行 · 现行有效）："
    assert _figures(said, level=EffectLevel.DEPARTMENTAL_RULE).unsupported == ()


def test_a_refusal_states_no_law() -> None:
    said = "《行政处罚法》第九十九条：该法没有第九十九条。"
    answer = AskResponse(question="问", as_of=DAY, refused=True, answer=said, sentences=[Sentence(text=said)])
    assert answer_figures(_question(), answer, {}).stated == 0


def test_without_a_citation_only_the_day_asked_about_may_be_named() -> None:
    assert _figures("以上按2026-11-21有效的规定检索，定性由办案机关决定。", cites=False).stated == 0
    assert len(_figures("以上按2026-11-20有效的规定检索。", cites=False).unsupported) == 1
    assert len(_figures("处五万元以上十万元以下的罚款。", cites=False).unsupported) == 1


def test_a_key_that_is_nowhere_cited_is_a_fault() -> None:
    answer = AskResponse(
        question="问",
        as_of=DAY,
        refused=False,
        answer="责令改正。",
        sentences=[Sentence(text="责令改正。", citations=["p7"])],
    )
    assert len(answer_figures(_question(), answer, {}).unsupported) == 1


def test_points_count_in_what_is_said_and_quoted_and_not_in_an_answer_too_long() -> None:
    points = ("占用道路摆摊的", "按一万元计算", "吊销许可证")
    figures = _figures("违法所得不足一万元的，按一万元计算。", points=points)
    assert figures.points == figures.points_within_limits == (True, True, False)
    long = _figures("违法所得不足一万元的，按一万元计算。" + "。" * MOST_CHARACTERS, points=points)
    assert long.points == (True, True, False)
    assert long.points_within_limits == (False, False, False)


def test_an_answer_begins_right_when_a_required_article_is_told_first() -> None:
    assert _figures("责令改正。").begins_right is True
    assert _figures("责令改正。", article="第十条").begins_right is False


def test_a_quotation_that_is_not_the_stored_text_is_counted() -> None:
    assert _figures("责令改正。").verbatim == 1
    assert _figures("责令改正。", quote="占用道路的摆摊").verbatim == 0


def test_the_summary_counts_sentences_and_points_over_all_answers() -> None:
    right = _figures("责令改正。", "处六万元罚款。", points=("责令改正", "吊销"))
    refused = answer_figures(_question("责令改正"), AskResponse(question="问", as_of=DAY, refused=True, answer=""), {})
    summary = summarise_answers([right, refused])
    assert summary.answers == 1
    assert summary.points_present == pytest.approx(1 / 3)
    assert summary.citation_precision == pytest.approx(0.5)
    assert summary.citation_recall == pytest.approx(0.5)
    assert summary.begin_right == 1
    assert summary.quotes_verbatim == 1
    assert summarise_answers([]).citation_precision is None


def test_words_left_out_between_quotations_have_to_show() -> None:
    hidden = _figures("“占用道路摆摊的”“责令改正”。")
    assert hidden.hidden_omissions == 1
    shown = [
        "“占用道路摆摊的”……“责令改正”。",
        "“（一）占用道路的；”“（二）占用桥梁的”。",
        "“责令改正”、“占用道路摆摊的”。",
    ]
    assert _figures(*shown).hidden_omissions == 0
    assert summarise_answers([hidden, _figures(*shown)]).hidden_omissions == 1


def test_a_list_that_is_announced_and_not_given_is_counted() -> None:
    assert _figures("“有下列行为之一的，处罚款：”。").bare_lists == 1
    assert _figures("“有下列行为之一的，处罚款：”……“（二）占用桥梁的”。").bare_lists == 0
