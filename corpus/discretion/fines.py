"""Fines as data (罚款幅度): what a cell of a benchmark or a clause of a statute states, in yuan or as a ratio.

Nothing is guessed: words that allow two readings give ``FineKind.UNREAD``; a misprint with one evident reading is
read and told in ``read_as``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from corpus.discretion.clauses import Reading, StatedFine, read_clauses
from corpus.discretion.expressions import compact
from corpus.discretion.model import Fine, FineKind
from corpus.discretion.sum_cases import Marked, begins_with_case, mark_cases, read_sum_cases
from corpus.discretion.variants import case_of, everyone, person, unit

TO_UNITS, TO_PERSONS, TO_ALL = "对单位", "对个人", "罚款"

_NOTHING = re.compile(r"[/／\\—–\-－―─无]*|不适用|不涉及|/+")
_COLUMN_UNIT = re.compile(
    r"[（](?:单位[:：])?(?:人民币)?(?P<unit>万元|万|千元|元|倍|%|％)[）]|单位[:：](?P<unit2>万元|元)"
)
_SCALE = {"万元": Decimal(10**4), "万": Decimal(10**4), "千元": Decimal(1000), "元": Decimal(1)}
_COLUMN_BASE = re.compile(
    r"(?P<base>(?:货值金额|货值|违法所得|所收费用|直接经济损失|经济损失|总投资额|处置费用|营业额|销售额|合同价款|工程造价))(?:金额)?"
    r"(?:的)?(?:倍数|比例|百分比|[(（](?:倍|%|％)[)）])"
)
_WARNING = re.compile(
    r"(?:责令[^，；。]{0,20}[，；])?(?:给予|予以|处以?|并处)?(?:书面|口头)?(?:警告|通报批评)(?:[、或]+(?:者)?(?:警告|通报批评))?"
)
_MEASURE = re.compile(
    r"责令|吊销|暂扣|没收|报经|取缔|关闭|停业|停产|拘留|移送|移交|限期|降低资质|禁止|不予|免予|撤销|公告|追究|批评教育|"
    r"约谈|劝阻|整改|改正|从业|拆除|信用|警告|通报批评"
)
_STEPS = re.compile(r"每(?:增加|超过?|多|再|增)[^。]*?(?:增加|加处|加罚|递增|增处|并处|上浮|提高)")
_COMPARED = re.compile(
    r"(?:(?:不得?)?(?:低于|高于|少于|多于)|不足|不满|未达|超过(?=货值|违法所得))(?!.*(?:部分|差额)$)"
)
_FINE_END = re.compile(r"(?:罚款|以下|元|倍)")


def read_fine(text: str, column: str = "") -> Fine:
    """The one fine that ``text`` states, read under the head ``column`` (对单位罚款（万元）).

    Several fines in one text (for units and persons, or by case) give UNREAD: ``read_fines`` reads those.
    """
    fines = read_fines(text, column)
    if len(fines) == 1:
        return replace(fines[0][1], text=text.strip())
    return Fine(text=text.strip(), kind=FineKind.UNREAD)


def read_fines(text: str, column: str = "") -> tuple[tuple[str, Fine], ...]:
    """The fines that ``text`` states, each with whom or what it is for: 对单位, 对个人, a case, or 罚款 for all.

    A case is named as printed, without 的 (货值不足一万元); a multiple that names no base takes the sum of its case
    (货值一万元以上：处10倍), where the whole text speaks of that sum alone. What accompanies the fines (没收违法所得,
    责令停产停业) is in ``also`` of the fine it stands with. Never empty.
    """
    printed = text.strip()
    words = compact(text).strip("。；;，,")
    if _NOTHING.fullmatch(words):
        return ((TO_ALL, Fine(printed, FineKind.NONE)),)
    core, steps = _without_steps(words)
    marked = mark_cases(core)
    reading = read_clauses(marked.words, bare_scale=_column_scale(column), column_base=_column_base(column), cell=True)
    if reading.unread or (not reading.fines and _speaks_of_fine(core)):
        return ((TO_ALL, Fine(printed, FineKind.UNREAD, increments=steps)),)
    if not reading.fines:
        return ((TO_ALL, _without_fine(printed, core)),)
    if _open_to_two_readings(reading, marked) or _compared(reading):
        return ((TO_ALL, Fine(printed, FineKind.UNREAD)),)
    stated = _with_measures(reading)
    fines = [replace(one.fine, increments=steps if i == 0 else "") for i, one in enumerate(stated)]
    if steps and fines[0].kind in (FineKind.FIXED, FineKind.RATIO_FIXED):
        return ((TO_ALL, Fine(printed, FineKind.UNREAD, increments=steps)),)
    names = _names(stated)
    if len(set(names)) < len(names):  # two sums for the same party and case
        return ((TO_ALL, Fine(printed, FineKind.UNREAD)),)
    if len(fines) == 1:
        (only,) = fines
        read_as = core.replace(only.text, only.read_as, 1) if only.read_as else ""
        fines = [replace(only, text=printed, read_as=read_as)]
    return tuple(zip(names, fines, strict=True))


def _open_to_two_readings(reading: Reading, marked: Marked) -> bool:
    """Whether it is open which case a fine belongs to, of what a multiple is taken, or which fine a ceiling limits."""
    several = len(reading.fines) > 1
    if any(begins_with_case(measure) for measure in reading.measures):
        return True
    bases = {one.fine.base for one in reading.fines if one.fine.kind.is_ratio}
    return (marked.nested and several) or (reading.inherited and (marked.base is None or bases != {marked.base}))


def _compared(reading: Reading) -> bool:
    """Whether a multiple is only compared with what its base begins with: 低于货值金额50% has no bound of its own."""
    return any(_COMPARED.match(one.fine.base or "") for one in reading.fines)


def _without_steps(words: str) -> tuple[str, str]:
    """The words before the rules of stepping up inside the range (每增加1个超标因子增加五万元), and those rules."""
    steps = _STEPS.search(words)
    if steps is None:
        return words, ""
    head = words[: steps.start()]
    ends = [match.end() for match in _FINE_END.finditer(head)]
    fines = [match.end() for match in re.finditer("罚款", head)]
    if not ends:
        return words, ""
    cut = fines[0] if fines else ends[-1]
    rest = words[cut:].strip("：:，,；;。")
    if rest.startswith("（") and rest.endswith("）") and _wraps(rest):
        rest = rest[1:-1]
    elif rest.startswith("（") and rest.count("（") > rest.count("）"):
        rest = rest[1:]
    return words[:cut], rest


def _wraps(words: str) -> bool:
    depth = 0
    for i, char in enumerate(words):
        depth += (char == "（") - (char == "）")
        if depth == 0:
            return i == len(words) - 1
    return False


def _column_scale(column: str) -> Decimal | None:
    match = _COLUMN_UNIT.search(compact(column))
    return _SCALE.get(match["unit"] or match["unit2"]) if match else None


def _column_base(column: str) -> str | None:
    match = _COLUMN_BASE.search(column)
    return match["base"] if match else None


def _speaks_of_fine(words: str) -> bool:
    """Whether words without a readable sum still speak of one: they are unread, not a measure."""
    if re.search(r"不予罚款|不处罚款|免予罚款|免于罚款", words):
        return False
    return bool(re.search(r"罚款|\d|元|倍|百分之|%|处(?:…|\.{2,})", words))


def _without_fine(printed: str, words: str) -> Fine:
    if _WARNING.fullmatch(words) or (
        "警告" in words and re.fullmatch(r"[^罚]*", words) and not re.search(r"吊销|停业|停产", words)
    ):
        others = [piece for piece in re.split(r"[，；;]", words) if not re.search(r"警告|通报批评", piece)]
        return Fine(printed, FineKind.WARNING, also="，".join(others))
    return Fine(printed, FineKind.OTHER if _MEASURE.search(words) else FineKind.UNREAD)


def _with_measures(reading: Reading) -> list[StatedFine]:
    """The fines with the measures of the parts that state none.

    What is printed after the last fine goes with it (…五倍的罚款，禁止从事…编制工作). Among fines by case, what comes
    before the first case goes with each of them (没收违法所得；货值…的，处…), and a case without a fine stands for
    itself (情节严重的，吊销许可证).
    """
    stated = list(reading.fines)
    by_case = all(one.cases for one in stated)
    apart: list[tuple[int, StatedFine]] = []
    told = {piece for one in stated for piece in one.fine.also.split("，")}
    if by_case:
        for part in reading.unfined:
            measures = "，".join(part.measures)
            if part.cases:
                apart.append((part.before, StatedFine(_without_fine(measures, measures), cases=part.cases)))
            elif part.before == 0:
                stated = [_with_also(one, measures, first=True) for one in stated]
            else:
                continue
            told |= {piece for measure in part.measures for piece in measure.split("，")}
    after = [measure for measure in reading.measures if not told & set(measure.split("，"))]
    if after:
        stated[-1] = _with_also(stated[-1], "，".join(after))
    for at, one in reversed(apart):
        stated.insert(at, one)
    return stated


def _with_also(one: StatedFine, measures: str, *, first: bool = False) -> StatedFine:
    pieces = (measures, one.fine.also) if first else (one.fine.also, measures)
    return replace(one, fine=replace(one.fine, also="，".join(filter(None, pieces))))


def _names(stated: Sequence[StatedFine]) -> list[str]:
    parties = [_party_name(one.party) for one in stated]
    if len({party for party in parties if party}) < len([party for party in parties if party]):
        parties = [f"对{one.party}" if one.party else "" for one in stated]  # two sorts of persons: as printed
    several = any(parties) and len(stated) > 1
    names = [party or (TO_UNITS if several else TO_ALL) for party in parties]
    if len(set(names)) == len(names) and not _told_by_case(stated):
        return names
    return [
        "·".join(
            filter(None, (name if name != TO_ALL else "", "，".join(case.removesuffix("的") for case in one.cases)))
        )
        or name
        for name, one in zip(names, stated, strict=True)
    ]


def _told_by_case(stated: Sequence[StatedFine]) -> bool:
    """Whether the one fine is for one case of a sum or of what came late, which other cells may tell otherwise."""
    if len(stated) != 1 or stated[0].party or len(stated[0].cases) != 1:
        return False
    (case,) = stated[0].cases
    return bool(read_sum_cases(case)) or case_of(case) == "late"


def _party_name(party: str) -> str:
    if not party:
        return ""
    if everyone(party):
        return f"对{party}"
    if person(party):
        return TO_PERSONS
    return TO_UNITS if unit(party) else f"对{party}"
