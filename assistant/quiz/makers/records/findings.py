"""Findings of a case on a list (案情事实): facts that meet a condition or miss it, not the condition's own words.

Whoever answers has to put the fact under the condition: the day on which a thing was mended under the period that was
set, a number under its bound, what the record of penalties shows under 初次违法.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from assistant.quiz.makers.records.thresholds import threshold_of
from corpus.numerals import format_number

_FIRST_TIME = re.compile(
    r"(?:当事人)?(?:属于|系)?(?P<when>[^，；且]{0,8}?)"
    r"(?:属于|系)?(?:首次|初次)(?:违法|发生)(?:的|行为)?"
)
_ORDERED = re.compile(r"(?:经责令后)?在?(?:责令)?(?:改正期限|规定的?期限|限期|期限)内(?P<what>[^，；。]{2,24})")
_ON_THE_SAME_DAY = re.compile(r"在?接到通知后当日(?P<what>[^，；。]{2,20})")
_IN_HOURS = re.compile(r"在?接到通知后二十四小时内(?P<what>[^，；。]{2,20})")
_ON_THE_SPOT = re.compile(r"当场(?P<what>改正|清理完毕|拆除)")
_IN_DAYS = re.compile(r"(?P<days>[三五七十]|十五)日内(?P<what>[^，；。]{2,20})")
_NO_HARM = re.compile(r"(?:危害后果轻微|(?:且)?(?:没有|未)造成危害后果|后果轻微)")
_BARE_FACT = re.compile(
    r"(?:没有|未)[^，；]{2,20}|"
    r"[^，；]{2,16}已(?:经|全部)[^，；]{2,16}|[^，；]{2,16}为[一二两三四五]人"
)
_CLAUSE = re.compile(r"，(?:并)?且?|且")
_OF_PEOPLE = re.compile(r"(?:人员|人数|商品|产品|物品|车辆)为")
_NAMED_QUANTITY = re.compile(r"[一-龥]$")
_MOST_PRINTED = 1
_NEEDS_OBJECT = re.compile(
    r"(?P<verb>制定|编制|建立|设置|配备|安装|组织|取得|办理|补办|补全|补正|提交|公示|填写)(?P<rest>并.*)?"
)
"""A verb of a condition that leaves its object to the violation told above it: 制定并组织演练."""
_DAYS = {"三": 3, "五": 5, "七": 7, "十": 10, "十五": 15}


@dataclass(frozen=True, slots=True)
class Finding:
    """A condition as facts: what meets it, and what misses it by one clause ("" where nothing surely does)."""

    met: str
    missed: str
    failing: str  # of what misses it, the one fact that does
    printed: int  # how many clauses could only be told as printed


def findings_of(conditions: Sequence[str], random: Random, violation: str = "") -> list[Finding] | None:
    """Every condition as facts; None where one of them could only be repeated, or says no whole thing."""
    found = []
    for condition in conditions:
        finding = _finding(condition, random, violation)
        if finding is None:
            return None
        found.append(finding)
    return found if sum(f.printed for f in found) <= _MOST_PRINTED else None


def _finding(condition: str, random: Random, violation: str) -> Finding | None:
    clauses = [c for c in _CLAUSE.split(condition.removesuffix("的")) if c]
    told = [_clause(c, random, violation) for c in clauses]
    if any(t is None for t in told):
        return None
    facts = [t for t in told if t is not None]
    missable = next((n for n, t in enumerate(facts) if t[1]), None)
    missed = "；".join(t[1] if n == missable else t[0] for n, t in enumerate(facts)) if missable is not None else ""
    failing = facts[missable][1] if missable is not None else ""
    printed = sum(t[0] == c for t, c in zip(facts, clauses, strict=True))
    return Finding("；".join(t[0] for t in facts), missed, failing, printed)


def _clause(clause: str, random: Random, violation: str) -> tuple[str, str] | None:
    """What meets a clause and what misses it."""
    if found := _FIRST_TIME.fullmatch(clause):
        return _record(found["when"], random)
    for pattern in (_ON_THE_SAME_DAY, _IN_HOURS, _ON_THE_SPOT, _ORDERED, _IN_DAYS):
        if found := pattern.fullmatch(clause):
            what = with_object(found["what"], violation)
            return _done(pattern, found, what, random) if what else None
    if _NO_HARM.fullmatch(clause):
        return "该行为没有给他人造成损失，行政机关也没有收到投诉举报", ""
    told = f"涉及的{clause}" if _OF_PEOPLE.match(clause) else clause
    return _number(clause) or ((told, "") if _BARE_FACT.fullmatch(clause) else None)


def _done(pattern: re.Pattern[str], found: re.Match[str], what: str, random: Random) -> tuple[str, str]:
    """The day on which a thing was done: in time, and late; the date alone tells which."""
    days = random.choice((2, 3, 5))
    if pattern is _ON_THE_SAME_DAY:
        day = "次日" if days == 2 else f"后第{format_number(days)}日"
        return f"当事人上午接到通知，当天下午{what}", f"当事人接到通知{day}{what}"
    if pattern is _IN_HOURS:
        return f"当事人上午九时接到通知，次日上午八时{what}", f"当事人接到通知后第三日{what}"
    if pattern is _ON_THE_SPOT:
        late = f"当事人在检查之后的第{format_number(days)}日{what}"
        return f"执法人员指出问题后，当事人在检查结束前{what}", late
    if pattern is _IN_DAYS:
        limit = _DAYS[found["days"]]
        ordered = "执法人员检查时责令改正，当事人于检查后第{}日" + what
        return ordered.format(format_number(limit - 1)), ordered.format(format_number(limit + days))
    return _ordered(what, random)


def with_object(what: str, violation: str) -> str:
    """制定生产安全事故应急救援预案并组织演练 of 制定并组织演练; "" where the violation does not give the object."""
    found = _NEEDS_OBJECT.fullmatch(what)
    if found is None:
        return what
    told = re.search(rf"{found['verb']}([^，。；、或并的]{{2,24}})", violation)
    return f"{found['verb']}{told[1]}{found['rest'] or ''}" if told else ""


def _record(when: str, random: Random) -> tuple[str, str]:
    """What the record of penalties shows, within whatever time the condition looks back to."""
    back = when.removesuffix("内")
    months = format_number(random.choice((2, 3, 4))) if back else format_number(random.choice((8, 10, 15, 18)))
    ago = "本年初" if "年度" in back else f"{months}个月前"
    looked = "当事人此前没有违法记录" if not back else f"当事人{back}内没有违法记录"
    return f"执法办案系统显示，{looked}", f"执法办案系统显示，当事人{ago}因同类违法行为受过行政处罚"


def _ordered(what: str, random: Random) -> tuple[str, str]:
    """The period that was set, and the day on which the thing was done."""
    days = random.choice((10, 15, 20))
    early, late = days - random.choice((2, 3, 4)), days + random.choice((3, 5, 6))
    order = f"行政机关责令当事人{format_number(days)}日内改正，当事人于第{{}}日{what}"
    return order.format(format_number(early)), order.format(format_number(late))


def _number(clause: str) -> tuple[str, str] | None:
    found = threshold_of(clause)
    if found is None:
        return None
    inside, outside = found.inside(), found.outside()
    if inside is None or outside is None:
        return None
    before, after = clause[: found.start], clause[found.end :]
    link = "为" if _NAMED_QUANTITY.search(before) and not before.endswith(("为", "是", "达")) else ""
    return f"{before}{link}{inside}{after}", f"{before}{link}{outside}{after}"
