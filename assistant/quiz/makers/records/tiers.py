"""Which tier applies (裁量阶次题): a circumstance of the table, and the range or grade of its row."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from itertools import islice
from random import Random

from assistant.quiz.contract import Form, ItemContent, ItemKind, Key, Point, Refutation, ScoringPoint
from assistant.quiz.makers.records.chosen import ChosenStandard
from assistant.quiz.makers.records.facts import Fact
from assistant.quiz.makers.records.rows import bounds_note
from assistant.quiz.makers.records.sound import is_lawful, range_line
from assistant.quiz.makers.records.statutes import names_the_item, passages_in
from assistant.quiz.makers.records.sums import inputs_for
from assistant.quiz.makers.records.telling import leaves_nothing_open, not_told_before
from assistant.quiz.makers.records.tier_rows import Row, TierRows, label_words
from assistant.quiz.makers.records.verify import HIGHEST, LOWEST
from assistant.quiz.makers.records.words import (
    bounds_told,
    brief,
    fine_alone,
    short,
    sum_alone,
    tells_mended,
    tidy,
    verb_of_fine,
    wan,
    with_fine,
    without_order,
    working_lines,
)
from assistant.quiz.material import Candidate, Material

Sort = Callable[[TierRows, Row, Random], ItemContent | None]

_EACH = 3
_MOST_WRONG = 3
_TIER_LINE = re.compile(r"^(适用第[0-9]+档[^（]*)（.*）")
_BARE_NUMBER = re.compile(
    r"(?:不足|超过)?[0-9〇一二两三四五六七八九十百千万]+(?:个|批|件|次|份|名|人|日|天|月|种|吨|平方米|元)"
)


def tier_items(chosen: ChosenStandard, material: Material, random: Random) -> Iterator[Candidate]:
    """Items of one tiered standard, its sorts in turn: range, case, grade, a bound of a ratio, free words."""
    standard = chosen.info
    if standard.mode != "tiered" or len(standard.tiers) < 3:
        return
    rows = TierRows(chosen, material, random)
    sorts = [_range_item, _case_item, _grade_item, _bound_sum_item, _points_item]
    random.shuffle(sorts)
    queue = deque(islice(_of_sort(sort, rows, random), _EACH) for sort in sorts)
    while queue:
        made = queue.popleft()
        item = next(made, None)
        if item is not None:
            yield Candidate(item, unit=standard.key, group=standard.document_id)
            queue.append(made)


def _of_sort(sort: Sort, rows: TierRows, random: Random) -> Iterator[ItemContent]:
    for cell in random.sample(rows.cells, len(rows.cells)):
        row = rows.row(cell)
        item = sort(rows, row, random) if row is not None else None
        if item is not None:
            yield item


def _range_item(rows: TierRows, row: Row, random: Random) -> ItemContent | None:
    matter = f"{rows.subject(row)}，{row.cell.when}"
    stem = f"根据{short(rows.chosen.info.document)}，{matter}，{row.cell.party}罚款幅度为（　　）。"
    return _of_ranges(rows, row, ItemKind.SINGLE, stem, 0.45)


def _case_item(rows: TierRows, row: Row, random: Random) -> ItemContent | None:
    facts = rows.facts(row, random)
    if not _to_be_subsumed(rows, row, facts):
        return None
    offence = rows.offence(row, facts)
    if offence is None:
        return None
    told = not_told_before([f.words for f in facts], offence)
    party = row.cell.party
    stem = (
        f"{offence}。经查明：{told}；没有其他裁量情节。{_according(rows, facts)}，{party}应当适用的罚款幅度是（　　）。"
    )
    hard = 0.65 if any(f.at_bound for f in facts) else 0.5
    item = _of_ranges(rows, row, ItemKind.CASE, stem, hard)
    if item is None or not any(f.at_bound for f in facts):
        return item
    return _with_bounds(item, rows)


def _of_ranges(rows: TierRows, row: Row, kind: ItemKind, stem: str, hard: float) -> ItemContent | None:
    options, wrong = _told_alike(row, rows.neighbours(row, _MOST_WRONG))
    if len(wrong) < 2 or sum(w.fine.kind == row.fine.kind for w in wrong) * 2 < len(wrong):
        return None
    citations = rows.cited(row)
    refutations = []
    for number, other in enumerate(wrong, start=1):
        citations.append(rows.chosen.rows.cite(other.places[0]))
        reason = brief(f"该幅度适用于{other.cell.told}的情形")
        refutations.append(Refutation(option=number, reason=reason, citation=len(citations) - 1))
    right = tidy(row.fine.text)
    return ItemContent(
        kind=kind,
        form=Form.ONE,
        point=Point.TIER,
        stem=stem,
        options=options,
        key=Key(correct=[0]),
        explanation=f"根据{short(rows.chosen.info.document)}，{with_fine(row.cell.told, right)}。",
        citations=citations,
        refutations=refutations,
        claim=rows.claim(row, Point.TIER),
        difficulty=hard,
        tags=rows.chosen.tags,
        as_of=rows.material.day,
    )


def _told_alike(row: Row, others: Sequence[Row]) -> tuple[list[str], list[Row]]:
    """The fines as options of one form, the right one first, with the rows of the wrong ones.

    The sums alone where all are plain fines with different verbs (处, 可以处), else those with the right one's verb.
    """
    right = tidy(row.fine.text)
    options = _without_common([right, *(tidy(o.fine.text) for o in others)])
    if len({verb_of_fine(option) for option in options}) > 1 and not any("，" in option for option in options):
        sums = [sum_alone(fine_alone(option)) for option in options]
        if len(set(sums)) == len(sums):
            return sums, list(others)
    alike = [o for o in others if verb_of_fine(tidy(o.fine.text)) == verb_of_fine(right)]
    return [fine_alone(o) for o in _without_common([right, *(tidy(o.fine.text) for o in alike)])], alike


def _without_common(options: list[str]) -> list[str]:
    """The options without the first clauses that all of them have (责令改正，)."""
    split = [option.split("，") for option in options]
    common = 0
    while all(len(s) > common + 1 for s in split) and len({s[common] for s in split}) == 1:
        common += 1
    return ["，".join(s[common:]) for s in split]


def _with_bounds(item: ItemContent, rows: TierRows) -> ItemContent | None:
    """A case at the bound itself, with the words by which the benchmark has it inside; None where it states none."""
    note = bounds_note(rows.chosen.rows.text)
    if note is None:
        return None
    return item.model_copy(
        update={
            "explanation": f"{item.explanation}{bounds_told(rows.chosen.info.bounds)}",
            "citations": [*item.citations, rows.chosen.rows.cite(note)],
        }
    )


def _according(rows: TierRows, facts: Sequence[Fact]) -> str:
    """根据《…裁量基准》, and for a number at the bound itself how the benchmark reads 以上."""
    read = f"（{bounds_told(rows.chosen.info.bounds).rstrip('。')}）" if any(f.at_bound for f in facts) else ""
    return f"根据{short(rows.chosen.info.document)}{read}"


def _grade_item(rows: TierRows, row: Row, random: Random) -> ItemContent | None:
    tiers = [t for t in rows.chosen.info.tiers if t.behaviour == row.tier.behaviour]
    grades = [tidy(t.grade) for t in tiers]
    right = tidy(row.tier.grade)
    if not _names_a_grade(row) or len(set(grades)) < len(grades) or len(grades) < 3:
        return None
    order = sorted(range(len(grades)), key=lambda n: abs(tiers[n].index - row.tier.index))
    wrong = [n for n in order if grades[n] != right and grades[n] and not grades[n].isdigit()][:_MOST_WRONG]
    others = [rows.of_tier(tiers[n]) for n in wrong]
    if len(wrong) < 2:
        return None
    facts = rows.facts(row, random)
    offence = rows.offence(row, facts)
    if offence is None or not _to_be_subsumed(rows, row, facts):
        return None
    told = not_told_before([f.words for f in facts], offence)
    citations = rows.cited(row)
    refutations = []
    for number, (n, other) in enumerate(zip(wrong, others, strict=True), start=1):
        if other is None:
            return None
        citations.append(rows.chosen.rows.cite(other.places[-1]))
        reason = brief(f"“{grades[n]}”适用于{other.cell.told}等情形")
        refutations.append(Refutation(option=number, reason=reason, citation=len(citations) - 1))
    item = ItemContent(
        kind=ItemKind.SINGLE,
        form=Form.ONE,
        point=Point.TIER,
        stem=(
            f"{offence}。经查明：{told}；没有其他裁量情节。{_according(rows, facts)}，应当适用的裁量阶次是（　　）。"
        ),
        options=[right, *(grades[n] for n in wrong)],
        key=Key(correct=[0]),
        explanation=f"根据{short(rows.chosen.info.document)}，{row.cell.told}的，属于“{right}”，{tidy(row.fine.text)}。",
        citations=citations,
        refutations=refutations,
        claim=rows.claim(row, Point.TIER),
        difficulty=0.5 if any(f.at_bound for f in facts) else 0.4,
        tags=rows.chosen.tags,
        as_of=rows.material.day,
    )
    return _with_bounds(item, rows) if any(f.at_bound for f in facts) else item


def _of_nothing(facts: Sequence[Fact]) -> bool:
    """Whether a fact is a bare number that does not say of what it is (十个批次以上)."""
    return any(_BARE_NUMBER.match(f.words) for f in facts)


def _to_be_subsumed(rows: TierRows, row: Row, facts: Sequence[Fact]) -> bool:
    """Whether facts leave something to the candidate: numbers for the row's bounds, and no other row in the act."""
    return any(f.concrete for f in facts) and _may_be_told(rows, row, facts)


def _may_be_told(rows: TierRows, row: Row, facts: Sequence[Fact]) -> bool:
    """Whether facts are findings, complete and of this row alone."""
    return (
        not any(f.repeats_a_bound for f in facts)
        and not _of_nothing(facts)
        and leaves_nothing_open([c for f in facts for c in f.words.split("，")])
        and not rows.invites_another(row)
        and not rows.leaves_a_scale_open(row, facts)
    )


def _names_a_grade(row: Row) -> bool:
    grade = tidy(row.tier.grade)
    return bool(grade) and not grade.isdigit()


def _bound_sum_item(rows: TierRows, row: Row, random: Random) -> ItemContent | None:
    """处货值金额十倍以上十三倍以下: the least or the greatest sum, for a given base."""
    asked = _asked_bound(rows, row)
    base = row.fine.base
    if not base or asked is None:
        return None
    given = row.request.inputs.get(base)
    if (
        given is None
        or row.result.base_used_yuan.get(base, given) != given
        or inputs_for(base, rows.words_of(row.cell), random) is None
        or not is_lawful(row.result, rows.chosen.info.title)
    ):
        return None
    facts = rows.facts(row, random)
    fitting = inputs_for(base, [*(f.words for f in facts), *rows.words_of(row.cell)], random)
    offence = rows.offence(row, facts)
    if fitting is None or offence is None or not _may_be_told(rows, row, facts):
        return None
    given = fitting[base]
    row = rows.with_inputs(row, fitting)
    sum_ = row.result.fine_max_yuan if asked == HIGHEST else row.result.fine_min_yuan
    if sum_ is None or sum_ != int(sum_) or sum_ == given or row.result.base_used_yuan.get(base, given) != given:
        return None
    told = not_told_before([f.words for f in facts], offence)
    note = bounds_note(rows.chosen.rows.text) if any(f.at_bound for f in facts) else None
    question = f"罚款数额{asked}？" if asked else "应当处以罚款多少元？"
    annex = _annex(rows, row, facts)
    return ItemContent(
        kind=ItemKind.CALCULATION,
        form=Form.AMOUNT,
        point=Point.FINE,
        stem=(
            f"{offence}。经查明：{base}{wan(given)}；{told}；没有其他裁量情节。"
            f"{_according(rows, () if annex else facts)}，{row.cell.party}{question}{annex}"
        ),
        key=Key(amount=sum_),
        explanation=f"根据{short(rows.chosen.info.document)}，{with_fine(row.cell.told, tidy(row.fine.text))}；"
        f"{base}{wan(given)}，{asked[:2]}为{wan(sum_)}。",
        working=working_lines([*(_of_the_case(line.text, row) for line in row.result.lines), *range_line(row.result)]),
        citations=[*rows.cited(row), *([rows.chosen.rows.cite(note)] if note is not None else [])],
        claim=rows.claim(row, Point.FINE),
        difficulty=0.55,
        tags=rows.chosen.tags,
        as_of=rows.material.day,
    )


def _asked_bound(rows: TierRows, row: Row) -> str | None:
    """The bound of a ratio to ask for, "" where it is one ratio; None where the law alone gives the answer.

    A bound that the statute has too is found without the tier, and one that is not included is no sum to be imposed.
    """
    fine, result = row.fine, row.result
    if fine.kind == "ratio_fixed":
        return ""
    if fine.kind != "ratio_range":
        return None
    legal = [f for f in rows.chosen.info.legal_ranges if f.base == fine.base]
    lowest = {result.legal_min_yuan == result.fine_min_yuan, *(f.min_ratio == fine.min_ratio for f in legal)}
    highest = {result.legal_max_yuan == result.fine_max_yuan, *(f.max_ratio == fine.max_ratio for f in legal)}
    bounds = rows.chosen.info.bounds
    if bounds.above_included and True not in lowest:
        return LOWEST
    return HIGHEST if bounds.below_included and True not in highest else None


def _of_the_case(line: str, row: Row) -> str:
    """适用第3档 较重（…；…） with the one condition that the case meets: the row's others were not found."""
    met = "，".join(label_words(label) for _, label in row.cell.named)
    return _TIER_LINE.sub(lambda m: f"{m[1]}（{met}）", line) if met else line


def _annex(rows: TierRows, row: Row, facts: Sequence[Fact]) -> str:
    """The rows as printed, where each is a circumstance with its fine: the officer has the table at hand."""
    tiers = [t for t in rows.chosen.info.tiers if t.behaviour == row.tier.behaviour]
    if any(t.when or t.catch_all or t.joint or row.cell.column not in t.fines for t in tiers):
        return ""
    told = ["，或者".join(label_words(c) for c in tier.circumstances) for tier in tiers]
    fines = [tidy(tier.fines[row.cell.column].text) for tier in tiers]
    if any(map(tells_mended, told)):
        fines = [without_order(fine) for fine in fines]
    lines = [
        f"{tidy(tier.grade)}：{when}的，{fine}".removeprefix("：")
        for tier, when, fine in zip(tiers, told, fines, strict=True)
    ]
    if any(f.at_bound for f in facts):
        lines.append(bounds_told(rows.chosen.info.bounds))
    return "\n" + "\n".join(["附：裁量阶次", *lines])


def _basis(rows: TierRows, row: Row) -> str:
    """The one penalty basis, where its law is held and the item cited is the one that says so; else ""."""
    bases = rows.chosen.info.basis
    passages = [p for b in bases for p in passages_in(b.written, rows.material.book)]
    sure = passages and all(names_the_item(rows.subject(row), p) for p in passages)
    return bases[0].written if len(bases) == 1 and sure else ""


def _points_item(rows: TierRows, row: Row, random: Random) -> ItemContent | None:
    """A case with free words: the grade and the range that apply; the rows are at hand, as they are in practice."""
    told = rows.facts(row, random)
    offence = rows.offence(row, told)
    annex = _annex(rows, row, told)
    if (
        offence is None
        or tidy(row.fine.text) not in annex
        or rows.leaves_out_an_order(row)
        or not _names_a_grade(row)
        or not _to_be_subsumed(rows, row, told)
    ):
        return None
    facts = not_told_before([f.words for f in told], offence)
    basis = _basis(rows, row)
    points = [
        ScoringPoint(text=f"裁量阶次：{tidy(row.tier.grade)}", share=Decimal(1)),
        ScoringPoint(text=f"裁量幅度：{tidy(row.fine.text)}", share=Decimal(2)),
    ]
    points += [ScoringPoint(text=f"处罚依据：{basis}", share=Decimal(1))] if basis else []
    asked = "、处罚依据" if basis else ""
    item = ItemContent(
        kind=ItemKind.CASE,
        form=Form.POINTS,
        point=Point.TIER,
        stem=(
            f"{offence}。经查明：{facts}；没有其他裁量情节。"
            f"请根据{short(rows.chosen.info.document)}，写出{row.cell.party}适用的裁量阶次、裁量幅度{asked}。{annex}"
        ),
        key=Key(points=points),
        explanation=f"根据{short(rows.chosen.info.document)}，{row.cell.told}的，属于“{tidy(row.tier.grade)}”，"
        f"{tidy(row.fine.text)}。",
        citations=rows.cited(row),
        claim=rows.claim(row, Point.TIER),
        difficulty=0.6,
        tags=rows.chosen.tags,
        as_of=rows.material.day,
    )
    return _with_bounds(item, rows) if any(f.at_bound for f in told) else item
