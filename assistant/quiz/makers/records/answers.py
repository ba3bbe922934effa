"""The answer of a case (案例答案): points that its facts bear and whose provisions are held.

A decision speaks to who knows the file. What is asked of a reader is narrower: the rule that the told facts break, the
basis, and all that the basis orders. A point that asserts more than the facts, or names what is not held, is no point.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.quiz.makers.records.statutes import Passage, passage_of, passages_in
from assistant.quiz.material import LawBook
from assistant.quiz.proof.evidence import contained, plain
from corpus.citations import find_citations
from corpus.structure import split_article
from corpus.vocabulary import ProvisionPath

_COUNT = re.compile(r"[0-9〇零一二两三四五六七八九十百千万]+(?:名|人|次|份|袋|件|日|天|辆|米|个)")
_POINTS_BACK = re.compile(r"同一(?:机关|部门|单位)|上述|前述|该(?:法|条|法典|条例|办法|案)(?!律)")
_OF_PARTY = re.compile(r"该(?P<sort>店|公司|单位|企业|厂|商户|局|机关|支队|处罚决定)")
_DUTY = re.compile(r"应当(?:履行|遵守)《")
_OMITS = re.compile(r"没有|未")
_ORDER = re.compile(r"责令(?:限期)?改正")
_BASIS = re.compile(r"(?:依据|依照|根据|按照)《[^》]+》第[^，。；]*?条(?:第[^，。；处责]+?款)?(?:第[^，。；处责]+?项)?")
_SECOND_LIMB = re.compile(r"的，或者[^；。：]*?的，")
_ENOUGH = 0.6
_TOUCHES = 0.3


@dataclass(frozen=True, slots=True)
class Answer:
    """The points, the passages that they name, and whether some of them repeat words of the facts."""

    points: tuple[str, ...]
    passages: tuple[Passage, ...]
    tells_facts: bool


def answer_of(pieces: Sequence[str], facts: str, book: LawBook) -> Answer | None:
    """The good points among the pieces of a decision; None where a fine may as well rest on another act of its rule."""
    points: list[str] = []
    passages: list[Passage] = []
    for piece in pieces:
        named = _held(piece, book)
        told = _borne(piece, facts) if named is not None and _known(piece, facts) else None
        if named is None or told is None:
            continue
        if "罚款" in told and any(_SECOND_LIMB.search(lead_of(p).words) for p in named):
            return None
        points.append(told)
        passages += named
    ordered, leads = _with_orders(points, passages, book)
    ordered.sort(key=lambda p: "违反《" not in p)
    if len(ordered) < 2:
        return None
    kept = {(p.provision.id, p.start, p.end): p for p in [*passages, *leads]}
    return Answer(tuple(ordered), tuple(kept.values()), any(p not in pieces for p in points))


def _held(piece: str, book: LawBook) -> list[Passage] | None:
    """Every provision that a point names; None where one of them is not held."""
    wanted = [c for found in find_citations(piece) for c in found.citations if c.article is not None]
    held = [passage_of(citation, book) for citation in wanted]
    return [p for p in held if p is not None] if all(p is not None for p in held) else None


def _known(piece: str, facts: str) -> bool:
    """Whether the facts say whom or what a point calls 该…."""
    if _POINTS_BACK.search(piece):
        return False
    return all(m["sort"] in facts for m in _OF_PARTY.finditer(piece))


def _borne(piece: str, facts: str) -> str | None:
    """A point that asserts no more than the facts: a count as told there, a duty with the omission that breaks it."""
    *reasons, last = piece.split("，")
    told = []
    for reason in reasons:
        if all(count in facts for count in _COUNT.findall(reason)):
            told.append(reason)
            continue
        same = max(_clauses(facts), key=lambda c: contained(plain(reason), plain(c)), default="")
        if contained(plain(reason), plain(same)) < _ENOUGH:
            return None
        told.append(same)
    if told and told != reasons:
        last = last.removeprefix("也")
    point = "，".join([*told, last])
    if not _DUTY.search(point):
        return point
    omitted = [s for s in _sentences(facts) if _OMITS.search(s)]
    owed = plain(point.rpartition("规定的")[2])
    fact = max(omitted, key=lambda s: contained(owed, plain(s)), default="")
    return f"{fact}；{point}" if fact and contained(owed, plain(fact)) >= _TOUCHES else None


def _with_orders(points: Sequence[str], passages: Sequence[Passage], book: LawBook) -> tuple[list[str], list[Passage]]:
    """The points with the correction that a fine's own clause orders before it, where no point tells one."""
    told = list(points)
    leads: list[Passage] = []
    if any("责令" in p or "改正" in p for p in points):
        return told, leads
    for at, point in reversed(list(enumerate(points))):
        basis = _BASIS.search(point)
        named = list(passages_in(basis.group(), book)) if basis is not None and "罚款" in point else []
        for lead in map(lead_of, named[:1]):
            order = _ORDER.search(re.split("[；。]", lead.words)[0].partition("罚款")[0])
            if order is not None and basis is not None:
                told.insert(at, f"{basis.group()}，{order.group()}")
                leads.append(lead)
    return told, leads


def lead_of(passage: Passage) -> Passage:
    """The paragraph of a passage, without its items: what the items bring stands above them."""
    for number, paragraph in enumerate(split_article(passage.provision.text).paragraphs, 1):
        if paragraph.start <= passage.start < paragraph.end:
            end = paragraph.items[0].start if paragraph.items else paragraph.end
            path = ProvisionPath(paragraph=number) if passage.path.paragraph is not None else ProvisionPath()
            words = passage.provision.text[paragraph.start : end].rstrip()
            return Passage(passage.text, passage.provision, path, paragraph.start, paragraph.start + len(words))
    return passage


def _clauses(facts: str) -> Iterator[str]:
    yield from (c.strip() for c in re.split("[，。；\n]", facts) if c.strip())


def _sentences(facts: str) -> Iterator[str]:
    yield from (s.strip() for s in re.split("[。；\n]", facts) if s.strip())
