"""What a decision says, as scoring points (评分要点): what was violated, on what basis, and what was ordered.

Each point is an answer by itself: the reason stands with the rule it is put under, the measure with its basis, and the
law under its title. Sums are left out, since the facts alone do not give them; so is what only the file can tell.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.quiz.proof.naming import spelled_out

_WHO_SAID = re.compile(r"^[^。；]*?(?:认为|认定|查明)(?:，)?(?=[^。；]*(?:违反|依据|依照|根据|按照|应当|不得))")
_NAMES_A_RULE = re.compile(r"《[^》]+》第[一二三四五六七八九十百千零〇]+条")
_BASIS = re.compile(r"(?:本应)?(?:依据|依照|根据|按照)")
_DECIDES = re.compile(
    r"罚款|责令|没收|吊销|暂扣|拘留|处警告|给予警告|不予行政处罚|撤销|移送|进行教育|驳回|维持|确认违法|不得作出"
)
_WEIGHED = re.compile(r"^(?:结合|考虑|综合|酌情)")
_SUM = re.compile(r"[0-9〇零一二两三四五六七八九十百千万.]+元")
_LINK = re.compile(
    r"^(?:(?:因此?|并且|并|且|同时|由此)(?!处)|[^，。；对]{2,24}(?=对[^，]{4,}的行为)|[^，。；《]{2,24}(?=责令))|^由同一(?:机关|部门)"
)
_SHORT = 6


def points_of(text: str, span: tuple[int, int]) -> list[str]:
    """The points of one clause of a decision, in its order."""
    told = spelled_out(text[slice(*span)], text[: span[0]])
    told = _WHO_SAID.sub("", told)
    points: list[str] = []
    reasons: list[str] = []
    for clause in _clauses(told):
        if _NAMES_A_RULE.search(clause):
            points.append("，".join([*reasons, clause]))
            reasons = []
        elif _DECIDES.search(clause):
            if points and (_BASIS.match(points[-1].split("，")[-1]) or len(clause) < _SHORT):
                points[-1] = "，".join([points[-1], *reasons, clause])
            else:
                points.append("，".join([*reasons, clause]))
            reasons = []
        elif not _WEIGHED.match(clause):
            reasons.append(clause)
    if reasons and points and not _NAMES_A_RULE.search(text[slice(*span)]):
        points.append("，".join(reasons))
    return points


def _clauses(told: str) -> Iterator[str]:
    """The clauses, without the sums and the words that only link them."""
    for clause in re.split("，", told.strip("，。；、 \n")):
        bare = _LINK.sub("", _SUM.split(clause)[0].strip("，。；、 \n"))
        if len(bare) >= 3:
            yield bare
