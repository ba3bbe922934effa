"""Statutory ranges (法定幅度): which fines the quoted statute allows for this violation, for whom, in which case.

Of the quoted words count only the sentence that names the violation, and of an article that fines its items apart only
the items cited (有前款第七项行为，处…). A sentence that punishes 依照前款的规定 takes the fines of the one before it. A
clause about a fine that could not be read is kept as an unread range: it is never passed over.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpus.discretion.bounds_words import compact, find_expressions
from corpus.discretion.clauses import Reading, StatedFine, read_clauses
from corpus.discretion.model import Basis, Fine, FineKind, LegalRange
from corpus.discretion.variants import case_of, key, no_gain, person
from corpus.errors import InvalidInput
from corpus.numerals import parse_number

_CHAIN = re.compile(
    r"(?:依照|按照|依据)(?:本条)?(?:前款|前项|第[一二三四五六七八九十]+款|上款)(?:的)?规定(?:处以|给予|予以|进行)?(?:罚款|处罚)"
)
_SCOPE = re.compile(r"(?:前款|本条|第[一二三四五]款|上款)")
_SCOPE_ITEM = re.compile(r"第[(]?([一二三四五六七八九十]+)[)]?项")
_ALTERNATIVE = re.compile(r"[(（][一二三四五六七八九十]{1,3}[)）]|\n|；")
_SAME_SCORE = 0.05
_NAMED = 0.5


@dataclass(frozen=True, slots=True)
class _Sentence:
    """One sentence of the quoted words: what it is about, its fines, whether it takes those of the one before."""

    subject: str
    fines: tuple[StatedFine, ...]
    unread: tuple[str, ...]
    chained: bool
    scoped: bool


@dataclass(frozen=True, slots=True)
class _Range:
    """A fine of the statute on its way to a LegalRange: ``case`` "" where it holds for the violation as such."""

    fine: Fine
    basis: int
    party: str
    case: str
    subject: str


def read_legal_ranges(
    bases: Sequence[Basis], variants: Sequence[str], behaviours: Sequence[str]
) -> tuple[LegalRange, ...]:
    """The ranges that the words quoted in ``bases`` allow for ``behaviours``, in printed order, each once.

    ``variants`` are the names of the table's starts: a range that one of them means is named after it. Otherwise
    ``applies_to`` names party and case in the statute's words, None where the violation has one range for all.
    """
    found: list[_Range] = []
    for index, basis in enumerate(bases):
        sentences = [_read_sentence(words) for words in _sentences(basis.text)]
        cited = {c.path.item for c in basis.citations if c.path.item is not None}
        for sentence in _about(sentences, behaviours):
            found += _ranges(sentence, index, cited, behaviours)
    return tuple(_named(_once(found), variants))


def _sentences(text: str) -> list[str]:
    return [words for words in compact(text).split("。") if words]


def _read_sentence(words: str) -> _Sentence:
    reading: Reading = read_clauses(words)
    subject = "，".join(case for case in reading.subject if not _is_known_case(case))
    return _Sentence(
        subject=subject,
        fines=tuple(reading.fines),
        unread=tuple(clause for clause in reading.unread if "罚款" in clause),
        chained=_CHAIN.search(words) is not None,
        scoped=_SCOPE.search(subject) is not None,
    )


def _is_known_case(case: str) -> bool:
    """逾期未改正的, 情节严重的, 违法所得十万元以上的: a case of whatever the violation is."""
    return (
        (case_of(case) is not None and len(case) <= 20)
        or no_gain(case)
        or next(find_expressions(case), None) is not None
    )


# ---- which sentences and clauses are meant -----------------------------------------------------------------


def _about(sentences: Sequence[_Sentence], behaviours: Sequence[str]) -> list[_Sentence]:
    """The sentences about the violation; one that refers to another brings the fines of that one."""
    kept = [i for i, sentence in enumerate(sentences) if sentence.fines or sentence.unread or sentence.chained]
    chosen = _chosen(
        {i: sentences[i].subject for i in kept if sentences[i].subject and not sentences[i].scoped}, behaviours
    )
    meant: list[_Sentence] = []
    for i in kept:
        if i not in chosen and sentences[i].subject and not sentences[i].scoped:
            continue
        if sentences[i].chained and not sentences[i].fines:
            before = [sentence for sentence in sentences[:i] if sentence.fines]
            meant += [before[-1]] if before and before[-1] not in meant else []
        elif sentences[i] not in meant:
            meant.append(sentences[i])
    return meant


def _chosen(subjects: dict[int, str], behaviours: Sequence[str]) -> set[int]:
    """The keys of the subjects that name one of the behaviours best; all where none is named well enough."""
    if len(subjects) < 2:
        return set(subjects)
    chosen: set[int] = set()
    for behaviour in _alternatives(behaviours):
        scores = {i: _share_named(behaviour, subject) for i, subject in subjects.items()}
        best = max(scores.values())
        if best < _NAMED:
            return set(subjects)
        chosen |= {i for i, score in scores.items() if score >= best - _SAME_SCORE}
    return chosen or set(subjects)


def _alternatives(behaviours: Sequence[str]) -> list[str]:
    pieces = [key(piece) for behaviour in behaviours for piece in _ALTERNATIVE.split(behaviour)]
    return [piece for piece in pieces if len(piece) > 3]


def _share_named(behaviour: str, subject: str) -> float:
    """How much of ``behaviour`` stands in ``subject``, by pairs of letters."""
    plain = key(subject)
    there = {plain[i : i + 2] for i in range(len(plain) - 1)}
    pairs = [behaviour[i : i + 2] for i in range(len(behaviour) - 1)]
    return sum(pair in there for pair in pairs) / len(pairs)


def _ranges(sentence: _Sentence, basis: int, cited: set[int], behaviours: Sequence[str]) -> list[_Range]:
    fines = [one for one in sentence.fines if _in_scope(one, cited)]
    own = {i: "，".join(_own_cases(one)) for i, one in enumerate(fines)}
    apart = {i: case for i, case in own.items() if case and not _is_known_case(case) and not _SCOPE.search(case)}
    meant = _chosen(apart, behaviours) if len(apart) == len(own) else set(apart)
    ranges = [
        _Range(one.fine, basis, one.party, "，".join(_spoken(own[i])), sentence.subject)
        for i, one in enumerate(fines)
        if i in meant or i not in apart
    ]
    return ranges + [_Range(Fine(words, FineKind.UNREAD), basis, "", "", sentence.subject) for words in sentence.unread]


def _in_scope(one: StatedFine, cited: set[int]) -> bool:
    named = {item for case in one.cases if _SCOPE.search(case) for item in _items(case)}
    if named and cited:
        return bool(named & cited)
    return one.item is None or not cited or one.item in cited


def _items(case: str) -> list[int]:
    items = []
    for words in _SCOPE_ITEM.findall(case):
        try:
            items.append(parse_number(words))
        except InvalidInput:
            continue
    return items


def _own_cases(one: StatedFine) -> list[str]:
    """The cases of the fine itself; in the first part of a sentence the other words say what the sentence is about."""
    if one.part == 0:
        return [case for case in one.cases if _is_known_case(case)]
    return list(one.cases)


def _spoken(cases: str) -> list[str]:
    return [case for case in cases.split("，") if case and not _SCOPE.search(case)]


# ---- names -------------------------------------------------------------------------------------------------


def _once(ranges: Sequence[_Range]) -> list[_Range]:
    """The same range said by two quoted provisions stands once, with the first."""
    seen: dict[tuple[object, ...], _Range] = {}
    for one in ranges:
        fine = one.fine
        same = (
            fine.kind,
            fine.minimum,
            fine.maximum,
            fine.base,
            person(one.party),
            key(one.case),
            fine.text if not fine.kind.is_fine else "",
        )
        seen.setdefault(same, one)
    return list(seen.values())


def _named(ranges: Sequence[_Range], variants: Sequence[str]) -> list[LegalRange]:
    taken = _by_variant(ranges, variants)
    labels = [taken.get(i) or _label(one, ranges) for i, one in enumerate(ranges)]
    named = [LegalRange(one.fine, label, one.basis) for one, label in zip(ranges, labels, strict=True)]
    if not taken:
        return named
    order = {variant: i for i, variant in enumerate(variants)}
    return sorted(named, key=lambda one: order.get(one.applies_to or "", len(order)))


def _by_variant(ranges: Sequence[_Range], variants: Sequence[str]) -> dict[int, str]:
    """Which range a start of the table means, where exactly one can be meant."""
    taken: dict[int, str] = {}
    for variant in variants:
        fits = [i for i, one in enumerate(ranges) if _fits(one, variant)]
        if len(fits) == 1 and fits[0] not in taken:
            taken[fits[0]] = variant
    return taken


def _fits(one: _Range, variant: str) -> bool:
    if person(one.party) != person(variant):
        return False
    if person(variant) and "·" not in variant:
        return True
    if one.case and key(one.case) in {key(part) for part in variant.split("·")}:
        return True
    case, wanted = case_of(one.case), case_of(variant)
    if no_gain(variant) or no_gain(one.case):
        return no_gain(variant) == no_gain(one.case)
    if not one.case:
        return wanted in (None, "in_time", "not_serious")
    return case is not None and case == wanted


def _label(one: _Range, ranges: Sequence[_Range]) -> str | None:
    """Party and case in the statute's words, as far as they tell the ranges apart."""
    if len(ranges) == 1:
        return one.case or None
    parties = {person(other.party) for other in ranges}
    party = ""
    if len(parties) > 1:
        party = f"对{one.party}" if one.party else "对单位"
    subjects = {other.subject for other in ranges}
    cases = [
        other.case for other in ranges if person(other.party) == person(one.party) and other.subject == one.subject
    ]
    case = one.case
    if not case and any(cases):
        late = any(case_of(other) == "late" for other in cases if other)
        case = "责令改正" if late else "一般情形"
    if len(subjects) > 1:
        case = "，".join(filter(None, (one.subject, one.case)))
    if party and case:
        return f"{party}（{case}）"
    return party or case or None
