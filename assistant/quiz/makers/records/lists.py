"""No-penalty and leniency lists (免罚清单题): which conditions an entry has, and whether a case meets them all."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random

from assistant.quiz.contract import (
    Claim,
    Form,
    ItemCitation,
    ItemContent,
    ItemKind,
    Key,
    Point,
    Refutation,
)
from assistant.quiz.makers.records.chosen import ChosenItem
from assistant.quiz.makers.records.findings import findings_of
from assistant.quiz.makers.records.parties import party_bound
from assistant.quiz.makers.records.rows import Place, word_span
from assistant.quiz.makers.records.statutes import Passage, lead_of, passages_in
from assistant.quiz.makers.records.telling import offence_told
from assistant.quiz.makers.records.thresholds import threshold_of
from assistant.quiz.makers.records.untruths import untruths
from assistant.quiz.makers.records.words import act, brief, short, tidy
from assistant.quiz.material import Candidate, Material
from assistant.quiz.proof.evidence import contained, plain

_EFFECT_ZH = {
    "not_punish": "不予行政处罚",
    "may_not_punish": "可以不予行政处罚",
    "lenient": "从轻处罚",
    "mitigated": "减轻处罚",
}
_NO_PENALTY = frozenset({"not_punish", "may_not_punish"})
_JOINT = re.compile(r"同时(?:满足|符合|具备)")
_UNLIKE = 0.4
_MOST_WRONG = 3
_FIRST_TIME = re.compile(r"^(?P<when>[^，；且]{0,8}?)(?:属于|系)?(?:[^，；且]{0,4}内)?(?:首次|初次)违法")
_MENDS = re.compile(r"改正|补[办全种缴]|清理|拆除|恢复|停止|召回|下架")
OF_ANY_FIELD = re.compile(r"后果|主动|配合|轻微|没有造成|未造成|立案|调查|举报|获利|所得|群众|投诉")
"""What may be asked of any violation; the conditions of another field would be seen at once."""
_OPTIONS = 4
_SUPPOSED = re.compile(r"，(?:但(?:是)?(?=.)|(?=能够|可以|已|属于|系|具有|没有))(?P<what>.+)")
_PUNISHES = re.compile(r"罚款|警告|没收|吊销|暂扣|拘留|停产停业|通报批评")


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry with its conditions as told, and where each of them is printed."""

    chosen: ChosenItem
    conditions: tuple[str, ...]
    places: tuple[Place, ...]
    quoted: Place  # from the lead, or the first condition, to the last
    effect: str

    @property
    def violation(self) -> str:
        return act(self.chosen.info.violation)

    @property
    def title(self) -> str:
        return short(self.chosen.info.document)


def list_items(chosen: ChosenItem, entries: Sequence[Entry], material: Material, random: Random) -> Iterator[Candidate]:
    """Items of one entry."""
    entry = entry_of(chosen)
    if entry is None:
        return
    for make in (_case_items, _conditions_item, _threshold_items, _truth_items):
        for item in make(entry, entries, material, random):
            yield Candidate(item, unit=chosen.info.key, group=chosen.info.document_id)


def entry_of(chosen: ChosenItem) -> Entry | None:
    """The entry where every condition is found in its row and all must hold together."""
    info = chosen.info
    effect = _EFFECT_ZH.get(info.effect)
    provision = chosen.rows.provisions[0]
    spans = [word_span(provision.text, tidy(c)) for c in info.conditions]
    found = [span for span in spans if span is not None]
    if effect is None or not info.joint or len(info.conditions) < 2 or len(found) < len(spans):
        return None
    if any("\n" in c.strip() for c in info.conditions):
        return None
    lead = word_span(provision.text, info.lead) if info.lead else None
    start = lead[0] if lead is not None else found[0][0]
    places = tuple(Place(provision, *span) for span in found)
    quoted = Place(provision, start, found[-1][1])
    return Entry(chosen, tuple(tidy(c) for c in info.conditions), places, quoted, effect)


def _says_effect(entry: Entry) -> bool:
    return entry.effect in entry.quoted.words and _JOINT.search(entry.quoted.words) is not None


def _cited(entry: Entry, material: Material) -> list[ItemCitation]:
    """The conditions in the row, and the provision violated where its law is held."""
    citations = [entry.chosen.rows.cite(entry.quoted)]
    for basis in entry.chosen.info.provisions[:2]:
        passage = next(passages_in(basis.written, material.book), None)
        if passage is not None and passage.end - passage.start <= 500:
            citations.append(passage.cited())
    return citations


def _claim(entry: Entry, answers: Sequence[str]) -> Claim:
    return Claim(
        point=Point.NO_PENALTY,
        subject=_printed_violation(entry),
        answers=list(answers),
        standard=entry.chosen.info.key,
    )


def _printed_violation(entry: Entry) -> str:
    text = entry.chosen.rows.provisions[0].text
    span = word_span(text, entry.chosen.info.violation)
    return text[slice(*span)] if span is not None else ""


def _content(
    entry: Entry, material: Material, kind: ItemKind, form: Form, stem: str, key: Key, claim: Claim, **more: object
) -> ItemContent:
    return ItemContent.model_validate(
        {
            "kind": kind,
            "form": form,
            "point": Point.NO_PENALTY,
            "stem": stem,
            "key": key,
            "claim": claim,
            "citations": _cited(entry, material),
            "tags": entry.chosen.tags,
            "as_of": material.day,
            **more,
        }
    )


# ---- which conditions ------------------------------------------------------------------------------------------


def _conditions_item(
    entry: Entry, entries: Sequence[Entry], material: Material, random: Random
) -> Iterator[ItemContent]:
    wrong = _foreign(entry, entries, random)
    if len(wrong) < 2 or not _says_effect(entry):
        return
    options = [*entry.conditions, *wrong]
    first = len(entry.conditions)
    yield _content(
        entry,
        material,
        ItemKind.MULTIPLE,
        Form.MANY,
        f"根据{entry.title}，{entry.violation}的，同时满足下列哪些情形时，{entry.effect}？（　　）",
        Key(correct=list(range(first))),
        _claim(entry, [p.words for p in entry.places]),
        options=options,
        refutations=[
            Refutation(
                option=n, reason=brief(f"清单对该违法行为规定的情形是“{'”“'.join(entry.conditions)}”，没有这一项")
            )
            for n in range(first, len(options))
        ],
        explanation=f"{entry.title}规定，{entry.violation}的，同时满足“{'”“'.join(entry.conditions)}”的，{entry.effect}。",
        difficulty=0.5,
    )


def _foreign(entry: Entry, entries: Sequence[Entry], random: Random) -> list[str]:
    """Conditions of other entries, those of its own field first, that say nothing like what this entry says.

    Only those that speak of no matter of their own: 占用宽度 beside a sign would be seen at once.
    """
    own = plain(entry.chosen.rows.provisions[0].text)
    field = entry.chosen.info.category
    others = [e for e in entries if e.chosen.info.key != entry.chosen.info.key]
    random.shuffle(others)
    info = entry.chosen.info
    others.sort(key=lambda e: (e.chosen.info.document != info.document, e.chosen.info.category != info.category))
    mends = any(_MENDS.search(c) for c in entry.conditions)
    of_field = {c for e in others if field and e.chosen.info.category == field for c in e.conditions}
    found: list[str] = []
    for condition in (c for e in others for c in e.conditions if not _of_its_matter(c, e) or _of_its_matter(c, entry)):
        words = plain(condition)
        unlike = contained(words, own) < _UNLIKE and all(
            max(contained(words, plain(o)), contained(plain(o), words)) < _UNLIKE for o in [*entry.conditions, *found]
        )
        near = condition in of_field or OF_ANY_FIELD.search(condition)
        if near and unlike and not _FIRST_TIME.search(condition) and not (mends and _MENDS.search(condition)):
            found.append(condition)
    return found[: max(2, min(_MOST_WRONG, 6 - len(entry.conditions)))] if len(entry.conditions) <= 4 else []


def _of_its_matter(condition: str, entry: Entry) -> bool:
    """Whether a condition takes up words of its own violation: 占用宽度 of 占用疏散通道."""
    words = plain(condition)
    matter = plain(entry.violation)
    return any(words[n : n + 2] in matter for n in range(len(words) - 1))


# ---- thresholds ------------------------------------------------------------------------------------------------


def _threshold_items(
    entry: Entry, entries: Sequence[Entry], material: Material, random: Random
) -> Iterator[ItemContent]:
    """未标价商品不足（　　）: the number that the list has, beside wider and narrower ones."""
    for at, condition in enumerate(entry.conditions):
        found = threshold_of(condition)
        if found is None or not _says_effect(entry):
            continue
        blank = f"{condition[: found.start]}（　　）{condition[found.end :]}"
        others = [c for n, c in enumerate(entry.conditions) if n != at]
        told = "；".join(blank if n == at else c for n, c in enumerate(entry.conditions))
        if any(found.words in c for c in others):
            continue
        wrong = found.others(random)[:_MOST_WRONG]
        yield _content(
            entry,
            material,
            ItemKind.SINGLE,
            Form.ONE,
            f"根据{entry.title}，{entry.violation}的，同时满足以下情形的，{entry.effect}：{told}。",
            Key(correct=[0]),
            _claim(entry, [entry.places[at].words]),
            options=[found.words, *wrong],
            refutations=[
                Refutation(option=n, reason=brief(f"清单规定的是“{condition}”，不是“{other}”"))
                for n, other in enumerate(wrong, start=1)
            ],
            explanation=f"{entry.title}对该违法行为规定的情形之一是“{condition}”。",
            difficulty=0.5,
        )


# ---- true or false ---------------------------------------------------------------------------------------------


def _truth_items(entry: Entry, entries: Sequence[Entry], material: Material, random: Random) -> Iterator[ItemContent]:
    if not _says_effect(entry):
        return
    joint = _JOINT.search(entry.quoted.words)
    assert joint is not None
    listed = "；".join(entry.conditions)
    right = f"{entry.title}规定，对“{entry.violation}”，同时满足“{'”“'.join(entry.conditions)}”的，{entry.effect}。"
    about = f"根据{entry.title}，对“{entry.violation}”，"
    true = f"{about}{joint.group()}下列情形的，{entry.effect}：{listed}。"
    statements = [(true, True, [joint.group(), *(p.words for p in entry.places)], right)]
    for untruth in untruths(about, entry.conditions, joint.group(), entry.effect):
        against = untruth.against if untruth.condition is None else entry.places[untruth.condition].words
        if untruth.condition is not None or against in entry.quoted.words:
            statements.append((untruth.stem, False, [against], right + untruth.told))
    random.shuffle(statements)
    for stem, truth, answers, told in statements:
        yield _content(
            entry,
            material,
            ItemKind.TRUE_FALSE,
            Form.TRUTH,
            stem,
            Key(truth=truth),
            _claim(entry, answers),
            explanation=told,
            difficulty=0.35 if truth else 0.45,
        )


# ---- cases -----------------------------------------------------------------------------------------------------


def _case_items(entry: Entry, entries: Sequence[Entry], material: Material, random: Random) -> Iterator[ItemContent]:
    """A case that meets every condition, and cases that miss exactly one."""
    if entry.chosen.info.effect not in _NO_PENALTY:
        return
    findings = findings_of(entry.conditions, random, entry.violation)
    passages = [p for b in entry.chosen.info.provisions for p in passages_in(b.written, material.book)]
    if findings is None or not all(brings_a_penalty(p) for p in passages):
        return
    met = [f.met for f in findings]
    missed = [n for n, f in enumerate(findings) if f.missed]
    random.shuffle(missed)
    cases: list[int | None] = [*missed]
    if _says_effect(entry):
        cases.insert(min(1, len(cases)), None)
    for failing in cases:
        facts = [findings[n].missed if n == failing else met[n] for n in range(len(met))]
        case = _case(entry, material, failing, facts, "" if failing is None else findings[failing].failing)
        if case is not None:
            yield case


def act_and_givens(violation: str) -> tuple[str, list[str]]:
    """未制定预案 and 当事人系小型企业 of 未制定预案，但属于小型企业: what is supposed of the offender is a fact."""
    found = _SUPPOSED.search(violation)
    if found is None:
        return violation, []
    supposed = [s for s in re.split("[，且]", found["what"].removesuffix("的").removeprefix("当事人")) if s]
    told = "，".join(s.replace("属于", "系", 1) if s.startswith("属于") else s for s in supposed)
    return violation[: found.start()], [f"当事人{told}"]


def brings_a_penalty(passage: Passage) -> bool:
    """Whether a clause that orders something also punishes at once: where it only orders, there is nothing to waive."""
    first = re.split("[；。]", lead_of(passage).words)[0]
    return "责令" not in first or bool(_PUNISHES.search(first))


def _case(
    entry: Entry, material: Material, failing: int | None, facts: Sequence[str], fails: str
) -> ItemContent | None:
    """A case of an entry; ``fails`` is the one fact that misses the condition number ``failing``."""
    applies = f"适用，所列情形均已满足，{entry.effect}"
    done, given = act_and_givens(entry.violation)
    party = party_bound(done, entry.chosen.info.provisions, material.book)
    offence = offence_told(party.act, party.who) if party is not None else None
    if offence is None:
        return None
    options = [applies, *(f"不适用，不符合“{c}”的要求" for c in entry.conditions)]
    if len(options) < _OPTIONS:
        options.append("适用，但应当同时给予警告")
    right = 0 if failing is None else failing + 1
    refutations = []
    for n in range(len(options)):
        if n == right:
            continue
        if n > len(entry.conditions):
            unmet = "" if failing is None else f"案情不符合“{entry.conditions[failing]}”，不适用该清单；"
            said = f"清单规定的后果是“{entry.effect}”，" if entry.effect in entry.quoted.words else ""
            reason = f"{unmet}{said}警告也是行政处罚"
        elif n == 0 and failing is not None:
            reason = f"案情是“{fails}”，不符合“{entry.conditions[failing]}”"
        else:
            reason = f"案情符合这一要求：{facts[n - 1]}"
        refutations.append(Refutation(option=n, reason=brief(reason)))
    answers = [entry.effect] if failing is None else [entry.places[failing].words]
    excepts = entry.chosen.info.exclusions or any("不适用" in r or "除外" in r for r in entry.chosen.info.remarks)
    closing = "；没有该清单规定的不适用情形" if excepts else ""
    told = "均已满足" if failing is None else f"案情是“{fails}”，其中“{entry.conditions[failing]}”没有满足"
    return _content(
        entry,
        material,
        ItemKind.CASE,
        Form.ONE,
        (
            f"{offence}。经查明：{'；'.join([*given, *facts])}{closing}。"
            f"对该案是否适用{entry.title}，下列说法正确的是（　　）。"
        ),
        Key(correct=[right]),
        _claim(entry, answers),
        options=options,
        refutations=refutations,
        explanation=f"{entry.title}要求同时满足“{'”“'.join(entry.conditions)}”，{told}。",
        difficulty=0.5 if failing is None else 0.45,
    )
