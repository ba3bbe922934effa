"""How texts that amend, replace and repeal one another date one another: small made-up laws, one rule each."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.validity import VersionFacts, derive_validities, ended_on_unknown_day, serving_span
from corpus.vocabulary import (
    ArticleNumber,
    DateBasis,
    DatedFact,
    DocumentKind,
    FindingKind,
    Severity,
    SourceStatus,
    Validity,
)
from tests.corpus.validity_texts import day, facts

OLD = facts("甲法", [("第一条", "甲。"), ("第九条", "本法自2001年1月1日起施行。")], "2000-10-01")


def last(text: str) -> list[tuple[str, str]]:
    return [("第一条", "总则。"), ("第九条", text)]


def only(*texts: VersionFacts) -> Validity:
    """Validity of the first of the texts, derived together with the others."""
    return derive_validities(texts).validities[texts[0].version_id]


def test_an_unamended_law_first_commences_when_its_text_does() -> None:
    validity = only(OLD)
    expected = DatedFact(day("2001-01-01"), DateBasis.OWN_TEXT, "《甲法》第九条")
    assert (validity.commencement, validity.first_commencement) == (expected, expected)


def test_an_amended_text_keeps_the_first_commencement_apart_from_its_own() -> None:
    validity = only(facts("甲法", last("本法自2001年1月1日起施行。"), "2010-05-01", row_effective="2001-01-01"))
    assert validity.commencement.day is None
    assert validity.first_commencement.day == day("2001-01-01")


def test_the_row_is_believed_only_where_it_is_later_than_publication() -> None:
    texts = last("本法自2001年1月1日起施行。")
    later = only(facts("甲法", texts, "2010-05-01", row_effective="2010-07-01"))
    assert later.commencement == DatedFact(day("2010-07-01"), DateBasis.SOURCE_ROW, "来源数据行")
    same_day = only(facts("甲法", texts, "2010-05-01", row_effective="2010-05-01"))
    assert same_day.commencement.basis is DateBasis.UNKNOWN


FROM_PUBLICATION = "本法自公布之日起施行。"


@pytest.mark.parametrize(
    ("text", "others"),
    [
        pytest.param(
            facts("甲法", last(FROM_PUBLICATION), "2012-10-26", row_effective="2012-10-26"),
            [facts("乙法", last("依照《甲法》处罚。"), "2005-01-01")],
            id="named in an older law",
        ),
        pytest.param(
            facts("中华人民共和国治安法", last(FROM_PUBLICATION), "2012-10-26"),
            [facts("乙法", last("违反规定的，依照治安法的规定处罚。"), "2005-01-01")],
            id="named by its short name",
        ),
        pytest.param(
            facts("甲法", [("第一条", "甲。"), ("第一条之一", "乙。"), ("第二条", FROM_PUBLICATION)], "2012-10-26"),
            [],
            id="an inserted article",
        ),
        pytest.param(
            facts("甲法", last(FROM_PUBLICATION + "1950年6月29日颁布的《甲法》同时废止。"), "2012-10-26"),
            [],
            id="repeals a law of its own name",
        ),
        pytest.param(facts("甲法", last(FROM_PUBLICATION), "2012-10-26"), [OLD], id="an older text held"),
        pytest.param(
            facts("甲法", last(FROM_PUBLICATION), "2012-10-26"),
            [facts("关于修改《甲法》的决定", [("条目一", "将第一条修改为：“乙。”")], "2004-01-01")],
            id="an older amendment held",
        ),
    ],
)
def test_publication_is_not_the_commencement_of_a_text_with_an_older_one(
    text: VersionFacts, others: list[VersionFacts]
) -> None:
    assert only(text, *others).commencement.basis is DateBasis.UNKNOWN


@pytest.mark.parametrize(
    "neighbour",
    [
        facts("乙法", last("依照《甲法》处罚。"), "2012-10-26"),
        facts("乙法", last("依照《甲法（试行）》处罚。"), "2005-01-01"),
        facts("乙法", last("熟悉甲法律以及国家政策，具有执业甲法的资格。"), "2005-01-01"),
    ],
    ids=["named on the same day", "another title", "a longer word"],
)
def test_publication_is_the_commencement_where_nothing_older_shows(neighbour: VersionFacts) -> None:
    validity = only(facts("甲法", last(FROM_PUBLICATION), "2012-10-26"), neighbour)
    assert validity.commencement == DatedFact(day("2012-10-26"), DateBasis.OWN_TEXT, "《甲法》第九条")


def test_a_decision_dates_the_text_published_with_it_and_no_other() -> None:
    decision = facts(
        "关于修改《甲法》的决定",
        [("条目一", "将第一条修改为：“乙。”"), ("条目二", "本决定自2010年8月1日起施行。")],
        "2010-05-01",
        kind=DocumentKind.AMENDING_DECISION,
    )
    together = facts("甲法", last("本法自2001年1月1日起施行。"), "2010-05-01")
    assert only(together, decision).commencement == DatedFact(
        day("2010-08-01"), DateBasis.AMENDING_DECISION, "《关于修改〈甲法〉的决定》条目二"
    )
    later = facts("甲法", last("本法自2001年1月1日起施行。"), "2011-05-01")
    assert only(later, decision).commencement.basis is DateBasis.UNKNOWN


def test_each_text_ends_when_the_next_one_commences() -> None:
    second = facts("甲法", last("本法自2010年7月1日起施行。"), "2010-05-01")
    third = facts("甲法", last("本法自2020年7月1日起施行。"), "2020-05-01")
    held = derive_validities([third, OLD, second]).validities
    assert [held[f.version_id].end.day for f in (OLD, second, third)] == [day("2010-07-01"), day("2020-07-01"), None]
    assert held[OLD.version_id].end.evidence == "《甲法》第九条（2010年5月1日公布的文本）"
    assert {held[f.version_id].first_commencement.day for f in (OLD, second, third)} == {day("2001-01-01")}


def test_the_end_is_only_bounded_where_the_next_text_does_not_say_when_it_commences() -> None:
    newer = facts("甲法", last("本法自2001年1月1日起施行。"), "2010-05-01")
    held = derive_validities([OLD, newer]).validities
    assert (held[OLD.version_id].end.day, held[OLD.version_id].end.basis) == (day("2010-05-01"), DateBasis.NOT_BEFORE)
    assert serving_span(held[OLD.version_id]) == (day("2001-01-01"), day("2010-05-01"))
    assert serving_span(held[newer.version_id]) == (day("2010-05-01"), None)


def repealer(clause: str, published: str = "2015-03-01", title: str = "乙法") -> VersionFacts:
    return facts(title, last(clause), published)


@pytest.mark.parametrize(
    ("other", "end"),
    [
        pytest.param(repealer("本法自2015年6月1日起施行。《甲法》同时废止。"), "2015-06-01", id="on commencement"),
        pytest.param(repealer("本法自公布之日起施行，《甲法》同时废止。"), "2015-03-01", id="on publication"),
        pytest.param(repealer("《甲法》自2015年9月1日起废止。"), "2015-09-01", id="on its own day"),
        pytest.param(
            repealer("本法自2015年6月1日起施行。2000年10月1日公布的《甲法》同时废止。"), "2015-06-01", id="dated title"
        ),
        pytest.param(
            repealer("本法自2015年6月1日起施行。《甲法》同时废止。", "2022-01-01"),
            "2015-06-01",
            id="repealer amended since",
        ),
        pytest.param(
            repealer("本法自2015年6月1日起施行。《中华人民共和国甲法》同时废止。"), "2015-06-01", id="longer name"
        ),
        pytest.param(repealer("本法自2015年6月1日起施行。《甲法（试行）》同时废止。"), None, id="the trial text"),
        pytest.param(repealer("本法自2015年6月1日起施行。《甲法》第三条同时废止。"), None, id="one article"),
        pytest.param(
            repealer("本法自2000年1月1日起施行。《甲法》同时废止。", "1999-05-01"), None, id="an older law of that name"
        ),
        pytest.param(
            facts(
                "关于修改《丙法》的决定",
                [("条目一", "将第九条修改为：“本法自2015年6月1日起施行。《甲法》同时废止。”")],
                "2015-03-01",
                kind=DocumentKind.AMENDING_DECISION,
            ),
            None,
            id="quoted by a decision",
        ),
    ],
)
def test_a_repeal_ends_the_law_it_names(other: VersionFacts, end: str | None) -> None:
    found = only(OLD, other).end
    assert found.day == (day(end) if end else None)
    assert (found.basis is DateBasis.REPEALING_TEXT) is (end is not None)


def test_a_law_does_not_end_itself_by_repealing_an_older_one_of_its_name() -> None:
    law = facts("甲法", last("本法自公布之日起施行。1950年6月29日颁布的《甲法》同时废止。"), "2021-12-24")
    assert only(law).end == DatedFact.unknown()


def test_a_repeal_of_unknown_day_leaves_an_end_of_unknown_day() -> None:
    other = facts(
        "乙法",
        [("第一条", "甲。"), ("第一条之一", "乙。"), ("第九条", "本法自公布之日起施行，《甲法》同时废止。")],
        "2015-03-01",
    )
    validity = only(OLD, other)
    assert validity.end.day is None
    assert "《乙法》第九条载明废止" in validity.end.evidence
    assert ended_on_unknown_day(validity)
    assert serving_span(validity) is None


@pytest.mark.parametrize("status", [SourceStatus.REPEALED, SourceStatus.SUPERSEDED])
def test_a_text_marked_as_ended_without_a_day_is_never_served(status: SourceStatus) -> None:
    law = facts("甲法", last("本法自2001年1月1日起施行。"), "2000-10-01", status=status)
    derivation = derive_validities([law])
    validity = derivation.validities[law.version_id]
    assert validity.end.evidence.startswith(f"来源标注“{status.value}”")
    assert serving_span(validity) is None
    assert [f.kind for f in derivation.findings] == [FindingKind.STATUS_CONFLICT]


AMENDMENT = facts(
    "甲法修正案（一）",
    [
        ("条目一", "将甲法第三条修改为：“违反第五条的，处罚。”"),
        ("条目二", "在甲法第三条后增加一条，作为第三条之一：“丙。”"),
        ("条目三", "本修正案自2008年3月1日起施行。"),
    ],
    "2007-12-01",
    kind=DocumentKind.AMENDMENT,
)
FIVE = [(f"第{n}条", "甲。") for n in "一二三四五"]
FIVE_ARTICLES = facts("甲法", [*FIVE, ("第六条", "本法自2001年1月1日起施行。")], "2000-10-01")


def changed(*texts: VersionFacts) -> list[tuple[str, ArticleNumber, dt.date | None]]:
    return [(a.version_id, a.article, a.effective) for a in derive_validities(texts).amended_articles]


def test_an_amendment_is_recorded_against_texts_older_than_itself() -> None:
    since = day("2008-03-01")
    version = FIVE_ARTICLES.version_id
    assert changed(FIVE_ARTICLES, AMENDMENT) == [
        (version, ArticleNumber(3), since),
        (version, ArticleNumber(3, 1), since),
    ]
    newer = facts("甲法", [*FIVE, ("第六条", "本法自2001年1月1日起施行。")], "2007-12-01")
    assert changed(newer, AMENDMENT) == []
    assert changed(FIVE_ARTICLES, AMENDMENT, newer) == []  # the older text ends the day the amendment commences


def test_where_numbers_move_every_later_article_is_in_doubt() -> None:
    decision = facts(
        "关于修改《甲法》的决定",
        [
            ("条目一", "将第一条修改为：“乙。”"),
            ("条目二", "增加一条，作为第四条：“丙。”\n本决定自2008年3月1日起施行。"),
        ],
        "2007-12-01",
        kind=DocumentKind.AMENDING_DECISION,
    )
    assert [a.number for _, a, _ in changed(FIVE_ARTICLES, decision)] == [1, 4, 5, 6]


NEWEST = facts("丁法", last("本法自公布之日起施行。"), "2026-08-28")


def test_a_row_that_contradicts_the_text_is_reported() -> None:
    law = facts("甲法", last("本法自2010年7月1日起施行。"), "2010-05-01", row_effective="2001-01-01")
    (finding,) = derive_validities([law, NEWEST]).findings
    assert (finding.kind, finding.severity, finding.repaired) == (FindingKind.DATE_CONFLICT, Severity.INFO, True)
    assert "来源数据行的施行日期为2001年1月1日，本文本的施行日期为2010年7月1日" in finding.message


def test_a_text_marked_in_force_that_starts_after_the_source_was_taken_is_reported() -> None:
    law = facts("甲法", last("本法自2027年1月1日起施行。"), "2026-08-28")
    (finding,) = derive_validities([law]).findings
    assert (finding.kind, finding.where) == (FindingKind.STATUS_CONFLICT, "《甲法》")
    assert "自2027年1月1日起才施行" in finding.message


def test_a_law_marked_amended_without_the_amendment_is_reported_as_outdated() -> None:
    law = facts("甲法", last("本法自2001年1月1日起施行。"), "2000-10-01", status=SourceStatus.AMENDED)
    (finding,) = derive_validities([law, NEWEST]).findings
    assert (finding.kind, finding.severity) == (FindingKind.TEXT_OUTDATED, Severity.WARNING)


def test_a_text_without_any_date_is_served_while_no_dated_text_is_held() -> None:
    undated = facts("甲法", [("第一条", "甲。")], None, version_id="undated")
    alone = only(undated)
    assert (alone.commencement.basis, alone.end.basis) == (DateBasis.UNKNOWN, DateBasis.UNKNOWN)
    assert serving_span(alone) == (dt.date.min, None)
    beside = only(undated, OLD)
    assert serving_span(beside) is None
    assert "以其为准" in beside.end.evidence
    assert serving_span(only(OLD, undated)) == (day("2001-01-01"), None)


def test_nothing_given_nothing_derived() -> None:
    derivation = derive_validities([])
    assert (dict(derivation.validities), list(derivation.amended_articles), list(derivation.findings)) == ({}, [], [])


days = st.dates(dt.date(2020, 1, 1), dt.date(2023, 1, 1))


@given(
    published=st.lists(days, min_size=1, max_size=5, unique=True),
    waits=st.lists(st.integers(0, 400), min_size=5, max_size=5),
)
def test_texts_of_one_law_never_overlap(published: list[dt.date], waits: list[int]) -> None:
    texts = [
        facts("甲法", last(f"本法自{d.year}年{d.month}月{d.day}日起施行。"), p.isoformat())
        for p, wait in zip(published, waits, strict=False)
        for d in (p + dt.timedelta(days=wait),)
    ]
    validities = derive_validities(texts).validities.values()
    spans = [span for v in validities if (span := serving_span(v))]
    for probe in {d for span in spans for d in (span[0], span[1]) if d}:
        assert sum(s[0] <= probe and (s[1] is None or probe < s[1]) for s in spans) <= 1
