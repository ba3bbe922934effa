"""Which regions' rules a place sees."""

from __future__ import annotations

import pytest

from corpus.errors import InvalidInput
from corpus.regions import lineage, regions_named
from corpus.regions.table import FICTIONAL, divisions


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("国家", ("国家",)),
        ("浙江", ("国家", "浙江省")),
        ("宁波", ("国家", "浙江省", "宁波市")),
        ("宁波市", ("国家", "浙江省", "宁波市")),
        ("浙江宁波", ("国家", "浙江省", "宁波市")),
        ("浙江省 宁波市", ("国家", "浙江省", "宁波市")),
        ("鄞州区", ("国家", "浙江省", "宁波市", "宁波市鄞州区")),
        ("宁波市鄞州区", ("国家", "浙江省", "宁波市", "宁波市鄞州区")),
        ("北京市", ("国家", "北京市")),
        ("北京市朝阳区", ("国家", "北京市", "北京市朝阳区")),
        ("济源市", ("国家", "河南省", "济源市")),
        ("吉林", ("国家", "吉林省")),
        ("吉林市", ("国家", "吉林省", "吉林市")),
        ("内蒙古", ("国家", "内蒙古自治区")),
        ("示范市", ("国家", "示范市")),
        ("恩施", ("国家", "湖北省", "恩施土家族苗族自治州")),
    ],
)
def test_a_place_sees_the_nation_its_province_its_city_and_itself(name: str, expected: tuple[str, ...]) -> None:
    assert lineage(name) == expected


@pytest.mark.parametrize(
    ("former", "today"), [("襄樊市", "襄阳市"), ("思茅市", "普洱市"), ("莱芜市", "莱芜市"), ("巢湖市", "合肥市巢湖市")]
)
def test_a_former_name_leads_to_what_the_place_is_today_or_to_itself(former: str, today: str) -> None:
    assert lineage(former)[-1] == today


def test_a_district_that_is_gone_is_still_found_under_its_city() -> None:
    assert lineage("南汇区") == ("国家", "上海市", "上海市南汇区")


def test_a_name_of_several_places_is_refused_with_the_places() -> None:
    with pytest.raises(InvalidInput) as caught:
        lineage("鼓楼区")
    assert all(city in str(caught.value) for city in ("南京市鼓楼区", "徐州市鼓楼区", "福州市鼓楼区", "开封市鼓楼区"))
    assert lineage("福州市鼓楼区")[-1] == "福州市鼓楼区"


@pytest.mark.parametrize("name", ["火星", "", "宁波市政府", "温州市鄞州区"])
def test_what_is_no_place_is_refused(name: str) -> None:
    with pytest.raises(InvalidInput):
        lineage(name)


def test_every_division_of_today_is_found_by_the_name_that_documents_carry() -> None:
    today = {r for found in divisions().by_name.values() for r in found if r.until is None and r.name != FICTIONAL}
    assert sum(r.level == "province" for r in today) == 34
    assert sum(r.level == "prefecture" for r in today) == 333
    assert len(today) > 3200
    lost = [r.title for r in today if r not in regions_named(r.title)]
    assert lost == []
