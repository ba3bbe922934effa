"""Whether a question asks how much to fine, and which standards it is really about (问罚多少).

Pure. The measure is absolute, unlike the ranks of a search: the share of the question's own matter that a standard's
act names, in the same words or in the statute words that the lexicon gives for them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from assistant.lexicon import Expansion
from corpus.encoders.terms import STOP_WORDS, find_terms

ENOUGH = 1.0
"""From this closeness on, a standard is shown without being asked for.

Over spoken questions on environmental matters and on others, asked of two benchmarks on the environment, the nearest
standard on another matter reached 0.89; standards on the matter asked about lay from 1.07 up.
"""

_HOW_MUCH = re.compile(
    r"(?:处?罚款?|罚金)(?:的)?(?:是|要|该|应该?|得|会)?(?:多少|几|到多少)(?:钱|元|万|块)?"
    r"|多少(?:钱|罚款|罚金)"
    r"|(?:怎么|怎样|如何|咋)(?:处?罚款?|裁量|量罚)"
    r"|(?:自由)?裁量(?:权|基准|标准|表)?"
    r"|(?:处?罚款?)(?:的)?(?:金额|数额|幅度|标准|上限|下限|档次)"
    r"|(?:最高|最低|最多|最少|起码|至少)(?:可以|能|可|要|得|应)?罚"
)
_AROUND = re.compile(
    r"[，。、；：？！?!,.;:\s“”‘’（）()《》]|请问|一下|一般|大概|应当|应该|可以|要|该|得|会|能|吗|呢|吧|的|了|被|把|是"
)
_ALIKE = 0.7
_LEAST = 3  # characters: one word of two says too little (违法建筑 leaves 建筑)
_HALF = 0.5
_BETWEEN = 3  # characters between the two of a short form: 排污 for 排放水污染物
_GENERIC = frozenset(("罚款", "处罚", "企业", "单位", "公司", "个人", "当事人", "违法", "行为", "没有", "未经"))


def asks_how_much(question: str) -> bool:
    """Whether the question asks for the sum of a fine or for how discretion is used."""
    return _HOW_MUCH.search(question) is not None


def closeness(question: str, expansions: Sequence[Expansion], act: str) -> float:
    """How near a question is to an act, from 0 to 2: what of the question it names, and what of it the question names.

    Nothing below half of the question counts.
    """
    named = _share_named(question, expansions, act)
    return named + _share_of_act(question, expansions, act) if named >= _HALF else 0.0


def _share_named(question: str, expansions: Sequence[Expansion], act: str) -> float:
    """Share of the characters of the question's matter that ``act`` names; 0 where there is too little matter.

    What asks for the sum, particles and words that any violation shares (企业, 没有) count neither way.
    """
    open_ = [True] * len(question)
    for pattern in (_HOW_MUCH, _AROUND):
        for found in pattern.finditer(question):
            open_[found.start() : found.end()] = [False] * (found.end() - found.start())
    for word in {*_GENERIC, *(w for w in STOP_WORDS if len(w) > 1)}:
        _mark(open_, question, word, False)
    named = [False] * len(question)
    for word in find_terms(question).words:
        if len(word) > 1 and word not in _GENERIC and _is_word_of(word, act):
            _mark(named, question, word, True)
    pairs = _pairs(act)
    for expansion in expansions:
        if any(_is_named(phrase, pairs) for phrase in expansion.statute):
            named[expansion.start : expansion.end] = [True] * (expansion.end - expansion.start)
    matter = [at for at, counts in enumerate(open_) if counts]
    return sum(named[at] for at in matter) / len(matter) if len(matter) >= _LEAST else 0.0


def _is_word_of(word: str, act: str) -> bool:
    """Whether the act has the word, or what the two characters of a short form stand for (排污: 排放水污染物)."""
    if word in act:
        return True
    return (
        len(word) == 2
        and re.search(f"{re.escape(word[0])}[^，。；、]{{1,{_BETWEEN}}}{re.escape(word[1])}", act) is not None
    )


def _share_of_act(question: str, expansions: Sequence[Expansion], act: str) -> float:
    """Share of the act's pairs of characters that the question says, itself or in statute words."""
    said = _pairs(question).union(*(_pairs(p) for e in expansions for p in e.statute if "罚款" not in p))
    own = _pairs(act)
    return len(own & said) / len(own) if own else 0.0


def _is_named(phrase: str, pairs: frozenset[str]) -> bool:
    """Whether most of a statute phrase stands in the act; words of sanction say nothing about the matter."""
    own = _pairs(phrase)
    return len(phrase) > 2 and "罚款" not in phrase and len(own & pairs) >= _ALIKE * len(own)


def _pairs(text: str) -> frozenset[str]:
    return frozenset(a + b for a, b in pairwise(text) if a.isalnum() and b.isalnum())


def _mark(marks: list[bool], text: str, word: str, value: bool) -> None:
    for found in re.finditer(re.escape(word), text):
        marks[found.start() : found.end()] = [value] * len(word)


def act_words(title: str, behaviours: Iterable[str]) -> str:
    """What a standard is about, in its own words."""
    return "\n".join((title, *behaviours))
