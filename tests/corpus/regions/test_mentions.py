"""Places in officers' words, and words that only look like places."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.regions import find_regions


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("宁波沿街饭店把油烟直排到人行道上", ["宁波市"]),
        ("新乡有公司超标排放", ["新乡市"]),
        ("河南省内养狗不拴绳", ["河南省"]),
        ("浙江这边怎么规定", ["浙江省"]),
        ("郑州市区禁止放鞭炮吗", ["郑州市"]),
        ("宁波市场上卖的", ["宁波市"]),
        ("杭州市民投诉", ["杭州市"]),
        ("鄞州区一家店", ["宁波市鄞州区"]),
        ("浙江省宁波市鄞州区某店", ["宁波市鄞州区"]),
        ("义乌一家店卖假货", ["金华市义乌市"]),
        ("吉林长春一家饭店", ["长春市"]),
        ("福州的鼓楼区有人乱倒垃圾", ["福州市", "福州市鼓楼区"]),
        ("从宁波运到温州", ["宁波市", "温州市"]),
        ("日照市一家工厂", ["日照市"]),
        ("来宾这边有人无证经营", ["来宾市"]),
    ],
)
def test_a_place_in_running_text_is_found(text: str, expected: list[str]) -> None:
    assert [m.region for m in find_regions(text)] == expected


@pytest.mark.parametrize(
    "text",
    [
        "大理石加工厂粉尘",
        "著名山区的农家乐",
        "阿里巴巴上卖假货",
        "日照时间不足",
        "公安县级以上机关",
        "我们市北区域",
        "南阳路上有人摆摊",
        "北京东路",
        "长安街",
        "上海合作组织",
        "在西安门口",
        "来宾请出示证件",
        "大同小异",
        "国家长治久安",
        "三明治过期",
        "兰州拉面馆",
        "和平共处",
        "中山路夜市",
        "长江保护法",
        "不合格的东西区分开",
    ],
)
def test_a_word_that_only_looks_like_a_place_is_none(text: str) -> None:
    assert find_regions(text) == []


def test_a_name_of_several_places_is_reported_with_all_of_them() -> None:
    (mention,) = find_regions("鼓楼区有人乱倒垃圾")
    assert mention.region is None
    assert len(mention.regions) == 4


@given(st.text("宁波市鄞州区浙江省南阳路有的 ，鼓楼大理石a1", max_size=30))
def test_spans_quote_the_text_and_do_not_overlap(text: str) -> None:
    at = 0
    for mention in find_regions(text):
        assert at <= mention.start < mention.end
        assert text[mention.start : mention.end] == mention.text
        at = mention.end
