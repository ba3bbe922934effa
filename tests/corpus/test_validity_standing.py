"""The standing of a document or an article on a day, from validities given directly."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.store.repository import AmendedArticle
from corpus.validity import serving_span, state_of_article, state_of_document
from corpus.validity.standing import LONGEST_WAIT
from corpus.vocabulary import ArticleNumber, DateBasis, DatedFact, SourceStatus, State, Validity, Version
from tests.corpus.validity_texts import TODAY, day


def fact(text: str | None, basis: DateBasis = DateBasis.OWN_TEXT, evidence: str = "《甲法》第九条") -> DatedFact:
    return DatedFact(day(text), basis, evidence) if text else DatedFact.unknown()


def version(
    published: str | None,
    commencement: DatedFact | str | None,
    end: DatedFact | str | None = None,
    *,
    first: DatedFact | str | None = None,
    status: SourceStatus = SourceStatus.IN_FORCE,
) -> Version:
    start = commencement if isinstance(commencement, DatedFact) else fact(commencement)
    ends = end if isinstance(end, DatedFact) else fact(end, DateBasis.SUCCESSOR_TEXT)
    begins = first if isinstance(first, DatedFact) else fact(first) if first else start
    validity = Validity(day(published) if published else None, start, ends, status, begins)
    return Version(f"v-{published}", "d", validity, "test")


def repealed(on: str) -> DatedFact:
    return fact(on, DateBasis.REPEALING_TEXT, "《乙法》第九条")


UNKNOWN_END = DatedFact.unknown("来源标注“已废止”，所收文本均未载明废止日期")

SPANS = [
    pytest.param(version("2020-03-01", "2020-06-01"), ("2020-06-01", None), id="open"),
    pytest.param(version("2020-03-01", "2020-06-01", "2024-01-01"), ("2020-06-01", "2024-01-01"), id="ended"),
    pytest.param(version("2020-03-01", None), ("2020-03-01", None), id="commencement unknown: from publication"),
    pytest.param(version(None, "2020-06-01"), ("2020-06-01", None), id="publication unknown"),
    pytest.param(version(None, None), ("0001-01-01", None), id="no date at all: with doubt"),
    pytest.param(version("2020-03-01", "2020-06-01", UNKNOWN_END), None, id="ended on an unknown day"),
    pytest.param(version("2020-03-01", "2020-06-01", status=SourceStatus.REPEALED), None, id="marked repealed"),
    pytest.param(version("2020-03-01", "2020-06-01", "2020-06-01"), None, id="ended before it began"),
]


@pytest.mark.parametrize(("held", "expected"), SPANS)
def test_the_days_on_which_a_text_may_be_served(held: Version, expected: tuple[str, str | None] | None) -> None:
    span = expected and (day(expected[0]), day(expected[1]) if expected[1] else None)
    assert serving_span(held.validity) == span


OLD = version("2010-03-01", "2010-06-01", "2020-06-01")
NEW = version("2020-03-01", "2020-06-01", first="2010-06-01")
LATE = version("2026-08-28", "2027-01-01", first="2010-06-01")


@pytest.mark.parametrize(
    ("held", "as_of", "state", "shown", "successor"),
    [
        pytest.param([OLD, NEW], "2020-05-31", State.AMENDED, OLD, NEW, id="last day of the old text"),
        pytest.param([OLD, NEW], "2020-06-01", State.IN_FORCE, NEW, None, id="first day of the new text"),
        pytest.param([NEW, OLD], "2015-01-01", State.AMENDED, OLD, NEW, id="order of versions is free"),
        pytest.param([OLD, NEW], "2010-05-31", State.NOT_YET_IN_FORCE, OLD, None, id="published, not commenced"),
        pytest.param(
            [version("2010-03-01", "2010-06-01", "2027-01-01"), LATE],
            "2026-11-21",
            State.IN_FORCE,
            version("2010-03-01", "2010-06-01", "2027-01-01"),
            LATE,
            id="a new text to come",
        ),
        pytest.param([NEW], "2015-01-01", State.VERSION_NOT_IN_CORPUS, NEW, None, id="older text not held"),
        pytest.param([NEW], "2010-06-01", State.VERSION_NOT_IN_CORPUS, NEW, None, id="first day of the law"),
        pytest.param([NEW], "2010-05-31", State.NOT_YET_IN_FORCE, NEW, None, id="before the law"),
        pytest.param(
            [version("2010-03-01", "2010-06-01", repealed("2026-08-15"))],
            "2026-08-14",
            State.IN_FORCE,
            version("2010-03-01", "2010-06-01", repealed("2026-08-15")),
            None,
            id="last day before repeal",
        ),
        pytest.param(
            [version("2010-03-01", "2010-06-01", repealed("2026-08-15"))],
            "2026-08-15",
            State.REPEALED,
            version("2010-03-01", "2010-06-01", repealed("2026-08-15")),
            None,
            id="day of repeal",
        ),
    ],
)
def test_the_state_on_the_days_where_it_turns(
    held: list[Version], as_of: str, state: State, shown: Version, successor: Version | None
) -> None:
    standing = state_of_document(held, day(as_of), TODAY)
    assert (standing.state, standing.version, standing.successor) == (state, shown, successor)
    assert standing.reason


def test_whether_a_text_counts_as_amended_depends_on_today() -> None:
    held = [version("2010-03-01", "2010-06-01", "2027-01-01"), LATE]
    assert state_of_document(held, day("2026-01-01"), day("2026-12-31")).state is State.IN_FORCE
    assert state_of_document(held, day("2026-01-01"), day("2027-01-01")).state is State.AMENDED


def test_a_bound_on_the_first_commencement_decides_what_can_be_said() -> None:
    adopted = version("2020-03-01", "2020-06-01", first=fact("1995-10-30", DateBasis.NOT_BEFORE, "官方文本题注"))
    named = version("2020-03-01", "2020-06-01", first=fact("2005-01-01", DateBasis.NOT_AFTER, "《乙法》第一条"))
    unknown = version("2020-03-01", "2020-06-01", first=DatedFact.unknown("《甲法》第一条之一系修改时增加"))

    def on(held: Version, as_of: str) -> tuple[State, bool]:
        standing = state_of_document([held], day(as_of), TODAY)
        return standing.state, standing.certain

    assert on(adopted, "1995-10-29") == (State.NOT_YET_IN_FORCE, True)
    assert on(adopted, "1995-10-30") == (State.VERSION_NOT_IN_CORPUS, True)
    assert on(named, "2005-01-01") == (State.VERSION_NOT_IN_CORPUS, True)
    assert on(named, "2004-12-31") == (State.VERSION_NOT_IN_CORPUS, False)
    assert on(unknown, "2010-01-01") == (State.VERSION_NOT_IN_CORPUS, False)


def test_an_unknown_commencement_is_in_doubt_for_two_years_after_publication() -> None:
    held = [version("2020-03-01", DatedFact.unknown("该次修改的决定未收录，其施行日期不详"), first="2001-01-01")]
    last_doubtful = day("2020-03-01") + LONGEST_WAIT - dt.timedelta(days=1)
    doubtful, settled = (
        state_of_document(held, d, TODAY) for d in (last_doubtful, last_doubtful + dt.timedelta(days=1))
    )
    assert (doubtful.state, doubtful.certain) == (State.IN_FORCE, False)
    assert "请核对当日是否已施行" in doubtful.reason
    assert (settled.state, settled.certain) == (State.IN_FORCE, True)
    assert settled.reason == "该次修改的决定未收录，其施行日期不详。"


def test_a_repeal_without_a_day_is_told_as_it_is() -> None:
    held = [version("2010-03-01", "2010-06-01", UNKNOWN_END, status=SourceStatus.REPEALED)]
    earlier = state_of_document(held, day("2015-05-01"), TODAY)
    now = state_of_document(held, TODAY, TODAY)
    assert (earlier.state, earlier.certain, now.state, now.certain) == (State.REPEALED, False, State.REPEALED, False)
    assert "不能确认2015年5月1日当日是否仍然有效" in earlier.reason
    assert "不能确认" not in now.reason
    assert state_of_document(held, day("2010-04-01"), TODAY).state is State.NOT_YET_IN_FORCE


def test_a_replaced_text_without_its_successor_leaves_the_text_of_the_day_open() -> None:
    held = [version("2010-03-01", "2010-06-01", status=SourceStatus.SUPERSEDED)]
    standing = state_of_document(held, day("2015-05-01"), TODAY)
    assert (standing.state, standing.certain) == (State.VERSION_NOT_IN_CORPUS, False)


def test_a_document_without_versions_is_not_in_the_corpus() -> None:
    standing = state_of_document([], TODAY, TODAY)
    assert (standing.state, standing.version) == (State.NOT_IN_CORPUS, None)


def test_a_document_without_any_date_is_shown_with_its_doubt() -> None:
    standing = state_of_document([version(None, None)], TODAY, TODAY)
    assert (standing.state, standing.certain) == (State.IN_FORCE, False)
    assert "日期和施行日期均不详" in standing.reason


def test_a_withheld_text_takes_no_part() -> None:
    retired = dataclasses.replace(NEW, id="retired", retired=TODAY)
    shadowed = dataclasses.replace(NEW, id="shadowed", shadowed_by=NEW.id)
    standing = state_of_document([OLD, NEW, retired, shadowed], TODAY, TODAY)
    assert (standing.state, standing.version, standing.successor) == (State.IN_FORCE, NEW, None)
    gone = state_of_document([retired], TODAY, TODAY)
    assert (gone.state, gone.version) == (State.NOT_IN_CORPUS, None)
    assert "已移除" in gone.reason


def test_a_case_or_guideline_is_of_use_on_any_day() -> None:
    case = version("2024-03-01", DatedFact(None, DateBasis.NOT_LAW))
    standing = state_of_document([case], day("2020-01-01"), TODAY)
    assert (standing.state, standing.version, standing.certain) == (State.IN_FORCE, case, True)
    assert "不是法律规范" in standing.reason


def test_a_text_whose_term_has_run_out_says_so() -> None:
    term = version("2020-03-01", "2020-06-01", fact("2025-06-01", DateBasis.OWN_TEXT, "《甲通知》第九条"))
    last, after = (state_of_document([term], day(d), TODAY) for d in ("2025-05-31", "2025-06-01"))
    assert (last.state, after.state) == (State.IN_FORCE, State.REPEALED)
    assert "有效期至2025年5月31日" in last.reason
    assert "有效期至2025年5月31日，已经届满（依据：《甲通知》第九条）" in after.reason


THIRD = ArticleNumber(3)


def amendment(effective: str | None, item: str = "条目一") -> AmendedArticle:
    return AmendedArticle("v-2020-03-01", THIRD, f"a/{item}", day(effective) if effective else None)


TWICE = [amendment("2025-01-01", "条目二"), amendment("2024-03-01")]


@pytest.mark.parametrize(
    ("changes", "as_of", "state", "by"),
    [
        ([], "2026-11-21", State.IN_FORCE, ()),
        ([amendment("2024-03-01")], "2024-02-29", State.AMENDED, ("a/条目一",)),
        ([amendment("2024-03-01")], "2024-03-01", State.VERSION_NOT_IN_CORPUS, ("a/条目一",)),
        ([amendment("2027-03-01")], "2026-11-21", State.IN_FORCE, ("a/条目一",)),
        ([amendment(None)], "2026-11-21", State.VERSION_NOT_IN_CORPUS, ("a/条目一",)),
        (
            TWICE,
            "2026-11-21",
            State.VERSION_NOT_IN_CORPUS,
            ("a/条目一", "a/条目二"),
        ),
        (TWICE, "2024-06-01", State.VERSION_NOT_IN_CORPUS, ("a/条目一",)),
        ([amendment("2024-03-01")], "2019-01-01", State.VERSION_NOT_IN_CORPUS, ()),
    ],
)
def test_an_article_changed_by_an_amendment(
    changes: list[AmendedArticle], as_of: str, state: State, by: tuple[str, ...]
) -> None:
    standing = state_of_article([NEW], changes, THIRD, day(as_of), TODAY)
    assert (standing.state, standing.changed_by) == (state, by)
    assert state_of_article([NEW], changes, ArticleNumber(4), day(as_of), TODAY).changed_by == ()


days = st.dates(dt.date(2000, 1, 1), dt.date(2030, 1, 1))


@given(start=days, end=st.none() | days, published=days, probe=days)
def test_a_text_is_in_force_exactly_on_the_days_it_is_served(
    start: dt.date, end: dt.date | None, published: dt.date, probe: dt.date
) -> None:
    held = version(published.isoformat(), start.isoformat(), repealed(end.isoformat()) if end else None)
    span = serving_span(held.validity)
    served = span is not None and span[0] <= probe and (span[1] is None or probe < span[1])
    standing = state_of_document([held], probe, TODAY)
    assert (standing.state is State.IN_FORCE) is served
    assert standing.version is held
