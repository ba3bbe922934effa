"""Citations of cases and guidance are tied to the law both ways, and no further than dates and quotations prove."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import pytest

from corpus.store import CorpusStore, DocumentRecord, VersionText
from corpus.store.links import count_links, links_from, links_to
from corpus.vocabulary import (
    ArticleNumber,
    DateBasis,
    DatedFact,
    Document,
    DocumentKind,
    EffectLevel,
    Finding,
    FindingKind,
    Provision,
    Severity,
    SourceStatus,
    Validity,
    Version,
)
from ingest.links import renew_links

LAW = "示范市噪声防治条例（示例）"
OLD, NEW = dt.date(2019, 1, 1), dt.date(2025, 1, 1)
UNKNOWN = DatedFact.unknown()
FIRST = "禁止在商业经营活动中使用高音喇叭招揽顾客，影响周围居民正常生活。"
SECOND = "违反前条规定的，由城市管理部门责令改正，处五百元以上五千元以下罚款。"


def on(day: dt.date) -> DatedFact:
    return DatedFact(day, DateBasis.OWN_TEXT, "自…起施行")


def save_law(
    store: CorpusStore,
    version_id: str,
    start: dt.date,
    articles: dict[int, str],
    *,
    end: DatedFact = UNKNOWN,
    title: str = LAW,
    region: str = "示范市",
) -> str:
    document = Document(f"d-{title}-{region}", title, DocumentKind.STATUTE, EffectLevel.LOCAL_REGULATION, region)
    version = Version(version_id, document.id, Validity(start, on(start), end, SourceStatus.UNSTATED), "示例")
    provisions = [
        Provision(f"{version_id}/{n}", version_id, i, f"第{n}条", text, ArticleNumber(n))
        for i, (n, text) in enumerate(articles.items(), start=1)
    ]
    store.save(DocumentRecord(document, [VersionText(version, version_id, provisions, [])]))
    return document.id


def save_citing(
    store: CorpusStore,
    text: str,
    *,
    day: dt.date | None = NEW,
    kind: DocumentKind = DocumentKind.GUIDANCE,
    region: str = "示范市",
    version_id: str = "v-citing",
    retired: dt.date | None = None,
) -> str:
    document = Document(f"d-{version_id}", f"示范市指引{version_id}（示例）", kind, EffectLevel.NONE, region)
    version = Version(version_id, document.id, Validity(day, UNKNOWN, UNKNOWN), "示例", retired=retired)
    provision = Provision(f"{version_id}/一", version_id, 1, "一", text)
    store.save(DocumentRecord(document, [VersionText(version, f"{text}{day}", [provision], [])]))
    return provision.id


def cited(store: CorpusStore, provision_id: str) -> list[tuple[str, ArticleNumber | None]]:
    links = links_from(store, [provision_id]).get(provision_id, [])
    return [(link.to_document_id, link.article) for link in links]


def found(store: CorpusStore, kind: FindingKind) -> Sequence[Finding]:
    return [f for f in store.findings() if f.kind is kind]


def test_a_citation_is_linked_both_ways(empty_store: CorpusStore) -> None:
    law = save_law(empty_store, "v1", OLD, {1: FIRST, 2: SECOND})
    origin = save_citing(empty_store, f"依照《{LAW}》第二条处理。")
    assert renew_links(empty_store)
    assert cited(empty_store, origin) == [(law, ArticleNumber(2))]
    (link,) = links_to(empty_store, law, ArticleNumber(2))
    assert (link.from_provision_id, link.written) == (origin, f"《{LAW}》第二条")
    assert links_to(empty_store, law, ArticleNumber(1)) == []
    assert links_to(empty_store, law) == [link]


def test_links_are_derived_again_only_when_something_changed(empty_store: CorpusStore) -> None:
    save_law(empty_store, "v1", OLD, {1: FIRST})
    save_citing(empty_store, f"依照《{LAW}》第一条。")
    assert [renew_links(empty_store), renew_links(empty_store)] == [True, False]
    assert count_links(empty_store) == 1
    save_citing(empty_store, "不再引用。")
    assert renew_links(empty_store)
    assert count_links(empty_store) == 0


@pytest.mark.parametrize(
    ("text", "articles"),
    [
        (f"依照《{LAW}》第一条、第二条。", [1, 2]),
        (f"《{LAW}》第一条规定了禁令，该条例第二条规定了罚则。", [1, 2]),
        (f"《{LAW}》（以下简称《条例》）第一条和《条例》第二条。", [1, 2]),
        (f"为执行《{LAW}》，制定本指引。", [None]),
        (f"依照《{LAW}》。第二条是本指引自己的条文。", [None]),
        ("签订了《噪声治理合同》，其中第一条约定了期限。", []),
    ],
)
def test_what_a_text_cites(empty_store: CorpusStore, text: str, articles: list[int | None]) -> None:
    law = save_law(empty_store, "v1", OLD, {1: FIRST, 2: SECOND})
    origin = save_citing(empty_store, text)
    renew_links(empty_store)
    assert cited(empty_store, origin) == [(law, ArticleNumber(n) if n else None) for n in articles]


def test_an_article_that_no_text_has_is_reported_and_not_linked(empty_store: CorpusStore) -> None:
    law = save_law(empty_store, "v1", OLD, {1: FIRST})
    origin = save_citing(empty_store, f"依照《{LAW}》第九条处理。")
    renew_links(empty_store)
    assert cited(empty_store, origin) == [(law, None)]
    (finding,) = found(empty_store, FindingKind.UNKNOWN_PROVISION)
    assert finding.severity is Severity.WARNING
    assert "第九条" in finding.message


def test_a_law_that_is_not_held_is_reported_with_the_words(empty_store: CorpusStore) -> None:
    origin = save_citing(empty_store, "依照《中华人民共和国合同法》第五十二条认定无效。")
    renew_links(empty_store)
    assert cited(empty_store, origin) == []
    (finding,) = found(empty_store, FindingKind.UNKNOWN_PROVISION)
    assert "《中华人民共和国合同法》第五十二条" in finding.text


def test_the_number_of_an_older_text_is_not_taken_for_todays(empty_store: CorpusStore) -> None:
    law = save_law(empty_store, "v1", NEW, {1: SECOND, 2: FIRST})
    origin = save_citing(empty_store, f"依照《{LAW}》第二条处理。", day=dt.date(2018, 5, 1))
    renew_links(empty_store)
    assert cited(empty_store, origin) == [(law, None)]
    (finding,) = found(empty_store, FindingKind.UNKNOWN_PROVISION)
    assert "引用时适用的文本未收录" in finding.message


def test_an_article_that_moved_since_is_linked_to_the_law_only(empty_store: CorpusStore) -> None:
    law = save_law(empty_store, "v1", OLD, {1: FIRST, 2: SECOND})
    save_law(empty_store, "v2", NEW, {1: "本条例适用于本市行政区域内的噪声污染防治活动。", 2: FIRST, 3: SECOND})
    origin = save_citing(empty_store, f"依照《{LAW}》第二条处理。", day=dt.date(2020, 5, 1))
    renew_links(empty_store)
    assert cited(empty_store, origin) == [(law, None)]


def test_an_article_that_kept_its_number_and_words_stays_linked(empty_store: CorpusStore) -> None:
    law = save_law(empty_store, "v1", OLD, {1: FIRST, 2: SECOND})
    save_law(empty_store, "v2", NEW, {1: FIRST, 2: SECOND, 3: "新增。"})
    origin = save_citing(empty_store, f"依照《{LAW}》第二条处理。", day=dt.date(2020, 5, 1))
    renew_links(empty_store)
    assert cited(empty_store, origin) == [(law, ArticleNumber(2))]


@pytest.mark.parametrize(
    ("quoted", "article", "warned"),
    [(FIRST, ArticleNumber(1), False), ("经营者销售不合格商品的，应当向消费者退还货款并赔偿三倍价款。", None, True)],
    ids=["the article's own words", "other words"],
)
def test_a_quotation_proves_or_disproves_the_article(
    empty_store: CorpusStore, quoted: str, article: ArticleNumber | None, warned: bool
) -> None:
    law = save_law(empty_store, "v1", NEW, {1: FIRST})
    origin = save_citing(empty_store, f"《{LAW}》第一条规定：“{quoted}”", day=dt.date(2018, 5, 1))
    renew_links(empty_store)
    assert cited(empty_store, origin) == [(law, article)]
    assert bool(found(empty_store, FindingKind.UNKNOWN_PROVISION)) is warned


def test_a_rule_of_the_citing_place_is_meant_before_one_of_the_same_name_elsewhere(empty_store: CorpusStore) -> None:
    save_law(empty_store, "v1", OLD, {1: FIRST}, region="示例市")
    own = save_law(empty_store, "v2", OLD, {1: FIRST}, region="示范市")
    origin = save_citing(empty_store, f"依照《{LAW}》第一条。")
    renew_links(empty_store)
    assert cited(empty_store, origin) == [(own, ArticleNumber(1))]


def test_texts_that_are_withheld_cite_nothing(empty_store: CorpusStore) -> None:
    law = save_law(empty_store, "v1", OLD, {1: FIRST})
    save_citing(empty_store, f"依照《{LAW}》第一条。", retired=NEW)
    renew_links(empty_store)
    assert links_to(empty_store, law) == []


def test_guidance_older_than_the_text_of_the_law_is_warned_of(empty_store: CorpusStore) -> None:
    save_law(empty_store, "v1", OLD, {1: FIRST})
    save_law(empty_store, "v2", NEW, {1: FIRST})
    save_citing(empty_store, f"依照《{LAW}》第一条。", day=dt.date(2020, 5, 1), version_id="v-older")
    save_citing(empty_store, f"依照《{LAW}》第一条。", day=dt.date(2025, 5, 1), version_id="v-younger")
    renew_links(empty_store)
    (warning,) = found(empty_store, FindingKind.OLDER_THAN_LAW)
    assert (warning.version_id, warning.severity) == ("v-older", Severity.WARNING)
    assert "2025年1月1日" in warning.message


@pytest.mark.parametrize("day", [None, dt.date(2020, 5, 1)], ids=["undated", "dated before the repeal"])
def test_guidance_on_a_repealed_law_is_warned_of(empty_store: CorpusStore, day: dt.date | None) -> None:
    repealed = DatedFact(NEW, DateBasis.REPEALING_TEXT, "《示例法典》第九条")
    save_law(empty_store, "v1", OLD, {1: FIRST}, end=repealed)
    save_citing(empty_store, f"依照《{LAW}》第一条。", day=day)
    renew_links(empty_store)
    (warning,) = found(empty_store, FindingKind.OLDER_THAN_LAW)
    assert "《示例法典》第九条" in warning.message


def test_links_and_their_findings_go_with_the_text_they_were_read_from(empty_store: CorpusStore) -> None:
    law = save_law(empty_store, "v1", OLD, {1: FIRST})
    save_citing(empty_store, f"依照《{LAW}》第一条、第九条。")
    renew_links(empty_store)
    empty_store.delete_version("v-citing")
    assert links_to(empty_store, law) == []
    assert found(empty_store, FindingKind.UNKNOWN_PROVISION) == []
