"""Small discretion records for tests, all fictional: 示范市's benchmark for the act 未按规定设置标识."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from corpus.discretion.model import (
    ApplicationRules,
    Band,
    Basis,
    BoundsRule,
    Circumstance,
    CircumstanceEffect,
    DiscretionStandard,
    ExemptionItem,
    Factor,
    Fine,
    FineKind,
    Formula,
    LegalRange,
    ListEffect,
    Mode,
    Option,
    RuleOrigin,
    SaidBy,
    Spot,
    Tier,
)
from corpus.vocabulary import ArticleNumber, Citation

LAW = "示范市标识管理条例"
BASIS = Basis(
    f"《{LAW}》第九条",
    (Citation(LAW, ArticleNumber(9)),),
    "违反本条例规定，未按规定设置标识的，责令改正，处一万元以上十万元以下的罚款。",
    Spot(page=3),
)

INCLUSIVE = BoundsRule(True, True, RuleOrigin.RULES, "示范市裁量规则", "第十六条", "“以上”“以下”均含本数。")
HALF_OPEN = BoundsRule(
    True, False, RuleOrigin.RULES, "示范市裁量规则", "第二十三条", "“以下”不包括本数，“以上”包括本数。"
)


def yuan_range(low: int, high: int, text: str = "") -> Fine:
    return Fine(text or f"{low}元以上{high}元以下", FineKind.RANGE, Decimal(low), Decimal(high))


def fixed(sum_: int) -> Fine:
    return Fine(f"{sum_}元", FineKind.FIXED, Decimal(sum_), Decimal(sum_))


def up_to(high: int) -> Fine:
    return Fine(f"{high}元以下", FineKind.UPTO, None, Decimal(high))


def times(low: str, high: str, base: str = "货值金额", floor: int | None = None) -> Fine:
    low_, high_ = Decimal(low), Decimal(high)
    kind = FineKind.RATIO_FIXED if low_ == high_ else FineKind.RATIO_RANGE
    return Fine(f"{base}{low}倍以上{high}倍以下", kind, low_, high_, base, Decimal(floor) if floor else None)


def option(label: str, weight: int | Fraction | str, page: int = 4) -> Option:
    points = Fraction(weight) * (100 if isinstance(weight, str) else 1)
    return Option(label, points, weight if isinstance(weight, str) else f"{weight}%", Spot(page=page))


def factor(name: str, *options: tuple[str, int | Fraction | str]) -> Factor:
    return Factor(name, tuple(option(*o) for o in options), Spot(page=4))


TIMES_BEFORE = factor("近二年同类违法行为", ("没有", 0), ("1次", 20), ("2次以上", 40))
DURATION = factor("持续时间", ("一个月以下", 0), ("一个月以上三个月以下", 25), ("三个月以上", 50))


def weighted(**changes: object) -> DiscretionStandard:
    """10 % to begin with, two factors, × 100,000 yuan; the statute allows 10,000 to 100,000."""
    standard = DiscretionStandard(
        id="§1.1",
        mode=Mode.WEIGHTED,
        title="未按规定设置标识",
        behaviours=("未按规定设置标识",),
        basis=(BASIS,),
        legal_ranges=(LegalRange(yuan_range(10_000, 100_000, "处一万元以上十万元以下的罚款")),),
        factors=(TIMES_BEFORE, DURATION),
        formulas=(
            Formula(
                Fraction(10),
                multiplier=Decimal(100_000),
                text="罚款金额＝裁量百分值总和×10万。",
                spot=Spot(page=5),
                start_text="10%",
                start_spot=Spot(page=4),
            ),
        ),
        remark="罚款金额＝裁量百分值总和×10万。",
        pages=(4, 5),
    )
    return replace(standard, **changes)  # type: ignore[arg-type]


def with_formula(standard: DiscretionStandard, **changes: object) -> DiscretionStandard:
    return replace(standard, formulas=(replace(standard.formulas[0], **changes),))  # type: ignore[arg-type]


LATE, IN_TIME = "逾期未改正", "限期内改正"


def with_variants() -> DiscretionStandard:
    """Two starts: mended in time (× 50,000), late (× 100,000, capped at 100 %)."""
    return weighted(
        formulas=(
            Formula(Fraction(10), IN_TIME, Decimal(50_000), spot=Spot(page=5)),
            Formula(Fraction(30), LATE, Decimal(100_000), cap=Fraction(100), spot=Spot(page=5)),
        ),
        legal_ranges=(
            LegalRange(yuan_range(5_000, 50_000), IN_TIME),
            LegalRange(yuan_range(30_000, 100_000), LATE),
        ),
        remark="逾期未改正的裁量百分值总和超过100%的，按100%计算。",
    )


def tier(fine: Fine, column: str = "罚款", page: int = 7, catch_all: str = "", **when: str | None) -> Tier:
    return Tier(((column, fine),), tuple(when.items()), catch_all, pages=(page,), spot=Spot(page=page))


def tiered(**changes: object) -> DiscretionStandard:
    """Two axes, four rows and a catch-all; 10,000 to 50,000 by statute."""
    standard = DiscretionStandard(
        id="§1.2",
        mode=Mode.TIERED,
        title="擅自移动标识",
        behaviours=("擅自移动标识",),
        basis=(BASIS,),
        legal_ranges=(LegalRange(yuan_range(10_000, 50_000, "处一万元以上五万元以下的罚款")),),
        axes=("区域", "整改情况"),
        fine_columns=("罚款",),
        tiers=(
            tier(yuan_range(10_000, 20_000), 区域="一般区域", 整改情况="已整改"),
            tier(yuan_range(20_000, 30_000), 区域="一般区域", 整改情况="未整改"),
            tier(yuan_range(30_000, 40_000), 区域="敏感区域", 整改情况="已整改"),
            tier(yuan_range(40_000, 50_000), 区域="敏感区域", 整改情况="未整改"),
            tier(fixed(50_000), catch_all="造成严重社会影响的"),
        ),
        pages=(7,),
    )
    return replace(standard, **changes)  # type: ignore[arg-type]


def rules(**changes: object) -> ApplicationRules:
    """Rules of application with a circumstance of each sort."""
    made = ApplicationRules(
        "示范市裁量规则",
        bounds=HALF_OPEN,
        total_cap=Fraction(100),
        total_cap_by=SaidBy("第六条", "累加后最高不超过100%。"),
        lowest_if_unknown=SaidBy("第五条", "裁量因素确无法查明的，按最低档次计算。"),
        degree=Band.MIDDLE,
        degree_by=SaidBy("第十二条", "从重处罚不得低于平均值，从轻处罚应当低于平均值，一般处罚按平均金额。"),
        heavier_tier=SaidBy("第十四条", "同时具有不同档次情节的，按较重档次。"),
        circumstances=(
            Circumstance("主动消除影响的", CircumstanceEffect.LENIENT, False, "第十条第（一）项", "可以从轻处罚："),
            Circumstance("暴力抗拒执法的", CircumstanceEffect.SEVERE, True, "第九条第（一）项", "应当从重处罚："),
            Circumstance("经济确有困难的", CircumstanceEffect.MITIGATED, False, "第十一条第（一）项", "可以减轻处罚："),
        ),
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def item(**changes: object) -> ExemptionItem:
    """An entry of a no-penalty list with two conditions that must hold together."""
    made = ExemptionItem(
        "3",
        "未按规定设置标识",
        ListEffect.NOT_PUNISH,
        lead="同时满足下列情形的，不予行政处罚：",
        conditions=("属于首次违法；", "在责令改正期限内改正违法行为，危害后果轻微。"),
        provisions=(BASIS,),
        pages=(2,),
        spot=Spot(page=2),
    )
    return replace(made, **changes)  # type: ignore[arg-type]
