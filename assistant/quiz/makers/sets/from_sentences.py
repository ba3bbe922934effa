"""Items over sentences that bind (条文题): duties, exceptions, steps, and what spares or mitigates a penalty."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from random import Random

from assistant.quiz.contract import BLANK, ItemKind, Key, Point
from assistant.quiz.makers.sets.content import Rests, Wrong, candidate, choice, quoted
from assistant.quiz.makers.sets.options import NEAR
from assistant.quiz.makers.sets.sentences import Duty, Proviso, Ruling, Step
from assistant.quiz.makers.sets.stems import according
from assistant.quiz.makers.sets.words import likeness, named, short_name
from assistant.quiz.material import Candidate, SourceText

MOST_USES = 2
"""How often a statement may be a wrong option."""
_CHAPTER = re.compile(r"^第[一二三四五六七八九十百]+[章编节]\s*")
_GENERAL = ("总则", "附则", "法律责任", "一般规定", "其他规定")


def from_duty(
    text: SourceText, duty: Duty, siblings: Sequence[Duty], used: Counter[str], day: dt.date, random: Random
) -> Iterator[Candidate]:
    """判断 of the sentence as printed or with its modal word exchanged, and 单选 among statements of the chapter."""
    rests = Rests(text, duty.sentence.provision, duty.sentence.span, duty.sentence.path)
    words = duty.sentence.words
    modal = words[slice(*duty.modal)]
    clause = _clause(duty)
    true = random.random() < 0.45
    yield candidate(
        rests,
        day,
        kind=ItemKind.TRUE_FALSE,
        point=Point.DUTY,
        stem=according(text.document, words if true else duty.exchanged),
        key=Key(truth=true),
        subject=clause,
        answers=[words.rstrip("。")],
        explanation=f"{rests.place}规定：{quoted(words, 120)}{'' if true else f'是“{modal}”，不是“{duty.other}”。'}",
        difficulty=0.35,
    )
    key = words.rstrip("。")
    others = _statements(duty, [d for d in siblings if used[d.exchanged] < MOST_USES], random)
    if len(others) == 3:
        used.update(d.exchanged for d in others)
        wrong = [_exchanged(text, other) for other in others]
        yield choice(
            rests,
            day,
            random,
            point=Point.DUTY,
            stem=f"根据{short_name(text.document)}{_about(duty)}，下列说法正确的是（　　）。",
            right=[key],
            wrong=wrong,
            subject=clause,
            answers=[key],
            told=f"{rests.place}的规定与选项一致。",
            difficulty=0.5,
        )


def _clause(duty: Duty) -> str:
    """The clause around the modal word, verbatim."""
    words = duty.sentence.words
    stop = min(i for i in (words.find(m, duty.modal[1]) for m in "，。；") if i >= 0)
    return words[:stop]


def _about(duty: Duty) -> str:
    chapter = _CHAPTER.sub("", duty.sentence.provision.heading.chapter or "")
    return "" if not chapter or chapter in _GENERAL else f"关于“{chapter}”的规定"


def _statements(duty: Duty, siblings: Sequence[Duty], random: Random) -> list[Duty]:
    length = len(duty.sentence.words)
    pool = [
        d
        for d in siblings
        if d.sentence.provision.id != duty.sentence.provision.id
        and d.sentence.provision.heading.chapter == duty.sentence.provision.heading.chapter
        and 0.6 <= len(d.sentence.words) / length <= 1.6
        and length <= 70
    ]
    random.shuffle(pool)
    shown = duty.sentence.words[slice(*duty.modal)]
    pool.sort(key=lambda d: d.other != shown)  # one that shows the key's modal word comes first
    if not pool or pool[0].other != shown:
        return []
    chosen = pool[:1]
    for other in random.sample(pool[1:], len(pool) - 1):
        apart = all(other.sentence.provision.id != c.sentence.provision.id for c in chosen)
        varied = len(chosen) < 2 or {c.other for c in (*chosen, other)} != {shown}
        if apart and varied and likeness(other.sentence.words, duty.sentence.words) < NEAR:
            chosen.append(other)
        if len(chosen) == 3:
            lengths = [len(c.sentence.words) for c in chosen]
            return chosen if min(lengths) <= length * 1.05 and max(lengths) >= length * 0.95 else []
    return []


def _exchanged(text: SourceText, duty: Duty) -> Wrong:
    rests = Rests(text, duty.sentence.provision, duty.sentence.span, duty.sentence.path)
    modal = duty.sentence.words[slice(*duty.modal)]
    return Wrong(
        duty.exchanged.rstrip("。"), f"{duty.sentence.provision.label}规定的是“{modal}”，不是“{duty.other}”", rests
    )


def from_proviso(
    text: SourceText, proviso: Proviso, others: Sequence[Wrong], day: dt.date, random: Random
) -> Iterator[Candidate]:
    """判断 whether the exception holds, 单选 of the exception."""
    rests = Rests(text, proviso.provision, proviso.span, proviso.sentence.path)
    rule = named(proviso.rule, text.document)
    true = random.random() < 0.5
    exception = proviso.exception
    tail = f"，但{exception}除外。" if true else f"，{exception}也不例外。"
    yield candidate(
        rests,
        day,
        kind=ItemKind.TRUE_FALSE,
        point=Point.EXCEPTION,
        stem=according(text.document, f"{rule}{tail}"),
        key=Key(truth=true),
        subject=proviso.rule,
        answers=[proviso.provision.text[proviso.excepted : proviso.span[1]].rstrip("。")],
        explanation=f"{rests.place}规定了例外：{exception}除外。",
        difficulty=0.4,
    )


def from_step(text: SourceText, step: Step, day: dt.date, random: Random) -> Iterator[Candidate]:
    """判断 of the order of two acts, 填空 of the act."""
    rests = Rests(text, step.sentence.provision, step.sentence.span, step.sentence.path)
    words = step.sentence.words
    turn = words[slice(*step.turn)]
    true = random.random() < 0.4
    event = re.split(r"[，；。]", words[: step.turn[0]])[-1] + turn.split("，")[0]
    yield candidate(
        rests,
        day,
        kind=ItemKind.TRUE_FALSE,
        point=Point.STEP,
        stem=according(text.document, words if true else step.exchanged),
        key=Key(truth=true),
        subject=event,
        answers=[words.rstrip("。")],
        explanation=f"{rests.place}规定：{quoted(words, 120)}",
        difficulty=0.4,
    )
    if step.act is not None:
        act = words[slice(*step.act)]
        yield candidate(
            rests,
            day,
            kind=ItemKind.BLANK,
            point=Point.STEP,
            stem=according(text.document, words[: step.act[0]] + BLANK + words[step.act[1] :]),
            key=Key(blanks=[[act]]),
            subject=event,
            answers=[act],
            explanation=f"{rests.place}规定：{quoted(words, 120)}",
            difficulty=0.5,
        )


def from_ruling(
    text: SourceText, ruling: Ruling, siblings: Sequence[Ruling], day: dt.date, random: Random
) -> Iterator[Candidate]:
    """单选 of what a condition brings, 判断 of it."""
    rests = Rests(text, ruling.provision, ruling.span, ruling.sentence.path)
    others = [
        o for o in _outcomes(ruling) if not any(r.outcome == o and r.condition == ruling.condition for r in siblings)
    ]
    if len(others) < 3:
        return
    told = f"{rests.place}规定：{ruling.condition}，{ruling.outcome}。"
    wrong = [Wrong(o, f"该情形规定的是“{ruling.outcome}”") for o in others[:3]]
    yield choice(
        rests,
        day,
        random,
        point=Point.NO_PENALTY,
        stem=according(text.document, f"{ruling.condition}，（　　）。"),
        right=[ruling.outcome],
        wrong=wrong,
        subject=ruling.condition,
        answers=[ruling.outcome],
        told=told,
        difficulty=0.35,
    )
    true = random.random() < 0.4
    outcome = ruling.outcome if true else random.choice([*others[:3], _exchanged_modal(ruling.outcome)])
    yield candidate(
        rests,
        day,
        kind=ItemKind.TRUE_FALSE,
        point=Point.NO_PENALTY,
        stem=according(text.document, f"{ruling.condition}，{outcome}。"),
        key=Key(truth=true),
        subject=ruling.condition,
        answers=[ruling.provision.text[slice(*ruling.span)]],
        explanation=told,
        difficulty=0.35,
    )


def _exchanged_modal(outcome: str) -> str:
    """可以 for what the law commands, 应当 for what it allows."""
    if outcome.startswith("可以"):
        return "应当" + outcome.removeprefix("可以")
    return "可以" + outcome.removeprefix("应当")


def _outcomes(ruling: Ruling) -> list[str]:
    """Outcomes of the same shape that the law does not give for the condition."""
    what = "行政处罚" if ruling.outcome.endswith("行政处罚") else "处罚"
    bare = ruling.outcome.removeprefix("应当").removeprefix("可以").removeprefix("依法")
    none, milder, worse = f"不予{what}", f"从轻或者减轻{what}", f"从重{what}"
    if bare == none:
        return [f"应当{milder}", f"可以{milder}", f"应当{worse}"]
    if ruling.outcome == milder:
        return [none, f"可以{none}", f"应当{worse}"]
    if bare == milder:
        firm = not ruling.outcome.startswith("可以")
        return [f"可以{milder}" if firm else f"应当{milder}", none, f"可以{none}"]
    if bare == f"从轻、减轻或者不予{what}" and ruling.outcome.startswith("可以"):
        return [f"应当{bare}", f"一律{none}", f"应当{worse}"]
    return []
