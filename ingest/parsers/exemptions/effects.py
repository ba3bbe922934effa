"""What an entry of a list does (清单效果), and how its conditions hang together, by the words that say so."""

from __future__ import annotations

import re

from corpus.discretion.model import ListEffect

_PENALTY = r"(?:行政)?(?:处罚|处罚款|罚款)"
_EFFECTS: tuple[tuple[ListEffect, str], ...] = (
    (
        ListEffect.NO_COERCION,
        r"(?:不予|免予|免于|不|免)(?:以)?(?:实施|采取|适用)?(?:行政)?强制(?:措施|执行)?|不采取(?:查封|扣押)[^，。；]{0,6}强制",
    ),
    (
        ListEffect.MAY_NOT_PUNISH,
        rf"可以?(?:依法)?(?:不予|免予|免于|不|免除?)(?:给予|实施)?{_PENALTY}|可以?(?:依法)?(?:不罚|免罚)"
        r"|(?:首次|初次|首)违法?[^，。；]{0,4}(?:不予(?:行政)?处罚|(?:可以)?(?:不罚|免罚))",
    ),
    (
        ListEffect.NOT_PUNISH,
        rf"(?:应当)?(?:依法)?(?:不予|免予|免于|免除|不再给予|不)(?:给予|实施)?{_PENALTY}|(?:轻微|微错|无过错)[^，。；]{{0,4}}(?:不罚|免罚)|免罚",
    ),
    (
        ListEffect.LENIENT_OR_MITIGATED,
        r"从轻(?:行政)?(?:处罚)?\s*(?:、|或者?|和|及|与|/)\s*(?:者)?减轻|减轻(?:行政)?(?:处罚)?\s*(?:、|或者?|和|及|与|/)\s*从轻",
    ),
    (ListEffect.MITIGATED, r"减轻"),
    (ListEffect.LENIENT, r"从轻"),
    (ListEffect.SEVERE, r"从重"),
)
_EFFECT = re.compile("|".join(f"(?P<{effect.value}>{pattern})" for effect, pattern in _EFFECTS))
_NOT_AN_EFFECT = re.compile(
    r"(?:危害|损害)后果[^，。；]{0,6}减轻|(?:消除|主动)[^，。；]{0,4}(?:或者?)?减轻|减轻[^，。；]{0,8}(?:后果|危害|损害|影响)"
    r"|(?:不具有|没有|不存在|不属于|无)[^，。；]{0,10}(?:从重|从轻|减轻|不予)[^，。；]{0,8}(?:情节|情形)"
)
_ORDERED = re.compile(r"(?:处罚|罚款|强制(?:措施|执行)?|不罚|免罚|从轻|减轻)$")

_ALL = re.compile(
    r"同时(?:满足|符合|具备|具有|达到|存在)|(?:均|都|全部)(?:满足|符合|具备)|(?:以下|下列|上述)(?:全部|所有)"
    r"|(?:符合|满足|具备)(?:以下|下列|上述|如下)(?:[一二三四五六七八九十\d]+[个项])?(?:全部|所有)?条件(?!之一|的?任)"
)
_ANY = re.compile(r"之一|任[一意](?:种|项|个|条)?|任何一(?:种|项|个)|其中[一1](?:项|种|个)|满足一项")


def effects_in(words: str) -> list[ListEffect]:
    """Every effect that ``words`` name, each once, in printed order."""
    plain = _NOT_AN_EFFECT.sub("", "".join(words.split()))
    found = (ListEffect(match.lastgroup) for match in _EFFECT.finditer(plain) if match.lastgroup)
    return list(dict.fromkeys(found))


def effects_ordered_in(condition: str) -> list[ListEffect]:
    """The effects that a condition's last words order (当场改正的，不予行政处罚。); none where it only mentions one."""
    last = re.split(r"[，,；;。]", condition.strip().rstrip("。；;"))[-1].strip()
    return effects_in(last) if _ORDERED.search(last) else []


def joint_of(words: str) -> bool | None:
    """Whether ``words`` ask for all conditions (同时满足) or for one (之一); None where they say neither or both."""
    plain = "".join(words.split())
    every, one = bool(_ALL.search(plain)), bool(_ANY.search(plain))
    return every if every is not one else None
