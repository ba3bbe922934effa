"""Grounds of leniency, severity and no penalty (从轻、减轻、从重、不予处罚事由), with the words that say them.

The law's own words are always taken from the text in force on the day asked about: a ground whose words that text does
not have is not offered. Local rules and list entries bring their own.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from assistant.discretion.conditions import (
    EMERGENCY,
    FAULT_NOT_ASKED,
    FIRST_OFFENCE,
    MENDED,
    NO_FAULT,
    NO_HARM,
    SLIGHT_ACT,
    condition_of_circumstance,
    condition_of_item,
    exclusion_in,
    fact_name,
    slight_harm,
)
from assistant.discretion.facts import Condition, Fact, all_of, assume, known, names_in, none_of
from assistant.discretion.time_bar import time_barred
from assistant.discretion.working import Reference, Rests, join_clauses, write_spot
from corpus.citations.format import format_path
from corpus.discretion.model import (
    ApplicationRules,
    CircumstanceEffect,
    ExemptionItem,
    ListEffect,
)
from corpus.structure import split_article
from corpus.vocabulary import Provision, ProvisionPath

PENALTY_LAW = "中华人民共和国行政处罚法"
"""The law whose grounds hold everywhere."""

Effect = CircumstanceEffect | ListEffect

MITIGATING = frozenset({CircumstanceEffect.MITIGATED.value, CircumstanceEffect.LENIENT_OR_MITIGATED.value})
LENIENT = MITIGATING | {CircumstanceEffect.LENIENT.value, CircumstanceEffect.LOWER_TIER.value}
SEVERE = frozenset({CircumstanceEffect.SEVERE.value, CircumstanceEffect.RAISE_TIER.value})
NO_PENALTY = frozenset({CircumstanceEffect.NOT_PUNISH.value, CircumstanceEffect.MAY_NOT_PUNISH.value})

_EFFECT_WORDS = {
    CircumstanceEffect.SEVERE.value: "从重处罚",
    CircumstanceEffect.LENIENT.value: "从轻处罚",
    CircumstanceEffect.MITIGATED.value: "减轻处罚",
    CircumstanceEffect.LENIENT_OR_MITIGATED.value: "从轻或者减轻处罚",
    CircumstanceEffect.NOT_PUNISH.value: "不予处罚",
    CircumstanceEffect.MAY_NOT_PUNISH.value: "不予处罚",
    CircumstanceEffect.RAISE_TIER.value: "上调一个档次处罚",
    CircumstanceEffect.LOWER_TIER.value: "下调一个档次处罚",
    ListEffect.NO_COERCION.value: "不予实施行政强制措施",
    ListEffect.UNREAD.value: "处理方式未能读出，须由人核对",
}


@dataclass(frozen=True, slots=True)
class LegalGround:
    """A ground with its condition (裁量事由): ``must`` is 应当, otherwise 可以. ``note``: what officers must know."""

    name: str
    effect: str  # value of CircumstanceEffect or ListEffect
    must: bool
    holds: Condition
    references: tuple[Reference, ...]
    note: str = ""
    personal: bool = False  # of the person's age or mind: asked for last

    @property
    def consequence(self) -> str:
        """应当从轻或者减轻处罚, 可以不予处罚."""
        return ("应当" if self.must else "可以") + _EFFECT_WORDS[self.effect]


@dataclass(frozen=True, slots=True)
class Assessed:
    """A ground against what is known (事由判断): ``applies`` None where ``asks`` are still missing."""

    ground: LegalGround
    applies: bool | None
    asks: tuple[str, ...]


def assess(ground: LegalGround, facts: Mapping[str, bool | None]) -> Assessed:
    """Whether the ground applies, and the facts it still needs."""
    left = assume(ground.holds, known(with_implied(facts)))
    if isinstance(left, bool):
        return Assessed(ground, left, ())
    return Assessed(ground, None, party_first(tuple(dict.fromkeys(names_in(left)))))


def with_implied(facts: Mapping[str, bool | None]) -> Mapping[str, bool | None]:
    """``facts`` with what follows from them: whose age or mind is known is a natural person."""
    if facts.get(NATURAL_PERSON) is None and any(facts.get(name) for name in PERSONAL):
        return {**facts, NATURAL_PERSON: True}
    return facts


def party_first(asks: tuple[str, ...]) -> tuple[str, ...]:
    """``asks`` without age and mind while it is open whether the party is a natural person at all."""
    if NATURAL_PERSON not in asks:
        return asks
    return tuple(name for name in asks if name not in PERSONAL)


# ---- the law -----------------------------------------------------------------------------------------------

_ITEMS_OF_LENIENCY = re.compile(r"当事人有下列情形之一[^。\n]{0,6}应当(?:依法)?从轻或者减轻行政处罚")


@dataclass(frozen=True, slots=True)
class _Said:
    """Words of the law found in its text of the day: verbatim sentence, and where it stands."""

    provision: Provision
    place: str
    quote: str


@dataclass(frozen=True, slots=True)
class _Pattern:
    """A ground of the law by its words; ``natural`` for natural persons only."""

    words: str
    name: str
    effect: CircumstanceEffect
    must: bool
    holds: Condition
    natural: bool = False


NATURAL_PERSON = "当事人是自然人"
"""What is asked first where the party is not known: age and mind matter to natural persons only."""

TOO_LATE = "违法行为超过处罚时效未被发现"

_UNDER_14 = "当事人不满十四周岁"
_UNDER_18 = "当事人已满十四周岁不满十八周岁"
_NO_CONTROL = "当事人是精神病人、智力残疾人，行为时不能辨认或者不能控制自己行为"
_LESS_CONTROL = "当事人是尚未完全丧失辨认或者控制自己行为能力的精神病人、智力残疾人"

PERSONAL = frozenset((_UNDER_14, _UNDER_18, _NO_CONTROL, _LESS_CONTROL))
"""Facts of age and mind."""

_PATTERNS = (
    _Pattern(
        r"违法行为轻微并及时(?:改正|纠正)，没有造成危害后果的，不予行政处罚",
        "违法行为轻微并及时改正，没有造成危害后果",
        CircumstanceEffect.NOT_PUNISH,
        True,
        all_of([Fact(SLIGHT_ACT), Fact(MENDED), Fact(NO_HARM)]),
    ),
    _Pattern(
        r"初次违法且危害后果轻微并及时改正的，可以不予行政处罚",
        "初次违法且危害后果轻微并及时改正",
        CircumstanceEffect.MAY_NOT_PUNISH,
        False,
        all_of([Fact(FIRST_OFFENCE), slight_harm, Fact(MENDED)]),
    ),
    _Pattern(
        r"当事人有证据足以证明没有主观过错的，不予行政处罚。法律、行政法规另有规定的，从其规定",
        "有证据足以证明没有主观过错",
        CircumstanceEffect.NOT_PUNISH,
        True,
        all_of([Fact(NO_FAULT), none_of(Fact(FAULT_NOT_ASKED))]),
    ),
    _Pattern(
        r"不满十四周岁的(?:未成年)?人有违法行为的，不予行政处罚",
        "不满十四周岁",
        CircumstanceEffect.NOT_PUNISH,
        True,
        Fact(_UNDER_14),
        natural=True,
    ),
    _Pattern(
        r"精神病人(?:、智力残疾人)?在不能辨认或者不能控制自己行为时有违法行为的，不予行政处罚",
        "不能辨认或者不能控制自己行为",
        CircumstanceEffect.NOT_PUNISH,
        True,
        Fact(_NO_CONTROL),
        natural=True,
    ),
    _Pattern(
        r"已满十四周岁不满十八周岁的(?:未成年)?人有违法行为的，(?:应当)?从轻或者减轻行政处罚",
        "已满十四周岁不满十八周岁",
        CircumstanceEffect.LENIENT_OR_MITIGATED,
        True,
        Fact(_UNDER_18),
        natural=True,
    ),
    _Pattern(
        r"尚未完全丧失辨认或者控制自己行为能力的精神病人、智力残疾人有违法行为的，可以从轻或者减轻行政处罚",
        "尚未完全丧失辨认或者控制自己行为能力",
        CircumstanceEffect.LENIENT_OR_MITIGATED,
        False,
        Fact(_LESS_CONTROL),
        natural=True,
    ),
    _Pattern(
        r"发生重大传染病疫情等突发事件，[^。]*违反突发事件应对措施的行为，依法快速、从重处罚",
        "突发事件期间违反应对措施",
        CircumstanceEffect.SEVERE,
        True,
        Fact(EMERGENCY),
    ),
)
_TIME_BAR = r"违法行为在二年内未被发现的，不再给予行政处罚"
_TIME_BAR_OF_RULES = re.compile(r"违法行为在(?:二|两|2)年内未被发现")
# 法律、法规、规章规定其他应当从轻或者减轻行政处罚的: nothing but a reference to whatever another law says.
_NAMES_NOTHING = re.compile(
    r"\s*(?:（[^）]*）|[0-9]+[、.．])?\s*"
    r"(?:(?:法律|行政法规|法规|规章)[^，。；]*规定[^，。；]*其他[^，。；]*|其他(?:依法|应当|可以|法律)[^，。；]*)[。；]?\s*"
)
_LIST_NAMED = re.compile(r"《([^》]+)》")


def grounds_of_law(
    provisions: Sequence[Provision],
    *,
    act_date: dt.date | None,
    decision_date: dt.date,
    of_unit: bool | None = None,
) -> tuple[LegalGround, ...]:
    """The grounds that 行政处罚法 gives in the text whose ``provisions`` these are.

    ``of_unit``: the party is no natural person, so that age and mind do not matter; None where that is a fact to ask.
    """
    natural: Condition = Fact(NATURAL_PERSON) if of_unit is None else not of_unit
    grounds = []
    for pattern in _PATTERNS:
        said = _find(provisions, pattern.words)
        if said is not None:
            holds = all_of([natural, pattern.holds]) if pattern.natural else pattern.holds
            made = LegalGround(pattern.name, pattern.effect.value, pattern.must, holds, (_reference(said),))
            grounds.append(replace(made, personal=pattern.natural))
    if said := _find(provisions, _TIME_BAR):
        limit = time_barred(act_date, decision_date)
        grounds.append(LegalGround(TOO_LATE, CircumstanceEffect.NOT_PUNISH.value, True, limit, (_reference(said),)))
    grounds += _items_of_leniency(provisions)
    return tuple(grounds)


def _items_of_leniency(provisions: Sequence[Provision]) -> Iterator[LegalGround]:
    """The listed cases in which a lighter penalty is due; the last (其他应当从轻…的) names no fact of its own."""
    for provision in provisions:
        if not _ITEMS_OF_LENIENCY.search(provision.text):
            continue
        for paragraph in split_article(provision.text).paragraphs:
            for item in paragraph.items:
                words = provision.text[item.start : item.end].strip()
                if _NAMES_NOTHING.fullmatch(words):
                    continue
                path = ProvisionPath(item=item.number)
                reference = Reference(
                    Rests.STATUTE,
                    f"{provision.label}{format_path(path)}",
                    words,
                    title=PENALTY_LAW,
                    provision_id=provision.id,
                )
                name = fact_name(words)
                effect = CircumstanceEffect.LENIENT_OR_MITIGATED.value
                yield LegalGround(name, effect, True, Fact(name), (reference,))


def _find(provisions: Iterable[Provision], words: str) -> _Said | None:
    pattern = re.compile(words)
    for provision in provisions:
        if match := pattern.search(provision.text):
            paragraphs = split_article(provision.text).paragraphs
            place = provision.label
            if len(paragraphs) > 1:
                number = next(p.number for p in paragraphs if p.start <= match.start() < p.end)
                place += format_path(ProvisionPath(paragraph=number))
            return _Said(provision, place, _sentence(provision.text, match))
    return None


def _sentence(text: str, match: re.Match[str]) -> str:
    """The match with the rest of its sentence, verbatim."""
    end = text.find("。", match.end() - 1)
    line = text.find("\n", match.end() - 1)
    ends = [position + 1 if position == end else position for position in (end, line) if position >= 0]
    start = max(text.rfind("。", 0, match.start()), text.rfind("\n", 0, match.start())) + 1
    return text[start : min(ends) if ends else len(text)].strip()


def _reference(said: _Said) -> Reference:
    return Reference(Rests.STATUTE, said.place, said.quote, title=PENALTY_LAW, provision_id=said.provision.id)


# ---- local rules and lists ---------------------------------------------------------------------------------


def grounds_of_rules(
    rules: ApplicationRules,
    *,
    act_date: dt.date | None,
    decision_date: dt.date,
    lists: Collection[str] = (),
) -> tuple[LegalGround, ...]:
    """The circumstances that the rules of application name.

    Left out is what names no fact of its own: other circumstances that a law provides for, and a reference to one of
    the ``lists`` held (titles), whose entries are grounds themselves.
    """
    grounds = []
    for c in rules.circumstances:
        named = set(_LIST_NAMED.findall(c.text))
        if (_NAMES_NOTHING.fullmatch(c.text) and not c.conditions) or named & set(lists):
            continue
        barred = _TIME_BAR_OF_RULES.search(c.text)
        holds = time_barred(act_date, decision_date) if barred else condition_of_circumstance(c)
        quote = c.text if c.quote.endswith(c.text) else f"{c.quote}{c.text}"
        reference = Reference(Rests.RULES, c.article, quote, title=rules.title)
        name = TOO_LATE if barred else fact_name(c.text)
        grounds.append(LegalGround(name, c.effect.value, c.must, holds, (reference,)))
    return tuple(grounds)


@dataclass(frozen=True, slots=True)
class ListedItem:
    """An entry of a list with what holds for the whole list (清单条目): title of the list, and its remarks."""

    item: ExemptionItem
    title: str
    remarks: tuple[str, ...] = ()


def name_of_match(listed: ListedItem) -> str:
    """The fact that the act is the one of the entry."""
    return f"违法行为属于《{listed.title}》第{listed.item.id}项“{listed.item.violation}”"


_MUST_BY_EFFECT = {
    ListEffect.NOT_PUNISH: True,
    ListEffect.MAY_NOT_PUNISH: False,
    ListEffect.LENIENT: False,
    ListEffect.MITIGATED: False,
    ListEffect.LENIENT_OR_MITIGATED: False,
    ListEffect.SEVERE: False,
    ListEffect.NO_COERCION: False,
}


def ground_of_item(listed: ListedItem) -> LegalGround | None:
    """The ground that a list entry gives; None where its effect could not be read.

    What a remark of the whole list shuts out is a fact of its own; an entry with doubts says so in its note.
    """
    item = listed.item
    must = _MUST_BY_EFFECT.get(item.effect)
    if must is None:
        return None
    shut_out = [exclusion for remark in listed.remarks if (exclusion := exclusion_in(remark)) is not None]
    holds = all_of(
        [Fact(name_of_match(listed)), condition_of_item(item), *(none_of(exclusion) for exclusion in shut_out)]
    )
    place, page = write_spot(item.spot, item.pages)
    words = f"{item.lead}{join_clauses(item.conditions)}"
    doubts = join_clauses(doubt.message for doubt in item.doubts)
    return LegalGround(
        f"清单第{item.id}项：{item.violation}",
        item.effect.value,
        must,
        holds,
        (Reference(Rests.RULES, f"第{item.id}项{f'（{place}）' if place else ''}", words, page, title=listed.title),),
        note=f"【待核对】{doubts}" if doubts else "",
    )
