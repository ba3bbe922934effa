"""Wrong options for lists (错项): members of sibling lists that the law assigns to another consequence."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from assistant.encyclopedia.clauses import imposes
from assistant.quiz.makers.sets.content import Rests, Wrong
from assistant.quiz.makers.sets.lists import Enumeration, ListItem, ListKind, read_lists
from assistant.quiz.makers.sets.sentences import Ruling, read_rulings
from assistant.quiz.makers.sets.words import likeness, pairs
from assistant.quiz.material import LawBook, SourceText

NEAR = 0.5
"""From this likeness on, two items may say the same."""

_FAMILIES: tuple[tuple[str, ...], ...] = (
    ("不予", "从轻", "减轻", "从重", "免予"),
    ("中止", "终结", "终止", "恢复"),
    ("撤销", "注销"),
    ("假药", "劣药"),
)
_UNDER_CONDITION = re.compile(r"[^，]{2,40}的，")
"""扰乱…秩序的，处…: without it the items say too little."""
_VERBS = re.compile(r"应当|必须|可以|载明|包括|具备|符合|遵守|提交|取得|申请|从事|并|以书面形式作出")
_LENIENT = re.compile(r"从轻|减轻|从重|不予(?:行政)?处罚|免予(?:行政)?处罚")
_MODAL = re.compile(r"应当|可以|必须")
_MOST_TOLD = 90
_PUNISHES = re.compile(r"由(?P<who>[^，]{2,60}?)(?:责令|处|没收|给予|吊销|扣留|暂扣|收缴|予以)")
_OWN_SUBJECT = re.compile(r"人(?:在[^，]{2,30})?(?:有|违反)|^当事人")
"""精神病人…违反治安管理的 cannot be read behind a lead that names who acted."""
_LEAD = 4
_BINDS_ALL = re.compile(r"要求|规定|义务|职责|职权|权利|措施|行为|原则|标准|制度")
"""What one list asks may be asked by another article as well: none of these shows that an option is wrong."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """What a law holds to choose wrong options from."""

    text: SourceText
    lists: tuple[Enumeration, ...]
    rulings: tuple[Ruling, ...]


def read_shelf(text: SourceText) -> Shelf:
    """The lists and rulings of a text."""
    return Shelf(
        text,
        tuple(e for p in text.provisions for e in read_lists(p)),
        tuple(r for p in text.provisions for r in read_rulings(p)),
    )


class Stated:
    """Looks in every law in force whether one provision says two things (现行法有无规定)."""

    def __init__(self, book: LawBook) -> None:
        self._texts = [p.text for _, p in book.provisions()]
        self._starts = list(accumulate((len(t) + 1 for t in self._texts), initial=0))
        self._joined = "\0".join(self._texts)

    def together(self, first: str, second: str) -> bool:
        """Whether some provision says both."""
        at = self._joined.find(first)
        while at >= 0:
            index = bisect_right(self._starts, at) - 1
            if second in self._texts[index]:
                return True
            at = self._joined.find(first, self._starts[index + 1])
        return False


def is_lenient(outcome: str) -> bool:
    return bool(_LENIENT.search(outcome))


def incompatible(first: str, second: str) -> bool:
    """Whether two consequences exclude each other in law: 应当/可以 the same, 从轻 and 不予, 中止 and 终结."""
    if first == second:
        return False
    if _MODAL.sub("", first) == _MODAL.sub("", second):
        return True
    for family in _FAMILIES:
        mine = {w for w in family if w in first}
        theirs = {w for w in family if w in second}
        if mine and theirs and not (mine & theirs):
            return True
    return is_lenient(first) and is_lenient(second) and ("可以" in first) != ("可以" in second)


_SUMS = re.compile(r"(?:[一二三四五六七八九十百千万]+(?:万?元|日|倍|个月)(?:以上|以下)?)+")


def _sums(words: str) -> set[str]:
    return set(_SUMS.findall(words))


def _personal(words: str) -> bool:
    """Whether a penalty is for those in charge, so that it comes on top of another for the same act."""
    return bool(re.search(r"对[^，]{0,12}(?:法定代表人|负责人|主管人员|责任人员)", words))


def penalty_shape(words: str) -> bool:
    return bool(re.search(r"元|拘留|倍|吊销", words))


def wrong_members(target: Enumeration, shelf: Shelf) -> list[Wrong]:
    """Members of other lists and rulings of the same law that are provably none of the target."""
    found: dict[str, Wrong] = {}
    for donor in shelf.lists:
        if not _may_lend(target, donor):
            continue
        for item in donor.usable:
            if target.kind is ListKind.OBJECTS and _names_its_own(item.words, donor, target):
                continue
            reason = _reason(donor)
            rests = Rests(shelf.text, donor.provision, (donor.lead[0], item.span[1]), donor.path)
            found.setdefault(item.words, Wrong(item.words, reason, rests, donor.after or donor.lead_words))
    if target.kind is ListKind.CASES and is_lenient(target.after):
        for ruling in shelf.rulings:
            if _is_a_circumstance(ruling, target) and incompatible(target.after, ruling.outcome):
                rests = Rests(shelf.text, ruling.provision, ruling.span, ruling.sentence.path)
                found.setdefault(ruling.condition, Wrong(ruling.condition, _ruled(ruling), rests, ruling.outcome))
    taken = _taken(target, shelf)
    return [
        w
        for w in found.values()
        if all(likeness(w.words, t) < NEAR for t in taken) and not _says_the_lead_again(w.words, target)
    ]


def _is_a_circumstance(ruling: Ruling, target: Enumeration) -> bool:
    """Whether a ruling is on how somebody acted: no offence (冒充军警人员…的，从重处罚), no party of its own."""
    return (
        ruling.provision.id != target.provision.id
        and not imposes(ruling.provision.text)
        and not _OWN_SUBJECT.search(ruling.condition)
    )


def _says_the_lead_again(words: str, target: Enumeration) -> bool:
    """Whether an option repeats what the lead says of all (违反治安管理有下列情形), as no item of its own does."""
    said = subject(target).strip("，")
    return len(said) >= _LEAD and said in words and not any(said in i.words for i in target.items)


def _may_lend(target: Enumeration, donor: Enumeration) -> bool:
    if (
        donor.provision.id == target.provision.id
        or donor.kind is not target.kind
        or donor.lead_words == target.lead_words
    ):
        return False
    if _UNDER_CONDITION.match(donor.after):
        return False
    if target.kind is ListKind.PENAL:
        return (
            subject(donor) == subject(target)
            and donor.noun == target.noun
            and penalty_shape(target.after)
            and penalty_shape(donor.after)
            and target.after not in donor.provision.text
            and donor.after not in target.provision.text
            and not _sums(target.after) <= _sums(donor.lead_words)
            and bool(_sums(target.after))
            and _personal(donor.after) == _personal(target.after)
            and _punishing(donor.after) == _punishing(target.after)
        )
    if target.kind is ListKind.CASES:
        return donor.noun[-2:] == target.noun[-2:] and incompatible(target.after, donor.after)
    if donor.noun[-2:] != target.noun[-2:] or _BINDS_ALL.search(target.noun):
        return False
    return not target.open and _alike_matter(target, donor)


def _names_its_own(words: str, donor: Enumeration, target: Enumeration) -> bool:
    """Whether an item names the document or measure of its own list: 冻结的理由 for what another decision states."""
    own = pairs(_VERBS.sub("，", donor.before)) - pairs(_VERBS.sub("，", target.before))
    return bool(own & pairs(words))


def _punishing(words: str) -> str:
    """Who punishes, as the consequence says; an option of another authority's field would be seen at once."""
    found = _PUNISHES.search(words)
    return found["who"] if found else ""


def _alike_matter(target: Enumeration, donor: Enumeration) -> bool:
    """Whether both speak of the same kind of thing, so that a member of one might be thought one of the other."""
    if subject(target) and subject(donor) and subject(target) == subject(donor):
        return True
    if not target.after:
        return likeness(_VERBS.sub("", target.before), _VERBS.sub("", donor.before)) >= 0.25
    return likeness(target.before + target.after, donor.before + donor.after) >= 0.3


def subject(enumeration: Enumeration) -> str:
    """What a lead says before 有下列: its party, without the empty 违反本法规定."""
    words = re.sub(r"^违反本(?:法典?|条例|办法|规定)(?:的?规定|有关规定)?，", "", enumeration.before)
    return re.sub(r"(?:遇有|有)$", "", words)


def _reason(donor: Enumeration) -> str:
    label = donor.provision.label
    if not donor.after:
        return f"{label}规定的是：{donor.before.rpartition('。')[2]}该{donor.noun[-2:]}"
    return f"{label}规定，有该{donor.noun[-2:]}的，{_whole_clauses(donor.after)}"


def _whole_clauses(words: str) -> str:
    """The first clauses of a consequence, as many as are short enough to be told."""
    told = ""
    for clause in words.split("，"):
        if told and len(told) + len(clause) > _MOST_TOLD:
            return f"{told}……"
        told += f"，{clause}" if told else clause
    return told


def _ruled(ruling: Ruling) -> str:
    return f"{ruling.provision.label}规定的是“{ruling.outcome}”"


def _taken(target: Enumeration, shelf: Shelf) -> list[str]:
    """What the law gives the target's consequence, in its list or anywhere else: nothing like it may be wrong."""
    same = [e for e in shelf.lists if e.provision.id != target.provision.id and consequence_like(e, target)]
    ruled = [r.condition for r in shelf.rulings if target.after and r.outcome == target.after]
    return [i.words for e in (target, *same) for i in e.items if not i.catch_all] + ruled


def consequence_like(one: Enumeration, target: Enumeration) -> bool:
    if target.after:
        return one.after == target.after or (
            not incompatible(one.after, target.after) and likeness(one.after or "无", target.after) >= 0.8
        )
    return likeness(one.before, target.before) >= 0.7


def wrong_kinds(target: Enumeration, general: Sequence[Shelf]) -> list[Wrong]:
    """Kinds of the other general measures: those of 行政强制 for 行政处罚, and the other way round."""
    matter = _matter(target)
    found: dict[str, Wrong] = {}
    for shelf in general:
        for donor in shelf.lists:
            other = _matter(donor)
            if donor.kind is not ListKind.KINDS or not matter or not other or matter[-2:] == other[-2:]:
                continue
            for words, item in single_kinds(donor):
                rests = Rests(shelf.text, donor.provision, (donor.lead[0], item.span[1]), donor.path)
                found.setdefault(words, Wrong(words, f"属于{donor.before}", rests, donor.before))
    own = [words for words, _ in single_kinds(target)]
    return [
        w
        for w in found.values()
        if all(likeness(w.words, o) < NEAR for o in own) and "人身自由" not in w.words and "罚款" not in w.words
    ]


def _matter(enumeration: Enumeration) -> str:
    found = re.search(r"行政处罚|治安管理处罚|行政强制措施|行政强制执行", enumeration.before)
    return found.group() if found else ""


def single_kinds(enumeration: Enumeration) -> list[tuple[str, ListItem]]:
    """The kinds one by one: 警告、通报批评 of the list of penalties are two."""
    if "处罚" not in enumeration.before:
        return [(i.words, i) for i in enumeration.usable]
    return [(part, i) for i in enumeration.usable for part in i.words.split("、")]
