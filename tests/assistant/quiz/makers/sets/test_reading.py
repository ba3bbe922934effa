"""What the readers take from an article, and what they leave alone."""

from __future__ import annotations

import pytest

from assistant.quiz.makers.sets.definitions import read_definitions
from assistant.quiz.makers.sets.lists import ListKind, read_lists
from assistant.quiz.makers.sets.sentences import read_duties, read_provisos, read_rulings, read_steps
from assistant.quiz.material import LawBook
from tests.assistant.quiz.makers.sets.made_up import article

_ITEMS = "\n（一）甲种情况的；\n（二）乙种情况的；\n（三）法律、法规规定的其他情形。"


@pytest.mark.parametrize(
    ("lead", "kind", "after"),
    [
        ("当事人有下列情形之一，应当从轻处罚：", ListKind.CASES, "应当从轻处罚"),
        ("有下列行为之一的，处一千元以下罚款；情节严重的，处五千元以下罚款：", ListKind.PENAL, "处一千元以下罚款"),
        ("听证告知书应当载明下列事项：", ListKind.OBJECTS, ""),
        ("行政处罚的种类：", ListKind.KINDS, ""),
    ],
)
def test_a_list_is_read_with_what_its_lead_says(lead: str, kind: ListKind, after: str) -> None:
    [found] = read_lists(article(lead + _ITEMS))
    assert (found.kind, found.after) == (kind, after)
    assert [i.words for i in found.items] == ["甲种情况的", "乙种情况的", "法律、法规规定的其他情形"]
    assert [i.usable for i in found.items] == [True, True, False]
    assert found.open
    assert all(found.provision.text[slice(*i.span)] == i.words for i in found.items)


@pytest.mark.parametrize(
    "lead",
    [
        "前款规定的单位有下列情形之一的，应当停业：",
        "国务院应当采取下列措施：",
        "有下列行为之一的，依法给予处分：",
        "债权人不得转让；但是有下列情形之一的除外：",
        "申请人依照本法第五条的规定提出申请，应当提交下列材料：",
    ],
)
def test_leads_that_cannot_stand_alone_or_are_no_matter_for_officers_are_left_out(lead: str) -> None:
    assert list(read_lists(article(lead + _ITEMS))) == []


def test_a_list_in_a_second_sentence_takes_the_sentence_that_names_its_subject() -> None:
    text = "包装上应当有标签。标签应当标明下列事项：\n（一）名称、规格；\n（二）生产日期。"
    [found] = read_lists(article(text))
    assert found.before == "包装上应当有标签。标签应当标明"


@pytest.mark.parametrize("item", ["有前项行为的", "违反本法规定的", "依照第二项处理的", "长" * 61])
def test_items_that_lean_on_others_or_are_long_are_no_options(item: str) -> None:
    [found] = read_lists(article(f"有下列情形之一的，应当回避：\n（一）是当事人的；\n（二）{item}。"))
    assert [i.usable for i in found.items] == [True, False]


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("本法所称食品安全，是指食品无毒、无害，符合应有的营养要求。", "食品安全"),
        ("本法下列用语的含义：\n（一）预包装食品，指预先定量包装在材料、容器中的食品。", "预包装食品"),
        ("违法所得是指实施违法行为所取得的款项。", "违法所得"),
        ("开展宣传教育，指导、监督有关单位开展保护工作。", None),
        ("本条所称工程，是指前款规定的各类建筑工程和设施。", None),
    ],
)
def test_definitions(text: str, term: str | None) -> None:
    assert [d.term for d in read_definitions(article(text))] == ([term] if term else [])


@pytest.mark.parametrize(
    ("text", "exchanged"),
    [
        ("执法人员与案件有直接利害关系的，应当自行申请回避。", "执法人员与案件有直接利害关系的，可以自行申请回避。"),
        ("行政机关决定不予受理的，应当书面告知申请人理由。", "行政机关决定不予受理的，可以书面告知申请人理由。"),
        ("公安机关的行政执法活动，应当接受监察机关依法实施的监督。", None),
        ("生产经营单位发生生产安全事故后，应当及时采取措施救治有关人员。", None),
        ("行政机关应当对食品进行定期的抽样检验并公布，不得免检。", None),
        ("产品出厂时的标签和说明书，应当记载生产者的名称地址。", None),
        ("消费者因商品缺陷受到损害的，可以向经营者要求赔偿。", None),
        ("经营者未取得许可的，不得在公共场所销售食品和药品。", None),
        ("行政机关在收集证据时，可以采取抽样取证的方法。", "行政机关在收集证据时，应当采取抽样取证的方法。"),
        ("当事人应当履行行政机关作出的决定，并可以依法申请行政复议。", None),
        ("当事人应当如实说明情况，并应当提供有关材料。", None),
        ("其应当在规定的期限内履行行政机关作出的决定。", None),
        ("国务院应当制定行政机关办理案件的具体办法和程序。", None),
        ("行政机关应当加强对执法人员的培训和监督检查工作。", None),
        ("任何单位和个人不得阻挠执法人员依法开展监督检查。", None),
    ],
)
def test_duties_with_one_modal_word_to_exchange(text: str, exchanged: str | None) -> None:
    assert [d.exchanged for d in read_duties(article(text))] == ([exchanged] if exchanged else [])


_BEFORE = "对违法的建筑物、构筑物需要强制拆除的，行政机关应当予以公告，限期当事人自行拆除。"


@pytest.mark.parametrize(
    "later",
    [
        "当事人在法定期限内不申请行政复议，又不拆除的，行政机关可以依法强制拆除。",
        "当事人逾期不履行的，行政机关应当书面告知并从重处罚。",
        "当事人不拆除的，应当从重处罚，并由行政机关公告。",
    ],
)
def test_a_later_sentence_that_goes_on_with_the_one_before_is_left_out(later: str) -> None:
    found = article(_BEFORE + later)
    assert later not in [d.sentence.words for d in read_duties(found)]
    assert list(read_rulings(found)) == []


def test_an_exception_is_read_with_its_rule() -> None:
    [found] = read_provisos(article("行政机关不得在夜间实施强制执行。但是，情况紧急的除外。"))
    assert (found.rule, found.exception) == ("行政机关不得在夜间实施强制执行", "情况紧急的")
    assert list(read_provisos(article("执法人员不得少于两人，法律另有规定的除外。"))) == []


def test_steps_are_turned_round() -> None:
    [order] = read_steps(article("行政机关作出强制执行决定前，应当事先催告当事人履行义务。"))
    assert order.exchanged.startswith("行政机关作出强制执行决定后，")
    assert order.act is not None
    assert order.sentence.words[slice(*order.act)] == "催告"
    [approval] = read_steps(article("情况复杂的案件，经行政机关负责人批准，可以延长查封期限。"))
    assert "无须经行政机关负责人批准，即可延长" in approval.exchanged
    assert list(read_steps(article("当事人应当在收到通知三日前，应当向行政机关提出申请。"))) == []


def test_rulings_of_the_law_on_penalties(book: LawBook) -> None:
    law = next(t for t in book.texts if t.document.title.endswith("行政处罚法"))
    found = {r.condition: r.outcome for p in law.provisions for r in read_rulings(p)}
    assert found["初次违法且危害后果轻微并及时改正的"] == "可以不予行政处罚"
    assert found["不满十四周岁的未成年人有违法行为的"] == "不予行政处罚"
