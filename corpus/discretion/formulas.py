"""Formulas of a benchmark's remark (计算方法): how the total of the weights becomes a sum, per start.

The remark names the starts in its own words; floors and caps stand in other sentences than the formula. A formula
that cannot be tied to exactly one start, or holds a factor nobody understands, is a doubt and gives no multiplier.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from corpus.discretion.clauses import read_clauses
from corpus.discretion.expressions import compact
from corpus.discretion.model import Basis, Doubt, Formula, Spot
from corpus.discretion.variants import matching
from corpus.discretion.weights import read_weight
from corpus.errors import InvalidInput
from corpus.numerals import parse_decimal

__all__ = ["read_formulas", "read_weight", "with_base_floor"]

Start = tuple[str | None, Fraction, str]

_FORMULA = re.compile(
    r"(?P<left>[^=＝。；;：:\n]*?)(?:的)?罚款(?:金额|数额|额度|额|幅度)?(?:的?计算(?:方法|公式))?[=＝](?P<right>[^。；;\n=＝]+)"
)
_TOTAL = re.compile(
    r"(?P<label>[^+＋\-－]*?)(?:的)?(?:裁量)?(?:百分值|百分比|百分率|权重|裁量值|裁量系数|分值|因子)(?:的)?(?:总和|之和|合计|总值|总计|累计|总数)"
)
_TIMES_SIGN = re.compile(r"[×✕✖╳xX*＊·]")
_LIMIT = re.compile(
    r"(?P<label>[^。；;\n，,]*?)(?:的)?(?:裁量)?(?:百分值|百分比|百分率|权重|裁量值|分值)(?:的)?(?:总和|之和|合计|总值|总计|累计)?"
    r"(?P<side>超过|高于|大于|超出|不足|低于|小于|未达到|不到)(?P<limit>[0-9.]+%|百分之[一二三四五六七八九十百]+)的?[，,]?"
    r"(?:一律)?按照?(?P<value>[0-9.]+%|百分之[一二三四五六七八九十百]+)(?:计算|计|执行|裁量)"
)
_ABOVE = ("超过", "高于", "大于", "超出")
_MONEY = re.compile(r"(?P<number>[0-9.]+[十百千万亿]*|[一二三四五六七八九十百千万亿两]+)(?P<unit>元)?")
_SHARE = re.compile(
    r"(?P<percent>[0-9.]+)%|百分之(?P<hundredths>[一二三四五六七八九十百]+)|(?P<times>[0-9.]+|[一二三四五六七八九十两]+)倍"
)
_BASE = re.compile(r"[\u4e00-\u9fff、（）]{2,40}")


@dataclass(frozen=True, slots=True)
class _Written:
    """One printed formula: the words that name its start, what is multiplied, and the sentence."""

    labels: tuple[str, ...]
    multiplier: Decimal | None
    base: str | None
    ratio: Decimal | None
    text: str

    @property
    def understood(self) -> bool:
        return self.multiplier is not None or self.ratio is not None


def read_formulas(remark: str, starts: Sequence[Start], spot: Spot) -> tuple[tuple[Formula, ...], tuple[Doubt, ...]]:
    """One formula per start (its name, weight in percentage points and printed text), in the order of ``starts``."""
    doubts: list[Doubt] = []
    written = list(_written(remark))
    names = [name for name, _, _ in starts]
    chosen: list[_Written | None] = [None] * len(starts)
    for one in written:
        if not one.understood:
            doubts.append(Doubt("formula_not_read", f"计算公式不能确定：{one.text}", spot))
        for i in _meant(one.labels, names, len(written), doubts, one.text, spot):
            if chosen[i] in (None, one):
                chosen[i] = one
                continue
            doubts.append(Doubt("formula_not_read", f"同一裁量起点有两个计算公式：{one.text}", spot))
            chosen[i] = replace(one, multiplier=None, base=None, ratio=None)
    formulas = []
    for (name, weight, text), found in zip(starts, chosen, strict=True):
        if found is None:
            label = f"“{name}”" if name else "本表"
            doubts.append(Doubt("formula_missing", f"备注中没有找到{label}的罚款计算公式。", spot))
            formulas.append(Formula(weight, name, start_text=text, spot=spot))
            continue
        formulas.append(
            Formula(
                start=weight,
                variant=name,
                multiplier=found.multiplier,
                base=found.base,
                ratio=found.ratio,
                text=found.text,
                spot=spot,
                start_text=text,
            )
        )
    return _with_limits(remark, formulas, names, doubts, spot), tuple(doubts)


def with_base_floor(formulas: Sequence[Formula], bases: Sequence[Basis]) -> tuple[Formula, ...]:
    """``formulas`` with the least sum their base counts as, where the quoted statute says it.

    所需处置费用不足十万元的，按十万元计算; a base with two such sums gets none.
    """
    floors: dict[str, set[Decimal]] = {}
    for basis in bases:
        for stated in read_clauses(basis.text).fines:
            if stated.fine.base and stated.fine.base_floor is not None:
                floors.setdefault(stated.fine.base, set()).add(stated.fine.base_floor)
    return tuple(
        replace(formula, base_floor=next(iter(floors[formula.base])))
        if formula.base in floors and len(floors[formula.base]) == 1 and formula.base_floor is None
        else formula
        for formula in formulas
    )


def _written(remark: str) -> Iterator[_Written]:
    for line in _sentences(remark):
        for match in _FORMULA.finditer(line):
            yield _formula(match["left"], match["right"], match.group())


def _sentences(remark: str) -> Iterator[str]:
    """The remark's sentences, compacted, without their numbering; a line break inside a sentence is none."""
    for line in re.split(r"\n(?=\s*(?:[(（]?[0-9一二三四五六七八九十]{1,2}[)）.．、]))", remark):
        for piece in re.split(r"[。；;]|(?<=[^0-9])(?=[(（][0-9]{1,2}[)）])", compact(line)):
            plain = re.sub(r"^(?:（[0-9一二三四五六七八九十]{1,2}）|[0-9]{1,2}[.、](?![0-9]))+", "", piece)
            if plain:
                yield plain


def _formula(left: str, right: str, text: str) -> _Written:
    labels = [left] if left else []
    money: list[Decimal] = []
    shares: list[Decimal] = []
    bases: list[str] = []
    totals = odd = 0
    for factor in _TIMES_SIGN.split(right.strip("，,")):
        if total := _TOTAL.fullmatch(factor):
            totals += 1
            labels += [total["label"]] if total["label"] else []
        elif (match := _SHARE.fullmatch(factor)) and (share := _share(match)) is not None:
            shares.append(share)
        elif (amount := _amount(factor)) is not None:
            money.append(amount)
        elif _BASE.fullmatch(factor):
            bases.append(factor)
        else:
            odd += 1
    fits = totals == 1 and not odd
    plain_money = fits and len(money) == 1 and not bases and not shares
    of_base = fits and not money and len(bases) == 1 and len(shares) <= 1
    return _Written(
        tuple(labels),
        money[0] if plain_money else None,
        bases[0] if of_base else None,
        (shares[0] if shares else Decimal(1)) if of_base else None,
        text,
    )


def _amount(factor: str) -> Decimal | None:
    """100万, 100万元, 5000元 in yuan; None for a bare number."""
    match = _MONEY.fullmatch(factor)
    if match is None or not (match["unit"] or match["number"][-1] in "万亿"):
        return None
    return _decimal(match["number"])


def _share(match: re.Match[str]) -> Decimal | None:
    words = match["percent"] or match["hundredths"] or match["times"]
    number = _decimal(words)
    return number if number is None or match["times"] else number / 100


def _decimal(words: str) -> Decimal | None:
    try:
        return parse_decimal(words)
    except InvalidInput:
        return None


def _meant(
    labels: Iterable[str],
    names: Sequence[str | None],
    formulas: int,
    doubts: list[Doubt],
    text: str,
    spot: Spot,
) -> list[int]:
    """The starts that a formula's labels name; all of them where it has none and stands alone."""
    if len(names) == 1 and (formulas == 1 or names[0] is None):
        return [0] if formulas == 1 else []  # which of several holds, nobody says
    variants = [name or "" for name in names]
    found = [hits for label in labels if (hits := matching(label, variants))]
    if not found and formulas == 1 and not any(labels):
        return list(range(len(names)))
    if not found:
        doubts.append(Doubt("formula_not_read", f"不能确定公式适用于哪一个裁量起点：{text}", spot))
        return []
    meant = set(found[0]).intersection(*found[1:])
    if not meant:
        doubts.append(Doubt("formula_not_read", f"公式两边所指的裁量起点不一致：{text}", spot))
    return sorted(meant)


def _with_limits(
    remark: str, formulas: list[Formula], names: Sequence[str | None], doubts: list[Doubt], spot: Spot
) -> tuple[Formula, ...]:
    """Floors and caps that the remark prescribes, for the starts they name."""
    limited = list(formulas)
    for sentence in _sentences(remark):
        for match in _LIMIT.finditer(sentence):
            value, limit = read_weight(match["value"]), read_weight(match["limit"])
            label = re.sub(r"^(?:若|如|如果|本表|当)+", "", match["label"])
            variants = [name or "" for name in names]
            meant = matching(label, variants) if label and any(variants) else list(range(len(names)))
            if value is None or value != limit or not meant:
                doubts.append(Doubt("limit_not_read", f"裁量百分值的上下限不能确定：{match.group()}", spot))
                continue
            for i in meant:
                if match["side"] in _ABOVE:
                    limited[i] = replace(limited[i], cap=value)
                else:
                    limited[i] = replace(limited[i], floor=value)
    return tuple(limited)
