"""Cases told apart by a sum (按货值金额、违法所得分的情形): how cells print them, and when one lies inside another.

A cell prints 货值不足一万元：处5万元以上6.5万元以下 where the statute says 货值金额不足一万元的，并处…. Bounds are
yuan; that 以上 may include its number and 不足 does not is left aside: it never tells two cases of one statute apart.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from corpus.discretion.expressions import Expression, compact, find_expressions
from corpus.discretion.model import FineKind

_ANY = Decimal("0.01")  # one fen: the least there can be where there is any (有违法所得的)
_BASE = (
    r"(?:货值(?:金额)?|违法所得(?:金额|数额)?|违法经营(?:金额|数额|额)|违法收入|(?:违法)?销售(?:金额|收入|额)|"
    r"经营(?:金额|数额|额)|营业(?:额|收入)|涉案金额|合同(?:金额|价款)|交易(?:金额|额))"
)
_NAMES = {"货值": "货值金额", "违法所得金额": "违法所得", "违法所得数额": "违法所得"} | dict.fromkeys(
    ("违法经营金额", "违法经营数额"), "违法经营额"
)
_TAKEN_AS_BASE = ("货值金额", "违法所得", "违法经营额", "违法收入")  # what statutes take multiples of
_BELOW = r"(?:不足|不满|不到|未满|少于|低于|小于|未达到?)"
_ABOVE = r"(?:超过|高于|大于|多于|达到?|满)"
_MONEY = r"[0-9.〇零一二两三四五六七八九十百千万亿]+(?:元|(?<=[万亿]))"
_BOUND = rf"(?:不超过|不低于|{_BELOW}|{_ABOVE})?{_MONEY}(?:及?以[上下内])?"
_SUM = rf"(?:{_BASE}(?:合计|共计|总计)?(?:在|为)?{_BOUND}(?:(?:[,，]?(?:且|至|到|并且?)?|[-~～—])?{_BOUND})?)"
_GAIN = rf"(?:(?:没有|无|未取得|有){_BASE})"
_BEFORE = r"(?:(?!没收|责令|给予|予以|或|有下列)[^，,。；;：:（）处罚没有无])"
_MARK_OF_SUM = rf"(?:{_GAIN}|{_BEFORE}{{0,30}}?{_SUM})(?:(?:或者?|且|并且)(?:{_GAIN}|{_BEFORE}{{0,12}}?{_SUM}))*"
_STATE = (
    r"(?:逾期(?:仍|拒)?(?:未|不)[^，,。；;：:处罚的]{0,8}|拒不(?:改正|整改)|情节(?:特别)?(?:严重|较重|一般|较轻|轻微)|"
    r"造成(?:特别)?(?:严重|较大|重大)(?:后果|损失|影响|事故))"
)
_PENALTY = r"(?:警告|通报|吊销|暂扣|没收|责令|给予|予以|并|可以?|处|罚|按|吊销|不予|免予|对)"
_NUMBER = r"(?:（\d{1,2}）|\d{1,2}[.、](?!\d)|[①-⑳])"
_CASE = re.compile(
    rf"(?P<before>^|[。；;，,：:])(?P<number>{_NUMBER})?(?P<case>(?P<sum>{_MARK_OF_SUM})|{_STATE})"
    rf"(?:(?:的|时)?[：:]|的[，,]|[，,](?={_PENALTY})|的(?={_PENALTY}))"
)
_UNMARKED = re.compile(rf"(?:{_MARK_OF_SUM}|{_STATE})(?![的时])")
_LISTED = re.compile(rf"(?P<before>^|[。；;：:]){_NUMBER}")
_FINED = re.compile(r"(?:罚款|元|倍|以下|%)$")
_OR = re.compile(r"或者?")
_NAMED = re.compile(_BASE)
_NONE = re.compile(rf"(?:没有|无|未取得)(?P<base>{_BASE})$")
_SOME = re.compile(rf"^有(?P<base>{_BASE})$")
_ENDS_BELOW = re.compile(rf"{_BELOW}$")
_ENDS_ABOVE = re.compile(rf"{_ABOVE}$")


@dataclass(frozen=True, slots=True)
class SumCase:
    """A case of a base (货值金额) between two sums in yuan; ``high`` None where nothing bounds it.

    0 to 0 is the case without any (没有违法所得), from one fen on the case with any.
    """

    base: str
    low: Decimal
    high: Decimal | None

    def inside(self, other: SumCase) -> bool:
        below = other.high is None or (self.high is not None and self.high <= other.high)
        return self.base == other.base and self.low >= other.low and below


@dataclass(frozen=True, slots=True)
class Marked:
    """Words of a cell with its cases marked as a statute marks them (货值不足一万元的，处…).

    ``base`` is the one sum by which all of them tell cases apart, None where there are several or none. ``nested``:
    a case stands directly below another, so that it is open whether the cases after them stand below it too.
    """

    words: str
    base: str | None
    nested: bool


def mark_cases(words: str) -> Marked:
    """Compacted ``words`` of a cell with every case closed by 的，; numbers of a list (1. ①) are left out."""
    bases: set[str] = set()
    pieces: list[str] = []
    end, nested, fined_sum = 0, False, False
    for match in _CASE.finditer(words):
        before = match["before"]
        nested = nested or (bool(pieces) and not words[end : match.start()] and not before)
        if match["sum"]:
            bases |= {_base(name) for name in _NAMED.findall(match["case"])}
            if before in ("，", ",") and fined_sum and _FINED.search(words, end, match.start()):
                before = "；"
        pieces.append(f"{words[end : match.start()]}{before}{match['case']}的，")
        end, fined_sum = match.end(), bool(match["sum"])
        nested = nested or _directly_below(words, end)
    marked = "".join(pieces) + words[end:]
    return Marked(_LISTED.sub(r"\g<before>", marked), bases.pop() if len(bases) == 1 else None, nested)


def _directly_below(words: str, at: int) -> bool:
    """Whether another case begins where one has just ended."""
    below = _CASE.match(f"；{words[at:]}")
    return below is not None


def read_sum_cases(words: str) -> tuple[SumCase, ...]:
    """The cases of sums that ``words`` join by 或者; empty where any part of them is something else."""
    found: list[SumCase] = []
    base: str | None = None
    for piece in _OR.split(compact(words).strip("，。；;：:").removesuffix("的")):
        case = _sum_case(piece, base)
        if case is None:
            return ()
        base = case.base
        found.append(case)
    return tuple(found)


def base_of_case(cases: Sequence[str]) -> str | None:
    """The sum of which a bare multiple is taken in these cases (货值一万元以上：处10倍 → 货值金额).

    None where the cases name none or several, or one of which there is nothing to multiply (没有违法所得).
    """
    named = {_base(name) for case in cases for name in _NAMED.findall(case)}
    read = [one for case in cases for one in read_sum_cases(case)]
    if len(named) != 1 or not read or any(one.high == 0 for one in read):
        return None
    (base,) = named
    return base if base in _TAKEN_AS_BASE else None


def begins_with_case(words: str) -> bool:
    """Whether ``words`` begin with a case that nothing parts from the rest (没有违法所得不予处罚, 逾期不改正)."""
    return _UNMARKED.match(words) is not None


def lies_inside(words: str, other: str) -> bool:
    """Whether the case ``words`` is ``other`` or part of it (货值不足一万元 in 货值金额不足五万元的)."""
    own, others = read_sum_cases(words), read_sum_cases(other)
    return bool(own) and all(any(one.inside(wider) for wider in others) for one in own)


def _base(printed: str) -> str:
    return _NAMES.get(printed, printed)


def _sum_case(piece: str, base: str | None) -> SumCase | None:
    if gain := _NONE.search(piece):
        return SumCase(_base(gain["base"]), Decimal(0), Decimal(0))
    if gain := _SOME.match(piece):
        return SumCase(_base(gain["base"]), _ANY, None)
    expressions = list(find_expressions(piece))
    names = _NAMED.findall(piece)
    if len(names) > 1 or not 1 <= len(expressions) <= 2 or (not names and base is None):
        return None
    if piece[expressions[-1].end :]:
        return None
    low, high = _ANY, None
    for i, one in enumerate(expressions):
        bounds = _bounds(piece[expressions[i - 1].end if i else 0 : one.start], one)
        if bounds is None:
            return None
        low = max(low, bounds[0])
        high = bounds[1] if high is None else high if bounds[1] is None else min(high, bounds[1])
    if high is not None and low > high:
        return None
    return SumCase(_base(names[0]) if names else base or "", low, high)


def _bounds(before: str, one: Expression) -> tuple[Decimal, Decimal | None] | None:
    """The least and the most of one expression, with the word before it (不足, 超过)."""
    if one.is_ratio or one.read_as:
        return None
    if one.kind is FineKind.FIXED and one.minimum is not None:
        if _ENDS_BELOW.search(before):
            return _ANY, one.minimum
        return (one.minimum, None) if _ENDS_ABOVE.search(before) else None
    if _ENDS_BELOW.search(before) or _ENDS_ABOVE.search(before):
        return None
    return max(one.minimum or _ANY, _ANY), one.maximum
