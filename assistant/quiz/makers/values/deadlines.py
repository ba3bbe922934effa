"""Time limits, as facts (期限): who has to do what, from when, in how long."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.encyclopedia.contract import TimeUnit
from assistant.encyclopedia.limits import FoundLimit, WorkingDayRule, find_limits, sentences
from assistant.quiz.contract import Point
from assistant.quiz.makers.values.model import Fact, Limit, Span
from assistant.quiz.makers.values.scale import period
from assistant.quiz.makers.values.text import quote_at, structure
from assistant.quiz.makers.values.wording import stands_alone
from corpus.vocabulary import Provision

_ITEM = re.compile(r"[（(][一二三四五六七八九十]+[）)]")
_LONGEST = 150
_MOST_LIMITS = 2
_BINDS = re.compile(r"应当|必须|可以|不得|有权")
_SHORTEST = 12
_SUBJECT = re.compile(
    r"[^，。；、]{0,30}?(?:机关|部门|机构|法院|委员会|政府|单位|企业|公司|当事人|申请人|行为人|驾驶人|被处罚人|负责人|人员|"
    r"经营者|生产者|销售者|用人单位|劳动者|纳税人|权利人|利害关系人|被许可人|持有人|学校|组织|海关|民警|警察)"
    r"(?:对|收到|接到|作出|应当|可以|不得|自|在|于|有权|必须|决定|认为|要求|提出|需要|申请|实施|发现|办理|因|受理|、)"
)
_OF_TIME = re.compile(r"(?:[^，；。]{2,30}的，)?[^，；。]{2,20}的(?:时间|期限|期间)(?:不得|为|最长)")
_CONDITION_OF_ACT = re.compile(r"累计|[二两三四五]次|再次|又|曾|连续|未被|以上的$")
_TRIVIAL = re.compile(r"施行|任期|每届|会议|代表大会|本届|选举|有期徒刑|拘役|管制|缓刑|服役|晋升|衔")
_BOUNDED = re.compile(r"(?:最长)?不(?:得)?(?:超过|少于)")
_EVENT = re.compile(r"[的后时]，|之日|时起|[后期满终了时的]+$|[自从]|接到|收到|逾期|期满|通知")
_ANY_EVENT = re.compile(
    r"(?:受理|接受|收到|接到|提出)(?:建议|申请|报告|请求|[^，]{0,4}材料|举报|投诉|通知|备案报告|征求意见函)?(?:之[日时]|后|时)|"
    r"(?<!获得)批准之日|作出决定之日"
)
_CONDITION = re.compile(r"[^，；。]{10,}的，")
_EXTENDED = re.compile(r"可以延长|延长(?:的)?期限|可以适当延长|批准延长|需要延长")
UNEXTENDED = "（不含依法延长的期限）"
"""Said where the law lets the period be made longer."""
_WHICHEVER = re.compile(r"对(?:裁定|决定|判决|(?:有关人民政府的)?处理决定)不服|批准不当|对检查情况")
_ELLIPSIS = re.compile(r"除[^，]{1,60}外，")


def read_deadlines(provisions: Sequence[Provision], rules: Sequence[WorkingDayRule]) -> Iterator[Fact]:
    """The time limits of a text that a sentence of its own states."""
    for provision in provisions:
        if provision.article is None or provision.ocr or "指工作日" in provision.text.replace("是指", "指"):
            continue
        for start, end in sentences(provision.text):
            yield from _of_sentence(provision, (start, end), rules)


def _of_sentence(provision: Provision, sentence: Span, rules: Sequence[WorkingDayRule]) -> Iterator[Fact]:
    for span in _told_parts(provision.text, sentence):
        yield from _of_part(provision, span, rules)


def _of_part(provision: Provision, span: Span, rules: Sequence[WorkingDayRule]) -> Iterator[Fact]:
    text = provision.text
    limits = list(find_limits(text, *span))
    if len(limits) <= _MOST_LIMITS and not _TRIVIAL.search(text[slice(*span)]):
        for found in limits:
            yield from _of_limit(provision, span, found, rules)


def _of_limit(provision: Provision, span: Span, found: FoundLimit, rules: Sequence[WorkingDayRule]) -> Iterator[Fact]:
    text = provision.text
    number = _number_span(text, found)
    if number is None or not _is_a_limit(text, span, found):
        return
    limit = Limit(found.number, found.unit, found.own_working)
    if text[slice(*number)] != period(limit):
        return
    before, after = text[span[0] : number[0]], text[number[1] : span[1]].rstrip("。；，")
    after += UNEXTENDED if _EXTENDED.search(text, span[1], _end_of_line(text, span[1])) else ""
    if len(before) + len(after) < _SHORTEST or text[slice(*number)] in before + after:
        return
    day = found.unit is TimeUnit.DAY and not found.own_working
    rule = next((r for r in rules if day and r.covers(found.number)), None)
    yield Fact(
        point=Point.TIME_LIMIT,
        provision=provision,
        quotes=(quote_at(text, number[0]),),
        subject=_subject(text, span, number),
        before=before,
        after=after,
        whole=number,
        answers=(number,),
        value=limit,
        note=f"按照该法{rule.provision.label}，“{text[slice(*number)]}”的规定是指工作日。" if rule is not None else "",
    )


def _told_parts(text: str, sentence: Span) -> Iterator[Span]:
    """The parts of a sentence between semicolons that stand alone."""
    start, end = sentence
    item = _ITEM.match(text, start, end)
    if item:
        start = item.end()
    if "：" in text[start:end] or (item and not _BINDS.search(text, start, end)):
        return
    opens = not item and any(p.start == sentence[0] for p in structure(text).paragraphs)
    at = start
    for part in re.split("(?<=；)", text[start:end]):
        words = part.rstrip("；。，\n ")
        complete = (opens or _SUBJECT.match(words)) if at == start else _OF_TIME.match(words)
        if complete and len(words) <= _LONGEST and stands_alone(words):
            yield at, at + len(words)
        at += len(part)


def _number_span(text: str, found: FoundLimit) -> Span | None:
    """The quantity alone: 五日 in 五日内."""
    words = text[slice(*found.span)]
    match = re.search(r"[〇零一二两三四五六七八九十百]+(?:个工作日|小时|个月|日|年)", words)
    return (found.span[0] + match.start(), found.span[0] + match.end()) if match else None


def _tells_event(text: str, span: Span, found: FoundLimit) -> bool:
    """Whether the words say what the period counts from or what it is the length of."""
    before = text[span[0] : found.span[0]]
    if _WHICHEVER.search(before) or (_ANY_EVENT.search(before) and not _CONDITION.search(before)):
        return False
    if _BOUNDED.match(text, *found.span) or _EVENT.search(before):
        return True
    return text[slice(*found.span)].endswith("前")


def _is_a_limit(text: str, span: Span, found: FoundLimit) -> bool:
    """Whether the period limits what somebody does, rather than being part of a condition."""
    if not _tells_event(text, span, found):
        return False
    clause_end = next((at for at in range(found.span[1], span[1]) if text[at] in "，；。"), span[1])
    rest = text[found.span[1] : clause_end]
    if _CONDITION_OF_ACT.search(rest) or rest.endswith("的"):
        return False
    if text[found.span[0] - 1] in "至到的第" or _ELLIPSIS.search(text[slice(*span)]):
        return False
    before = text[span[0] : found.span[0]]
    bounded = _BOUNDED.match(text, *found.span) is not None
    return bool(found.starts) or bounded or "应当" in text[slice(*span)] or "可以" in before or "不得" in rest


def _end_of_line(text: str, at: int) -> int:
    end = text.find("\n", at)
    return len(text) if end < 0 else end


def _subject(text: str, span: Span, number: Span) -> Span:
    """What the period is said of: the words before it, or those after where it begins the sentence."""
    if number[0] - span[0] >= 8:
        return span[0], number[0]
    return number[1], len(text[: span[1]].rstrip("。；，"))
