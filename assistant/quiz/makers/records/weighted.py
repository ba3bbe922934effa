"""Computing a fine by weights (权重计算题): facts of a case, the weights of the benchmark, and the sum of the desk."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from random import Random

from assistant.discretion.contract import ComputeRequest, ComputeResponse, FactorInfo, FormulaInfo
from assistant.quiz.contract import Claim, Form, ItemCitation, ItemContent, ItemKind, Key, Point
from assistant.quiz.makers.records.chosen import ChosenStandard
from assistant.quiz.makers.records.facts import Fact, fact_of, one_of_several
from assistant.quiz.makers.records.rows import Place, RecordRows, bounds_note
from assistant.quiz.makers.records.sound import is_lawful, range_line, result_is_sound
from assistant.quiz.makers.records.statutes import party_of, penalty_citations
from assistant.quiz.makers.records.sums import inputs_for
from assistant.quiz.makers.records.telling import conduct_told, finding_told, is_undecided, offence_told
from assistant.quiz.makers.records.words import act, bounds_told, joined, plain_number, short, tidy, wan, working_lines
from assistant.quiz.material import Candidate, Material
from corpus.errors import EAssistantError

_EACH = 3
_START = "裁量起点"
_WEIGHING = 2  # factors of a case that weigh something
_TRIES = 10
_MOST_CITATIONS = 12
_LONGEST_STEM = 1450
_FREE = re.compile(r"时间|次数|同类|配合|区域|地点|距离|时段|时期|面积|数量|分贝")
_OF_A_SORT = re.compile(r"种类|类型|类别|品种")
_MENDED = re.compile(r"限期内(?:已)?改正|立即停止|主动")
_UNMENDED = re.compile(r"逾期|未改正|拒不|继续|不停止")
_NUMBERED = re.compile(r"^[0-9]+[.．、]\s*")
_SENTENCE = re.compile(r"[^。；\n]+[。；]?")


@dataclass(frozen=True, slots=True)
class _Case:
    formula: FormulaInfo
    choose: dict[str, str]
    facts: dict[str, Fact]
    inputs: dict[str, Decimal]


def weighted_items(chosen: ChosenStandard, material: Material, random: Random) -> Iterator[Candidate]:
    """A few cases of one standard, each with another total."""
    standard = chosen.info
    if (
        standard.mode != "weighted"
        or not standard.factors
        or len({f.name for f in standard.factors}) < len(standard.factors)
    ):
        return
    seen: set[Decimal] = set()
    for turn in range(_TRIES):
        if len(seen) == _EACH:
            return
        case = _draw(chosen, turn, random)
        item = _item(chosen, case, material) if case is not None else None
        if item is not None and item.key.amount is not None and item.key.amount not in seen:
            seen.add(item.key.amount)
            yield Candidate(item, unit=standard.key, group=standard.document_id)


def _draw(chosen: ChosenStandard, turn: int, random: Random) -> _Case | None:
    """A choice of options that can be true together: particular circumstances of like gravity, others free."""
    standard = chosen.info
    formula = standard.formulas[turn % len(standard.formulas)] if standard.formulas else None
    if formula is None:
        return None
    gravity = (0.15, 0.5, 0.85, 0.0, 1.0)[turn % 5]
    choose: dict[str, str] = {}
    facts: dict[str, Fact] = {}
    for factor in standard.factors:
        labels = [o.label for o in factor.options]
        if len({tidy(label) for label in labels}) < len(labels):
            return None
        at = random.randrange(len(labels)) if _FREE.search(factor.name) and 0 < gravity < 1 else _at(labels, gravity)
        at = _named_in(formula.variant or "", labels, at)
        choose[factor.name] = labels[at]
        fact = fact_of(labels[at], labels, standard.bounds, random)
        facts[factor.name] = one_of_several(fact, random) if _OF_A_SORT.search(factor.name) else fact
    if any(fact.repeats_a_bound or is_undecided(fact.words) for fact in facts.values()):
        return None  # the row's own words: nothing has to be found
    if _that_weigh(standard.factors, choose) < min(_WEIGHING, len(standard.factors)):
        return None  # the starting point alone: nothing has to be added
    told = [formula.variant or "", standard.title, *(f.words for f in facts.values())]
    inputs = inputs_for(formula.base, told, random)
    if inputs is None or _contradicts(formula.variant or "", choose):
        return None
    return _Case(formula, choose, facts, inputs)


def _that_weigh(factors: Sequence[FactorInfo], choose: Mapping[str, str]) -> int:
    """How many of the chosen options change the total."""
    return sum(o.label == choose[f.name] and bool(o.weight_percent) for f in factors for o in f.options)


def _at(labels: list[str], gravity: float) -> int:
    return min(len(labels) - 1, round(gravity * (len(labels) - 1)))


def _named_in(variant: str, labels: list[str], otherwise: int) -> int:
    """The option that the variant's own name says is the case (造成重大生态环境影响), if it says so of any."""
    said = [n for n, label in enumerate(labels) if len(tidy(label)) >= 3 and tidy(label) in tidy(variant)]
    return max(said, key=lambda n: len(labels[n])) if said else otherwise


def _contradicts(variant: str, choose: Mapping[str, str]) -> bool:
    """Whether the case is said to be mended and not mended at once."""
    told = [variant, *choose.values()]
    return any(_MENDED.search(t) for t in told) and any(_UNMENDED.search(t) for t in told)


def _item(chosen: ChosenStandard, case: _Case, material: Material) -> ItemContent | None:
    standard = chosen.info
    request = ComputeRequest(
        standard=standard.key,
        choose=case.choose,
        variant=case.formula.variant,
        inputs=case.inputs,
        as_of=material.day,
    )
    try:
        result = chosen.desk.compute(request)
    except EAssistantError:
        return None
    fine = result.fine_yuan
    if fine is None or not result_is_sound(result) or not is_lawful(result, standard.title) or fine != int(fine):
        return None
    raised = any(result.base_used_yuan.get(base, given) != given for base, given in case.inputs.items())
    if raised or not _weights_as_shown(chosen, case, result):
        return None
    measured = "，".join([*case.facts, *case.inputs])
    offence = offence_told(act(standard.title), party_of(standard.basis, material.book), measured)
    if offence is None:
        return None
    stem = _stem(chosen, case, offence)
    citations = _citations(chosen, case, result, material)
    if citations is None or len(stem) > _LONGEST_STEM or _tells(stem, fine):
        return None
    return ItemContent(
        kind=ItemKind.CALCULATION,
        form=Form.AMOUNT,
        point=Point.FINE,
        stem=stem,
        key=Key(amount=fine),
        explanation=_explanation(standard.document, result),
        working=working_lines([*(line.text for line in result.lines), *range_line(result)]),
        citations=citations,
        claim=Claim(point=Point.FINE, request=request.model_dump_json(exclude_defaults=True), standard=standard.key),
        difficulty=_difficulty(case, result),
        tags=chosen.tags,
        as_of=material.day,
    )


def _weights_as_shown(chosen: ChosenStandard, case: _Case, result: ComputeResponse) -> bool:
    """Whether the desk took the weights that the item shows: columns of one variant may have their own."""
    told = {line.text for line in result.lines}
    return all(
        f"{factor.name}：{option.label}，{_percent(option.weight_percent)}" in told
        for factor in chosen.info.factors
        for option in factor.options
        if option.label == case.choose[factor.name]
    )


def _stem(chosen: ChosenStandard, case: _Case, offence: str) -> str:
    standard = chosen.info
    facts = [finding_told(tidy(name), fact.words) for name, fact in case.facts.items()]
    if case.formula.variant:
        variant = tidy(case.formula.variant).replace("·", "，").removesuffix("的")
        told = conduct_told(variant)
        facts.append(told if told != variant else f"适用情形：{variant}")
    facts += [f"{name}为{wan(value)}" for name, value in case.inputs.items()]
    return (
        f"{offence}。经查明：{joined(facts)}；没有其他裁量情节。"
        f"根据{short(standard.document)}，应当处以罚款多少元？\n{_annex(chosen, case)}"
    )


def _annex(chosen: ChosenStandard, case: _Case) -> str:
    """The weights as printed: the officer has the benchmark at hand when working, so the item brings them along."""
    standard = chosen.info
    lines = ["附：裁量权重", f"裁量起点：{_percent(case.formula.start_weight_percent)}"]
    for factor in standard.factors:
        options = [f"{tidy(o.label)}，{_percent(o.weight_percent)}" for o in factor.options]
        lines.append(f"{tidy(factor.name)}：{joined(options)}")
    lines.append(f"计算方法：{_method(chosen, case.formula)}")
    if any(f.at_bound for f in case.facts.values()):
        lines.append(bounds_told(standard.bounds))
    return "\n".join(lines)


def _method(chosen: ChosenStandard, formula: FormulaInfo) -> str:
    sentences = [formula.text, *_limits(chosen, formula)]
    return "；".join(dict.fromkeys(_NUMBERED.sub("", tidy(s)) for s in sentences)) + "。"


def _limits(chosen: ChosenStandard, formula: FormulaInfo) -> list[str]:
    """The sentences of the remark on the least and the greatest total."""
    limits = [limit for limit in (formula.floor_percent, formula.cap_percent) if limit is not None]
    said = [
        [s for s in _SENTENCE.findall(chosen.info.remark) if _percent(limit) in s and "按" in s] for limit in limits
    ]
    return [sentences[0] for sentences in said if sentences]


def _percent(points: Decimal) -> str:
    return f"{plain_number(points)}%"


def _tells(stem: str, fine: Decimal) -> bool:
    """Whether the sum stands in the stem already."""
    number = plain_number(fine)
    return bool(re.search(rf"(?<![0-9]){number}(?![0-9])", stem)) or wan(fine) in stem or wan(fine)[:-1] in stem


def _citations(
    chosen: ChosenStandard, case: _Case, result: ComputeResponse, material: Material
) -> list[ItemCitation] | None:
    """The row of the formula and those that state the start and the weights taken; then the penalty clause.

    None where a number of the sum stands in none of them.
    """
    rows = chosen.rows
    formula = rows.find([case.formula.text]) if case.formula.text else None
    if formula is None:
        return None
    start = _start(rows, case.formula)
    limit = _limit(chosen, case.formula, result)
    options = {(f.name, o.label): o.weight_percent for f in chosen.info.factors for o in f.options}
    weights = [rows.weighing([name, label], options[name, label]) for name, label in case.choose.items()]
    if not start or limit is None or any(place is None for place in weights):
        return None
    places = [formula, *limit, *start, *(place for place in weights if place is not None)]
    citations = [rows.cite(place) for place in places]
    citations += penalty_citations(chosen, material)
    note = bounds_note(rows.text) if any(f.at_bound for f in case.facts.values()) else None
    citations += [rows.cite(note)] if note is not None else []
    return citations if len(citations) <= _MOST_CITATIONS else None


def _start(rows: RecordRows, formula: FormulaInfo) -> list[Place]:
    """Where the start of a formula is stated; under a sub-heading of its own (限期内改正) that row comes first."""
    weight = formula.start_weight_percent
    if not formula.variant:
        place = rows.weighing([_START], weight)
        return [place] if place is not None else []
    variant = tidy(formula.variant)
    if (place := rows.weighing([_START, variant], weight)) is not None:
        return [place]
    heading = rows.heading([_START, variant])
    place = rows.weighing([_START], weight, heading[1]) if heading is not None else None
    return [heading[0], place] if heading is not None and place is not None else []


def _limit(chosen: ChosenStandard, formula: FormulaInfo, result: ComputeResponse) -> list[Place] | None:
    """The sentence that limits the total, where the case comes to the limit; None where it is not found."""
    if result.raw_total_percent == result.total_percent:
        return []
    for sentence in _limits(chosen, formula):
        if _percent(result.total_percent or Decimal(0)) in sentence:
            place = chosen.rows.find([_NUMBERED.sub("", tidy(sentence))])
            return [place] if place is not None else None
    return None


def _explanation(document: str, result: ComputeResponse) -> str:
    told = [line.text for line in result.lines if "总和" in line.text or line.text.startswith("罚款金额")]
    return f"根据{short(document)}，{'；'.join(told)}。"


def _difficulty(case: _Case, result: ComputeResponse) -> float:
    hard = 0.45 + 0.03 * len(case.choose) + 0.1 * any(f.at_bound for f in case.facts.values())
    limited = result.raw_total_percent != result.total_percent
    return min(0.9, round(hard + 0.1 * limited + 0.05 * bool(case.inputs), 2))
