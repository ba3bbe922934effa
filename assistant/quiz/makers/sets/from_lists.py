"""Items over lists (列举题): which belong, which does not, what the cases are, which kind is missing."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from random import Random

from assistant.quiz.contract import BLANK, ItemKind, Key, Point, ScoringPoint
from assistant.quiz.makers.sets.catch_all import items_that_say
from assistant.quiz.makers.sets.choosing import balanced, even, fitting, same_shape, stands_apart, told_by_matter
from assistant.quiz.makers.sets.content import Rests, Wrong, candidate, choice, odd_one_out, quoted
from assistant.quiz.makers.sets.fair import may_be_exchanged
from assistant.quiz.makers.sets.lists import Enumeration, ListItem, ListKind
from assistant.quiz.makers.sets.matters import Matters
from assistant.quiz.makers.sets.options import (
    NEAR,
    Shelf,
    Stated,
    incompatible,
    is_lenient,
    single_kinds,
    subject,
    wrong_kinds,
    wrong_members,
)
from assistant.quiz.makers.sets.reserves import taken_back
from assistant.quiz.makers.sets.stems import according, asked, asked_not, can_be_negated, supposes, tells_whom
from assistant.quiz.makers.sets.words import begins_bound, likeness, pairs, under_title
from assistant.quiz.material import Candidate
from corpus.vocabulary import Document

MOST_POINTS = 12
MOST_WORDS = 520
MOST_LEAD = 90
_EXCHANGED = {"应当": "可以", "可以": "应当", "不得": "可以"}
_MODALS = re.compile("应当|可以|不得")
_PENALTIES = re.compile(r"拘留|罚款|没收|违法所得|吊销|许可证|执照|警告|停产停业|责令|元")
_WHO_OR_WHEN = re.compile(
    r"(?:[人者员]|单位|机关|机构|企业|公司|组织|部门|警察|当事人|法院)$|(?:期间|过程中|[时中后前])$|^违反"
)


@dataclass(frozen=True, slots=True)
class ListMaker:
    """Makes the items of one list; ``general`` are the shelves of the laws that fix the kinds of measures."""

    shelf: Shelf
    general: Sequence[Shelf]
    stated: Stated
    matters: Matters
    day: dt.date

    def make(self, target: Enumeration, random: Random) -> Iterator[Candidate]:
        """The items of a list, one of each form that fits it."""
        if len(target.before) + len(target.after) > MOST_LEAD:
            return
        right, wrong = self._sides(target)
        refused = self._refused(target)
        rests = self._rests(target)
        for made in (
            self._several(target, rests, right, wrong, random),
            self._one(target, rests, right, wrong, random),
            self._none_of(target, rests, right, fitting(right, wrong, 1, random, refused) if right else [], random),
            self._points(target, rests),
            self._missing(target, rests, random),
            *self._supposed(target, random),
        ):
            if made is not None:
                yield made

    def _sides(self, target: Enumeration) -> tuple[list[str], list[Wrong]]:
        if target.kind is ListKind.KINDS:
            return [w for w, _ in single_kinds(target)], wrong_kinds(target, self.general)
        members = [i for i in same_shape(target.usable) if not begins_bound(i.words)]
        distinct = [i.words for i in members]
        return distinct, wrong_members(target, self.shelf)

    def _refused(self, target: Enumeration) -> Callable[[Wrong], bool]:
        """Whether some provision in force names an option together with what the list is about."""
        said = target.after or target.before
        return lambda option: target.kind is not ListKind.KINDS and self.stated.together(option.words, said)

    def _near(self, target: Enumeration, right: Sequence[str], wrong: Sequence[Wrong]) -> list[Wrong]:
        """Those that a candidate might choose: of penal lists the ones that speak of what the right ones speak of."""
        if target.kind is not ListKind.PENAL:
            return list(wrong)
        return [
            w for w in wrong if self.matters.shared(w.words, right) or self.matters.shared(w.subject, [target.after])
        ]

    def _told_by_matter(self, target: Enumeration, stem: str, right: Sequence[str], wrong: Sequence[Wrong]) -> bool:
        """Whether words tell the key: of a thing that only right or only wrong options speak of, or of the subject."""
        if target.kind is ListKind.KINDS:
            return False
        others = [w.words for w in wrong]
        if target.kind is ListKind.OBJECTS and any(
            pairs(target.before) & pairs(words) and not any(pairs(target.before) & pairs(o) for o in others)
            for words in right
        ):
            return True
        return told_by_matter(stem, right, others, self.shelf.text) or stands_apart(right, others, self.shelf.text)

    def _rests(self, target: Enumeration) -> Rests:
        return Rests(self.shelf.text, target.provision, target.span, target.path)

    def _several(
        self, target: Enumeration, rests: Rests, right: list[str], others: Sequence[Wrong], random: Random
    ) -> Candidate | None:
        if len(right) < 2:
            return None
        count = min(len(right), random.choice((2, 3)))
        chosen = even(right, count, random)
        if not chosen:
            return None
        wrong = fitting(chosen, self._near(target, chosen, others), 2, random, self._refused(target))
        if not wrong or not balanced(chosen, [w.words for w in wrong]):
            return None
        stem = asked(target, self._document, "下列哪些")
        if self._told_by_matter(target, stem, chosen, wrong):
            return None
        return choice(
            rests,
            self.day,
            random,
            point=self._point(target),
            stem=stem,
            right=chosen,
            wrong=wrong,
            subject=self._subject(target),
            answers=chosen,
            told=self._told(target, rests, chosen),
            difficulty=0.6,
        )

    def _one(
        self, target: Enumeration, rests: Rests, right: list[str], wrong: Sequence[Wrong], random: Random
    ) -> Candidate | None:
        if not right:
            return None
        key = random.choice(right)
        others = fitting([key], self._near(target, [key], wrong), 3, random, self._refused(target))
        if not others or not balanced([key], [w.words for w in others]):
            return None
        stem = asked(target, self._document, "下列哪一")
        if self._told_by_matter(target, stem, [key], others):
            return None
        return choice(
            rests,
            self.day,
            random,
            point=self._point(target),
            stem=stem,
            right=[key],
            wrong=others,
            subject=self._subject(target),
            answers=[key],
            told=self._told(target, rests, [key]),
            difficulty=0.45,
        )

    def _none_of(
        self, target: Enumeration, rests: Rests, right: list[str], wrong: list[Wrong], random: Random
    ) -> Candidate | None:
        if not wrong or len(right) < 3:
            return None
        chosen = even(right, 3, random)
        if not chosen or not balanced([wrong[0].words], chosen) or not can_be_negated(target):
            return None
        return odd_one_out(
            rests,
            self.day,
            random,
            point=self._point(target),
            stem=asked_not(target, self._document),
            members=chosen,
            odd=wrong[0],
            subject=wrong[0].subject,
            told=self._told(target, rests),
        )

    def _points(self, target: Enumeration, rests: Rests) -> Candidate | None:
        """简答: the whole list, where every item of it can be read alone."""
        items = list(target.items[: items_that_say([i.words for i in target.items]) or 0])
        if (
            not all(i.whole for i in target.items)
            or len(items) < 3
            or len(items) > MOST_POINTS
            or target.kind is ListKind.PENAL
            or not tells_whom(target, self._document)
        ):
            return None
        if sum(len(i.words) for i in items) > MOST_WORDS:
            return None
        scored = "兜底项不计分，其余每答对一项" if len(items) < len(target.items) else "每答对一项"
        return candidate(
            rests,
            self.day,
            kind=ItemKind.SHORT,
            point=self._point(target),
            stem=asked(target, self._document, "哪些"),
            key=Key(points=[ScoringPoint(text=under_title(i.words, self._document)) for i in items]),
            subject=self._subject(target),
            answers=[i.words for i in items],
            explanation=f"{rests.place}列举了{len(target.items)}项，{scored}得相应分值。",
            difficulty=min(0.8, 0.4 + 0.05 * len(items)),
        )

    def _missing(self, target: Enumeration, rests: Rests, random: Random) -> Candidate | None:
        """填空: one kind of a short list of kinds."""
        if target.kind is not ListKind.KINDS or any(len(i.words) > 24 for i in target.items):
            return None
        short = [(w, i) for w, i in single_kinds(target) if 2 <= len(w) <= 10]
        if not short:
            return None
        answer, _ = random.choice(short)
        if sum(answer in i.words for i in target.items) != 1:
            return None
        start, end = target.lead[1], target.span[1]
        at = target.provision.text.find(answer, start, end)
        shown = target.provision.text[start:at] + BLANK + target.provision.text[at + len(answer) : end]
        shown = re.sub(r"\s+", "", shown)
        return candidate(
            rests,
            self.day,
            kind=ItemKind.BLANK,
            point=self._point(target),
            stem=according(self._document, f"{target.lead_words}{shown}。"),
            key=Key(blanks=[[answer]]),
            subject=target.before,
            answers=[answer],
            explanation=self._told(target, rests),
            difficulty=0.5,
        )

    def _supposed(self, target: Enumeration, random: Random) -> Iterator[Candidate]:
        """判断: one case with the list's consequence, and one with the consequence of a list that excludes it."""
        if target.kind is not ListKind.CASES or not target.after or len(target.after) > 40 or "相应" in target.after:
            return
        if (whose := subject(target).strip("，")) and not _WHO_OR_WHEN.search(whose):
            return  # 广告 + 商品或者服务不存在的: the case has a subject of its own
        cases = [
            i
            for i in target.usable
            if i.words.endswith("的")
            and not begins_bound(i.words)
            and len(i.words) <= 40
            and likeness(i.words, target.after) < NEAR  # 需要进行评估的，应当进行评估
        ]
        if len(cases) < 2:
            return
        first, second = random.sample(cases, 2)
        outcomes = self._other_outcomes(target)
        if outcomes:
            yield self._truth(target, second, random.choice(outcomes), False)
        if (outcomes or random.random() < 0.5) and not taken_back(target.provision.text, target.span[1]):
            yield self._truth(target, first, target.after, True)

    def _other_outcomes(self, target: Enumeration) -> list[str]:
        """Consequences that exclude the target's: of other lists and rulings, and its own with the modal changed."""
        if "从重" in target.after:
            return []  # nobody takes what makes it worse for what makes it better
        lists = {e.after for e in self.shelf.lists if e.kind is ListKind.CASES and incompatible(e.after, target.after)}
        rulings = {
            r.outcome for r in self.shelf.rulings if is_lenient(target.after) and incompatible(r.outcome, target.after)
        }
        found = {o for o in lists | rulings if target.after not in o}
        modals = _MODALS.findall(target.after)
        if len(modals) == 1 and modals[0] != "不得":  # what is listed as forbidden is seldom thought allowed
            other, at = _EXCHANGED[modals[0]], target.after.index(modals[0])
            if may_be_exchanged(f"{target.after}。", (at, at + len(modals[0])), other):
                found.add(target.after.replace(modals[0], other))
        return sorted(found)

    def _truth(self, target: Enumeration, item: ListItem, outcome: str, true: bool) -> Candidate:
        rests = Rests(self.shelf.text, target.provision, (target.lead[0], item.span[1]), target.path)
        stated = supposes(target, self._document, item.words).replace(target.after, outcome)
        return candidate(
            rests,
            self.day,
            kind=ItemKind.TRUE_FALSE,
            point=self._point(target),
            stem=according(self._document, f"{stated}。"),
            key=Key(truth=true),
            subject=item.words,
            answers=[target.after],
            explanation=f"{rests.place}规定，该情形“{target.after}”。",
            difficulty=0.35,
        )

    def _point(self, target: Enumeration) -> Point:
        if target.kind is ListKind.KINDS:
            return Point.PENALTY if "处罚" in target.before else Point.CONDITION
        if is_lenient(target.after) and "从重" not in target.after:
            return Point.NO_PENALTY
        if target.kind is ListKind.OBJECTS and target.noun[:2] in ("规定", "程序", "步骤"):
            return Point.STEP
        return Point.CONDITION

    def _subject(self, target: Enumeration) -> str:
        return target.after or target.lead_words

    def _told(self, target: Enumeration, rests: Rests, among: Sequence[str] = ()) -> str:
        """The lead, and which of the options the list has."""
        told = f"，其中有{''.join(map(quoted, among))}" if among else ""
        if target.kind is ListKind.KINDS:
            return f"{rests.place}列举了{target.before}{told}。"
        return f"{rests.place}规定：{quoted(target.lead_words)}，并逐项列举{told}。"

    @property
    def _document(self) -> Document:
        return self.shelf.text.document


def _bare(consequence: str) -> str:
    """A consequence without its penalties: what is left tells the field, 药品 or 锅炉."""
    return _PENALTIES.sub("，", consequence)
