"""One fact asked in each kind of item (题型)."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random

from assistant.encyclopedia.contract import SanctionKind
from assistant.quiz.contract import FORM_OF, Claim, ItemContent, ItemKind, ItemTags, Key, Point, Refutation
from assistant.quiz.makers.sets.reserves import taken_back
from assistant.quiz.makers.values.cumulative import is_cut_short
from assistant.quiz.makers.values.deadlines import UNEXTENDED
from assistant.quiz.makers.values.model import Fact, Limit, Organ, Range, Sanctions
from assistant.quiz.makers.values.neighbours import Neighbours
from assistant.quiz.makers.values.options import Wrong, wrong_options
from assistant.quiz.makers.values.organs import stem_of
from assistant.quiz.makers.values.sanctions import tells_a_kind
from assistant.quiz.makers.values.scale import spelled, spelled_period
from assistant.quiz.makers.values.stems import blank_stem, explanation, multiple_stem, single_stem, statement
from assistant.quiz.material import SourceText, cite
from assistant.quiz.proof.evidence import plain
from corpus.quantities import find_quantities

_DIFFICULTY = {
    Point.AMOUNT: 0.5,
    Point.MULTIPLE: 0.5,
    Point.TIME_LIMIT: 0.4,
    Point.AUTHORITY: 0.3,
    Point.PENALTY: 0.45,
}
_HARDER = {ItemKind.SINGLE: 0.0, ItemKind.MULTIPLE: 0.1, ItemKind.TRUE_FALSE: -0.15, ItemKind.BLANK: 0.2}
_OPTIONS = 4
_FIFTH_OPTION = 0.5
_WITHOUT_FINE = 0.5
_LEAST_RIVALS = 2
_EXTENSION = re.compile(r"[^。；]*延长[^。；]*")
_USUAL = frozenset({SanctionKind.FINE, SanctionKind.CONFISCATION, SanctionKind.WARNING, SanctionKind.CRITICISM})
"""What is marked right without knowing the law: 罚款 beside 没收违法所得 or 警告."""


@dataclass(frozen=True, slots=True)
class Task:
    """A fact to be asked, the other facts of its law, and the day whose law is asked."""

    fact: Fact
    near: Neighbours
    text: SourceText
    day: dt.date
    random: Random


def _single(task: Task) -> ItemContent | None:
    fact = task.fact
    if _is_no_question(task):
        return None
    right = fact.words
    if isinstance(fact.value, Sanctions):
        if len(fact.value.named) != 1 or fact.value.named[0][0] is SanctionKind.FINE or tells_a_kind(fact):
            return None
        right = fact.value.named[0][1]
    wrong = wrong_options(fact, task.near, task.random, _OPTIONS - 1)
    if len(wrong) < _OPTIONS - 1 or not _tempts(task, wrong) or not _may_be_thought(task, wrong):
        return None
    return _with_options(task, ItemKind.SINGLE, single_stem(fact, task.text.document), [right], wrong)


def _multiple(task: Task) -> ItemContent | None:
    fact = task.fact
    if not isinstance(fact.value, Sanctions) or len(fact.value.named) < 2:
        return None
    named = list(fact.value.named)
    if {kind for kind, _ in named} <= _USUAL or tells_a_kind(fact):
        return None
    fine = next((one for one in named if one[0] is SanctionKind.FINE), None)
    if fine is not None and len(named) > 2 and task.random.random() < _WITHOUT_FINE:
        named.remove(fine)  # or whoever marks 罚款 everywhere would be right everywhere
    right = [words for _, words in named][:_OPTIONS]
    total = _OPTIONS + (task.random.random() < _FIFTH_OPTION)
    if any(find_quantities(words) for words in right) or len(right) >= total:
        return None
    wrong = wrong_options(fact, task.near, task.random, total - len(right))
    nearby = task.near.kinds_near(fact)
    if len(wrong) < _LEAST_RIVALS or not any(w.kind in nearby for w in wrong) or len(right) + len(wrong) < _OPTIONS:
        return None
    return _with_options(task, ItemKind.MULTIPLE, multiple_stem(fact, task.text.document), right, wrong)


def _true_false(task: Task) -> ItemContent | None:
    fact, document = task.fact, task.text.document
    if _is_no_question(task):
        return None
    words = fact.words
    if isinstance(fact.value, Sanctions):
        telling = [named for kind, named in fact.value.named if kind is not SanctionKind.FINE]
        if not telling or tells_a_kind(fact):
            return None
        words = task.random.choice(telling)
    if task.random.random() < 0.5 and not _taken_back(fact) and not _is_cut(fact):
        stem = statement(fact, document, words)
        return _content(task, ItemKind.TRUE_FALSE, stem, Key(truth=True), [words])
    wrong = wrong_options(fact, task.near, task.random, 1)
    if not wrong or not _tempts(task, wrong):
        return None
    stem = statement(fact, document, wrong[0].words)
    if plain(words) in plain(stem):
        return None
    return _content(task, ItemKind.TRUE_FALSE, stem, Key(truth=False), [words], wrong=wrong[0].words)


def _taken_back(fact: Fact) -> bool:
    """Whether the article goes on with an exception, so that nothing may be called right without it."""
    rest = fact.provision.text[fact.whole[1] :]
    if UNEXTENDED in fact.after:
        own, line, later = rest.partition("\n")
        rest = _EXTENSION.sub("", own) + line + later
    return taken_back(rest, 0)


def _is_cut(fact: Fact) -> bool:
    """Whether a statement of a fine ends before a further penalty on the same person."""
    return isinstance(fact.value, Range) and is_cut_short(fact.provision.text, fact.whole[1])


def _blank(task: Task) -> ItemContent | None:
    fact = task.fact
    match fact.value:
        case Range() as value:
            bounds = [b for b in (value.minimum, value.maximum) if b is not None][: len(fact.answers)]
            accepted = [spelled(b, value.unit) for b in bounds]
        case Limit() as limit:
            accepted = [spelled_period(limit, working_by_rule=bool(fact.note))]
        case _:
            return None
    printed = [fact.provision.text[slice(*a)] for a in fact.answers]
    stem = blank_stem(fact, task.text.document)
    if [a[0] for a in accepted] != printed or any(plain(p) in plain(stem) for p in printed):
        return None
    return _content(task, ItemKind.BLANK, stem, Key(blanks=accepted), printed)


KINDS: dict[ItemKind, Callable[[Task], ItemContent | None]] = {
    ItemKind.SINGLE: _single,
    ItemKind.MULTIPLE: _multiple,
    ItemKind.TRUE_FALSE: _true_false,
    ItemKind.BLANK: _blank,
}


def _may_be_thought(task: Task, wrong: Sequence[Wrong]) -> bool:
    """Whether one of the wrong penalties is such as the law provides for elsewhere."""
    return not isinstance(task.fact.value, Sanctions) or any(w.kind in task.near.kinds for w in wrong)


def _tempts(task: Task, wrong: Sequence[Wrong]) -> bool:
    """Whether a wrong authority is one that the law has to do with: nobody takes another for the police."""
    return not isinstance(task.fact.value, Organ) or any(task.near.near_to_hand(w.words) for w in wrong)


def _is_no_question(task: Task) -> bool:
    """Whether the law is called after its authority (食品安全法, 食品安全监督管理部门) or has hardly any other."""
    organ = task.fact.value
    if not isinstance(organ, Organ):
        return False
    return stem_of(organ.body)[:2] in task.text.document.title or task.near.runs_through(organ)


def _with_options(task: Task, kind: ItemKind, stem: str, right: Sequence[str], wrong: Sequence[Wrong]) -> ItemContent:
    """An item with options, the right ones first: the builder puts them in order."""
    first = len(right)
    return _content(
        task,
        kind,
        stem,
        Key(correct=list(range(first))),
        right,
        options=[*right, *(w.words for w in wrong)],
        refutations=[Refutation(option=first + n, reason=w.reason) for n, w in enumerate(wrong)],
    )


def _content(
    task: Task,
    kind: ItemKind,
    stem: str,
    key: Key,
    answers: Sequence[str],
    *,
    options: Sequence[str] = (),
    refutations: Sequence[Refutation] = (),
    wrong: str = "",
) -> ItemContent:
    fact, text = task.fact, task.text
    provision = fact.provision
    return ItemContent(
        kind=kind,
        form=FORM_OF[kind],
        point=fact.point,
        stem=stem,
        options=list(options),
        key=key,
        explanation=explanation(fact, text.document, wrong),
        citations=[cite(text, provision, *quote.span, quote.path) for quote in fact.quotes],
        refutations=list(refutations),
        claim=Claim(point=fact.point, subject=provision.text[slice(*fact.subject)], answers=list(answers)),
        difficulty=round(_DIFFICULTY[fact.point] + _HARDER[kind], 2),
        tags=ItemTags(
            field=text.field,
            title=text.document.title,
            chapter=provision.heading.chapter or "",
            region=text.document.region,
        ),
        as_of=task.day,
    )
