"""Signs that a question asks for something no law says; words of the law are no such sign."""

from __future__ import annotations

import pytest

from assistant.scope import Outside, names_a_place, outside


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("后天气温多少度，要不要带外套", Outside.WEATHER),
        ("我们大队今年考核排第几", Outside.INSIDE_AFFAIRS),
        ("上个月那家烧烤店最后罚了没有", Outside.SINGLE_CASE),
        ("区里的投诉电话是多少", Outside.CONTACT),
        ("本月公布的严管路段有哪些", Outside.NOTICE),
        ("我省裁量基准里这档罚百分之几", Outside.STANDARD),
        ("新加坡乱扔垃圾怎么处罚", Outside.FOREIGN_LAW),
        ("给我讲个笑话吧", Outside.SMALL_TALK),
        ("excel里怎么加筛选", Outside.HOW_TO),
        ("一台酒精测试仪多少钱", Outside.PRICE),
        ("黄河有多长", Outside.GENERAL_KNOWLEDGE),
        ("这家店以后会不会再犯", Outside.FORECAST),
    ],
)
def test_a_question_outside_the_law_shows_its_sign(question: str, kind: Outside) -> None:
    assert kind in outside(question)


@pytest.mark.parametrize(
    "question",
    [
        "暴雨天工地不停工罚多少",
        "饭店没有许可证怎么处罚",
        "听证要提前几天通知当事人",
        "当事人手机关机联系不上，文书怎么送达",
        "卖高价票的黄牛怎么处理",
        "外国人打架怎么处罚",
        "去年的违法行为今年才发现还能罚吗",
        "罚款超过多少要听证",
    ],
)
def test_a_question_of_law_shows_none(question: str) -> None:
    assert outside(question) == frozenset()


@pytest.mark.parametrize(
    ("question", "named"),
    [
        ("杭州的犬只登记", True),
        ("我们县的禁烧区", True),
        ("占用市场通道", False),
        ("小区里乱停车", False),
        ("当事人就在本市注册，多久公示", False),
        ("本市的养犬规定", True),
    ],
)
def test_places_are_told_from_other_words(question: str, named: bool) -> None:
    assert names_a_place(question) is named
