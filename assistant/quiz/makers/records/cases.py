"""Model cases (典型案例题): the facts as told, and what was applied to them, in the case's own words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from random import Random

from assistant.quiz.contract import (
    Claim,
    Form,
    ItemCitation,
    ItemContent,
    ItemKind,
    Key,
    Point,
    Refutation,
    ScoringPoint,
)
from assistant.quiz.makers.records.answers import Answer, answer_of
from assistant.quiz.makers.records.basis import ANY, DUTY, FINE, Wrong, is_near, matter_of, other_articles
from assistant.quiz.makers.records.chosen import tags_of
from assistant.quiz.makers.records.outcomes import points_of
from assistant.quiz.makers.records.rows import Place
from assistant.quiz.makers.records.statutes import Passage, passage_of
from assistant.quiz.makers.records.words import short
from assistant.quiz.material import Candidate, Material, SourceText, cite
from corpus.citations import FoundCitation, find_citations
from corpus.money import find_amounts
from corpus.vocabulary import Citation, DocumentKind, Provision, ProvisionPath

_FACTS = re.compile(r"案情|案件事实|基本事实|案件经过|违法事实")
_RESULT = re.compile(r"处理结果|处罚决定|复议结果|处理情况|裁判结果|处罚结果|办理结果|处理决定")
_SENTENCE = re.compile(r"[^。！？\n]+[。！？]?")
_CLAUSE = re.compile(r"[^。；\n]+")
_ORDERS = re.compile(r"^[^，]{2,24}责令(?!.*(?:期满|逾期|拒不))")
"""What was ordered in a sentence of its own, before the basis of the penalty is told."""
_VIOLATES = re.compile(r"违反(?:了)?$")
_RESTS_ON = re.compile(r"(?<!本应)(?<!本应当)(?:依据|依照|根据|按照)(?:了)?$")
_OF_A_REVIEW = re.compile(r"复议|裁判|判决|诉讼")
_DECISIONS = (("撤销", "决定撤销原处罚决定"), ("不予行政处罚", "决定不予行政处罚"), ("罚款", "决定处以罚款"))
_ASKED_OF_CASE = "请指出{whom}处理该案的法律依据，并说明应当如何处理{more}。"
_ASKED_OF_FINE = "请指出{whom}处罚依据，并写出依法应当作出的全部处理（罚款写明法定幅度即可{tier}）。"
_NOT_GRAVE = "；执法机关没有认定情节严重"
_ASKED_OF_REVIEW = "请指出原处罚决定存在的问题和法律依据，并说明{who}应当如何处理。"
_LONGEST_FACTS = 700
_LOOKED_AT, _MOST_WRONG = 12, 3
_LIKE_LENGTH = 1.6


@dataclass(frozen=True, slots=True)
class Applied:
    """A provision that the decision names, and whether it was violated or applied (依据)."""

    passage: Passage
    start: int  # in the result
    end: int
    violated: bool
    several: bool  # named together with other paragraphs: 第二款、第三款


def case_items(text: SourceText, material: Material, random: Random) -> Iterator[Candidate]:
    """Items of one case document; a collection of cases has them in documents of their own."""
    if text.document.kind is not DocumentKind.CASE:
        return
    facts = next((p for p in text.provisions if _FACTS.search(p.label)), None)
    result = next((p for p in text.provisions if _RESULT.search(p.label)), None)
    if facts is None or result is None or find_citations(facts.text):
        return
    applied = list(_applied(result, material))
    for one in applied:
        item = _article_item(text, facts, result, one, applied, material, random)
        if item is not None:
            yield Candidate(item, unit=result.id, group=text.document.id)
    points = _points_item(text, facts, result, applied, material)
    if points is not None:
        yield Candidate(points, unit=result.id, group=text.document.id)


def _applied(result: Provision, material: Material) -> Iterator[Applied]:
    """Every provision in force that the result says was violated or applied; 该法 is the law named before."""
    title = ""
    for found in find_citations(result.text):
        title = found.title or title
        before = result.text[: found.start]
        violated, applied = _VIOLATES.search(before), _RESTS_ON.search(before)
        citation = _with_title(found, title)
        passage = passage_of(citation, material.book) if citation is not None else None
        if passage is not None and (violated or applied):
            yield Applied(passage, found.start, found.end, violated is not None, len(found.citations) > 1)


def _with_title(found: FoundCitation, title: str) -> Citation | None:
    if len({c.article for c in found.citations}) != 1:
        return None
    first = found.citations[0]
    return Citation(title, first.article, first.path)


def _article_item(
    text: SourceText,
    facts: Provision,
    result: Provision,
    one: Applied,
    applied: list[Applied],
    material: Material,
    random: Random,
) -> ItemContent | None:
    """Which article was violated, or applied."""
    barred = frozenset(a.passage.provision.id for a in applied)
    fined = "罚款" in result.text[one.end :].partition("。")[0]
    sort = DUTY if one.violated else FINE if fined else ANY
    whole = "\n".join(p.text for p in text.provisions)
    right = matter_of(one.passage)
    if right is None or one.several or (sort is FINE and not bears_the_fine(one.passage, right)):
        return None
    wrong = [
        (other, matter)
        for other in other_articles(whole, one.passage, sort, random, barred, _LOOKED_AT)
        if (matter := matter_of(_whole(other))) is not None
        and is_near(matter.words, f"{right.words}{facts.text}", one.passage.text)
        and 1 / _LIKE_LENGTH <= len(matter.words) / len(right.words) <= _LIKE_LENGTH
    ][:_MOST_WRONG]
    printed = result.text[one.start : one.end]
    label = one.passage.provision.label
    told = shortened(facts.text)
    if len(wrong) < 2 or told is None or label not in printed:
        return None
    law = short(one.passage.text.document.title)
    reviewed = _OF_A_REVIEW.search(f"{result.label}{result.text}") is not None
    if one.violated and reviewed:
        return None
    asked = "当事人的行为违反的是" if one.violated else _asked(result.text[one.end :], reviewed)
    same_role = [a for a in applied if a.violated == one.violated]
    if len({a.passage.provision.id for a in same_role}) > 1:
        return None
    clause = _clause_around(result.text, one.start, one.end)
    citations = [
        cite(text, result, *clause),
        one.passage.cited(),
        *(cite(w.text, w.provision, matter.start, matter.end) for w, matter in wrong),
    ]
    return ItemContent(
        kind=ItemKind.CASE,
        form=Form.ONE,
        point=Point.BASIS,
        stem=f"{told}\n在该案中，{asked}（　　）。",
        options=[_option(law, label, right), *(_option(law, w.provision.label, matter) for w, matter in wrong)],
        key=Key(correct=[0]),
        explanation=f"该案的处理结果写明：{result.text[slice(*clause)].rstrip('。')}。",
        citations=citations,
        refutations=[
            Refutation(
                option=n, reason=f"{w.provision.label}说的是“{matter.words}”，案情中没有这样的事实", citation=n + 1
            )
            for n, (w, matter) in enumerate(wrong, start=1)
        ],
        claim=Claim(point=Point.BASIS, subject="", answers=[label]),
        difficulty=0.55,
        tags=tags_of(text),
        as_of=material.day,
    )


def bears_the_fine(passage: Passage, matter: Place) -> bool:
    """Whether the clause that tells the act states the fine itself, and not only a later one: …的，处警告；警告后…"""
    clause = re.split("[；。\n]", passage.provision.text[matter.end : passage.end], maxsplit=1)[0]
    return "罚款" in clause


def _whole(other: Wrong) -> Passage:
    """The first line of an article, as a passage."""
    words = other.provision.text.partition("\n")[0]
    return Passage(other.text, other.provision, ProvisionPath(), 0, len(words))


def _option(law: str, label: str, matter: Place) -> str:
    """《消防法》第二十八条：“任何单位、个人不得损坏、挪用……”: nobody has to know the number by heart."""
    return f"{law}{label}：“{matter.words}”"


def _points_item(
    text: SourceText, facts: Provision, result: Provision, applied: list[Applied], material: Material
) -> ItemContent | None:
    """What was violated, what was applied and what was decided, in the decision's own words."""
    told = shortened(facts.text)
    cited = [c.start for c in find_citations(result.text) if c.citations[0].article is not None]
    clauses = [
        m.span()
        for m in _CLAUSE.finditer(result.text)
        if any(m.start() <= at < m.end() for at in cited) or _ORDERS.search(m[0])
    ]
    if told is None or not clauses or not applied:
        return None
    reviewed = _OF_A_REVIEW.search(f"{result.label}{result.text}") is not None
    told_points = [points_of(result.text, span) for span in clauses]
    pieces = list(dict.fromkeys(p for of_clause in told_points for p in of_clause))
    sums = [a.value for a in find_amounts(result.text)]
    answer = answer_of(pieces, told, material.book, sums) if told_points[0] else None
    if answer is None or (answer.has_grave_tier and "情节" in result.text):
        return None
    return ItemContent(
        kind=ItemKind.CASE,
        form=Form.POINTS,
        point=Point.BASIS,
        stem=f"{told}\n{_ASKED_OF_REVIEW.format(who=_reviewer(result)) if reviewed else _asked_of_case(answer)}",
        key=Key(points=[ScoringPoint(text=point, share=Decimal(1)) for point in answer.points]),
        explanation=f"{_clauses_told(answer.clauses)}该案的处理结果：{result.text}",
        citations=[
            *([cite(text, facts, 0, len(facts.text))] if answer.tells_facts else []),
            *(cite(text, result, s, e) for s, e in clauses[:6]),
            *_laws(answer.passages),
        ],
        claim=Claim(
            point=Point.BASIS,
            subject="",
            answers=[result.text[slice(*clauses[0])]],
            citation=int(answer.tells_facts),
        ),
        difficulty=0.65,
        tags=tags_of(text),
        as_of=material.day,
    )


def _asked_of_case(answer: Answer) -> str:
    """What the answer tells, and nothing else: which rule was broken, the basis, the outcome without its sum."""
    whole = "".join(answer.points)
    asked = _ASKED_OF_FINE if "罚款" in whole else _ASKED_OF_CASE
    return asked.format(
        whom="当事人违反的规定和" if "违反" in whole else "",
        more="及其理由" if "鉴于" in whole else "",
        tier=_NOT_GRAVE if answer.has_grave_tier else "",
    )


def _clauses_told(clauses: Sequence[Passage]) -> str:
    """The first sentence of each penalty clause, which has what the points of a fine say."""
    told = ((p.cited().citation, re.split("[；。]", p.words)[0].rstrip("：: \n")) for p in clauses)
    return "".join(f"{place}规定：“{words}”。" for place, words in told)


def _reviewer(result: Provision) -> str:
    """Who decided: the answer tells what that body does, and no other is asked about."""
    return "复议机关" if "复议" in f"{result.label}{result.text}" else "人民法院"


def _asked(after: str, reviewed: bool) -> str:
    """The question after a basis, with what was decided on it: that is no secret, and bars other bases."""
    tail = re.split(r"[。；]", after, maxsplit=1)[0]
    who = "复议机关" if reviewed else "执法机关"
    for words, told in _DECISIONS:
        if words in tail:
            return f"{who}{told}的依据是"
    return f"{who}作出处理决定的依据是"


def _laws(passages: Sequence[Passage]) -> list[ItemCitation]:
    seen = {p.cited().citation: p for p in passages if p.end - p.start <= _LONGEST_FACTS}
    return [p.cited() for p in seen.values()]


def shortened(text: str) -> str | None:
    """The facts in whole sentences, up to a length; None where not even the first fits."""
    sentences = [m.group().strip() for m in _SENTENCE.finditer(text) if m.group().strip()]
    told = ""
    for sentence in sentences:
        if len(told) + len(sentence) > _LONGEST_FACTS:
            break
        told += sentence
    return told or None


def _clause_around(text: str, start: int, end: int) -> tuple[int, int]:
    for match in _SENTENCE.finditer(text):
        if match.start() <= start and end <= match.end():
            return match.start(), match.end()
    return start, end
