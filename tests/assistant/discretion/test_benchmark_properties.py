"""Every benchmark at hand, computed: inside the statute or told, heavier never cheaper, the numbers written compute."""

from __future__ import annotations

import random
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from functools import cache
from pathlib import Path

import pytest

import corpus
from assistant.discretion.compute import compute_standard
from assistant.discretion.spans import count_name
from assistant.discretion.tiered import BEHAVIOUR, NOT_APPLICABLE, describe_tier
from assistant.discretion.weighted import lowest_option, weight_for
from assistant.discretion.working import Computation, Outcome
from corpus.discretion.bounds import CONVENTION
from corpus.discretion.model import DiscretionStandard, FineKind, Mode
from ingest.parsers import parse
from ingest.readers import read_document
from tests.assistant.discretion.test_explain import recomputed

SAMPLES = Path(corpus.__file__).parent / "samples" / "示范市"
SAMPLE_FILES = sorted(path for path in SAMPLES.iterdir() if "裁量" in path.name)
SHARED = Path(__file__).resolve().parents[3].parent / "shared" / "corpus" / "discretion"
REAL_FILES = sorted(SHARED.glob("*表.pdf")) + sorted(SHARED.glob("*表.xls"))
BASE = Decimal("1234567.89")

files = pytest.mark.parametrize(
    "path",
    [*SAMPLE_FILES, *REAL_FILES]
    or [pytest.param(None, marks=pytest.mark.skip(reason="no benchmark is at hand: neither samples nor shared files"))],
    ids=lambda path: path.name,
)


@cache
def standards(path: Path) -> tuple[DiscretionStandard, ...]:
    texts = parse(read_document(path.read_bytes(), path.name), path.name)
    return tuple(standard for text in texts for standard in text.records.standards)


def weighted(path: Path) -> Iterator[tuple[DiscretionStandard, str | None]]:
    for standard in standards(path):
        if standard.mode is Mode.WEIGHTED:
            for variant in standard.variants or (None,):
                yield standard, variant


def inputs(standard: DiscretionStandard) -> dict[str, Decimal]:
    fines = [r.fine for r in standard.legal_ranges] + [fine for tier in standard.tiers for _, fine in tier.fines]
    bases = [f.base for f in standard.formulas] + [fine.base for fine in fines]
    counts = [count_name(fine.per) for fine in fines if fine.per]
    return dict.fromkeys(filter(None, bases), BASE) | dict.fromkeys(counts, Decimal(3))


def compute(standard: DiscretionStandard, choose: dict[str, str], **given: object) -> Computation:
    return compute_standard(standard, choose=choose, inputs=inputs(standard), bounds=CONVENTION, **given)


def choices(standard: DiscretionStandard, variant: str | None) -> Iterator[dict[str, str]]:
    """The lightest, the heaviest, and some at random."""
    by_weight = [sorted(f.options, key=lambda o: weight_for(o, variant)) for f in standard.factors]
    yield {f.name: options[0].label for f, options in zip(standard.factors, by_weight, strict=True)}
    yield {f.name: options[-1].label for f, options in zip(standard.factors, by_weight, strict=True)}
    draw = random.Random(standard.id)
    for _ in range(20):
        yield {f.name: draw.choice(f.options).label for f in standard.factors}


def assert_told(result: Computation) -> None:
    """A result is inside the statute's range, or a warning says that it is not or cannot be told."""
    assert result.outcome is Outcome.COMPUTED, (result.standard.id, result.warnings, result.needs)
    if result.within is not True:
        assert any("法定" in warning for warning in result.warnings), result.standard.id
    if result.within and result.legal_span is not None and result.range is not None:
        assert result.legal_span.low is None or result.range.low >= result.legal_span.low
        assert result.legal_span.high is None or result.range.high <= result.legal_span.high


@files
def test_a_benchmark_was_read(path):
    assert standards(path)


@files
def test_any_choice_of_options_is_inside_the_statute_or_told(path):
    for standard, variant in weighted(path):
        for choose in choices(standard, variant):
            assert_told(compute(standard, choose, variant=variant))


@files
def test_every_start_meets_its_own_range_and_multiplies_its_maximum_or_it_is_told(path):
    for standard, variant in weighted(path):
        heaviest = {
            factor.name: max(factor.options, key=lambda o: weight_for(o, variant)).label for factor in standard.factors
        }
        result = compute(standard, heaviest, variant=variant)
        assert result.formula is not None
        multiplier = result.formula.multiplier if result.formula.base is None else result.formula.ratio
        if result.legal is None or multiplier is None or multiplier != result.legal.fine.maximum:
            assert result.warnings, (standard.id, variant)


@files
def test_a_heavier_option_never_makes_the_fine_smaller(path):
    for standard, variant in weighted(path):
        lowest = {f.name: lowest_option(f, variant).label for f in standard.factors}
        for factor in standard.factors:
            rising = sorted(factor.options, key=lambda o: weight_for(o, variant))
            fines = [compute(standard, lowest | {factor.name: o.label}, variant=variant).fine for o in rising]
            assert fines == sorted(fines), (standard.id, factor.name)


@files
def test_the_written_working_computes_to_the_fine(path):
    for standard, variant in weighted(path):
        for choose in choices(standard, variant):
            result = compute(standard, choose, variant=variant)
            written = "\n".join(step.text for step in result.steps) + "\n"
            assert recomputed(written) == Fraction(result.fine), standard.id


@files
def test_every_step_of_a_choice_says_where_it_stands(path):
    for standard, variant in weighted(path):
        result = compute(standard, next(choices(standard, variant)), variant=variant)
        assert all(s.references and s.references[0].place for s in result.steps[: 1 + len(standard.factors)])


@files
def test_every_tier_is_inside_the_statute_or_told(path):
    for standard in standards(path):
        for index, tier in enumerate(standard.tiers):
            for column, fine in tier.fines:
                if fine.kind.is_fine:
                    assert_told(compute(standard, {}, tier=index, column=column))


@files
def test_the_conditions_of_a_row_lead_to_it_or_to_rows_that_share_them(path):
    for standard in standards(path):
        for index, tier in enumerate(standard.tiers):
            if not tier.when and not tier.catch_all:
                continue
            labels = dict(tier.when)
            choose = {axis: labels.get(axis) or NOT_APPLICABLE for axis in standard.axes if labels}
            choose = choose or {"": tier.catch_all}
            if tier.behaviour:
                choose[BEHAVIOUR] = tier.behaviour
            result = compute(standard, choose, column=tier.fines[0][0])
            offered = [option for need in result.needs for option in need.options]
            assert result.tier == index or describe_tier(tier, index) in offered, (standard.id, index)


@files
def test_what_was_not_read_is_never_computed(path):
    for standard in standards(path):
        for index, tier in enumerate(standard.tiers):
            for column, fine in tier.fines:
                if fine.kind is FineKind.UNREAD:
                    result = compute(standard, {}, tier=index, column=column)
                    assert result.outcome is Outcome.NOT_COMPUTABLE
