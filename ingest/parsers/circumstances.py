"""Circumstances that rules of application name (裁量情节): 从重、从轻、减轻、不予处罚, 上调一个档次, one by one.

A sentence gives an effect only where it orders or allows it (…的，应当从轻处罚；…可以从重处罚). What a degree means,
what must be weighed and how a case is handled are no circumstances.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from corpus.discretion.model import Circumstance, CircumstanceEffect, Doubt, Spot
from corpus.numerals import format_number

_ITEM = re.compile(r"\s*(?:[（(]([一二三四五六七八九十]{1,3}|\d{1,2})[）)]|(\d{1,2})[、．.](?!\d))\s*")
_SENTENCE = re.compile(r"[^。]*。|[^。]+$")
_ORDER = r"(?P<order>一般应当|应当|应|必须|一律|可以|可)?(?:依法|酌情)?(?:予以|给予|对其)?"
_DEGREES = r"(?:从重|从轻|减轻|不予|免予|免除|不再给予)"
_EFFECT = re.compile(
    rf"(?:的(?:行为|情形)?[，,]?|[，,：:]|主管部门|机关|机构|(?=应当|可以)){_ORDER}"
    rf"(?P<degrees>{_DEGREES}(?:(?:行政)?处罚)?(?:(?:[、，]|或者?|和|及)(?:者)?{_DEGREES}(?:(?:行政)?处罚)?)*)"
    rf"(?:行政)?(?:处罚)?(?=[。；;：:，,]|但|$)"
)
_TIER_UP = re.compile(
    r"(?P<order>可以?|应当|应)?(?:按[^，。；]{0,8})?(?:上调|提高|上浮|加重|升高)(?:[一1]个?|至上)?(?:裁量)?(?:档次|阶次|等级|档)"
)
_TIER_DOWN = re.compile(
    r"(?P<order>可以?|应当|应)?(?:按[^，。；]{0,8})?(?:下调|降低|下浮)(?:[一1]个?|至下)?(?:裁量)?(?:档次|阶次|等级|档)"
)
_HIGHEST = re.compile(r"(?P<order>可以?|应当|应)?[^，。；可应]{0,12}最高(?:限度|限|额度)处罚")
_LOWER_END = re.compile(
    r"(?P<order>可以?|应当|应)?[^，。；可应]{0,12}(?:较低限|最低限度?|下限)处罚|(?P<order2>可以?|应当|应)?按[^，。；可应]{0,20}降低处罚"
)
_CAPTION = re.compile(
    r"^(?P<degrees>从重|从轻|减轻|不予)(?:或者?减轻)?(?:行政)?处罚(?:的)?(?:适用)?(?:情形|情节|规定)[。：:]"
)
_EXCLUDES = re.compile(r"不适用|除外|不得(?:适用|从轻|减轻|不予|免予)|不予(?:从轻|减轻)")
_JOINT = re.compile(r"同时(?:满足|符合|具备|具有|存在)")
_LISTED = re.compile(r"(?:下列|以下|如下)[^。；;]{0,10}(?:情形|情节|行为|条件|规定|因素)")
_NO_CASE = re.compile(r"不具有|是指|所称")


@dataclass(frozen=True, slots=True)
class _Paragraph:
    """One 款 of an article: its words, and its items as (label, words)."""

    text: str
    items: tuple[tuple[str, str], ...]


def read_circumstances(label: str, text: str) -> tuple[list[Circumstance], list[Doubt]]:
    """The circumstances of one article, in printed order, and a doubt for each sentence whose effect is not certain."""
    paragraphs = _paragraphs(text)
    found: list[Circumstance] = []
    doubts: list[Doubt] = []
    caption = _CAPTION.match(text.strip())
    default = _degree_effect(caption["degrees"], may=False) if caption else None
    for n, paragraph in enumerate(paragraphs, 1):
        place = f"{label}第{format_number(n)}款" if len(paragraphs) > 1 else label
        sentences = [s.strip() for s in _SENTENCE.findall(paragraph.text) if s.strip()]
        head = sentences.pop() if paragraph.items and sentences else ""
        for sentence in sentences:
            found += _of_sentence(place, sentence, default, doubts)
        if head:
            found = _of_items(place, head, paragraph.items, default, found, doubts)
    return found, doubts


def _paragraphs(text: str) -> list[_Paragraph]:
    paragraphs: list[_Paragraph] = []
    for line in text.splitlines():
        item = _ITEM.match(line)
        if item is not None and paragraphs:
            name = f"第（{item[1]}）项" if item[1] else f"第{item[2]}项"
            last = paragraphs[-1]
            paragraphs[-1] = replace(last, items=(*last.items, (name, line[item.end() :].strip())))
        elif line.strip():
            paragraphs.append(_Paragraph(line.strip(), ()))
    return paragraphs


def _of_sentence(
    place: str, sentence: str, default: CircumstanceEffect | None, doubts: list[Doubt]
) -> Iterator[Circumstance]:
    """Circumstances of a sentence without items, one for each clause that gives an effect."""
    if _NO_CASE.search(sentence):
        return
    for clause in (c for c in re.split(r"(?<=[；;])", sentence) if c.strip()):
        read = _effect(clause, default if "的，" in clause else None, place, doubts)
        if read is not None:
            effect, must = read
            yield Circumstance(_trimmed(clause), effect, must, place, sentence)


def _of_items(
    place: str,
    head: str,
    items: Sequence[tuple[str, str]],
    default: CircumstanceEffect | None,
    found: list[Circumstance],
    doubts: list[Doubt],
) -> list[Circumstance]:
    """What stands above with the circumstances of a sentence and its items added; 不适用 adds to the one before."""
    texts = tuple(_trimmed(words) for _, words in items)
    if _EXCLUDES.search(head):
        if found and found[-1].article == place:
            return [*found[:-1], replace(found[-1], exclusions=(*found[-1].exclusions, *texts))]
        return found
    if not _LISTED.search(head) or _NO_CASE.search(head):
        return found
    read = _effect(head, default, place, doubts)
    if read is None:
        own: list[Circumstance] = []
        for name, words in items:
            own += _of_sentence(f"{place}{name}", words, None, doubts)
        return [*found, *own]
    effect, must = read
    if _JOINT.search(head):
        return [*found, Circumstance("；".join(texts), effect, must, place, head, conditions=texts)]
    each = [
        Circumstance(words, effect, must, f"{place}{name}", head) for (name, _), words in zip(items, texts, strict=True)
    ]
    return [*found, *each]


def _effect(
    words: str, default: CircumstanceEffect | None, place: str, doubts: list[Doubt]
) -> tuple[CircumstanceEffect, bool] | None:
    """The effect that a clause orders or allows; None where it gives none, and a doubt where it gives several."""
    plain = "".join(words.split())
    if up := _TIER_UP.search(plain):
        return CircumstanceEffect.RAISE_TIER, _must(up["order"])
    if down := _TIER_DOWN.search(plain):
        return CircumstanceEffect.LOWER_TIER, _must(down["order"])
    if found := _EFFECT.search(plain):
        effect = _degree_effect(found["degrees"], may=not _must(found["order"]))
        if effect is None:
            doubts.append(
                Doubt("circumstance_not_read", f"“{words.strip()}”并列了几种效果，没有读出。", Spot(article=place))
            )
            return None
        return effect, _must(found["order"])
    if highest := _HIGHEST.search(plain):
        return default or CircumstanceEffect.SEVERE, _must(highest["order"])
    if lower := _LOWER_END.search(plain):
        return default or CircumstanceEffect.LENIENT, _must(lower["order"] or lower["order2"])
    return None


def _must(order: str | None) -> bool:
    return order not in ("可", "可以")


def _degree_effect(degrees: str, *, may: bool) -> CircumstanceEffect | None:
    named = {degree for degree in ("从重", "从轻", "减轻") if degree in degrees}
    if re.search(r"不予|免|不再", degrees):
        if named:
            return None
        return CircumstanceEffect.MAY_NOT_PUNISH if may else CircumstanceEffect.NOT_PUNISH
    if named == {"从轻", "减轻"}:
        return CircumstanceEffect.LENIENT_OR_MITIGATED
    single = {
        "从重": CircumstanceEffect.SEVERE,
        "从轻": CircumstanceEffect.LENIENT,
        "减轻": CircumstanceEffect.MITIGATED,
    }
    return single[named.pop()] if len(named) == 1 else None


def _trimmed(words: str) -> str:
    return words.strip().rstrip("；;。")
