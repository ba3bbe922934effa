"""Hand-made records for the audit (核查用例): a sound benchmark of the fictional 示范省, to be broken in one place."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from corpus.citations import find_citations
from corpus.citations.names import NameTable
from corpus.discretion.fines import read_fine
from corpus.discretion.model import (
    Basis,
    DiscretionRecords,
    DiscretionStandard,
    Factor,
    Fine,
    FineKind,
    Formula,
    LegalRange,
    Mode,
    Option,
    Spot,
    Tier,
)

NAMES = NameTable.from_documents(())


def basis(written: str, text: str = "", page: int = 1) -> Basis:
    """A basis as a parser gives it: 《…》第八十三条第二项."""
    citations = tuple(c for found in find_citations(written, NAMES) for c in found.citations)
    return Basis(written, citations, text, Spot(page=page))


def legal(text: str, applies_to: str | None = None) -> LegalRange:
    return LegalRange(read_fine(text), applies_to)


def tier(label: str, fine: str | Fine, axis: str = "数量") -> Tier:
    stated = read_fine(fine) if isinstance(fine, str) else fine
    return Tier((("罚款", stated),), ((axis, label),), pages=(3,), spot=Spot(page=3))


def tiered(*tiers: Tier, statute: str = "处一万元以上十万元以下的罚款", id: str = "1.1") -> DiscretionStandard:
    """A tiered standard over one axis."""
    return DiscretionStandard(
        id=id,
        mode=Mode.TIERED,
        title="示例违法行为",
        basis=(basis("《示范市示例条例》第一条"),),
        legal_ranges=(legal(statute),),
        axes=tuple(dict.fromkeys(axis for t in tiers for axis, _ in t.when)),
        fine_columns=("罚款",),
        tiers=tiers,
        pages=(3,),
    )


SOUND_TIERS = (
    tier("5次以下", "1万元以上3万元以下"),
    tier("5次以上10次以下", "3万元以上6万元以下"),
    tier("10次以上", "6万元以上10万元以下"),
)


def factor(name: str, *options: tuple[str, int]) -> Factor:
    made = tuple(Option(label, Fraction(weight), f"{weight}%") for label, weight in options)
    return Factor(name, made, Spot(page=4))


def weighted(
    *factors: Factor,
    start: int = 20,
    multiplier: str = "100000",
    statute: str = "处一万元以上十万元以下的罚款",
    remark: str = "",
    cap: int | None = None,
    floor: int | None = None,
) -> DiscretionStandard:
    """A weighted standard with one start: total × ``multiplier`` yuan."""
    return DiscretionStandard(
        id="1.2",
        mode=Mode.WEIGHTED,
        title="示例违法行为",
        basis=(basis("《示范市示例条例》第一条"),),
        legal_ranges=(legal(statute),),
        factors=factors,
        formulas=(
            Formula(
                Fraction(start),
                multiplier=Decimal(multiplier),
                cap=None if cap is None else Fraction(cap),
                floor=None if floor is None else Fraction(floor),
                spot=Spot(page=4),
            ),
        ),
        remark=remark,
        pages=(4,),
    )


SOUND_FACTORS = (
    factor("持续时间", ("3个月以下", 0), ("3个月以上6个月以下", 20), ("6个月以上", 40)),
    factor("配合情况", ("配合", 0), ("不配合", 40)),
)

WARNING = Fine("警告", FineKind.WARNING)


def records(*standards: DiscretionStandard) -> DiscretionRecords:
    return DiscretionRecords(standards=standards)
