"""What penalty articles punish, read from the real text of national laws."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from assistant.encyclopedia.acts import every_span, read_acts
from assistant.encyclopedia.clauses import is_case, kinds_of
from assistant.encyclopedia.contract import SanctionKind
from corpus.store import CorpusStore
from corpus.vocabulary import Provision

FOOD, FIRE, ORDER, CODE = "食品安全法", "消防法", "治安管理处罚法", "生态环境法典"

# law, article, number of acts, how the first and the last act begin
ARTICLES = (
    (FOOD, "第一百二十二条", 2, "未取得食品生产经营许可", "明知从事前款规定"),
    (FOOD, "第一百二十三条", 8, "用非食品原料生产食品", "违法使用剧毒、高毒农药"),
    (FOOD, "第一百二十八条", 2, "事故单位在发生食品安全事故后", "隐匿、伪造、毁灭"),
    (FOOD, "第一百三十条", 1, "集中交易市场的开办者", "集中交易市场的开办者"),
    (FOOD, "第一百三十二条", 4, "未按要求进行食品贮存", "伪造、变造或者使用"),
    (FOOD, "第一百三十五条", 1, "因食品安全犯罪被判处", "因食品安全犯罪被判处"),
    (FOOD, "第一百三十六条", 0, "", ""),  # 可以免予处罚
    (FOOD, "第一百四十条", 3, "在广告中对食品作虚假宣传", "仍然销售该食品"),
    (FOOD, "第一百四十四条", 0, "", ""),  # officials are disciplined by their own
    (FOOD, "第一条", 0, "", ""),
    (FIRE, "第五十八条", 5, "依法应当进行消防设计审查", "建设单位未依照本法规定在验收后报"),
    (FIRE, "第五十九条", 4, "建设单位要求建筑设计单位", "工程监理单位与建设单位"),
    (FIRE, "第六十条", 7, "消防设施、器材", "对火灾隐患经消防救援机构通知"),
    (FIRE, "第六十一条", 2, "生产、储存、经营易燃易爆危险品", "生产、储存、经营其他物品"),
    (FIRE, "第六十五条", 2, "生产、销售不合格的消防产品", "人员密集场所使用不合格"),
    (FIRE, "第六十六条", 1, "电器产品、燃气用具", "电器产品、燃气用具"),
    (FIRE, "第六十八条", 1, "人员密集场所发生火灾", "人员密集场所发生火灾"),
    (ORDER, "第三十三条", 5, "侵入计算机信息系统", "提供专门用于侵入"),
    (ORDER, "第三十八条", 2, "非法携带枪支", "非法携带枪支"),
    (ORDER, "第四十条", 3, "盗窃、损坏、擅自移动", "盗窃、损坏、擅自移动"),
    (ORDER, "第四十二条", 1, "擅自进入铁路", "擅自进入铁路"),
    (ORDER, "第四十五条", 1, "旅馆、饭店、影剧院", "旅馆、饭店、影剧院"),
    (ORDER, "第四十八条", 1, "组织、胁迫未成年人", "组织、胁迫未成年人"),
    (ORDER, "第六十九条", 1, "娱乐场所和公章刻制", "娱乐场所和公章刻制"),
    (ORDER, "第七十八条", 2, "卖淫、嫖娼", "在公共场所拉客招嫖"),
    (ORDER, "第八十九条", 6, "饲养动物，干扰", "驱使动物伤害他人"),
    (ORDER, "第十条", 0, "", ""),  # kinds of penalties
    (ORDER, "第十六条", 0, "", ""),  # how penalties are joined
    (CODE, "第一千零九十条", 1, "生态环境监测机构", "生态环境监测机构"),
    (CODE, "第一千一百零二条", 1, "未依法取得排污许可证", "未依法取得排污许可证"),
    (CODE, "第一千一百零五条", 1, "以欺骗、贿赂等", "以欺骗、贿赂等"),
    (CODE, "第一千一百一十二条", 3, "将中华人民共和国境外", "将中华人民共和国境外"),
    (CODE, "第一千一百二十八条", 3, "施工工地未设置硬质围挡", "建设单位未对暂时不能开工"),
    (CODE, "第一千一百三十一条", 4, "在人口集中地区", "在禁止燃放的时段"),
    (CODE, "第一千一百四十七条", 8, "向海域排放油类", "在岸滩弃置"),
    (CODE, "第一千一百七十四条", 5, "擅自关闭、闲置", "未在指定的地点分类投放"),
    (CODE, "第一千一百七十七条", 1, "危险废物产生者", "危险废物产生者"),
    (CODE, "第一千二百二十五条", 3, "未遵守国家有关禁止", "未按照国家规定报告"),
    (CODE, "第一千二百二十九条", 1, "以拖延、围堵、滞留", "以拖延、围堵、滞留"),
    (CODE, "第一千二百三十五条", 3, "未制定环境污染", "未配备应急设备"),
    (FOOD, "第一百二十六条", 16, "", ""),
)


@pytest.mark.parametrize(("law", "label", "number", "first", "last"), ARTICLES)
def test_the_acts_of_an_article_are_read_in_the_words_of_the_law(
    article: Callable[[str, str], Provision], law: str, label: str, number: int, first: str, last: str
) -> None:
    text = article(law, label).text
    acts = [text[slice(*a.act)] for a in read_acts(text)]
    assert len(acts) == number
    if number:
        assert acts[0].startswith(first)
        assert acts[-1].startswith(last)


def test_every_part_of_every_act_is_a_span_of_its_article(national_store: CorpusStore) -> None:
    seen = 0
    for provision in national_store.all_provisions():
        for act in read_acts(provision.text):
            seen += 1
            for start, end in every_span(act):
                words = provision.text[start:end]
                assert words == words.strip("，。；： \n"), provision.id
                assert 0 <= start < end <= len(provision.text), provision.id
            assert act.condition[0] <= act.act[0] < act.act[1] <= act.condition[1]
            for stretch in act.stretches:
                if stretch.authority is not None:
                    assert stretch.measure[0] <= stretch.authority[0] < stretch.authority[1] <= stretch.measure[1]
    assert seen > 300


def test_a_case_stays_with_the_act_before_it(article: Callable[[str, str], Provision]) -> None:
    text = article(FOOD, "第一百二十二条").text
    act, _ = read_acts(text)
    conditions = [text[slice(*s.condition)] for s in act.stretches if s.condition]
    assert len(conditions) == 2
    assert all("货值金额" in c for c in conditions)
    authority = act.stretches[0].authority
    assert authority is not None
    assert text[slice(*authority)] == "县级以上人民政府食品安全监督管理部门"


def test_a_penalty_for_numbered_acts_reaches_only_them(article: Callable[[str, str], Provision]) -> None:
    text = article(CODE, "第一千一百三十六条").text
    graver = [s for a in read_acts(text) for s in a.stretches if s.condition and "第二项" in text[slice(*s.condition)]]
    assert len(graver) == 1


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ("情节严重的", True),
        ("逾期不改正的", True),
        ("违法所得不足十万元的", True),
        ("造成严重后果的", True),
        ("尚不构成犯罪的", True),
        ("其中，污染物为工业噪声的", True),
        ("未按照规定报告的", False),
        ("擅自设立保险公司的", False),
    ],
)
def test_cases_are_told_from_acts(condition: str, expected: bool) -> None:
    assert is_case(condition) is expected


@pytest.mark.parametrize(
    ("measure", "kinds"),
    [
        ("责令改正，处五万元以下罚款", {SanctionKind.CORRECTION, SanctionKind.FINE}),
        ("处十日以上十五日以下拘留", {SanctionKind.DETENTION}),
        ("给予警告，没收违法所得", {SanctionKind.WARNING, SanctionKind.CONFISCATION}),
        ("责令停产停业，直至吊销许可证", {SanctionKind.HALT, SanctionKind.REVOCATION}),
        ("终身不得从事食品生产经营管理工作", {SanctionKind.OCCUPATION_BAN}),
        ("依照前款的规定处罚", {SanctionKind.OTHER}),
    ],
)
def test_kinds_of_penalties_are_named(measure: str, kinds: set[SanctionKind]) -> None:
    assert set(kinds_of(measure)) == kinds
