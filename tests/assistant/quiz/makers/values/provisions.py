"""Made-up provisions, so that each pattern can be shown in a line of its own."""

from __future__ import annotations

import datetime as dt

from assistant.quiz.material import SourceText
from corpus.vocabulary import (
    ArticleNumber,
    DatedFact,
    Document,
    DocumentKind,
    EffectLevel,
    Provision,
    State,
    Validity,
    Version,
)

DAY = dt.date(2026, 11, 21)


def law(*articles: str, title: str = "中华人民共和国示例法") -> SourceText:
    """A law in force with these articles, from article one on."""
    document = Document("doc", title, DocumentKind.STATUTE, EffectLevel.LAW)
    validity = Validity(dt.date(2020, 1, 1), DatedFact.unknown(), DatedFact.unknown())
    provisions = tuple(
        Provision(f"v/{n}", "v", n, f"第{n}条", text, article=ArticleNumber(n)) for n, text in enumerate(articles, 1)
    )
    return SourceText(document, Version("v", "doc", validity, "made up"), State.IN_FORCE, provisions, "示例")
