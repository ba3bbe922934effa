"""What a strict examiner would send back: stems without a subject, terms told by their meanings, thin reasons."""

from __future__ import annotations

from random import Random

import pytest

from assistant.quiz.contract import ItemContent, ItemKind, Point
from assistant.quiz.makers.sets.choosing import told_by_matter
from assistant.quiz.makers.sets.content import quoted
from assistant.quiz.makers.sets.fair import may_be_exchanged
from assistant.quiz.makers.sets.from_duties import corrected
from assistant.quiz.makers.sets.maker import make_sets
from assistant.quiz.makers.sets.options import read_shelf, wrong_members
from assistant.quiz.makers.sets.places import Sentence
from assistant.quiz.makers.sets.sentences import Duty
from corpus.vocabulary import ProvisionPath
from tests.assistant.quiz.makers.sets.made_up import law, material

_CASES = "\n（一）所有权发生转移的；\n（二）登记内容发生变更的；\n（三）用作抵押担保的；\n（四）因故报废的。"


def _made(*texts: str, seed: int = 1) -> list[ItemContent]:
    return [c.content for c in make_sets(material(law(*texts)), Random(seed))]


@pytest.mark.parametrize(
    ("words", "modal", "other", "fair"),
    [
        ("行政机关负责人可以决定延长查封期限", "可以", "应当", True),
        ("违法行为轻微的，行政机关可以当场作出决定", "可以", "应当", True),
        ("行政机关应当在作出决定前告知当事人", "应当", "可以", True),
        ("行政机关不得因当事人陈述而给予更重的处罚", "不得", "可以", True),
        ("行政机关不得在夜间实施强制执行", "不得", "可以", True),
        ("公安机关应当接受社会和公民的监督", "应当", "可以", False),
        ("经营者应当如实报告有关情况", "应当", "可以", False),
        ("生产单位应当立即停止生产并报告", "应当", "可以", False),
        ("行政机关应当抽样检验，不得免检", "应当", "可以", False),
        ("产品标识应当记载厂名", "应当", "可以", False),
        ("消费者可以要求销售者赔偿损失", "可以", "应当", False),
        ("企业未取得许可的，不得在公共场所销售药品", "不得", "可以", False),
    ],
)
def test_only_forces_that_are_met_in_practice_are_exchanged(words: str, modal: str, other: str, fair: bool) -> None:
    at = words.index(modal)
    assert may_be_exchanged(words, (at, at + len(modal)), other) is fair


@pytest.mark.parametrize(
    ("lead", "stem"),
    [
        ("有下列情形之一的，应当办理相应的登记：", None),
        ("有下列情形之一的，应当予以注销：", None),
        ("有下列情形之一的，应当进行食品安全风险评估：", "在哪些情形下，应当进行食品安全风险评估？"),
        ("机动车有下列情形之一的，应当办理相应的登记：", "机动车有哪些情形的，应当办理相应的登记？"),
    ],
)
def test_a_short_answer_says_of_whom_it_asks(lead: str, stem: str | None) -> None:
    asked = [c.stem for c in _made(lead + _CASES) if c.kind is ItemKind.SHORT]
    assert asked == ([f"根据《示例法》，{stem}"] if stem else [])


def test_a_term_that_stands_in_its_own_meaning_is_not_to_be_written() -> None:
    told = "本法所称消防设施，是指用于预防火灾和扑救火灾的消防车道与各类设备。"
    half = "本法所称沿海陆域，是指与海岸相连并且直接或者间接向海洋排放污染物的一带区域。"
    untold = "本法所称承运主体，是指以自己名义为他人运送货物或者旅客的单位和个人。"
    named = "本法所称示例主体，是指以自己名义为他人送达货物或者旅客的单位和个人。"
    blanks = [c.key.blanks for c in _made(told, half, untold, named) if c.kind is ItemKind.BLANK]
    assert blanks == [[["承运主体"]]]


def test_a_term_is_not_asked_beside_terms_of_another_sort() -> None:
    """弃土、弃料和其他固体废物 is no building and no noise, whatever the law says."""
    spaces = ("供不特定的人群集中开展娱乐活动", "供生产经营单位存放易燃危险物品", "供抢险救援人员紧急进出使用")
    sorts = ("本法所称甲类库房", "本法所称乙类通道", "本法所称丙类站点", "本法所称丁类桥梁")
    articles = [
        f"{term}，是指{use}的室内空间。"
        for term, use in zip(sorts, (*spaces, "供公共交通车辆停靠上下乘客"), strict=True)
    ]
    assert not [c for c in _made(*articles) if c.point is Point.DEFINITION and "称为" in c.stem]


def test_a_meaning_that_begins_with_its_term_is_not_asked() -> None:
    """水污染是指水体因…: nobody needs the law for that."""
    sorts = {"水": "水体", "土壤": "地表", "光": "照明", "大气": "空中"}
    articles = [
        f"本法所称{name}污染，是指{thing}因某种物质或者能量的介入而改变，危害{name[-1]}生态健康的现象。"
        for name, thing in sorts.items()
    ]
    asked = [c.stem for c in _made(*articles) if c.point is Point.DEFINITION and "是指（" in c.stem]
    assert not [stem for stem in asked if "“水污染”" in stem]


def test_reasons_say_what_the_provision_says() -> None:
    ruling = "违法行为轻微并及时改正，没有造成危害后果的，不予行政处罚。"
    terms = (
        "本法所称甲类场所，是指供不特定的人群集中开展娱乐活动的室内空间。",
        "本法所称乙类处所，是指供生产经营单位存放易燃易爆危险物品的封闭空间。",
        "本法所称丙类居所，是指供抢险救援人员紧急情况下进出使用的地面空间。",
        "本法所称丁类哨所，是指供公共交通车辆停靠并且上下乘客的道路空间。",
    )
    made = _made(ruling, *terms)
    [single] = [c for c in made if c.point is Point.NO_PENALTY and c.kind is ItemKind.SINGLE]
    assert all("不予行政处罚" in r.reason and "没有造成危害后果" in r.reason for r in single.refutations)
    asked = [c for c in made if c.point is Point.DEFINITION and c.options and "称为" in c.stem]
    assert asked
    assert all("空间" in r.reason for c in asked for r in c.refutations)


def test_statements_are_explained_with_the_words_of_their_articles() -> None:
    must = ("出示执法证件并告知事由", "制作现场笔录并当场宣读", "核对财物清单并签名盖章")
    may = ("申请延期缴纳应缴罚款", "委托律师查阅全部案卷", "申请重新鉴定有关物品")
    made = _made(
        *(f"执法人员开展{n}项工作时，应当{words}。" for n, words in zip("甲乙丙", must, strict=True)),
        *(f"当事人遇到{n}类困难时，可以{words}。" for n, words in zip("丁戊己", may, strict=True)),
    )
    several = [c for c in made if c.kind is ItemKind.MULTIPLE]
    assert several
    for content in several:
        assert all(content.options[i] in content.explanation for i in content.key.correct)
        assert all("规定：“" in r.reason for r in content.refutations)


def test_what_another_list_asks_of_the_same_thing_is_no_wrong_option() -> None:
    shelf = read_shelf(
        law(
            "产品质量应当符合下列要求：\n（一）不存在危及人身安全的危险；\n（二）具备应当具备的使用性能。",
            "产品标识应当符合下列要求：\n（一）有产品检验合格证明；\n（二）有中文标明的产品名称。",
        )
    )
    assert wrong_members(shelf.lists[0], shelf) == []


def test_acts_that_another_authority_punishes_are_seen_at_once_and_not_borrowed() -> None:
    shelf = read_shelf(
        law(
            "有下列行为之一的，由海关责令退运，处一万元以下罚款：\n（一）进口劣质煤炭的；\n（二）进口劣质燃料的。",
            "有下列行为之一的，由海事机构责令改正，处五万元以下罚款：\n（一）乱倒船舶垃圾的；\n（二）不具备接收能力的。",
            "有下列行为之一的，由海关责令改正，处三万元以下罚款：\n（一）未报明货物来源的；\n（二）擅自拆封样品的。",
        )
    )
    assert {w.words for w in wrong_members(shelf.lists[0], shelf)} == {"未报明货物来源的", "擅自拆封样品的"}


@pytest.mark.parametrize(
    ("right", "wrong", "stem", "told"),
    [
        (["新建燃煤供热锅炉的", "未拆除燃煤供热锅炉的"], ["占用耕地的"], "有哪些行为的，没收燃煤供热锅炉？", True),
        (["种植罂粟的", "运输罂粟壳的"], ["收购赃物的", "破坏选举秩序的"], "有哪些行为的，处一万元罚款？", True),
        (["种植罂粟的", "收购赃物的"], ["运输罂粟壳的", "隐匿赃物的"], "有哪些行为的，处一万元罚款？", False),
    ],
)
def test_words_that_only_the_right_options_have_tell_them(
    right: list[str], wrong: list[str], stem: str, told: bool
) -> None:
    text = law(*(f"第{n}种行为由主管部门处理。" for n in range(20)))
    assert told_by_matter(stem, right, wrong, text) is told


def test_a_case_with_a_subject_of_its_own_is_not_joined_to_another_subject() -> None:
    """广告 + 商品或者服务不存在的 is no sentence."""
    cases = "\n（一）提供的材料虚假的；\n（二）超过规定期限未提出的；\n（三）法律规定的其他情形。"
    stem = "有下列情形之一的，行政机关应当撤销登记："
    of_a_thing = [c for n in range(6) for c in _made(f"产品{stem}{cases}", seed=n)]
    of_somebody = [c for n in range(6) for c in _made(f"申请人{stem}{cases}", seed=n)]
    assert not [c for c in of_a_thing if c.kind is ItemKind.TRUE_FALSE]
    assert [c for c in of_somebody if c.kind is ItemKind.TRUE_FALSE]


def test_nobody_is_asked_whether_what_makes_it_worse_makes_it_better() -> None:
    worse = "当事人有下列情形之一的，从重处罚：\n（一）打击报复证人的；\n（二）造成严重后果的；\n（三）多次违法的。"
    better = "当事人违法行为轻微并及时改正，没有造成危害后果的，不予处罚。"
    stated = [c for n in range(8) for c in _made(worse, better, seed=n) if c.kind is ItemKind.TRUE_FALSE]
    assert not [c for c in stated if c.key.truth is False and "打击报复" in c.stem]


@pytest.mark.parametrize(
    ("sentence", "printed", "other"),
    [
        ("药品生产企业应当每年进行健康检查并且建立健康档案。", "每年", "每两年"),
        ("经营者发现产品存在缺陷的，应当立即向主管部门报告有关情况。", "立即", "在二十四小时内"),
        ("检验机构出具虚假报告的，应当与经营者承担连带责任。", "连带", "按份"),
        (
            "生产企业变更登记事项的，应当向省、自治区、直辖市人民政府药品监督管理部门备案。",
            "省、自治区、直辖市人民政府",
            "设区的市级人民政府",
        ),
        ("企业制定的应急预案，应当报所在地主管部门备案。", "备案", "批准"),
        ("因违法受到刑事处罚的人员，终身不得从事药品生产经营活动。", "终身", "十年内"),
    ],
)
def test_statements_are_made_false_by_level_time_and_form_too(sentence: str, printed: str, other: str) -> None:
    stated = [c for n in range(12) for c in _made(sentence, seed=n) if c.kind is ItemKind.TRUE_FALSE]
    false = [c for c in stated if c.key.truth is False and other in c.stem]
    assert false
    assert f"题中“{other}”错误，应为“{printed}”" in false[0].explanation


def test_no_other_word_of_the_article_is_called_wrong() -> None:
    both = "企业应当每年进行一次检测并且公布结果；特种设备应当每两年进行一次检测。"
    stated = [c for n in range(12) for c in _made(both, seed=n) if c.kind is ItemKind.TRUE_FALSE]
    assert not [c for c in stated if c.key.truth is False and "企业应当每两年" in c.stem]


def test_most_false_statements_exchange_more_than_a_word_of_duty() -> None:
    duties = [f"行政机关处理{n}类案件时，应当告知当事人有关事实和理由。" for n in "甲乙丙丁戊己庚辛"]
    stated = [c for n in range(6) for c in _made(*duties, seed=n) if c.kind is ItemKind.TRUE_FALSE]
    assert sum(c.key.truth is False for c in stated) < len(stated) / 2


def test_several_right_ones_vary_in_number() -> None:
    stop = "有下列情形之一的，中止执行：\n（一）未登记的；\n（二）欠缴保费的；\n（三）拒绝检验的；\n（四）下落不明的。"
    end = "有下列情形之一的，终结执行：\n（一）死亡的；\n（二）放弃债权的；\n（三）清偿完毕的。"
    made = [c for n in range(8) for c in _made(stop, end, seed=n) if c.kind is ItemKind.MULTIPLE]
    assert {len(c.key.correct) for c in made} == {2, 3}
    assert all(len(c.options) in (4, 5) for c in made)


def test_nobody_is_told_that_the_law_is_harsher_to_whom_it_spares() -> None:
    spared = "精神病人在不能辨认自己行为的时候违反规定的，不予处罚。"
    stated = [c for n in range(8) for c in _made(spared, seed=n) if c.kind is ItemKind.TRUE_FALSE]
    assert stated
    assert not [c for c in stated if "从重" in c.stem]


def test_a_correction_quotes_the_part_that_it_corrects() -> None:
    words = "查封的期限不得超过三十日；情况复杂的，经行政机关负责人批准，可以延长。"
    at = words.index("行政机关负责人")
    sentence = Sentence(law(words).provisions[0], words, (0, len(words)), True, ProvisionPath())
    told = corrected(Duty(sentence, (at, at + 7), "上一级行政机关"))
    assert "“情况复杂的，经行政机关负责人批准，可以延长”，是“行政机关负责人”" in told


def test_a_term_is_not_asked_where_its_qualifier_is_told() -> None:
    """日光 tells 光污染, whatever the other pollutions are."""
    meanings = {"光": "日光", "土壤": "地表", "噪声": "响动", "热能": "升温"}
    articles = [f"本法所称{term}污染，是指不恰当改变{told}条件而干扰他人的现象。" for term, told in meanings.items()]
    asked = [c for n in range(4) for c in _made(*articles, seed=n) if c.point is Point.DEFINITION]
    assert not [c for c in asked if "日光" in c.stem]


def test_a_catch_all_earns_no_points() -> None:
    listed = "\n（一）进入现场检查；\n（二）询问当事人和有关人员；\n（三）查阅有关资料；\n（四）法律规定的其他职权。"
    asked = [c for c in _made(f"监督管理部门履行职责，可以行使下列职权：{listed}") if c.kind is ItemKind.SHORT]
    assert asked
    assert all("其他" not in p.text for c in asked for p in c.key.points)
    assert "列举了4项，兜底项不计分" in asked[0].explanation


def test_an_item_that_speaks_of_others_is_no_catch_all() -> None:
    listed = "\n（一）假冒他人专利的；\n（二）贬低其他经营者的商品的；\n（三）冒用他人名义的；\n（四）其他侵权的。"
    made = _made(f"广告经营者有下列侵权行为之一的，依法承担民事责任：{listed}")
    asked = [c for c in made if c.kind is ItemKind.SHORT]
    assert asked
    assert [p.text for p in asked[0].key.points][1] == "贬低其他经营者的商品的"
    assert len(asked[0].key.points) == 3


def test_a_condition_that_names_others_besides_is_scored() -> None:
    listed = "\n（一）有依法经过资格认定的药师或者其他技术人员；\n（二）有相适应的营业场所；\n（三）有质量管理机构。"
    asked = [c for c in _made(f"从事药品经营活动应当具备以下条件：{listed}") if c.kind is ItemKind.SHORT]
    assert asked
    assert len(asked[0].key.points) == 3
    assert "兜底" not in asked[0].explanation


def test_a_long_quotation_is_cut_at_a_stop() -> None:
    assert quoted("处罚款；情节严重的，吊销药品批准证明文件", most=14) == "“处罚款；情节严重的，……”"
    assert quoted("处罚款", most=14) == "“处罚款”"


def test_a_statement_that_the_paragraph_takes_back_is_not_told_as_right() -> None:
    sentence = "行政机关处理甲类案件时，应当告知当事人有关事实和理由。"
    for n in range(8):
        stated = [c for c in _made(f"{sentence}法律另有规定的，从其规定。", seed=n) if c.kind is ItemKind.TRUE_FALSE]
        assert not [c for c in stated if c.key.truth]


@pytest.mark.parametrize(
    "lead",
    [
        "完全属于下列情形之一，经过及时采取措施，仍然不能避免造成污染的，有关责任者免予承担责任：",
        "有下列情形之一，仍然不能避免造成污染的，有关责任者免予承担责任：",
    ],
)
def test_a_lead_of_several_conditions_is_no_question(lead: str) -> None:
    assert not [c for c in _made(lead + _CASES) if c.kind is ItemKind.SHORT]


_CONTENTS = "应当包括下列内容：\n（一）种植替代；\n（二）定期监测；\n（三）技术培训。"


@pytest.mark.parametrize(
    ("first", "what", "stem"),
    [
        (
            "对安全利用类地块，主管部门应当结合种植习惯，制定并实施安全利用方案。",
            "安全利用方案",
            "安全利用类地块的安全利用方案应当包括哪些内容？",
        ),
        (
            "处置设施关闭前，处置单位应当编制处置设施关闭安全监护计划，报主管部门批准。",
            "安全监护计划",
            "处置设施关闭安全监护计划应当包括哪些内容？",
        ),
        ("主管部门应当及时发布公告。", "公告", None),
        ("执法检查结束后，检查组应当及时提出执法检查报告。", "执法检查报告", "执法检查报告应当包括哪些内容？"),
    ],
)
def test_a_plan_is_asked_with_that_of_which_it_is(first: str, what: str, stem: str | None) -> None:
    asked = [c.stem for c in _made(f"{first}\n{what}{_CONTENTS}") if c.kind is ItemKind.SHORT]
    assert asked == ([f"根据《示例法》，{stem}"] if stem else [])
