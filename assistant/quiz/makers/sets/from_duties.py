"""Items over duties (义务题): 判断 and choices of sentences as printed and with their modal word exchanged."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from random import Random

from assistant.quiz.contract import ItemKind, Key, Point
from assistant.quiz.makers.sets.content import Rests, Wrong, candidate, choice, quoted
from assistant.quiz.makers.sets.options import NEAR
from assistant.quiz.makers.sets.sentences import Duty
from assistant.quiz.makers.sets.stems import according
from assistant.quiz.makers.sets.words import likeness, short_name
from assistant.quiz.material import Candidate, SourceText
from assistant.quiz.proof.form import giveaway_fault
from corpus.vocabulary import ProvisionPath

MOST_USES = 2
"""How often a statement may be a wrong option."""
MOST_STATEMENT = 70
_TRUE = 0.65
"""Most statements on duties are true: that a word of duty was exchanged is the plainest of falsehoods."""
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
    true = random.random() < _TRUE and duty.unreserved
    change = "" if true else f"，是“{modal}”，不是“{duty.other}”"
    yield candidate(
        rests,
        day,
        kind=ItemKind.TRUE_FALSE,
        point=Point.DUTY,
        stem=according(text.document, words if true else duty.exchanged),
        key=Key(truth=true),
        subject=clause,
        answers=[words.rstrip("。")],
        explanation=f"{rests.place}规定：{quoted(words.rstrip('。'), 120)}{change}。",
        difficulty=0.35,
    )
    key = words.rstrip("。")
    others = _statements(duty, [d for d in siblings if used[d.exchanged] < MOST_USES], random)
    if len(others) == 3 and duty.unreserved:
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
            told=f"{rests.place}规定：{quoted(key, 120)}。",
            difficulty=0.5,
        )


def from_chapter(
    text: SourceText, duties: Sequence[Duty], used: Counter[str], day: dt.date, random: Random
) -> Iterator[Candidate]:
    """多选 among statements of a chapter, each of an article of its own; no sentence is right in two of them."""
    pool = [d for d in duties if len(d.sentence.words) <= MOST_STATEMENT]
    random.shuffle(pool)
    for first in pool:
        if used[first.sentence.words] or not first.unreserved:
            continue
        fresh = [d for d in pool if not used[d.sentence.words] and d.unreserved and _goes_with(first, d)]
        right = [first, *apart([first], fresh, random.choice((1, 2)))]
        shown = {_printed(d) for d in right}
        changed = [
            d
            for d in pool
            if used[d.exchanged] < MOST_USES and _goes_with(first, d) and d.sentence.words != d.exchanged
        ]
        changed.sort(key=lambda d: (d.other not in shown, used[d.exchanged]))
        wrong = apart(right, changed, 4 - len(right))
        if len(right) < 2 or len(right) + len(wrong) < 4 or wrong[0].other not in shown:
            continue
        made = of_right(text, right, wrong, day, random)
        if giveaway_fault(made.content):
            continue
        used.update(d.sentence.words for d in right)
        used.update(d.exchanged for d in wrong)
        yield made


def of_right(
    text: SourceText,
    right: Sequence[Duty],
    wrong: Sequence[Duty],
    day: dt.date,
    random: Random,
    *,
    point: Point = Point.DUTY,
    about: str | None = None,
) -> Candidate:
    """多选 of the statements as printed among those with other words; ``about`` says what all of them speak of."""
    rests, *also = [Rests(text, d.sentence.provision, d.sentence.span, d.sentence.path) for d in right]
    about = _about(right[0]) if about is None else about
    statements = [d.sentence.words.rstrip("。") for d in right]
    return choice(
        rests,
        day,
        random,
        point=point,
        stem=f"根据{short_name(text.document)}{about}，下列说法正确的有（　　）。",
        right=statements,
        wrong=[_exchanged(text, d) for d in wrong],
        subject=_clause(right[0]) if point is Point.DUTY else right[0].sentence.words[: right[0].modal[0]],
        answers=statements,
        told=_told(text, right, wrong),
        difficulty=0.6,
        also=also,
    )


def _told(text: SourceText, right: Sequence[Duty], wrong: Sequence[Duty]) -> str:
    """Every sentence with its article: as printed, and what was changed in the wrong ones."""
    as_printed = [f"{d.sentence.provision.label}规定：{quoted(d.sentence.words.rstrip('。'), 140)}" for d in right]
    return f"{short_name(text.document)}{'；'.join([*as_printed, *map(corrected, wrong)])}。"


def corrected(duty: Duty) -> str:
    """第四十二条规定：“行政机关可以…达成执行协议”，是“可以”，不是“应当”."""
    words = duty.sentence.words
    start = max((words.rfind(m, 0, duty.modal[0]) for m in "，。；"), default=-1) + 1
    if start >= duty.modal[0] - 1:
        start = max(words.rfind("；", 0, duty.modal[0]), words.rfind("。", 0, duty.modal[0])) + 1
    told = quoted(re.split(r"[。；]", words[start:], maxsplit=1)[0])
    if _printed(duty) not in told:
        told = quoted(_around(words, duty.modal))
    return f"{duty.sentence.provision.label}规定：{told}，是“{_printed(duty)}”，不是“{duty.other}”"


def _around(words: str, at: tuple[int, int]) -> str:
    """The words between the marks around a place: 处十万元以上一百万元以下的罚款."""
    start = max(words.rfind(m, 0, at[0]) for m in "，。；") + 1
    stop = min((i for m in "，。；" if (i := words.find(m, at[1])) >= 0), default=len(words))
    return words[start:stop]


def _printed(duty: Duty) -> str:
    return duty.sentence.words[slice(*duty.modal)]


def _goes_with(first: Duty, other: Duty) -> bool:
    """Whether two sentences are of like length and of different articles."""
    mine, theirs = len(first.sentence.words), len(other.sentence.words)
    return 0.55 <= theirs / mine <= 1.8 and first.sentence.provision.id != other.sentence.provision.id


def from_article(
    text: SourceText, duties: Sequence[Duty], siblings: Sequence[Duty], used: Counter[str], day: dt.date, random: Random
) -> Iterator[Candidate]:
    """多选 among statements of the chapter: two sentences of one article as printed, the others changed."""
    right = [
        d for d in duties if len(d.sentence.words) <= MOST_STATEMENT and not used[d.sentence.words] and d.unreserved
    ]
    if len({d.sentence.words for d in right}) < 2:
        return
    right = sorted(random.sample(right, 2), key=lambda d: d.sentence.span)
    shown = {d.sentence.words[slice(*d.modal)] for d in right}
    lengths = [len(d.sentence.words) for d in right]
    wrong = [
        d
        for d in _of_chapter(right[0], siblings)
        if used[d.exchanged] < MOST_USES and 0.6 * min(lengths) <= len(d.sentence.words) <= 1.6 * max(lengths)
    ]
    random.shuffle(wrong)
    wrong.sort(key=lambda d: d.other not in shown)
    chosen = apart(right, wrong, 2)
    if len(chosen) < 2 or chosen[0].other not in shown:
        return
    used.update(d.exchanged for d in chosen)
    used.update(d.sentence.words for d in right)
    first, last = right[0].sentence, right[-1].sentence
    path = first.path if first.path == last.path else ProvisionPath()
    rests = Rests(text, first.provision, (first.span[0], last.span[1]), path)
    statements = [d.sentence.words.rstrip("。") for d in right]
    yield choice(
        rests,
        day,
        random,
        point=Point.DUTY,
        stem=f"根据{short_name(text.document)}{_about(right[0])}，下列说法正确的有（　　）。",
        right=statements,
        wrong=[_exchanged(text, d) for d in chosen],
        subject=_clause(right[0]),
        answers=statements,
        told=_told(text, right, chosen),
        difficulty=0.6,
    )


def _of_chapter(duty: Duty, siblings: Sequence[Duty]) -> list[Duty]:
    """Duties of other articles of the same chapter."""
    own = duty.sentence.provision
    return [
        d
        for d in siblings
        if d.sentence.provision.id != own.id and d.sentence.provision.heading.chapter == own.heading.chapter
    ]


def apart(right: Sequence[Duty], pool: Sequence[Duty], count: int) -> list[Duty]:
    """The first of the pool that are of different articles and like none of the others."""
    chosen: list[Duty] = []
    for other in pool:
        new = all(other.sentence.provision.id != c.sentence.provision.id for c in chosen)
        if new and all(likeness(other.sentence.words, d.sentence.words) < NEAR for d in (*right, *chosen)):
            chosen.append(other)
        if len(chosen) == count:
            break
    return chosen


def _clause(duty: Duty) -> str:
    """The clause around the modal word, verbatim."""
    words = duty.sentence.words
    stop = min((i for i in (words.find(m, duty.modal[1]) for m in "，。；") if i >= 0), default=len(words))
    return words[:stop]


def _about(duty: Duty) -> str:
    chapter = _CHAPTER.sub("", duty.sentence.provision.heading.chapter or "")
    return "" if not chapter or chapter in _GENERAL else f"关于“{chapter}”的规定"


def _statements(duty: Duty, siblings: Sequence[Duty], random: Random) -> list[Duty]:
    length = len(duty.sentence.words)
    pool = [d for d in _of_chapter(duty, siblings) if 0.6 <= len(d.sentence.words) / length <= 1.6]
    if length > MOST_STATEMENT:
        return []
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
    return Wrong(duty.exchanged.rstrip("。"), corrected(duty), rests)
