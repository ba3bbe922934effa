"""Do two questions ask the same (是否同问)? Deterministic, and rather no than a wrong yes.

A question is brought into a plain form: politeness and particles gone, one wording for each way of asking (怎么罚,
如何处罚), for negations, and for numbers. Two questions are the same when their plain forms are equal; where an encoder
of meaning is at hand, also when their forms hold the same characters in another order and their meanings are close.
The cosine alone cannot tell 个人 from 单位 or 以上 from 以下; equal characters can.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.answer.figures import find_dates
from corpus.encoders.base import DenseEncoder, Vectors
from corpus.errors import InvalidInput
from corpus.money import find_amounts
from corpus.numerals import find_numbers, parse_number
from corpus.quantities import find_quantities

LEAST_COSINE = 0.95
"""Least cosine of two questions that differ in the order of their words; see ``docs/curated.md``."""

_ARTICLE = re.compile(r"第([0-9〇零一二三四五六七八九十百千]+)(?=条|款|项|次|章|节)")

_POLITENESS = re.compile(
    r"您好|你好|麻烦(?:您|你)?|谢谢(?:您|你)?|请问(?:一下)?|(?:我|咱们?|我们)?想?(?:咨询|请教)(?:一下|下)?"
    r"|(?:我|我们)?想(?:要)?(?:问|知道|了解)(?:一下|下)?|(?:帮我|帮忙)(?:查|看)?(?:一下|下)?|^问(?:一下|下)"
)
# Applied in order to text without blanks and marks; 〈…〉 stands for a way of asking.
_REWRITES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), plain)
    for pattern, plain in (
        (r"能不能(?:够)?|能否|可不可以|可否|是否可以|是否能够?|是不是可以", "可以"),
        (r"(?<!不)能(?=.*吗)", "可以"),
        (r"要不要|需不需要|是否需要|是否要|用不用|需要(?=.*吗)|(?<![需不])要(?!求)(?=.*吗)", "需要"),
        (r"有没有", "有"),
        (r"(?:没有|尚未|没|无)", "未"),
        (r"未(?:依法)?(?:取得|办理|领取|持有)(?=.{0,10}证)", "未"),
        (r"(?<![买拍叫变外])(?:售卖|出售|贩卖|卖)(?![淫身])", "销售"),
        (r"应当|应该|(?<![对适相响])应(?![急用对])", "应"),
        (r"(?:应|会|要|该|得)?(?:受到?|有)什么(?:样的?)?处罚", "〈罚〉"),
        (r"(?:应|会|要|该|得)?(?:怎么|如何|怎样|咋)(?:进行)?(?:处罚|罚)(?:款)?(?!多少)", "〈罚〉"),
        (r"的?处罚是什么$|(?:要|会)?(?:罚款?|处罚)(?:是)?多少(?:钱|元)?", "〈罚〉"),
        (r"(?:应|会|要|该|得)?(?:怎么|如何|怎样|咋)处[理置]", "〈处理〉"),
        (r"是?(?:怎么|如何|怎样)规定|有什么规定|规定是什么|有哪些规定", "〈规定〉"),
        (r"(?:应|要|得)?在?(?:几|多少)(?:个)?[日天](?:之内|以内|内)", "〈几日〉内"),
        (r"(?:几|多少)(?:个)?[日天]", "〈几日〉"),
        (r"并且|而且|且|并", "并"),
        (r"怎样|怎么样|如何|咋", "怎么"),
        (r"[的了呢吧啊呀嘛吗么]", ""),
    )
)
_ORDER_MATTERS = re.compile(r"[先后前对向由被比]|到|从")
"""Words whose meaning hangs on what stands before and behind them: other orders are other questions."""


@lru_cache(maxsize=4096)
def plain_form(question: str) -> str:
    """The question in its plain form; equal forms ask the same.

    >>> plain_form("请问，占用消防通道停车怎么罚？") == plain_form("占用消防通道停车的如何处罚")
    True
    """
    words = _with_plain_numbers(_POLITENESS.sub("", unicodedata.normalize("NFKC", question).lower()))
    words = "".join(c for c in words if unicodedata.category(c)[0] in "LN")
    for pattern, plain in _REWRITES:
        words = pattern.sub(plain, words)
    return words


def _with_plain_numbers(text: str) -> str:
    """五万元, 5万元 and 50000元 written alike, 第三十三条 and 第33条 too."""
    spans: list[tuple[int, int, str]] = []
    for match in _ARTICLE.finditer(text):
        try:
            spans.append((*match.span(), f"第{parse_number(match[1])}"))
        except InvalidInput:
            continue
    spans += [(a.start, a.end, f"{a.value.normalize():f}元") for a in find_amounts(text)]
    spans += [(q.start, q.end, f"{q.value.normalize():f}{q.unit.value}") for q in find_quantities(text)]
    spans += [(n.start, n.end, f"{n.value}") for n in find_numbers(text)]
    parts: list[str] = []
    at = 0
    for start, end, plain in sorted(spans, key=lambda span: (span[0], -span[1])):
        if start >= at:
            parts += [text[at:start], plain]
            at = end
    return "".join([*parts, text[at:]])


@dataclass(frozen=True, slots=True)
class Asked:
    """A question that a curated answer was written for, in one of its wordings."""

    curated_id: str
    question: str


def matching(question: str, held: Iterable[Asked], encoder: DenseEncoder | None) -> list[str]:
    """Ids of the curated answers written for this question, those of the same wording first."""
    form = plain_form(question)
    if not form:
        return []
    same: dict[str, None] = {}
    reordered: list[Asked] = []
    for asked in held:
        other = plain_form(asked.question)
        if other == form:
            same[asked.curated_id] = None
        elif _may_be_reordered(form, other):
            reordered.append(asked)
    if encoder is not None and reordered:
        for asked in _close(question, reordered, encoder.encode_queries):
            same[asked.curated_id] = None
    return list(same)


def _may_be_reordered(form: str, other: str) -> bool:
    return len(form) == len(other) and sorted(form) == sorted(other) and not _ORDER_MATTERS.search(form)


def _close(question: str, candidates: Sequence[Asked], encode: Callable[[Sequence[str]], Vectors]) -> list[Asked]:
    vectors = encode([question, *(c.question for c in candidates)])
    cosines = [float(vectors[0] @ vector) for vector in vectors[1:]]
    return [c for c, cosine in zip(candidates, cosines, strict=True) if cosine >= LEAST_COSINE]


def speaks_of_a_day(question: str) -> bool:
    """Whether the question itself names a day or year, which then decides whose law applies."""
    return bool(find_dates(question))
