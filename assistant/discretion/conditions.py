"""Conditions as printed, over shared facts (条件的事实化): 属于首次违法, 在责令改正期限内改正违法行为，危害后果轻微.

Where the wording is the law's own, a list and 行政处罚法 ask for the same fact; any other wording is a fact of its
own, whole as printed. Two facts follow from others and are not asked for twice: who never offended before did not
offend within two years either, and where there was no harm the harm was slight (举重以明轻).
"""

from __future__ import annotations

import re
from collections.abc import Callable

from assistant.discretion.facts import AnyOf, Condition, Fact, all_of, any_of, none_of
from assistant.discretion.working import squeeze
from corpus.discretion.model import Circumstance, ExemptionItem
from corpus.numerals import format_number, parse_number

FIRST_OFFENCE = "初次违法"
SLIGHT_HARM = "危害后果轻微"
NO_HARM = "没有造成危害后果"
MENDED = "及时改正"
MENDED_IN_TIME = "在责令改正期限内改正违法行为"
SLIGHT_ACT = "违法行为轻微"
NO_FAULT = "当事人有证据足以证明没有主观过错"
FAULT_NOT_ASKED = "法律、行政法规规定不以主观过错为处罚条件"
EMERGENCY = "发生重大传染病疫情等突发事件期间违反突发事件应对措施"

slight_harm: Condition = AnyOf((Fact(NO_HARM), Fact(SLIGHT_HARM)))

_ACT = r"(?:(?:该|其)?(?:生态环境|环境|市场监管)?违法行为)"
_PHRASES: tuple[tuple[str, Callable[[re.Match[str]], Condition]], ...] = (
    (
        r"(?:属于|系)?(?:当事人)?(?:在|近|最近)?(?P<years>[一二两三四五\d]+)年(?:以)?内(?:属于|系|为)?(?:首次|初次)"
        r"(?:实施)?(?:同类)?(?:违法|被发现)(?:行为)?",
        lambda match: any_of([Fact(FIRST_OFFENCE), Fact(f"{_years(match['years'])}年内首次违法")]),
    ),
    (r"(?:属于|系|为)?(?:当事人)?(?:首次|初次)违法(?:行为)?", lambda _: Fact(FIRST_OFFENCE)),
    (
        r"(?:能够|能|已)?在责令(?:限期)?改正(?:的)?期限内(?:完成)?改正(?:了)?" + _ACT + "?",
        lambda _: Fact(MENDED_IN_TIME),
    ),
    (r"(?:能够|能|已|并)?及时(?:予以)?(?:改正|纠正)" + _ACT + "?", lambda _: Fact(MENDED)),
    (r"(?:违法行为)?(?:造成的?)?危害后果(?:较)?轻微", lambda _: slight_harm),
    (r"(?:没有|未)造成(?:实际)?危害后果", lambda _: Fact(NO_HARM)),
    (_ACT + "轻微", lambda _: Fact(SLIGHT_ACT)),
    (
        r"(?:在)?发生重大传染病疫情等突发事件(?:的)?(?:期间|时)?，?(?:当事人)?(?:实施)?违反突发事件应对措施(?:的行为)?",
        lambda _: Fact(EMERGENCY),
    ),
    (
        r"(?:当事人)?有证据足以证明没有主观过错",
        lambda _: all_of([Fact(NO_FAULT), none_of(Fact(FAULT_NOT_ASKED))]),
    ),
)
_BETWEEN = re.compile(r"[，,、；;\s]*(?:并且|并|且|而且|同时)?[，,\s]*")
_NUMBER = re.compile(r"^\s*(?:[（(]?[一二三四五六七八九十\d]{1,3}[)）、.．]\s*)+")
# What follows from the condition, and the reservation that NO_FAULT has with it, are no part of it.
_CONSEQUENCE = re.compile(
    r"的?(?:，(?:行政机关|[^，。；]{0,12}(?:主管部门|执法机关))?(?:应当|可以|应|可)?(?:依法)?"
    r"(?:不予|免予|不再给予|从轻|减轻|从重)[^，。；]{0,12}(?:处罚|强制措施)(?:，但(?:是)?法律[^，。；]{0,12}另有规定的?除外)?)[。；]?$"
)
_TAIL = re.compile(r"(?:的)?(?:情形|行为)?(?:的)?[。；;，,、\s]*$")
_END = re.compile(r"[。；;，,、\s]+$")

# The organ that finds the act, and the field of the act, differ between the law and a local rule of the same sense.
_SAME_SENSE = (
    (re.compile(r"(?:生态环境|环境|市场监督管理|城市管理|行政)?(?:主管部门|执法机关|执法部门|行政机关)"), "行政机关"),
    (re.compile(r"(?:生态环境|环境)违法行为"), "违法行为"),
)


def _years(written: str) -> str:
    return format_number(parse_number(written))


def read_condition(text: str) -> Condition:
    """The condition that ``text`` states; a fact of its own where its wording is not the law's."""
    words = _CONSEQUENCE.sub("", squeeze(_NUMBER.sub("", text.strip())))
    parts: list[Condition] = []
    at = 0
    while at < len(words) and not _TAIL.fullmatch(words, at):
        at = _BETWEEN.match(words, at).end() if parts else at  # type: ignore[union-attr]
        found = next(((m, of) for p, of in _PHRASES if (m := re.compile(p).match(words, at))), None)
        if found is None:
            return Fact(fact_name(text))
        match, of = found
        parts.append(of(match))
        at = match.end()
    return all_of(parts) if parts else Fact(fact_name(text))


def fact_name(text: str) -> str:
    """The name of a fact of its own: the words without number and without what only joins them to a sentence."""
    words = _CONSEQUENCE.sub("", squeeze(_NUMBER.sub("", text.strip())))
    words = _END.sub("", words)
    words = words[:-1] if words.endswith("的") else words
    for pattern, same in _SAME_SENSE:
        words = pattern.sub(same, words)
    return words


def condition_of_item(item: ExemptionItem) -> Condition:
    """All or any of the conditions of a list entry, and none of its own exclusions."""
    groups = {group.of: group for group in item.groups}
    parts = []
    for index, text in enumerate(item.conditions):
        group = groups.get(index)
        if group is None:
            parts.append(read_condition(text))
        else:
            inner = [read_condition(inner) for inner in group.conditions]
            parts.append(all_of(inner) if group.joint else any_of(inner))
    met = (all_of(parts) if item.joint else any_of(parts)) if parts else True
    return all_of([met, *(none_of(read_condition(text)) for text in item.exclusions)])


def condition_of_circumstance(circumstance: Circumstance) -> Condition:
    """The conditions of a circumstance of the rules of application, and none of its exclusions."""
    parts = [read_condition(text) for text in circumstance.conditions or (circumstance.text,)]
    return all_of([*parts, *(none_of(read_condition(text)) for text in circumstance.exclusions)])


_NOT_FOR = re.compile(r"[^。；;\n]*?(?=(?:，|的)?(?:一律)?不(?:得)?适用)")
_AFTER_NOT_FOR = re.compile(r"不(?:得)?适用")


def exclusion_in(remark: str) -> Condition | None:
    """The cases that a remark of the whole list shuts out (…内发生的违法行为不适用…); None where it shuts out none."""
    if not _AFTER_NOT_FOR.search(remark):
        return None
    subject = _NOT_FOR.search(_NUMBER.sub("", remark))
    name = fact_name(subject.group()) if subject else ""
    return Fact(name) if name else None
