"""The region a title names."""

from __future__ import annotations

import pytest

from corpus.regions import region_of_title


@pytest.mark.parametrize(
    ("title", "region"),
    [
        ("宁波市市容和环境卫生管理条例", "宁波市"),
        ("浙江省大气污染防治条例", "浙江省"),
        ("深圳经济特区道路交通安全管理条例", "深圳市"),
        ("海南经济特区水条例", "海南省"),
        ("云南省石林彝族自治县条例", "昆明市石林彝族自治县"),
        ("广东省人民代表大会常务委员会关于禁止燃放的决定", "广东省"),
        ("中国（上海）自由贸易试验区条例", "上海市"),
        ("中国(浙江)自由贸易试验区条例", "浙江省"),
        ("河北雄安新区条例", "河北省"),
        ("上海市浦东新区市场准营若干规定", "上海市浦东新区"),
        ("襄樊市城市供水办法", "襄阳市"),
    ],
)
def test_the_place_in_front_of_a_title_is_its_region(title: str, region: str) -> None:
    assert region_of_title(title) == region


@pytest.mark.parametrize(
    "title",
    [
        "中华人民共和国长江保护法",
        "长江保护法",
        "海南自由贸易港法",
        "上海合作组织成员国关于反恐怖主义的条约",
        "中华人民共和国香港特别行政区基本法",
        "香港特别行政区基本法",
        "最高人民法院关于北京金融法院案件管辖的规定",
        "城市供水条例",
        "鼓楼区市容办法",
    ],
)
def test_a_national_or_undecided_title_names_none(title: str) -> None:
    assert region_of_title(title) is None


def test_what_is_known_of_the_province_decides_between_places_of_one_name() -> None:
    assert region_of_title("鼓楼区市容办法", within="福建省") == "福州市鼓楼区"
