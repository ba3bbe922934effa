"""Items over other sentences that bind (条文题): exceptions, steps, and what spares or mitigates a penalty."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from random import Random

from assistant.quiz.contract import BLANK, ItemKind, Key, Point
from assistant.quiz.makers.sets.content import Rests, Wrong, candidate, choice, quoted
from assistant.quiz.makers.sets.reserves import taken_back
from assistant.quiz.makers.sets.sentences import Proviso, Ruling, Step, has_reserve
from assistant.quiz.makers.sets.stems import according
from assistant.quiz.makers.sets.words import named
from assistant.quiz.material import Candidate, SourceText


def from_proviso(text: SourceText, proviso: Proviso, day: dt.date, random: Random) -> Iterator[Candidate]:
    """判断 whether the exception holds."""
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
    true = random.random() < 0.4 and not has_reserve(step.sentence)
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
    reason = f"{ruling.provision.label}规定，{ruling.condition}，{ruling.outcome}"
    wrong = [Wrong(o, f"{reason}，不是“{o}”") for o in others[:3]]
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
    true = random.random() < 0.4 and not taken_back(ruling.provision.text, ruling.span[1])
    likely = [o for o in (*others[:3], _exchanged_modal(ruling.outcome)) if "从重" not in o]
    outcome = ruling.outcome if true else random.choice(likely)
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
    if "依法" in ruling.outcome:
        return []
    bare = ruling.outcome.removeprefix("应当").removeprefix("可以")
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
