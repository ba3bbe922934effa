"""A made-up law, so that a test says itself what the law says."""

from __future__ import annotations

import datetime as dt

from assistant.quiz.material import LawBook, Material, SourceText
from corpus.vocabulary import (
    DateBasis,
    DatedFact,
    Document,
    DocumentKind,
    EffectLevel,
    Heading,
    Provision,
    State,
    Validity,
    Version,
)

DAY = dt.date(2026, 11, 21)


def article(text: str, number: int = 1) -> Provision:
    return Provision(f"v/第{number}条", "v", number, f"第{number}条", text, heading=Heading(chapter="第二章 管理"))


def law(*texts: str, title: str = "中华人民共和国示例法") -> SourceText:
    document = Document(title, title, DocumentKind.STATUTE, EffectLevel.LAW)
    start = DatedFact(dt.date(2020, 1, 1), DateBasis.OWN_TEXT)
    version = Version("v", title, Validity(dt.date(2020, 1, 1), start, DatedFact.unknown()), "made up")
    provisions = tuple(article(text, n) for n, text in enumerate(texts, start=1))
    return SourceText(document, version, State.IN_FORCE, provisions, "示例")


def material(*texts: SourceText) -> Material:
    return Material(DAY, texts, LawBook(DAY, texts))
