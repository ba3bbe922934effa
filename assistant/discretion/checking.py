"""A whole check of a proposed penalty (拟处罚核查), put together from its parts; pure over what the desk looked up."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from assistant.discretion.check import (
    Compared,
    Verdict,
    against_benchmark,
    against_statute,
    check_degree,
    judge,
)
from assistant.discretion.compute import case_of_result, compute_standard
from assistant.discretion.contract import PartyKind, Position
from assistant.discretion.facts import names_in
from assistant.discretion.grounds import (
    MITIGATING,
    NO_PENALTY,
    Assessed,
    LegalGround,
    ListedItem,
    assess,
    ground_of_item,
    grounds_of_law,
    grounds_of_rules,
)
from assistant.discretion.no_penalty import NoPenaltyCheck, check_no_penalty, need_of_fact
from assistant.discretion.old_or_new import Comparison, LawOfDay, compare_laws
from assistant.discretion.party import is_unit
from assistant.discretion.raising import check_raised
from assistant.discretion.same_grounds import join_same
from assistant.discretion.search_options import Justification, Search, search_tiers, search_weighted
from assistant.discretion.spans import Inputs
from assistant.discretion.weighted import formula_for
from assistant.discretion.working import Computation, Need, Reference, write_yuan
from corpus.discretion.bounds import CONVENTION
from corpus.discretion.model import ApplicationRules, BoundsRule, DiscretionStandard, Mode
from corpus.vocabulary import Provision

_MOST_CHOICES = 5
OTHER_CHOICES = "其他裁量选择可以得出该金额"
NO_CHOICE = "裁量基准中没有能得出该金额的选择"


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """What is known of a case (案情): the choice, the sums, the proposed fine, answers and days."""

    choose: Mapping[str, str] = field(default_factory=dict)
    variant: str | None = None
    tier: int | None = None
    column: str | None = None
    inputs: Mapping[str, Decimal] = field(default_factory=dict)
    proposed: Decimal | None = None
    facts: Mapping[str, bool | None] = field(default_factory=dict)
    act_date: dt.date | None = None
    party_kind: PartyKind | None = None
    party: str | None = None


@dataclass(frozen=True, slots=True)
class Basics:
    """What the desk looked up for a case (核查依据): the standard with its rules, and the law."""

    standard: DiscretionStandard
    bounds: BoundsRule
    rules: ApplicationRules | None
    decision_date: dt.date
    penalty_law: Sequence[Provision] = ()
    items: Sequence[ListedItem] = ()
    statute_bounds: BoundsRule = CONVENTION
    lists: Collection[str] = ()  # titles of the lists held
    laws: Sequence[tuple[LawOfDay, LawOfDay]] | None = None  # None: the day of the act is not known
    old_for_new: Reference | None = None


@dataclass(frozen=True, slots=True)
class Checked:
    """Everything that a check found (核查结果)."""

    computed: Computation
    against: tuple[Compared, ...]
    verdict: Verdict
    search: Search
    grounds: tuple[Assessed, ...]
    no_penalty: NoPenaltyCheck
    old_or_new: Comparison | None
    warnings: tuple[str, ...]
    needs: tuple[Need, ...]


def compute_case(basics: Basics, case: CaseFacts) -> Computation:
    """The computation of a case by its standard and the rules that go with it."""
    return compute_standard(
        basics.standard,
        choose=case.choose,
        variant=case.variant,
        tier=case.tier,
        column=case.column,
        inputs=case.inputs,
        bounds=basics.bounds,
        rules=basics.rules,
        statute_bounds=basics.statute_bounds,
    )


def check_case(basics: Basics, case: CaseFacts) -> Checked:
    """The whole check of a case. Raises InvalidInput for a name that the standard does not have."""
    result = compute_case(basics, case)
    grounds = _grounds(basics, case)
    no_penalty = check_no_penalty(grounds, case.facts)
    others = tuple(assess(ground, case.facts) for ground in grounds if ground.effect not in NO_PENALTY)
    warnings = _unused_facts(grounds, case.facts)
    against: list[Compared] = []
    search = Search(())
    if case.proposed is None:
        verdict = Verdict(None, "没有填写拟罚款金额，只列出裁量基准的结果和各项事由。")
    else:
        statute, benchmark = against_statute(case.proposed, result), against_benchmark(case.proposed, result)
        # One of them: the degree divides the band of the tier that the case meets, not of the next one.
        further = check_raised(case.proposed, result, Inputs(case.inputs), others)
        further = further or check_degree(case.proposed, result, basics.rules, others)
        against = [statute, benchmark, *([further] if further is not None else [])]
        search = _search(basics, case, result)
        verdict = judge(case.proposed, result, statute, benchmark, others)
        if further is not None and further.position is not Position.INSIDE and verdict.ok:
            verdict = Verdict(None, verdict.text + further.text, verdict.warnings)
        verdict = Verdict(verdict.ok, verdict.text + _what_else(search, benchmark), verdict.warnings)
    old_or_new = None
    if basics.laws is not None:
        old_or_new = compare_laws(basics.laws, basics.standard, case_of_result(result))
    needs = [*result.needs, *no_penalty.needs]
    if against and against[0].position is Position.BELOW:
        asked = {need.name for need in needs}
        open_ = [n for a in others if a.applies is None and a.ground.effect in MITIGATING for n in a.asks]
        needs += [need_of_fact(name) for name in dict.fromkeys(open_) if name not in asked]
    return Checked(
        result,
        tuple(against),
        verdict,
        search,
        others,
        no_penalty,
        old_or_new,
        (*warnings, *verdict.warnings),
        tuple(needs),
    )


def _grounds(basics: Basics, case: CaseFacts) -> list[LegalGround]:
    of_unit = is_unit(case.variant, case.column, case.party_kind, case.party)
    grounds = list(
        grounds_of_law(basics.penalty_law, act_date=case.act_date, decision_date=basics.decision_date, of_unit=of_unit)
    )
    if basics.rules is not None:
        grounds += grounds_of_rules(
            basics.rules, act_date=case.act_date, decision_date=basics.decision_date, lists=basics.lists
        )
    grounds += [ground for listed in basics.items if (ground := ground_of_item(listed)) is not None]
    return sorted(join_same(grounds), key=lambda ground: ground.personal)


def _unused_facts(grounds: Sequence[LegalGround], facts: Mapping[str, bool | None]) -> list[str]:
    used = {name for ground in grounds for name in names_in(ground.holds)}
    return [f"事实“{name}”与各项事由的名称都不相同，没有用到。" for name in facts if name not in used]


def _search(basics: Basics, case: CaseFacts, result: Computation) -> Search:
    """The choices that give the proposed fine, for the variant chosen or for every one."""
    standard, proposed = basics.standard, case.proposed
    if proposed is None or standard.mode is Mode.UNREAD:
        return Search(())
    inputs = Inputs(case.inputs)
    if standard.mode is Mode.TIERED:
        return search_tiers(
            standard, tier=result.tier, column=case.column, inputs=inputs, bounds=basics.bounds, proposed=proposed
        )
    chosen = formula_for(standard, case.variant)
    formulas = [chosen] if chosen is not None else list(standard.formulas)
    searches = [
        search_weighted(standard, formula, choose=case.choose, inputs=inputs, rules=basics.rules, proposed=proposed)
        for formula in formulas
    ]
    found: list[Justification] = [one for search in searches for one in search.found]
    if found:
        return Search(tuple(found[:_MOST_CHOICES]))
    below = [s.nearest_below for s in searches if s.nearest_below is not None]
    above = [s.nearest_above for s in searches if s.nearest_above is not None]
    return Search((), max(below, default=None), min(above, default=None))


def _what_else(search: Search, benchmark: Compared) -> str:
    """What choice would have led to the proposed fine, in a sentence."""
    if benchmark.position is Position.INSIDE:
        return ""
    if search.found:
        return f"{OTHER_CHOICES}的，须与查明的事实相符，不得为凑金额而选择。"
    near = [write_yuan(sum_) for sum_ in (search.nearest_below, search.nearest_above) if sum_ is not None]
    return f"{NO_CHOICE}，最接近的金额为{'、'.join(near)}。" if near else ""
