"""The desk's values in words (裁量核查用语), for every surface: sums, states of a cited basis, effects, positions."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from assistant.discretion.contract import BasisInfo, Cite, FineInfo, Position, StandardInfo

_WAN = Decimal(10_000)

STANDING_ZH: dict[str, str] = {
    "in_force": "现行有效",
    "amended": "其后已修改",
    "repealed": "已废止",
    "not_yet_in_force": "尚未施行",
    "text_differs": "所引文字与法律不一致",
    "no_such_article": "无此条文",
    "gap_in_source": "来源缺失该条",
    "version_not_in_corpus": "当日文本未收录",
    "not_found": "语料未收录",
    "not_in_corpus": "语料未收录",
    "ambiguous": "指向不唯一",
    "unknown": "效力未明",
}
"""State of a cited basis on the day (依据状态)."""

_STALE = frozenset(("repealed", "amended", "text_differs", "no_such_article"))

EFFECT_ZH: dict[str, str] = {
    "severe": "从重",
    "lenient": "从轻",
    "mitigated": "减轻",
    "lenient_or_mitigated": "从轻或者减轻",
    "not_punish": "不予处罚",
    "may_not_punish": "可以不予处罚",
    "no_coercion": "不予实施行政强制措施",
    "raise_tier": "上调一个档次",
    "lower_tier": "下调一个档次",
    "unread": "效果未能读出",
}
"""Effect of a ground or of an entry of a list (事由效果)."""

STATUS_ZH: dict[str, str] = {"applies": "适用", "does_not_apply": "不适用", "needs_fact": "需查明事实"}
"""Whether a ground applies (事由状态)."""

POSITION_ZH: dict[Position, str] = {
    Position.BELOW: "低于",
    Position.INSIDE: "之内",
    Position.ABOVE: "高于",
    Position.UNKNOWN: "无从比对",
}

SEVERITY_ZH: dict[str, str] = {"error": "错误", "warning": "注意", "info": "提示"}

_COUNTS_ZH: dict[str, str] = {
    "sections": "标准",
    "items": "清单项",
    "sections_with_errors": "其中有错误的",
    "bases": "引用依据",
    "proposals": "拟对应条文",
}
PROBLEM_ZH: dict[str, str] = {
    "basis_not_found": "依据未收录",
    "basis_repealed": "依据已废止",
    "basis_amended": "依据已修改",
    "text_differs": "引文与法律不一致",
    "parent_repealed": "上位法已废止",
    "below_minimum": "低于法定下限",
    "beyond_statute": "超出法定幅度",
    "duplicate_number": "编号重复",
    "label_gap": "情形有空缺",
    "label_overlap": "情形有重叠",
    "gap": "档次有空缺",
    "overlap": "档次有重叠",
    "misprint": "误印",
    "needs_review": "待核对",
    "not_monotone": "档次轻重颠倒",
    "unit_slip": "元、万元疑误",
    "weights": "权重合计不符",
    "weights_capped": "权重合计须封顶",
}


def count_words(name: str) -> str:
    """The name of a count of an audit in words; a name that is not known stays as it is."""
    if name.startswith("state_"):
        return f"依据{STANDING_ZH.get(name.removeprefix('state_'), name)}"
    if name.startswith("problem_"):
        return PROBLEM_ZH.get(name.removeprefix("problem_"), name)
    return _COUNTS_ZH.get(name, name)


def plain_number(value: Decimal) -> str:
    """A number without exponent and without idle zeros: ``200000``, ``33.3333``."""
    words = f"{value:f}"
    return words.rstrip("0").rstrip(".") if "." in words else words


def yuan_words(yuan: Decimal) -> str:
    """A sum for reading: ``20万元``, ``1.5万元``, ``2,500元``."""
    wan = yuan / _WAN
    if yuan >= _WAN and wan == wan.quantize(Decimal("0.0001")):
        return f"{wan.normalize():,f}万元"
    whole, _, fraction = plain_number(yuan).partition(".")
    return f"{int(whole):,}{'.' + fraction if fraction else ''}元"


def range_words(low: Decimal | None, high: Decimal | None) -> str:
    """A range for reading: ``10万元至100万元``, ``20万元``, ``最高5万元``, "" where neither bound is known."""
    if low is not None and high is not None:
        return yuan_words(low) if low == high else f"{yuan_words(low)}至{yuan_words(high)}"
    if high is not None:
        return f"最高{yuan_words(high)}"
    return f"最低{yuan_words(low)}" if low is not None else ""


def fine_words(fine: FineInfo) -> str:
    """A fine as printed, with whom it is for."""
    return f"{fine.applies_to}：{fine.text}" if fine.applies_to else fine.text


def cite_words(cites: Iterable[Cite]) -> str:
    """Where a line comes from: each place once."""
    return "；".join(dict.fromkeys(cite.citation for cite in cites))


def is_stale(basis: BasisInfo) -> bool:
    """Whether the cited law no longer says what the benchmark builds on: repealed, amended, quoted otherwise."""
    return basis.state in _STALE


def stale_bases(standard: StandardInfo) -> list[BasisInfo]:
    """The bases of a standard that are stale (失效依据), those of the penalty first; each wording once."""
    return list({b.written: b for b in (*standard.basis, *standard.violated) if is_stale(b)}.values())


def standing_words(basis: BasisInfo) -> str:
    """The state of a basis with what is known of it: ``已废止：已被《…法典》废止``; "" where not looked up."""
    state = STANDING_ZH.get(basis.state, basis.state) if basis.state else ""
    return "：".join(part for part in (state, basis.note) if part)
