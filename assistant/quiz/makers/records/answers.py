"""The answer of a case (案例答案): points that its facts bear and whose provisions are held.

A decision speaks to who knows the file. What is asked of a reader is narrower: the rule that the told facts break, the
basis, and all that the clause of a fine orders, in the law's own words. A point that asserts more than the facts, or
names what is not held, is no point. What a paper of the file shows (笔录只有一人签名) is not what was done.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from assistant.quiz.makers.records.statutes import Passage, lead_of, passage_of, passages_in
from assistant.quiz.material import LawBook
from assistant.quiz.proof.evidence import contained, plain
from assistant.quiz.proof.key import ONE_IS_ENOUGH
from corpus.citations import find_citations
from corpus.money import find_amounts

_COUNT = re.compile(r"[0-9〇零一二两三四五六七八九十百千万]+(?:名|人|次|份|袋|件|日|天|辆|米|个)")
_POINTS_BACK = re.compile(r"同一(?:机关|部门|单位)|上述|前述|该(?:法|条|法典|条例|办法|案)(?!律)")
_PARTY = r"店|公司|单位|企业|厂|商户|局|机关|支队|处罚决定"
_OF_PARTY = re.compile(rf"该(?P<sort>{_PARTY})")
_ASSERTED = re.compile(rf"该(?P<sort>{_PARTY})(?!的行为)(?P<act>[^，]+)，(?:也)?违反《")
_DUTY = re.compile(r"[^，]*应当(?:履行|遵守)(?P<rule>《[^》]+》第[^，。；]+?条)规定的")
_OMITS = re.compile(r"没有|未|不")
_BASIS = re.compile(r"(?:依据|依照|根据|按照)《[^》]+》第[^，。；]*?条(?:第[^，。；处责]+?款)?(?:第[^，。；处责]+?项)?")
_MEASURE = re.compile(r"责令|罚款|没收|吊销|暂扣|拘留|警告|移送|通报批评|关闭")
_BEGINS_MEASURES = re.compile(r"的，(?=(?:由[^，。；]{2,40}?)?(?:责令|处|没收|吊销|暂扣|给予|警告|可以处|依法))")
_BY_WHOM = re.compile(r"^由(?!公安机关)[^，]{2,40}?(?=责令|处|没收|吊销|暂扣|给予)")
_SECOND_LIMB = re.compile(r"的，或者[^；。：]*?的，")
_GRAVE = re.compile(r"情节(?:特别|较为?)?(?:严重|较?重|恶劣)")
_ORDER = r"(?:限制生产|停产整[治顿]|停业整[治顿]|停产停业(?:整顿)?|停业|停产|关闭)"
_EITHER = re.compile(rf"责令{_ORDER}(?:、|或者?)(?:责令)?{_ORDER}")
"""责令限制生产、停产整治: one of them is ordered."""
_PAPER = re.compile(r"笔录|案卷|卷宗|签名|签字|盖章|记载")
_ENOUGH = 0.6
_TOUCHES = 0.3


@dataclass(frozen=True, slots=True)
class Answer:
    """The points, the passages that they name, and whether some of them repeat words of the facts.

    ``clauses`` are the penalty clauses whose measures are points.
    """

    points: tuple[str, ...]
    passages: tuple[Passage, ...]
    tells_facts: bool
    clauses: tuple[Passage, ...] = ()

    @property
    def has_grave_tier(self) -> bool:
        """Whether one of the clauses goes on with more for a grave case (情节严重的), of which facts decide nothing."""
        return any(_GRAVE.search(clause.words) for clause in self.clauses)


def answer_of(pieces: Sequence[str], facts: str, book: LawBook, sums: Sequence[Decimal] = ()) -> Answer | None:
    """The good points among the pieces of a decision, those on a fine as its clause has them; ``sums`` were decided.

    None where the facts tell an omission and the decision an act, where they tell only what a paper shows of a point,
    where a fine may as well rest on another act of its
    rule, and where its clause does not bear the sum: then another clause was applied than the one that is read.
    """
    points: list[str] = []
    passages: list[Passage] = []
    if any(_tells_only_an_omission(p, facts) for p in pieces):
        return None
    for piece in pieces:
        named = _held(piece, book)
        told = _borne(piece, facts) if named is not None and _known(piece, facts) else None
        if named is not None and told is None and _is_inferred(piece, facts):
            return None
        if named is None or told is None:
            continue
        if "罚款" in told and any(_SECOND_LIMB.search(lead_of(p).words) for p in named):
            return None
        points.append(told)
        passages += named
    settled = _with_consequences(points, book, sums)
    if settled is None:
        return None
    ordered, leads = settled
    ordered.sort(key=lambda p: "违反《" not in p)
    if len(ordered) < 2:
        return None
    kept = {(p.provision.id, p.start, p.end): p for p in [*passages, *leads]}
    clauses = tuple({(p.provision.id, p.start): p for p in leads}.values())
    return Answer(tuple(ordered), tuple(kept.values()), any(p not in pieces for p in points), clauses)


def _tells_only_an_omission(piece: str, facts: str) -> bool:
    """Whether a piece says that the party did something, and the facts tell of it only what it left undone."""
    asserted = _ASSERTED.search(piece)
    if asserted is None or _OMITS.search(asserted["act"]):
        return False
    of_party = [s for s in _sentences(facts) if asserted["sort"] in s]
    return bool(of_party) and all(_OMITS.search(s.split("，")[-1]) for s in of_party)


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


def _is_inferred(piece: str, facts: str) -> bool:
    """Whether the facts tell of a counted reason only what a paper shows, so that a reader has to guess the rest."""
    reasons = [r for r in piece.split("，")[:-1] if _COUNT.search(r)]
    shown = {r: [c for c in _clauses(facts) if _is_of_a_paper(c, r)] for r in reasons}
    return any(
        _likest(r, of_paper) or any(n in c for n in _COUNT.findall(r) for c in of_paper)
        for r, of_paper in shown.items()
    )


def _is_of_a_paper(clause: str, reason: str) -> bool:
    return bool(_PAPER.search(clause)) and not _PAPER.search(reason)


def _likest(reason: str, clauses: Sequence[str]) -> str:
    """The clause that has most of a reason's words; "" where none has enough of them."""
    same = max(clauses, key=lambda c: contained(plain(reason), plain(c)), default="")
    return same if contained(plain(reason), plain(same)) >= _ENOUGH else ""


def _borne(piece: str, facts: str) -> str | None:
    """A point that asserts no more than the facts: a count as told there, a duty with the omission that breaks it."""
    *reasons, last = piece.split("，")
    told = []
    for reason in reasons:
        counts = _COUNT.findall(reason)
        happened = [c for c in _clauses(facts) if not _is_of_a_paper(c, reason)]
        if all(any(count in c for c in happened) for count in counts):
            told.append(reason)
            continue
        same = _likest(reason, happened)
        if not same:
            return None
        told.append(same)
    if told and told != reasons:
        last = last.removeprefix("也")
    point = "，".join([*told, last])
    duty = _DUTY.search(point)
    if duty is None:
        return point
    omitted = [s for s in _sentences(facts) if _OMITS.search(s)]
    owed = plain(point[duty.end() :])
    fact = max(omitted, key=lambda s: contained(owed, plain(s)), default="")
    return f"{fact}，违反{duty['rule']}" if fact and contained(owed, plain(fact)) >= _TOUCHES else None


def _with_consequences(
    points: Sequence[str], book: LawBook, sums: Sequence[Decimal]
) -> tuple[list[str], list[Passage]] | None:
    """The points with all that the clause of a fine orders, each under its basis, in place of what was decided."""
    groups: list[tuple[str, list[str]]] = [("", [])]
    for point in points:
        basis = _BASIS.search(point) if "违反《" not in point else None
        if basis is not None or "违反《" in point:
            groups.append((basis.group() if basis is not None else "", []))
        groups[-1][1].append(point)
    told: list[str] = []
    leads: list[Passage] = []
    for basis_words, of_basis in groups:
        if not any("罚款" in p for p in of_basis):
            told += of_basis
            continue
        passage = next(passages_in(basis_words, book), None)
        lead = lead_of(passage) if passage is not None else None
        measures = measures_of(lead.words) if lead is not None else []
        if lead is None or not _bears(measures, of_basis, sums):
            return None
        told += [f"{basis_words}，{measure}{ONE_IS_ENOUGH if _EITHER.search(measure) else ''}" for measure in measures]
        leads.append(lead)
    if leads:
        told = [p for p in told if "《" in p or not _MEASURE.search(p)]
    return told, leads


def measures_of(clause: str) -> list[str]:
    """What the first sentence of a penalty clause orders, measure by measure; nothing where it is no such clause."""
    first = re.split("[；。]", clause)[0].rstrip("：: \n")
    begins = max((m.end() for m in _BEGINS_MEASURES.finditer(first)), default=None)
    if begins is None:
        return []
    measures: list[str] = []
    before: list[str] = []
    for part in first[begins:].split("，"):
        before.append(part)
        if _MEASURE.search(part):
            measure = "，".join(before)
            measures.append(re.sub(r"^(?:并(?!处)|同时)", "", _BY_WHOM.sub("", measure)))
            before = []
    return measures if not before else []


def _bears(measures: Sequence[str], decided: Sequence[str], sums: Sequence[Decimal]) -> bool:
    """Whether the measures have the fine that was decided, with every sum within its bounds."""
    fine = next((m for m in measures if "罚款" in m), None)
    handed_over = any("移送" in p for p in decided)
    if fine is None or (handed_over and not any("移送" in m for m in measures)):
        return False
    bounds = [a.value for a in find_amounts(fine)]
    if not bounds or "倍" in fine or "百分之" in fine:
        return True
    low = bounds[0] if len(bounds) > 1 else Decimal(0)
    return all(low <= s <= bounds[-1] for s in sums)


def _clauses(facts: str) -> Iterator[str]:
    yield from (c.strip() for c in re.split("[，。；\n]", facts) if c.strip())


def _sentences(facts: str) -> Iterator[str]:
    yield from (s.strip() for s in re.split("[。；\n]", facts) if s.strip())
