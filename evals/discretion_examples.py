"""Worked examples of the gold, computed anew (算例复算): every total, sum and range must come out to the yuan."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from assistant.discretion.compute import compute_standard
from assistant.discretion.tiered import BEHAVIOUR
from assistant.discretion.working import Computation
from corpus.discretion.exchange import fine_as_published, number
from corpus.discretion.model import ApplicationRules, BoundsRule, DiscretionStandard, Mode, RuleOrigin
from corpus.errors import EAssistantError
from evals.discretion_marks import RecordMarks, near, squeezed

Json = Mapping[str, Any]

FIELD = "worked examples"
CONVENTION = BoundsRule(above_included=True, below_included=True, origin=RuleOrigin.CONVENTION)

_FINE = ("kind", "min_yuan", "max_yuan", "base", "min_ratio", "max_ratio")


def compare_example(
    example: Json, ordinal: int, standard: DiscretionStandard, rules: ApplicationRules | None, marks: RecordMarks
) -> None:
    """One mark for an example: right when every number it states comes out."""
    name = f"example {ordinal}"
    try:
        wrong = (
            _weighted(example, standard, rules) if standard.mode is Mode.WEIGHTED else _tiers(example, standard, rules)
        )
    except EAssistantError as error:
        wrong = [("result", "computed", f"{error.what}（{error.remedy or ''}）")]
    if not wrong:
        marks.put(FIELD, None, None, True, name)
        return
    gold = "; ".join(f"{field} {expected}" for field, expected, _ in wrong)
    marks.put(FIELD, gold, "; ".join(f"{field} {got}" for field, _, got in wrong), False, name)


Wrong = list[tuple[str, object, object]]


def _weighted(example: Json, standard: DiscretionStandard, rules: ApplicationRules | None) -> Wrong:
    variant = _variant(example.get("variant"), standard)
    done = compute_standard(
        standard,
        choose=_choice(example),
        variant=variant,
        inputs=_inputs(example),
        bounds=CONVENTION,
        rules=rules,
    )
    if done.fine is None:
        return [("result", example.get("fine_yuan"), _refusal(done))]
    total = example.get("total_percent")
    expected = {
        "total": (total, done.total),
        "raw total": (example.get("raw_total_percent", total), done.raw_total),
        "fine": (example.get("fine_yuan"), done.fine),
        "base used": (example.get("base_used_yuan"), dict(done.base_used).popitem()[1] if done.base_used else None),
    }
    wrong: Wrong = [
        (field, gold, got) for field, (gold, got) in expected.items() if gold is not None and not _same(gold, got)
    ]
    within = example.get("within_legal_range")
    if within is not None and done.within is not within:
        wrong.append(("within the statute", within, done.within))
    return wrong


def _tiers(example: Json, standard: DiscretionStandard, rules: ApplicationRules | None) -> Wrong:
    wrong: Wrong = []
    for column, gold in example["fine"].items():
        own = next((c for c in standard.fine_columns if squeezed(c) == squeezed(column)), column)
        done = compute_standard(
            standard, choose=_choice(example), column=own, inputs=_inputs(example), bounds=CONVENTION, rules=rules
        )
        if done.stated is None:
            wrong.append((column, gold, _refusal(done)))
            continue
        stated = fine_as_published(done.stated)
        for name in _FINE:
            expected, got = gold.get(name), stated.get(name)
            same = squeezed(expected) == squeezed(got) if name in ("kind", "base") else _same(expected, got)
            if not same:
                wrong.append((f"{column} {name}", expected, got))
    return wrong


def _choice(example: Json) -> dict[str, str]:
    """Labels by factor or axis; axes that do not apply are left out, a row over all axes is named by its words."""
    choose = example["choose"]
    chosen = {"": choose} if isinstance(choose, str) else {name: label for name, label in choose.items() if label}
    behaviour = example.get("behaviour")
    return chosen | ({BEHAVIOUR: behaviour} if behaviour else {})


def _inputs(example: Json) -> dict[str, Decimal]:
    return {name: Decimal(str(value)) for name, value in (example.get("inputs") or {}).items()}


def _variant(name: str | None, standard: DiscretionStandard) -> str | None:
    """The start of that name; its own spelling of it, where only white space differs."""
    return next((v for v in standard.variants if squeezed(v) == squeezed(name)), name)


def _same(gold: object, got: object) -> bool:
    """Equal numbers; a computed total may be an exact fraction."""
    return near(gold, number(got) if isinstance(got, Fraction) else got)


def _refusal(done: Computation) -> str:
    asked = [f"{need.name}?" for need in done.needs]
    return "; ".join([done.outcome.value, *asked, *done.warnings])
