"""Texts from files: head notes, terms, places, texts without a date, and what is no law. All texts are made up."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pytest

from corpus.validity import VersionFacts, derive_validities, serving_span, state_of_document
from corpus.validity.annotation import History, read_history
from corpus.validity.expiry import read_expiry
from corpus.vocabulary import NATION, DateBasis, DocumentKind, Provision, SourceStatus, State, Validity, Version
from tests.corpus.validity_texts import TODAY, day, facts

ADOPTED_2002 = "2002年3月27日 示范省第九届人民代表大会常务委员会第二十七次会议通过"
AMENDED_2010 = "2010年7月30日 示范省人民代表大会常务委员会《关于修改部分地方性法规的决定》修正"


def text(
    title: str,
    words: str,
    published: str | None,
    *,
    region: str = "浙江省",
    note: str = "",
    kind: DocumentKind = DocumentKind.STATUTE,
    document: str | None = None,
    effective: str | None = None,
) -> VersionFacts:
    made = facts(
        title,
        [("第一条", "总则。"), ("第二条", words)],
        published,
        row_effective=effective,
        status=SourceStatus.UNSTATED,
        kind=kind,
        version_id=f"{region}{title}@{published}",
    )
    own = dataclasses.replace(made.document, id=document or f"{region}{title}", region=region)
    return dataclasses.replace(made, document=own, annotation=note, row_evidence="文件首部")


def derived(*texts: VersionFacts) -> Validity:
    """Validity of the first of the texts, derived together with the others."""
    return derive_validities(texts).validities[texts[0].version_id]


@pytest.mark.parametrize(
    ("note", "expected"),
    [
        pytest.param("", None, id="empty"),
        pytest.param("示范市人民政府令第3号", None, id="no day"),
        pytest.param(ADOPTED_2002, History(day("2002-03-27"), day("2002-03-27")), id="adopted only"),
        pytest.param(
            f"（{ADOPTED_2002}\n根据{AMENDED_2010}）",
            History(day("2002-03-27"), day("2010-07-30"), (day("2010-07-30"),)),
            id="adopted and amended",
        ),
        pytest.param(
            "2017年11月17日 某市人大常委会通过 2018年1月23日 某省人大常委会批准",
            History(day("2017-11-17"), day("2018-01-23")),
            id="approval is no amendment",
        ),
        pytest.param(
            "一九九九年十二月二日通过 2010 年 3 月 1 日修订",
            History(day("1999-12-02"), day("2010-03-01"), (day("2010-03-01"),)),
            id="Chinese figures and blanks",
        ),
        pytest.param("2010年2月30日通过", None, id="no such day"),
        pytest.param(
            "2018年3月30日通过 2021年9月24日通过",
            History(day("2018-03-30"), day("2021-09-24"), (day("2021-09-24"),)),
            id="adopted again years later",
        ),
    ],
)
def test_a_head_note_tells_adoption_and_amendments(note: str, expected: History | None) -> None:
    assert read_history(note) == expected


def test_the_day_printed_in_an_amended_text_is_the_first_commencement_not_its_own() -> None:
    amended = text("甲条例", "本条例自2002年6月1日起施行。", "2010-07-30", note=f"{ADOPTED_2002} {AMENDED_2010}")
    validity = derived(amended)
    assert validity.commencement.day is None
    assert "题注载明2002年3月27日首次通过" in validity.commencement.evidence
    assert (validity.first_commencement.day, validity.first_commencement.basis) == (
        day("2002-06-01"),
        DateBasis.OWN_TEXT,
    )
    assert serving_span(validity) == (day("2010-07-30"), None)


def test_a_first_text_keeps_its_own_clause_though_a_neighbour_names_it_earlier() -> None:
    note = "2014年4月1日 某市人民代表大会常务委员会通过 2014年4月11日公布"
    own = text("浙江省甲条例", "本条例自公布之日起施行。", "2014-04-11", note=note)
    older = text("乙条例", "依照《浙江省甲条例》处罚。", "2010-01-01")
    assert derived(own, older).commencement.day == day("2014-04-11")
    unnoted = dataclasses.replace(own, annotation="")
    assert derived(unnoted, older).commencement.day is None


def test_a_note_that_ends_years_before_the_text_is_not_this_texts() -> None:
    stale = text("甲办法", "本办法自2004年10月1日起施行。", "2022-11-25", note="2004年5月27日通过")
    older = text("甲办法", "本办法自2004年10月1日起施行。", "2019-07-26")
    assert derived(stale, older).commencement.day is None
    end = derived(older, stale).end
    assert (end.day, end.basis) == (day("2022-11-25"), DateBasis.NOT_BEFORE)
    assert serving_span(derived(older, stale)) == (day("2019-07-26"), day("2022-11-25"))


def test_a_text_revised_since_first_commenced_before_the_day_it_names() -> None:
    note = "1998年5月1日通过 2010年6月1日修订 2018年9月1日修正"
    validity = derived(text("甲条例", "本条例自2010年7月1日起施行。", "2018-09-01", note=note))
    first = validity.first_commencement
    assert (first.day, first.basis) == (day("1998-05-01"), DateBasis.NOT_BEFORE)


REPEAL = "本条例自2021年5月1日起施行。《{}》同时废止。"


@pytest.mark.parametrize(
    ("old", "new", "ends"),
    [
        pytest.param(("消防条例", "杭州市"), ("消防管理条例", "杭州市"), True, id="same city"),
        pytest.param(("消防条例", "杭州市"), ("消防管理条例", "宁波市"), False, id="another city"),
        pytest.param(("消防条例", "杭州市"), ("消防管理条例", "浙江省"), True, id="its province"),
        pytest.param(("消防条例", "杭州市"), ("消防管理条例", "广东省"), False, id="another province"),
        pytest.param(("消防条例", "浙江省"), ("消防管理条例", "杭州市"), False, id="a city does not reach up"),
        pytest.param(("消防条例", "浙江省"), ("消防管理条例", NATION), False, id="the nation means the nation's"),
        pytest.param(("消防条例", NATION), ("消防管理条例", "浙江省"), False, id="a province does not reach up to it"),
        pytest.param(("消防条例", NATION), ("消防管理条例", NATION), True, id="the nation's own"),
        pytest.param(("消防条例", "示例市"), ("消防管理条例", "示例市"), True, id="a place no table knows"),
        pytest.param(("消防条例", "示例市"), ("消防管理条例", "示范市"), False, id="another such place"),
    ],
)
def test_a_repeal_stays_within_its_place(old: tuple[str, str], new: tuple[str, str], ends: bool) -> None:
    older = text(old[0], "本条例自2001年1月1日起施行。", "2000-10-01", region=old[1])
    newer = text(new[0], REPEAL.format(old[0]), "2021-04-01", region=new[1])
    assert derived(older, newer).end.day == (day("2021-05-01") if ends else None)


def test_the_nearest_bearer_of_a_title_is_meant() -> None:
    city = text("养犬条例", "本条例自2001年1月1日起施行。", "2000-10-01", region="杭州市")
    province = text("养犬条例", "本条例自2001年1月1日起施行。", "2000-10-01", region="浙江省")
    repealing = text("养犬管理条例", REPEAL.format("养犬条例"), "2021-04-01", region="浙江省")
    assert derived(province, city, repealing).end.day == day("2021-05-01")
    assert derived(city, province, repealing).end.day is None


def test_an_amendment_of_one_city_leaves_anothers_regulation_alone() -> None:
    decision = text(
        "关于修改《养犬条例》的决定",
        "将第一条修改为：“新。”本决定自公布之日起施行。",
        "2021-04-01",
        region="宁波市",
        kind=DocumentKind.AMENDING_DECISION,
    )
    texts = [text("养犬条例", "本条例自2001年1月1日起施行。", "2000-10-01", region=r) for r in ("杭州市", "宁波市")]
    amended = derive_validities([decision, *texts]).amended_articles
    assert {a.version_id for a in amended} == {texts[1].version_id}


def test_a_list_of_repealed_regulations_ends_each() -> None:
    decision = text(
        "浙江省人民代表大会常务委员会关于废止部分地方性法规的决定",
        "决定废止下列地方性法规：（一）《甲条例》；（二）《乙条例》。本决定自2020年9月24日起施行。",
        "2020-09-24",
        kind=DocumentKind.DECISION,
    )
    held = [text(t, "本条例自2001年1月1日起施行。", "2000-10-01") for t in ("甲条例", "乙条例", "丙条例")]
    ends = [derived(t, decision).end.day for t in held]
    assert ends == [day("2020-09-24"), day("2020-09-24"), None]


def test_a_folder_fills_the_time_before_the_package_and_serves_nothing_after() -> None:
    package = text("甲法", "本法自2021年7月15日起施行。", "2021-01-22", region=NATION, document="npc")
    older = text("甲法", "本法自1996年10月1日起施行。", "2009-08-27", region=NATION, document="npc")
    oldest = text("甲法", "本法自1996年10月1日起施行。", "1996-03-17", region=NATION, document="npc")
    validities = derive_validities([package, older, oldest]).validities
    spans = [serving_span(validities[t.version_id]) for t in (oldest, older, package)]
    assert spans == [
        (day("1996-10-01"), day("2009-08-27")),
        (day("2009-08-27"), day("2021-07-15")),
        (day("2021-07-15"), None),
    ]


def test_a_repealed_law_stays_repealed_though_a_folder_holds_an_older_text() -> None:
    code = text("生态法典", REPEAL.format("中华人民共和国甲法").replace("条例", "法典"), "2021-04-01", region=NATION)
    package = text("中华人民共和国甲法", "本法自2001年1月1日起施行。", "2014-04-24", region=NATION, document="npc")
    folder = text("甲法", "本法自2001年1月1日起施行。", "2000-12-01", region=NATION, document="npc")
    undated = text("甲法", "总则。", None, region=NATION, document="other")
    validities = derive_validities([package, folder, undated, code]).validities
    for held in (package, folder, undated):
        span = serving_span(validities[held.version_id])
        assert span is not None
        assert span[1] is not None
        assert span[1] <= day("2021-05-01")


TERMS = [
    pytest.param("甲通知", "本通知自2021年1月1日起施行，有效期五年。", "2026-01-01", id="years"),
    pytest.param("甲办法", "本办法自2021年1月31日起施行，有效期为1个月。", "2021-02-28", id="months, a shorter one"),
    pytest.param("甲规定", "本规定自2021年1月1日起实施，有效期至2025年12月31日。", "2026-01-01", id="last day"),
    pytest.param("甲基准", "本基准自2021年1月1日起施行。有效期5年。", "2026-01-01", id="its own sentence"),
    pytest.param("甲意见", "本意见有效期至2022年6月30日。", "2022-07-01", id="only the term"),
    pytest.param("甲办法", "本办法自2021年1月1日起施行，有效期截至2022年6月30日。", "2022-07-01", id="截至"),
    pytest.param("甲办法", "许可证有效期五年。本办法自2021年1月1日起施行。", None, id="a licence"),
    pytest.param("甲办法", "本办法所称许可证，有效期五年。", None, id="a licence of this text"),
    pytest.param("甲办法", "依照本办法发放的证书有效期至2025年12月31日。", None, id="a certificate"),
    pytest.param("甲办法", "本办法施行前取得的批准文件，有效期届满前继续有效。", None, id="until expiry"),
    pytest.param("甲办法", "本办法自2021年1月1日起施行，有效期至2025年2月30日。", None, id="no such day"),
    pytest.param("甲办法", "本办法公布后，乙办法有效期五年。", None, id="another text's term"),
]


@pytest.mark.parametrize(("title", "words", "end"), TERMS)
def test_a_term_that_a_text_states_of_itself_ends_it(title: str, words: str, end: str | None) -> None:
    found = derived(text(title, words, "2020-12-01", kind=DocumentKind.GUIDANCE)).end
    assert (found.day, found.basis) == ((day(end), DateBasis.OWN_TEXT) if end else (None, DateBasis.UNKNOWN))
    assert (found.evidence == f"《{title}》第二条") is (end is not None)


def test_a_period_without_a_certain_beginning_ends_on_no_day() -> None:
    words = [Provision("p", "v", 1, "第二条", "本办法自公布之日起施行，有效期五年。")]
    expiry = read_expiry("甲办法", words)
    assert expiry is not None
    assert derived(text("甲办法", words[0].text, None)).end.day is None


@pytest.mark.parametrize(
    ("kind", "words", "published", "span"),
    [
        pytest.param(DocumentKind.CASE, "本条例自2021年1月1日起施行。", "2020-01-01", (dt.date.min, None), id="case"),
        pytest.param(DocumentKind.TEMPLATE, "有效期", None, (dt.date.min, None), id="template"),
        pytest.param(DocumentKind.ITEM_LIST, "事项。", "2024-01-01", (dt.date.min, None), id="list"),
        pytest.param(
            DocumentKind.BENCHMARK,
            "本基准自2022年1月1日起施行。",
            "2021-12-01",
            (dt.date(2022, 1, 1), None),
            id="a benchmark that states its day",
        ),
    ],
)
def test_what_is_no_law_is_served_on_every_day_that_it_does_not_exclude(
    kind: DocumentKind, words: str, published: str | None, span: tuple[dt.date, dt.date | None]
) -> None:
    title = "甲基准" if kind is DocumentKind.BENCHMARK else "甲"
    made = text(title, words, published, kind=kind)
    validity = derived(made)
    assert serving_span(validity) == span
    held = [Version(made.version_id, made.document.id, validity, "test")]
    assert state_of_document(held, TODAY, TODAY).state is State.IN_FORCE


def test_a_new_list_takes_the_place_of_the_old_one_on_its_publication() -> None:
    old, new = (text("甲清单", "事项。", p, kind=DocumentKind.ITEM_LIST) for p in ("2023-01-01", "2024-05-01"))
    validities = derive_validities([old, new]).validities
    assert serving_span(validities[old.version_id]) == (dt.date.min, day("2024-05-01"))
    assert serving_span(validities[new.version_id]) == (day("2024-05-01"), None)


def test_a_day_printed_in_the_head_is_named_as_such() -> None:
    later = derived(text("甲办法", "总则。", "2021-10-01", effective="2021-11-01"))
    assert (later.commencement.day, later.commencement.evidence) == (day("2021-11-01"), "文件首部")


def test_a_stream_of_texts_gives_what_a_list_gives() -> None:
    texts = [
        text("甲条例", "本条例自2001年1月1日起施行。", "2000-10-01"),
        text("乙条例", REPEAL.format("甲条例"), "2021-04-01"),
    ]
    assert derive_validities(iter(texts), [t.document.title for t in texts]) == derive_validities(texts)
