"""Cited laws on a day: repealed by what, parent replaced, not held, quoted otherwise, living on elsewhere."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from assistant.discretion.audit import AuditedDocument, audit_document
from assistant.discretion.audit_laws import JudgedBasis, LawJudge
from assistant.discretion.audit_quotes import differences
from assistant.discretion.audit_successors import Wording, conducts
from assistant.discretion.bases import CitedLaws, LawState, parent_title
from corpus.discretion.model import Basis, DiscretionRecords, DiscretionStandard, ExemptionItem, ListEffect, Mode
from tests.assistant.discretion.audit_cases import basis

TODAY = dt.date(2026, 11, 21)
CODE = "中华人民共和国生态环境法典"
NOISE_RULE = "《示范省实施〈中华人民共和国环境噪声污染防治法〉办法》第三十条"

LawsOn = Callable[[dt.date], CitedLaws]


def judge(laws_on: LawsOn, cited: Basis, day: dt.date = TODAY, issued: dt.date | None = None) -> JudgedBasis:
    return LawJudge(laws_on(day), issued=issued).judge("basis", cited)


def words_of(laws_on: LawsOn, written: str, day: dt.date = TODAY) -> str:
    return laws_on(day).basis(basis(written)).words


@pytest.mark.parametrize(
    ("written", "day", "state"),
    [
        pytest.param("《水污染防治法》第八十三条", dt.date(2026, 8, 14), LawState.IN_FORCE, id="the day before"),
        pytest.param("《水污染防治法》第八十三条", dt.date(2026, 8, 15), LawState.REPEALED, id="on the day"),
        pytest.param("《水污染防治法》第八十三条", TODAY, LawState.REPEALED, id="after"),
        pytest.param("《水污染防治法》第九百条", TODAY, LawState.REPEALED, id="repealed goes before no such article"),
        pytest.param("《生态环境法典》第一条", dt.date(2022, 1, 1), LawState.NOT_YET_IN_FORCE, id="not yet"),
        pytest.param("《行政处罚法》第三十三条", TODAY, LawState.IN_FORCE, id="in force"),
        pytest.param("《行政处罚法》第九百条", TODAY, LawState.NOT_FOUND, id="no such article"),
        pytest.param("《示范市示例条例》第一条", TODAY, LawState.NOT_FOUND, id="no such law"),
    ],
)
def test_state_of_a_cited_law_on_a_day(laws_on: LawsOn, written: str, day: dt.date, state: LawState) -> None:
    assert judge(laws_on, basis(written), day).state is state


def test_a_repeal_names_the_day_the_provision_and_the_successor(laws_on: LawsOn) -> None:
    judged = judge(laws_on, basis("《水污染防治法》第八十三条"))
    (ending,) = judged.endings
    assert ending.day == dt.date(2026, 8, 15)
    assert ending.evidence == "《中华人民共和国生态环境法典》第一千二百四十二条"
    assert judged.successor == f"《{CODE}》"


@pytest.mark.parametrize(
    ("day", "repeals"),
    [
        pytest.param(dt.date(2022, 6, 4), 0, id="parent still in force"),
        pytest.param(dt.date(2022, 6, 5), 1, id="parent replaced that day"),
        pytest.param(dt.date(2026, 8, 15), 2, id="its successor repealed in turn"),
    ],
)
def test_a_rule_is_flagged_once_the_law_it_implements_is_replaced(laws_on: LawsOn, day: dt.date, repeals: int) -> None:
    judged = judge(laws_on, basis(NOISE_RULE), day)
    assert judged.state is LawState.NOT_FOUND  # the rule itself is not held; its parent is known from the repeal alone
    assert len(judged.endings) == repeals
    if repeals:
        assert judged.endings[0].evidence == "《中华人民共和国噪声污染防治法》第九十条"
        assert judged.endings[0].day == dt.date(2022, 6, 5)
    if repeals == 2:
        assert judged.successor == f"《{CODE}》"


@pytest.mark.parametrize(
    ("title", "parent"),
    [
        ("示范省实施〈中华人民共和国消防法〉办法", "中华人民共和国消防法"),
        ("示范省实施<中华人民共和国水污染防治法>办法", "中华人民共和国水污染防治法"),
        ("示范市贯彻《城市绿化条例》实施细则", "城市绿化条例"),
        ("中华人民共和国食品安全法实施条例", "中华人民共和国食品安全法"),
        ("水污染防治法实施细则", "水污染防治法"),
        ("示范省环境保护条例", None),
        ("中华人民共和国行政处罚法", None),
        ("行政处罚实施办法", None),
    ],
)
def test_the_parent_law_stands_in_the_title_of_an_implementing_rule(title: str, parent: str | None) -> None:
    assert parent_title(title) == parent


# ---- quotations --------------------------------------------------------------------------------------------

LAW = "违反本条例规定，未取得许可的，责令限期改正，处五万元以上十万元以下罚款；逾期不改正的，责令停业。"


@pytest.mark.parametrize(
    ("quoted", "wanting"),
    [
        pytest.param(LAW, 0, id="verbatim"),
        pytest.param(
            "违反本条例规定，未取得许可的，\n责令限期改正, 处五万元以上十万元以下罚款", 0, id="blanks and commas"
        ),
        pytest.param("处5万元以上10万元以下罚款", 0, id="the same number in digits"),
        pytest.param("第八条第一款　" + LAW, 0, id="its own label before it"),
        pytest.param("未取得许可的……逾期不改正的，责令停业", 0, id="an omission mark"),
        pytest.param(LAW.replace("五万元", "三万元"), 1, id="another sum"),
        pytest.param(LAW.replace("限期改正", "限期内改正").replace("不改正", "未改正"), 2, id="two words replaced"),
        pytest.param("饲养犬只未登记的，处警告", 1, id="something else"),
    ],
)
def test_a_quotation_is_the_law_s_words_blanks_punctuation_and_digits_apart(quoted: str, wanting: int) -> None:
    assert len(differences(quoted, LAW)) == wanting


def test_the_differing_passage_is_shown_beside_the_law_s(laws_on: LawsOn) -> None:
    (difference,) = differences(LAW.replace("五万元", "三万元"), LAW)
    assert "三万元" in difference.quoted
    assert "五万元" in difference.law


@pytest.mark.parametrize(
    ("replaced", "issued", "state"),
    [
        pytest.param(False, None, LawState.IN_FORCE, id="faithful"),
        pytest.param(True, None, LawState.TEXT_DIFFERS, id="misquoted"),
        pytest.param(True, dt.date(2015, 1, 1), LawState.AMENDED, id="misquoted and the text is younger"),
        pytest.param(False, dt.date(2015, 1, 1), LawState.IN_FORCE, id="the text is younger, these words are not"),
    ],
)
def test_quoted_words_are_compared_with_the_text_of_the_day(
    laws_on: LawsOn, replaced: bool, issued: dt.date | None, state: LawState
) -> None:
    written = "《行政处罚法》第三十三条第一款"
    words = words_of(laws_on, written)
    cited = basis(written, words.replace("行政处罚", "行政处分") if replaced else words)
    judged = judge(laws_on, cited, issued=issued)
    assert judged.state is state
    assert judged.quote_matches is not replaced


# ---- successors --------------------------------------------------------------------------------------------


def test_the_successor_s_article_with_the_same_wording_is_proposed(laws_on: LawsOn) -> None:
    written = "《水污染防治法》第九十一条第二款"
    judged = judge(laws_on, basis(written, words_of(laws_on, written)))
    assert judged.proposal is not None
    assert judged.proposal.provision.label == "第一千一百四十五条"
    assert judged.proposed_law == f"《{CODE}》"
    assert judged.state is LawState.REPEALED  # a proposal changes no finding


def test_no_article_is_proposed_for_words_that_many_articles_share(laws_on: LawsOn) -> None:
    words = "违反本法规定的，由县级以上人民政府生态环境主管部门责令改正，处二万元以上二十万元以下的罚款。"
    assert judge(laws_on, basis("《水污染防治法》第八十三条", words)).proposal is None


def test_every_proposal_for_an_article_of_the_successor_is_that_article(laws_on: LawsOn) -> None:
    articles = laws_on(TODAY).articles_of(CODE)
    wording = Wording(articles)
    for article in articles[::40]:
        nearest = wording.nearest(article.text)
        assert nearest[0].provision.id == article.id
        assert nearest[0].score > 0.85


def test_an_article_that_moved_is_found_under_its_new_number(laws_on: LawsOn) -> None:
    words = words_of(laws_on, "《行政处罚法》第三十三条")
    judged = judge(laws_on, basis("《行政处罚法》第三十一条", words))
    assert judged.state is LawState.TEXT_DIFFERS
    assert judged.proposal is not None
    assert judged.proposal.provision.label == "第三十三条"
    assert judged.proposed_law == "《中华人民共和国行政处罚法》"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("违反本法规定，未取得许可证排放污染物的，由主管部门责令停止排放，处罚款。", ["未取得许可证排放污染物"]),
        (
            "违反本法规定，有下列行为之一的，处罚款：\n（一）未建立管理台账的；\n（二）未按照规定报告的。",
            ["未建立管理台账", "未按照规定报告"],
        ),
        ("排放污染物应当符合标准。", []),
    ],
)
def test_the_conduct_punished_is_read_from_a_penalty_article(text: str, expected: list[str]) -> None:
    assert conducts(text) == expected


# ---- the whole ---------------------------------------------------------------------------------------------


def test_the_audit_lists_every_cited_law_once_with_its_sections(laws_on: LawsOn) -> None:
    water = basis("《水污染防治法》第八十三条")
    standards = tuple(
        DiscretionStandard(id=i, mode=Mode.TIERED, title="示例", violated=(water,), basis=(basis(NOISE_RULE),))
        for i in ("1.1", "1.2")
    )
    item = ExemptionItem("2", "示例", ListEffect.NOT_PUNISH, provisions=(basis("《行政处罚法》第三十三条"),))
    document = AuditedDocument("示范省示例裁量基准", "d-1", "v-1")
    response = audit_document(DiscretionRecords(standards, (item,)), document, laws_on(TODAY))
    assert [law.state for law in response.laws] == ["repealed", "not_found", "in_force"]
    assert response.laws[0].text.endswith("引用的部分（2）：1.1、1.2。")
    assert response.laws[1].parent_repealed is True
    assert [s.key for s in response.sections] == ["v-1/1.1", "v-1/1.2", "v-1/2"]
    assert response.summary["state_repealed"] == 2
    assert response.summary["problem_parent_repealed"] == 2
    assert response.as_of == TODAY


def test_a_parent_is_told_once_a_section_however_often_it_is_cited(laws_on: LawsOn) -> None:
    cited = tuple(basis(NOISE_RULE.replace("三十", number)) for number in ("三十", "三十一", "三十二"))
    standard = DiscretionStandard(id="1", mode=Mode.TIERED, title="示例", violated=cited, basis=cited)
    (section,) = audit_document(DiscretionRecords((standard,)), AuditedDocument("示例"), laws_on(TODAY)).sections
    assert [p.code for p in section.problems].count("parent_repealed") == 1
