"""Labels that name a band of numbers (裁量等级的数值区间): 3个月以上6个月以下, 超标1倍以下, 2次, 不足5万元.

Only what the words say: whether 以上 and 以下 include the number is left to the rule of bounds, unless the label
decides it (不足, 超过, 含本数). A label that asks for anything beside its number is not one band.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from corpus.discretion.bounds import Interval
from corpus.errors import InvalidInput
from corpus.numerals import parse_decimal

_NUMBER = r"(?:[0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?[十百千万亿]*|[〇零一二两三四五六七八九十百千万亿]+)"
_UNITS = (
    "个工作日|工作日|个百分点|个小时|个月|批次|人次|小时|分钟|周岁|平方公里|平方千米|平方米|平方|立方米|公里|千米|厘米|毫米|公斤|千克|毫克|毫升"
    "|公顷|分贝|千瓦|兆瓦|元|倍|％|%|年|月|日|天|次|人|名|户|家|件|台|辆|艘|只|头|羽|株|棵|个|项|处|份|批|吨|克|升|亩|米|岁|度|种|间|层"
    "|张|瓶|箱|袋|盒|册|枚|块|根|套|支|桶|车|桌|㎡|m²|m2|m³|m3|kg|mg|km|dB(?:\\(A\\))?"
)
_QUANTITY = re.compile(
    rf"""
    (?P<before> 不超过 | 不高于 | 不大于 | 不多于 | 至多 | 最多 | 不少于 | 不低于 | 不小于 | 至少 | 达到 | 达
      | 超过 | 超出 | 大于 | 高于 | 多于 | 不足 | 不满 | 未满 | 未达到? | 不到 | 低于 | 小于 | 少于 | [≤≥<>＜＞] | 满 )?
    (?P<ordinal> 第 )?
    (?P<number> {_NUMBER} )
    (?P<unit> {_UNITS} )?
    (?: [（(] (?P<inside> 含本数 | 不含本数 | 不含 | 含 | [^（）()0-9]{{1,3}} ) [）)] )?
    (?P<after> 及?以上 | 及其以上 | 或以上 | 及?以下 | 及其以下 | 或以下 | 以内 | 之内 | 内 )?
    (?: [（(] (?P<outside> 含本数 | 不含本数 | 不含 | 含 ) [）)] )?
    """,
    re.VERBOSE,
)
_THROUGH = re.compile(r"[-－—–~～至到]+")
_BETWEEN = re.compile(r"[，,、且并但]*")
_OTHER_CONDITION = re.compile(r"[或且并；;，,、]|同时|以及|[0-9]")
_FIRST_TIME = re.compile(r"(?:首次|初次)(?:发生|违法|实施|被查处|发现)?(?:的)?")
_HIGH_MARKS = ("以下", "以内", "之内", "内")
_SAME = {
    "天": "日",
    "月": "个月",
    "个小时": "小时",
    "个工作日": "工作日",
    "％": "%",
    "个百分点": "%",
    "公斤": "千克",
    "kg": "千克",
    "mg": "毫克",
    "㎡": "平方米",
    "m²": "平方米",
    "m2": "平方米",
    "平方": "平方米",
    "m³": "立方米",
    "m3": "立方米",
    "km": "公里",
    "千米": "公里",
    "平方千米": "平方公里",
    "dB": "分贝",
    "dB(A)": "分贝",
    "名": "人",
    "岁": "周岁",
}
_FACTORS: dict[tuple[str, str], Decimal] = {
    ("年", "个月"): Decimal(12),
    ("小时", "分钟"): Decimal(60),
    ("吨", "千克"): Decimal(1000),
    ("千克", "克"): Decimal(1000),
    ("公顷", "平方米"): Decimal(10000),
    ("平方公里", "平方米"): Decimal(1000000),
    ("公里", "米"): Decimal(1000),
}
_TIME = frozenset({"年", "个月", "日", "小时", "工作日"})


@dataclass(frozen=True, slots=True)
class LabelRange(Interval):
    """One band that a label names (数值区间), in ``unit`` as it counts (个月, 平方米, 次; "" for none)."""

    unit: str = ""


def label_range(label: str) -> tuple[Decimal | None, Decimal | None, str] | None:
    """``(low, high, unit)`` of a label that names one band and asks nothing else, None for every other label.

    3个月以上6个月以下 → (3, 6, 个月); 2次以上 → (2, None, 次); 100吨以下 → (None, 100, 吨); 2次 → (2, 2, 次).
    """
    found = one_range(label)
    return (found.low, found.high, found.unit) if found is not None else None


def one_range(label: str) -> LabelRange | None:
    """The band of ``label_range`` with what the words themselves say about its ends."""
    plain = _plain(label)
    if _FIRST_TIME.fullmatch(plain):
        return LabelRange(Decimal(1), Decimal(1), unit="次")
    found = list(_ranges(plain))
    if len(found) != 1:
        return None
    span, band = found[0]
    rest = re.sub(r"[（(][^（）()]*[）)]", "", plain[: span[0]] + plain[span[1] :])
    rest = re.sub(rf"(?:近|前)?{_NUMBER}(?:年|个月)(?:度)?(?:以内|之内|内)", "", rest)
    return None if _OTHER_CONDITION.search(rest) else band


def in_common_unit(bands: Sequence[LabelRange]) -> tuple[LabelRange, ...] | None:
    """The bands in one unit (1年以上 as 12个月 beside 6个月以上), None where they count different things."""
    units = {band.unit for band in bands}
    for unit in sorted(units):
        factors = {u: Decimal(1) if u == unit else _FACTORS.get((u, unit)) for u in units}
        if all(factor is not None for factor in factors.values()):
            return tuple(_times(band, factors[band.unit] or Decimal(1), unit) for band in bands)
    return None


def _times(band: LabelRange, factor: Decimal, unit: str) -> LabelRange:
    low = None if band.low is None else band.low * factor
    high = None if band.high is None else band.high * factor
    return replace(band, low=low, high=high, unit=unit)


def _plain(label: str) -> str:
    wide = {ord("０") + n: str(n) for n in range(10)} | {ord("．"): ".", ord("，"): "，"}
    return "".join(label.split()).translate(wide)


_Span = tuple[int, int]


def _ranges(plain: str) -> Iterator[tuple[_Span, LabelRange]]:
    """Bands in printed order with their half-open spans: bounds that belong together joined, windows left out."""
    bounds = [b for b in _bounds(plain) if b is not None]
    at = 0
    while at < len(bounds):
        (start, end), band, mark = bounds[at]
        later = bounds[at + 1] if at + 1 < len(bounds) else None
        if later is not None and (joined := _joined(plain, (start, end), band, mark, later)) is not None:
            yield (start, later[0][1]), joined
            at += 2
            continue
        if not (later is not None and band.unit in _TIME and mark in ("内", "以内", "之内")):  # 两年内被处罚2次以上
            yield (start, end), band
        at += 1


_Bound = tuple[_Span, LabelRange, str]


def _bounds(plain: str) -> Iterable[_Bound | None]:
    return (
        _bound(match)
        for match in _QUANTITY.finditer(plain)
        if match["unit"] or match["after"] or match["before"] or _before_range(plain, match)
    )


def _before_range(plain: str, match: re.Match[str]) -> bool:
    """Whether a bare number begins 1-3个月."""
    through = _THROUGH.match(plain, match.end())
    return through is not None and _QUANTITY.match(plain, through.end()) is not None


def _bound(match: re.Match[str]) -> _Bound | None:
    try:
        value = parse_decimal(match["number"])
    except InvalidInput:
        return None
    unit = _SAME.get(match["unit"] or "", match["unit"] or "")
    included = _says_included(match["outside"] or match["inside"])
    before, after = match["before"] or "", match["after"] or ""
    band = LabelRange(value, value, unit=unit)
    if after in _HIGH_MARKS or after.endswith("以下"):
        band = LabelRange(None, value, includes_high=included, unit=unit)
    elif after.endswith("以上"):
        band = LabelRange(value, None, includes_low=included, unit=unit)
    elif before.startswith(("不超", "不高", "不大", "不多", "至多", "最多", "≤")):
        band = LabelRange(None, value, includes_high=True, unit=unit)
    elif before in ("不足", "不满", "未满", "未达", "未达到", "不到", "低于", "小于", "少于", "<", "＜"):
        band = LabelRange(None, value, includes_high=False, unit=unit)
    elif before in ("超过", "超出", "大于", "高于", "多于", ">", "＞"):
        band = LabelRange(value, None, includes_low=False, unit=unit)
    elif before:
        band = LabelRange(value, None, includes_low=True, unit=unit)
    return match.span(), band, after


def _says_included(words: str | None) -> bool | None:
    return None if words is None or not words.endswith(("含", "含本数")) else not words.startswith("不")


def _joined(plain: str, span: _Span, band: LabelRange, mark: str, later: _Bound) -> LabelRange | None:
    """A lower and an upper bound that stand together (3个月以上6个月以下, 1倍以上不足3倍, 1-3个月) as one band."""
    (start, _), upper, _ = later
    between = plain[span[1] : start]
    first, second = (replace(band, unit=upper.unit), upper) if not band.unit else (band, upper)
    if second.unit != first.unit:
        both = in_common_unit((first, second))
        if both is None:
            return None
        first, second = both
    if _THROUGH.fullmatch(between) and first.low is not None and second.high is not None:
        fixed = first.high is not None  # 1-3个月 names both ends; 1个月以上至3个月以下 leaves them to the rule
        low_in = True if fixed and second.low is not None else first.includes_low
        high_in = True if second.low is not None else second.includes_high
        return LabelRange(first.low, second.high, low_in, high_in, first.unit)
    repeated = plain.startswith(between, later[0][1])  # 1次以上同类违法行为3次以下同类违法行为
    if not (repeated or _BETWEEN.fullmatch(between)) or first.high is not None or second.low is not None:
        return None
    return LabelRange(first.low, second.high, first.includes_low, second.includes_high, first.unit)
