"""Which of the provisions found is told first (先列哪一条): the one of the kind that the question asks for.

What was found is in order of nearness, which knows words and meaning but not what an officer does with the answer. One
provision may be moved to the front; the others keep their order. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence

from assistant.answer.focus import overlap, words_of
from assistant.answer.lines import Evidence
from assistant.answer.portions import leading_words
from assistant.answer.sanctions import orders_sanction
from assistant.understanding import Intent, UnderstoodQuestion

_PREFIX = "中华人民共和国"
GENERAL_LAWS = frozenset(f"{_PREFIX}{name}" for name in ("行政处罚法", "行政强制法", "行政复议法", "行政诉讼法"))
"""What says how to punish, and punishes nobody but officials."""
OTHER_BRANCHES = frozenset({f"{_PREFIX}刑法", f"{_PREFIX}民法典"})
"""What courts apply: an officer who does not ask about it is answered from administrative law."""
_ASKS_OTHER_BRANCHES = re.compile(
    r"犯罪|刑事|刑法|判[刑几多]|坐牢|公安|移送|民事|民法|赔|合同|侵权|业主|相邻|谁的责任|起诉|打官司|法院"
)
_LICENSING = f"{_PREFIX}行政许可法"
_ASKS_LICENCE = re.compile(r"许可|审批|批准|准予|发证|办证|换证|补证|申请人|执照")
_ASKS_AMOUNT = re.compile(
    r"罚多少|罚款多少|多少[钱罚]|罚几|怎么(?:处)?罚|咋罚|罚谁|如何(?:处)?罚|什么处罚|哪[一]?条.{0,2}处?罚"
)
_ASKS = re.compile(
    r"[?？吗呢么]|什么|啥|哪|谁|多少|多久|几|怎|咋|如何|是否|是不是|要不要|能不能|可不可以|让不让|准不准|有没有"
)
_ASKS_PERIOD = re.compile(r"几[天日年]|几个[月工]|多少[天日年]|多长时间|多久|期限|超期|时限|时效|过了.{0,4}[年月天]")
_PERIOD = re.compile(r"[一二三四五六七八九十百两]+(?:个?工作日|日|个月|年)(?:以?内|之?前|以?后|，|。|；|的)")
_ASKS_TIME_BAR = re.compile(
    r"时效|过了.{0,6}年|[二两三五几]年(?:前|了|后|多|才).{0,10}罚|(?:多久|多少年|几年).{0,6}(?:不能|不再|就不|不罚)|"
    r"年.{0,20}才(?:发现|查[到出处]|知道|举报).{0,8}罚"
)
_TIME_BAR = re.compile(r"年内未被(?:发现|公安机关发现).{0,12}不再(?:给予)?(?:行政)?处罚|不再处罚")
_ACTS_OF_PROCEDURE = (
    "听证",
    "送达",
    "立案",
    "催告",
    "回避",
    "陈述",
    "申辩",
    "公示",
    "简易程序",
    "分期",
    "加处",
    "先行登记",
    "抽样取证",
    "签名",
)
_PUNISHES_BY_REFERENCE = re.compile(r"(?:依照|按照)[^，。；]*处罚|(?:予以|给予)[^，。；]{0,4}处罚")
_LENIENT = re.compile(r"从轻|减轻|免予(?!刑事)|不予[^，。；]{0,6}处罚|不(?:再)?处罚")


def told_first(
    question: UnderstoodQuestion, evidence: Sequence[Evidence], names: Callable[[Evidence], Collection[str]]
) -> list[Evidence]:
    """The provisions with the one first that is of the kind asked for; ``evidence`` is best first and not empty.

    ``names`` gives the keys of the articles of its own text that a provision names.
    """
    if any(e.path is not None for e in evidence):
        return list(evidence)
    order = list(evidence)
    for rule in (_administrative, _punishing, _penalty, _procedure, _period, _time_bar):
        lead = rule(question, order, names)
        if lead is not None:
            order = [lead, *(e for e in order if e is not lead)]
    return order


def bearing_on(question: UnderstoodQuestion, evidence: Sequence[Evidence]) -> list[Evidence]:
    """The provisions without those of criminal and civil law behind one of administrative law, unless they are asked
    for: they take the room of the duty, of leniency and of the hearing.
    """
    if evidence[0].document.title in OTHER_BRANCHES or _ASKS_OTHER_BRANCHES.search(question.text):
        return list(evidence)
    return [e for e in evidence if e.path is not None or e.document.title not in OTHER_BRANCHES]


Names = Callable[[Evidence], Collection[str]]


def asks_for_penalty(question: UnderstoodQuestion) -> bool:
    """Whether the officer wants to know what an act leads to: asked for, or an act reported and nothing asked."""
    if _ASKS_AMOUNT.search(question.text):
        return True
    if question.intents:
        return question.intents == {Intent.SANCTION}
    return not _ASKS.search(question.text)


def asks_for_time_bar(question: UnderstoodQuestion) -> bool:
    """Whether the question is if an act that lies back by years can still be punished (追责时效)."""
    return bool(_ASKS_TIME_BAR.search(question.text))


def bars_by_time(evidence: Evidence) -> bool:
    """Whether the provision says after how many years nobody is punished any more."""
    return bool(_TIME_BAR.search(evidence.provision.text))


def _administrative(question: UnderstoodQuestion, order: Sequence[Evidence], _names: Names) -> Evidence | None:
    """Before criminal and civil law what administrative law was found, unless that is not what is asked."""
    if order[0].document.title not in OTHER_BRANCHES or _ASKS_OTHER_BRANCHES.search(question.text):
        return None
    return next((e for e in order if e.document.title not in OTHER_BRANCHES), None)


def _punishing(question: UnderstoodQuestion, order: Sequence[Evidence], _names: Names) -> Evidence | None:
    """Before how licences are granted how penalties are imposed, where nobody speaks of a licence."""
    if order[0].document.title != _LICENSING or _ASKS_LICENCE.search(question.text):
        return None
    return next((e for e in order if e.document.title in GENERAL_LAWS), None)


def _penalty(question: UnderstoodQuestion, order: Sequence[Evidence], names: Names) -> Evidence | None:
    """Before a duty or a definition the penalty: the one that names it, else the nearest of the same law.

    A provision that itself says who is punished, or how, answers as it is; a rule of procedure does not where a sum is
    asked for beside it.
    """
    first = order[0]
    text = first.provision.text
    if not asks_for_penalty(question) or orders_sanction(text) or _LENIENT.search(text):
        return None
    penalties = [e for e in order[1:] if orders_sanction(e.provision.text) and e.document.title not in OTHER_BRANCHES]
    if first.document.title in GENERAL_LAWS:
        beside_a_step = Intent.PROCEDURE in question.intents and _ASKS_AMOUNT.search(question.text)
        meant = penalties if beside_a_step else []
    elif _PUNISHES_BY_REFERENCE.search(text):
        meant = []
    else:
        naming = [e for e in penalties if first.key in names(e)]
        meant = naming or [e for e in penalties if e.version.id == first.version.id]
    words = _words(question)
    return max(meant, key=lambda e: _share(words, e), default=None)


def _procedure(question: UnderstoodQuestion, order: Sequence[Evidence], _names: Names) -> Evidence | None:
    """Before a provision that does not speak of the act of procedure asked about, one that does."""
    said = question.text.replace("签字", "签名")
    asked = [act for act in _ACTS_OF_PROCEDURE if act in said]
    if not asked or asks_for_penalty(question) or any(act in order[0].provision.text for act in asked):
        return None
    return next((e for e in order if any(act in e.provision.text for act in asked)), None)


def _period(question: UnderstoodQuestion, order: Sequence[Evidence], _names: Names) -> Evidence | None:
    """Before a provision that states no period, one that does, where a period is asked for."""
    if not _ASKS_PERIOD.search(question.text) or asks_for_penalty(question):
        return None
    if _PERIOD.search(order[0].provision.text):
        return None
    return next((e for e in order if _PERIOD.search(e.provision.text)), None)


def _time_bar(question: UnderstoodQuestion, order: Sequence[Evidence], _names: Names) -> Evidence | None:
    """Where an act lies back by years, first whether it can still be punished."""
    return next((e for e in order if bars_by_time(e)), None) if asks_for_time_bar(question) else None


def _words(question: UnderstoodQuestion) -> frozenset[str]:
    return words_of(question.text, (term for e in question.expansions for term in e.statute))


def _share(words: frozenset[str], evidence: Evidence) -> float:
    """How much of the question the part of a provision shares that would be told first."""
    return overlap(words, leading_words(evidence.provision.text, words))
