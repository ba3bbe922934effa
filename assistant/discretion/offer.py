"""The standards offered under an answer (裁量标准提示).

Only where the question asks how much to fine, really is about them, and they are rules of its place.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from assistant.contract import StandardLink
from assistant.discretion.asked import ENOUGH, act_words, asks_how_much, closeness
from assistant.discretion.contract import Desk, FindRequest, StandardInfo
from assistant.discretion.words import stale_bases, standing_words
from assistant.understanding import UnderstoodQuestion

_LOOKED_AT = 8
_MOST = 3
_BESIDE = 0.35
"""A further standard is offered when it is at most so much farther than the nearest."""


def offered(
    desk: Desk, question: UnderstoodQuestion, region: str | None, regions: Collection[str]
) -> tuple[list[StandardLink], list[str]]:
    """Standards to offer, best first, and notes; nothing for a question that does not ask how much.

    ``region`` is the place asked about, ``regions`` those whose rules are seen there. What is near but of another place
    is not offered; where no place is known, a note says that choosing one would show it.
    """
    if not asks_how_much(question.text):
        return [], []
    request = FindRequest(description=question.text[:2000], region=region, as_of=question.as_of, limit=_LOOKED_AT)
    near = [
        (found.standard, closeness(question.text, question.expansions, _act(found.standard)))
        for found in desk.find(request).standards
    ]
    near = [(standard, measure) for standard, measure in near if measure >= ENOUGH]
    here = [(standard, measure) for standard, measure in near if standard.region in regions]
    best = max((measure for _, measure in here), default=0.0)
    links = [standard_link(standard) for standard, measure in here if measure >= best - _BESIDE]
    return links[:_MOST], [] if links or region is not None else _elsewhere([standard for standard, _ in near])


def standard_link(standard: StandardInfo) -> StandardLink:
    """A standard as an answer points to it."""
    stale = stale_bases(standard)
    return StandardLink(
        key=standard.key,
        title=standard.title,
        document=standard.document,
        document_id=standard.document_id,
        region=standard.region,
        place=standard.place,
        page=standard.pages[0] if standard.pages else None,
        stale=bool(stale),
        note="；".join(f"{basis.written}：{standing_words(basis)}" for basis in stale),
    )


def _act(standard: StandardInfo) -> str:
    return act_words(standard.title, standard.behaviours)


def _elsewhere(standards: Sequence[StandardInfo]) -> list[str]:
    places = list(dict.fromkeys(standard.region for standard in standards))
    return [f"语料中有{'、'.join(places)}的裁量标准与所问相近；选定地区后显示。"] if places else []
