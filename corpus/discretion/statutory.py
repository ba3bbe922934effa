"""Statutory ranges (法定幅度): which fines the quoted statute allows for this violation, for whom, in which case.

Of the quoted words count only the sentence that names the violation, and of an article that fines its items apart only
the items cited (有前款第七项行为，处…). A sentence that punishes 依照前款的规定 takes the fines of the one before it. A
clause about a fine that could not be read is kept as an unread range: it is never passed over.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.discretion.clauses import Reading, StatedFine, read_clauses, with_stops
from corpus.discretion.expressions import compact, find_expressions
from corpus.discretion.model import Basis, Fine, FineKind, LegalRange
from corpus.discretion.variants import case_of, key, no_gain, person
from corpus.errors import InvalidInput
from corpus.numerals import parse_number

_REFERS = r"(?:依照|按照|依据|比照)(?:本条)?{}(?:的)?规定(?:处以|给予|予以|进行|实施)?(?:罚款|处罚)"
_REFERS_BACK = re.compile(_REFERS.format("(?:前款|前项|上款)"))
_REFERS_TO_PARAGRAPH = re.compile(_REFERS.format("第[一二三四五六七八九十]+款"))

# cases of a violation, not violations: 造成严重后果的, 有违法所得的, 影响周边环境的
_OUTCOME = re.compile(
    r"(?:并|尚)?(?:造成|致使|导致|引起|引发|影响|危害|构成|不构成|首次|再次|多次|[一二两三]次|屡|继续|仍|涉及|涉案|数量)|"
    r"(?:不能|未能)(?:改正)"
)
_GAIN = re.compile(r"(?:有|没有|无)(?:违法)?所得")
_SCOPE = re.compile(r"(?:^|，)(?:有|对|属于|违反)?(?:前款|本条(?!例)|第[一二三四五]款|上款|前项)")
_SCOPE_ITEM = re.compile(r"第（?([一二三四五六七八九十]+)）?项")
_ALTERNATIVE = re.compile(r"[(（][一二三四五六七八九十]{1,3}[)）]|\n|；")
_SAME_SCORE = 0.05
_NAMED = 0.5
_NAMED_AT_ALL = 0.25


@dataclass(frozen=True, slots=True)
class _Sentence:
    """One sentence of the quoted words: what it is about, its fines, and which others it takes its fines from."""

    subject: str
    fines: tuple[StatedFine, ...]
    unread: tuple[str, ...]
    refers_back: bool
    refers_to_paragraph: bool
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
    return [words for words in compact(with_stops(text)).split("。") if words]


def _read_sentence(words: str) -> _Sentence:
    reading: Reading = read_clauses(words)
    subject = "，".join(case for case in reading.subject if _OUTCOME.match(case) or not _is_known_case(case))
    return _Sentence(
        subject=subject,
        fines=tuple(reading.fines),
        unread=tuple(clause for clause in reading.unread if "罚款" in clause),
        refers_back=_REFERS_BACK.search(words) is not None,
        refers_to_paragraph=_REFERS_TO_PARAGRAPH.search(words) is not None,
        scoped=_SCOPE.search(subject) is not None,
    )


def _is_known_case(case: str) -> bool:
    """逾期未改正的, 情节严重的, 违法所得十万元以上的: a case of whatever the violation is."""
    return (
        _OUTCOME.match(case) is not None
        or (case_of(case) is not None and len(case) <= 20)
        or _GAIN.match(case) is not None
        or no_gain(case)
        or next(find_expressions(case), None) is not None
    )


# ---- which sentences and clauses are meant -----------------------------------------------------------------


def _about(sentences: Sequence[_Sentence], behaviours: Sequence[str]) -> list[_Sentence]:
    """The sentences about the violation, and those that they refer to (依照前款的规定处罚, 依照本条第二款的规定)."""
    telling = [one for one in sentences if one.fines or one.unread or one.refers_back or one.refers_to_paragraph]
    about = {i: one.subject for i, one in enumerate(telling) if one.subject and not one.scoped}
    chosen = _chosen(about, behaviours)
    meant: set[int] = set()
    for i, one in enumerate(telling):
        if i in about and i not in chosen:
            continue
        meant.add(i)
        before = [j for j in range(i) if telling[j].fines]
        if one.refers_back and before:
            meant.add(before[-1])
        if one.refers_to_paragraph:
            meant |= {j for j, other in enumerate(telling) if other.fines and not other.refers_to_paragraph}
    return [telling[i] for i in sorted(meant)]


def _chosen(subjects: dict[int, str], behaviours: Sequence[str], *, same_sentence: bool = False) -> set[int]:
    """The keys of the subjects that name one of the behaviours best; all where none is named well enough.

    Clauses of the same sentence leave out what the first of them said (未经批准擅自拆除大气污染防治设施的): there
    counts only how much of the clause the behaviour holds.
    """
    if len(subjects) < 2:
        return set(subjects)
    chosen: set[int] = set()
    for behaviour in _alternatives(behaviours):
        scores = {i: _score(behaviour, key(subject), same_sentence) for i, subject in subjects.items()}
        best = max(scores.values())
        if best < _NAMED:
            return set(subjects)
        chosen |= {i for i, score in scores.items() if score >= best - _SAME_SCORE}
    return chosen or set(subjects)


def _score(behaviour: str, subject: str, same_sentence: bool) -> float:
    named, held = _share(behaviour, subject), _share(subject, behaviour)
    if same_sentence:
        return held if named >= _NAMED_AT_ALL else 0.0
    return (named + held) / 2


def _share(words: str, other: str) -> float:
    """How many of the pairs of letters of ``words`` stand in ``other``."""
    there = {other[i : i + 2] for i in range(len(other) - 1)}
    pairs = [words[i : i + 2] for i in range(len(words) - 1)]
    return sum(pair in there for pair in pairs) / len(pairs) if pairs else 0.0


def _alternatives(behaviours: Sequence[str]) -> list[str]:
    pieces = [key(piece) for behaviour in behaviours for piece in _ALTERNATIVE.split(behaviour)]
    return [piece for piece in pieces if len(piece) > 3]


def _ranges(sentence: _Sentence, basis: int, cited: set[int], behaviours: Sequence[str]) -> list[_Range]:
    fines = [one for one in sentence.fines if _in_scope(one, cited)]
    own = ["，".join(_own_cases(one)) for one in fines]
    kept = _about_clauses(sentence, fines, own, behaviours)
    violations = {own[i] for i in kept if own[i] and not _is_known_case(own[i]) and not _SCOPE.search(own[i])}
    if kept and violations == {own[kept[0]]}:  # the clause names the violation itself, no case of it
        own = ["" if words in violations else words for words in own]
    by_subject = "个人" if sentence.subject.startswith(("个人", "公民", "自然人")) else ""
    ranges = [
        _Range(fines[i].fine, basis, fines[i].party or by_subject, "，".join(_spoken(own[i])), sentence.subject)
        for i in kept
    ]
    return ranges + [_Range(Fine(words, FineKind.UNREAD), basis, "", "", sentence.subject) for words in sentence.unread]


def _about_clauses(
    sentence: _Sentence, fines: Sequence[StatedFine], own: Sequence[str], behaviours: Sequence[str]
) -> list[int]:
    """The fines for the violation where one sentence punishes several, parted by semicolons.

    A clause about a case (逾期不改正的) goes with the violation named before it; one about persons goes with all.
    """
    apart = {i: case for i, case in enumerate(own) if case and not _is_known_case(case) and not _SCOPE.search(case)}
    if apart and not sentence.scoped and sentence.subject:
        apart |= {i: sentence.subject for i, one in enumerate(fines) if one.part == 0 and not own[i]}
    meant = _chosen(apart, behaviours, same_sentence=True)
    kept, named = [], True
    for i, one in enumerate(fines):
        named = i in meant if i in apart else named
        if named or (i not in apart and person(one.party) and one.part):
            kept.append(i)
    return kept


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
        return [case for case in one.cases if _is_known_case(case) and not _OUTCOME.match(case)]
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
        return _plain(one.case) or (one.party if one.party == "个人" else None)
    party = ""
    if len({person(other.party) for other in ranges}) > 1:
        party = f"对{one.party}" if person(one.party) else "对单位"
    same_party = [other for other in ranges if person(other.party) == person(one.party)]
    beside = [other for other in same_party if other.subject == one.subject or other.basis != one.basis]
    case = one.case
    if not case and any(other.case for other in beside):
        late = any(case_of(other.case) == "late" for other in beside)
        case = "责令改正" if late else one.subject if _OUTCOME.match(_plain(one.subject)) else "一般情形"
    subjects = {other.subject for other in same_party if other.basis == one.basis and not _SCOPE.search(other.subject)}
    if len(subjects) > 1 and one.subject in subjects:
        parallel = bool(case) and _OUTCOME.match(_plain(case)) is not None
        case = one.case if parallel else "，".join(filter(None, (one.subject, one.case)))
    case = _plain(case)
    return f"{party}（{case}）" if party and case else party or case or None


def _plain(case: str) -> str:
    """对造成重大事故的 and 或者…的 without the word that ties them to the sentence."""
    return re.sub(r"^(?:对|或者|但是?)", "", case)
