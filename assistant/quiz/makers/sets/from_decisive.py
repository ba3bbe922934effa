"""Items over decisive words (关键词语题): 单选 and 填空 of the words, 判断 of the sentence with and without them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from random import Random

from assistant.quiz.contract import BLANK, ItemKind, Key, Point
from assistant.quiz.makers.sets.carrying import who_acts
from assistant.quiz.makers.sets.content import Rests, Wrong, candidate, choice, quoted
from assistant.quiz.makers.sets.decisive import Decisive
from assistant.quiz.makers.sets.reserves import rest_of_paragraph
from assistant.quiz.makers.sets.sentences import has_reserve
from assistant.quiz.makers.sets.stems import according
from assistant.quiz.material import Candidate, SourceText
from assistant.quiz.proof.form import giveaway_fault

_OPTIONS = 4


def from_decisive(text: SourceText, asked: Decisive, day: dt.date, random: Random) -> Iterator[Candidate]:
    """The items of decisive words, one of each kind that suits them."""
    sentence = asked.sentence
    whose = who_acts(sentence)
    if whose is None:
        return
    rests = Rests(text, sentence.provision, sentence.span, sentence.path)
    told = f"{rests.place}规定：{quoted(sentence.words.rstrip('。'), 140)}。"
    subject = _subject(asked)
    one_value = not _is_lengthened(asked)
    if one_value and len(asked.others) >= _OPTIONS - 1:
        reason = f"{sentence.provision.label}规定的是“{asked.printed}”"
        single = choice(
            rests,
            day,
            random,
            point=asked.point,
            stem=_stem(text, whose + asked.with_words("（　　）")),
            right=[asked.printed],
            wrong=[Wrong(o, f"{reason}，不是“{o}”") for o in asked.others[: _OPTIONS - 1]],
            subject=subject,
            answers=[asked.printed],
            told=told,
            difficulty=0.4,
        )
        if not giveaway_fault(single.content):
            yield single
    if one_value and asked.spellings:
        yield candidate(
            rests,
            day,
            kind=ItemKind.BLANK,
            point=asked.point,
            stem=_stem(text, whose + asked.with_words(BLANK)),
            key=Key(blanks=[list(asked.spellings)]),
            subject=subject,
            answers=[asked.printed],
            explanation=told,
            difficulty=0.5,
        )
    true = not has_reserve(sentence) and (random.random() < 0.4 or not asked.others)
    shown = asked.printed if true else asked.others[0] if asked.others else ""
    if shown:
        yield candidate(
            rests,
            day,
            kind=ItemKind.TRUE_FALSE,
            point=asked.point,
            stem=_stem(text, whose + asked.with_words(shown)),
            key=Key(truth=true),
            subject=subject,
            answers=[sentence.words.rstrip("。")],
            explanation=told + ("" if true else f"题中“{shown}”错误，应为“{asked.printed}”。"),
            difficulty=0.35,
        )


def _is_lengthened(asked: Decisive) -> bool:
    """Whether the paragraph goes on with a longer period for some cases: …的，上述期限延长至五年."""
    rest = rest_of_paragraph(asked.sentence.provision.text, asked.sentence.span[1])
    return asked.point is Point.TIME_LIMIT and "期限延长至" in rest


def _stem(text: SourceText, words: str) -> str:
    return according(text.document, words.rstrip("。") + "。")


def _subject(asked: Decisive) -> str:
    """The longer of the stretches beside the words, verbatim."""
    words = asked.sentence.words
    before, after = words[: asked.words[0]], words[asked.words[1] :].rstrip("。")
    return max(before, after, key=len)
