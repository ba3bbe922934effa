"""Who is bound by the rule that an act breaks, and whose thing the act is about."""

from __future__ import annotations

import pytest

from assistant.discretion.contract import BasisInfo
from assistant.quiz.contract import ItemKind
from assistant.quiz.makers.records.parties import Bound, party_bound
from assistant.quiz.material import LawBook
from tests.assistant.quiz.makers.records.drawn import Drawn
from tests.assistant.quiz.makers.values.provisions import DAY, law

ACT = "未在首页显著位置公示信息"


@pytest.mark.parametrize(
    ("rule", "act", "bound"),
    [
        ("网络经营者应当在其首页显著位置公示信息。", ACT, Bound("未在其首页显著位置公示信息", "网络经营者")),
        ("经营者销售商品，应当明码标价。", "未明码标价", Bound("未明码标价", "经营者")),
        ("任何单位和个人都应当分类投放垃圾。", "未分类投放垃圾", Bound("未分类投放垃圾", "")),
        ("禁止经营下列食品：\n（一）变质的食品。", "经营变质的食品", Bound("经营变质的食品", "")),
        ("单位违反本法规定，有下列行为之一的，处罚款：\n（一）占用通道的。", "占用通道", Bound("占用通道", "单位")),
        ("餐饮、娱乐等场所的经营者应当防止噪声。", "未防止噪声", None),
        ("建设单位或者个人应当申请许可。", "未申请许可", None),
        ("应当在其首页显著位置公示信息。", ACT, None),
        ("餐饮、娱乐等场所的经营者应当防止噪声。", "餐饮经营者未防止噪声", Bound("餐饮经营者未防止噪声", "")),
    ],
)
def test_a_special_subject_is_told_or_nothing_is_made(rule: str, act: str, bound: Bound | None) -> None:
    basis = BasisInfo(written="《中华人民共和国示例法》第一条", text="")
    assert party_bound(act, [basis], LawBook(DAY, (law(rule),))) == bound


def test_a_case_on_a_list_says_who_did_it_and_whose_page_it_is(drawn: Drawn) -> None:
    stems = [c.content.stem for c in drawn.lists if c.content.kind is ItemKind.CASE and "营业执照" in c.content.stem]
    assert stems
    assert all("当事人为电子商务经营者，未在其首页显著位置" in s for s in stems)
