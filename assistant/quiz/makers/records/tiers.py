"""Which tier applies (裁量阶次题): a circumstance of the table, and the range or grade of its row."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from random import Random

from assistant.discretion.contract import ComputeRequest, ComputeResponse, FineInfo, TierInfo
from assistant.discretion.tiered import BEHAVIOUR
from assistant.discretion.working import squeeze
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
from assistant.quiz.makers.records.chosen import ChosenStandard
from assistant.quiz.makers.records.facts import Fact, facts_of
from assistant.quiz.makers.records.rows import Place
from assistant.quiz.makers.records.sound import result_is_sound
from assistant.quiz.makers.records.statutes import penalty_passage
from assistant.quiz.makers.records.sums import inputs_for
from assistant.quiz.makers.records.verify import LOWEST, covers
from assistant.quiz.makers.records.words import act, brief, short, tidy, wan
from assistant.quiz.material import Candidate, Material
from corpus.errors import EAssistantError

_EACH = 3
_MOST_WRONG = 3
_FINES = frozenset({"range", "upto", "from", "fixed", "ratio_range", "ratio_upto", "ratio_fixed"})
_PLAIN_COLUMN = re.compile(r"^(?:罚款|处罚|裁量|金额|标准|幅度|基准)*$")
_SAMPLE_SUM = Decimal(100000)


@dataclass(frozen=True, slots=True)
class Row:
    """One tier in one fine column, with what names it and what the desk says of it."""

    tier: TierInfo
    column: str
    fine: FineInfo
    condition: tuple[tuple[str, str], ...]  # axis or "" → label
    request: ComputeRequest
    result: ComputeResponse
    places: tuple[Place, ...]


def tier_items(chosen: ChosenStandard, material: Material, random: Random) -> Iterator[Candidate]:
    """Items of one tiered standard: range, grade, case, and the least sum of a ratio."""
    standard = chosen.info
    if standard.mode != "tiered" or len(standard.tiers) < 3:
        return
    rows = [row for tier in standard.tiers for row in _rows(chosen, tier, material, random)]
    picked = random.sample(rows, len(rows))
    makers = (_range_item, _case_item, _grade_item, _least_sum_item, _points_item)
    for make in makers:
        made = 0
        for row in picked:
            item = make(chosen, row, rows, material, random)
            if item is not None:
                yield Candidate(item, unit=standard.key, group=standard.document_id)
                made += 1
            if made == _EACH:
                break


# ---- rows ------------------------------------------------------------------------------------------------------


def _rows(chosen: ChosenStandard, tier: TierInfo, material: Material, random: Random) -> Iterator[Row]:
    for condition in _conditions(chosen, tier):
        for column, fine in tier.fines.items():
            if fine.kind not in _FINES or fine.per:
                continue
            row = _row(chosen, tier, column, fine, condition, material, random)
            if row is not None:
                yield row


def _conditions(chosen: ChosenStandard, tier: TierInfo) -> Iterator[tuple[tuple[str, str], ...]]:
    """What names a tier and no other: its labels, its words that span all axes, or one of its circumstances."""
    tiers = chosen.info.tiers
    behaviour = ((BEHAVIOUR, tier.behaviour),) if tier.behaviour else ()
    labels = tuple((axis, label) for axis, label in tier.when.items() if label is not None)
    if tier.catch_all:
        yield (*behaviour, ("", tier.catch_all))
    elif labels and not tier.circumstances:
        yield (*behaviour, *labels)
    elif tier.circumstances and not labels:
        told = Counter(squeeze(c) for t in tiers if t.behaviour == tier.behaviour for c in t.circumstances)
        if tier.joint:
            yield (*behaviour, ("", "\n".join(tier.circumstances)))
            return
        for circumstance in tier.circumstances:
            if told[squeeze(circumstance)] == 1:
                yield (*behaviour, ("", circumstance))


def _row(
    chosen: ChosenStandard,
    tier: TierInfo,
    column: str,
    fine: FineInfo,
    condition: tuple[tuple[str, str], ...],
    material: Material,
    random: Random,
) -> Row | None:
    told = [chosen.info.title, tier.behaviour, *(label for _, label in condition)]
    inputs = inputs_for(fine.base, told, random) if fine.base else {}
    request = ComputeRequest(
        standard=chosen.info.key,
        choose=dict(condition),
        column=column,
        inputs=inputs if inputs is not None else {fine.base: _SAMPLE_SUM} if fine.base else {},
        as_of=material.day,
    )
    try:
        result = chosen.desk.compute(request)
    except EAssistantError:
        return None
    if result.tier != tier.index or result.fine is None or not result_is_sound(result):
        return None
    places = _places(chosen, tier, fine, condition)
    return Row(tier, column, fine, condition, request, result, places) if places else None


def _places(
    chosen: ChosenStandard, tier: TierInfo, fine: FineInfo, condition: tuple[tuple[str, str], ...]
) -> tuple[Place, ...]:
    """The row that has condition and fine, or the two rows that have one each."""
    words = [line for axis, label in condition for line in (label.splitlines() if axis == "" else [label])]
    whole = chosen.rows.find([*words, fine.text], tier.place)
    if whole is not None:
        return (whole,)
    stated, when = chosen.rows.find([fine.text], tier.place), chosen.rows.find(words, tier.place)
    return (stated, when) if stated is not None and when is not None else ()


# ---- words -----------------------------------------------------------------------------------------------------


def _subject(chosen: ChosenStandard, row: Row) -> str:
    return act(row.tier.behaviour or chosen.info.title)


def _party(row: Row) -> str:
    """对单位, 对个人 … where the table has a column for each; "" where there is one for all."""
    column = tidy(row.column)
    if _PLAIN_COLUMN.match(column):
        return ""
    name = re.sub(r"(?:的)?罚款$", "", column)
    return name if name.startswith("对") else f"对{name}"


def _when(row: Row) -> str:
    """The condition as part of a sentence: 整改情况为“逾期未改正”."""
    parts = [
        f"有“{tidy(label)}”情形" if axis == "" else f"{tidy(axis)}为“{tidy(label)}”"
        for axis, label in row.condition
        if axis != BEHAVIOUR
    ]
    return "、".join(parts) + "的"


def _facts(chosen: ChosenStandard, row: Row, random: Random) -> list[Fact]:
    """The condition as facts of a case: numbers where the labels are bands."""
    standard = chosen.info
    facts = []
    for axis, label in row.condition:
        if axis == BEHAVIOUR:
            continue
        labels = (
            [c for t in standard.tiers if t.behaviour == row.tier.behaviour for c in t.circumstances]
            if axis == ""
            else list(dict.fromkeys(t.when[axis] or "" for t in standard.tiers if t.when.get(axis)))
        )
        fact = facts_of(label, labels, standard.bounds, random)
        facts.append(Fact(fact.words if axis == "" else f"{tidy(axis)}：{fact.words}", fact.concrete, fact.at_bound))
    return facts


def _cited(chosen: ChosenStandard, row: Row, material: Material) -> list[ItemCitation]:
    citations = [chosen.rows.cite(place) for place in row.places]
    statute = penalty_passage(chosen, material)
    return [*citations, *([statute] if statute is not None else [])]


def _claim(chosen: ChosenStandard, row: Row, point: Point) -> Claim:
    return Claim(point=point, request=row.request.model_dump_json(exclude_defaults=True), standard=chosen.info.key)


def _reason(row: Row) -> str:
    return "、".join(f"{tidy(axis)}为“{tidy(label)}”" if axis else f"“{tidy(label)}”" for axis, label in row.condition)


# ---- items -----------------------------------------------------------------------------------------------------


def _range_item(
    chosen: ChosenStandard, row: Row, rows: list[Row], material: Material, random: Random
) -> ItemContent | None:
    stem = (
        f"根据{short(chosen.info.document)}，{_subject(chosen, row)}，{_when(row)}，{_party(row)}罚款幅度为（　　）。"
    )
    return _of_ranges(chosen, row, rows, material, ItemKind.SINGLE, stem, 0.45)


def _case_item(
    chosen: ChosenStandard, row: Row, rows: list[Row], material: Material, random: Random
) -> ItemContent | None:
    facts = _facts(chosen, row, random)
    if not any(f.concrete for f in facts):
        return None
    told = "；".join(f.words for f in facts)
    party = _party(row)
    stem = (
        f"在一起案件中，违法行为为“{_subject(chosen, row)}”。经查明：{told}；没有其他裁量情节。"
        f"根据{short(chosen.info.document)}，{party}应当适用的罚款幅度是（　　）。"
    )
    hard = 0.65 if any(f.at_bound for f in facts) else 0.5
    item = _of_ranges(chosen, row, rows, material, ItemKind.CASE, stem, hard)
    if item is None or not any(f.at_bound for f in facts):
        return item
    said = chosen.info.bounds.text
    return item.model_copy(update={"explanation": f"{item.explanation}{said}"})


def _of_ranges(
    chosen: ChosenStandard, row: Row, rows: list[Row], material: Material, kind: ItemKind, stem: str, hard: float
) -> ItemContent | None:
    wrong = _neighbours(row, rows)
    if len(wrong) < 2 or sum(w.fine.kind == row.fine.kind for w in wrong) * 2 < len(wrong):
        return None
    citations = _cited(chosen, row, material)
    refutations = []
    for number, other in enumerate(wrong, start=1):
        citations.append(chosen.rows.cite(other.places[0]))
        reason = brief(f"该幅度适用于{_reason(other)}的情形")
        refutations.append(Refutation(option=number, reason=reason, citation=len(citations) - 1))
    right = tidy(row.fine.text)
    return ItemContent(
        kind=kind,
        form=Form.ONE,
        point=Point.TIER,
        stem=stem,
        options=_without_common([right, *(tidy(w.fine.text) for w in wrong)]),
        key=Key(correct=[0]),
        explanation=f"根据{short(chosen.info.document)}，{_reason(row)}的，{right}。",
        citations=citations,
        refutations=refutations,
        claim=_claim(chosen, row, Point.TIER),
        difficulty=hard,
        tags=chosen.tags,
        as_of=material.day,
    )


def _without_common(options: list[str]) -> list[str]:
    """The options without the first clauses that all of them have (责令改正，)."""
    split = [option.split("，") for option in options]
    common = 0
    while all(len(s) > common + 1 for s in split) and len({s[common] for s in split}) == 1:
        common += 1
    return ["，".join(s[common:]) for s in split]


def _neighbours(row: Row, rows: list[Row]) -> list[Row]:
    """Rows of the same column, the nearest first, whose ranges neither hold this row's nor lie in it."""
    others: dict[str, Row] = {}
    for other in sorted(rows, key=lambda r: (abs(r.tier.index - row.tier.index), r.tier.index)):
        same = other.column == row.column and other.tier.behaviour == row.tier.behaviour
        if same and not any(covers(a, b) or covers(b, a) for a, b in [(other.fine, row.fine)]):
            others.setdefault(squeeze(other.fine.text), other)
    return list(others.values())[:_MOST_WRONG]


def _grade_item(
    chosen: ChosenStandard, row: Row, rows: list[Row], material: Material, random: Random
) -> ItemContent | None:
    tiers = [t for t in chosen.info.tiers if t.behaviour == row.tier.behaviour]
    grades = [tidy(t.grade) for t in tiers]
    right = tidy(row.tier.grade)
    if not _names_a_grade(row) or len(set(grades)) < len(grades) or len(grades) < 3:
        return None
    order = sorted(range(len(grades)), key=lambda n: abs(tiers[n].index - row.tier.index))
    wrong = [n for n in order if grades[n] != right and grades[n] and not grades[n].isdigit()][:_MOST_WRONG]
    by_index = {r.tier.index: r for r in rows}
    if len(wrong) < 2 or any(tiers[n].index not in by_index for n in wrong):
        return None
    facts = _facts(chosen, row, random)
    told = "；".join(f.words for f in facts)
    citations = _cited(chosen, row, material)
    refutations = []
    for number, n in enumerate(wrong, start=1):
        other = by_index[tiers[n].index]
        citations.append(chosen.rows.cite(other.places[-1]))
        reason = brief(f"“{grades[n]}”适用于{_reason(other)}等情形")
        refutations.append(Refutation(option=number, reason=reason, citation=len(citations) - 1))
    return ItemContent(
        kind=ItemKind.SINGLE,
        form=Form.ONE,
        point=Point.TIER,
        stem=(
            f"在一起案件中，违法行为为“{_subject(chosen, row)}”。经查明：{told}；没有其他裁量情节。"
            f"根据{short(chosen.info.document)}，应当适用的裁量阶次是（　　）。"
        ),
        options=[right, *(grades[n] for n in wrong)],
        key=Key(correct=[0]),
        explanation=f"根据{short(chosen.info.document)}，{_reason(row)}的，属于“{right}”，{tidy(row.fine.text)}。",
        citations=citations,
        refutations=refutations,
        claim=_claim(chosen, row, Point.TIER),
        difficulty=0.5 if any(f.at_bound for f in facts) else 0.4,
        tags=chosen.tags,
        as_of=material.day,
    )


def _names_a_grade(row: Row) -> bool:
    grade = tidy(row.tier.grade)
    return bool(grade) and not grade.isdigit()


def _least_sum_item(
    chosen: ChosenStandard, row: Row, rows: list[Row], material: Material, random: Random
) -> ItemContent | None:
    """处货值金额十倍以上十三倍以下: the least sum, for a given base."""
    least, base = row.result.fine_min_yuan, row.fine.base
    fixed = row.fine.kind == "ratio_fixed"
    if not base or not (fixed or row.fine.kind == "ratio_range") or least is None or least != int(least):
        return None
    given = row.request.inputs.get(base)
    told = [chosen.info.title, row.tier.behaviour, *(label for _, label in row.condition)]
    if given is None or inputs_for(base, told, Random(0)) is None or row.result.within_legal_range is not True:
        return None
    facts = "；".join(f.words for f in _facts(chosen, row, random))
    asked = "应当处以罚款多少元？" if fixed else f"罚款数额{LOWEST}为多少元？"
    return ItemContent(
        kind=ItemKind.CALCULATION,
        form=Form.AMOUNT,
        point=Point.FINE,
        stem=(
            f"在一起案件中，违法行为为“{_subject(chosen, row)}”。经查明：{base}{wan(given)}；{facts}；"
            f"没有其他裁量情节。根据{short(chosen.info.document)}，{_party(row)}{asked}"
        ),
        key=Key(amount=least),
        explanation=f"根据{short(chosen.info.document)}，{_reason(row)}的，{tidy(row.fine.text)}；{base}{wan(given)}，"
        f"{'' if fixed else LOWEST}为{wan(least)}。",
        working=[brief(line.text) for line in row.result.lines],
        citations=_cited(chosen, row, material),
        claim=_claim(chosen, row, Point.FINE),
        difficulty=0.55,
        tags=chosen.tags,
        as_of=material.day,
    )


def _points_item(
    chosen: ChosenStandard, row: Row, rows: list[Row], material: Material, random: Random
) -> ItemContent | None:
    """A case with free words: the grade and the range that apply."""
    if not _names_a_grade(row):
        return None
    facts = "；".join(f.words for f in _facts(chosen, row, random))
    basis = chosen.info.basis[0].written if chosen.info.basis else ""
    points = [
        ScoringPoint(text=f"裁量阶次：{tidy(row.tier.grade)}", share=Decimal(1)),
        ScoringPoint(text=f"裁量幅度：{tidy(row.fine.text)}", share=Decimal(2)),
    ]
    points += [ScoringPoint(text=f"处罚依据：{basis}", share=Decimal(1))] if basis else []
    asked = "、处罚依据" if basis else ""
    return ItemContent(
        kind=ItemKind.CASE,
        form=Form.POINTS,
        point=Point.TIER,
        stem=(
            f"在一起案件中，违法行为为“{_subject(chosen, row)}”。经查明：{facts}；没有其他裁量情节。"
            f"请根据{short(chosen.info.document)}，写出{_party(row)}适用的裁量阶次、裁量幅度{asked}。"
        ),
        key=Key(points=points),
        explanation=f"根据{short(chosen.info.document)}，{_reason(row)}的，属于“{tidy(row.tier.grade)}”，"
        f"{tidy(row.fine.text)}。",
        citations=_cited(chosen, row, material),
        claim=_claim(chosen, row, Point.TIER),
        difficulty=0.6,
        tags=chosen.tags,
        as_of=material.day,
    )
