"""Figures and measures of a sentence (数额与处理), each held against the places of the law where it could come from.

A figure or measure must stand in a cited provision with the same value, unit and bound, under the same condition, for
the same person, and allowed or ordered alike. A place that could be meant is dropped as soon as something speaks
against it; when none is left, the last thing that spoke against one is the reason.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answer.attribution import NamedArticle
from assistant.answer.modality import Modal, read_modality
from assistant.answer.source import Source
from assistant.answer.tiers import Clause, Mark, Placed, find_marks, is_supposed
from assistant.answer.wording import longest_shared, pairs, shared_runs

_PERSONS = ("个人", "公民", "自然人")
_ENTITIES = ("单位", "企业", "法人", "组织", "公司")
# 有前款规定的行为之一的: nothing of it needs to be said again; the number of an item does.
_GENERIC = re.compile(
    r"(?:有?(?:前[一两二三]?款|本条|本[法条例办法规定]{1,2}|第[一二三四五六七八九十百零]+[条款])[、和或者及至]*)+"
    r"|(?:有?(?:下列|上述)|的|所列|规定)*(?:违法)?(?:行为|情形)之一"
)
_ITEM = re.compile(r"(?:第[（(]?[一二三四五六七八九十]+[）)]?项[、和或者及至]*)+")
_BREAK = re.compile(r"[；。\n]")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_LEAST_RUN = 3
_LEAST_CONDITION_RUN = 4
_SHORT_CONDITION = 8
"""Pairs of characters up to which a condition counts as short (情节特别严重的)."""
_MEASURE_ROLE = re.compile(r"(?:处以?|罚款?|罚金)\s?$")
_NEAR_OBJECT = 16
_SHORT_PIECE = 15


@dataclass(frozen=True, slots=True)
class _Place:
    """A mark of a cited provision that a mark of the sentence may be."""

    source: Source
    placed: Placed

    @property
    def clause(self) -> tuple[str, int]:
        return self.source.key, self.placed.clause.start

    @property
    def conditions(self) -> str:
        """The conditions under which the mark stands, shared ones included."""
        clause = self.placed.clause
        return clause.condition + clause.listed + clause.shared

    @property
    def whole_clause(self) -> str:
        clause = self.placed.clause
        return self.source.text[clause.start : clause.end] + self.conditions


def unfounded_mark(text: str, named: Sequence[NamedArticle], cited: Sequence[Source]) -> str | None:
    """The first figure or measure of a sentence that the cited provisions do not state so, as a reason; else None."""
    modality = read_modality(text)
    every = [_Place(s, p) for s in cited for p in s.placed]
    before: list[_Place] = []  # where the mark before this one may stand
    settled: list[_Place] = []  # where all marks so far may stand
    end = 0
    marks = find_marks(text)
    for number, mark in enumerate(marks):
        written = _written(text, mark)
        places = [p for p in every if _same(mark, p.placed.mark)]
        places = _of_named_article(places, named, mark, cited)
        if not places:
            return _why_absent(mark, written, every)
        if mark.figure and not _is_counted(mark):
            continue
        lead = _BREAK.split(text[end : mark.start])[-1]
        tail = _afterthought(text, mark) if number == len(marks) - 1 else ""
        fresh = bool(_BREAK.search(text[end : mark.start]))
        follower = _follower(text, mark, marks[number + 1 :])
        places = [p for p in places if _hits_same_role(text, mark, p, follower)]
        places = _nearest_object(text, mark, _ordered_rather_than_supposed(text, mark, places))
        if not places:
            return f"“{written}”与条文所指不是一回事。"
        places = [p for p in places if not _contradicts(lead, mark, p, every)]
        places = [p for p in places if not _is_anothers_condition(tail, p.whole_clause, p, every)]
        if not places:
            return f"“{written}”与其适用条件不相配。"
        places = [p for p in places if _is_entitled(lead, mark, p, [] if fresh else before, settled)]
        if not places:
            return f"“{written}”遗漏了条文所定的适用条件或者对象。"
        allowed = [p for p in places if p.placed.in_condition or modality.at(mark.start) & p.placed.modals]
        if not allowed:
            said = (modality.in_piece(mark.start) or Modal.MUST).value
            held = "、".join(sorted({m.value for p in places for m in p.placed.modals}))
            return f"条文对“{written}”的规定是“{held}”，不是“{said}”。"
        before = allowed
        settled += allowed
        end = mark.end
    return None


def _written(text: str, mark: Mark) -> str:
    """The mark's words, with the word counted where that is no unit of measure (三种)."""
    return text[mark.start : mark.end + (mark.figure is not None and not mark.figure.is_counted)]


def _afterthought(text: str, mark: Mark) -> str:
    """A short last piece behind the last measure; it may be the condition: 不予处罚，初次违法的适用."""
    pieces = text[mark.end :].rstrip("。").split("，")
    return pieces[1] if len(pieces) == 2 and len(pieces[1]) <= _SHORT_PIECE else ""


def _same(mark: Mark, stored: Mark) -> bool:
    if mark.figure and stored.figure:
        return mark.figure.agrees(stored.figure)
    return mark.measure is not None and mark.measure == stored.measure


def _why_absent(mark: Mark, written: str, every: Sequence[_Place]) -> str:
    if any(_same(mark, p.placed.mark) for p in every):
        return f"“{written}”出自所引的另一条文。"
    figure = mark.figure
    for place in every:
        held = place.placed.mark
        if figure and held.figure and figure.same_values(held.figure):
            return f"“{written}”与条文“{place.source.text[held.start : held.end]}”的界限不一致。"
    return f"“{written}”不见于所引条文。"


def _of_named_article(
    places: list[_Place], named: Sequence[NamedArticle], mark: Mark, cited: Sequence[Source]
) -> list[_Place]:
    """Only the cited article that the sentence names last before the mark, if it names one."""
    for member in reversed([m for m in named if m.end <= mark.start and not m.is_whole_law]):
        if any(member.means(s.evidence) for s in cited):
            return [p for p in places if member.means(p.source.evidence)]
    return places


def _follower(text: str, mark: Mark, later: Sequence[Mark]) -> str | None:
    """The measure that directly follows a figure: 五千元以下|罚款."""
    if not mark.figure or not later or not later[0].measure:
        return None
    return later[0].measure if text[mark.end : later[0].start].strip() in ("", "的") else None


def _hits_same_role(text: str, mark: Mark, place: _Place, follower: str | None) -> bool:
    """Whether a figure measures the same thing: the fine, not the value of the goods."""
    stored = place.placed.mark
    if not mark.figure:
        return True
    if _MEASURE_ROLE.search(text[: mark.start]) and place.placed.in_condition:
        return bool(_MEASURE_ROLE.search(place.source.text[: stored.start]))
    if follower is None:
        return True
    end = place.placed.clause.end
    after = [p.mark.measure for p in place.source.placed if p.mark.measure and stored.end <= p.mark.start < end]
    return bool(after) and after[0] == follower


def _ordered_rather_than_supposed(text: str, mark: Mark, places: list[_Place]) -> list[_Place]:
    """Places that order a measure, if the sentence does and there are any: not 依法不予处罚的，应当教育."""
    if not mark.measure or is_supposed(text, mark.start):
        return places
    return [p for p in places if not p.placed.in_condition] or places


def _contradicts(lead: str, mark: Mark, place: _Place, every: Sequence[_Place]) -> bool:
    """Whether the words before the mark are another place's condition, or name other people."""
    placed = place.placed
    said = lead + mark.whom
    own = place.source.text[placed.clause.start : placed.mark.start] + place.conditions
    if _other_kind_of_person(said, own + placed.mark.whom):
        return True
    for whom in {other.placed.mark.whom for other in every} - {""}:
        run = _named(said, whom)
        if run and not _is_for(placed, whom) and (run == whom or run not in own):
            return True
    return not placed.in_condition and _is_anothers_condition(said, own, place, every)


def _is_anothers_condition(said: str, own: str, place: _Place, every: Sequence[_Place]) -> bool:
    """Whether the words hold a part of another clause's condition that is not among this one's ``own`` words."""
    rivals = {p.clause: p.placed.clause for p in every if p.clause != place.clause and not p.placed.in_condition}
    for rival in rivals.values():
        for start, end in shared_runs(said, rival.condition + rival.listed, _LEAST_RUN):
            run = said[start:end]
            if len(_HAN.findall(run)) >= _LEAST_RUN and run not in own and run not in rival.shared:
                return True
    return False


def _is_for(placed: Placed, whom: str) -> bool:
    """Whether a measure hits these people, or people under a condition or act that names them."""
    around = "" if placed.in_condition else placed.clause.condition + placed.clause.shared
    return bool(_named(placed.mark.whom, whom) or _named(around, whom))


def _named(said: str, whom: str) -> str:
    """The words that name a person or body: all of its name, else a run of at least four characters; '' for none."""
    return whom if whom in said else longest_shared(whom, [said], 4)


def _other_kind_of_person(said: str, own: str) -> bool:
    return any(
        _only(here, there, said) and _only(there, here, own)
        for here, there in ((_PERSONS, _ENTITIES), (_ENTITIES, _PERSONS))
    )


def _only(wanted: Sequence[str], others: Sequence[str], text: str) -> bool:
    return any(w in text for w in wanted) and not any(w in text for w in others)


def _is_entitled(lead: str, mark: Mark, place: _Place, before: Sequence[_Place], settled: Sequence[_Place]) -> bool:
    """Whether the sentence states the condition under which this place's measure stands, and for whom."""
    placed = place.placed
    clause = placed.clause
    here = [p for p in before if p.clause == place.clause]
    whom = placed.mark.whom
    if whom and not _named(lead + mark.whom, whom) and all(p.placed.mark.whom != whom for p in here):
        return False
    if placed.in_condition:
        return True
    if not here and not _names_kind_of_person(lead, place):
        return False
    stated = _states_condition(lead, clause)
    if before and not here:
        supposed = all(p.placed.in_condition and _is_counted(p.placed.mark) for p in before)
        if clause.states_act and supposed:
            return False
        if not stated and not any(p.placed.clause.states_act for p in before):
            return False
    figures = any(p.clause == clause and p.in_condition and _is_counted(p.mark) for p in place.source.placed)
    told = any(p.clause == place.clause and p.placed.in_condition for p in settled)
    if figures and not clause.states_act and not told:
        return False
    return bool(here) or clause.states_act or stated


def _is_counted(mark: Mark) -> bool:
    return mark.figure is not None and mark.figure.is_counted


def _names_kind_of_person(lead: str, place: _Place) -> bool:
    """Whether the sentence says 个人 or 单位 where the provision treats the two differently."""
    clauses = {p.clause.start: p.clause for p in place.source.placed}.values()
    own = place.placed.clause.condition
    for here, there in ((_PERSONS, _ENTITIES), (_ENTITIES, _PERSONS)):
        if _only(here, there, own) and any(_only(there, here, c.condition) for c in clauses):
            return any(word in lead for word in here)
    return True


def _states_condition(lead: str, clause: Clause) -> bool:
    """Whether the words before a measure state its condition: half of a short one, a clear part of a long one.

    A condition that only names listed acts by number is stated by the number or by words of one of those acts.
    """
    told = _GENERIC.sub("、", clause.condition)
    own = pairs(_ITEM.sub("、", told)) - pairs(clause.shared)
    if not own and not clause.listed:
        return True
    for start, end in shared_runs(lead, told if own else told + clause.listed, _LEAST_CONDITION_RUN):
        if lead[start:end] not in clause.shared or not own:
            return True
    said = len(own & pairs(lead)) / len(own) if own else 0.0
    return said >= (0.5 if len(own) <= _SHORT_CONDITION else 0.25)


def _nearest_object(text: str, mark: Mark, places: list[_Place]) -> list[_Place]:
    """Of several places of one measure those whose object is the sentence's: 没收|违法所得, not 没收|工具."""
    if not mark.measure or len(places) < 2:
        return places
    said = _object(text, mark)
    shared = [len(longest_shared(said, [_object(p.source.text, p.placed.mark)], 2)) for p in places]
    best = max(shared)
    return [p for p, n in zip(places, shared, strict=True) if n == best]


def _object(text: str, mark: Mark) -> str:
    return re.split(r"[，。；：、和]", text[mark.end : mark.end + _NEAR_OBJECT], maxsplit=1)[0]
