"""Kinds of penalty for an act, as facts (处罚种类). 责令改正 is an order, no penalty (行政处罚法第九条)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.encyclopedia.clauses import kinds_of
from assistant.encyclopedia.contract import SanctionKind
from assistant.quiz.contract import Point
from assistant.quiz.makers.values.model import Fact, Sanctions, Span
from assistant.quiz.makers.values.scenes import Scene
from corpus.vocabulary import Provision

_NAMED: tuple[tuple[SanctionKind, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(words))
    for kind, words in (
        (SanctionKind.WARNING, r"警告"),
        (SanctionKind.CRITICISM, r"通报批评"),
        (SanctionKind.FINE, r"罚款"),
        (SanctionKind.CONFISCATION, r"没收(?:违法|非法)(?:所得|收入)"),
        (SanctionKind.SUSPENSION, r"暂扣[^，。；、或并和]{2,16}?(?:许可证件|许可证|驾驶证|执照|证书|证照)"),
        (SanctionKind.DOWNGRADE, r"降低资质等级"),
        (
            SanctionKind.REVOCATION,
            r"吊销[^，。；、或并和]{0,16}?(?:许可证件|许可证书|许可证|驾驶证|营业执照|执照|资格证书|资质证书|资质证|执业证书|证书|业务许可)",
        ),
        (SanctionKind.HALT, r"责令(?:其)?(?:停产停业(?:整顿)?|停业整顿|停产整顿)"),
        (SanctionKind.CLOSURE, r"责令关闭"),
        (SanctionKind.DETENTION, r"拘留"),
    )
)
_OTHER_LAW = re.compile(r"依照|按照[^，。；]{0,20}规定|依法给予|刑事责任")
_PUNISHED_ELSEWHERE = re.compile(r"(?:依照|按照|依据)[^，。；]{0,40}处(?:罚|理)|依法给予[^，。；]{0,10}处罚")
_INTERNAL = re.compile(r"上级|处分|任免机关|监察")
"""What is ordered inside the administration is no penalty of a party."""
_PARTY = re.compile(r"(?:^|[，并])(?:并)?(?:可以)?对(?:其)?(?P<who>[^，；]{2,40}?(?:人员|负责人|法定代表人|个人))")
_OPEN = re.compile(r"等(?:行政)?处罚")
"""A list of penalties that is left open: nothing can be said to be missing from it."""
_NEAR: dict[SanctionKind, str] = {
    SanctionKind.HALT: r"停[产业止工]|关闭|取缔",
    SanctionKind.CLOSURE: r"停[产业止工]|关闭|取缔|拆除",
    SanctionKind.SUSPENSION: r"暂[扣停]|扣[留押]|吊销|停止",
    SanctionKind.REVOCATION: r"吊销|撤销|取消|注销|收回",
    SanctionKind.DOWNGRADE: r"降低|资质",
    SanctionKind.CRITICISM: r"通报|批评|公告|公布",
    SanctionKind.WARNING: r"警告|训诫",
    SanctionKind.DETENTION: r"拘留|拘押|治安",
    SanctionKind.FINE: r"罚款",
    SanctionKind.CONFISCATION: r"没收|违法所得|非法所得|收缴|追缴|销毁",
}
"""Words of a provision beside which a kind cannot be said to be wrong."""
_USUAL: tuple[tuple[SanctionKind, str], ...] = (
    (SanctionKind.WARNING, "警告"),
    (SanctionKind.CRITICISM, "通报批评"),
    (SanctionKind.CONFISCATION, "没收违法所得"),
    (SanctionKind.HALT, "责令停产停业"),
    (SanctionKind.CLOSURE, "责令关闭"),
    (SanctionKind.REVOCATION, "吊销许可证件"),
    (SanctionKind.SUSPENSION, "暂扣许可证件"),
    (SanctionKind.DOWNGRADE, "降低资质等级"),
    (SanctionKind.FINE, "罚款"),
    (SanctionKind.DETENTION, "行政拘留"),
)


def read_sanctions(provision: Provision, scene: Scene) -> Iterator[Fact]:
    """The penalties of a scene; nothing where another law adds to them or one of them has no short name."""
    text = provision.text
    measure = text[slice(*scene.measure)]
    if _OPEN.search(measure):
        return
    if _INTERNAL.search(text, scene.act[0], scene.measure[1]) or _INTERNAL.search(measure):
        return
    if _OTHER_LAW.search(measure) or _PUNISHED_ELSEWHERE.search(text) or re.search(r"人员|所得", scene.case):
        return
    found = sorted(
        ((m.start() + scene.measure[0], m.end() + scene.measure[0]), kind)
        for kind, pattern in _NAMED
        for m in [pattern.search(measure)]
        if m is not None and "其" not in m.group() and not _of_another(measure, m.start(), scene.told)
    )
    if not found:
        return
    named = tuple((kind, text[slice(*span)]) for span, kind in found)
    spans: tuple[Span, ...] = tuple(span for span, _ in found)
    yield Fact(
        point=Point.PENALTY,
        provision=provision,
        quotes=scene.quotes,
        subject=scene.act,
        before=scene.told,
        after="",
        whole=(spans[0][0], spans[-1][1]),
        answers=spans,
        value=Sanctions(named),
        breach=scene.breach,
    )


def _of_another(measure: str, at: int, told: str) -> bool:
    """Whether a penalty is for somebody whom the act does not name: 对直接负责的主管人员处拘留."""
    party = _PARTY.search(measure[max(measure.rfind("；", 0, at), measure.rfind("。", 0, at)) + 1 : at])
    return party is not None and party["who"] not in told


def tells_a_kind(fact: Fact) -> bool:
    """Whether what is asked about names one of the penalties asked for: 受到责令停产停业以外处罚的."""
    kinds = {kind for kind, _ in fact.value.named} if isinstance(fact.value, Sanctions) else set()
    return any(kind in kinds and pattern.search(fact.before) for kind, pattern in _NAMED)


def absent_from(text: str) -> list[tuple[SanctionKind, str]]:
    """The usual penalties that a provision certainly does not provide for."""
    present = set(kinds_of(text))
    return [
        (kind, words) for kind, words in _USUAL if kind not in present and not re.search(_NEAR.get(kind, r"(?!)"), text)
    ]
