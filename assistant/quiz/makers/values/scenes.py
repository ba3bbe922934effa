"""For whom and in which case a penalty is stated (适用情形), in words that need no other words around them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.encyclopedia.acts import PunishedAct, read_acts
from assistant.encyclopedia.clauses import Stretch, imposes, is_case
from assistant.quiz.makers.values.model import Quote, Span
from assistant.quiz.makers.values.text import begins_sentence, clauses, quote_at, sentence_at
from assistant.quiz.makers.values.wording import stands_alone
from corpus.discretion.expressions import find_expressions

_LONGEST = 130
_SHORTEST = 7
_SUBJECT = 4
_LISTS = re.compile(
    r"(?P<who>.*?)(?:有|存在|实施|具有|从事)?(?:下列|以下)[^，。；：]{0,24}?(?:行为|情形|情况|规定|活动|手段|之一)(?:之一)?的?"
    r"(?P<rest>(?:，[^：]*)?)"
)
_BREACH = re.compile(r"违反[^，]{0,60}?(?:规定|要求)(?:的)?，?")
_OF_OWN_LAW = re.compile(r"违反(?:了)?本(?:法典?|条例|办法|规定)")
_BARE = re.compile(r"违反(?:了)?本(?:法典?|条例|办法|规定)(?:的?规定|的?有关规定)(?:的)?，?$")
"""违反本法规定 and no more: what stands between (有关海洋生态保护的, 第四十八条) says which breach is punished."""
_OF_ITS_ARTICLE = re.compile(r"^违反(?:了)?本(?:法典?|条例|办法|规定)第[^，；。]{1,40}?[条款项](?:的)?规定，")
_HEAD = re.compile(r"违反(?:了)?本[^，]*规定，")
_BACK = re.compile(
    r"(?P<who>单位|个人|企业|法人)?(?:有|实施|从事)(?:前款|本条第[一二三四五]款|第[一二三四五]款)[^，]{0,40}?(?:行为|情形)(?:之一)?的?"
    r"(?:，(?P<rest>.+))?"
)
_OWN_SUBJECT = re.compile(
    r"[^，未不擅违拒将]{0,14}?(?:单位|企业|机构|人员|经营者|生产者|销售者|场所|部门|公司|学校|组织|负责人)"
)
_ABOUT_A_THING = re.compile(
    r"(?![未不])[^，]{2,40}的[^，]{1,12}(?:不符合|不合格|未|不足|没有|无)|"
    r"[^，未不]{2,40}(?:工具|设备|产品|材料|设施|项目|场所|车辆|船舶)，|"
    r"[^，未不]{2,14}[物品][、和][^，]{0,14}(?:超过|不)|[^，]{4,80}[前时后]，"
)
_AFTER_ORDER = re.compile(r"(?:[^，]{0,8})?(?:逾期|拒不|期满|经责令|仍不|限期|经[^，]{0,8}责令)")
_JOINED = re.compile(r"(?:还|也)?(?:可以)?并")
_ON_WHOM = re.compile(r"对[^，；。]{2,40}?(?:处|给予)")
_ORDERED = re.compile(r"责令|令其|警告|指出")
_FINED = re.compile(r"罚款|拘留|吊销|没收")
_PUNISHED = re.compile(
    r"罚款(?!决定)|机关认为|人民法院|(?:部门|机关)(?:处理|查处)时|(?<![不未])构成犯罪|，由[^，]{2,40}(?:部门|机关|机构)(?:责令|没收|处|给予)"
)
_OF_AN_ARTICLE = re.compile(r"违反(?:了)?本(?:法典?|条例|办法|规定)第[^，；。]{1,30}条")
UNLAWFUL = re.compile(
    r"[未拒假劣冒擅]|不(?!动产|锈)|无(?!线|形)|虚|伪造|变造|非法|违[法反规]|超[过越出标]|隐瞒|谎报|侵[占害犯]|损[坏害毁]|破坏|"
    r"泄露|挪用|逃避|妨碍|阻[挠碍]|欺|转让|出租|出借|倒卖|禁止|限制|贬低|弄虚|淘汰|过期|污染|篡改|私设|偷"
)
"""Words by which an act is told to be unlawful without the article that forbids it."""
_OPEN_END = re.compile(
    r"的其他(?!直接)|等(?:行为|情形)?的?$|其他(?:[^，]{0,12})?(?:行为|情形|规定)的?$|(?:有关|相关|相应)规定的?$"
)


@dataclass(frozen=True, slots=True)
class Scene:
    """An act, perhaps in a case, and the penalties that follow (违法行为与后果).

    ``words`` name act and case and end in 的; ``order`` is what was ordered before the case can arise (责令改正).
    """

    act: Span
    words: str
    case: str
    order: str
    breach: bool
    measure: Span
    authority: Span | None
    quotes: tuple[Quote, ...]

    @property
    def told(self) -> str:
        """All that has to be said before the penalty."""
        if not self.case:
            return self.words
        if self.order:
            return f"{self.words}，{self.order}；{self.case}"
        return f"{without_de(self.words)}，{self.case}"


def without_de(words: str) -> str:
    """An act without the 的 at its end, and without those of acts beside it: A的，或者B的 is A或者B."""
    if not words.endswith("的"):
        return words
    acts = re.split(r"的，(?=或者?|以及|及)", words.removesuffix("的"))
    together = ("，" if any("，" in act for act in acts) else "").join(acts)
    return re.sub(r"的(?=[，、])" if len(acts) > 1 else r"的(?=、)", "", together)


def read_scenes(text: str) -> Iterator[Scene]:
    """The scenes of an article that can be told without the article."""
    for act in read_acts(text):
        told = _listed(text, act) if act.lead is not None else _plain(text, act)
        if told is None:
            continue
        words, breach = told
        done = _OF_ITS_ARTICLE.sub("", words, count=1)
        if not _SHORTEST <= len(words) <= _LONGEST or not stands_alone(done) or _PUNISHED.search(words):
            continue
        if _OPEN_END.search(words) or (_refers_to_an_article(text, act) and not UNLAWFUL.search(done)):
            continue
        yield from _of_act(text, act, words, breach)


def _refers_to_an_article(text: str, act: PunishedAct) -> bool:
    """Whether the act is unlawful by an article that is not told: 违反本法第三十八条第三款规定，利用…作为代言人的."""
    before = [(act.condition[0], act.act[0]), *([act.lead] if act.lead is not None else [])]
    return any(_OF_AN_ARTICLE.search(text, *span) for span in before)


def _plain(text: str, act: PunishedAct) -> tuple[str, bool] | None:
    """The words of an act in a sentence of its own."""
    if not begins_sentence(text, act.condition[0]) or _goes_on(text, act.condition[0]):
        return None
    words = text[act.act[0] : act.condition[1]]
    if _two_acts(words):
        return None
    breach = act.act[0] > act.condition[0]
    if breach and not text.startswith("违反", act.condition[0]):
        return None
    if breach and not _BARE.match(text, act.condition[0], act.act[0]):
        words, breach = text[slice(*act.condition)], False
    return (words if words.endswith(("的", "者")) else f"{words}的"), breach


def _goes_on(text: str, at: int) -> bool:
    """Whether the sentence before it in its paragraph orders less than a penalty: 令其立即驶离。拒绝驶离的，…"""
    before = text[:at].rstrip("。 \n\u3000")
    sentence = re.split("[。\n]", before)[-1]
    if _FINED.search(sentence):
        return False
    return bool(_ORDERED.search(sentence)) or (bool(sentence) and "\n" not in text[len(before) : at])


def _two_acts(words: str) -> bool:
    """Whether two acts stand side by side, each with its subject, which in a question read as if both were needed."""
    first, *others = words.removesuffix("的").split("的，")
    return any(other[:_SUBJECT] == first[:_SUBJECT] for other in others)


def _listed(text: str, act: PunishedAct) -> tuple[str, bool] | None:
    """The words of an act in a list, with those above the list that belong to it."""
    assert act.lead is not None
    head = text[sentence_at(text, act.lead[0])[0] : act.lead[1]].strip()
    lead = _LISTS.fullmatch(head)
    item = text[act.act[0] : act.condition[1]].strip().rstrip("；。")
    if lead is None or re.search(r"[；：\n]", item) or act.item is None:
        return None
    breach = bool(_BREACH.search(lead["who"])) or act.act[0] > act.condition[0]
    above, beside = _BREACH.match(lead["who"]), _BREACH.match(text, act.condition[0], act.act[0])
    if any(found and not _OF_OWN_LAW.match(found.group()) for found in (_BREACH.search(lead["who"]), beside)):
        return None  # 违反国家规定: no breach of the law that would be named
    telling = [found.group() for found in (above, beside) if found and not _BARE.match(found.group())]
    who = _BREACH.sub("", lead["who"]).strip()
    rest = lead["rest"].strip("，的")
    if len(who) > 30 or (who and not who.endswith("，") and (_OWN_SUBJECT.match(item) or _ABOUT_A_THING.match(item))):
        return None
    item = without_de(item) if rest else item.removesuffix("的")
    if item.startswith(who.removesuffix("，")):
        who = ""
    if len(telling) > 1 or (telling and who and beside):
        return None
    return f"{''.join(telling)}{who}{item}{f'，{rest}' if rest else ''}的", breach and not telling


def _of_act(text: str, act: PunishedAct, words: str, breach: bool) -> Iterator[Scene]:
    base: Stretch | None = None
    before: Stretch | None = None
    for stretch in act.stretches:
        if stretch.condition is None:
            if (base is None and imposes(text[slice(*stretch.measure)])) or _orders(text, stretch):
                base = base or stretch
                yield _scene(text, act, stretch, words, "", "", breach)
        elif back := _BACK.fullmatch(text[slice(*stretch.condition)]):
            if scene := _referring(text, act, stretch, words, back, breach):
                yield scene
        elif (stretch.opens or before is base) and (scene := _in_case(text, act, stretch, words, base, breach)):
            yield scene
        before = stretch


def _orders(text: str, stretch: Stretch) -> bool:
    return "责令" in text[slice(*stretch.measure)]


def _in_case(
    text: str, act: PunishedAct, stretch: Stretch, words: str, base: Stretch | None, breach: bool
) -> Scene | None:
    assert stretch.condition is not None
    case, measure = text[slice(*stretch.condition)], text[slice(*stretch.measure)]
    order = ""
    if _AFTER_ORDER.match(case) or _JOINED.match(measure):
        order = _without_sums(text, base.measure) if base is not None else ""
        if not order:
            return None
    if not is_case(case) or not case.endswith("的") or not _case_stands_alone(case):
        return None
    if base is not None and _falls_on_a_person(text[slice(*base.measure)]) and not _ON_WHOM.search(measure):
        return None  # 对直接负责的…处…；情节较轻的，处…: on whom, only the tier before says
    return _scene(text, act, stretch, words, case, order, breach)


def _falls_on_a_person(measure: str) -> bool:
    """Whether the first penalty of a measure names whom it falls on: 对其直接负责的主管人员…处."""
    penalties = [c for c in measure.split("，") if re.search(r"罚款|拘留|警告", c)]
    return bool(penalties) and _ON_WHOM.search(penalties[0]) is not None


def _case_stands_alone(case: str) -> bool:
    return stands_alone(f"对{case}")


def _referring(
    text: str, act: PunishedAct, stretch: Stretch, words: str, back: re.Match[str], breach: bool
) -> Scene | None:
    """个人有前款第二项行为的: the act again, done by somebody else."""
    who, rest = back["who"] or "", back["rest"] or ""
    alone = text[act.act[0] : act.condition[1]].rstrip("；。")
    if _OWN_SUBJECT.match(alone) or (rest and not _case_stands_alone(rest)):
        return None
    head = found.group() if (found := _HEAD.match(words)) else ""
    return _scene(text, act, stretch, f"{head}{who}{alone if alone.endswith('的') else f'{alone}的'}", rest, "", breach)


def _scene(text: str, act: PunishedAct, stretch: Stretch, words: str, case: str, order: str, breach: bool) -> Scene:
    bearing, acting = quote_at(text, stretch.measure[0]), quote_at(text, act.act[0])
    quotes = (bearing,) if bearing.span == acting.span else (bearing, acting)
    return Scene(act.act, words, case, order, breach, stretch.measure, stretch.authority, quotes)


def _without_sums(text: str, measure: Span) -> str:
    """The first clauses of a measure up to the first that states a sum: 责令限期改正."""
    kept = measure[0]
    for start, end in clauses(text, measure):
        if re.search(r"罚款|拘留|警告或者", text[start:end]) or next(find_expressions(text[start:end]), None):
            break
        kept = end
    words = text[measure[0] : kept].strip("，")
    return words if stands_alone(words) else ""
