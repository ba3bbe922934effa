"""Wrong options of the same sort as the key (干扰项), each with the reason why it is wrong.

Values that the same law states for other acts come first, then the neighbouring steps in which laws count. None is
stated anywhere in the provision of the key, nor of nearly the same subject elsewhere in the law.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from random import Random

from assistant.encyclopedia.contract import SanctionKind
from assistant.quiz.makers.values.model import Fact, Limit, Organ, Range, Sanctions
from assistant.quiz.makers.values.neighbours import OFTEN, Neighbours
from assistant.quiz.makers.values.organs import family_of
from assistant.quiz.makers.values.sanctions import absent_from
from assistant.quiz.makers.values.scale import bounds_of, period, periods_around, steps_around, written
from assistant.quiz.proof.evidence import bigrams, plain
from corpus.discretion.expressions import compact, find_expressions
from corpus.quantities import find_quantities

_OF_BUSINESSES = frozenset({SanctionKind.HALT, SanctionKind.CLOSURE, SanctionKind.DOWNGRADE})
_OF_LICENCES = frozenset({SanctionKind.SUSPENSION, SanctionKind.REVOCATION})
_BUSINESS = re.compile(
    r"单位|企业|(?<!救援)(?<!管理)机构|经营|生产|销售|公司|平台|建设|施工|持有人|开办者|发布者|广告主|工程"
)
_OF_A_PLACE = re.compile(r"[^，。；入在]{0,14}(?:场所|危险品)")
"""What a place or a thing is called after, which says nothing of who acts there: 生产、储存易燃易爆危险品场所."""
_OF_SOMEBODY = re.compile(
    r"[^，。；]{0,30}(?:单位|企业|组织|机构|公司)的(?=公文|证件|证明|印章|文书|财物|秩序|商业秘密)"
)
"""Whose papers or goods they are says nothing of who acts: 买卖…企业、事业单位的公文."""
_GAINS = re.compile(
    r"经营|生产|销售|出售|买卖|收购|收取|收费|牟利|营利|营业|所得|获利|广告|服务|交易|转让|出租|出借|倒卖|业务|代理|承包|开采|采伐|捕捞"
)
"""Acts by which something may be earned."""
_UNLICENSED = re.compile(r"未取得[^，。；]{0,20}(?:许可|执照|资质|资格|证)|未经[^，。；]{0,6}(?:许可|批准)|无证")
"""Who has no licence has none to lose."""
_OF_PERSONS = re.compile(r"责任人员|有关个人")
_LICENSED = re.compile(r"许可|资质|资格|证书|执业|驾驶|执照|经批准")
_DETAINS = SanctionKind.DETENTION
"""A penalty of persons: businesses are closed beside it only where the articles around say so."""
_LIGHT = frozenset({SanctionKind.WARNING, SanctionKind.CRITICISM})
_WEIGHT = {
    SanctionKind.FINE: 1,
    SanctionKind.CONFISCATION: 1,
    SanctionKind.SUSPENSION: 2,
    SanctionKind.DOWNGRADE: 2,
    SanctionKind.HALT: 3,
    SanctionKind.CLOSURE: 3,
    SanctionKind.REVOCATION: 3,
    SanctionKind.DETENTION: 3,
}
"""How grave a penalty is: beside a licence taken away nobody thinks of a warning."""
Bounds = tuple[Decimal | None, Decimal | None, str]
"""Lowest and highest of a range as stated, and its unit."""
_FARTHEST = Decimal(6)
_SAME_SUBJECT = 0.8
_MOST_SHARED_BOUNDS = 1


@dataclass(frozen=True, slots=True)
class Wrong:
    """A wrong option with the reason."""

    words: str
    reason: str
    kind: SanctionKind | None = None


def wrong_options(fact: Fact, near: Neighbours, random: Random, number: int = 3) -> list[Wrong]:
    """Up to ``number`` wrong options, in a random choice among the best; fewer where no more can be refuted."""
    match fact.value:
        case Range():
            found = _ranges(fact, fact.value, near, random)
        case Limit():
            found = _limits(fact, fact.value, near, random)
        case Organ():
            found = _organs(fact, fact.value, near, random)
        case Sanctions():
            found = _sanctions(fact, near, random)
    return _first(found, number)


def _first(found: Iterable[Wrong], number: int) -> list[Wrong]:
    chosen: dict[str, Wrong] = {}
    for wrong in found:
        if len(chosen) == number:
            break
        chosen.setdefault(wrong.words, wrong)
    return list(chosen.values())


# ---- sums and multiples ------------------------------------------------------------------------------------


def _ranges(fact: Fact, key: Range, near: Neighbours, random: Random) -> Iterator[Wrong]:
    text = fact.provision.text
    tail = fact.words[len(written(key)) :]
    stated = _stated_ranges(text)
    shared = 0
    kept: list[Range] = []
    for value, source in _candidate_ranges(fact, key, near, random):
        if (
            _bounds(value) in stated
            or _covers_tiers(value, key, stated)
            or any(_same_subject(fact, f) for f in near.by_value.get(value, ()))
        ):
            continue
        words = f"{written(value)}{tail}"
        common = _shares_bound(value, key)
        if _confusing(value, key) or shared + common > _MOST_SHARED_BOUNDS or words in fact.before:
            continue
        if any(_confusing(value, k) for k in kept) or (_is_narrow(value) and not _is_narrow(key)):
            continue
        shared += common
        kept.append(value)
        yield Wrong(words, _reason_of_range(fact, value, key, source))


def _candidate_ranges(fact: Fact, key: Range, near: Neighbours, random: Random) -> Iterator[tuple[Range, str]]:
    printed: dict[Bounds, tuple[Range, str]] = {}
    for value, facts in near.by_value.items():
        other = next((f for f in facts if f.provision.id != fact.provision.id), None)
        if isinstance(value, Range) and other is not None and _comparable(value, key):
            printed.setdefault(_bounds(value), (value, other.provision.label))
    from_law = list(printed.values())
    random.shuffle(from_law)
    steps = [(value, "") for value in steps_around(key)]
    next_to, far = steps[:4], steps[4:]
    random.shuffle(next_to)
    yield from from_law[:2]
    yield from next_to
    yield from from_law[2:]
    yield from far


def _reason_of_range(fact: Fact, value: Range, key: Range, source: str) -> str:
    """Where a wrong range comes from, or by which bound it misses the right one."""
    right = f"{fact.provision.label}规定的{fact.words}"
    if source:
        return f"{written(value)}是{source}对其他违法行为的规定，本题的情形应为{right}。"
    pairs = (("下限", value.minimum, key.minimum), ("上限", value.maximum, key.maximum))
    off = [(name, "高于" if a > b else "低于") for name, a, b in pairs if a is not None and b is not None and a != b]
    if not off:
        return f"应为{right}，不是{written(value)}。"
    if key.minimum == key.maximum:
        return f"{written(value)}{off[0][1]}{right}。"
    if len(off) == 2 and off[0][1] == off[1][1]:
        return f"{written(value)}的下限和上限都{off[0][1]}{right}。"
    return f"与{right}相比，{written(value)}的{'，'.join(f'{name}{how}规定' for name, how in off)}。"


def _comparable(value: Range, key: Range) -> bool:
    if value.unit != key.unit or (value.minimum is None) != (key.minimum is None):
        return False
    if (value.maximum is None) != (key.maximum is None) or (value.minimum == value.maximum) != (
        key.minimum == key.maximum
    ):
        return False
    return key.size / _FARTHEST <= value.size <= key.size * _FARTHEST


def _bounds(value: Range) -> Bounds:
    return value.minimum, value.maximum, value.unit


def _shares_bound(value: Range, key: Range) -> int:
    return int(
        (value.minimum is not None and value.minimum == key.minimum) or (value.maximum == key.maximum is not None)
    )


def _confusing(value: Range, other: Range) -> bool:
    """Whether two ranges are nearly the same: both bounds within a fifth."""
    pairs = [(a, b) for a, b in ((value.minimum, other.minimum), (value.maximum, other.maximum)) if a and b]
    return all(abs(a - b) * 5 <= max(a, b) for a, b in pairs)


def _covers_tiers(value: Range, key: Range, stated: frozenset[Bounds]) -> bool:
    """Whether a range may be said of the whole article: two of its tiers together, or the key's with another."""
    tiers = [_ends(b) for b in stated if b[2] == value.unit]
    low, high = _ends(_bounds(value))
    own = _ends(_bounds(key))
    if any((min(a[0], b[0]), max(a[1], b[1])) == (low, high) for a in tiers for b in tiers):
        return True
    beside = [t for t in tiers if not _within(t, own) and not _within(own, t)]
    return _within(own, (low, high)) and any(_within(t, (low, high)) for t in beside)


def _ends(bounds: Bounds) -> tuple[Decimal, Decimal]:
    low, high, _ = bounds
    return (Decimal(0) if low is None else low), (Decimal("Infinity") if high is None else high)


def _within(inner: tuple[Decimal, Decimal], outer: tuple[Decimal, Decimal]) -> bool:
    return outer[0] <= inner[0] and inner[1] <= outer[1]


def _is_narrow(value: Range) -> bool:
    """Whether the bounds lie closer together than laws usually put them: 二百元以上三百元以下."""
    return value.minimum is not None and value.maximum is not None and value.minimum * 2 > value.maximum


@lru_cache(maxsize=1024)
def _stated_ranges(text: str) -> frozenset[Bounds]:
    return frozenset((*bounds_of(e), e.unit) for e in find_expressions(compact(text)))


# ---- periods -----------------------------------------------------------------------------------------------


def _limits(fact: Fact, key: Limit, near: Neighbours, random: Random) -> Iterator[Wrong]:
    text = fact.provision.text
    stated = {(q.value, q.unit) for q in find_quantities(text)}
    of_law = [
        value
        for value in near.by_value
        if isinstance(value, Limit)
        and (value.unit, value.written_working) == (key.unit, key.written_working)
        and key.number / 6 <= value.number <= key.number * 6
    ]
    steps = [step for step in periods_around(key) if key.number / 6 <= step.number <= key.number * 6][:4]
    random.shuffle(of_law)
    random.shuffle(steps)
    for value in dict.fromkeys([*of_law[:2], *steps]):
        words = period(value)
        said = {(q.value, q.unit) for q in find_quantities(words)}
        if any(_same_subject(fact, f) for f in near.by_value.get(value, ())):
            continue
        if value.number != key.number and not said & stated and words not in fact.before + fact.after:
            how = "短于" if value.number < key.number else "长于"
            yield Wrong(words, f"{words}{how}{fact.provision.label}规定的{fact.words}。")


# ---- authorities -------------------------------------------------------------------------------------------


def _organs(fact: Fact, key: Organ, near: Neighbours, random: Random) -> Iterator[Wrong]:
    text = fact.provision.text
    taken = family_of(key.body)
    bodies = [b for b in near.bodies(key.prefix) if _ends_alike(b, key)]
    likely = [b for b in bodies if b not in OFTEN]
    others = [b for b in bodies if b in OFTEN]
    random.shuffle(likely)
    random.shuffle(others)
    for body in [*likely, *others]:
        families = family_of(body)
        if families & taken or body[:2] in text or body[:2] in fact.before:
            continue
        taken |= families
        yield Wrong(f"{key.prefix}{body}", f"{fact.provision.label}规定的是{fact.words}，不是{key.prefix}{body}。")


def _ends_alike(body: str, key: Organ) -> bool:
    """Whether a body may stand where the key stands: 部门 for 部门, and after 人民政府 or 国务院 nothing else."""
    if key.prefix or key.body.endswith("部门"):
        return body.endswith("部门")
    return body.endswith(("部门", "机关", "机构"))


# ---- kinds of penalty --------------------------------------------------------------------------------------


def _sanctions(fact: Fact, near: Neighbours, random: Random) -> Iterator[Wrong]:
    absent = absent_from(fact.provision.text)
    known = near.kinds
    likely = [one for one in absent if one[0] in known]
    others = [one for one in absent if one[0] not in known]
    random.shuffle(likely)
    random.shuffle(others)
    grave = _gravest(fact) >= _WEIGHT[SanctionKind.SUSPENSION]
    by_weight = [one for one in [*likely, *others] if not (grave and one[0] in _LIGHT)]
    nearby = near.kinds_near(fact)
    kinds = {kind for kind, _ in fact.value.named} if isinstance(fact.value, Sanctions) else set()
    by_weight.sort(key=lambda one: (one[0] in _LIGHT, one[0] not in nearby))
    for kind, words in by_weight:
        if kind in _OF_BUSINESSES | _OF_LICENCES and kind not in nearby and _DETAINS in kinds:
            continue
        if words not in fact.before and _may_befall(kind, fact.before, kind in known):
            yield Wrong(words, f"{fact.provision.label}没有对这一行为规定“{words}”的处罚。", kind)


def _gravest(fact: Fact) -> int:
    kinds = [kind for kind, _ in fact.value.named] if isinstance(fact.value, Sanctions) else []
    return max((_WEIGHT.get(kind, 0) for kind in kinds), default=0)


def _may_befall(kind: SanctionKind, act: str, known: bool) -> bool:
    """Whether a penalty may be thought of for an act: no smoker has a business to be closed or a licence to lose."""
    act = _OF_SOMEBODY.sub("", _OF_A_PLACE.sub("", act))
    if kind is SanctionKind.CONFISCATION:
        return bool(_GAINS.search(act))
    if kind is SanctionKind.DETENTION:
        return known
    if kind is SanctionKind.DOWNGRADE:
        return known and bool(_BUSINESS.search(act))
    if kind in _OF_BUSINESSES:
        return bool(_BUSINESS.search(act)) and not _OF_PERSONS.search(act)
    if kind in _OF_LICENCES and _UNLICENSED.search(act):
        return False
    return kind not in _OF_LICENCES or bool(_BUSINESS.search(act) or _LICENSED.search(act))


def _same_subject(fact: Fact, other: Fact) -> bool:
    mine, theirs = _pairs(fact), _pairs(other)
    return len(mine & theirs) >= _SAME_SUBJECT * min(len(mine), len(theirs))


def _pairs(fact: Fact) -> frozenset[str]:
    return _bigrams(fact.provision.text[slice(*fact.subject)])


@lru_cache(maxsize=8192)
def _bigrams(words: str) -> frozenset[str]:
    return bigrams(plain(words))
