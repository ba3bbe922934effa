"""Who is bound by a violated rule (义务主体): the capacity that a case tells, and whose thing the act is about.

未在首页公示 says nothing to a reader who does not know whose page is meant. Where the rule is for
special subjects, the offender is told to be one; where it does not say it in a word or two, nothing is made of it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.discretion.contract import BasisInfo
from assistant.quiz.makers.records.statutes import Passage, lead_of, party_of, passages_in
from assistant.quiz.material import LawBook

_PARTY = r"(?:(?<!或)者|单位|企业|机构|公司|组织|人员|个人|公民|开办人|所有人|管理人)"
_NAMED = re.compile(rf"(?!向|对|将|在|为|使用|擅自|违反|聘用|允许)[^，。；未不]{{0,16}}?{_PARTY}")
_BINDS = re.compile(r"应当|不得|必须|禁止")
_SUBJECT = re.compile(rf"(?P<who>[^，。；：]{{0,18}}?{_PARTY})(?!的|、|和|或|以及|等)")
_NO_NAME = re.compile(r"、|或者|以及|和|等|下列|前[款条]|上述|有关|其|该")
_ANYBODY = re.compile(r"(?:任何)?(?:单位|组织|公民|法人|个人|其他组织|任何人|、|和|或者|以及|都|均)+")
_PENALTY = re.compile(r"罚款|警告|没收|吊销|责令")
_OWNED = re.compile(r"(?P<before>[在将对向从以把])其(?![他中余])(?P<thing>[一-龥]{2})")


@dataclass(frozen=True, slots=True)
class Bound:
    """An act as a case tells it, and who did it ("" where the rule binds anybody or the act says it itself)."""

    act: str
    who: str


def party_bound(act: str, bases: Sequence[BasisInfo], book: LawBook) -> Bound | None:
    """Who did an act that the bases are on; None where a rule is for special subjects that it does not name shortly."""
    if _NAMED.match(act):
        return Bound(act, "")
    passages = [p for basis in bases for p in passages_in(basis.written, book)]
    subjects = {subject_of(p) for p in passages} - {""}
    if None in subjects or len(subjects) > 1:
        return None
    who = next((s for s in subjects if s), party_of(bases, book))
    owned = _with_owner(act, passages)
    return Bound(owned, who) if owned == act or who else None


def subject_of(passage: Passage) -> str | None:
    """Whom a duty is for; "" where it is for anybody or names nobody, None where for several or not told shortly."""
    rule = re.split("[。；\n]", lead_of(passage).words.strip())[0]
    binds = _BINDS.search(rule)
    if binds is None or _PENALTY.search(rule):
        return ""
    before = rule[: binds.start()]
    if not re.search(_PARTY, before) or _ANYBODY.fullmatch(before):
        return ""
    found = _SUBJECT.match(before)
    return found["who"] if found is not None and not _NO_NAME.search(found["who"]) else None


def _with_owner(act: str, passages: Sequence[Passage]) -> str:
    """未在其首页公示 of 未在首页公示, where the rule says 在其首页."""
    for passage in passages:
        for found in _OWNED.finditer(passage.words):
            act = act.replace(f"{found['before']}{found['thing']}", f"{found['before']}其{found['thing']}")
    return act
