"""The proof of an item: a right item passes every check; each mistake is found by the check that is there for it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from assistant.quiz.contract import (
    BLANK,
    Check,
    Claim,
    Form,
    ItemContent,
    ItemKind,
    Key,
    Point,
    Refutation,
    ScoringPoint,
)
from assistant.quiz.material import LawBook, SourceText, cite
from assistant.quiz.proof import Evidence, prove
from assistant.quiz.proof.key import values_of
from corpus.vocabulary import Provision

ARTICLE = "第三十六条"
SUBJECT = "违法行为在"
KEY = "二年"


@pytest.fixture(scope="module")
def evidence(book: LawBook) -> Evidence:
    return Evidence(book)


@pytest.fixture(scope="module")
def right(penalty_law: SourceText, book: LawBook) -> ItemContent:
    """行政处罚法第三十六条: 违法行为在二年内未被发现的，不再给予行政处罚 …"""
    provision = next(p for p in penalty_law.provisions if p.label == ARTICLE)
    end = provision.text.index("。") + 1
    return ItemContent(
        kind=ItemKind.SINGLE,
        form=Form.ONE,
        point=Point.TIME_LIMIT,
        stem="根据《行政处罚法》，除法律另有规定外，一般的违法行为在（　　）内未被发现的，不再给予行政处罚。",
        options=["六个月", "一年", KEY, "三年"],
        key=Key(correct=[2]),
        explanation="……",
        citations=[cite(penalty_law, provision, 0, end)],
        refutations=[Refutation(option=n, reason="第三十六条写明的是二年") for n in (0, 1, 3)],
        claim=Claim(point=Point.TIME_LIMIT, subject=SUBJECT, answers=[KEY]),
        as_of=book.day,
    )


def test_a_right_item_passes_every_check(right: ItemContent, evidence: Evidence) -> None:
    proof = prove(right, evidence)
    assert proof.passed, proof.failed


def _cite(item: ItemContent, **changes: object) -> ItemContent:
    return item.model_copy(update={"citations": [item.citations[0].model_copy(update=changes)]})


MISTAKES: list[tuple[str, Check, Callable[[ItemContent], dict[str, object]]]] = [
    ("two keys of a single choice", Check.WELL_FORMED, lambda i: {"key": Key(correct=[1, 2])}),
    ("a key that is no option", Check.WELL_FORMED, lambda i: {"key": Key(correct=[7])}),
    ("an option twice", Check.WELL_FORMED, lambda i: {"options": ["一年", "一年", KEY, "三年"]}),
    ("two options only", Check.WELL_FORMED, lambda i: {"options": ["一年", KEY], "key": Key(correct=[1])}),
    ("an explanation that names an option by its letter", Check.WELL_FORMED, lambda i: {"explanation": "故选B项。"}),
    (
        "a quotation that says otherwise",
        Check.VERBATIM,
        lambda i: {"citations": _cite(i, quotation=i.citations[0].quotation.replace(KEY, "三年")).citations},
    ),
    ("a provision that was changed", Check.VERBATIM, lambda i: {"citations": _cite(i, digest="0" * 32).citations}),
    ("no citation", Check.VERBATIM, lambda i: {"citations": [], "claim": None}),
    (
        "a provision that is not in force",
        Check.IN_FORCE,
        lambda i: {"citations": _cite(i, provision_id="gone/第三十六条").citations},
    ),
    ("another day's law", Check.IN_FORCE, lambda i: {"as_of": i.as_of.replace(year=i.as_of.year - 1)}),
    ("a key that the quotation does not bear", Check.SUPPORTED, lambda i: {"key": Key(correct=[3])}),
    (
        "an answer that the quotation does not have",
        Check.SUPPORTED,
        lambda i: {"claim": i.claim and i.claim.model_copy(update={"answers": ["四年"]})},
    ),
    (
        "a subject that the provision does not have",
        Check.SUPPORTED,
        lambda i: {"claim": i.claim and i.claim.model_copy(update={"subject": "违法建设在"})},
    ),
    ("a wrong option that means the key", Check.REFUTED, lambda i: {"options": ["六个月", "一年", KEY, "2年"]}),
    ("a wrong option without a reason", Check.REFUTED, lambda i: {"refutations": i.refutations[:1]}),
    (
        "a key far longer than the rest",
        Check.NO_GIVEAWAY,
        lambda i: {"options": ["六个月", "一年", "二年内未被发现的，不再给予行政处罚", "三年"]},
    ),
    (
        "the key in the stem",
        Check.NO_GIVEAWAY,
        lambda i: {"stem": "根据《行政处罚法》，违法行为在二年内即多长时间内未被发现的，不再处罚？（　　）"},
    ),
    ("前款 in the stem", Check.STANDS_ALONE, lambda i: {"stem": "根据《行政处罚法》，前款规定的期限是（　　）。"}),
    ("本法 in the stem", Check.STANDS_ALONE, lambda i: {"stem": "违反本法的行为在（　　）内未被发现的，不再处罚。"}),
    ("brackets that do not close", Check.STANDS_ALONE, lambda i: {"stem": i.stem.replace("（", "", 1)}),
]


@pytest.mark.parametrize(("name", "check", "change"), MISTAKES, ids=[m[0] for m in MISTAKES])
def test_a_mistake_is_found_by_its_check(
    name: str, check: Check, change: Callable[[ItemContent], dict[str, object]], right: ItemContent, evidence: Evidence
) -> None:
    proof = prove(right.model_copy(update=change(right)), evidence)
    assert not proof.passed
    assert check in {c.check for c in proof.failed}, proof.failed


def test_an_item_without_a_claim_is_left_to_a_person(right: ItemContent, evidence: Evidence) -> None:
    proof = prove(right.model_copy(update={"claim": None}), evidence)
    undecided = {c.check for c in proof.checks if c.passed is None}
    assert undecided == {Check.SUPPORTED, Check.REFUTED}
    assert not proof.passed
    assert not proof.failed


def test_a_condition_that_the_stem_leaves_out_is_found(right: ItemContent, evidence: Evidence) -> None:
    """第三十六条 goes on: 涉及公民生命健康安全、金融安全且有危害后果的，上述期限延长至五年。"""
    claim = Claim(point=Point.TIME_LIMIT, subject=SUBJECT, answers=["五年"])
    item = right.model_copy(
        update={"options": ["六个月", "一年", "五年", "三年"], "claim": claim, "citations": right.citations}
    )
    provision = evidence.provision(right.citations[0].provision_id)
    assert provision is not None
    whole = provision[1].text.split("\n")[0]
    item = item.model_copy(update={"citations": [cite(provision[0], provision[1], 0, len(whole))]})
    faults = {c.check: c.detail for c in prove(item, evidence).failed}
    assert "题干没有写出条件" in faults[Check.SUPPORTED]


def test_a_wrong_option_that_another_law_states_for_the_same_thing_is_found(book: LawBook, evidence: Evidence) -> None:
    """Two laws punish the same act with different sums: neither may be a wrong option for the other."""
    subject, wrong = _stated_twice(book)
    text, provision = subject
    words = provision.text.split("\n")[0]
    item = ItemContent(
        kind=ItemKind.SINGLE,
        form=Form.ONE,
        stem="下列说法正确的是哪一项？（　　）",
        options=["甲项说法之一", "乙项说法之二", wrong],
        key=Key(correct=[0]),
        citations=[cite(text, provision, 0, len(words))],
        refutations=[Refutation(option=n, reason="不是") for n in (1, 2)],
        claim=Claim(point=Point.OTHER, subject=words[:12], answers=[words[12:24]]),
        as_of=book.day,
    )
    faults = {c.check: c.detail for c in prove(item, evidence).failed}
    assert "有同样的规定" in faults[Check.REFUTED]


def _stated_twice(book: LawBook) -> tuple[tuple[SourceText, Provision], str]:
    """A first line of an article that another article begins with too, and words of the other that the first lacks."""
    seen: dict[str, tuple[SourceText, Provision]] = {}
    for text, provision in book.provisions():
        line = provision.text.split("\n")[0]
        head = line[:12]
        if len(line) < 40 or any(c in head for c in "，。；：、《》（）“”"):
            continue
        other = seen.get(head)
        if other is not None:
            tail = line[24:34]
            if not any(c in tail for c in "，。；：、《》（）“”") and tail not in other[1].text:
                return other, tail
        seen.setdefault(head, (text, provision))
    raise AssertionError("no two articles begin alike")


@pytest.mark.parametrize(
    ("stem", "blanks", "fault"),
    [
        (f"违法行为在{BLANK}内未被发现的，不再给予行政处罚。", [["二年", "两年", "2年"]], None),
        (f"违法行为在{BLANK}内未被发现的，不再给予行政处罚。", [["五年"]], Check.SUPPORTED),
        (f"违法行为在{BLANK}内未被发现的，不再给予{BLANK}。", [["二年"]], Check.WELL_FORMED),
        (f"违法行为在{BLANK}内未被发现的，不再给予行政处罚，二年为限。", [["二年"]], Check.NO_GIVEAWAY),
    ],
)
def test_blanks_are_filled_with_the_words_of_the_provision(
    stem: str, blanks: list[list[str]], fault: Check | None, right: ItemContent, evidence: Evidence
) -> None:
    item = right.model_copy(
        update={
            "kind": ItemKind.BLANK,
            "form": Form.BLANKS,
            "stem": f"根据《行政处罚法》，{stem}",
            "options": [],
            "refutations": [],
            "key": Key(blanks=blanks),
        }
    )
    proof = prove(item, evidence)
    assert proof.passed if fault is None else fault in {c.check for c in proof.failed}, proof.failed


@pytest.mark.parametrize(
    ("stem", "truth", "passes"),
    [
        ("根据《行政处罚法》，违法行为在二年内未被发现的，不再给予行政处罚；法律另有规定的除外。", True, True),
        ("根据《行政处罚法》，违法行为在三年内未被发现的，不再给予行政处罚；法律另有规定的除外。", True, False),
        ("根据《行政处罚法》，违法行为在三年内未被发现的，不再给予行政处罚；法律另有规定的除外。", False, True),
        ("根据《行政处罚法》，违法行为在二年内未被发现的，不再给予行政处罚；法律另有规定的除外。", False, False),
    ],
)
def test_a_statement_is_held_against_the_law(
    stem: str, truth: bool, passes: bool, right: ItemContent, evidence: Evidence
) -> None:
    item = right.model_copy(
        update={
            "kind": ItemKind.TRUE_FALSE,
            "form": Form.TRUTH,
            "stem": stem,
            "options": [],
            "refutations": [],
            "key": Key(truth=truth),
        }
    )
    assert prove(item, evidence).passed is passes


def test_scoring_points_are_words_of_the_quotation(right: ItemContent, evidence: Evidence) -> None:
    item = right.model_copy(
        update={
            "kind": ItemKind.SHORT,
            "form": Form.POINTS,
            "stem": "简述《行政处罚法》规定的一般追责期限。",
            "options": [],
            "refutations": [],
            "key": Key(points=[ScoringPoint(text="不再给予行政处罚")]),
        }
    )
    assert prove(item, evidence).passed
    invented = item.model_copy(update={"key": Key(points=[ScoringPoint(text="应当移送司法机关")])})
    assert Check.SUPPORTED in {c.check for c in prove(invented, evidence).failed}


@pytest.mark.parametrize(
    ("first", "second"),
    [("五万元以上十万元以下", "5万元以上10万元以下"), ("六十日", "60天"), ("百分之三", "3%"), ("两倍", "2倍")],
)
def test_the_same_values_are_equal_however_they_are_written(first: str, second: str) -> None:
    assert values_of(first) == values_of(second) != ()


def _truth(stem: str, key: bool) -> dict[str, object]:
    answer = {"kind": ItemKind.TRUE_FALSE, "form": Form.TRUTH, "options": [], "refutations": []}
    return answer | {"stem": stem, "key": Key(truth=key)}


WRONG_ALTHOUGH_QUOTED: list[tuple[str, dict[str, object]]] = [
    (
        "another law is asked",
        {"stem": "根据《治安管理处罚法》，违反治安管理的违法行为在（　　）内未被发现的，不再给予处罚。"},
    ),
    (
        "a right statement held false",
        _truth("根据《行政处罚法》，违法行为在2年内未被发现的，不再给予行政处罚。", False),
    ),
    (
        "a figure of its own in a true statement",
        _truth("根据《行政处罚法》，违法行为在二年内未被发现的，自三十日后起不再给予行政处罚。", True),
    ),
    ("more in the key than in the law", {"options": ["六个月", "一年", "二年六个月", "三年"]}),
]


@pytest.mark.parametrize(
    "change", [w[1] for w in WRONG_ALTHOUGH_QUOTED], ids=[w[0].replace(" ", "-") for w in WRONG_ALTHOUGH_QUOTED]
)
def test_a_wrong_item_whose_answer_stands_in_the_quotation_is_found(
    change: dict[str, object], right: ItemContent, evidence: Evidence
) -> None:
    faults = {c.check for c in prove(right.model_copy(update=change), evidence).failed}
    assert Check.SUPPORTED in faults


def test_a_question_turned_round_is_no_longer_proved(
    penalty_law: SourceText, right: ItemContent, evidence: Evidence
) -> None:
    provision = next(p for p in penalty_law.provisions if p.label == "第九条")
    subject, key = "行政处罚的种类", "警告、通报批评"
    asked = right.model_copy(
        update={
            "point": Point.DEFINITION,
            "stem": "根据《行政处罚法》，下列哪一项属于行政处罚的种类？（　　）",
            "options": ["训诫、责令具结悔过", "记过、记大过", key, "留党察看、撤职"],
            "citations": [cite(penalty_law, provision, 0, len(provision.text))],
            "claim": Claim(point=Point.DEFINITION, subject=subject, answers=[key]),
        }
    )
    assert Check.SUPPORTED not in {c.check for c in prove(asked, evidence).failed}
    turned = asked.model_copy(update={"stem": asked.stem.replace("属于", "不属于")})
    assert Check.SUPPORTED in {c.check for c in prove(turned, evidence).failed}


@pytest.mark.parametrize("form", [Form.ONE, Form.BLANKS])
def test_the_fine_of_one_case_is_no_answer_to_another(
    form: Form, book: LawBook, right: ItemContent, evidence: Evidence
) -> None:
    """食品安全法第一百二十六条: 拒不改正的，处五千元以上五万元以下罚款；情节严重的，责令停产停业 …"""
    law = next(t for t in book.texts if t.document.title == "中华人民共和国食品安全法")
    provision = next(p for p in law.provisions if p.label == "第一百二十六条")
    fine = "五千元以上五万元以下"
    subject = "食品生产经营者未按规定"
    start = provision.text.index("由县级以上人民政府食品安全监督管理部门责令改正，给予警告；拒不改正")
    asked = right.model_copy(
        update={
            "point": Point.AMOUNT,
            "form": form,
            "kind": ItemKind.SINGLE if form is Form.ONE else ItemKind.BLANK,
            "citations": [cite(law, provision, start, provision.text.index("。", start) + 1)],
            "claim": Claim(point=Point.AMOUNT, subject="", answers=[fine]),
        }
    )
    where = "（　　）" if form is Form.ONE else BLANK
    told = f"根据《食品安全法》，{subject}查验许可证，经责令改正，拒不改正的，处{where}罚款。"
    answers: dict[str, object] = {"options": [], "refutations": [], "key": Key(blanks=[[fine]])}
    if form is Form.ONE:
        options = ["一千元以上一万元以下", "二万元以上十万元以下", fine, "五万元以上二十万元以下"]
        answers = {"options": options, "key": Key(correct=[2])}
    good = asked.model_copy(update={"stem": told, **answers})
    assert Check.SUPPORTED not in {c.check for c in prove(good, evidence).failed}
    worse = good.model_copy(update={"stem": told.replace("拒不改正的", "情节严重的")})
    assert Check.SUPPORTED in {c.check for c in prove(worse, evidence).failed}
