"""Other words for a stem (改写题干), by the chat model: what it is told, and why its words are not taken. Pure.

The model changes nothing that the answer hangs on: every figure, law, negation, modal word, condition and party stays,
and so do the words that the stem shares with its options. What it writes is then proved as any item is.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable

from assistant.answer.prompts import Message
from assistant.quiz.contract import Form, ItemContent, ItemKind
from assistant.quiz.proof.evidence import bigrams, contained, plain

_FORMS = (Form.ONE, Form.MANY)
_LONGEST, _SHORTEST = 1.5, 0.6
_OLD_WORDS = 0.6
"""How many of its bigrams a new stem has from the old one or from what is quoted."""
_LATIN = re.compile(r"[A-Za-z]+")
_LAW = re.compile(r"《[^》]*》")
_FIGURE = re.compile(r"[0-9０-９〇零一二两三四五六七八九十百千万亿半]+(?:分之[一二三四五六七八九十百]+)?")
_NOT = re.compile(r"不得|不能|不予|不是|不属于|不|未|没有|无|非|禁止|除外|除|错误|免")
_MODAL = re.compile(
    "可以|可|应当|应|必须|须|至少|至多|最高|最低|以上|以下|以内|不足|超过|以前|以后|之前|之后|或者|并处|并|和|及|且|仅|均|都"
)
_PARTY = re.compile(
    "单位|个人|公民|法人|组织|企业|公司|经营者|生产者|当事人|行政机关|人民法院|公安机关|人民政府|主管人员|责任人员"
)
_STATE = re.compile(
    "情节(?:特别|较)?[严轻][重微]?|拒不改正|逾期|初次|再次|主动|故意|过失|造成[^，。；]{0,8}后果|构成犯罪|尚不"
)
_ENDS = re.compile(r"(?:（\s*）[。？]?|？)$")
_KEPT = (
    ("法律名称", _LAW),
    ("数字", _FIGURE),
    ("否定词", _NOT),
    ("限定词", _MODAL),
    ("当事人或者机关", _PARTY),
    ("情节", _STATE),
)
_TOLD = """你是执法考试的命题编辑。把下面的题干换一种更通顺的说法，意思完全不变。
法律名称、数字、否定词、应当或者可以、情节、当事人、机关的名称一个也不能增减或者改动，与选项相同的词照原样保留。
不要透露答案，不要写选项，不要解释。只输出一行新的题干，结尾的（　　）或者问号照原样保留。"""


def may_be_rephrased(item: ItemContent) -> str:
    """Why an item keeps its words; empty where it may have others."""
    if item.claim is None or item.claim.request:
        return "只有答案可由程序逐条校验的试题可以改写题干。"
    if item.form not in _FORMS or item.kind is ItemKind.CASE:
        return "只有单选题、多选题可以改写题干：其他题型的题干就是条文或者案情的原话。"
    return ""


def asked_of_model(item: ItemContent) -> list[Message]:
    """The messages: the rules, and one stem with its options, without the key."""
    options = "\n".join(f"选项：{option}" for option in item.options)
    return [Message("system", _TOLD), Message("user", f"题干：{item.stem}\n{options}")]


def stem_of(reply: str) -> str:
    """The stem in a reply: without the label and quotation marks that models put around it."""
    words = reply.strip()
    words = re.sub(r"^(?:新的?)?题干[：:]\s*", "", words)
    return words.strip().strip("“”\"'` ")


def fault_of(item: ItemContent, stem: str) -> str:
    """Why other words for the stem of an item are not taken; empty where nothing speaks against them."""
    if not stem:
        return "模型没有写出题干。"
    if any(unicodedata.category(char).startswith("C") for char in stem):
        return "模型写的不是一行题干。"
    old, new = plain(item.stem), plain(stem)
    if old == new:
        return "模型没有改动题干。"
    if not _SHORTEST * len(old) <= len(new) <= _LONGEST * len(old):
        return "改写后的长短与原题干相差太大。"
    if _ending(item.stem) != _ending(stem):
        return "改写后题干的结尾与原来的不同。"
    for name, pattern in _KEPT:
        if changed := _difference(pattern.findall(item.stem), pattern.findall(stem)):
            return f"改写增减了{name}“{changed}”。"
    if _deciding(item.stem) != _deciding(stem):
        return "改写调换了数字、否定词、限定词、当事人或者情节的次序。"
    if changed := _difference(_LATIN.findall(item.stem), _LATIN.findall(stem)):
        return f"改写增减了“{changed}”。"
    if lost := _shared(item, old) - bigrams(new):
        return f"改写丢掉了与选项有关的“{min(lost)}”。"
    if told := (_shared(item, new) - bigrams(old)):
        return f"改写带入了选项中的“{min(told)}”。"
    if contained(new, old + "".join(plain(cited.quotation) for cited in item.citations)) < _OLD_WORDS:
        return "改写用了太多题干和引文以外的词。"
    return ""


def _deciding(stem: str) -> list[str]:
    """The words that decide what a sentence means, in their order."""
    found = [(match.start(), match.group()) for _, pattern in _KEPT for match in pattern.finditer(stem)]
    return [words for _, words in sorted(found)]


def _shared(item: ItemContent, stem: str) -> frozenset[str]:
    """Pairs of characters that a stem has in common with options and with what the claim speaks of."""
    words = [*item.options, item.claim.subject if item.claim is not None else ""]
    return bigrams(stem) & frozenset(gram for told in words for gram in bigrams(plain(told)))


def _ending(stem: str) -> str:
    """How a stem ends: with a place to fill in, a question mark, or neither."""
    found = _ENDS.search(stem.strip())
    return "".join(found.group().split()) if found else ""


def _difference(before: Iterable[str], after: Iterable[str]) -> str:
    """A word that one of two texts has more often."""
    first, second = Counter(before), Counter(after)
    return next(iter((first - second) + (second - first)), "")
