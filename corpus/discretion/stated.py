"""One clause that states a fine (罚款分句): 对单位可以并处违法所得一倍以上三倍以下的罚款.

Before the sum stand the party, the verb and, for a ratio, its base; after it 的罚款 and what may come with it. Whatever
else stands there is not understood, and then the clause states nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.discretion.expressions import Expression
from corpus.discretion.model import Fine

VERB = re.compile(
    r"单处或者?并处|(?:并|还|也)?(?:可以|可)(?:并)?处(?:以)?|并处(?:以)?|处以处|处以|处(?![置理罚分方])|"
    r"(?:给予|予以)(?=[0-9一二两三四五六七八九十百]|$)|(?:按照|按)(?!日|次|吨)|"
    r"处?罚款(?:金额|数额|额度|幅度)?[为是:：]?|罚(?!款|金|则|没|单)"
)
_OPTIONAL = re.compile(r"可以?并?处|可以?并?罚|可以.{0,30}处")
_PARTY = re.compile(
    r"(?:^|[^针面应相核])对(?!外)(?P<party>[^对]{1,60}?)(?=(?:并|还)?(?:可以|可)?(?:单处或者)?(?:并)?处(?![置理罚分方])|(?:的)?罚款|$)"
)
_BARE_PARTY = re.compile(
    r"^(?:并|且)?(?P<party>单位|个人|企业|组织|个体工商户|[^，]{0,20}(?:责任人员?|负责人|主管人员|法定代表人))"
    r"(?=[:：]|(?:可以|可)?(?:并)?处(?![置理罚分方]))"
)
_PER = re.compile(
    r"(?:^|(?P<by>[^每]*?(?:面积|数量|人数|次数|标准|天数)?(?:处|以|按照?|(?=每))))"
    r"(?:每(?P<each>[\u4e00-\u9fff（）]{1,10}?)(?:处)?|按(?P<daily>日)(?:处)?)$"
)
_PER_AFTER = re.compile(r"^(?:/|每)(?P<per>[\u4e00-\u9fff]{1,4}?)(?=$|的?罚款)")
_DAY = {"天": "日", "一日": "日", "1日": "日"}
_TAIL = re.compile(
    r"^(?:的)?(?:标准)?(?:计算|进行|处以|并处)?(?:的)?(?:罚款|罚金)?(?:处罚)?的?"
    r"(?P<also>(?:或者|、|并处?|和)(?:[一二三四五六七八九十0-9]+日以[上下])*的?(?:拘留|警告|通报批评|吊销|暂扣|没收|责令).*)?$"
)
_OTHER_PENALTY = re.compile(
    r"(?P<also>(?:(?:[一二三四五六七八九十0-9]+日以[上下])+的?拘留|警告|通报批评))(?P<link>或者|、|和|并)(?:处以?)?$"
)
_BASE_NOISE = re.compile(r"^[:：]?(?:照|以|其|该|按照?|事故|相当于)?(?:.*造成的?)?")
_OF_MONEY = re.compile(r"[额款费价值金税券]|所得|收入|损失|报酬|成本|利润|资产|财产")
_IN_BRACKETS = re.compile(r"（[^（）]*）")
_BARE_LEADS = ("", "并", "且", "同时", "另", "，", "并以", "以")


@dataclass(frozen=True, slots=True)
class Stated:
    """What one clause states: the fine, its party as printed without 对, and a case printed before the verb (…的)."""

    fine: Fine
    party: str
    case: str = ""


def state_fine(
    words: str, expressions: Sequence[Expression], *, column_base: str | None = None, cell: bool = False
) -> Stated | None:
    """The fine that the clause ``words`` states with its one expression; None where anything is not understood.

    ``cell``: it stands in a column of fines, where verb and 罚款 may be missing, and whose head may name the base.
    """
    if len(expressions) != 1:
        return None
    (only,) = expressions
    head, tail = words[: only.start], words[only.end :]
    after = _PER_AFTER.match(tail)
    ending = _TAIL.match(tail[after.end() :] if after else tail)
    if ending is None:
        return None
    other = _OTHER_PENALTY.search(head)
    plain_head = head[: other.start()] if other else head
    verbs = list(VERB.finditer(plain_head))
    if not verbs and not (cell or "罚款" in tail):
        return None
    verb = verbs[-1] if verbs else None
    named = _PARTY.search(plain_head) or _BARE_PARTY.search(plain_head)
    lead, rest = _around(plain_head, verb, named)
    case, lead = (lead, "") if lead.endswith("的") else ("", lead)
    per = _PER.search(rest) or (None if rest else _PER.search(lead))
    if per:
        lead, rest = (lead, "") if rest else ("", rest)
    base = _base(rest, column_base) if only.is_ratio else None
    if (only.is_ratio and base is None) or (not only.is_ratio and rest.strip(":：以并")):
        return None
    if cell and lead not in _BARE_LEADS and not lead.startswith(("由", "按照", "根据")):
        return None
    also = [found for found in (other and other["also"], ending["also"]) if found]
    fine = Fine(
        text=words,
        kind=only.kind,
        minimum=only.minimum,
        maximum=only.maximum,
        base=base,
        includes_minimum=only.includes_minimum,
        includes_maximum=only.includes_maximum,
        per=_per(per, after),
        also="，".join(re.sub(r"^(?:或者|、|并处?|和)", "", words) for words in also),
        optional=_is_optional(head, other, ending),
        read_as=head + only.read_as + tail if only.read_as else "",
    )
    return Stated(fine, named["party"] if named else "", case)


def _around(head: str, verb: re.Match[str] | None, named: re.Match[str] | None) -> tuple[str, str]:
    """The words before the party or verb, and those between the verb and the sum."""
    begin = verb.start() if verb else 0
    rest = head[verb.end() :] if verb else head
    if named and (verb is None or named.start("party") < begin):
        begin = named.start("party") - (head[: named.start("party")].endswith("对"))
        if verb is None:
            rest = head[named.end("party") :]
    return head[:begin], rest


def _per(before: re.Match[str] | None, after: re.Match[str] | None) -> str | None:
    words = (before["each"] or before["daily"]) if before else after["per"] if after else None
    return _DAY.get(words, words) if words else None


def _is_optional(head: str, other: re.Match[str] | None, ending: re.Match[str]) -> bool | None:
    """True where the law leaves the fine open: 可以处, or another penalty in its place (警告或者…罚款)."""
    if (other and other["link"] == "或者") or (ending["also"] or "").startswith("或者"):
        return True
    if _OPTIONAL.search(head):
        return True
    return False if "并处" in head and "单处" not in head else None


def _base(rest: str, column_base: str | None) -> str | None:
    """What a ratio is taken of (货值金额); None for what is no money (超标1倍以下)."""
    words = _BASE_NOISE.sub("", _IN_BRACKETS.sub("", rest), count=1)
    words = re.sub(r"(?:的|在|为)$", "", words)
    if not words:
        return column_base
    named = re.fullmatch(r"[\u4e00-\u9fff、]{2,60}", words) and _OF_MONEY.search(words)
    return words if named else None
