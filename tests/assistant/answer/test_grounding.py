"""Drafted sentences, right and subtly wrong, on real provisions: what holds is kept, what does not is taken out."""

from __future__ import annotations

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.answer.compose import Evidence
from assistant.answer.grounding import Grounded, ProseCheck, RemovedSentence, check_prose
from corpus.citations import NameTable

# c1 食品安全法 art. 124; c2, c3, c5, c6, c7, c8 行政处罚法 arts. 33, 51, 63, 60, 30, 72; c4 消防法 art. 60;
# c9 行政强制法 art. 25

HOLDS = {
    "the law's own words": "违法行为轻微并及时改正，没有造成危害后果的，不予行政处罚[c2]。",
    "key behind the full stop": "初次违法且危害后果轻微并及时改正的，可以不予行政处罚。[c2]",
    "quotation": "《行政处罚法》第三十三条规定：“初次违法且危害后果轻微并及时改正的，可以不予行政处罚。”[c2]",
    "quotation in corner brackets": "该条规定：「初次违法且危害后果轻微并及时改正的，可以不予行政处罚」[c2]。",
    "quotation broken into lines": "“初次违法且危害后果轻微\n并及时改正的，可以不予行政处罚。”[c2]",
    "paragraph named": "《行政处罚法》第三十三条第一款规定，初次违法且危害后果轻微并及时改正的，可以不予行政处罚[c2]。",
    "tier with its condition": "货值金额不足一万元的，并处五万元以上十万元以下罚款[c1]。",
    "act in other words": "卖超过保质期的食品，货值金额不足一万元的，并处五万元以上十万元以下罚款[c1]。",
    "arabic digits": "货值金额不足1万元的，并处5万元以上10万元以下罚款[c1]。",
    "digits written out": "货值金额不足10000元的，并处50,000元至100,000元罚款[c1]。",
    "two tiers": "货值金额一万元以上的，并处货值金额十倍以上二十倍以下罚款；情节严重的，吊销许可证[c1]。",
    "last tier alone": "情节严重的，吊销许可证[c1]。",
    "authority and measure": "由县级以上人民政府食品安全监督管理部门没收违法所得和违法生产经营的食品[c1]。",
    "what may be confiscated": "可以没收用于违法生产经营的工具、设备、原料等物品[c1]。",
    "back reference of the law": "生产经营不符合法律、法规或者食品安全标准的食品的，依照前款规定给予处罚[c1]。",
    "each its own sum": "对公民处二百元以下、对法人或者其他组织处三千元以下罚款的，可以当场作出行政处罚决定[c3]。",
    "one of two sums": "对公民处200元以下罚款的，可以当场作出决定[c3]。",
    "unit": "单位占用消防车通道的，责令改正，处五千元以上五万元以下罚款[c4]。",
    "person": "个人有占用消防车通道行为的，处警告或者五百元以下罚款[c4]。",
    "upper end alone, said so": "个人最高可处五百元罚款[c4]。",
    "ages": "已满十四周岁不满十八周岁的未成年人有违法行为的，应当从轻或者减轻行政处罚[c7]。",
    "age below": "不满14周岁的未成年人有违法行为的，不予行政处罚，责令监护人加以管教[c7]。",
    "period": "行政机关应当自行政处罚案件立案之日起九十日内作出行政处罚决定[c6]。",
    "period in days": "行政机关应当自立案之日起90天内作出处罚决定[c6]。",
    "right": "当事人有要求听证的权利，要求听证的，行政机关应当组织听证[c5]。",
    "negated duty": "当事人不承担行政机关组织听证的费用[c5]。",
    "share of a sum": "到期不缴纳罚款的，可以每日按罚款数额的3%加处罚款[c8]。",
    "allowed by the words before the list": "当事人逾期不履行的，行政机关可以申请人民法院强制执行[c8]。",
    "who pays": "检测、检验、检疫或者技术鉴定的费用由行政机关承担[c9]。",
    "limit of a period": "情况复杂的，经行政机关负责人批准可以延长，但延长期限不得超过30日[c9]。",
    "nested brackets": "违法行为轻微并及时改正，没有造成危害后果的，不予行政处罚[[c2]]。",
    "full-width brackets": "违法行为轻微并及时改正，没有造成危害后果的，不予行政处罚［c2］。",
    "lenticular brackets": "违法行为轻微并及时改正，没有造成危害后果的，不予行政处罚【c2】。",
    "two keys": "情节严重的，吊销许可证；违法行为轻微并及时改正，没有造成危害后果的，不予行政处罚[c1][c2]。",
    "keys with a comma": "情节严重的，吊销许可证；违法行为轻微并及时改正，没有造成危害后果的，不予行政处罚[c1, c2]。",
    "each half its key": "情节严重的，吊销许可证[c1]；违法行为轻微并及时改正，没有造成危害后果的，不予行政处罚[c2]。",
    "list number and bold": "1. **免罚**：违法行为轻微并及时改正，没有造成危害后果的，不予行政处罚[c2]。",
    "linking sentence": "下面分情况说明。",
    "lead-in": "根据您的描述，相关规定如下：",
    "advice to look": "处理时请结合案情核对证据。",
    "pointer to a cited article": "主要依据是《中华人民共和国食品安全法》第一百二十四条。",
}

FAILS = {
    # keys
    "unknown key": ("情节严重的，吊销许可证[c10]。", "[c10]不存在"),
    "range of keys": ("行政机关应当组织听证[c1-c5]。", "不存在"),
    "number instead of a key": ("情节严重的，吊销许可证[1]。", "[1]不存在"),
    "article instead of a key": ("情节严重的，吊销许可证[第一百二十四条]。", "不存在"),
    "one key known, one invented": ("情节严重的，吊销许可证[c1][c18]。", "[c18]不存在"),
    "no key": ("单位占用消防车通道的，处五千元以上五万元以下罚款。", "未注明依据"),
    "no key, no figure": ("该行为属于违法行为。", "未注明依据"),
    "no key, law retold": ("当事人承担听证的费用。", "未注明依据"),
    "no key, quoted": ("法律规定“情节严重的”。", "未注明依据"),
    "key of another provision": ("单位占用消防车通道的，处五千元以上五万元以下罚款[c1]。", "不见于"),
    "keys of the halves exchanged": (
        "情节严重的，吊销许可证[c2]；违法行为轻微并及时改正，没有造成危害后果的，不予行政处罚[c1]。",
        "不见于",
    ),
    "sentence that the provision does not speak of": ("市场主体依法享有经营自主权，受法律平等保护[c1]。", "没有关联"),
    # quotations
    "one character changed": ("“初次违法且危害后果轻微并及时整改的，可以不予行政处罚”[c2]。", "不是所引条文的原文"),
    "quotation of another provision": ("“初次违法且危害后果轻微并及时改正的，可以不予行政处罚”[c1]。", "不是所引"),
    "left out in the middle": ("“货值金额不足一万元的……十倍以上二十倍以下罚款”[c1]。", "不是所引条文的原文"),
    "negation cut off": ("该条规定“予行政处罚”[c2]。", "截断"),
    "permission cut off": ("该条规定“不予行政处罚”，初次违法的适用[c2]。", "遗漏"),
    "sum cut": ("处以“万元以上十万元以下罚款”[c1]。", "截断"),
    "bound cut": ("违法生产经营的，处“十万元”罚款[c1]。", "截断"),
    "two true quotations spliced": ("“货值金额不足一万元的”，“十倍以上二十倍以下罚款”[c1]。", "遗漏"),
    "quotation never closed": ("“货值金额不足一万元的，并处五万元以上十万元以下罚款[c1]。", "引号不成对"),
    # articles
    "invented article": ("《行政处罚法》第三百三十三条规定，情节严重的，吊销许可证[c1]。", "不在所引依据之内"),
    "neighbouring article": (
        "《行政处罚法》第三十四条规定，初次违法且危害后果轻微并及时改正的，可以不予行政处罚[c2]。",
        "不在所引依据之内",
    ),
    "same number, other law": (
        "《治安管理处罚法》第三十三条规定，初次违法且危害后果轻微并及时改正的，可以不予行政处罚[c2]。",
        "不在所引依据之内",
    ),
    "invented law": ("《某某管理办法》规定，情节严重的，吊销许可证[c1]。", "不在所引依据之内"),
    "article of another key": ("《消防法》第六十条规定，情节严重的，吊销许可证[c1]。", "不是同一条文"),
    "no such paragraph": ("《行政处罚法》第三十三条第五款规定，没有主观过错的，不予行政处罚[c2]。", "没有第五款"),
    "other paragraph": (
        "《行政处罚法》第三十三条第二款规定，初次违法且危害后果轻微并及时改正的，可以不予行政处罚[c2]。",
        "",
    ),
    "unknown article without key": ("主要依据是《行政处罚法》第三百条。", "不在所引依据之内"),
    # figures
    "sum changed": ("货值金额不足一万元的，并处五万元以上十五万元以下罚款[c1]。", "不见于"),
    "sum changed in digits": ("货值金额不足一万元的，并处5万-20万元罚款[c1]。", "不见于"),
    "above for below": ("对公民处以二百元以上罚款的，可以当场作出行政处罚决定[c3]。", "界限不一致"),
    "bounds exchanged": ("货值金额不足一万元的，并处五万元以下十万元以上罚款[c1]。", "界限不一致"),
    "more than for at least": ("货值金额超过一万元的，并处货值金额十倍以上二十倍以下罚款[c1]。", "界限不一致"),
    "lower end left out": ("货值金额不足一万元的，并处十万元以下罚款[c1]。", "界限不一致"),
    "upper end left out": ("货值金额不足一万元的，并处五万元以上罚款[c1]。", "界限不一致"),
    "fixed sum for a range": ("货值金额不足一万元的，并处五万元罚款[c1]。", "界限不一致"),
    "vague sum": ("货值金额不足一万元的，并处数万元罚款[c1]。", "不见于"),
    "period changed": ("行政机关应当自立案之日起六十日内作出处罚决定[c6]。", "不见于"),
    "working days for days": ("行政机关应当自立案之日起九十个工作日内作出处罚决定[c6]。", "不见于"),
    "half a year": ("行政机关应当自立案之日起半年内作出处罚决定[c6]。", "不见于"),
    "age changed": ("已满十四周岁不满十六周岁的未成年人有违法行为的，应当从轻或者减轻行政处罚[c7]。", "不见于"),
    "month for day": ("到期不缴纳罚款的，可以每月按罚款数额的百分之三加处罚款[c8]。", "每月"),
    "share changed": ("到期不缴纳罚款的，可以每日按罚款数额的百分之五加处罚款[c8]。", "不见于"),
    "limit changed": ("查封、扣押的期限不得超过六十日[c9]。", "不见于"),
    "invented date": ("自2026年8月15日起，没有主观过错的，不予行政处罚[c2]。", "日期"),
    "invented count": ("有三种情形不予行政处罚[c2]。", "三种"),
    # figures and measures under the wrong condition, for the wrong person
    "tiers exchanged": ("货值金额一万元以上的，并处五万元以上十万元以下罚款[c1]。", "条件"),
    "tiers exchanged, multiples": ("货值金额不足一万元的，并处十倍以上二十倍以下罚款[c1]。", "条件"),
    "condition left out": ("经营超过保质期的食品的，并处五万元以上十万元以下罚款[c1]。", "条件"),
    "measure of another tier": ("货值金额不足一万元的，吊销许可证[c1]。", "条件"),
    "condition weakened": ("情节较轻的，吊销许可证[c1]。", "条件"),
    "persons exchanged": ("对公民处三千元以下、对法人或者其他组织处二百元以下罚款的，可以当场作出决定[c3]。", "条件"),
    "person left out": ("处三千元以下罚款的，可以当场作出决定[c3]。", "对象"),
    "person for unit": ("个人占用消防车通道的，处五千元以上五万元以下罚款[c4]。", "条件"),
    "unit for person": ("单位占用消防车通道的，处五百元以下罚款[c4]。", "条件"),
    "sum of another article under both keys": (
        "依据《消防法》第六十条，单位占用消防车通道的，处五万元以上十万元以下罚款[c1][c4]。",
        "另一条文",
    ),
    # measures, modal words, negations, authorities
    "other measure": ("单位占用消防车通道的，处五千元以上五万元以下罚金[c4]。", ""),
    "other object": ("情节严重的，吊销营业执照[c1]。", "营业执照"),
    "may for must": ("情节严重的，可以吊销许可证[c1]。", "可以"),
    "must for may": ("并应当没收用于违法生产经营的工具、设备、原料等物品[c1]。", "应当"),
    "may for must, lenient": ("已满十四周岁不满十八周岁的未成年人有违法行为的，可以从轻行政处罚[c7]。", "可以"),
    "may left out": ("初次违法且危害后果轻微并及时改正的，不予行政处罚。[c2]", "可以不"),
    "may put in": ("违法行为轻微并及时改正，没有造成危害后果的，可以不予行政处罚[c2]。", "应当"),
    "heavier for lighter": ("已满十四周岁不满十八周岁的未成年人有违法行为的，应当从重行政处罚[c7]。", "从重"),
    "must for may, procedure": ("对公民处以二百元以下罚款的，应当当场作出行政处罚决定[c3]。", "应当"),
    "duty to none": ("行政机关无需告知当事人有要求听证的权利[c5]。", "无需"),
    "refusal": ("当事人要求听证的，行政机关不予组织听证[c5]。", "不予"),
    "punished for not punished": ("违法行为轻微并及时改正，没有造成危害后果的，予以行政处罚[c2]。", "予以行政处罚"),
    "negation dropped": ("当事人承担听证的费用[c5]。", "相反"),
    "negation dropped in a condition": ("违法行为轻微并及时改正，造成危害后果的，不予行政处罚[c2]。", "相反"),
    "negation added": ("当事人没有证据足以证明没有主观过错的，不予行政处罚[c2]。", "相反"),
    "crime for no crime": ("构成犯罪的，由县级以上人民政府食品安全监督管理部门没收违法所得[c1]。", "相反"),
    "must for may, before a list": ("行政机关应当申请人民法院强制执行[c8]。", "应当"),
    "must for may, act in two characters": ("情况复杂的，经行政机关负责人批准，应当延长[c9]。", "应当延长"),
    "other payer": ("检测、检验、检疫或者技术鉴定的费用由当事人承担[c9]。", "由行政机关承担"),
    "exclusion turned round": ("查封、扣押的期间包括检测、检验的期间[c9]。", "相反"),
    "other authority of the same government": (
        "由县级以上人民政府市场监督管理部门没收违法所得[c1]。",
        "市场监督管理部门",
    ),
    "other approval": ("情况复杂的，经当地人民政府负责人批准，可以延长，延长期限不得超过三十日[c9]。", ""),
    "one word exchanged": ("违法行为轻微并及时消除，没有造成危害后果的，不予行政处罚[c2]。", "改正"),
    "other authority": ("由公安机关没收违法所得[c1]。", "公安机关"),
    "invented qualifier": ("违法行为轻微并及时改正，没有造成严重后果的，不予行政处罚[c2]。", ""),
}


@pytest.mark.parametrize("draft", HOLDS.values(), ids=HOLDS.keys())
def test_what_the_provisions_say_is_kept(draft: str, evidence: dict[str, Evidence], names: NameTable) -> None:
    grounded = check_prose(draft, evidence, names)
    assert grounded.removed == ()
    assert len(grounded.lines) == 1


@pytest.mark.parametrize(("draft", "reason"), FAILS.values(), ids=FAILS.keys())
def test_what_they_do_not_say_is_taken_out_with_the_reason(
    draft: str, reason: str, evidence: dict[str, Evidence], names: NameTable
) -> None:
    grounded = check_prose(draft, evidence, names)
    assert grounded.lines == ()
    assert [reason in removed.reason for removed in grounded.removed] == [True], grounded.removed


def test_only_the_sentence_that_fails_is_taken_out(evidence: dict[str, Evidence], names: NameTable) -> None:
    right, wrong = HOLDS["tier with its condition"], FAILS["sum changed"][0]
    grounded = check_prose(f"结论如下：\n{right}{wrong}\n{HOLDS['last tier alone']}", evidence, names)
    assert [line.text.count("结论") for line in grounded.lines] == [1, 0]
    assert [removed.text for removed in grounded.removed] == [wrong]


def test_a_lead_in_goes_with_the_sentence_that_it_leads_to(evidence: dict[str, Evidence], names: NameTable) -> None:
    grounded = check_prose(f"更重的处罚：\n{FAILS['sum changed'][0]}", evidence, names)
    assert grounded.lines == ()


def test_a_line_names_its_places_instead_of_keys_and_carries_provision_ids(
    evidence: dict[str, Evidence], names: NameTable
) -> None:
    line = check_prose(HOLDS["each half its key"], evidence, names).lines[0]
    assert "[c" not in line.text
    assert f"吊销许可证（{evidence['c1'].citation}）；" in line.text
    assert line.text.endswith(f"不予行政处罚（{evidence['c2'].citation}）。")
    assert line.keys == (evidence["c1"].key, evidence["c2"].key)


def test_a_place_that_the_sentence_names_is_not_said_twice(evidence: dict[str, Evidence], names: NameTable) -> None:
    line = check_prose(HOLDS["quotation"], evidence, names).lines[0]
    assert line.text.count("第三十三条") == 1


def test_a_quotation_is_printed_in_the_stored_characters(evidence: dict[str, Evidence], names: NameTable) -> None:
    line = check_prose(HOLDS["quotation broken into lines"], evidence, names).lines[0]
    provision = evidence["c2"].provision
    (quoted,) = re.findall("“([^”]+)”", line.text)
    assert quoted in provision.text
    assert [(key, provision.text[slice(*span)]) for key, span in line.quotes] == [(provision.id, quoted)]


def test_nothing_substantive_is_left_of_links_alone(evidence: dict[str, Evidence], names: NameTable) -> None:
    assert not check_prose("下面分情况说明。处理时请结合案情核对证据。", evidence, names).is_substantive
    assert check_prose(HOLDS["last tier alone"], evidence, names).is_substantive


@pytest.mark.parametrize(
    "draft",
    [
        "《中华人民共和国行政处罚法》第三十三条[c2]",
        "处罚依据如下：\n《中华人民共和国行政处罚法》第三十三条[c2]。",
        "[c2] 《中华人民共和国行政处罚法》第三十三条\n<条文>\n</条文>",
    ],
)
def test_the_name_of_an_article_alone_is_a_heading_and_no_answer(
    draft: str, evidence: dict[str, Evidence], names: NameTable
) -> None:
    grounded = check_prose(draft, evidence, names)
    assert grounded.removed == ()
    assert not grounded.is_substantive
    assert all("条文" not in line.text for line in grounded.lines)


def test_a_basis_named_at_the_end_keeps_its_source(evidence: dict[str, Evidence], names: NameTable) -> None:
    draft = f"{HOLDS['last tier alone']}\n依据：《中华人民共和国行政处罚法》第三十三条[c2]"
    last = check_prose(draft, evidence, names).lines[-1]
    assert last.heading
    assert last.keys == (evidence["c2"].key,)


def test_marks_around_what_the_model_was_given_are_not_part_of_its_answer(
    evidence: dict[str, Evidence], names: NameTable
) -> None:
    (line,) = check_prose(f"{HOLDS['last tier alone']}\n</问题>", evidence, names).lines
    assert line == check_prose(HOLDS["last tier alone"], evidence, names).lines[0]
    assert check_prose(f"<答复>{HOLDS['last tier alone']}", evidence, names).lines == ()


def test_an_answer_of_many_sentences_is_the_same_whole_and_in_pieces(
    evidence: dict[str, Evidence], names: NameTable
) -> None:
    draft = "\n".join([*HOLDS.values(), *(draft for draft, _ in FAILS.values())])
    whole = check_prose(draft, evidence, names)
    check = ProseCheck(evidence, names)
    results = [r for start in range(0, len(draft), 3) for r in check.feed(draft[start : start + 3])]
    results += check.finish()
    assert [r for r in results if not isinstance(r, RemovedSentence)] == list(whole.lines)
    assert [r for r in results if isinstance(r, RemovedSentence)] == list(whole.removed)


# ---- properties --------------------------------------------------------------------------------------------------

KEYS = ("c1", "c2", "c3", "c4", "c5", "c6", "c7", "c8", "c9")
PROPERTY = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@st.composite
def verbatim_drafts(draw: st.DrawFn, evidence: dict[str, Evidence]) -> list[tuple[str, str]]:
    """(key, words) pairs: whole sentences, clauses or paragraphs of the provisions."""
    chosen = []
    for key in draw(st.lists(st.sampled_from(KEYS), min_size=1, max_size=4)):
        text = evidence[key].provision.text
        cuts = [0, *(m.end() for m in re.finditer(r"[。；：\n]", text)), len(text)]
        parts = {text[start:end].strip() for start in cuts for end in cuts if start < end} - {""}
        chosen.append((key, draw(st.sampled_from(sorted(parts)))))
    return chosen


@PROPERTY
@given(data=st.data())
def test_a_draft_of_verbatim_quotations_is_kept_whole(
    data: st.DataObject, evidence: dict[str, Evidence], names: NameTable
) -> None:
    chosen = data.draw(verbatim_drafts(evidence))
    grounded = check_prose("".join(f"该条规定：“{words}”[{key}]。\n" for key, words in chosen), evidence, names)
    assert grounded.removed == ()
    assert len(grounded.lines) == len(chosen)


def _one_digit_changed(data: st.DataObject, text: str, start: int, end: int) -> str:
    digits = "0123456789" if re.search("[0-9]", text[start:end]) else "一二三四五六七八九"
    places = [i for i in range(start, end) if text[i] in digits]
    place = data.draw(st.sampled_from(places))
    digit = data.draw(st.sampled_from([d for d in digits if d != text[place]]))
    return f"{text[:place]}{digit}{text[place + 1 :]}"


@PROPERTY
@given(data=st.data())
def test_a_quotation_with_one_digit_changed_is_never_kept(
    data: st.DataObject, evidence: dict[str, Evidence], names: NameTable
) -> None:
    key, words = data.draw(
        verbatim_drafts(evidence).filter(lambda pairs: re.search("[一二三四五六七八九]", pairs[0][1]))
    )[0]
    changed = _one_digit_changed(data, words, 0, len(words))
    assert check_prose(f"该条规定：“{changed}”[{key}]。", evidence, names).lines == ()


WITH_FIGURES = [d for d in HOLDS.values() if re.search("[0-9一二三四五六七八九][0-9,十百千万]*(?:元|日|天|周岁|倍)", d)]


@PROPERTY
@given(data=st.data())
def test_a_sentence_with_one_digit_of_a_figure_changed_is_never_kept(
    data: st.DataObject, evidence: dict[str, Evidence], names: NameTable
) -> None:
    draft = data.draw(st.sampled_from(WITH_FIGURES))
    figures = [m.span() for m in re.finditer("[0-9一二三四五六七八九][0-9,十百千万]*(?=元|日|天|周岁|倍)", draft)]
    changed = _one_digit_changed(data, draft, *data.draw(st.sampled_from(figures)))
    assert check_prose(changed, evidence, names).lines == ()


@PROPERTY
@given(text=st.text(st.sampled_from("。“”「」[]c1234，；：\n处五万元以下罚款可以不予《》第条"), max_size=80))
def test_any_scribble_is_read_without_failing_and_nothing_is_lost_or_invented(
    text: str, evidence: dict[str, Evidence], names: NameTable
) -> None:
    grounded: Grounded = check_prose(text, evidence, names)
    keys = {evidence[key].key for key in KEYS}
    assert all(set(line.keys) <= keys for line in grounded.lines)
    assert all(removed.text in text for removed in grounded.removed)
