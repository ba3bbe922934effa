"""How an examiner asks for a value (题干)."""

from __future__ import annotations

import re

from assistant.quiz.contract import BLANK, Point
from assistant.quiz.makers.values.model import Fact, Organ, Range
from assistant.quiz.makers.values.scenes import UNLAWFUL
from assistant.quiz.makers.values.wording import as_that_law, law_name, named, names_own_law
from corpus.vocabulary import Document

GAP = "（　　）"
_SHORT_ENOUGH = 120
_NUMBER = re.compile(r"^[（(][一二三四五六七八九十]+[）)]\s*")
_ASKS_ORGAN = "哪个机关"
_ASKS_DEPARTMENT = "哪个部门"


def single_stem(fact: Fact, document: Document) -> str:
    """The stem of a question with one right option."""
    match fact.point:
        case Point.AUTHORITY:
            return _lead(fact, document) + named(_asking_organ(fact), document)
        case Point.PENALTY:
            return f"{_of_article(fact, document)}，下列行政处罚中依法可以给予的是{GAP}。"
        case Point.TIME_LIMIT:
            return _lead(fact, document) + named(f"{fact.before}{GAP}{fact.after}", document) + "。"
        case _:
            return _lead(fact, document) + named(fact.before, document) + f"{GAP}。"


def multiple_stem(fact: Fact, document: Document) -> str:
    """The stem of a question for all the penalties among the options."""
    return f"{_of_article(fact, document)}，下列行政处罚中依法可以给予的有{GAP}。"


def statement(fact: Fact, document: Document, words: str) -> str:
    """A statement with ``words`` for the value."""
    if fact.point is Point.PENALTY:
        return f"{_of_article(fact, document)}，依法可以给予的行政处罚包括{words}。"
    return _lead(fact, document) + named(f"{fact.before}{words}{fact.after}", document) + "。"


def blank_stem(fact: Fact, document: Document) -> str:
    """The statement with a gap for each bound of the value."""
    text, at, parts = fact.provision.text, fact.whole[0], []
    for start, end in fact.answers:
        parts += [text[at:start], BLANK]
        at = end
    parts.append(text[at : fact.whole[1]])
    return _lead(fact, document) + named(f"{fact.before}{''.join(parts)}{fact.after}", document) + "。"


def _asking_organ(fact: Fact) -> str:
    assert isinstance(fact.value, Organ)
    asked = _ASKS_DEPARTMENT if fact.value.body.endswith("部门") else _ASKS_ORGAN
    if not fact.before:
        what = fact.provision.text[slice(*fact.subject)]
        return f"{fact.after.removesuffix(what)}{what}的是{GAP}。"
    return f"{fact.before}{asked}{fact.after}？"


def _lead(fact: Fact, document: Document) -> str:
    if fact.breach and not fact.before.startswith("违反"):
        return f"违反{law_name(document)}规定，"
    return "" if names_own_law(fact.before) else f"根据{law_name(document)}，"


def _of_article(fact: Fact, document: Document) -> str:
    """The article and the act, its law named once: 根据《广告法》第六十三条的规定，违反该法第四十五条规定，…的."""
    breach = "违反该法规定，" if fact.breach and not UNLAWFUL.search(fact.before) else ""
    return f"根据{law_name(document)}{fact.provision.label}的规定，{breach}{as_that_law(fact.before)}"


def explanation(fact: Fact, document: Document, wrong: str = "") -> str:
    """The article with the decisive words; what is wrong in a false statement."""
    where = f"{law_name(document)}{fact.provision.label}"
    if fact.point is Point.PENALTY:
        says = "、".join(fact.provision.text[slice(*a)] for a in fact.answers)
        return f"{where}为此规定的处罚中有{says}{f'，没有规定{wrong}' if wrong else ''}。"
    told = f"题中“{wrong}”错误，应为“{fact.words}”。" if wrong else ""
    start, end = fact.quotes[0].span
    printed = _NUMBER.sub("", fact.provision.text[start:end].strip()).rstrip("。；")
    if len(fact.quotes) == 1 and len(printed) <= _SHORT_ENOUGH and not re.search("[“”\n]", printed):
        return f"{where}规定：“{printed}”。{fact.note}{told}"
    if isinstance(fact.value, Range):
        return f"{where}规定的是{fact.value.base}{fact.words}。{told}"
    return f"{where}规定的是{fact.words}。{fact.note}{told}"
