"""Clauses on time as texts print them: commencement, repeal, amendment; forms, traps and what is not one."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.validity import AmendmentTarget, read_amendment_targets, read_commencement, read_repeals
from corpus.validity.amendments import amended_titles, directive
from corpus.validity.commencement import clause_of_text
from corpus.validity.wording import parse_day, write_day
from corpus.vocabulary import ArticleNumber, DateBasis
from tests.corpus.validity_texts import day, facts

PUBLISHED = day("2020-03-10")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("本法自2026年8月15日起施行。", "2026-08-15", id="arabic date"),
        pytest.param(
            "本法自 2026年 8月15日\n起施行。 《甲法》同时废止。", "2026-08-15", id="stray blanks and a broken line"
        ),
        pytest.param("本法自一九九七年七月一日起实施。", "1997-07-01", id="Chinese date"),
        pytest.param("本条例从１９８６年７月１日起施行。", "1986-07-01", id="full-width digits"),
        pytest.param("本办法于2021年1月1日零时起正式施行。", "2021-01-01", id="于 and an hour"),
        pytest.param("本法（原称《旧法》）自1989年1月1日起施行。", "1989-01-01", id="a remark in brackets"),
        pytest.param("本法除第七条外，自2021年1月1日起施行。", "2021-01-01", id="with an exception"),
        pytest.param("本法自公布之日起施行。", "2020-03-10", id="publication"),
        pytest.param("本规定自发布之日起施行。", "2020-03-10", id="issue"),
        pytest.param("解释权归某部。自2020年5月1日起施行。", "2020-05-01", id="a sentence without 本法"),
        pytest.param("处罚款。”\n本修正案自2021年3月1日起施行。", "2021-03-01", id="after a closing quotation mark"),
        pytest.param(
            "本决定自2026年1月1日起施行。\n《甲法》根据本决定作相应修改。", "2026-01-01", id="last item of a decision"
        ),
    ],
)
def test_a_commencement_clause_names_its_day(text: str, expected: str) -> None:
    fact = read_commencement(text, PUBLISHED, "《甲法》第九条")
    assert fact is not None
    assert (fact.day, fact.basis, fact.evidence) == (day(expected), DateBasis.OWN_TEXT, "《甲法》第九条")


@pytest.mark.parametrize(
    ("text", "not_before"),
    [
        ("本办法自公布之日起三十日后施行。", "2020-04-09"),
        ("本办法自公布之日起30日后施行。", "2020-04-09"),
        ("本办法自发布之日起六个月后施行。", "2020-09-10"),
        ("本办法自公布之日起满一年后施行。", "2021-03-10"),
    ],
)
def test_a_period_after_publication_gives_a_bound_only(text: str, not_before: str) -> None:
    fact = read_commencement(text, PUBLISHED)
    assert fact is not None
    assert (fact.day, fact.basis) == (day(not_before), DateBasis.NOT_BEFORE)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("本法第七条自2026年1月1日起施行。", id="one article only"),
        pytest.param("自本法施行之日起，新增建设用地不得闲置。", id="counts from the commencement"),
        pytest.param("本法的施行日期由国务院另行规定。", id="left to others"),
        pytest.param("证书自2026年1月1日起生效，本法不溯及既往。", id="something else takes effect"),
        pytest.param("将最后一条修改为：\n“本法自2026年1月1日起施行。”", id="quoted text of another law"),
        pytest.param('将第九条修改为："本法自2026年1月1日起施行。"', id="quoted on the same line"),
        pytest.param("本法自2026年2月30日起施行。", id="no such day"),
    ],
)
def test_what_only_resembles_a_commencement_clause_is_none(text: str) -> None:
    assert read_commencement(text, PUBLISHED) is None


def test_publication_day_unknown_leaves_the_commencement_unread() -> None:
    assert read_commencement("本法自公布之日起施行。", None) is None


def test_an_annex_that_commences_by_itself_does_not_date_the_law() -> None:
    law = facts("某市基本法", [("第一条", "本法是法。\n附件一\n十二、本办法自2021年3月31日起施行。")], "1990-04-04")
    assert clause_of_text(law.document.title, law.published, law.provisions) is None


@given(st.dates(dt.date(1949, 10, 1), dt.date(2100, 1, 1)))
def test_a_written_day_is_read_back_also_inside_a_clause(some_day: dt.date) -> None:
    assert parse_day(write_day(some_day)) == some_day
    fact = read_commencement(f"本法自{write_day(some_day)}起施行。", PUBLISHED)
    assert fact is not None
    assert fact.day == some_day


CODE_CLAUSE = "本法自 2026年8月15日起施行。 《中华人民共和国甲法》、《中华人民共和国乙法》、 《丙法》同时废止。"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            CODE_CLAUSE,
            [("中华人民共和国甲法", False), ("中华人民共和国乙法", False), ("丙法", False)],
            id="several titles, stray blanks",
        ),
        pytest.param(
            "本法自2007年6月1日起施行，《甲法（试行）》同时废止。", [("甲法（试行）", False)], id="trial text"
        ),
        pytest.param("《甲法》和《乙法》予以废止。", [("甲法", False), ("乙法", False)], id="和"),
        pytest.param("《甲条例》及其实施细则同时废止。", [("甲条例", False)], id="with its rules of application"),
        pytest.param(
            "1950年6月29日中央人民政府颁布的《中华人民共和国甲法》同时废止。",
            [("中华人民共和国甲法", True)],
            id="dated",
        ),
        pytest.param(
            "1991年4月9日第七届全国人民代表大会第四次会议通过的《甲法》和1993年12月13日国务院发布的《乙条例》同时废止。",
            [("甲法", True), ("乙条例", True)],
            id="each with its own date",
        ),
        pytest.param(
            "《甲法》和1993年12月13日国务院发布的《乙条例》同时废止。", [("甲法", False), ("乙条例", True)], id="mixed"
        ),
        pytest.param(
            "1978年8月18日批准、1978年8月19日国务院颁布的《甲条例》同时废止。", [("甲条例", True)], id="two dates"
        ),
        pytest.param("会议决定废止《甲法》和《乙法》。", [("甲法", False), ("乙法", False)], id="verb first"),
        pytest.param(
            "决定对下列行政法规予以废止：\n（一）《甲条例》（1990年1月1日国务院发布）\n（二）《乙条例》\n本决定自公布之日起施行。",
            [("甲条例", True), ("乙条例", False)],
            id="list of quoted titles",
        ),
        pytest.param(
            "下列条例和决定，自本法施行之日起，予以废止：\n1.甲罪暂行条例\n2.关于乙的决定\n附件二\n下列决定予以保留：\n1.关于丙的决定",
            [("甲罪暂行条例", False), ("关于乙的决定", False)],
            id="list of bare titles, kept ones apart",
        ),
        pytest.param("《甲法》中有关罚款的规定同时废止。", [], id="part of a law"),
        pytest.param("《甲法》第三条同时废止。", [], id="one article"),
        pytest.param("《乙法》、《甲法》第三条同时废止。", [("乙法", False)], id="a whole law beside one article"),
        pytest.param("《甲法》中有关罚款的规定和《乙条例》同时废止。", [("乙条例", False)], id="a part beside a whole"),
        pytest.param("其他有关规定，凡与本法抵触的，同时失效。", [], id="no title"),
        pytest.param("可以依照《甲法》规定的程序，请求人民法院宣告该股票失效。", [], id="a share becomes void"),
        pytest.param("法律的制定、修改和废止，依照《甲法》办理。", [], id="the word only"),
        pytest.param(
            "有下列情形之一的，要约失效：\n（一）要约被拒绝；\n（二）要约被依法撤销。", [], id="a list of events"
        ),
        pytest.param("删去第九条。国务院应当提出关于废止《甲法》的议案。", [], id="a bill"),
    ],
)
def test_repeal_clauses_give_whole_titles_and_say_when_one_is_dated(
    text: str, expected: list[tuple[str, bool]]
) -> None:
    assert [(c.title, c.qualified) for c in read_repeals(text)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("《甲法》自2026年8月15日起废止。", "2026-08-15"),
        ("自2026年8月15日起，《甲法》同时废止。", "2026-08-15"),
        ("本法自2026年8月15日起施行，《甲法》同时废止。", None),
        ("自本法施行之日起，《甲法》废止。", None),
    ],
)
def test_a_repeal_has_its_own_day_only_where_the_clause_names_one(text: str, expected: str | None) -> None:
    (clause,) = read_repeals(text)
    assert clause.day == (day(expected) if expected else None)


def targets(title: str, *items: str) -> list[AmendmentTarget]:
    text = facts(title, [(f"条目{n}", item) for n, item in enumerate(items, 1)], "2025-01-01")
    return read_amendment_targets(title, text.provisions)


def brief(found: list[AmendmentTarget]) -> list[str]:
    def one(t: AmendmentTarget) -> str:
        number = f"{t.article.number}" + (f".{t.article.insertion}" if t.article.insertion else "")
        return number + ("+" if t.added else "") + (f">{t.renumbered_to.number}" if t.renumbered_to else "")

    return [one(t) for t in found]


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        pytest.param(
            '将刑法第一百六十五条修改为："违反本法第九条的，处罚。\n"依照第十条处罚。"',
            ["165"],
            id="new wording is quoted",
        ),
        pytest.param("在刑法第二百三十六条后增加一条，作为第二百三十六条之一：“甲。”", ["236.1+"], id="inserted after"),
        pytest.param(
            "在第一百二十条之一后增加二条，作为第一百二十条之二、第一百二十条之三：“甲。”",
            ["120.2+", "120.3+"],
            id="two inserted",
        ),
        pytest.param("将刑法第一百七十五条之一第一款修改为：“甲。”", ["175.1"], id="an inserted article changed"),
        pytest.param("第四十一条增加四款，作为第二款至第五款：“甲。”", ["41"], id="paragraphs added"),
        pytest.param(
            '在第八十一条、第八十二条、第一百二十四条中的"甲"后增加"乙"。', ["81", "82", "124"], id="words added"
        ),
        pytest.param("将第十八条改为第十九条，删去第二款。", ["18>19"], id="renumbered"),
        pytest.param(
            "将第六十八条、第六十九条第一项合并，作为第六十九条，修改为：“甲。”", ["68>69", "69>69"], id="merged"
        ),
        pytest.param(
            "增加三条，分别作为第四十四条、第四十五条、第四十六条：“甲。”", ["44+", "45+", "46+"], id="three new"
        ),
        pytest.param(
            "增加一章，作为第六章，包括第四十二条至第四十五条。", ["42+", "43+", "44+", "45+"], id="a new chapter"
        ),
        pytest.param("删去刑法第一百九十九条。", ["199"], id="struck out"),
        pytest.param('（二）将第十九条中的"第十五条"修改为"第十八条"。', ["19"], id="reference mended"),
        pytest.param("本决定自公布之日起施行。", [], id="no article"),
    ],
)
def test_an_amending_item_names_the_articles_it_changes(item: str, expected: list[str]) -> None:
    assert brief(targets("中华人民共和国刑法修正案（十三）", item)) == expected


def test_targets_name_the_law_and_the_item() -> None:
    (target,) = targets("中华人民共和国刑法修正案（十三）", "本法如下修改。", "将刑法第九条修改为：“甲。”")
    assert (target.title, target.article) == ("中华人民共和国刑法", ArticleNumber(9))
    assert target.provision_id.endswith("/条目2")


def test_a_decision_on_several_laws_names_each_in_its_items() -> None:
    found = targets(
        "全国人民代表大会常务委员会关于修改部分法律的决定",
        "对《中华人民共和国甲法》作出修改\n将第三条修改为：“适用《中华人民共和国丙法》第九条。”",
        "对《中华人民共和国乙法》作出修改\n（一）删去第五条。\n（二）将第七条中的“甲”修改为“乙”。",
    )
    assert [(t.title, t.article.number) for t in found] == [
        ("中华人民共和国甲法", 3),
        ("中华人民共和国乙法", 5),
        ("中华人民共和国乙法", 7),
    ]


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("中华人民共和国刑法修正案（十二）", ["中华人民共和国刑法"]),
        ("中华人民共和国宪法修正案（2018年）", ["中华人民共和国宪法"]),
        ("全国人民代表大会常务委员会关于修改《中华人民共和国食品安全法》的决定", ["中华人民共和国食品安全法"]),
        ("关于修改〈甲法〉和〈乙法〉的决定", ["甲法", "乙法"]),
        ("关于修改部分法律的决定", []),
        ("全国人民代表大会常务委员会关于《中华人民共和国刑法》第三十条的解释", []),
        ("中华人民共和国行政处罚法", []),
    ],
)
def test_the_title_of_an_amending_text_names_what_it_amends(title: str, expected: list[str]) -> None:
    assert amended_titles(title) == expected


def test_a_quotation_of_several_paragraphs_is_left_out_whole() -> None:
    words = directive('第九条增加二款："甲第一条。\n"乙第二条。\n"丙第三条。"\n原第二款作为第四款。')
    assert words.split() == ["第九条增加二款：", "原第二款作为第四款。"]
