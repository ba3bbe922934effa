"""What people write, and what only looks like it: pairs of text and expected citations."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.citations import Anchor, FoundCitation, NameTable, find_citations, format_citation
from corpus.vocabulary import ArticleNumber

NAMES = NameTable.from_documents([])  # the maintained table alone


def read(text: str, names: NameTable | None = None) -> list[str]:
    """Every citation in canonical form, with the law as written."""
    return [format_citation(citation) for found in find_citations(text, names) for citation in found.citations]


def only(text: str) -> FoundCitation:
    (found,) = find_citations(text)
    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # names and numbers as people write them
        ("处罚法33条第一款", ["《处罚法》第三十三条第一款"]),
        ("食安法一百二十四条", ["《食安法》第一百二十四条"]),
        ("《行政处罚法》第33条", ["《行政处罚法》第三十三条"]),
        ("治安法二十三条1款2项", ["《治安法》第二十三条第一款第二项"]),
        ("第一百三十三条之一", ["第一百三十三条之一"]),
        ("刑法133条之1", ["《刑法》第一百三十三条之一"]),
        ("《刑法》第133条之一第一款第（一）项", ["《刑法》第一百三十三条之一第一款第一项"]),
        ("中华人民共和国行政处罚法(2021修订)第33条", ["《中华人民共和国行政处罚法》第三十三条"]),
        ("行政处罚法第３３条", ["《行政处罚法》第三十三条"]),
        ("行政处罚法 第 33 条 第 1 款", ["《行政处罚法》第三十三条第一款"]),
        ("行政处罚法第三十三条第一款第（二）项", ["《行政处罚法》第三十三条第一款第二项"]),
        ("增值税法第十条第一款第二项第3目", ["《增值税法》第十条第一款第二项第三目"]),
        ("第十二条（一）", ["第十二条第一项"]),
        ("宪法第三十三条", ["《宪法》第三十三条"]),
        ("民法典1165条", ["《民法典》第一千一百六十五条"]),
        ("生态环境法典第一千零五十六条第二款", ["《生态环境法典》第一千零五十六条第二款"]),
        ("处罚法一千零五条", ["《处罚法》第一千零五条"]),
        # in sentences
        ("城规法六十八条里说谁可以责成强拆？", ["《城规法》第六十八条"]),
        ("道交法99条都列了哪些行为", ["《道交法》第九十九条"]),
        ("消防法60条第2款，个人罚多少", ["《消防法》第六十条第二款"]),
        ("广告法57条的罚款幅度", ["《广告法》第五十七条"]),
        ("当事人违反了城乡规划法第六十四条的规定", ["《城乡规划法》第六十四条"]),
        ("请问按照就业促进法第三条怎么办", ["《就业促进法》第三条"]),
        ("新行政处罚法33条", ["《行政处罚法》第三十三条"]),
        ("2026年5月18日行政处罚法第五条", ["《行政处罚法》第五条"]),
        ("1、第三十三条", ["第三十三条"]),
        ("处罚法33条，罚5条鱼", ["《处罚法》第三十三条"]),
        ("行政处罚法第五条之一切情形", ["《行政处罚法》第五条"]),
        ("第五条例外情形", ["第五条"]),
        # between title and article
        ("行政处罚法的第三十三条", ["《行政处罚法》第三十三条"]),
        ("《行政处罚法》中第33条", ["《行政处罚法》第三十三条"]),
        ("《行政处罚法》：第33条", ["《行政处罚法》第三十三条"]),
        ("《食品安全法》第九章第一百二十四条", ["《食品安全法》第一百二十四条"]),
        ("刑法总则第十三条", ["《刑法》第十三条"]),
        ("民法典侵权责任编第1165条", ["《民法典》第一千一百六十五条"]),
        ("《安全生产法》（主席令第88号）第一百零一条", ["《安全生产法》第一百零一条"]),
        # titles of every sort
        ("刑法修正案（十二）第三条", ["《刑法修正案（十二）》第三条"]),
        ("《关于修改〈食品安全法〉的决定》第一条", ["《关于修改〈食品安全法〉的决定》第一条"]),
        ("《关于《中华人民共和国刑法》第三十条的解释》", ["《关于〈中华人民共和国刑法〉第三十条的解释》"]),
        ("《〈复议法〉实施条例》第五条", ["《〈复议法〉实施条例》第五条"]),
        ("国务院关于预防煤矿事故的特别规定第三条", ["《国务院关于预防煤矿事故的特别规定》第三条"]),
        ("公司法第三条和预算法第五条", ["《公司法》第三条", "《预算法》第五条"]),
        ("劳动合同法第38条", ["《劳动合同法》第三十八条"]),
        ("香港基本法第23条", ["《香港基本法》第二十三条"]),
        ("国务院《城市管理综合执法条例》第二十二条", ["《城市管理综合执法条例》第二十二条"]),
        ("《刑法修正案（十二）》条目三", ["《刑法修正案（十二）》条目三"]),
        ("依照《处罚法》办理", ["《处罚法》"]),
        # lists and ranges
        ("第五条、第七条", ["第五条", "第七条"]),
        ("第五、七条", ["第五条", "第七条"]),
        ("处罚法33条和34条怎么衔接", ["《处罚法》第三十三条", "《处罚法》第三十四条"]),
        ("罚则是食安法124条还是125条？", ["《食安法》第一百二十四条", "《食安法》第一百二十五条"]),
        ("处罚法第33条，第34条", ["《处罚法》第三十三条", "《处罚法》第三十四条"]),
        ("第三十三条第一款第一项、第三项", ["第三十三条第一款第一项", "第三十三条第一款第三项"]),
        ("第三十三条第二款、第三款和第四款", ["第三十三条第二款", "第三十三条第三款", "第三十三条第四款"]),
        ("第三十三条第一、二款", ["第三十三条第一款", "第三十三条第二款"]),
        ("第三十三条第（一）、（三）项", ["第三十三条第一项", "第三十三条第三项"]),
        ("第三十三条第（一）至（三）项", ["第三十三条第一项", "第三十三条第二项", "第三十三条第三项"]),
        ("第三十三条第一款至第三款", ["第三十三条第一款", "第三十三条第二款", "第三十三条第三款"]),
        ("第五条、第七条第一款", ["第五条", "第七条第一款"]),
        ("第五条第一款、第七条", ["第五条第一款", "第七条"]),
        ("第三十二条至第三十四条", ["第三十二条", "第三十三条", "第三十四条"]),
        ("第32-34条", ["第三十二条", "第三十三条", "第三十四条"]),
        ("行政处罚法第32条至34条", [f"《行政处罚法》第三十{n}条" for n in "二三四"]),
        ("第一百二十条之一至第一百二十条之三", [f"第一百二十条之{n}" for n in "一二三"]),
        ("《行政处罚法》第五条、《行政强制法》第七条第一款", ["《行政处罚法》第五条", "《行政强制法》第七条第一款"]),
        ("第三十四条至第三十二条", ["第三十四条", "第三十二条"]),
        ("第五条和三条建议", ["第五条"]),
    ],
)
def test_what_people_write_is_read(text: str, expected: list[str]) -> None:
    assert read(text) == expected


COUNTED_THINGS = """
    三十条街 两条建议 5条微博 第三十条生产线 第一条街 第二条路 第三条线索 我有三条建议 30条鱼 提了意见三条
    解决办法5条 办法5条 规定5条 消防法三条红线 广告法十条禁令 处罚法两条 共3条 33条和34条
"""
OTHER_WORDS_WITH_TIAO = " 第一条件 三条约 第三条款 二十条码 第一条形码 第五条约"
NO_NUMBERS = " 第零条 第百百条 第一百五条 行政处罚法第条 第3.5条 哪一条 几条 第几条 条条大路通罗马 处罚法规定多少条"
NO_LAWS = """
    劳动合同第三条约定 《购房合同》第五条 按照协议第五条 决定书第三条 招标文件第2条 附件一第二条 《红楼梦》
    依法处罚 违法5条 方法3条 说法有两条 执法33条
"""
RELATIVE_LOOKALIKES = """
    以前条件不好 目前项目很多 提前条款 之前款项 门前款式 从前款待客人 本条例规定 本款式 第一款手机 第二项工作
"""


@pytest.mark.parametrize(
    "text",
    ["", "行政处罚法", *(COUNTED_THINGS + OTHER_WORDS_WITH_TIAO + NO_NUMBERS + NO_LAWS + RELATIVE_LOOKALIKES).split()],
)
def test_nothing_is_invented(text: str) -> None:
    assert find_citations(text) == []
    assert find_citations(text, NAMES) == []


@pytest.mark.parametrize(
    ("text", "anchor", "expected"),
    [
        ("违反本法第二十八条、第三十条规定", Anchor.THIS_LAW, ["第二十八条", "第三十条"]),
        ("依照本条例第五条", Anchor.THIS_LAW, ["第五条"]),
        ("该法第五条", Anchor.THIS_LAW, ["第五条"]),
        ("该条例第六条第二款", Anchor.THIS_LAW, ["第六条第二款"]),
        ("前款规定的", Anchor.PRECEDING, ["前款"]),
        ("前两款", Anchor.PRECEDING, ["前两款"]),
        ("前两项规定的行为", Anchor.PRECEDING, ["前两项"]),
        ("前款第一项、第三项", Anchor.PRECEDING, ["前款第一项", "前款第三项"]),
        ("前条第二款", Anchor.PRECEDING, ["前条第二款"]),
        ("本条第二款第（三）项", Anchor.THIS_ARTICLE, ["本条第二款第三项"]),
        ("本款第二项", Anchor.THIS_ARTICLE, ["本款第二项"]),
        ("第三十三条", Anchor.FULL, ["第三十三条"]),
    ],
)
def test_relative_references_keep_their_anchor_and_invent_no_law(
    text: str, anchor: Anchor, expected: list[str]
) -> None:
    found = only(text)
    assert found.anchor is anchor
    assert found.title is None
    assert [format_citation(citation) for citation in found.citations] == expected


@pytest.mark.parametrize(
    ("text", "edition"),
    [
        ("行政处罚法(2021修订)第33条", 2021),
        ("《行政处罚法》（2017年修正）第33条", 2017),
        ("《行政处罚法（2021修订）》第33条", 2021),
        ("2021年修订的行政处罚法第33条", 2021),
        ("行政处罚法第33条", None),
        ("2026年行政处罚法第33条", None),
    ],
)
def test_the_edition_that_the_writer_names_is_kept(text: str, edition: int | None) -> None:
    assert only(text).edition == edition


def test_an_abbreviation_defined_in_the_text_carries_its_full_title() -> None:
    text = "依据《示范市容管理办法》（以下简称《办法》），违反《办法》第五条，按《办法》处罚。"
    first, second, third = find_citations(text)
    assert (first.title, first.defined) == ("示范市容管理办法", None)
    assert (second.title, second.defined, second.written) == ("办法", "示范市容管理办法", "《办法》第五条")
    assert third.defined == "示范市容管理办法"


def test_a_range_keeps_its_ends() -> None:
    assert only("刑法第一百三十三条至第一百三十五条之一").ranges == ((ArticleNumber(133), ArticleNumber(135, 1)),)


def test_an_endless_range_is_not_expanded() -> None:
    assert read("第一条至第九千条") == ["第一条", "第九千条"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("警官消防法60条咋罚", ["《消防法》第六十条"]),
        ("司机道交法99条", ["《道交法》第九十九条"]),
        ("宁波市物业管理条例第五条", ["《宁波市物业管理条例》第五条"]),
        ("宁波市的物业管理条例第五条", ["《宁波市的物业管理条例》第五条"]),
        ("香港公司法第三条", ["《香港公司法》第三条"]),
        ("南京市绿化和古树名木保护条例第三条", ["《南京市绿化和古树名木保护条例》第三条"]),
        ("治安管理处罚法第二十条", ["《治安管理处罚法》第二十条"]),
        ("刑法修正案（十三）第三条", ["《刑法修正案（十三）》第三条"]),
        ("数据安全法第五条", ["《数据安全法》第五条"]),
        ("质量条例64条，偷工减料", ["《质量条例》第六十四条"]),
    ],
)
def test_known_names_say_where_a_bare_title_begins(text: str, expected: list[str]) -> None:
    assert read(text, NAMES) == expected


LAW_PIECES = "行政处罚法 《广告法》 本法 前款 违反 合同 "
PLACE_PIECES = "三十三 33 之一 （二） 两条建议 第三十条 第一款 第二项 1、"
PIECES = [" ", *"第条款项、和至《》〈〉，", *(LAW_PIECES + PLACE_PIECES).split()]


@given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join))
def test_spans_are_disjoint_in_order_and_say_what_was_written(text: str) -> None:
    found = find_citations(text, NAMES)
    assert all(text[f.start : f.end] == f.written for f in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert all(f.citations for f in found)


def test_long_text_is_read_in_one_pass() -> None:
    text = "当事人违反《行政处罚法》第三十三条第一款，应依照该法第五条处理。" * 300
    assert len(find_citations(text, NAMES)) == 600
