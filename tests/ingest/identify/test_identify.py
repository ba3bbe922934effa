"""What a document is, by its own head; the path is a hint that never wins over the text."""

from __future__ import annotations

import datetime as dt

import pytest

from corpus.vocabulary import DocumentKind, EffectLevel, FindingKind, Severity
from ingest.identify import identify
from tests.ingest.document_builder import document

ARTICLES = "第一条 为了规范管理，制定本文件。\n第二条 本行政区域内适用。\n第三条 自公布之日起施行。"
D = dt.date


@pytest.mark.parametrize(
    ("title", "head", "path", "level", "region", "issuer"),
    [
        (
            "宁波市供水条例",
            "2020年4月29日 宁波市第十五届人民代表大会常务委员会第二十八次会议通过\n"
            "2020年7月31日 浙江省第十三届人民代表大会常务委员会批准",
            "杂项/a.md",
            EffectLevel.LOCAL_REGULATION,
            "宁波市",
            "宁波市人民代表大会常务委员会",
        ),
        (
            "宁波市停车办法",
            "2020年4月29日 宁波市人民政府第88次常务会议审议通过",
            "行政法规/a.md",
            EffectLevel.LOCAL_RULE,
            "宁波市",
            "宁波市人民政府",
        ),
        ("上海市旅游条例", "", "a.md", EffectLevel.LOCAL_REGULATION, "上海市", None),
        (
            "上海市浦东新区市场准营若干规定",
            "2021年9月28日 上海市第十五届人民代表大会常务委员会第三十五次会议通过",
            "a.md",
            EffectLevel.LOCAL_REGULATION,
            "上海市浦东新区",
            "上海市人民代表大会常务委员会",
        ),
        (
            "西湖风景区条例",
            "2020年4月29日 杭州市第十三届人民代表大会常务委员会第二十八次会议通过",
            "a.md",
            EffectLevel.LOCAL_REGULATION,
            "杭州市",
            "杭州市人民代表大会常务委员会",
        ),
        (
            "山东省实施《全国人民代表大会和地方各级人民代表大会代表法》办法",
            "1993年9月28日 山东省第八届人民代表大会常务委员会第三次会议通过",
            "a.md",
            EffectLevel.LOCAL_REGULATION,
            "山东省",
            "山东省人民代表大会常务委员会",
        ),
        (
            "中华人民共和国示例法",
            "2020年4月29日 第十三届全国人民代表大会常务委员会第十七次会议通过",
            "DLC/浙江/a.md",
            EffectLevel.LAW,
            "国家",
            "全国人民代表大会常务委员会",
        ),
        (
            "示例管理条例",
            "2009年9月14日 中华人民共和国国务院令第562号公布",
            "部门规章/a.md",
            EffectLevel.ADMINISTRATIVE_REGULATION,
            "国家",
            "国务院",
        ),
        (
            "军服示例条例",
            "2009年1月13日 中华人民共和国国务院、中华人民共和国中央军事委员会令第547号公布",
            "a.md",
            EffectLevel.ADMINISTRATIVE_REGULATION,
            "国家",
            "国务院",
        ),
        (
            "示例监督管理办法",
            "2021年4月29日 国家市场监督管理总局令第40号公布",
            "浙江/a.md",
            EffectLevel.DEPARTMENTAL_RULE,
            "国家",
            "国家市场监督管理总局",
        ),
        (
            "最高人民法院关于示例案件适用法律的解释",
            "2021年4月29日 最高人民法院审判委员会第1800次会议通过",
            "北京/a.md",
            EffectLevel.JUDICIAL_INTERPRETATION,
            "国家",
            "最高人民法院",
        ),
        ("城市示例办法", "", "资料/部门规章/a.md", EffectLevel.DEPARTMENTAL_RULE, "国家", None),
        ("文明行为促进办法", "", "浙江/宁波市/地方性法规/a.md", EffectLevel.LOCAL_REGULATION, "宁波市", None),
    ],
)
def test_rank_place_and_organ_come_from_the_text_and_from_the_path_only_where_it_is_silent(
    title: str, head: str, path: str, level: EffectLevel, region: str, issuer: str | None
) -> None:
    profile = identify(document(f"# {title}\n{head}\n---\n{ARTICLES}"), path)
    assert (profile.title, profile.level, profile.region, profile.issuer) == (title, level, region, issuer)
    assert profile.kind is DocumentKind.STATUTE


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("中华人民共和国示例法修正案（二）", DocumentKind.AMENDMENT),
        ("全国人民代表大会常务委员会关于修改《中华人民共和国示例法》的决定", DocumentKind.AMENDING_DECISION),
        ("全国人民代表大会常务委员会关于废止示例制度的决定", DocumentKind.AMENDING_DECISION),
        ("全国人民代表大会常务委员会关于设立示例节的决定", DocumentKind.DECISION),
        ("全国人民代表大会常务委员会关于《中华人民共和国示例法》第十五条的解释", DocumentKind.INTERPRETATION),
        ("中华人民共和国示例法", DocumentKind.STATUTE),
    ],
)
def test_the_title_tells_amendments_and_decisions_from_statutes(title: str, kind: DocumentKind) -> None:
    head = "2020年4月29日 第十三届全国人民代表大会常务委员会第十七次会议通过"
    assert identify(document(f"# {title}\n{head}\n---\n一、甲。\n二、乙。"), "a.md").kind is kind


@pytest.mark.parametrize(
    ("head", "name", "published", "fault"),
    [
        ("2020年4月29日 省人大常委会通过", "某(2020-05-06).md", D(2020, 5, 6), None),
        ("2020年4月29日 省人大常委会通过", "某.md", D(2020, 4, 29), None),
        ("", "某(2020-05-06).md", D(2020, 5, 6), None),
        ("2021年3月26日 省人大常委会修正", "某(2017-11-30).md", D(2021, 3, 26), Severity.WARNING),
        ("2004年6月17日 国务院公布", "某(2011-01-08).md", D(2011, 1, 8), Severity.INFO),
    ],
)
def test_the_day_of_a_text_is_that_of_its_last_adoption_held_against_the_files_name(
    head: str, name: str, published: dt.date, fault: Severity | None
) -> None:
    profile = identify(document(f"# 浙江省示例条例\n{head}\n---\n{ARTICLES}"), name)
    assert profile.published == published
    found = [f.severity for f in profile.faults if f.kind is FindingKind.DATE_CONFLICT]
    assert found == ([fault] if fault else [])


def test_a_text_without_any_day_is_told_to_be_undated_and_gets_none() -> None:
    profile = identify(document(f"# 上海市示例条例\n---\n{ARTICLES}"), "上海市示例条例.md")
    assert (profile.published, profile.effective) == (None, None)
    assert [f.kind for f in profile.faults] == [FindingKind.UNDATED]


def test_an_order_names_the_text_it_issues_and_gives_its_number_and_days() -> None:
    text = f"""宁波市人民政府令
第88号
《宁波市临时停车示例办法》已经2024年5月6日市人民政府第12次常务会议审议通过，现予公布，自2024年7月1日起施行。
市长　张三
2024年5月20日
宁波市临时停车示例办法
{ARTICLES}"""
    profile = identify(document(text), "扫描/0001.txt")
    assert profile.title == "宁波市临时停车示例办法"
    assert (profile.level, profile.number) == (EffectLevel.LOCAL_RULE, "宁波市人民政府令第88号")
    assert (profile.published, profile.effective) == (D(2024, 5, 20), D(2024, 7, 1))
    assert profile.body_start == 6


def test_a_notice_gives_its_number_organ_and_the_day_it_is_signed() -> None:
    text = """宁波市生态环境局文件
甬环发〔2024〕7号
宁波市生态环境局关于加强
示例监管工作的通知
各区分局：
一、加强巡查。
二、及时报告。
宁波市生态环境局
2024年3月4日"""
    profile = identify(document(text), "下载/1.docx")
    assert profile.title == "宁波市生态环境局关于加强示例监管工作的通知"
    assert (profile.kind, profile.level, profile.region) == (DocumentKind.GUIDANCE, EffectLevel.NONE, "宁波市")
    assert (profile.number, profile.issuer, profile.published) == (
        "甬环发〔2024〕7号",
        "宁波市生态环境局",
        D(2024, 3, 4),
    )


def test_a_note_in_brackets_over_several_lines_below_the_declared_head_still_belongs_to_it() -> None:
    text = f"""# 山东省示例条例
---
（
2010年7月30日山东省第十一届人民代表大会常务委员会第十八次会议通过 根据2020年11月27日山东省第十三届人民代表大会常务委员会
第二十四次会议《关于修改〈山东省示例条例〉的决定》修正）
## 第一章 总则
{ARTICLES}"""
    profile = identify(document(text), "a.md")
    assert profile.body_start == 4
    assert profile.published == D(2020, 11, 27)


@pytest.mark.parametrize(
    ("printed", "title"),
    [
        ("# 宁波市 供水 条例", "宁波市供水条例"),
        ("# 宁波市供水条例(2018修正)", "宁波市供水条例"),
        ("# 宁波市供水条例（试行）", "宁波市供水条例（试行）"),
        ("# 宁波市关于供水\n# 管理的示例规定", "宁波市关于供水管理的示例规定"),
        ("", "宁波市供水条例"),
    ],
)
def test_titles_are_joined_and_cleaned_and_the_files_name_is_the_last_resort(printed: str, title: str) -> None:
    profile = identify(document(f"{printed}\n{ARTICLES}"), "下载/宁波市供水条例(2020-01-02).md")
    assert profile.title == title


@pytest.mark.parametrize(
    ("title", "region"),
    [
        ("中山市某公司诉中山市某局解除行政协议案", "国家"),
        ("宁波市城市管理局查处某饭店油烟超标排放案", "宁波市"),
    ],
)
def test_a_court_case_belongs_to_no_party_s_place(title: str, region: str) -> None:
    text = f"# {title}\n---\n## 基本案情\n当事人被处以罚款。\n## 典型意义\n提醒经营者守法。"
    profile = identify(document(text), "案例/a.md")
    assert profile.kind is DocumentKind.CASE
    assert profile.region == region


def test_a_numbered_entry_of_a_list_is_never_its_title() -> None:
    text = "## 一、建设项目类\n### 1、未依法备案登记表\n#### 不予处罚的情节\n属于首次违法。"
    profile = identify(document(text, "示范市轻微违法行为不予处罚清单.md"), "示范市轻微违法行为不予处罚清单.md")
    assert (profile.title, profile.region) == ("示范市轻微违法行为不予处罚清单", "示范市")
