"""Steps and time limits, read from the law of the day; deadlines counted as far as they can be known."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.encyclopedia.contract import Deadline, TimeLimit, TimeUnit
from assistant.encyclopedia.deadline import add_months, add_working_days, count_deadline
from assistant.encyclopedia.limits import find_limits, sentences, working_day_rules
from assistant.encyclopedia.procedure import LawText, read_procedure
from assistant.encyclopedia.service import EncyclopediaService
from corpus.store import CorpusStore
from corpus.vocabulary import Document, DocumentKind, EffectLevel, Provision, State, Version

PENALTY = "中华人民共和国行政处罚法"
COERCION = "中华人民共和国行政强制法"
MONDAY = dt.date(2026, 11, 23)


def _limits(encyclopedia: EncyclopediaService, law: str, step: str) -> dict[str, TimeLimit]:
    steps = [s for s in encyclopedia.procedure().steps if s.law == law and s.name == step]
    return {f"{w.article}:{limit.words.text}": limit for s in steps for w in s.words for limit in w.limits}


@pytest.mark.parametrize(
    ("law", "step", "article"),
    [
        (PENALTY, "立案", "第五十四条"),
        (PENALTY, "告知", "第四十四条"),
        (PENALTY, "陈述申辩", "第四十五条"),
        (PENALTY, "听证", "第六十三条"),
        (PENALTY, "法制审核", "第五十八条"),
        (PENALTY, "集体讨论", "第五十七条"),
        (PENALTY, "决定", "第六十条"),
        (PENALTY, "送达", "第六十一条"),
        (PENALTY, "执行", "第六十七条"),
        (COERCION, "查封、扣押", "第二十五条"),
        (COERCION, "冻结", "第三十二条"),
        (COERCION, "催告", "第三十五条"),
        (COERCION, "代履行", "第五十一条"),
        (COERCION, "申请法院强制执行", "第五十三条"),
    ],
)
def test_every_step_rests_on_its_articles(encyclopedia: EncyclopediaService, law: str, step: str, article: str) -> None:
    found = [s for s in encyclopedia.procedure().steps if s.law == law and s.name == step]
    assert article in {w.article for s in found for w in s.words}


def test_working_days_are_those_that_the_law_itself_says(encyclopedia: EncyclopediaService) -> None:
    hearing = _limits(encyclopedia, PENALTY, "听证")
    assert hearing["第六十四条:五日内"].working is True
    assert hearing["第六十四条:五日内"].basis is not None
    assert "第八十五条" in hearing["第六十四条:五日内"].basis.citation
    decision = _limits(encyclopedia, PENALTY, "决定")["第六十条:九十日内"]
    assert decision.working is None
    assert decision.note
    assert decision.starts is not None
    assert decision.starts.text.endswith("立案之日起")
    assert decision.starts.text.startswith("自")


def test_up_to_ten_days_are_working_days_of_the_coercion_law(encyclopedia: EncyclopediaService) -> None:
    substitute = _limits(encyclopedia, COERCION, "代履行")
    assert substitute["第五十一条:三日前"].working is True
    seizure = _limits(encyclopedia, COERCION, "查封、扣押")
    assert seizure["第二十五条:不得超过三十日"].working is None
    urgent = _limits(encyclopedia, COERCION, "实施强制措施")
    assert urgent["第十九条:二十四小时内"].unit is TimeUnit.HOUR


def test_every_word_of_the_procedure_is_verbatim(
    encyclopedia: EncyclopediaService, national_store: CorpusStore
) -> None:
    for step in encyclopedia.procedure().steps:
        for words in step.words:
            provision = national_store.provision(words.words.provision_id)
            assert provision is not None
            excerpts = [words.words, *[e for n in words.limits for e in (n.words, n.starts) if e is not None]]
            assert all(provision.text[slice(*e.span)] == e.text for e in excerpts)


def test_a_day_whose_text_is_not_held_has_no_steps_but_a_note(encyclopedia: EncyclopediaService) -> None:
    procedure = encyclopedia.procedure(dt.date(2018, 1, 1))
    assert PENALTY not in {s.law for s in procedure.steps}
    assert any("行政处罚法" in note for note in procedure.notes)


def test_another_version_of_the_law_is_read_by_what_it_says() -> None:
    """The older law has other numbers, and no rule on working days: then nothing is known of them."""
    texts = {
        "第四十条": "当事人不在场的，行政机关应当在七日内将行政处罚决定书送达当事人。",
        "第三十一条": "行政机关在作出行政处罚决定之前，应当告知当事人作出行政处罚决定的事实、理由及依据。",
    }
    provisions = [Provision(f"v/{label}", "v", n, label, text) for n, (label, text) in enumerate(texts.items(), 1)]
    document = Document("d", PENALTY, DocumentKind.STATUTE, EffectLevel.LAW)
    version = _version()
    procedure = read_procedure([LawText(document, version, State.IN_FORCE, provisions)], MONDAY)
    assert {s.name: s.words[0].article for s in procedure.steps} == {"送达": "第四十条", "告知": "第三十一条"}
    (limit,) = procedure.steps[-1].words[0].limits
    assert limit.number == 7
    assert limit.working is None
    assert limit.note


def _version() -> Version:
    from corpus.vocabulary import DatedFact, Validity

    return Version("v", "d", Validity(None, DatedFact.unknown(), DatedFact.unknown()), "test")


@pytest.mark.parametrize(
    ("text", "number", "unit", "starts"),
    [
        ("应当自收到申请之日起十五日内作出决定。", 15, TimeUnit.DAY, "自收到申请之日起"),
        ("应当在行政机关告知后五日内提出。", 5, TimeUnit.DAY, "行政机关告知后"),
        ("期限不得超过三十日。", 30, TimeUnit.DAY, None),
        ("可以自期限届满之日起三个月内申请。", 3, TimeUnit.MONTH, "自期限届满之日起"),
        ("违法行为在二年内未被发现的，不再处罚。", 2, TimeUnit.YEAR, None),
        ("应当在二十四小时内报告。", 24, TimeUnit.HOUR, None),
    ],
)
def test_limits_are_read_with_what_they_count_from(text: str, number: int, unit: TimeUnit, starts: str | None) -> None:
    (limit,) = find_limits(text, 0, len(text))
    assert (limit.number, limit.unit) == (number, unit)
    assert (text[slice(*limit.starts)] if limit.starts else None) == starts


def test_a_law_without_a_rule_on_working_days_has_none() -> None:
    assert working_day_rules([Provision("v/1", "v", 1, "第一条", "应当在七日内送达。")]) == []


@given(st.text(alphabet="甲乙。\n；，（一）", max_size=60))
def test_sentences_are_apart_and_in_order(text: str) -> None:
    spans = list(sentences(text))
    assert all(a < b for a, b in spans)
    assert all(before[1] <= after[0] for before, after in pairwise(spans))


@pytest.mark.parametrize(
    ("number", "unit", "working", "due"),
    [
        (5, TimeUnit.DAY, True, dt.date(2026, 11, 30)),
        (15, TimeUnit.DAY, False, dt.date(2026, 12, 8)),
        (3, TimeUnit.MONTH, None, dt.date(2027, 2, 23)),
        (1, TimeUnit.YEAR, None, dt.date(2027, 11, 23)),
        (7, TimeUnit.DAY, None, None),
        (24, TimeUnit.HOUR, None, None),
    ],
)
def test_a_deadline_is_only_given_where_it_is_known(
    number: int, unit: TimeUnit, working: bool | None, due: dt.date | None
) -> None:
    found: Deadline = count_deadline(MONDAY, number, unit, working)
    assert found.due == due
    assert found.exact is (due is not None and not working)
    assert found.earliest is not None
    assert found.notes or found.exact


@given(st.dates(dt.date(2000, 1, 1), dt.date(2100, 1, 1)), st.integers(1, 60))
def test_working_days_skip_weekends_and_nothing_else(start: dt.date, number: int) -> None:
    due = add_working_days(start, number)
    between = [start + dt.timedelta(days=n) for n in range(1, (due - start).days + 1)]
    assert sum(d.weekday() < 5 for d in between) == number
    assert due.weekday() < 5


def test_a_month_without_that_day_ends_on_its_last() -> None:
    assert add_months(dt.date(2026, 1, 31), 1) == dt.date(2026, 2, 28)
