"""How leads are asked (题干): the law's own sentence with 下列…之一 made a question."""

from __future__ import annotations

import re

from assistant.quiz.makers.sets.lists import Enumeration, ListKind
from assistant.quiz.makers.sets.options import subject
from assistant.quiz.makers.sets.words import named, short_name
from corpus.vocabulary import Document

_VAGUE = re.compile(r"相应|有关|其(?!他)|原(?=[一-龥]{0,3}(?:机关|部门))|该")
_EMPTY = re.compile(
    r"[，、]|应当|可以|不得|必须|予以|给予|依法|及时|立即|重新|进行|办理|提出|作出|申请|登记|备案|报告|公告|执行|终[止结]|中止|解除|撤[销回]|"
    r"注销|变更|恢复|处理|手续|决定|规定|相关|为|由"
)
"""What a consequence may say without saying of what: 应当办理登记."""
_LEAST_SAID = 4
_SHORT_SUBJECT = 8
_CONDITIONS = re.compile(r"的，")
_CONDITION = re.compile(r"[^，]{2,30}的，")


def according(document: Document, words: str) -> str:
    """根据《行政处罚法》，…"""
    return f"根据{short_name(document)}，{words}"


def asked(enumeration: Enumeration, document: Document, which: str) -> str:
    """The lead as a question: ``which`` is 下列哪些, 下列哪一 or 哪些."""
    if enumeration.kind is ListKind.KINDS:
        one = "哪一项" if which.endswith("一") else "哪些"
        if which == "哪些":
            asks = "有哪些" if enumeration.before.endswith(("种类", "方式", "形式", "类型")) else "包括哪些"
            return according(document, f"{enumeration.before}{asks}？")
        return according(document, f"下列{one}属于{enumeration.before}？")
    before, after = named(enumeration.of + enumeration.before, document), named(enumeration.after, document)
    asks = which + (
        "种"
        if which.endswith("一") and enumeration.noun.endswith(("情形", "行为"))
        else "项"
        if which.endswith("一")
        else ""
    )
    if after and which == "哪些" and before in ("", "有") and enumeration.noun.endswith(("情形", "情况")):
        return according(document, f"在哪些{enumeration.noun}下，{after}？")
    if after.startswith("为") and before:
        whose, what = named(subject(enumeration), document), after.removeprefix("为")
        if len(whose) <= _SHORT_SUBJECT and "，" not in whose:
            return according(
                document, f"有{asks}{enumeration.noun}{'之一' if which == '哪些' else ''}的{whose}属于{what}？"
            )
        return according(document, f"{before}{asks}{enumeration.noun}之一的，属于{what}？")
    if (
        after
        and which == "哪些"
        and enumeration.noun.endswith(("情形", "情况", "行为"))
        and not _CONDITION.match(after)
    ):
        link = "之一的" if enumeration.noun.endswith("行为") else "的"
        return according(document, f"{before}{asks}{enumeration.noun}{link}，{after}？")
    if after:
        link = "，" if _CONDITION.match(after) else "的，"
        return according(document, f"{before}{asks}{enumeration.noun}{link}{after}？")
    return according(document, f"{before}{asks}{enumeration.noun}？")


def asked_not(enumeration: Enumeration, document: Document) -> str:
    """The question for the one that is none: …不属于…的情形？"""
    if enumeration.kind is ListKind.KINDS:
        return according(document, f"下列哪一项【不】属于{enumeration.before}？")
    whose, after = named(subject(enumeration), document), named(enumeration.after, document)
    if not after:
        must = re.sub(r"，(?=应当|必须)", "", named(enumeration.of + enumeration.before, document))
        return according(document, f"下列哪一项【不】属于{must}的{enumeration.noun}？")
    if whose:
        which = "哪一种" if enumeration.noun.endswith(("情形", "行为")) else "哪一项"
        return according(document, f"{whose}，下列{which}{enumeration.noun}【不】适用“{after}”的规定？")
    after = re.sub(r"^(?=处|给予|由|责令|没收|依法)", "应当", after)
    return according(document, f"下列哪一项【不】属于{after}的{enumeration.noun}？")


def tells_whom(enumeration: Enumeration, document: Document) -> bool:
    """Whether a question about the list says itself of whom or of what it asks, in one clause (简答题干有主语)."""
    if _CONDITIONS.search(enumeration.after) or re.search(r"完全|单纯|仅", enumeration.before):
        return False  # 完全属于下列情形之一，经过及时采取措施仍不能避免…的，…: no question as it stands
    if subject(enumeration).strip("，") or enumeration.kind is ListKind.KINDS:
        return True
    after = named(enumeration.after, document)
    return not _VAGUE.search(after) and len(_EMPTY.sub("", after)) >= _LEAST_SAID


def can_be_negated(enumeration: Enumeration) -> bool:
    """Whether 不属于… can be said of the list in one clear clause."""
    whose = subject(enumeration)
    long = len(whose) > 24 or "，" in whose or whose.endswith(("在", "中", "时"))
    if "。" in enumeration.before or re.search(r"，(?!应当|必须)", "" if enumeration.after else enumeration.before):
        return False
    if _CONDITION.match(enumeration.after):
        return False
    return not (enumeration.after and (long or "对其" in enumeration.after))


def supposes(enumeration: Enumeration, document: Document, item: str) -> str:
    """The list's rule for one of its cases: 当事人主动供述…的，应当从轻或者减轻行政处罚。"""
    whose = named(subject(enumeration), document)
    if re.match(r"违反", whose) or re.search(r"(?:期间|[时中后])$", whose):
        whose += "，"
    return f"{whose}{item}，{named(enumeration.after, document)}"
